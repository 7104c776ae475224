"""What takes the place of a blank: what is given, what can be derived, what is assumed, and what may never be filled."""

import random
from decimal import Decimal
from pathlib import Path

import oracle as o
import pytest
from building import of_engine, of_oracle, same_verdicts, searching
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.model.view import SubjectView

NUMBERS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")
COLUMNS = (
    "household_id", "year", *NUMBERS, "household_size", "income_per_capita", "disposable_income_per_capita",
    "housing_secured", "housing_grade", "dangerous_housing", "medical_secured", "food_secure",
)  # fmt: skip
PERSON = ("household_id", "basic_medical")

NET = o.Sum(
    "-", o.Sum("+", o.Sum("+", o.Sum("+", *map(o.Name, NUMBERS[:2])), o.Name(NUMBERS[2])), o.Name(NUMBERS[3])), o.Name(NUMBERS[4])
)
FACTS = {
    "net_income": o.Fact(NET),
    "from_parts": o.Fact(o.Name("net_income"), per="household_size", fills="income_per_capita"),
    "members": o.Fact(o.Truth(said=True), "count", fills="household_size"),
    "insured": o.Fact(o.Name("basic_medical"), "all", fills="medical_secured"),
    "safe_grade": o.Fact(o.OneOf(o.Name("housing_grade"), (o.Words("A"), o.Words("B"))), fills="housing_secured"),
    "not_dangerous": o.Fact(o.Not(o.Name("dangerous_housing")), fills="housing_secured"),
}
LIMITS = {"line": ((2014, 2017, Decimal(2952)), (2018, 2020, Decimal("2995.5")))}
CHECKS = {
    "income": o.Check(o.Compare(">", o.Name("income_per_capita"), o.Name("$line"))),
    "low": o.Check(o.Compare(">=", o.Number("0"), o.Name("income_per_capita"))),
    "size": o.Check(o.Compare("<=", o.Name("household_size"), o.Number("4"))),
    "medical": o.Check(o.Name("medical_secured")),
    "housing": o.Check(o.Name("housing_secured"), o.IsBlank("food_secure")),
    "said_size": o.Check(o.Truth(said=True), o.IsBlank("household_size")),
    "said_income": o.Check(o.Truth(said=True), o.IsBlank("income_per_capita")),
    "said_housing": o.Check(o.Truth(said=True), o.IsBlank("housing_secured")),
}
ROWS = [
    ("bad", o.Not(o.Every(tuple(o.Name(name) for name in ("income", "medical", "housing"))))),
    ("low", o.Name("low")),
    ("large", o.Not(o.Name("size"))),
    ("good", None),
]
SOURCES = {"income_per_capita": (*NUMBERS, "household_size"), "housing_secured": ("housing_grade", "dangerous_housing")}
#: What a user might assume, field by field.
ASSUMED = {
    "housing_secured": True,
    "medical_secured": True,
    "household_size": 3,
    "income_per_capita": Decimal("2995.51"),
    "wage_income": Decimal(9000),
}


def village(seed: int, count: int = 80) -> tuple[list[o.Record], list[o.Record]]:
    rng = random.Random(seed)
    households, members = [], []
    full = frozenset(COLUMNS)
    sheets = [full, full - {"housing_secured", "income_per_capita"}, full - {"household_size", "housing_grade"}]
    for number in range(count):
        size = rng.randint(1, 5)
        line = Decimal("2995.5")
        wage = line * size + Decimal(rng.choice(["0", "0.01", "-0.01", "0.000001", "-9000", "5000"]))
        row: dict[str, object] = {
            "household_id": f"H{number}",
            "year": rng.choice([2015, 2018, 2018, None, 2021]),
            "wage_income": wage,
            **{name: Decimal(100) if name in ("transfer_income", "business_expense") else Decimal(0) for name in NUMBERS[1:]},
            "household_size": size,
            "income_per_capita": rng.choice([None, None, None, line, Decimal("2995.51"), Decimal(-5)]),
            "housing_secured": rng.choice([True, False, None, None]),
            "housing_grade": rng.choice(["A", "B", "C", "D", None, None]),
            "dangerous_housing": rng.choice([True, False, None, None]),
            "medical_secured": rng.choice([True, False, None, None, None]),
            "food_secure": rng.choice([True, None]),
        }
        for name in (
            *NUMBERS,
            "household_size",
            "income_per_capita",
            "housing_secured",
            "housing_grade",
            "dangerous_housing",
            "medical_secured",
        ):
            if rng.random() < 0.08:
                row[name] = rng.choice([None, o.BAD])
        households.append(o.Record(row, rng.choice(sheets)))
        for _ in range(rng.choice([0, size, size, size - 1, size + 1])):
            cells = {"household_id": f"H{number}", "basic_medical": rng.choice([True, True, True, False, None])}
            members.append(o.Record(cells, frozenset(PERSON)))
    return households, members


