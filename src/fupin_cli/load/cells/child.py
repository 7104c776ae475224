"""The process that reads workbooks, as its parent sees it: started early, given limits, never left behind.

Native readers abort the whole process on some legal files; in a child that costs one file. Nothing heavy is imported here, so
that the command line can start a worker first and import everything else while the worker does the same.
"""

import atexit
import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

try:
    import resource as _resource
except ImportError:  # Windows
    _limits: Any = None
else:
    _limits = _resource

#: The platform holds a worker to ``MEMORY_LIMIT``. Windows has no such limit, macOS does not enforce it.
LIMITS_MEMORY: bool = _limits is not None and sys.platform.startswith("linux")
MEMORY_LIMIT = 4 << 30
#: A worker reads each file of several in a process of its own, forked off. On macOS libraries do not stand that.
FORKS: bool = hasattr(os, "fork") and sys.platform.startswith("linux")

#: Seconds that a workbook may take, and more for each megabyte of the file.
TIME_LIMIT = 120.0
TIME_PER_MEGABYTE = 4.0
_MEGABYTE = 1 << 20

#: What a worker does without must be known before it imports anything.
_PROGRAM = "from fupin_cli.load.cells import lean; lean.stay_lean(); from fupin_cli.load.cells import worker; worker.main()"
_PACKAGES = Path(__file__).parents[3]
_INSTALLED = frozenset({"site-packages", "dist-packages"})
_PATIENCE = 5.0
_ZIP = b"PK"
#: ``-P``: the folder with the data is no place to import from.
COMMAND: Sequence[str] = (sys.executable, "-P", "-c", _PROGRAM)


def launch(command: Sequence[str], **variables: str) -> "subprocess.Popen[bytes]":
    """A process of ours that is asked through its stdin and answers on its stdout: no Ctrl-C of the terminal reaches it."""
    options: dict[str, object] = {"start_new_session": True}
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload] # noqa: S603 - our own interpreter and module
        list(command), **streams, env=_environment() | variables, **options
    )
    return process


class Worker:
    """A running child. As a context it is ended at the end, whatever happened."""

    def __init__(self) -> None:
        self._process: Any = launch(COMMAND)
        self._timer: threading.Timer | None = None
        #: What it was asked before anyone waited for it: a path, and which state of the file.
        self.asked: tuple[object, ...] | None = None
        #: The time was up and the child was killed.
        self.expired = False

    def __enter__(self) -> Self:
        _running.add(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    @property
    def alive(self) -> bool:
        """The child still runs."""
        return self._process.poll() is None

    @property
    def answers(self) -> BinaryIO:
        """Where its answer comes from."""
        return cast("BinaryIO", self._process.stdout)

    def ask(self, path: str, sheets: Sequence[str] | None, *, seconds: float, more: bool = False) -> None:
        """Send a request; from now on the child has so many seconds. ``more``: another may come after its answer.

        A child that is gone already shows when its answer is read.
        """
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()
        with contextlib.suppress(OSError):
            self._process.stdin.write(
                json.dumps({"path": path, "sheets": None if sheets is None else list(sheets), "more": more}).encode() + b"\n"
            )
            self._process.stdin.flush()

    def rest(self) -> None:
        """Its answer is read; it may be asked again."""
        if self._timer is not None:
            self._timer.cancel()

    def end(self) -> None:
        """End the child, now."""
        _running.discard(self)
        self.rest()
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)

    def kill(self) -> None:
        """Kill the child and its own; its pipes are closed by whoever reads from them."""
        if FORKS:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def _expire(self) -> None:
        self.expired = True
        self.kill()


_warm: list[Worker] = []
_running: set[Worker] = set()


def start() -> None:
    """Start a worker now that reads a workbook later. It ends with this process if nobody takes it."""
    if not _warm:
        _warm.append(Worker())


def begin(path: str) -> None:
    """Let the warm worker begin with a workbook that will probably be asked for."""
    with contextlib.suppress(OSError, ValueError):
        state = Path(path).stat()
        if not (_warm and _warm[0].asked is None and stat.S_ISREG(state.st_mode)):
            return
        with Path(path).open("rb") as file:
            if file.read(len(_ZIP)) != _ZIP:
                return
        path = os.fspath(Path(path))
        _warm[0].asked = _mark(path, state)
        whole = os.path.abspath(path)  # noqa: PTH100 - links stay as they are
        _warm[0].ask(whole, None, seconds=seconds_for(state.st_size))


def begun(path: str, state: os.stat_result) -> Worker | None:
    """The worker that already reads all sheets of this file in this state, for use in a ``with`` block."""
    with contextlib.suppress(IndexError):
        worker = _warm.pop()
        if worker.asked == _mark(path, state):
            return worker
        _warm.append(worker)
    return None


def seconds_for(size: int) -> float:
    """How long a file of this size may take."""
    return TIME_LIMIT + TIME_PER_MEGABYTE * (size / _MEGABYTE)


def _mark(path: str, state: os.stat_result) -> tuple[object, ...]:
    return path, state.st_size, state.st_mtime_ns, state.st_ino


class Crew:
    """Workers that are asked one file after the other. Each file is read by a process of its own, which its worker forks off with
    everything imported: to start a worker takes as long as reading a township. Where nothing is forked, each is asked once.
    """

    def __init__(self) -> None:
        self._idle: list[Worker] = []

    @contextlib.contextmanager
    def lend(self) -> Iterator[Worker]:
        """A worker for one file; it comes back unless its file went wrong."""
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = take()
        with contextlib.ExitStack() as stack:
            stack.enter_context(worker)
            yield worker
            if FORKS and worker.alive:
                worker.rest()
                self._idle.append(worker)
                stack.pop_all()

    def end(self) -> None:
        """End all that are not at work."""
        while self._idle:
            self._idle.pop().end()


def take() -> Worker:
    """The warm worker if there is one, else a new one. Use it in a ``with`` block."""
    # Several threads may take at once: to ask first whether one is left would be too late.
    with contextlib.suppress(IndexError):
        while True:
            worker = _warm.pop()
            if worker.alive and worker.asked is None:
                return worker
            worker.end()
    return Worker()


def kill_running() -> None:
    """Kill every worker that reads, so that whoever waits for its answer gets none."""
    for worker in list(_running):
        worker.kill()


def set_memory_limit(size: int) -> None:
    """Hold this process to so many bytes of memory, where the platform can."""
    if not LIMITS_MEMORY:
        return
    _, hard = _limits.getrlimit(_limits.RLIMIT_AS)
    allowed = size if hard == _limits.RLIM_INFINITY else min(size, hard)
    with contextlib.suppress(OSError, ValueError):
        _limits.setrlimit(_limits.RLIMIT_AS, (allowed, hard))


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    # One thread each: the memory limit counts address space, and thread stacks take it by the core.
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    if _PACKAGES.name not in _INSTALLED:
        before = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([str(_PACKAGES), *([before] if before else [])])
    return environment


@atexit.register
def end_warm() -> None:
    """End the warm worker, if nobody took it."""
    while _warm:
        _warm.pop().end()
