"""Who moves where, and what decides it, against second readings of both sides in plain Python."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import national_oracle
import provinces_oracle
import pytest
from home import Home
from made_up import LINES, Wanted, World, world
from three_values import Judged

from fupin_cli.evaluate.compared import compare
from fupin_cli.evaluate.run import judge
from fupin_cli.model.comparison import Compared
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table
from fupin_cli.rules.expression import names
from fupin_cli.rules.parameters import choose
from fupin_cli.tasks import open_pack

HOUSEHOLDS = 1_500
#: Gates of the national standard; the warning beside them never decides.
WARNING = "planned"
Reading = Callable[[Home], Judged]


@pytest.fixture(scope="module")
def roster() -> World:
    nodes = open_pack(None, "national-2016").standards["household-exit"].nodes()
    return world(5, Wanted(2016, 2021, fields=frozenset(ref.name for node in nodes for ref in names(node))), HOUSEHOLDS)


@pytest.fixture(scope="module")
def tables(roster: World) -> Mapping[str, Table]:
    return roster.tables()


@pytest.fixture(scope="module")
def national(roster: World, tables: Mapping[str, Table]) -> tuple[StandardResult, list[Judged]]:
    """How it is now, by the program and by the second reading."""
    return engine(tables), read(roster, national_oracle.household_exit)


def engine(tables: Mapping[str, Table], pack: str = "national-2016", line: str | None = None, **assumed: str) -> StandardResult:
    loaded = open_pack(None, pack)
    settings = {"poverty_line": line} if line is not None else {}
    return judge(loaded.standards["household-exit"], choose(loaded.pack, settings), tables, None, assumed)


def read(roster: World, reading: Reading) -> list[Judged]:
    return [reading(Home(roster, household)) for household in roster.households]


def agree(compared: Compared, before: list[Judged], after: list[Judged]) -> None:
    """Counts, sums, flips and deciders are those of the two second readings."""
    pairs = list(zip(before, after, strict=True))
    counted = Counter((one.outcome, other.outcome) for one, other in pairs)
    assert {(one.before, one.after): one.count for one in compared.transitions} == counted
    assert sum(one.count for one in compared.transitions) == compared.subjects == len(pairs)
    assert {one.before for one in compared.transitions} == {*compared.outcomes_before()}
    flipped = [place for place, (one, other) in enumerate(pairs) if one.outcome != other.outcome]
    assert compared.flipped == flipped
    assert flipped, "nobody flips: the roster tells nothing"
    assert sum(one.count for one in compared.transitions if one.flips) == len(flipped)
    for flip, place in zip(compared.flips(flipped), flipped, strict=True):
        one, other = pairs[place]
        assert (flip.before.outcome, flip.after.outcome) == (one.outcome, other.outcome)
        assert {decider.name for decider in flip.deciders} == set(differing(one, other)), flip.before.id
    turned: Counter[tuple[str, str, str]] = Counter()
    for one, other in pairs:
        for name in one.rules.keys() & other.rules.keys():
            if one.rules[name].status != other.rules[name].status:
                turned[name, one.rules[name].status, other.rules[name].status] += 1
    assert {(turn.name, turn.before, turn.after): turn.count for turn in compared.turns} == turned


def differing(one: Judged, other: Judged) -> Iterator[str]:
    """The gates that count differently; one that a side does not have holds nobody back there."""
    for name in {*one.rules, *other.rules} - {WARNING}:
        old, new = (side.rules[name].met if name in side.rules else True for side in (one, other))
        if old is not new:
            yield name


def test_another_line_moves_whom_the_second_reading_says(
    roster: World, tables: Mapping[str, Table], national: tuple[StandardResult, list[Judged]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read_before = national
    for year in range(2016, 2022):
        monkeypatch.setitem(LINES, year, 3500)
    compared = compare(before, engine(tables, line="3500"))
    agree(compared, read_before, read(roster, national_oracle.household_exit))
    # Both ways, into the open and out of it: without this the test would say little.
    assert {(one.before, one.after) for one in compared.transitions if one.flips} >= {
        ("eligible", "ineligible"), ("ineligible", "eligible"), (UNDETERMINED, "ineligible"), (UNDETERMINED, "eligible"),
        ("ineligible", UNDETERMINED),
    }  # fmt: skip


def test_another_pack_moves_whom_the_second_readings_say(
    roster: World, tables: Mapping[str, Table], national: tuple[StandardResult, list[Judged]]
) -> None:
    before, read_before = national
    compared = compare(before, engine(tables, "chongqing-kaizhou-2017"))
    agree(compared, read_before, read(roster, provinces_oracle.kaizhou_exit))
    assert compared.only_before() == ["water"]
    assert compared.only_after() == []


def test_an_assumption_moves_whom_the_second_reading_says(
    roster: World, tables: Mapping[str, Table], national: tuple[StandardResult, list[Judged]]
) -> None:
    def assumed(household: Mapping[str, Any]) -> dict[str, Any]:
        return {**household, "water_safe": True} if household.get("water_safe") is None else dict(household)

    before, read_before = national
    filled = replace(roster, households=[assumed(household) for household in roster.households])
    compared = compare(before, engine(tables, water_safe="是"))
    agree(compared, read_before, read(filled, national_oracle.household_exit))
    assert {turn.name for turn in compared.turns} == {"water"}


def test_the_same_on_both_sides_flips_nobody(national: tuple[StandardResult, list[Judged]]) -> None:
    result, _ = national
    compared = compare(result, result)
    assert (compared.flipped, compared.turns) == ([], [])
    assert {one.before: one.count for one in compared.transitions} == result.outcome_counts()
