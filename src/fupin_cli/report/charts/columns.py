"""Columns side by side, series on series: the years of a story, or the values of a number that moves."""

from collections.abc import Sequence
from itertools import pairwise

from fupin_cli.report.charts.letters import width, wrapped
from fupin_cli.report.charts.paint import SMALL, fills, on
from fupin_cli.report.charts.plate import LINE, WIDTH, Plate, legend_height
from fupin_cli.report.charts.scales import across, counts_room, draw_marks, marks_height, named, number, rounds, up
from fupin_cli.report.numbers import number_text
from fupin_cli.report.paper.drawn import Columns, Moved

_DEEP, _RIGHT, _ABOVE = 180.0, 10.0, 18.0
#: Of the room of a column the column itself; the widest one; a number inside needs so much height.
_PART, _WIDEST, _LETTER = 0.7, 64.0, 15.0
_LINES = 3


def draw_columns(columns: Columns) -> Plate:
    """A column for each name, with its numbers in it and their sum above."""
    head = legend_height(columns.series) + _ABOVE
    sums = [sum(one.amounts) for one in columns.columns]
    most = max(sums, default=0)
    left = counts_room(most)
    room = (WIDTH - left - _RIGHT) / max(len(columns.columns), 1)
    names = [wrapped(one.label, room - 4, SMALL, _LINES) for one in columns.columns]
    plate = Plate(head + _DEEP + 8 + LINE * max(map(len, names), default=0))
    floor, wide = head + _DEEP, min(room * _PART, _WIDEST)
    plate.legend(columns.series, 0)
    up(plate, lambda value: floor - value / max(most, 1) * _DEEP, most, left, WIDTH - _RIGHT)
    axes = plate.axes(left, head, WIDTH - left - _RIGHT, _DEEP)
    axes.set_xlim(0, WIDTH - left - _RIGHT)
    axes.set_ylim(0, max(most, 1))
    styles = fills(tuple(columns.series))
    for turn, (one, name, total) in enumerate(zip(columns.columns, names, sums, strict=True)):
        middle = room * (turn + 0.5)
        below = 0
        for amount, style in zip(one.amounts, styles, strict=True):
            if amount:
                axes.bar(middle, amount, wide, below, gid=style)
                deep = amount / max(most, 1) * _DEEP
                if deep >= _LETTER and width(str(amount), SMALL) <= wide:
                    y = floor - below / max(most, 1) * _DEEP - deep / 2 + 4
                    plate.text(left + middle, y, str(amount), on(style), "center")
            below += amount
        if width(str(total), SMALL) <= room:
            plate.text(left + middle, floor - total / max(most, 1) * _DEEP - 5, str(total), "small", "center")
        for line, text in enumerate(name):
            plate.text(left + middle, floor + 16 + line * LINE, text, "small", "center")
    return plate


def draw_moved(moved: Moved) -> Plate:
    """A column for each value, as wide as its part of the scale: it reaches half-way to its neighbours."""
    edges = _edges([float(value) for value in moved.values])
    most = max(map(sum, moved.amounts), default=0)
    inside = [mark for mark in moved.marks if edges[0] <= float(mark.value) <= edges[-1]]
    left = counts_room(most)
    wide = WIDTH - left - _RIGHT

    def place(value: float) -> float:
        return left + (value - edges[0]) / (edges[-1] - edges[0]) * wide

    legend = legend_height(moved.series)
    head = legend + marks_height(inside, place) + 8
    floor = head + _DEEP
    plate = Plate(floor + 20 + 2 * LINE)
    plate.legend(moved.series, 0)
    axes = plate.axes(left, head, wide, _DEEP)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, max(most, 1))
    styles = fills(tuple(moved.series))
    below: list[int] = [0] * len(moved.amounts)
    for turn, style in enumerate(styles):
        upper = [start + amounts[turn] for start, amounts in zip(below, moved.amounts, strict=True)]
        for first, last in _runs([amounts[turn] for amounts in moved.amounts]):
            axes.stairs(upper[first:last], edges[first : last + 1], baseline=below[first:last], fill=True, gid=style)
        below = upper
    up(plate, lambda value: floor - value / max(most, 1) * _DEEP, most, left, WIDTH - _RIGHT)
    draw_marks(plate, place, inside, legend, floor)
    low, high = float(moved.values[0]), float(moved.values[-1])
    ends = [(float(value), number_text(value)) for value in moved.values]
    across(plate, place, ends if len(ends) <= 8 else [(value, number(value)) for value in rounds(low, high, 8)], floor)
    named(plate, moved.label, left, WIDTH - _RIGHT, floor + 18 + LINE)
    return plate


def _runs(amounts: Sequence[int]) -> list[tuple[int, int]]:
    """From where to where there is something."""
    found = [(place, place + 1) for place, amount in enumerate(amounts) if amount]
    runs: list[tuple[int, int]] = []
    for first, last in found:
        if runs and runs[-1][1] == first:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _edges(values: Sequence[float]) -> list[float]:
    """Where the column of each value begins and ends; the first and last stand out by half a step."""
    if len(values) < 2:
        return [values[0] - 0.5, values[0] + 0.5] if values else [0.0, 1.0]
    between = [(one + other) / 2 for one, other in pairwise(values)]
    return [2 * values[0] - between[0], *between, 2 * values[-1] - between[-1]]
