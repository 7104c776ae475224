"""What a chart shows, before it is drawn: numbers with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: Meets what is asked; does not; nobody knows yet; says nothing of the kind. Never shown by colour alone.
Tone = Literal["good", "bad", "open", "plain"]


@dataclass(frozen=True)
class Bar:
    """A bar, in as many pieces as the chart has series."""

    label: str
    amounts: Sequence[int]


@dataclass(frozen=True)
class Series:
    """What one colour of a chart stands for."""

    label: str
    tone: Tone


@dataclass(frozen=True)
class Bars:
    """Amounts by name, lying; several series stand behind each other in one bar."""

    series: Sequence[Series]
    bars: Sequence[Bar]
    #: What is counted: 户.
    unit: str = ""


@dataclass(frozen=True)
class Mark:
    """A value that is drawn as a line and named: the poverty line."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class Histogram:
    """How many have values between each two edges."""

    #: One more than there are counts; the first and last bin hold what lies beyond, too, where ``open_ends`` says so.
    edges: Sequence[Decimal]
    counts: Sequence[int]
    #: Of the axis: 人均纯收入（元）.
    label: str
    marks: Sequence[Mark] = ()
    open_ends: tuple[bool, bool] = (False, False)
    unit: str = ""
    #: One for each count; none: all are plain.
    tones: Sequence[Tone] = ()


@dataclass(frozen=True)
class Columns:
    """Amounts by name, standing side by side: the years of a story. Several series stand on each other."""

    series: Sequence[Series]
    columns: Sequence[Bar]
    unit: str = ""


@dataclass(frozen=True)
class Moved:
    """What comes out as a number moves: a column for each of its values, as wide as its part of the scale."""

    series: Sequence[Series]
    values: Sequence[Decimal]
    #: For each value as many as there are series.
    amounts: Sequence[Sequence[int]]
    #: Of the axis: the number with its unit.
    label: str
    marks: Sequence[Mark] = ()
    unit: str = ""


@dataclass(frozen=True)
class Reach:
    """A share, and how far the sample behind it reaches."""

    label: str
    #: In per cent; None where nobody knows.
    value: Decimal | None
    #: The share and its ends in words.
    told: str
    #: The ends in per cent; None for a full count.
    ends: tuple[Decimal, Decimal] | None = None
    #: What it is held against, in per cent.
    limit: Decimal | None = None
    tone: Tone = "plain"


@dataclass(frozen=True)
class Intervals:
    """Shares below each other on one scale, each with the limit that it is held against."""

    reaches: Sequence[Reach]
    #: What the broken lines stand for: the limit; empty where there are none.
    limit: str = ""


@dataclass(frozen=True)
class Moment:
    """A day on a line of time."""

    label: str
    #: As ISO text.
    day: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Timeline:
    """Days on a line of time."""

    moments: Sequence[Moment]


ChartData = Bars | Columns | Histogram | Intervals | Moved | Timeline
