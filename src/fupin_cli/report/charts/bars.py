"""Bars that lie below each other, each under its name, with its numbers beside the name."""

from collections.abc import Sequence

from fupin_cli.report.charts.letters import width, wrapped
from fupin_cli.report.charts.paint import LABEL, SMALL, fills
from fupin_cli.report.charts.plate import LINE, WIDTH, Plate, legend_height
from fupin_cli.report.paper.drawn import Bar, Bars
from fupin_cli.report.problems import visible

_DEEP, _GAP, _FOOT = 13.0, 12.0, 4.0
#: A name has at least this much room, and at most so many lines.
_LEAST, _LINES = 150.0, 3


def draw_bars(bars: Bars) -> Plate:
    """The bars to scale; the longest is as wide as the plate."""
    told = [_numbers(bars, bar) for bar in bars.bars]
    names = [_name(bar, numbers) for bar, numbers in zip(bars.bars, told, strict=True)]
    head = legend_height(bars.series) if len(bars.series) > 1 else 0.0
    heights = [len(name) * LINE + _FOOT + _DEEP + _GAP for name in names]
    plate = Plate(max(head + sum(heights), LINE) + 2)
    if head:
        plate.legend(bars.series, 0)
    axes = plate.axes(1, 0, WIDTH - 2, plate.height)
    axes.set_xlim(0, max((sum(bar.amounts) for bar in bars.bars), default=0) or 1)
    axes.set_ylim(plate.height, 0)
    styles = fills(tuple(bars.series))
    top = head
    for bar, name, numbers, height in zip(bars.bars, names, told, heights, strict=True):
        for turn, line in enumerate(name):
            plate.text(0, top + 13 + turn * LINE, line)
        plate.text(WIDTH, top + 13, numbers, "small", "right")
        left = 0
        for amount, style in zip(bar.amounts, styles, strict=True):
            if amount:
                middle = top + len(name) * LINE + _FOOT + _DEEP / 2
                axes.barh(middle, amount, _DEEP, left, gid=style)
            left += amount
        top += height
    return plate


def _numbers(bars: Bars, bar: Bar) -> str:
    """The numbers of a bar in words; of one series only the number."""
    if len(bars.series) == 1:
        return f"{bar.amounts[0]} {bars.unit}".strip()
    pairs = zip(bars.series, bar.amounts, strict=True)
    text = " · ".join(f"{series.label} {amount}" for series, amount in pairs if amount) or "0"
    if width(text, SMALL) <= WIDTH - _LEAST:
        return visible(text)
    # The legend above says what the colours of the numbers stand for.
    return " · ".join(str(amount) for amount in bar.amounts)


def _name(bar: Bar, numbers: str) -> Sequence[str]:
    room = max(WIDTH - width(numbers, SMALL) - 14, _LEAST)
    return wrapped(bar.label, room, LABEL, _LINES)
