"""Why one subject's verdict is what it is: conditions with the truth of each part, what would settle it, what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fupin_cli.model.comparison import Standing, standing
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result
from fupin_cli.model.view import Missing, Reason, Status, SubjectView, Value

#: What a name in a condition stands for.
Kind = Literal["field", "fact", "parameter", "check", "as_of"]
#: How a value is held against others.
Sign = Literal["=", "<", "<=", ">", ">=", "between"]


@dataclass(frozen=True)
class Named:
    """A name in a condition, with what it stands for here."""

    name: str
    kind: Kind
    value: Value
    #: Table of the row that the name is about; empty where it is the subject's own.
    table: str = ""
    #: Where the value was read.
    cells: tuple[Address, ...] = ()
    #: Why there is no value.
    reason: Reason | None = None
    #: Of a check: its status.
    status: Status | None = None
    #: The facts that it is, or that fill it.
    facts: tuple["Derived", ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a condition: AND, OR or NOT over further parts, or else what is asked there."""

    word: Literal["AND", "OR", "NOT", ""]
    #: As the rule language writes it.
    text: str
    #: True, false or unknown; of what is no condition its value.
    value: Value
    #: Whether it could have made a difference: not where a part beside it has already decided.
    matters: bool
    #: What it joins; none where it asks something itself.
    parts: tuple["Part", ...] = ()
    #: What it asks: text, with the names that stand in it.
    pieces: tuple[str | Named, ...] = ()
    #: What was worked out on the way: functions and sums, with their values.
    worked: tuple[tuple[str, Value], ...] = ()

    @property
    def names(self) -> Iterator[Named]:
        """The names in what it asks."""
        return (piece for piece in self.pieces if isinstance(piece, Named))


@dataclass(frozen=True)
class RowOf:
    """A row of another table that decides a fact or leaves it open."""

    where: Address
    #: What its subject is called, where the table has names.
    name: str
    #: Whether the row is meant, where that is asked, and what it says.
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Derived:
    """A value worked out from others."""

    name: str
    value: Value
    #: Of the subject's own fields: its tree. None for a fact about rows.
    part: Part | None = None
    #: What it is divided by, where it is given by head.
    per: Named | None = None
    #: How it takes its rows together (any, all, none ...); empty for one of the subject's own fields.
    fold: str = ""
    #: Table of the rows.
    over: str = ""
    rows: tuple[RowOf, ...] = ()
    #: How many further rows it looks at.
    others: int = 0


@dataclass(frozen=True)
class Reasons:
    """A check of one subject: whom it is meant for, and what it requires."""

    name: str
    applies: Part | None
    require: Part


@dataclass(frozen=True)
class Row:
    """A row of the decision list as it stands for one subject."""

    #: Index in the list.
    number: int
    outcome: str
    #: None for the last row, which holds where no other does.
    when: Part | None
    state: Literal["gave", "possible", "no", "not_reached"]


@dataclass(frozen=True)
class Answer:
    """To which outcome a value would lead, alone: everything else stays as it is."""

    sign: Sign
    #: The value or bound, or the two bounds; of a code list all those that lead there.
    values: tuple[Value, ...]
    outcome: str
    possible: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """Something that is missing, and what each answer would lead to."""

    missing: Missing
    #: The cell that is asked about; None where there is none to fill in.
    cell: Address | None
    unit: str = ""
    #: None where the answers cannot be told beforehand: any text, rows that are not there.
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One value that would have to be another."""

    table: str
    #: Index of the row in its table.
    row: int
    #: Field that changes.
    name: str
    #: Its cell; a row alone where its sheet has no such column.
    where: Address
    before: Value
    #: The value that is enough; nearest to what stands there.
    after: Value
    #: Whether it has to be just this value, at least it, or at most it.
    sign: Literal["=", ">=", "<="] = "="
    #: Other values that do as well.
    instead: tuple[Value, ...] = ()
    #: By how much a number or day changes.
    by: Decimal | None = None
    #: The sum of which this field is one part, each of which would do.
    through: str = ""
    #: Of a sum that counts by head: by how much each head's part changes, rounded up to the cent.
    each: Decimal | None = None
    #: Whom the row is about, where that is not the subject.
    who: str = ""
    #: Whether nobody can make it so, but only correct what is written.
    fixed: bool = False


@dataclass(frozen=True)
class Way:
    """A set of changes that lead to another verdict together, and none of them could be left out."""

    turns: tuple[Turn, ...]
    outcome: str


@dataclass(frozen=True)
class Closest:
    """The check that a subject passes with the least to spare."""

    check: str
    margin: Decimal


@dataclass(frozen=True)
class Questioned:
    """What data quality says about a subject's rows, and the verdict if the values that it questions were unknown."""

    #: Result of a rule, the rule, and the index of the row that breaks it.
    findings: tuple[tuple[StandardResult, str, int], ...]
    outcome: str
    possible: tuple[str, ...]


@dataclass(frozen=True)
class Grounds:
    """Everything that stands behind the verdict of one standard on one subject."""

    judged: StandardResult
    view: SubjectView
    applies: Part | None
    rows: tuple[Row, ...]
    reasons: Mapping[str, Reasons]
    questions: tuple[Question, ...] = ()
    #: None where nobody need ask: the subject meets the standard, or the standard is not for it.
    ways: tuple[Way, ...] | None = None
    closest: Closest | None = None
    questioned: Questioned | None = None

    @property
    def standing(self) -> Standing:
        """What the verdict comes to, whatever the pack calls it."""
        return standing(self.judged.standard, self.view.outcome)


@dataclass(frozen=True)
class Explained:
    """One subject in one year: the standard that gives the verdict, then those beside it."""

    #: The verdicts on this subject, with what a report says beside them.
    result: Result
    grounds: Sequence[Grounds]
    #: What could not be read in its rows.
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Explanation:
    """The subjects that were asked about."""

    #: The check command whose standards are explained.
    command: str
    subjects: Sequence[Explained]

    def meets(self) -> bool:
        """Whether each of them meets the standard that gives its verdict; one that it is not for is not held against anybody."""
        return all(subject.grounds[0].standing in ("meets", "not_applicable") for subject in self.subjects)
