"""Paragraphs and tables as the marks of a Word document, written as text: element by element a village of 5,000 households takes
minutes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

#: What XML cannot hold at all.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'

Align = Literal["left", "center", "right"]
_STYLES: dict[Align, str] = {"left": "TableText", "center": "TableMiddle", "right": "TableNumber"}
_HEAD = "TableHead"
#: Of a table that is posted on a wall, to be read from a step away.
_POSTED = "PostedText"


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    heading: str
    #: Its part of the width, beside those of the other columns.
    wide: int
    align: Align = "left"


#: A cell: a text, or nothing where the cell above goes on.
Cell = str | None


def paragraph(text: str, style: str, *, fresh: bool = False) -> str:
    """A paragraph, perhaps at the head of a page; line breaks of the text stay line breaks."""
    top = "<w:pageBreakBefore/>" if fresh else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{top}</w:pPr>{_run(text)}</w:p>'


def anchored(text: str, style: str, number: int) -> str:
    """A paragraph that others point at."""
    mark = f'<w:bookmarkStart w:id="{number}" w:name="part{number}"/>{_run(text)}<w:bookmarkEnd w:id="{number}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{mark}</w:p>'


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], title: str, width: int, *, posted: bool = False) -> str:
    """A table whose heading stands on every page and whose rows are not torn. ``title`` is for those who do not see it."""
    parts = [_opening(columns, title, width)]
    widths = shares([column.wide for column in columns], width)
    heads = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(column.heading, _POSTED if posted else _HEAD)}</w:tc>"
        for column, wide in zip(columns, widths, strict=True)
    )
    parts.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>")
    styles = [_POSTED if posted else _STYLES[column.align] for column in columns]
    cells = [(f'<w:tcW w:w="{wide}" w:type="dxa"/>', style) for wide, style in zip(widths, styles, strict=True)]
    lines = list(rows)
    for place, row in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else [""] * len(row)
        parts.append(_row(row, below, cells))
    return "".join([*parts, "</w:tbl>", paragraph("", "TableEnd")])


@dataclass(frozen=True)
class Line:
    """A line of a form: what is asked, how high it is in points, and what stands in it already."""

    label: str
    high: int
    #: At its foot, to the right: signatures and days.
    foot: Sequence[str] = ()
    #: Where the words begin that are written on.
    known: str = ""


def form(lines: Sequence[Line], title: str, width: int) -> str:
    """A form to fill in: on the left what for, on the right the room."""
    parts = [_opening([Column("", 22), Column("", 78)], title, width, heads=False)]
    left, right = shares([22, 78], width)
    for line in lines:
        size = f'<w:trHeight w:val="{line.high * 20}" w:hRule="atLeast"/>'
        end = "".join(paragraph(text, "FormFoot") for text in line.foot) or paragraph(line.known, "TableText")
        anchor = '<w:vAlign w:val="bottom"/>' if line.foot else '<w:vAlign w:val="center"/>'
        asked = paragraph(line.label, _HEAD)
        parts.append(
            f"<w:tr><w:trPr><w:cantSplit/>{size}</w:trPr>"
            f'<w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{asked}</w:tc>'
            f'<w:tc><w:tcPr><w:tcW w:w="{right}" w:type="dxa"/>{anchor}</w:tcPr>{end}</w:tc></w:tr>'
        )
    return "".join([*parts, "</w:tbl>", paragraph("", "TableEnd")])


def shares(parts: Sequence[int], whole: int) -> list[int]:
    """A width in whole parts that add up to it."""
    total, found, past = sum(parts), [], 0
    for place in range(len(parts)):
        end = whole * sum(parts[: place + 1]) // total
        found.append(end - past)
        past = end
    return found


def _opening(columns: Sequence[Column], title: str, width: int, *, heads: bool = True) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in shares([column.wide for column in columns], width))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{_MARGINS}<w:tblLook w:val="0020" w:firstRow="{int(heads)}" w:lastRow="0"'
        f' w:firstColumn="{int(not heads)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(_known(title))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(row: Sequence[Cell], below: Sequence[Cell], cells: Sequence[tuple[str, str]]) -> str:
    parts = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
    for text, under, (wide, style) in zip(row, below, cells, strict=True):
        joined = "<w:vMerge/>" if text is None else '<w:vMerge w:val="restart"/>' if under is None else ""
        parts.append(f"<w:tc><w:tcPr>{wide}{joined}</w:tcPr>{paragraph(text or '', style)}</w:tc>")
    parts.append("</w:tr>")
    return "".join(parts)


def _run(text: str) -> str:
    if not text:
        return ""
    lines = _known(text).replace("\t", " ").splitlines() or [""]
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines) + "</w:r>"


def _known(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
