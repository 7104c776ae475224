"""What the usual library does not tell of an old workbook: passwords, and formulas that nobody calculated.

An old workbook is a stream of records: two bytes say what a record is, two how long it is. Only the few that matter here are
looked at; the library reads the rest.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from fupin_cli.errors import InputRefused

_HEADER = struct.Struct("<HH")
_START, _END = 0x0809, 0x000A
_PASSWORD = 0x002F
_SHEET = 0x0085
_FORMULA = 0x0006
#: The version of Excel that calculated the workbook. Without it Excel calculates everything anew on opening: the file's writer
#: was another program, which may have left every formula at nothing.
_CALCULATED_BY = 0x01C1
#: The sheet was saved before its formulas were calculated.
_NOT_CALCULATED = 0x005E
#: Row, column, format, result, flags.
_FORMULA_START = struct.Struct("<HHH8sH")
#: "Calculate always" and "calculate when the file is opened": a program wrote the formula and left the value to Excel.
_TO_BE_CALCULATED = 0x0003
_ZERO = bytes(8)
_EMPTY_TEXT = b"\x03"
_NO_NUMBER = b"\xff\xff"
#: Position, visibility, whether it is a worksheet, a chart or a macro.
_SHEET_START = struct.Struct("<LBB")
_WORKSHEET = 0


@dataclass
class Stream:
    """A look at the records of a workbook."""

    #: Where the substream of each sheet begins, in the order of the sheets; charts are none.
    sheets: list[int] = field(default_factory=list)
    #: The cells, by row and column from 0, of the formulas without a value, for each sheet's place.
    uncalculated: dict[int, set[tuple[int, int]]] = field(default_factory=dict)


def look_at_stream(data: bytes) -> Stream:
    """Walk over the workbook's records. Raises :class:`InputRefused` for a password and for a stream that is cut off."""
    stream = Stream()
    calculated = False
    for at, kind, length in _records(data, 0):
        if kind == _PASSWORD:
            raise InputRefused("workbook-encrypted")
        calculated = calculated or kind == _CALCULATED_BY
        if kind == _SHEET and length >= _SHEET_START.size:
            position, _, sort = _SHEET_START.unpack_from(data, at)
            if sort == _WORKSHEET:
                stream.sheets.append(position)
    for position in stream.sheets:
        stream.uncalculated[position] = _uncalculated(data, position, believed=calculated)
    return stream


def _uncalculated(data: bytes, position: int, *, believed: bool) -> set[tuple[int, int]]:
    """Formulas whose value is the 0 or the empty text of a program that does not calculate."""
    to_be, with_nothing = set(), set()
    for at, kind, length in _records(data, position):
        if kind == _NOT_CALCULATED:
            believed = False
        elif kind == _FORMULA and length >= _FORMULA_START.size:
            row, column, _, value, flags = _FORMULA_START.unpack_from(data, at)
            if value == _ZERO or (value[:1] == _EMPTY_TEXT and value[6:] == _NO_NUMBER):
                with_nothing.add((row, column))
                if flags & _TO_BE_CALCULATED:
                    to_be.add((row, column))
    return to_be if believed else with_nothing


def _records(data: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """The records of one substream, without those of charts inside it: place of the content, kind, length."""
    depth = 0
    while True:
        if position + _HEADER.size > len(data):
            raise InputRefused("workbook-damaged", where="xls")
        kind, length = _HEADER.unpack_from(data, position)
        at = position + _HEADER.size
        position = at + length
        if kind == _START:
            depth += 1
        elif kind == _END:
            depth -= 1
        elif depth == 1:
            yield at, kind, length
        if depth <= 0:
            return
