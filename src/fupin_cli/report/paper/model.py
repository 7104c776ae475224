"""What a report says, before any format: a title, and parts that stand below each other.

Every text is in the reader's language and fit to be shown: numbers that look personal are masked, characters that steer are
replaced. None is escaped; each format does that its own way. Nothing in a paper depends on a format, a clock or a machine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from fupin_cli.messages import Lang
from fupin_cli.report.paper import drawn

#: Meets what is asked; does not; nobody knows yet; says nothing of the kind.
Tone: TypeAlias = drawn.Tone
#: How a column reads: short texts, numbers to the right, a word with a tone, sentences.
Kind = Literal["text", "number", "status", "long"]


@dataclass(frozen=True)
class Cell:
    """A cell of a grid."""

    text: str
    tone: Tone = "plain"
    #: What it is sorted by, and what a workbook holds, where the text is a number of ours.
    number: Decimal | int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a grid."""

    heading: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Tile:
    """A number at a glance."""

    label: str
    #: The number as it is shown.
    count: str
    #: Its part of the whole in words; empty where there is none.
    share: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Tiles:
    """The answer in a few numbers."""

    title: str
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Facts:
    """Names with what they are: pack, hash, day, numbers used."""

    title: str
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Lines:
    """Sentences below each other."""

    title: str
    lines: Sequence[str]
    tone: Tone = "plain"


@dataclass(frozen=True)
class Grid:
    """A table that is short enough to be held whole."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    #: What was left out, how to get it, what the signs mean; empty where there is nothing to say.
    note: str = ""


@dataclass(frozen=True)
class Shade:
    """A number in a table of shades."""

    text: str
    #: From 0 (nothing) to 1 (as much as anywhere in the table).
    depth: float = 0.0
    tone: Tone = "plain"


@dataclass(frozen=True)
class Shades:
    """Places by numbers: the more, the deeper the shade."""

    title: str
    #: Of the names that tell a place, then of the numbers.
    names: Sequence[str]
    numbers: Sequence[str]
    rows: Sequence[tuple[Sequence[str], Sequence[Shade]]]
    note: str = ""


@dataclass(frozen=True)
class Step:
    """A step of a procedure."""

    label: str
    #: When it was, or has to be; empty where nobody knows.
    when: str
    #: Done, in time, too late, due on: in a word or two.
    state: str = ""
    tone: Tone = "plain"
    #: What it rests on: clause, cells.
    note: str = ""


@dataclass(frozen=True)
class Steps:
    """Steps in the order of time."""

    title: str
    steps: Sequence[Step]
    note: str = ""


@dataclass(frozen=True)
class Blanks:
    """What has to be filled in by hand: names, signatures, seals, days."""

    title: str
    labels: Sequence[str]


@dataclass(frozen=True)
class Chart:
    """Numbers drawn, and told in words for whoever does not see them."""

    title: str
    #: Holds every number that is drawn.
    told: str
    data: drawn.ChartData
    #: What is not drawn: values that nobody knows, bars left out.
    note: str = ""


@dataclass(frozen=True)
class Law:
    """A check or rule as a report cites it: said once, however many subjects it stops."""

    title: str
    #: Document and clause.
    clause: str
    quote: str = ""
    why: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Reason:
    """A check of a subject: what was read and where, what is asked, by how much it is met or missed."""

    #: Key of the check in ``Subjects.laws``; empty where it is none.
    law: str
    #: ✗ ? ! ✓ –
    mark: str
    status: str
    told: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Entry:
    """A subject with its outcome and the reasons."""

    #: Its number; its place in the file where it has none.
    known_as: str
    #: One for each of ``Subjects.columns``.
    cells: Sequence[str]
    outcome: str
    reasons: Sequence[Reason]
    #: Its place in the file; empty where that is what it is known as.
    where: str = ""
    #: Further lines: what is missing, standards beside, doubts.
    notes: Sequence[str] = ()
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bundle:
    """Subjects that have something in common, which is the outcome or the rule that they break."""

    label: str
    tone: Tone
    #: How many ``entries`` gives.
    count: int
    #: They may be many: made one by one, anew at each call.
    entries: Callable[[], Iterator[Entry]]


@dataclass(frozen=True)
class Subjects:
    """The subjects one by one. A format that has no room for all takes the first of every bundle and says how many are left."""

    title: str
    #: Of ``known_as`` and of the outcome.
    heading: str
    outcome: str
    #: Of the cells between them: name, township, village, year.
    columns: Sequence[str]
    bundles: Sequence[Bundle]
    laws: Mapping[str, Law]
    #: Who is not listed, and why: those that pass are counted above.
    note: str = ""
    #: Number left out → the sentence that says so and how to get them.
    left_out: Callable[[int], str] = field(default=str)
    #: Indexes of ``columns`` by which one chooses (township, village).
    choices: Sequence[int] = ()

    @property
    def count(self) -> int:
        """All of them."""
        return sum(bundle.count for bundle in self.bundles)


@dataclass(frozen=True)
class Section:
    """Parts under one heading, one level below it."""

    title: str
    parts: Sequence["Part"]
    #: Whether it is for whoever wants to retrace the report rather than for a first look.
    aside: bool = False


Part = Tiles | Facts | Lines | Grid | Shades | Steps | Blanks | Chart | Subjects | Section


@dataclass(frozen=True)
class Paper:
    """A whole report."""

    lang: Lang
    title: str
    #: The answer in one sentence: who, and how many; where there are several, each on a line.
    answer: str
    tone: Tone
    #: Pack with version, day, files: small, below the title.
    subtitle: Sequence[str]
    parts: Sequence[Part]
