"""Tables and packs made in memory or in a temporary folder, for the tests of the evaluation."""

import json
import os
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import oracle as o
import pyarrow as pa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from fupin_cli.evaluate.run import judge
from fupin_cli.model.cells import column_letter
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters


def searching(examples: int) -> settings:
    """How hypothesis searches: the same examples on every run, no clock, no files left behind.

    ``FUPIN_SEARCH=20`` looks at twenty times as many, at others each time, and makes a failing example small.
    """
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large, HealthCheck.large_base_example]
    wider = int(os.environ.get("FUPIN_SEARCH", "0"))
    return settings(
        max_examples=examples * max(wider, 1),
        deadline=None,
        database=None,
        derandomize=not wider,
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if wider else [])],
        suppress_health_check=slow,
        print_blob=True,
    )


# --- tables -------------------------------------------------------------------------------------------------------------


def table(name: str, records: Sequence[o.Record], *, quarantined: int = 0) -> Table:
    """A loaded table of these records; records whose sheets have the same fields share a sheet."""
    declared = fields(name)
    kinds = list(dict.fromkeys(record.columns for record in records))
    sheets = [
        SheetRef(0, f"{name}{i}", {f: column_letter(n) for n, f in enumerate(declared) if f in kind})
        for i, kind in enumerate(kinds)
    ]
    present = [field for field in declared if any(field in kind for kind in kinds)]
    columns: dict[str, pa.Array] = {}
    masks: dict[str, pa.Array] = {}
    for field in present:
        cells = [record.cells.get(field) if field in record.columns else None for record in records]
        columns[field] = pa.array([None if cell is o.BAD else cell for cell in cells], arrow_type(declared[field].form))
        if any(cell is o.BAD for cell in cells):
            masks[field] = pa.array([cell is o.BAD for cell in cells], pa.bool_())
    columns[SHEET] = pa.array([kinds.index(record.columns) for record in records], pa.int32())
    columns[ROW] = pa.array(range(2, len(records) + 2), pa.int32())
    return Table(name, pa.table(columns), sheets, unreadable=masks, quarantined=quarantined)


def records(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] = ()) -> list[o.Record]:
    """Records of one sheet: with these columns and every one that a row has."""
    rows = list(rows)
    found = frozenset([*columns, *(name for row in rows for name in row)])
    return [o.Record(dict(row), found) for row in rows]


# --- packs --------------------------------------------------------------------------------------------------------------

TITLE = {"zh": "标题", "en": "Title"}
CITE = {"document": "doc", "clause": "一", "quote": "原文"}


def check(require: str, *, severity: str = "gate", applies: str | None = None) -> dict[str, Any]:
    found = {"title": TITLE, "severity": severity, "require": require, "remedy": TITLE, "cite": CITE}
    return found if applies is None else {**found, "applies": applies}


def parameter(*values: tuple[str, str | None, str]) -> dict[str, Any]:
    """A parameter from (from, to, value)."""
    dated = [{"from": start, "value": value, "cite": CITE} | ({"to": end} if end else {}) for start, end, value in values]
    return {"title": TITLE, "unit": "yuan-person-year", "values": dated}


def written(model: o.Model) -> tuple[dict[str, Any], dict[str, Any]]:
    """A model of the oracle as the two YAML files of a pack: all that the program sees of it."""
    used = {name for _, when in model.rows if when is not None for name in o.names_in(when)}
    standard: dict[str, Any] = {"standard": "tested", "title": TITLE, "subject": model.subject}
    if model.quality:
        standard["kind"] = "quality"
    if model.applies is not None:
        standard["applies"] = model.applies.sql()
    standard["facts"] = {name: _fact(fact, model.subject) for name, fact in model.facts.items()}
    standard["checks"] = {
        name: check(
            one.require.sql(),
            severity="gate" if name in used else "finding",
            applies=None if one.applies is None else one.applies.sql(),
        )
        for name, one in model.checks.items()
    }
    outcomes = dict.fromkeys(outcome for outcome, _ in model.rows)
    standard["outcomes"] = {name: {"title": TITLE, "meets": "true"} for name in outcomes}
    standard["decide"] = [
        {"outcome": outcome, "default": "true"} if when is None else {"outcome": outcome, "when": when.sql()}
        for outcome, when in model.rows
    ]
    parameters = {
        name: parameter(*((f"{first}-01-01", f"{last}-12-31" if last else None, str(value)) for first, last, value in values))
        for name, values in model.parameters.items()
    }
    return standard, parameters


def _fact(fact: o.Fact, subject: str) -> dict[str, Any]:
    found: dict[str, Any] = {"title": TITLE, fact.fold or "value": fact.expr.sql()}
    if fact.fold:
        found |= {"over": fact.over, "by": subject}
    if fact.on is not None:
        found["on"] = fact.on.sql()
    for key in ("per", "fills"):
        if getattr(fact, key):
            found[key] = getattr(fact, key)
    return found


