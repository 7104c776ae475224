"""The report on counties: who comes first, what the matrix holds, what is told of each county, the same in every format."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
from rich.cells import cell_len
from rich.console import Console
from small_counties import county, pack, sheet

from fupin_cli.load.cells.folders import workbooks
from fupin_cli.model.inputs import RowCounts
from fupin_cli.model.job import CHECK_DATA
from fupin_cli.model.run import Result
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.counties.columns import columns
from fupin_cli.report.counties.county import Counties
from fupin_cli.report.counties.csvtext import county_csv
from fupin_cli.report.counties.markdown import county_markdown
from fupin_cli.report.counties.order import by_distance, distances
from fupin_cli.report.counties.terminal import print_counties
from fupin_cli.report.counties.workbook import county_workbook
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request, open_pack

Judge = Callable[..., Result]
#: The pack is read once for all tests of this file.
PACK = cache(open_pack)
#: Tests of data quality have rules of their own; here there are none, which costs nothing.
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_DATA.pack), standards={}))
#: One county of each kind, in no order: what becomes of it is said by its name.
MIXED = [
    county("拒", poor_population=201),
    county("超一", wrongly_exited=30, income_growth="9.5"),
    county("缺人口", rural_population=""),
    county("退", works_completed_date=""),
    county("缺抽查", county_level="国家级"),
    county("晚", applied_date="2018-12-16"),
    county("待抽查", county_level="国家级", spot_check_passed="否"),
    county("超二", wrongly_exited=21),
    county("超三", wrongly_exited=22),
]
#: By the decision list: 退 meets; 缺抽查 is between 退 and 待抽查; 缺人口 may be anything from 退 to 拒, the middle of which lies before
#: 专项整改; of those 超二 is over by least, and 超一 fails two gates; 晚; 拒.
ORDER = ["退", "缺抽查", "待抽查", "缺人口", "超二", "超三", "超一", "晚", "拒"]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Judges county rows by the small pack, the same rows once."""
    folder = tmp_path_factory.mktemp("counties")
    rules, known = pack(folder), dict[str, Result]()

    def judge(*rows: dict[str, Any], **request: Any) -> Result:
        key = repr((rows, request))
        if key not in known:
            path = sheet(folder / f"{len(known)}.csv", rows)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipelines.batch.book.open_quality", NO_RULES)
                asked = Request([path], rules=rules, **request)
                known[key] = check_counties(asked, workbooks([path]), Manner(jobs=1))[0]
        return known[key]

    return judge


def printed(result: Result, *, width: int = 100, **options: Any) -> str:
    stream = io.StringIO()
    print_counties(result, Options(**options), Console(file=stream, width=width, highlight=False, emoji=False, markup=False))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def table(result: Result, **options: Any) -> list[dict[str, str]]:
    text = "".join(county_csv(result, Options(**options)))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def book(result: Result, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(county_workbook(result, Options(**options))))


def names(result: Result, indices: list[int]) -> list[str]:
    found = result.groups[0].main.subject.data.column("county").to_pylist()
    return [found[index] for index in indices]


def block(text: str, name: str) -> str:
    """What is told of one county below the matrix."""
    return re.search(rf"^{name}  样省.*?(?=\n\n)", text, re.MULTILINE | re.DOTALL).group()  # type: ignore[union-attr]


# --- the order ----------------------------------------------------------------------------------------------------------


def test_the_nearest_to_readiness_comes_first(judged: Judge) -> None:
    result = judged(*MIXED)
    assert names(result, by_distance(result.groups[0])) == ORDER


def test_the_order_does_not_depend_on_the_order_of_the_rows(judged: Judge) -> None:
    result = judged(*MIXED[::-1])
    assert names(result, by_distance(result.groups[0])) == ORDER


