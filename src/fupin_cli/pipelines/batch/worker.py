"""The process that judges workbooks for another (``crew`` starts it): it gets an order, then one path after the other.

Both sides are this program, so what goes through the pipes is pickled. When its stdin closes, its parent is gone and so is it.
"""

import contextlib
import copyreg
import io
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from fupin_cli.engines import duck
from fupin_cli.errors import FupinError
from fupin_cli.evaluate.merging.share import Share, lean
from fupin_cli.load.cells.child import Crew
from fupin_cli.load.cells.worker import take_stdout
from fupin_cli.pipelines.batch.book import Judge

#: What comes back for a path: an error that is no refusal is a bug.
Answer = Share | Exception


def table_of(stream: bytes) -> pa.Table:
    """A table that came as an Arrow stream."""
    return pa.ipc.open_stream(stream).read_all()


def _sent(table: pa.Table) -> tuple[Callable[[bytes], pa.Table], tuple[bytes]]:
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    return table_of, (stream.getvalue().to_pybytes(),)


class _Pickler(pickle.Pickler):
    """Tables go as Arrow writes them: pickled, each of two hundred columns is a dozen objects for one row."""

    dispatch_table = copyreg.dispatch_table | {pa.Table: _sent}


def main() -> None:
    """Answer until nobody asks any more."""
    answers = take_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    readers = Crew()
    duck.expect_again()
    with contextlib.suppress(EOFError, OSError):
        judge = Judge(_asked())
        while True:
            answers.write(written(_answer(judge, _asked(), readers)))
            answers.flush()
    readers.end()


def _asked() -> Any:
    return pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent


def _answer(judge: Judge, path: str, readers: Crew) -> Answer:
    try:
        return lean(judge.one_of_many(path, readers))
    except FupinError as refusal:
        return refusal
    except Exception as bug:  # noqa: BLE001 - whoever asked ends with it as with one of his own
        return bug


def written(answer: Answer) -> bytes:
    """An answer as it goes through the pipe."""
    try:
        written = io.BytesIO()
        _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(answer)
        return written.getvalue()
    except Exception as bug:  # noqa: BLE001 - an error that cannot be sent is still one
        return pickle.dumps(RuntimeError(type(bug).__name__))
