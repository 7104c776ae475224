"""Text files of comma, semicolon or tab separated values, strictly: a file that could be read in two ways is refused."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.encoding import encoding_of
from fupin_cli.load.cells.grid import Grid, kind_array
from fupin_cli.load.cells.values import is_blank
from fupin_cli.model.cells import GridColumn, Kind, Sheet

MAX_BYTES = 256 << 20
_DELIMITERS = (",", ";", "\t")
#: Excel's own first line that names the delimiter.
_HINT = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)
#: Headers are looked for in so many records (design section 3), and these in so many lines.
_HEAD = 20
_HEAD_LINES = 80
#: A header names at least this share of the columns that the widest of the first records has.
_MOST = 0.8
#: Rows of a sheet to which Excel gives equally many fields.
_EXCEL_BLOCK = 16
_ROWS_PER_BLOCK = 4096
_LAST_COLUMN = 16_384


class _Record(NamedTuple):
    line: int
    fields: list[str]


def read_delimited(path: Path) -> tuple[Sheet, str, str]:
    """The sheet, its encoding and the file's SHA-256. All its cells are texts: a csv file says no more about them.

    Raises :class:`InputRefused`, with a line number where there is one.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputRefused("csv-too-large", limit=MAX_BYTES >> 20)
    encoding = encoding_of(data)
    lines = _lines(data, encoding)
    head = list(islice(lines, _HEAD_LINES))
    hint = _HINT.fullmatch(head[0]) if head else None
    skipped = 0 if hint is None else 1
    delimiter = _delimiter(head) if hint is None else hint[1]
    sheet = _sheet(_straight(_records(chain(head[skipped:], lines), delimiter, skipped), ended=_is_ended(data)))
    return sheet, encoding, hashlib.sha256(data).hexdigest()


def _is_ended(data: bytes) -> bool:
    return data[-2:].strip(b"\0")[-1:] in {b"\n", b"\r"}


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=""), 1):
        if "\0" in line:
            raise InputRefused("csv-nul", line=number)
        yield line


def _delimiter(head: Sequence[str]) -> str:
    """The delimiter that cuts most of the first records into the same number of fields, then into most fields."""

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(fields) for fields in islice(csv.reader(head, delimiter=delimiter), _HEAD) if len(fields) > 1)
        except csv.Error:
            # A field of more than 128 KB: a quote that was never closed, read in full below.
            return 0, 0
        width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return records, width

    return max(_DELIMITERS, key=fitness)


def _records(lines: Iterable[str], delimiter: str, skipped: int) -> Iterator[_Record]:
    """Records with the line on which each starts."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + skipped + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise InputRefused("csv-quote", line=line) from error
        if fields is None:
            return
        yield _Record(line, fields)


def _straight(records: Iterator[_Record], *, ended: bool) -> Iterator[_Record]:
    """The same records; refuses one after the header that has more values than names, or fewer fields where that is damage.

    More: a delimiter inside a value, so that every value after it stands under the wrong header. Fewer: see ``_short``.
    ``ended``: the file's last line has its end.
    """
    head = list(islice(records, _HEAD))
    header = _header(head)
    above = head[: header + 1]
    width = max((len(record.fields) for record in above), default=0)
    named = _used(above[-1].fields) if above else 0
    yield from above
    block = [above[-1]] if above else []
    number = len(above)
    alone: _Record | None = None
    for record in chain(head[header + 1 :], records):
        if len(record.fields) > width and (used := _used(record.fields)) > width:
            raise InputRefused("csv-ragged", line=record.line, found=used, expected=width)
        if number % _EXCEL_BLOCK == 0:
            alone = _short(block, named, alone)
            block = []
        number += 1
        block.append(record)
        yield record
    _short(block, named, alone)
    last = block[-1] if block else None
    if last is not None and not ended and len(last.fields) < named and _filled(last) > 1:
        raise InputRefused("csv-short", line=last.line, found=len(last.fields), expected=named)


def _short(block: Sequence[_Record], named: int, alone: _Record | None) -> _Record | None:
    """Refuses a record that has fewer fields than the header although others beside it have more.

    Excel leaves out the delimiters at the end where sixteen rows of its sheet have nothing there: then all of them are equally
    short. A single value in a short line is a note, as long as only such lines follow: the first of them comes in as
    ``alone`` and is given back.
    """
    if alone is None and all(len(record.fields) >= named for record in block):
        return None
    block = [record for record in block if _filled(record)]
    most = min(named, max((len(record.fields) for record in block), default=0))
    for record in block:
        single = _filled(record) == 1
        short = len(record.fields) < most
        if (short and not single) or (alone is not None and not single):
            damaged = record if alone is None else alone
            raise InputRefused("csv-short", line=damaged.line, found=len(damaged.fields), expected=named)
        if short and alone is None:
            alone = record
    return alone


def _filled(record: _Record) -> int:
    """The number of fields that are not blank."""
    return sum(not is_blank(field) for field in record.fields)


def _header(head: Sequence[_Record]) -> int:
    """The first of the records that names most columns and holds no number; the first of all where none does."""
    filled = [sum(not is_blank(field) for field in record.fields) for record in head]
    most = _MOST * max(filled, default=0)
    for index, record in enumerate(head):
        if filled[index] and filled[index] >= most and not any(_is_number(field) for field in record.fields):
            return index
    return 0


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def _used(fields: Sequence[str]) -> int:
    """The number of fields up to the last one that is not blank."""
    return max((index for index, field in enumerate(fields, 1) if not is_blank(field)), default=0)


def _sheet(records: Iterator[_Record]) -> Sheet:
    grid = Grid("")
    while block := list(islice(records, _ROWS_PER_BLOCK)):
        kept = [record for record in block if not all(map(is_blank, record.fields))]
        if not kept:
            continue
        if max(len(record.fields) for record in kept) > _LAST_COLUMN:
            raise InputRefused(
                "csv-ragged", line=kept[0].line, found=max(len(record.fields) for record in kept), expected=_LAST_COLUMN
            )
        rows = pa.array([record.line for record in kept], pa.int32())
        columns = [_column(fields) for fields in zip_longest(*(record.fields for record in kept), fillvalue="")]
        while columns and columns[-1].text.null_count == len(rows):
            columns.pop()
        grid.add_columns(rows, dict(enumerate(columns)))
    return grid.sheet()


def _column(fields: Sequence[str]) -> GridColumn:
    texts = [None if is_blank(field) else field for field in fields]
    return GridColumn(
        pa.array(texts, pa.string()), kind_array(bytes(Kind.BLANK if text is None else Kind.TEXT for text in texts))
    )
