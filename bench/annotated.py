"""Time ``fupin check-exit FILE -o OUT.xlsx``: ``python bench/annotated.py [--households N] [--rounds N]``.

Beside it XlsxWriter, in a process of its own, writes the same cells to the same sheets in the same mode (constant memory): the
same texts and numbers with the same formats, in the same order, through the same functions. It has them in memory: what it takes
to get them there is not counted. It judges nothing, and writes no notes, filters or widths. Both take turns in one run.

What is compared is the whole command, reading and judging included, with its readers: seconds of processor time, which whatever
else the machine does changes little, and wall seconds beside them.
"""

import argparse
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from files import generate
from measure import Contender, Duel, environment, measure
from xlsxwriter.worksheet import Worksheet

from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.pipeline import check
from fupin_cli.report.options import Options
from fupin_cli.report.workbook.annotated import annotated_workbook
from fupin_cli.tasks import Request

#: What was promised: so many times as long as writing the cells alone.
RATIO = 2
_WRITING = ("write_string", "write_number", "write_blank", "write_boolean")
#: Cells that are in memory at a time.
_CHUNK = 50_000


def note_cells(workbook: str, cells: str) -> None:
    """Make the annotated workbook once, and keep what is written into its sheets."""
    with Path(cells).open("wb") as file:
        sheets: dict[int, int] = {}
        chunk: list[tuple[Any, ...]] = []
        formats: list[dict[str, Any]] = []
        add_format = xlsxwriter.Workbook.add_format

        def keep(*, least: int = 1) -> None:
            if len(chunk) >= least:
                pickle.dump(("cells", chunk), file)
                chunk.clear()

        def noting(name: str) -> Any:
            write = getattr(Worksheet, name)

            def kept(self: Worksheet, row: int, column: int, value: Any, form: Any = None) -> Any:
                chunk.append((sheets.setdefault(id(self), len(sheets)), name, row, column, value, formats.index(form.noted)))
                keep(least=_CHUNK)
                return write(self, row, column, value, form)

            return kept

        def formatted(self: xlsxwriter.Workbook, properties: dict[str, Any] | None = None) -> Any:
            form = add_format(self, properties)
            if properties and "quote_prefix" in properties:
                keep()
                formats.append(properties)
                pickle.dump(("format", properties), file)
                form.noted = properties
            return form

        xlsxwriter.Workbook.add_format = formatted
        for name in _WRITING:
            setattr(Worksheet, name, noting(name))
        result, _ = check(CHECK_EXIT, Request([workbook], keep_sources=True))
        annotated_workbook(result, Options())
        keep()


def write_alone(cells: str, output: str, *, lean: bool) -> tuple[float, float]:
    """Write the cells, row by row or (XlsxWriter's usual mode) all at the end; processor and wall seconds of the writing."""
    book, formats, sheets = None, [], {}
    spent, clock = -time.process_time(), -time.perf_counter()
    book = xlsxwriter.Workbook(output, {"constant_memory": lean})
    spent, clock = spent + time.process_time(), clock + time.perf_counter()
    for kind, content in _loaded(cells):
        if kind == "format":
            formats.append(book.add_format(content))
            continue
        spent, clock = spent - time.process_time(), clock - time.perf_counter()
        for sheet, name, row, column, value, form in content:
            if sheet not in sheets:
                sheets[sheet] = {one: getattr(page, one) for page in [book.add_worksheet()] for one in _WRITING}
            sheets[sheet][name](row, column, value, formats[form])
        spent, clock = spent + time.process_time(), clock + time.perf_counter()
    spent, clock = spent - time.process_time(), clock - time.perf_counter()
    book.close()
    return spent + time.process_time(), clock + time.perf_counter()


def _loaded(cells: str) -> Iterator[tuple[str, Any]]:
    with Path(cells).open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301 - written by this script a moment ago


