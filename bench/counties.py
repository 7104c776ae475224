"""Time ``fupin check-county`` over many workbooks: ``python bench/counties.py [--small] [--only NAME]``.

Ratios of runs of the program in turns (see ``measure``): two cores against one core and against one process, the memory for many
workbooks against a tenth of them, and many counties in one workbook against one. On one core the program is held to it by the
system, with everything that it starts; one process may use both, for its reader and for threads. Memory is the sum over all
processes at one time. The workbooks are made up here; needs no network, and writes only to a temporary directory unless told
otherwise.
"""

import argparse
import os
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from generate import COLUMNS, SEED, household
from measure import Contender, Duel

from fupin_cli.model.tables import TABLES, fields

#: Stands for the county's name in the one workbook from which the others are copied; as long as the names are.
_NAME = "样本000县"
_YEAR = 2018
_VILLAGES, _ASKED, _INDICATORS = 200, 400, 19
_FINE = (0, 1)
_ON_ONE_CORE = "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); os.execv(sys.argv[1], sys.argv[1:])"
_HEAD = "| task | program | seconds | range | time ratio | MB | memory ratio |\n| --- | --- | --- | --- | --- | --- | --- |"
Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Sizes:
    """How much is made up."""

    workbooks: int
    households: int
    counties: int
    rounds: int


REAL, _SMALL = Sizes(200, 2000, 1000, 3), Sizes(12, 200, 100, 1)


def county(name: str, chance: random.Random) -> dict[str, Any]:
    """A county in the year of its application; one in three still lacks something."""
    people = chance.randint(20_000, 400_000)
    poor = people * chance.randint(5, 26) // 1000
    return {
        "province": "样本省", "county": name, "county_level": chance.choice(("国家级", "省级")), "year": _YEAR,
        "rural_population": people, "poor_population": poor, "income_growth": chance.randint(80, 110) / 10,
        "province_income_growth": 9.0, "exited_population": people // 5, "unregistered_population": people // 2,
        "works_completed_date": date(_YEAR, 11, 20), "county_consent": "是", "applied_date": date(_YEAR, 12, 10),
        "city_consent": "是", "city_reviewed_date": date(_YEAR, 12, 28), "materials_complete": "是",
    }  # fmt: skip


def village(order: int, chance: random.Random) -> dict[str, Any]:
    """A village that names no county: its workbook has one."""
    left = chance.choices(("是", "否"), (97, 3))[0]
    return {"township": f"样本{order % 20}乡", "village": f"样本{order}村", "year": _YEAR, "poor_village": "是", "exited": left}


def answer(order: int, chance: random.Random) -> dict[str, Any]:
    """A household that was asked."""
    size, wrong = chance.randint(1, 6), chance.random() < 0.01
    group = chance.choice(("脱贫户", "未建档立卡户"))
    found = {"wrongly_exited" if group == "脱贫户" else "missed_people": size if wrong else 0}
    return {
        "township": f"样本{order % 20}乡", "village": f"样本{order % 40}村", "household_id": f"S{order}", "year": _YEAR,
        "sample_group": group, "household_size": size, "approves": chance.choices(("是", "否"), (95, 5))[0],
    } | found  # fmt: skip


def indicator(order: int, chance: random.Random) -> dict[str, Any]:
    """A public service beside the mean of the province."""
    return {
        "year": _YEAR, "service_field": f"领域{order % 8}", "indicator": f"指标{order}", "county_value": chance.randint(80, 120),
        "province_mean": 100, "direction": "越高越好", "tolerance": 10,
    }  # fmt: skip


