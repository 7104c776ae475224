"""Many rates at once are those that are found one by one, to the last bit."""

import random
from fractions import Fraction

import pytest

from fupin_cli.evaluate.rates.many import Counts, rates
from fupin_cli.evaluate.rates.simple import rate

NOMINAL = Fraction(95, 100)


def one_by_one(counts: list[Counts], confidence: Fraction = NOMINAL) -> list[object]:
    return [rate(one.hits, one.sampled, one.population, confidence) for one in counts]


def test_every_count_of_small_populations() -> None:
    counts = [
        Counts(hits, sampled, population)
        for population in (None, *range(12))
        for sampled in range(13 if population is None else population + 2)
        for hits in range(sampled + 2)
    ]
    for confidence in (Fraction(1, 2), NOMINAL, Fraction(9999, 10_000)):
        assert rates(counts, confidence) == one_by_one(counts, confidence)


def test_random_counts_of_every_size() -> None:
    draw = random.Random(6)
    counts = []
    for _ in range(300):
        population = draw.choice([None, draw.randint(1, 60), draw.randint(1, 3000), draw.randint(1000, 900_000)])
        sampled = draw.randint(0, min(population or 5000, draw.choice([5, 50, 2500, 20_000])))
        few = min(sampled, draw.randint(0, 5))
        hits = draw.choice([0, few, sampled - few, sampled, int(sampled * draw.random()), int(sampled * 0.02)])
        counts.append(Counts(hits, sampled, population))
    assert rates(counts) == one_by_one(counts)


@pytest.mark.parametrize(
    "counts", [Counts(0, 30_000, 1_000_000), Counts(15_000, 30_000, 60_000), Counts(29_999, 30_000, 30_001), Counts(1, 2, 10**8)]
)
def test_large_populations(counts: Counts) -> None:
    assert rates([counts]) == one_by_one([counts])


def test_nothing_is_nothing() -> None:
    assert rates([]) == []
