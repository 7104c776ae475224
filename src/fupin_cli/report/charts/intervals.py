"""Shares below each other on one scale, with the reach of their samples, and days below each other on a line of time."""

from datetime import date, timedelta
from math import cos, pi, sin

from fupin_cli.report.charts.letters import width, wrapped
from fupin_cli.report.charts.paint import LABEL, SMALL, fill
from fupin_cli.report.charts.plate import LINE, WIDTH, Plate
from fupin_cli.report.charts.scales import across, broken_line, number, rounds
from fupin_cli.report.paper.drawn import Intervals, Reach, Timeline
from fupin_cli.report.paper.model import Tone

_TRACK, _GAP, _SIDE = 16.0, 8.0, 8.0
_DOT = 5.5
_LEAST, _LINES = 150.0, 3
_FOOT = 24.0


def draw_intervals(intervals: Intervals) -> Plate:
    """For each share its name, its words, and below them the share as a dot on the reach of its sample."""
    names = [_name(one) for one in intervals.reaches]
    head = LINE + _GAP if intervals.limit else 0.0
    heights = [
        len(name) * LINE + LINE * len(_told(one)) + _TRACK + _GAP for name, one in zip(names, intervals.reaches, strict=True)
    ]
    floor = head + sum(heights)
    plate = Plate(floor + _FOOT)
    low, high = _ends(intervals)

    def place(value: float) -> float:
        return _SIDE + (value - low) / (high - low) * (WIDTH - 2 * _SIDE)

    top = head
    for one, name, height in zip(intervals.reaches, names, heights, strict=True):
        for turn, line in enumerate(name):
            plate.text(0, top + 13 + turn * LINE, line)
        top += len(name) * LINE
        for turn, line in enumerate(_told(one)):
            plate.text(0, top + 13 + turn * LINE, line, "small")
        y = top + len(_told(one)) * LINE + _TRACK / 2 + 2
        plate.line((_SIDE, WIDTH - _SIDE), (y, y), "grid")
        if one.limit is not None:
            x = place(float(one.limit))
            plate.line((x, x), (y - 8, y + 8), "mark")
        if one.ends is not None:
            ends = [place(float(end)) for end in one.ends]
            plate.line(ends, (y, y), "reach")
            for x in ends:
                plate.line((x, x), (y - 4, y + 4), "reach")
        if one.value is not None:
            dot(plate, place(float(one.value)), y, one.tone)
        top += height - len(name) * LINE
    plate.line((_SIDE, WIDTH - _SIDE), (floor, floor), "axis")
    across(plate, place, [(value, f"{number(value)}%") for value in rounds(low, high, 6)], floor)
    if intervals.limit:
        broken_line(plate, intervals.limit, 0)
    return plate


def _name(one: Reach) -> list[str]:
    return wrapped(one.label, WIDTH, LABEL, _LINES)


def _told(one: Reach) -> list[str]:
    return wrapped(one.told, WIDTH, SMALL, _LINES) if one.told else []


def _ends(intervals: Intervals) -> tuple[float, float]:
    """Where the scale begins and ends: everything that is drawn, and a little more, between nothing and the whole."""
    values = [float(one.limit) for one in intervals.reaches if one.limit is not None]
    values += [float(one.value) for one in intervals.reaches if one.value is not None]
    values += [float(end) for one in intervals.reaches for end in one.ends or ()]
    if not values:
        return 0.0, 100.0
    low, high = min(values), max(values)
    more = max((high - low) * 0.08, 0.5)
    return max(low - more, min(low, 0.0)), min(high + more, max(high, 100.0))


def draw_timeline(timeline: Timeline) -> Plate:
    """For each day its name, the day, and below them a sign on the line of time."""
    days = [date.fromisoformat(one.day) for one in timeline.moments]
    names = [wrapped(one.label, max(WIDTH - width(one.day, SMALL) - 14, _LEAST), LABEL, _LINES) for one in timeline.moments]
    heights = [len(name) * LINE + _TRACK + _GAP / 2 for name in names]
    floor = sum(heights)
    plate = Plate(floor + _FOOT)
    first, last = (min(days), max(days)) if days else (date(2000, 1, 1), date(2000, 1, 1))
    low, high = (first - timedelta(days=5)).toordinal(), (last + timedelta(days=5)).toordinal()

    def place(value: float) -> float:
        return _SIDE + (value - low) / (high - low) * (WIDTH - 2 * _SIDE)

    top = 0.0
    for one, day, name, height in zip(timeline.moments, days, names, heights, strict=True):
        for turn, line in enumerate(name):
            plate.text(0, top + 13 + turn * LINE, line)
        plate.text(WIDTH, top + 13, one.day, "small", "right")
        y = top + len(name) * LINE + _TRACK / 2
        plate.line((_SIDE, WIDTH - _SIDE), (y, y), "grid")
        dot(plate, place(day.toordinal()), y, one.tone)
        top += height
    plate.line((_SIDE, WIDTH - _SIDE), (floor, floor), "axis")
    across(plate, place, [(day.toordinal(), day.isoformat()[:7]) for day in _months(low, high)], floor)
    return plate


def _months(low: int, high: int) -> list[date]:
    """The first days of the months between two days."""
    first = date.fromordinal(low)
    starts = (date(first.year + (first.month + turn - 1) // 12, (first.month + turn - 1) % 12 + 1, 1) for turn in range(1200))
    found = []
    for day in starts:
        if day.toordinal() > high:
            break
        if day.toordinal() >= low:
            found.append(day)
    return found


def dot(plate: Plate, x: float, y: float, tone: Tone) -> None:
    """A sign for a value, of another shape for each tone: round, a diamond, a triangle, a square."""
    corners, turned = {"good": (24, 0.0), "bad": (4, 0.0), "open": (3, pi / 2), "plain": (4, pi / 4)}[tone]
    size = _DOT if corners == 24 else _DOT * 1.25
    angles = (turned + 2 * pi * turn / corners for turn in range(corners))
    plate.shape([(x + size * cos(angle), y - size * sin(angle)) for angle in angles], fill(tone))
