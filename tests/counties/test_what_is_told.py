"""What the report of counties says of Anhui's law: each figure with its own cell, and nothing that was found is kept back."""

import json
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
    report = json.loads(told("--format", "json", county=[ready(county_level="国家级")], procedure=steps))
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
