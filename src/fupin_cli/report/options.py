"""What a user may ask of every report."""

from dataclasses import dataclass
from typing import Literal

from fupin_cli.messages import Lang
from fupin_cli.model.pack import UNDETERMINED, Outcome
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result
from fupin_cli.model.view import CheckView

Only = Literal["fail", "unknown", "pass"]


@dataclass(frozen=True)
class Options:
    """How a result is shown; never what it is."""

    lang: Lang = "zh"
    only: Only | None = None
    #: Most subjects on a terminal; 0 for all.
    limit: int = 50
    mask: bool = True
    #: List checks that pass, too.
    all_checks: bool = False


def wanted_outcomes(judged: StandardResult, only: Only) -> set[str]:
    """The outcomes that ``--only`` means: not met, undetermined, met."""
    outcomes = judged.standard.outcomes
    if only == "unknown":
        return {UNDETERMINED}
    return {name for name, outcome in outcomes.items() if outcome.meets == (only == "pass")}


def listed_outcomes(judged: StandardResult, only: Only | None) -> set[str]:
    """The outcomes whose subjects are listed: those that ``--only`` means, else all that ask for something."""
    if only is not None:
        return wanted_outcomes(judged, only)
    return {name for name, outcome in judged.standard.outcomes.items() if outcome.listed or not outcome.meets} | {UNDETERMINED}


def tells(check: CheckView, outcome: Outcome | None) -> bool:
    """Whether a check says why the outcome is what it is; ``outcome`` is None where it is undetermined or not applicable.

    A requirement does where it is not met; of those that never decide only where it surely is not. A way to an outcome does where
    it is gone or may be; where the outcome says that nothing has to be done, where it is not.
    """
    if not check.check.way:
        return check.status == "fail" or (check.status == "unknown" and check.check.severity == "gate")
    if outcome is not None and outcome.meets:
        return check.status == ("pass" if outcome.listed else "fail")
    return check.status in ("pass", "unknown")


def is_quality(result: Result) -> bool:
    """Whether the result says what contradicts itself in the data, rather than who meets a standard."""
    return all(group.main.is_quality for group in result.groups)
