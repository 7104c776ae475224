"""JSON: the contract ``fupin.verification/1``."""

import json
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from ending import UNTIL, WHO, accepted, clean, ended
from small_rosters import NAMES, PATH, judged, several, usual, verified

from fupin_cli.messages import Lang
from fupin_cli.model.verification import Verification
from fupin_cli.report.jsontext import json_lines as result_lines
from fupin_cli.report.options import Options
from fupin_cli.report.verification.jsontext import json_lines

SCHEMAS = {
    name: json.loads(files("fupin_cli.report").joinpath(f"{name}-1.schema.json").read_text(encoding="utf-8"))
    for name in ("verification", "result")
}
VALIDATOR = jsonschema.Draft202012Validator(SCHEMAS["verification"], format_checker=jsonschema.FormatChecker())


def read(verification: Verification, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_lines(verification, Options(**options))))
    return found


def stories() -> Iterator[Verification]:
    yield from (verified(usual()), clean(), accepted(), ended("none", ("household-quality/safe", 1, 4, "1/5"), lost=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_keeps_its_schema(lang: Lang) -> None:
    for one in stories():
        VALIDATOR.validate(read(one, lang=lang))


def test_the_schema_is_one_and_refuses_what_is_wrong() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS["verification"])
    for name in ("findings", "checks", "gate"):
        spoilt = read(accepted())
        (spoilt[name] if name == "gate" else spoilt[name][0])["colour"] = "red"
        assert not VALIDATOR.is_valid(spoilt)


def test_what_both_reports_say_they_say_alike() -> None:
    own, result = SCHEMAS["verification"]["$defs"], SCHEMAS["result"]["$defs"]
    alike = {name for name in own if name in result}
    assert len(alike) > 10
    assert {name for name in alike if own[name] != result[name]} == {"check", "interval"}
    told = json.loads("".join(result_lines(usual(), Options())))
    found = read(verified(usual()))
    for name in ("tool", "command", "as_of", "rules", "inputs", "assumptions", "problems"):
        assert found[name] == told[name]


def test_every_finding_is_there_in_its_order() -> None:
    one = verified(usual())
    told = read(one)["findings"]
    assert [(f["fingerprint"], f["rule"], f["level"], f["id"], f["year"]) for f in told] == [
        (f.fingerprint, f.rule, f.level, f.key, f.year) for f in one.found
    ]


def test_a_finding_has_values_threshold_and_cells() -> None:
    over = read(verified(usual()))["findings"][1]
    assert over["observed"] == {"income_per_capita": "2900"}
    assert over["threshold"] == {"line": "3000.5"}
    assert over["cells"] == {"income_per_capita": {"input": 0, "cell": "G3"}}
    assert over["name"] == NAMES[1]
    assert over["where"] == {"input": 0, "cell": "A3"}


def test_what_could_not_be_read_points_at_its_problem() -> None:
    found = read(verified(usual()))
    pointing = [one for one in found["findings"] if "problem" in one]
    assert len(pointing) == 2
    for one in pointing:
        problem = found["problems"][one["problem"]]
        assert one["rule"] == f"reading/{problem['code']}"
        assert one["where"] == {"input": problem["input"], "cell": problem["cell"]}


def test_counts_add_up() -> None:
    for story in stories():
        found = read(story)
        told, summary = found["findings"], found["summary"]
        assert summary["findings"] == len(told) == summary["errors"] + summary["warnings"] + summary["accepted"]
        by_rule = Counter((one["rule"], one["accepted"] is not None) for one in told)
        for check in found["checks"]:
            assert (check["new"], check["accepted"]) == (by_rule[check["id"], False], by_rule[check["id"], True])
            assert check["fail"] == check["new"] + check["accepted"]
        assert {rule for rule, _ in by_rule} <= {check["id"] for check in found["checks"]}


def test_accepted_findings_say_who_why_and_until_when() -> None:
    found = read(accepted())
    told = [one["accepted"] for one in found["findings"] if one["accepted"]]
    assert len(told) == 2
    assert all((one["who"], one["until"]) == (WHO, UNTIL.isoformat()) for one in told)
    assert [one["rule"] for one in found["baseline"]["expired"]] == ["household-quality/safe"]
    assert [one["id"] for one in found["baseline"]["vanished"]] == ["H5"]
    assert found["gate"]["fails"]


def test_shares_are_told_exactly() -> None:
    gate = read(ended("none", ("household-quality/safe", 1, 4, "1/200")))["gate"]
    assert gate["shares"] == [{"rule": "household-quality/safe", "broken": 1, "asked": 4, "most": "0.5%", "over": True}]
    assert gate["reasons"] == [{"kind": "share", "count": 1, "rule": "household-quality/safe"}]


def test_nothing_found_is_an_empty_list() -> None:
    assert read(clean())["findings"] == []


def test_the_same_files_give_the_same_bytes() -> None:
    texts = {"".join(json_lines(verified(judged({PATH: []} | {"a.csv": [_row()]})), Options())) for _ in range(2)}
    assert len(texts) == 1


def _row() -> tuple[object, ...]:
    return ("H1", NAMES[0], "", "", "", 2018, "2900", "否", "")


def test_it_is_written_a_finding_at_a_time() -> None:
    pieces = list(json_lines(several(), Options()))
    assert 403 <= len(pieces) <= 406
    assert max(map(len, pieces[1:])) < 2000
