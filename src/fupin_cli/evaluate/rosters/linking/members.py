"""Who is who from year to year where 证件号码 do not tell: by name in the same household; and who is surely nowhere else."""

import numpy as np

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at
from fupin_cli.evaluate.rosters.linking.known import UNBORN, Known
from fupin_cli.evaluate.rosters.linking.people import People
from fupin_cli.evaluate.rosters.linking.seasons import Seasons

#: More than there are days of birth, and a day before all of them.
_DAYS, _FIRST = 1 << 20, -(1 << 19)


def named(folk: People, seen: Known, after: Ints) -> tuple[Ints, Ints]:
    """Who is who the year before and after: by number, else by name within the household and the one it is the year after.

    ``after``: for each household the same one the year after. A name tells that one person alone bears in each of the two; where
    several do, the name with the day of birth. It does not tell where number and day of birth both speak of two people: a child
    is named after somebody who has died.
    """
    before, later = folk.before.copy(), folk.after.copy()
    for by_birth in (False, True):
        now = seen.unmet_before[before[seen.unmet_before] < 0]
        then = seen.unmet_after[later[seen.unmet_after] < 0]
        mine, my_keys = _alone(seen, now, folk.household[now], by_birth=by_birth)
        theirs, their_keys = _alone(seen, then, at(after, folk.household[then]), by_birth=by_birth)
        _, i, j = np.intersect1d(my_keys, their_keys, assume_unique=True, return_indices=True)
        one, other = mine[i], theirs[j]
        born = (seen.birth[one] != UNBORN) & (seen.birth[other] != UNBORN) & (seen.birth[one] != seen.birth[other])
        same = ~(born & seen.good[one] & seen.good[other])
        before[one[same]], later[other[same]] = other[same], one[same]
    return before, later


def _alone(seen: Known, people: Ints, home: Ints, *, by_birth: bool) -> tuple[Ints, Ints]:
    """Those of whom no other of the household has the name, and what tells them apart."""
    usable = (home >= 0) & (seen.name[people] >= 0) & ((seen.birth[people] != UNBORN) | (not by_birth))
    people, home = people[usable], home[usable]
    keys = home * (int(seen.name.max(initial=-1)) + 1) + seen.name[people]
    if by_birth:
        keys = _with_birth(keys, seen.birth[people])
    _, first, count = np.unique(keys, return_index=True, return_counts=True)
    alone = first[count == 1]
    return people[alone], keys[alone]


def _with_birth(keys: Ints, birth: Ints) -> Ints:
    return keys * _DAYS + (birth - _FIRST) % _DAYS


def absent(seasons: Seasons, folk: People, seen: Known, links: tuple[Ints, Ints], homes_after: Ints, step: int) -> Bools:
    """Who is surely not in the roster of the year before (step -1) or after (1).

    ``links``: who is who the year before and after. ``homes_after``: for each household the same one the year after. Somebody who
    is not found may still be one of those there who are not found either: unless their numbers are beyond doubt, or their names
    or days of birth differ.
    """
    sides = [(seen.unmet_before, links[0]), (seen.unmet_after, links[1])]
    (asked, found), (others, theirs) = sides if step < 0 else reversed(sides)
    asked, others = asked[found[asked] < 0], others[theirs[others] < 0]
    answer = np.zeros(len(folk), np.bool_)
    if not len(asked):
        return answer
    met = (folk.met_before if step < 0 else folk.met_after)[asked]
    numbers = folk.number[seen.undated]
    met |= seen.leaky[seasons.beside(folk.season[asked], step)]
    met |= np.isin(folk.number[asked], numbers[numbers >= 0])
    there = folk.season[others]
    for person in seen.undated:
        those = np.flatnonzero(seasons.world == folk.world[person])
        others, there = np.append(others, np.full(len(those), person)), np.append(there, those)
    met |= _may_be(seen, asked, seasons.beside(folk.season[asked], step), others, there)
    met |= _of_one_birth(folk, seen, asked, others, homes_after, step)
    answer[asked] = ~met
    return answer


def _may_be(seen: Known, asked: Ints, season: Ints, others: Ints, there: Ints) -> Bools:
    """Whether somebody may be one of the others of the season."""
    open_ = ~seen.good[others]
    found = _alike(seen, asked, season, others[open_], there[open_])
    unsure = ~seen.good[asked]
    found[unsure] |= _alike(seen, asked[unsure], season[unsure], others, there)
    return found


def _alike(seen: Known, asked: Ints, season: Ints, others: Ints, there: Ints) -> Bools:
    """Whether one of the others has no other name, as far as names are known, and no other day of birth."""
    kinds = int(seen.name.max(initial=-1)) + 1
    name, theirs = seen.name[asked], seen.name[others]
    birth, their_birth = seen.birth[asked], seen.birth[others]
    same = _agree(season * kinds + name, birth, (there * kinds + theirs)[theirs >= 0], their_birth[theirs >= 0])
    blank = _agree(season, birth, there[theirs < 0], their_birth[theirs < 0])
    any_ = _agree(season, birth, there, their_birth) if np.any(name < 0) else blank
    return np.where(name < 0, any_, same | blank)


def _agree(keys: Ints, birth: Ints, theirs: Ints, their_birth: Ints) -> Bools:
    """Whether there is one with the same key whose day of birth is not another one."""
    unknown = their_birth == UNBORN
    found: Bools = np.isin(keys, theirs[unknown]) | ((birth == UNBORN) & np.isin(keys, theirs))
    found |= np.isin(_with_birth(keys, birth), _with_birth(theirs[~unknown], their_birth[~unknown]))
    return found


def _of_one_birth(folk: People, seen: Known, asked: Ints, others: Ints, homes_after: Ints, step: int) -> Bools:
    """Whether somebody of the same household was born on the same day: names are misspelt, and newborns are named late."""
    mine, theirs = folk.household[asked], folk.household[others]
    mine, theirs = (mine, at(homes_after, theirs)) if step < 0 else (at(homes_after, mine), theirs)
    my_key = np.where((mine >= 0) & (seen.birth[asked] != UNBORN), _with_birth(mine, seen.birth[asked]), -1)
    usable = (theirs >= 0) & (seen.birth[others] != UNBORN)
    their_key = _with_birth(theirs, seen.birth[others])
    found = np.isin(my_key, their_key[usable & ~seen.good[others]]) | (~seen.good[asked] & np.isin(my_key, their_key[usable]))
    return found & (my_key >= 0)
