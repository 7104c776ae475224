"""Files of several years become one table of each kind: every row with a year, every file accounted for."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.several import Step
from fupin_cli.model.inputs import Loaded
from fupin_cli.rosters.years import load_years, years_of


def needed() -> set[str]:
    return {"household", "person"}


Rows = Sequence[Sequence[object]]
HOUSEHOLDS = ("户编号", "家庭人口数")


def written(path: Path, *rows: Sequence[object]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


def years(data: Loaded, table: str = "household") -> list[tuple[str, int | None]]:
    rows = data.tables[table].data.select(["household_id", "year"]).to_pylist()
    return [(row["household_id"], row["year"]) for row in rows]


def codes(data: Loaded) -> list[str]:
    return [problem.code for problem in data.problems]


def test_the_year_stands_in_the_name_where_no_row_has_one(tmp_path: Path) -> None:
    second = written(tmp_path / "样村2017年.csv", HOUSEHOLDS, ["H1", 3], ["H2", 1])
    first = written(tmp_path / "2016.csv", HOUSEHOLDS, ["H1", 3])
    data, refused = load_years([second, first], (), needed)
    assert (years(data), refused) == ([("H1", 2016), ("H1", 2017), ("H2", 2017)], [])
    assert [source.path for source in data.inputs] == [first, second]
    assert years_of(data.tables) == [2016, 2017]
    # Each row knows its file.
    table = data.tables["household"]
    assert [(table.address(row).input, str(table.address(row, "household_size"))) for row in range(3)] == [
        (0, "B2"), (1, "B2"), (1, "B3"),
    ]  # fmt: skip


def test_the_rows_say_more_than_the_name(tmp_path: Path) -> None:
    path = written(tmp_path / "2016.csv", ["户编号", "年度"], ["H1", 2017], ["H2", ""])
    data, _ = load_years([path], (), needed)
    assert years(data) == [("H1", 2017), ("H2", 2016)]
    (told,) = [problem for problem in data.problems if problem.code == "roster-year-differs"]
    assert (told.facts["name"], told.facts["said"]) == ("2016", "2017")


def test_a_year_that_cannot_be_read_is_not_made_up(tmp_path: Path) -> None:
    data, _ = load_years([written(tmp_path / "2016.csv", ["户编号", "年度"], ["H1", "二〇??"])], (), needed)
    assert years(data) == [("H1", None)]


@pytest.mark.parametrize("name", ["名册.csv", "2016-2018.csv", "户12016.csv"])
def test_a_file_of_which_nobody_knows_the_year_is_refused(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, HOUSEHOLDS, ["H1", 3])
    with pytest.raises(InputRefused) as refused:
        load_years([path], (), needed)
    assert (refused.value.code, refused.value.facts) == ("roster-year-unknown", {"path": path})


@pytest.mark.parametrize("other", [[HOUSEHOLDS, ["H1", 3]], [("户编号", "年度"), ["H2", 2017]]])
def test_two_files_of_unknown_years_are_not_taken_for_those_of_one_year(tmp_path: Path, other: Rows) -> None:
    """Whoever is told that they are two rosters of one year deletes one of them."""
    undated = written(tmp_path / "甲.csv", HOUSEHOLDS, ["H1", 3])
    with pytest.raises(InputRefused) as refused:
        load_years([undated, written(tmp_path / "乙.csv", *other)], (), needed)
    assert (refused.value.code, refused.value.facts) == ("roster-year-unknown", {"path": undated})


def test_a_file_may_hold_all_years(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.csv", ["户编号", "年度"], ["H1", 2016], ["H1", 2018], ["H1", 2017])
    data, _ = load_years([path], (), needed)
    assert years(data) == [("H1", 2016), ("H1", 2018), ("H1", 2017)]
    assert "roster-year-missing" not in codes(data)


def test_households_and_people_of_a_year_meet_in_two_files(tmp_path: Path) -> None:
    households = written(tmp_path / "户-2016.csv", HOUSEHOLDS, ["H1", 2])
    people = written(tmp_path / "人-2016.csv", ["户编号", "姓名", "与户主关系"], ["H1", "样甲", "户主"], ["H7", "样乙", "户主"])
    data, _ = load_years([households, people], (), needed)
    assert years(data, "person") == [("H1", 2016)]
    # Somebody of no household is told, and counted.
    assert [source.rows.quarantined for source in data.inputs] == [0, 1]


def test_one_year_may_come_in_parts_as_long_as_no_household_is_in_two(tmp_path: Path) -> None:
    one = written(tmp_path / "一村2016.csv", HOUSEHOLDS, ["H1", 2])
    two = written(tmp_path / "二村2016.csv", HOUSEHOLDS, ["H2", 2])
    data, _ = load_years([one, two], (), needed)
    assert sorted(years(data)) == [("H1", 2016), ("H2", 2016)]


@pytest.mark.parametrize(("first", "second"), [
    (("2016.csv", [["户编号", "人数"], ["H1", 1], ["H2", 1]]), ("2016-定稿.csv", [["户编号", "人数"], ["H2", 2], ["H3", 1]])),
    (("甲.csv", [["户编号", "年度"], ["H1", 2016], ["H2", 2016]]), ("2016.csv", [["户编号", "人数"], ["H2", 1]])),
    (("2017.csv", [["户编号", "年度"], ["H2", 2016]]), ("2016.csv", [["户编号", "年度"], ["H2", 2016], ["H1", 2016]])),
    (("甲.csv", [["户编号", "年度"], ["H2", 2016]]), ("乙.csv", [["户编号", "年度"], ["H2", 2016], ["H1", 2016]])),
])  # fmt: skip
def test_two_rosters_of_one_year_are_refused(tmp_path: Path, first: tuple[str, Rows], second: tuple[str, Rows]) -> None:
    paths = [written(tmp_path / name, *rows) for name, rows in (first, second)]
    for order in (paths, paths[::-1]):
        with pytest.raises(InputRefused) as refused:
            load_years(order, (), needed)
        facts = refused.value.facts
        named = any(path.endswith("2016.csv") for path in paths)
        assert refused.value.code == ("rosters-of-one-year" if named else "rosters-of-one-year-unnamed")
        assert (facts["year"], facts["count"]) == ("2016" if named else "", "1")
        assert {facts["path"], facts["other"]} == {*paths}


def test_a_missing_year_and_a_single_one_are_told(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{year}.csv", HOUSEHOLDS, ["H1", 3]) for year in (2014, 2015, 2018)]
    data, _ = load_years(paths, (), needed)
    (told,) = [problem for problem in data.problems if problem.code == "roster-year-missing"]
    assert told.facts == {"years": "2016、2017", "before": "2015", "after": "2018"}
    assert "roster-single-year" in codes(load_years(paths[:1], (), needed)[0])


def test_layouts_may_differ_from_year_to_year(tmp_path: Path) -> None:
    paths = [
        written(tmp_path / "2016.csv", ["村", "户编码", "人数"], ["样村", "H1", 3]),
        written(tmp_path / "2017.csv", ["家庭人口", "行政村", "户编号", "脱贫状态"], [4, "样村", "H1", "脱贫"]),
    ]
    data, _ = load_years(paths, (), needed)
    table = data.tables["household"]
    assert table.data.column("household_size").to_pylist() == [3, 4]
    assert table.data.column("poverty_status").to_pylist() == [None, "已脱贫"]
    assert [str(table.address(row, "household_size")) for row in (0, 1)] == ["C2", "A2"]


def test_a_bad_file_does_not_stop_the_other_years(tmp_path: Path) -> None:
    good = [written(tmp_path / f"{year}.csv", HOUSEHOLDS, ["H1", 3]) for year in (2016, 2018)]
    bad = tmp_path / "2017.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing more")
    data, refused = load_years([*good, str(bad)], (), needed)
    assert years(data) == [("H1", 2016), ("H1", 2018)]
    assert len(refused) == 1


def test_a_year_of_which_nothing_can_be_used_does_not_stop_the_others(tmp_path: Path) -> None:
    good = [written(tmp_path / f"{year}.csv", HOUSEHOLDS, ["H1", 3]) for year in (2016, 2017)]
    other = [written(tmp_path / "2018.csv", ["日程", "地点"], ["会议", "村部"]), written(tmp_path / "2019.csv", HOUSEHOLDS)]
    data, refused = load_years([*good, *other], (), needed)
    assert years(data) == [("H1", 2016), ("H1", 2017)]
    assert [error.facts["path"] for error in refused] == other
    with pytest.raises(InputRefused):
        load_years(other, (), needed)


def test_steps_count_the_files_of_all_years(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{year}.csv", HOUSEHOLDS, ["H1", 3]) for year in (2016, 2017, 2018)]
    steps: list[Step] = []
    load_years(paths, (), needed, steps.append)
    assert [step.files for step in steps] == [0, 1, 1, 2, 2, 3]
    assert {step.files_in_all for step in steps} == {3}
    assert steps[-1].last
    assert steps[-1].size == steps[-1].size_in_all == sum(Path(path).stat().st_size for path in paths)


@pytest.mark.parametrize(("rows", "expected"), [
    ([["户编号", "人数"], ["H1", 1], ["H1", 2], ["H2", 1]], frozenset({2016})),
    ([["户编号", "人数", "年度"], ["H1", 1, 2016], ["H1", 2, 2016], ["H2", 1, ""]], frozenset({2016})),
    ([["户编号", "人数", "年度"], ["H1", 1, 2015], ["H1", 2, 2015], ["H2", 1, 2015]], None),
])  # fmt: skip
def test_rows_that_are_left_out_leave_open_what_their_year_says_and_no_other(
    tmp_path: Path, rows: Rows, expected: frozenset[int] | None
) -> None:
    paths = [written(tmp_path / "2016.csv", *rows), written(tmp_path / "2017.csv", HOUSEHOLDS, ["H2", 1])]
    table = load_years(paths, (), needed)[0].tables["household"]
    assert (table.quarantined, table.lost_in) == (2, expected)
