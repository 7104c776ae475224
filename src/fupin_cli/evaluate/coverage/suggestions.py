"""Cases that would close gaps: small changes of existing ones, each confirmed by the engine before it is suggested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.coverage.behind import cells_behind
from fupin_cli.evaluate.coverage.changes import Row, changed, rows_of
from fupin_cli.evaluate.coverage.decisive import Deciding
from fupin_cli.evaluate.coverage.landmarks import Cell, Landmarks
from fupin_cli.evaluate.coverage.tally import reaching, table_of
from fupin_cli.evaluate.coverage.values import CASE, Asked, asked, values_of_cases
from fupin_cli.model.case import OPEN, Case
from fupin_cli.model.coverage import GOALS, Goal, Suggestion
from fupin_cli.rules.expression import Node
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

Gap = tuple[Asked, Goal]
#: How many changes a suggestion may have; from how many cases each gap is tried; how many cases are judged in one go.
STEPS, _BASES, _TOGETHER = 3, 4, 200
#: Changes of one case tried for one gap: so many at most, so many at least, and in between as many as make a round of this size.
_MOST, _LEAST, _ROUND = 120, 15, 4000
_VALUE: Mapping[Goal, Goal] = {"decides_true": "true", "decides_false": "false"}


@dataclass(frozen=True)
class Tried:
    """A case that was made, and the one that it was made from."""

    case: Case
    base: str


@dataclass(frozen=True)
class Shown:
    """What cases show, by their numbers: who reaches each goal of a condition, and where it would decide whatever its value."""

    reached: Mapping[str, Mapping[Goal, Sequence[int]]]
    alone: Mapping[str, Sequence[int]]

    def has(self, gap: Gap) -> Sequence[int]:
        """The cases that close a gap."""
        return self.reached[gap[0].column][gap[1]]


def suggest(
    standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case], gaps: Sequence[Gap], others: Sequence[Case] = ()
) -> list[Suggestion]:
    """As few cases as are found that close these gaps; those that nothing closes stay open.

    ``others``: cases of other standards, for the rows that they give.
    """
    landmarks, pool = Landmarks(standard, parameters, cases), rows_of([*cases, *others])
    tried = [Tried(case, case.name) for case in cases]
    shown = show(standard, parameters, [one.case for one in tried])
    left, found = list(gaps), list[tuple[Tried, list[Gap]]]()
    for _ in range(STEPS):
        made = _made(standard, landmarks, pool, tried, shown, left)
        if not made:
            break
        closing = show(standard, parameters, [one.case for one in made])
        chosen = _fewest(left, closing)
        found += [(made[number], closed) for number, closed in chosen.items()]
        done = {(one.column, goal) for closed in chosen.values() for one, goal in closed}
        left = [(one, goal) for one, goal in left if (one.column, goal) not in done]
        tried, shown = made, closing
    return [
        Suggestion(one.case.model_copy(update={"name": OPEN}), one.base, [(a.key, a.path, goal) for a, goal in closed])
        for one, closed in found
    ]


def show(standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case]) -> Shown:
    """What these cases show."""
    reached: dict[str, dict[Goal, list[int]]] = {one.column: {goal: [] for goal in GOALS} for one in asked(standard)}
    alone: dict[str, list[int]] = {one.column: [] for one in asked(standard)}
    for start in range(0, len(cases), _TOGETHER):
        values = values_of_cases(standard, parameters, cases[start : start + _TOGETHER])
        deciding = Deciding(standard, values)
        for one in asked(standard):
            decisive = deciding.decisive(one)
            number = table_of(values, one).column(CASE)
            alone[one.column] += _numbers(number, decisive, start)
            for goal, rows in reaching(values, one, decisive).items():
                reached[one.column][goal] += _numbers(number, rows, start)
    return Shown(reached, alone)


def _numbers(number: pa.ChunkedArray, rows: pa.ChunkedArray, start: int) -> list[int]:
    """The cases of these rows, each once."""
    return [start + index for index in pc.unique(number.filter(rows)).to_pylist()]


def _made(
    standard: ReadyStandard,
    landmarks: Landmarks,
    pool: Mapping[str, Sequence[Row]],
    tried: Sequence[Tried],
    shown: Shown,
    gaps: Sequence[Gap],
) -> list[Tried]:
    """The cases to try next: changes in what a gap rests on, of the cases that are nearest to closing it."""
    made: dict[str, Tried] = {}
    tries = max(_LEAST, min(_MOST, _ROUND // (len(gaps) * _BASES or 1)))
    for gap in gaps:
        bases = _nearest(gap, shown, len(tried))
        # Where nothing lets it decide, something beside it has to change, too.
        wide = gap[1] in _VALUE and not shown.alone[gap[0].column]
        cells = _cells(standard, gap[0], wide=wide)
        for base in bases:
            for case in islice(changed(tried[base].case, cells, landmarks, pool), tries):
                made.setdefault(repr((case.year, case.as_of, case.settings, case.given)), Tried(case, tried[base].base))
    return list(made.values())


def _nearest(gap: Gap, shown: Shown, count: int) -> list[int]:
    """The cases to start from: those in which the condition would decide, then those in which it has the value, then any."""
    reached = shown.reached[gap[0].column]
    ranked: Sequence[int] = range(count)
    if gap[1] in _VALUE:
        ranked = [*shown.alone[gap[0].column], *reached[_VALUE[gap[1]]], *range(count)]
    elif gap[0].over:
        ranked = [*reached["true"], *reached["false"], *reached["unknown"], *range(count)]
    return list(dict.fromkeys(ranked))[:_BASES]


def _cells(standard: ReadyStandard, one: Asked, *, wide: bool) -> list[Cell]:
    """What may be changed: what the condition looks at; where it cannot decide, the whole of its check, too."""
    nodes: list[Node] = [one.node]
    section, *rest = one.key.split(".")
    if wide and section == "checks":
        check = standard.checks[rest[0]]
        nodes += [part for part in (check.require, check.applies) if part is not None]
    elif wide and section == "decide":
        nodes += [row.when for row in standard.rows if row.when is not None]
    elif wide and section == "facts":
        ready = standard.facts[rest[0]]
        nodes += [part for part in (ready.node, ready.where) if part is not None]
    return cells_behind(standard, nodes, one.over)


def _fewest(gaps: Sequence[Gap], shown: Shown) -> dict[int, list[Gap]]:
    """Of the cases that close gaps a few that close all of these: always the one that closes most of what is left."""
    left = {(one.column, goal): (one, goal) for one, goal in gaps}
    closes: dict[int, set[tuple[str, Goal]]] = {}
    for gap in gaps:
        for number in shown.has(gap):
            closes.setdefault(number, set()).add((gap[0].column, gap[1]))
    chosen: dict[int, list[Gap]] = {}
    while closes:
        best = max(closes, key=lambda number: (len(closes[number] & left.keys()), -number))
        closed = closes.pop(best) & left.keys()
        if not closed:
            break
        chosen[best] = [left[place] for place in left if place in closed]
        for place in closed:
            del left[place]
    return chosen
