"""Merged cells and headers of more than one row: read where they can only mean one thing, unknown where they may mean two."""

from decimal import Decimal

import pytest
from made_sheets import Row, file_of, sheet_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import Merge
from fupin_cli.model.inputs import Loaded

PEOPLE: Row = ["户编号", "年度", "姓名", "与户主关系", "人均纯收入", "务工时间（月）"]


def load(*rows: Row, merged: list[Merge] | None = None) -> Loaded:
    return load_tables([file_of(sheet_of(*rows, merged=merged or []))])


def problems(loaded: Loaded, *codes: str) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.where)) for problem in loaded.problems if problem.code in codes]


def test_a_household_number_merged_over_its_members_belongs_to_each() -> None:
    loaded = load(
        PEOPLE,
        ["1", "2018", "样甲", "户主", "3000", "3"],
        [None, "2018", "样乙", "配偶", None, "0"],
        ["2", "2018", "样丙", "户主", "4000", "1"],
        merged=[Merge(2, 3, 0, 0), Merge(2, 3, 4, 4)],
    )
    assert loaded.tables["person"].data.column("household_id").to_pylist() == ["1", "1", "2"]
    assert loaded.tables["household"].data.column("income_per_capita").to_pylist() == [3000, 4000]
    assert [p for p in loaded.problems if p.severity == "error"] == []


def test_one_number_merged_over_two_households_is_nobodys() -> None:
    loaded = load(
        ["户编号", "年度", "行政村", "人均纯收入"],
        ["1", "2018", "样村", "3000"],
        ["2", "2018", None, None],
        ["3", "2018", "别村", "5000"],
        merged=[Merge(2, 3, 2, 2), Merge(2, 3, 3, 3)],
    )
    household = loaded.tables["household"]
    assert household.data.column("village").to_pylist() == ["样村", "样村", "别村"]
    assert household.data.column("income_per_capita").to_pylist() == [None, None, 5000]
    assert household.unreadable["income_per_capita"].to_pylist() == [True, True, False]
    assert problems(loaded, "cell-merged-rows") == [("cell-merged-rows", "表!D2")]


def test_one_number_merged_over_two_members_is_nobodys() -> None:
    loaded = load(
        PEOPLE,
        ["1", "2018", "样甲", "户主", "3000", "3"],
        ["1", "2018", "样乙", "配偶", "3000", None],
        merged=[Merge(2, 3, 5, 5)],
    )
    assert loaded.tables["person"].data.column("months_worked").to_pylist() == [None, None]
    assert problems(loaded, "cell-merged-rows") == [("cell-merged-rows", "表!F2")]


def test_one_cell_over_two_fields_is_neither() -> None:
    loaded = load(
        ["户编号", "年度", "工资性收入", "转移性收入"],
        ["1", "2018", "12000", None],
        ["2", "2018", "1000", "2000"],
        merged=[Merge(2, 2, 2, 3)],
    )
    household = loaded.tables["household"]
    assert household.data.column("wage_income").to_pylist() == [None, 1000]
    assert household.data.column("transfer_income").to_pylist() == [None, 2000]
    assert household.unreadable["transfer_income"].to_pylist() == [True, False]
    assert problems(loaded, "cell-merged-fields") == [("cell-merged-fields", "表!C2")]


def test_values_that_a_merged_cell_covers_leave_open_which_counts() -> None:
    loaded = load(
        ["户编号", "年度", "行政村", "危房户"],
        ["1", "2018", "样村", "否"],
        ["2", "2018", "样村", "是"],
        merged=[Merge(2, 3, 2, 2), Merge(2, 3, 3, 3)],
    )
    household = loaded.tables["household"]
    assert household.data.column("village").to_pylist() == ["样村", "样村"]
    assert household.data.column("dangerous_housing").to_pylist() == [None, None]
    assert problems(loaded, "cell-merged-covers") == [("cell-merged-covers", "表!D2")]


