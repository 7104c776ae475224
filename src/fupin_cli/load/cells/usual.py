"""Rows as Excel, WPS and the usual libraries write them, a block at a time: the careful reader's answer in a tenth of its time.

What is not as usual (see ``lines``) leaves its block to the careful reader.
"""

import contextlib
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from fupin_cli.load.cells.book import TRUE, Book
from fupin_cli.load.cells.careful import LAST_COLUMN, LAST_ROW, CellReader
from fupin_cli.load.cells.columns import blanks, numbers, texts, without_blank_rows
from fupin_cli.load.cells.grid import one_kind
from fupin_cli.load.cells.lines import BREAK, ENTITIES, NotUsual, lines_of
from fupin_cli.model.cells import GridColumn, Kind

_LETTERS = re.compile(r"[A-Z]{1,3}|!")
_LONGEST_LETTERS = 4
_LONGEST_LINE = 1 << 30
_REFERENCE = r'^(?:[A-Z]{1,3}|!)(?P<digits>[1-9][0-9]{0,6})(?P<said>".*)$'
_QUOTE = b'"'
_LAST_OF_ONE_LETTER, _LAST_OF_TWO_LETTERS = 26, 26 + 26 * 26
_CELL = re.compile(r'"(?: s="(?P<s>\d{1,5})")?(?: t="(?P<t>n|s|b|str|e)")?(?: s="(?P<s2>\d{1,5})")?(?P<end>[i/]?)')
_ROW = re.compile(r'"(?: [A-Za-z][A-Za-z0-9:]*="[^"&]*")*/?')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
#: With fewer cells, one after the other is read as fast.
CELLS_PER_COLUMN = 16
#: Bytes of texts that a block may come to when cells repeat long ones.
_LARGEST = 64 << 20

_PARSE = pacsv.ParseOptions(delimiter=">", quote_char=False, escape_char=False, ignore_empty_lines=False)
_CONVERT = pacsv.ConvertOptions(column_types={"key": pa.binary(), "value": pa.string()}, strings_can_be_null=False)


class Block(NamedTuple):
    """Some rows of a sheet."""

    #: The numbers of the first and the last row, empty ones too.
    first: int
    last: int
    #: The rows that hold something, and their columns by number.
    rows: pa.Int32Array
    columns: Mapping[int, GridColumn]
    hidden: Sequence[int]


@dataclass(frozen=True)
class _Form:
    """What a cell's attributes say."""

    #: Its type as the file writes it, ``inlineStr`` for a text that stands in the cell, empty for a cell without a value.
    type: str
    style: str | None


