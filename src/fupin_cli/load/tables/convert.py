"""A column of cells to a column of values: pure columns at once, all others by their distinct cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from fupin_cli.model.cells import GridColumn, Kind
from fupin_cli.model.columns import Column
from fupin_cli.model.readers import EARLIEST, LATEST, Cell
from fupin_cli.model.tables import DECIMAL, arrow_type
from fupin_cli.model.text import is_unusual

#: Texts that need no folding to be what they are; everything else goes through the field's own reader.
_PLAIN = {
    "number": r"^-?[0-9]{1,11}(\.[0-9]{1,6})?$",
    "count": r"^[0-9]{1,9}$",
    # Of Chinese characters those that no folding changes.
    "key": r"^[0-9A-Za-z_\x{4e00}-\x{9fff}-]+$",
    "text": r"^[0-9A-Za-z\p{Han}·()/#-]+$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "id-number": r"^[1-9][0-9]{14}([0-9]{2}[1-9X]|[0-9][1-9][0-9X]|[1-9][0-9][0-9X])$",
}
_PLAIN_KINDS = {
    "number": (Kind.NUMBER, Kind.TEXT),
    "count": (Kind.NUMBER, Kind.TEXT),
    "key": (Kind.TEXT,),
    "text": (Kind.TEXT,),
    "date": (Kind.DATE, Kind.TEXT),
    "id-number": (Kind.TEXT,),
}
#: Columns of so many cells are looked at by their distinct ones where a sample has each value so often.
_MANY, _SAMPLE, _OFTEN = 10_000, 1000, 8
#: pydantic's own complaints about a value that was read but is not sensible.
_OUT_OF_RANGE = ("greater_than_equal", "less_than_equal")


@dataclass(frozen=True)
class Unread:
    """Why a cell could not be read."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Converted:
    """A column of values."""

    values: pa.Array
    #: Row → why its cell could not be read; its value is null.
    unread: Mapping[int, Unread]
    #: Rows whose cell was read although it holds full-width forms or characters that nobody sees.
    folded: Sequence[int] = ()


def convert(grid: GridColumn, column: Column, scale: Decimal) -> Converted:
    """The values of a column, and every cell that could not be read."""
    pure = _pure(grid, column) if scale == 1 and not _repeats(grid) else None
    return Converted(pure, {}) if pure is not None else _by_cell(grid, column, scale)


def _repeats(grid: GridColumn) -> bool:
    """Whether a column probably has few distinct cells: then these are looked at, and not every one."""
    count = len(grid.text)
    if count < _MANY:
        return False
    some = grid.text.take(pa.arange(0, count, count // _SAMPLE))
    return len(some.unique()) < _SAMPLE // _OFTEN


def _pure(grid: GridColumn, column: Column) -> pa.Array | None:
    """The whole column at once, where a look at every cell proves that its reader would change nothing."""
    name = column.form.name
    if name not in _PLAIN:
        return None
    kinds = [Kind.BLANK, *_PLAIN_KINDS[name]]
    if not pc.all(pc.is_in(grid.kind, value_set=pa.array(kinds, pa.uint8()))).as_py():
        return None
    # Most numbers of households and people are letters and digits alone, which takes far less time to see.
    alone = name == "key" and pc.all(pc.ascii_is_alnum(grid.text)).as_py()
    if not alone and pc.all(pc.match_substring_regex(grid.text, _PLAIN[name]), min_count=0).as_py() is not True:
        return None
    if name in ("key", "text", "id-number"):
        if name == "id-number" and pc.any(pc.starts_with(grid.text, "999999")).as_py():
            return None
        return grid.text
    if name == "date":
        return _days(grid.text)
    values = pc.cast(grid.text, arrow_type(column.form))
    for bound, compare in ((column.smallest, pc.less), (column.largest, pc.greater)):
        limit = pa.scalar(Decimal(bound), DECIMAL) if bound is not None and name == "number" else bound
        if limit is not None and pc.any(compare(values, limit)).as_py():
            return None
    return values


def _days(texts: pa.StringArray) -> pa.Date32Array | None:
    """Days as ISO writes them; None where one of them is no day, or none that is believed."""
    try:
        days = pc.cast(texts, pa.date32())
    except pa.ArrowInvalid:
        return None
    ends = pc.min_max(days).as_py()
    return days if ends["min"] is None or (ends["min"] >= EARLIEST and ends["max"] <= LATEST) else None


def _by_cell(grid: GridColumn, column: Column, scale: Decimal) -> Converted:
    """Each distinct cell through the field's reader once."""
    cells, encoded = _distinct(grid)
    values: list[object] = []
    refused: dict[int, Unread] = {}
    unusual: list[int] = []
    in_yuan = scale == 1 and not column.unit.startswith("10k")
    for position, (text, kind) in enumerate(cells):
        value: object = None
        if is_unusual(text):
            unusual.append(position)
        try:
            value = column.adapter.validate_python(Cell(text, kind, scale, counts_otherwise=not in_yuan))
        except ValidationError as error:
            refused[position] = _refused(error, column)
        values.append(value)
    typed = pa.array(values, arrow_type(column.form)).take(encoded.indices)
    unread = {row: refused[encoded.indices[row].as_py()] for row in _rows(encoded, list(refused))}
    # Names and other open texts stay as they are.
    folded = _rows(encoded, unusual) if column.form.name != "text" else []
    return Converted(typed, unread, [row for row in folded if row not in unread])


def _refused(error: ValidationError, column: Column) -> Unread:
    """Why a reader would not take a cell. What counts people or things by which something is divided says so where it is 0."""
    first = error.errors(include_url=False)[0]
    code = "value-out-of-range" if first["type"] in _OUT_OF_RANGE else first["type"]
    if code == "value-out-of-range" and first["input"] == 0 and column.smallest == 1 and column.unit:
        code = "value-zero"
    return Unread(code, {name: str(fact) for name, fact in first.get("ctx", {}).items()})


def _distinct(grid: GridColumn) -> tuple[list[tuple[str, Kind]], pa.DictionaryArray]:
    """The distinct cells of a column, and which of them stands in each row."""
    kinds = [Kind(kind) for kind in pc.unique(grid.kind).to_pylist() if kind != Kind.BLANK]
    if len(kinds) == 1:
        encoded = grid.text.dictionary_encode(null_encoding="encode")
        return [("", Kind.BLANK) if text is None else (text, kinds[0]) for text in encoded.dictionary.to_pylist()], encoded
    # Cells of equal text but different kind are different cells.
    keys = pc.binary_join_element_wise(pc.cast(grid.kind, pa.string()), pc.fill_null(grid.text, ""), " ")
    encoded = keys.dictionary_encode()
    parts = [key.partition(" ") for key in encoded.dictionary.to_pylist()]
    return [(text, Kind(int(kind))) for kind, _, text in parts], encoded


def _rows(encoded: pa.DictionaryArray, positions: list[int]) -> list[int]:
    """The rows whose cell is one of these distinct ones."""
    if not positions:
        return []
    found: list[int] = pc.indices_nonzero(pc.is_in(encoded.indices, value_set=pa.array(positions, pa.int32()))).to_pylist()
    return found
