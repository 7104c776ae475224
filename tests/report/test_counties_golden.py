"""Golden reports on sample counties: fixed width, no colour, hashes left out. They were read by a person;
``python tests/report/test_counties_golden.py`` writes them again, and the difference is then read once more."""

import io
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

from fupin_cli.load.cells.folders import workbooks
from fupin_cli.model.run import Result
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.counties.csvtext import county_csv
from fupin_cli.report.counties.markdown import county_markdown
from fupin_cli.report.counties.terminal import print_counties
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
DAY = date(2019, 3, 1)


def printed(result: Result, options: Options, width: int) -> str:
    stream = io.StringIO()
    print_counties(result, options, Console(file=stream, width=width, highlight=False, emoji=False, markup=False))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


REPORTS: dict[str, Callable[[Result], str]] = {
    "counties.zh.txt": lambda result: printed(result, Options(), 100),
    "counties.en.txt": lambda result: printed(result, Options(lang="en"), 100),
    "counties.narrow.txt": lambda result: printed(result, Options(limit=2), 50),
    "counties.all.txt": lambda result: printed(result, Options(all_checks=True, only="fail", limit=1), 100),
    "counties.csv": lambda result: "".join(county_csv(result, Options())).replace("\r\n", "\n"),
    "counties.md": lambda result: "".join(county_markdown(result, Options())),
}


@cache
def judged() -> Result:
    """Three sample counties in March of the year after, in the middle of their calendar: each costs two seconds."""
    before = Path.cwd()
    os.chdir(ROOT / "samples")
    try:
        found = workbooks([f"counties/样{name}县.xlsx" for name in "丁丙戊"])
        return check_counties(Request(found.files, as_of=DAY), found, Manner(jobs=1))[0]
    finally:
        os.chdir(before)


def report(name: str) -> str:
    text = REPORTS[name](judged())
    return re.sub(r"(?<=sha256\s)[0-9a-f]{12}|\b[0-9a-f]{64}\b", "<sha256>", text)


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_the_one_that_was_read(name: str) -> None:
    assert report(name) == (GOLDEN / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in REPORTS:
        (GOLDEN / name).write_text(report(name), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}\n")
