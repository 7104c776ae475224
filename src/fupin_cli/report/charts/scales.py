"""Scales with round numbers beside them, and lines at values that have a name."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from matplotlib.ticker import MaxNLocator

from fupin_cli.report.charts.letters import width, wrapped
from fupin_cli.report.charts.paint import LABEL, SMALL
from fupin_cli.report.charts.plate import LINE, WIDTH, Anchor, Plate
from fupin_cli.report.numbers import number_text
from fupin_cli.report.paper.drawn import Mark

#: Between two numbers of a scale.
_GAP = 10.0
#: Beside a mark, for its name in a few lines.
_ROOM = 90.0
_LEFT: Anchor = "left"
_RIGHT: Anchor = "right"
#: A value → its place, in pixels.
Place = Callable[[float], float]


def rounds(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Round numbers from ``low`` to ``high``, about so many."""
    if low == high:
        return [low]
    found = MaxNLocator(nbins=max(most, 1), steps=[1, 2, 5, 10], integer=whole, min_n_ticks=1).tick_values(low, high)
    near = (high - low) * 1e-9
    return [float(value) for value in found if low - near <= value <= high + near]


def number(value: float) -> str:
    """A number of a scale."""
    return number_text(Decimal(f"{value:.6f}"))


def counts_room(most: int) -> float:
    """How much room the numbers of a scale of counts take to its left."""
    return width(str(most), SMALL) + 8


def up(plate: Plate, place: Place, most: int, left: float, right: float) -> None:
    """A scale of counts to the left of a drawing, with lines behind it."""
    for value in rounds(0, max(most, 1), 5, whole=True):
        y = place(value)
        plate.line((left, right), (y, y), "grid" if value else "axis")
        plate.text(left - 6, y + 4, number(value), "small", "right")


def across(plate: Plate, place: Place, values: Sequence[tuple[float, str]], top: float) -> None:
    """The numbers below a drawing; so many of them that none stands in another."""
    widest = max((width(text, SMALL) for _, text in values), default=0.0) + _GAP
    last = -WIDTH
    for value, text in values:
        x = place(value)
        if x - last >= widest:
            plate.line((x, x), (top, top + 5), "axis")
            # At the edge of the plate a number is moved inwards.
            half = width(text, SMALL) / 2
            plate.text(min(max(x, half), WIDTH - half), top + 18, text, "small", "center")
            last = x


def named(plate: Plate, label: str, left: float, right: float, top: float) -> None:
    """What a scale counts, below its numbers."""
    for turn, line in enumerate(wrapped(label, WIDTH, SMALL, 2)):
        half = width(line, SMALL) / 2
        middle = min(max((left + right) / 2, half), WIDTH - half)
        plate.text(middle, top + LINE * turn, line, "small", "center")


def broken_line(plate: Plate, meaning: str, top: float) -> None:
    """What the broken lines of a drawing stand for, where their names would stand in other words."""
    plate.line((6, 6), (top + 1, top + 14), "mark")
    plate.text(18, top + 13, wrapped(meaning, WIDTH - 18, SMALL, 1)[0], "small")


def marks_height(marks: Sequence[Mark], place: Place) -> float:
    """How deep the names of marks are."""
    return LINE * sum(len(lines) for _, _, lines in _named(marks, place))


def draw_marks(plate: Plate, place: Place, marks: Sequence[Mark], top: float, floor: float) -> None:
    """A line from each name down to the scale."""
    for x, is_left, lines in _named(marks, place):
        plate.line((x, x), (top + 2, floor), "mark")
        side, anchor = (5.0, _LEFT) if is_left else (-5.0, _RIGHT)
        for line in lines:
            plate.text(x + side, top + 12, line, "strong", anchor)
            top += LINE


def _named(marks: Sequence[Mark], place: Place) -> Iterator[tuple[float, bool, list[str]]]:
    """Where each mark is, whether its line is to the left of its name, and the name: on the side where there is more room.

    A name stands lower than those before it, whose lines would go through it, so it stands away from them where it has room.
    """
    before: list[float] = []
    for mark in marks:
        x = place(float(mark.value))
        is_left = x < WIDTH / 2 or (bool(before) and max(before) <= x and WIDTH - x >= _ROOM)
        yield x, is_left, wrapped(mark.label, (WIDTH - x if is_left else x) - 8, LABEL, 3)
        before.append(x)
