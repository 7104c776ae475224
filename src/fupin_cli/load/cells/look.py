"""What a file is, by its content. Its name is only compared, never believed."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from fupin_cli.errors import InputRefused

#: Enough of a file to know a text, an XML or an HTML file by.
_HEAD = 8192
_CHUNK = 1 << 20

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARQUET = b"PAR1"
_PDF = b"%PDF"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names of streams in compound files, as their directory holds them.
_ENCRYPTED, _WORKBOOK, _OLD_WORKBOOK, _DOCUMENT = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument")
)
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|style|tr|td|div)\b", re.IGNORECASE)
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
#: A web page in one file begins as a mail does.
_MAIL = re.compile(r"(?:(?:mime-version|from|subject|date|x-[\w-]+):[^\n]*\n\s*)*?(?:mime-version|content-type):", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
#: Control characters that no text file has; the others are NUL (the csv reader names its line), TAB, LF, VT, FF, CR, SUB, ESC.
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
#: More than one NUL in so many bytes: not a text with an accident in it.
_BYTES_PER_NUL = 50


class Format(Enum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    XML_2003 = "xml-2003"
    PARQUET = "parquet"
    CSV = "csv"


#: The suffixes that people give to each format; Excel itself saves web pages and XML under these.
_NAMES = {
    Format.XLSX: frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    Format.XLS: frozenset({".xls", ".xlt", ".et", ".ett"}),
    Format.HTML: frozenset({".html", ".htm", ".mht", ".mhtml"}),
    Format.XML_2003: frozenset({".xml"}),
    Format.PARQUET: frozenset({".parquet", ".pq"}),
    Format.CSV: frozenset({".csv", ".tsv", ".tab", ".txt"}),
}
#: All of them.
SUFFIXES = frozenset().union(*_NAMES.values())


def look_at_file(path: Path) -> Format:
    """The format of a file, or :class:`InputRefused` with the way out for a format that is not read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            raise InputRefused("file-empty")
        if head.startswith(_ZIP):
            return Format.XLSX
        if head.startswith(_PARQUET):
            return Format.PARQUET
        if head.startswith(_OLE):
            file.seek(0)
            return _look_at_compound(iter(lambda: file.read(_CHUNK), b""))
    return _look_at_text(head)


def fits_its_name(path: Path, found: Format) -> bool:
    """The file's suffix is one that people give to this format."""
    return path.suffix.lower() in _NAMES[found]


def _look_at_compound(chunks: Iterator[bytes]) -> Format:
    """A compound file: names of its streams stand in UTF-16 in directory sectors that can be anywhere."""
    workbook = document = False
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        if _ENCRYPTED in window:
            raise InputRefused("workbook-encrypted")
        workbook = workbook or _WORKBOOK in window or _OLD_WORKBOOK in window
        document = document or _DOCUMENT in window
        tail = window[-len(_ENCRYPTED) :]
    # A document may hold a workbook; a workbook's texts may name a document's stream, but hardly so.
    if document:
        raise InputRefused("format-document")
    if not workbook:
        raise InputRefused("format-unknown")
    return Format.XLS


def _look_at_text(head: bytes) -> Format:
    if head.startswith(_PDF):
        raise InputRefused("format-document")
    if head.startswith(_UTF16_MARKS):
        text = head.decode("utf-16", errors="replace")
    else:
        if head.count(0) * _BYTES_PER_NUL > len(head):
            raise InputRefused("format-utf-16" if _is_utf_16(head) else "format-unknown")
        if _CONTROL.search(head):
            raise InputRefused("format-unknown")
        text = head.removeprefix(_UTF8_MARK).decode("latin-1")
    start = text.lstrip()
    if start.startswith("<"):
        return _look_at_markup(start)
    return Format.HTML if _MAIL.match(start) else Format.CSV


def _look_at_markup(text: str) -> Format:
    at = 0
    while before := _BEFORE_ROOT.match(text, at):
        at = before.end()
    root = _ROOT.match(text, at)
    if root is not None and root[1] == "Workbook" and _XML_2003 in text:
        return Format.XML_2003
    if _HTML.search(text):
        return Format.HTML
    if text.startswith("<?xml"):
        raise InputRefused("format-unknown")
    return Format.CSV


def _is_utf_16(head: bytes) -> bool:
    """Text whose bytes come in pairs, one of each pair of ASCII being NUL: which one comes first only a mark can say."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    return min(odd, even) == 0 and any(mark in head for mark in (b"\n\0", b"\0\n", b",\0", b"\0,", b"\t\0", b"\0\t"))
