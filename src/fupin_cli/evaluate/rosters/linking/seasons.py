"""The rosters that there are: one season for each year of each world, and which comes next to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, codes, integers
from fupin_cli.model.tables import SHEET, Table

YEAR = "year"
#: More than there can be years.
_YEARS = 1 << 20


@dataclass(frozen=True)
class Seasons:
    """Seasons in the order of their worlds and years, and the season of each row; -1 for rows that do not say their year."""

    world: Ints
    year: Ints
    #: How many earlier years of its world there are.
    rank: Ints
    #: Table → season of each row; table → world of each row.
    rows: Mapping[str, Ints]
    worlds: Mapping[str, Ints]

    @cached_property
    def span(self) -> int:
        """The most years that a world has."""
        return int(self.rank.max()) + 1 if len(self.rank) else 1

    def of(self, table: str) -> Ints:
        """The season of each row of a table; of one that is not there there are none."""
        return self.rows.get(table, np.empty(0, np.int64))

    @cached_property
    def count_of_worlds(self) -> int:
        """How many worlds there may be."""
        return 1 + max((int(worlds.max()) for worlds in self.worlds.values() if len(worlds)), default=0)

    def beside(self, seasons: Ints, step: int) -> Ints:
        """The season of the year before (-1) or after (1); -1 where there is none."""
        beside = np.arange(len(self.rank)) + step
        # The first year of a world has none before it, and none comes after the one before that.
        first = np.append(self.rank == 0, True)
        beside[first[np.arange(len(self.rank)) + (step > 0)]] = -1
        return np.append(beside, -1)[seasons]

    def leaky(self, table: Table | None) -> Bools:
        """The seasons of which rows of a table were left out, and after them no for rows without a season."""
        if table is None or not table.quarantined:
            return np.zeros(len(self.year) + 1, np.bool_)
        lost = np.full(len(self.year), True) if table.lost_in is None else np.isin(self.year, [*table.lost_in])
        return np.append(lost, False)

    def places(self, numbers: Ints, seasons: Ints) -> Ints:
        """Where each number of each season stands: next to the same number of the year before. -1 without number or season."""
        return np.where((numbers >= 0) & (seasons >= 0), numbers * self.span + np.append(self.rank, 0)[seasons], -1)

    def next_to(self, places: Ints, seasons: Ints, step: int) -> Ints:
        """The place of the same number the year before (-1) or after (1); -1 where there is none."""
        return np.where((places >= 0) & (self.beside(seasons, step) >= 0), places + step, -1)

    def years(self, seasons: Ints) -> Ints:
        """The years of seasons; -1 for none."""
        return np.append(self.year, -1)[seasons]

    def own(self, numbers: Ints, worlds: Ints) -> Ints:
        """Numbers told apart by world, too."""
        if self.count_of_worlds == 1:
            return numbers
        return np.where(numbers < 0, -1, codes(pa.array(numbers * self.count_of_worlds + worlds)))


def seasons(tables: Mapping[str, Table], *, apart: bool) -> Seasons:
    """Which rosters there are. ``apart``: every sheet is a world of its own, else there is one world."""
    worlds = {
        name: integers(table, SHEET) if apart else np.zeros(table.data.num_rows, np.int64) for name, table in tables.items()
    }
    keys = {}
    for name, table in tables.items():
        years = integers(table, YEAR)
        keys[name] = np.where(years < 0, -1, worlds[name] * _YEARS + years)
    # Few values among many rows: hashing them is much faster than sorting.
    found = {name: pa.array(key).dictionary_encode() for name, key in keys.items()}
    every = np.unique(np.concatenate([np.asarray(one.dictionary) for one in found.values()] or [np.empty(0, np.int64)]))
    every = every[every >= 0].astype(np.int64)
    world, year = np.divmod(every, _YEARS)
    first = np.flatnonzero(np.append([True] * bool(len(world)), world[1:] != world[:-1]))
    starts = np.repeat(first, np.diff(np.append(first, len(world))))
    rows = {}
    for name, one in found.items():
        known = np.asarray(one.dictionary, dtype=np.int64)
        season = np.where(known >= 0, np.searchsorted(every, known), -1)
        rows[name] = season[np.asarray(one.indices)] if len(known) else np.empty(0, np.int64)
    return Seasons(world, year, np.arange(len(world)) - starts, rows, worlds)