def pack(folder: Path, standard: Mapping[str, Any], parameters: Mapping[str, Any] | None = None) -> LoadedPack:
    """A pack with one standard, read back from its files. JSON is YAML too."""
    here = folder / "test-pack"
    here.mkdir(exist_ok=True)
    document = {"title": "某办法", "issuer": "某办"}
    head = {
        "pack": "test-pack",
        "version": "1",
        "title": TITLE,
        "documents": {"doc": document},
        "effective": {"from": "2000-01-01"},
    }
    _write(here / "pack.yaml", head)
    _write(here / "parameters.yaml", parameters or {})
    _write(here / f"{standard['standard']}.yaml", standard)
    return load_pack(here, Shelf((folder,)))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


# --- verdicts -----------------------------------------------------------------------------------------------------------

IDENTITY = ("household_id", "year")


def of_engine(
    folder: Path,
    model: o.Model,
    households: Sequence[o.Record],
    members: Sequence[o.Record] | None = None,
    *,
    as_of: date | None = None,
    lost: int = 0,
) -> StandardResult:
    """The program's verdicts: the model written as a pack, read back, compiled and run."""
    # A random condition may be one that nobody would write: what is always so is refused when a pack is loaded.
    with patch("fupin_cli.rules.ready.constant_part", lambda *_: None):
        loaded = pack(folder, *written(model))
    tables = {"household": table("household", households)}
    if members is not None:
        tables["person"] = table("person", members, quarantined=lost)
    assumed = {name: said(value) for name, value in model.assumed.items()}
    return judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, as_of, assumed)


def said(value: object) -> str:
    """A value as a user types it."""
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def of_oracle(
    model: o.Model,
    households: Sequence[o.Record],
    members: Sequence[o.Record] | None = None,
    *,
    as_of: date | None = None,
    lost: int = 0,
) -> list[o.Subject]:
    """The same subjects as the oracle sees them, each with the member rows that belong to it."""
    keys = [household.given("household_id") for household in households]
    subjects = []
    for household, key in zip(households, keys, strict=True):
        alone, year = keys.count(key) == 1, household.given("year")
        mine = [member for member in members or () if key is not None and member.given("household_id") == key]
        unsure = [member for member in mine if member.bad("year") or (member.given("year") is None and not alone)]
        own = [member for member in mine if member not in unsure and member.given("year") in (None, year)]
        subjects.append(o.Subject(model, household, own, as_of=as_of, lost=lost > 0, loose=bool(unsure)))
    return subjects


def same_verdicts(result: StandardResult, subjects: Sequence[o.Subject], *, missing: bool = True) -> None:
    """The program and the oracle say the same of every subject."""
    for view, subject in zip(result.views(result.indices()), subjects, strict=True):
        outcome, possible, row = subject.verdict()
        told = (subject.record.cells, [member.cells for member in subject.members])
        assert (view.outcome, set(view.possible), view.row) == (outcome, possible, row), told
        for one in view.checks:
            assert one.status in subject.statuses(one.name), (one.name, told)
        if missing:
            assert {("$" if item.reason == "parameter" else "") + item.name for item in view.missing} == subject.missing(), told


# --- random conditions --------------------------------------------------------------------------------------------------

MONEY = [
    Decimal(text) for text in ("0", "1", "2994.99", "2994.999999", "2995", "2995.000001", "11980", "0.000001", "99999999.999999")
]
NUMBERS: Mapping[str, Sequence[object]] = {
    "wage_income": MONEY,
    "business_expense": MONEY,
    "disposable_income_per_capita": [*MONEY, Decimal(-1), Decimal(-2995)],
    "household_size": [1, 2, 4, 12],
    "exit_year": [2016, 2018, 2020],
}
BOOLS = ("food_secure", "water_safe", "annual_plan")
TEXTS: Mapping[str, Sequence[str]] = {
    "housing_grade": ["A", "B", "C", "D"],
    "labour_loss": ["无", "部分丧失", "完全丧失"],
    "village": ["东村", "it's", "", "a'b''c", "A", "无", "--", "NULL"],
    "head_name": ["东村", "it's", "A", "NA"],
}
#: Fields with a closed list of values: a literal beside them must be in it.
CODED = ("housing_grade", "labour_loss")
DATES = ("review_date", "verified_date", "notice_start")
DAYS = [
    date(2000, 2, 29),
    date(2018, 2, 28),
    date(2018, 3, 1),
    date(2018, 5, 1),
    date(2018, 12, 31),
    date(2020, 2, 29),
    date(1999, 12, 31),
]
YEARS = [2015, 2016, 2018, 2019, 2021]
FIELDS = (*NUMBERS, *BOOLS, *TEXTS, *DATES)
FUNCTIONS = ("age_on", "days_between")
LITERALS = ("0", "1", "2", "4", "2995", "2994.99", "2995.000001", "0.000001", "2018", "365", "18", "010")


