"""A sheet's XML cut into its rows, some thousand at a time, and what stands around them."""

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

OPENS = b"<sheetData>"
CLOSES = b"</sheetData>"
#: Bytes of rows that are read together: enough to be worth it, few enough to be at hand.
BLOCK = 8 << 20
_LONGEST_START = 4 << 20
_LONGEST_ROW = 8 << 20


class Piece(NamedTuple):
    """A part of a sheet's XML; all of them together are the whole."""

    #: Rows come as they were inflated, a megabyte after the other, so that they are still at hand for whoever works on them.
    xml: tuple[bytes, ...]
    #: Nothing but whole rows.
    are_rows: bool


def pieces(chunks: Iterable[bytes]) -> Iterator[Piece]:
    """Cut a sheet's XML: what stands before the rows up to and with ``<sheetData>``, blocks of whole rows, the rest.

    Only ``<sheetData>`` as the usual programs write it is known; XML without it is one long rest.
    """
    rest = iter(chunks)
    start = b""
    for chunk in rest:
        start += chunk
        at = start.find(OPENS)
        if at >= 0:
            yield Piece((start[: at + len(OPENS)],), are_rows=False)
            yield from _rows(start[at + len(OPENS) :], rest)
            return
        if len(start) > _LONGEST_START:
            break
    yield Piece((start,), are_rows=False)
    for chunk in rest:
        yield Piece((chunk,), are_rows=False)


def _rows(carry: bytes, rest: Iterator[bytes]) -> Iterator[Piece]:
    """Blocks of rows, from the first row on."""
    gathered: list[bytes] = []
    length = 0
    for chunk in itertools.chain([b""], rest):
        window = carry + chunk
        # One character is found ten times faster than a word, and there is no "h" in the tags of cells.
        end = window.find(CLOSES) if b"h" in window else -1
        closed = end >= 0
        if not closed:
            end = max(window.rfind(b"<row"), 0)
        if end:
            gathered.append(window[:end])
        length += end
        carry = window[end:]
        if closed or length >= BLOCK or len(carry) > _LONGEST_ROW:
            if length:
                yield Piece(tuple(gathered), are_rows=True)
            gathered, length = [], 0
        if closed or len(carry) > _LONGEST_ROW:
            break
    if length:
        yield Piece(tuple(gathered), are_rows=True)
    yield Piece((carry,), are_rows=False)
    for chunk in rest:
        yield Piece((chunk,), are_rows=False)
