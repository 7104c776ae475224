"""Changes of single cells, and how several of them go together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product

from fupin_cli.evaluate.explanation.worlds import Cell
from fupin_cli.model.explanation import Turn
from fupin_cli.model.view import Value

#: Most alternatives that are followed at one place, and most changes in one of them.
MOST, LONGEST = 40, 9


@dataclass(frozen=True)
class Step:
    """A cell with another value, and how that is told."""

    cell: Cell
    value: Value
    turn: Turn


#: Steps that do together what is wanted, by their cells.
Option = tuple[Step, ...]


def best(options: Iterable[Option]) -> list[Option]:
    """The smallest alternatives, none of which has another one within it."""
    ordered = sorted(dict.fromkeys(options), key=_cost)
    kept: list[Option] = []
    for option in ordered:
        if len(option) <= LONGEST and not any(set(smaller) <= set(option) for smaller in kept):
            kept.append(option)
        if len(kept) == MOST:
            break
    return kept


def together(parts: Sequence[Sequence[Option]]) -> list[Option]:
    """Every way to do one alternative of each part; none where a part has none."""
    found: list[Option] = [()]
    for options in parts:
        joined = (joined_steps(before, option) for before, option in product(found, options))
        found = best(option for option in joined if option is not None)
        if not found:
            return []
    return found


def joined_steps(one: Option, other: Option) -> Option | None:
    """Two sets of steps as one; None where they want different things of a cell."""
    found = {step.cell: step for step in one}
    for step in other:
        before = found.get(step.cell)
        chosen = step if before is None else _agreed(before, step)
        if chosen is None:
            return None
        found[step.cell] = chosen
    return tuple(found[cell] for cell in sorted(found))


def corrected(option: Option) -> Option:
    """The same changes, none of which anybody can bring about: what stands there was wrong."""
    return tuple(replace(step, turn=replace(step.turn, fixed=True)) for step in option)


def _agreed(one: Step, other: Step) -> Step | None:
    """What satisfies both, where something does: the farther of two bounds, a value that both allow."""
    if one.value == other.value:
        return one if len(one.turn.instead) <= len(other.turn.instead) else other
    if one.turn.sign == other.turn.sign != "=" and one.turn.by is not None and other.turn.by is not None:
        return max(one, other, key=lambda step: abs(step.turn.by or Decimal(0)))
    if one.turn.sign == other.turn.sign != "=" and isinstance(one.value, date) and isinstance(other.value, date):
        later = one.value > other.value
        return one if later is (one.turn.sign == ">=") else other
    values = [value for value in (one.turn.after, *one.turn.instead) if value in (other.turn.after, *other.turn.instead)]
    if one.turn.sign == other.turn.sign == "=" and values:
        return replace(one, value=values[0], turn=replace(one.turn, after=values[0], instead=tuple(values[1:])))
    return None


def _cost(option: Option) -> tuple[int, int, list[Cell]]:
    return sum(step.turn.fixed for step in option), len(option), [step.cell for step in option]
