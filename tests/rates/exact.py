"""Tails of the two distributions in whole numbers, term by term from their definition."""

from fractions import Fraction
from math import comb


def binomial(hits: int, sampled: int, share: Fraction) -> Fraction:
    """The probability of at most so many, in whole numbers."""
    return sum((comb(sampled, k) * share**k * (1 - share) ** (sampled - k) for k in range(hits + 1)), Fraction(0))


def hypergeometric(hits: int, sampled: int, marked: int, population: int) -> Fraction:
    ways = sum(comb(marked, k) * comb(population - marked, sampled - k) for k in range(min(hits, sampled) + 1))
    return Fraction(ways, comb(population, sampled))
