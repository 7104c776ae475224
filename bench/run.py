"""Time fupin beside what one would use instead: ``python bench/run.py [--small] [--only NAME] [--write]``.

See ``measure`` for how. Needs no network, writes only to a temporary directory, and prints a Markdown table; ``--write`` also
puts it into docs/benchmarks.md and the README.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import annotated
import pages
from files import BENCH, bomb, copies, generate, with_an_error
from measure import PROC, Contender, Duel

import counties
import rosters

ROOT = BENCH.parent
PAGE, README = ROOT / "docs" / "benchmarks.md", ROOT / "README.md"
LIBRARIES = (
    "click", "duckdb", "fastexcel", "openpyxl", "pandas", "pyarrow", "pydantic", "python-calamine", "rich",
    "sqlglot", "xlsxwriter",
)  # fmt: skip
HOUSEHOLDS, LARGE = 300, 100_000
WORKBOOKS, OF_EACH = 20, 20_000
#: The number of the first household that is generated.
ONE = "349900000001"
ROUNDS, LARGE_ROUNDS = 5, 3
#: Only reads the file, and keeps nothing: what any program that judges the same file has to do at least.
READERS = {
    "fastexcel": "import sys, fastexcel; fastexcel.read_excel(sys.argv[1]).load_sheet('户').to_arrow()",
    "python_calamine": "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_name('户').to_python()",
}
_LEAN = "import sys; from fupin_cli.load.cells.lean import stay_lean; stay_lean(); "
TOGETHER = _LEAN + "from fupin_cli.load.cells.several import read_files; assert not read_files(sys.argv[1:])[1]"
ONE_BY_ONE = _LEAN + "from fupin_cli.load.cells.files import read_file; [read_file(path) for path in sys.argv[1:]]"
#: The whole of a check but its report, by so many standards of one table.
_JUDGE = (
    _LEAN + "from fupin_cli.model.job import Job; from fupin_cli.pipeline import check; from fupin_cli.tasks import Request; "
    "check(Job('check-exit', 'national-2016', (tuple(sys.argv[2:]),)), Request([sys.argv[1]]))"
)
INTRODUCTION = """# Benchmarks

`make bench` (bench/run.py) makes the workbooks and runs everything below in one go: whole processes in turns, medians. Memory is
the most that a process and its readers had at one time. Generated households, 38 columns. "only reading" is the floor: it judges
nothing and keeps nothing. The plain script is bench/plain.py: pandas with openpyxl, a pydantic model for each row, a loop.

"5 years" are Parquet files of five years, 100,000 households of four people each, with births, deaths, marriages, splits, exits
and fall-backs (bench/years.py). DuckDB, beside it, reads the same files and joins each household with its row of the year before
(户编号) and the number of its members, each person with the household and with the row of the year before (证件号码), all columns
of both sides, into tables in memory, on all cores (bench/rosters.py); it decides nothing.

"200 workbooks of 2,000 households" are county workbooks with villages, households, a sample and public services, judged by
check-county, each with the same sheets; "one core": the same command, held to one core with everything that it starts. Run once.

