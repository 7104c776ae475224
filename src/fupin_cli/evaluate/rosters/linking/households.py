"""The households of all rosters, and which one has the same 户编号 the year before and the year after."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at, codes, integers, slots, stacked, values
from fupin_cli.evaluate.rosters.linking.seasons import Seasons
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.tables import Table

HOUSEHOLD, PERSON, KEY, VILLAGE = "household", "person", "household_id", "village"
#: Several rows of a year have the number: nobody knows which of them it is.
SEVERAL = -2


@dataclass(frozen=True)
class Households:
    """Every household of every season: the table's rows, then those of which only rows of members are there."""

    #: How many of them are rows of the table.
    rows: int
    season: Ints
    #: What stands for the household's number; -1 where it is not known, or stands in several rows of the season.
    number: Ints
    #: Whether nobody knows the number; of one that stands in several rows it is known.
    numberless: Bools
    #: 家庭人口数 and 行政村; -1 where it is not said.
    size: Ints
    village: Ints
    #: The one with the same number the year before and after; -1 for none, ``SEVERAL`` for more than one.
    before: Ints
    after: Ints
    #: Whether a household's row that says no year has the number, and whether a row of a member does.
    undated: Bools
    loose: Bools
    #: The household of each row of people; -1 where nobody knows.
    of_person: Ints

    def __len__(self) -> int:
        return len(self.season)


def households(tables: Mapping[str, Table], seasons: Seasons) -> Households:
    """Put the households in their places, and give each row of people its household."""
    mine, theirs = _numbers(tables, seasons)
    season, their_season = seasons.of(HOUSEHOLD), seasons.of(PERSON)
    kinds = 1 + int(max(mine.max(initial=-1), theirs.max(initial=-1)))
    place, wanted = seasons.places(mine, season), seasons.places(theirs, their_season)
    slot, count = slots(place, kinds * seasons.span)
    # Members of a household that has no row of its own.
    alone = np.flatnonzero((wanted >= 0) & (at(count, wanted) == 0))
    made, first = np.unique(wanted[alone], return_index=True)
    slot[made] = len(mine) + np.arange(len(made))
    slot[count > 1] = SEVERAL
    number = np.append(np.where(at(count, place) > 1, -1, mine), theirs[alone[first]])
    season = np.append(season, their_season[alone[first]])
    place = seasons.places(number, season)
    table = tables.get(HOUSEHOLD)
    return Households(
        len(mine),
        season,
        number,
        np.append(mine, theirs[alone[first]]) < 0,
        _of_all(integers(table, MEMBER_COUNT) if table is not None else season[:0], len(number)),
        _of_all(codes(values(table, VILLAGE)) if table is not None else season[:0], len(number)),
        at(slot, seasons.next_to(place, season, -1)),
        at(slot, seasons.next_to(place, season, 1)),
        _among(number, mine[seasons.of(HOUSEHOLD) < 0], kinds),
        _among(number, theirs[their_season < 0], kinds),
        np.maximum(at(slot, wanted), -1),
    )


def _numbers(tables: Mapping[str, Table], seasons: Seasons) -> tuple[Ints, Ints]:
    """What stands for the 户编号 of each row of households, and of people."""
    given = {name: values(tables[name], KEY) for name in (HOUSEHOLD, PERSON) if name in tables}
    if not given:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    worlds = np.concatenate([seasons.worlds[name] for name in given])
    own = seasons.own(codes(stacked(*given.values())), worlds)
    households = len(given[HOUSEHOLD]) if HOUSEHOLD in given else 0
    return own[:households], own[households:]


def _among(numbers: Ints, some: Ints, kinds: int) -> Bools:
    """Which of the numbers are among some others."""
    there = np.zeros(kinds + 1, np.bool_)
    there[some] = True
    there[-1] = False
    found: Bools = there[numbers]
    return found


def _of_all(given: Ints, count: int) -> Ints:
    """What the rows of the table say, for all households."""
    return np.append(given, np.full(count - len(given), -1, np.int64))
