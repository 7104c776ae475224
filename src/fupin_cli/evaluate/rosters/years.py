"""Which household and which person of one year's roster is which of the next one's, and what became of the others.

Two rosters are neighbours where no roster lies between them: where 2017 is missing, 2016 is held against 2018. What follows is
how we read the words; unknown is never yes and never no, so where it is not said that something is sure, the answer is null.

People. A roster's people are its rows of members, and each head whom no row of his household is: none has his number or his
name, or nobody is listed at all. A person is the same the year before who has the same 证件号码 (its first 18 characters),
unless a year has that number twice; of two rows of one number that one counts which alone is not said to have left. Who is
not found so is looked for in the household's own row of the year before, by a name that one person alone bears there, or by
name and day of birth; not where both have numbers beyond doubt and other days of birth. A row without 年度 belongs to no
year, and whoever is not found may be in it.

延续 The household with the same 户编号. Not where the two surely have nobody in common (all people of both are listed with
their numbers, and no number and no name is in both): then the number was reused (``number_reused``), and either is looked for
like one without that number. Nor where it is doubtful: nobody is in both, and one of their people is elsewhere in the other
year, or all people of both are listed with names. A number that several rows of a year have, or none, tells nothing.

Gone and new. A number is gone (new) where the year after (before) surely has it not, strangers aside: every household there has
its number and no row was left out. Two households have those people in common whom their numbers find in both, and then those
whose name one person alone bears in each. A household *goes* where most of its people go that are found, of two such where its
head is. It has to be half of its people or more, or its head.

换号 A household whose number is gone goes to one with a new number. Where several go to the same, it continues the one of which
it has most people, of two such that of its head.
并户 The others of these; and a household whose number is gone that goes to one which continues another. Where nobody can say
which of several a new number continues, all of them merged, and it is made of them.
分户 A new number that continues no other, where half of its people or more, or its head, come from one household: of several
the one from which most come, then that of the head. And a household whose number is gone and whose people go in equal parts to
several, half of them or more in all, none of the parts with its head: it is divided, and the new numbers are its parts.
新增, 消失 None of these, and more than half of its people surely were in no roster of the year before (are in none of the year
after). It stays unknown where a household there does not list all of its people and may be of the same village.

A person is surely not in a roster where nobody has his number and nobody can be he who is not found either: their numbers are
beyond doubt (nobody else has them, and the last character is right), or the names or the days of birth differ; and where no row
of people was left out. A person is 延续 in the household's own row of the other year, 转户 in another household, 新增 or 消失
where he surely is in none, where it is known what became of his household and where that one lists all its people.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from fupin_cli.evaluate.rosters.linking.answer import Answer, answered
from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints, at, words
from fupin_cli.evaluate.rosters.linking.households import HOUSEHOLD, PERSON
from fupin_cli.evaluate.rosters.linking.listed import told_by_rows
from fupin_cli.evaluate.rosters.linking.seasons import Seasons, seasons
from fupin_cli.evaluate.rosters.linking.told import problems
from fupin_cli.model import codes
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import Table


@dataclass(frozen=True)
class Linked:
    """The tables with the years tied together."""

    #: ``household`` and ``person``, whichever are there, with ``Table.previous`` and ``Table.between``.
    tables: Mapping[str, Table]
    problems: list[Problem]
    #: Rows of households of neighbouring years that have to do with each other, by the later one: ``before`` and ``after``
    #: (int64), ``kind`` (延续, 换号, 分户 or 并户).
    moves: pa.Table


def linked(tables: Mapping[str, Table], *, apart: bool = False) -> Linked:
    """Tie the years of rosters together. ``apart``: the rows are worked cases, each sheet a world of its own.

    ``previous`` is set for 延续 and 换号; 分户 and 并户 are in ``moves``. A person's ``previous`` is his own row, wherever it is.
    """
    there = {name: tables[name] for name in (HOUSEHOLD, PERSON) if name in tables}
    answer = answered(there, seasons(there, apart=apart))
    told = problems(there[HOUSEHOLD], answer) if HOUSEHOLD in there and not apart else []
    before, after, kind = answer.ties
    rows = (before < answer.homes.rows) & (after < answer.homes.rows)
    moves = {"before": before[rows], "after": after[rows], "kind": words(kind[rows], codes.CAME_FROM.values)}
    # Whoever cannot be traced between two years may be in rows that either of them has left out: that is no fault of theirs.
    leaky = np.any([answer.seasons.leaky(table) for table in there.values()], axis=0)

    def with_answer(name: str) -> Table:
        return _with_answer(there[name], answer, leaky, told_by_rows(name, there, answer))

    # Arrow and numpy work outside the interpreter's lock.
    with ThreadPoolExecutor() as pool:
        told_of = dict(zip(there, pool.map(with_answer, there), strict=True))
    return Linked(told_of, told, pa.table(moves))


def _with_answer(table: Table, answer: Answer, leaky: Bools, rows_say: Mapping[str, pa.Array]) -> Table:
    """The table with the row of the year before and the fields that comparing the years and the rows of each works out."""
    if table.name == HOUSEHOLD:
        rows, before = answer.homes.rows, answer.before
        reused = answer.nums.reused[:rows]
        between = {
            "came_from": words(answer.came[:rows], codes.CAME_FROM.values),
            "went_to": words(answer.went[:rows], codes.WENT_TO.values),
            "number_reused": pa.array(reused == 1, mask=reused < 0),
            "traced_back": _traced(answer.came[:rows], answer.nums.new[:rows] & _whole(answer.seasons, leaky, -1)),
            "traced_on": _traced(answer.went[:rows], answer.nums.gone[:rows] & _whole(answer.seasons, leaky, 1)),
        }
    else:
        rows, before = answer.folk.rows, answer.person_before
        home = answer.folk.household[:rows]
        between = {
            "came_from": words(answer.person_came[:rows], codes.PERSON_CAME_FROM.values),
            "went_to": words(answer.person_went[:rows], codes.PERSON_WENT_TO.values),
            "household_came_from": words(at(answer.came, home), codes.CAME_FROM.values),
            "household_went_to": words(at(answer.went, home), codes.WENT_TO.values),
        }
    beside = [answer.seasons.beside(answer.seasons.of(table.name), step) for step in (-1, 1)]
    between |= {name: _known(answer.seasons.years(one)) for name, one in zip(("year_before", "year_after"), beside, strict=True)}
    # Who was there without a row of his own, or is known only by his members' rows, has none.
    previous = np.where(before[:rows] < rows, before[:rows], -1)
    return replace(table, previous=_known(previous), between={**table.between, **between, **rows_say})


def _whole(seasons: Seasons, leaky: Bools, step: int) -> Bools:
    """The households of which neither the year nor the one beside has left out a row."""
    season = seasons.of(HOUSEHOLD)
    return ~(leaky[season] | leaky[seasons.beside(season, step)])


def _traced(word: Ints, no_more: Bools) -> pa.BooleanArray:
    """Whether it is known what became of a household: no only where its number surely is not in the roster beside."""
    return pa.array(word >= 0, mask=(word < 0) & ~no_more)


def _known(numbers: Ints) -> pa.Int64Array:
    return pa.array(numbers, mask=numbers < 0)
