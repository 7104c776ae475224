"""The measures of poverty against the definitions, person by person, and over every value that the unknown may have."""

import random
from fractions import Fraction
from itertools import product

import pytest

from fupin_cli.evaluate.summary.poverty import ALPHAS, Persons, add_known, shortfall
from fupin_cli.model.summary import Measure

#: Line, then (income, size) of each household; None where it is not known.
Household = tuple[Fraction | None, int | None]


def by_definition(line: Fraction, households: list[tuple[Fraction, int]], alpha: int) -> Fraction:
    """The mean over persons of ((z - y) / z) ** α of those below the line."""
    persons = [income for income, size in households for _ in range(size)]
    return sum((((line - y) / line) ** alpha for y in persons if y < line), Fraction(0)) / len(persons)


def measured(line: Fraction, households: list[Household], smallest: int, largest: int) -> tuple[Measure, ...]:
    persons = Persons(smallest, largest)
    for income, size in households:
        if size is None:
            gap = shortfall(line, income) if income is not None else None
            persons.unsized[gap] = persons.unsized.get(gap, 0) + 1
        elif income is None:
            persons.unknown += size
        else:
            gap = shortfall(line, income)
            add_known(persons, size, [size * (Fraction(gap > 0) if alpha == 0 else gap**alpha) for alpha in ALPHAS])
    return persons.measures()


def test_a_worked_example_by_hand() -> None:
    # Line 3000; two persons at 1500, one at 2400, one exactly at the line, one far over it.
    found = measured(Fraction(3000), [(Fraction(1500), 2), (Fraction(2400), 1), (Fraction(3000), 1), (Fraction(9000), 1)], 1, 50)
    assert [one.exact for one in found] == [Fraction(3, 5), Fraction(6, 25), Fraction(27, 250)]


def test_nobody_has_no_measures() -> None:
    assert measured(Fraction(3000), [], 1, 50) == ()


def test_a_debt_is_a_shortfall_of_more_than_the_line() -> None:
    found = measured(Fraction(2000), [(Fraction(-1000), 1), (Fraction(2000), 1)], 1, 50)
    assert [one.exact for one in found] == [Fraction(1, 2), Fraction(3, 4), Fraction(9, 8)]


@pytest.mark.parametrize("seed", range(12))
def test_the_ends_are_those_of_every_income_and_size_that_may_be(seed: int) -> None:
    rng = random.Random(seed)
    line, smallest, largest = Fraction(3000), 1, 3
    incomes = [Fraction(0), Fraction(1000), Fraction(2999), Fraction(3000), Fraction(5000), Fraction(-500)]
    households: list[Household] = [
        (rng.choice([*incomes, None]), rng.choice([1, 2, 3, None])) for _ in range(rng.randrange(1, 5))
    ]
    may_be = [
        [(income, size) for income in ([one[0]] if one[0] is not None else [Fraction(0), Fraction(3000)])
         for size in ([one[1]] if one[1] is not None else range(smallest, largest + 1))]
        for one in households
    ]  # fmt: skip
    found = measured(line, households, smallest, largest)
    for alpha in ALPHAS:
        values = [by_definition(line, list(chosen), alpha) for chosen in product(*may_be)]
        assert (found[alpha].low, found[alpha].high) == (min(values), max(values)), households
