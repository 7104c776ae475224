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

HOUSEHOLDS = 600
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
        for year in rng.choice([[2018], [2018], [2020], [2017, 2018]]):
            size = rng.randint(1, 5)
            line = LINES[year]
            net = line * size + Decimal(rng.choice(["0", "0.01", "-0.01", "800", "3000", "3000", "3000", "-2000"]))
            row: dict[str, object] = {"household_id": key, "year": year, "household_size": rarely(rng, size, None, size + 1)}
            if rng.random() < 0.6:
                row |= {**dict.fromkeys(PARTS, Decimal(0)), "wage_income": net - 500, "transfer_income": Decimal(600), "business_expense": Decimal(100)}
            if rng.random() < 0.6:
                row["income_per_capita"] = rng.choice([Decimal(line), line + Decimal("0.01"), Decimal(line + 900), Decimal(line - 900)])
            row |= {name: rarely(rng, True, False, None, o.BAD, often=0.06) for name in (*GUARANTEES, "annual_plan")}
            for name in ("education_secured", "medical_secured", "housing_secured"):
                row[name] = rng.choice([row[name], None])
            row |= {"housing_grade": rarely(rng, "A", "B", "C", None), "dangerous_housing": rarely(rng, False, True, None)}
            row |= exit_steps(rng)
            households.append(o.Record(row, frozenset(OF_HOUSEHOLD)))
            for _ in range(rng.choice([0, size, size, size, size - 1])):
                members.append(o.Record(person(rng, key, year), frozenset(OF_PERSON)))
    return households, members


def exit_steps(rng: random.Random) -> dict[str, object]:
    """Some steps of the procedure, mostly in order."""
    day, row = date(2018, 9, 1), {}
    for name in STEPS[: rng.randint(0, len(STEPS))]:
        day += timedelta(days=rng.choice([0, 3, 9, -12] if rng.random() < 0.3 else [3, 9]))
        row[name] = rarely(rng, day, None, o.BAD, often=0.05)
    return {**row, "household_agrees": rarely(rng, True, False, None), "notice_objection": rarely(rng, False, True, None)}


def person(rng: random.Random, key: str, year: int) -> dict[str, object]:
    row: dict[str, object] = {"household_id": key, "year": year, "birth_date": date(year - rng.choice([0, 3, 6, 9, 15, 16, 40, 70]), 7, 1)}
    row["school_status"] = rarely(rng, "小学", "非在校生", "学龄前儿童", None)
    row["dropout_reason"] = rarely(rng, None, "因贫", "送教上门", "参军", often=0.3)
    return row | {"basic_medical": rarely(rng, True, False, None), "employee_medical": rarely(rng, None, True, False)}


Outcomes = list[tuple[str, tuple[bool, ...]]]


def outcomes(pack: LoadedPack, standard: str, households: Sequence[o.Record], members: Sequence[o.Record], lost: int = 0) -> Outcomes:
    """The outcome of each household and which outcomes are possible."""
    tables = {"household": table("household", households), "person": table("person", members, quarantined=lost)}
    result = judge(pack.standards[standard], Parameters(pack.pack, {}), tables, None, {})
    may = [result.data.column(name).to_pylist() for name in result.data.column_names if name.startswith("may.")]
    return list(zip(result.data.column("outcome").to_pylist(), zip(*may, strict=True), strict=True))


def blanked(rows: Sequence[o.Record], name: str) -> list[o.Record]:
    return [o.Record({**row.cells, name: None}, row.columns) for row in rows]


Exempt = Callable[[o.Record], bool]


def never_turns(before: Outcomes, after: Outcomes, households: Sequence[o.Record], exempt: Exempt = lambda _: False) -> None:
    """Whatever was possible with the value is possible without it; so no decided outcome becomes another."""
    for (was, may_before), (now, may_after), household in zip(before, after, households, strict=True):
        if exempt(household):
            continue
        assert now in (was, "undetermined"), (was, now, household.cells)
        assert all(later for earlier, later in zip(may_before, may_after, strict=True) if earlier), (was, now, household.cells)


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


@pytest.fixture(scope="module", params=[1, 2])
def generated(request: pytest.FixtureRequest) -> tuple[list[o.Record], list[o.Record]]:
    return village(request.param)


