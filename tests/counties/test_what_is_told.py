"""What the report of counties says of Anhui's law: each figure with its own cell, and nothing that was found is kept back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from county_pack import book, county


def ready(**values: Any) -> dict[str, Any]:
    """A county of the provincial level that may withdraw, but for what is said."""
    usual = {
        "county_level": "省级", "poor_villages": 4, "exited_villages": 4, "income_growth": 10.6, "province_income_growth": 9.7,
        "exited_sampled": 1000, "wrongly_exited": 1, "unregistered_surveyed": 1000, "missed_people": 1, "households_surveyed": 1000,
        "approving_households": 950, "services_met": 19, "services_total": 19, "works_completed_date": "2018-11-20",
        "applied_date": "2018-12-10", "city_consent": "是", "city_reviewed_date": "2018-12-20", "materials_complete": "是",
    }  # fmt: skip
    return county("样甲县", **usual | values)


def step(name: str, day: str) -> dict[str, Any]:
    return {"subject_kind": "县", "subject_id": "样甲县", "year": 2018, "step": name, "step_date": day}


@pytest.fixture
def told(tmp_path: Path, fupin: Any) -> Any:
    def run(*arguments: str, **sheets: Any) -> str:
        path = book(tmp_path / "样甲县.xlsx", **sheets)
        done = fupin("check-county", path, *arguments)
        assert done.returncode in (0, 1), done.stderr.decode()
        return " ".join(done.stdout.decode().split())

    return run


def test_two_figures_from_one_column_have_their_own_cells(told: Any) -> None:
    steps = [step("县申请", "2018-12-10"), step("市初审", "2018-12-01")]
    report = told(county=[ready(applied_date=None, city_reviewed_date=None)], procedure=steps)
    assert "程序表中的县申请日期 2018-12-10（程序!E2）" in report
    assert "程序表中的市初审并报省日期 2018-12-01（程序!E3）" in report


def test_two_rows_that_contradict_each_other_are_both_named(told: Any) -> None:
    steps = [step("国家抽查通过", "2019-05-05"), step("国家抽查未通过", "2019-05-04")]
    report = json.loads(told("--format", "json", "--as-of", "2019-06-30", county=[ready(county_level="国家级")], procedure=steps))
    (problem,) = (one for one in report["problems"] if one["code"] == "sources-disagree")
    assert problem["cell"] == "程序!E2"
    assert "程序!A3" in problem["message"]


@pytest.mark.parametrize("values", [{"works_completed_date": "2018-12-05"}, {"year": 2020}])
def test_of_a_county_that_meets_the_standard_what_decides_nothing_is_told(told: Any, values: dict[str, Any]) -> None:
    days = {"applied_date": "2020-12-10", "city_reviewed_date": "2020-12-20", "works_completed_date": "2020-11-20"}
    report = told(county=[ready(**(days | values if "year" in values else values))])
    expected = "2019年以前退出" if "year" in values else "11月底前完成年度建设任务"
    assert f"样甲县：不影响结论，但不符合：{expected}。" in report


def test_an_objection_is_told_although_no_step_names_it(told: Any) -> None:
    notice = {"notice_start": "2019-03-01", "notice_end": "2019-03-09", "notice_objection": "是"}
    report = told("--as-of", "2019-04-20", county=[ready(**notice)])
    assert "样甲县：不影响结论，但不符合：公示期间没有反映的问题。" in report
    late = told("--as-of", "2019-04-20", county=[ready(**notice, applied_date="2018-12-16")])
    assert "公示期间没有反映的问题：公示有异议 是" in late


def household(number: int, size: int, status: str) -> dict[str, Any]:
    return {"household_id": f"H{number}", "county": "样甲县", "year": 2018, "household_size": size, "poverty_status": status}


@pytest.mark.parametrize(
    ("values", "sheets", "rule"),
    [
        (
            {"county_level": "国家级", "spot_check_passed": "是", "spot_check_date": "2017-05-05"},
            {},
            "国家抽查不早于县申请",
        ),
        (
            {"poor_population": "", "exited_population": 9000},
            {"household": [household(1, 4, "未脱贫"), household(2, 3, "已脱贫")]},
            "算出未脱贫人口的户表列全了",
        ),
    ],
)
def test_a_county_is_not_ready_for_sure_by_figures_that_contradict_others(
    tmp_path: Path, fupin: Any, values: dict[str, Any], sheets: dict[str, Any], rule: str
) -> None:
    path = book(tmp_path / "样甲县.xlsx", county=[ready(**values)], **sheets)
    done = fupin("check-county", path)
    report = " ".join(done.stdout.decode().split())
    assert done.returncode == 1
    assert f"{rule}：1 个县不符" in report
    assert "符合退出标准 → 待核实" in report


def plain(report: str) -> str:
    """A report without the cells of the county's row."""
    return re.sub("（县![A-Z]+2）", "", report)


