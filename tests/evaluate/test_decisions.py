"""Checks and decision lists: outcome, possible outcomes, statuses and missing fields as the oracle works them out."""

import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import oracle as o
from building import FIELDS, FUNCTIONS, IDENTITY, conditions, of_engine, of_oracle, random_row, same_verdicts, searching, simple
from hypothesis import given
from hypothesis import strategies as st

#: 2015 lies before the first value, 2021 after the last.
LIMITS = {"line": ((2016, 2017, Decimal(2995)), (2018, 2020, Decimal("2995.01"))), "share": ((2016, None, Decimal(2)),)}
OUTCOMES = ("good", "late", "bad")


@st.composite
def models(draw: st.DrawFn, *, null_tests: bool = True, functions: Sequence[str] = FUNCTIONS) -> o.Model:
    """A standard: a few checks, some with a condition of their own, and a decision list over them and over fields."""
    plain = simple(tuple(LIMITS), functions)
    asking = st.one_of(plain, plain, st.builds(o.IsBlank, st.sampled_from(FIELDS), st.booleans())) if null_tests else plain
    optional = st.one_of(st.none(), conditions(asking, 1))
    checks = {f"check_{i}": o.Check(draw(conditions(plain, 2)), draw(optional)) for i in range(draw(st.integers(1, 4)))}
    leaves = st.one_of(st.sampled_from(list(checks)).map(o.Name), st.sampled_from(list(checks)).map(o.Name), asking)
    rows = draw(st.lists(st.tuples(st.sampled_from(OUTCOMES), conditions(leaves, 2)), min_size=1, max_size=4))
    return o.Model(
        checks=checks,
        rows=[*rows, (draw(st.sampled_from(OUTCOMES)), None)],
        applies=draw(optional),
        parameters=LIMITS,
    )


def households(seed: int, count: int = 60) -> list[o.Record]:
    """Households on two sheets, the second without some of the fields; some cells blank, some unreadable."""
    rng = random.Random(seed)
    # One field is on no sheet at all.
    full = frozenset([*FIELDS, *IDENTITY]) - {rng.choice(FIELDS)}
    poorer = full - set(rng.sample(FIELDS, 3))
    found = []
    for number in range(count):
        row = random_row(rng, FIELDS, blank=0.35, bad=0.1)
        row |= {"household_id": f"H{number}", "year": rng.choice([2015, 2016, 2018, 2019, 2021, None, o.BAD])}
        found.append(o.Record(row, poorer if number % 3 == 0 else full))
    found[1].cells["year"] = 2018  # type: ignore[index]
    return found


@searching(16)
@given(model=models(), seed=st.integers(0, 2**32))
def test_every_verdict_is_the_one_that_three_valued_logic_gives(tmp_path: Path, model: o.Model, seed: int) -> None:
    rows = households(seed)
    same_verdicts(of_engine(tmp_path, model, rows), of_oracle(model, rows))


def filled(record: o.Record, names: set[str], rng: random.Random) -> o.Record:
    """The record with values for these fields, whatever stood there."""
    values = {name: random_row(rng, [name], blank=0)[name] for name in names - {"year"}}
    if "year" in names:
        values["year"] = 2018
    return o.Record({**record.cells, **values}, record.columns | names)


@searching(8)
@given(model=models(null_tests=False, functions=["days_between"]), seed=st.integers(0, 2**32))
def test_values_for_all_missing_fields_decide_every_subject(tmp_path: Path, model: o.Model, seed: int) -> None:
    """Nothing that is needed is left out: whatever the listed fields turn out to be, the subject is then decided.

    (No rule here asks for an age, which is unknown before birth although both days are there, nor for a blank, which is an answer
    in itself until it is filled.)
    """
    rng, rows = random.Random(seed), households(seed, 30)
    result = of_engine(tmp_path, model, rows)
    for view, record in zip(result.views(result.indices()), rows, strict=True):
        if view.outcome != "undetermined" or any(item.reason == "parameter" for item in view.missing):
            continue
        names = {item.name for item in view.missing}
        assert names
        for _ in range(3):
            # A year with a value for every parameter, so that no limit is missing for want of one.
            later = filled(record, names, rng)
            if later.given("year") in (None, 2016, 2018, 2019):
                assert o.Subject(model, later).verdict()[0] != "undetermined", (record.cells, names)


