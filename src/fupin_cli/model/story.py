"""What changed from one year's roster to the next: who came and went, and why verdicts on households differ.

Every figure of a year is followed to the next year by a sum that adds up (``Balance``): whatever cannot be told has a term of its
own. Lists hold the positions of rows only; what a report shows of them is looked up when it is shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from fupin_cli.model.comparison import Flip
from fupin_cli.model.pack import Standard
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Rules
from fupin_cli.model.tables import Table

#: What becomes of a household between two years: it stays under its number or another one; it is in the earlier year only; it is
#: in the later year only.
Kind = Literal[
    "continued", "renumbered",
    "merged", "dissolved", "left", "gone_unknown",
    "split", "formed", "entered", "came_unknown",
]  # fmt: skip
STAYING: tuple[Kind, ...] = ("continued", "renumbered")
GOING: tuple[Kind, ...] = ("left", "merged", "dissolved", "gone_unknown")
COMING: tuple[Kind, ...] = ("entered", "split", "formed", "came_unknown")

#: What a reader wants lists of. ``status_other`` is every other move of 脱贫属性, also to and from a blank.
EventName = Literal[
    "entered", "left", "exited", "fell_back", "status_other", "split", "formed", "merged", "dissolved", "renumbered", "moved",
    "came_unknown", "gone_unknown",
]  # fmt: skip

#: Why a verdict differs. Of several causes the one that is told is the first in this order that explains the change
#: (``evaluate.rosters.story.causes``).
Cause = Literal["missing", "data", "threshold", "rule"]
CAUSES: tuple[Cause, ...] = ("missing", "data", "threshold", "rule")
#: Whether a cause would have changed the verdict alone; the others would have, too; or it took the data and the law together.
Interplay = Literal["alone", "either", "together"]
INTERPLAYS: tuple[Interplay, ...] = ("alone", "either", "together")


@dataclass(frozen=True)
class Term:
    """What leads from one year's figure to the next year's."""

    #: A kind of household, a move, or a cause: ``entered``, ``exited``, ``data``.
    name: str
    #: Signed.
    amount: int
    #: 人口变更原因 as the register writes it; empty where none is meant or given.
    reason: str = ""


@dataclass(frozen=True)
class Balance:
    """One figure of two years, and everything that leads from the earlier to the later one."""

    #: ``households``, ``poor_people``, ...; an outcome.
    measure: str
    start: int
    terms: tuple[Term, ...]
    #: Counted by itself, not worked out from the terms.
    end: int

    def __post_init__(self) -> None:
        """What does not add up is a bug of ours and never shown."""
        total = self.start + sum(term.amount for term in self.terms)
        if total != self.end:
            raise ArithmeticError(f"{self.measure}: {total} instead of {self.end}")

    def amount(self, name: str) -> int:
        """The sum of the terms of a name."""
        return sum(term.amount for term in self.terms if term.name == name)


@dataclass(frozen=True)
class Event:
    """The households to which something happened between two years."""

    name: EventName
    households: int
    #: Their people in the later year; in the earlier one where they are in that alone.
    people: int
    #: How many of them do not say how many people they have.
    unsized: int
    #: 户变更原因, empty for none → households; only where somebody gives one.
    reasons: Mapping[str, int]
    #: Columns ``before`` and ``after``: positions of their rows in the household table, in its order; null for no row. Of a split
    #: the earlier row is the household it was part of, of a merger the later one the household it went into.
    rows: pa.Table = field(repr=False, compare=False)


@dataclass(frozen=True)
class Law:
    """By what the households of a year are judged."""

    standard: Standard
    rules: Rules


@dataclass(frozen=True)
class Lacking:
    """A field without a value that left verdicts open."""

    #: A field of the household, ``person.x`` of a member, ``person.rows`` for members who are not listed.
    name: str
    #: Households whose verdict was open in the earlier year for want of it, and is not in the later one.
    before: int
    #: Households whose verdict is open in the later year for want of it, and was not in the earlier one.
    after: int


@dataclass(frozen=True)
class Turn:
    """How many households have one verdict in the earlier year and another, or the same, in the later one."""

    #: None: not in that year.
    before: str | None
    after: str | None
    kind: Kind
    count: int
    #: None where the verdict is the same, or there is only one.
    cause: Cause | None = None
    interplay: Interplay | None = None


@dataclass(frozen=True)
class Looked:
    """Some changed verdicts, made to be shown."""

    before: StandardResult
    after: StandardResult
    flips: Iterator[Flip]


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of two years on the households that are in either."""

    before: Law
    after: Law
    turns: tuple[Turn, ...]
    #: One for each outcome of either year.
    balances: tuple[Balance, ...]
    #: Households whose verdict differs, by what changed it; every cause is there.
    causes: Mapping[Cause, int]
    lacking: tuple[Lacking, ...]
    #: The numbers that the standards look at and that are not the same in both years.
    parameters: tuple[str, ...]
    #: One row for each changed verdict, in the order of the later year's rows: ``before`` and ``after`` (positions), ``from``,
    #: ``to``, ``cause``, ``interplay``; ``by_earlier_law``: what the later data come to by the earlier year's law, and
    #: ``by_later_law`` the other way round; null where that was not asked.
    changes: pa.Table = field(repr=False, compare=False)
    #: Makes changed verdicts from row ``start`` to ``stop`` of ``changes`` ready to be shown.
    look: Callable[[int, int], Looked] = field(repr=False, compare=False)

    @property
    def changed(self) -> int:
        """How many verdicts differ."""
        return int(self.changes.num_rows)


@dataclass(frozen=True)
class Interval:
    """Two neighbouring years of which there is a roster."""

    before: int
    after: int
    #: How people are counted: the rows of members, or 家庭人口数 where one of the years has no such rows.
    people_by: Literal["rows", "size"]
    #: Households and people, of these the poor, those who have exited, and those whose 脱贫属性 is not known.
    balances: tuple[Balance, ...]
    #: People one by one, with the reasons that the rows give; None where one of the years has no rows of members.
    people: Balance | None
    #: People who went to another household of the roster.
    moved_people: int
    #: People who are in no household of their year's roster, in each year; only where members are counted by their rows.
    homeless: tuple[int, int]
    #: Households that do not say how many people they have, in each year.
    unsized: tuple[int, int]
    #: In the order of ``EventName``; those to which nothing happened are not there.
    events: tuple[Event, ...]
    #: None where the households are not judged.
    verdicts: Verdicts | None

    def event(self, name: EventName) -> Event | None:
        """The households to which this happened."""
        return next((event for event in self.events if event.name == name), None)


@dataclass(frozen=True)
class Story:
    """The changes between all years that are there."""

    intervals: Sequence[Interval]
    #: Of all years, one after the other: for the addresses of cells.
    household: Table = field(repr=False, compare=False)
    #: Rows without a readable year: they are in no sum.
    undated: int = 0
