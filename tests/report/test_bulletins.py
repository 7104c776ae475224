"""JUnit, SARIF and GitHub annotations of checks, comparisons, reconciliations and replays: red exactly where the run ends so."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest
import xmlschema

Run = Callable[..., CompletedProcess[bytes]]
SCHEMAS = Path(__file__).resolve().parents[1] / "verification" / "schemas"
PACK = {
    "pack.yaml": "pack: small\nversion: 7\ntitle: {zh: 例, en: Example}\ndocuments: {plan: {title: 方案, issuer: 县}}\neffective: {from: 2016-01-01}\n",
    "parameters.yaml": "line: {title: {zh: 线, en: Line}, unit: yuan, values: [{from: 2016-01-01, value: 3000, cite: {document: plan, clause: 二, quote: 三千}}]}\n",
    "household-exit.yaml": """
standard: household-exit
title: {zh: 退出, en: Exit}
subject: household
checks:
  income: {title: {zh: 收入, en: Income}, severity: gate, require: income_per_capita > $line, remedy: {zh: 帮, en: Help}, cite: {document: plan, clause: 一, quote: 收}}
  water: {title: {zh: 水, en: Water}, severity: gate, require: water_safe, remedy: {zh: 修, en: Mend}, cite: {document: plan, clause: 一, quote: 水}}
  food: {title: {zh: 粮, en: Food}, severity: warning, require: food_secure, remedy: {zh: 问, en: Ask}, cite: {document: plan, clause: 一, quote: 粮}}
