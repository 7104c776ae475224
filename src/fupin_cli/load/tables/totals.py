"""Rows of totals against the rows that they sum up."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic_core import PydanticCustomError

from fupin_cli.load.tables.columnnames import Matched
from fupin_cli.load.tables.headers import Header
from fupin_cli.load.tables.part import Part
from fupin_cli.model.cells import Kind, Sheet
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.readers import Cell
from fupin_cli.model.text import fold

#: Numbers that nobody adds up: those per person, years, shares.
_NEVER_SUMMED = re.compile(r"yuan-person-year|percent|km")
_PART_OF_SHEET = re.compile(r"小计|本页|本组|本社")
_TOTAL_WORD = re.compile(r"[合总小共累]计")
_HOUSEHOLDS = re.compile(r"(\d+)户")


def check_totals(sheet: Sheet, header: Header, part: Part, skipped: Mapping[int, str], source: int) -> list[Problem]:
    """Warnings for totals that are not the sum of the records above them, and for stated numbers of households.

    A column with a value that is missing or unreadable has no sum, so that its total cannot be checked. Totals of an export
    that repeats a household's figures in every member's row are nobody's business here.
    """
    totals = [index for index, reason in skipped.items() if reason == "total" and index > header.index]
    problems: list[Problem] = []
    rows = part.rows.to_pylist()
    since = 0
    for index in sorted(totals):
        row = sheet.rows[index].as_py()
        above = sum(1 for one in rows if one < row)
        first = since if _is_partial(sheet, index) else 0
        if first == above:
            # A total above its rows, or a total of totals: nobody says of which.
            continue
        scope = part.take(pa.arange(first, above))
        problems += _differing(sheet, header, scope, index, source)
        problems += _households(sheet, part.table, len(scope), index, source)
        since = above
    return problems


def _is_partial(sheet: Sheet, index: int) -> bool:
    return any(_PART_OF_SHEET.search(fold(text)) for text in _texts(sheet, index))


def _texts(sheet: Sheet, index: int) -> list[str]:
    return [text for column in sheet.columns if (text := column.text[index].as_py())]


def _differing(sheet: Sheet, header: Header, scope: Part, index: int, source: int) -> list[Problem]:
    problems: list[Problem] = []
    for name, match in header.matched.items():
        given = _given(sheet, match, index)
        if given is None or _NEVER_SUMMED.search(match.column.unit) or match.odd_unit:
            continue
        values = scope.values[name]
        if values.null_count or not len(values):
            continue
        summed = Decimal(pc.sum(pc.cast(values, pa.decimal128(38, 6))).as_py())
        if summed != given:
            where = Address(source, sheet.name, sheet.rows[index].as_py(), match.letter)
            facts = {"given": f"{given.normalize():f}", "summed": f"{summed.normalize():f}", "count": str(len(scope))}
            problems.append(Problem("total-differs", "warning", where, scope.table, name, facts=facts))
    return problems


def _given(sheet: Sheet, match: Matched, index: int) -> Decimal | None:
    """The number of a total's cell; None where there is none, or for a field that is no number."""
    if match.column.form.name not in ("number", "count"):
        return None
    column = sheet.columns[match.position]
    cell = Cell(column.text[index].as_py() or "", Kind(column.kind[index].as_py()), match.scale)
    try:
        # Without the field's bounds: they hold for one household, not for a village.
        value = match.column.form(cell)
    except PydanticCustomError:
        return None
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _households(sheet: Sheet, table: str, counted: int, index: int, source: int) -> Sequence[Problem]:
    if table != "household":
        return ()
    for text in filter(_TOTAL_WORD.search, _texts(sheet, index)):
        stated = _HOUSEHOLDS.search(fold(text))
        if stated is not None and int(stated[1]) != counted:
            where = Address(source, sheet.name, sheet.rows[index].as_py(), "")
            return [Problem("total-households-differ", "warning", where, facts={"given": stated[1], "counted": str(counted)})]
    return ()
