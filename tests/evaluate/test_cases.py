"""Worked cases with several rows: which one is judged, and that no case knows of another."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from building import CITE, TITLE, check, pack

from fupin_cli.evaluate.cases import run_cases
from fupin_cli.model.case import Case, CaseOutcome
from fupin_cli.rules.parameters import Parameters

STANDARD = {
    "standard": "tested", "title": TITLE, "subject": "person", "kind": "quality",
    "facts": {
        "homes": {"title": TITLE, "over": "person", "by": "person", "on": "phone", "distinct": "household_id"},
        "housed": {"title": TITLE, "over": "household", "by": "person", "any": "TRUE"},
    },
    "checks": {"alone": check("homes <= 1"), "at_home": check("housed", severity="warning")},
    "outcomes": {name: {"title": TITLE, "meets": "true"} for name in ("bad", "good")},
    "decide": [{"outcome": "bad", "when": "NOT alone"}, {"outcome": "good", "default": "true"}],
}  # fmt: skip


def case(people: Any, outcome: str, at_home: str, **more: Any) -> Case:
    given = {"person": people, **more.pop("given", {})}
    return Case.model_validate(
        {"name": "一例", "year": 2018, "given": given, "expect": {"outcome": outcome, "checks": {"at_home": at_home}}, **more}
    )


SEVERAL = [{"phone": "1", "household_id": "H1"}, {"phone": "2", "household_id": "H1"}, {"phone": "2", "household_id": "H2"}]
CASES = [
    # One phone in several cases is no phone in several households.
    case({"phone": "1", "household_id": "H1"}, "good", "unknown"),
    case([{"phone": "1", "household_id": "H2"}], "good", "unknown"),
    case(SEVERAL, "good", "unknown"),
    case(SEVERAL, "bad", "unknown", subject="2"),
    # A table that a case does not give is not there; one that it gives without this household is.
    case(SEVERAL, "bad", "pass", subject="1", given={"household": {"household_id": "H1"}}),
    case(SEVERAL, "bad", "fail", subject="2", given={"household": {"household_id": "H1"}}),
    case({"phone": "3"}, "good", "pass", given={"household": {"water_safe": "是"}}),
    case({"phone": "3"}, "good", "fail", given={"household": []}),
]


def run(folder: Path, cases: Sequence[Case]) -> Sequence[CaseOutcome]:
    loaded = pack(folder, STANDARD)
    return run_cases(loaded.standards["tested"], Parameters(loaded.pack, {}), cases)


def test_a_case_is_about_the_first_row_unless_it_says_otherwise_and_about_no_other_case(tmp_path: Path) -> None:
    assert [outcome.differences for outcome in run(tmp_path, CASES)] == [()] * len(CASES)


def test_a_case_gives_a_parameter_that_the_document_leaves_open(tmp_path: Path) -> None:
    standard = STANDARD | {"checks": {"alone": check("homes <= $most"), "at_home": check("housed", severity="warning")}}
    loaded = pack(tmp_path, standard, {"most": {"title": TITLE, "unit": "person", "value": "required", "cite": CITE}})
    cases = [
        case(SEVERAL, "bad", "unknown", subject="2", set={"most": "1"}),
        case(SEVERAL, "good", "unknown", subject="2", set={"most": "2"}),
    ]
    assert [one.differences for one in run_cases(loaded.standards["tested"], Parameters(loaded.pack, {}), cases)] == [(), ()]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_case_with_several_rows_comes_to_the_same_alone(tmp_path: Path, number: int) -> None:
    assert run(tmp_path, [CASES[number]])[0].differences == ()
