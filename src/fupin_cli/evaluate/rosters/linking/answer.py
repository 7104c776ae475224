"""The answer: what each household and each person was the year before, and where it came from and went to."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at, count_of
from fupin_cli.evaluate.rosters.linking.common import in_common
from fupin_cli.evaluate.rosters.linking.households import Households, households
from fupin_cli.evaluate.rosters.linking.known import Known, known
from fupin_cli.evaluate.rosters.linking.members import absent, named
from fupin_cli.evaluate.rosters.linking.moves import RENUMBERED, Homes, Moves, renumbered, settled
from fupin_cli.evaluate.rosters.linking.numbers import Numbers, numbers
from fupin_cli.evaluate.rosters.linking.people import People, numbered, people
from fupin_cli.evaluate.rosters.linking.seasons import Seasons
from fupin_cli.model import codes
from fupin_cli.model.tables import Table

STAYS = "延续"
#: What a person is that comes from or goes to another household.
_ELSEWHERE = "转户"


@dataclass(frozen=True)
class Answer:
    """Everything that comparing the years tells; positions are those of the rows, beyond them those of households without one."""

    seasons: Seasons
    homes: Households
    folk: People
    nums: Numbers
    #: The same household, and the same person, the year before and after; -1 for none or unknown.
    before: Ints
    after: Ints
    person_before: Ints
    person_after: Ints
    #: Positions in ``codes.CAME_FROM`` and ``codes.WENT_TO``, for people in those of persons; -1 where nobody knows.
    came: Ints
    went: Ints
    person_came: Ints
    person_went: Ints
    #: The earlier household, the later one and the word for what ties them (a position in ``codes.CAME_FROM``).
    ties: tuple[Ints, Ints, Ints]


def answered(tables: Mapping[str, Table], seasons: Seasons) -> Answer:
    """Compare the years."""
    # Arrow and numpy work outside the interpreter's lock.
    with ThreadPoolExecutor(1) as aside:
        numbering = aside.submit(numbered, tables, seasons)
        homes = households(tables, seasons)
        folk = people(tables, seasons, homes, numbering.result())
    seen = known(tables, seasons, homes, folk)
    nums = numbers(tables, seasons, homes, folk, seen)
    asked = Homes(nums, seen.listed, *in_common(tables, homes, folk, seen, nums))
    moves = renumbered(asked)
    before, after = nums.before.copy(), nums.after.copy()
    for old, new, kind in moves.ties:
        if kind == RENUMBERED:
            before[new], after[old] = old, new
    links = named(folk, seen, after)
    lacking = [absent(seasons, folk, seen, links, after, step) for step in (-1, 1)]
    sides = zip(lacking, (-1, 1), strict=True)
    entered, left = (_mostly(seasons, homes, folk, seen, one, step) for one, step in sides)
    settled(asked, moves, left, entered)
    came = _words(nums.before, moves.came, codes.CAME_FROM.values)
    went = _words(nums.after, moves.went, codes.WENT_TO.values)
    ties = _ties(nums, moves)
    sides_of_people = (
        _of_people(folk, seen, links[0], before, (came, went), ties[0], ties[1], lacking[0]),
        _of_people(folk, seen, links[1], after, (went, came), ties[1], ties[0], lacking[1]),
    )
    return Answer(seasons, homes, folk, nums, before, after, *links, came, went, *sides_of_people, ties)


def _mostly(seasons: Seasons, homes: Households, folk: People, seen: Known, lacking: Bools, step: int) -> Bools:
    """Whether most people of a household are surely not in the roster beside.

    A household there that does not list all its people may have them, where it is of the same village: that is where households
    split and merge. Of a village that only one of the two rosters has nobody knows which one it is.
    """
    count = count_of(np.where(lacking, folk.household, -1), len(homes))
    most = count * 2 > np.maximum(seen.listed, homes.size)
    kinds = int(homes.village.max(initial=-1)) + 1
    there = np.unique(homes.season[homes.village >= 0] * kinds + homes.village[homes.village >= 0])
    asked = np.flatnonzero(most)
    season = seasons.beside(homes.season[asked], step)
    short = np.flatnonzero(~seen.whole & (seasons.beside(homes.season, -step) >= 0))
    place = np.where(np.isin(season * kinds + homes.village[asked], there), homes.village[asked], -1)
    back = seasons.beside(homes.season[short], -step)
    theirs = np.where(np.isin(back * kinds + homes.village[short], there), homes.village[short], -1)
    lacks = homes.season[short]
    near = np.isin(season * kinds + place, (lacks * kinds + theirs)[theirs >= 0]) & (place >= 0)
    blocked = near | np.isin(season, lacks[theirs < 0]) | ((place < 0) & np.isin(season, lacks))
    most[asked[blocked]] = False
    return most


def _words(tied: Ints, told: Mapping[int, str | None], said: tuple[str, ...]) -> Ints:
    """The word for each household, as its position among those that may be said."""
    found = np.where(tied >= 0, said.index(STAYS), -1)
    for home, word in told.items():
        found[home] = said.index(word) if word is not None else -1
    return found


def _ties(nums: Numbers, moves: Moves) -> tuple[Ints, Ints, Ints]:
    """All ties between households, by the later one."""
    said = codes.CAME_FROM.values
    later = np.flatnonzero(nums.before >= 0)
    more = np.array([(old, new, said.index(kind)) for old, new, kind in moves.ties], np.int64).reshape(-1, 3)
    found = np.concatenate([np.stack([nums.before[later], later, np.full(len(later), said.index(STAYS))], 1), more])
    found = found[np.lexsort((found[:, 0], found[:, 1]))] if len(more) else found
    return found[:, 0], found[:, 1], found[:, 2]


def _of_people(
    folk: People, seen: Known, links: Ints, same: Ints, told: tuple[Ints, Ints], beside: Ints, mine: Ints, lacking: Bools
) -> Ints:
    """Where people came from, seen from the later year; where they went, seen from the earlier one.

    ``same``: for each household the same one in the year beside. ``told``: the word for each household of the own year, and of
    the year beside. ``beside``, ``mine``: ties of households. ``lacking``: who is surely not there.
    """
    home, other = folk.household, at(folk.household, links)
    found = np.full(len(folk), -1, np.int64)
    both = (home >= 0) & (other >= 0)
    stays = both & (at(same, home) == other)
    known = (at(told[0], home) >= 0) | (at(told[1], other) >= 0)
    found[both & known & ~stays] = codes.PERSON_CAME_FROM.values.index(_ELSEWHERE)
    found[stays] = codes.PERSON_CAME_FROM.values.index(STAYS)
    # Whoever is not found may be one of those whom the household in the year beside does not list.
    short = count_of(mine[~seen.whole[beside]], len(same)) > 0
    alone = (links < 0) & lacking & (at(told[0], home) >= 0) & ~np.append(short, True)[home]
    found[alone] = len(codes.PERSON_CAME_FROM.values) - 1
    return found