class UsualReader:
    """Turns rows into blocks of columns; several may be read beside each other."""

    def __init__(self, book: Book, strings: pa.StringArray, cells: CellReader) -> None:
        """``strings`` are the workbook's shared texts; ``cells`` says what a single cell is, and is used for nothing else."""
        self._book, self._strings, self._cells = book, strings, cells
        self._lengths = pc.cast(pc.binary_length(strings), pa.int64())
        self._one = threading.Lock()

    def read(self, rows: Sequence[bytes]) -> Block:
        """A block of rows from XML in pieces of whole rows. Raises :class:`NotUsual`."""
        parts = [lines_of(some, self._book) for some in rows]
        lines = b"".join(part for part, _ in parts)
        try:
            table = pacsv.read_csv(
                pa.py_buffer(lines),
                pacsv.ReadOptions(use_threads=False, block_size=len(lines) + 1, column_names=["key", "value"]),
                _PARSE,
                _CONVERT,
            )
            key, value = (column.combine_chunks() for column in table.columns)
            return self._block(key, _plain(value, lines), sum(ends for _, ends in parts))
        except pa.ArrowInvalid as error:
            raise NotUsual from error

    def _block(self, key: pa.BinaryArray, value: pa.StringArray, self_ended: int) -> Block:
        columns = _columns(key)
        is_row = pc.equal(columns, 0)
        _check_order(is_row, columns)
        # The same column's cells beside each other, in the order of their rows; rows themselves come first.
        order = pc.array_sort_indices(columns)
        place = pc.subtract(pc.cumulative_sum(pc.cast(is_row, pa.int32())), 1).take(order)
        counts = pc.value_counts(columns.take(order)).to_pylist()
        if len(key) < CELLS_PER_COLUMN * len(counts):
            raise NotUsual
        key, value = key.take(order), value.take(order)
        height = counts[0]["counts"]
        rows, said = _row_numbers(key.slice(0, height), 1)
        if height > 1 and not pc.all(pc.greater(rows.slice(1), rows.slice(0, height - 1))).as_py():
            raise NotUsual
        if rows[-1].as_py() > LAST_ROW:
            raise NotUsual
        found: dict[int, tuple[pa.Int32Array, GridColumn]] = {}
        start = height
        for count in counts[1:]:
            column, length = count["values"], count["counts"]
            numbered, attributes = _row_numbers(key.slice(start, length), _width(column))
            where = place.slice(start, length)
            if not numbered.equals(rows if length == height else rows.take(where)):
                raise NotUsual
            found[column - 1] = where, self._values(attributes.dictionary_encode(), value.slice(start, length))
            start += length
        return Block(rows[0].as_py(), rows[-1].as_py(), *_spread(rows, found), _hidden(said, rows, self_ended))

    def _values(self, said: pa.DictionaryArray, value: pa.StringArray) -> GridColumn:
        """Text and kind of every cell of a column."""
        groups: dict[_Form, list[int]] = {}
        for code, attributes in enumerate(said.dictionary.to_pylist()):
            groups.setdefault(self._form(attributes.decode("latin-1")), []).append(code)
        if len(groups) == 1:
            return self._read(next(iter(groups)), value)
        text: pa.Array = pa.nulls(len(value), pa.string())
        kind: pa.Array = one_kind(Kind.BLANK, len(value))
        for form, codes in groups.items():
            mask = pc.is_in(said.indices, value_set=pa.array(codes, pa.int32()))
            read = self._read(form, value.filter(mask))
            text = pc.replace_with_mask(text, mask, read.text)
            kind = pc.replace_with_mask(kind, mask, read.kind)
        return GridColumn(text, kind)

    def _form(self, said: str) -> _Form:
        found = _CELL.fullmatch(said)
        if found is None or (found["s"] and found["s2"]) or (found["t"] and found["end"] == "i"):
            raise NotUsual
        style = found["s"] or found["s2"]
        if found["end"] == "/":
            return _Form("", None)
        if found["end"] == "i":
            return _Form("inlineStr", None)
        kind = found["t"] or "n"
        shown = self._book.styles[int(style)] if style is not None and int(style) < len(self._book.styles) else None
        # Cells that look different and are the same are read together.
        special = kind == "n" and shown is not None and (shown.as_date or shown.as_percent)
        return _Form(kind, style if special else None)

    def _read(self, form: _Form, value: pa.StringArray) -> GridColumn:
        if not form.type:
            return blanks(value)
        if form.type in ("inlineStr", "str"):
            return texts(value)
        if form.type == "s":
            return texts(self._shared(value))
        if form.type == "n" and form.style is None:
            # An empty value is none.
            given = pc.if_else(pc.equal(value, ""), pa.scalar(None, pa.string()), value)
            with contextlib.suppress(pa.ArrowInvalid):
                doubles = pc.cast(given, pa.float64())
                if pc.all(pc.is_finite(doubles)).as_py() is not False:
                    return numbers(doubles)
        return self._one_by_one(form, value)

    def _shared(self, value: pa.StringArray) -> pa.StringArray:
        index = pc.cast(value, pa.int32())
        ends = pc.min_max(index).as_py()
        if not 0 <= ends["min"] <= ends["max"] < len(self._strings):
            raise NotUsual
        if pc.sum(self._lengths.take(index)).as_py() > _LARGEST:
            raise NotUsual
        return self._strings.take(index)

    def _one_by_one(self, form: _Form, value: pa.StringArray) -> GridColumn:
        """Each distinct value as the careful reader reads it."""
        coded = value.dictionary_encode()
        with self._one:
            cells = [self._cells.cell_of(form.type, form.style, one, formula=None) for one in coded.dictionary.to_pylist()]
        text = pa.array([None if cell is None else cell[0] for cell in cells], pa.string())
        kind = pa.array([int(Kind.BLANK) if cell is None else cell[1] for cell in cells], pa.uint8())
        return GridColumn(text.take(coded.indices), kind.take(coded.indices))


def _plain(value: pa.StringArray, lines: bytes) -> pa.StringArray:
    if BREAK in lines:
        value = pc.replace_substring(value, BREAK.decode(), "\n")
    if b"&" in lines:
        for entity, character in ENTITIES:
            value = pc.replace_substring(value, entity, character)
    return value


