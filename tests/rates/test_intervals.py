"""Intervals of rates: against published values, scipy's own, brute force, and their exact coverage."""

from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest
from exact import binomial, hypergeometric
from scipy.special import gammaln
from scipy.stats import binomtest, hypergeom

from fupin_cli.evaluate.rates.intervals import binomial_interval, hypergeometric_interval
from fupin_cli.evaluate.rates.many import Counts, rates
from fupin_cli.evaluate.rates.tails import binomial_over, hypergeometric_over
from fupin_cli.model.rate import Rate

NOMINAL = Fraction(95, 100)


# --- published values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hits", "sampled", "confidence", "low", "high", "digits"),
    [
        # R, help page of binom.test: Conover (1971), page 97, Mendel's peas.
        (682, 925, NOMINAL, 0.7076683, 0.7654066, 5e-8),
        # R, output of binom.test(9, 24, 1/6) and of binom.test(1, 1497, 0.0033, conf.level = 0.9).
        (9, 24, NOMINAL, 0.1879929, 0.5940636, 5e-8),
        (1, 1497, Fraction(9, 10), 3.426347e-05, 3.164954e-03, 5e-10),
    ],
)  # fmt: skip
def test_intervals_are_those_that_r_prints(
    hits: int, sampled: int, confidence: Fraction, low: float, high: float, digits: float
) -> None:
    found = binomial_interval(hits, sampled, confidence)
    assert float(found[0]) == pytest.approx(low, abs=digits)
    assert float(found[1]) == pytest.approx(high, abs=digits)


@pytest.mark.parametrize("sampled", [1, 2, 10, 150, 2100, 100_000])
def test_nobody_and_everybody_have_closed_forms(sampled: int) -> None:
    # Clopper and Pearson (1934): 1 - (alpha / 2) ^ (1 / n).
    end = -np.expm1(np.log(0.025) / sampled)
    low, high = binomial_interval(0, sampled, NOMINAL)
    assert (low, float(high)) == (0, pytest.approx(end, rel=1e-12))
    low, high = binomial_interval(sampled, sampled, NOMINAL)
    assert (float(1 - low), high) == (pytest.approx(end, rel=1e-9), 1)


