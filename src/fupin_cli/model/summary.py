"""What ``fupin summary`` found: what a roster is made of, and how far its people are below the line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.pack import Pack
from fupin_cli.model.parameter import Period
from fupin_cli.model.problem import Problem

#: Fields of a household by whose values a summary counts.
COUNTED = ("household_category", "poverty_status", "exit_year", "main_cause")
#: The parameter that is the line.
LINE = "poverty_line"
#: Places by which a summary may be divided, the widest first.
PLACES = ("province", "city", "county", "township", "village")
#: Where the bands of incomes begin, in quarters of the line; below the first lies what is less than nothing.
QUARTERS = (0, 1, 2, 3, 4, 5, 6, 8, 12)


@dataclass(frozen=True)
class Size:
    """How many households, and how many persons live in those whose size is known."""

    households: int = 0
    persons: int = 0
    #: Households of which nobody knows how many they are.
    unsized: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(self.households + other.households, self.persons + other.persons, self.unsized + other.unsized)


@dataclass(frozen=True)
class Tally:
    """A value and how many have it; None for those of whom it is not known."""

    value: str | None
    size: Size


@dataclass(frozen=True)
class Measure:
    """A measure of poverty: what it is at least and at most."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> Fraction | None:
        """The measure, where nothing is unknown."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Block:
    """A year, and perhaps a place in it."""

    year: int | None
    #: The values of the fields by which the summary is divided; empty for all places together.
    place: tuple[str | None, ...]
    size: Size
    #: Field → its values, the commonest first, the unknown last.
    tallies: Mapping[str, Sequence[Tally]]
    #: The lines in force, in yuan per person and year; several where they differ by place, none where none is in force.
    lines: Sequence[Decimal]
    #: How many stand in each band of incomes: below nothing, then from each of ``QUARTERS`` on.
    bands: Sequence[Size]
    #: Those whose income is not known, and those for whose year or place no line is in force.
    no_income: Size
    no_line: Size
    #: Those whose income is known to be below the line.
    poor: Size
    #: Headcount ratio, poverty gap and severity (Foster, Greer, Thorbecke: 0, 1 and 2), by persons; empty where there is nobody,
    #: or no line.
    measures: Sequence[Measure] = ()


@dataclass(frozen=True)
class Summary:
    """Everything that a report may say about a run."""

    version: str
    pack: Pack
    #: Values of the line with the years in which they are in force; empty where the user gave one.
    periods: Sequence[Period]
    #: ``--line``: the line that the user gave.
    line: Decimal | None
    as_of: date | None
    inputs: Sequence[InputSummary]
    problems: Sequence[Problem]
    #: The fields by which it is divided.
    by: Sequence[str] = ()
    #: For each year all places together, then each place.
    blocks: Sequence[Block] = field(default_factory=tuple)
