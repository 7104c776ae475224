"""Totals are checked against the rows that they sum up: a difference is a warning at the total's own cell."""

import pytest
from made_sheets import Row, file_of, sheet_of

from fupin_cli.load.tables.build import load_tables

HEADER: Row = ["户编号", "年度", "家庭人口数", "工资性收入", "人均纯收入"]
FIRST: Row = ["1", "2018", "4", "1000.10", "3000"]
SECOND: Row = ["2", "2018", "3", "2000.20", "4000"]
THIRD: Row = ["3", "2018", "2", "500", "5000"]


def told(*rows: Row) -> list[tuple[str, str, str, str]]:
    loaded = load_tables([file_of(sheet_of(*rows))])
    assert [source.rows.skipped for source in loaded.inputs] == [
        sum(1 for row in rows if row[0] not in ("1", "2", "3", "户编号"))
    ]
    found = [problem for problem in loaded.problems if problem.code.startswith("total-")]
    assert all(problem.severity == "warning" for problem in found)
    return [(str(p.where), p.name, p.facts["given"], p.facts.get("summed") or p.facts["counted"]) for p in found]


def test_totals_that_add_up_are_silent() -> None:
    assert told(HEADER, FIRST, SECOND, ["合计", None, "7", "3000.30", None]) == []


def test_a_total_that_does_not_add_up_is_told_with_both_numbers() -> None:
    assert told(HEADER, FIRST, SECOND, ["合计", None, "8", "3000.30", None]) == [("表!C4", "household_size", "8", "7")]
    assert told(HEADER, FIRST, SECOND, ["合计", None, "7", "3000.31", None]) == [("表!D4", "wage_income", "3000.31", "3000.3")]


def test_a_number_per_person_is_never_added_up() -> None:
    assert told(HEADER, FIRST, SECOND, ["合计", None, "7", None, "3428.57"]) == []


def test_a_column_with_a_missing_or_unreadable_value_has_no_sum() -> None:
    assert told(HEADER, ["1", "2018", None, "1", "1"], SECOND, ["合计", None, "3", None, None]) == []
    assert told(HEADER, ["1", "2018", "四", "1", "1"], SECOND, ["合计", None, "3", None, None]) == []


def test_a_total_above_any_sensible_household_is_still_a_number() -> None:
    rows = [[str(number), "2018", "5", "1", "1"] for number in range(1, 4)]
    assert told(HEADER, *rows, ["合计", None, "1500", None, None]) == [("表!C5", "household_size", "1500", "15")]


def test_a_part_total_sums_the_rows_since_the_one_before() -> None:
    rows = [
        HEADER,
        FIRST,
        ["小计", None, "4", None, None],
        SECOND,
        THIRD,
        ["小计", None, "5", None, None],
        ["合计", None, "9", None, None],
    ]
    assert told(*rows) == []
    rows[5] = ["小计", None, "9", None, None]
    assert told(*rows) == [("表!C6", "household_size", "9", "5")]


@pytest.mark.parametrize(
    ("words", "wrong"), [("合计2户", False), ("合计（2户7人）", False), ("合计3户", True), ("共计12户", True)]
)
def test_a_stated_number_of_households_is_counted(words: str, wrong: bool) -> None:
    found = told(HEADER, FIRST, SECOND, [words, None, "7", None, None])
    assert [(given, counted) for _, _, given, counted in found] == ([(words.strip("合计共户"), "2")] if wrong else [])


def test_units_of_the_column_hold_for_its_total() -> None:
    rows: list[Row] = [["户编号", "年度", "工资性收入（万元）"], ["1", "2018", "0.5"], ["2", "2018", "1"], ["合计", None, "1.5"]]
    assert told(*rows) == []


def test_a_total_above_its_rows_or_of_totals_is_not_checked() -> None:
    assert told(HEADER, ["合计（2户）", None, "7", None, None], FIRST, SECOND) == []
    assert told(HEADER, FIRST, ["小计", None, "4", None, None], ["全村小计（9户）", None, "4", None, None]) == []


def test_only_the_cell_that_says_total_states_the_number_of_households() -> None:
    assert told(HEADER, FIRST, SECOND, ["合计（2户）", None, "7", None, "其中低保1户"]) == []


def test_a_page_total_sums_its_page() -> None:
    assert told(HEADER, FIRST, ["本页合计", None, "4", None, None], SECOND, ["本页合计", None, "3", None, None]) == []
