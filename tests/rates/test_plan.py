"""Sample sizes: the least ones that do, by trying every size with the distributions' own definition."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from exact import binomial, hypergeometric
from scipy.special import bdtr
from scipy.stats import beta, hypergeom

from fupin_cli.evaluate.rates.plan import LARGEST, Design, plan_margin, plan_power
from fupin_cli.evaluate.rates.simple import conclude, rate
from fupin_cli.model.rate import Limit, Rate


def percent(number: float) -> Fraction:
    return Fraction(str(number)) / 100


def last_that_fails(holds: dict[int, bool]) -> int:
    return max((sampled for sampled, does in holds.items() if not does), default=0)


# --- a margin -----------------------------------------------------------------------------------------------------------


def margin_kept(sampled: int, margin: float, expected: Fraction) -> bool:
    """By scipy's quantiles, for the count at the expected rate."""
    hits = floor(expected * sampled)
    high = beta.ppf(0.975, hits + 1, sampled - hits)
    low = beta.ppf(0.025, hits, sampled - hits + 1) if hits else 0
    return max(high - hits / sampled, hits / sampled - low) <= margin


@pytest.mark.parametrize(("margin", "expected", "tried"), [(10, 20, 140), (5, 3, 210), (4, 2, 240), (15, 50, 110), (12, 0, 60)])
def test_a_margin_needs_the_least_size_from_which_on_all_keep_it(margin: int, expected: int, tried: int) -> None:
    holds = {n: margin_kept(n, margin / 100, percent(expected)) for n in range(1, tried)}
    found = plan_margin(percent(margin), percent(expected), Design())
    assert found is not None
    assert found.sampled == last_that_fails(holds) + 1
    assert found.sampled < tried - 20
    assert found.hits == floor(percent(expected) * found.sampled)


def test_none_in_so_many_is_the_rule_of_three() -> None:
    # 1 - 0.025 ^ (1 / n) <= 1 % first holds at n = 368.
    assert Fraction(99, 100) ** 368 <= Fraction(25, 1000) < Fraction(99, 100) ** 367
    found = plan_margin(percent(1), percent(0), Design())
    assert found is not None
    assert (found.sampled, found.hits) == (368, 0)


@pytest.mark.parametrize(("population", "margin", "expected"), [(60, 10, 20), (40, 5, 50), (75, 8, 3), (9, 1, 50)])
def test_a_margin_in_a_small_population_is_found_by_trying_every_size(population: int, margin: int, expected: int) -> None:
    tail = Fraction(25, 1000)

    def keeps(sampled: int) -> bool:
        hits = floor(percent(expected) * sampled)
        marked = range(hits, population - sampled + hits + 1)
        few = [m for m in marked if hypergeometric(hits, sampled, m, population) > tail]
        many = [m for m in marked if 1 - (hypergeometric(hits - 1, sampled, m, population) if hits else 0) > tail]
        share = Fraction(hits, sampled)
        return max(Fraction(max(few), population) - share, share - Fraction(min(many), population)) <= percent(margin)

    found = plan_margin(percent(margin), percent(expected), Design(population))
    assert found is not None
    assert found.sampled == last_that_fails({n: keeps(n) for n in range(1, population + 1)}) + 1


def test_a_rate_over_one_half_is_the_other_side_of_one_below() -> None:
    low = plan_margin(percent(3), percent(10), Design(5000))
    high = plan_margin(percent(3), percent(90), Design(5000))
    assert low is not None
    assert high is not None
    assert (high.sampled, high.hits) == (low.sampled, low.sampled - low.hits)


def test_what_nobody_could_ask_is_no_plan() -> None:
    assert plan_margin(percent(0.1), percent(50), Design()) is None
    assert plan_power(percent(1.9), percent(2), percent(99), Design()) is None
    # Everybody in a small population is enough for any margin.
    found = plan_margin(percent(0.1), percent(50), Design(300))
    assert found is not None
    assert found.sampled <= 300 < LARGEST


# --- to tell one rate from another --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("good", "bad", "power", "tried"), [(1, 2, 80, 1800), (5, 20, 90, 120), (0, 2, 80, 400), (20, 45, 80, 80)]
)
def test_to_tell_two_rates_needs_the_least_size_from_which_on_all_do(good: int, bad: int, power: int, tried: int) -> None:
    holds = {}
    accepted = {}
    for n in range(1, tried):
        hits = np.arange(max(4, n * bad // 100 + 1))
        conclusive = np.flatnonzero(bdtr(hits, n, bad / 100) <= 0.025)
        accepted[n] = int(conclusive.max()) if conclusive.size else -1
        holds[n] = bool(accepted[n] >= 0 and bdtr(accepted[n], n, good / 100) >= power / 100)
    found = plan_power(percent(good), percent(bad), percent(power), Design())
    assert found is not None
    assert found.sampled == last_that_fails(holds) + 1
    assert found.sampled < tried * 0.9
    assert found.accepted == accepted[found.sampled]


def test_to_tell_two_rates_in_a_small_population_is_found_by_trying_every_size() -> None:
    population, good, bad = 400, 8, 32 + 1
    holds, accepted = {}, {}
    for n in range(1, population + 1):
        hits = np.arange(min(n, bad))
        conclusive = np.flatnonzero(hypergeom.cdf(hits, population, bad, n) <= 0.025)
        accepted[n] = int(conclusive.max()) if conclusive.size else -1
        holds[n] = bool(conclusive.size and hypergeom.cdf(accepted[n], population, good, n) >= 0.8)
    found = plan_power(percent(2), percent(8), percent(80), Design(population))
    assert found is not None
    assert found.sampled == last_that_fails(holds) + 1
    assert found.accepted == accepted[found.sampled]
    # Exactly, in whole numbers.
    assert hypergeometric(found.accepted, found.sampled, bad, population) <= Fraction(25, 1000)
    assert hypergeometric(found.accepted, found.sampled, good, population) >= Fraction(8, 10)


@pytest.mark.parametrize("population", [None, 3000])
def test_the_acceptance_number_is_the_last_that_is_conclusive(population: int | None) -> None:
    found = plan_power(percent(1), percent(2), percent(80), Design(population))
    assert found is not None
    limit = Limit(percent(2))
    answers = []
    for hits in (found.accepted, found.accepted + 1):
        made = rate(hits, found.sampled, population)
        assert isinstance(made, Rate)
        answers.append(conclude(made, limit))
    assert answers == ["conclusive-pass", "inconclusive"]
    if population is None:
        assert binomial(found.accepted, found.sampled, percent(1)) >= Fraction(8, 10)


def test_a_rate_to_be_reached_is_told_by_the_others() -> None:
    mirrored = plan_power(percent(95), percent(90), percent(80), Design())
    plain = plan_power(percent(5), percent(10), percent(80), Design())
    assert mirrored is not None
    assert plain is not None
    assert (mirrored.sampled, mirrored.accepted, mirrored.at_least) == (plain.sampled, plain.accepted, True)
