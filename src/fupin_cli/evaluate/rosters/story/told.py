"""The whole story: every pair of neighbouring years, from the tables of all years and the links between their rows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.story.balances import balances, cells, year_ends
from fupin_cli.evaluate.rosters.story.events import events
from fupin_cli.evaluate.rosters.story.flow import flow
from fupin_cli.evaluate.rosters.story.households import households, years_of
from fupin_cli.evaluate.rosters.story.judged import Judge, YearLaw
from fupin_cli.evaluate.rosters.story.people import People, people
from fupin_cli.evaluate.rosters.story.verdicts import verdicts
from fupin_cli.model.story import Interval, Story, Verdicts
from fupin_cli.model.tables import Table


def story(
    tables: Mapping[str, Table],
    moves: pa.Table,
    laws: Mapping[int, YearLaw] | None = None,
    *,
    as_of: date | None = None,
    assumptions: Mapping[str, str] | None = None,
) -> Story:
    """What changed between each two neighbouring years of which there is a roster of households.

    ``tables`` and ``moves`` are those of ``evaluate.rosters.years.Linked``: all years in one table of each kind, with what
    comparing them worked out, and the links between rows of ``household``. ``laws``: every year → by what its households are
    judged; without it there are no verdicts. How to call it from a command line: ``pipelines.telling``.
    """
    table = tables["household"]
    pairs = list(pairwise(years_of(table)))
    counted = set(years_of(tables.get("person")))
    by_rows = [counted >= {*pair} for pair in pairs]
    every = households(tables)
    whole = flow(every, moves, pairs, by_rows)
    flows = {pair: whole.filter(pc.equal(whole.column("y0"), pair[0])) for pair in pairs}
    # Nobody is judged by what comparing the years worked out.
    plain = {name: replace(one, previous=None, between={}) for name, one in tables.items()}
    judged = verdicts(Judge(plain, as_of, assumptions or {}), laws, flows) if laws is not None and pairs else {}
    members = people(tables["person"]) if any(by_rows) else None
    undated = every.column("year").null_count
    return Story(list(_intervals(flows, by_rows, every, members, judged)), table, undated)


def _intervals(
    flows: Mapping[tuple[int, int], pa.Table],
    by_rows: list[bool],
    every: pa.Table,
    members: People | None,
    judged: Mapping[tuple[int, int], Verdicts],
) -> Iterator[Interval]:
    for (pair, mine), rows in zip(flows.items(), by_rows, strict=True):
        found = cells(mine)
        whose = members if rows else None
        yield Interval(
            before=pair[0],
            after=pair[1],
            people_by="rows" if rows else "size",
            balances=tuple(balances(found, year_ends(every, pair, by_rows=rows))),
            people=whose.balance(*pair) if whose is not None else None,
            moved_people=whose.moved(pair[1]) if whose is not None else 0,
            homeless=(_homeless(whose, every, pair[0]), _homeless(whose, every, pair[1])),
            unsized=(sum(cell.unsized0 for cell in found), sum(cell.unsized1 for cell in found)),
            events=tuple(events(mine, every)),
            verdicts=judged.get(pair),
        )


def _homeless(whose: People | None, every: pa.Table, year: int) -> int:
    """How many people of a year are in no household of the roster."""
    if whose is None:
        return 0
    return whose.total(year) - (pc.sum(every.column("members").filter(pc.equal(every.column("year"), year))).as_py() or 0)
