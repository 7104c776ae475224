"""How often each condition was true, false and unknown, and how often it alone decided."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.coverage.decisive import Deciding
from fupin_cli.evaluate.coverage.values import COUNT, Asked, Values, asked
from fupin_cli.model.coverage import Goal
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.standard import ReadyStandard


def reaching(values: Values, one: Asked, alone: pa.Array) -> dict[Goal, pa.Array]:
    """For each goal which rows of values reach it; ``alone``: in which of them the condition decides."""
    column = table_of(values, one).column(one.column)
    yes, no = pc.fill_null(column, fill_value=False), pc.fill_null(pc.invert(column), fill_value=False)
    return {
        "true": yes,
        "false": no,
        "unknown": pc.is_null(column),
        "decides_true": pc.and_(yes, alone),
        "decides_false": pc.and_(no, alone),
    }


def table_of(values: Values, one: Asked) -> pa.Table:
    """The values of subjects, or of the rows that a fact looks at."""
    return values.rows[one.key.split(".")[1]] if one.over else values.subjects


@dataclass(frozen=True)
class Counted:
    """How many subjects (or rows) reach each goal of a condition, and of how many it alone leaves the outcome open."""

    goals: Mapping[Goal, int]
    open: int


def counts(standard: ReadyStandard, values: Values) -> dict[tuple[str, Path], Counted]:
    """How often each goal of each condition was reached."""
    deciding = Deciding(standard, values)
    found: dict[tuple[str, Path], Counted] = {}
    for one in asked(standard):
        number = table_of(values, one).column(COUNT)
        alone = deciding.decisive(one)
        reached = reaching(values, one, alone)
        open_ = pc.and_(reached["unknown"], alone)
        goals = {goal: _sum(number, rows) for goal, rows in reached.items()}
        found[one.key, one.path] = Counted(goals, _sum(number, open_))
    return found


def _sum(number: pa.ChunkedArray, rows: pa.Array) -> int:
    return int(pc.sum(number.filter(rows)).as_py() or 0)
