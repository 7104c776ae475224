"""Whether the findings of a run make it fail.

A finding fails at or above the level that was asked for, unless it is accepted. A rule with a share of its own fails by that
alone, whatever its level: where more than the share of the rows that it was asked of break it, accepted ones not counted. A row
of which it is unknown was not asked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from fupin_cli.errors import FupinError, UsageRefused
from fupin_cli.evaluate.verification.baseline import compared, renewed
from fupin_cli.evaluate.verification.baselinefile import known_before
from fupin_cli.model.baseline import Accepted, BaselineState, Gate, Reason, ReasonKind, Renewed, Share, Terms
from fupin_cli.model.nearest import nearest
from fupin_cli.model.problem import refusal
from fupin_cli.model.run import Result
from fupin_cli.model.verification import LEVELS, READING, Found, Verification, quality_standards
from fupin_cli.rules.standard import ReadyStandard

#: The order in which reasons are told.
_ORDER: tuple[ReasonKind, ...] = ("errors", "warnings", "reading", "expired")


def opened(terms: Terms, standards: Iterable[ReadyStandard]) -> tuple[Terms, list[Accepted]]:
    """The terms of a run, ready to weigh findings with, and what was accepted before: to be called before files are read.

    Raises:
        FupinError: a share is of no rule of these standards, or a baseline cannot be read.
    """
    rules = [f"{standard.name}/{check}" for standard in standards if standard.is_quality for check in standard.checks]
    return with_full_names(terms, rules), known_before(terms)


def weighed(verification: Verification, terms: Terms, known: Sequence[Accepted]) -> Verification:
    """What was found, with what of it is accepted, and whether the run fails; ``terms`` and ``known`` as they were opened.

    Raises:
        PackRefused: an entry of the baseline names another rule or year than the finding that it accepts.
    """
    found, state = compared(verification.found, verification.result, known, terms)
    return replace(verification, found=found, baseline=state, gate=gate_of(found, verification.result, terms, state))


def with_refused(verification: Verification, refused: Sequence[FupinError]) -> Verification:
    """The same where files were refused: whatever was found in the others, such a run does not pass."""
    gate = verification.gate
    if gate is None or not refused:
        return verification
    reasons = [*gate.reasons, Reason("refused", len(refused))]
    # What they are is told with the problems, too; they are no findings, for there is no row to find.
    result = replace(verification.result, problems=[*map(refusal, refused), *verification.result.problems])
    return replace(verification, result=result, gate=replace(gate, reasons=reasons, refused=refused))


def with_full_names(terms: Terms, rules: Sequence[str]) -> Terms:
    """The terms with each rule called by its standard and check; ``rules`` are all that there are, so called.

    Raises:
        UsageRefused: there is no such rule, several are meant, or one is named twice.
    """
    found: dict[str, Fraction] = {}
    for name, share in terms.max_rates.items():
        full = _full_name(name, rules)
        if full in found:
            raise UsageRefused("max-rate-twice", name=full)
        found[full] = share
    return replace(terms, max_rates=found)


def _full_name(name: str, rules: Sequence[str]) -> str:
    meant = [rule for rule in rules if name in (rule, rule.partition("/")[2])]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UsageRefused("max-rate-several", name=name, rules=" ".join(meant))
    # Whoever leaves the standard out is told the check alone.
    known = rules if "/" in name else dict.fromkeys(rule.partition("/")[2] for rule in rules)
    raise UsageRefused("max-rate-unknown", name=name, nearest=nearest(name, known))


def failing(found: Iterable[Found], terms: Terms) -> Iterator[Found]:
    """The findings that could make the run fail: at or above the level, or of a rule with a share of its own."""
    levels = LEVELS[: LEVELS.index(terms.fail_on) + 1] if terms.fail_on != "none" else ()
    for one in found:
        if one.level in levels or one.rule in terms.max_rates:
            yield one


def gate_of(found: Sequence[Found], result: Result, terms: Terms, state: BaselineState | None) -> Gate:
    """Whether a run fails, and why. The terms call rules by their full names; the findings say which of them are accepted."""
    new = [one for one in failing(found, terms) if one.accepted is None]
    late = state.expired_by_fingerprint if state is not None else {}
    broken = Counter(one.rule for one in new)
    counted = Counter(_kind(one, late) for one in new if one.rule not in terms.max_rates)
    reasons = [Reason(kind, counted[kind]) for kind in _ORDER if counted[kind]]
    asked = _asked(result, terms.max_rates)
    shares = [Share(rule, broken[rule], asked[rule], most) for rule, most in terms.max_rates.items()]
    reasons += [Reason("share", share.broken, share) for share in shares if share.over]
    lost = sum(source.rows.quarantined for source in result.inputs)
    # Whatever takes a row out of judgement is told as an error of reading; should that ever not be so, the run must not be green.
    told = any(one.rule.startswith(f"{READING}/") and one.level == "error" for one in found)
    if lost and not told and terms.fail_on != "none":
        reasons.append(Reason("quarantined", lost))
    return Gate(terms.fail_on, reasons, shares)


def _kind(found: Found, late: Mapping[str, object]) -> ReasonKind:
    if found.fingerprint in late:
        return "expired"
    if found.rule.startswith(f"{READING}/"):
        return "reading"
    return "errors" if found.level == "error" else "warnings"


def _asked(result: Result, rules: Mapping[str, Fraction]) -> Counter[str]:
    """Of how many rows it is known whether they keep or break a rule."""
    asked: Counter[str] = Counter()
    for judged in quality_standards(result):
        for check in judged.standard.checks:
            rule = f"{judged.standard.standard}/{check}"
            if rule in rules:
                asked[rule] += judged.count(check, "pass") + judged.count(check, "fail")
    return asked


def renewal(verification: Verification, target: str) -> Renewed:
    """The baseline as ``target`` is to have it: what would make this run fail, and what was accepted before."""
    gate, state = verification.gate, verification.baseline
    if gate is None or state is None:
        raise AssertionError("a baseline is renewed from what was weighed")
    terms = Terms(gate.fail_on, {share.rule: share.most for share in gate.shares})
    wanted = failing(verification.found, terms)
    return renewed(verification.found, verification.result, state, wanted, target)
