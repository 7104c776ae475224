"""A sheet's records as typed columns: what one sheet gives to one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.convert import Unread, convert
from fupin_cli.load.tables.headers import Matched
from fupin_cli.model.cells import Sheet
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import ROW, SHEET, SheetRef, arrow_type, fields


@dataclass
class Part:
    """Records of one sheet for one table, before they meet those of other sheets."""

    table: str
    sheet: SheetRef
    #: Field → values, all of one length.
    values: dict[str, pa.Array]
    #: The sheet's row number of each record.
    rows: pa.Int32Array
    #: Field → mask of cells that hold something unreadable.
    unread: dict[str, pa.BooleanArray] = field(default_factory=dict)
    #: Field → {record: row} where a value stands in another row than the record's.
    moved: dict[str, dict[int, int]] = field(default_factory=dict)
    #: Field → {record: address} where another row of the same household says something different.
    disputed: dict[str, dict[int, Address]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def address(self, record: int, name: str) -> Address:
        """Where a field of a record stands."""
        row = self.moved.get(name, {}).get(record, self.rows[record].as_py())
        return Address(self.sheet.input, self.sheet.name, row, self.sheet.letters.get(name, ""))

    def take(self, records: pa.Int64Array) -> "Part":
        """The part with these records only."""
        places = {old: new for new, old in enumerate(records.to_pylist())} if self.moved or self.disputed else {}
        return Part(
            self.table,
            self.sheet,
            {name: values.take(records) for name, values in self.values.items()},
            self.rows.take(records),
            {name: mask.take(records) for name, mask in self.unread.items()},
            {n: {places[r]: row for r, row in moves.items() if r in places} for n, moves in self.moved.items()},
            {n: {places[r]: cell for r, cell in rivals.items() if r in places} for n, rivals in self.disputed.items()},
        )

    def arrow(self, sheet_index: int) -> pa.Table:
        """The values with their addresses."""
        index = pa.array([sheet_index], pa.int32()).take(pa.array([0] * len(self), pa.int32()))
        return pa.table({**self.values, SHEET: index, ROW: self.rows})


def read_part(
    sheet: Sheet, table: str, matched: Mapping[str, Matched], records: pa.Int64Array, source: int
) -> tuple[Part, list[Problem]]:
    """Convert the matched columns of a sheet's records."""
    letters = {name: match.letter for name, match in matched.items()}
    part = Part(table, SheetRef(source, sheet.name, letters), {}, sheet.rows.take(records))
    problems: list[Problem] = []
    for name, match in matched.items():
        grid = sheet.columns[match.position].take(records)
        if match.odd_unit:
            part.values[name] = pa.nulls(len(part), arrow_type(match.column.form))
            part.unread[name] = pc.is_valid(grid.text)
            continue
        done = convert(grid, match.column, match.scale)
        part.values[name] = done.values
        if done.unread:
            part.unread[name] = mask_of(done.unread, len(part))
        for record, unread in done.unread.items():
            problems.append(unread_problem(part, record, name, unread, grid.text[record].as_py() or ""))
    return part, problems


def unread_problem(part: Part, record: int, name: str, unread: Unread, value: str) -> Problem:
    """The problem of a cell that could not be read."""
    sensitive = fields(part.table)[name].sensitive
    return Problem(unread.code, "error", part.address(record, name), part.table, name, value, sensitive, unread.facts)


def mask_of(records: Mapping[int, object] | Sequence[int], count: int) -> pa.BooleanArray:
    """A mask that is True at these records."""
    mask = [False] * count
    for record in records:
        mask[record] = True
    return pa.array(mask, pa.bool_())
