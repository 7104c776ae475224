"""A plain sheet through a native reader: the same answer as the careful one, in a third of the time.

The first rows (titles, headers) mix texts and numbers in one column and come from the careful reader. The rest is read with
every column's type taken from all of its cells; a column that has two kinds of cells is no column for this reader. At the end
the cells are counted: as many values as the look saw in the file, and the last of them in the row where it stood.
"""

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.cells.grid import Grid, one_kind
from fupin_cli.load.cells.scan import Proof
from fupin_cli.load.cells.values import UNSEEN, moment_text, number_text
from fupin_cli.model.cells import GridColumn, Kind

#: Longest shortest decimal of a double that Excel shows in full: 15 digits and a point.
_SHOWN_IN_FULL = 16
#: 1 March 1900, the first day on which Excel's calendar is right, and the year after its last.
_FIRST_SURE_DAY = datetime(1900, 3, 1)  # noqa: DTZ001 - a cell has no time zone
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
#: What a text that might be blank begins with, the empty one too.
_UNSEEN = ("", *UNSEEN)


class NotProved(Exception):
    """The fast reader cannot show that it read everything; the sheet is read carefully."""


def read_fast(path: Path, name: str, prove: Callable[[], Proof], grid: Grid, *, head: int, head_values: int) -> None:
    """Read a sheet's rows after row ``head`` into a grid that holds the rows up to there, with ``head_values`` values.

    ``prove`` looks at the sheet's XML a second time, while the native reader reads. Raises :class:`NotProved` before anything
    was added to the grid.
    """
    with ThreadPoolExecutor(1) as beside:
        proving = beside.submit(prove)
        batch = _load(path, name, head)
        proof = proving.result()
    found = head_values + sum(len(column) - column.null_count for column in batch.columns)
    if not (proof.plain and proof.first_column_used and found == proof.values):
        raise NotProved
    if not _last_row_fits(batch, proof.last_row_with_value - head):
        raise NotProved
    rows = pa.array(range(head + 1, head + 1 + batch.num_rows), pa.int32())
    columns = [_reader_of(column.type)(column) for column in batch.columns]
    grid.add_columns(*_without_blank_rows(rows, columns))


def _load(path: Path, name: str, head: int) -> pa.RecordBatch:
    try:
        batch = fastexcel.read_excel(path).load_sheet(
            name, header_row=None, skip_rows=head, schema_sample_rows=None, dtype_coercion="strict", eager=True
        )
    except fastexcel.FastExcelError as error:
        raise NotProved from error
    return batch if isinstance(batch, pa.RecordBatch) else pa.record_batch(batch)


def _last_row_fits(batch: pa.RecordBatch, expected: int) -> bool:
    """The last row with a value stands where the look saw it; blank rows may follow it."""
    if not 0 < expected <= batch.num_rows:
        return False
    ending = batch.slice(expected - 1)
    blank_after = all(column.slice(1).null_count == len(column) - 1 for column in ending.columns)
    return blank_after and any(column[0].is_valid for column in ending.columns)


def _reader_of(kind: pa.DataType) -> Callable[[pa.Array], GridColumn]:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts
    if pa.types.is_float64(kind):
        return _numbers
    if pa.types.is_boolean(kind):
        return _truths
    if pa.types.is_timestamp(kind):
        return _moments
    if pa.types.is_null(kind):
        return lambda column: _column(pa.nulls(len(column), pa.string()), Kind.BLANK)
    raise NotProved


def _column(text: pa.StringArray, kind: Kind) -> GridColumn:
    """Every value that is there is of one kind."""
    if not text.null_count:
        return GridColumn(text, one_kind(kind, len(text)))
    kinds = pc.multiply(pc.cast(text.is_valid(), pa.uint8()), pa.scalar(int(kind), pa.uint8()))
    return GridColumn(text, kinds)


def _texts(column: pa.Array) -> GridColumn:
    text = column.cast(pa.string())
    # Few texts begin with a character that nobody sees; only a column that has one is looked at in full.
    if pc.any(pc.is_in(pc.utf8_slice_codeunits(text, 0, 1), value_set=pa.array(_UNSEEN, pa.string()))).as_py():
        text = pc.if_else(pc.equal(pc.utf8_trim(text, characters=UNSEEN), ""), pa.scalar(None, pa.string()), text)
    return _column(text, Kind.TEXT)


def _numbers(column: pa.Array) -> GridColumn:
    if pc.all(pc.is_finite(column)).as_py() is False:
        raise NotProved
    # Arrow writes the shortest decimal that is this double. With at most 15 digits it is also what 15 digits show.
    text = pc.cast(column, pa.string())
    odd = pc.or_(pc.match_substring(text, "e"), pc.starts_with(text, "-0"))
    long = pc.or_(odd, pc.greater(pc.binary_length(text), _SHOWN_IN_FULL))
    # ".0" ends only whole numbers: a shortest decimal has no zero to spare.
    text = pc.if_else(pc.ends_with(text, ".0"), pc.utf8_slice_codeunits(text, 0, -2), text)
    if pc.any(long).as_py():
        exact = pa.array([number_text(value) for value in column.filter(long).to_pylist()], pa.string())
        text = pc.replace_with_mask(text, pc.fill_null(long, False), exact)
    return _column(text, Kind.NUMBER)


def _truths(column: pa.Array) -> GridColumn:
    return _column(pc.if_else(column, "TRUE", "FALSE"), Kind.BOOL)


def _moments(column: pa.Array) -> GridColumn:
    first = pc.min(column).as_py()
    if first is not None and first < _FIRST_SURE_DAY:
        raise NotProved
    # Many rows share a day: each is written once.
    days = column.cast(pa.timestamp("ms")).dictionary_encode()
    seconds = [(ms + 500) // 1000 for ms in days.dictionary.cast(pa.int64()).to_pylist()]
    words = [moment_text(_EPOCH + timedelta(seconds=value)) for value in seconds]
    return _column(pa.array(words, pa.string()).take(days.indices), Kind.DATE)


def _without_blank_rows(rows: pa.Int32Array, columns: list[GridColumn]) -> tuple[pa.Int32Array, list[GridColumn]]:
    used = functools.reduce(pc.or_, (column.text.is_valid() for column in columns))
    if pc.all(used).as_py():
        return rows, columns
    return rows.filter(used), [GridColumn(column.text.filter(used), column.kind.filter(used)) for column in columns]
