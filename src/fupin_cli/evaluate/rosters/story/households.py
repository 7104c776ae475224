"""What the story of the changes looks at of each household, in all years."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.evaluate.sql import quoted
from fupin_cli.model.tables import Table, arrow_type, fields

KEY, YEAR = "household_id", "year"
#: The parts of a place, the largest first.
PLACES = ("county", "township", "village")
_LOOKED = ("poverty_status", "household_size", "change_reason", *PLACES)

#: Of two rows with one number in one year the first has the members, so that nobody is counted twice.
_MEMBERS = f"""
WITH m AS (SELECT {quoted(KEY)}, {quoted(YEAR)}, COUNT(*) AS "members" FROM p WHERE {quoted(KEY)} IS NOT NULL GROUP BY ALL),
f AS (SELECT {quoted(KEY)}, {quoted(YEAR)}, MIN("_i") AS "_i" FROM h GROUP BY ALL)
SELECT h.*, m."members" FROM h LEFT JOIN (f JOIN m USING ({quoted(KEY)}, {quoted(YEAR)})) USING ("_i") ORDER BY "_i"
"""


def households(tables: Mapping[str, Table]) -> pa.Table:
    """One row for each household and year, in the order of the table: ``_i``, ``year``, what stands in its cells, ``came_from``,
    ``went_to``, and ``members``: the number of its rows of members, null where there are none.
    """
    table = tables["household"]
    found = pa.table({
        "_i": pa.arange(0, table.data.num_rows),
        **{name: column(table, name) for name in (KEY, YEAR, *_LOOKED)},
        "came_from": _between(table, "came_from"),
        "went_to": _between(table, "went_to"),
    })  # fmt: skip
    person = tables.get("person")
    if person is None or not (person.has(KEY) and person.has(YEAR)):
        return found.append_column("members", pa.nulls(found.num_rows, pa.int64()))
    return duck.run(_MEMBERS, {"h": found, "p": person.data.select([KEY, YEAR])})


def column(table: Table, name: str) -> pa.ChunkedArray:
    """A field of every record; nulls where no sheet has it."""
    if table.has(name):
        return table.data.column(name)
    return pa.chunked_array([pa.nulls(table.data.num_rows, arrow_type(fields(table.name)[name].form))])


def _between(table: Table, name: str) -> pa.Array:
    return table.between.get(name, pa.nulls(table.data.num_rows, pa.string()))


def years_of(table: Table | None) -> list[int]:
    """The years of which a table has rows."""
    if table is None or not table.has(YEAR):
        return []
    return sorted(year for year in pc.unique(table.data.column(YEAR)).to_pylist() if year is not None)
