"""What stands in a Word document, read by python-docx."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from docx import Document
from docx.document import Document as Book
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

Grid = list[list[str]]


@dataclass(frozen=True)
class Part:
    """What stands below a heading."""

    chapter: str
    heading: str
    texts: list[str]
    tables: list[Grid]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def opened(content: bytes) -> Book:
    return Document(io.BytesIO(content))


@cache
def parts(content: bytes) -> list[Part]:
    """The document heading by heading; a cell that is joined with the one above has its text."""
    found = [Part("", "", [], [])]
    for one in opened(content).iter_inner_content():
        if isinstance(one, Table):
            found[-1].tables.append(rows(one))
            continue
        style = style_of(one)
        if style == "Heading 1":
            found.append(Part(one.text, "", [], []))
        elif style in ("Heading 2", "Notice Heading"):
            found.append(Part(found[-1].chapter, one.text, [], []))
        elif one.text:
            found[-1].texts.append(one.text)
    return found


def part(content: bytes, heading: str, chapter: str = "") -> Part:
    """The one part with this heading."""
    [found] = [one for one in parts(content) if one.heading == heading and chapter in one.chapter]
    return found


def rows(table: Table) -> Grid:
    return [[cell.text for cell in row.cells] for row in table.rows]


def style_of(paragraph: Paragraph) -> str:
    return (paragraph.style.name if paragraph.style is not None else None) or ""


def words(content: bytes) -> str:
    """Every text of the document, in its order."""
    return "\n".join(node.text or "" for node in opened(content).element.body.iter(qn("w:t")))


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of the file with its bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from ((info.filename, archive.read(info)) for info in archive.infolist())
