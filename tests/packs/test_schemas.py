"""The JSON Schemas that editors use: they take every file that we ship, and refuse what our reader refuses."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from fupin_cli.cli.main import main
from fupin_cli.messages.schemas import MESSAGES
from fupin_cli.rules.schemas import KINDS, schema_of

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"
FILES = sorted(path for path in RULES.glob("*/**/*.yaml"))
HEAD = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever there is
    """YAML 1.2 with its core schema, as editors read it: ``no`` and 2018-01-01 are texts, true and 3200 are not."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def as_editors_do(text: str) -> Any:
    return yaml.load(text, Core)  # noqa: S506  # a SafeLoader with fewer types


def as_we_do(text: str) -> Any:
    return yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  # texts only


def validator(kind: str) -> Draft202012Validator:
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


CHECKS = {kind: validator(kind) for kind in KINDS}


def kind_of(path: Path) -> str:
    return "cases" if path.parent.name == "cases" else path.stem if path.stem in ("pack", "parameters") else "standard"


def refused(kind: str, text: str) -> list[str]:
    """Where the schema finds fault with a file, read as editors do; what our reader would see is found at fault as well."""
    found, ours = ([error.json_path for error in CHECKS[kind].iter_errors(read(text))] for read in (as_editors_do, as_we_do))
    assert bool(found) == bool(ours)
    return found


def test_every_file_that_we_ship_fits_its_schema() -> None:
    assert len(FILES) > 80
    for path in FILES:
        data = as_editors_do(path.read_text(encoding="utf-8"))
        errors = [(error.json_path, error.message) for error in CHECKS[kind_of(path)].iter_errors(data)]
        assert not errors, (path, errors[:3])


def test_every_file_points_to_the_schema_of_its_kind() -> None:
    for path in FILES:
        head = HEAD.match(path.read_text(encoding="utf-8"))
        assert head is not None, path
        assert (path.parent / head[1]).resolve() == RULES / "schemas" / f"{kind_of(path)}.schema.json", path


