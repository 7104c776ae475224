"""Old workbooks (Excel 97-2003 and 5.0, also .et of WPS), read by xlrd."""

import os
import struct
from collections.abc import Sequence
from pathlib import Path

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDoc, CompDocError

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.biff import Stream, look_at_stream
from fupin_cli.load.cells.formats import AS_IT_IS, DURATIONS, Shown, shown
from fupin_cli.load.cells.grid import Cell, Grid
from fupin_cli.load.cells.values import NOT_A_VALUE, is_blank, read_number
from fupin_cli.load.cells.wanted import Send, check_names
from fupin_cli.model.cells import Kind, Merge

#: 65,536 rows of 100 columns are about 100 MB.
MAX_BYTES = 256 << 20

_STREAMS = ("Workbook", "Book")
_MACROS = "_VBA_PROJECT_CUR"
#: Before this version texts are in a code page; without its number they could be anything.
_UNICODE = 80
_FIRST_CUSTOM_FORMAT = 164
#: What xlrd and its struct, list and codec calls raise over records that are not what they say.
_DAMAGE = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    # A directory whose entries lead back to one another.
    RecursionError,
)


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send) -> Sequence[str]:
    """Read an old workbook's sheets and send them one by one. Gives codes of warnings.

    Raises :class:`InputRefused` for a password and for a file that is damaged or cut off.
    """
    if path.stat().st_size > MAX_BYTES:
        raise InputRefused("workbook-too-large", part="xls", limit=MAX_BYTES >> 20)
    # The library talks about what it finds odd; nobody listens.
    with Path(os.devnull).open("w", encoding="utf-8") as nobody:
        try:
            data, warnings = _workbook_stream(path.read_bytes(), nobody)
            stream = look_at_stream(data)
            book = xlrd.open_workbook(file_contents=data, logfile=nobody, formatting_info=True, on_demand=True, ragged_rows=True)
            if book.biff_version < _UNICODE and book.codepage is None:
                raise InputRefused("workbook-damaged", where="codepage")
            names = book.sheet_names()
            if not names:
                raise InputRefused("workbook-without-sheets")
            check_names(names, wanted)
            styles = _styles(book)
            for index, name in enumerate(names):
                if wanted is None or name in wanted:
                    send(_sheet(book, index, styles, stream).sheet())
                    book.unload_sheet(index)
        except _DAMAGE as error:
            raise InputRefused("workbook-damaged", where="xls") from error
    return warnings


def _workbook_stream(data: bytes, nobody: object) -> tuple[bytes, list[str]]:
    compound = CompDoc(data, logfile=nobody)
    for name in _STREAMS:
        content, start, length = compound.locate_named_stream(name)
        if content is not None:
            stream = bytes(content[start : start + length])
            if len(stream) != length:
                raise InputRefused("workbook-damaged", where="xls")
            macros = any(entry.name.upper() == _MACROS for entry in compound.dirlist)
            return stream, ["macros-ignored"] if macros else []
    raise InputRefused("format-unknown")


def _styles(book: xlrd.Book) -> list[Shown]:
    """What each cell style makes of a number; by the format's number first, its code is the program's own language."""
    styles = []
    for style in book.xf_list:
        key = style.format_key
        code = book.format_map[key].format_str if key in book.format_map else None
        built_in = shown(key, None) if key < _FIRST_CUSTOM_FORMAT else AS_IT_IS
        if code is None or built_in.as_date:
            styles.append(built_in)
        else:
            custom = shown(_FIRST_CUSTOM_FORMAT, code)
            # Some formats of durations look like dates.
            styles.append(custom._replace(as_date=custom.as_date and key not in DURATIONS))
    return styles


def _sheet(book: xlrd.Book, index: int, styles: Sequence[Shown], stream: Stream) -> Grid:
    sheet = book.sheet_by_index(index)
    grid = Grid(sheet.name, hidden=bool(sheet.visibility))
    uncalculated = stream.uncalculated[stream.sheets[index]]
    for row in range(sheet.nrows):
        cells: dict[int, Cell] = {}
        for column, cell in enumerate(sheet.row(row)):
            if (row, column) in uncalculated:
                cells[column] = "=", int(Kind.UNCALCULATED)
            elif (read := _cell(cell, styles, date1904=book.datemode == 1)) is not None:
                cells[column] = read
        grid.add_row(row + 1, cells)
    for top, bottom, left, right in sheet.merged_cells:
        grid.note_merge(Merge(top + 1, bottom, left, right - 1))
    grid.hidden_rows.update(row + 1 for row, shape in sheet.rowinfo_map.items() if shape.hidden)
    return grid


def _cell(cell: xlrd.sheet.Cell, styles: Sequence[Shown], *, date1904: bool) -> Cell | None:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return None if is_blank(cell.value) else (cell.value, int(Kind.TEXT))
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            style = styles[cell.xf_index]
            return read_number(cell.value, as_date=style.as_date, date1904=date1904, as_percent=style.as_percent)
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE", int(Kind.BOOL)
        case xlrd.XL_CELL_ERROR:
            return error_text_from_code.get(cell.value, NOT_A_VALUE), int(Kind.ERROR)
    return None
