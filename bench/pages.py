"""Time the web page of a county in Chromium: ``python bench/pages.py [--households N]``.

How large the page is, how long until something is painted, how long from a key in the filter until the rows that fit it are
painted. A browser is timed by its own clock, so there is no duel: what stands beside each figure is what was promised.
"""

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from files import BENCH, generate

sys.path.append(str(BENCH.parent / "tests" / "browser"))
from chromium import chromium, missing, shape, show  # stands with the tests

#: What was promised: so many bytes, milliseconds until the first paint, milliseconds for a filter.
BYTES, PAINT, FILTER = 3_000_000, 1000, 100
LOADS = 5
QUERIES = ("样赵", "待核实", "饮水", "3499000000", "样本3村", "户!A9", "2018", "样本东乡 样赵", "不符合", "没有人叫这个")
FIRST = "return performance.getEntriesByType('paint').find((one) => one.name === 'first-contentful-paint')?.startTime"
#: From the key to the frame behind the one in which the rows were laid out.
TYPED = """
const [text, done] = arguments, box = document.querySelector('.subjects input'), before = performance.now();
box.value = text;
box.dispatchEvent(new Event('input', {bubbles: true}));
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
"""


@dataclass
class Page:
    """What a browser needs for the page of a file."""

    task: str
    file: Path
    found: Sequence[str] = ()

    def run(self) -> None:
        """Write the page, open it, filter it."""
        if missing():
            self.found = [f"not timed: missing {', '.join(missing())}"]
            return
        with tempfile.TemporaryDirectory(prefix="fupin-bench-") as folder:
            page = Path(folder) / "page.html"
            command = [sys.executable, "-m", "fupin_cli", "check-exit", str(self.file), "-o", str(page), "--quiet"]
            subprocess.run(command, check=False)
            with chromium() as browser:
                shape(browser)
                paints, filters = painted(browser, page), filtered(browser)
            self.found = [
                f"page: {page.stat().st_size / 1e6:.2f} MB (promised {BYTES / 1e6:.0f})",
                f"first paint: {statistics.median(paints):.0f} ms (promised {PAINT}; {min(paints):.0f}–{max(paints):.0f})",
                f"filter: {statistics.median(filters):.0f} ms, worst {max(filters):.0f} ms (promised {FILTER})",
            ]

    def rows(self) -> list[str]:
        """A row for each figure, which stands where the program's name stands otherwise."""
        return [f"| {self.task} | {figure} | – | – | – | – | – |" for figure in self.found]


@dataclass
class Pages:
    """A county as it may be, and one in which nobody passes: runs and tells its rows as a duel does."""

    pages: Sequence[Page]

    def run(self) -> None:
        """One after the other."""
        for one in self.pages:
            one.run()

    def rows(self) -> list[str]:
        """Of all."""
        return [row for one in self.pages for row in one.rows()]


def painted(browser: Any, page: Path) -> list[float]:
    """Milliseconds until something is painted, each time the page is opened."""
    found = []
    for _ in range(LOADS):
        browser.get("about:blank")
        show(browser, page)
        found.append(browser.execute_script(FIRST))
    return found


def filtered(browser: Any) -> list[float]:
    """Milliseconds for each query."""
    return [browser.execute_async_script(TYPED, query) for query in QUERIES]


def failing(folder: Path, households: int) -> Path:
    """A roster in which nobody passes."""
    path = folder / f"failing-{households}.csv"
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_rows(households))
    return path


def _rows(households: int) -> Iterator[Sequence[str]]:
    asked = ("不愁吃", "不愁穿", "义务教育有保障", "基本医疗有保障", "住房安全有保障", "饮水安全")
    yield ("户编号", "户主姓名", "乡镇", "行政村", "年度", "人均纯收入", *asked)
    for number in range(households):
        place = (f"样本{'东南西北'[number % 4]}乡", f"样本{number % 40 + 1}村")
        yield (f"3499{number:08d}", f"样{'赵钱孙李'[number % 4]}甲", *place, "2018", str(number % 2995), *["是"] * 5, "否")


def both(folder: Path, households: int) -> Pages:
    """A county as it may be, and one in which nobody passes."""
    return Pages(
        [
            Page(f"{households:,} households, web page", generate(folder, households)),
            Page(f"{households:,} failing households, web page", failing(folder, households)),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the web page of a county in a browser.")
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keep the files there, and use those that are there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fupin-bench-") as temporary:
        pages = both(options.folder or Path(temporary), options.households)
        pages.run()
        print("\n".join(pages.rows()))


if __name__ == "__main__":
    main()
