"""Feed spoilt files to every reader: ``python tests/fuzz/run.py --minutes 10 [--target xml] [--seed N]``.

A reader may give its own errors and nothing else, in less than 2 seconds of processor time and 512 MB of memory, and may never
take its process down. Each input is one of the seeds or an input that went a way of its own, spoilt by a generator with a known
seed. What is found is kept in a folder, with the command that reads it again.
"""

import argparse
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src"
TARGETS = ("zip", "xml", "csv", "html", "xml2003", "xls", "parquet", "yaml", "expression")
#: Nothing takes so long, on however busy a machine: the process hangs.
_PATIENCE = 60.0


class Boxed:
    """A running box, and where it puts what it reads."""

    def __init__(self, seed: str, folder: Path, names: Sequence[str]) -> None:
        self.folder = folder
        self._errors = (folder / "stderr").open("w+b")
        command = [sys.executable, str(HERE / "box.py"), seed, str(folder), *names]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, env=_environment()
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(line)
        self._lines.put("")

    def run(self, name: str, number: int) -> dict[str, Any]:
        """Read one input; a box that died or hangs says so by what it does not say."""
        try:
            self._process.stdin.write(f"{name} {number}\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=_PATIENCE)
        except (BrokenPipeError, queue.Empty) as error:
            line = ""
            if isinstance(error, queue.Empty):
                self._process.kill()
                return {
                    "target": name,
                    "number": number,
                    "finding": "hangs",
                    "what": f"no answer in {_PATIENCE:.0f} s",
                    "over": True,
                }
        if line:
            return dict(json.loads(line))
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read()[-3000:].decode(errors="replace")
        if not (self.folder / "input").exists():
            sys.exit(f"the process that reads did not begin:\n{said}")
        return {"target": name, "number": number, "finding": f"died {code}", "what": said, "over": True}

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._errors.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCES), "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}


def rounds(names: Sequence[str], seconds: float, inputs: int) -> Iterator[tuple[str, int]]:
    """The targets in turns, until the time is up or each had so many inputs."""
    started, number = time.monotonic(), 0
    while (not seconds or time.monotonic() - started < seconds) and (not inputs or number < inputs):
        for name in names:
            yield name, number
        number += 1


def fuzz(names: Sequence[str], seed: str, seconds: float, inputs: int, kept: Path) -> int:
    """Run, print and keep; the number of different findings."""
    counts: Counter[tuple[str, str]] = Counter()
    found: Counter[str] = Counter()
    worst: dict[str, list[float]] = {name: [0.0, 0.0] for name in names}
    with tempfile.TemporaryDirectory(prefix="fupin-fuzz-") as folder:
        box = Boxed(seed, Path(folder), names)
        for name, number in rounds(names, seconds, inputs):
            told = box.run(name, number)
            counts[name, "inputs"] += 1
            counts[name, "read"] += bool(told.get("read"))
            for at, unit in enumerate(("seconds", "megabytes")):
                worst[name][at] = max(worst[name][at], told.get(unit, 0))
            if "finding" in told:
                what = f"{name}: {told['finding']}"
                found[what] += 1
                if found[what] == 1:
                    _keep(told, what, Path(folder) / "input", kept)
            if told.get("over"):
                box.end()
                box = Boxed(f"{seed}+{name}{number}", Path(folder), names)
        box.end()
    print("\n| reader | inputs | read | most seconds | most MB | findings |\n|---|---:|---:|---:|---:|---:|")
    for name in names:
        findings = sum(what.startswith(f"{name}: ") for what in found)
        print(
            f"| {name} | {counts[name, 'inputs']} | {counts[name, 'read']} | {worst[name][0]:.2f} | {worst[name][1]:.0f} | {findings} |"
        )
    return len(found)


def _keep(told: dict[str, Any], what: str, source: Path, kept: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    path = kept / f"{told['target']}-{told['number']}"
    shutil.copyfile(source, path)
    print(
        f"\nFOUND {what}\n{str(told['what']).rstrip()}\nagain: python tests/fuzz/run.py --target {told['target']} --replay {path}",
        flush=True,
    )


def replay(name: str, path: Path) -> None:
    """Read one kept input in this process, with the traceback."""
    sys.path.insert(0, str(SOURCES))
    from targets import TARGETS as KNOWN  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="fupin-fuzz-") as folder:
        copy = Path(folder) / "input"
        shutil.copyfile(path, copy)
        started = time.process_time()
        print(KNOWN[name].run(copy), f"{time.process_time() - started:.2f} s")


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Feed spoilt files to every reader.")
    parser.add_argument("--minutes", type=float, default=0.0, help="how long; with neither this nor --inputs: 10 minutes")
    parser.add_argument("--inputs", type=int, default=0, help="how many for each target")
    parser.add_argument("--target", action="append", choices=TARGETS, help="only this one; can be repeated")
    parser.add_argument("--seed", default="", help="of the generator; a new one each time unless given")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fupin-fuzz-found", help="folder for findings")
    parser.add_argument("--replay", type=Path, help="read this file with the one --target")
    options = parser.parse_args()
    names = options.target or TARGETS
    if options.replay:
        replay(names[0], options.replay)
        return 0
    seed = options.seed or str(time.time_ns())
    seconds = options.minutes * 60 or (0.0 if options.inputs else 600.0)
    print(f"seed {seed}", flush=True)
    return int(fuzz(names, seed, seconds, options.inputs, options.keep) > 0)


if __name__ == "__main__":
    sys.exit(main())
