"""The chance of one count, against whole numbers: it keeps its digits however large the population is."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from fupin_cli.evaluate.rates.chances import log_chance
from fupin_cli.evaluate.rates.many import Counts, rates
from fupin_cli.model.rate import Rate


@pytest.mark.parametrize(
    ("hits", "sampled", "marked", "population"),
    [
        (0, 1, 1, 2),
        (1, 1, 1, 2),
        (0, 5, 7, 20),
        (3, 7, 3, 9),
        (2, 15, 16, 31),
        (3, 150, 90, 5000),
        (12, 2100, 900, 60_000),
        (1053, 1100, 66_000, 68_000),
        (4, 120, 3_000_000, 100_000_000),
        (0, 300, 1_000_000, 100_000_000),
        (99, 99, 99_000_000, 100_000_000),
        (40, 2000, 1_234_567, 80_000_000),
    ],
)
def test_it_has_twelve_digits(hits: int, sampled: int, marked: int, population: int) -> None:
    exact = Fraction(comb(marked, hits) * comb(population - marked, sampled - hits), comb(population, sampled))
    found = np.exp(log_chance(*(np.array([float(count)]) for count in (hits, sampled, marked, population))))[0]
    assert abs(Fraction(float(found)) / exact - 1) < Fraction(1, 10**12)


def test_a_mistyped_sample_of_millions_is_no_reason_to_wait() -> None:
    # Whole numbers of this size would take minutes; the ends are those of the normal curve, which is good to some persons here.
    (found,) = rates([Counts(3000, 150_000, 80_000_000)])
    assert isinstance(found, Rate)
    reach = 1.959964 * (0.02 * 0.98 / 150_000 * (1 - 150_000 / 80_000_000)) ** 0.5
    assert float(found.low) == pytest.approx(0.02 - reach, abs=2e-5)
    assert float(found.high) == pytest.approx(0.02 + reach, abs=2e-5)
