"""Ways in which a run can end: with nothing found, with accepted findings, with shares that are kept or not."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from small_rosters import HOUSEHOLDS, PATH, judged, usual, verified

from fupin_cli.model.baseline import Accepted, BaselineState, FailOn, Gate, Reason, Share
from fupin_cli.model.verification import Verification

UNTIL = date(2027, 12, 31)
#: Must not be shown to everybody: somebody at the county's office. And text that would be markup.
WHO, WHY = "王科长", "已报县局 <b>&|```]](http://x)"


def clean() -> Verification:
    """Nothing found at all."""
    return verified(judged({PATH: [(*HOUSEHOLDS[3][:2], "", *HOUSEHOLDS[3][3:])]}))


def accepted(rule: str = "household-quality/over_line") -> Verification:
    """What was found of one rule is accepted; one entry has expired, one is found no more."""
    whole = verified(usual())
    entries = {
        one.fingerprint: Accepted(
            one.fingerprint, one.rule, one.year, one.key, f"{PATH} {one.where}", WHO, WHY, UNTIL, "baseline.yaml", 7, 9
        )
        for one in whole.found
    }
    found = [replace(one, accepted=entries[one.fingerprint]) if one.rule == rule else one for one in whole.found]
    late = [entries[one.fingerprint] for one in whole.found if one.rule == "household-quality/safe"]
    gone = Accepted("ab" * 16, "household-quality/water", 2018, "H5", f"{PATH} A9", WHO, WHY, UNTIL)
    used = [entry for entry in entries.values() if entry.rule == rule]
    state = BaselineState("baseline.yaml", date(2026, 11, 22), used, late, [gone], [])
    return replace(whole, found=found, baseline=state, gate=Gate("error", [Reason("errors", 3), Reason("expired", 1)]))


def ended(fail_on: FailOn, *shares: tuple[str, int, int, str], lost: bool = False) -> Verification:
    """The usual findings on other terms: shares are rule, broken, asked, most."""
    made = [Share(rule, broken, asked, Fraction(most)) for rule, broken, asked, most in shares]
    reasons = [Reason("share", one.broken, one) for one in made if one.over]
    reasons += [Reason("quarantined", 2)] if lost else []
    return replace(verified(usual()), gate=Gate(fail_on, reasons, made))
