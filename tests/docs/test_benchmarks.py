"""The figures in the README are those of the page that the benchmarks write."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")]


def test_every_figure_of_the_readme_is_one_of_the_page() -> None:
    shown = re.search(r"<!-- bench -->(.*?)<!-- /bench -->", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    _, *told = rows(shown[1])
    _, *page = rows((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"))
    assert told
    assert {tuple(row) for row in told} <= {(task, name, seconds, times, mb) for task, name, seconds, _, times, mb, _ in page}
