"""Parquet files: columns with a type each, as other programs and databases hand them on."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.columns import blanks, each, moments, numbers, one_kind_column, texts, truths, without_blank_rows
from fupin_cli.load.cells.grid import Cell, Grid
from fupin_cli.load.cells.values import NOT_A_NUMBER, number_text
from fupin_cli.load.cells.wanted import Send
from fupin_cli.model.cells import GridColumn, Kind

#: The names of the columns are row 1; records come after it, as far as a spreadsheet reaches.
MAX_RECORDS = 1_048_575
MAX_COLUMNS = 16_384
#: Strings and lists in the file's own description of itself.
MAX_DESCRIPTION = 16 << 20

_RECORDS_AT_ONCE = 1 << 16
_EXACT_INTEGER = 10**15
_FINER = (pa.timestamp("us"), pa.timestamp("ns"))


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send) -> Sequence[str]:
    """Read the columns as a sheet without a name: their names are row 1, the first record is row 2.

    Raises :class:`InputRefused` for columns inside columns and for types that are no cell.
    """
    if wanted:
        raise InputRefused("sheet-not-found", sheet=wanted[0], sheets="")
    grid = Grid("")
    try:
        with pq.ParquetFile(
            path,
            page_checksum_verification=True,
            thrift_string_size_limit=MAX_DESCRIPTION,
            thrift_container_size_limit=MAX_DESCRIPTION,
        ) as file:
            _read(file, grid)
    except (MemoryError, pa.ArrowCapacityError):
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise InputRefused("workbook-damaged", where="parquet") from error
    send(grid.sheet())
    return []


def _read(file: pq.ParquetFile, grid: Grid) -> None:
    schema = file.schema_arrow
    records = file.metadata.num_rows
    if records > MAX_RECORDS:
        raise InputRefused("sheet-too-many-rows", sheet="parquet", limit=MAX_RECORDS)
    if len(schema) > MAX_COLUMNS:
        raise InputRefused("sheet-too-many-columns", sheet="parquet", limit=MAX_COLUMNS)
    readers = [_reader_of(field) for field in schema]
    grid.add_row(1, {at: (name, int(Kind.TEXT)) for at, name in enumerate(schema.names) if name.strip()})
    read = 0
    for batch in file.iter_batches(batch_size=_RECORDS_AT_ONCE, use_threads=False):
        batch.validate(full=True)
        columns = [reader(column) for reader, column in zip(readers, batch.columns, strict=True)]
        rows = pa.arange(2 + read, 2 + read + batch.num_rows).cast(pa.int32())
        used, kept = without_blank_rows(rows, columns)
        grid.add_columns(used, dict(enumerate(kept)))
        read += batch.num_rows
    if read != records:
        raise InputRefused("workbook-damaged", where="parquet")


def _reader_of(field: pa.Field) -> Callable[[pa.Array], GridColumn]:
    kind = field.type
    if pa.types.is_dictionary(kind):
        inner = _reader_of(pa.field(field.name, kind.value_type))
        return lambda column: inner(column.cast(kind.value_type))
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    if is_text:
        return texts
    if pa.types.is_boolean(kind):
        return truths
    if pa.types.is_integer(kind):
        return _integers
    if pa.types.is_floating(kind):
        return _floats
    if pa.types.is_decimal(kind):
        return _decimals
    if pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None):
        return _dates
    if pa.types.is_null(kind):
        return blanks
    raise InputRefused("parquet-type", column=field.name[:40], type=str(kind)[:60])


def _integers(column: pa.Array) -> GridColumn:
    ends = pc.min_max(column).as_py()
    if ends["min"] is not None and (ends["min"] <= -_EXACT_INTEGER or ends["max"] >= _EXACT_INTEGER):
        return each(column, _number)
    return one_kind_column(column.cast(pa.string()), Kind.NUMBER)


def _floats(column: pa.Array) -> GridColumn:
    if not pa.types.is_float64(column.type):
        # A single's own digits: 0.1 and not the 0.100000001490116 that it becomes among doubles.
        column = column.cast(pa.float32()).cast(pa.string()).cast(pa.float64())
    finite = pc.is_finite(column)
    if pc.all(finite).as_py() is not False:
        return numbers(column)
    odd = pc.fill_null(pc.invert(finite), False)
    usual = numbers(pc.if_else(odd, pa.scalar(None, pa.float64()), column))
    return GridColumn(
        pc.if_else(odd, NOT_A_NUMBER, usual.text), pc.if_else(odd, pa.scalar(int(Kind.ERROR), pa.uint8()), usual.kind)
    )


def _decimals(column: pa.Array) -> GridColumn:
    return each(column, lambda value: _number(value.normalize()))


def _number(value: int | Decimal) -> Cell:
    return number_text(value), int(Kind.NUMBER)


def _dates(column: pa.Array) -> GridColumn:
    # Parts of a millisecond are left off; a year that does not fit is refused as damage.
    return moments(column.cast(pa.timestamp("ms"), safe=column.type not in _FINER))
