"""What would have to change: exact amounts by arithmetic, and every proposed change tried on a second reading of the standard."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

import national_oracle
import pytest
from building import searching
from home import Home
from hypothesis import given
from hypothesis import strategies as st
from made_up import Wanted, World, world

from fupin_cli.evaluate.explanation.near import Near, near
from fupin_cli.evaluate.explanation.whole import whole
from fupin_cli.evaluate.explanation.worlds import Judge
from fupin_cli.model.explanation import Grounds, Turn, Way
from fupin_cli.model.job import CHECK_IDENTIFY
from fupin_cli.rules.expression import names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.tasks import open_pack

Ask = Callable[..., Grounds]


def ways(grounds: Grounds) -> tuple[Way, ...]:
    found = grounds.ways
    assert found is not None
    return found


def told(turn: Turn) -> tuple[str, str, Any, str, Any, Decimal | None]:
    return turn.name, str(turn.where), turn.before, turn.sign, turn.after, turn.by


def test_a_cent_short_of_a_line_that_must_be_exceeded_takes_two_cents(ask: Ask) -> None:
    # 2994.99 + 0.01 = 2995, which is not over 2995.
    [way] = ways(ask("349900010001"))
    [turn] = way.turns
    assert told(turn) == ("income_per_capita", "户!AV2", Decimal("2994.99"), ">=", Decimal("2995.01"), Decimal("0.02"))
    assert (way.outcome, turn.fixed, turn.through) == ("eligible", False, "")


def test_through_a_quotient_the_amount_is_the_household_s(ask: Ask) -> None:
    # 11980 for four is 2995 each, just the line: one cent more in all will do, a quarter of a cent a head.
    [way] = ways(ask("349900010008"))
    [turn] = way.turns
    assert told(turn) == ("wage_income", "户!AH9", Decimal(7980), ">=", Decimal("7980.01"), Decimal("0.01"))
    assert (turn.through, turn.each) == ("net_income", Decimal("0.01"))


def test_through_a_quotient_under_another_line(ask: Ask) -> None:
    # 3140 * 4 = 12560; 12560 - 11980 = 580, and a cent to be over it; 580.01 / 4 = 145.0025, rounded up to the cent.
    [way] = ways(ask("349900010008", line="3140"))
    [turn] = way.turns
    assert (turn.by, turn.after, turn.each) == (Decimal("580.01"), Decimal("8560.01"), Decimal("145.01"))


def test_alternatives_are_told_one_by_one_and_the_smallest_sets_only(ask: Ask) -> None:
    school, reason = sorted(ways(ask("349900010010")), key=lambda way: way.turns[0].name, reverse=True)
    assert [turn.name for way in (school, reason) for turn in way.turns] == ["school_status", "dropout_reason"]
    assert [(turn.who, str(turn.where)) for turn in reason.turns] == [("样陈丙", "人!AF30")]
    assert {reason.turns[0].after, *reason.turns[0].instead} == {"因身体原因不具备学习条件", "送教上门", "参军"}
    assert "非在校生" not in {school.turns[0].after, *school.turns[0].instead}


def test_a_house_that_is_both_badly_graded_and_listed_as_dangerous_needs_both_changed(ask: Ask) -> None:
    [way] = ways(ask("349900010009"))
    assert [(turn.name, turn.after, turn.instead) for turn in way.turns] == [
        ("housing_grade", "A", ("B",)),
        ("dangerous_housing", False, ()),
    ]


def test_a_birth_date_is_never_proposed(ask: Ask) -> None:
    # Born later, the member without insurance would be a newborn; born earlier, the child would be past school.
    for whom in ("349900010010", "349900010011"):
        assert not [turn for way in ways(ask(whom)) for turn in way.turns if turn.name == "birth_date"]


def test_who_meets_the_standard_is_told_no_change(ask: Ask) -> None:
    assert ask("349900010003").ways is None


def test_steps_of_a_procedure_are_found_although_each_brings_the_next_requirement(ask: Ask) -> None:
    """Whoever fills in the dates is asked whether the household agrees and whether anybody objects."""
    [way] = ways(ask("349900010010", 1))
    assert way.outcome == "complete"
    assert {turn.name for turn in way.turns} == {
        "review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date",
        "household_agrees", "notice_objection",
    }  # fmt: skip
    # Each was tried with this day; whether a later one does depends on the others.
    assert {turn.sign for turn in way.turns} == {"="}


def test_an_item_that_speaks_against_inclusion_is_taken_out_of_its_cell(ask: Ask) -> None:
    first = ways(ask("349900090008", 0, "candidates.xlsx", CHECK_IDENTIFY))[0]
    assert [told(turn)[:5] for turn in first.turns] == [("exclusion_items", "户!CR9", "小轿车", "=", "无")]


# --- on made-up households ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judge_of() -> Callable[[World, int], Judge]:
    loaded = open_pack(None, "national-2016")
    standard, parameters = loaded.standards["household-exit"], Parameters(loaded.pack, {})
    return lambda roster, index: Judge(standard, parameters, None, {}, near(standard, roster.tables(), index))


@searching(2)
@given(seed=st.integers(0, 10_000))
def test_every_proposed_change_does_and_none_of_its_parts_would(seed: int, judge_of: Callable[[World, int], Judge]) -> None:
    """By a second reading of the standard that knows nothing of the engine nor of how changes are found."""
    nodes = open_pack(None, "national-2016").standards["household-exit"].nodes()
    roster = world(seed, Wanted(2016, 2020, fields=frozenset(ref.name for node in nodes for ref in names(node))), 4)
    for index, household in enumerate(roster.households):
        before = national_oracle.household_exit(Home(roster, household)).outcome
        judge = judge_of(roster, index)
        grounds = whole(judge)
        assert grounds.view.outcome == before
        if before == "eligible":
            assert grounds.ways is None
            continue
        assert grounds.ways is not None
        for way in grounds.ways:
            assert len(way.turns) == len({(turn.table, turn.row, turn.name) for turn in way.turns})
            for chosen in parts(way.turns):
                whether = "eligible" if len(chosen) == len(way.turns) else None
                outcome = changed(roster, index, chosen, judge.near)
                assert (outcome == "eligible") == (whether == "eligible"), (seed, index, way)


def parts(turns: tuple[Turn, ...]) -> Iterator[tuple[Turn, ...]]:
    for size in range(1, len(turns) + 1):
        yield from combinations(turns, size)


def changed(roster: World, index: int, turns: tuple[Turn, ...], found: Near) -> str:
    """The outcome by the second reading once these cells say something else."""
    household = dict(roster.households[index])
    people = {number: dict(row) for number, row in enumerate(roster.rows["person"])}
    for turn in turns:
        row = household if turn.table == "household" else people[found.origins["person"][turn.row]]
        row[turn.name] = turn.after
    own: Mapping[str, list[dict[str, Any]]] = {household["household_id"]: [
        row for row in people.values() if row["household_id"] == household["household_id"]
    ]}  # fmt: skip
    return str(national_oracle.household_exit(Home(World([household], {}, {"person": dict(own)}), household)).outcome)
