"""``fupin rules test``: what it prints and tells the shell; cases that are inherited; and what it does where there is no solver."""

import importlib.util
import json
import re
import textwrap
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tiny import CASES, STANDARD, write

from fupin_cli.cli.main import main

Capture = pytest.CaptureFixture[str]
#: With these, every condition of the tiny standard has been tried; water is on a line of its own because it decides nothing.
COMPLETE = (
    CASES
    + """\
- {name: 四, year: 2018, given: {household: {food_secure: 是, clothing_secure: 否, water_safe: 否}}, expect: {outcome: bad}}
- {name: 五, year: 2018, given: {household: {food_secure: 是, clothing_secure: ''}}, expect: {outcome: undetermined, missing: [clothing_secure]}}
"""
)


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "z3" else found(name, *more))


def test_a_gap_exits_1_and_names_place_condition_goal_and_a_case(tmp_path: Path, capsys: Capture) -> None:
    assert main(["rules", "test", str(write(tmp_path)), "--coverage", "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    lines = [line.strip() for line in shown.splitlines()]
    assert "15/20 (75 %)" in shown
    place = lines.index("tiny/exit.yaml:8:30  checks.fed.require")
    assert lines[place + 1] == "clothing_secure"
    assert lines[place + 2].startswith("Not yet: ")
    assert "See case 1" in lines[place + 2]
    # Food is tried in every way: it is no line of the gaps.
    assert "tiny/exit.yaml:8:14  checks.fed.require" not in lines
    assert "expect: {outcome: '???'}" in lines
    assert lines[-1] == "In all: 15/20 (75 %)"


def test_complete_coverage_exits_0_and_is_printed_without_gaps(tmp_path: Path, capsys: Capture) -> None:
    assert main(["rules", "test", str(write(tmp_path, cases=COMPLETE)), "--coverage"]) == 0
    shown = capsys.readouterr().out
    assert "合计：20/20（100%）" in shown
    assert "还没有" not in shown


def test_the_cases_alone_are_run_without_the_flag(tmp_path: Path, capsys: Capture) -> None:
    assert main(["rules", "test", str(write(tmp_path)), "--lang", "en"]) == 0
    assert "20" not in capsys.readouterr().out.replace("tiny", "")


def test_a_case_that_does_not_hold_comes_before_any_coverage(tmp_path: Path, capsys: Capture) -> None:
    wrong = CASES.replace("expect: {outcome: bad}", "expect: {outcome: good}")
    assert main(["rules", "test", str(write(tmp_path, cases=wrong)), "--coverage", "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "二" in shown
    assert "In all" not in shown


def test_the_document_for_machines_fits_its_schema_and_says_the_same(tmp_path: Path) -> None:
    target = tmp_path / "coverage.json"
    assert main(["rules", "test", str(write(tmp_path)), "--coverage", "-o", str(target), "--quiet"]) == 1
    told = json.loads(target.read_text(encoding="utf-8"))
    schema = json.loads(files("fupin_cli.report").joinpath("coverage-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(told)
    assert (told["pack"], told["proved"], told["complete"]) == ("tiny", True, False)
    (standard,) = told["standards"]
    assert (standard["tried"], standard["inherited"], standard["done"], standard["wanted"]) == (3, 0, 15, 20)
    gaps = {one["condition"]: one["gaps"] for one in standard["conditions"]}
    assert gaps == {
        "food_secure": [],
        "clothing_secure": ["false", "unknown", "decides_false"],
        "water_safe": ["false", "decides_false"],
        "fed": [],
    }
    closed = {(one["tree"], tuple(one["path"]), one["goal"]) for case in standard["suggestions"] for one in case["closes"]}
    assert closed == {(one["tree"], tuple(one["path"]), goal) for one in standard["conditions"] for goal in one["gaps"]}


def test_markdown_has_the_gaps_and_the_cases(tmp_path: Path, capsys: Capture) -> None:
    assert main(["rules", "test", str(write(tmp_path)), "--coverage", "--format", "markdown", "--lang", "en"]) == 1
    page = capsys.readouterr().out
    assert page.startswith("# tiny v1\n")
    assert "- `tiny/exit.yaml:8:30` checks.fed.require: `clothing_secure` — Not yet: " in page
    assert "```yaml\n# 1: Made from" in page


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--format", "json"], "--format"),
        (["-o", "coverage.json"], "-o"),
        (["--standard", "exit"], "--standard"),
        (["--as-of", "2018-12-31", "--coverage"], "--as-of"),
        (["--set", "line=1", "--coverage"], "--set"),
        (["--standard", "exti", "--coverage"], "exit"),
    ],
)
def test_options_of_a_question_that_is_not_asked_are_refused(
    arguments: list[str], named: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["rules", "test", str(write(tmp_path)), *arguments, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert named in shown.err
    assert not (tmp_path / "coverage.json").exists()


# --- inherited cases ----------------------------------------------------------------------------------------------------


def test_a_standard_inherited_as_it_is_brings_its_cases(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path, cases=COMPLETE)
    below = write(tmp_path, "below", standard="", cases="", extends="tiny")
    assert main(["rules", "test", str(below), "--coverage", "--lang", "en"]) == 0
    assert "exit: 5 cases (5 of them inherited)" in " ".join(capsys.readouterr().out.split())


def test_an_inherited_case_that_fails_below_is_a_failure_below(tmp_path: Path, capsys: Capture) -> None:
    line = "  - {from: 2016-01-01, value: %s, cite: {document: doc, clause: 一, quote: 原文}}\n"
    numbers = "line:\n  title: {zh: 线, en: Line}\n  unit: yuan-person-year\n  values:\n  " + line
    above = write(tmp_path, standard=STANDARD.replace("require: water_safe", "require: income_per_capita > $line"), cases=COMPLETE.replace("water_safe: 是", "income_per_capita: 3000").replace("water_safe: 否", "income_per_capita: 2000"))  # fmt: skip
    (above / "parameters.yaml").write_text(numbers % 2500, encoding="utf-8")
    case = (above / "cases" / "exit.yaml").read_text(encoding="utf-8")
    (above / "cases" / "exit.yaml").write_text(
        case.replace("outcome: good}", "outcome: good, checks: {water: pass}}"), encoding="utf-8"
    )
    below = write(tmp_path, "below", standard="", cases="", extends="tiny")
    (below / "parameters.yaml").write_text(numbers % 3500, encoding="utf-8")
    assert main(["rules", "test", str(above)]) == 0
    capsys.readouterr()
    # The county's line is higher: what the case above says does not hold there.
    assert main(["rules", "test", str(below), "--lang", "en"]) == 1
    assert "一" in capsys.readouterr().out


def test_a_standard_that_is_changed_has_only_its_own_cases(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path, cases=COMPLETE)
    below = write(
        tmp_path, "below", standard=STANDARD.replace("AND clothing_secure", "OR clothing_secure"), cases="", extends="tiny"
    )
    assert main(["rules", "test", str(below), "--coverage", "--lang", "en"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "exit: 0 cases (0 of them inherited)" in shown
    assert "In all: 0/20 (0 %)" in shown


# --- what no data can reach ---------------------------------------------------------------------------------------------

#: Where the second row of the decision list is asked, the first has settled everybody who is not fed: not being fed cannot decide there.
SETTLED = STANDARD.replace(
    "outcome: good, default: true", "outcome: good, when: fed}\n  - {outcome: worse, default: true"
).replace("outcomes:\n", "outcomes:\n  worse: {title: {zh: 更差, en: Worse}, meets: false}\n")


def test_what_is_proved_impossible_counts_and_is_told(tmp_path: Path, capsys: Capture) -> None:
    pack = write(tmp_path, standard=SETTLED, cases=COMPLETE)
    assert main(["rules", "test", str(pack), "--coverage", "--lang", "en"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "proved impossible 1; 25/25 (100 %)" in shown
    assert "z3" not in shown
    assert main(["rules", "test", str(pack), "--coverage", "--format", "json"]) == 0
    (standard,) = json.loads(capsys.readouterr().out)["standards"]
    impossible = {(one["tree"], goal) for one in standard["conditions"] for goal in one["impossible"]}
    assert impossible == {("decide.1.when", "decides_false")}


@pytest.mark.usefixtures("without_solver")
def test_without_the_solver_nothing_counts_as_impossible_and_the_next_step_is_said(tmp_path: Path, capsys: Capture) -> None:
    pack = write(tmp_path, standard=SETTLED, cases=COMPLETE)
    assert main(["rules", "test", str(pack), "--coverage", "--lang", "en"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "proved impossible 0; 24/25 (96 %)" in shown
    assert "Not yet: deciding alone while false" in shown
    assert "of 1 gap(s) some may be out of reach of any data (for 1 no case was found that would do)" in shown
    assert "pip install 'fupin-cli[prove]'" in shown


@pytest.mark.usefixtures("without_solver")
def test_without_the_solver_a_pack_without_gaps_is_complete_and_nothing_is_said_of_it(tmp_path: Path, capsys: Capture) -> None:
    assert main(["rules", "test", str(write(tmp_path, cases=COMPLETE)), "--coverage", "--lang", "en"]) == 0
    assert "z3" not in capsys.readouterr().out


def test_the_readme_shows_what_is_printed_of_the_county_of_its_recipe(tmp_path: Path, capsys: Capture) -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"<!-- file: (my-county-2018/\S+) -->\n```\w+\n(.*?)```", readme, re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["rules", "test", f"{tmp_path}/my-county-2018", "--coverage", "--standard", "household-exit"]) == 1
    printed = capsys.readouterr().out
    [block] = re.findall(r"<!-- coverage -->\n(.*?)<!-- /coverage -->", readme, re.DOTALL)
    place = 0
    for chunk in re.split(r"^ *…\n", textwrap.dedent(block), flags=re.MULTILINE):
        assert chunk in printed[place:]
        place = printed.index(chunk, place) + len(chunk)
