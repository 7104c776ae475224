"""What the rows of a year say together: who is listed, who is marked as having left, who is new, who has changed the village.

Unlike a cell, it is known where a sheet does not have a column: who is not said to have left is listed. Unknown is only what rests on
a cell that cannot be read, on a row of which nobody knows the year or household, or on last year's row where none is known.
"""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from fupin_cli.engines.duck import run
from fupin_cli.model import codes
from fupin_cli.model.tables import SHEET, Table

_HOUSEHOLD, _PERSON = "household", "person"
#: What the queries ask of the rows: fields with their types.
_ASKED = {
    _HOUSEHOLD: {"household_id": "VARCHAR", "year": "BIGINT", "village": "VARCHAR", "first_identified_month": "VARCHAR"},
    _PERSON: {
        "household_id": "VARCHAR", "year": "BIGINT", "id_number": "VARCHAR", "birth_date": "DATE", "change_reason": "VARCHAR",
    },
}  # fmt: skip
_LEFT = ", ".join(f"'{reason}'" for reason in codes.LEFT)

_MEMBERS = f"""
WITH members AS (
  SELECT household_id, year, world, COUNT(*) AS listed, COUNT(*) FILTER (WHERE change_reason IN ({_LEFT})) AS gone,
    COUNT(*) FILTER (WHERE unread) AS unread
  FROM (SELECT *, "bad.change_reason" AS unread FROM person) AS p
  WHERE household_id IS NOT NULL AND year IS NOT NULL GROUP BY ALL)
SELECT CAST(m.listed AS BIGINT) AS members_listed,
  CASE WHEN COALESCE(m.unread, 0) = 0 THEN CAST(COALESCE(m.gone, 0) AS BIGINT) END AS members_left,
  CASE WHEN m.listed IS NULL OR m.gone + m.unread < m.listed THEN FALSE WHEN m.unread = 0 THEN TRUE END AS everyone_left
FROM household AS h LEFT JOIN members AS m
  ON m.household_id = h.household_id AND m.year = h.year AND m.world = h.world
ORDER BY h."_i"
"""
_HOUSEHOLDS = """
WITH villages AS (SELECT DISTINCT village, year, world FROM household WHERE village IS NOT NULL AND year IS NOT NULL)
SELECT CASE WHEN h.first_identified_month IS NOT NULL THEN CAST(SUBSTRING(h.first_identified_month, 1, 4) AS BIGINT) = h.year
    WHEN NOT h."bad.first_identified_month" THEN FALSE END AS identified_this_year,
  CASE WHEN h.village = p.village THEN FALSE WHEN h.village <> p.village THEN v.village IS NOT NULL END AS village_changed
FROM household AS h LEFT JOIN household AS p ON p."_i" = h.previous
LEFT JOIN villages AS v ON v.village = p.village AND v.year = h.year AND v.world = h.world
ORDER BY h."_i"
"""
_PEOPLE = f"""
WITH rows AS (
  SELECT *, SUBSTRING(id_number, 1, 18) AS own, COALESCE(change_reason IN ({_LEFT}), FALSE) OR "bad.change_reason" AS gone FROM person),
twice AS (SELECT own, year, world FROM rows WHERE own IS NOT NULL AND NOT gone GROUP BY ALL HAVING COUNT(*) > 1)
SELECT CASE WHEN r.own IS NOT NULL AND r.year IS NOT NULL THEN t.own IS NOT NULL AND NOT r.gone END AS listed_twice,
  CASE WHEN YEAR(r.birth_date) = r.year OR SUBSTRING(r.own, 7, 4) = CAST(r.year AS VARCHAR) THEN TRUE
    WHEN NOT (r."bad.birth_date" OR r."bad.id_number") THEN FALSE END AS born_this_year
FROM rows AS r LEFT JOIN twice AS t ON t.own = r.own AND t.year = r.year AND t.world = r.world
ORDER BY r."_i"
"""


def with_told(tables: Mapping[str, Table], *, apart: bool = False) -> dict[str, Table]:
    """The tables of households and people with these fields in ``Table.between``; the links between the years must be there.

    ``apart``: every sheet is a world of its own, as in ``linked``.
    """
    given = {name: _rows(tables[name], apart=apart) for name in (_HOUSEHOLD, _PERSON) if name in tables}
    found = dict(tables)
    if _HOUSEHOLD in given:
        told = [run(_HOUSEHOLDS, {_HOUSEHOLD: given[_HOUSEHOLD]})]
        told.append(run(_MEMBERS, given) if _PERSON in given else _nobody(tables[_HOUSEHOLD].data.num_rows))
        found[_HOUSEHOLD] = _with(tables[_HOUSEHOLD], *told)
    if _PERSON in given:
        found[_PERSON] = _with(tables[_PERSON], run(_PEOPLE, {_PERSON: given[_PERSON]}))
    return found


def _rows(table: Table, *, apart: bool) -> pa.Table:
    """What the queries ask of a table: its fields, whether their cells cannot be read, and the world of each row."""
    count = table.data.num_rows
    kinds = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "DATE": pa.date32()}
    columns = {"_i": pa.array(range(count), pa.int64()) if count else pa.array([], pa.int64())}
    for name, kind in _ASKED[table.name].items():
        columns[name] = table.data.column(name) if table.has(name) else pa.nulls(count, kinds[kind])
        columns[f"bad.{name}"] = table.unreadable.get(name, pa.repeat(pa.scalar(False), count))
    columns["world"] = table.data.column(SHEET) if apart else pa.repeat(pa.scalar(0, pa.int32()), count)
    columns["previous"] = table.previous if table.previous is not None else pa.nulls(count, pa.int64())
    return pa.table(columns)


def _nobody(households: int) -> pa.Table:
    """Where there is no table of people, nobody is listed or said to have left."""
    no = pa.repeat(pa.scalar(False), households)
    return pa.table(
        {
            "members_listed": pa.nulls(households, pa.int64()),
            "members_left": pa.nulls(households, pa.int64()),
            "everyone_left": no,
        }
    )


def _with(table: Table, *told: pa.Table) -> Table:
    columns = {name: part.column(name).combine_chunks() for part in told for name in part.column_names}
    return replace(table, between={**table.between, **columns})
