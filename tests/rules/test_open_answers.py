"""``nonzero`` and ``true_or_unknown``: what is known to be nothing, or not to be so, leaves a verdict open."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from small_pack import HEAD, PARAMETERS, write

from fupin_cli.evaluate.cases import run_cases
from fupin_cli.model.case import Case
from fupin_cli.pipelines.covering import cover_standard
from fupin_cli.pipelines.proving import check_pack
from fupin_cli.rules.inheriting import worked_cases
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters

WORDS = "remedy: {zh: 办, en: Do}\n    cite: {document: doc, clause: 一, quote: 原文}"
#: The share of wages is at most a tenth of the heads; with fewer than 19 heads nothing is sure but a share that is too high.
STANDARD = f"""\
standard: exit
title: {{zh: 退出, en: Exit}}
subject: household
facts:
  heads:
    title: {{zh: 人数, en: Heads}}
    value: nonzero(business_income)
checks:
  share:
    title: {{zh: 比例, en: Share}}
    severity: gate
    require: wage_income * 10 <= heads AND (wage_income > 5 OR true_or_unknown(business_income >= 19))
    {WORDS}
outcomes:
  bad: {{title: {{zh: 否, en: No}}, meets: false}}
  good: {{title: {{zh: 是, en: Yes}}, meets: true}}
decide:
  - {{outcome: bad, when: NOT share}}
  - {{outcome: good, default: true}}
"""
#: Wages, heads → the outcome: nobody is no share at all; few heads are never good unless wages are over 5.
WANTED: Mapping[tuple[str, str], str] = {
    ("1", "19"): "good",
    ("1", "18"): "undetermined",
    ("1", "0"): "undetermined",
    ("0", "0"): "undetermined",
    ("2", "19"): "bad",
    ("2", "18"): "bad",
    ("6", "60"): "good",
    ("6", "18"): "bad",
    ("", "19"): "undetermined",
    ("1", ""): "undetermined",
}


def case(wages: str, heads: str, outcome: str) -> str:
    return (
        f"- {{name: '{wages} {heads}', year: 2018, given: {{household: {{wage_income: '{wages}', business_income: '{heads}'}}}}, "
        f"expect: {{outcome: {outcome}}}}}\n"
    )


def small(folder: Path, cases: Mapping[tuple[str, str], str] = WANTED) -> LoadedPack:
    files = {
        "pack.yaml": HEAD,
        "exit.yaml": STANDARD,
        "cases/exit.yaml": "".join(case(*given, end) for given, end in cases.items()),
    }
    return load_pack(write(folder, files), Shelf((folder,)))


def test_nobody_and_too_few_leave_the_verdict_open(tmp_path: Path) -> None:
    loaded = small(tmp_path)
    cases = [Case.model_validate(one.model_dump()) for one in worked_cases(loaded)["exit"].all]
    assert len(cases) == len(WANTED)
    for one in run_cases(loaded.standards["exit"], Parameters(loaded.pack, {}), cases):
        # What is known to be 0 or too few is not missing: only blanks are.
        missing = [name for name, text in one.case.given["household"].items() if not text]
        assert [found for _, _, found in one.differences] == missing, one.case.name


def test_what_stands_inside_is_a_condition_of_its_own_that_decides_by_leaving_open(tmp_path: Path) -> None:
    loaded = small(tmp_path)
    covered = cover_standard(loaded, "exit", worked_cases(loaded)["exit"])
    texts = [one.text for one in covered.conditions]
    assert texts == ["wage_income * 10 <= heads", "wage_income > 5", "business_income >= 19", "share"]
    inside = covered.conditions[2]
    # True and deciding: (1, 19). False and deciding: (1, 18). With no heads at all the share is open whatever is said here.
    assert (inside.counts["decides_true"], inside.counts["decides_false"]) == (1, 1)
    assert [one for one in covered.gaps if one[0] is inside] == []


def test_what_no_case_tries_inside_is_a_gap(tmp_path: Path) -> None:
    loaded = small(tmp_path, {("1", "19"): "good", ("2", "18"): "bad"})
    covered = cover_standard(loaded, "exit", worked_cases(loaded)["exit"])
    assert {goal for one, goal in covered.gaps if one.text == "business_income >= 19"} >= {"unknown", "decides_false"}


def test_a_gate_that_cannot_be_false_is_found_by_proof(tmp_path: Path) -> None:
    text = STANDARD.replace(
        "wage_income * 10 <= heads AND (wage_income > 5 OR true_or_unknown(business_income >= 19))",
        "true_or_unknown(heads >= 19)",
    )
    folder = write(tmp_path, {"pack.yaml": HEAD, "parameters.yaml": PARAMETERS, "exit.yaml": text})
    found = check_pack(folder, Shelf((tmp_path,)), prove=True)
    assert "check-never-fails" in [one.kind for one in found.all_findings]


def test_a_sound_pack_with_both_has_no_findings(tmp_path: Path) -> None:
    small(tmp_path)
    found = check_pack(tmp_path / "mini", Shelf((tmp_path,)), prove=True)
    assert not found.mistakes
    # That it is open without any heads is what nonzero is for, and no gap.
    assert found.all_findings == []


@pytest.mark.parametrize(
    "require", ["true_or_unknown(business_income >= 19) OR business_income < 10", "NOT true_or_unknown(food_secure)"]
)
def test_what_can_be_open_is_not_called_always_true(tmp_path: Path, require: str) -> None:
    whole = STANDARD[STANDARD.index("    require:") : STANDARD.index("    remedy:")]
    text = STANDARD.replace(whole, f"    require: {require}\n").replace(
        STANDARD[STANDARD.index("facts:") : STANDARD.index("checks:")], ""
    )
    assert load_pack(write(tmp_path, {"pack.yaml": HEAD, "exit.yaml": text}), Shelf((tmp_path,)))
