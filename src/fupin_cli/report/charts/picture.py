"""Charts in a file of its own: lines of text, then one chart below the other, each under its heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fupin_cli.messages import Lang
from fupin_cli.report.charts.draw import svg
from fupin_cli.report.charts.letters import wrapped
from fupin_cli.report.charts.paint import COLOURS, FONTS, LABEL, SMALL
from fupin_cli.report.charts.plate import LINE, WIDTH, Plate
from fupin_cli.report.paper.model import Chart
from fupin_cli.report.problems import visible

#: A picture is shown half as large again, with a margin around it.
_SCALE, _MARGIN = 1.5, 16.0
_COLOUR = re.compile(r"var\(--chart-([\w-]+),[^)]*\)")


@dataclass(frozen=True)
class Picture:
    """What a file of charts says."""

    lang: Lang
    title: str
    #: What is drawn, and what it rests on: written above the charts, the first line as large as the title.
    subtitle: str
    notes: Sequence[str]
    charts: Sequence[Chart]


def picture(found: Picture) -> str:
    """The file; readable without colour and by a screen reader, and in need of nothing from elsewhere."""
    head = [(found.title, "strong"), (found.subtitle, "strong"), *((note, "small") for note in found.notes)]
    pieces = [_lines(head)]
    for chart in found.charts:
        pieces += [_lines([("", "small"), (chart.title, "strong")]), svg(chart)]
    drawn = [ET.fromstring(piece) for piece in pieces]  # noqa: S314  # our own
    heights = [float(piece.attrib["viewBox"].split()[3]) for piece in drawn]
    wide, high = WIDTH + 2 * _MARGIN, sum(heights) + 2 * _MARGIN
    root = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {wide:g} {high:g}", width=f"{wide * _SCALE:g}",
        height=f"{high * _SCALE:g}", role="img", lang=found.lang, color="#111111", attrib={"font-family": FONTS},
    )  # fmt: skip
    ET.SubElement(root, "title").text = visible(f"{found.title} {found.subtitle}")
    told = [*found.notes, *(f"{chart.title} {chart.told}" for chart in found.charts)]
    ET.SubElement(root, "desc").text = visible(" ".join(told))
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    top = _MARGIN
    for piece, height in zip(drawn, heights, strict=True):
        group = ET.SubElement(root, "g", transform=f"translate({_MARGIN:g} {top:g})")
        # The words of a single chart are among those of the whole.
        group.extend(part for part in piece if part.tag == "g")
        top += height
    ET.indent(root, " ")
    return _COLOUR.sub(lambda name: COLOURS[name[1]], ET.tostring(root, encoding="unicode")) + "\n"


def _lines(lines: Sequence[tuple[str, str]]) -> str:
    """Texts below each other, each in as many lines as it takes."""
    found = [(line, style) for text, style in lines for line in wrapped(text, WIDTH, LABEL if style == "strong" else SMALL)]
    plate = Plate(LINE * len(found) + 4)
    for turn, (line, style) in enumerate(found):
        plate.text(0, LINE * (turn + 1) - 3, line, style)
    return plate.svg("", "")
