"""Whether the fast reader would read a sheet as the careful one does.

Every chunk of the sheet's XML passes here once. Counting bytes costs a tenth of reading cells. What is not proved is read
carefully: a wrong guess costs time, never a cell. The look has two results: whether a native reader may see the sheet at all, and
what it must have found to be believed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fupin_cli.load.cells.book import TRUE, Book
from fupin_cli.load.cells.careful import LAST_ROW
from fupin_cli.load.cells.texts import StringsLook, texts_are_plain

#: Below this the careful reader is quick enough (inflated bytes).
SMALL = 2 << 20

_OPENS = b"<sheetData>"
_CLOSES = b"</sheetData>"
_ROW = b'<row r="'
_ROW_END = b"</row>"
_CELL = b'<c r="'
_LONGEST_START = 4 << 20
_LONGEST_ROW = 8 << 20
#: Merged cells, conditional formats and links of a sheet; half a million merges are 16 MB.
_LONGEST_END = 64 << 20
#: Letters of the furthest column that the fast reader may see: it takes memory for the whole extent of a sheet.
_WIDEST_FAST = 2
#: A sheet mostly of gaps takes the fast reader more memory than its cells do.
_GAPS = 8
_SMALL_EXTENT = 100_000
#: Bytes that shared texts may come to when cells repeat them; a long text is a note, a longer one in every cell is a bomb.
_LARGEST_REPEATED = 512 << 20
_NOTE = 1000

#: Error cells become blanks in the fast reader, ISO dates texts.
_UNLIKE_TYPES = re.compile(rb't="[ed]"')
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"(?: [A-Za-z:]+="[^"<>]*")*? hidden="(\w*)"')
_VALUE_IN_FIRST_COLUMN = re.compile(rb'<c r="A\d+"(?: s="\d+")?(?: t="\w+")?><(?:v|is)>')


@dataclass
class Proof:
    """Whether the fast reader reads every text as the careful one does, and how much it must have found."""

    plain: bool = True
    #: Elements whose names begin with "r".
    elements_r: int = 0
    #: Cells with a value, blank texts among them.
    values: int = 0
    last_row_with_value: int = 0
    first_column_used: bool = False
    #: There are no elements but rows, cells, values, formulas and inline texts.
    tags_known: bool = True


@dataclass
class SheetLook:
    """What the look at a sheet's XML showed."""

    #: Nothing was seen that the two readers would read differently, or that a native reader would break on.
    plain: bool = True
    length: int = 0
    cells: int = 0
    rows: int = 0
    last_row: int = 0
    width: int = 0
    #: Every row says its number and nothing else.
    bare_rows: bool = True
    #: Rows that say of themselves that they are hidden.
    hidden_rows: list[int] = field(default_factory=list)
    #: The sheet's XML without its rows; merged cells stand there.
    frame: Sequence[bytes] = ()
    #: What must be true of what the native reader found.
    proof: Proof = field(default_factory=Proof)
    #: Column letters of last cells, and the width that each stands for.
    widths: dict[bytes, int] = field(default_factory=dict)

    def fast(self, strings: StringsLook) -> bool:
        """The fast reader may try this sheet."""
        return (
            self.plain
            and strings.plain
            and self.length > SMALL
            and self.last_row * self.width <= _GAPS * self.cells + _SMALL_EXTENT
            and (strings.longest <= _NOTE or self.cells * strings.longest <= _LARGEST_REPEATED)
        )


def look_at_sheet(chunks: Iterable[bytes], book: Book) -> SheetLook:
    """Look through a sheet's XML, to its end in any case: the archive checks each chunk on the way."""
    look = SheetLook(plain=not book.date1904)
    doubtful = [str(index) for index, style in enumerate(book.styles) if style.doubtful]
    styles = re.compile(f' s="(?:{"|".join(doubtful)})"'.encode()) if doubtful else None
    rows = RowCutter()
    for chunk in chunks:
        look.length += len(chunk)
        if look.plain:
            some = rows.of(chunk)
            look.plain = (
                not rows.odd
                and _cells_are_like(some, styles, book)
                and _extent_is_known(some, look)
                and _hidden_are_known(some, look)
            )
            if look.plain and look.proof.plain:
                _look_for_proof(some, look.proof)
    # Every "<r" opens a numbered row: there is no rich text, and no row that only its place numbers.
    look.proof.plain = look.proof.plain and look.proof.tags_known and look.proof.elements_r == look.rows
    look.plain = look.plain and rows.closed
    look.frame = rows.frame
    return look