@searching(8)
@given(model=models(null_tests=False), seed=st.integers(0, 2**32))
def test_a_blank_that_is_not_listed_changes_nothing_while_the_listed_ones_stay_blank(
    tmp_path: Path, model: o.Model, seed: int
) -> None:
    """Nothing is listed in vain's other half: to fill in what is not listed leaves the verdict as it is."""
    rng, rows = random.Random(seed), households(seed, 30)
    result = of_engine(tmp_path, model, rows)
    for view, record in zip(result.views(result.indices()), rows, strict=True):
        if view.outcome != "undetermined":
            continue
        listed = {item.name for item in view.missing}
        unlisted = {name for name in (*FIELDS, "year") if record.given(name) is None} - listed
        for _ in range(2):
            outcome, possible, _row = o.Subject(model, filled(record, unlisted, rng)).verdict()
            assert (outcome, possible) == (view.outcome, set(view.possible)), (record.cells, listed, unlisted)


@searching(5)
@given(model=models(), seed=st.integers(0, 2**32))
def test_what_is_listed_as_missing_says_truly_why(tmp_path: Path, model: o.Model, seed: int) -> None:
    rows = households(seed, 30)
    result = of_engine(tmp_path, model, rows)
    for view, record in zip(result.views(result.indices()), rows, strict=True):
        for item in view.missing:
            if item.reason == "parameter":
                assert o.Subject(model, record).limit(item.name) is None
                continue
            assert record.given(item.name) is None
            expected = "unreadable" if record.bad(item.name) else "blank" if item.name in record.columns else "absent"
            assert item.reason == expected
            assert len(item.cells) == (item.name in record.columns)


def judged(folder: Path, model: o.Model, **cells: object) -> tuple[str, set[str], set[str]]:
    row = o.Record({"household_id": "H1", "year": 2018, **cells}, frozenset([*FIELDS, *IDENTITY]))
    result = of_engine(folder, model, [row])
    view = next(iter(result.views([0])))
    return view.outcome, set(view.possible), {item.name for item in view.missing}


TWO_GATES = o.Model(
    checks={"fed": o.Check(o.Name("food_secure")), "watered": o.Check(o.Name("water_safe"))},
    rows=[("bad", o.Not(o.Every((o.Name("fed"), o.Name("watered"))))), ("good", None)],
)


def test_one_failed_gate_decides_whatever_else_is_blank(tmp_path: Path) -> None:
    assert judged(tmp_path, TWO_GATES, food_secure=False) == ("bad", {"bad"}, set())


def test_all_met_but_one_blank_is_undetermined_and_names_the_blank(tmp_path: Path) -> None:
    assert judged(tmp_path, TWO_GATES, food_secure=True) == ("undetermined", {"bad", "good"}, {"water_safe"})


def test_a_standard_that_does_not_apply_says_so(tmp_path: Path) -> None:
    model = o.Model(TWO_GATES.checks, TWO_GATES.rows, applies=o.Name("annual_plan"))
    assert judged(tmp_path, model, annual_plan=False, food_secure=False) == ("not_applicable", {"not_applicable"}, set())


def test_a_standard_that_may_not_apply_is_undetermined_even_where_all_is_met(tmp_path: Path) -> None:
    model = o.Model(TWO_GATES.checks, TWO_GATES.rows, applies=o.Name("annual_plan"))
    assert judged(tmp_path, model, food_secure=True, water_safe=True) == (
        "undetermined",
        {"good", "not_applicable"},
        {"annual_plan"},
    )


def test_the_same_outcome_by_two_possible_rows_is_that_outcome(tmp_path: Path) -> None:
    model = o.Model(
        TWO_GATES.checks,
        [("bad", o.Not(o.Name("fed"))), ("bad", o.Name("watered")), ("good", o.Name("annual_plan")), ("bad", None)],
    )
    assert judged(tmp_path, model, annual_plan=False) == ("bad", {"bad"}, set())


def test_a_parameter_without_a_value_for_the_year_is_named(tmp_path: Path) -> None:
    model = o.Model(
        {"rich": o.Check(o.Compare(">", o.Name("wage_income"), o.Name("$line")))},
        [("bad", o.Not(o.Name("rich"))), ("good", None)],
        parameters=LIMITS,
    )
    assert judged(tmp_path, model, wage_income=Decimal(3000), year=2021) == ("undetermined", {"bad", "good"}, {"line"})
