"""Whose rows those are that name no county."""

from collections import Counter
from collections.abc import Sequence

import pytest
from made_sheets import Row, file_of, sheet_of

from fupin_cli.load.tables.build import load_tables
from fupin_cli.messages import hint, say
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.problem import Problem

COUNTY: Row = ["县名称", "省", "年度", "农村户籍人口", "未脱贫人口"]
ONE: Row = ["样县", "样省", "2018", "1000", "10"]
OTHER: Row = ["另县", "样省", "2018", "2000", "10"]


def book(counties: Sequence[Row], **sheets: Sequence[Row]) -> SourceFile:
    """A workbook with a 县 sheet and others."""
    return file_of(sheet_of(COUNTY, *counties, name="县"), *(sheet_of(*rows, name=name) for name, rows in sheets.items()))


def loaded(counties: Sequence[Row], **sheets: Sequence[Row]) -> Loaded:
    return load_tables([book(counties, **sheets)])


def told(data: Loaded) -> Counter[str]:
    return Counter(problem.code for problem in data.problems)


def one(data: Loaded, code: str) -> Problem:
    (problem,) = (problem for problem in data.problems if problem.code == code)
    return problem


VILLAGES: Sequence[Row] = (["乡镇", "行政村", "贫困村", "已出列"], ["甲镇", "甲村", "是", "是"], ["甲镇", "乙村", "否", "否"])


def test_rows_without_a_county_are_of_the_only_one_and_that_is_said_once_for_the_sheet() -> None:
    data = loaded([ONE], 村=VILLAGES)
    village = data.tables["village"]
    assert village.data.column("county").to_pylist() == ["样县", "样县"]
    problem = one(data, "rows-of-one-county")
    assert (problem.severity, str(problem.where), dict(problem.facts)) == (
        "info",
        "村!2",
        {"rows": "2", "county": "样县"},
    )


def test_the_name_that_is_filled_in_has_the_cell_of_the_county_sheet() -> None:
    village = loaded([ONE], 村=VILLAGES).tables["village"]
    assert [str(village.address(index, "county")) for index in range(2)] == ["县!A2", "县!A2"]
    assert [str(village.address(index, "village")) for index in range(2)] == ["村!B2", "村!B3"]


@pytest.mark.parametrize(
    ("sheet", "table", "rows"),
    [
        ("抽样", "survey", (["户编号", "组别", "户人口"], ["1", "脱贫户", "4"])),
        ("公共服务", "service", (["领域", "指标", "县值"], ["教育", "某指标", "4"])),
        ("乡镇", "township", (["乡镇", "验收合格", "帮扶单位"], ["甲镇", "是", "某局"])),
        ("户", "household", (["户编号", "家庭人口数", "脱贫属性"], ["1", "4", "未脱贫"])),
    ],
)
def test_every_sheet_below_a_county_may_leave_its_name_out(sheet: str, table: str, rows: Sequence[Row]) -> None:
    data = loaded([ONE], **{sheet: rows})
    assert data.tables[table].data.column("county").to_pylist() == ["样县"]


def test_a_blank_cell_among_rows_of_the_county_is_filled_and_the_others_stay() -> None:
    rows = (["县", "行政村", "贫困村"], ["样县", "甲村", "是"], [None, "乙村", "是"])
    village = loaded([ONE], 村=rows).tables["village"]
    assert village.data.column("county").to_pylist() == ["样县", "样县"]
    assert [str(village.address(index, "county")) for index in range(2)] == ["村!A2", "县!A2"]


def test_a_village_once_with_and_once_without_its_county_stands_twice() -> None:
    rows = (["县", "行政村", "贫困村"], ["样县", "甲村", "是"], [None, "甲村", "是"])
    data = loaded([ONE], 村=rows)
    assert data.tables["village"].data.num_rows == 0
    assert told(data)["subject-doubled"] == 2
    assert data.inputs[0].sheets[1].rows.quarantined == 2


def test_a_county_of_several_years_is_one() -> None:
    data = loaded([ONE, ["样县", "样省", "2019", "1000", "5"]], 村=VILLAGES)
    assert data.tables["village"].data.column("county").to_pylist() == ["样县", "样县"]


@pytest.mark.parametrize(
    "counties",
    [
        pytest.param([ONE, OTHER], id="two names"),
        pytest.param([ONE, ["样县", "别省", "2018", "1000", "10"]], id="one name in two provinces"),
        pytest.param([ONE, [None, "样省", "2018", "1000", "10"]], id="a county without a name"),
    ],
)
def test_where_it_may_be_several_counties_nothing_is_filled_in_and_that_is_said(counties: Sequence[Row]) -> None:
    data = loaded(counties, 村=VILLAGES)
    assert not data.tables["village"].has("county")
    assert told(data)["rows-of-one-county"] == 0
    assert (one(data, "rows-of-no-county").severity, one(data, "rows-of-no-county").facts["rows"]) == ("warning", "2")


def test_a_county_that_stands_twice_still_counts_as_one_of_two() -> None:
    data = loaded([ONE, OTHER, OTHER], 村=VILLAGES)
    assert data.tables["county"].data.num_rows == 1
    assert not data.tables["village"].has("county")


def test_without_a_county_sheet_nothing_is_said() -> None:
    data = load_tables([file_of(sheet_of(*VILLAGES, name="村"))])
    assert not data.tables["village"].has("county")
    assert told(data) == {}


