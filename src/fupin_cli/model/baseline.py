"""Findings that somebody accepted for a time, and whether those that are left make a run fail.

A baseline is a file that people fill in and review: groups of findings, each with who accepted them, why, and until when. The
fingerprint says which finding is meant. Beside it stand rule, year, subject and place, so that whoever reviews the file sees what
is accepted; rule and year have to be those of the finding, the others are for people alone: rows move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from fupin_cli.errors import FupinError
from fupin_cli.model.cited import PlainInt, Strict

#: What a baseline says it is.
BASELINE = "fupin.baseline/1"
#: From which level on a finding fails; ``none``: none does, only a share that is named can.
FailOn = Literal["error", "warning", "none"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "none")


class BaselineFinding(Strict):
    """A finding as a baseline names it."""

    rule: str = ""
    year: PlainInt | None = None
    subject: str = ""
    where: str = ""
    fingerprint: str = ""


class Acceptance(Strict):
    """Findings that somebody accepted for one reason. A blank part is still to be filled in."""

    who: str = ""
    why: str = ""
    until: str = ""
    findings: tuple[BaselineFinding, ...] = ()


class BaselineFile(Strict):
    """The whole file."""

    baseline: Literal["fupin.baseline/1"]
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True)
class Accepted:
    """A finding that somebody accepted."""

    fingerprint: str
    rule: str
    year: int | None
    #: What its subject is known by: its numbers, never a name.
    subject: str
    #: Where it stood when it was written down: file and cell.
    where: str
    who: str
    why: str
    #: The last day on which it is accepted; None where nobody has filled it in.
    until: date | None
    #: Where it stands: the file, line and column from 1.
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def is_filled(self) -> bool:
        """Whether who, why and until when are given."""
        return bool(self.who and self.why) and self.until is not None

    def holds_on(self, day: date) -> bool:
        """Whether it is accepted on a day: the last one is a day on which it is."""
        return self.is_filled and self.until is not None and day <= self.until


@dataclass(frozen=True)
class BaselineState:
    """What a baseline comes to in a run."""

    path: str
    #: The day for which it was asked what has expired: the only thing in a report that another day changes.
    today: date
    #: Accepted, and found: they do not fail.
    used: Sequence[Accepted]
    #: Found, but accepted only until an earlier day: they fail again.
    expired: Sequence[Accepted]
    #: Looked for, and found no more: they can be taken out of the file.
    vanished: Sequence[Accepted]
    #: Of years or tables that are not among the files of this run, or of subjects of whom it is unknown now: they may be there.
    unseen: Sequence[Accepted]
    #: Found, and not filled in yet: only where the file is to be written again, else it is refused.
    unfilled: Sequence[Accepted] = ()

    @property
    def expired_by_fingerprint(self) -> Mapping[str, Accepted]:
        """The expired ones, for whoever shows findings."""
        return {one.fingerprint: one for one in self.expired}


@dataclass(frozen=True)
class Renewed:
    """A baseline as it is to be written: what was accepted and is found again, and what is new and still to be filled in."""

    #: Who, why and until when (as written; blank: to be filled in), and the findings.
    groups: Sequence[Acceptance]
    kept: int
    new: int
    #: Looked for and found no more: they are left out.
    dropped: Sequence[Accepted]


@dataclass(frozen=True)
class Terms:
    """On what terms a run fails, as it was asked for."""

    fail_on: FailOn = "error"
    #: Rule, as the user calls it → the share of its rows that may break it.
    max_rates: Mapping[str, Fraction] = field(default_factory=dict)
    #: The file of accepted findings; None: nothing is accepted.
    baseline: str | None = None
    #: Where the findings of this run are written down, to be accepted.
    write: str | None = None
    #: The day of the run; None only where there is no baseline.
    today: date | None = None


@dataclass(frozen=True)
class Share:
    """How many of the rows that a rule was asked of break it, beside how many may."""

    rule: str
    #: Findings that nobody accepted.
    broken: int
    #: Rows that keep the rule or break it: of whom it is unknown it was not asked.
    asked: int
    most: Fraction

    @property
    def over(self) -> bool:
        """Whether more than the share break it: exactly the share is not more."""
        return self.broken > self.most * self.asked


#: Why a run fails: new errors, new warnings, what could not be read, what was accepted until an earlier day, a rule that more
#: than its share break, rows that nobody judged and no finding tells of, files that were refused.
ReasonKind = Literal["errors", "warnings", "reading", "expired", "share", "quarantined", "refused"]


@dataclass(frozen=True)
class Reason:
    """Why a run fails, in one line."""

    kind: ReasonKind
    count: int
    #: Only of a share.
    share: Share | None = None


@dataclass(frozen=True)
class Gate:
    """Whether a run fails, and why."""

    fail_on: FailOn
    reasons: Sequence[Reason]
    #: Every rule with a share of its own, whether it is over or not.
    shares: Sequence[Share] = ()
    #: Files and folders that were not verified at all.
    refused: Sequence[FupinError] = ()

    @property
    def fails(self) -> bool:
        """Whether the run fails."""
        return bool(self.reasons)