def test_an_open_outcome_stands_in_the_middle_between_its_best_and_its_worst(judged: Judge) -> None:
    result = judged(*MIXED)
    main = result.groups[0].main
    found = dict(zip(main.subject.data.column("county").to_pylist(), distances(main), strict=True))
    # Rows to the end of the list of five; 缺抽查 between 0 and 2, 缺人口 between 0 and 5.
    assert found == {"退": 0, "缺抽查": 1, "待抽查": 2, "缺人口": 2.5, "超一": 3, "超二": 3, "超三": 3, "晚": 4, "拒": 5}


def test_counties_of_one_name_stand_by_province_and_year(judged: Judge) -> None:
    rows = [county("同", province=province, year=year) for province, year in itertools.product(("乙省", "丙省"), (2019, 2018))]
    result = judged(*rows)
    assert [(row["省"], row["年度"]) for row in table(result)] == [
        ("丙省", "2018"), ("丙省", "2019"), ("乙省", "2018"), ("乙省", "2019"),
    ]  # fmt: skip


def test_every_format_has_one_order(judged: Judge) -> None:
    result = judged(*MIXED)
    assert [row["县"] for row in table(result)] == ORDER
    assert [row[1].value for row in book(result)["县与门槛"].iter_rows(min_row=2)] == ORDER
    assert (
        re.findall(r"^\| (\S+) \| 2018 \| \S+ \| \S* ?\| [✓✗?–]", "".join(county_markdown(result, Options())), re.MULTILINE)
        == ORDER
    )
    matrix = printed(result).split("\n县 ")[1].split("\n\n")[0]
    assert [line.split()[0] for line in matrix.splitlines()[1:]] == ORDER


# --- the matrix ---------------------------------------------------------------------------------------------------------


def test_the_matrix_marks_each_gate_of_each_county(judged: Judge) -> None:
    text = printed(judged(*MIXED))
    assert "1  发生率不超过2%       1       1\n2  按时申请             1       0\n" in text
    matrix = {line.split()[0]: line.split()[2:7] for line in text.split("\n县 ")[1].split("\n\n")[0].splitlines()[1:]}
    assert matrix["退"] == ["✓", "✓", "✓", "✓", "–"]
    assert matrix["缺人口"] == ["?", "✓", "✓", "✓", "–"]
    assert matrix["待抽查"] == ["✓", "✓", "✓", "✓", "✗"]
    assert matrix["超一"] == ["✓", "✓", "✗", "✗", "–"]
    assert matrix["拒"] == ["✗", "✓", "✓", "✓", "–"]


def test_gates_that_everybody_passes_are_counted_and_not_shown(judged: Judge) -> None:
    text = printed(judged(county("甲"), county("乙", poor_population=201)))
    assert "1  发生率不超过2%       1       0\n另有 4 项门槛没有一个县不达标或待核实。" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int, lang: Any, judged: Judge) -> None:
    rows = [*MIXED, county("名称很长很长的土家族苗族自治县", province="另一省", county_level="国家级")]
    text = printed(judged(*rows), width=width, lang=lang)
    assert max(map(cell_len, text.splitlines())) <= width
    # Nothing is lost by folding: a name that is broken into two lines is there in both parts.
    assert all(row["county"] in text for row in MIXED)


def test_on_a_narrow_terminal_gates_stand_in_several_tables_of_all_counties(judged: Judge) -> None:
    result = judged(*MIXED)
    counties = Counties.of(result, Options())[0]
    wide, narrow = printed(result, width=100), printed(result, width=40)
    assert "县      结论      1  2  3  4  5  日程" in wide
    tables = re.findall(r"^县 +(.*)\n((?:.+\n)+)", narrow, re.MULTILINE)
    heads = [head.split() for head, _ in tables]
    assert [number for head in heads for number in head if number.isdigit()] == [
        str(n + 1) for n in range(len(counties.open_gates))
    ]
    assert heads[-1] == ["日程"]
    assert all([line.split()[0] for line in lines.splitlines() if line[0] != " "] == ORDER for _, lines in tables)


def test_of_a_county_that_the_standard_is_not_for_nothing_is_said(judged: Judge) -> None:
    result = judged(county("退"), county("早", year=2016, poor_population=9000))
    assert [(row["县"], row["结论"], row["发生率不超过2%"]) for row in table(result)] == [
        ("退", "退出", "达标"),
        ("早", "不适用", "不适用"),
    ]
    assert book(result)["差距"].max_row == 1
    assert "✗" not in "".join(county_markdown(result, Options())) + printed(result)


