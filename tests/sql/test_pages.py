"""What README and docs/sql.md say of printed queries is so."""

import re
from pathlib import Path

import pytest
from registers import printed

from fupin_cli.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
README, PAGE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/sql.md"))


def lines_of(text: str) -> list[str]:
    return [line.removeprefix("    ").rstrip() for line in text.strip("\n").splitlines()]


def test_the_excerpt_of_the_readme_is_what_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"<!-- sql -->\n(.*?)<!-- /sql -->", README, re.DOTALL)
    assert shown is not None
    assert main(["rules", "sql", "national-2016", "household-exit", "--dialect", "postgres"]) == 0
    shown_lines = [line.rstrip() for line in capfd.readouterr().out.splitlines()]
    place = 0
    gap = True
    for line in lines_of(shown[1]):
        if line == "…":
            gap = True
            continue
        # Between two marks of what is left out the lines follow each other.
        found = shown_lines.index(line, place)
        assert gap or found == place, line
        place, gap = found + 1, False


@pytest.mark.parametrize("line", re.findall(r"^ {4}(fupin rules sql .*)$", README, re.MULTILINE))
def test_the_commands_of_the_readme_print_a_query(line: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()[1:]) == 0
    assert capfd.readouterr().out.rstrip().endswith('ORDER BY v."_i";')


def test_the_page_tells_every_column_of_a_result() -> None:
    told = set(re.findall(r"`([a-z_]+)(?:…)?`", PAGE.split("## What comes out")[1].split("##")[0]))
    for pack, standard in (("national-2016", "household-exit"), ("national-2016", "exit-procedure")):
        text = printed(pack, standard, "duckdb")
        columns = [*re.findall(r'^  v\."(\w+)"', text, re.MULTILINE), "rows_with_this_key"]
        for column in columns:
            assert column in told or column.startswith(("check_", "margin_")), column
    assert {"check_", "margin_"} <= told


def test_a_standard_of_the_data_itself_has_no_open_outcomes() -> None:
    text = printed("data-quality", "person-quality", "duckdb")
    assert "possible_outcomes" not in text.split("WITH\n")[1]
    assert '"margin_' not in text
