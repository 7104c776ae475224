"""How likely is it to count so few? Compared exactly, by whole numbers wherever floats could be on the wrong side."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, floor, lgamma, sqrt

import numpy as np
from scipy.special import betaincc, gammaln

from fupin_cli.evaluate.rates.chances import Floats, log_chance

_Logarithms = Callable[[Floats, Floats, Floats, Floats], Floats]
#: The incomplete beta function is good to some 1e-13; a comparison closer than this is made again in whole numbers.
CLOSE = 1e-9
#: Each logarithm of a factorial is good to this share of the largest one.
OF_LOGARITHM = 1e-14
#: Counts so many standard deviations below what is looked at hardly ever occur.
_DEVIATIONS = 9


def binomial_over(hits: int, sampled: int, share: Fraction, level: Fraction) -> bool:
    """Whether at most ``hits`` among ``sampled`` are more likely than ``level``, each being one with probability ``share``."""
    if hits < 0 or (share == 1 and hits < sampled):
        return level < 0
    if hits >= sampled or share == 0:
        return level < 1
    near = float(betaincc(hits + 1, sampled - hits, float(share)))
    if abs(near - float(level)) > CLOSE * float(level):
        return near > float(level)
    return _binomial(hits, sampled, share) > level


def hypergeometric_over(hits: int, sampled: int, marked: int, population: int, level: Fraction) -> bool:
    """Whether at most ``hits`` among ``sampled`` are more likely than ``level``, if ``marked`` of the population are such."""
    fewest, most = max(0, sampled - (population - marked)), min(sampled, marked)
    if hits >= most:
        return level < 1
    if hits < fewest:
        return level < 0
    counts = range(fewest, hits + 1)
    near, more = _nearly(_logarithms, counts, sampled, marked, population)
    if abs(near - float(level)) > more + (CLOSE + OF_LOGARITHM * lgamma(population + 1)) * float(level):
        return near > float(level)
    # Slower, and with all its digits; whole numbers of millions would take minutes.
    near, more = _nearly(log_chance, counts, sampled, marked, population)
    if abs(near - float(level)) > more + CLOSE * float(level):
        return near > float(level)
    return _hypergeometric(hits, sampled, marked, population) > level


def _binomial(hits: int, sampled: int, share: Fraction) -> Fraction:
    yes, no = share.numerator, share.denominator - share.numerator
    term = total = no**sampled
    for k in range(1, hits + 1):
        # Each term from the one before: whole numbers throughout.
        term = term * (sampled - k + 1) * yes // (k * no)
        total += term
    return Fraction(total, share.denominator**sampled)


def _hypergeometric(hits: int, sampled: int, marked: int, population: int) -> Fraction:
    others = population - marked
    k = max(0, sampled - others)
    term = total = comb(marked, k) * comb(others, sampled - k)
    while k < hits:
        term = term * (marked - k) * (sampled - k) // ((k + 1) * (others - sampled + k + 1))
        k += 1
        total += term
    return Fraction(total, comb(population, sampled))


def _nearly(logarithms: _Logarithms, counts: range, sampled: int, marked: int, population: int) -> tuple[float, float]:
    """The same by logarithms, for all counts at once; and how much more it may be, because the least likely ones are left out."""
    mean = sampled * marked / population
    likely = min(mean, counts[-1]) - _DEVIATIONS * sqrt(mean * (1 - marked / population)) - _DEVIATIONS
    first = max(counts[0], floor(likely))
    taken = np.arange(first, counts[-1] + 1, dtype=float)
    chances = np.exp(logarithms(taken, *(np.array(float(size)) for size in (sampled, marked, population))))
    # Below the mean each count is less likely than the next.
    return float(chances.sum()), (first - counts[0]) * float(chances[0])


def _logarithms(hits: Floats, sampled: Floats, marked: Floats, population: Floats) -> Floats:
    """As ``log_chance``, by the logarithms of factorials themselves: fast, and good to few digits where these are large."""
    return _chosen(marked, hits) + _chosen(population - marked, sampled - hits) - _chosen(population, sampled)


def _chosen(of: Floats, these: Floats) -> Floats:
    found: Floats = gammaln(of + 1) - gammaln(these + 1) - gammaln(of - these + 1)
    return found
