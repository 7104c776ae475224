"""A condition means the same to the database as to plain three-valued logic over exact fractions."""

import random
from datetime import date
from decimal import Decimal

import oracle as o
import pytest
from building import FIELDS, conditions, random_row, records, searching, simple, table
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.engines import duck
from fupin_cli.evaluate.sql import Writer, quoted
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import Ref
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import Scope
from fupin_cli.rules.standard import table_names

AS_OF = date(2018, 12, 31)
WRITER = Writer(
    name=lambda ref: f"DATE '{AS_OF.isoformat()}'" if ref.name == "as_of" else quoted(ref.name),
    blank=lambda name: f"({quoted(name)} IS NULL)",
)


def of_engine(texts: list[str], rows: list[o.Record]) -> list[list[bool | None]]:
    """The conditions parsed, written as SQL and run over the rows: one list of values per condition."""
    scope = Scope(table_names("household"), null_tests=True)
    columns = [f"{WRITER.write(parse(text, scope, None))} AS c{i}" for i, text in enumerate(texts)]
    data = table("household", rows).data
    found = duck.run(f"SELECT {', '.join(columns)} FROM household ORDER BY _row", {"household": data})
    return [column.to_pylist() for column in found.columns]


def of_oracle(expr: o.Expr, record: o.Record) -> o.Value:
    def of(name: str) -> o.Value:
        return AS_OF if name == "as_of" else record.given(name)

    return expr.value(o.World(of, lambda name: record.given(name) is None))


def blank_tests() -> st.SearchStrategy[o.Expr]:
    return st.builds(o.IsBlank, st.sampled_from(FIELDS), st.booleans())


@searching(24)
@given(
    exprs=st.lists(conditions(st.one_of(simple(), simple(), blank_tests())), min_size=4, max_size=10),
    seed=st.integers(0, 2**32),
)
def test_any_condition_has_the_value_that_three_valued_logic_gives_it(exprs: list[o.Expr], seed: int) -> None:
    rng = random.Random(seed)
    rows = records(random_row(rng, FIELDS) for _ in range(80))
    texts = [expr.sql() for expr in exprs]
    for expr, text, found in zip(exprs, texts, of_engine(texts, rows), strict=True):
        for row, value in zip(rows, found, strict=True):
            assert value is of_oracle(expr, row), (text, row.cells)


def test_the_oracle_itself_follows_the_tables_of_kleene() -> None:
    for left in (True, False, None):
        for right in (True, False, None):
            both, either = o.k_and([left, right]), o.k_or([left, right])
            # Unknown is "true or false": what holds for both is known.
            completions = [(a, b) for a in ([left], [True, False])[left is None] for b in ([right], [True, False])[right is None]]
            ands, ors = {a and b for a, b in completions}, {a or b for a, b in completions}
            assert both is (next(iter(ands)) if len(ands) == 1 else None)
            assert either is (next(iter(ors)) if len(ors) == 1 else None)


@pytest.mark.parametrize(
    ("text", "cells", "value"),
    [
        ("wage_income - business_expense - 1 = 0", {"wage_income": 3, "business_expense": 2}, True),
        ("wage_income - (business_expense - 1) = 2", {"wage_income": 3, "business_expense": 2}, True),
        ("NOT food_secure AND water_safe", {"food_secure": True, "water_safe": False}, False),
        ("food_secure OR water_safe AND annual_plan", {"food_secure": True, "water_safe": False, "annual_plan": False}, True),
        ("NOT wage_income = 3", {"wage_income": 3}, False),
        ("wage_income * 2 + 1 = 7", {"wage_income": 3}, True),
        ("1 + 2 * wage_income = 7", {"wage_income": 3}, True),
        ("village IN ('it''s')", {"village": "it's"}, True),
        ("village = ''' OR TRUE --'", {"village": "it's"}, False),
        ("NOT village IN ('a', 'b')", {"village": None}, None),
        ("wage_income * business_expense = 143520400", {"wage_income": 11980, "business_expense": 11980}, True),
        ("wage_income * 0.45 >= 45000000", {"wage_income": 100_000_000}, True),
        (
            "wage_income * business_expense > business_expense * 99999999.999999",
            {"wage_income": 10**8, "business_expense": 10**8},
            True,
        ),
        ("wage_income * 0.000001 * 1000000 = wage_income", {"wage_income": 99_999_999}, True),
        ("0.1 + 0.2 = 0.3", {}, True),
        ("wage_income + 0.2 = 0.3", {"wage_income": Decimal("0.1")}, True),
        ("wage_income * 3 = 0.3", {"wage_income": Decimal("0.1")}, True),
        ("wage_income BETWEEN 3 AND 2", {"wage_income": None}, None),
    ],
)
def test_precedence_and_quoting_are_those_of_sql(text: str, cells: dict[str, object], value: bool | None) -> None:
    assert of_engine([text], records([cells], FIELDS)) == [[value]]


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 9, 1), date(2018, 8, 31), 5),
        (date(2012, 9, 1), date(2018, 9, 1), 6),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2018, 12, 31), date(2018, 12, 31), 0),
        (date(1900, 1, 1), date(2100, 12, 31), 200),
    ],
)
def test_age_counts_completed_years(born: date, day: date, age: int) -> None:
    rows = records([{"review_date": born, "verified_date": day}])
    assert of_engine([f"age_on(review_date, verified_date) = {age}"], rows) == [[True]]


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [(date(2018, 5, 1), date(2018, 5, 7), 6), (date(2018, 5, 1), date(2018, 5, 1), 0), (date(2020, 3, 1), date(2020, 2, 28), -2)],
)
def test_days_between_count_from_the_first_to_the_second(first: date, second: date, days: int) -> None:
    rows = records([{"review_date": first, "verified_date": second}])
    assert of_engine([f"days_between(review_date, verified_date) - ({days}) = 0"], rows) == [[True]]


@searching(5)
@given(
    st.lists(
        st.tuples(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31))), min_size=100
    )
)
def test_every_age_agrees_with_counting_birthdays(pairs: list[tuple[date, date]]) -> None:
    rows, texts = [], []
    for born, day in map(sorted, pairs):
        birthdays = sum(
            year < day.year or (born.month, born.day) <= (day.month, day.day) for year in range(born.year + 1, day.year + 1)
        )
        rows.append({"review_date": born, "verified_date": day, "household_size": birthdays})
    texts = ["age_on(review_date, verified_date) = household_size"]
    assert of_engine(texts, records(rows)) == [[True] * len(rows)]


def test_a_name_is_quoted_whatever_the_database_takes_it_for() -> None:
    node = parse("year > 1", Scope(table_names("household")))
    assert WRITER.write(node) == '("year" > CAST(1 AS BIGINT))'
    assert [ref.name for ref in [node.left] if isinstance(ref, Ref)] == ["year"]  # type: ignore[attr-defined]
    assert node.type is ValueType.BOOL
