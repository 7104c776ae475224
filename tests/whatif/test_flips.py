"""What counts as another verdict, and what is said to decide it, where no second reading is needed to know."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import building as b
import pytest

from fupin_cli.evaluate.compared import compare
from fupin_cli.evaluate.run import judge
from fupin_cli.model.comparison import Compared
from fupin_cli.model.result import StandardResult
from fupin_cli.rules.parameters import Parameters

MEETS, NOT = {"title": b.TITLE, "meets": "true"}, {"title": b.TITLE, "meets": "false"}


def standard(checks: Mapping[str, Any], outcomes: Mapping[str, Any], decide: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    return {
        "standard": "tested", "title": b.TITLE, "subject": "household", "checks": checks, "outcomes": outcomes, "decide": decide,
    } | more  # fmt: skip


def judged(folder: Path, content: Mapping[str, Any], *rows: Mapping[str, Any]) -> StandardResult:
    folder.mkdir(exist_ok=True)
    loaded = b.pack(folder, content)
    columns = ["household_id", "year", "water_safe", "food_secure", "dibao"]
    made = [{"household_id": str(place), "year": 2018, **row} for place, row in enumerate(rows)]
    return judge(loaded.standards["tested"], Parameters(loaded.pack, {}), {"household": b.table("household", b.records(made, columns))}, None, {})  # fmt: skip


def sides(folder: Path, before: Mapping[str, Any], after: Mapping[str, Any], *rows: Mapping[str, Any]) -> Compared:
    return compare(judged(folder / "before", before, *rows), judged(folder / "after", after, *rows))


def gate(require: str, **more: Any) -> dict[str, Any]:
    return {"w": b.check(require, **more)}


def told(compared: Compared) -> list[tuple[str, str, str, list[str]]]:
    return [
        (flip.before.id, flip.before.outcome, flip.after.outcome, [decider.name for decider in flip.deciders])
        for flip in compared.flips(compared.flipped)
    ]


WET, DRY, OPEN = {"water_safe": True}, {"water_safe": False}, {"water_safe": None}
PLAIN = standard(gate("water_safe"), {"no": NOT, "yes": MEETS}, [{"outcome": "no", "when": "NOT w"}, {"outcome": "yes", "default": "true"}])  # fmt: skip


def test_two_packs_that_only_call_it_differently_move_nobody(tmp_path: Path) -> None:
    renamed = standard(gate("water_safe"), {"bad": NOT, "good": MEETS}, [{"outcome": "bad", "when": "NOT w"}, {"outcome": "good", "default": "true"}])  # fmt: skip
    compared = sides(tmp_path, PLAIN, renamed, WET, DRY, OPEN)
    assert compared.flipped == []
    assert {(one.before, one.after): one.flips for one in compared.transitions} == {
        ("no", "bad"): False,
        ("yes", "good"): False,
        ("undetermined", "undetermined"): False,
    }


def test_a_finer_outcome_is_another_verdict_where_the_other_pack_could_have_said_the_old_one(tmp_path: Path) -> None:
    finer = standard(
        gate("water_safe"),
        {"no": NOT, "yes": MEETS, "fully": MEETS},
        [
            {"outcome": "no", "when": "NOT w"},
            {"outcome": "fully", "when": "w AND food_secure"},
            {"outcome": "yes", "default": "true"},
        ],
    )
    compared = sides(tmp_path, PLAIN, finer, {**WET, "food_secure": True}, {**WET, "food_secure": False})
    assert told(compared) == [("0", "yes", "fully", [])]


def test_one_id_that_meets_on_one_side_alone_is_two_verdicts(tmp_path: Path) -> None:
    turned = standard(gate("water_safe"), {"no": MEETS, "yes": MEETS}, PLAIN["decide"])
    assert told(sides(tmp_path, PLAIN, turned, DRY, WET)) == [("0", "no", "no", [])]


def test_a_standard_that_is_not_for_somebody_names_no_check(tmp_path: Path) -> None:
    narrower = {**PLAIN, "applies": "dibao"}
    compared = sides(tmp_path, PLAIN, narrower, {**DRY, "dibao": False}, {**DRY, "dibao": True}, {**DRY, "dibao": None})
    assert told(compared) == [("0", "no", "not_applicable", []), ("2", "no", "undetermined", [])]
    assert compared.turns == []


@pytest.mark.parametrize("severity", ["finding", "warning"])
def test_what_never_decides_is_counted_but_not_named(tmp_path: Path, severity: str) -> None:
    beside = {"f": b.check("food_secure", severity=severity)}
    other = {"f": b.check("NOT food_secure", severity=severity)}
    before = {**PLAIN, "checks": {**gate("water_safe"), **beside}}
    after = {**PLAIN, "checks": {**gate("NOT water_safe"), **other}}
    compared = sides(tmp_path, before, after, {**WET, "food_secure": True})
    assert told(compared) == [("0", "yes", "no", ["w"])]
    assert {(turn.name, turn.before, turn.after) for turn in compared.turns} == {("w", "pass", "fail"), ("f", "pass", "fail")}


def test_a_check_that_becomes_a_gate_decides(tmp_path: Path) -> None:
    before = {**PLAIN, "checks": {**gate("water_safe"), "f": b.check("food_secure", severity="finding")}}
    decide = [{"outcome": "no", "when": "NOT (w AND f)"}, {"outcome": "yes", "default": "true"}]
    after = {**PLAIN, "checks": {**gate("water_safe"), "f": b.check("food_secure")}, "decide": decide}
    compared = sides(
        tmp_path, before, after, {**WET, "food_secure": False}, {**WET, "food_secure": True}, {**DRY, "food_secure": False}
    )
    assert told(compared) == [("0", "yes", "no", ["f"])]
    assert compared.turns == []


def test_a_way_that_only_one_side_has_is_told_where_somebody_goes_it(tmp_path: Path) -> None:
    way = {"poor": b.check("dibao") | {"way": "true"}}
    before = {**PLAIN, "checks": {**gate("water_safe"), **way}, "decide": [{"outcome": "yes", "when": "poor"}, *PLAIN["decide"]]}
    compared = sides(tmp_path, before, PLAIN, {**DRY, "dibao": True}, {**DRY, "dibao": False}, {**DRY, "dibao": None})
    assert told(compared) == [("0", "yes", "no", ["poor"]), ("2", "undetermined", "no", ["poor"])]


def test_nobody_is_compared_in_an_empty_table(tmp_path: Path) -> None:
    compared = sides(tmp_path, PLAIN, PLAIN)
    assert (compared.subjects, compared.transitions, compared.flipped, compared.turns) == (0, [], [], [])
