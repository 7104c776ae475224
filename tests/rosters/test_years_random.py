"""The years of random rosters are tied together as a slow reading of the same words ties them."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import pytest
from plain_years import Row, World, read
from roster_worlds import Story, tables

from fupin_cli.evaluate.rosters.years import Linked, linked

FIELDS = {
    "household": ["came_from", "went_to", "number_reused", "year_before", "year_after"],
    "person": ["came_from", "went_to", "household_came_from", "household_went_to", "year_before", "year_after"],
}


@cache
def worlds() -> Sequence[World]:
    """Worlds of which the slow reading has said everything."""
    found = [Story(seed).world() for seed in range(400)]
    for world in found:
        read(world)
    return found


def differences(answer: Linked, given: Sequence[World]) -> list[tuple[object, ...]]:
    """Where the answer is another one than what the rows say is expected."""
    found: list[tuple[object, ...]] = []
    rows = {
        "household": [row for world in given for row in world.homes],
        "person": [row for world in given for row in world.people],
    }
    for name, table in answer.tables.items():
        got = {field: table.between[field].to_pylist() for field in FIELDS[name]}
        assert table.previous is not None
        before = [rows[name][place] if place is not None else None for place in table.previous.to_pylist()]
        for place, row in enumerate(rows[name]):
            said = {field: row.said.get(field) for field in FIELDS[name]}
            found += [(name, place, field, said[field], got[field][place]) for field in said if said[field] != got[field][place]]
            found += [(name, place, "previous")] if row.said.get("previous") is not before[place] else []
    return found


def moves(given: Sequence[World]) -> set[tuple[int, int, str]]:
    start, found = 0, set()
    for world in given:
        found |= {(before + start, after + start, kind) for before, after, kind in world.moves}
        start += len(world.homes)
    return found


def test_all_worlds_at_once_are_tied_as_the_plain_reading_ties_them() -> None:
    answer = linked(tables(worlds()), apart=True)
    assert differences(answer, worlds()) == []
    assert {(move["before"], move["after"], move["kind"]) for move in answer.moves.to_pylist()} == moves(worlds())


def test_the_worlds_have_everything_in_them() -> None:
    """A comparison of worlds in which nothing happens would say nothing."""

    def said(rows: Sequence[Row], field: str) -> Counter[object]:
        return Counter(row.said.get(field) for row in rows)

    homes, people = [row for world in worlds() for row in world.homes], [row for world in worlds() for row in world.people]
    assert set(said(homes, "came_from")) == {None, "延续", "换号", "分户", "并户", "新增"}
    assert set(said(homes, "went_to")) == {None, "延续", "换号", "分户", "并户", "消失"}
    assert set(said(homes, "number_reused")) == {None, False, True}
    assert set(said(people, "came_from")) == {None, "延续", "转户", "新增"}
    assert set(said(people, "went_to")) == {None, "延续", "转户", "消失"}


@pytest.mark.parametrize(("homes", "people"), [(0, 0), (1, 0), (0, 1)])
def test_a_world_alone_is_tied_as_among_others(homes: int, people: int) -> None:
    """Rows that were left out make more of it unknown, and nothing else."""
    for seed in range(12):
        world = Story(seed).world()
        world.lost_homes, world.lost_people = bool(homes), bool(people)
        read(world)
        answer = linked(tables([world], lost_homes=homes, lost_people=people))
        assert differences(answer, [world]) == [], seed
        assert {(move["before"], move["after"], move["kind"]) for move in answer.moves.to_pylist()} == moves([world]), seed
