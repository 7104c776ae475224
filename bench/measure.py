"""Time and memory of whole processes, in turns.

Processes are timed from start to end, as a user waits for them; the competitors take turns, so that whatever else the machine
does hits all of them. Memory is the most that a process and every process it starts had at one time, what they share counted for
each: read from /proc two hundred times a second, and at least the peak of the largest one; where there is no /proc, just that.
To look so often takes time of its own, so the first run of each is for memory and the others are for time.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).parent.parent / "src"
PROC = Path("/proc")
_INTERVAL = 0.005


@dataclass
class Contender:
    """A command line, and what its runs took."""

    name: str
    command: Sequence[str]
    #: Exit codes of a run that did its work: a check says 1 when a household does not meet the standard.
    fine: tuple[int, ...] = (0,)
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def run(self, *, for_memory: bool = False) -> None:
        """Run once, for time or for memory; what is run for memory also warms the file cache and compiles modules."""
        seconds, megabytes = measure(self.command, self.fine, look=for_memory)
        if for_memory:
            self.megabytes.append(megabytes)
        else:
            self.seconds.append(seconds)


@dataclass(frozen=True)
class Duel:
    """Contenders for one task; the first is compared with each of the others."""

    task: str
    contenders: Sequence[Contender]
    rounds: int

    def run(self) -> None:
        """All contenders in turns, after one run each for memory."""
        for contender in self.contenders:
            contender.run(for_memory=True)
        for _ in range(self.rounds):
            for contender in self.contenders:
                contender.run()

    def rows(self) -> list[str]:
        """The rows of the table."""
        ours = self.contenders[0]
        rows = []
        for contender in self.contenders:
            seconds, megabytes = statistics.median(contender.seconds), statistics.median(contender.megabytes)
            spread = f"{min(contender.seconds):.2f}–{max(contender.seconds):.2f}"
            time_ratio, memory_ratio = (
                f"{ratio:.2f}"
                for ratio in (statistics.median(ours.seconds) / seconds, statistics.median(ours.megabytes) / megabytes)
            )
            if contender is ours:
                time_ratio = memory_ratio = ""
            rows.append(
                f"| {self.task} | {contender.name} | {seconds:.2f} | {spread} | {time_ratio} | {megabytes:.0f} | {memory_ratio} |"
            )
        return rows


def measure(command: Sequence[str], fine: tuple[int, ...], *, look: bool) -> tuple[float, float]:
    """Wall seconds and, with ``look``, peak megabytes of a command and everything it starts."""
    sums = [0]
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=environment())
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, sums, ended))
        if look:
            watcher.start()
        largest, code = wait(process)
        seconds = time.perf_counter() - started
        ended.set()
        if look:
            watcher.join()
        if code not in fine:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}\nended with {code}:\n{errors.read().decode(errors='replace')}")
    # The system counts what this script had when it started the process as that process's own: what is not more says nothing.
    return seconds, max(*sums, largest if largest > own_peak() or sums == [0] else 0) / 1024


def wait(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Wait for the end of a process: kilobytes of the largest process among it and its children, and its exit code."""
    if not hasattr(os, "wait4"):
        return 0, process.wait()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1), process.returncode


def watch(root: int, sums: list[int], ended: threading.Event) -> None:
    """Note the memory of a process and its descendants, together, until it has ended."""
    if not (PROC / "self" / "status").exists():
        return
    while not ended.wait(_INTERVAL):
        sums.append(sum(kilobytes(process, "VmRSS:") for process in family(root)))


def own_peak() -> int:
    """The most kilobytes that this script ever had in memory."""
    return kilobytes(os.getpid(), "VmHWM:")


def family(root: int) -> list[int]:
    """A process and its descendants."""
    found = [root]
    for process in found:
        try:
            for children in (PROC / str(process) / "task").glob("*/children"):
                found += map(int, children.read_text().split())
        except OSError:
            continue
    return found


def kilobytes(process: int, what: str) -> int:
    """What the system says of a process's memory; 0 once it is gone."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(what)), 0)


def environment() -> Mapping[str, str]:
    """Ours, with the checkout's sources first."""
    paths = [str(SOURCES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
