"""An old workbook (.xls) by hand: BIFF8 records in a compound file, as [MS-XLS] and [MS-CFB] have them."""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path

from faulttable.making import CANARY, text_rows, written

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_WORKBOOK, _SHEET = 0x0005, 0x0010
#: Codes of error cells, [MS-XLS] 2.5.10.
REF_ERROR = 0x17


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\1" + text.encode("utf-16-le")


def _cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    match value:
        case bytes():
            return _record(0x0205, place + value + b"\1")
        case int() | float():
            return _record(0x0203, place + struct.pack("<d", value))
        case _:
            return _record(0x0204, place + _text(str(value), "<H"))


def stream(rows: Sequence[Sequence[object]], *, password: bool = False) -> bytes:
    """The records of a workbook with the sheet 户; numbers become number cells, bytes error cells, all else texts."""
    bof = struct.pack("<HHHHLL", 0x0600, 0, 0x0DBB, 0x07CC, 0x41, 0x06)
    style = struct.pack("<HHHBBBBLLH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("Arial", "<B")
    head = _record(0x0809, bof[:2] + struct.pack("<H", _WORKBOOK) + bof[4:])
    head += _record(0x002F, bytes(54)) if password else b""
    head += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0031, font) + _record(0x00E0, style)
    name = _text("户", "<B")
    place = len(head) + 4 + 6 + len(name) + 4
    book = head + _record(0x0085, struct.pack("<LH", place, 0) + name) + _record(0x000A)
    cells = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None)
    return book + _record(0x0809, bof[:2] + struct.pack("<H", _SHEET) + bof[4:]) + cells + _record(0x000A)


def compound(content: bytes) -> bytes:
    """A compound file with the one stream Workbook, which begins right after the header."""
    content = content.ljust(4096, b"\0")
    count = -(-len(content) // _SECTOR)
    chain = [*range(1, count), _END, _END, _FAT]
    fat = struct.pack(f"<{_SECTOR // 4}L", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    directory = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 0, len(content)) + _entry("", 0, _FREE, 0, 0) * 2
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<LLLLLLLLL", 0, 1, count, 0, 4096, _END, 0, _END, 0) + struct.pack("<109L", count + 1, *[_FREE] * 108)
    return header + content.ljust(count * _SECTOR, b"\0") + directory + fat


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    return text.ljust(64, b"\0") + struct.pack("<HBBLLL36xLQ", len(text), kind, 1, _FREE, _FREE, child, start, size)


def old_book(
    name: str = "户.xls", *, password: bool = False, cut: int | None = None, **changed: object
) -> Callable[[Path], Path]:
    """The sound roster as an old workbook, with other cells in its first household by column letter."""
    numbers = {1, 4, 5}
    rows: list[list[object]] = [
        [float(text) if at in numbers and number else text for at, text in enumerate(row)]
        for number, row in enumerate(text_rows())
    ]
    for letter, value in changed.items():
        rows[1]["ABCDEFGH".index(letter)] = value
    return written(name, compound(stream(rows, password=password))[:cut])


ID_AS_NUMBER = float(CANARY)
