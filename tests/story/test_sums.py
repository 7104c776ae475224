"""What leads from one year's households and people to the next year's, against a count that is made while the world is made up."""

import random
from collections.abc import Mapping
from itertools import pairwise

import pytest
from worlds import STATUSES, World, moves, random_world, table

from fupin_cli.evaluate.rosters.story.told import story
from fupin_cli.model.story import Balance, Interval, Story, Term

EVENTS = (
    "entered", "left", "exited", "fell_back", "status_other", "split", "merged", "renumbered", "moved", "gone_unknown",
)  # fmt: skip


def told(world: World, *, with_people: bool = True) -> Story:
    return story(world.tables(with_people=with_people), world.moves())


def amounts(balance: Balance) -> Mapping[str, int]:
    return {term.name: term.amount for term in balance.terms if term.amount}


def by_measure(interval: Interval) -> Mapping[str, Balance]:
    return {balance.measure: balance for balance in interval.balances}


# --- a story that one can count on one's fingers ------------------------------------------------------------------------

ROWS = [
    {"household_id": "A", "year": 2016, "poverty_status": "未脱贫", "village": "东村", "went_to": "延续"},
    {"household_id": "B", "year": 2016, "poverty_status": "已脱贫", "village": "东村", "went_to": "延续"},
    {"household_id": "C", "year": 2016, "poverty_status": "未脱贫", "village": "东村", "went_to": "换号"},
    {"household_id": "D", "year": 2016, "poverty_status": "返贫", "village": "西村", "went_to": "消失", "change_reason": "死亡"},
    {"household_id": "E", "year": 2016, "poverty_status": "未脱贫", "village": "西村", "went_to": "并户"},
    {"household_id": "F", "year": 2016, "poverty_status": None, "village": "西村", "went_to": None},
    {"household_id": "A", "year": 2017, "poverty_status": "已脱贫", "village": "西村", "came_from": "延续"},
    {"household_id": "B", "year": 2017, "poverty_status": "返贫", "village": "东村", "came_from": "延续"},
    {"household_id": "C2", "year": 2017, "poverty_status": "未脱贫", "village": "东村", "came_from": "换号"},
    {"household_id": "A2", "year": 2017, "poverty_status": "未脱贫", "village": "东村", "came_from": "分户"},
    {"household_id": "N", "year": 2017, "poverty_status": "未脱贫", "village": "东村", "came_from": "新增", "change_reason": "新识别"},
    {"household_id": "Q", "year": 2017, "poverty_status": "预脱贫", "village": "西村", "came_from": None, "change_reason": "死亡"},
]  # fmt: skip
LINKS = [
    (("A", 2016), ("A", 2017), "延续"), (("B", 2016), ("B", 2017), "延续"), (("C", 2016), ("C2", 2017), "换号"),
    (("A", 2016), ("A2", 2017), "分户"), (("E", 2016), ("B", 2017), "并户"),
]  # fmt: skip
SIZES = {("A", 2016): 5, ("B", 2016): 2, ("C", 2016): 3, ("D", 2016): 1, ("E", 2016): 2, ("F", 2016): 4,
         ("A", 2017): 3, ("B", 2017): 4, ("C2", 2017): 3, ("A2", 2017): 2, ("N", 2017): 6, ("Q", 2017): 1}  # fmt: skip


def by_size(*silent: tuple[str, int]) -> Interval:
    """The story with 家庭人口数, which these households do not state."""
    rows = [
        row
        | {"household_size": None if (row["household_id"], row["year"]) in silent else SIZES[row["household_id"], row["year"]]}
        for row in ROWS
    ]
    (interval,) = story({"household": table("household", rows)}, moves(rows, LINKS)).intervals
    return interval


def test_households_that_come_and_go_lead_from_one_year_to_the_next() -> None:
    found = by_measure(by_size())
    assert (found["households"].start, found["households"].end) == (6, 6)
    assert amounts(found["households"]) == {
        "entered": 1, "split": 1, "came_unknown": 1, "left": -1, "merged": -1, "gone_unknown": -1,
    }  # fmt: skip


def test_poor_and_exited_households_change_places() -> None:
    found = by_measure(by_size())
    # A, C, D, E were poor; B, C2, A2, N, Q are.
    assert (found["poor_households"].start, found["poor_households"].end) == (4, 5)
    assert amounts(found["poor_households"]) == {
        "entered": 1, "split": 1, "came_unknown": 1, "left": -1, "merged": -1, "exited": -1, "fell_back": 1,
    }  # fmt: skip
    assert (found["exited_households"].start, found["exited_households"].end) == (1, 1)
    assert amounts(found["exited_households"]) == {"exited": 1, "fell_back": -1}
    assert amounts(found["unstated_households"]) == {"gone_unknown": -1}


