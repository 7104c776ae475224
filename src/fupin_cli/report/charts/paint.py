"""How the parts of a chart look: presentation attributes, because a strict page allows no styles in elements.

Each colour may be set by the page (``--chart-good`` and so on) and stands out from white and from near-black by itself, so that
a page may be light or dark. No two tones are told apart by their hue alone: what does not meet is the darkest, what is open is
pale inside a firm edge.
"""

from collections.abc import Mapping
from itertools import count

from fupin_cli.report.paper.drawn import Series
from fupin_cli.report.paper.model import Tone

FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','SimHei',sans-serif"
#: Of text beside the drawing, of what explains it, and of numbers over narrow columns, in pixels.
LABEL, SMALL, TINY = 14.0, 13.0, 11.0
#: Name → colour; of a tone its fill, its edge, and the text on it.
COLOURS: Mapping[str, str] = {
    "good": "#7fc3a3", "good-edge": "#2c7a58", "good-on": "#111111",
    "bad": "#c2452b", "bad-edge": "#8f2c17", "bad-on": "#ffffff",
    "open": "#f8e4b0", "open-edge": "#94711a", "open-on": "#111111",
    "plain": "#b9bfc8", "plain-edge": "#6d747e", "plain-on": "#111111",
}  # fmt: skip
#: A tone that several series share grows paler.
_PALER = ("1", ".55", ".25")
_TEXT: Mapping[str, Mapping[str, str]] = {
    "label": {"fill": "currentColor", "font-size": f"{LABEL:g}"},
    "strong": {"fill": "currentColor", "font-size": f"{LABEL:g}", "font-weight": "700"},
    "tiny": {"fill": "currentColor", "font-size": f"{TINY:g}", "fill-opacity": ".8"},
    "small": {"fill": "currentColor", "font-size": f"{SMALL:g}", "fill-opacity": ".8"},
}
_LINES: Mapping[str, Mapping[str, str]] = {
    "axis": {"fill": "none", "stroke": "currentColor", "stroke-width": "1"},
    "grid": {"fill": "none", "stroke": "currentColor", "stroke-width": "1", "stroke-opacity": ".18"},
    "mark": {"fill": "none", "stroke": "currentColor", "stroke-width": "1.5", "stroke-dasharray": "5 3"},
    "reach": {"fill": "none", "stroke": "currentColor", "stroke-width": "2", "stroke-opacity": ".7"},
}


def colour(name: str) -> str:
    """A colour that the page may replace."""
    return f"var(--chart-{name},{COLOURS[name]})"


def attributes(style: str) -> Mapping[str, str] | None:
    """How a style is painted; None for what is no style of ours."""
    known = _TEXT.get(style) or _LINES.get(style)
    if known is not None:
        return known
    tone, _, part = style.partition("-")
    if f"{tone}-edge" not in COLOURS:
        return None
    if part == "on":
        return {"fill": colour(style), "font-size": f"{SMALL:g}"}
    paler = {"fill-opacity": _PALER[int(part)]} if part != "0" else {}
    return {"fill": colour(tone), **paler, "stroke": colour(f"{tone}-edge"), "stroke-width": "1"}


def fill(tone: Tone, place: int = 0) -> str:
    """The style of an area; ``place`` among those of the same tone."""
    return f"{tone}-{min(place, len(_PALER) - 1)}"


def fills(series: tuple[Series, ...]) -> list[str]:
    """The style of each series."""
    turns = {one.tone: count() for one in series}
    return [fill(one.tone, next(turns[one.tone])) for one in series]


def on(style: str) -> str:
    """The style of a text on an area."""
    tone, _, place = style.partition("-")
    return f"{tone}-on" if place == "0" else "small"
