"""Everybody whom the rosters list, and who is who the year before and the year after by 证件号码."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at, codes, count_of, identities, slots, stacked, values
from fupin_cli.evaluate.rosters.linking.households import HOUSEHOLD, PERSON, SEVERAL, Households
from fupin_cli.evaluate.rosters.linking.names import folded
from fupin_cli.evaluate.rosters.linking.seasons import Seasons
from fupin_cli.model import codes as codes_of
from fupin_cli.model.tables import Table

NAME, HEAD_NAME, REASON = "name", "head_name", "change_reason"
_IDENTITY = {PERSON: "id_number", HOUSEHOLD: "head_id_number"}


#: 证件号码 as numbers, and what stands for them; and how many rows of people there are.
Numbered = tuple[Ints, Ints, int]


@dataclass(frozen=True)
class People:
    """The rows of people, then the heads of households who have no row among them."""

    #: How many of them are rows of the table.
    rows: int
    season: Ints
    world: Ints
    household: Ints
    #: 证件号码: as a number, and what stands for it; -1 where it is not known.
    identity: Ints
    number: Ints
    #: Whether the number is known and nobody else of the season has it, those aside who are said to have left.
    sure: Bools
    #: Who has the same number the year before and after, where that is sure; -1 for nobody.
    before: Ints
    after: Ints
    #: Whether anybody at all has the same number the year before and after.
    met_before: Bools
    met_after: Bools
    #: The head of each household; -1 where nobody knows who it is.
    head: Ints

    def __len__(self) -> int:
        return len(self.season)


def people(tables: Mapping[str, Table], seasons: Seasons, homes: Households, given: Numbered) -> People:
    """Bring rows of people and heads of households together, and find everybody in the years beside by number."""
    identity, number, rows = given
    head, alone = _heads(tables, seasons, homes, number, rows)
    # A row without a number has that of the head who it is.
    mine = np.flatnonzero((head >= 0) & (at(number[:rows], head) < 0))
    number, identity = number.copy(), identity.copy()
    number[head[mine]], identity[head[mine]] = number[rows + mine], identity[rows + mine]
    head[alone] = rows + np.arange(len(alone))
    chosen = np.append(np.arange(rows), rows + alone)
    worlds = [seasons.worlds.get(name, np.empty(0, np.int64)) for name in (PERSON, HOUSEHOLD)]
    season = np.append(seasons.of(PERSON), seasons.of(HOUSEHOLD)[alone])
    number = number[chosen]
    place = seasons.places(number, season)
    slot, count = slots(place, (1 + int(number.max(initial=-1))) * seasons.span)
    here, met = _still_here(tables, place, count), count.copy()
    if len(here):
        slot[place[here]], count[place[here]] = here, 1
    sure = (place >= 0) & (at(count, place) == 1) & (at(slot, place) == np.arange(len(place)))
    last, later = (seasons.next_to(place, season, step) for step in (-1, 1))
    before = np.where(sure & (at(count, last) == 1), at(slot, last), -1)
    after = np.full(len(season), -1, np.int64)
    after[before[before >= 0]] = np.flatnonzero(before >= 0)
    return People(
        rows,
        season,
        np.append(worlds[0], worlds[1][alone]),
        np.append(homes.of_person, alone),
        identity[chosen],
        number,
        sure,
        before,
        after,
        at(met, last) > 0,
        at(met, later) > 0,
        np.append(head, np.full(len(homes) - len(head), -1, np.int64)),
    )


def _still_here(tables: Mapping[str, Table], place: Ints, count: Ints) -> Ints:
    """Of several rows with one number the one that alone is not said to have left: who married within a roster has two."""
    several = np.flatnonzero((place >= 0) & (at(count, place) > 1))
    if PERSON not in tables or not len(several):
        return several[:0]
    rows = several[several < tables[PERSON].data.num_rows]
    reasons = values(tables[PERSON], REASON).take(pa.array(rows))
    left = rows[np.asarray(pc.is_in(reasons, value_set=pa.array(codes_of.LEFT)))]
    staying = np.setdiff1d(several, left, assume_unique=True)
    _, first, alone = np.unique(place[staying], return_index=True, return_counts=True)
    here: Ints = staying[first[alone == 1]]
    return here


def numbered(tables: Mapping[str, Table], seasons: Seasons) -> Numbered:
    """证件号码 of the rows of people, then of the heads of all households."""
    given = {name: values(tables[name], field) for name, field in _IDENTITY.items() if name in tables}
    if not given:
        return np.empty(0, np.int64), np.empty(0, np.int64), 0
    identity = identities(stacked(*given.values()))
    worlds = np.concatenate([seasons.worlds[name] for name in given])
    number = seasons.own(codes(pa.array(identity, mask=identity < 0)), worlds)
    return identity, number, len(given[PERSON]) if PERSON in given else 0


def _heads(tables: Mapping[str, Table], seasons: Seasons, homes: Households, number: Ints, rows: int) -> tuple[Ints, Ints]:
    """The row of each household's head among the people, and the households whose head has none."""
    if HOUSEHOLD not in tables:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    listed, heads = number[:rows], number[rows:]
    kinds = 1 + int(number.max(initial=-1))
    place, wanted = seasons.places(listed, seasons.of(PERSON)), seasons.places(heads, seasons.of(HOUSEHOLD))
    slot, count = slots(place, kinds * seasons.span)
    found = at(slot, wanted)
    head = np.where(at(homes.of_person, found) == np.arange(homes.rows), found, -1)
    # Several rows have the number: of these the one in the household itself.
    rows_of = np.flatnonzero((at(count, place) > 1) & (homes.of_person >= 0))
    homes_of = np.flatnonzero((at(count, wanted) > 1) & (head < 0))
    keys = homes.of_person[rows_of] * kinds + listed[rows_of], homes_of * kinds + heads[homes_of]
    _, i, j = np.intersect1d(*keys, return_indices=True)
    head[homes_of[j]] = rows_of[i]
    by_name = heads_by_name(tables, homes, np.flatnonzero((head < 0) & (heads >= 0)))
    # A child with the father's name: the head is one of these rows, and nobody beside them.
    one_of_them = by_name == SEVERAL
    head = np.where(head < 0, np.maximum(by_name, -1), head)
    # Who is only named is looked for where it matters; where nobody is listed he is the one that is known.
    named = np.asarray(values(tables[HOUSEHOLD], HEAD_NAME).is_valid())
    members = count_of(homes.of_person, len(homes))[: homes.rows]
    return head, np.flatnonzero((head < 0) & ~one_of_them & ((heads >= 0) | (named & (members == 0))))


def heads_by_name(tables: Mapping[str, Table], homes: Households, some: Ints) -> Ints:
    """The row of people that alone bears the name of the household's head, ``SEVERAL`` where more do; -1 for other households."""
    head = np.full(homes.rows, -1, np.int64)
    if PERSON not in tables or not len(some):
        return head
    wanted = np.zeros(len(homes) + 1, np.bool_)
    wanted[some] = True
    rows = np.flatnonzero(wanted[homes.of_person])
    names = folded(
        stacked(
            values(tables[PERSON], NAME).take(pa.array(rows)),
            values(tables[HOUSEHOLD], HEAD_NAME).take(pa.array(some)),
        )
    )
    called = np.full(len(homes), -1, np.int64)
    called[some] = names[len(rows) :]
    home = homes.of_person[rows]
    same = (names[: len(rows)] >= 0) & (names[: len(rows)] == called[home])
    count = count_of(home[same], len(homes))
    head[home[same]] = np.where(count[home[same]] == 1, rows[same], SEVERAL)
    return head
