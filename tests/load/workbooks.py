"""Workbooks written by hand, so that a test can hold what no library writes."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.book import read_book
from fupin_cli.load.cells.careful import CellReader
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.cells.markup import parse
from fupin_cli.load.cells.strings import read_strings
from fupin_cli.model.cells import Kind, Sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)

#: What is in a cell: its text and its kind.
Cells = dict[tuple[int, int], tuple[str, Kind]]
MakeBook = Callable[..., Path]


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def parts_of(
    rows: str, *, formats: tuple[str | int, ...] = (), strings: str | None = None, properties: str = "", before: str = ""
) -> dict[str, str]:
    """The parts of a workbook with one sheet: ``rows`` is its XML, ``formats`` are its cell styles' number formats."""
    codes = {164 + index: code for index, code in enumerate(formats) if isinstance(code, str)}
    numbers = [164 + index if isinstance(code, str) else code for index, code in enumerate(formats)]
    relations = relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "styles", "styles.xml")
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation(1, "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets><sheet name="户" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in codes.items())
        + "</numFmts><cellXfs>"
        + "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
        + "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>',
    }
    if strings is not None:
        relations += relation(3, "sharedStrings", "sharedStrings.xml")
        parts["xl/sharedStrings.xml"] = strings
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    return parts


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cells_of(sheet: Sheet) -> Cells:
    """The nonblank cells by row number and 0-based column."""
    rows = sheet.rows.to_pylist()
    return {
        (row, at): (text, Kind(kind))
        for at, column in enumerate(sheet.columns)
        for row, text, kind in zip(rows, column.text.to_pylist(), column.kind.to_pylist(), strict=True)
        if text is not None or kind
    }


def careful_sheet(path: Path, *, sheet: int = 0) -> Sheet:
    """A sheet as the careful reader reads it, in this process."""
    with Archive(path) as archive:
        book = read_book(archive)
        part = book.sheets[sheet]
        grid = Grid(part.name, hidden=part.hidden)
        reader = CellReader(book, part, read_strings(archive, book.shared_strings), grid)
        parse(archive.chunks(part.part), part.part, start=reader.start, end=reader.end, text=reader.text)
        return grid.sheet()
