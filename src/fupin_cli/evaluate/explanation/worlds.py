"""One subject's tables many times over, each time with other values in some cells, judged together by the engine.

A world is what a worked case is: a sheet of its own in every table, whose rows know nothing of the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from fupin_cli.engines import duck
from fupin_cli.evaluate.assumed import assumed_literals
from fupin_cli.evaluate.explanation.near import Near
from fupin_cli.evaluate.joins import Apart
from fupin_cli.evaluate.query import build_query
from fupin_cli.evaluate.run import judge, relation
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.model.view import Value
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Letter of a column that no sheet has, but which a world fills in.
_NEW = "?"


@dataclass(frozen=True, order=True)
class Cell:
    """A cell that a world fills otherwise."""

    table: str
    #: Index of the row among the near ones.
    row: int
    name: str


@dataclass(frozen=True)
class Unreadable:
    """Stands in a cell whose value is not to be believed."""


#: What a world has otherwise.
Edits = Mapping[Cell, Value | Unreadable]


@dataclass(frozen=True)
class Judge:
    """Judges worlds of one subject by one standard."""

    standard: ReadyStandard
    parameters: Parameters
    as_of: date | None
    assumptions: Mapping[str, str]
    near: Near

    def outcomes(self, worlds: Sequence[Edits]) -> list[tuple[str, tuple[str, ...]]]:
        """The outcome of the subject in each world, and those that are possible there."""
        tables, apart = self._tables(worlds)
        names = (*self.standard.standard.outcomes, NOT_APPLICABLE)
        assumed = assumed_literals(self.standard.subject, self.assumptions)
        # The query that gives the verdict, asked for nothing beside it: half of it, and half the time.
        only = ("outcome", *(f"may.{name}" for name in names))
        query = build_query(self.standard, self.parameters, tables, self.as_of, assumed, apart, only=only)
        found = duck.run(query.verdicts, {name: relation(table) for name, table in tables.items()})
        rows = {row["_i"]: row for row in found.to_pylist()}
        return [
            (rows[index]["outcome"], tuple(name for name in names if rows[index][f"may.{name}"]))
            for index in self._indices(worlds)
        ]

    def judged(self, worlds: Sequence[Edits]) -> tuple[StandardResult, list[int]]:
        """The whole verdicts in all worlds with the parts of conditions, and the index of the subject in each."""
        tables, apart = self._tables(worlds)
        judged = judge(self.standard, self.parameters, tables, self.as_of, self.assumptions, apart, parts=True)
        return judged, self._indices(worlds)

    def _tables(self, worlds: Sequence[Edits]) -> tuple[dict[str, Table], Apart]:
        tables = {name: _copies(name, table, worlds, self._own(name)) for name, table in self.near.tables.items()}
        return tables, {name: range(len(worlds)) for name in tables}

    def _indices(self, worlds: Sequence[Edits]) -> list[int]:
        size = self.near.tables[self.standard.subject].data.num_rows
        return [number * size + self.near.index for number in range(len(worlds))]

    def _own(self, name: str) -> SheetRef:
        """The sheet that every row of a world's table is said to be of: the subject's own, where it is about that."""
        table = self.near.tables[name]
        if name != self.standard.subject:
            return SheetRef(0, "", dict.fromkeys(table.data.column_names, _NEW))
        number: int = table.data.column(SHEET)[self.near.index].as_py()
        return table.sheets[number]


def _copies(name: str, table: Table, worlds: Sequence[Edits], sheet: SheetRef) -> Table:
    """A table with one copy of its rows for each world."""
    size, count = table.data.num_rows, len(worlds)
    chosen = pa.array(list(range(size)) * count, pa.int64())
    data = table.data.take(chosen)
    numbers = pa.array([world for world in range(count) for _ in range(size)], pa.int32())
    data = data.set_column(data.column_names.index(SHEET), SHEET, numbers)
    masks = {field: _whole(mask.take(chosen)) for field, mask in table.unreadable.items()}
    edits: dict[str, dict[int, Value | Unreadable]] = {}
    for number, world in enumerate(worlds):
        for cell, value in world.items():
            if cell.table == name:
                edits.setdefault(cell.name, {})[number * size + cell.row] = value
    for field, cells in edits.items():
        data, masks[field] = _edited(name, field, data, masks.get(field), cells)
    sheets = [
        replace(sheet, letters={**sheet.letters, **{cell.name: _NEW for cell in world if cell.table == name}}) for world in worlds
    ]
    return replace(table, data=data, sheets=sheets, unreadable=masks, disputed={}, elsewhere={}, as_given={})


def _edited(
    name: str, field: str, data: pa.Table, mask: pa.BooleanArray | None, cells: Mapping[int, Value | Unreadable]
) -> tuple[pa.Table, pa.BooleanArray]:
    """A column with other values in some cells, and which of its cells are then unreadable."""
    kind = arrow_type(fields(name)[field].form)
    there = field in data.column_names
    values = data.column(field).to_pylist() if there else [None] * data.num_rows
    flags = mask.to_pylist() if mask is not None else [False] * data.num_rows
    for row, value in cells.items():
        flags[row] = isinstance(value, Unreadable)
        values[row] = None if isinstance(value, Unreadable) else value
    column = pa.array(values, kind)
    data = data.set_column(data.column_names.index(field), field, column) if there else data.append_column(field, column)
    return data, pa.array(flags, pa.bool_())


def _whole(mask: pa.Array) -> pa.Array:
    return mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask
