"""Whom somebody asks about: by number, by place, by an identity number, by name; and which rows are theirs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.evaluate.joins import KEY, YEAR
from fupin_cli.evaluate.sql import text_literal
from fupin_cli.model.tables import ROW, SHEET, TABLES, Table, fields
from fupin_cli.model.text import fold

_PLACE = re.compile(r"(?:(?P<sheet>.*)!)?(?P<letters>[A-Za-z]{1,3})?(?P<row>\d{1,7})", re.DOTALL)
#: The characters of an identity number that are the person's own.
_OWN = 18
_NUMBER = re.compile(r"\d{17}[\dX]\w{0,4}", re.ASCII)
#: Between the parts of a key of several fields, as reports show it.
_JOINT = "/"
_NEAREST = 3


@dataclass(frozen=True)
class Asked:
    """The rows of a table that somebody asks about."""

    rows: Sequence[int]
    by: Literal["number", "place", "identity", "name"]


def find(tables: Mapping[str, Table], subject: str, text: str) -> Asked | None:
    """The rows of the subject's table that a text means; None where it means nobody.

    Tried in this order: the number that reports show; a place (``户!7``, ``户!A7``, or the row of one of its members); the
    identity number of its head or a member; its name.
    """
    table, folded = tables[subject], fold(text).upper()
    rows = _by_number(table, text)
    if rows:
        return Asked(rows, "number")
    rows = _by_place(tables, subject, text)
    if rows:
        return Asked(rows, "place")
    if _NUMBER.fullmatch(folded):
        rows = _by_identity(tables, subject, folded[:_OWN])
        return Asked(rows, "identity") if rows else None
    name = TABLES[subject].NAME
    rows = _where(table, name, text.strip()) if name and table.has(name) else []
    return Asked(rows, "name") if rows else None


def keys_of(table: Table, rows: Sequence[int]) -> list[str]:
    """What each of these rows is known by; empty where it has no number."""
    parts = [name for name in TABLES[table.name].KEY if table.has(name)]
    found = table.data.select(parts).take(pa.array(rows, pa.int64())).to_pylist() if parts else [{}] * len(rows)
    return [_JOINT.join(str(row[part]) for part in parts if row[part]) for row in found]


def in_year(table: Table, rows: Sequence[int], year: int) -> list[int]:
    """Those of the rows that are of a year."""
    return [row for row, found in zip(rows, years_of(table, rows), strict=True) if found == year]


def years_of(table: Table, rows: Sequence[int]) -> list[int | None]:
    """The year of each of these rows, where the table says it."""
    if not table.has(YEAR):
        return [None] * len(rows)
    return list(table.data.column(YEAR).take(pa.array(rows, pa.int64())).to_pylist())


def nearest_numbers(table: Table, text: str) -> list[str]:
    """The numbers in the table that are most like one that is not."""
    keys = sorted({key for key in keys_of(table, range(table.data.num_rows)) if key})
    query = (
        f'SELECT "key", LEVENSHTEIN("key", {text_literal(text)}) AS "far" FROM "keys"'
        f' WHERE "far" <= {max(2, len(text) // 3)} ORDER BY "far", "key" LIMIT {_NEAREST}'
    )
    return list(duck.run(query, {"keys": pa.table({"key": pa.array(keys, pa.string())})}).column("key").to_pylist())


def rows_of(tables: Mapping[str, Table], subject: str, index: int) -> dict[str, list[int]]:
    """The rows that are about a subject, by table: its own, and those of its household in its year."""
    table = tables[subject]
    found = {subject: [index]}
    if not table.has(KEY) or table.data.column(KEY)[index].as_py() is None:
        return found
    key, [year] = table.data.column(KEY)[index].as_py(), years_of(table, [index])
    for name, other in tables.items():
        if name != subject and other.has(KEY):
            mine = _where(other, KEY, key)
            pairs = zip(mine, years_of(other, mine), strict=True)
            found[name] = [row for row, of_year in pairs if None in (year, of_year) or of_year == year]
    return found


def _by_number(table: Table, text: str) -> list[int]:
    parts = [name for name in TABLES[table.name].KEY if table.has(name)]
    if len(parts) == 1:
        return _where(table, parts[0], fold(text)) or _where(table, parts[0], text.strip())
    keys = keys_of(table, range(table.data.num_rows)) if parts else []
    return [row for row, key in enumerate(keys) if key == text.strip()]


def _by_place(tables: Mapping[str, Table], subject: str, text: str) -> list[int]:
    found = _PLACE.fullmatch(text.strip())
    if found is None or (found["sheet"] is None and found["letters"] is None):
        # A bare number is a household's, or nobody's.
        return []
    for name in (subject, *(name for name in tables if name != subject)):
        rows = _standing(tables[name], found["sheet"] or "", int(found["row"]))
        if rows:
            return rows if name == subject else _of_same(tables, subject, name, rows)
    return []


def _standing(table: Table, sheet: str, row: int) -> list[int]:
    """The records that stand in a row of a sheet of this name, whatever its file."""
    numbers = [number for number, ref in enumerate(table.sheets) if ref.name == sheet]
    if not numbers:
        return []
    there = pc.and_(
        pc.is_in(table.data.column(SHEET), value_set=pa.array(numbers, pa.int32())), pc.equal(table.data.column(ROW), row)
    )
    return list(pc.indices_nonzero(there).to_pylist())


def _by_identity(tables: Mapping[str, Table], subject: str, number: str) -> list[int]:
    rows: set[int] = set()
    for name, table in tables.items():
        for column, declared in fields(name).items():
            if declared.form.name == "id-number" and table.has(column):
                own = pc.utf8_slice_codeunits(table.data.column(column), 0, _OWN)
                found = list(pc.indices_nonzero(pc.equal(own, number)).to_pylist())
                rows |= set(found if name == subject else _of_same(tables, subject, name, found))
    return sorted(rows)


def _of_same(tables: Mapping[str, Table], subject: str, name: str, rows: Sequence[int]) -> list[int]:
    """The subjects of whose household these rows of another table are, in the same year where both say it."""
    table, other = tables[subject], tables[name]
    if not rows or not (table.has(KEY) and other.has(KEY)):
        return []
    found: set[int] = set()
    for key, year in zip(other.data.column(KEY).take(pa.array(rows, pa.int64())).to_pylist(), years_of(other, rows), strict=True):
        mine = _where(table, KEY, key) if key is not None else []
        found |= {
            row for row, of_year in zip(mine, years_of(table, mine), strict=True) if None in (year, of_year) or year == of_year
        }
    return sorted(found)


def _where(table: Table, name: str, value: str) -> list[int]:
    return list(pc.indices_nonzero(pc.equal(table.data.column(name), value)).to_pylist())
