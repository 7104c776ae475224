"""How each step of a calendar stands for a subject: from the statuses of its checks and the day of judgement that is in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pyarrow as pa

from fupin_cli.model.pack import Step
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.view import STATUSES, Status

StepState = Literal["done", "due", "not_yet_due", "overdue", "out_of_order", "unknown"]
STATES: tuple[StepState, ...] = ("done", "due", "not_yet_due", "overdue", "out_of_order", "unknown")


@dataclass(frozen=True)
class StepView:
    """One step of one subject."""

    name: str
    step: Step
    state: StepState
    #: The day that its column says, be it in the future; None where nothing stands there, or nobody knows what.
    day: date | None
    cells: tuple[Address, ...]
    #: Whether it was done in its window; None where that is not known, or it is not done.
    in_window: bool | None


def steps_of(judged: StandardResult, indices: Sequence[int]) -> list[tuple[StepView, ...]]:
    """For each of these subjects its steps in the order of the standard, without those that are not meant for it."""
    steps = judged.standard.steps
    if not steps:
        return [() for _ in indices]
    columns = {f"status.{check}" for step in steps.values() for check in step.checks().values()}
    columns |= {judged.standard.settled(step.date) for step in steps.values()}
    rows = judged.data.select(sorted(columns)).take(pa.array(indices, pa.int64())).to_pylist()
    return [tuple(_views(judged, index, row)) for index, row in zip(indices, rows, strict=True)]


def state_of(checks: Mapping[str, Status]) -> StepState | None:
    """The state of a step from the statuses of the checks that it has; None: it is not meant for this subject."""
    window, order, deadline, opening = (checks.get(key, "not_applicable") for key in ("window", "order", "deadline", "opening"))
    if order == "fail":
        return "out_of_order"
    if "unknown" in (window, order, deadline):
        return "unknown"
    if window != "not_applicable":
        return "done"
    if deadline == "fail":
        return "overdue"
    match opening:
        case "fail":
            return "due"
        case "pass":
            return "not_yet_due"
    if deadline == "pass" or opening == "unknown":
        # Not done and not late, and nothing says whether its time has come.
        return "unknown"
    # One of these two says something of every step that is not done, for whom it is meant.
    return None if {"deadline", "opening"} & set(checks) else "unknown"


def _views(judged: StandardResult, index: int, row: Mapping[str, Any]) -> Iterator[StepView]:
    for name, step in judged.standard.steps.items():
        found = {key: STATUSES[row[f"status.{check}"]] for key, check in step.checks().items()}
        state, window = state_of(found), found["window"]
        if state is not None:
            in_window = window == "pass" if window in ("pass", "fail") else None
            yield StepView(name, step, state, row[judged.standard.settled(step.date)], _cells(judged, step, index), in_window)


def _cells(judged: StandardResult, step: Step, index: int) -> tuple[Address, ...]:
    """The cell with its day; of a day that is worked out the cells that it comes from."""
    fields: Sequence[str] = (step.date,)
    if step.date in judged.standard.facts:
        looks = [look for look in judged.looks[step.window] if look.name == step.date]
        fields = [field for look in looks for source in look.sources for field in source.fields]
    addresses = (judged.subject.address(index, field) for field in fields)
    return tuple(address for address in addresses if address.letter)
