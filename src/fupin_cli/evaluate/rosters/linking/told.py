"""What people are told about the rosters of neighbouring years: villages with a new name, households that nobody can trace."""

from collections.abc import Iterator

import numpy as np

from fupin_cli.evaluate.rosters.linking.answer import Answer
from fupin_cli.evaluate.rosters.linking.columns import Ints
from fupin_cli.evaluate.rosters.linking.households import KEY, VILLAGE
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import Table

#: A village has a new name where so many of its households, or more, are in one of that name: nine of ten.
_PART, _WHOLE = 9, 10
#: One household may as well have moved.
_FEW = 2


def problems(table: Table, answer: Answer) -> list[Problem]:
    """What is to be told of the households of all years, pair of years by pair of years."""
    return [*_untraced(table, answer), *_renamed(table, answer)]


def _untraced(table: Table, answer: Answer) -> Iterator[Problem]:
    """Households of which it is not known what they were or became, once for each pair of years."""
    season = answer.homes.season[: answer.homes.rows]
    came, went = answer.came[: answer.homes.rows] < 0, answer.went[: answer.homes.rows] < 0
    for later in np.flatnonzero(answer.seasons.rank > 0).tolist():
        gone, come = np.flatnonzero(went & (season == later - 1)), np.flatnonzero(came & (season == later))
        if len(gone) or len(come):
            where = table.address(int([*gone, *come][0]), KEY if table.has(KEY) else None)
            facts = {**_years(answer, later), "gone": str(len(gone)), "come": str(len(come))}
            yield Problem("households-untraced", "warning", where, table.name, KEY, facts=facts)


def _renamed(table: Table, answer: Answer) -> Iterator[Problem]:
    """Villages whose name is gone and whose households are nearly all in one village of another name."""
    homes = answer.homes
    kinds = int(homes.village.max(initial=-1)) + 1
    later = np.flatnonzero((answer.before >= 0) & (homes.village >= 0) & (homes.village[answer.before] >= 0))
    season, old, new = homes.season[later], homes.village[answer.before[later]], homes.village[later]
    there = np.unique(homes.season[homes.village >= 0] * kinds + homes.village[homes.village >= 0])
    gone = ~np.isin(season * kinds + old, there)
    later, season, old, new = later[gone], season[gone], old[gone], new[gone]
    villages, of_village = np.unique(season * kinds + old, return_inverse=True)
    for number in range(len(villages)):
        rows = later[of_village == number]
        names, counts = np.unique(homes.village[rows], return_counts=True)
        most = int(counts.argmax())
        if counts[most] >= _FEW and counts[most] * _WHOLE >= len(rows) * _PART:
            first = int(rows[homes.village[rows] == names[most]][0])
            yield _village(table, answer, first, int(counts[most]), len(rows))


def _village(table: Table, answer: Answer, row: int, count: int, total: int) -> Problem:
    before = int(answer.before[row])
    name = table.data.column(VILLAGE)
    facts = {
        **_years(answer, int(answer.homes.season[row])),
        "old": name[before].as_py(), "new": name[row].as_py(), "count": str(count), "total": str(total),
    }  # fmt: skip
    where, other = table.address(row, VILLAGE), table.address(before, VILLAGE)
    return Problem("village-renamed", "info", where, table.name, VILLAGE, facts=facts, other=other)


def _years(answer: Answer, later: int) -> dict[str, str]:
    years: Ints = answer.seasons.year
    return {"before": str(years[later - 1]), "after": str(years[later])}