def test_a_merged_title_and_note_take_nothing_from_the_records() -> None:
    loaded = load(
        ["某县名册", None, None],
        ["户编号", "年度", "人均纯收入"],
        ["1", "2018", "3000"],
        ["注：收入为上年口径", None, None],
        merged=[Merge(1, 1, 0, 2), Merge(4, 4, 0, 2)],
    )
    assert loaded.tables["household"].data.column("income_per_capita").to_pylist() == [3000]
    assert [p for p in loaded.problems if p.severity != "info"] == []


# --- headers of two rows ------------------------------------------------------------------------------------------------


def test_groups_above_and_names_below_are_one_header() -> None:
    loaded = load(
        ["户编号", "年度", "家庭收入", None, "住房等级"],
        [None, None, "工资性收入", "转移性收入", None],
        ["1", "2018", "1000", "2000", "A"],
        merged=[Merge(1, 2, 0, 0), Merge(1, 2, 1, 1), Merge(1, 1, 2, 3), Merge(1, 2, 4, 4)],
    )
    row = loaded.tables["household"].data.to_pylist()[0]
    assert (row["household_id"], row["year"], row["wage_income"], row["transfer_income"], row["housing_grade"]) == (
        "1", 2018, 1000, 2000, "A",
    )  # fmt: skip
    [sheet] = loaded.inputs[0].sheets
    assert (sheet.header_row, sheet.rows.read, sheet.rows.decided) == (2, 1, 1)


def test_names_that_are_not_merged_down_are_found_above() -> None:
    loaded = load(["户编号", "年度", "收入", None], [None, None, "工资性收入", "转移性收入"], ["1", "2018", "1", "2"])
    assert loaded.tables["household"].data.column("household_id").to_pylist() == ["1"]
    assert loaded.tables["household"].data.column("transfer_income").to_pylist() == [2]


def test_the_unit_of_a_group_is_that_of_its_columns() -> None:
    loaded = load(
        ["户编号", "年度", "家庭收入（万元）", None],
        [None, None, "工资性收入", "转移性收入"],
        ["1", "2018", "1.5", "0.2"],
        merged=[Merge(1, 1, 2, 3)],
    )
    row = loaded.tables["household"].data.to_pylist()[0]
    assert (row["wage_income"], row["transfer_income"]) == (15_000, 2_000)


@pytest.mark.parametrize("group", ["上年", "上年度情况", "预计收入", "计划"])
def test_columns_under_the_title_of_another_time_are_not_the_fields_that_they_name(group: str) -> None:
    loaded = load(
        ["户编号", "年度", "危房户", "饮水安全", group],
        [None, None, None, None, "人均纯收入"],
        ["1", "2018", "否", "是", "9000"],
    )
    assert not loaded.tables["household"].has("income_per_capita")


def test_the_same_name_under_two_groups_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        load(
            ["户编号", "年度", "甲口径", "乙口径"],
            [None, None, "人均纯收入", "人均纯收入"],
            ["1", "2018", "3000", "4000"],
        )
    assert (refused.value.code, refused.value.facts["letters"]) == ("header-doubled", "C、D")


def test_columns_under_the_titles_of_years_are_not_the_fields_that_they_name() -> None:
    loaded = load(
        ["户编号", "年度", "危房户", "2017年", "2018年"],
        [None, None, None, "人均纯收入", "人均纯收入"],
        ["1", "2018", "否", "3000", "4000"],
    )
    assert not loaded.tables["household"].has("income_per_capita")
    assert loaded.tables["household"].data.num_rows == 1
    assert [place for _, place in problems(loaded, "header-unknown", "header-unknown-near")] == ["表!D2", "表!E2"]