def test_people_come_go_grow_and_change_places_with_their_households() -> None:
    found = by_measure(by_size())
    assert (found["people"].start, found["people"].end) == (17, 19)
    # A has lost two and B has won two, so that the households together did not grow.
    assert amounts(found["people"]) == {
        "entered": 6, "split": 2, "came_unknown": 1, "left": -1, "merged": -2, "gone_unknown": -4,
    }  # fmt: skip
    # A exits with the 3 people that it has then; B falls back with 4.
    assert (amounts(found["poor_people"])["exited"], amounts(found["poor_people"])["size"]) == (-3, -2)
    assert amounts(found["exited_people"]) == {"exited": 3, "fell_back": -4, "size": 2}


def test_a_household_that_does_not_say_its_size_has_a_line_of_its_own() -> None:
    interval = by_size(("A", 2017), ("N", 2017))
    found = by_measure(interval)
    assert interval.unsized == (0, 2)
    assert (found["people"].start, found["people"].end) == (17, 10)
    assert amounts(found["people"])["unsized"] == -5
    assert "entered" not in amounts(found["people"])
    (event,) = [event for event in interval.events if event.name == "entered"]
    assert (event.households, event.people, event.unsized) == (1, 0, 1)


def test_what_happened_is_listed_with_the_rows_of_both_years() -> None:
    interval = by_size()
    rows = {
        event.name: list(zip(*(event.rows.column(side).to_pylist() for side in ("before", "after")), strict=True))
        for event in interval.events
    }
    assert rows == {
        "entered": [(None, 10)], "left": [(3, None)], "exited": [(0, 6)], "fell_back": [(1, 7)], "split": [(0, 9)],
        "merged": [(4, 7)], "renumbered": [(2, 8)], "moved": [(0, 6)], "came_unknown": [(None, 11)], "gone_unknown": [(5, None)],
    }  # fmt: skip
    # That Q will be gone is no reason for its coming.
    reasons = {event.name: event.reasons for event in interval.events if event.reasons}
    assert reasons == {"entered": {"新识别": 1}, "left": {"死亡": 1}}


def test_a_village_with_another_name_is_no_move() -> None:
    rows = [
        {"household_id": one, "year": year, "village": village}
        for one, years in {
            "A": ("东村", "新东村"),
            "B": ("东村", "新东村"),
            "C": ("西村", "新东村"),
            "D": ("西村", "西村"),
        }.items()
        for year, village in zip((2016, 2017), years, strict=True)
    ]
    links = [((one, 2016), (one, 2017), "延续") for one in "ABCD"]
    (interval,) = story({"household": table("household", rows)}, moves(rows, links)).intervals
    (event,) = [event for event in interval.events if event.name == "moved"]
    # 东村 is gone and 新东村 is new: A and B stayed where they were. 西村 is still there, so C left it.
    assert event.rows.column("before").to_pylist() == [4]


def test_years_need_not_follow_each_other_and_rows_without_a_year_are_in_no_sum() -> None:
    rows = [
        {"household_id": "A", "year": 2014, "went_to": "延续"},
        {"household_id": "A", "year": 2017, "came_from": "延续"},
        {"household_id": "B", "year": None},
    ]
    found = story({"household": table("household", rows)}, moves(rows, [(("A", 2014), ("A", 2017), "延续")]))
    assert [(one.before, one.after) for one in found.intervals] == [(2014, 2017)]
    assert found.undated == 1
    assert by_measure(found.intervals[0])["households"].terms == ()


def test_one_year_alone_has_no_story() -> None:
    rows = [{"household_id": "A", "year": 2017}]
    assert story({"household": table("household", rows)}, moves(rows, [])).intervals == []


def test_a_sum_that_does_not_add_up_is_never_made() -> None:
    with pytest.raises(ArithmeticError):
        Balance("households", 3, (Term("entered", 2),), 6)


# --- people, one by one -------------------------------------------------------------------------------------------------


def person(home: str, year: int, **cells: str | None) -> dict[str, object]:
    return {"household_id": home, "year": year, **cells}


