"""Header rows: where they are, and which column is which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from fupin_cli.model.cells import Sheet, column_letter
from fupin_cli.model.columns import Column
from fupin_cli.model.nearest import nearest
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import fields
from fupin_cli.model.text import fold

#: How many rows of a sheet are looked at for its header.
SEARCHED = 20
#: A header names at least so many fields: one alone may be a word of a text.
_FEWEST = 2

_UNIT = re.compile(r"(.+?)\(([^()]*)\)")
_YUAN = {unit + tail for unit in ("元",) for tail in ("", "/年", "/人", "/户", "/人年", "/人·年", "/年·人", "/人/年", "/户年")}
#: Unit in a header's parentheses → what a value is multiplied by, per kind of field.
_UNITS: Mapping[str, Mapping[str, int]] = {
    "number": dict.fromkeys(_YUAN, 1) | {f"万{unit}": 10_000 for unit in _YUAN},
    "count": {"人": 1, "口": 1, "个": 1, "户": 1},
    "yes-no": {"是/否": 1, "是否": 1, "是、否": 1},
}


@dataclass(frozen=True)
class Matched:
    """A column of a sheet that is a field of a table."""

    #: 0-based column of the sheet.
    position: int
    column: Column
    #: What its numbers are multiplied by to be in the field's unit.
    scale: Decimal = Decimal(1)

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letter(self.position)


@dataclass(frozen=True)
class Header:
    """A header row read as a table's."""

    #: Index among the sheet's kept rows.
    index: int
    #: The sheet's own row number.
    row: int
    matched: Mapping[str, Matched]
    #: Positions whose unit in parentheses is not known, with that unit.
    odd_units: Sequence[tuple[int, str]] = field(default=())
    #: Fields that more than one column names, with their positions.
    doubled: Mapping[str, Sequence[int]] = field(default_factory=dict)


@cache
def spellings(table: str) -> Mapping[str, Column]:
    """Every header spelling of a table, folded."""
    found: dict[str, Column] = {}
    for column in fields(table).values():
        for spelling in (column.label, *column.aliases):
            found.setdefault(fold(spelling), column)
    return found


def header_text(sheet: Sheet, index: int) -> list[str]:
    """The folded texts of one row, column A first."""
    return [fold(column.text[index].as_py() or "") for column in sheet.columns]


def find_header(sheet: Sheet, table: str) -> Header | None:
    """The row among the first that names most fields of a table; the upper one of equals; None where none does."""
    best: Header | None = None
    for index in range(min(SEARCHED, len(sheet.rows))):
        row = sheet.rows[index].as_py()
        if row > SEARCHED:
            break
        header = read_header(sheet, index, table)
        if len(header.matched) >= _FEWEST and (best is None or len(header.matched) > len(best.matched)):
            best = header
    return best


def read_header(sheet: Sheet, index: int, table: str) -> Header:
    """One row read as a table's header."""
    known = spellings(table)
    matched: dict[str, Matched] = {}
    odd: list[tuple[int, str]] = []
    doubled: dict[str, list[int]] = {}
    for position, text in enumerate(header_text(sheet, index)):
        found = _match(text, known)
        if isinstance(found, str):
            odd.append((position, found))
        elif found is not None:
            column, scale = found
            if column.name in matched:
                doubled.setdefault(column.name, [matched[column.name].position]).append(position)
            else:
                matched[column.name] = Matched(position, column, scale)
    return Header(index, sheet.rows[index].as_py(), matched, odd, doubled)


def _match(text: str, known: Mapping[str, Column]) -> tuple[Column, Decimal] | str | None:
    """The field and scale of a header text; the unit where only that is unknown; None where the text is no field."""
    if text in known:
        return known[text], Decimal(1)
    split = _UNIT.fullmatch(text)
    if split is None or split[1] not in known:
        return None
    column = known[split[1]]
    scale = _UNITS.get(column.form.name, {}).get(split[2])
    if scale is not None:
        return column, Decimal(scale)
    # Words in parentheses after a text, code or date are a remark; after a number they might change it.
    return (column, Decimal(1)) if column.form.name not in ("number", "count") else split[2]


def header_problems(sheet: Sheet, header: Header, known: set[int], tables: Sequence[str], source: int) -> list[Problem]:
    """What a header has that nobody can use: unknown names with the nearest known one, unknown units."""
    labels = {spelling for table in tables for spelling in spellings(table)}
    odd = dict(header.odd_units)
    problems: list[Problem] = []
    for position, column in enumerate(sheet.columns):
        text = column.text[header.index].as_py()
        where = Address(source, sheet.name, header.row, column_letter(position))
        if position in known or text is None:
            continue
        if position in odd:
            problems.append(Problem("header-unit-unknown", "error", where, value=text, facts={"unit": odd[position]}))
        else:
            near = nearest(fold(text), labels)
            code = "header-unknown-near" if near else "header-unknown"
            problems.append(Problem(code, "info", where, value=text, facts={"nearest": near}))
    return problems
