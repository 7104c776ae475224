"""Workbooks of Excel since 2007 and of WPS: a zip of XML, every part of which is looked through to its end."""

import functools
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.book import Book, SheetPart, read_book
from fupin_cli.load.cells.careful import CellReader
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.cells.lines import NotUsual, is_utf8
from fupin_cli.load.cells.markup import parse
from fupin_cli.load.cells.scan import pieces
from fupin_cli.load.cells.strings import read_strings
from fupin_cli.load.cells.usual import Block, UsualReader
from fupin_cli.load.cells.wanted import Send, check_names
from fupin_cli.model.cells import Sheet

#: Blocks that wait to become columns while the next ones are cut: a block takes some tens of megabytes.
_WAITING = 3
#: Threads that make columns.
_AT_ONCE = 2


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send) -> Sequence[str]:
    """Read a workbook's sheets and send them one by one. Gives codes of warnings."""
    with Archive(path) as archive:
        book = read_book(archive)
        check_names([sheet.name for sheet in book.sheets], wanted)
        reader = SheetReader(archive, book)
        read = {sheet.part.lower() for sheet in book.sheets if wanted is None or sheet.name in wanted}
        for name in archive.xml_names:
            if name not in read:
                archive.drain(name)
        for sheet in book.sheets:
            if wanted is None or sheet.name in wanted:
                send(reader.read(sheet))
        return book.warnings


class _Waiting(NamedTuple):
    #: As the file has them, for the careful reader.
    rows: Sequence[bytes]
    block: Future[Block]


class SheetReader:
    """Reads the sheets of one workbook: rows that are as usual by the thousand, all others cell by cell."""

    def __init__(self, archive: Archive, book: Book) -> None:
        self._archive, self._book = archive, book

    @functools.cached_property
    def _strings(self) -> list[str]:
        return read_strings(self._archive, self._book.shared_strings)

    @functools.cached_property
    def _shared(self) -> pa.StringArray:
        return pa.array(self._strings, pa.string())

    def read(self, sheet: SheetPart) -> Sheet:
        """One sheet."""
        grid = Grid(sheet.name, hidden=sheet.hidden)
        careful = CellReader(self._book, sheet, self._strings, grid)
        usual = UsualReader(self._book, self._shared, CellReader(self._book, sheet, self._strings, grid))
        # Arrow works outside the interpreter's lock: while one block becomes columns, the next is inflated and cut.
        with ThreadPoolExecutor(_AT_ONCE) as aside:
            parse(
                self._unusual(sheet, careful, usual, grid, aside),
                sheet.part,
                start=careful.start,
                end=careful.end,
                text=careful.text,
            )
        return grid.sheet()

    def _unusual(
        self, sheet: SheetPart, careful: CellReader, usual: UsualReader, grid: Grid, aside: ThreadPoolExecutor
    ) -> Iterator[bytes]:
        """The sheet's XML without the rows that are as usual; those go straight into the grid."""
        waiting: deque[_Waiting] = deque()
        as_utf8: bool | None = None
        for xml, are_rows in pieces(self._archive.chunks(sheet.part)):
            as_utf8 = is_utf8(xml[0]) if as_utf8 is None else as_utf8
            # The careful reader knows whether these are rows of ours, and not some in a comment.
            usually = are_rows and as_utf8 and careful.is_among_rows
            if usually:
                waiting.append(_Waiting(xml, aside.submit(usual.read, xml)))
            while waiting and (not usually or len(waiting) > _WAITING):
                yield from _settled(waiting.popleft(), careful, grid)
            if not usually:
                yield from xml
        while waiting:
            yield from _settled(waiting.popleft(), careful, grid)


def _settled(waiting: _Waiting, careful: CellReader, grid: Grid) -> Iterator[bytes]:
    """Take a block into the grid; where it cannot be, its rows as the file has them."""
    try:
        block = waiting.block.result()
    except NotUsual:
        yield from waiting.rows
        return
    if block.first <= careful.row:
        # Out of order: the careful reader says so.
        yield from waiting.rows
        return
    careful.row = block.last
    grid.add_columns(block.rows, block.columns)
    grid.hidden_rows.update(block.hidden)
