"""To know less may leave a subject open; it never turns one verdict into another. Judged by the real standards."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import oracle as o
import pytest
from building import table

from fupin_cli.evaluate.run import judge
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters

HOUSEHOLDS = 400
#: standards.md, "national-2016".
LINES = {2017: 2952, 2018: 2995, 2020: 4000}
PARTS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")
STEPS = ("review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date")
GUARANTEES = ("food_secure", "clothing_secure", "education_secured", "medical_secured", "housing_secured", "water_safe")
OF_HOUSEHOLD = (
    "household_id", "year", "household_size", "income_per_capita", *PARTS, *GUARANTEES, "housing_grade", "dangerous_housing", "annual_plan",
    *STEPS, "household_agrees", "notice_objection",
)  # fmt: skip
OF_PERSON = ("household_id", "year", "birth_date", "school_status", "dropout_reason", "basic_medical", "employee_medical")


@pytest.fixture(scope="module")
def national() -> LoadedPack:
    shelf = Shelf((CHECKOUT,))
    return load_pack(shelf.find("national-2016"), shelf)


def rarely(rng: random.Random, usual: object, *others: object, often: float = 0.12) -> object:
    return rng.choice(others) if rng.random() < often else usual


def village(seed: int) -> tuple[list[o.Record], list[o.Record]]:
    """Households most of which are decided, by rows that are mostly complete; some are there in two years."""
    rng = random.Random(seed)
    households, members = [], []
    for number in range(HOUSEHOLDS):
        key = f"H{number}"
        size = rng.randint(1, 5)
        for year in rng.choice([[2018], [2018], [2020], [2017, 2018], [2017, 2018]]):
            line = LINES[year]
            net = line * size + Decimal(rng.choice(["0", "0.01", "-0.01", "800", "3000", "3000", "3000", "-2000"]))
            row: dict[str, object] = {
                "household_id": key,
                "year": year,
                "household_size": rarely(rng, size, None, None, size + 1, often=0.3),
            }
            if rng.random() < 0.6:
                row |= {
                    **dict.fromkeys(PARTS, Decimal(0)),
                    "wage_income": net - 500,
                    "transfer_income": Decimal(600),
                    "business_expense": Decimal(100),
                }
            if rng.random() < 0.6:
                row["income_per_capita"] = rng.choice(
                    [Decimal(line), line + Decimal("0.01"), Decimal(line + 900), Decimal(line - 900)]
                )
            row |= {name: rarely(rng, True, False, None, o.BAD, often=0.06) for name in (*GUARANTEES, "annual_plan")}
            for name in ("education_secured", "medical_secured", "housing_secured"):
                row[name] = rng.choice([row[name], None])
            row |= {"housing_grade": rarely(rng, "A", "B", "C", None), "dangerous_housing": rarely(rng, False, True, None)}
            row |= exit_steps(rng)
            households.append(o.Record(row, frozenset(OF_HOUSEHOLD)))
            count = rng.choice([0, size, size, size, size - 1])
            members += [o.Record(person(rng, key, year), frozenset(OF_PERSON)) for _ in range(count)]
    return households, members


def exit_steps(rng: random.Random) -> dict[str, object]:
    """Some steps of the procedure, mostly in order."""
    day, row = date(2018, 9, 1), {}
    for name in STEPS[: rng.randint(0, len(STEPS))]:
        day += timedelta(days=rng.choice([0, 3, 9, -12] if rng.random() < 0.3 else [3, 9]))
        row[name] = rarely(rng, day, None, o.BAD, often=0.05)
    return {**row, "household_agrees": rarely(rng, True, False, None), "notice_objection": rarely(rng, False, True, None)}


def person(rng: random.Random, key: str, year: int) -> dict[str, object]:
    row: dict[str, object] = {
        "household_id": key,
        "year": year,
        "birth_date": date(year - rng.choice([0, 3, 6, 9, 15, 16, 40, 70]), 7, 1),
    }
    row["school_status"] = rarely(rng, "小学", "非在校生", "学龄前儿童", None)
    row["dropout_reason"] = rarely(rng, None, "因贫", "送教上门", "参军", often=0.3)
    return row | {"basic_medical": rarely(rng, True, False, None), "employee_medical": rarely(rng, None, True, False)}


def outcomes(
    pack: LoadedPack, standard: str, households: Sequence[o.Record], members: Sequence[o.Record], lost: int = 0
) -> list[str]:
    tables = {"household": table("household", households), "person": table("person", members, quarantined=lost)}
    found: list[str] = (
        judge(pack.standards[standard], Parameters(pack.pack, {}), tables, None, {}).data.column("outcome").to_pylist()
    )
    return found


Exempt = Callable[[o.Record], bool]


def never_turns(before: list[str], after: list[str], households: Sequence[o.Record], exempt: Exempt = lambda _: False) -> None:
    """No decided outcome became another. (One left open by two sources that disagree may be settled when one of them goes.)"""
    for was, now, household in zip(before, after, households, strict=True):
        if was != "undetermined" and not exempt(household):
            assert now in (was, "undetermined"), household.cells


def parts_say_otherwise(household: o.Record) -> bool:
    """A given income per person counts by design, even where its parts lie on the other side of the line."""
    given = household.given("income_per_capita")
    values = [household.given(name) for name in PARTS]
    size = household.given("household_size")
    if given is None or None in values:
        return False
    net = sum(values[:4]) - values[4]  # type: ignore[arg-type,operator]
    sizes = [size] if size is not None else [Fraction(n) for n in range(1, 8)]
    line = LINES[int(household.given("year"))]  # type: ignore[arg-type]
    return any((net > line * n) != (given > line) for n in sizes)  # type: ignore[operator]


Village = tuple[list[o.Record], list[o.Record]]
Change = Callable[[o.Record], o.Record]


def blank(name: str) -> Change:
    return lambda row: o.Record({**row.cells, name: None}, row.columns)


def unreadable(name: str) -> Change:
    return lambda row: o.Record({**row.cells, name: o.BAD}, row.columns)


def absent(name: str) -> Change:
    return lambda row: o.Record(row.cells, row.columns - {name})


def first_of_each(change: Change) -> Change:
    """The change for the first member of every household and year only."""
    seen: set[object] = set()

    def maybe(row: o.Record) -> o.Record:
        key = (row.cells["household_id"], row.cells["year"])
        first = key not in seen
        seen.add(key)
        return change(row) if first else row

    return maybe


def same(row: o.Record) -> o.Record:
    return row


#: What is done to every household of the village, and what to its members. Each has a village of its own in one run.
CHANGES: dict[str, tuple[Change, Change]] = {
    "nothing": (same, same),
    **{f"{name} blank": (blank(name), same) for name in OF_HOUSEHOLD},
    **{f"{name} unreadable": (unreadable(name), same) for name in OF_HOUSEHOLD[1:]},
    **{f"{name} absent": (absent(name), same) for name in OF_HOUSEHOLD[2:]},
    **{f"{name} blank in every member": (same, blank(name)) for name in OF_PERSON[1:]},
    **{f"{name} blank in one member": (same, first_of_each(blank(name))) for name in OF_PERSON[1:]},
    **{f"{name} unreadable in one member": (same, first_of_each(unreadable(name))) for name in OF_PERSON[2:]},
}


def renamed(row: o.Record, copy: int) -> o.Record:
    return o.Record({**row.cells, "household_id": f"{row.cells['household_id']}/{copy}"}, row.columns)


@pytest.fixture(scope="module")
def generated() -> Village:
    return village(1)


@pytest.fixture(scope="module")
def changed(national: LoadedPack, generated: Village) -> dict[str, dict[str, list[str]]]:
    """Standard → change → outcomes: one engine run per standard over a village for each change."""
    households: list[o.Record] = []
    members: list[o.Record] = []
    for copy, (of_household, of_member) in enumerate(CHANGES.values()):
        households += [of_household(renamed(row, copy)) for row in generated[0]]
        members += [of_member(renamed(row, copy)) for row in generated[1]]
    count = len(generated[0])
    found = {}
    for standard in ("household-exit", "exit-procedure"):
        all_outcomes = outcomes(national, standard, households, members)
        found[standard] = {name: all_outcomes[i * count : (i + 1) * count] for i, name in enumerate(CHANGES)}
    return found


def test_the_generated_households_come_to_every_outcome(changed: dict[str, dict[str, list[str]]]) -> None:
    expected = {
        "household-exit": {"eligible", "ineligible", "undetermined"},
        "exit-procedure": {"complete", "in_progress", "violated", "undetermined"},
    }
    for standard, names in expected.items():
        seen = changed[standard]["nothing"]
        assert set(seen) == names
        assert all(seen.count(name) >= HOUSEHOLDS // 50 for name in names), {name: seen.count(name) for name in names}


@pytest.mark.parametrize("name", list(CHANGES)[1:])
def test_to_know_less_never_turns_one_exit_verdict_into_another(
    generated: Village, changed: dict[str, dict[str, list[str]]], name: str
) -> None:
    found = changed["household-exit"]
    exempt = parts_say_otherwise if name in ("income_per_capita blank", "income_per_capita absent") else lambda _: False
    never_turns(found["nothing"], found[name], generated[0], exempt)


def last_step(household: o.Record) -> str:
    """The last step with something in its cell: the one whose blank says that it has not been done yet."""
    return next((name for name in reversed(STEPS) if household.cells.get(name) is not None), "")


@pytest.mark.parametrize("name", list(CHANGES)[1:])
def test_to_know_less_never_turns_one_procedure_into_another(
    generated: Village, changed: dict[str, dict[str, list[str]]], name: str
) -> None:
    """A blank last step is no lack of knowledge: it says that the step has not been done. A column that is not there is one."""
    found = changed["exit-procedure"]
    never_turns(found["nothing"], found[name], generated[0], lambda household: f"{last_step(household)} blank" == name)


@pytest.mark.parametrize("name", OF_PERSON[1:])
def test_a_column_that_no_member_sheet_has_turns_no_verdict(
    national: LoadedPack, generated: Village, changed: dict[str, dict[str, list[str]]], name: str
) -> None:
    households, members = generated
    found = outcomes(national, "household-exit", households, [absent(name)(member) for member in members])
    never_turns(changed["household-exit"]["nothing"], found, households)


@pytest.mark.parametrize("which", ["every member", "one member"])
def test_member_rows_that_lost_their_household_turn_no_verdict(
    national: LoadedPack, generated: Village, changed: dict[str, dict[str, list[str]]], which: str
) -> None:
    """Without a 户编号 a member row has no subject; the loader says how many such rows there were."""
    households, members = generated
    seen: set[object] = set()
    kept = []
    for member in members:
        if which == "one member" and member.cells["household_id"] in seen:
            kept.append(member)
        seen.add(member.cells["household_id"])
    found = outcomes(national, "household-exit", households, kept, len(members) - len(kept))
    never_turns(changed["household-exit"]["nothing"], found, households)
