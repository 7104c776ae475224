"""Many rates at once: the same answers as one by one, in a small part of the time.

A thousand counties have thousands of rates, and the ends of an interval in a population of known size are searched. Here all
searches go side by side over arrays of floats; wherever a float could be on the wrong side, whole numbers decide as they do for
one rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainccinv, betaincinv, gammaln

from fupin_cli.evaluate.rates.simple import CONFIDENCE, fault
from fupin_cli.evaluate.rates.tails import CLOSE, OF_LOGARITHM, hypergeometric_over
from fupin_cli.model.rate import Method, NoRate, Rate

_Counts = NDArray[np.int64]
_Floats = NDArray[np.float64]
_Truths = NDArray[np.bool_]
#: What is left of a sum may be left out once it is so small a share of it.
_NOTHING = 1e-16
#: Logarithms below this are the smallest of floats; sums that begin there are not trusted.
_LEAST = -600.0
#: How many terms are added before those that are finished leave.
_STRIDE = 16
#: The search begins so many steps, each a tenth of a standard deviation, around a first guess.
_TENTHS = 2.0


@dataclass(frozen=True)
class Counts:
    """What makes a rate."""

    hits: int
    sampled: int
    population: int | None = None


def rates(counts: Sequence[Counts], confidence: Fraction = CONFIDENCE) -> list[Rate | NoRate]:
    """What ``simple.rate`` says of each, bit for bit."""
    found: list[Rate | NoRate | None] = []
    for one in counts:
        reason = fault(one.hits, one.sampled, one.population)
        found.append(NoRate(reason) if reason is not None else None)
    sound = [index for index, made in enumerate(found) if made is None]
    large = [(index, counts[index]) for index in sound if counts[index].population is None]
    for (index, one), (low, high) in zip(large, _binomial([one for _, one in large], confidence), strict=True):
        found[index] = _rate(one, confidence, low, high)
    known = [(index, one, one.population) for index in sound if (one := counts[index]).population is not None]
    hits, sampled = _array([one.hits for _, one, _ in known]), _array([one.sampled for _, one, _ in known])
    lows, highs = _hypergeometric(hits, sampled, _array([there for _, _, there in known]), (1 - confidence) / 2)
    for (index, one, there), least, most in zip(known, lows.tolist(), highs.tolist(), strict=True):
        found[index] = _rate(one, confidence, Fraction(least, there), Fraction(most, there))
    return [made for made in found if made is not None]


def _rate(counts: Counts, confidence: Fraction, low: Fraction, high: Fraction) -> Rate:
    method: Method = "binomial" if counts.population is None else "hypergeometric"
    value = Fraction(counts.hits, counts.sampled)
    return Rate(counts.hits, counts.sampled, counts.population, confidence, value, low, high, method)


def _array(counts: Sequence[int]) -> _Counts:
    return np.array(counts, np.int64)


def _binomial(counts: Sequence[Counts], confidence: Fraction) -> list[tuple[Fraction, Fraction]]:
    tail = float((1 - confidence) / 2)
    hits, sampled = (np.array(each, float) for each in ([c.hits for c in counts], [c.sampled for c in counts]))
    # Where there is no end to look for the function is asked for another one, which is not used.
    low = np.where(hits > 0, betaincinv(np.maximum(hits, 1), sampled - hits + 1, tail), 0.0)
    high = np.where(hits < sampled, betainccinv(hits + 1, np.maximum(sampled - hits, 1), tail), 1.0)
    return [(Fraction(least), Fraction(most)) for least, most in zip(low.tolist(), high.tolist(), strict=True)]


def _hypergeometric(hits: _Counts, sampled: _Counts, population: _Counts, tail: Fraction) -> tuple[_Counts, _Counts]:
    """The ends of each interval, in persons: the lower one is the upper one of those who are not hits."""
    ends = _most(
        np.concatenate([sampled - hits, hits]), np.tile(sampled, 2), np.tile(population, 2), tail
    )  # fmt: skip
    return population - ends[: len(hits)], ends[len(hits) :]


def _most(hits: _Counts, sampled: _Counts, population: _Counts, tail: Fraction) -> _Counts:
    """The most that there can be without so few in the sample being less likely than the tail, for each."""
    low, high = hits.copy(), population - (sampled - hits)
    _narrow(low, high, hits, sampled, population, tail)
    open_still = np.flatnonzero(low < high)
    while open_still.size:
        middle = (low[open_still] + high[open_still] + 1) // 2
        over = _over(hits[open_still], sampled[open_still], middle, population[open_still], tail)
        low[open_still] = np.where(over, middle, low[open_still])
        high[open_still] = np.where(over, high[open_still], middle - 1)
        open_still = open_still[low[open_still] < high[open_still]]
    return low


def _narrow(low: _Counts, high: _Counts, hits: _Counts, sampled: _Counts, population: _Counts, tail: Fraction) -> None:
    """Bring the bounds of the search together around a guess, where the guess is found to lie between them."""
    # The binomial end, drawn towards the rate as the part of the population that was not asked gets smaller.
    share = hits / sampled
    end = np.where(hits < sampled, betainccinv(hits + 1, np.maximum(sampled - hits, 1), float(tail)), 1.0)
    unseen = np.sqrt(1 - sampled / population)
    guess = population * (share + (end - share) * unseen)
    step = np.ceil(population * (end - share) * unseen / (10 * _TENTHS)) + 2
    below = np.clip((guess - step).astype(np.int64), low, high)
    above = np.clip((guess + step).astype(np.int64), low, high)
    inside = np.flatnonzero(below > low)
    kept = inside[_over(hits[inside], sampled[inside], below[inside], population[inside], tail)]
    outside = np.flatnonzero(above < high)
    left = outside[~_over(hits[outside], sampled[outside], above[outside], population[outside], tail)]
    low[kept] = below[kept]
    high[left] = above[left] - 1


def _over(hits: _Counts, sampled: _Counts, marked: _Counts, population: _Counts, tail: Fraction) -> _Truths:
    """Whether at most ``hits`` are more likely than the tail, if so many of the population are ``marked``."""
    level = float(tail)
    all_of_them = hits >= np.minimum(sampled, marked)
    near, trusted = _nearly(hits, sampled, marked, population)
    close = np.abs(near - level) <= (CLOSE + OF_LOGARITHM * gammaln(population + 1.0)) * level
    over = all_of_them | (near > level)
    for index in np.flatnonzero(~all_of_them & (close | ~trusted)).tolist():
        over[index] = hypergeometric_over(int(hits[index]), int(sampled[index]), int(marked[index]), int(population[index]), tail)
    return over


def _nearly(hits: _Counts, sampled: _Counts, marked: _Counts, population: _Counts) -> tuple[_Floats, _Truths]:
    """The same by floats, from the last term downwards, each from the one before; and whether that can be trusted."""
    others = population - marked
    last = _chosen(marked, hits) + _chosen(others, sampled - hits) - _chosen(population, sampled)
    trusted = last > _LEAST
    total = np.where(trusted, np.exp(np.maximum(last, _LEAST)), 0.0)
    rows = np.flatnonzero(trusted)
    k, draws, mine, rest = (each[rows].astype(float) for each in (hits, sampled, marked, others))
    term, summed = total[rows], total[rows]
    while rows.size:
        for _ in range(_STRIDE):
            ratio = k * (rest - draws + k) / ((mine - k + 1) * (draws - k + 1))
            term = term * np.maximum(ratio, 0.0)
            summed = summed + term
            k = k - 1
        total[rows] = summed
        # Ratios only fall from here on, so once they are below one the rest is less than a geometric series.
        ratio = k * (rest - draws + k) / ((mine - k + 1) * (draws - k + 1))
        unfinished = (k > 0) & (term > 0) & ((ratio >= 1) | (term * ratio > _NOTHING * summed * (1 - ratio)))
        rows, k, draws, mine, rest = rows[unfinished], k[unfinished], draws[unfinished], mine[unfinished], rest[unfinished]
        term, summed = term[unfinished], summed[unfinished]
    return total, trusted


def _chosen(of: _Counts, these: _Counts) -> _Floats:
    found: _Floats = gammaln(of + 1) - gammaln(these + 1) - gammaln(of - these + 1)
    return found
