"""Sheets that complete each other become one record; sheets that repeat each other are refused or weighed."""

import pytest
from made_sheets import Row, file_of, sheet_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inputs import Loaded

#: Area 349900 does not exist; the check characters are those of GB 11643.
NUMBERS = ["349900198001010019", "349900198205050020", "349900201003030034"]


def load(*files: SourceFile) -> Loaded:
    loaded = load_tables(files)
    for source in loaded.inputs:
        assert source.rows.read == source.rows.decided + source.rows.quarantined + source.rows.skipped
    return loaded


def book(path: str, *rows: Row) -> SourceFile:
    return file_of(sheet_of(*rows), path=path)


INCOMES = book("收入.xlsx", ["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"], ["2", "2018", "4000"])
HOUSING = book("住房.xlsx", ["户编号", "年度", "住房等级"], ["2", "2018", "A"], ["1", "2018", "D"], ["3", "2018", "B"])


def test_two_workbooks_about_the_same_households_make_one_record_each() -> None:
    household = load(INCOMES, HOUSING).tables["household"]
    rows = [(r["household_id"], r["income_per_capita"], r["housing_grade"]) for r in household.data.to_pylist()]
    assert rows == [("1", 3000, "D"), ("2", 4000, "A"), ("3", None, "B")]


def test_every_value_keeps_the_cell_of_its_own_workbook() -> None:
    household = load(INCOMES, HOUSING).tables["household"]
    assert [(a.input, str(a)) for a in (household.address(at, "housing_grade") for at in range(3))] == [
        (1, "表!C3"),
        (1, "表!C2"),
        (1, "表!C4"),
    ]
    assert [(a.input, str(a)) for a in (household.address(at, "income_per_capita") for at in range(2))] == [
        (0, "表!C2"),
        (0, "表!C3"),
    ]
    assert household.address(2, "income_per_capita").letter == ""


def test_the_order_of_the_files_changes_no_value() -> None:
    def said(loaded: Loaded) -> set[tuple[object, ...]]:
        return {
            (r["household_id"], r["income_per_capita"], r["housing_grade"]) for r in loaded.tables["household"].data.to_pylist()
        }

    assert said(load(INCOMES, HOUSING)) == said(load(HOUSING, INCOMES))


def test_rows_of_another_year_are_other_records() -> None:
    other = book("住房.xlsx", ["户编号", "年度", "住房等级"], ["1", "2019", "D"])
    rows = load(INCOMES, other).tables["household"].data.to_pylist()
    assert [(r["household_id"], r["year"], r["housing_grade"]) for r in rows] == [
        ("1", 2018, None),
        ("2", 2018, None),
        ("1", 2019, "D"),
    ]


def test_what_both_give_must_agree() -> None:
    first = book(
        "a.xlsx",
        ["户编号", "年度", "人均纯收入", "工资性收入", "危房户"],
        ["1", "2018", "3000", "9", "是"],
        ["2", "2018", "1", "1", None],
    )
    second = book(
        "b.xlsx",
        ["户编号", "年度", "住房等级", "饮水安全", "危房户"],
        ["1", "2018", "A", "是", "否"],
        ["2", "2018", "A", "是", "否"],
    )
    loaded = load(first, second)
    household = loaded.tables["household"]
    assert household.data.column("dangerous_housing").to_pylist() == [None, False]
    assert household.unreadable["dangerous_housing"].to_pylist() == [True, False]
    [told] = [problem for problem in loaded.problems if problem.code == "sources-disagree"]
    assert (told.where and told.where.input, str(told.where), told.other and told.other.input, str(told.other)) == (
        0,
        "表!E2",
        1,
        "表!E2",
    )


def test_two_rosters_of_one_layout_are_not_weighed_a_household_in_both_is_in_neither() -> None:
    again = book("又一份.xlsx", ["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"])
    loaded = load(INCOMES, again)
    assert loaded.tables["household"].data.column("household_id").to_pylist() == ["2"]
    assert [problem.code for problem in loaded.problems if problem.severity == "error"] == ["household-doubled"] * 2