@pytest.fixture(scope="module")
def exits(national: LoadedPack, generated: tuple[list[o.Record], list[o.Record]]) -> Outcomes:
    return outcomes(national, "household-exit", *generated)


@pytest.fixture(scope="module")
def procedures(national: LoadedPack, generated: tuple[list[o.Record], list[o.Record]]) -> Outcomes:
    return outcomes(national, "exit-procedure", *generated)


Generated = tuple[list[o.Record], list[o.Record]]


def test_the_generated_households_come_to_every_outcome(exits: Outcomes, procedures: Outcomes) -> None:
    for found, names in ((exits, {"eligible", "ineligible", "undetermined"}), (procedures, {"complete", "in_progress", "violated", "undetermined"})):
        seen = [outcome for outcome, _ in found]
        assert set(seen) == names
        assert all(seen.count(name) >= HOUSEHOLDS // 50 for name in names), {name: seen.count(name) for name in names}


@pytest.mark.parametrize("name", OF_HOUSEHOLD)
def test_a_blank_in_a_household_never_turns_one_exit_verdict_into_another(
    national: LoadedPack, generated: Generated, exits: Outcomes, name: str
) -> None:
    households, members = generated
    # One year stays, or there would be none in the whole sheet and --as-of would be asked for.
    changed = [households[0], *blanked(households[1:], name)] if name == "year" else blanked(households, name)
    exempt = parts_say_otherwise if name == "income_per_capita" else lambda _: False
    never_turns(exits, outcomes(national, "household-exit", changed, members), households, exempt)


@pytest.mark.parametrize("name", OF_PERSON)
def test_a_blank_in_every_member_row_never_turns_one_exit_verdict_into_another(
    national: LoadedPack, generated: Generated, exits: Outcomes, name: str
) -> None:
    households, members = generated
    # A member row without a household has no subject: the loader counts it as lost.
    kept = [] if name == "household_id" else blanked(members, name)
    never_turns(exits, outcomes(national, "household-exit", households, kept, len(members) - len(kept)), households)


@pytest.mark.parametrize("name", OF_PERSON)
def test_a_blank_in_one_member_row_never_turns_one_exit_verdict_into_another(
    national: LoadedPack, generated: Generated, exits: Outcomes, name: str
) -> None:
    households, members = generated
    changed: list[o.Record] = []
    lost = 0
    seen: set[object] = set()
    for member in members:
        key = member.cells["household_id"]
        if key in seen:
            changed.append(member)
        elif name == "household_id":
            lost += 1
        else:
            changed += blanked([member], name)
        seen.add(key)
    never_turns(exits, outcomes(national, "household-exit", households, changed, lost), households)


def last_step(household: o.Record) -> str:
    """The last step with something in its cell: the one whose blank says that it has not been done yet."""
    return next((name for name in reversed(STEPS) if household.cells.get(name) is not None), "")


@pytest.mark.parametrize("name", [*STEPS, "household_agrees", "notice_objection", "household_id"])
def test_a_blank_before_the_last_step_never_turns_one_procedure_into_another(
    national: LoadedPack, generated: Generated, procedures: Outcomes, name: str
) -> None:
    households, members = generated
    after = outcomes(national, "exit-procedure", blanked(households, name), members)
    never_turns(procedures, after, households, lambda household: last_step(household) == name)


def test_a_column_that_is_not_there_is_unknown_and_turns_no_verdict(national: LoadedPack, generated: Generated, procedures: Outcomes, exits: Outcomes) -> None:
    """Unlike a blank date, a column that the sheet does not have says nothing: not even that the step is still to be done."""
    households, members = generated
    for standard, before in (("exit-procedure", procedures), ("household-exit", exits)):
        for name in OF_HOUSEHOLD[2:]:
            changed = [o.Record(row.cells, row.columns - {name}) for row in households]
            exempt = parts_say_otherwise if name == "income_per_capita" else lambda _: False
            never_turns(before, outcomes(national, standard, changed, members), households, exempt)


def test_an_unreadable_cell_turns_no_verdict(national: LoadedPack, generated: Generated, procedures: Outcomes, exits: Outcomes) -> None:
    households, members = generated
    for standard, before in (("exit-procedure", procedures), ("household-exit", exits)):
        for name in OF_HOUSEHOLD[2:]:
            changed = [o.Record({**row.cells, name: o.BAD}, row.columns) for row in households]
            never_turns(before, outcomes(national, standard, changed, members), households)
