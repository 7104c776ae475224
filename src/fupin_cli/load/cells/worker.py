"""The child process that reads a file (``child.COMMAND`` starts it), one file, then it ends; of several files it forks off a
process for each.

It gets a request as one line of JSON on stdin and answers on stdout (see ``wire``). When its stdin closes, its parent is gone and
so is it.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn

import pyarrow as pa

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import xlsx
from fupin_cli.load.cells.child import FORKS, MEMORY_LIMIT, set_memory_limit
from fupin_cli.load.cells.look import Format, look_at_file
from fupin_cli.load.cells.wire import write_end, write_refusal, write_sheet
from fupin_cli.model.cells import Sheet

#: Who reads what. Only the commonest format is loaded before a file is known.
_READERS = {
    Format.XLSX: xlsx.__name__,
    Format.XLS: "fupin_cli.load.cells.xls",
    Format.HTML: "fupin_cli.load.cells.web",
    Format.XML_2003: "fupin_cli.load.cells.xml2003",
    Format.PARQUET: "fupin_cli.load.cells.parquet",
}
_LONGEST_REQUEST = 1 << 20
#: Milliseconds between two looks at a reader.
_LOOK_EVERY = 5


def main() -> None:
    """Wait for a request and answer it; where more may come, in a process of its own for each. Then end."""
    answers = take_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while line := _read_request():
        request = json.loads(line)
        if not (request.get("more") and FORKS):
            threading.Thread(target=_end_with_parent, daemon=True).start()
            _serve(request, answers)
        reader = os.fork()
        if not reader:
            _serve(request, answers)
        if not _outlived(reader):
            break
    # No shutdown of an interpreter whose other thread still waits for stdin.
    os._exit(0)


def _serve(request: dict[str, object], answers: BinaryIO) -> NoReturn:
    set_memory_limit(MEMORY_LIMIT)
    with contextlib.suppress(OSError):
        answer(request, answers)
        answers.flush()
    os._exit(0)


def _outlived(reader: int) -> bool:
    """Wait for a reader to end; False where it broke down, or where the parent is gone and so must be the reader."""
    parent = select.poll()
    # Asked for nothing, it tells when the other end is closed; what the parent sends next is not touched.
    parent.register(sys.stdin.fileno(), 0)
    while True:
        ended, status = os.waitpid(reader, os.WNOHANG)
        if ended:
            return status == 0
        if parent.poll(_LOOK_EVERY):
            os.kill(reader, signal.SIGKILL)
            os.waitpid(reader, 0)
            return False


def answer(request: dict[str, object], stream: BinaryIO) -> None:
    """Read the file that a request names, and send its sheets or the reason why not."""
    sheets = request["sheets"]
    names = [str(name) for name in sheets] if isinstance(sheets, list) else None
    try:
        write_file(Path(str(request["path"])), names, stream)
    except InputRefused as refusal:
        write_refusal(stream, refusal)
    except (MemoryError, pa.ArrowCapacityError):
        write_refusal(stream, InputRefused("workbook-needs-memory", limit=MEMORY_LIMIT >> 20))
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does to a parser is a refusal; the parent never sees a traceback
        write_refusal(stream, InputRefused("workbook-unreadable", what=type(error).__name__, where=_place(error)))


def write_file(path: Path, wanted: Sequence[str] | None, stream: BinaryIO) -> None:
    """Read a file's sheets and send them one by one."""
    sent = 0

    def send(sheet: Sheet) -> None:
        nonlocal sent
        sent += 1
        write_sheet(stream, sheet)

    found = look_at_file(path)
    if found is Format.XLSX:
        warnings = xlsx.read_sheets(path, wanted, send)
    else:
        warnings = importlib.import_module(_READERS[found]).read_sheets(path, wanted, send)
    write_end(stream, sent, warnings)


def take_stdout() -> BinaryIO:
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