def test_a_number_that_stands_twice_in_one_workbook_is_joined_to_nothing() -> None:
    twice = book("住房.xlsx", ["户编号", "年度", "住房等级"], ["1", "2018", "A"], ["1", "2018", "D"])
    loaded = load(INCOMES, twice)
    assert loaded.tables["household"].data.column("household_id").to_pylist() == ["2"]
    assert [source.rows.quarantined for source in loaded.inputs] == [1, 2]


ROSTER = book(
    "监测对象信息.xlsx",
    ["户编号", "姓名", "证件号码", "与户主关系", "健康状况"],
    ["1", "样甲", NUMBERS[0], "户主", "健康"],
    ["1", "样乙", NUMBERS[1], "配偶", "健康"],
    ["2", "样丙", NUMBERS[2], "户主", "残疾"],
)


def test_members_known_by_their_numbers_alone_are_joined_to_their_households() -> None:
    work = book("务工.xlsx", ["姓名", "证件号码", "务工所在地", "务工时间（月）"], ["样乙", NUMBERS[1], "样县", "6"])
    loaded = load(ROSTER, work)
    person = loaded.tables["person"]
    assert person.data.column("months_worked").to_pylist() == [None, 6, None]
    assert (person.address(1, "months_worked").input, str(person.address(1, "months_worked"))) == (1, "表!D2")
    assert [source.rows.decided for source in loaded.inputs] == [3, 1]


def test_a_member_whose_number_is_in_no_roster_is_quarantined_and_told() -> None:
    work = book("务工.xlsx", ["姓名", "证件号码", "务工所在地", "务工时间（月）"], ["样丁", "34990019700101001X", "样县", "6"])
    loaded = load(ROSTER, work)
    assert [source.rows.quarantined for source in loaded.inputs] == [0, 1]
    assert [problem.code for problem in loaded.problems if problem.severity == "error"] == ["member-without-household"]


def test_members_without_any_household_number_are_refused_by_name() -> None:
    with pytest.raises(InputRefused) as refused:
        load_tables([book("务工.xlsx", ["姓名", "证件号码", "务工所在地", "务工时间（月）"], ["样乙", NUMBERS[1], "样县", "6"])])
    assert (refused.value.code, refused.value.facts["path"]) == ("members-without-key", "务工.xlsx")


def test_a_member_sheet_that_repeats_what_the_household_sheet_says_must_agree_with_it() -> None:
    households = sheet_of(["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"], ["2", "2018", "4000"], name="户")
    members = sheet_of(
        ["户编号", "年度", "姓名", "与户主关系", "人均纯收入"],
        ["1", "2018", "样甲", "户主", "3000"],
        ["2", "2018", "样丙", "户主", "4001"],
        name="人",
    )
    loaded = load(file_of(households, members))
    assert loaded.tables["household"].data.column("income_per_capita").to_pylist() == [3000, None]
    [told] = [problem for problem in loaded.problems if problem.severity == "error"]
    assert (told.code, str(told.where), str(told.other)) == ("sources-disagree", "户!C3", "人!E3")


def test_a_village_that_stands_twice_in_a_year_counts_not_at_all() -> None:
    villages = book(
        "村.xlsx",
        ["县", "行政村", "年度", "总户数", "危房户数"],
        ["样县", "甲村", "2018", "90", "1"],
        ["样县", "甲村", "2018", "91", "1"],
        ["样县", "乙村", "2018", "50", "0"],
    )
    loaded = load(villages)
    assert loaded.tables["village"].data.column("village").to_pylist() == ["乙村"]
    assert [(p.code, str(p.where), str(p.other)) for p in loaded.problems if p.severity == "error"] == [
        ("subject-doubled", "表!B2", "表!B3"),
        ("subject-doubled", "表!B3", "表!B2"),
    ]


