"""Header rows: where they are, and which column is which field."""

import re
from collections.abc import Collection, Mapping, Sequence
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


def _yuan(*tails: str) -> Mapping[str, int]:
    yuan = [f"元{tail}" for tail in ("", "/年", *tails)]
    return dict.fromkeys(yuan, 1) | {f"万{unit}": 10_000 for unit in yuan}


#: Unit of a field → units that may stand in its header's parentheses, and what a value is then multiplied by.
_UNITS: Mapping[str, Mapping[str, int]] = {
    "yuan": _yuan(),
    "yuan-household-year": _yuan("/户", "/户年", "/户·年", "/户/年", "/年·户"),
    "yuan-person-year": _yuan("/人", "/人年", "/人·年", "/人/年", "/年·人"),
    "person": {"人": 1, "口": 1, "个": 1},
    "month": {"月": 1, "个月": 1},
}


@dataclass(frozen=True)
class Matched:
    """A column of a sheet that is a field of a table."""

    #: 0-based column of the sheet.
    position: int
    column: Column
    #: What its numbers are multiplied by to be in the field's unit.
    scale: Decimal = Decimal(1)
    #: A unit in parentheses that is not known: then nobody can say what its numbers mean, and every one is unreadable.
    odd_unit: str = ""

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


def read_header(sheet: Sheet, index: int, table: str, taken: Collection[int] = ()) -> Header:
    """One row read as a table's header. ``taken`` are columns that belong to another table of the same sheet."""
    known = spellings(table)
    matched: dict[str, Matched] = {}
    doubled: dict[str, list[int]] = {}
    for position, text in enumerate(header_text(sheet, index)):
        found = _match(text, known) if position not in taken else None
        if found is None:
            continue
        column, scale, odd_unit = found
        if column.name in matched:
            doubled.setdefault(column.name, [matched[column.name].position]).append(position)
        else:
            matched[column.name] = Matched(position, column, scale, odd_unit)
    return Header(index, sheet.rows[index].as_py(), matched, doubled)


def _match(text: str, known: Mapping[str, Column]) -> tuple[Column, Decimal, str] | None:
    """The field and scale of a header text, and its unit where that is not known; None where the text is no field."""
    if text in known:
        return known[text], Decimal(1), ""
    split = _UNIT.fullmatch(text)
    if split is None or split[1] not in known:
        return None
    column = known[split[1]]
    scale = _UNITS.get(column.unit, {}).get(split[2])
    if scale is not None:
        return column, Decimal(scale), ""
    # Words in parentheses after a text, code or date are a remark; after a number they might change it.
    return column, Decimal(1), split[2] if column.form.name in ("number", "count") else ""


def header_problems(sheet: Sheet, header: Header, known: set[int], tables: Sequence[str], source: int) -> list[Problem]:
    """What a header has that nobody can use: unknown names with the nearest known one, unknown units."""
    labels = {spelling for table in tables for spelling in spellings(table)}
    odd = {match.position: match.odd_unit for match in header.matched.values() if match.odd_unit}
    problems: list[Problem] = []
    for position, column in enumerate(sheet.columns):
        text = column.text[header.index].as_py()
        where = Address(source, sheet.name, header.row, column_letter(position))
        if position in odd:
            problems.append(Problem("header-unit-unknown", "error", where, value=text, facts={"unit": odd[position]}))
        elif position not in known and text is not None:
            near = nearest(fold(text), labels)
            code = "header-unknown-near" if near else "header-unknown"
            problems.append(Problem(code, "info", where, value=text, facts={"nearest": near}))
    return problems
