"""A sweep as a picture: stacked bars over a scale, self-contained, readable without colour and by a screen reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

from rich.cells import cell_len, chop_cells

from fupin_cli.model.comparison import Standing
from fupin_cli.model.sweep import Series, Sweep
from fupin_cli.report.comparison.moving import Kind, Mark, Moving
from fupin_cli.report.options import Options
from fupin_cli.report.problems import visible
from fupin_cli.report.words import number_text

_WIDTH, _LEFT, _RIGHT = 820, 80, 30
_PLOT, _LINE, _AXIS = 300, 20, 56
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','SimHei',sans-serif"
#: Told apart by their lightness, too; the second of a standing is lighter than the first.
_FILLS: Mapping[Standing, Sequence[str]] = {
    "meets": ("#1b6e53", "#58a68a", "#9fd0bd"),
    "undetermined": ("url(#open)",),
    "not": ("#c8553d", "#e08d79", "#f0bfb3"),
    "not_applicable": ("#c4c4c4",),
}
_TICKS = 8


@dataclass(frozen=True)
class _Style:
    """How a line above the charts looks: its letters, how many cells of them fit into the width, and how deep it is."""

    size: int
    cells: int
    deep: int
    fill: str


_BIG, _MIDDLE, _SMALL = _Style(18, 72, 28, "#111111"), _Style(14, 92, 22, "#111111"), _Style(11, 118, _LINE, "#555555")
_SHORT = 12


def sweep_svg(sweep: Sweep, options: Options) -> Iterator[str]:
    """The picture: one chart below the other, one for each standard that looks at the parameter."""
    moving = Moving(sweep, options)
    charts = [_Chart(moving, series) for series in sweep.series]
    head = [(line, style) for text, style in _head(moving) for line in _wrapped(text, style.cells)]
    top = _LINE + sum(style.deep for _, style in head)
    height = top + sum(chart.height for chart in charts)
    root = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}", width=str(_WIDTH), height=str(height),
        role="img", attrib={"aria-labelledby": "title desc", "lang": moving.lang, "font-family": _FONTS, "font-size": "13"},
    )  # fmt: skip
    _say(root, "title", moving.title() + moving.say("colon") + moving.range(), id="title")
    _say(root, "desc", " ".join([*_notes(moving), *(chart.told() for chart in charts)]), id="desc")
    pattern = ET.SubElement(
        ET.SubElement(root, "defs"), "pattern", id="open", width="6", height="6", patternUnits="userSpaceOnUse"
    )
    ET.SubElement(pattern, "rect", width="6", height="6", fill="#f5d98b")
    ET.SubElement(pattern, "path", d="M0 6L6 0", stroke="#8a6d1d", attrib={"stroke-width": "1"})
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    y = 0
    for line, style in head:
        y += style.deep
        _say(root, "text", line, x=str(_LEFT), y=str(y), fill=style.fill, attrib={"font-size": str(style.size)})
    for chart in charts:
        chart.draw(root, top)
        top += chart.height
    ET.indent(root, " ")
    yield ET.tostring(root, encoding="unicode") + "\n"


def _head(moving: Moving) -> list[tuple[str, _Style]]:
    """What stands above the charts."""
    return [(moving.title(), _BIG), (moving.range(), _MIDDLE), *((note, _SMALL) for note in _notes(moving))]


def _notes(moving: Moving) -> list[str]:
    """What the picture rests on."""
    result = moving.sweep.base
    pack = result.pack
    notes = [moving.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT])]
    notes += [moving.say("input-line", path=source.path, sha=source.sha256[:_SHORT]) for source in result.inputs]
    return notes + moving.others()


class _Chart:
    """One standard: bars to scale, an axis below, an axis to the left, lines where the parameter stands now."""

    def __init__(self, moving: Moving, series: Series) -> None:
        self.moving, self.series = moving, series
        self.kinds = moving.kinds(series)
        values = moving.sweep.values
        low, high = values[0], values[-1]
        self.inside = [mark for mark in moving.marks() if low <= mark.value <= high]
        self.outside = [mark for mark in moving.marks() if mark not in self.inside]
        self.head = _LINE * (2 + len(self.kinds) + len(self.inside) + bool(self.outside))
        self.height = self.head + _PLOT + _AXIS + _LINE
        # Each bar reaches half-way to its neighbours, so the first and last stand out by half a step.
        between = [(one + other) / 2 for one, other in pairwise(values)]
        margin = (values[1] - values[0]) / 2 if len(values) > 1 else Decimal("0.5")
        last = (values[-1] - values[-2]) / 2 if len(values) > 1 else margin
        self.edges = [low - margin, *between, high + last]

    def x(self, value: Decimal) -> float:
        """Where a value stands."""
        low, high = self.edges[0], self.edges[-1]
        return _LEFT + float((value - low) / (high - low)) * (_WIDTH - _LEFT - _RIGHT)

    def told(self) -> str:
        """The picture in words: its ends, and the values in force now."""
        sweep, moving = self.moving.sweep, self.moving
        said = [moving.heading(self.series)]
        for value, tally in ((sweep.values[place], self.series.tallies[place]) for place in sorted({0, len(sweep.values) - 1})):
            counts = moving.say("list-comma").join(
                moving.say("sweep-tally", outcome=kind.title, count=tally.outcomes.get(kind.outcome, 0)) for kind in self.kinds
            )
            said.append(moving.say("sweep-said", value=number_text(value), counts=counts))
        now = moving.now(self.series)
        return " ".join(
            [
                *said,
                *([now] if now else []),
                *(f"{number_text(mark.value)} {mark.label}" for mark in (*self.inside, *self.outside)),
            ]
        )

    def draw(self, root: ET.Element, top: int) -> None:
        """The chart, from ``top`` downwards."""
        _say(root, "text", self.moving.heading(self.series), x=str(_LEFT), y=str(top + _LINE), attrib={"font-weight": "bold"})
        for place, kind in enumerate(self.kinds):
            y = top + _LINE * (place + 1) + 8
            ET.SubElement(root, "rect", x=str(_LEFT), y=str(y), width="14", height="12", fill=fill(kind), stroke="#555555")
            _say(root, "text", kind.title, x=str(_LEFT + 22), y=str(y + 11))
        floor = top + self.head + _PLOT
        self._bars(root, floor)
        self._across(root, floor)
        self._up(root, floor)
        for place, mark in enumerate(self.inside):
            self._mark(root, mark, top + _LINE * (2 + len(self.kinds) + place), floor)
        if self.outside:
            told = self.moving.say("list-comma").join(f"{number_text(mark.value)} {mark.label}" for mark in self.outside)
            _say(root, "text", told, x=str(_LEFT), y=str(top + self.head - 8), attrib={"font-size": "12"})

    def _bars(self, root: ET.Element, floor: int) -> None:
        bars = ET.SubElement(root, "g", attrib={"shape-rendering": "crispEdges"})
        for tally, (left, right) in zip(self.series.tallies, pairwise(self.edges), strict=True):
            below = 0
            for kind in self.kinds:
                count = tally.outcomes.get(kind.outcome, 0)
                if count:
                    y, deep = floor - self._tall(below + count), self._tall(below + count) - self._tall(below)
                    x, wide = self.x(left), self.x(right) - self.x(left)
                    ET.SubElement(
                        bars, "rect", x=f"{x:.2f}", y=f"{y:.2f}", width=f"{wide:.2f}", height=f"{deep:.2f}", fill=fill(kind)
                    )
                below += count

    def _tall(self, count: int) -> float:
        return _PLOT * count / max(1, self.series.subjects)

    def _across(self, root: ET.Element, floor: int) -> None:
        """The axis of the parameter."""
        ET.SubElement(root, "path", d=f"M{_LEFT} {floor}H{_WIDTH - _RIGHT}", stroke="#222222", fill="none")
        values = self.moving.sweep.values
        for value in ticks(values[0], values[-1]):
            x = f"{self.x(value):.2f}"
            ET.SubElement(root, "path", d=f"M{x} {floor}v6", stroke="#222222", fill="none")
            _say(root, "text", number_text(value), x=x, y=str(floor + 22), attrib={"text-anchor": "middle"})
        middle = (_LEFT + _WIDTH - _RIGHT) // 2
        _say(root, "text", self.moving.axis(), x=str(middle), y=str(floor + 44), attrib={"text-anchor": "middle"})

    def _up(self, root: ET.Element, floor: int) -> None:
        """The axis of the subjects."""
        ET.SubElement(root, "path", d=f"M{_LEFT} {floor}V{floor - _PLOT}", stroke="#222222", fill="none")
        for value in ticks(Decimal(0), Decimal(self.series.subjects), whole=True):
            y = floor - self._tall(int(value))
            ET.SubElement(root, "path", d=f"M{_LEFT} {y:.2f}h-6", stroke="#222222", fill="none")
            _say(root, "text", number_text(value), x=str(_LEFT - 10), y=f"{y + 4:.2f}", attrib={"text-anchor": "end"})
        words = self.moving.words.of(self.series.base)
        middle = floor - _PLOT // 2
        turned = {"text-anchor": "middle", "transform": f"rotate(-90 20 {middle})"}
        _say(root, "text", words.say(f"table-{self.series.base.subject.name}"), x="20", y=str(middle), attrib=turned)

    def _mark(self, root: ET.Element, mark: Mark, y: int, floor: int) -> None:
        """A line from its label down to the axis; the label stands on the side where there is more room."""
        x = self.x(mark.value)
        is_left = x < (_LEFT + _WIDTH) / 2
        line = {"stroke-dasharray": "5 3", "stroke-width": "1.5"}
        ET.SubElement(root, "path", d=f"M{x:.2f} {y}V{floor}", stroke="#111111", fill="none", attrib=line)
        anchor = {"text-anchor": "start" if is_left else "end", "font-size": "12"}
        text = f"{number_text(mark.value)} {mark.label}"
        _say(root, "text", text, x=f"{x + (5 if is_left else -5):.2f}", y=str(y + 10), attrib=anchor)


def fill(kind: Kind) -> str:
    """How an outcome is painted."""
    fills = _FILLS[kind.standing]
    return fills[min(kind.place, len(fills) - 1)]


def ticks(low: Decimal, high: Decimal, *, whole: bool = False) -> list[Decimal]:
    """Round numbers from ``low`` to ``high``, about eight of them at most; the one where there is no distance."""
    if low == high:
        return [low]
    rough = (high - low) / _TICKS
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    if whole:
        step = max(step, Decimal(1))
    first = (low / step).to_integral_value(ROUND_CEILING) * step
    return [first + step * place for place in range(int((high - first) // step) + 1)]


def _wrapped(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, broken between words where there are any."""
    lines = [""]
    for word in visible(text).split(" "):
        for part in chop_cells(word, cells) or [""]:
            longer = f"{lines[-1]} {part}".strip()
            if cell_len(longer) <= cells:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def _say(parent: ET.Element, tag: str, text: str, attrib: Mapping[str, str] | None = None, **attributes: str) -> None:
    """A text; what a file's name or a sheet says cannot become markup, and no character of it can make the file unreadable."""
    ET.SubElement(parent, tag, {**(attrib or {}), **attributes}).text = visible(text)
