"""Conditions that say nothing are found without a solver, and no condition that says something is taken for one."""

import random

import pytest

from fupin_cli.model.values import ValueType
from fupin_cli.rules.constant import constant_part
from fupin_cli.rules.expression import NameKind
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import Known, Scope
from fupin_cli.rules.standard import table_names
from fupin_cli.rules.wording import text_of

SCOPE = Scope(
    table_names("household"),
    {name: Known(NameKind.PARAMETER, ValueType.NUMBER) for name in ("low", "high")},
    null_tests=True,
)

#: Condition → its part that says nothing, and what that always comes to.
SAYS_NOTHING = {
    "TRUE": ("TRUE", True),
    "NOT FALSE": ("FALSE", False),
    "1 < 2": ("1 < 2", True),
    "2 * 3 = 7": ("2 * 3 = 7", False),
    "food_secure OR TRUE": ("TRUE", True),
    "food_secure AND 3 > 4": ("3 > 4", False),
    "wage_income < 0 AND wage_income > 100": ("wage_income < 0 AND wage_income > 100", False),
    "wage_income < 100 OR wage_income > 0": ("wage_income < 100 OR wage_income > 0", True),
    "wage_income <= 100 OR wage_income >= 100": ("wage_income <= 100 OR wage_income >= 100", True),
    "wage_income BETWEEN 5 AND 3": ("wage_income >= 5 AND wage_income <= 3", False),
    "wage_income > $low OR wage_income <= $low": ("wage_income > $low OR wage_income <= $low", True),
    "$low < wage_income AND wage_income < $high AND $high <= $low": (
        "$low < wage_income AND wage_income < $high AND $high <= $low",
        False,
    ),
    "wage_income >= wage_income": ("wage_income >= wage_income", True),
    "wage_income - business_expense > 0 AND NOT wage_income - business_expense > 0": (
        "wage_income - business_expense > 0 AND NOT (wage_income - business_expense > 0)",
        False,
    ),
    "food_secure = food_secure": ("food_secure = food_secure", True),
    "housing_grade IN ('A', 'B', 'C', 'D')": ("housing_grade IN ('A', 'B', 'C', 'D')", True),
    "housing_grade = 'A' AND housing_grade = 'B'": ("housing_grade = 'A' AND housing_grade = 'B'", False),
    "housing_grade <> 'A' OR housing_grade <> 'B'": ("housing_grade <> 'A' OR housing_grade <> 'B'", True),
    "village = '甲' AND village = '乙'": ("village = '甲' AND village = '乙'", False),
    "review_date < agreed_date AND agreed_date < verified_date AND verified_date < review_date": (
        "review_date < agreed_date AND agreed_date < verified_date AND verified_date < review_date",
        False,
    ),
    "review_date IS NULL OR review_date IS NOT NULL": ("review_date IS NULL OR review_date IS NOT NULL", True),
    "review_date IS NULL AND review_date <= as_of": ("review_date IS NULL AND review_date <= as_of", False),
    "NOT (food_secure AND (clothing_secure OR NOT clothing_secure))": ("clothing_secure OR NOT clothing_secure", True),
}

SAYS_SOMETHING = [
    "food_secure",
    "NOT food_secure",
    "wage_income > 0",
    "wage_income > 0 AND wage_income < 100",
    "wage_income BETWEEN 3 AND 3",
    "wage_income <= 100 OR wage_income > 100 AND food_secure",
    "wage_income < $low OR wage_income > $low",
    "wage_income BETWEEN $low AND $high",
    "wage_income - transfer_income BETWEEN 0 - $low AND $low",
    "housing_grade IN ('A', 'B', 'C')",
    "housing_grade <> 'A' AND housing_grade <> 'B'",
    "village = '甲' OR village = '乙'",
    "village <> city",
    "agreed_date <= notice_start AND verified_date <= notice_start AND review_date <= notice_start",
    "review_date IS NULL OR review_date <= as_of",
    "review_date IS NOT NULL AND review_date <= as_of",
    "review_date < agreed_date AND agreed_date < verified_date AND verified_date < announced_date AND NOT review_date = as_of",
    "has_item(village, '甲') OR NOT has_item(village, '乙')",
    "age_on(review_date, as_of) BETWEEN 6 AND 15",
    # A whole number has nothing between 3 and 4: that is for the proofs to see.
    "household_size > 3 AND household_size < 4",
]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_a_condition_that_says_nothing_is_found(text: str) -> None:
    found = constant_part(parse(text, SCOPE), SCOPE.names)
    assert found is not None
    assert (text_of(found[0]), found[1]) == SAYS_NOTHING[text]


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_a_condition_that_says_something_is_left_alone(text: str) -> None:
    assert constant_part(parse(text, SCOPE), SCOPE.names) is None


def test_of_made_up_conditions_exactly_those_are_found_that_no_value_changes() -> None:
    """Against trying every value of a small range, halves between the whole numbers included."""
    choose = random.Random(2018)
    halves = [step / 2 for step in range(-2, 14)]
    constants = 0
    for _ in range(400):
        signs = [choose.choice(["<", "<=", ">", ">=", "=", "<>"]) for _ in range(3)]
        limits = [choose.randrange(1, 5) for _ in range(3)]
        words = [choose.choice([" AND ", " OR "]) for _ in range(2)]
        inner = f"(wage_income {signs[1]} {limits[1]}{words[1]}wage_income {signs[2]} {limits[2]})"
        text = f"wage_income {signs[0]} {limits[0]}{words[0]}NOT {inner}"
        python = text.replace("<>", "!=").replace(" = ", " == ").replace("AND", "and").replace("OR", "or").replace("NOT", "not")
        whole = {eval(python, {"wage_income": value}) for value in halves}  # noqa: S307  # written five lines above
        small = inner.replace("<>", "!=").replace(" = ", " == ").replace("AND", "and").replace("OR", "or")
        part = {eval(small, {"wage_income": value}) for value in halves}  # noqa: S307
        found = constant_part(parse(text, SCOPE), SCOPE.names)
        if found is None:
            assert whole == part == {True, False}, text
        else:
            constants += 1
            assert {found[1]} in (whole, part), text
    assert constants > 20