def write(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook with these tables; texts stand in their sheets themselves."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for table, rows in sheets.items():
        sheet, names = book.add_worksheet(TABLES[table].SHEETS[0]), []
        for row, record in enumerate(rows, 1):
            if not names:
                names = [name for name in (COLUMNS if table == "household" else record) if name != "county" or table == "county"]
                for position, name in enumerate(names):
                    sheet.write_string(0, position, fields(table)[name].label)
            for position, name in enumerate(names):
                value = record.get(name)
                if isinstance(value, date):
                    sheet.write_datetime(row, position, value, day)
                elif value is not None:
                    sheet.write(row, position, value)
    book.close()
    return path


def workbooks(folder: Path, number: int, households: int) -> list[Path]:
    """Workbooks of so many counties: what is in them is the same but for the county's name."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{order:03}.xlsx" for order in range(1, number + 1)]
    if all(path.exists() for path in paths):
        return paths
    chance = random.Random(SEED)
    first = write(
        folder / "first.tmp",
        {
            "county": [county(_NAME, chance)],
            "village": [village(order, chance) for order in range(_VILLAGES)],
            "household": (household(order, chance) | {"year": _YEAR} for order in range(1, households + 1)),
            "survey": [answer(order, chance) for order in range(_ASKED)],
            "service": [indicator(order, chance) for order in range(_INDICATORS)],
        },
    )
    with zipfile.ZipFile(first) as source:
        parts = [(info.filename, source.read(info)) for info in source.infolist()]
    for order, path in enumerate(paths, 1):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in parts:
                target.writestr(name, content.replace(_NAME.encode(), f"样本{order:03}县".encode()))
    first.unlink()
    return paths


def rows(folder: Path, number: int) -> Path:
    """One workbook with so many counties."""
    chance = random.Random(SEED)
    path = folder / f"counties-{number}.xlsx"
    return write(path, {"county": [county(f"样本{order}县", chance) for order in range(number)]})


def program(name: str, *arguments: str | Path) -> Contender:
    """The program itself."""
    return Contender(name, [sys.executable, "-m", "fupin_cli", "check-county", *map(str, arguments)], fine=_FINE)


def on_one_core(contender: Contender) -> Contender:
    """The same, held to one core with everything that it starts."""
    return replace(contender, name="one core", command=[sys.executable, "-c", _ON_ONE_CORE, *contender.command])


def two_cores(folder: Path, sizes: Sizes) -> Duel:
    """One process for each of two cores; and one core."""
    paths = workbooks(folder / "many", sizes.workbooks, sizes.households)
    held = [on_one_core(program("", *paths, "--format", "json"))] if hasattr(os, "sched_setaffinity") else []
    return Duel(f"{sizes.workbooks} workbooks of {sizes.households:,} households", [_jobs(paths, 2), *held], sizes.rounds)


def processes(folder: Path, sizes: Sizes) -> Duel:
    """One process for each of two cores; one core; and one process for both."""
    duel = two_cores(folder, sizes)
    paths = workbooks(folder / "many", sizes.workbooks, sizes.households)
    return replace(duel, contenders=[*duel.contenders, _jobs(paths, 1)])


def _jobs(paths: Sequence[Path], jobs: int) -> Contender:
    return program(f"--jobs {jobs}", *paths, "--jobs", str(jobs), "--format", "json")


def memory(folder: Path, sizes: Sizes) -> Duel:
    """All workbooks, and a tenth of them."""
    paths = workbooks(folder / "many", sizes.workbooks, sizes.households)
    few = paths[: max(sizes.workbooks // 10, 2)]
    contenders = [program(f"{len(some)} workbooks", *some, "--jobs", "2", "--format", "json") for some in (paths, few)]
    return Duel("memory for many workbooks", contenders, 1)


def one_workbook(folder: Path, sizes: Sizes, form: str) -> Duel:
    """Many counties in one workbook, and one."""
    contenders = [program(f"{n:,} counties", rows(folder, n), "--format", form) for n in (sizes.counties, 1)]
    return Duel(f"one workbook, {form}", contenders, max(sizes.rounds, 5) if sizes is REAL else sizes.rounds)


TASKS: Mapping[str, Callable[[Path, Sizes], Duel]] = {
    "processes": processes,
    "memory": memory,
    "table": lambda folder, sizes: one_workbook(folder, sizes, "table"),
    "json": lambda folder, sizes: one_workbook(folder, sizes, "json"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Time fupin check-county over many workbooks.")
    parser.add_argument("--small", action="store_true", help="a few small workbooks: whether it runs, not how fast")
    parser.add_argument("--only", action="append", choices=TASKS, help="only this task; can be repeated")
    parser.add_argument("--folder", type=Path, help="keep the workbooks there, and use those that are there")
    parser.add_argument("--rounds", type=int, help="how often each is run")
    parser.add_argument("--rules", help="a pack or folder in place of the usual one")
    options = parser.parse_args(arguments)
    print(_HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as temporary:
        for name in options.only or TASKS:
            sizes = _SMALL if options.small else REAL
            sizes = replace(sizes, rounds=options.rounds) if options.rounds else sizes
            duel = TASKS[name](options.folder or Path(temporary), sizes)
            for contender in duel.contenders if options.rules else ():
                contender.command = [*contender.command, "--rules", options.rules]
            duel.run()
            print("\n".join(duel.rows()), flush=True)


if __name__ == "__main__":
    main()
