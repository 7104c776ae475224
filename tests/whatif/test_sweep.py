"""How many meet a standard as a number moves: exact at every income, whatever the number stands in."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import building as b
import national_oracle
import pytest
from home import Home
from made_up import LINES, Wanted, World, world

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.counted import tallies
from fupin_cli.evaluate.run import judge
from fupin_cli.model.sweep import Tally
from fupin_cli.model.tables import Table
from fupin_cli.rules.expression import names
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters, choose
from fupin_cli.rules.ranges import MOST, range_of
from fupin_cli.tasks import open_pack

YES = ("food_secure", "clothing_secure", "education_secured", "medical_secured", "housing_secured", "water_safe")
PARTS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")


@pytest.fixture(scope="module")
def national() -> LoadedPack:
    return open_pack(None, "national-2016")


def moved(pack: LoadedPack, tables: Mapping[str, Table], name: str, values: Sequence[Decimal]) -> list[Tally]:
    parameters = [Parameters(pack.pack, {name: value}) for value in values]
    return list(tallies(pack.standards["household-exit"], tables, None, {}, parameters))


def home(**cells: Any) -> dict[str, Any]:
    return {"household_id": "1", "year": 2018, **dict.fromkeys(YES, True), **cells}


def test_at_below_and_above_an_income_to_the_cent(national: LoadedPack) -> None:
    tables = {"household": b.table("household", b.records([home(income_per_capita=Decimal("3000.01"))]))}
    values = [Decimal(text) for text in ("3000", "3000.009999", "3000.01", "3000.010001", "3000.02")]
    found = [tally.outcomes for tally in moved(national, tables, "poverty_line", values)]
    # "Over the line": an income that is exactly the line is not over it.
    assert found == [{"eligible": 1}, {"eligible": 1}, {"ineligible": 1}, {"ineligible": 1}, {"ineligible": 1}]


def test_an_income_that_is_no_decimal_is_compared_as_the_fraction_that_it_is(national: LoadedPack) -> None:
    third = home(household_size=3, **dict.fromkeys(PARTS, Decimal(0)) | {"wage_income": Decimal(10000)})
    tables = {"household": b.table("household", b.records([third], ["income_per_capita"]))}
    values = [Decimal(text) for text in ("3333.333333", "3333.333334")]
    assert [tally.outcomes for tally in moved(national, tables, "poverty_line", values)] == [{"eligible": 1}, {"ineligible": 1}]


def test_counts_are_those_of_a_loop_over_random_incomes(national: LoadedPack) -> None:
    rng = random.Random(20201231)
    incomes = [Fraction(rng.randrange(0, 600_000), 100) if rng.random() < 0.9 else None for _ in range(400)]
    rows = [
        home(
            household_id=str(place), income_per_capita=None if income is None else Decimal(income.numerator) / income.denominator
        )
        for place, income in enumerate(incomes)
    ]
    tables = {"household": b.table("household", b.records(rows))}
    values = range_of("poverty_line=0:6000:437.5").values
    known = [income for income in incomes if income is not None]
    assert len(values) == 15
    for value, tally in zip(values, moved(national, tables, "poverty_line", values), strict=True):
        over = sum(income > Fraction(value) for income in known)
        expected = {"eligible": over, "ineligible": len(known) - over, "undetermined": len(incomes) - len(known)}
        assert tally.outcomes == {name: count for name, count in expected.items() if count}


@pytest.fixture(scope="module")
def roster(national: LoadedPack) -> World:
    nodes = national.standards["household-exit"].nodes()
    return world(11, Wanted(2016, 2020, fields=frozenset(ref.name for node in nodes for ref in names(node))), 200)


def test_counts_of_households_with_blanks_and_members_are_those_of_the_second_reading(
    national: LoadedPack, roster: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = range_of("poverty_line=2900:4000:550").values
    for value, tally in zip(values, moved(national, roster.tables(), "poverty_line", values), strict=True):
        for year in range(2016, 2021):
            monkeypatch.setitem(LINES, year, int(value))
        assert tally.outcomes == Counter(national_oracle.household_exit(Home(roster, one)).outcome for one in roster.households)


def test_a_number_that_members_are_asked_about_moves_as_in_a_full_report(national: LoadedPack, roster: World) -> None:
    values, tables = range_of("compulsory_age_to=5:17:12").values, roster.tables()
    standard = national.standards["household-exit"]
    found = moved(national, tables, "compulsory_age_to", values)
    for value, tally in zip(values, found, strict=True):
        full = judge(standard, choose(national.pack, {"compulsory_age_to": f"{value:f}"}), tables, None, {})
        assert tally.outcomes == full.outcome_counts()
    assert found[0].outcomes != found[-1].outcomes


def test_equal_counts_of_different_households_are_told_apart(tmp_path: Path) -> None:
    content = {
        "standard": "household-exit", "title": b.TITLE, "subject": "household", "checks": {"w": b.check("income_per_capita = $line")},
        "outcomes": {"yes": {"title": b.TITLE, "meets": "true"}, "no": {"title": b.TITLE, "meets": "false"}},
        "decide": [{"outcome": "no", "when": "NOT w"}, {"outcome": "yes", "default": "true"}],
    }  # fmt: skip
    loaded = b.pack(tmp_path, content, {"line": b.parameter(("2000-01-01", None, "1"))})
    rows = [home(household_id=str(income), income_per_capita=Decimal(income)) for income in (10, 20)]
    first, same, other = moved(
        loaded, {"household": b.table("household", b.records(rows))}, "line", [Decimal(10), Decimal(10), Decimal(20)]
    )
    assert first.outcomes == same.outcomes == other.outcomes == {"yes": 1, "no": 1}
    assert first.who == same.who != other.who


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("n=1:3:1", "1 2 3"),
        ("n=1:3:1.5", "1 2.5 3"),
        (" n = 1 : 3 : 5 ", "1 3"),
        ("n=2:2:1", "2"),
        ("n=-1:1:0.5", "-1 -0.5 0 0.5 1"),
        ("n=0:0.3:0.1", "0 0.1 0.2 0.3"),
    ],
)
def test_both_ends_of_a_range_are_in_it_and_every_step_is_exact(text: str, values: str) -> None:
    assert range_of(text).name == "n"
    assert list(range_of(text).values) == [Decimal(value) for value in values.split()]


def test_the_longest_range_is_allowed_and_the_next_is_not() -> None:
    assert len(range_of(f"n=1:{MOST}:1").values) == MOST
    with pytest.raises(UsageRefused) as refused:
        range_of(f"n=0:{MOST}:1")
    # The step that is proposed is one that works.
    assert len(range_of(f"n=0:{MOST}:{refused.value.facts['step']}").values) <= MOST


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("n", "sweep-shape"), ("n=1:2", "sweep-shape"), ("=1:2:1", "sweep-shape"), ("n=1::1", "sweep-shape"), ("n=1:2:3:4", "sweep-shape"),
        ("n=1:2:0", "sweep-step"), ("n=1:2:-1", "sweep-step"), ("n=2:1:1", "sweep-backwards"), ("n=0:999999999999:0.000001", "sweep-too-many"),
        ("n=1:x:1", "parameter-not-number"), ("n=1e3:2:1", "parameter-not-number"), ("n=1:２:1", "parameter-not-number"), ("n=1:nan:1", "parameter-not-number"),
    ],
)  # fmt: skip
def test_what_is_no_range_is_refused(text: str, code: str) -> None:
    with pytest.raises(UsageRefused) as refused:
        range_of(text)
    assert refused.value.code == code
