"""check-support and check-archive as a user runs them: verdicts told from the documents and the samples, refusals, exit codes."""

import io
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from fupin_cli.cli.main import main
from fupin_cli.model.job import CHECK_SUPPORT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.report.terminal import print_result
from fupin_cli.tasks import Request

SAMPLES = Path(__file__).parents[2] / "samples"
SUPPORT, DIBAO = (str(SAMPLES / name) for name in ("support.xlsx", "dibao.xlsx"))


@cache
def judged(*, dibao: bool) -> Result:
    return check(CHECK_SUPPORT, Request(files=[SUPPORT], dibao=[DIBAO] if dibao else []))[0]


@cache
def told(*, dibao: bool) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_lines(judged(dibao=dibao), Options())))
    return found


def households(*, dibao: bool) -> dict[str, dict[str, Any]]:
    return {one["id"][-4:]: one for one in told(dibao=dibao)["results"] if one["subject"] == "household"}


def failing(household: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in household["checks"] if one["status"] == "fail" and one["severity"] == "gate"}


#: By the last digits of 户编号: the outcome, and what is not met, as the sheets of samples/support.xlsx have it.
OUTCOMES = {
    "0001": ("delivered", []),
    "0002": ("outstanding", ["industry"]),
    "0003": ("outstanding", ["industry", "employment"]),
    "0004": ("outstanding", ["nursing"]),
    "0006": ("outstanding", ["vocational_aid", "listed"]),
    "0007": ("undetermined", []),
    "0008": ("delivered", []),
}


def test_what_is_due_and_did_not_arrive_is_outstanding() -> None:
    found = households(dibao=True)
    assert {key: (found[key]["outcome"], [*failing(found[key])]) for key in OUTCOMES} == OUTCOMES


def test_the_missing_amount_is_told_in_yuan() -> None:
    found = households(dibao=True)
    margins = {key: {name: one["margin"] for name, one in failing(found[key]).items() if one["margin"]} for key in OUTCOMES}
    assert margins["0002"] == {"industry": {"value": "-0.01", "unit": "yuan"}}
    assert margins["0003"] == {"industry": {"value": "-4000", "unit": "yuan"}}
    # One of grade 1 and one of grade 2 for a year: (100 + 70) × 12 - 1200.
    assert margins["0004"] == {"nursing": {"value": str(1200 - (100 + 70) * 12), "unit": "yuan"}}


def test_without_the_other_roster_nobody_knows_who_is_in_it() -> None:
    household = households(dibao=False)["0005"]
    assert household["outcome"] == "undetermined"
    assert [item["field"] for item in household["missing"]] == ["dibao"]


def test_a_registered_household_that_fits_and_is_in_no_roster_is_found() -> None:
    check_of = failing(households(dibao=True)["0005"])
    assert [*check_of] == ["dibao_for_registered"]
    # The whole roster of the other office says so, and the row of the register says that it draws no 特困 instead.
    assert check_of["dibao_for_registered"]["cells"]["dibao"] == {"input": 1, "cell": "低保"}
    assert check_of["dibao_for_registered"]["cells"]["receives_tekun"]["input"] == 0


def test_households_of_the_other_roster_are_judged_by_who_is_registered() -> None:
    """Under the line and not registered; exactly at the line; in town; of unknown income."""
    found = households(dibao=True)
    assert {key: found[key]["outcome"] for key in ("9001", "9002", "9003", "9004")} == {
        "9001": "outstanding",
        "9002": "delivered",
        "9003": "delivered",
        "9004": "undetermined",
    }
    check_of = failing(found["9001"])
    assert [*check_of] == ["registration_for_dibao"]
    assert check_of["registration_for_dibao"]["cells"]["registered"] == {"input": 0, "cell": "户"}
    assert found["9001"]["where"] == {"input": 1, "cell": "低保!A4"}
    assert [item["field"] for item in found["9004"]["missing"]] == ["income_per_capita"]


