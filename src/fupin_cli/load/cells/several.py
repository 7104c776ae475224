"""Several files at once: a reader for every core, as far as their memory goes; the answer in the order of the paths."""

import contextlib
import math
import os
import queue
import stat
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import child
from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.files import read_file
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.located import place_of

#: Memory that all readers together may take, by estimate. A file that needs more is read alone.
MEMORY_TOGETHER = 2 << 30
#: What a reader takes for itself, and for each byte of a file's content: measured on rosters of 38 columns.
_MEMORY_OF_ITS_OWN = 100 << 20
_MEMORY_PER_BYTE = 3
#: A container may have less of the machine than its cores: microseconds of processor time, and in how many.
_SHARE = Path("/sys/fs/cgroup/cpu.max")
#: Seconds between two looks: Windows notices Ctrl-C only there.
_WAIT = 0.2
_PATIENCE = 5.0


@dataclass(frozen=True)
class Step:
    """How far the reading has come."""

    files: int
    files_in_all: int
    size: int
    size_in_all: int

    @property
    def last(self) -> bool:
        """Everything is read."""
        return self.files == self.files_in_all


OnStep = Callable[[Step], None]


def read_files(
    paths: Sequence[str],
    sheets: Sequence[str] | None = None,
    on_step: OnStep | None = None,
    workers: child.Crew | None = None,
) -> tuple[list[SourceFile], list[InputRefused]]:
    """Read files beside each other: those that could be read and the refusals of the others, each in the order of ``paths``.

    ``on_step`` is called in the calling thread, before the first file and after each. Whatever ends this early (Ctrl-C, an error
    in ``on_step``) ends every reader first. ``workers``: readers of the caller, who reads more files after these.
    """
    crew = _Crew(paths, sheets, workers)
    sizes = [size_of(path) for path in paths]
    try:
        while True:
            if on_step is not None:
                size = sum(sizes[index] for index in crew.outcomes)
                on_step(Step(len(crew.outcomes), len(paths), size, sum(sizes)))
            if len(crew.outcomes) == len(paths):
                break
            crew.start()
            crew.wait()
    except BaseException:
        crew.end()
        raise
    finally:
        crew.rest()
    outcomes = [crew.outcomes[index] for index in range(len(paths))]
    return (
        [outcome for outcome in outcomes if isinstance(outcome, SourceFile)],
        [outcome for outcome in outcomes if isinstance(outcome, InputRefused)],
    )


class _Crew:
    """The threads that wait for readers, one for each file that is being read."""

    def __init__(self, paths: Sequence[str], sheets: Sequence[str] | None, workers: child.Crew | None) -> None:
        self._paths, self._sheets = paths, sheets
        self._own = child.Crew() if workers is None and len(paths) > 1 else None
        self._workers = workers or self._own
        self._cores = cores()
        self._memory = [memory_of(path) if len(paths) > 1 else 0 for path in paths]
        self._threads: dict[int, threading.Thread] = {}
        self._finished: queue.SimpleQueue[tuple[int, SourceFile | BaseException]] = queue.SimpleQueue()
        #: What came of each file so far.
        self.outcomes: dict[int, SourceFile | BaseException] = {}

    def start(self) -> None:
        """Start to read the next files while there are cores and memory for them."""
        while (index := len(self._threads)) < len(self._paths):
            running = [other for other in self._threads if other not in self.outcomes]
            memory = sum(self._memory[other] for other in running)
            if running and (len(running) >= self._cores or memory + self._memory[index] > MEMORY_TOGETHER):
                return
            # Nobody waits for a thread that reads in this process when the run is over.
            self._threads[index] = threading.Thread(target=self._read, args=(index,), daemon=True)
            self._threads[index].start()

    def wait(self) -> None:
        """Wait for a file to be finished. An error that is no refusal is raised: it is a bug."""
        while True:
            with contextlib.suppress(queue.Empty):
                index, outcome = self._finished.get(timeout=_WAIT)
                break
        if isinstance(outcome, BaseException) and not isinstance(outcome, InputRefused):
            raise outcome
        self.outcomes[index] = outcome

    def rest(self) -> None:
        """Everything is read: no worker waits any longer."""
        if self._own is not None:
            self._own.end()

    def end(self) -> None:
        """End all readers. A thread that was about to start one is waited for."""
        rounds = math.ceil(_PATIENCE / _WAIT)
        for _ in range(rounds):
            child.kill_running()
            left = [thread for thread in self._threads.values() if thread.is_alive()]
            if not left:
                return
            left[0].join(_WAIT)

    def _read(self, index: int) -> None:
        try:
            outcome: Any = read_file(self._paths[index], sheets=self._sheets, crew=self._workers)
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            outcome = error
        self._finished.put((index, outcome))


def cores() -> int:
    """How many processors this process may use."""
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):
        allowed, period = _SHARE.read_text().split()
        number = min(number, math.ceil(int(allowed) / int(period)))
    return max(number, 1)


def size_of(path: str) -> int:
    """Bytes of a file; what is none has no size."""
    with contextlib.suppress(OSError, ValueError):
        state = Path(place_of(path)).stat()
        return state.st_size if stat.S_ISREG(state.st_mode) else 0
    return 0


def memory_of(path: str) -> int:
    """What reading a file will take, by the sizes it declares; a file that will be refused takes nothing."""
    size = size_of(path)
    if not size:
        return 0
    with contextlib.suppress(InputRefused, OSError, ValueError, MemoryError), Archive(Path(place_of(path))) as archive:
        size = sum(archive.size(name) for name in archive.xml_names)
    return _MEMORY_OF_ITS_OWN + _MEMORY_PER_BYTE * size
