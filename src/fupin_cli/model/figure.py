"""The rates of one subject, with their names: what was counted among how many, the interval, the limit, the parts."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fupin_cli.model.cited import Title
from fupin_cli.model.rate import Conclusion, Limit, NoRate, NoRateReason, Rate

#: What makes a cluster of answers: the village or township where people were asked, or else their household.
Neighbours = Literal["village", "township", "household"]


@dataclass(frozen=True)
class Figure:
    """A number of the subject as the standard settled it."""

    #: The field or fact, and what people call it.
    name: str
    title: Title
    #: None: nobody knows, or sources disagree.
    value: int | None


@dataclass(frozen=True)
class Part:
    """A part of a composite rate: so many people, or so many times a rate that a sample found."""

    title: Title
    people: Figure
    #: The name of that rate; None where all of these people count.
    rate: str | None
    #: Its counts: so many of so many; None where there is no such rate, or none was found.
    counts: tuple[int, int] | None
    #: People, times the rate where there is one; None where something of it is not known.
    product: Fraction | None


@dataclass(frozen=True)
class ByDesign:
    """The same rate as of the places in which people were asked."""

    found: Rate | NoRate
    by: Neighbours
    clusters: int
    #: Townships with a sample of their own, each weighted by its people; 0 where it is not known how many these are.
    strata: int
    #: Rows that belong to it, or may, and do not say what is counted: they are in no rate, and none of them is a no.
    open_rows: int


@dataclass(frozen=True)
class FoundRate:
    """A rate of a subject."""

    name: str
    title: Title
    #: The denominator, by its name: sources differ in what they divide by.
    of: Figure
    #: The rate itself, exactly; where there is none, why not.
    value: Fraction | None
    reason: NoRateReason | None
    #: The numerator; None where it is a sum of parts.
    hits: Figure | None = None
    #: Of how many the sample was drawn; None where the standard names no such figure.
    population: Figure | None = None
    parts: tuple[Part, ...] = ()
    #: With the interval of a simple random sample; None for a full count, for parts, and where there is no rate.
    simple: Rate | None = None
    #: None where no survey sheet says who was asked.
    designed: ByDesign | None = None
    limit: Limit | None = None
    #: Whether the rate itself keeps the limit, which is what a standard asks; None without either.
    kept: bool | None = None
    #: What the sample says about the limit; None where there is no sample or no limit.
    conclusion: Conclusion | None = None

    @property
    def interval(self) -> Rate | None:
        """The interval to go by: that of the design where it is known, because neighbours answer alike."""
        if self.designed is not None and isinstance(self.designed.found, Rate):
            return self.designed.found
        return self.simple

    @property
    def counts(self) -> tuple[int, int] | None:
        """The rate as so many of so many; None where there is none, or it is a sum of parts."""
        if self.value is None or self.hits is None or self.hits.value is None or self.of.value is None:
            return None
        return self.hits.value, self.of.value

    @property
    def unknown(self) -> tuple[Figure, ...]:
        """The figures that are not known and without which there is no rate, each once."""
        figures = [self.hits, self.of, *(part.people for part in self.parts)]
        lacking = {figure.name: figure for figure in figures if figure is not None and figure.value is None}
        return tuple(lacking.values())
