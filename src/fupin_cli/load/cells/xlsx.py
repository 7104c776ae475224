"""Workbooks of Excel since 2007 and of WPS: a zip of XML, looked at as a whole before any cell is read."""

import contextlib
import functools
from collections.abc import Sequence
from pathlib import Path

from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.book import Book, SheetPart, read_book, read_strings
from fupin_cli.load.cells.careful import CellReader, read_carefully, read_merges
from fupin_cli.load.cells.fast import NotProved, read_fast
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.cells.scan import SheetLook, look_at_sheet, prove
from fupin_cli.load.cells.texts import StringsLook, look_at_strings
from fupin_cli.load.cells.wanted import Send, check_names
from fupin_cli.model.cells import Sheet

#: Rows at the top of a sheet that mix texts and numbers: titles, headers, units, an example.
_HEAD_ROWS = 30


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send) -> Sequence[str]:
    """Look at a workbook, read its sheets and send them one by one. Gives codes of warnings."""
    with Archive(path) as archive:
        book = read_book(archive)
        check_names([sheet.name for sheet in book.sheets], wanted)
        strings_look = look_at_strings(archive, book.shared_strings)
        looks = {sheet.part: look_at_sheet(archive.chunks(sheet.part), book) for sheet in book.sheets}
        seen = {str(part).lower() for part in (book.shared_strings, *looks)}
        for name in archive.xml_names:
            if name not in seen:
                archive.drain(name)
        reader = SheetReader(path, archive, book, strings_look)
        for sheet in book.sheets:
            if wanted is None or sheet.name in wanted:
                send(reader.read(sheet, looks[sheet.part]))
        return book.warnings


class SheetReader:
    """Reads the sheets of one workbook, each as fast as its look allows."""

    def __init__(self, path: Path, archive: Archive, book: Book, strings: StringsLook) -> None:
        self._path, self._archive, self._book, self._strings_look = path, archive, book, strings

    @functools.cached_property
    def _strings(self) -> list[str]:
        return read_strings(self._archive, self._book.shared_strings)

    def read(self, sheet: SheetPart, look: SheetLook) -> Sheet:
        """One sheet."""
        if look.fast(self._strings_look):
            grid = Grid(sheet.name, hidden=sheet.hidden)
            head = self._carefully(sheet, grid, rows=_HEAD_ROWS)
            with contextlib.suppress(NotProved):
                proof = functools.partial(prove, self._archive.chunks(sheet.part))
                read_fast(self._path, sheet.name, proof, grid, head=head.row, head_values=head.values)
                read_merges(look.frame, sheet, grid)
                grid.hidden_rows.update(look.hidden_rows)
                return grid.sheet()
        grid = Grid(sheet.name, hidden=sheet.hidden)
        self._carefully(sheet, grid)
        return grid.sheet()

    def _carefully(self, sheet: SheetPart, grid: Grid, *, rows: int | None = None) -> CellReader:
        return read_carefully(self._archive.chunks(sheet.part), self._book, sheet, self._strings, grid, rows=rows)
