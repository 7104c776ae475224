"""The story over rosters that are tied together by the program itself: whatever the offices wrote, every sum adds up."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "rosters"))
from roster_worlds import Story as Offices
from roster_worlds import tables

from fupin_cli.evaluate.rosters.story.told import story
from fupin_cli.evaluate.rosters.years import linked


@pytest.mark.parametrize("seed", [174, 184, 206, 217, 272, 275, 324, 382])
def test_rosters_with_slips_and_doubles_add_up_to_the_rows_that_they_have(seed: int) -> None:
    world = Offices(seed).world()
    years = linked(tables([world]))
    households = Counter(row.year for row in world.homes)
    people = Counter(row.year for row in world.people)
    for interval in story(years.tables, years.moves).intervals:
        (first, *_) = interval.balances
        pair = (interval.before, interval.after)
        assert (first.measure, first.start, first.end) == ("households", *(households[year] for year in pair))
        if interval.people is not None:
            assert (interval.people.start, interval.people.end) == tuple(people[year] for year in pair)
            counted = next(balance for balance in interval.balances if balance.measure == "people")
            # Whoever is counted in a household and whoever is in none are all people of the year, each once.
            assert (counted.start + interval.homeless[0], counted.end + interval.homeless[1]) == tuple(
                people[year] for year in pair
            )
            assert min(interval.homeless) >= 0
