"""How long and how much memory each file of the fault table takes: ``python tests/faults/limits.py [ID ...]``.

Whole processes as a user starts them; memory is the sum of the peaks of the process and its readers. A refusal must come within
10 seconds, that of a bomb within 3 and 256 MB. Timings are no test: this is run by hand and by ``make limits``.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.append(str(HERE))

from faulttable import GROUPS, Fault, Group, Refused  # noqa: E402

SECONDS, BOMB_SECONDS, BOMB_MEGABYTES = 10.0, 3.0, 256
_LOOK_EVERY = 0.005
#: Another program on the machine is no fault of the file: the best of so many runs counts.
_ATTEMPTS = 3


def peaks(pid: int) -> dict[int, int]:
    """The peak memory, in kilobytes, of a process and all its descendants that run now (Linux)."""
    found: dict[int, int] = {}
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text("utf-8")
            children = Path(f"/proc/{one}/task/{one}/children").read_text("utf-8")
        except OSError:
            continue
        found[one] = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
        waiting += map(int, children.split())
    return found


@dataclass(frozen=True)
class Run:
    """What a whole run took."""

    seconds: float
    #: Of all its processes, on however many cores.
    processor_seconds: float
    megabytes: int
    code: int

    def over(self, group: Group, fault: Fault) -> bool:
        """One of the limits was not kept."""
        is_bomb = group.id == "bombs"
        slow = isinstance(fault.expected, Refused) and self.seconds > (BOMB_SECONDS if is_bomb else SECONDS)
        return slow or self.code not in (0, 1, 3) or (is_bomb and self.megabytes > BOMB_MEGABYTES)


def run(fault: Fault, folder: Path) -> Run:
    """Make a row's files and check them in a process of its own."""
    assert fault.make is not None
    made = fault.make(folder)
    files = [str(path) for path in ([made] if isinstance(made, Path) else made)]
    command = [sys.executable, "-m", "fupin_cli", "check-exit", *files, "-o", str(folder / "out.json"), *fault.arguments]
    seen: dict[int, int] = {}
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for pid, peak in peaks(process.pid).items():
                seen[pid] = max(peak, seen.get(pid, 0))
            time.sleep(_LOOK_EVERY)
    seconds, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, used, sum(seen.values()) >> 10, process.returncode)


def main() -> int:
    """Run the rows that are named, or all, and say which of them are over."""
    wanted, over = set(sys.argv[1:]), 0
    for group in GROUPS:
        for fault in group.faults:
            if fault.make is None or (wanted and fault.id not in wanted):
                continue
            for _ in range(_ATTEMPTS):
                with tempfile.TemporaryDirectory() as folder:
                    one = run(fault, Path(folder))
                if not one.over(group, fault):
                    break
            over += one.over(group, fault)
            mark = "OVER " if one.over(group, fault) else ""
            took = f"{one.seconds:.2f} s ({one.processor_seconds:.2f} s of processor), {one.megabytes} MB"
            print(f"{mark}{fault.id}: {took}, exit code {one.code}", flush=True)  # noqa: T201
    print(f"{over} over the limits")  # noqa: T201
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
