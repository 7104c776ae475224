"""How sheets travel from the child to the parent: Arrow streams one after the other, the last one saying how it ended.

Each stream's schema carries one JSON object under ``fupin``. For each sheet: ``{"sheet": name, "hidden": bool}`` with one record
batch of rows, texts and kinds, ``{"merged": number}`` with the corners of merged cells, ``{"hidden_rows": number}``. At last
``{"end": number of sheets, "warnings": [...]}`` or ``{"refused": code, "facts": {...}}`` without columns.
The parent believes nothing of it: a parser that met a hostile file wrote it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.merges import MAX_MERGES, checked
from fupin_cli.load.cells.wanted import MAX_SHEETS
from fupin_cli.model.cells import GridColumn, Kind, Merge, Sheet

_KEY = b"fupin"
_MAX_COLUMNS = 16_384
_LAST_ROW = 1_048_576
_NOT_NULL = False
_CORNERS = tuple(corner.name for corner in fields(Merge))


class BrokenAnswer(Exception):
    """The stream ended too early or holds something that no worker writes."""


@dataclass(frozen=True)
class Answer:
    """What a worker read."""

    sheets: Sequence[Sheet]
    warnings: Sequence[str]


def write_sheet(stream: BinaryIO, sheet: Sheet) -> None:
    """Send one sheet."""
    columns = [pa.field("rows", pa.int32(), _NOT_NULL)]
    arrays: list[pa.Array] = [sheet.rows]
    for index, column in enumerate(sheet.columns):
        columns += [pa.field(f"text{index}", pa.string()), pa.field(f"kind{index}", pa.uint8(), _NOT_NULL)]
        arrays += [column.text, column.kind]
    schema = _schema(columns, {"sheet": sheet.name, "hidden": sheet.hidden})
    with pa.ipc.new_stream(stream, schema) as writer:
        writer.write_batch(pa.record_batch(arrays, schema=schema))
    corners = [pa.array([getattr(merge, corner) for merge in sheet.merged], pa.int32()) for corner in _CORNERS]
    _write_numbers(stream, dict(zip(_CORNERS, corners, strict=True)), {"merged": len(sheet.merged)})
    hidden = pa.array(sorted(sheet.hidden_rows), pa.int32())
    _write_numbers(stream, {"hidden_rows": hidden}, {"hidden_rows": len(hidden)})


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
        while len(sheets) <= MAX_SHEETS:
            said, batches = _read_stream(stream)
            if isinstance(code := said.get("refused"), str):
                raise InputRefused(code, **_facts(said))
            if "end" in said:
                return Answer(sheets, _end(said, len(sheets)))
            sheet = _sheet(said, batches)
            merged = _merged(_numbers(*_read_stream(stream), "merged", _CORNERS))
            hidden = _hidden(_numbers(*_read_stream(stream), "hidden_rows", ("hidden_rows",))[0], sheet.rows)
            sheets.append(replace(sheet, merged=merged, hidden_rows=hidden))
    except (pa.ArrowException, OSError, MemoryError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise BrokenAnswer from error
    raise BrokenAnswer


def _read_stream(stream: BinaryIO) -> tuple[dict[str, Any], list[pa.RecordBatch]]:
    with pa.ipc.open_stream(stream) as reader:
        return json.loads((reader.schema.metadata or {})[_KEY]), list(reader)


def _write_numbers(stream: BinaryIO, arrays: dict[str, pa.Array], said: dict[str, Any]) -> None:
    schema = _schema([pa.field(name, pa.int32(), _NOT_NULL) for name in arrays], said)
    with pa.ipc.new_stream(stream, schema) as writer:
        writer.write_batch(pa.record_batch(list(arrays.values()), schema=schema))


def _numbers(said: dict[str, Any], batches: list[pa.RecordBatch], name: str, columns: Sequence[str]) -> list[pa.Array]:
    """The columns of a stream of whole numbers, which says itself how many they are."""
    if len(batches) != 1 or batches[0].schema.names != [*columns] or batches[0].schema.types != [pa.int32()] * len(columns):
        raise BrokenAnswer
    batches[0].validate(full=True)
    if said[name] != batches[0].num_rows or any(column.null_count for column in batches[0].columns):
        raise BrokenAnswer
    return list(batches[0].columns)


def _merged(corners: list[pa.Array]) -> Sequence[Merge]:
    if len(corners[0]) > MAX_MERGES:
        raise BrokenAnswer
    try:
        merges = [Merge(*numbers) for numbers in zip(*(column.to_pylist() for column in corners), strict=True)]
        ordered = checked(merges, "")
    except InputRefused as refusal:
        raise BrokenAnswer from refusal
    if len(ordered) != len(merges):
        raise BrokenAnswer
    return ordered


def _hidden(numbers: pa.Int32Array, rows: pa.Int32Array) -> frozenset[int]:
    if not _rows_are_sound(numbers) or not pc.all(pc.is_in(numbers, value_set=rows), min_count=0).as_py():
        raise BrokenAnswer
    return frozenset(numbers.to_pylist())


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
