"""Time fupin beside what one would use instead: ``python bench/run.py [--small] [--large N]``.

Whole processes are timed, from start to end, as a user waits for them; the competitors take turns, so that whatever else the
machine does hits all of them. Memory is the sum of the peaks of a process and of every process it starts: more than was ever
in use at once. Peaks are read from /proc two hundred times a second; where there is no /proc, memory is that of the largest
single process. Needs no network, writes only to a temporary directory, and prints a Markdown table.
"""

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BENCH = Path(__file__).parent
SOURCES = BENCH.parent / "src"
LIBRARIES = ("click", "duckdb", "fastexcel", "openpyxl", "pandas", "pyarrow", "pydantic", "rich", "sqlglot", "xlsxwriter")
HOUSEHOLDS = 300
ROUNDS, LARGE_ROUNDS = 5, 3
#: Only reads the file, and keeps nothing: what any program that judges the same file has to do at least.
ONLY_READ = "import sys, fastexcel; fastexcel.read_excel(sys.argv[1]).load_sheet('户').to_arrow()"
_PROC = Path("/proc")
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

    def run(self, *, counts: bool = True) -> None:
        """Run once; a run that does not count only warms the file cache and compiles modules."""
        seconds, megabytes = measure(self.command, self.fine)
        if counts:
            self.seconds.append(seconds)
            self.megabytes.append(megabytes)


@dataclass(frozen=True)
class Duel:
    """Contenders for one task; the first is compared with each of the others."""

    task: str
    contenders: Sequence[Contender]
    rounds: int

    def run(self) -> None:
        """All contenders in turns, after one run each that does not count."""
        for contender in self.contenders:
            contender.run(counts=False)
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


def measure(command: Sequence[str], fine: tuple[int, ...]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a command and everything it starts."""
    peaks: dict[int, int] = {}
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=environment())
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, peaks, ended))
        watcher.start()
        largest, code = wait(process)
        seconds = time.perf_counter() - started
        ended.set()
        watcher.join()
        if code not in fine:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}\nended with {code}:\n{errors.read().decode(errors='replace')}")
    return seconds, total(peaks, largest) / 1024


def total(peaks: Mapping[int, int], largest: int) -> int:
    """The sum of the peaks that were seen, and what the largest process grew after the last look at it.

    The system counts what this script had when it started the process as that process's own: what is not more says nothing.
    """
    if not peaks:
        return largest
    unseen = largest - max(peaks.values()) if largest > own_peak() else 0
    return sum(peaks.values()) + max(0, unseen)


def wait(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Wait for the end of a process: kilobytes of the largest process among it and its children, and its exit code."""
    if not hasattr(os, "wait4"):
        return 0, process.wait()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1), process.returncode


def watch(root: int, peaks: dict[int, int], ended: threading.Event) -> None:
    """Note the peak memory of a process and its descendants until it has ended."""
    if not (_PROC / "self" / "status").exists():
        return
    while not ended.wait(_INTERVAL):
        for process in family(root):
            peak = peak_of(process)
            if peak:
                peaks[process] = peak


def own_peak() -> int:
    """The most kilobytes that this script ever had in memory."""
    return peak_of(os.getpid())


def family(root: int) -> list[int]:
    """A process and its descendants."""
    found = [root]
    for process in found:
        try:
            for children in (_PROC / str(process) / "task").glob("*/children"):
                found += map(int, children.read_text().split())
        except OSError:
            continue
    return found


def peak_of(process: int) -> int:
    """The most kilobytes that a process ever had in memory; 0 once it is gone."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def environment() -> Mapping[str, str]:
    """Ours, with the checkout's sources first."""
    paths = [str(SOURCES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def generate(folder: Path, households: int) -> str:
    """A workbook with so many households."""
    path = folder / f"households-{households}.xlsx"
    command = [sys.executable, str(BENCH / "generate.py"), str(households), str(path)]
    subprocess.run(command, check=True, env=environment())
    return str(path)


def check_exit(path: str) -> Contender:
    """The program itself on a workbook."""
    return Contender("fupin check-exit", [sys.executable, "-m", "fupin_cli", "check-exit", path], fine=(0, 1))


def small(folder: Path) -> Duel:
    """A village: a few hundred households."""
    path = generate(folder, HOUSEHOLDS)
    plain = Contender("plain script (pandas + openpyxl)", [sys.executable, str(BENCH / "plain.py"), path])
    return Duel(f"{HOUSEHOLDS} households", [check_exit(path), plain], ROUNDS)


def start_up(_: Path) -> Duel:
    """What one waits for before anything happens."""
    ours = Contender("fupin --help", [sys.executable, "-m", "fupin_cli", "--help"])
    return Duel("start-up", [ours, Contender("python -c pass", [sys.executable, "-c", "pass"])], ROUNDS)


def large(households: int) -> Callable[[Path], Duel]:
    """A county: more households than one looks through by hand."""

    def duel(folder: Path) -> Duel:
        path = generate(folder, households)
        reader = Contender("only reading (fastexcel)", [sys.executable, "-c", ONLY_READ, path])
        return Duel(f"{households:,} households", [check_exit(path), reader], LARGE_ROUNDS)

    return duel


def machine() -> str:
    """The processor's name, and what runs on it."""
    name = platform.processor() or platform.machine()
    try:
        lines = (_PROC / "cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def versions() -> str:
    """Python and the libraries that take part."""
    found = [f"{platform.python_implementation()} {platform.python_version()}"]
    for library in LIBRARIES:
        try:
            found.append(f"{library} {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return " · ".join(found)


def main() -> None:
    """Run the benchmarks and print their table."""
    parser = argparse.ArgumentParser(description="Time fupin beside what one would use instead.")
    parser.add_argument("--small", action="store_true", help="leave the large workbook out")
    parser.add_argument("--large", type=int, default=100_000, metavar="N", help="households in the large workbook (100000)")
    options = parser.parse_args()
    tasks = [start_up, small] if options.small else [start_up, small, large(options.large)]
    print(f"{machine()}\n{versions()}\n")
    print("| task | program | seconds (median) | range | fupin's time is × | peak MB | fupin's memory is × |")
    print("|---|---|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as folder:
        for task in tasks:
            duel = task(Path(folder))
            duel.run()
            print("\n".join(duel.rows()), flush=True)
    print(f"\nMedians of {ROUNDS} runs in turns, of {LARGE_ROUNDS} for more than {HOUSEHOLDS} households.")


if __name__ == "__main__":
    main()