def test_provinces_and_years_are_columns_where_there_are_several(judged: Judge) -> None:
    assert "\n省    县  年度  结论" in printed(judged(county("甲"), county("乙", province="二省", year=2019)))
    assert "\n县  结论" in printed(judged(county("甲"), county("乙")))


def test_of_many_files_only_the_doubtful_are_named(judged: Judge) -> None:
    result = judged(*MIXED)
    (one,) = result.inputs
    many = [replace(one, path=f"县{number}.csv") for number in range(12)]
    text = printed(replace(result, inputs=many))
    assert "输入 12 个文件：读取 108 行 = 判定 108 + 隔离 0 + 跳过 0" in text
    assert "县11.csv" not in text.partition("\n\n")[0]
    lost = replace(one.sheets[0], rows=RowCounts(9, 7, 2, 0))
    doubtful = printed(replace(result, inputs=[*many[:11], replace(one, path="丢行.csv", sheets=[lost])]), width=200)
    assert "其中 1 个文件有隔离的行或错误，列出 1 个\n  输入 丢行.csv" in doubtful
    assert "县11.csv · sha256" in printed(replace(result, inputs=many), all_checks=True)


@pytest.mark.parametrize(("limit", "shown"), [(2, 2), (0, 4), (50, 4)])
def test_the_limit_is_said_with_what_is_left_out(limit: int, shown: int, judged: Judge) -> None:
    text = printed(judged(*(county(f"县{n}", poor_population=201) for n in range(4))), limit=limit)
    assert len(re.findall(r"^县\d  不予退出", text, re.MULTILINE)) == shown
    assert len(re.findall(r"^县\d  样省", text, re.MULTILINE)) == shown
    assert text.count("另有 2 个县没有列出；--limit 0 全部列出") == (2 if limit == 2 else 0)


def test_where_no_county_is_judged_that_is_said(judged: Judge) -> None:
    text = printed(judged(county("甲"), county("甲")))
    assert "没有一县得到结论" in text
    assert "共 0 个县" in text


def test_where_all_meet_nothing_is_listed_below_the_matrix(judged: Judge) -> None:
    text = printed(judged(county("甲")))
    assert "全部符合" in text
    assert "甲   退出  " in text or "甲  退出  " in text


# --- a county -----------------------------------------------------------------------------------------------------------


def test_a_gate_shows_figures_fraction_margin_cells_clause_and_remedy(judged: Judge) -> None:
    found = block(printed(judged(*MIXED), width=200), "拒")
    # 201 of 10000 is 2.01 %, which is over 2 % by a hundredth of a percentage point.
    assert (
        "✗ 发生率不超过2%：未脱贫人口 201（F2），农村户籍人口 10000（E2），即 2.01%（201/10000），上限 2 %，差 0.01 个百分点"
        in found
    )
    assert "依据 [doc] 一“原文” 建议：办" in found
    assert "先减贫" in found
    assert "贫困发生率：201/10000 = 2.01%（全数，没有抽样误差），分母是农村户籍人口 10000" in found


def test_equal_growth_is_not_more_and_that_is_said(judged: Judge) -> None:
    assert "增幅高于全省：农村居民人均可支配收入增幅 9.5（J3），全省增幅 9.5（K3），恰好等于标准" in printed(
        judged(*MIXED), width=200
    )


def test_a_difference_in_percent_is_told_in_percentage_points(judged: Judge) -> None:
    text = printed(judged(county("甲", income_growth="8.25")), width=200)
    assert "差 1.25 个百分点" in text


