"""What makes a run fail: new findings at or above a level, and rules that more than their share break; exactly the share is not more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from small_rosters import HOUSEHOLDS, judged, usual, verified

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.verification.gate import failing, gate_of, weighed, with_full_names
from fupin_cli.model.baseline import Accepted, Gate, Share, Terms
from fupin_cli.model.inputs import RowCounts
from fupin_cli.model.run import Result
from fupin_cli.model.verification import Found, Verification
from fupin_cli.report.gate import gate_lines, percent_text

TODAY = date(2026, 11, 22)
RULES = ("household-quality/over_line", "household-quality/safe", "person-quality/number_fits", "person-quality/safe")


def gate(terms: Terms, verification: Verification | None = None) -> Gate:
    found = weighed(verification or verified(usual()), terms, ()).gate
    assert found is not None
    return found


def reasons(terms: Terms, verification: Verification | None = None) -> Mapping[str, int]:
    return {one.kind: one.count for one in gate(terms, verification).reasons}


# The roster of small_rosters.py: over_line 2 of 3 known (one income cannot be read), safe 1 of 4, number_fits 3 of 3, contact 1 (a warning).


def test_errors_fail_and_warnings_do_not_unless_asked_for() -> None:
    assert reasons(Terms()) == {"errors": 2 + 1 + 3, "reading": 2}
    assert reasons(Terms("warning")) == {"errors": 6, "warnings": 1, "reading": 2}
    assert reasons(Terms("none")) == {}
    assert (gate(Terms()).fails, gate(Terms("none")).fails) == (True, False)


def test_a_roster_without_a_finding_passes() -> None:
    good = ("H9", "样吴", "", "", "", 2018, "4000", "是", "未脱贫")
    assert gate(Terms("warning"), verified(judged({"2018.csv": [good]}))).reasons == []


def share(most: str, rule: str = "household-quality/over_line", fail_on: str = "error") -> Terms:
    return Terms(fail_on, {rule: Fraction(most)})  # type: ignore[arg-type]  # the levels of a test are known


def test_exactly_the_share_does_not_fail_and_the_smallest_part_more_does() -> None:
    # A third is no decimal, and two thirds of three rows are two.
    assert not gate(share("2/3")).shares[0].over
    assert gate(share("0.666666")).shares[0].over
    assert not gate(share("0.666667")).shares[0].over
    # 0.25 of four.
    assert [gate(share(most, "household-quality/safe")).shares[0].over for most in ("0.25", "0.249999", "0")] == [
        False,
        True,
        True,
    ]


def test_a_row_of_which_it_is_unknown_was_not_asked() -> None:
    (one,) = gate(share("0.5")).shares
    assert (one.broken, one.asked) == (2, 3)


@pytest.mark.parametrize(
    ("rows", "broken", "over"), [(200, 1, False), (199, 1, True), (400, 2, False), (399, 2, True), (400, 3, True), (1, 0, False)]
)
def test_half_a_percent_is_half_a_percent(rows: int, broken: int, over: bool) -> None:
    assert Share("r", broken, rows, Fraction(1, 200)).over == over


def test_a_rule_with_a_share_fails_by_that_alone() -> None:
    assert reasons(share("1")) == {"errors": 4, "reading": 2}
    assert reasons(share("0")) == {"errors": 4, "reading": 2, "share": 2}
    # Also below the level: a share that somebody asks for is never idle.
    assert reasons(share("0", fail_on="none")) == {"share": 2}
    assert reasons(share("0", "household-quality/contact")) == {"errors": 6, "reading": 2, "share": 1}


def test_a_rule_that_nobody_was_asked_is_not_over_its_share() -> None:
    (one,) = gate(share("0", "household-quality/plan")).shares
    assert (one.broken, one.asked, one.over) == (0, 0, False)


def accepted(found: Found, until: date = TODAY) -> Accepted:
    return Accepted(found.fingerprint, found.rule, found.year, found.key, "", "甲", "旧账", until)


def test_what_is_accepted_neither_fails_nor_counts_in_a_share() -> None:
    before = verified(usual())
    over = [one for one in before.found if one.rule == "household-quality/over_line"]
    terms = replace(share("1/3"), baseline="b.yaml", today=TODAY)
    now = weighed(before, terms, [accepted(over[0])])
    assert now.gate is not None
    assert (now.gate.shares[0].broken, now.gate.shares[0].asked, now.gate.shares[0].over) == (1, 3, False)
    all_of_it = weighed(before, replace(Terms("warning"), baseline="b.yaml", today=TODAY), [*map(accepted, before.found)])
    assert all_of_it.gate is not None
    assert not all_of_it.gate.fails
    assert all(one.accepted is not None for one in all_of_it.found)


def test_what_was_accepted_until_an_earlier_day_fails_again_and_is_called_so() -> None:
    before = verified(usual())
    known = [accepted(one, date(2026, 11, 21) if one.rule.endswith("/safe") else TODAY) for one in before.found]
    assert {one.kind: one.count for one in _weighed(before, known).reasons} == {"expired": 1}


def _weighed(before: Verification, known: list[Accepted]) -> Gate:
    found = weighed(before, Terms(baseline="b.yaml", today=TODAY), known).gate
    assert found is not None
    return found


def with_lost_row(result: Result) -> Result:
    source = result.inputs[0]
    sheet = replace(source.sheets[0], rows=source.sheets[0].rows + RowCounts(1, 0, 1, 0))
    return replace(result, inputs=[replace(source, sheets=[sheet])])


def test_a_household_that_stands_twice_fails() -> None:
    twice = judged({"2018.csv": [HOUSEHOLDS[3], (*HOUSEHOLDS[3][:6], "5000", "是", "已脱贫")]})
    assert sum(source.rows.quarantined for source in twice.inputs) == 2
    assert reasons(Terms(), verified(twice))["reading"] >= 2


def test_a_row_that_nobody_judged_never_passes_unsaid() -> None:
    good = ("H9", "样吴", "", "", "", 2018, "4000", "是", "未脱贫")
    lost = with_lost_row(judged({"2018.csv": [good]}))
    assert {one.kind: one.count for one in gate_of([], lost, Terms(), None).reasons} == {"quarantined": 1}
    assert gate_of([], lost, Terms("none"), None).reasons == []


# --- names of rules -----------------------------------------------------------------------------------------------------


def named(*names: str) -> Terms:
    return with_full_names(Terms(max_rates=dict.fromkeys(names, Fraction(1, 100))), RULES)


def test_a_rule_may_be_called_by_its_check_alone() -> None:
    assert [*named("over_line", "person-quality/safe").max_rates] == ["household-quality/over_line", "person-quality/safe"]


@pytest.mark.parametrize(
    ("names", "code", "facts"),
    [
        (["over_lien"], "max-rate-unknown", {"name": "over_lien", "nearest": "over_line"}),
        (["household-qualty/over_line"], "max-rate-unknown", {"nearest": "household-quality/over_line"}),
        (["reading/number-unreadable"], "max-rate-unknown", {}),
        (["safe"], "max-rate-several", {"rules": "household-quality/safe person-quality/safe"}),
        (["over_line", "household-quality/over_line"], "max-rate-twice", {"name": "household-quality/over_line"}),
    ],
)
def test_a_rule_that_cannot_be_told_is_refused(names: list[str], code: str, facts: Mapping[str, str]) -> None:
    with pytest.raises(UsageRefused) as refused:
        named(*names)
    assert refused.value.code == code
    assert facts.items() <= refused.value.facts.items()


# --- words --------------------------------------------------------------------------------------------------------------


def test_each_reason_is_one_line() -> None:
    found = gate(Terms("warning", {"household-quality/over_line": Fraction(1, 200), "household-quality/safe": Fraction(1, 4)}))
    assert gate_lines(found, "zh") == [
        "错误 3 个",
        "存疑 1 个",
        "读不了或读不准 2 处",
        "household-quality/over_line：3 行中 2 行不符，超过 0.5%",
        "household-quality/safe：4 行中 1 行不符，没有超过 25%",
    ]
    assert gate_lines(found, "en")[-1] == "household-quality/safe: 1 of 4 rows break it, not more than 25%"
    assert gate_lines(gate(Terms("none")), "en") == []


def test_a_share_is_shown_as_it_was_asked_for() -> None:
    assert [percent_text(Fraction(text) / 100) for text in ("0.5", "0", "100", "0.000001", "12.50")] == [
        "0.5%", "0%", "100%", "0.000001%", "12.5%",
    ]  # fmt: skip


def test_what_could_fail_is_what_the_baseline_is_written_from() -> None:
    found = verified(usual()).found
    assert {one.level for one in failing(found, Terms())} == {"error"}
    assert [*failing(found, Terms("none"))] == []
    assert [one.rule for one in failing(found, share("0", "household-quality/contact", "none"))] == ["household-quality/contact"]
