"""A plain sheet through a native reader: the same answer as the careful one, in a third of the time.

The first rows (titles, headers) mix texts and numbers in one column and come from the careful reader. The rest is read with
every column's type taken from all of its cells; a column that has two kinds of cells is no column for this reader. At the end
the cells are counted: as many values as the look saw in the file, and the last of them in the row where it stood.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.cells.columns import blanks, moments, numbers, texts, truths, without_blank_rows
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.cells.scan import Proof
from fupin_cli.model.cells import GridColumn

#: 1 March 1900, the first day on which Excel's calendar is right.
_FIRST_SURE_DAY = datetime(1900, 3, 1)  # noqa: DTZ001 - a cell has no time zone

#: Columns that are turned into cells beside each other.
_AT_ONCE = 2


class NotProved(Exception):
    """The fast reader cannot show that it read everything; the sheet is read carefully."""


def read_fast(
    path: Path,
    name: str,
    proof: Proof,
    grid: Grid,
    *,
    head: int,
    head_values: int,
    begun: Future[pa.RecordBatch] | None = None,
) -> None:
    """Read a sheet's rows after row ``head`` into a grid that holds the rows up to there, with ``head_values`` values.

    ``proof`` says what must have been found; ``begun`` is where the native reader already reads.
    Raises :class:`NotProved` before anything was added to the grid.
    """
    if not (proof.plain and proof.first_column_used):
        raise NotProved
    batch = load(path, name, head) if begun is None else begun.result()
    found = head_values + sum(len(column) - column.null_count for column in batch.columns)
    if found != proof.values:
        raise NotProved
    if not _last_row_fits(batch, proof.last_row_with_value - head):
        raise NotProved
    rows = pa.array(range(head + 1, head + 1 + batch.num_rows), pa.int32())
    readers = [_reader_of(column.type) for column in batch.columns]
    # Arrow works outside the interpreter's lock.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        columns = list(pool.map(lambda read, column: read(column), readers, batch.columns))
    grid.add_columns(*without_blank_rows(rows, columns))


def load(path: Path, name: str, head: int) -> pa.RecordBatch:
    """What the native reader gives for the rows after row ``head``, each column of one kind."""
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
        return texts
    if pa.types.is_float64(kind):
        return _numbers
    if pa.types.is_boolean(kind):
        return truths
    if pa.types.is_timestamp(kind):
        return _moments
    if pa.types.is_null(kind):
        return blanks
    raise NotProved


def _numbers(column: pa.Array) -> GridColumn:
    if pc.all(pc.is_finite(column)).as_py() is False:
        raise NotProved
    return numbers(column)


def _moments(column: pa.Array) -> GridColumn:
    first = pc.min(column).as_py()
    if first is not None and first < _FIRST_SURE_DAY:
        raise NotProved
    return moments(column.cast(pa.timestamp("ms")))
