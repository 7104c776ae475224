"""Processes beside each other that judge workbooks, and stay for many: as many as asked for, each with one workbook at a time.

A process that dies costs the workbook that it had; another one takes its place. Threads wait for the processes, so that whatever
ends the run early (Ctrl-C, an error) can end them all at once.
"""

import contextlib
import os
import pickle
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from subprocess import Popen
from types import TracebackType
from typing import Any, Self

from fupin_cli.errors import FupinError, InputRefused
from fupin_cli.evaluate.merging.share import Share
from fupin_cli.load.cells import child
from fupin_cli.load.cells.several import MEMORY_TOGETHER, memory_of
from fupin_cli.pipelines.batch.book import Order

#: What a worker does without must be known before it imports anything.
_PROGRAM = "from fupin_cli.load.cells import lean; lean.stay_lean(); from fupin_cli.pipelines.batch import worker; worker.main()"
COMMAND: Sequence[str] = (sys.executable, "-P", "-c", _PROGRAM)
#: Seconds between two looks: Windows notices Ctrl-C only there.
_WAIT = 0.2
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")

#: What came of a workbook.
Outcome = Share | FupinError


def judge_beside(
    order: Order,
    paths: Sequence[str],
    jobs: int,
    on_outcome: Callable[[int, Outcome], None],
    meanwhile: Callable[[], object] | None = None,
) -> None:
    """Judge workbooks in so many processes. ``on_outcome`` is called with the index of each one that is finished, in this thread,
    after ``meanwhile``, for which there is time while the processes start.

    Whatever ends this early ends every process first.
    """
    # Each of the others has a reader of its own.
    child.end_warm()
    with _Crew(order, paths, jobs) as crew:
        if meanwhile is not None:
            meanwhile()
        for _ in paths:
            on_outcome(*crew.next())


class _Crew:
    """The threads, and the processes that they wait for."""

    def __init__(self, order: Order, paths: Sequence[str], jobs: int) -> None:
        self._order, self._paths = pickle.dumps(order), paths
        self._left: queue.SimpleQueue[int] = queue.SimpleQueue()
        for index in range(len(paths)):
            self._left.put(index)
        self._finished: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._room = _Room()
        self._running: set[Popen[bytes]] = set()
        self._over = False
        #: Where the processes put what does not fit into memory: none of them gets to clear up behind itself.
        self._folder = tempfile.mkdtemp(prefix="fupin-")
        self._threads = [threading.Thread(target=self._work, args=[number], daemon=True) for number in range(jobs)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._over = True
        while any(thread.is_alive() for thread in self._threads):
            for process in list(self._running):
                process.kill()
            for thread in self._threads:
                thread.join(_WAIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def next(self) -> tuple[int, Outcome]:
        """The next workbook that is finished. An error that is no refusal is raised: it is a bug."""
        while True:
            with contextlib.suppress(queue.Empty):
                index, outcome = self._finished.get(timeout=_WAIT)
                break
        if not isinstance(outcome, (Share, FupinError)):
            raise outcome
        return index, outcome

    def _work(self, number: int) -> None:
        """One thread's way through the workbooks that are left, with a process of its own."""
        process: Popen[bytes] | None = None
        with contextlib.suppress(queue.Empty):
            while not self._over:
                index = self._left.get_nowait()
                path = self._paths[index]
                with self._room.taken(memory_of(path)):
                    process = process or self._started(number)
                    outcome = self._asked(process, path)
                if outcome is None:
                    self._ended(process)
                    process, outcome = None, InputRefused("workbook-judge-died", path=path)
                self._finished.put((index, outcome))
        if process is not None:
            self._ended(process)

    def _started(self, number: int) -> Popen[bytes]:
        process = child.launch(COMMAND, **dict.fromkeys(_TEMPORARY, self._folder))
        _keep_to_core(process.pid, number, len(self._threads))
        self._running.add(process)
        self._send(process, self._order)
        return process

    def _asked(self, process: Popen[bytes], path: str) -> Any:
        """What the process answers; None where it died."""
        self._send(process, pickle.dumps(path))
        with contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            return pickle.load(process.stdout)  # type: ignore[arg-type] # noqa: S301 - from our own child
        return None

    def _send(self, process: Popen[bytes], what: bytes) -> None:
        # That it is gone already shows when its answer is read.
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.write(what)
                process.stdin.flush()

    def _ended(self, process: Popen[bytes]) -> None:
        """End a process; its reader ends when it notices."""
        self._running.discard(process)
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _keep_to_core(process: int, number: int, jobs: int) -> None:
    """Keep a process and the reader that it will start on one core, where there is one for each: the two take turns, and what one
    leaves in the core's memory the other finds there.
    """
    if hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            free = sorted(os.sched_getaffinity(0))
            if jobs <= len(free):
                os.sched_setaffinity(process, {free[number]})


class _Room:
    """The memory that all readers together may take, by estimate. A file that needs more is read alone."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = 0

    @contextlib.contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """Wait for room, and hold it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken or self._taken + size <= MEMORY_TOGETHER)
            self._taken += size
        try:
            yield
        finally:
            with self._changed:
                self._taken -= size
                self._changed.notify_all()
