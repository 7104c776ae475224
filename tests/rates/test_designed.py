"""Samples by strata and by clusters: unbiased variances, design effects, careful intervals."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from scipy.stats import beta, t

from fupin_cli.evaluate.rates.designed import Cluster, Stratum, clustered_rate, stratified_rate
from fupin_cli.evaluate.rates.simple import rate
from fupin_cli.model.rate import NoRate, Rate


def made(found: Rate | NoRate) -> Rate:
    assert isinstance(found, Rate)
    return found


def variance_of(found: Rate) -> Fraction:
    """The estimated variance, back from the design effect."""
    if found.design_effect is None:
        return Fraction(0)
    return found.design_effect * found.value * (1 - found.value) / (found.sampled - 1)


def spread(values: Sequence[Fraction]) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)


def stratum(hits: int, sampled: int, population: int) -> Stratum:
    """Single answers."""
    return Stratum([Cluster(1, 1)] * hits + [Cluster(0, 1)] * (sampled - hits), population)


# --- unbiased: over every sample that could have been drawn -------------------------------------------------------------


def stratified() -> Iterator[Rate]:
    parts = ([1, 0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0])
    for drawn in product(*(combinations(part, size) for part, size in zip(parts, (3, 2, 2), strict=True))):
        yield made(stratified_rate([stratum(sum(d), len(d), len(p)) for d, p in zip(drawn, parts, strict=True)]))


def test_the_rate_and_the_variance_of_strata_are_right_on_average_over_every_sample() -> None:
    every = list(stratified())
    values = [found.value for found in every]
    assert sum(values, Fraction(0)) / len(every) == Fraction(6, 13)
    assert sum(map(variance_of, every), Fraction(0)) / len(every) == spread(values)


def test_the_rate_and_the_variance_of_clusters_are_right_on_average_over_every_sample() -> None:
    villages = [Cluster(hits, 6) for hits in (0, 1, 5, 2, 0, 3)]
    every = [made(clustered_rate(drawn, len(villages))) for drawn in combinations(villages, 3)]
    values = [found.value for found in every]
    assert sum(values, Fraction(0)) / len(every) == Fraction(11, 36)
    assert sum(map(variance_of, every), Fraction(0)) / len(every) == spread(values)


def test_the_rate_and_the_variance_of_clusters_within_strata_are_right_on_average_over_every_sample() -> None:
    # Villages of 4 in two townships; two of three and two of four are drawn, each asked whole.
    first, second = ([Cluster(hits, 4) for hits in each] for each in ((0, 3, 1), (4, 0, 1, 2)))
    every = [
        made(stratified_rate([Stratum(one, 12), Stratum(other, 16)]))
        for one, other in product(combinations(first, 2), combinations(second, 2))
    ]
    values = [found.value for found in every]
    assert {found.method for found in every} == {"strata-clusters"}
    assert sum(values, Fraction(0)) / len(every) == Fraction(11, 28)
    assert sum(map(variance_of, every), Fraction(0)) / len(every) == spread(values)


# --- design effects -----------------------------------------------------------------------------------------------------


def test_clusters_of_one_are_a_simple_random_sample() -> None:
    found = made(clustered_rate([Cluster(1, 1)] * 3 + [Cluster(0, 1)] * 37))
    # n / (n - 1) * sum (y - p)^2 / n^2 is p (1 - p) / (n - 1).
    assert found.design_effect == 1
    simple = made(rate(3, 40))
    assert (float(found.low), float(found.high)) == (pytest.approx(float(simple.low)), pytest.approx(float(simple.high)))


def test_clusters_that_are_all_alike_inside_count_as_one_answer_each() -> None:
    # p = 1/4: the variance is that of 8 answers, p (1 - p) / 7, instead of that of 80, p (1 - p) / 79.
    found = made(clustered_rate([Cluster(10, 10)] * 2 + [Cluster(0, 10)] * 6))
    assert found.design_effect == Fraction(79, 7)


def test_the_interval_of_clusters_is_korn_and_graubards() -> None:
    found = made(clustered_rate([Cluster(3, 40), Cluster(0, 30), Cluster(1, 35), Cluster(6, 45)]))
    # By hand: p = 10/150; the residuals y - p m are 1/3, -2, -4/3 and 3, the sum of their squares 134/9.
    assert found.value == Fraction(1, 15)
    variance = Fraction(4, 3) * Fraction(134, 9) / 150**2
    assert found.design_effect == variance * 149 / (Fraction(1, 15) * Fraction(14, 15))
    size = float(150 / found.design_effect) * (t.ppf(0.025, 149) / t.ppf(0.025, 3)) ** 2
    yes = size / 15
    assert float(found.low) == pytest.approx(beta.ppf(0.025, yes, size - yes + 1), abs=1e-9)
    assert float(found.high) == pytest.approx(beta.ppf(0.975, yes + 1, size - yes), abs=1e-9)


def test_clusters_make_an_interval_wider_and_never_narrower() -> None:
    alike = made(clustered_rate([Cluster(2, 20)] * 10))
    simple = made(rate(20, 200))
    assert (alike.low, alike.high) == (simple.low, simple.high)
    apart = made(clustered_rate([Cluster(10, 20)] * 2 + [Cluster(0, 20)] * 8))
    assert apart.low < simple.low < simple.high < apart.high


def test_a_design_better_than_chance_is_not_trusted_to_be() -> None:
    found = made(stratified_rate([stratum(190, 200, 20_000), stratum(10, 200, 20_000)]))
    assert found.design_effect is not None
    assert found.design_effect < Fraction(1, 4)
    simple = made(rate(200, 400))
    assert (found.low, found.high) == (simple.low, simple.high)


def test_equal_weights_and_no_difference_between_strata_are_a_simple_random_sample() -> None:
    found = made(stratified_rate([stratum(0, 20, 2000), stratum(0, 30, 3000)]))
    assert found.design_effect is None
    assert found.high == made(rate(0, 50)).high


def test_unequal_weights_make_answers_worth_less_even_where_all_are_alike() -> None:
    found = made(stratified_rate([stratum(0, 50, 100), stratum(0, 50, 900)]))
    # Weights of 2 and 18: by Kish the square of 50 times 2 and 50 times 18 over 50 times 4 and 50 times 324.
    assert float(found.high) == pytest.approx(1 - 0.025 ** (16400 / 1000000), abs=1e-9)


def test_clusters_within_strata_have_the_freedom_of_both() -> None:
    strata = [Stratum([Cluster(1, 10), Cluster(4, 20)], 1000), Stratum([Cluster(0, 15), Cluster(3, 15), Cluster(0, 10)], 3000)]
    found = made(stratified_rate(strata))
    # By hand: p1 = 5/30, residuals -2/3 and 2/3; p2 = 3/40, residuals -9/8, 15/8 and -3/4.
    first = (1 - Fraction(30, 1000)) * 2 * Fraction(8, 9) / 30**2
    second = (1 - Fraction(40, 3000)) * Fraction(3, 2) * (Fraction(81, 64) + Fraction(225, 64) + Fraction(9, 16)) / 40**2
    assert found.value == Fraction(1, 4) * Fraction(1, 6) + Fraction(3, 4) * Fraction(3, 40)
    assert variance_of(found) == first / 16 + second * 9 / 16
    assert found.design_effect is not None
    size = float(70 / found.design_effect) * (t.ppf(0.025, 69) / t.ppf(0.025, 5 - 2)) ** 2
    yes = size * float(found.value)
    assert float(found.low) == pytest.approx(beta.ppf(0.025, yes, size - yes + 1), abs=1e-9)
    assert float(found.high) == pytest.approx(beta.ppf(0.975, yes + 1, size - yes), abs=1e-9)


# --- what cannot be told ------------------------------------------------------------------------------------------------


def test_one_village_is_one_answer() -> None:
    found = made(clustered_rate([Cluster(0, 500)]))
    assert found.design_effect is None
    assert float(found.high) == pytest.approx(0.975)


def test_villages_without_a_single_error_are_as_many_answers_as_there_are_villages() -> None:
    found = made(clustered_rate([Cluster(0, 40)] * 29))
    assert found.design_effect is None
    assert float(found.high) == pytest.approx(1 - 0.025 ** (1 / 29), abs=1e-9)


def test_a_stratum_of_one_answer_is_given_the_greatest_variance() -> None:
    found = made(stratified_rate([stratum(1, 10, 100), stratum(0, 1, 100)]))
    one = Fraction(9, 10) * Fraction(1, 10) * Fraction(9, 10) / 9
    assert variance_of(found) == (one + Fraction(99, 100) * Fraction(1, 4)) / 4


@pytest.mark.parametrize(
    ("strata", "reason"),
    [
        ([], "nobody-there"),
        ([stratum(0, 0, 0)], "nobody-there"),
        ([stratum(0, 10, 100), stratum(0, 0, 50)], "stratum-not-asked"),
        ([Stratum([Cluster(11, 10)], 100)], "more-than-asked"),
        ([stratum(1, 10, 9)], "more-asked-than-there"),
        ([stratum(1, 10, 100), stratum(0, 3, 0)], "nobody-there"),
    ],
)
def test_strata_that_make_no_rate_say_why(strata: list[Stratum], reason: str) -> None:
    assert stratified_rate(strata) == NoRate(reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clusters", "there", "reason"),
    [
        ([], None, "nobody-asked"),
        ([Cluster(0, 0)], None, "nobody-asked"),
        ([Cluster(2, 10), Cluster(1, 0)], None, "nobody-asked"),
        ([Cluster(3, 2)], None, "more-than-asked"),
        ([Cluster(1, 2), Cluster(1, 2)], 1, "more-asked-than-there"),
    ],
)
def test_clusters_that_make_no_rate_say_why(clusters: list[Cluster], there: int | None, reason: str) -> None:
    assert clustered_rate(clusters, there) == NoRate(reason)  # type: ignore[arg-type]


def test_an_empty_stratum_takes_part_in_nothing() -> None:
    assert stratified_rate([stratum(1, 10, 100), stratum(0, 0, 0)]) == stratified_rate([stratum(1, 10, 100)])