def test_a_group_that_names_no_field_itself_still_speaks_of_another_time() -> None:
    loaded = load(
        ["基本信息", None, None, "上年收入", "保障"],
        ["户编号", "户主姓名", "年度", "人均纯收入", "饮水安全"],
        ["1", "样甲", "2018", "9000", "是"],
        merged=[Merge(1, 1, 0, 2)],
    )
    household = loaded.tables["household"]
    assert (household.has("income_per_capita"), household.data.column("water_safe").to_pylist()) == (False, [True])


def test_a_title_with_a_year_over_the_whole_table_is_a_title() -> None:
    loaded = load(
        ["2018年贫困户名册", None, None, None],
        ["户编号", "年度", "人均纯收入", "饮水安全"],
        ["1", "2018", "9000", "是"],
        merged=[Merge(1, 1, 0, 3)],
    )
    assert loaded.tables["household"].data.column("income_per_capita").to_pylist() == [9000]


def test_the_particulars_of_the_head_or_of_whoever_helps_are_not_the_members() -> None:
    loaded = load(
        ["户编号", "年度", "户主", None, "成员", None, None, "帮扶责任人", None],
        [None, None, "户主姓名", "身份证号", "姓名", "证件号码", "与户主关系", "姓名", "联系电话"],
        ["1", "2018", "样甲", "349900198001010019", "样乙", None, "之子", "样官", "10000000001"],
        merged=[Merge(1, 1, 2, 3), Merge(1, 1, 4, 6), Merge(1, 1, 7, 8), Merge(1, 2, 0, 0), Merge(1, 2, 1, 1)],
    )
    [person], [household] = loaded.tables["person"].data.to_pylist(), loaded.tables["household"].data.to_pylist()
    assert (person["name"], person["id_number"], person.get("phone")) == ("样乙", None, None)
    assert (household["head_name"], household["head_id_number"], household.get("contact_phone")) == (
        "样甲",
        "349900198001010019",
        None,
    )


def test_one_group_over_two_years_is_refused_not_read_as_the_first() -> None:
    with pytest.raises(InputRefused) as refused:
        load(
            ["户编号", "年度", "危房户", "人均纯收入", None],
            [None, None, None, "2017年", "2018年"],
            ["1", "2018", "否", "3000", "4000"],
            merged=[Merge(1, 1, 3, 4)],
        )
    assert (refused.value.code, refused.value.facts["letters"]) == ("header-doubled", "D、E")


def test_a_row_of_units_and_a_row_of_column_numbers_are_part_of_the_header() -> None:
    loaded = load(
        ["户编号", "年度", "家庭人口数", "工资性收入", "转移性收入"],
        [None, None, "（人）", "（万元）", "（元）"],
        ["甲", "乙", "1", "2", "3"],
        ["1", "2018", "4", "1.5", "200"],
    )
    [row] = loaded.tables["household"].data.to_pylist()
    assert (row["wage_income"], row["transfer_income"]) == (15_000, 200)


def test_a_row_of_units_scales_its_columns() -> None:
    loaded = load(["户编号", "年度", "家庭人口数", "工资性收入"], [None, None, "人", "万元"], ["1", "2018", "4", "1.5"])
    assert loaded.tables["household"].data.column("wage_income").to_pylist() == [Decimal(15_000)]
    assert loaded.inputs[0].sheets[0].rows.read == 1


def test_a_row_that_counts_the_columns_is_no_household() -> None:
    loaded = load(
        ["户编号", "年度", "家庭人口数", "工资性收入", "转移性收入"],
        ["甲", "乙", "1", "2", "3"],
        ["1", "2018", "4", "100", "200"],
    )
    assert loaded.tables["household"].data.column("household_id").to_pylist() == ["1"]


def test_a_household_whose_figures_count_up_is_one() -> None:
    loaded = load(
        ["户编号", "年度", "家庭人口数", "工资性收入", "转移性收入"],
        ["7", "2018", "1", "2", "3"],
    )
    assert loaded.tables["household"].data.column("household_id").to_pylist() == ["7"]


