"""What a row of the fault table is: a fault, how its file is made, and what must happen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Writes the files of a row into a folder and says which of them are given to fupin.
Make = Callable[[Path], Path | Sequence[Path]]


@dataclass(frozen=True)
class Refused:
    """Exit code 3, nothing written, one line that says what and where, and the next step."""

    code: str
    #: What the line must name: the line of a csv, the part of a workbook.
    names: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reads:
    """Read whole: the sound roster's values but for those that ``changed`` names."""

    #: Cell → code of every problem that leaves a value missing or a row without a subject, and of no other.
    problems: Mapping[str, str] = field(default_factory=dict)
    #: Codes about the file as a whole, and about sheets and rows that were left out: all must be told.
    told: Sequence[str] = ()
    #: Field → what the first household has in the place of the sound value; None for missing.
    changed: Mapping[str, object] = field(default_factory=dict)
    #: Rows read, decided, quarantined, skipped, over all sheets; None where the values are not those of the sound roster.
    rows: tuple[int, int, int, int] = (2, 2, 0, 0)
    #: Rows that are the header.
    header_rows: int = 1
    #: The households that must come out, by number; None for those of the sound roster.
    households: Sequence[str | None] | None = None
    #: Values of other fields than the sound roster has: table and field → values in the order of the rows.
    holds: Mapping[tuple[str, str], Sequence[object]] = field(default_factory=dict)


@dataclass(frozen=True)
class Proved:
    """Proved elsewhere: the file and the name of each test, and what the user sees."""

    tests: Sequence[str]
    zh: str
    en: str


@dataclass(frozen=True)
class Fault:
    """One row of the table."""

    id: str
    zh: str
    en: str
    expected: Refused | Reads | Proved
    make: Make | None = None
    #: Further words of the command line.
    arguments: tuple[str, ...] = ()
    #: Read in a process of its own as for a user, because the file may end the process that reads it.
    child: bool = False
    #: Why the behaviour is not there yet.
    waiting: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of one kind, with the heading under which the page shows them."""

    id: str
    zh: str
    en: str
    faults: Sequence[Fault]
