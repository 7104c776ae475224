"""SARIF 2.1.0: every finding with its rule, its row and its cell, in a form that code scanning reads."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from ending import UNTIL, WHY, accepted, clean, ended
from small_rosters import PATH, judged, several, usual, verified

from fupin_cli.messages import Lang
from fupin_cli.model.verification import Verification
from fupin_cli.report.bulletins.rosters import sarif_lines
from fupin_cli.report.ci.uris import is_relative, posix, uri
from fupin_cli.report.options import Options

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"


@cache
def validator() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=jsonschema.FormatChecker())


def read(verification: Verification, lang: Lang = "zh") -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(sarif_lines(verification, Options(lang=lang))))
    return found


def run(verification: Verification) -> dict[str, Any]:
    found: dict[str, Any] = read(verification)["runs"][0]
    return found


def stories() -> Iterator[Verification]:
    yield from (verified(usual()), clean(), accepted(), ended("none", lost=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_keeps_the_schema_of_the_standard(lang: Lang) -> None:
    for one in stories():
        validator().validate(read(one, lang))


def test_the_schema_would_refuse_what_is_wrong() -> None:
    spoilt = read(clean())
    spoilt["runs"][0]["tool"]["driver"]["colour"] = "red"
    assert not validator().is_valid(spoilt)


def test_nothing_found_is_a_run_without_results() -> None:
    assert run(clean())["results"] == []


def test_every_finding_is_a_result_in_the_same_order() -> None:
    one = verified(usual())
    results = run(one)["results"]
    assert [(r["ruleId"], r["level"], r["partialFingerprints"]["fupin/v1"]) for r in results] == [
        (found.rule, found.level, found.fingerprint) for found in one.found
    ]
    # This is the name by which GitHub knows a finding again.
    assert all(r["partialFingerprints"]["primaryLocationLineHash"] == r["partialFingerprints"]["fupin/v1"] for r in results)


def test_every_result_points_at_its_rule_and_its_file() -> None:
    for story in stories():
        one = run(story)
        rules = one["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for result in one["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            for location in [*result["locations"], *result.get("relatedLocations", ())]:
                where = location["physicalLocation"]["artifactLocation"]
                assert one["artifacts"][where["index"]]["location"]["uri"] == where["uri"]


def test_a_rule_has_help_with_why_remedy_and_clause() -> None:
    rules = {rule["id"]: rule for rule in run(verified(usual()))["tool"]["driver"]["rules"]}
    over = rules["household-quality/over_line"]
    assert over["shortDescription"]["text"] == "收入|过<线>"
    assert over["help"]["text"] == "原因：100% 的户都应当过线。\n建议：核对收入\n依据：《某办法》一“收入应当过线”"
    assert over["defaultConfiguration"]["level"] == "error"
    # Also rules that nobody breaks: code scanning shows which were asked.
    assert "household-quality/water" in rules


def test_a_result_has_file_row_and_cell() -> None:
    result = next(one for one in run(verified(usual()))["results"] if one["ruleId"] == "household-quality/safe")
    location = result["locations"][0]
    assert unquote(location["physicalLocation"]["artifactLocation"]["uri"]) == PATH
    assert location["physicalLocation"]["region"] == {"startLine": 3}
    assert location["logicalLocations"] == [{"name": "H3", "fullyQualifiedName": "H3", "kind": "cell"}]
    assert "（H3）" in result["message"]["text"]


def test_the_first_cell_is_the_location_and_the_others_are_related() -> None:
    result = next(one for one in run(verified(usual()))["results"] if one["ruleId"] == "household-quality/contact")
    cells = [one["logicalLocations"][0]["name"] for one in [*result["locations"], *result["relatedLocations"]]]
    assert cells == ["B2", "D2", "E2", "C2"]


def test_files_have_their_hashes_and_names_that_any_machine_reads() -> None:
    result = usual()
    artifacts = run(verified(result))["artifacts"]
    assert [one["hashes"]["sha-256"] for one in artifacts] == [source.sha256 for source in result.inputs]
    names = [one["location"]["uri"] for one in artifacts]
    assert all(name.isascii() and " " not in name for name in names)
    assert list(map(unquote, names)) == [source.path for source in result.inputs]
    assert {one["location"]["uriBaseId"] for one in artifacts} == {"%SRCROOT%"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("./名册/2018.xlsx", "%E5%90%8D%E5%86%8C/2018.xlsx"),
        ("a b%23#?.csv", "a%20b%2523%23%3F.csv"),
        ("c:2018.csv/x", "c%3A2018.csv/x"),
        ("../2018.csv", "../2018.csv"),
        ("名册\\2018.xlsx", "%E5%90%8D%E5%86%8C/2018.xlsx"),
        ("/srv/2018.csv", "file:///srv/2018.csv"),
        ("C:\\名册\\2018.csv", "file:///C:/%E5%90%8D%E5%86%8C/2018.csv"),
        ("C:/2018.csv", "file:///C:/2018.csv"),
        # A name in no encoding keeps its bytes.
        ("\udcff.csv", "%FF.csv"),
    ],
)
def test_paths_become_uris(path: str, expected: str) -> None:
    assert uri(path) == expected
    assert is_relative(path) == (not expected.startswith("file:"))


def test_annotations_name_files_as_the_repository_does() -> None:
    assert posix("./名册/2018.xlsx") == posix("名册\\2018.xlsx") == "名册/2018.xlsx"


def test_an_accepted_finding_is_suppressed_with_why_and_until_when() -> None:
    results = run(accepted())["results"]
    for result in results:
        assert ("suppressions" in result) == (result["ruleId"] == "household-quality/over_line")
    suppression = results[0]["suppressions"][0]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert UNTIL.isoformat() in suppression["justification"]
    assert WHY.partition("<")[0] in suppression["justification"]


def test_the_run_rests_on_packs_and_numbers_and_says_how_it_ended() -> None:
    about = run(accepted())["properties"]
    assert about["packs"] == {"tiny v3": usual().pack.sha256}
    assert about["parameters"] == ["线：2014年起 3000.5 元/人·年（未确认）"]
    assert any("2026-11-22" in line for line in about["ending"])
    assert about["skipped"]["household-quality/water"]


def test_nothing_from_the_data_becomes_a_link_to_a_location() -> None:
    row = ("[1](1)", "样某", "", "", "", 2018, "2900", "是", "")
    text = run(verified(judged({"a.csv": [row]})))["results"][0]["message"]["text"]
    assert "[1] (1)" in text


def test_it_is_written_a_finding_at_a_time() -> None:
    pieces = list(sarif_lines(several(), Options()))
    assert len(pieces) == 403
    assert max(map(len, pieces[1:])) < 2000
