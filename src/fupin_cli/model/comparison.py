"""The same data judged in two ways: who moves from which outcome to which, and which checks decide that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Standard
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result
from fupin_cli.model.view import CheckView, Status, SubjectView

Standing = Literal["meets", "not", "undetermined", "not_applicable"]
STANDINGS: tuple[Standing, ...] = ("meets", "undetermined", "not", "not_applicable")


def standing(standard: Standard, outcome: str) -> Standing:
    """What an outcome comes to, whatever a pack calls it."""
    match outcome:
        case "undetermined" | "not_applicable":
            return outcome
        case _:
            return "meets" if standard.outcomes[outcome].meets else "not"


def is_same_outcome(before: Standard, one: str, after: Standard, other: str) -> bool:
    """Whether two outcomes, each of its own standard, are one.

    They are where they have one id and come to the same; and where neither standard knows the other's id, so that two packs
    merely call them differently, where they come to the same.
    """
    if standing(before, one) != standing(after, other):
        return False
    return one == other or (one not in _known(after) and other not in _known(before))


def _known(standard: Standard) -> set[str]:
    return {*standard.outcomes, UNDETERMINED, NOT_APPLICABLE}


@dataclass(frozen=True)
class Transition:
    """How many subjects have one outcome before and another, or the same, after."""

    before: str
    after: str
    count: int
    #: Whether the two are different verdicts.
    flips: bool


@dataclass(frozen=True)
class CheckTurn:
    """For how many subjects a check has one status before and another after."""

    name: str
    before: Status
    after: Status
    count: int


@dataclass(frozen=True)
class Decider:
    """A check that decides a flip, as it stands on each side; None where that side has no such check."""

    name: str
    before: CheckView | None
    after: CheckView | None


@dataclass(frozen=True)
class Flip:
    """One subject whose verdict differs."""

    before: SubjectView
    after: SubjectView
    #: The checks that count differently; none where the decision lists differ, or the standard is not for it on one side.
    deciders: tuple[Decider, ...]


@dataclass(frozen=True)
class Compared:
    """One standard on both sides, over the same subjects."""

    before: StandardResult
    after: StandardResult
    #: Every pair of outcomes that occurs; their counts add up to the number of subjects.
    transitions: Sequence[Transition]
    #: Checks of one name on both sides whose status differs.
    turns: Sequence[CheckTurn]
    #: The subjects whose verdict differs, in the table's order.
    flipped: Sequence[int]

    @property
    def subject(self) -> str:
        """The table's name."""
        return self.before.subject.name

    @property
    def subjects(self) -> int:
        """How many were judged."""
        return int(self.before.data.num_rows)

    def outcomes_before(self) -> list[str]:
        """The outcomes that occur before, in the order of the standard."""
        return list(self.before.outcome_counts())

    def outcomes_after(self) -> list[str]:
        """The outcomes that occur after, in the order of the standard."""
        return list(self.after.outcome_counts())

    def only_before(self) -> list[str]:
        """The checks that only the first side has."""
        return [name for name in self.before.standard.checks if name not in self.after.standard.checks]

    def only_after(self) -> list[str]:
        """The checks that only the second side has."""
        return [name for name in self.after.standard.checks if name not in self.before.standard.checks]

    def flips(self, indices: Sequence[int]) -> Iterator[Flip]:
        """These subjects on both sides, with what decides the difference."""
        pairs = zip(self.before.views(indices), self.after.views(indices), strict=True)
        return (Flip(before, after, deciders(before, after)) for before, after in pairs)


@dataclass(frozen=True)
class Comparison:
    """Two results over one reading of the same files."""

    #: The check command whose standards are compared.
    job: str
    before: Result
    after: Result
    standards: Sequence[Compared]
    #: Standards, by their results, that only one side has.
    only_before: Sequence[StandardResult]
    only_after: Sequence[StandardResult]
    #: What could not be read, and what either side says of the data; each once.
    problems: Sequence[Problem]

    def flips(self) -> bool:
        """Whether anybody's verdict differs."""
        return any(compared.flipped for compared in self.standards)


def deciders(before: SubjectView, after: SubjectView) -> tuple[Decider, ...]:
    """The checks that count differently on the two sides."""
    if NOT_APPLICABLE in (before.outcome, after.outcome):
        return ()
    old, new = ({view.name: view for view in subject.checks} for subject in (before, after))
    pairs = [Decider(name, old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]
    return tuple(pair for pair in pairs if _counts(pair.before, pair.after) != _counts(pair.after, pair.before))


def _counts(view: CheckView | None, other: CheckView | None) -> bool | None:
    """What a check counts in a decision: met, not met, or nobody knows.

    A requirement that a side does not have, or that never decides there, holds nobody back; a way that is missing leads nowhere.
    """
    if view is None or view.check.severity != "gate":
        return not any(one is not None and one.check.way for one in (view, other))
    return {"pass": True, "not_applicable": True, "fail": False, "unknown": None}[view.status]
