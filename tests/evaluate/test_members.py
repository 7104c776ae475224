"""Facts over member rows: any, all, none, count, sum, min and max, with members and cells that are not there."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import oracle as o
import pytest
from building import CITE, TITLE, check, of_engine, of_oracle, pack, same_verdicts, searching, table
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.evaluate.run import judge
from fupin_cli.rules.parameters import Parameters

HOUSEHOLD = ("household_id", "year", "household_size", "education_secured")
PERSON = ("household_id", "year", "birth_date", "school_status", "basic_medical", "employed", "months_worked")
SCHOOL = ["小学", "九年级", "非在校生", "学龄前儿童"]
LIMITS = {"age": ((2016, 2020, Decimal(6)),)}
AGE = o.Call("age_on", o.Name("birth_date"), o.Name("as_of"))


def person_conditions() -> st.SearchStrategy[o.Expr]:
    return st.sampled_from(
        [
            o.Name("basic_medical"),
            o.Not(o.Name("employed")),
            o.Some((o.Name("basic_medical"), o.Name("employed"), o.Compare("<", AGE, o.Number("1")))),
            o.Every(
                (o.Between(AGE, o.Name("$age"), o.Number("15")), o.Compare("=", o.Name("school_status"), o.Words("非在校生")))
            ),
            o.OneOf(o.Name("school_status"), (o.Words("小学"), o.Words("九年级"))),
            o.Compare(">=", o.Name("months_worked"), o.Number("0.5")),
            o.Truth(said=True),
        ]
    )


def person_numbers() -> st.SearchStrategy[o.Expr]:
    months = o.Name("months_worked")
    return st.sampled_from(
        [months, o.Sum("+", o.Sum("*", months, o.Number("2")), o.Number("1")), AGE, o.Sum("-", months, o.Name("$age"))]
    )


@st.composite
def facts(draw: st.DrawFn) -> o.Fact:
    fold = draw(st.sampled_from(["any", "all", "none", "count", "sum", "min", "max"]))
    return o.Fact(draw(person_numbers() if fold in ("sum", "min", "max") else person_conditions()), fold)


@st.composite
def models(draw: st.DrawFn) -> o.Model:
    """Two facts, and a decision list that tells every value of theirs apart."""
    found = {f"fact_{i}": draw(facts()) for i in range(2)}
    checks = {}
    for name, fact in found.items():
        whole = o.Compare(
            draw(st.sampled_from(["<", ">=", "="])), o.Name(name), o.Number(draw(st.sampled_from(["0", "1", "2", "6", "12"])))
        )
        checks[f"check_{name}"] = o.Check(o.Name(name) if fact.fold in ("any", "all", "none") else whole)
    first, second = map(o.Name, checks)
    rows = [("both", o.Every((first, second))), ("one", o.Some((first, second))), ("neither", None)]
    return o.Model(checks, rows, found, parameters=LIMITS)


def village(seed: int, count: int = 50) -> tuple[list[o.Record], list[o.Record]]:
    """Households with all, some or none of their members; some in two years; cells blank or unreadable here and there."""
    rng = random.Random(seed)
    households, members = [], []
    for number in range(count):
        years = [2018] if rng.random() < 0.7 else [2017, 2018]
        size = rng.randint(1, 4)
        for year in years:
            said = rng.choice([size, size, None, o.BAD, size + 1])
            households.append(
                o.Record({"household_id": f"H{number}", "year": year, "household_size": said}, frozenset(HOUSEHOLD))
            )
            for _ in range(rng.choice([0, size - 1, size, size])):
                row = {
                    "household_id": f"H{number}",
                    "year": rng.choice([year] * 12 + [None, o.BAD])
                    if len(years) > 1
                    else rng.choice([year] * 20 + [None] * 5 + [o.BAD]),
                    "birth_date": date(rng.choice([1980, 2003, 2010, 2012, 2018]), rng.choice([1, 12]), 31),
                    "school_status": rng.choice(SCHOOL),
                    "basic_medical": rng.random() < 0.7,
                    "employed": rng.random() < 0.5,
                    "months_worked": rng.choice([Decimal(0), Decimal("0.5"), Decimal(6), Decimal(12)]),
                }
                for name in PERSON[2:]:
                    if rng.random() < 0.12:
                        row[name] = rng.choice([None, o.BAD])
                members.append(o.Record(row, frozenset(PERSON)))
    rng.shuffle(members)
    return households, members


@searching(24)
@given(model=models(), seed=st.integers(0, 2**32), lost=st.sampled_from([0, 0, 1]))
def test_facts_over_members_are_what_kleene_makes_of_the_rows(tmp_path: Path, model: o.Model, seed: int, lost: int) -> None:
    households, members = village(seed)
    result = of_engine(tmp_path, model, households, members, lost=lost)
    subjects = of_oracle(model, households, members, lost=lost)
    same_verdicts(result, subjects, missing=False)
    for name in model.facts:
        for found, subject in zip(result.data.column(f"fact.{name}").to_pylist(), subjects, strict=True):
            assert o.exact(found) == subject.of(name), (name, subject.record.cells, [m.cells for m in subject.members])


@pytest.mark.parametrize("lacking", PERSON[1:])
@pytest.mark.parametrize("fold", ["any", "all", "none", "count", "sum", "min", "max"])
def test_a_column_that_no_member_sheet_has_is_unknown_for_every_member(tmp_path: Path, lacking: str, fold: str) -> None:
    conditions = [o.Name("basic_medical"), o.Not(o.Name("employed")), o.Between(AGE, o.Name("$age"), o.Number("15"))]
    conditions += [
        o.Compare("=", o.Name("school_status"), o.Words("非在校生")),
        o.Compare(">=", o.Name("months_worked"), o.Number("6")),
    ]
    conditions += [o.OneOf(o.Name("school_status"), (o.Words("小学"),)), o.Compare("<", o.Name("birth_date"), o.Name("as_of"))]
    numbers = [o.Name("months_worked"), o.Sum("*", o.Name("months_worked"), o.Number("2")), AGE]
    numbers.append(o.Call("days_between", o.Name("birth_date"), o.Name("as_of")))
    exprs = numbers if fold in ("sum", "min", "max") else conditions
    facts = {f"fact_{i}": o.Fact(expr, fold) for i, expr in enumerate(exprs)}
    truths = [o.Name(name) if fold in ("any", "all", "none") else o.Compare(">", o.Name(name), o.Number("0")) for name in facts]
    model = o.Model(
        {"asked": o.Check(o.Every(tuple(truths)))}, [("no", o.Not(o.Name("asked"))), ("yes", None)], facts, parameters=LIMITS
    )
    households, members = village(11, 20)
    fewer = [o.Record(member.cells, member.columns - {lacking}) for member in members]
    same_verdicts(of_engine(tmp_path, model, households, fewer), of_oracle(model, households, fewer), missing=False)


ONE = {fold: o.Fact(o.Name("basic_medical"), fold) for fold in ("any", "all", "none", "count")}


def facts_of(folder: Path, size: object, *insured: object, lost: int = 0) -> dict[str, object]:
    """any, all, none and count of "insured" for one household with these members."""
    facts = {f"{fold}_one": fact for fold, fact in ONE.items()}
    model = o.Model({"asked": o.Check(o.Name("any_one"))}, [("yes", o.Name("asked")), ("no", None)], facts)
    household = o.Record({"household_id": "H1", "year": 2018, "household_size": size}, frozenset(HOUSEHOLD))
    members = [o.Record({"household_id": "H1", "year": 2018, "basic_medical": value}, frozenset(PERSON)) for value in insured]
    data = of_engine(folder, model, [household], members, lost=lost).data
    return {fold: data.column(f"fact.{fold}_one")[0].as_py() for fold in ONE}


@pytest.mark.parametrize("size", [None, 3])
def test_no_member_rows_leave_every_fact_unknown(tmp_path: Path, size: object) -> None:
    assert facts_of(tmp_path, size) == {"any": None, "all": None, "none": None, "count": None}


def test_fewer_rows_than_members_leave_all_none_and_count_unknown(tmp_path: Path) -> None:
    assert facts_of(tmp_path, 3, True, True) == {"any": True, "all": None, "none": False, "count": None}


def test_fewer_rows_than_members_cannot_save_an_all_that_has_failed(tmp_path: Path) -> None:
    assert facts_of(tmp_path, 3, True, False) == {"any": True, "all": False, "none": False, "count": None}


def test_as_many_rows_as_members_settle_every_fact(tmp_path: Path) -> None:
    assert facts_of(tmp_path, 2, False, False) == {"any": False, "all": False, "none": True, "count": 0}


def test_where_no_size_is_given_the_rows_are_all_there_is(tmp_path: Path) -> None:
    assert facts_of(tmp_path, None, True, True) == {"any": True, "all": True, "none": False, "count": 2}


def test_where_no_size_is_given_and_a_row_was_lost_nothing_is_complete(tmp_path: Path) -> None:
    assert facts_of(tmp_path, None, True, True, lost=1) == {"any": True, "all": None, "none": False, "count": None}


def test_an_unreadable_size_leaves_the_household_incomplete(tmp_path: Path) -> None:
    assert facts_of(tmp_path, o.BAD, True) == {"any": True, "all": None, "none": False, "count": None}


def test_a_blank_cell_of_one_member_leaves_open_what_the_others_do_not_decide(tmp_path: Path) -> None:
    assert facts_of(tmp_path, 2, True, None) == {"any": True, "all": None, "none": False, "count": None}


def test_a_member_without_a_year_belongs_to_no_year_for_certain(tmp_path: Path) -> None:
    """In a household of two years nobody can say which roster the row belongs to: neither year may be taken for complete."""
    model = o.Model(
        {"asked": o.Check(o.Name("all_insured"))}, [("no", o.Not(o.Name("asked"))), ("yes", None)], {"all_insured": ONE["all"]}
    )
    households = [o.Record({"household_id": "H1", "year": year}, frozenset(HOUSEHOLD)) for year in (2017, 2018)]
    rows = [(2017, True), (2018, True), (None, False)]
    members = [o.Record({"household_id": "H1", "year": year, "basic_medical": said}, frozenset(PERSON)) for year, said in rows]
    assert of_engine(tmp_path, model, households, members).outcome_counts() == {"undetermined": 2}


def test_a_parameter_by_place_holds_for_the_members_of_that_place(tmp_path: Path) -> None:
    """The document of a province may set the age: the members of a household there are judged by it."""
    dated = {"from": "2016-01-01", "cite": CITE}
    ages = {
        "title": TITLE,
        "unit": "year-of-age",
        "by": "province",
        "values": [{**dated, "value": "6"}, {**dated, "value": "7", "where": "甲省"}],
    }
    standard = {
        "standard": "tested",
        "title": TITLE,
        "subject": "household",
        "facts": {
            "of_age": {"title": TITLE, "over": "person", "by": "household", "any": "age_on(birth_date, as_of) >= $from_age"}
        },
        "checks": {"asked": check("of_age")},
        "outcomes": {name: {"title": TITLE, "meets": "true"} for name in ("no", "yes")},
        "decide": [{"outcome": "no", "when": "NOT asked"}, {"outcome": "yes", "default": "true"}],
    }
    loaded = pack(tmp_path, standard, {"from_age": ages})
    households = [
        o.Record({"household_id": p, "year": 2018, "province": p}, frozenset([*HOUSEHOLD, "province"])) for p in ("甲省", "乙省")
    ]
    members = [
        o.Record({"household_id": p, "year": 2018, "birth_date": date(2012, 1, 1)}, frozenset(PERSON)) for p in ("甲省", "乙省")
    ]
    tables = {"household": table("household", households), "person": table("person", members)}
    result = judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, None, {})
    assert result.data.column("outcome").to_pylist() == ["no", "yes"]
