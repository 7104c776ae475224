"""Columns of a type as columns of cells, a whole column at a time."""

import functools
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.cells.grid import Cell, one_kind
from fupin_cli.load.cells.values import NOT_A_VALUE, UNSEEN, moment_text, number_text
from fupin_cli.model.cells import GridColumn, Kind

#: Longest shortest decimal of a double that Excel shows in full: 15 digits and a point.
_SHOWN_IN_FULL = 16
#: Below it a whole double has at most 15 digits.
_WHOLE_IN_FULL = 1e15
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a cell has no time zone
#: Days since then of the first and last that a calendar with years of four digits has.
_FIRST_DAY, _LAST_DAY = (day.toordinal() - _EPOCH.toordinal() for day in (date.min, date.max))
#: Between which texts those stand that begin with a character that nobody sees: before the first letter and digit, and in the
#: blocks below and above those of Chinese characters. To compare takes less time than to look a character up.
_FIRST_SEEN, _BLOCKS = "!", (("\x7f", "\u4000"), ("\ue000", "\U0010ffff"))


def blanks(column: pa.Array) -> GridColumn:
    """A column without a value."""
    return one_kind_column(pa.nulls(len(column), pa.string()), Kind.BLANK)


def one_kind_column(text: pa.StringArray, kind: Kind) -> GridColumn:
    """A column in which every value that is there is of one kind."""
    if not text.null_count:
        return GridColumn(text, one_kind(kind, len(text)))
    kinds = pc.multiply(pc.cast(text.is_valid(), pa.uint8()), pa.scalar(int(kind), pa.uint8()))
    return GridColumn(text, kinds)


def texts(column: pa.Array) -> GridColumn:
    """Texts; one that nobody sees is blank."""
    text = column.cast(pa.string())
    # Few texts begin with a character that nobody sees; only a column that may have one is looked at in full.
    if any(pc.any(among).as_py() for among in _where_unseen(text)):
        text = pc.if_else(pc.equal(pc.utf8_trim(text, characters=UNSEEN), ""), pa.scalar(None, pa.string()), text)
    return one_kind_column(text, Kind.TEXT)


def _where_unseen(text: pa.StringArray) -> Iterator[pa.BooleanArray]:
    """Of each of these blocks which texts begin with one of its characters, the empty text too."""
    yield pc.less(text, _FIRST_SEEN)
    for first, last in _BLOCKS:
        yield pc.and_(pc.greater_equal(text, first), pc.less(text, last))


def numbers(column: pa.Array) -> GridColumn:
    """Finite doubles."""
    if pc.all(pc.and_(pc.equal(pc.trunc(column), column), pc.less(pc.abs(column), _WHOLE_IN_FULL)), min_count=0).as_py():
        # Years, counts, most sums of money: as whole numbers they are written three times faster.
        return one_kind_column(pc.cast(pc.cast(column, pa.int64()), pa.string()), Kind.NUMBER)
    # Arrow writes the shortest decimal that is this double. With at most 15 digits it is also what 15 digits show.
    text = pc.cast(column, pa.string())
    odd = pc.or_(pc.match_substring(text, "e"), pc.starts_with(text, "-0"))
    long = pc.or_(odd, pc.greater(pc.binary_length(text), _SHOWN_IN_FULL))
    # ".0" ends only whole numbers: a shortest decimal has no zero to spare.
    text = pc.if_else(pc.ends_with(text, ".0"), pc.utf8_slice_codeunits(text, 0, -2), text)
    if pc.any(long).as_py():
        exact = pa.array([number_text(value) for value in column.filter(long).to_pylist()], pa.string())
        text = pc.replace_with_mask(text, pc.fill_null(long, False), exact)
    return one_kind_column(text, Kind.NUMBER)


def truths(column: pa.Array) -> GridColumn:
    """Truth values."""
    return one_kind_column(pc.if_else(column, "TRUE", "FALSE"), Kind.BOOL)


def moments(column: pa.Array) -> GridColumn:
    """Timestamps in milliseconds, without a zone, rounded to the second."""
    days = column.cast(pa.date32())
    if pc.all(pc.equal(days.cast(column.type), column), min_count=0).as_py() and _within_the_calendar(days):
        # Midnights need no time of day: Arrow writes a day as ISO does.
        return one_kind_column(days.cast(pa.string()), Kind.DATE)
    return each(column.cast(pa.int64()), _moment)


def _within_the_calendar(days: pa.Array) -> bool:
    ends = pc.min_max(days.cast(pa.int32()))
    return ends["min"].as_py() is None or (ends["min"].as_py() >= _FIRST_DAY and ends["max"].as_py() <= _LAST_DAY)


def each(column: pa.Array, read: Callable[[Any], Cell]) -> GridColumn:
    """A column whose distinct values are read one by one: many rows share a day."""
    coded = column.dictionary_encode()
    cells = [read(value) for value in coded.dictionary.to_pylist()]
    text = pa.array([text for text, _ in cells], pa.string()).take(coded.indices)
    kind = pa.array([kind for _, kind in cells], pa.uint8()).take(coded.indices)
    return GridColumn(text, pc.fill_null(kind, int(Kind.BLANK)))


def without_blank_rows(rows: pa.Int32Array, columns: Sequence[GridColumn]) -> tuple[pa.Int32Array, Sequence[GridColumn]]:
    """The rows that hold something."""
    if not columns:
        return rows.slice(0, 0), columns
    used = functools.reduce(pc.or_, (column.text.is_valid() for column in columns))
    if pc.all(used).as_py():
        return rows, columns
    return rows.filter(used), [GridColumn(column.text.filter(used), column.kind.filter(used)) for column in columns]


def _moment(milliseconds: int) -> Cell:
    try:
        return moment_text(_EPOCH + timedelta(seconds=(milliseconds + 500) // 1000)), int(Kind.DATE)
    except OverflowError:
        return NOT_A_VALUE, int(Kind.ERROR)