class RowCutter:
    """Cuts the rows out of a sheet's XML, whole ones at a time."""

    def __init__(self) -> None:
        #: This is not the XML that Excel, WPS and the usual libraries write.
        self.odd = False
        self.closed = False
        #: What stands before and after the rows.
        self.before = b""
        self.after: list[bytes] = []
        self._inside = False
        self._carry = b""
        self._length_after = 0

    @property
    def frame(self) -> Sequence[bytes]:
        """The sheet's XML without its rows."""
        return (self.before, _OPENS, _CLOSES, *self.after)

    def of(self, chunk: bytes) -> bytes:
        """The rows that end in this chunk."""
        window = self._carry + chunk
        if self.closed:
            self.odd = self.odd or _OPENS[:-1] in window
            self._carry = window[-len(_OPENS) :]
            self._keep(chunk)
            return b""
        if not self._inside:
            at = window.find(_OPENS)
            if at < 0:
                self._carry = window
                self.odd = len(window) > _LONGEST_START
                return b""
            self._inside = True
            self.before = window[:at]
            window = window[at + len(_OPENS) :]
        end = window.find(_CLOSES)
        if end >= 0:
            self.closed = True
            self._carry = window[end + len(_CLOSES) :]
            self.odd = self.odd or _OPENS[:-1] in self._carry
            self._keep(self._carry)
        else:
            end = max(window.rfind(b"<row"), 0)
            self._carry = window[end:]
            self.odd = len(self._carry) > _LONGEST_ROW
        return window[:end]

    def _keep(self, ending: bytes) -> None:
        self.after.append(ending)
        self._length_after += len(ending)
        self.odd = self.odd or self._length_after > _LONGEST_END


def _cells_are_like(rows: bytes, styles: re.Pattern[bytes] | None, book: Book) -> bool:
    if _UNLIKE_TYPES.search(rows) or (styles is not None and styles.search(rows)):
        return False
    # One character is found ten times faster than two, and there is no other "f" in most sheets.
    formulas = rows.count(b"<f") if b"f" in rows else 0
    if not formulas:
        return True
    calculated = rows.count(b"</f><v>") + rows.count(b"/><v>")
    return not book.recalculates and calculated == formulas and b"<v></v>" not in rows


def _extent_is_known(rows: bytes, look: SheetLook) -> bool:
    cells = rows.count(_CELL)
    if cells != rows.count(b"<c"):
        return False
    look.cells += cells
    before, *pieces = rows.split(_ROW)
    if before.strip():
        return False
    look.rows += len(pieces)
    for piece in pieces:
        # A row ends where the next begins: no cell stands between them, no row stands in a row.
        ending = piece.find(_ROW_END)
        if ending != len(piece) - len(_ROW_END) and (ending >= 0 or not piece.endswith(b"/>")):
            return False
        end = piece.find(b'"')
        number = piece[:end]
        if not number.isdigit() or not look.last_row < (row := int(number)) <= LAST_ROW:
            return False
        look.last_row = row
        look.bare_rows = look.bare_rows and piece[end + 1 : end + 2] == b">"
        at = piece.rfind(_CELL)
        if at < 0:
            continue
        reference = piece[at + len(_CELL) : piece.find(b'"', at + len(_CELL))]
        letters = reference[: -len(number)]
        if reference != letters + number or (letters not in look.widths and not _note_width(letters, look)):
            return False
    return True


def _hidden_are_known(rows: bytes, look: SheetLook) -> bool:
    """Note the hidden rows; False where the word stands in any other place, and rows have more than a number."""
    if look.bare_rows or b"hidden" not in rows:
        return True
    found = _HIDDEN_ROW.findall(rows)
    look.hidden_rows += [int(number) for number, value in found if value.decode() in TRUE]
    return len(found) == rows.count(b"hidden")


def _look_for_proof(rows: bytes, proof: Proof) -> None:
    inline, values, elements_r = rows.count(b"<is>"), rows.count(b"<v>"), rows.count(b"<r")
    proof.values += values + inline
    proof.elements_r += elements_r
    # Each element opens and closes, or does both at once; an inline text is two. What is left over is none that we know.
    known = 2 * (elements_r + rows.count(_CELL) + values + 2 * inline + (rows.count(b"<f") if b"f" in rows else 0))
    proof.tags_known = proof.tags_known and rows.count(b"<") + rows.count(b"/>") == known
    proof.first_column_used = proof.first_column_used or _VALUE_IN_FIRST_COLUMN.search(rows) is not None
    proof.plain = texts_are_plain(rows, tagged=bool(inline))
    ending = max(rows.rfind(b"<v>"), rows.rfind(b"<is>") if inline else -1)
    if ending >= 0:
        last = rows[rows.rfind(_ROW, 0, ending) + len(_ROW) :][:8].partition(b'"')[0]
        # A value before any row: there is no such sheet, and nothing of it is believed.
        proof.plain = proof.plain and last.isdigit()
        proof.last_row_with_value = int(last) if last.isdigit() else 0


def _note_width(letters: bytes, look: SheetLook) -> bool:
    """Note the column of a row's last cell; False where it is none, or too far out for the fast reader."""
    if not 1 <= len(letters) <= _WIDEST_FAST or not letters.isalpha() or not letters.isupper():
        return False
    width = 0
    for letter in letters:
        width = width * 26 + letter - ord("A") + 1
    look.widths[letters] = width
    look.width = max(look.width, width)
    return True
