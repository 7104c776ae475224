"""Which households of neighbouring years are the same by their 户编号."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at, count_of
from fupin_cli.evaluate.rosters.linking.households import HOUSEHOLD, Households
from fupin_cli.evaluate.rosters.linking.known import Known
from fupin_cli.evaluate.rosters.linking.people import People
from fupin_cli.evaluate.rosters.linking.seasons import Seasons
from fupin_cli.model.tables import Table


@dataclass(frozen=True)
class Numbers:
    """What the numbers of households say of each household."""

    #: The same household the year before and after; -1 where the number does not tell.
    before: Ints
    after: Ints
    #: Whether it is sure that no household had the number the year before, and that none has it after, strangers aside.
    new: Bools
    gone: Bools
    #: Whether strangers had the number the year before: 1 yes, 0 no, -1 where nobody knows.
    reused: Ints


def numbers(tables: Mapping[str, Table], seasons: Seasons, homes: Households, folk: People, seen: Known) -> Numbers:
    """Tie together households of one number, where nothing speaks against it."""
    shared, doubtful, strangers = _compared(homes, folk, seen)
    same = (homes.before >= 0) & ~doubtful & ~strangers
    before, after = np.where(same, homes.before, -1), np.full(len(homes), -1, np.int64)
    after[before[same]] = np.flatnonzero(same)
    estranged = np.zeros(len(homes), np.bool_)
    estranged[homes.before[strangers]] = True
    past, future = seasons.beside(homes.season, -1), seasons.beside(homes.season, 1)
    vague = _vague(tables, seasons, homes)
    told = (homes.number >= 0) & ~homes.undated
    new = (past >= 0) & told & ~vague[past] & ((homes.before == -1) | strangers)
    gone = (future >= 0) & told & ~vague[future] & ((homes.after == -1) | estranged)
    reused = np.where(strangers, 1, np.where(shared | new, 0, -1))
    return Numbers(before, after, new, gone, reused)


def _vague(tables: Mapping[str, Table], seasons: Seasons, homes: Households) -> Bools:
    """The seasons of which not all numbers of households are known: one that is not found there may be there all the same."""
    found = seasons.leaky(tables.get(HOUSEHOLD))
    found[homes.season[homes.numberless]] = True
    undated = np.flatnonzero(homes.numberless & (homes.season < 0))
    if len(undated):
        found[:-1] |= np.isin(seasons.world, seasons.worlds[HOUSEHOLD][undated])
    found[-1] = False
    return found


def _compared(homes: Households, folk: People, seen: Known) -> tuple[Bools, Bools, Bools]:
    """What speaks for and against each household being that of the same number the year before.

    Whether somebody is in both; whether nobody is, so that it is doubtful; whether they are surely strangers.
    """
    count = len(homes)
    later = np.flatnonzero(folk.before >= 0)
    home, former = folk.household[later], folk.household[folk.before[later]]
    stays = (home >= 0) & (former >= 0) & (at(homes.before, home) == former)
    shared = count_of(home[stays], count) > 0
    moved = np.zeros(count + 1, np.bool_)
    moved[home[~stays]] = moved[np.maximum(at(homes.after, former[~stays]), -1)] = True
    moved = moved[:-1]
    shared |= _names_shared(homes, seen, folk, (homes.before >= 0) & ~shared)
    asked = (homes.before >= 0) & ~shared
    pair = np.where(asked, homes.before, -1)
    whole = asked & seen.whole & _of(seen.whole, pair)
    sure = count_of(np.where(folk.sure, folk.household, -1), count) == seen.listed
    unmet = _unmet(homes, folk, seen, asked)
    nameless, doubtful = (count_of(unmet[1][flag], count) > 0 for flag in (seen.name[unmet[0]] < 0, ~seen.good[unmet[0]]))
    strangers = whole & sure & _of(sure, pair) & ~(nameless & doubtful)
    return shared, asked & ~strangers & (moved | (whole & ~nameless)), strangers


def _of(flags: Bools, households: Ints) -> Bools:
    return np.append(flags, False)[households]


def _unmet(homes: Households, folk: People, seen: Known, asked: Bools) -> tuple[Ints, Ints]:
    """Those of households and of their namesakes the year before whom no number finds, each with the later household."""
    now, then = folk.household[seen.unmet_before], at(homes.after, folk.household[seen.unmet_after])
    people, home = np.append(seen.unmet_before, seen.unmet_after), np.append(now, then)
    chosen = (home >= 0) & _of(asked, home)
    return people[chosen], home[chosen]


def _names_shared(homes: Households, seen: Known, folk: People, asked: Bools) -> Bools:
    """Whether somebody whom no number finds bears the same name in both."""
    kinds = int(seen.name.max(initial=-1)) + 1

    def keys(people: Ints, home: Ints) -> Ints:
        chosen = (home >= 0) & _of(asked, home) & (seen.name[people] >= 0)
        return home[chosen] * kinds + seen.name[people[chosen]]

    now = keys(seen.unmet_before, folk.household[seen.unmet_before])
    then = keys(seen.unmet_after, at(homes.after, folk.household[seen.unmet_after]))
    return count_of(np.intersect1d(now, then) // max(kinds, 1), len(homes)) > 0
