"""How sheets travel from the child to the parent: Arrow streams one after the other, the last one saying how it ended.

Each stream's schema carries one JSON object under ``fupin``: ``{"sheet": name, "hidden": bool}`` with one record batch of rows,
texts and kinds; then ``{"end": number of sheets, "warnings": [...]}`` or ``{"refused": code, "facts": {...}}`` without columns.
The parent believes nothing of it: a parser that met a hostile file wrote it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.errors import InputRefused
from fupin_cli.model.cells import GridColumn, Kind, Sheet

_KEY = b"fupin"
_MAX_SHEETS = 1024
_MAX_COLUMNS = 16_384
_LAST_ROW = 1_048_576
_NOT_NULL = False


class BrokenAnswer(Exception):
    """The stream ended too early or holds something that no worker writes."""


@dataclass(frozen=True)
class Answer:
    """What a worker read."""

    sheets: Sequence[Sheet]
    warnings: Sequence[str]


def write_sheet(stream: BinaryIO, sheet: Sheet) -> None:
    """Send one sheet."""
    fields = [pa.field("rows", pa.int32(), _NOT_NULL)]
    arrays: list[pa.Array] = [sheet.rows]
    for index, column in enumerate(sheet.columns):
        fields += [pa.field(f"text{index}", pa.string()), pa.field(f"kind{index}", pa.uint8(), _NOT_NULL)]
        arrays += [column.text, column.kind]
    schema = _schema(fields, {"sheet": sheet.name, "hidden": sheet.hidden})
    with pa.ipc.new_stream(stream, schema) as writer:
        writer.write_batch(pa.record_batch(arrays, schema=schema))


def write_end(stream: BinaryIO, sheets: int, warnings: Sequence[str]) -> None:
    """Say that everything was sent."""
    _write_word(stream, {"end": sheets, "warnings": list(warnings)})


def write_refusal(stream: BinaryIO, refusal: InputRefused) -> None:
    """Say why nothing more will come."""
    _write_word(stream, {"refused": refusal.code, "facts": refusal.facts})


def read_answer(stream: BinaryIO) -> Answer:
    """Receive sheets up to the end. Raises the worker's :class:`InputRefused`, or :class:`BrokenAnswer`."""
    sheets: list[Sheet] = []
    try:
        while len(sheets) <= _MAX_SHEETS:
            with pa.ipc.open_stream(stream) as reader:
                said = json.loads((reader.schema.metadata or {})[_KEY])
                batches = list(reader)
            if isinstance(code := said.get("refused"), str):
                raise InputRefused(code, **_facts(said))
            if "end" in said:
                return Answer(sheets, _end(said, len(sheets)))
            sheets.append(_sheet(said, batches))
    except (pa.ArrowException, OSError, MemoryError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise BrokenAnswer from error
    raise BrokenAnswer


def _schema(fields: list[pa.Field], said: dict[str, Any]) -> pa.Schema:
    return pa.schema(fields, metadata={_KEY: json.dumps(said).encode()})


def _write_word(stream: BinaryIO, said: dict[str, Any]) -> None:
    with pa.ipc.new_stream(stream, _schema([], said)):
        pass


def _facts(said: dict[str, Any]) -> dict[str, str | int]:
    facts = said.get("facts", {}).items()
    return {str(key): value for key, value in facts if isinstance(value, str | int) and key not in {"self", "code"}}


def _end(said: dict[str, Any], sheets: int) -> Sequence[str]:
    warnings = said["warnings"]
    if said["end"] != sheets or not isinstance(warnings, list) or not all(isinstance(code, str) for code in warnings):
        raise BrokenAnswer
    return warnings


def _sheet(said: dict[str, Any], batches: list[pa.RecordBatch]) -> Sheet:
    name, hidden = said["sheet"], said["hidden"]
    if not isinstance(name, str) or not isinstance(hidden, bool) or len(batches) != 1:
        raise BrokenAnswer
    batch = batches[0]
    batch.validate(full=True)
    width, odd = divmod(batch.num_columns - 1, 2)
    if odd or width > _MAX_COLUMNS or batch.schema.types != [pa.int32(), *(pa.string(), pa.uint8()) * width]:
        raise BrokenAnswer
    rows = batch.column(0)
    columns = [GridColumn(batch.column(1 + 2 * index), batch.column(2 + 2 * index)) for index in range(width)]
    if not _rows_are_sound(rows) or not all(_column_is_sound(column) for column in columns):
        raise BrokenAnswer
    return Sheet(name=name, hidden=hidden, rows=rows, columns=columns)


def _rows_are_sound(rows: pa.Int32Array) -> bool:
    if not len(rows):
        return True
    if rows.null_count or rows[0].as_py() < 1 or rows[-1].as_py() > _LAST_ROW:
        return False
    return len(rows) == 1 or bool(pc.all(pc.greater(rows.slice(1), rows.slice(0, len(rows) - 1))).as_py())


def _column_is_sound(column: GridColumn) -> bool:
    """Kinds that exist, and a text exactly where there is a cell."""
    if not len(column.kind):
        return True
    if column.kind.null_count or pc.max(column.kind).as_py() > max(Kind):
        return False
    return bool(pc.all(pc.equal(column.text.is_valid(), pc.not_equal(column.kind, pa.scalar(0, pa.uint8())))).as_py())
