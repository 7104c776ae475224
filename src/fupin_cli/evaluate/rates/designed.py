"""The rate of a sample that was drawn by strata or by clusters, and its design effect.

Estimators: W. G. Cochran, Sampling Techniques, 3rd edition (1977), for strata sections 5.3 and 5.10 (the weighted mean and its
estimated variance), for clusters section 3.12 (the ratio estimate of a proportion), for clusters within strata both (the separate
ratio estimate, section 6.10). The design effect is that variance over p(1-p)/(n-1), that of a simple random sample drawn with
replacement (L. Kish, Survey Sampling (1965), section 8.2).
Interval: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998), 193-201: Clopper and Pearson's with the effective sample
size, made smaller by the squared ratio of Student's quantiles because the variance is itself an estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import stdtrit

from fupin_cli.evaluate.rates.intervals import binomial_interval
from fupin_cli.evaluate.rates.simple import CONFIDENCE, fault
from fupin_cli.model.rate import Method, NoRate, Rate

#: The greatest variance that a single answer can have: where a stratum has no second one to tell it from.
_GREATEST = Fraction(1, 4)


@dataclass(frozen=True)
class Cluster:
    """The answers of a village (or another group) that was drawn as a whole, or of the sample within it."""

    hits: int
    sampled: int


@dataclass(frozen=True)
class Stratum:
    """A part of the population from which a sample of its own was drawn: single answers, each a cluster of one, or clusters."""

    clusters: Sequence[Cluster]
    population: int

    @property
    def hits(self) -> int:
        """What was counted in all of its clusters."""
        return sum(cluster.hits for cluster in self.clusters)

    @property
    def sampled(self) -> int:
        """Among how many."""
        return sum(cluster.sampled for cluster in self.clusters)


def stratified_rate(strata: Sequence[Stratum], confidence: Fraction = CONFIDENCE) -> Rate | NoRate:
    """The rate of the whole population, each stratum weighted by its size."""
    there = [stratum for stratum in strata if stratum.population or stratum.sampled or stratum.hits]
    for stratum in there:
        odd = any(fault(cluster.hits, cluster.sampled, None) not in (None, "nobody-asked") for cluster in stratum.clusters)
        reason = "more-than-asked" if odd else fault(stratum.hits, stratum.sampled, stratum.population)
        if reason is not None:
            return NoRate("stratum-not-asked" if reason == "nobody-asked" else reason)
    if not there:
        return NoRate("nobody-there")
    population = sum(stratum.population for stratum in there)
    hits, sampled = sum(stratum.hits for stratum in there), sum(stratum.sampled for stratum in there)
    value = sum((Fraction(s.population * s.hits, population * s.sampled) for s in there), Fraction(0))
    variance = sum((Fraction(s.population, population) ** 2 * _variance(s) for s in there), Fraction(0))
    asked = [(s, cluster) for s in there for cluster in s.clusters if cluster.sampled]
    effect = _effect(value, sampled, variance)
    if effect is None:
        # All answers are alike. What is left of the design is how unequal the weights are (Kish (1965), section 11.7).
        weights = [Fraction(s.population, s.sampled) * cluster.sampled for s, cluster in asked]
        size = sum(weights, Fraction(0)) ** 2 / sum((weight**2 for weight in weights), Fraction(0))
    else:
        size = _effective(sampled, effect, len(asked) - len(there), confidence)
    low, high = _interval(value, size, confidence)
    method: Method = "strata" if sampled == len(asked) else "strata-clusters"
    return Rate(hits, sampled, population, confidence, value, low, high, method, effect)


def clustered_rate(clusters: Sequence[Cluster], there: int | None = None, confidence: Fraction = CONFIDENCE) -> Rate | NoRate:
    """The rate of a sample of clusters that were drawn with equal chances, or in proportion to size with equal numbers within.

    ``there`` is the number of clusters in the population, where all were drawn from a list and each drawn one was asked whole.
    """
    asked = [cluster for cluster in clusters if cluster.sampled or cluster.hits]
    hits, sampled = sum(cluster.hits for cluster in asked), sum(cluster.sampled for cluster in asked)
    reason = next((found for c in asked if (found := fault(c.hits, c.sampled, None)) is not None), fault(hits, sampled, None))
    if reason is not None:
        return NoRate(reason)
    if there is not None and len(asked) > there:
        return NoRate("more-asked-than-there")
    value, count = Fraction(hits, sampled), len(asked)
    effect = None
    if count > 1:
        missed = 1 - Fraction(count, there) if there is not None else Fraction(1)
        effect = _effect(value, sampled, missed * _of_clusters(asked))
    # One cluster, or no difference between answers, says nothing about how alike neighbours are: then each counts as one answer.
    size = _effective(sampled, effect, count - 1, confidence) if effect is not None else Fraction(count)
    low, high = _interval(value, size, confidence)
    return Rate(hits, sampled, None, confidence, value, low, high, "clusters", effect)


def _variance(stratum: Stratum) -> Fraction:
    """The estimated variance of a stratum's rate, with the correction for a finite population."""
    unseen = 1 - Fraction(stratum.sampled, stratum.population)
    asked = [cluster for cluster in stratum.clusters if cluster.sampled]
    return unseen * (_of_clusters(asked) if len(asked) > 1 else _GREATEST)


def _of_clusters(asked: Sequence[Cluster]) -> Fraction:
    """The estimated variance of the rate of at least two clusters."""
    hits, sampled, count = sum(c.hits for c in asked), sum(c.sampled for c in asked), len(asked)
    # In whole numbers: each residual is that over the number of all answers.
    squares = sum((c.hits * sampled - hits * c.sampled) ** 2 for c in asked)
    return Fraction(count * squares, (count - 1) * sampled**4)


def _effect(value: Fraction, sampled: int, variance: Fraction) -> Fraction | None:
    simple = value * (1 - value)
    return variance * (sampled - 1) / simple if simple and sampled > 1 else None


def _effective(sampled: int, effect: Fraction, freedom: int, confidence: Fraction) -> Fraction:
    """So many answers of a simple random sample are worth as much."""
    if effect == 0 or freedom < 1:
        # Everybody was asked, or nothing is known of the variance: the plain number is the most that can be claimed.
        return Fraction(sampled)
    tail = float((1 - confidence) / 2)
    shrunk = Fraction(float(stdtrit(sampled - 1, tail) / stdtrit(freedom, tail))) ** 2
    # A design that turns out better than chance is not trusted to be (National Center for Health Statistics, Series 2, No. 175).
    return min(Fraction(sampled), sampled / effect * shrunk)


def _interval(value: Fraction, size: Fraction, confidence: Fraction) -> tuple[Fraction, Fraction]:
    return binomial_interval(float(value * size), float(size), confidence)