def _columns(key: pa.BinaryArray) -> pa.Int32Array:
    """The number of the column of each line, 0 for a row's own line."""
    starts = pc.binary_slice(key, 0, _LONGEST_LETTERS).dictionary_encode()
    numbers_ = []
    for start in starts.dictionary.to_pylist():
        letters = _LETTERS.match(start.decode("latin-1"))
        column = 0
        for letter in letters[0] if letters is not None and letters[0] != "!" else "":
            column = column * 26 + ord(letter) - ord("A") + 1
        if letters is None or column > LAST_COLUMN:
            raise NotUsual
        numbers_.append(column)
    return pa.array(numbers_, pa.int32()).take(starts.indices)


def _width(column: int) -> int:
    """How many letters a column has."""
    return 1 if column <= _LAST_OF_ONE_LETTER else 2 if column <= _LAST_OF_TWO_LETTERS else 3


def _check_order(is_row: pa.BooleanArray, columns: pa.Int32Array) -> None:
    """The first line is a row's, and in each row no column comes twice."""
    grows = pc.greater(columns.slice(1), columns.slice(0, len(columns) - 1))
    if not (len(columns) and is_row[0].as_py() and pc.all(pc.or_(is_row.slice(1), grows), min_count=0).as_py()):
        raise NotUsual


def _row_numbers(key: pa.BinaryArray, letters: int) -> tuple[pa.Int32Array, pa.BinaryArray]:
    """The number of the row in each reference of one column, and what follows: a quote, and what is said of the cell."""
    end = key[0].as_py().find(_QUOTE)
    digits = end - letters
    if not 0 < digits <= len(str(LAST_ROW)):
        raise NotUsual
    # Without an end Arrow reckons with one below zero where nothing follows; so long is no line.
    said = pc.binary_slice(key, end, _LONGEST_LINE)
    if all(text.startswith(_QUOTE) for text in pc.unique(said).to_pylist()):
        numbered = pc.cast(pc.cast(pc.binary_slice(key, letters, end), pa.string()), pa.int32())
        # As many characters as digits: there is no sign and no leading zero.
        if pc.min(numbered).as_py() < 10 ** (digits - 1):
            raise NotUsual
        return numbered, said
    # Some have one digit more.
    split = pc.extract_regex(pc.cast(key, pa.string()), _REFERENCE)
    if split.null_count:
        raise NotUsual
    return pc.cast(pc.struct_field(split, "digits"), pa.int32()), pc.cast(pc.struct_field(split, "said"), pa.binary())


def _hidden(said: pa.BinaryArray, rows: pa.Int32Array, self_ended: int) -> list[int]:
    """The rows that say of themselves that they are hidden; so many must say that they end where they begin."""
    if pc.sum(pc.ends_with(said, b"/")).as_py() != self_ended:
        raise NotUsual
    coded = said.dictionary_encode()
    hidden = []
    for code, said_of in enumerate(coded.dictionary.to_pylist()):
        text = said_of.decode("latin-1")
        attributes = _ATTRIBUTE.findall(text)
        names = [name for name, _ in attributes]
        if not _ROW.fullmatch(text) or len({*names, "r"}) != len(names) + 1 or any(name.startswith("xml") for name in names):
            raise NotUsual
        if dict(attributes).get("hidden", "0") in TRUE:
            hidden.append(code)
    if not hidden:
        return []
    return list(rows.filter(pc.is_in(coded.indices, value_set=pa.array(hidden, pa.int32()))).to_pylist())


def _spread(
    rows: pa.Int32Array, found: Mapping[int, tuple[pa.Int32Array, GridColumn]]
) -> tuple[pa.Int32Array, dict[int, GridColumn]]:
    """Columns of all rows from those of the rows that have a cell; without rows that hold nothing."""
    everywhere = pa.arange(0, len(rows)).cast(pa.int32())
    columns: dict[int, GridColumn] = {}
    for column, (place, part) in found.items():
        if len(place) < len(rows):
            index = pc.index_in(everywhere, value_set=place)
            columns[column] = GridColumn(part.text.take(index), pc.fill_null(part.kind.take(index), int(Kind.BLANK)))
        elif part.text.null_count < len(rows):
            columns[column] = part
    used, kept = without_blank_rows(rows, list(columns.values()))
    return used, dict(zip(columns, kept, strict=True))
