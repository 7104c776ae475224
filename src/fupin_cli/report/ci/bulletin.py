"""What a run announces, before any format: rules with what became of them, findings with their cells, and what it rests on.

Nothing here depends on what was checked. Texts are masked and in the reader's language; none is escaped.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from fupin_cli.messages import Lang, say
from fupin_cli.model.pack import Check
from fupin_cli.model.problem import Address
from fupin_cli.model.verification import Found, Level
from fupin_cli.report.mask import mask, mask_key
from fupin_cli.report.problems import visible
from fupin_cli.report.unread import Unread


@dataclass(frozen=True)
class Counts:
    """How many findings there are of a rule."""

    new: int = 0
    accepted: int = 0


@dataclass(frozen=True)
class Rule:
    """A rule in words, with what became of it."""

    #: ``household-roster/continues``.
    id: str
    level: Level
    title: str
    #: Sentences; empty where there is nothing to say.
    why: str
    remedy: str
    clause: str
    counts: Counts
    #: How many were asked, and of how many it is unknown.
    asked: int = 0
    unknown: int = 0
    #: Why it could not be asked of anybody; empty where it was.
    skipped: str = ""
    #: Whether its findings make the run fail.
    fails: bool = False
    #: As the pack declares it; None for what no pack does.
    declared: Check | None = None

    @property
    def standard(self) -> str:
        """The standard's id."""
        return self.id.partition("/")[0]

    @property
    def check(self) -> str:
        """The check's id in its standard."""
        return self.id.partition("/")[2]

    @property
    def lines(self) -> list[str]:
        """Why it matters, what to do, and where it stands."""
        return [part for part in (self.why, self.remedy, self.clause) if part]


@dataclass(frozen=True)
class Told:
    """A finding and what is said of it."""

    found: Found
    #: Which household, member or row, of which year, and in which file.
    who: str
    #: What is wrong, with values and cells.
    reason: str
    #: The next step of a problem; of a rule it is the same for all its findings.
    hint: str = ""
    hinted: str = ""

    def text(self, known: str = "") -> str:
        """The whole in one line, without the next step where that is ``known`` already."""
        return self.who + self.reason + (f" {self.hinted}" if self.hinted and self.hint != known else "")


@dataclass(frozen=True)
class Source:
    """A file that findings are about."""

    path: str
    sha256: str


def _nothing(_: int) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Bulletin:
    """Everything that is announced of a run."""

    lang: Lang
    command: str
    #: Of the program.
    version: str
    title: str
    as_of: date | None
    #: Files by the number that addresses have.
    inputs: Sequence[Source]
    rules: Sequence[Rule]
    #: In the order in which they are told; rule and acceptance are known, the rest may be found out by ``tell``.
    found: Sequence[Found]
    #: Each of these findings in words with everything about it, one after the other, however many there are.
    tell: Callable[[Iterable[Found]], Iterator[Told]]
    #: Each pack and its version, and its hash.
    packs: Sequence[tuple[str, str]] = ()
    numbers: Sequence[str] = ()
    assumptions: Sequence[str] = ()
    #: What is to be known and is nobody's mistake.
    notes: Sequence[str] = ()
    #: How it ended, line by line; of long lists so many entries, 0 for all.
    ending: Callable[[int], Sequence[str]] = _nothing
    #: Why the run fails though no finding says so (rows lost); empty where it does not.
    lost: str = ""
    #: Files of which nothing was looked at.
    refused: Sequence[Unread] = ()
    #: What is told where there is no finding, and the case that everything could be looked at.
    nothing: str = "ci-nothing-new"
    whole: str = "ci-all-read"
    #: Ids of the rules, each with its place.
    places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the rules."""
        self.places.update({rule.id: number for number, rule in enumerate(self.rules)})

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return say(code, self.lang, **facts)

    def rule(self, found: Found) -> Rule:
        """The rule of a finding."""
        return self.rules[self.places[found.rule]]


def safe(text: str) -> str:
    """A text from the data as many people may see it."""
    return visible(mask(text))


def safe_key(text: str) -> str:
    """A number of a household as many people may see it."""
    return visible(mask_key(text))


def primary(found: Found) -> Address:
    """The one cell to go to first: a cell of the rule in the subject's own row, else the row."""
    where = found.where
    own = (cell for cell in found.cells if (cell.input, cell.sheet, cell.row) == (where.input, where.sheet, where.row))
    return next(own, where)
