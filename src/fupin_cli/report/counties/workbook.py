"""The counties as a workbook: the matrix to filter, the gaps to work on, the facts of the run, the problems of reading.

Texts stay texts whatever they begin with. Colours are conditional formats over the words, so that they follow when somebody
corrects a cell, and never say anything that the words do not.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from fupin_cli.model.run import Result
from fupin_cli.packing import packed
from fupin_cli.report.counties.columns import Cell, Column, columns, rows
from fupin_cli.report.counties.county import COUNTY, Counties, County
from fupin_cli.report.counties.facts import input_rows, problem_rows, run_facts
from fupin_cli.report.counties.gaps import HEADINGS, gaps
from fupin_cli.report.csvtext import finding_rows, subject_rows
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words

#: Status → the fill of its cells.
_FILLS = {"pass": "E2EFDA", "fail": "F8CBAD", "unknown": "FFE699", "not_applicable": "EDEDED"}
_HEADER = PatternFill("solid", fgColor="DDEBF7")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(horizontal="center", vertical="center", wrap_text=True)
#: Narrowest and widest column; a heading may stand in so many lines.
_LEAST, _MOST, _LONG, _LINES, _LINE_HIGH = 7, 28, 44, 3, 16
#: What a program takes for a formula or an error when it stands at the start of a text.
_LIVE = ("=", "+", "-", "@", "#", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_A4 = 9


def county_workbook(result: Result, options: Options) -> bytes:
    """An xlsx workbook, the same bytes for the same result; without counties it has the tables that were judged."""
    words, book = Words(result, options), Workbook(write_only=True)
    for counties in Counties.of(result, options):
        matrix = columns(counties)
        found = list(rows(counties))
        _Page(book, words.say("sheet-matrix"), matrix, "C2").fill(words, [cells for _, cells in found])
        told: list[County] = [county for county, _ in found]
        headings = [Column(words.say(name), _GAP_KINDS.get(name, "text")) for name in HEADINGS]
        _Page(book, words.say("sheet-gaps"), headings, "C2").fill(words, (gap.cells(words) for gap in gaps(told)))
    _others(book, words)
    _facts(book, words)
    return packed(book)


#: Columns of gaps that hold sentences, and the one that holds a status.
_GAP_KINDS: dict[str, Any] = {
    "gap-status": "status", "gap-check": "long", "gap-quote": "long", "gap-values": "long", "gap-cells": "long",
    "gap-remedy": "long",
}  # fmt: skip


class _Page:
    """A sheet with a frozen heading, filters, and columns as wide as their words."""

    def __init__(self, book: Workbook, title: str, headings: Sequence[Column], frozen: str = "A2") -> None:
        titles = book.sheetnames
        # A sheet's name stands once in a book.
        self.sheet = book.create_sheet(title if title not in titles else f"{title} {len(titles) + 1}")
        self.headings, self.frozen = headings, frozen

    def fill(self, words: Words, lines: Iterable[Sequence[Cell]]) -> None:
        """Write the heading and the rows."""
        sheet, known = self.sheet, [list(line) for line in lines]
        for place, column in enumerate(self.headings):
            values = [known_line[place] for known_line in known[:200]]
            sheet.column_dimensions[get_column_letter(place + 1)].width = _width(column, values)
        last = get_column_letter(len(self.headings))
        sheet.freeze_panes = self.frozen
        sheet.auto_filter.ref = f"A1:{last}{len(known) + 1}"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = "1:1"
        sheet.row_dimensions[1].height = _LINES * _LINE_HIGH
        self._colour(words, len(known) + 1)
        sheet.append([self._heading(column.heading) for column in self.headings])
        for line in known:
            sheet.append([self._cell(cell) for cell in line])

    def _colour(self, words: Words, last: int) -> None:
        places = [get_column_letter(place + 1) for place, column in enumerate(self.headings) if column.kind == "status"]
        if not places or last < 2:
            return
        meant = " ".join(f"{letter}2:{letter}{last}" for letter in places)
        for status, colour in _FILLS.items():
            fill = PatternFill("solid", bgColor=colour, fgColor=colour)
            self.sheet.conditional_formatting.add(
                meant,
                CellIsRule(operator="equal", formula=[f'"{words.say(f"status-{status}")}"'], fill=fill),  # type: ignore[no-untyped-call]
            )

    def _heading(self, text: str) -> BookCell:
        cell = self._text(text)
        cell.font, cell.fill, cell.alignment = _BOLD, _HEADER, _WRAPPED
        return cell

    def _cell(self, value: Cell) -> Any:
        if isinstance(value, Decimal):
            return float(value)
        return self._text(value) if isinstance(value, str) and value.startswith(_LIVE) else value

    def _text(self, value: str) -> BookCell:
        """A cell that stays text, also when somebody edits it."""
        cell: BookCell = WriteOnlyCell(self.sheet, value)
        cell.data_type, cell.number_format = "s", "@"
        return cell


def _width(column: Column, values: Sequence[Cell]) -> float:
    """Wide enough for the values; a long heading is broken into lines."""
    widest = max((cell_len(str(value).split("\n", 1)[0]) for value in values), default=0)
    heading = -(-cell_len(column.heading) // _LINES) + 2
    return min(max(widest + 2, heading, _LEAST), _LONG if column.kind == "long" else _MOST)


def _others(book: Workbook, words: Words) -> None:
    """What else was judged: a sheet for each table, and one for what is odd in the data."""
    others = [group for group in words.result.groups if group.subject != COUNTY]
    verdicts = [group for group in others if not group.main.is_quality]
    parts = [(words.say(f"table-{group.subject}"), subject_rows(words.of(group.main), group)) for group in verdicts]
    parts += [(words.say("sheet-findings"), finding_rows(words))] if len(verdicts) < len(others) else []
    for title, (heading, *lines) in parts:
        _Page(book, title, [Column(text) for text in heading]).fill(words, lines)


def _facts(book: Workbook, words: Words) -> None:
    facts = run_facts(words)
    _Page(book, words.say("sheet-run"), [Column(words.say("run-fact")), Column(words.say("run-value"), "long")]).fill(
        words, facts
    )
    heading, *lines = input_rows(words)
    _Page(book, words.say("sheet-inputs"), [Column(str(text)) for text in heading]).fill(words, lines)
    names, *problems = problem_rows(words)
    kinds: list[Any] = ["text", "text", "text", "long", "long"]
    _Page(book, words.say("sheet-problems"), [Column(str(t), k) for t, k in zip(names, kinds, strict=True)]).fill(words, problems)
