"""The plate that a chart is drawn on: matplotlib's own objects, without pyplot, in pixels from the upper left corner.

matplotlib never sees a text of ours: it would measure it in a font that has no Chinese, and warn. It places a short sign for
each, in the font that comes with it, and the sign is exchanged for the text when the drawing is cleaned.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import IdentityTransform

from fupin_cli.report.charts.cleaned import cleaned
from fupin_cli.report.charts.letters import width, wrapped
from fupin_cli.report.charts.paint import LABEL, SMALL, fills
from fupin_cli.report.paper.drawn import Series

#: A chart has the width of a column on a page, or of a telephone: there its letters are still large enough.
WIDTH = 400.0
#: From one line of text to the next, and a swatch of the legend.
LINE, SWATCH = 18.0, 12.0
#: A point is a pixel.
_DPI = 72
#: The settings of matplotlib itself, whatever the user's are; texts stay texts.
_SETTINGS = {**mpl.rcParamsDefault, "svg.fonttype": "none", "svg.hashsalt": "fupin", "path.simplify": False}
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}
Anchor = Literal["left", "center", "right"]


class Plate:
    """A drawing of ``WIDTH`` by ``height`` pixels."""

    def __init__(self, height: float) -> None:
        self.height = height
        with mpl.rc_context(_SETTINGS):
            self._figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI)
            FigureCanvasSVG(self._figure)
        self._font = FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
        self._texts: dict[str, str] = {}

    def axes(self, left: float, top: float, wide: float, deep: float) -> Axes:
        """A place to draw in to scale; without axes, which the caller draws as far as they are wanted."""
        place = (left / WIDTH, 1 - (top + deep) / self.height, wide / WIDTH, deep / self.height)
        with mpl.rc_context(_SETTINGS):
            axes = self._figure.add_axes(place)
        axes.set_axis_off()
        return axes

    def text(self, x: float, y: float, text: str, style: str = "label", anchor: Anchor = "left") -> None:
        """A text whose foot is at ``y``."""
        if not text:
            return
        sign = f"t{len(self._texts)}"
        self._texts[sign] = text
        self._figure.text(
            x / WIDTH, 1 - y / self.height, sign, gid=style, ha=anchor, va="baseline", fontproperties=self._font, fontsize=LABEL
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], style: str) -> None:
        """A line from point to point."""
        down = [self.height - y for y in ys]
        # A grid stands behind everything, which matplotlib draws at 0 and above.
        depth = -1 if style == "grid" else 2
        self._figure.add_artist(Line2D(xs, down, transform=IdentityTransform(), gid=style, zorder=depth))

    def area(self, left: float, top: float, wide: float, deep: float, style: str) -> None:
        """A rectangle."""
        corner = (left, self.height - top - deep)
        self._figure.add_artist(Rectangle(corner, wide, deep, transform=IdentityTransform(), gid=style))

    def shape(self, points: Sequence[tuple[float, float]], style: str) -> None:
        """A closed shape."""
        corners = [(x, self.height - y) for x, y in points]
        self._figure.add_artist(Polygon(corners, transform=IdentityTransform(), gid=style))

    def legend(self, series: Sequence[Series], top: float) -> None:
        """What each colour stands for, in as many lines as ``legend_height`` says."""
        styles = fills(tuple(series))
        for place, (line, x, label) in enumerate(_legend(series)):
            y = top + line * LINE
            self.area(x, y + 2.5, SWATCH, SWATCH - 1, styles[place])
            self.text(x + SWATCH + 6, y + 13, label, "small")

    def svg(self, title: str, told: str) -> str:
        """The drawing."""
        found = io.BytesIO()
        with mpl.rc_context(_SETTINGS):
            self._figure.savefig(found, format="svg", metadata=_NOTHING)
        return cleaned(found.getvalue(), self._texts, title, told)


def legend_height(series: Sequence[Series]) -> float:
    """How deep the legend is, with a gap below it."""
    return LINE * (1 + max((line for line, _, _ in _legend(series)), default=-1)) + LINE / 3


def _legend(series: Sequence[Series]) -> list[tuple[int, float, str]]:
    """The line, the place in it, and the label of each series; one that is too long is cut."""
    found: list[tuple[int, float, str]] = []
    line, x = 0, 0.0
    for one in series:
        label = wrapped(one.label, WIDTH - SWATCH - 6, SMALL, 1)[0]
        needed = SWATCH + 6 + width(label, SMALL)
        if x and x + needed > WIDTH:
            line, x = line + 1, 0.0
        found.append((line, x, label))
        x += needed + 16
    return found
