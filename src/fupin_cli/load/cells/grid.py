"""Columns of a sheet, built block by block so that a large sheet never exists as Python objects."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.merges import MAX_MERGES, checked
from fupin_cli.model.cells import GridColumn, Kind, Merge, Sheet

#: Kept rows times columns. A hundred thousand rows of 400 columns; one cell at XFD1 in a long sheet is refused, not stored.
MAX_CELLS = 40_000_000
#: Characters of long texts in one sheet. A short string referenced a million times is data, a long one is a bomb.
MAX_LONG_TEXT = 128 << 20
_LONG = 1000
_ROWS_PER_BLOCK = 4096
#: Merges that are noted before anyone counts the distinct ones.
_MOST_MERGES = 2 * MAX_MERGES

#: A cell's text and kind.
Cell = tuple[str, int]


class Grid:
    """Takes rows in order and gives a sheet."""

    def __init__(self, name: str, *, hidden: bool = False) -> None:
        self._name = name
        #: Nobody sees the sheet.
        self.hidden = hidden
        self._merged: list[Merge] = []
        #: Numbers of hidden rows, as they were seen.
        self.hidden_rows: set[int] = set()
        self._rows: list[pa.Int32Array] = []
        self._blocks: dict[int, dict[int, GridColumn]] = {}
        self._pending: list[int] = []
        self._texts: dict[int, list[str | None]] = {}
        self._kinds: dict[int, bytearray] = {}
        self._height = 0
        self._long_text = 0

    def add_row(self, number: int, cells: Mapping[int, Cell]) -> None:
        """Add a row by its number in the file and its nonblank cells; a row without any is left out."""
        if not cells:
            return
        at = len(self._pending)
        for column, (text, kind) in cells.items():
            texts = self._texts.get(column)
            if texts is None:
                texts = self._texts[column] = []
                self._kinds[column] = bytearray()
            kinds = self._kinds[column]
            if (gap := at - len(texts)) > 0:
                texts.extend([None] * gap)
                kinds.extend(bytes(gap))
            texts.append(text)
            kinds.append(kind)
            if len(text) > _LONG:
                self._note_long(len(text))
        self._pending.append(number)
        if len(self._pending) == _ROWS_PER_BLOCK:
            self._close_block()

    def add_columns(self, rows: pa.Int32Array, columns: Mapping[int, GridColumn]) -> None:
        """Add rows that are columns already, by their number; rows without a nonblank cell must not be among them."""
        if not len(rows):
            return
        self._close_block()
        for column in columns.values():
            lengths = pc.binary_length(column.text)
            if (pc.max(lengths).as_py() or 0) > _LONG:
                characters = pc.utf8_length(column.text.filter(pc.greater(lengths, _LONG)))
                self._note_long(pc.sum(characters.filter(pc.greater(characters, _LONG))).as_py() or 0)
        self._note_block(rows, dict(columns))

    def note_merge(self, merge: Merge) -> None:
        """Some cells are one."""
        self._merged.append(merge)
        if len(self._merged) > _MOST_MERGES:
            raise InputRefused("sheet-too-many-merges", sheet=self._name, limit=MAX_MERGES)

    def sheet(self) -> Sheet:
        """The finished sheet, with as many columns as the last used one. The grid is empty afterwards."""
        self._close_block()
        width = 1 + max((column for block in self._blocks.values() for column in block), default=-1)
        columns = []
        for column in range(width):
            parts = [
                block.pop(column) if column in block else _blank(len(rows))
                for rows, block in zip(self._rows, self._blocks.values(), strict=True)
            ]
            columns.append(GridColumn(_joined([part.text for part in parts]), _joined([part.kind for part in parts])))
        rows = _joined(self._rows) if self._rows else pa.array([], pa.int32())
        return Sheet(
            name=self._name,
            hidden=self.hidden,
            rows=rows,
            columns=columns,
            merged=checked(self._merged, self._name),
            hidden_rows=self._hidden_among(rows),
        )

    def _hidden_among(self, rows: pa.Int32Array) -> frozenset[int]:
        """The hidden rows that hold something."""
        if not self.hidden_rows:
            return frozenset()
        hidden = pa.array(sorted(self.hidden_rows), pa.int32())
        return frozenset(hidden.filter(pc.is_in(hidden, value_set=rows)).to_pylist())

    def _note_long(self, length: int) -> None:
        self._long_text += length
        if self._long_text > MAX_LONG_TEXT:
            raise InputRefused("sheet-too-much-text", sheet=self._name, limit=MAX_LONG_TEXT >> 20)

    def _close_block(self) -> None:
        if not self._pending:
            return
        height = len(self._pending)
        block = {}
        for column, texts in self._texts.items():
            kinds = self._kinds[column]
            if (gap := height - len(texts)) > 0:
                texts.extend([None] * gap)
                kinds.extend(bytes(gap))
            block[column] = GridColumn(pa.array(texts, pa.string()), kind_array(kinds))
        rows = pa.array(self._pending, pa.int32())
        self._pending, self._texts, self._kinds = [], {}, {}
        self._note_block(rows, block)

    def _note_block(self, rows: pa.Int32Array, block: dict[int, GridColumn]) -> None:
        self._height += len(rows)
        self._blocks[len(self._rows)] = block
        self._rows.append(rows)
        width = 1 + max((column for one in self._blocks.values() for column in one), default=-1)
        if self._height * width > MAX_CELLS:
            raise InputRefused("sheet-too-many-cells", sheet=self._name, rows=self._height, columns=width, limit=MAX_CELLS)


def kind_array(kinds: bytes | bytearray) -> pa.UInt8Array:
    """Kinds from one byte each."""
    return pa.Array.from_buffers(pa.uint8(), len(kinds), [None, pa.py_buffer(bytes(kinds))])


def one_kind(kind: Kind, length: int) -> pa.UInt8Array:
    """A column of one kind."""
    return kind_array(bytes([kind]) * length)


def _blank(length: int) -> GridColumn:
    return GridColumn(pa.nulls(length, pa.string()), one_kind(Kind.BLANK, length))


def _joined(parts: list[pa.Array]) -> pa.Array:
    return parts[0] if len(parts) == 1 else pa.concat_arrays(parts)