NATIONAL = {"county_level": "国家级", "spot_check_passed": "是", "spot_check_date": "2019-05-16"}


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        # Without a day of judgement it is the last of the year, when nobody can have checked yet.
        ((), "undetermined"),
        (("--as-of", "2018-12-09"), "undetermined"),
        (("--as-of", "2019-05-15"), "undetermined"),
        (("--as-of", "2019-05-16"), "withdraw"),
    ],
)
def test_a_spot_check_counts_from_its_day_on(told: Any, day: tuple[str, ...], outcome: str) -> None:
    report = json.loads(told("--format", "json", *day, county=[ready(**NATIONAL)]))
    assert report["results"][0]["outcome"] == outcome
    early = [one["cell"] for one in report["problems"] if one["code"] == "said-before-its-day"]
    assert [re.sub("[A-Z]", "", cell) for cell in early] == ([] if outcome == "withdraw" else ["县!2"])


def test_a_day_that_is_still_to_come_is_told_with_the_day_of_judgement(told: Any) -> None:
    report = plain(told("--as-of", "2018-12-12", county=[ready()]))
    assert "市初审日期 2018-12-20，年度 2018，晚于判定日 2018-12-12，还是计划" in report
    assert report.count("还是计划") == 2
    late = told(county=[ready(applied_date="2019-01-03")])
    assert "✗ 当年12月15日前提交退出申请：县申请日期 2019-01-03" in late


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("是", ("said-before-its-day", "error")),
        ("", ("planned-after-judgement", "info")),
        ("否", ("planned-after-judgement", "info")),
    ],
)
def test_a_planned_day_beside_no_answer_is_no_answer_that_came_too_early(told: Any, said: str, problem: tuple[str, str]) -> None:
    sheets = {"county": [ready(city_consent=said)], "procedure": [step("市党委政府同意", "2018-12-28")]}
    report = json.loads(told("--as-of", "2018-12-22", "--format", "json", **sheets))
    assert [(one["code"], one["severity"]) for one in report["problems"]] == [problem]
    assert report["results"][0]["outcome"] == "undetermined"
    assert ("写的是已经办了" in report["problems"][0]["message"]) is (said == "是")


def test_the_villages_that_are_left_are_a_margin(told: Any) -> None:
    assert "已出列村数 1，贫困村数 4，差 3 村" in plain(told(county=[ready(exited_villages=1)]))


FIELDS = ("基本公共教育", "基本劳动就业创业", "基本社会保险", "基本医疗卫生", "基本社会服务", "基本住房保障", "基本公共文化体育")


def indicator(number: int, value: int) -> dict[str, Any]:
    return {
        "county": "样甲县", "year": 2018, "service_field": FIELDS[number % 7], "indicator": f"指标{number}", "county_value": value,
        "province_mean": 95, "direction": "越高越好", "tolerance": 1,
    }  # fmt: skip


def test_of_too_few_indicators_it_is_told_how_many_lack_and_which_field_has_none(told: Any) -> None:
    blank = {"services_met": None, "services_total": None}
    report = told(county=[ready(**blank)], service=[indicator(number, 96) for number in range(17)])
    assert "待核实（可能是符合退出标准、专项整改并专题报告）" in report
    assert "须不低于 19 项，差 2 项" in report
    assert "八个领域都有指标：有残疾人基本公共服务的指标 否（公共服务） 依据" in report


def test_the_indicators_that_are_not_met_are_named_by_their_rows(told: Any) -> None:
    blank = {"services_met": None, "services_total": None}
    rows = [indicator(number, 90 if number in (2, 7) else 96) for number in range(19)]
    report = told(county=[ready(**blank)], service=rows)
    assert "基本公共服务指标项数 19 项，差 2 项" in report
    (cells,) = re.findall("每项指标都达到或接近全省平均 否（(.*?)）", report)
    assert re.findall(r"[0-9]+", cells) == ["4", "9"]


@pytest.mark.parametrize(
    ("province", "words"),
    [
        ("安徽省", "省 安徽省属于“西部以外的省级行政区”"),
        ("川", "省 川不在“西部省级行政区”“西部以外的省级行政区”里"),
        (None, "省没有填，不知道是不是“西部省级行政区”"),
    ],
)
def test_it_is_told_why_a_limit_holds_or_is_open(told: Any, province: str | None, words: str) -> None:
    report = told("--rules", "national-2016", county=[ready(province=province, rural_population=1000, poor_population=25)])
    assert words in plain(report)
    assert ("未达退出标准 1" in report) == (province == "安徽省")
