"""matplotlib's drawing as it may stand in any page: no ids, no styles, no links, nothing that we have not drawn."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from xml.etree import ElementTree as ET

from fupin_cli.report.charts.paint import FONTS, attributes
from fupin_cli.report.problems import visible

_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ANCHOR = re.compile(r"text-anchor: (\w+)")


def cleaned(drawn: bytes, texts: Mapping[str, str], title: str, told: str) -> str:
    """The drawing with its texts, its title, and what it says in words."""
    found = ET.fromstring(drawn)  # noqa: S314  # matplotlib wrote it just now
    size = " ".join(map(_short, found.attrib["viewBox"].split()))
    root = ET.Element("svg", {"viewBox": size, "role": "img", "font-family": FONTS})
    ET.SubElement(root, "title").text = visible(title)
    ET.SubElement(root, "desc").text = visible(told)
    for style, group in groupby(_drawn(found), lambda one: one[0]):
        painted = ET.SubElement(root, "g", dict(attributes(style) or {}))
        painted.extend(_element(node, texts) for _, node in group)
    return ET.tostring(root, encoding="unicode") + "\n"


def _drawn(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """What was drawn in a style of ours, in its order."""
    for group in root.iter(f"{{{_SVG}}}g"):
        style = group.get("id", "")
        if attributes(style) is not None:
            yield from ((style, node) for node in group if node.tag in (f"{{{_SVG}}}path", f"{{{_SVG}}}text"))


def _element(node: ET.Element, texts: Mapping[str, str]) -> ET.Element:
    if node.tag.endswith("path"):
        return ET.Element("path", d=_path(node.attrib["d"]))
    found = ET.Element("text", x=_short(node.attrib["x"]), y=_short(node.attrib["y"]))
    anchor = _ANCHOR.search(node.get("style", ""))
    if anchor is not None and anchor[1] != "start":
        found.set("text-anchor", anchor[1])
    found.text = visible(texts[node.text or ""])
    return found


def _path(text: str) -> str:
    """A path in fewer characters."""
    short = _NUMBER.sub(lambda number: _short(number[0]), " ".join(text.split()))
    return re.sub(r" ?([A-Za-z]) ?", r"\1", short)


def _short(number: str) -> str:
    """A number to the hundredth of a pixel."""
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
