"""Which household and which person of one year's roster is which of the next one's, and what became of the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from fupin_cli.evaluate.rosters.linking.answer import Answer, answered
from fupin_cli.evaluate.rosters.linking.columns import Ints, at, words
from fupin_cli.evaluate.rosters.linking.households import HOUSEHOLD, PERSON
from fupin_cli.evaluate.rosters.linking.seasons import seasons
from fupin_cli.model import codes
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import Table


@dataclass(frozen=True)
class Linked:
    """The tables with the years tied together."""

    #: ``household`` and ``person``, whichever are there, with ``Table.previous`` and ``Table.between``.
    tables: Mapping[str, Table]
    problems: list[Problem]
    #: Rows of households of neighbouring years that have to do with each other: ``before`` and ``after`` (int64), ``kind`` (延续,
    #: 换号, 分户 or 并户).
    moves: pa.Table


def linked(tables: Mapping[str, Table], *, apart: bool = False) -> Linked:
    """Tie the years of rosters together. ``apart``: the rows are worked cases, each sheet a world of its own."""
    there = {name: tables[name] for name in (HOUSEHOLD, PERSON) if name in tables}
    answer = answered(there, seasons(there, apart=apart))
    found = {name: _with_answer(table, answer) for name, table in there.items()}
    before, after, kind = answer.ties
    rows = (before < answer.homes.rows) & (after < answer.homes.rows)
    moves = pa.table({"before": before[rows], "after": after[rows], "kind": words(kind[rows], codes.CAME_FROM.values)})
    return Linked(found, [], moves)


def _with_answer(table: Table, answer: Answer) -> Table:
    of_year = answer.seasons.of(table.name)
    years = {
        name: _known(answer.seasons.years(answer.seasons.beside(of_year, step)))
        for name, step in (("year_before", -1), ("year_after", 1))
    }
    if table.name == HOUSEHOLD:
        rows = answer.homes.rows
        before = _rows(answer.before[:rows], rows)
        reused = answer.nums.reused[:rows]
        between = {
            "came_from": words(answer.came[:rows], codes.CAME_FROM.values),
            "went_to": words(answer.went[:rows], codes.WENT_TO.values),
            "number_reused": pa.array(reused == 1, mask=reused < 0),
        }
    else:
        rows = answer.folk.rows
        before = _rows(answer.person_before[:rows], rows)
        home = answer.folk.household[:rows]
        between = {
            "came_from": words(answer.person_came[:rows], codes.PERSON_CAME_FROM.values),
            "went_to": words(answer.person_went[:rows], codes.PERSON_WENT_TO.values),
            "household_came_from": words(at(answer.came, home), codes.CAME_FROM.values),
            "household_went_to": words(at(answer.went, home), codes.WENT_TO.values),
        }
    return replace(table, previous=before, between={**table.between, **between, **years})


def _rows(before: Ints, rows: int) -> pa.Int64Array:
    """Rows of the year before; who was there without a row of his own has none."""
    return pa.array(before, mask=(before < 0) | (before >= rows))


def _known(numbers: Ints) -> pa.Int64Array:
    return pa.array(numbers, mask=numbers < 0)