outcomes: {no: {title: {zh: 否, en: No}, meets: false}, fine: {title: {zh: 是, en: Yes}, meets: true}}
decide: [{outcome: no, when: NOT (income AND water)}, {outcome: fine, default: true}]
""",
}
HEADER = "户编号,户主姓名,年度,人均纯收入,饮水安全,不愁吃\n"
FINE = "H1,王五,2018,3500,是,是\n"
#: A warning fails nobody.
WARNED = "H6,王五,2018,3500,是,否\n"
#: Exactly at the line; short twice; open; short and open.
OTHERS = "H2,王五,2018,3000,是,是\nH3,王五,2018,2999,否,是\nH4,王五,2018,3500,,是\nH5,王五,2018,2999,,\n"
#: Rows → the cases that are red, each with who is named in it.
STORIES: Mapping[str, tuple[str, dict[str, set[str]]]] = {
    "all meet": (FINE + WARNED, {}),
    "some do not": (
        FINE + WARNED + OTHERS,
        {"income": {"H2", "H3", "H5"}, "water": {"H3", "H4", "H5"}, "has-verdict": {"H4"}},
    ),
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "small").mkdir()
    for name, text in PACK.items():
        (tmp_path / "small" / name).write_text(text, encoding="utf-8")
    return tmp_path


def red(path: Path) -> dict[str, str]:
    """The cases of a JUnit file that fail, each with what it says."""
    cases = ET.fromstring(path.read_text(encoding="utf-8")).iter("testcase")  # noqa: S314  # our own text
    failing = ((case, case.find("failure")) for case in cases)
    return {(case.get("name") or "").split()[0]: failure.text or "" for case, failure in failing if failure is not None}


def run_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["runs"][0]
    return found


@pytest.mark.parametrize("story", STORIES)
def test_a_case_is_red_for_whom_its_check_stops_or_leaves_open(story: str, office: Path, fupin: Run) -> None:
    rows, expected = STORIES[story]
    (office / "x.csv").write_text(HEADER + rows, encoding="utf-8")
    done = fupin("check-exit", "x.csv", "--rules", "./small", "-o", "a.xml", "-o", "a.sarif", "-o", "a.github", "-o", "a.json")
    keys = {key for one in json.loads((office / "a.json").read_text(encoding="utf-8"))["results"] for key in [one["id"]]}
    found = {case: {key for key in keys if f" {key} " in text} for case, text in red(office / "a.xml").items()}
    assert found == expected
    assert done.returncode == bool(expected)
    errors = [one for one in run_of(office / "a.sarif")["results"] if one["level"] == "error"]
    told = {(one["ruleId"].partition("/")[2], one["properties"]["subject"]) for one in errors}
    assert told == {(case, key) for case, named in expected.items() for key in named}
    lines = (office / "a.github").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("::error ") for line in lines) == len(errors)
    for name in ("a.xml", "a.sarif", "a.github"):
        assert "王五" not in (office / name).read_text(encoding="utf-8")


def test_a_row_that_is_lost_is_red_though_nobody_fails(office: Path, fupin: Run) -> None:
    (office / "x.csv").write_text(HEADER + FINE + "H9,甲,2018,3500,是,是\nH9,乙,2018,3500,是,是\n", encoding="utf-8")
    assert fupin("check-exit", "x.csv", "--rules", "./small", "-o", "a.xml").returncode == 1
    assert red(office / "a.xml") != {}


def test_a_finding_stands_at_its_cell_and_is_known_again(office: Path, fupin: Run) -> None:
    marks = []
    for rows in ("H2,甲,2018,2999,是,是\n", FINE + FINE.replace("H1", "H5") + "H2,甲,2018,2990,是,是\n"):
        (office / "x.csv").write_text(HEADER + rows, encoding="utf-8")
        fupin("check-exit", "x.csv", "--rules", "./small", "-o", "a.sarif")
        (one,) = run_of(office / "a.sarif")["results"]
        (place,) = one["locations"]
        where = place["physicalLocation"]
        marks.append((one["partialFingerprints"]["fupin/v1"], where["region"]["startLine"], place["logicalLocations"][0]["name"]))
        assert where["artifactLocation"]["uri"] == "x.csv"
    (before, *first), (after, *second) = marks
    assert before == after
    assert (first, second) == ([2, "D2"], [4, "D4"])


def test_more_than_github_shows_is_counted(office: Path, fupin: Run) -> None:
    (office / "x.csv").write_text(HEADER + "".join(f"H{n},甲,2018,2999,是,是\n" for n in range(13)), encoding="utf-8")
    lines = fupin("check-exit", "x.csv", "--rules", "./small", "--format", "github").stdout.decode().splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert any(line.startswith("::notice ") and "3" in line for line in lines)


def test_comparisons_and_the_rest_are_red_where_they_end_so_and_keep_the_schemas(office: Path, fupin: Run) -> None:
    (office / "x.csv").write_text(HEADER + FINE + "H2,甲,2018,3200,,是\n", encoding="utf-8")
    (office / "good.csv").write_text("项目,申报数,关系,组成\n甲,5,=,2+3\n", encoding="utf-8")
    (office / "bad.csv").write_text("项目,申报数,关系,组成\n甲,6,=,2+3\n乙,5,=,2+3\n", encoding="utf-8")
    files = ("-o", "a.xml", "-o", "a.sarif")
    rules = ("x.csv", "--rules", "./small")
    junit, sarif = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd"), json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_bytes())
    validator = jsonschema.Draft4Validator(sarif)
    runs: list[tuple[tuple[str, ...], set[str]]] = [
        (("check-exit", *rules, "--manifest", "m.json"), {"water", "has-verdict"}),
        (("what-if", *rules, "--set", "line=3100"), set()),
        (("what-if", *rules, "--set", "line=3300"), {"same-verdict"}),
        (("what-if", *rules, "--sweep", "line=3000:3600:300"), {"same-verdict"}),
        (("what-if", *rules, "--sweep", "line=3000:3100:100"), set()),
        (("reconcile", "good.csv"), set()),
        (("reconcile", "bad.csv"), {"differs"}),
    ]
    for words, expected in runs:
        done = fupin(*words, *files)
        assert {*red(office / "a.xml")} == expected, words
        assert done.returncode == bool(expected), words
        junit.validate(str(office / "a.xml"))
        validator.validate(json.loads((office / "a.sarif").read_text(encoding="utf-8")))
        assert {one["ruleId"].partition("/")[2] for one in run_of(office / "a.sarif")["results"]} == expected
    (office / "x.csv").write_text(HEADER + FINE, encoding="utf-8")
    assert fupin("replay", "m.json", "-o", "b.xml", "-o", "b.sarif", "-o", "b.csv", "-o", "b.md").returncode == 1
    assert {"input", "output", "exit-code"} <= {*red(office / "b.xml")}
    junit.validate(str(office / "b.xml"))
    validator.validate(json.loads((office / "b.sarif").read_text(encoding="utf-8")))
