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
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|style)\b", re.IGNORECASE)
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
#: Control characters that no text file has; the others are NUL (the csv reader names its line), TAB, LF, VT, FF, CR, SUB, ESC.
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
#: More than one NUL in so many bytes: not a text with an accident in it.
_BYTES_PER_NUL = 50

_NAMES = {
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "csv": frozenset({".csv", ".tsv", ".tab", ".txt"}),
}


class Format(Enum):
    """The formats that are read."""

    XLSX = "xlsx"
    CSV = "csv"


def look_at_file(path: Path) -> Format:
    """The format of a file, or :class:`InputRefused` with the way out for a format that is not read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            raise InputRefused("file-empty")
        if head.startswith(_ZIP):
            return Format.XLSX
        if head.startswith(_OLE):
            file.seek(0)
            raise InputRefused(_name_of_compound(iter(lambda: file.read(_CHUNK), b"")))
    return _look_at_text(head)


def fits_its_name(path: Path, found: Format) -> bool:
    """The file's suffix is one that people give to this format."""
    return path.suffix.lower() in _NAMES[found.value]


def _name_of_compound(chunks: Iterator[bytes]) -> str:
    """The code for a compound file: names of its streams stand in UTF-16 in directory sectors that can be anywhere."""
    old = False
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        if _ENCRYPTED in window:
            return "workbook-encrypted"
        old = old or any(name in window for name in _XLS_STREAMS)
        tail = window[-len(_ENCRYPTED) :]
    return "format-xls" if old else "format-unknown"


def _look_at_text(head: bytes) -> Format:
    if head.startswith(_UTF16_MARKS):
        text = head.decode("utf-16", errors="replace")
    else:
        if _CONTROL.search(head) or head.count(0) * _BYTES_PER_NUL > len(head) or head.startswith(b"%PDF"):
            raise InputRefused("format-unknown")
        text = head.removeprefix(_UTF8_MARK).decode("latin-1")
    start = text.lstrip()
    if start.startswith("<?xml") and _XML_2003 in text:
        raise InputRefused("format-xml-2003")
    if start.startswith("<") and _HTML.search(start):
        raise InputRefused("format-html")
    if start[:13].lower() == "mime-version:":
        raise InputRefused("format-html")
    if start.startswith("<?xml"):
        raise InputRefused("format-unknown")
    return Format.CSV
