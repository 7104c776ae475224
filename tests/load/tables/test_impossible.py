"""Parts that are more than their whole."""

from datetime import date

import pytest
from made_sheets import Row, file_of, sheet_of

from fupin_cli.evaluate.run import as_written
from fupin_cli.load.tables.build import load_tables
from fupin_cli.messages import hint, say
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.values import ValueType
from fupin_cli.report.options import Options
from fupin_cli.report.problems import problem_words

PAIRS = [(table, part, whole) for table, record in TABLES.items() for part, whole in record.PARTS]
#: What tells a row of each table that has such pairs.
KEYS = {"county": {"县名称": "样县"}, "village": {"行政村": "样村"}, "survey": {"户编号": "1", "组别": "脱贫户"}}


def load(table: str, **values: str | None) -> Loaded:
    """A sheet with one row, of the fields' labels."""
    columns = {**KEYS[table], **{fields(table)[name].label: value for name, value in values.items()}}
    return load_tables([file_of(sheet_of([*columns], [*columns.values()], name=TABLES[table].SHEETS[0]))])


def told(data: Loaded) -> list[Problem]:
    return [problem for problem in data.problems if problem.code == "part-exceeds-whole"]


def test_the_pairs_are_those_whose_words_say_so() -> None:
    # From the labels: 错退 of those sampled, 漏评 of those asked, 认可 of the households asked, 已出列 of the 贫困村, 达标 of all indicators.
    assert set(PAIRS) == {
        ("county", "poor_population", "rural_population"),
        ("county", "exited_villages", "poor_villages"),
        ("county", "exited_sampled", "exited_population"),
        ("county", "wrongly_exited", "exited_sampled"),
        ("county", "unregistered_surveyed", "unregistered_population"),
        ("county", "missed_people", "unregistered_surveyed"),
        ("county", "approving_households", "households_surveyed"),
        ("county", "services_met", "services_total"),
        ("survey", "wrongly_exited", "household_size"),
        ("survey", "missed_people", "household_size"),
        ("village", "poor_population", "rural_population"),
        ("village", "dibao_population", "rural_population"),
        ("village", "tekun_population", "rural_population"),
        ("village", "disabled_population", "rural_population"),
        ("village", "dibao_households", "households"),
        ("village", "unsafe_water_households", "households"),
        ("village", "dangerous_housing_households", "households"),
    }


@pytest.mark.parametrize(("table", "part", "whole"), PAIRS)
def test_a_pair_is_of_numbers_counted_in_one_unit(table: str, part: str, whole: str) -> None:
    columns = [fields(table)[name] for name in (part, whole)]
    assert [column.type for column in columns] == [ValueType.NUMBER] * 2
    assert len({column.unit for column in columns}) == 1


@pytest.mark.parametrize(("table", "part", "whole"), PAIRS)
def test_one_more_than_the_whole_leaves_both_unknown_with_one_problem_naming_both_cells(
    table: str, part: str, whole: str
) -> None:
    data = load(table, **{whole: "12", part: "13"})
    loaded = data.tables[table]
    assert [loaded.data.column(name).to_pylist() for name in (part, whole)] == [[None], [None]]
    assert [loaded.unreadable[name].to_pylist() for name in (part, whole)] == [[True], [True]]
    (problem,) = told(data)
    assert (problem.severity, problem.table, problem.name, problem.value) == ("error", table, part, "13")
    assert (problem.where, problem.other) == (loaded.address(0, part), loaded.address(0, whole))
    assert dict(problem.facts) == {"whole": "12"}
    assert loaded.disputed[part] == {0: problem.other}
    assert loaded.disputed[whole] == {0: problem.where}


@pytest.mark.parametrize(("table", "part", "whole"), PAIRS)
@pytest.mark.parametrize(("of_part", "of_whole"), [("12", "12"), ("1", "12"), (None, "12"), ("13", None)])
def test_as_many_as_the_whole_and_what_is_blank_is_believed(
    table: str, part: str, whole: str, of_part: str | None, of_whole: str | None
) -> None:
    data = load(table, **{whole: of_whole, part: of_part})
    assert told(data) == []
    found = [data.tables[table].data.column(name).to_pylist() for name in (part, whole)]
    assert found == [[int(text) if text is not None else None] for text in (of_part, of_whole)]