@searching(12)
@given(seed=st.integers(0, 2**32), assumed=st.sets(st.sampled_from(list(ASSUMED))), with_members=st.booleans())
def test_fields_are_filled_as_the_design_says(tmp_path: Path, seed: int, assumed: set[str], with_members: bool) -> None:
    model = o.Model(CHECKS, ROWS, FACTS, parameters=LIMITS, assumed={name: ASSUMED[name] for name in ASSUMED if name in assumed})
    households, members = village(seed)
    rows = members if with_members else None
    same_verdicts(of_engine(tmp_path, model, households, rows), of_oracle(model, households, rows), missing=False)


PLAIN = o.Model(CHECKS, ROWS, FACTS, parameters=LIMITS)


def listed_in(folder: Path, seed: int) -> list[tuple[SubjectView, o.Subject, dict[str, str]]]:
    """Every subject of a village as the program and the oracle see it, and what the program lists as missing, with the reason."""
    households, members = village(seed)
    result = of_engine(folder, PLAIN, households, members)
    subjects = of_oracle(PLAIN, households, members)
    views = result.views(result.indices())
    return [(view, one, {item.name: item.reason for item in view.missing}) for view, one in zip(views, subjects, strict=True)]


def changed(subject: o.Subject, cells: dict[str, object]) -> tuple[str, frozenset[str]]:
    """The verdict on the same subject with other values in some cells."""
    record = o.Record({**subject.record.cells, **cells}, subject.record.columns | set(cells))
    return o.Subject(PLAIN, record, subject.members).verdict()[:2]


@searching(5)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_listed_as_missing_is_missing_for_the_reason_given(tmp_path: Path, seed: int) -> None:
    for view, subject, listed in listed_in(tmp_path, seed):
        assert bool(listed) == (view.outcome == "undetermined")
        for name, reason in listed.items():
            if reason == "parameter":
                assert subject.limit(name) is None
            elif name.startswith("person."):
                assert any(member.given(name.removeprefix("person.")) is None for member in subject.members)
            elif reason == "rows":
                assert not subject.whole()
            else:
                assert subject.of(name) is None
                assert reason == why(subject, name), (name, subject.record.cells)


def why(subject: o.Subject, name: str) -> str:
    if subject.settled(name)[1]:
        return "conflict"
    if name not in subject.record.columns:
        return "absent"
    return "unreadable" if subject.record.bad(name) else "blank"