@pytest.mark.parametrize("confidence", [Fraction(8, 10), NOMINAL, Fraction(999, 1000)])
def test_intervals_equal_scipys(confidence: Fraction) -> None:
    pairs = [(hits, n) for n in (1, 7, 40, 131, 1100, 2100) for hits in sorted({0, 1, 2, n // 50, n // 3, n - 1, n}) if hits <= n]
    for hits, n in pairs:
        low, high = binomial_interval(hits, n, confidence)
        theirs = binomtest(hits, n).proportion_ci(float(confidence), method="exact")
        assert (float(low), float(high)) == (pytest.approx(theirs.low, abs=1e-9), pytest.approx(theirs.high, abs=1e-9))


@pytest.mark.parametrize(("hits", "sampled"), [(1, 10), (3, 150), (147, 150), (40, 80)])
def test_the_ends_are_where_the_exact_tails_pass_the_level_to_a_thousandth_of_a_millionth(hits: int, sampled: int) -> None:
    """In whole numbers alone: no library of distributions takes part."""
    low, high = binomial_interval(hits, sampled, NOMINAL)
    hair, tail = Fraction(1, 10**9), Fraction(25, 1000)
    high, low = (Fraction(round(end * 10**12), 10**12) for end in (high, low))
    assert binomial(hits, sampled, high - hair) > tail > binomial(hits, sampled, high + hair)
    # So many or more is what so few or less of the others are.
    others = sampled - hits
    assert binomial(others, sampled, 1 - low - hair) > tail > binomial(others, sampled, 1 - low + hair)


# --- coverage -----------------------------------------------------------------------------------------------------------


def test_the_coverage_is_at_least_nominal_for_every_sample_up_to_400() -> None:
    """Summed over the binomial, just outside each end of an interval, where the coverage is least, and on a grid."""
    for n in range(1, 401):
        ends = np.array([[float(end) for end in binomial_interval(hits, n, NOMINAL)] for hits in range(n + 1)])
        lows, highs = ends.T
        # What lies above an upper end mirrors what lies below a lower one, so that one side is enough.
        assert np.abs(lows + highs[::-1] - 1).max() < 1e-14
        shares = np.concatenate([highs[:-1] * (1 + 1e-13), np.arange(1, 50) / 50])
        shares = shares[shares < 1][:, None]
        hits = np.arange(n + 1)
        chances = np.exp(
            gammaln(n + 1) - gammaln(hits + 1) - gammaln(n - hits + 1) + hits * np.log(shares) + (n - hits) * np.log1p(-shares)
        )
        assert np.abs(chances.sum(axis=1) - 1).max() < 1e-11
        covered = (chances * ((lows <= shares) & (shares <= highs))).sum(axis=1)
        assert covered.min() >= float(NOMINAL) - 1e-11, n


@pytest.mark.parametrize("confidence", [Fraction(8, 10), NOMINAL])
def test_the_coverage_of_small_populations_is_at_least_nominal(confidence: Fraction) -> None:
    for population in range(1, 15):
        for sampled in range(1, population + 1):
            found = [hypergeometric_interval(hits, sampled, population, confidence) for hits in range(sampled + 1)]
            for marked in range(population + 1):
                share = Fraction(marked, population)
                ways = sum(
                    comb(marked, hits) * comb(population - marked, sampled - hits)
                    for hits, (low, high) in enumerate(found)
                    if low <= share <= high
                )
                assert Fraction(ways, comb(population, sampled)) >= confidence


@pytest.mark.parametrize("population", [60, 137, 400])
def test_the_coverage_of_a_known_population_is_at_least_nominal_however_many_are_marked(population: int) -> None:
    for sampled in sorted({1, 2, 7, population // 9, population // 3, population // 2, population - 7, population}):
        found = rates([Counts(hits, sampled, population) for hits in range(sampled + 1)])
        ends = np.array([[one.low * population, one.high * population] for one in found if isinstance(one, Rate)], float)
        marked, hits = np.arange(population + 1)[:, None], np.arange(sampled + 1)
        possible = (hits <= marked) & (sampled - hits <= population - marked)
        ways = chosen(marked, np.minimum(hits, marked)) + chosen(
            population - marked, np.minimum(sampled - hits, population - marked)
        )
        chances = np.exp(np.where(possible, ways - chosen(population, sampled), -np.inf))
        assert np.abs(chances.sum(axis=1) - 1).max() < 1e-9
        covered = (chances * ((ends[:, 0] - 1e-6 <= marked) & (marked <= ends[:, 1] + 1e-6))).sum(axis=1)
        assert covered.min() >= float(NOMINAL) - 1e-9, sampled


def chosen(of: Any, these: Any) -> Any:
    return gammaln(of + 1.0) - gammaln(these + 1.0) - gammaln(of - these + 1.0)


# --- the known population -----------------------------------------------------------------------------------------------


def test_intervals_of_small_populations_are_those_of_brute_force() -> None:
    tail = (1 - NOMINAL) / 2
    for population in range(1, 13):
        for sampled in range(1, population + 1):
            for hits in range(sampled + 1):
                possible = [
                    marked
                    for marked in range(hits, population - sampled + hits + 1)
                    if hypergeometric(hits, sampled, marked, population) > tail
                    and 1 - (hypergeometric(hits - 1, sampled, marked, population) if hits else 0) > tail
                ]
                ends = (Fraction(min(possible), population), Fraction(max(possible), population))
                assert hypergeometric_interval(hits, sampled, population, NOMINAL) == ends


@pytest.mark.parametrize(
    ("hits", "sampled", "population"), [(0, 50, 900), (3, 120, 4000), (12, 2100, 42000), (1053, 1100, 68000)]
)
def test_the_ends_are_where_scipys_tails_pass_the_level(hits: int, sampled: int, population: int) -> None:
    low, high = (int(end * population) for end in hypergeometric_interval(hits, sampled, population, NOMINAL))

    def few(marked: int) -> float:
        return float(hypergeom.cdf(hits, population, marked, sampled))

    def many(marked: int) -> float:
        return float(hypergeom.sf(hits - 1, population, marked, sampled))

    assert few(high) > 0.025 >= few(high + 1)
    assert many(low) > 0.025
    assert low == 0 or many(low - 1) <= 0.025


def test_whoever_asks_everybody_knows() -> None:
    assert hypergeometric_interval(3, 40, 40, NOMINAL) == (Fraction(3, 40), Fraction(3, 40))


def test_a_known_population_makes_the_interval_no_wider_than_the_binomial_by_more_than_one_person() -> None:
    for hits in (0, 1, 5, 20, 150):
        low, high = hypergeometric_interval(hits, 150, 1000, NOMINAL)
        wide_low, wide_high = binomial_interval(hits, 150, NOMINAL)
        assert wide_low - Fraction(1, 1000) <= low <= high <= wide_high + Fraction(1, 1000)


# --- comparisons at the level itself ------------------------------------------------------------------------------------

_HAIR = Fraction(1, 10**40)


@pytest.mark.parametrize(
    ("hits", "sampled", "share"), [(0, 3, Fraction(1, 2)), (2, 10, Fraction(1, 4)), (20, 1000, Fraction(1, 50))]
)
def test_a_binomial_tail_equal_to_the_level_is_not_over_it_and_a_hair_more_is(hits: int, sampled: int, share: Fraction) -> None:
    level = binomial(hits, sampled, share)
    assert not binomial_over(hits, sampled, share, level)
    assert binomial_over(hits, sampled, share, level - _HAIR)
    assert not binomial_over(hits, sampled, share, level + _HAIR)


@pytest.mark.parametrize(
    ("hits", "sampled", "marked", "population"), [(0, 3, 4, 9), (2, 10, 30, 100), (5, 300, 40, 2000), (7, 9, 8, 10)]
)
def test_a_hypergeometric_tail_equal_to_the_level_is_not_over_it(hits: int, sampled: int, marked: int, population: int) -> None:
    level = hypergeometric(hits, sampled, marked, population)
    assert not hypergeometric_over(hits, sampled, marked, population, level)
    assert hypergeometric_over(hits, sampled, marked, population, level - _HAIR)
    assert not hypergeometric_over(hits, sampled, marked, population, level + _HAIR)