def test_the_shipped_schemas_are_those_that_the_command_prints(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert {path.name for path in (RULES / "schemas").iterdir()} == {f"{kind}.schema.json" for kind in KINDS}
    for kind in KINDS:
        assert main(["rules", "schema", kind]) == 0
        printed = capsysbinary.readouterr().out
        assert printed == (RULES / "schemas" / f"{kind}.schema.json").read_bytes(), "make packs writes it again"


PACK = """
pack: somewhere-2018
version: 1
title: {zh: 某县, en: Somewhere}
documents: {plan: {title: 方案, issuer: 某县, issued: 2018-03-01}}
effective: {from: 2018-01-01}
"""
PARAMETERS = """
line:
  title: {zh: 标准, en: Line}
  unit: yuan
  values:
    - {from: 2018-01-01, value: 3200, cite: {document: plan, clause: 一, quote: 超过3200元}}
"""
STANDARD = """
standard: household-exit
title: {zh: 退出, en: Exit}
subject: household
facts:
  steps: {title: {zh: 步骤, en: Steps}, over: procedure, by: household, on: {household: household_id, procedure: subject_id}, max: step_date, fills: review_date}
  income: {title: {zh: 收入, en: Income}, value: wage_income, per: household_size, fills: income_per_capita}
checks:
  food:
    title: {zh: 吃, en: Food}
    severity: gate
    require: food_secure
    remedy: {zh: 帮, en: Help}
    cite: {document: plan, clause: 一, quote: 不愁吃}
outcomes:
  no: {title: {zh: 不符合, en: No}, meets: false}
  fine: {title: {zh: 符合, en: Yes}, meets: true}
decide:
  - {outcome: no, when: NOT food}
  - {outcome: fine, default: true}
properties:
  food_never_harms: {title: {zh: 不变坏, en: Never}, raise: [food_secure], keeps: fine}
"""
CASES = """
- name: 都有
  year: 2018
  given:
    household: {food_secure: 是, dibao: no, income_per_capita: 3200.01, household_id: , housing_grade: 丙级}
    person: [{school_status: 在校生}, {}]
  expect: {outcome: fine, checks: {food: pass}}
"""
TEXTS = {"pack": PACK, "parameters": PARAMETERS, "standard": STANDARD, "cases": CASES}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_file_as_people_write_it_is_taken(kind: str) -> None:
    assert refused(kind, TEXTS[kind]) == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        # A misspelt or missing key.
        ("pack", "issuer: 某县", "isuer: 某县"),
        ("pack", "effective:", "efective:"),
        ("parameters", "quote:", "qoute:"),
        ("parameters", "  unit: yuan\n", ""),
        ("standard", "require: food_secure", "requires: food_secure"),
        ("standard", "severity: gate\n", "severity: gate\n    seveerity: gate\n"),
        ("standard", "fills: review_date", "fill: review_date"),
        ("cases", "expect:", "expects:"),
        # A name that is none of those there are.
        ("parameters", "unit: yuan", "unit: yuan-per-person"),
        ("standard", "severity: gate", "severity: gaet"),
        ("standard", "subject: household", "subject: houshold"),
        ("standard", "over: procedure", "over: procedures"),
        ("standard", "fills: review_date", "fills: review_day"),
        ("standard", "per: household_size", "per: head_name"),
        ("standard", "procedure: subject_id", "procedures: subject_id"),
        ("cases", "food_secure: 是", "food_secur: 是"),
        ("cases", "school_status: 在校生", "schol_status: 在校生"),
        ("cases", "person: [", "persons: ["),
        ("cases", "checks: {food: pass}", "checks: {food: passed}"),
        # A value of another kind.
        ("pack", "version: 1", "version: one"),
        ("pack", "issued: 2018-03-01", "issued: 2018年3月1日"),
        ("pack", "en: Somewhere", "en: ''"),
        ("parameters", "value: 3200", "value: 3,200"),
        ("parameters", "value: 3200", "value: 3e3x"),
        ("standard", "meets: true", "meets: 是"),
        ("cases", "year: 2018", "year: 2018年"),
        # Parts that do not go together.
        ("parameters", ", cite: {document: plan, clause: 一, quote: 超过3200元}", ""),
        ("parameters", "unit: yuan", "unit: list"),
        ("parameters", "value: 3200", "where: 陕西省, value: 3200"),
        ("standard", "value: wage_income, per", "value: wage_income, any: dibao, per"),
        ("standard", ", by: household", ""),
        ("standard", "by: household", "by: person"),
        ("standard", "{outcome: fine, default: true}", "{outcome: fine}"),
        ("standard", "raise: [food_secure], keeps", "keeps"),
        ("cases", "  year: 2018\n", ""),
    ],
)  # fmt: skip
def test_what_our_reader_refuses_the_schema_refuses(kind: str, good: str, bad: str) -> None:
    assert TEXTS[kind].count(good) >= 1
    assert refused(kind, TEXTS[kind].replace(good, bad, 1)) != []


def test_everything_that_an_editor_says_of_a_key_is_in_a_schema() -> None:
    text = json.dumps([schema_of(kind) for kind in KINDS], ensure_ascii=False)
    assert [code for code, message in MESSAGES.items() if f"{message.zh} / {message.en}" not in text] == []


def test_nothing_is_null_but_a_blank_cell() -> None:
    assert refused("parameters", PARAMETERS.replace("clause: 一", "clause: ")) != []
    assert refused("cases", CASES.replace("food_secure: 是", "food_secure: ")) == []


def settings(text: str) -> list[str]:
    return [error.json_path for error in CHECKS["settings"].iter_errors(json.loads(json.dumps(tomllib.loads(text), default=str)))]


def test_the_schema_of_fupin_toml_knows_commands_and_options() -> None:
    good = '[fupin]\nlang = "en"\n[check-exit]\nrules = "anhui-2018"\nas-of = 2018-12-31\nset = {poverty_line = 4000}\n[summary]\nby = "village"\n'
    assert settings(good) == []
    for misspelt in (
        good.replace("rules", "ruels"),
        good.replace("[check-exit]", "[check-exits]"),
        good.replace('"village"', '"hamlet"'),
        good.replace('"anhui-2018"', "2018"),
    ):
        assert settings(misspelt) != [], misspelt


@pytest.mark.parametrize("kind", ["", "packs", "--lang"])
def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "schema", *([kind] if kind else [])]) == 2
    if kind != "--lang":
        assert " ".join(KINDS) in capsys.readouterr().err


def test_a_schema_goes_to_a_file(tmp_path: Path) -> None:
    assert main(["rules", "schema", "cases", "-o", str(tmp_path / "cases.json"), "--quiet"]) == 0
    assert json.loads((tmp_path / "cases.json").read_text(encoding="utf-8")) == schema_of("cases")