@searching(6)
@given(seed=st.integers(0, 2**32))
def test_a_value_in_a_cell_that_is_not_listed_leaves_the_subject_as_open_as_it_was(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    values = {"housing_grade": "A", "dangerous_housing": False, "medical_secured": True, "year": 2018}
    for view, subject, listed in listed_in(tmp_path, seed):
        # A blank field is listed by its own name; what could fill it need not be listed beside it.
        sources = {source for field, sources in SOURCES.items() if field in listed for source in sources}
        for name in (*NUMBERS, *values):
            if view.outcome == "undetermined" and subject.record.given(name) is None and name not in {*listed, *sources}:
                cells = {name: values.get(name, Decimal(rng.choice([0, 50_000])))}
                assert changed(subject, cells) == (view.outcome, frozenset(view.possible)), (cells, subject.record.cells, listed)


@searching(6)
@given(seed=st.integers(0, 2**32))
def test_values_for_what_is_listed_can_settle_the_subject(tmp_path: Path, seed: int) -> None:
    for view, subject, listed in listed_in(tmp_path, seed):
        # Rows of members, the year and what belongs to it are for the tests of those.
        beyond = any(reason in ("parameter", "rows") or "." in name or name == "year" for name, reason in listed.items())
        if view.outcome != "undetermined" or beyond:
            continue
        # What the members say, where they say it: anything else would be a new conflict.
        insured = subject.fact(FACTS["insured"]) is not False
        later = {"income_per_capita": Decimal(5000), "medical_secured": insured, "household_size": max(len(subject.members), 1)}
        cells: dict[str, object] = {name: later[name] for name in listed if name in later}
        if "housing_secured" in listed:
            cells |= {"housing_secured": True, "housing_grade": None, "dangerous_housing": None}
        assert changed(subject, cells)[0] != "undetermined", (subject.record.cells, listed)


def fill(folder: Path, **more: object) -> tuple[object, ...]:
    """The status of the housing check, whether its sources disagree, and what is missing."""
    assumed = more.pop("assumed", {})
    checks = {"housing": o.Check(o.Name("housing_secured"))}
    facts = {name: FACTS[name] for name in ("safe_grade", "not_dangerous")}
    model = o.Model(checks, [("bad", o.Not(o.Name("housing"))), ("good", None)], facts, assumed=assumed)  # type: ignore[arg-type]
    row = o.Record({"household_id": "H1", "year": 2018, **more}, frozenset(COLUMNS))
    result = of_engine(folder, model, [row])
    view = next(iter(result.views([0])))
    return (
        view.checks[0].status,
        result.data.column("conflict.housing_secured")[0].as_py(),
        {item.name: item.reason for item in view.missing},
    )


def test_a_blank_field_takes_the_value_that_can_be_derived(tmp_path: Path) -> None:
    assert fill(tmp_path, housing_grade="B") == ("pass", False, {})
    assert fill(tmp_path, housing_grade="C") == ("fail", False, {})
    assert fill(tmp_path, dangerous_housing=True) == ("fail", False, {})


def test_sources_that_agree_are_no_conflict(tmp_path: Path) -> None:
    assert fill(tmp_path, housing_secured=True, housing_grade="A", dangerous_housing=False) == ("pass", False, {})


@pytest.mark.parametrize(
    "cells",
    [
        {"housing_secured": True, "housing_grade": "D"},
        {"housing_secured": False, "dangerous_housing": False},
        {"housing_grade": "A", "dangerous_housing": True},
    ],
)
def test_two_sources_that_disagree_leave_the_field_unknown(tmp_path: Path, cells: dict[str, object]) -> None:
    assert fill(tmp_path, **cells) == ("unknown", True, {"housing_secured": "conflict"})


def test_something_unreadable_is_never_filled_in(tmp_path: Path) -> None:
    assert fill(tmp_path, housing_secured=o.BAD, housing_grade="A", assumed={"housing_secured": True}) == (
        "unknown",
        False,
        {"housing_secured": "unreadable"},
    )


def test_an_assumption_fills_only_what_is_still_blank(tmp_path: Path) -> None:
    assert fill(tmp_path, assumed={"housing_secured": True}) == ("pass", False, {})
    assert fill(tmp_path, housing_grade="D", assumed={"housing_secured": True}) == ("fail", False, {})
    assert fill(tmp_path, housing_secured=True, housing_grade="D", assumed={"housing_secured": True})[0] == "unknown"


@pytest.mark.parametrize("other", [{}, {"dangerous_housing": False}, {"dangerous_housing": True}])
def test_a_source_that_cannot_be_read_is_neither_overruled_nor_assumed_over(tmp_path: Path, other: dict[str, object]) -> None:
    """The grade may have said otherwise than its neighbour, or than the user thinks."""
    for assumed in ({}, {"housing_secured": True}):
        assert fill(tmp_path, housing_grade=o.BAD, assumed=assumed, **other)[0] == "unknown"


def test_a_given_value_needs_no_source(tmp_path: Path) -> None:
    assert fill(tmp_path, housing_secured=True, housing_grade=o.BAD)[0] == "pass"
