"""How likely is one count in a sample from a known population? To some thirteen digits, however large the population.

Logarithms of factorials of millions would leave seven of them. C. Loader, Fast and Accurate Computation of Binomial
Probabilities (2000): each factorial as Stirling's formula with its error, and the large parts taken together before they are
summed. The chance is that of two binomial counts over a third, all with the share that was sampled (as in R's ``dhyper``).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
#: Up to here the error of Stirling's formula is taken from the factorial itself; above, its series ends in time.
_SMALL = 15
#: 1/12, 1/360 ...: Bernoulli numbers over products of two neighbours.
_SERIES = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188)
#: Terms of a series in a square that is at most a hundredth.
_TERMS = 10


def log_chance(hits: Floats, sampled: Floats, marked: Floats, population: Floats) -> Floats:
    """The logarithm of the chance of so many hits, all of them possible counts, where not everybody is sampled."""
    share, rest = sampled / population, (population - sampled) / population
    of_marked = _binomial(hits, marked, share, rest)
    of_others = _binomial(sampled - hits, population - marked, share, rest)
    found: Floats = of_marked + of_others - _binomial(sampled, population, share, rest)
    return found


def _binomial(k: Floats, n: Floats, share: Floats, rest: Floats) -> Floats:
    """The logarithm of the chance of ``k`` among ``n``."""
    inside = (k > 0) & (k < n)
    # Where the formula does not hold it is asked for another count, which is not used.
    x, m = np.where(inside, k, 1.0), np.where(inside, n, 2.0)
    missing = _stirling(m) - _stirling(x) - _stirling(m - x) - _deviance(x, m * share) - _deviance(m - x, m * rest)
    formula = missing - (np.log(2 * np.pi * x) + np.log1p(-x / m)) / 2
    ends = np.where(k == 0, n * _log(rest, share), n * _log(share, rest))
    found: Floats = np.where(inside, formula, ends)
    return found


def _log(share: Floats, rest: Floats) -> Floats:
    """The logarithm of a share whose rest is known as well."""
    found: Floats = np.where(share > 0.5, np.log1p(-rest), np.log(share))
    return found


def _stirling(n: Floats) -> Floats:
    """What Stirling's formula leaves out of the logarithm of a factorial."""
    small = np.minimum(n, _SMALL)
    exact = gammaln(small + 1) - (small + 0.5) * np.log(small) + small - np.log(2 * np.pi) / 2
    large = np.maximum(n, _SMALL)
    series = sum((part / large ** (2 * place + 1) for place, part in enumerate(_SERIES)), np.zeros_like(large))
    found: Floats = np.where(n <= _SMALL, exact, series)
    return found


def _deviance(x: Floats, mean: Floats) -> Floats:
    """The sum x log(x / mean) + mean - x, without the loss of digits where both are near each other."""
    near = np.abs(x - mean) < 0.1 * (x + mean)
    part = np.where(near, (x - mean) / (x + mean), 0.0)
    series, power = (x - mean) * part, 2 * x * part
    for term in range(1, _TERMS + 1):
        power = power * part * part
        series = series + power / (2 * term + 1)
    found: Floats = np.where(near, series, x * np.log(x / mean) + mean - x)
    return found
