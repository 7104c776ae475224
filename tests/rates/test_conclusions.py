"""The rate itself decides; the sample around it is sure of it or is not."""

from fractions import Fraction

import pytest
from exact import binomial, hypergeometric

from fupin_cli.evaluate.rates.simple import conclude, rate
from fupin_cli.model.rate import Limit, NoRate, Rate

TWO_PERCENT = Limit(Fraction(2, 100))
NINETY_PERCENT = Limit(Fraction(90, 100), at_least=True)


def made(hits: int, sampled: int, population: int | None = None) -> Rate:
    found = rate(hits, sampled, population)
    assert isinstance(found, Rate)
    return found


@pytest.mark.parametrize(
    ("hits", "sampled", "population", "reason"),
    [
        (0, 0, None, "nobody-asked"),
        (0, 0, 100, "nobody-asked"),
        (0, 0, 0, "nobody-there"),
        (0, 5, 0, "nobody-there"),
        (3, 2, None, "more-than-asked"),
        (1, 5, 3, "more-asked-than-there"),
        (-1, 5, None, "negative"),
        (0, -5, None, "negative"),
        (0, 5, -1, "negative"),
    ],
)
def test_counts_that_make_no_rate_say_why(hits: int, sampled: int, population: int | None, reason: str) -> None:
    assert rate(hits, sampled, population) == NoRate(reason)  # type: ignore[arg-type]


def test_exactly_two_percent_is_not_over_two_percent() -> None:
    assert made(2, 100).meets(TWO_PERCENT)
    assert not made(201, 10_000).meets(TWO_PERCENT)
    # A third of a person more than 2 % of 150 is one person more: 2.67 %.
    assert made(3, 150).meets(TWO_PERCENT)
    assert not made(4, 150).meets(TWO_PERCENT)


def test_exactly_ninety_percent_reaches_ninety_percent() -> None:
    assert made(990, 1100).meets(NINETY_PERCENT)
    assert not made(989, 1100).meets(NINETY_PERCENT)


def test_ten_persons_prove_nothing_about_two_percent() -> None:
    assert made(0, 10).meets(TWO_PERCENT)
    assert conclude(made(0, 10), TWO_PERCENT) == "inconclusive"


def test_the_least_sample_that_shows_two_percent_without_a_single_error_is_183() -> None:
    # 0.98 ^ n <= 0.025 first holds at n = 183.
    assert Fraction(98, 100) ** 183 <= Fraction(25, 1000) < Fraction(98, 100) ** 182
    assert conclude(made(0, 182), TWO_PERCENT) == "inconclusive"
    assert conclude(made(0, 183), TWO_PERCENT) == "conclusive-pass"


def test_conclusions_are_those_of_exact_tails_for_every_small_sample() -> None:
    tail = Fraction(25, 1000)
    for limit in (Limit(Fraction(1, 50)), Limit(Fraction(1, 10)), Limit(Fraction(1, 2)), Limit(Fraction(9, 10))):
        for sampled in range(1, 19):
            for hits in range(sampled + 1):
                kept = binomial(hits, sampled, limit.share) <= tail
                broken = hits > 0 and 1 - binomial(hits - 1, sampled, limit.share) < tail
                expected = "conclusive-pass" if kept else "conclusive-fail" if broken else "inconclusive"
                found = made(hits, sampled)
                assert conclude(found, limit) == expected
                # The same answer from the interval's ends, none of which lies at such a limit.
                assert (found.high <= limit.share, found.low > limit.share) == (kept, broken)


def test_conclusions_about_small_populations_are_those_of_brute_force() -> None:
    tail, limit = Fraction(25, 1000), Limit(Fraction(1, 5))
    for population in range(1, 17):
        over = population // 5 + 1
        for sampled in range(1, population + 1):
            for hits in range(sampled + 1):
                # Kept: no number over the limit is possible; broken: none that keeps it is.
                def possible(marked: int, hits: int = hits, sampled: int = sampled, population: int = population) -> bool:
                    fits = hits <= marked <= population - sampled + hits
                    few = hypergeometric(hits, sampled, marked, population)
                    many = 1 - (hypergeometric(hits - 1, sampled, marked, population) if hits else 0)
                    return fits and few > tail and many > tail

                kept = not any(possible(marked) for marked in range(over, population + 1))
                broken = not any(possible(marked) for marked in range(over))
                expected = "conclusive-pass" if kept else "conclusive-fail" if broken else "inconclusive"
                assert conclude(made(hits, sampled, population), limit) == expected


@pytest.mark.parametrize("population", [None, 5000])
def test_approval_is_the_mirror_of_disapproval(population: int | None) -> None:
    for against in range(60, 160, 3):
        mirrored = conclude(made(1100 - against, 1100, population), NINETY_PERCENT)
        assert mirrored == conclude(made(against, 1100, population), Limit(Fraction(10, 100)))


def test_limits_of_nothing_and_of_everything_can_be_held() -> None:
    assert conclude(made(0, 50), Limit(Fraction(0))) == "inconclusive"
    assert conclude(made(1, 50), Limit(Fraction(0))) == "conclusive-fail"
    assert conclude(made(50, 50), Limit(Fraction(1))) == "conclusive-pass"
    assert conclude(made(0, 50, 50), Limit(Fraction(0))) == "conclusive-pass"


def test_a_conclusion_agrees_with_the_rate_itself() -> None:
    for population in (None, 300):
        for sampled in (1, 20, 150, 300):
            for hits in range(0, sampled + 1, 1 + sampled // 60):
                for limit in (TWO_PERCENT, NINETY_PERCENT):
                    found = made(hits, sampled, population)
                    assert found.low <= found.value <= found.high
                    agreed = {"conclusive-pass": True, "conclusive-fail": False, "inconclusive": found.meets(limit)}
                    assert agreed[conclude(found, limit)] == found.meets(limit)
