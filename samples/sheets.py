"""What every sample is written with: values, sheets in the template's layout, files that are the same whenever they are made."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from fupin_cli.model.identity import checksum_holds
from fupin_cli.model.tables import fields

AREA = "349900"
YES, NO = "是", "否"

_MADE = datetime(2020, 12, 31)  # noqa: DTZ001 - a workbook's properties carry no zone
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
FORMATS = {"text": "@", "key": "@", "id-number": "@", "phone": "@", "number": "0.00", "date": "yyyy-mm-dd"}
GENERAL = "General"


@dataclass(frozen=True)
class Text:
    """A text that must stay one: ``=1+1`` would become a formula."""

    text: str


Value = str | int | float | date | Text | None
Row = dict[str, Value]


def id_number(birth: date, sex: str, order: int) -> str:
    """An ID number with a valid checksum from the area code that does not exist."""
    head = f"{AREA}{birth:%Y%m%d}{100 + 2 * order + (sex == '男')}"
    return next(head + check for check in "0123456789X" if checksum_holds(head + check))


def row_of(**values: Value) -> Row:
    """A row by the names of its fields."""
    return values


def first(book: Workbook, title: str) -> Worksheet:
    """The sheet that a new workbook has, under a title of its own."""
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError(sheet)
    sheet.title = title
    return sheet


def put(cell: Cell, value: Value, number_format: str = GENERAL) -> None:
    """Write a cell. Text stays text, whatever it starts with."""
    if isinstance(value, Text):
        cell.value, cell.data_type = value.text, "s"
    else:
        cell.value = value
    cell.number_format = number_format


def table_sheet(sheet: Worksheet, table: str, records: Iterable[Mapping[str, Value]]) -> None:
    """A sheet in the template's layout: every field of the table in the model's order."""
    columns = list(fields(table).values())
    header(sheet, 1, [column.label for column in columns])
    for row, record in enumerate(records, start=2):
        for position, column in enumerate(columns, start=1):
            value = record.get(column.name)
            if value is not None:
                put(sheet.cell(row, position), value, FORMATS.get(column.form.name, GENERAL))
    sheet.freeze_panes = "B2"


def header(sheet: Worksheet, row: int, labels: Sequence[str]) -> None:
    """A header row."""
    for position, label in enumerate(labels, start=1):
        put(sheet.cell(row, position), label)
        sheet.cell(row, position).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(row, position).column_letter].width = max(12, 2 * len(label) + 2)


def banner(sheet: Worksheet, row: int, width: int, text: str) -> None:
    """A line over the whole width of a table, in merged cells."""
    put(sheet.cell(row, 1), text)
    sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def columns_sheet(sheet: Worksheet, table: str, names: Sequence[str], records: Iterable[Mapping[str, Value]]) -> None:
    """A sheet with some fields of a table under their labels."""
    declared = fields(table)
    header(sheet, 1, [declared[name].label for name in names])
    for row, record in enumerate(records, start=2):
        for position, name in enumerate(names, start=1):
            if (value := record.get(name)) is not None:
                put(sheet.cell(row, position), value, FORMATS.get(declared[name].form.name, GENERAL))
    sheet.freeze_panes = "B2"


def saved(book: Workbook) -> bytes:
    """A workbook's bytes without a trace of when it was made."""
    book.properties.creator = "fupin samples"
    book.properties.created = _MADE
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in _timeless(source):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return out.getvalue()


def _timeless(source: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts of a workbook; openpyxl stamps the moment of saving on one of them."""
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    for name in source.namelist():
        content = source.read(name)
        if name == "docProps/core.xml":
            content = stamp.sub(rb"\g<1>" + f"{_MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
        yield name, content
