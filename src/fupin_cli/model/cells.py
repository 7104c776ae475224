"""Cells and sheets as a reader hands them on, before anyone gives them a meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import pyarrow as pa


class Kind(IntEnum):
    """What a cell is in its file. The kind decides: an ID of kind NUMBER is damaged, whatever its digits."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3
    BOOL = 4
    ERROR = 5
    #: A formula that was never calculated: there is no value, and a written 0 is not one.
    UNCALCULATED = 6


@dataclass(frozen=True)
class GridColumn:
    """One column of a sheet: a text and a kind for each of the sheet's kept rows."""

    #: ``string`` array, one per row; null exactly where the kind is BLANK. A number's text is its value at 15 significant
    #: digits as Excel shows it (``2995.01``, never ``2995.0100000000002``; whole numbers without a point); a date's is ISO
    #: (``2018-05-01``, with `` HH:MM:SS`` only where the time is not midnight); a bool's TRUE or FALSE; an error's its code;
    #: an uncalculated formula's the formula. A number in a percent format is a NUMBER whose text is what it shows: ``10.2%``.
    text: pa.StringArray
    #: ``uint8`` array of :class:`Kind`, same length.
    kind: pa.UInt8Array

    def take(self, rows: pa.Array) -> "GridColumn":
        """The column with these rows only."""
        return GridColumn(self.text.take(rows), self.kind.take(rows))


@dataclass(frozen=True)
class Merge:
    """Cells merged into one: what stands in them stands in the upper left cell, the others are blank."""

    #: The sheet's row numbers, 1-based, both included.
    first_row: int
    last_row: int
    #: 0-based, both included.
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet with its cells. Rows without any cell content are left out; ``rows`` keeps every row's number in the file."""

    #: The sheet's name; empty for a file that has no sheets (csv).
    name: str
    hidden: bool
    #: ``int32`` array, increasing, 1-based: the sheet's row number (csv: the line on which the record starts).
    rows: pa.Int32Array
    #: Column A first. All have ``len(rows)`` values.
    columns: Sequence[GridColumn]
    #: Merged cells, in the order of their rows.
    merged: Sequence[Merge] = ()
    #: Numbers of rows that a filter or a hand has hidden; they are read like all others.
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: who it is and what it holds."""

    #: As the user wrote it, with forward slashes.
    path: str
    sha256: str
    #: ``xlsx``, ``xls``, ``xml-2003``, ``html``, ``csv`` or ``parquet``: by content, not by name.
    format: str
    #: Text encoding of a csv, else empty.
    encoding: str
    sheets: Sequence[Sheet]
    #: Codes of catalogue messages about the file as a whole (``extension-mismatch``, ``macros-ignored`` ...).
    warnings: Sequence[str] = ()


def column_letter(index: int) -> str:
    """Spreadsheet letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
