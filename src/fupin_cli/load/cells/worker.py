"""The child process that reads a workbook: ``python -m fupin_cli.load.cells.worker``, one workbook, then it ends.

It gets its request as one line of JSON on stdin and answers on stdout (see ``wire``). When its stdin closes, its parent is gone
and so is it.
"""

import contextlib
import functools
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.book import Book, SheetPart, read_book, read_strings
from fupin_cli.load.cells.careful import CellReader, read_carefully
from fupin_cli.load.cells.child import MEMORY_LIMIT, set_memory_limit
from fupin_cli.load.cells.fast import NotProved, read_fast
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.cells.lean import keep_pandas_out
from fupin_cli.load.cells.scan import SheetLook, look_at_sheet, prove
from fupin_cli.load.cells.texts import StringsLook, look_at_strings
from fupin_cli.load.cells.wire import write_end, write_refusal, write_sheet
from fupin_cli.model.cells import Sheet

#: Rows at the top of a sheet that mix texts and numbers: titles, headers, units, an example.
_HEAD_ROWS = 30
_LONGEST_REQUEST = 1 << 20


def main() -> None:
    """Wait for a request, answer it, end."""
    answers = _take_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_pandas_out()
    request = _read_request()
    if request:
        threading.Thread(target=_end_with_parent, daemon=True).start()
        set_memory_limit(MEMORY_LIMIT)
        with contextlib.suppress(OSError):
            answer(json.loads(request), answers)
            answers.flush()
    # No shutdown of an interpreter whose other thread still waits for stdin.
    os._exit(0)


def answer(request: dict[str, object], stream: BinaryIO) -> None:
    """Read the workbook that a request names, and send its sheets or the reason why not."""
    sheets = request["sheets"]
    try:
        write_workbook(Path(str(request["path"])), [str(name) for name in sheets] if isinstance(sheets, list) else None, stream)
    except InputRefused as refusal:
        write_refusal(stream, refusal)
    except (MemoryError, pa.ArrowCapacityError):
        write_refusal(stream, InputRefused("workbook-needs-memory", limit=MEMORY_LIMIT >> 20))
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does to a parser is a refusal; the parent never sees a traceback
        write_refusal(stream, InputRefused("workbook-unreadable", what=type(error).__name__, where=_place(error)))


def write_workbook(path: Path, wanted: Sequence[str] | None, stream: BinaryIO) -> None:
    """Look at a workbook, read its sheets and send them one by one."""
    with Archive(path) as archive:
        book = read_book(archive)
        missing = [name for name in wanted or () if name not in {sheet.name for sheet in book.sheets}]
        if missing:
            raise InputRefused("sheet-not-found", sheet=missing[0], sheets="、".join(sheet.name for sheet in book.sheets))
        strings_look = look_at_strings(archive, book.shared_strings)
        looks = {sheet.part: look_at_sheet(archive.chunks(sheet.part), book) for sheet in book.sheets}
        seen = {str(part).lower() for part in (book.shared_strings, *looks)}
        for name in archive.xml_names:
            if name not in seen:
                archive.drain(name)
        chosen = [sheet for sheet in book.sheets if wanted is None or sheet.name in wanted]
        reader = SheetReader(path, archive, book, strings_look)
        for sheet in chosen:
            write_sheet(stream, reader.read(sheet, looks[sheet.part]))
        write_end(stream, len(chosen), book.warnings)


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
                return grid.sheet()
        grid = Grid(sheet.name, hidden=sheet.hidden)
        self._carefully(sheet, grid)
        return grid.sheet()

    def _carefully(self, sheet: SheetPart, grid: Grid, *, rows: int | None = None) -> CellReader:
        return read_carefully(self._archive.chunks(sheet.part), self._book, sheet, self._strings, grid, rows=rows)


def _take_stdout() -> BinaryIO:
    """The pipe to the parent, for us alone: whatever else writes to stdout writes into nothing."""
    pipe = os.dup(sys.stdout.fileno())
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
    return os.fdopen(pipe, "wb")


def _read_request() -> bytes:
    """One line, byte by byte: nothing of stdin is left in a buffer for the thread that waits for its end."""
    line = bytearray()
    while len(line) < _LONGEST_REQUEST:
        byte = os.read(sys.stdin.fileno(), 1)
        if byte == b"\n":
            return bytes(line)
        if not byte:
            break
        line += byte
    return b""


def _end_with_parent() -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 1):
            pass
    os._exit(1)


def _place(error: BaseException) -> str:
    """Our line that failed, without any value."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "fupin_cli" in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"


if __name__ == "__main__":
    main()
