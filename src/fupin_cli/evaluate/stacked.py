"""Rows of tables: some of one table, and those of several one after the other, with all that is known of their cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import SHEET, Elsewhere, SheetRef, Table, arrow_type, fields


def take_rows(table: Table, rows: Sequence[int]) -> Table:
    """Some rows of a table."""
    positions, chosen = {row: new for new, row in enumerate(rows)}, pa.array(rows, pa.int64())
    return replace(
        table,
        data=table.data.take(chosen),
        unreadable={name: mask.take(chosen) for name, mask in table.unreadable.items()},
        disputed={name: rekeyed(cells, positions) for name, cells in table.disputed.items()},
        elsewhere={name: places.take(chosen) for name, places in table.elsewhere.items()},
        as_given={name: values.take(chosen) for name, values in table.as_given.items()},
    )


def rekeyed(of_rows: Mapping[int, Address], positions: Mapping[int, int]) -> dict[int, Address]:
    """What is known of rows, by their new positions; of rows that have none it is left out."""
    return {positions[row]: value for row, value in of_rows.items() if row in positions}


def moved(table: Table, by: int) -> Table:
    """The table with its files counted on from those of others."""
    sheets = [SheetRef(sheet.input + by, sheet.name, sheet.letters) for sheet in table.sheets]
    disputed = {
        name: {row: replace(cell, input=cell.input + by) for row, cell in cells.items()} for name, cells in table.disputed.items()
    }
    return replace(table, sheets=sheets, disputed=disputed)


def moved_problem(problem: Problem, by: int) -> Problem:
    """A problem of a file that is counted on from those of others."""
    return replace(problem, where=_counted(problem.where, by), other=_counted(problem.other, by))


def _counted(cell: Address | None, by: int) -> Address | None:
    return replace(cell, input=cell.input + by) if cell is not None else None


def stacked(tables: Sequence[Table]) -> Table:
    """The rows of all tables, those of each after those of the one before."""
    sheets: list[SheetRef] = []
    starts, data, rows = [], [], 0
    disputed: dict[str, dict[int, Address]] = {}
    for table in tables:
        starts.append(len(sheets))
        number = pc.add(table.data.column(SHEET), pa.scalar(len(sheets), pa.int32()))
        data.append(table.data.set_column(table.data.column_names.index(SHEET), SHEET, number))
        for name, cells in table.disputed.items():
            disputed.setdefault(name, {}).update({rows + row: cell for row, cell in cells.items()})
        sheets += table.sheets
        rows += table.data.num_rows
    return Table(
        tables[0].name,
        # In one piece: what a report names it looks up cell by cell.
        pa.concat_tables(data, promote_options="default").combine_chunks(),
        sheets,
        _together(tables, lambda table: table.unreadable, lambda table, _: pa.array([False] * table.data.num_rows, pa.bool_())),
        disputed,
        sum(table.quarantined for table in tables),
        any(table.partial for table in tables),
        _places(tables, starts),
        _together(tables, lambda table: table.as_given, _values),
    )


def _together(
    tables: Sequence[Table], of: Callable[[Table], Mapping[str, pa.Array]], otherwise: Callable[[Table, str], pa.Array]
) -> dict[str, pa.Array]:
    """Columns that only some of the tables may have, for all of them."""
    names = dict.fromkeys(name for table in tables for name in of(table))
    return {
        name: pa.concat_arrays([of(table)[name] if name in of(table) else otherwise(table, name) for table in tables])
        for name in names
    }


def _values(table: Table, name: str) -> pa.Array:
    kind = arrow_type(fields(table.name)[name].form)
    if not table.has(name):
        return pa.nulls(table.data.num_rows, kind)
    return pa.concat_arrays([chunk.cast(kind) for chunk in table.data.column(name).chunks] or [pa.nulls(0, kind)])


def _places(tables: Sequence[Table], starts: Sequence[int]) -> dict[str, Elsewhere]:
    """Where the values of fields stand, their sheets counted on."""
    found = {}
    for name in dict.fromkeys(name for table in tables for name in table.elsewhere):
        rows, letters, sheets = [], [], []
        for table, start in zip(tables, starts, strict=True):
            count = table.data.num_rows
            one = table.elsewhere.get(name)
            rows.append(one.rows if one is not None else pa.nulls(count, pa.int32()))
            letters.append(one.letters if one is not None else pa.nulls(count, pa.string()))
            sheets.append(pc.add(one.sheets, pa.scalar(start, pa.int32())) if one is not None else pa.nulls(count, pa.int32()))
        found[name] = Elsewhere(*map(pa.concat_arrays, (rows, letters, sheets)))
    return found