def test_a_margin_is_never_overstated(judged: Judge) -> None:
    """2.001 % is over by more than nothing, and 1.999 % below by less than 0.01."""
    over = printed(judged(county("甲", rural_population=100_000, poor_population=2001)), width=200)
    assert "即 2.001%（2001/100000），上限 2 %，差 0.01 个百分点（1 人）" in over
    below = table(judged(county("甲", rural_population=100_000, poor_population=1999)))[0]
    assert below["发生率不超过2%：数值"].endswith("余不足 0.01 个百分点（1 人）")
    exactly = table(judged(county("甲", rural_population=100_000, poor_population=2000)))[0]
    assert exactly["发生率不超过2%：数值"].endswith("恰好等于标准")
    assert exactly["发生率不超过2%"] == "达标"


def test_the_difference_of_two_products_is_no_number_of_people(judged: Judge) -> None:
    """21 wrong of 1000 where 20 are allowed: the check compares 2100 with 2000."""
    found = block(printed(judged(*MIXED), width=200), "超二")
    assert "错退人口 21（I9），抽样脱贫人口 1000（H9），即 2.1%（21/1000），上限 2 %，差 0.1 个百分点\n" in found


def test_what_is_unknown_says_what_would_settle_it(judged: Judge) -> None:
    found = block(printed(judged(*MIXED), width=200), "缺人口")
    assert "待核实（可能是不予退出、退出）" in found
    assert "补齐或核实即可判定：农村户籍人口（E4 空白）" in found
    assert "没有率" in found


def test_a_rate_says_whether_the_sample_settles_it(judged: Judge) -> None:
    text = printed(judged(*MIXED), width=200)
    assert "错退率：21/1000 = 2.1%，95% 区间 1.30% 至 3.20%；样本不足以断定，结论按率本身" in block(text, "超二")
    assert "；样本足以断定未达标" in block(text, "超一")
    assert "；样本足以断定达标" in block(text, "拒")


def test_a_county_that_meets_by_a_sample_too_small_is_named(judged: Judge) -> None:
    assert "甲：按样本达标，但样本不足以断定错退率" in printed(judged(county("甲", wrongly_exited=19)))
    assert "不足以断定" not in printed(judged(county("甲")))


def test_a_composite_is_shown_with_its_parts(judged: Judge) -> None:
    # 201 poor, and 5 of 1000 times 2000 who exited: 211 of 10000.
    assert "综合率：(201 + 2000×5/1000) / 10000 = 2.11%" in block(printed(judged(*MIXED), width=200), "拒")


def test_the_calendar_tells_what_presses_most(judged: Judge) -> None:
    rows = [
        county("未动", applied_date="", city_reviewed_date=""),
        county("已申请", city_reviewed_date=""),
        county("颠倒", city_reviewed_date="2018-12-01"),
        county("期外", city_reviewed_date="2019-01-05"),
        county("办完"),
    ]
    days = ["2018-10-01", "2018-12-12", "2018-12-16", "2019-01-10"]
    told = {day: {row["县"]: row["日程进度"] for row in table(judged(*rows, as_of=date.fromisoformat(day)))} for day in days}
    assert told["2018-10-01"]["未动"] == "未到期：县申请等 2 步"
    assert told["2018-12-12"]["未动"] == "该办：县申请、市初审"
    assert told["2018-12-16"]["未动"] == "逾期：县申请；该办：市初审"
    assert told["2019-01-10"]["未动"] == "逾期：县申请、市初审"
    # What is dated after the day of judgement is not done yet.
    assert told["2018-12-12"]["办完"] == "已办到 县申请 2018-12-10；该办：市初审（计划 2018-12-20）"
    assert told["2019-01-10"]["办完"] == "已办到 市初审 2018-12-20"
    assert told["2019-01-10"]["颠倒"] == "已办到 县申请 2018-12-10；次序颠倒：市初审 2018-12-01"
    assert told["2019-01-10"]["期外"] == "已办到 市初审 2019-01-05；不在规定期间办：市初审 2019-01-05"


def test_a_broken_calendar_names_its_clause(judged: Judge) -> None:
    late = printed(judged(county("甲", poor_population=201, city_reviewed_date=""), as_of=date(2019, 1, 10)), width=200)
    assert "日程：逾期；已办到 县申请 2018-12-10；逾期：市初审\n      依据 [doc] 一“原文” 建议：办\n" in late
    waiting = printed(judged(county("甲", poor_population=201, city_reviewed_date=""), as_of=date(2018, 12, 20)), width=200)
    assert "该办：市初审\n    贫困发生率" in waiting