def random_row(rng: random.Random, names: Iterable[str], *, blank: float = 0.3, bad: float = 0.0) -> dict[str, object]:
    """Cells for these fields, some blank, some unreadable."""
    row: dict[str, object] = {}
    for name in names:
        roll = rng.random()
        if roll < bad:
            row[name] = o.BAD
        elif roll < bad + blank:
            row[name] = None
        else:
            row[name] = random_value(rng, name)
    return row


def random_value(rng: random.Random, name: str) -> object:
    if name in NUMBERS:
        return rng.choice(NUMBERS[name])
    if name in BOOLS or fields("household")[name].form.name == "yes-no":
        return rng.random() < 0.5
    if name in TEXTS:
        return rng.choice(TEXTS[name])
    if name == "year":
        return rng.choice(YEARS)
    return rng.choice(DAYS) + timedelta(days=rng.choice([0, 0, 1]))


@st.composite
def numbers(draw: st.DrawFn, depth: int = 2, parameters: Sequence[str] = (), functions: Sequence[str] = FUNCTIONS) -> o.Expr:
    """A number: a field, a literal, a parameter, a sum, a product, an age, a number of days."""
    kinds = (
        ["field", "field", "literal"]
        + (["sum", "product", "minus", "call"] if depth else [])
        + (["parameter"] if parameters else [])
    )
    match draw(st.sampled_from(kinds)):
        case "field":
            return o.Name(draw(st.sampled_from(list(NUMBERS))))
        case "literal":
            return o.Number(draw(st.sampled_from(LITERALS)))
        case "parameter":
            return o.Name("$" + draw(st.sampled_from(list(parameters))))
        case "sum":
            inner = numbers(depth - 1, parameters, functions)
            return o.Sum(draw(st.sampled_from("+-")), draw(inner), draw(inner))
        case "product":
            # One product of two values or sums: more decimals than 38 digits hold are no rule that anybody writes.
            inner = numbers(0, parameters)
            return o.Sum("*", draw(inner), draw(inner))
        case "minus":
            return o.Minus(draw(numbers(0, parameters)))
    return o.Call(draw(st.sampled_from(list(functions))), draw(days()), draw(days()))


def days() -> st.SearchStrategy[o.Expr]:
    return st.sampled_from([*DATES, "as_of"]).map(o.Name)


@st.composite
def texts(draw: st.DrawFn) -> tuple[o.Expr, Sequence[str]]:
    """A text field, and the literals that may stand beside it."""
    name = draw(st.sampled_from(list(TEXTS)))
    return o.Name(name), TEXTS[name]


@st.composite
def simple(draw: st.DrawFn, parameters: Sequence[str] = (), functions: Sequence[str] = FUNCTIONS) -> o.Expr:
    """A condition without AND, OR or NOT."""
    orders, equal = st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]), st.sampled_from(["=", "<>", "!="])
    amount = numbers(2, parameters, functions)
    match draw(
        st.sampled_from(
            ["bool", "bool", "number", "number", "date", "text", "bools", "in", "in-text", "between", "between-date", "truth"]
        )
    ):
        case "bool":
            return o.Name(draw(st.sampled_from(BOOLS)))
        case "truth":
            return o.Truth(draw(st.booleans()))
        case "number":
            return o.Compare(draw(orders), draw(amount), draw(amount))
        case "date":
            return o.Compare(draw(orders), draw(days()), draw(days()))
        case "text":
            item, options = draw(texts())
            other = draw(st.one_of(st.sampled_from(list(options)).map(o.Words), st.sampled_from(list(TEXTS)).map(o.Name)))
            return o.Compare(draw(equal), item, other)
        case "bools":
            truth = st.one_of(st.sampled_from(BOOLS).map(o.Name), st.booleans().map(o.Truth))
            return o.Compare(draw(equal), draw(truth), draw(truth))
        case "in":
            literals = st.lists(st.sampled_from(LITERALS).map(o.Number), min_size=1, max_size=4)
            return o.OneOf(draw(amount), tuple(draw(literals)), draw(st.booleans()))
        case "in-text":
            item, options = draw(texts())
            chosen = st.lists(st.sampled_from(list(options)).map(o.Words), min_size=1, max_size=3)
            return o.OneOf(item, tuple(draw(chosen)), draw(st.booleans()))
        case "between":
            return o.Between(draw(amount), draw(amount), draw(amount), draw(st.booleans()))
    return o.Between(draw(days()), draw(days()), draw(days()), draw(st.booleans()))


@st.composite
def conditions(draw: st.DrawFn, leaves: st.SearchStrategy[o.Expr], depth: int = 3) -> o.Expr:
    """A condition of AND, OR, NOT over leaves."""
    if depth == 0:
        return draw(leaves)
    inner = conditions(leaves, depth - 1)
    match draw(st.sampled_from(["leaf", "not", "and", "or"])):
        case "leaf":
            return draw(leaves)
        case "not":
            return o.Not(draw(inner))
        case "and":
            return o.Every(tuple(draw(st.lists(inner, min_size=2, max_size=3))))
    return o.Some(tuple(draw(st.lists(inner, min_size=2, max_size=3))))
