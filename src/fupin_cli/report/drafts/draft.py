"""A Word document in the making: its parts are kept as marks, and its bytes are the same every time."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from fupin_cli.messages import Lang
from fupin_cli.packing import undated
from fupin_cli.report.drafts.look import FONTS, TEXT_WIDTH, dress, numbering, styles
from fupin_cli.report.drafts.marks import Cell, Column, Line, anchored, form, paragraph, table

_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001  # a date in a property, not a moment
#: Parts of the document that python-docx copies from its template, and what stands there instead.
_INSTEAD = {
    "word/fontTable.xml": FONTS,
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<Application>fupin</Application></Properties>"
    ),
}
#: What the template has besides: a picture of another document, its styles once more.
_LEFT_OUT = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_PAGE = (
    f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
)


class Draft:
    """Takes the parts of a document in their order."""

    def __init__(self, lang: Lang, title: str, header: str) -> None:
        self._parts: list[str] = []
        self._chapters = 0
        self._lang, self._title, self._header = lang, title, header

    def cover(self, title: str, under: str) -> None:
        """What stands at the head of a document of several chapters."""
        self._parts += [paragraph(title, "Title"), paragraph(under, "Subtitle")]

    def chapter(self, title: str, under: str = "") -> None:
        """Begin a page with a heading; below it, what tells more."""
        self._chapters += 1
        self._parts.append(anchored(title, "Heading1", self._chapters))
        if under:
            self._parts.append(paragraph(under, "Subtitle"))

    def section(self, title: str, *, fresh: bool = False) -> None:
        """A heading with a number; on a page of its own where that is taken out and signed."""
        self._parts.append(paragraph(title, "Heading2", fresh=fresh))

    def notice(self, title: str) -> None:
        """Begin a page that is posted by itself."""
        self._parts.append(paragraph(title, "NoticeHeading"))

    def tell(self, *texts: str) -> None:
        """Paragraphs; of an empty text there is none."""
        self._parts += [paragraph(text, "BodyText") for text in texts if text]

    def lead(self, text: str) -> None:
        """A paragraph that leads to the table below it."""
        self._parts.append(paragraph(text, "LeadText"))

    def note(self, text: str) -> None:
        """A paragraph in a box: what the reader has to know of the draft itself."""
        self._parts.append(paragraph(text, "DraftNote"))

    def right(self, *texts: str) -> None:
        """Lines at the right: who gives it, and when."""
        self._parts += [paragraph(text, "RightLine") for text in texts]

    def table(self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, posted: bool = False) -> None:
        """A table as wide as the text; one that is posted is read from further away."""
        self._parts.append(table(columns, rows, title, TEXT_WIDTH, posted=posted))

    def form(self, title: str, lines: Sequence[Line]) -> None:
        """A form to fill in."""
        self._parts.append(form(lines, title, TEXT_WIDTH))

    def packed(self) -> bytes:
        """The document's bytes."""
        book = Document()
        dress(book)
        section = book.sections[0]
        section.header.paragraphs[0].text = self._header
        footer = section.footer.paragraphs[0]
        footer._p.addprevious(parse_xml(_PAGE))  # noqa: SLF001  # the way that python-docx documents to its elements
        footer._p.getparent().remove(footer._p)  # noqa: SLF001
        told = book.core_properties
        told.title, told.author, told.last_modified_by, told.comments = self._title, "fupin", "fupin", ""
        told.language = "zh-CN" if self._lang == "zh" else "en"
        told.created = told.modified = _NEVER
        for related in (book.part.package.rels, book.part.rels):
            for name in [key for key, one in related.items() if one.reltype in _LEFT_OUT]:
                related.pop(name)
        dated = io.BytesIO()
        book.save(dated)
        # What stands at the end of the body is its page; moving many elements in front of it one by one takes minutes.
        text, page = serialize_part_xml(book.element), b"<w:sectPr"
        head, found, tail = text.partition(page)
        if not found:
            raise AssertionError(text)
        whole = head + "".join(self._parts).encode() + page + tail
        own = {"word/document.xml": whole, "word/styles.xml": styles(self._lang), "word/numbering.xml": numbering(self._lang)}
        return undated(dated, _INSTEAD | own)
