"""What is known of those whom a 证件号码 does not find in the years beside, and of households as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, checksums_hold, count_of, stacked, values
from fupin_cli.evaluate.rosters.linking.households import HOUSEHOLD, PERSON, Households
from fupin_cli.evaluate.rosters.linking.names import folded
from fupin_cli.evaluate.rosters.linking.people import HEAD_NAME, NAME, People
from fupin_cli.evaluate.rosters.linking.seasons import Seasons
from fupin_cli.model.tables import Table

_BIRTH = "birth_date"
#: No day of birth is known.
UNBORN = -(10**9)


@dataclass(frozen=True)
class Known:
    """What is known of households and people beside their numbers."""

    #: How many people of each household are listed, its head among them, and whether these are all it has.
    listed: Ints
    whole: Bools
    #: For each season, and for none at the end, whether rows of people were left out: who is not found may be among them.
    leaky: Bools
    #: Who is not found by number the year before, who the year after, and whose year is not known: positions among the people.
    unmet_before: Ints
    unmet_after: Ints
    undated: Ints
    #: For everybody, but said of those only: what stands for the name (-1 for none), the day of birth (``UNBORN``), and whether
    #: the 证件号码 is beyond doubt: nobody else has it, and its last character belongs to it.
    name: Ints
    birth: Ints
    good: Bools


def known(tables: Mapping[str, Table], seasons: Seasons, homes: Households, folk: People) -> Known:
    """Look at those who are not found by number; of all others nothing more has to be known."""
    table = tables.get(PERSON)
    leaky = seasons.leaky(table) | (table is not None and table.partial)
    listed = count_of(folk.household, len(homes))
    unsized = (count_of(folk.household[: folk.rows], len(homes)) > 0) & ~homes.loose & ~leaky[homes.season]
    whole = np.where(homes.size >= 0, listed >= homes.size, unsized) & (listed > 0)
    lost_before = (seasons.beside(folk.season, -1) >= 0) & (folk.before < 0)
    lost_after = (seasons.beside(folk.season, 1) >= 0) & (folk.after < 0)
    undated = folk.season < 0
    some = np.flatnonzero(lost_before | lost_after | undated)
    name, birth, good = np.full(len(folk), -1, np.int64), np.full(len(folk), UNBORN, np.int64), np.zeros(len(folk), np.bool_)
    name[some], birth[some] = _names(tables, folk, some), _births(table, folk, some)
    good[some] = folk.sure[some] & checksums_hold(folk.identity[some])
    unmet_before, unmet_after = np.flatnonzero(lost_before), np.flatnonzero(lost_after)
    return Known(listed, whole, leaky, unmet_before, unmet_after, np.flatnonzero(undated), name, birth, good)


def _names(tables: Mapping[str, Table], folk: People, some: Ints) -> Ints:
    """The names of some of the people; of heads without a row those that the households give."""
    members, heads = some[some < folk.rows], folk.household[some[some >= folk.rows]]
    parts = [(PERSON, NAME, members), (HOUSEHOLD, HEAD_NAME, heads)]
    names = [values(tables[name], field).take(pa.array(rows)) for name, field, rows in parts if name in tables]
    return folded(stacked(*names)) if names else np.empty(0, np.int64)


def _births(table: Table | None, folk: People, some: Ints) -> Ints:
    """The days of birth of some of the people; of heads without a row nothing is known."""
    days = np.full(len(some), UNBORN, np.int64)
    members = some < folk.rows
    if table is not None and table.has(_BIRTH):
        given = table.data.column(_BIRTH).take(pa.array(some[members])).cast(pa.int32())
        days[members] = np.asarray(pc.fill_null(given, UNBORN), dtype=np.int64)
    return days