def test_rules_about_the_data_read_what_the_sheet_says() -> None:
    data = load("county", rural_population="100", poor_population="101")
    written = as_written(data.tables["county"])
    assert [written.data.column(name).to_pylist() for name in ("poor_population", "rural_population")] == [[101], [100]]
    assert [written.unreadable[name].to_pylist() for name in ("poor_population", "rural_population")] == [[False], [False]]


def test_a_number_in_two_pairs_is_told_in_both_and_its_first_contradiction_stays() -> None:
    # 抽样脱贫人口 is part of 脱贫人口 and the whole of 错退人口.
    data = load("county", exited_population="100", exited_sampled="120", wrongly_exited="130")
    assert [(str(p.where), str(p.other)) for p in told(data)] == [("县!C2", "县!B2"), ("县!D2", "县!C2")]
    county = data.tables["county"]
    values = [county.data.column(n).to_pylist() for n in ("exited_population", "exited_sampled", "wrongly_exited")]
    assert values == [[None], [None], [None]]
    assert str(county.disputed["exited_sampled"][0]) == "县!B2"


def test_other_rows_and_other_values_of_the_row_stay() -> None:
    rows: list[Row] = [
        ["县名称", "农村户籍人口", "未脱贫人口", "公示开始日期"],
        ["甲县", "100", "1", "2019-01-02"],
        ["乙县", "100", "200", "2019-01-02"],
        ["丙县", "100", "0", None],
    ]
    data = load_tables([file_of(sheet_of(*rows, name="县"))])
    county = data.tables["county"].data
    assert county.column("poor_population").to_pylist() == [1, None, 0]
    assert county.column("rural_population").to_pylist() == [100, None, 100]
    assert county.column("notice_start").to_pylist() == [date(2019, 1, 2), date(2019, 1, 2), None]
    assert [str(p.where) for p in told(data)] == ["县!C3"]
    assert (data.inputs[0].rows.decided, data.inputs[0].rows.quarantined) == (3, 0)


def test_a_whole_of_0_is_told_as_what_nothing_can_be_divided_by_and_is_no_whole() -> None:
    data = load("county", rural_population="0", poor_population="5")
    assert [(p.code, str(p.where)) for p in data.problems] == [("value-zero", "县!B2")]
    assert data.tables["county"].data.column("poor_population").to_pylist() == [5]
    assert data.tables["county"].data.column("rural_population").to_pylist() == [None]


def test_no_village_is_poor_where_there_are_none_so_none_can_have_exited() -> None:
    data = load("county", poor_villages="0", exited_villages="1")
    assert [p.code for p in data.problems] == ["part-exceeds-whole"]


def test_figures_that_stand_in_two_sheets_of_one_county_are_compared() -> None:
    one = sheet_of(["县名称", "省", "农村户籍人口", "未脱贫人口"], ["样县", "样省", "1000", "10"], name="县")
    other = sheet_of(["县名称", "省", "调查户数", "农村居民人均可支配收入增幅"], ["样县", "样省", "100", "9.1"], name="评估")
    third = sheet_of(["县名称", "省", "认可户数", "全省增幅"], ["样县", "样省", "101", "8"], name="认可")
    data = load_tables([file_of(one, other, third)])
    (problem,) = told(data)
    assert (str(problem.where), str(problem.other)) == ("认可!C2", "评估!C2")


def test_a_row_that_stands_twice_is_not_told_once_more() -> None:
    rows: list[Row] = [["县名称", "农村户籍人口", "未脱贫人口"], ["样县", "100", "200"], ["样县", "100", "1"]]
    data = load_tables([file_of(sheet_of(*rows, name="县"))])
    assert [p.code for p in data.problems] == ["subject-doubled"] * 2


def test_the_words_name_both_numbers_and_the_cell_of_the_whole() -> None:
    (problem,) = told(load("county", households_surveyed="100", approving_households="120"))
    text, step = problem_words(problem, Options(lang="zh"), str)
    assert text == "“认可户数”是 120，比包含它的总数 100（县!B2）还多，两个数都按未知处理。"
    assert step
    assert "120" in say(problem.code, "en", label="x", value="120", other="县!B2", whole="100")
    assert hint(problem.code, "en")
