"""Rows of a sheet's XML as lines of separated values: the tags that usual rows consist of are replaced.

What then still holds a tag, or anything else that could be read in two ways, is not usual. Nothing is guessed: every byte of the
rows is accounted for.
"""

import re
from collections import Counter
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.cells.book import Book

#: A line end in a text; the character itself cannot stand in XML.
BREAK = b"\x02"
#: Characters that cannot stand in XML; the line end that was replaced is not among them.
_NO_CHARACTERS = bytes(code for code in range(0x20) if code not in (0x02, 0x09, 0x0A, 0x0D))
_NO_CHARACTER_AT_ALL = re.compile(b"\xef\xbf[\xbe\xbf]")
#: What stands between two values, and what becomes of it. A row begins a line with "!".
_TAGS = {
    b'</t></is></c><c r="': b"\n",
    b'</v></c><c r="': b"\n",
    b' t="inlineStr"><is><t>': b"i>",
    b'"><v>': b'">',
    b'"><c r="': b'">\n',
    b"</v></c></row>": b"\n",
    b"</t></is></c></row>": b"\n",
    b'<row r="': b"!",
}
#: Further ones, where the first left something: cells and rows that are empty, texts that keep their spaces.
_RARER_TAGS = {
    b'" />': b'"/>',
    b' t="inlineStr"><is><t xml:space="preserve">': b"i>",
    b'"/><c r="': b'"/>\n',
    b'"/></row>': b'"/>\n',
    b'"></row>': b'">\n',
    b'"/>!': b'"/>\n!',
}
#: Tags that open and those that close the same: a text, a value.
_PAIRS = (
    (
        (b' t="inlineStr"><is><t>', b' t="inlineStr"><is><t xml:space="preserve">'),
        (b'</t></is></c><c r="', b"</t></is></c></row>"),
    ),
    ((b'"><v>',), (b'</v></c><c r="', b"</v></c></row>")),
)
_ROW_STARTS, _ROW_ENDS = b'<row r="', (b"</v></c></row>", b"</t></is></c></row>", b'"/></row>', b'"></row>')
#: A formula that somebody calculated.
_FORMULA = re.compile(rb"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)(?=<v>[^<])")
_OTHER_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
#: A character by its number, as lxml writes every Chinese one. Those of ASCII may be markup, and stay.
_NUMBERED = re.compile(rb"&#([1-9][0-9]{2,6});")
#: The entities that everybody knows, the ampersand last.
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_DECLARED = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([^\"']+)")
_HEAD = 200
_ESCAPE = re.compile(rb"_x[0-9A-Fa-f]{4}_")


class NotUsual(Exception):
    """These rows are for the careful reader."""


def is_utf8(start: bytes) -> bool:
    """Whether a part that begins so does not say that it is in another encoding."""
    declared = _DECLARED.search(start[:_HEAD])
    return declared is None or declared[1].lower() == b"utf-8"


def lines_of(rows: bytes, book: Book) -> tuple[bytes, int]:
    """A line for each row and each cell: what it is, ``>``, its value. And how many rows must say of themselves that they end."""
    if b"\r" in rows or BREAK in rows:
        raise NotUsual
    if b"\n" in rows:
        rows = rows.replace(b"\n", BREAK)
    if b"&#" in rows:
        rows = _NUMBERED.sub(_character, rows)
    # One character is found ten times faster than two, and there is no other "f" in most sheets.
    if b"f" in rows and b"<f" in rows:
        if book.recalculates:
            raise NotUsual
        rows = _FORMULA.sub(b"", rows)
    found: Counter[bytes] = Counter()
    lines = _replaced(rows, _TAGS, found)
    if b"<" in lines or b"/>" in lines:
        lines = _replaced(lines, _RARER_TAGS, found)
        if lines.endswith(b'"/>'):
            lines += b"\n"
    check_characters(lines)
    if any(sum(found[tag] for tag in opening) != sum(found[tag] for tag in closing) for opening, closing in _PAIRS):
        raise NotUsual
    return lines, found[_ROW_STARTS] - sum(found[tag] for tag in _ROW_ENDS)


def _character(reference: re.Match[bytes]) -> bytes:
    """The character that a number stands for; the reference where it is not usual."""
    code = int(reference[1])
    usual = 0xA0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code).encode() if usual else reference[0]


def _replaced(text: bytes, changes: Mapping[bytes, bytes], found: Counter[bytes]) -> bytes:
    """The text with the tags replaced; ``found`` counts them."""
    # Arrow does this faster than Python, and outside the interpreter's lock.
    array = pa.array([text], pa.large_binary())
    length = len(text)
    for old, new in changes.items():
        array = pc.replace_substring(array, old, new)
        before, length = length, len(array[0].as_buffer())
        found[old] += (before - length) // (len(old) - len(new)) if len(old) != len(new) else 0
    return bytes(array[0].as_buffer())


def check_characters(lines: bytes) -> None:
    """Raise :class:`NotUsual` for a tag that is left, and for what XML or Excel write for another character."""
    if b"<" in lines or len(lines.translate(None, _NO_CHARACTERS)) != len(lines):
        raise NotUsual
    if b"&" in lines and _OTHER_ENTITY.search(lines):
        raise NotUsual
    if b"_" in lines and _ESCAPE.search(lines):
        raise NotUsual
    if b"\xef" in lines and _NO_CHARACTER_AT_ALL.search(lines):
        raise NotUsual
