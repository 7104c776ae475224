"""Workbooks of Excel since 2007 and of WPS: a zip of XML, looked at as a whole before any cell is read."""

import contextlib
import functools
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.book import Book, SheetPart, read_book, read_strings
from fupin_cli.load.cells.careful import CellReader, read_carefully, read_merges
from fupin_cli.load.cells.child import MEMORY_LIMIT, grant_memory, set_memory_limit
from fupin_cli.load.cells.fast import NotProved, load, read_fast
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.cells.scan import SMALL, SheetLook, look_at_sheet
from fupin_cli.load.cells.texts import StringsLook, look_at_strings
from fupin_cli.load.cells.wanted import Send, check_names
from fupin_cli.model.cells import Sheet

#: Memory for a sheet that nobody has looked at yet: what a roster takes, and more for each byte of its XML.
_MEMORY, _MEMORY_PER_BYTE = 512 << 20, 4
#: Rows at the top of a sheet that mix texts and numbers: titles, headers, units, an example.
_HEAD_ROWS = 30


class LookFirst(Exception):
    """The native reader was begun too early: it should never have seen this sheet, and this process may suffer from it."""


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send, *, early: bool = False) -> Sequence[str]:
    """Look at a workbook, read its sheets and send them one by one. Gives codes of warnings.

    ``early``: a large sheet is given to the native reader while it is looked at. What the reader finds counts only if the look
    allows it; raises :class:`LookFirst` otherwise, and the process is done for.
    """
    with Archive(path) as archive:
        book = read_book(archive)
        check_names([sheet.name for sheet in book.sheets], wanted)
        strings_look = look_at_strings(archive, book.shared_strings)
        reader = SheetReader(path, archive, book, strings_look)
        if early:
            reader.begin([sheet for sheet in book.sheets if wanted is None or sheet.name in wanted])
        looks = {sheet.part: look_at_sheet(archive.chunks(sheet.part), book) for sheet in book.sheets}
        seen = {str(part).lower() for part in (book.shared_strings, *looks)}
        for name in archive.xml_names:
            if name not in seen:
                archive.drain(name)
        for sheet in book.sheets:
            if wanted is None or sheet.name in wanted:
                send(reader.read(sheet, looks[sheet.part]))
        return book.warnings


@dataclass(frozen=True)
class _Begun:
    sheet: SheetPart
    #: The rows up to the end of the head.
    grid: Grid
    head: CellReader
    batch: Future[pa.RecordBatch]


class SheetReader:
    """Reads the sheets of one workbook, each as fast as its look allows."""

    def __init__(self, path: Path, archive: Archive, book: Book, strings: StringsLook) -> None:
        self._path, self._archive, self._book, self._strings_look = path, archive, book, strings
        #: A sheet that the native reader already reads, with its head.
        self._begun: _Begun | None = None

    @functools.cached_property
    def _strings(self) -> list[str]:
        return read_strings(self._archive, self._book.shared_strings)

    def begin(self, sheets: Sequence[SheetPart]) -> None:
        """Let the native reader begin with the one large sheet, within the memory that a sheet of its size takes."""
        large = [sheet for sheet in sheets if self._archive.size(sheet.part) > SMALL]
        if len(large) != 1 or not self._strings_look.plain:
            return
        sheet = large[0]
        grid = Grid(sheet.name, hidden=sheet.hidden)
        head = self._carefully(sheet, grid, rows=_HEAD_ROWS)
        grant_memory(_MEMORY + _MEMORY_PER_BYTE * self._archive.size(sheet.part))
        beside = ThreadPoolExecutor(1)
        self._begun = _Begun(sheet, grid, head, beside.submit(load, self._path, sheet.name, head.row))

    def read(self, sheet: SheetPart, look: SheetLook) -> Sheet:
        """One sheet."""
        begun = self._begun if self._begun is not None and self._begun.sheet == sheet else None
        if begun is not None:
            if not look.fast(self._strings_look):
                raise LookFirst
            set_memory_limit(MEMORY_LIMIT)
        if look.fast(self._strings_look):
            grid = Grid(sheet.name, hidden=sheet.hidden) if begun is None else begun.grid
            head = self._carefully(sheet, grid, rows=_HEAD_ROWS) if begun is None else begun.head
            with contextlib.suppress(NotProved):
                batch = None if begun is None else begun.batch
                read_fast(self._path, sheet.name, look.proof, grid, head=head.row, head_values=head.values, begun=batch)
                read_merges(look.frame, sheet, grid)
                grid.hidden_rows.update(look.hidden_rows)
                return grid.sheet()
        grid = Grid(sheet.name, hidden=sheet.hidden)
        self._carefully(sheet, grid)
        return grid.sheet()

    def _carefully(self, sheet: SheetPart, grid: Grid, *, rows: int | None = None) -> CellReader:
        return read_carefully(self._archive.chunks(sheet.part), self._book, sheet, self._strings, grid, rows=rows)
