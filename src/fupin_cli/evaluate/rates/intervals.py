"""Between which rates does the true one lie? The exact two-sided intervals with equal tails.

For a binomial count: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413, as quantiles of the beta distribution. For a
sample from a population of known size: the same, by inverting the tails of the hypergeometric distribution.
"""

from fractions import Fraction

from scipy.special import betainccinv, betaincinv

from fupin_cli.evaluate.rates.tails import hypergeometric_over


def binomial_interval(hits: float, sampled: float, confidence: Fraction) -> tuple[Fraction, Fraction]:
    """The interval for ``hits`` of ``sampled``; effective sample sizes are no whole numbers."""
    tail = float((1 - confidence) / 2)
    low = float(betaincinv(hits, sampled - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betainccinv(hits + 1, sampled - hits, tail)) if hits < sampled else 1.0
    return Fraction(low), Fraction(high)


def hypergeometric_interval(hits: int, sampled: int, population: int, confidence: Fraction) -> tuple[Fraction, Fraction]:
    """The interval for ``hits`` of ``sampled``, drawn from so many: its ends are whole numbers of the population."""
    tail = (1 - confidence) / 2
    most = _most(hits, sampled, population, tail)
    least = population - _most(sampled - hits, sampled, population, tail)
    return Fraction(least, population), Fraction(most, population)


def _most(hits: int, sampled: int, population: int, tail: Fraction) -> int:
    """The most that there can be without so few in the sample being less likely than the tail."""
    # Fewer hits are the less likely the more there are, so the last that is likely enough is found by halving.
    low, high = hits, population - (sampled - hits)
    while low < high:
        middle = (low + high + 1) // 2
        if hypergeometric_over(hits, sampled, middle, population, tail):
            low = middle
        else:
            high = middle - 1
    return low
