"""Income per person is compared without ever dividing: every comparison agrees with exact fractions."""

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import oracle as o
import pytest
from building import of_engine, of_oracle, pack, same_verdicts, searching, written
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.errors import PackRefused

COLUMNS = frozenset(
    [
        "household_id",
        "year",
        "wage_income",
        "business_expense",
        "household_size",
        "income_per_capita",
        "disposable_income_per_capita",
    ]
)
NET = o.Sum("-", o.Name("wage_income"), o.Name("business_expense"))
FACTS = {"parts": o.Fact(NET, per="household_size", fills="income_per_capita")}
INCOME = o.Name("income_per_capita")
LIMITS = {"line": ((2014, None, Decimal("2995.333333")),)}
OTHERS = (
    o.Number("2995"),
    o.Number("2995.333333"),
    o.Name("$line"),
    o.Name("disposable_income_per_capita"),
    o.Sum("+", o.Name("disposable_income_per_capita"), o.Number("0.000001")),
    o.Sum("*", o.Name("disposable_income_per_capita"), o.Number("0.5")),
    o.Minus(o.Number("5")),
)


def comparisons() -> st.SearchStrategy[o.Expr]:
    signs, others = st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]), st.sampled_from(OTHERS)
    straight = st.builds(o.Compare, signs, st.just(INCOME), others)
    turned = st.builds(lambda sign, other: o.Compare(sign, other, INCOME), signs, others)
    return st.one_of(straight, turned, st.builds(o.Between, st.just(INCOME), others, others, st.booleans()))


def near_the_line(seed: int, count: int = 100) -> list[o.Record]:
    """Households whose quotient lies on a value they are compared with, or a millionth beside it."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        size = rng.choice([1, 2, 3, 4, 6, 7, 11, 12, 50, None])
        goal = rng.choice([Decimal(2995), Decimal("2995.333333"), Decimal("0.5"), Decimal(-5)])
        expense = rng.choice([Decimal(0), Decimal("0.01"), Decimal(100)])
        step = Decimal(rng.choice([0, 0, 1, -1])) / 10**6
        net = goal * (size or 3) + step
        row = {
            "household_id": f"H{number}",
            "year": 2018,
            "wage_income": rng.choice([max(net + expense, Decimal(0)), max(net + expense, Decimal(0)), None]),
            "business_expense": expense,
            "household_size": size,
            "income_per_capita": rng.choice([None, None, None, goal, goal + step, o.BAD]),
            "disposable_income_per_capita": rng.choice([goal, goal * 2, goal + step, None]),
        }
        found.append(o.Record(row, COLUMNS))
    return found


@searching(14)
@given(conditions=st.lists(comparisons(), min_size=3, max_size=6), seed=st.integers(0, 2**32))
def test_comparisons_with_a_quotient_agree_with_fractions(tmp_path: Path, conditions: list[o.Expr], seed: int) -> None:
    checks = {f"check_{i}": o.Check(condition) for i, condition in enumerate(conditions)}
    names = [o.Name(name) for name in checks]
    model = o.Model(
        checks, [("all", o.Every(tuple(names))), ("some", o.Some(tuple(names))), ("none", None)], FACTS, parameters=LIMITS
    )
    rows = near_the_line(seed)
    same_verdicts(of_engine(tmp_path, model, rows), of_oracle(model, rows), missing=False)


def margins(folder: Path, sign: str, rows: list[o.Record], *, turned: bool = False) -> list[Decimal | None]:
    sides = (o.Name("$line"), INCOME) if turned else (INCOME, o.Name("$line"))
    model = o.Model(
        {"income": o.Check(o.Compare(sign, *sides))}, [("yes", o.Name("income")), ("no", None)], FACTS, parameters=LIMITS
    )
    result = of_engine(folder, model, rows)
    return [view.checks[0].margin for view in result.views(result.indices())]


@pytest.mark.parametrize(("sign", "turned"), [(">", False), (">=", False), ("<", True), ("<=", True)])
def test_a_margin_is_the_exact_difference_rounded_down_to_the_cent(tmp_path: Path, sign: str, turned: bool) -> None:
    rows = near_the_line(7)
    for record, found in zip(rows, margins(tmp_path, sign, rows, turned=turned), strict=True):
        income = o.Subject(o.Model({}, [], FACTS, parameters=LIMITS), record).of("income_per_capita")
        if income is None:
            assert found is None
            continue
        assert isinstance(income, Fraction)
        assert found is not None
        cents = (income - Fraction("2995.333333")) * 100
        assert Fraction(found) * 100 == cents.numerator // cents.denominator, record.cells


def test_a_margin_of_an_upper_limit_is_what_is_left_below_it(tmp_path: Path) -> None:
    row = o.Record({"household_id": "H1", "year": 2018, "income_per_capita": Decimal(2000)}, COLUMNS)
    assert margins(tmp_path, "<", [row]) == [Decimal("995.33")]


@pytest.mark.parametrize(
    "require", ["-income_per_capita <= -3001", "income_per_capita + 0 > $line", "2 * income_per_capita > $line"]
)
def test_a_quotient_is_no_part_of_a_sum(tmp_path: Path, require: str) -> None:
    """Its number is never formed: what stood in its place would be compared instead."""
    model = o.Model({"income": o.Check(INCOME)}, [("yes", o.Name("income")), ("no", None)], FACTS, parameters=LIMITS)
    standard, parameters = written(model)
    standard["checks"]["income"]["require"] = require
    with pytest.raises(PackRefused) as caught:
        pack(tmp_path, standard, parameters)
    assert caught.value.code == "expression-quotient"