"annotated workbook": XlsxWriter, beside it, writes the same cells with the same formats in the same mode from memory, and does
nothing else; what it takes to get them there is not counted (bench/annotated.py). In its usual mode it keeps all cells to the
end. Run once.
"""

Task = Callable[[Path], Duel | pages.Pages]


def program(name: str, *arguments: str | Path, fine: tuple[int, ...] = (0, 1)) -> Contender:
    """The program itself."""
    return Contender(name, [sys.executable, "-m", "fupin_cli", *map(str, arguments)], fine=fine)


def script(name: str, *arguments: str | Path) -> Contender:
    """Another Python program."""
    return Contender(name, [sys.executable, *map(str, arguments)])


def start_up(_: Path) -> Duel:
    """What one waits for before anything happens."""
    return Duel("start-up", [program("fupin --help", "--help"), script("python -c pass", "-c", "pass")], ROUNDS)


def judged(folder: Path, households: int, rounds: int) -> Duel:
    """A village, a county: what the program takes, what reading alone takes, what the plain script takes."""
    path = generate(folder, households)
    contenders = [program("fupin check-exit", "check-exit", path)]
    for module, code in READERS.items():
        if importlib.util.find_spec(module):
            contenders.append(script(f"only reading ({module.replace('_', '-')})", "-c", code, path))
    contenders.append(script("plain script (pandas + openpyxl)", BENCH / "plain.py", path))
    return Duel(f"{households:,} households", contenders, rounds)


def one_error(folder: Path) -> Duel:
    """A sheet with a cell that many readers trip over."""
    ours = program("fupin check-exit", "check-exit", with_an_error(folder, LARGE))
    sound = program("the same without the error", "check-exit", generate(folder, LARGE))
    return Duel(f"{LARGE:,} households, one #N/A", [ours, sound], LARGE_ROUNDS)


def standards(folder: Path) -> Duel:
    """What a further standard costs on a file that is read once."""
    path = generate(folder, LARGE)
    contenders = [
        script("household-exit and exit-procedure", "-c", _JUDGE, path, "household-exit", "exit-procedure"),
        script("household-exit alone", "-c", _JUDGE, path, "household-exit"),
    ]
    return Duel(f"{LARGE:,} households, a second standard", contenders, LARGE_ROUNDS)


def explained(folder: Path) -> Duel:
    """What it takes to ask about one household of a county."""
    path = generate(folder, LARGE)
    contenders = [program("fupin explain", "explain", path, ONE), program("fupin check-exit", "check-exit", path)]
    return Duel(f"one of {LARGE:,} households explained", contenders, LARGE_ROUNDS)


def covered(folder: Path) -> Duel:
    """What it takes to say how far a county tries the rules."""
    path = generate(folder, LARGE)
    contenders = [
        program("fupin rules test --coverage-from", "rules", "test", "national-2016", "--coverage-from", path),
        program("fupin check-exit", "check-exit", path),
    ]
    return Duel(f"{LARGE:,} households, which clauses decide", contenders, LARGE_ROUNDS)


def proved(_: Path) -> Duel:
    """What it takes to prove everything of every pack that is shipped."""
    ours = program("fupin rules check, every pack", "rules", "check")
    return Duel("proofs", [ours, program("the same without proofs", "rules", "check", "--no-proofs")], LARGE_ROUNDS)


def several(folder: Path) -> Duel:
    """Workbooks of many townships, read and not judged."""
    paths = copies(folder, OF_EACH, WORKBOOKS)
    contenders = [script("read together", "-c", TOGETHER, *paths), script("read one after the other", "-c", ONE_BY_ONE, *paths)]
    return Duel(f"{WORKBOOKS} workbooks of {OF_EACH:,}", contenders, LARGE_ROUNDS)


def refused(folder: Path) -> Duel:
    """A small file that wants to be a large one."""
    return Duel("1 GiB in a 1 MB file", [program("fupin check-exit, refused", "check-exit", bomb(folder), fine=(3,))], ROUNDS)


def yearly(folder: Path) -> Duel:
    """The rosters of a county over five years, and what merely reading and joining them takes."""
    return rosters.duel(folder / "rosters", LARGE, LARGE_ROUNDS)


def batched(folder: Path) -> Duel:
    """The workbooks of two hundred counties on two cores and on one; once, for it takes minutes."""
    return counties.two_cores(folder / "counties", replace(counties.REAL, rounds=1))


def batch_memory(folder: Path) -> Duel:
    """The same workbooks, and a tenth of them."""
    return counties.memory(folder / "counties", counties.REAL)


def returned(folder: Path) -> Duel:
    """The annotated workbook, and what merely writing its cells takes; once, for it takes minutes."""
    return annotated.duel(folder, LARGE, 1)


def opened(folder: Path) -> pages.Pages:
    """The web page of a county in a browser."""
    return pages.both(folder, LARGE)


TASKS: dict[str, Task] = {
    "start-up": start_up,
    "small": partial(judged, households=HOUSEHOLDS, rounds=ROUNDS),
    "large": partial(judged, households=LARGE, rounds=LARGE_ROUNDS),
    "error": one_error,
    "standards": standards,
    "explain": explained,
    "coverage": covered,
    "proofs": proved,
    "several": several,
    "bomb": refused,
    "counties": batched,
    "batch-memory": batch_memory,
    "rosters": yearly,
    "annotated": returned,
    "page": opened,
}
_QUICK = ("start-up", "small", "bomb")
_COLUMNS = "| task | program | seconds (median) | range | fupin's time is × | peak MB | fupin's memory is × |"
_HEAD = f"{_COLUMNS}\n|---|---|---:|---:|---:|---:|---:|"


def machine() -> str:
    """The processor's name, and what runs on it."""
    name = platform.processor() or platform.machine()
    try:
        lines = (PROC / "cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def versions() -> str:
    """Python and the libraries that do the work."""
    found = [f"CPython {platform.python_version()}"]
    for library in LIBRARIES:
        try:
            found.append(f"{library} {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return " · ".join(found)


def with_others(rows: Sequence[str]) -> list[str]:
    """The rows in the place of those of the same tasks on the page, or at the end of it."""
    of_task: dict[str, list[str]] = {}
    old = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    for row in old:
        of_task.setdefault(row.split("|")[1], []).append(row)
    new: dict[str, list[str]] = {}
    for row in rows:
        new.setdefault(row.split("|")[1], []).append(row)
    return [row for found in (of_task | new).values() for row in found]


def write(rows: Sequence[str]) -> None:
    """Put the table into the page, and its most telling columns into the README."""
    medians = f"Medians of {ROUNDS} runs in turns, of {LARGE_ROUNDS} for large files."
    PAGE.write_text(
        "\n".join([INTRODUCTION, machine() + "\n", versions() + "\n", _HEAD, *rows, "", medians, ""]), encoding="utf-8"
    )
    table = ["| task | program | seconds (median) | fupin's time is × | peak MB |", "|---|---|---:|---:|---:|"]
    for row in rows:
        task, name, seconds, _, ratio, megabytes, _ = (cell.strip() for cell in row.strip("|").split("|"))
        table.append(f"| {task} | {name} | {seconds} | {ratio} | {megabytes} |")
    text = README.read_text(encoding="utf-8")
    block = "<!-- bench -->\n" + "\n".join(table) + "\n<!-- /bench -->"
    README.write_text(re.sub(r"<!-- bench -->.*?<!-- /bench -->", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time fupin beside what one would use instead.")
    parser.add_argument("--small", action="store_true", help=f"only {', '.join(_QUICK)}: no large workbook is generated")
    parser.add_argument("--only", action="append", choices=TASKS, help="only this task; can be repeated")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and the README's table")
    parser.add_argument("--folder", type=Path, help="keep the workbooks there, and use those that are there")
    options = parser.parse_args()
    chosen = options.only or (_QUICK if options.small else TASKS)
    print(f"{machine()}\n{versions()}\n\n{_HEAD}", flush=True)
    rows: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as temporary:
        folder = options.folder or Path(temporary)
        for name in chosen:
            duel = TASKS[name](folder)
            duel.run()
            rows += duel.rows()
            print("\n".join(duel.rows()), flush=True)
    if options.write:
        write(with_others(rows) if len(chosen) < len(TASKS) else rows)


if __name__ == "__main__":
    main()
