"""What a page about packs is made of, whether it is printed or written as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Manner = Literal["plain", "strong", "code", "quiet", "open"]


@dataclass(frozen=True)
class Line:
    """A line of text, and how it is said: ``code`` is the rule language, ``open`` is what nobody has confirmed."""

    text: str
    manner: Manner = "plain"


Cell = Sequence[Line]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the page's own."""

    level: int
    text: str
    #: The name that rules use.
    code: str = ""


@dataclass(frozen=True)
class Prose:
    """Lines one below the other."""

    lines: Sequence[Line]


@dataclass(frozen=True)
class Grid:
    """A table; ``widths`` are shares of a terminal's width."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


Block = Heading | Prose | Grid


def cell(*lines: Line | str | None) -> Cell:
    """A cell of these lines; what is nothing is left out."""
    return [Line(line) if isinstance(line, str) else line for line in lines if line]


def without_empty(columns: Iterable[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> Grid:
    """A table without the columns in which nothing stands."""
    headings = list(columns)
    kept = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    return Grid([headings[i] for i in kept], [[row[i] for i in kept] for row in rows], [widths[i] for i in kept])
