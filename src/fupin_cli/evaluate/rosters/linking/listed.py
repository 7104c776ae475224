"""What the rows of a year say together: who is listed, twice or as having left; who is new; who has changed the village.

Unlike a cell, it is known where a sheet does not have a column: whoever is not said to have left is there. Unknown is what rests
on a cell that cannot be read, on a row whose year or household nobody knows, or on last year's row where none is known.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.linking.answer import Answer
from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at, born_in, count_of, filled, slots, values, words
from fupin_cli.evaluate.rosters.linking.households import PERSON
from fupin_cli.model import codes
from fupin_cli.model.tables import Table

STATUS, REASON, IDENTIFIED = "poverty_status", "change_reason", "first_identified_month"
BORN, NUMBER = "birth_date", "id_number"


def told_by_rows(name: str, tables: Mapping[str, Table], answer: Answer) -> dict[str, pa.Array]:
    """The fields of a table, of ``model.between``, that rest on its own year's rows, and the change of the village."""
    if name == PERSON:
        return _of_people(tables[name], answer)
    return _members(answer, tables.get(PERSON)) | _of_households(tables[name], answer)


def _left(people: Table) -> tuple[Bools, Bools]:
    """Whose row gives a reason for leaving, and of whose reason nobody knows what it is."""
    gone = pc.is_in(values(people, REASON), value_set=pa.array(codes.LEFT))
    return np.asarray(gone), _unread(people, REASON)


def _unread(table: Table, name: str) -> Bools:
    bad = table.unreadable.get(name)
    return np.zeros(table.data.num_rows, np.bool_) if bad is None else np.asarray(pc.fill_null(bad, False))


def _members(answer: Answer, people: Table | None) -> dict[str, pa.Array]:
    homes = answer.homes
    listed = gone = unread = np.zeros(homes.rows, np.int64)
    if people is not None:
        left, unsure = _left(people)
        mine = (homes.of_person, np.where(left, homes.of_person, -1), np.where(unsure, homes.of_person, -1))
        listed, gone, unread = (count_of(one, len(homes))[: homes.rows] for one in mine)
    # Whoever is missing may be in a row that was left out.
    short = answer.seasons.leaky(people)[homes.season[: homes.rows]] & (listed < homes.size[: homes.rows])
    every, some = (listed > 0) & (gone == listed), gone + unread < listed
    return {
        "members_listed": pa.array(listed, mask=(listed == 0) | short),
        "members_left": pa.array(gone, mask=(unread > 0) | (listed == 0)),
        "everyone_left": pa.array(every, mask=~every & ~some & (listed > 0)),
    }


def _of_households(table: Table, answer: Answer) -> dict[str, pa.Array]:
    homes, before = answer.homes, answer.before[: answer.homes.rows]
    village, season = homes.village[: homes.rows], homes.season[: homes.rows]
    old = np.where(before < homes.rows, at(homes.village, before), -1)
    kinds = int(homes.village.max(initial=-1)) + 1
    there = np.unique(season[village >= 0] * kinds + village[village >= 0])
    # A name that nobody has any more: the village was renamed or merged, and nobody has moved.
    changed = (village != old) & np.isin(season * kinds + old, there)
    first = filled(pc.utf8_slice_codeunits(values(table, IDENTIFIED), 0, 4))
    year = answer.seasons.years(season)
    return {
        "status_before_plan": _status_before_plan(table, answer),
        "village_changed": pa.array(changed, mask=(village < 0) | (old < 0)),
        "identified_this_year": pa.array((first == year) & (year >= 0), mask=_unread(table, IDENTIFIED)),
    }


def _status_before_plan(table: Table, answer: Answer) -> pa.Array:
    """The last 脱贫属性 of an earlier year that is not 预脱贫; unknown where a year or its status is missing in between."""
    said = codes.POVERTY_STATUS.values
    rows, planned = answer.homes.rows, said.index(codes.PLANNED)
    before = np.where(answer.before[:rows] < rows, answer.before[:rows], -1)
    year = answer.seasons.years(answer.homes.season[:rows])
    before[at(year, before) != year - 1] = -1
    status = filled(pc.index_in(values(table, STATUS), value_set=pa.array(said)))
    last = at(status, before)
    found = last
    for _ in range(answer.seasons.span - 2):
        found = np.where(last == planned, at(found, before), last)
    return words(np.where(found == planned, -1, found), said)


def _of_people(people: Table, answer: Answer) -> dict[str, pa.Array]:
    folk, rows = answer.folk, answer.folk.rows
    left, unsure = _left(people)
    season = folk.season[:rows]
    place = answer.seasons.places(folk.number[:rows], season)
    stays = place[(place >= 0) & ~left & ~unsure]
    count = np.bincount(stays, minlength=int(place.max(initial=-1)) + 1)
    twice = (at(count, place) > 1) & ~left & ~unsure
    year = answer.seasons.years(season)
    born = (_year_of(people) == year) | (born_in(folk.identity[:rows]) == year)
    born &= year >= 0
    open_still = _unread(people, BORN) | _unread(people, NUMBER)
    return {
        "listed_twice": pa.array(twice, mask=(place < 0) | (unsure & (at(count, place) > 0))),
        "died_long_ago": pa.array(_died_long_ago(people, answer)),
        "born_this_year": pa.array(born, mask=~born & open_still),
    }


def _died_long_ago(people: Table, answer: Answer) -> Bools:
    """Who was not there the year before, and of whom the last row before that, the only one of his number, says 死亡."""
    folk, rows, seasons = answer.folk, answer.folk.rows, answer.seasons
    number, season = folk.number[:rows], folk.season[:rows]
    found = np.zeros(rows, np.bool_)
    # Few have died: only their numbers are looked at.
    dead = np.asarray(pc.fill_null(pc.equal(values(people, REASON), codes.DIED), False))
    asked = np.zeros(int(number.max(initial=-1)) + 2, np.bool_)
    asked[number[dead]] = True
    asked[-1] = False
    some = np.flatnonzero(asked[number] & (season >= 0))
    if not len(some):
        return found
    place = seasons.places(np.unique(number[some], return_inverse=True)[1], season[some])
    rank, open_still = seasons.rank[season[some]], answer.person_before[some] < 0
    slot, count = slots(place, int(place.max()) + 1)
    for step in range(1, seasons.span):
        earlier = np.where(open_still & (rank >= step), place - step, -1)
        there = np.maximum(at(count, earlier), 0)
        if step > 1:
            found[some] |= (there == 1) & np.append(dead[some], False)[at(slot, earlier)]
        open_still &= there == 0
    return found


def _year_of(people: Table) -> Ints:
    """The year of birth, -2 where none is given."""
    if not people.has(BORN):
        return np.full(people.data.num_rows, -2, np.int64)
    return np.asarray(pc.fill_null(pc.year(people.data.column(BORN)), -2), dtype=np.int64)
