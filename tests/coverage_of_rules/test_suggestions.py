"""A suggested case closes its gap: a person writes what it comes to, adds it, and asks again."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from tiny import CASES, STANDARD, write

from fupin_cli.cli.main import main

Capture = pytest.CaptureFixture[str]


def asked(pack: Path, capsys: Capture) -> tuple[int, dict[str, object]]:
    code = main(["rules", "test", str(pack), "--coverage", "--format", "json"])
    (standard,) = json.loads(capsys.readouterr().out)["standards"]
    return code, standard


def decided(household: Mapping[str, str]) -> str:
    """What a person reads in the tiny standard: both have to be there."""
    both = {name: household.get(name) for name in ("food_secure", "clothing_secure")}
    if "否" in both.values():
        return "{outcome: bad}"
    open_ = [name for name, text in both.items() if text != "是"]
    return f"{{outcome: undetermined, missing: [{', '.join(open_)}]}}" if open_ else "{outcome: good}"


def filled_in(suggestion: Mapping[str, str], number: int) -> str:
    """The case as a person leaves it."""
    text = suggestion["yaml"]
    assert text.count("???") == 2, "its name, and what it comes to"
    (case,) = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # texts only
    return text.replace("{outcome: '???'}", decided(case["given"]["household"])).replace("'???'", f"新{number}")


def test_suggested_cases_close_every_gap_once_a_person_has_decided_them(tmp_path: Path, capsys: Capture) -> None:
    pack = write(tmp_path)
    code, before = asked(pack, capsys)
    assert code == 1
    added = "".join(filled_in(one, number) for number, one in enumerate(before["suggestions"]))  # type: ignore[arg-type, var-annotated]
    (pack / "cases" / "exit.yaml").write_text(CASES + added, encoding="utf-8")
    code, after = asked(pack, capsys)
    assert (code, after["done"], after["wanted"], after["suggestions"]) == (0, 20, 20, [])


def test_a_case_as_it_is_suggested_is_no_case_before_somebody_has_decided_it(tmp_path: Path, capsys: Capture) -> None:
    pack = write(tmp_path)
    _, before = asked(pack, capsys)
    (pack / "cases" / "exit.yaml").write_text(CASES + before["suggestions"][0]["yaml"], encoding="utf-8")  # type: ignore[index]
    assert main(["rules", "test", str(pack), "--lang", "en"]) == 3
    assert "tiny/cases/exit.yaml:4:10 Here is still ???" in capsys.readouterr().err


LINE = STANDARD.replace("require: food_secure AND clothing_secure", "require: income_per_capita > 2995")
LINE_CASES = """\
- {name: 高, year: 2018, given: {household: {income_per_capita: 9000, water_safe: 是}}, expect: {outcome: good}}
- {name: 水, year: 2018, given: {household: {income_per_capita: 9000, water_safe: 否}}, expect: {outcome: good}}
- {name: 空白, year: 2018, given: {household: {income_per_capita: 9000, water_safe: ''}}, expect: {outcome: good}}
"""


def test_a_number_is_tried_around_its_threshold(tmp_path: Path, capsys: Capture) -> None:
    code, told = asked(write(tmp_path, standard=LINE, cases=LINE_CASES), capsys)
    assert code == 1
    made = " ".join(one["yaml"] for one in told["suggestions"])  # type: ignore[attr-defined]
    lowest = [float(number) for number in re.findall(r"income_per_capita: ([\d.]+)", made)]
    # Not over the line, and as near to it as the field can say.
    assert any(2994.98 < number <= 2995 for number in lowest)
    assert {tuple(place.values())[2] for one in told["suggestions"] for place in one["closes"]} == {"false", "unknown", "decides_false"}  # type: ignore[attr-defined]  # fmt: skip


ROWS = STANDARD.replace(
    "checks:\n",
    "facts:\n  insured: {title: {zh: 参保, en: Insured}, over: person, by: household, all: basic_medical}\nchecks:\n",
    1,
).replace("require: food_secure AND clothing_secure", "require: insured")
ROW_CASES = """\
- {name: 户, year: 2018, given: {household: {household_size: 1, water_safe: 是}, person: {basic_medical: 是}}, expect: {outcome: good}}
"""


def test_rows_of_members_are_changed_too(tmp_path: Path, capsys: Capture) -> None:
    _, told = asked(write(tmp_path, standard=ROWS, cases=ROW_CASES), capsys)
    closed = {(place["tree"], place["goal"]) for one in told["suggestions"] for place in one["closes"]}  # type: ignore[attr-defined]
    assert {("facts.insured.all", goal) for goal in ("false", "unknown", "decides_false")} <= closed
    assert {("checks.fed.require", goal) for goal in ("false", "unknown", "decides_false")} <= closed