PEOPLE = [
    person("A", 2016, went_to="延续", household_went_to="延续"),
    person("A", 2016, went_to="消失", household_went_to="延续", change_reason="死亡"),
    person("A", 2016, went_to="转户", household_went_to="延续", change_reason="嫁出"),
    person("A", 2016, went_to="消失", household_went_to="延续"),
    person("D", 2016, went_to="消失", household_went_to="消失", change_reason="死亡"),
    person("F", 2016, went_to=None, household_went_to=None),
    person("A", 2017, came_from="延续", household_came_from="延续"),
    person("A", 2017, came_from="新增", household_came_from="延续", change_reason="新生儿"),
    person("A", 2017, came_from="新增", household_came_from="延续", change_reason="新生儿"),
    person("B", 2017, came_from="转户", household_came_from="延续"),
    person("N", 2017, came_from="新增", household_came_from="新增", change_reason="嫁入"),
    person("A", 2017, came_from=None, household_came_from="延续"),
    # Who died in the year in which he came: that is why he will be gone, not why he is there.
    person("A", 2017, came_from="新增", household_came_from="延续", change_reason="死亡"),
    # Twice in one year.
    person("B", 2017, came_from="转户", household_came_from="延续"),
    person("Z", 2017, came_from=None),
]


def test_people_are_followed_with_the_reasons_that_their_rows_give() -> None:
    tables = {"household": table("household", ROWS), "person": table("person", PEOPLE)}
    (interval,) = story(tables, moves(ROWS, LINKS)).intervals
    people = interval.people
    assert people is not None
    assert (people.start, people.end) == (6, 9)
    assert [(term.name, term.reason, term.amount) for term in people.terms] == [
        ("with_household_in", "", 1), ("came", "新生儿", 2), ("came", "", 1), ("person_came_unknown", "", 2), ("with_household_out", "", -1),
        ("went", "死亡", -1), ("went", "", -1), ("person_gone_unknown", "", -1), ("uneven", "", 1),
    ]  # fmt: skip
    assert interval.moved_people == 2
    # Z is no household of 2017.
    assert interval.homeless == (0, 1)
    assert by_measure(interval)["people"].end == 8


def test_where_a_year_lists_no_members_people_are_counted_by_the_stated_size() -> None:
    only = [row for row in PEOPLE if row["year"] == 2017]
    rows = [row | {"household_size": SIZES[row["household_id"], row["year"]]} for row in ROWS]
    (interval,) = story({"household": table("household", rows), "person": table("person", only)}, moves(rows, LINKS)).intervals
    assert (interval.people_by, interval.people, interval.homeless) == ("size", None, (0, 0))
    assert by_measure(interval)["people"].start == 17


# --- random worlds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_every_sum_of_a_random_world_is_what_was_made_up(seed: int) -> None:
    rng = random.Random(seed)
    years = sorted(rng.sample(range(2013, 2021), rng.randrange(2, 5)))
    world = random_world(rng, years, rng.randrange(1, 40))
    with_people = bool(seed % 3)
    found = told(world, with_people=with_people)
    assert [(one.before, one.after) for one in found.intervals] == list(pairwise(years))
    for interval in found.intervals:
        assert interval.people_by == ("rows" if with_people and _listed(world, interval) else "size")
        figures = by_measure(interval)
        for measure, balance in figures.items():
            assert (balance.start, balance.end) == tuple(
                _figure(world, year, measure) for year in (interval.before, interval.after)
            )
        for name in EVENTS:
            event = interval.event(name)
            expected = (world.happened[interval.before, name], world.happened_people[interval.before, name])
            assert ((event.households, event.people) if event else (0, 0)) == expected, (seed, name)
            if name in ("entered", "left", "split", "merged", "gone_unknown"):
                sign = 1 if name in ("entered", "split") else -1
                assert (figures["households"].amount(name), figures["people"].amount(name)) == tuple(sign * n for n in expected)


def _listed(world: World, interval: Interval) -> bool:
    return {interval.before, interval.after} <= {row["year"] for row in world.people}


def _figure(world: World, year: int, measure: str) -> int:
    group, _, unit = measure.rpartition("_")
    meant = {
        "": STATUSES, "poor": ("未脱贫", "预脱贫", "返贫"), "exited": ("已脱贫",), "unstated": (None,),
    }[group]  # fmt: skip
    rows = [row for row in world.of(year) if row["poverty_status"] in meant]
    return len(rows) if unit == "households" else sum(len(row["members"]) for row in rows)