def run_ours(workbook: str, output: str) -> tuple[float, float]:
    """The whole command: processor seconds of it and its readers, and wall seconds."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "fupin_cli", "check-exit", workbook, "-o", output, "--quiet"]
    done = subprocess.run(command, env=environment(), check=False, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode(errors="replace"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - started


def alone(cells: str, output: str, *options: str) -> list[str]:
    """What makes XlsxWriter write the cells."""
    return [sys.executable, __file__, "--alone", cells, output, *options]


def run_alone(command: Sequence[str]) -> tuple[float, float]:
    """The same of XlsxWriter alone, as it says itself."""
    done = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
    spent, clock = map(float, done.stdout.split())
    return spent, clock


@dataclass
class Alone(Contender):
    """XlsxWriter alone: its wall seconds are those that it says itself."""

    def run(self, *, for_memory: bool = False) -> None:
        """Run once, for time or for memory."""
        if for_memory:
            self.megabytes.append(measure(self.command, self.fine, look=True)[1])
        else:
            self.seconds.append(run_alone(self.command)[1])


def noted(folder: Path, workbook: str) -> str:
    """The cells to write, noted once."""
    cells = folder / "cells.pickle"
    if not cells.exists():
        subprocess.run([sys.executable, __file__, "--note", workbook, str(cells)], env=environment(), check=True)
    return str(cells)


def duel(folder: Path, households: int, rounds: int) -> Duel:
    """Who takes turns in the table of all benchmarks."""
    workbook, output = str(generate(folder, households)), str(folder / "annotated.xlsx")
    command = [sys.executable, "-m", "fupin_cli", "check-exit", workbook, "-o", output, "--quiet"]
    cells = noted(folder, workbook)
    contenders = [
        Contender("fupin check-exit -o OUT.xlsx", command, (0, 1)),
        Alone("XlsxWriter only writes the same cells", alone(cells, output)),
        Alone("XlsxWriter in its usual mode", alone(cells, output, "--usual")),
    ]
    return Duel(f"annotated workbook of {households:,} households", contenders, rounds)


def turns(folder: Path, households: int, rounds: int, workbook: str | None = None) -> list[str]:
    """Both in turns; the rows of a table."""
    workbook = workbook or str(generate(folder, households))
    cells, output = noted(folder, workbook), str(folder / "out.xlsx")
    ours, theirs, usual = [], [], []
    for _ in range(rounds):
        ours.append(run_ours(workbook, output))
        theirs.append(run_alone(alone(cells, output)))
        usual.append(run_alone(alone(cells, output, "--usual")))
    names = ("fupin check-exit -o OUT.xlsx", "XlsxWriter writes the same cells", "XlsxWriter in its usual mode")
    rows = []
    for name, found in zip(names, (ours, theirs, usual), strict=True):
        spent, clock = (statistics.median(column) for column in zip(*found, strict=True))
        rows.append(f"| {households:,} households, annotated workbook | {name} | {clock:.1f} s | {spent:.1f} s of processor |")
    for name, found in zip(names[1:], (theirs, usual), strict=True):
        rows.append(f"{name}: {_times(ours, found)}; promised: {RATIO} times")
    return rows


def _times(ours: Sequence[tuple[float, float]], theirs: Sequence[tuple[float, float]]) -> str:
    spent, clock = (
        statistics.median(one[which] / other[which] for one, other in zip(ours, theirs, strict=True)) for which in (0, 1)
    )
    return f"{spent:.2f} times the processor time, {clock:.2f} times the wall time"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the annotated workbook beside XlsxWriter alone.")
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workbook", help="a workbook to judge instead of a generated one")
    parser.add_argument("--note", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--usual", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.note:
        note_cells(*options.note)
    elif options.alone:
        print(*write_alone(*options.alone, lean=not options.usual))
    else:
        with tempfile.TemporaryDirectory(prefix="fupin-bench-") as temporary:
            print("\n".join(turns(Path(temporary), options.households, options.rounds, options.workbook)))


if __name__ == "__main__":
    main()
