"""A rate: so many of so many, the interval around it, and what both say about a limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

#: How the interval was found: exactly from the binomial or, where the population is known, the hypergeometric distribution; or
#: from an effective sample size where the sample was drawn by strata or clusters.
#: ``strata-clusters``: by clusters within each stratum.
Method = Literal["binomial", "hypergeometric", "strata", "clusters", "strata-clusters"]
#: What a sample says about a limit: the whole interval keeps it, the whole interval breaks it, or neither.
Conclusion = Literal["conclusive-pass", "conclusive-fail", "inconclusive"]
NoRateReason = Literal[
    "negative",
    "nobody-there",
    "nobody-asked",
    "more-than-asked",
    "more-asked-than-there",
    "stratum-not-asked",
    "more-than-there",
    "unknown",
    "part-without-rate",
]


@dataclass(frozen=True)
class NoRate:
    """Counts that make no rate: never 0 %, and never a division by nothing."""

    reason: NoRateReason


@dataclass(frozen=True)
class Limit:
    """What a rate is held against."""

    #: Between 0 and 1.
    share: Fraction
    #: Whether the rate has to reach it (认可度) instead of not passing it (错退率).
    at_least: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"a limit is a share: {self.share}")


@dataclass(frozen=True)
class Rate:
    """A rate with its interval. The rate is exact; ends of the interval that are no fraction are floats made fractions."""

    #: What was counted, and among how many.
    hits: int
    sampled: int
    #: Of how many these were drawn; None where that is not known.
    population: int | None
    #: How often, at least, such an interval holds the true rate: 95/100.
    confidence: Fraction
    value: Fraction
    low: Fraction
    high: Fraction
    method: Method
    #: How many times the variance is that of a simple random sample of the same size; None where nothing is known of it.
    design_effect: Fraction | None = Fraction(1)

    def meets(self, limit: Limit) -> bool:
        """Whether the rate itself keeps the limit: what a standard asks. Exactly at the limit is kept."""
        return self.value >= limit.share if limit.at_least else self.value <= limit.share


@dataclass(frozen=True)
class MarginPlan:
    """How many to ask so that the interval reaches no further than a margin from the rate."""

    margin: Fraction
    #: The rate that is expected.
    expected: Fraction
    confidence: Fraction
    population: int | None
    sampled: int
    #: The count at the expected rate.
    hits: int


@dataclass(frozen=True)
class PowerPlan:
    """How many to ask so that a good rate is shown to keep a limit."""

    #: The truth that is to be recognized, and the limit.
    good: Fraction
    bad: Fraction
    #: How likely, at least, the sample is conclusive where the truth is ``good``.
    power: Fraction
    confidence: Fraction
    population: int | None
    sampled: int
    #: The acceptance number: the most, where the rate is to be reached of those who do not, with which the sample is conclusive.
    accepted: int
    at_least: bool = False


@dataclass(frozen=True)
class Plan:
    """What ``fupin sample --plan`` says."""

    version: str
    confidence: Fraction
    population: int | None
    parts: Sequence[MarginPlan | PowerPlan]
    #: What the planned sample would show at its count.
    rates: Mapping[MarginPlan | PowerPlan, Rate | NoRate]
