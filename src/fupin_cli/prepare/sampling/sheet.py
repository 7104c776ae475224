"""The workbook that goes into the field: a row for each drawn household with blanks to fill in, and how they were drawn.

Its first sheet is read back as 抽样: the headers are the table's own. The others beside them are for people.
"""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fupin_cli.messages import Lang, say
from fupin_cli.model.columns import Column
from fupin_cli.model.fieldsheet import ANSWERS, COLUMNS, header, values
from fupin_cli.model.sample import Sample
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.packing import packed
from fupin_cli.prepare.template import units_of, validation_of

_TITLE, _HEADER, _FIRST = 1, 2, 3
_A4 = 9
#: How wide each column is, so that all of them fit a page across.
_WIDTHS = {
    "sample-order": 6, "county": 9, "township": 10, "village": 12, "villager_group": 10, "household_id": 16, "head_name": 10,
    "address": 20, "year": 7, "sample_group": 12, "household_size": 8, "wrongly_exited": 9, "missed_people": 9, "approves": 9,
    "sample-visited": 12, "sample-interviewer": 10, "sample-remarks": 16,
}  # fmt: skip
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_ROW, _HIGH = 24, 32
#: A line of the page on the method.
_LINE_WIDE, _LINE_HIGH = 90, 15


def field_sheet(sample: Sample, lines: Sequence[str], strata: Sequence[Sequence[str | int]], lang: Lang) -> bytes:
    """An xlsx workbook. ``lines`` say how the sample was drawn, ``strata`` is a table of what was drawn from each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _survey(book.create_sheet(TABLES["survey"].SHEETS[0]), sample, lang)
    _method(book.create_sheet(say("sample-method-sheet", lang)), lines, strata, lang)
    return packed(book)


def _survey(sheet: Worksheet, sample: Sample, lang: Lang) -> None:
    title = say(
        "sample-title", lang, title=say("sample-field-sheet", lang), seed=sample.design.seed,
        households=sample.households, sha=sample.sha256,
    )  # fmt: skip
    _text(sheet, _TITLE, 1, title).font = Font(bold=True)
    survey, last = fields("survey"), _FIRST + len(sample.units) - 1
    for place, name in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS[name]
        cell = _text(sheet, _HEADER, place, header(name))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FCE4D6" if name in ANSWERS else "DDEBF7")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BOX
        if name in survey:
            _checked(sheet, survey[name], f"{letter}{_FIRST}:{letter}{last}", lang)
    for number, unit in enumerate(sample.units, start=1):
        sheet.row_dimensions[number + _HEADER].height = _ROW
        for place, value in enumerate(values(sample, number, unit), start=1):
            cell = _text(sheet, number + _HEADER, place, value)
            cell.border = _BOX
            cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[_HEADER].height = _HIGH
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.print_title_rows = f"{_TITLE}:{_HEADER}"
    _printable(sheet, lang)


def _checked(sheet: Worksheet, column: Column, cells: str, lang: Lang) -> None:
    validation = validation_of(column, lang)
    if validation is not None:
        validation.add(cells)
        sheet.add_data_validation(validation)


def _method(sheet: Worksheet, lines: Sequence[str], strata: Sequence[Sequence[str | int]], lang: Lang) -> None:
    for row, line in enumerate(lines, start=1):
        _text(sheet, row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
        # Programs fit a row to wrapped text only when somebody types it.
        sheet.row_dimensions[row].height = _LINE_HIGH * (1 + units_of(line) // (_LINE_WIDE - 10))
    for row, texts in enumerate(strata, start=len(lines) + 2):
        for place, text in enumerate(texts, start=1):
            cell = _text(sheet, row, place, text)
            cell.border = _BOX
            if row == len(lines) + 2:
                cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = _LINE_WIDE
    _printable(sheet, lang)


def _text(sheet: Worksheet, row: int, place: int, value: str | int | None) -> Cell:
    """A cell that stays text whatever it begins with."""
    cell = sheet.cell(row, place, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def _printable(sheet: Worksheet, lang: Lang) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = say("sample-page", lang)