def test_with_all_details_every_step_stands_there_with_its_cell(judged: Judge) -> None:
    found = block(printed(judged(*MIXED), width=200, all_checks=True), "晚")
    assert "✓ 县申请：已办 2018-12-16，不在规定期间（L7）" in found
    assert "✓ 市初审：已办 2018-12-20（M7）" in found
    assert "✓ 发生率不超过2%" in found


@pytest.mark.parametrize(
    ("only", "meant"), [("pass", {"退"}), ("unknown", {"缺抽查", "缺人口"}), ("fail", {*ORDER} - {"退", "缺抽查", "缺人口"})]
)
def test_only_means_the_same_in_every_format(only: Any, meant: set[str], judged: Judge) -> None:
    result = judged(*MIXED)
    text = printed(result, only=only)
    assert {row["县"] for row in table(result, only=only)} == meant
    assert {row[1].value for row in book(result, only=only)["县与门槛"].iter_rows(min_row=2)} == meant
    assert {*re.findall(r"^(\S+)  样省", text, re.MULTILINE)} == meant
    assert {*re.findall(r"^\| (\S+) \| 2018 ", "".join(county_markdown(result, Options(only=only))), re.MULTILINE)} == meant


# --- spreadsheets -------------------------------------------------------------------------------------------------------


def test_the_table_has_status_figures_margin_and_rates_to_filter_by(judged: Judge) -> None:
    row = {row["县"]: row for row in table(judged(*MIXED))}["超二"]
    assert (row["结论"], row["下一步"], row["错退率不超过2%"]) == ("专项整改", "专项整改并报告", "不达标")
    assert (row["错退率不超过2%：余量（百分点）"], row["错退率（%）"], row["错退率：区间下端（%）"], row["错退率：区间上端（%）"]) == (
        "-0.1", "2.1", "1.3", "3.2",
    )  # fmt: skip
    assert row["错退率：样本结论"] == "样本不足以断定，结论按率本身"
    assert row["错退率：分子/分母"] == "错退人口 21 / 抽样脱贫人口 1000"
    assert row["抽查通过"] == "不适用"
    assert row["抽查通过：数值"] == ""
    assert re.fullmatch("[0-9a-f]{64}", row["规则包sha256"])
    assert re.fullmatch("[0-9a-f]{64}", row["输入sha256"])


def test_every_row_is_as_long_as_the_heading(judged: Judge) -> None:
    lines = [*csv.reader(io.StringIO("".join(county_csv(judged(*MIXED), Options()))))]
    assert len({len(line) for line in lines}) == 1


LIVE = ["=1+1", "+1", "-1", "@a"]