# --- units in a note above the table --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note", ["单位：万元", "（单位：人、万元）", "金额单位:万元", "计量单位：人民币万元", "单位： 户、人、万元"]
)
def test_a_note_above_the_table_gives_its_money_a_unit(note: str) -> None:
    loaded = load([None, note], ["户编号", "年度", "家庭人口数", "工资性收入"], ["1", "2018", "4", "1.5"])
    row = loaded.tables["household"].data.to_pylist()[0]
    assert (row["wage_income"], row["household_size"]) == (15_000, 4)


def test_a_header_with_a_unit_of_its_own_does_not_take_the_notes() -> None:
    loaded = load(["单位：万元"], ["户编号", "年度", "工资性收入（元）", "转移性收入"], ["1", "2018", "1500", "0.2"])
    row = loaded.tables["household"].data.to_pylist()[0]
    assert (row["wage_income"], row["transfer_income"]) == (1500, 2000)


@pytest.mark.parametrize("note", ["单位：元、万元", "单位：千元", "单位：亿元", "单位：万"])
def test_a_note_that_leaves_the_unit_open_leaves_its_money_unknown(note: str) -> None:
    loaded = load([note], ["户编号", "年度", "家庭人口数", "工资性收入"], ["1", "2018", "4", "1500"])
    household = loaded.tables["household"]
    assert household.data.column("wage_income").to_pylist() == [None]
    assert household.unreadable["wage_income"].to_pylist() == [True]
    assert household.data.column("household_size").to_pylist() == [4]
    assert problems(loaded, "header-unit-unknown") == [("header-unit-unknown", "表!D2")]


@pytest.mark.parametrize("note", ["填报单位：样村村委会", "单位：元", "单位：样县扶贫办"])
def test_a_note_of_yuan_or_of_whoever_filled_it_in_changes_nothing(note: str) -> None:
    loaded = load([note], ["户编号", "年度", "家庭人口数", "工资性收入"], ["1", "2018", "4", "1500"])
    assert loaded.tables["household"].data.column("wage_income").to_pylist() == [1500]


# --- two columns for one field ----------------------------------------------------------------------------------------------


def test_two_columns_of_other_words_for_one_field_must_agree() -> None:
    loaded = load(
        ["户编号", "年度", "危房户", "是否危房户"],
        ["1", "2018", "是", "是"],
        ["2", "2018", None, "否"],
        ["3", "2018", "是", None],
        ["4", "2018", "是", "否"],
        ["5", "2018", "是", "不详"],
        ["6", "2018", None, None],
    )
    household = loaded.tables["household"]
    assert household.data.column("dangerous_housing").to_pylist() == [True, False, True, None, None, None]
    assert household.unreadable["dangerous_housing"].to_pylist() == [False, False, False, True, True, False]
    assert [str(household.address(at, "dangerous_housing")) for at in range(4)] == ["表!C2", "表!D3", "表!C4", "表!C5"]
    assert [(str(p.where), str(p.other)) for p in loaded.problems if p.code == "sources-disagree"] == [("表!C5", "表!D5")]
    assert problems(loaded, "yes-no-unreadable") == [("yes-no-unreadable", "表!D6")]


def test_two_columns_that_say_who_a_row_is_about_are_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        load(["户编号", "户编码", "年度"], ["1", "1", "2018"])
    assert refused.value.code == "header-doubled"


def test_hidden_rows_are_read_and_told() -> None:
    rows: list[Row] = [["户编号", "年度"], ["1", "2018"], ["2", "2018"], ["3", "2018"]]
    loaded = load_tables([file_of(sheet_of(*rows, hidden_rows=[3, 4, 9]))])
    assert loaded.tables["household"].data.num_rows == 3
    [told] = [problem for problem in loaded.problems if problem.code == "rows-hidden"]
    assert (told.severity, str(told.where), told.facts["count"]) == ("warning", "表!3", "2")