def test_a_row_that_cannot_be_read_is_not_filled_in() -> None:
    # What is not a name at all may have been one.
    rows = (["县", "行政村", "贫困村"], ["1E+05", "甲村", "是"], ["样县", "乙村", "是"])
    data = loaded([ONE], 村=rows)
    assert data.tables["village"].data.column("county").to_pylist() == [None, "样县"]
    assert told(data)["rows-of-one-county"] == 0


def test_rows_of_another_county_stay_and_the_nearest_name_is_given() -> None:
    rows = (["县", "行政村", "贫困村"], ["样", "甲村", "是"], ["样", "乙村", "是"], ["样县", "丙村", "是"])
    data = loaded([ONE], 村=rows)
    assert data.tables["village"].data.column("county").to_pylist() == ["样", "样", "样县"]
    problem = one(data, "rows-of-another-county-near")
    assert (problem.severity, str(problem.where)) == ("warning", "村!A2")
    assert dict(problem.facts) == {"rows": "2", "county": "样", "nearest": "样县"}
    assert "样县" in hint("rows-of-another-county-near", "zh", **problem.facts)


def test_a_blank_row_in_a_sheet_that_names_another_county_may_be_of_that_one() -> None:
    rows = (["县", "行政村", "贫困村"], ["别名县", "甲村", "是"], [None, "乙村", "是"])
    data = loaded([ONE], 村=rows)
    assert data.tables["village"].data.column("county").to_pylist() == ["别名县", None]
    assert told(data)["rows-of-no-county"] == 1


def test_a_sheet_of_which_no_row_is_of_a_listed_county_is_said_to_count_for_nothing() -> None:
    rows = (["县", "户编号", "组别", "户人口"], ["别处县", "1", "脱贫户", "4"], ["别处县", "2", "脱贫户", "3"])
    data = loaded([ONE, OTHER], 抽样=rows)
    assert one(data, "sheet-of-other-counties").facts == {"rows": "2"}
    assert told(data)["rows-of-another-county"] + told(data)["rows-of-another-county-near"] == 1


def test_a_column_that_holds_something_else_is_told_in_a_few_lines() -> None:
    rows = [["县", "行政村", "贫困村"], *([f"第{number}号地方", f"{number}村", "是"] for number in range(40))]
    found = told(loaded([ONE], 村=rows))
    assert sum(count for code, count in found.items() if "-counties" in code or "-county" in code) == 12
    problem = one(loaded([ONE], 村=rows), "rows-of-further-counties")
    assert (problem.facts["rows"], problem.facts["count"]) == ("30", "30")


def test_a_step_of_the_county_without_its_name_is_the_only_countys_and_others_are_left_alone() -> None:
    steps = (["对象类型", "对象编号", "步骤", "日期"], ["县", None, "县申请", "2018-12-01"], ["户", None, "公示", "2018-12-01"])
    data = loaded([ONE], 程序=steps)
    assert data.tables["procedure"].data.column("subject_id").to_pylist() == ["样县", None]


def test_each_file_has_its_own_county() -> None:
    files = [book([ONE], 村=VILLAGES), book([OTHER], 村=VILLAGES)]
    village = load_tables(files).tables["village"]
    assert village.data.column("county").to_pylist() == ["样县", "样县", "另县", "另县"]
    assert [(cell.input, str(cell)) for cell in (village.address(index, "county") for index in (0, 3))] == [
        (0, "县!A2"),
        (1, "县!A2"),
    ]


def test_a_file_without_counties_beside_one_with_one_is_of_it_and_beside_two_of_nobody() -> None:
    alone = file_of(sheet_of(*VILLAGES, name="村"), path="村.xlsx")
    assert load_tables([book([ONE]), alone]).tables["village"].data.column("county").to_pylist() == ["样县", "样县"]
    assert not load_tables([book([ONE]), book([OTHER]), alone]).tables["village"].has("county")


@pytest.mark.parametrize(
    ("years", "own", "said"),
    [
        (("2018", "2019"), None, True),
        (("2018", "2018"), None, False),
        (("2018", None), None, False),
        (("2018", "2019"), "2019", False),
    ],
)
def test_a_sheet_without_years_beside_counties_of_several_is_told(
    years: Sequence[str | None], own: str | None, *, said: bool
) -> None:
    counties = [["样县", "样省", years[0], "1000", "10"], ["另县", "样省", years[1], "1000", "5"]]
    rows = (["县", "行政村", "贫困村", "年度"], ["样县", "甲村", "是", own], ["样县", "乙村", "是", own])
    data = loaded(counties, 村=rows)
    assert told(data) == ({"rows-of-no-year": 1} if said else {})
    if said:
        problem = one(data, "rows-of-no-year")
        assert (problem.severity, str(problem.where)) == ("warning", "村!D2")
        assert dict(problem.facts) == {"rows": "2", "years": "2018、2019"}


def test_a_space_in_a_name_makes_no_other_county() -> None:
    rows = (["县", "户编号", "家庭人口数"], ["样　县", "1", "4"])
    data = loaded([ONE], 户=rows)
    assert data.tables["household"].data.column("county").to_pylist() == ["样县"]
    assert told(data)["rows-of-another-county-near"] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_have_all_their_facts(lang: str) -> None:
    facts = {"rows": "2", "county": "样县", "nearest": "样县", "count": "3", "years": "2018、2019"}
    for code in ("rows-of-no-year", "rows-of-one-county", "rows-of-no-county", "rows-of-another-county", "rows-of-another-county-near",
                 "rows-of-further-counties", "sheet-of-other-counties"):  # fmt: skip
        assert say(code, "zh" if lang == "zh" else "en", **facts)
        assert hint(code, "zh" if lang == "zh" else "en", **facts)