def test_a_household_is_met_by_another_members_identity_number() -> None:
    """The other office has the mother of 0004 as head, without a number of the register: nobody is added for her."""
    assert {one["id"] for one in told(dibao=True)["results"]} >= {"349900080004"}
    assert sum(one["subject"] == "household" for one in told(dibao=True)["results"]) == 8 + 4
    (checked,) = [one for one in details("0004") if one["id"] == "living"]
    assert checked["status"] == "pass"


def details(key: str) -> list[dict[str, Any]]:
    found = json.loads("".join(json_lines(judged(dibao=True), Options(all_checks=True))))["results"]
    return next(one["checks"] for one in found if one["id"].endswith(key))


def test_the_procedure_of_the_allowance_stands_beside() -> None:
    found = households(dibao=True)
    assert {key: found[key]["standards"]["dibao-procedure"]["outcome"] for key in ("0001", "0004", "0008")} == {
        "0001": "not_applicable",
        "0004": "violated",
        "0008": "complete",
    }


def test_a_measure_that_no_list_has_is_told_with_the_nearest_name() -> None:
    console = Console(width=200, file=io.StringIO(), highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        print_result(judged(dibao=True), Options(), console)
    assert "清单上没有“产叶奖补”，最接近的是“产业奖补”" in captured.get()


@pytest.mark.parametrize(
    ("roster", "code", "words"),
    [
        ("户编号,年度\n0001,2020\n", 3, ("户编号", "户主证件号码", "support.xlsx", "other.csv")),
        ("户主姓名,年度\n样赵甲,2020\n", 3, ("户编号", "户主证件号码", "support.xlsx", "other.csv")),
        ("行政村,年度,总户数\n样本八村,2020,10\n", 3, ("other.csv",)),
    ],
)
def test_rosters_that_cannot_be_compared_are_refused(
    roster: str, code: int, words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_text(roster, encoding="utf-8")
    assert main(["check-support", SUPPORT, "--dibao", str(other)]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert all(word in err for word in words)


def test_the_same_file_twice_or_as_output_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-support", SUPPORT, "--dibao", SUPPORT]) == 2
    assert main(["check-support", SUPPORT, "--dibao", DIBAO, "-o", DIBAO, "--format", "csv"]) == 2


@pytest.mark.parametrize("pack", ["hundred-days-2017", "chongqing-kaizhou-2017"])
def test_the_measures_of_other_documents_are_asked_for_by_their_packs(pack: str) -> None:
    result, _ = check(CHECK_SUPPORT, Request(files=[SUPPORT], rules=pack))
    assert result.pack.name == pack
    assert [group.main.standard.standard for group in result.groups][:1] == ["household-support"]


def test_the_json_is_as_its_schema_says() -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("result-1.schema.json").read_text("utf-8"))
    jsonschema.validate(told(dibao=True), schema)


def test_archives_that_lack_something_end_with_one_and_complete_ones_with_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    households, papers = tmp_path / "户.csv", tmp_path / "档案.csv"
    # Nothing of what calls for further papers; the six that every household has.
    households.write_text(
        "户编号,年度,建档立卡,脱贫属性,住房鉴定等级,家庭人口数,住院费用,贷款金额,产业帮扶,就业帮扶\n1,2018,是,未脱贫,C,1,0,0,无,无\n",
        encoding="utf-8",
    )
    people = tmp_path / "人.csv"
    people.write_text(
        "户编号,年度,姓名,出生日期,参加养老保险,参加基本医疗保险,公益性岗位\n1,2018,样甲,1950-01-01,否,否,无\n", encoding="utf-8"
    )
    names = ("帮扶连心卡", "《扶贫手册》", "分年度家庭收入测算表", "一户一策", "竣工验收表", "明白册")
    rows = [f"户,1,2018,{name},是,是" for name in names]
    papers.write_text("\n".join(["对象类型,对象编号,年度,材料,应有,是否齐全", *rows]), encoding="utf-8")
    given = ["check-archive", str(households), str(people), str(papers), "--quiet"]
    assert main(given) == 0, capsys.readouterr()
    papers.write_text("\n".join(["对象类型,对象编号,年度,材料,应有,是否齐全", *rows[1:]]), encoding="utf-8")
    assert main(given) == 1
