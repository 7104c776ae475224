"""How far the conditions of a standard have been tried: by worked cases, or by a roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from fupin_cli.model.case import Case
from fupin_cli.model.pack import Pack
from fupin_cli.model.problem import Problem

#: What is asked of a condition: to have been seen with each value, and to have decided alone with each of the two known ones.
Goal = Literal["true", "false", "unknown", "decides_true", "decides_false"]
GOALS: tuple[Goal, ...] = get_args(Goal)
SEEN: tuple[Goal, ...] = ("true", "false", "unknown")
DECIDES: tuple[Goal, ...] = ("decides_true", "decides_false")


@dataclass(frozen=True)
class ConditionCoverage:
    """One condition of one tree, and how often it has been seen."""

    #: The tree's path in the YAML file, and the child indexes that lead from its root to the condition.
    key: str
    path: tuple[int, ...]
    text: str
    #: Table of the rows that it is asked of; empty where that is the subject itself.
    over: str
    file: str
    line: int
    column: int
    #: Subjects (or rows) for which each goal was reached.
    counts: Mapping[Goal, int]
    #: Where it was unknown, and either value would have settled the outcome in its own way.
    open: int = 0
    #: Goals that no data can reach.
    impossible: frozenset[Goal] = frozenset()

    @property
    def gaps(self) -> tuple[Goal, ...]:
        """What has neither been reached nor is impossible."""
        return tuple(goal for goal in GOALS if not self.counts[goal] and goal not in self.impossible)

    @property
    def decided(self) -> int:
        """How often it alone decided."""
        return sum(self.counts[goal] for goal in DECIDES)


@dataclass(frozen=True)
class Suggestion:
    """A case that would close gaps; what it must come to is for a person to say, from the document."""

    case: Case
    #: The case that it was made from.
    base: str
    #: Tree, path and goal of each gap that it closes.
    closes: Sequence[tuple[str, tuple[int, ...], Goal]]


@dataclass(frozen=True)
class StandardCoverage:
    """The conditions of one standard."""

    standard: str
    #: Worked cases, or subjects of a roster; of the cases, how many come from a pack that this one extends.
    tried: int
    inherited: int
    conditions: Sequence[ConditionCoverage]
    #: Whether it was tried to prove what cannot be reached.
    proved: bool = False
    suggestions: Sequence[Suggestion] = ()

    def reached(self, goals: Sequence[Goal]) -> int:
        """How many of these goals of all conditions were reached."""
        return sum(1 for one in self.conditions for goal in goals if one.counts[goal])

    def impossible(self, goals: Sequence[Goal] = GOALS) -> int:
        """How many of these goals were not reached and cannot be."""
        return sum(1 for one in self.conditions for goal in goals if goal in one.impossible and not one.counts[goal])

    @property
    def wanted(self) -> int:
        """How many goals there are."""
        return len(self.conditions) * len(GOALS)

    @property
    def done(self) -> int:
        """How many goals were reached or cannot be."""
        return self.reached(GOALS) + self.impossible()

    @property
    def gaps(self) -> list[tuple[ConditionCoverage, Goal]]:
        """What is still to be tried."""
        return [(one, goal) for one in self.conditions for goal in one.gaps]

    @property
    def unclosed(self) -> int:
        """For how many gaps there is no suggestion."""
        return len(self.gaps) - len({place for one in self.suggestions for place in one.closes})


@dataclass(frozen=True)
class PackCoverage:
    """How far the standards of a pack are tried."""

    pack: str
    version: int
    standards: Sequence[StandardCoverage]
    #: Whether the solver was there to prove what cannot be reached.
    proved: bool

    @property
    def complete(self) -> bool:
        """Whether there is nothing left to try."""
        return not any(standard.gaps for standard in self.standards)


@dataclass(frozen=True)
class RosterCoverage:
    """How far a roster tries the standards of a pack."""

    pack: Pack
    standards: Sequence[StandardCoverage]
    #: The files that were refused.
    problems: Sequence[Problem] = ()

    def idle(self, covered: StandardCoverage) -> list[str]:
        """The checks of a standard none of whose conditions has decided anything."""
        decided = {one.key.split(".")[1] for one in covered.conditions if one.key.startswith("checks.") and one.decided}
        return [name for name in self.pack.standards[covered.standard].checks if name not in decided]