def test_no_name_becomes_a_formula(judged: Judge) -> None:
    result = judged(*(county(name, province=name, poor_population=201) for name in LIVE))
    assert {row["县"] for row in table(result)} == {f"'{name}" for name in LIVE}
    cells = [cell for page in book(result) for line in page.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    shown = [cell for cell in cells if cell.value in LIVE]
    assert {cell.value for cell in shown} == {*LIVE}
    # Text also after somebody has edited the cell.
    assert {cell.number_format for cell in shown} == {"@"}


def test_the_workbook_can_be_filtered_and_says_what_its_colours_say(judged: Judge) -> None:
    found = book(judged(*MIXED))
    assert found.sheetnames == ["县与门槛", "差距", "运行信息", "输入文件", "数据问题"]
    page = found["县与门槛"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == page.dimensions
    words = {rule.formula[0].strip('"') for rules in page.conditional_formatting for rule in rules.rules}
    assert words == {"达标", "不达标", "待核实", "不适用"}
    coloured = {column.heading for column in columns(Counties.of(judged(*MIXED), Options())[0]) if column.kind == "status"}
    assert {"发生率不超过2%", "抽查通过", "建设完成"} <= coloured
    head = [cell.value for cell in page[1]]
    statuses = {line[head.index(name)].value for name in coloured for line in page.iter_rows(min_row=2)}
    assert statuses <= words


def test_a_column_is_wide_enough_for_chinese(judged: Judge) -> None:
    page = book(judged(*MIXED, county("名称很长很长的土家族苗族自治县")))["县与门槛"]
    assert page.column_dimensions["B"].width >= cell_len("名称很长很长的土家族苗族自治县") - 2
    assert all(5 <= one.width <= 60 for one in page.column_dimensions.values())


def test_gaps_name_county_clause_values_threshold_margin_cells_and_remedy(judged: Judge) -> None:
    page = book(judged(*MIXED))["差距"]
    heading, *lines = [[cell.value for cell in line] for line in page.iter_rows()]
    found = [dict(zip(heading, line, strict=True)) for line in lines]
    told = [(one["县"], one["检查项"], one["结果"]) for one in found]
    # The finding of 退 decides nothing and is unknown, so that it is no gap.
    assert told == [
        ("缺抽查", "抽查通过", "待核实"), ("待抽查", "抽查通过", "不达标"), ("缺人口", "发生率不超过2%", "待核实"), ("超二", "错退率不超过2%", "不达标"),
        ("超三", "错退率不超过2%", "不达标"), ("超一", "错退率不超过2%", "不达标"), ("超一", "增幅高于全省", "不达标"), ("晚", "按时申请", "不达标"),
        ("拒", "发生率不超过2%", "不达标"),
    ]  # fmt: skip
    one = found[3]
    assert (one["条款"], one["原文"], one["标准"], one["余量"], one["位置"], one["建议"]) == (
        "[doc] 一", "原文", "上限 2 %", "差 0.1 个百分点", "I9、H9", "办",
    )  # fmt: skip


def test_the_workbook_is_the_same_every_time(judged: Judge) -> None:
    first, second = (county_workbook(judged(*MIXED), Options()) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_the_run_is_told_with_pack_numbers_and_inputs(judged: Judge) -> None:
    found = book(judged(*MIXED, assumptions={"county_level": "省级"}))
    facts = [(line[0].value, line[1].value) for line in found["运行信息"].iter_rows(min_row=2)]
    assert ("规则包", "small-counties v1 小县") in facts
    assert ("参数", "上限：2016年起 2 %") in facts
    assert any(name == "假设" for name, _ in facts)
    assert [line[5].value for line in found["输入文件"].iter_rows(min_row=2)] == [0]


# --- what must not get out ----------------------------------------------------------------------------------------------

NUMBER = "349900197001010014"


def test_a_number_that_looks_personal_is_masked_everywhere(judged: Judge) -> None:
    result = judged(county(f"甲{NUMBER}", province=NUMBER, poor_population=201))
    texts = [printed(result), "".join(county_csv(result, Options())), "".join(county_markdown(result, Options()))]
    texts += [str(cell.value) for page in book(result) for line in page.iter_rows() for cell in line]
    assert not [text for text in texts if NUMBER in text]
    assert "3499****" in texts[0]
    assert NUMBER in "".join(county_csv(result, Options(mask=False)))


def test_no_name_becomes_markup(judged: Judge) -> None:
    text = "".join(county_markdown(judged(county("a|b*c<b>\n# d", poor_population=201)), Options()))
    assert "a\\|b\\*c\\<b\\>" in text
    assert not re.search(r"^# d", text, re.MULTILINE)


def test_every_format_speaks_english(judged: Judge) -> None:
    result = judged(*MIXED)
    data = {*"".join(ORDER), *"样省一原文某办法是否国家级"}
    for text in (printed(result, lang="en"), "".join(county_markdown(result, Options(lang="en")))):
        assert {one for one in text if "\u4e00" <= one <= "\u9fff"} <= data
    heading = next(csv.reader(io.StringIO("".join(county_csv(result, Options(lang="en"))))))
    assert not re.search("[\u4e00-\u9fff]", "".join(heading))