def test_sheets_of_tables_that_nobody_looks_at_are_told_and_left_alone() -> None:
    funds = sheet_of(["项目", "年度", "来源", "受益人数"], ["路", "2018", "中央", "5"], name="资金")
    households = sheet_of(["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"], name="户")
    loaded = load_tables([file_of(funds, households)], needed=("household", "person"))
    assert set(loaded.tables) == {"household"}
    [told] = [problem for problem in loaded.problems if problem.code == "sheet-not-needed"]
    assert (told.facts["sheet"], told.facts["rows"]) == ("资金", "2")
    alone = load_tables([file_of(funds)], needed=("household", "person"))
    assert (dict(alone.tables), [problem.code for problem in alone.problems]) == ({}, ["sheet-not-needed"])


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1)])
def test_a_sheet_without_a_year_is_joined_to_no_subject_of_several_years(order: tuple[int, ...]) -> None:
    files = [
        book("2018.xlsx", ["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"]),
        book("2019.xlsx", ["户编号", "年度", "人均纯收入"], ["1", "2019", "4000"]),
        book("住房.xlsx", ["户编号", "住房等级"], ["1", "A"]),
    ]
    rows = load(*(files[at] for at in order)).tables["household"].data.to_pylist()
    assert {(row["year"], row["housing_grade"]) for row in rows} == {(2018, None), (2019, None), (None, "A")}


def test_a_value_from_the_second_of_three_sheets_keeps_its_cell_when_the_third_is_blank() -> None:
    files = [
        book("a.xlsx", ["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"]),
        book("b.xlsx", ["户编号", "年度", "不愁吃", "饮水安全"], ["1", "2018", "是", "是"]),
        book("c.xlsx", ["户编号", "年度", "不愁穿", "义务教育有保障", "饮水安全"], ["1", "2018", "是", "是", None]),
    ]
    household = load(*files).tables["household"]
    place = household.address(0, "water_safe")
    assert (household.data.column("water_safe").to_pylist(), place.input, str(place)) == ([True], 1, "表!D2")


def test_a_member_without_a_year_is_the_double_of_the_same_member_with_one() -> None:
    header: Row = ["户编号", "年度", "姓名", "出生日期", "与户主关系"]
    members = book("人.xlsx", header, ["1", "2018", "样甲", "1980-01-01", "户主"], ["1", None, "样 甲", "1980-01-01", "户主"])
    households = book("户.xlsx", ["户编号", "年度", "家庭人口数"], ["1", "2018", "2"])
    loaded = load(households, members)
    assert loaded.tables["person"].data.num_rows == 0
    assert [problem.code for problem in loaded.problems if problem.severity == "error"] == ["member-doubled"] * 2


def test_a_birth_date_is_weighed_against_the_number_that_another_sheet_gives() -> None:
    first = book(
        "人.xlsx",
        ["户编号", "人编号", "姓名", "与户主关系", "出生日期", "健康状况"],
        ["1", "11", "样甲", "户主", "1970-01-01", "健康"],
    )
    second = book("证件.xlsx", ["户编号", "人编号", "证件号码", "务工所在地"], ["1", "11", NUMBERS[0], "样县"])
    loaded = load(first, second)
    assert loaded.tables["person"].data.column("birth_date").to_pylist() == [None]
    [told] = [problem for problem in loaded.problems if problem.severity == "error"]
    assert (told.code, str(told.where), told.other and (told.other.input, str(told.other))) == (
        "sources-disagree",
        "表!E2",
        (1, "表!C2"),
    )


def test_members_whose_households_have_no_number_are_strangers_not_a_bug() -> None:
    households = sheet_of(["户主姓名", "年度", "人均纯收入"], ["样甲", "2018", "3000"], name="户")
    members = sheet_of(["户编号", "年度", "姓名", "与户主关系"], ["1", "2018", "样甲", "户主"], name="人")
    assert [source.rows.quarantined for source in load(file_of(households, members)).inputs] == [1]
