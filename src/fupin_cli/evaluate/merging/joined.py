"""The verdicts of one standard on the subjects of several workbooks, one workbook after the other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.query import in_order_of_missing
from fupin_cli.evaluate.stacked import stacked
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table

#: Columns that only say yes where something is so; a query over sheets in which it cannot be so does not have them.
_FLAGS = ("conflict.", "missing.")


def joined(results: Sequence[StandardResult]) -> StandardResult:
    """The verdicts of one standard, of which at least one result is given."""
    first = results[0]
    if len(results) == 1:
        return first
    members: dict[str, list[Table]] = defaultdict(list)
    rows: dict[str, int] = defaultdict(int)
    witnesses: dict[str, dict[int, Sequence[int]]] = defaultdict(dict)
    subjects = 0
    for one in results:
        for fact, of_subjects in one.witnesses.items():
            before = rows[str(one.standard.facts[fact].over)]
            witnesses[fact].update({subjects + index: [before + row for row in found] for index, found in of_subjects.items()})
        for name, table in one.members.items():
            members[name].append(table)
            rows[name] += table.data.num_rows
        subjects += one.data.num_rows
    return replace(
        first,
        subject=stacked([one.subject for one in results]),
        data=_concatenated([one.data for one in results], first.subject.name),
        members={name: stacked(tables) for name, tables in members.items()},
        witnesses=dict(witnesses),
    )


def _concatenated(tables: Sequence[pa.Table], subject: str) -> pa.Table:
    """The columns of all, in the order in which one query over all sheets would have them."""
    tables = _alike(tables)
    # To ask a table for one of its thousand columns by name, Arrow goes through all of them.
    columns = [dict(zip(table.column_names, table.columns, strict=True)) for table in tables]
    # A column in which nothing stands may have any type: DuckDB makes one up for it.
    kinds: dict[str, dict[pa.DataType, None]] = defaultdict(dict)
    made_up: dict[str, dict[pa.DataType, None]] = defaultdict(dict)
    for of_table in columns:
        for name, column in of_table.items():
            (made_up if column.null_count == len(column) else kinds)[name][column.type] = None
            made_up.setdefault(name, {})
    names = in_order_of_missing(made_up, subject)
    types = {name: _type([*(kinds.get(name) or made_up[name])]) for name in names}
    schema = pa.schema([*types.items()])
    whole = pa.concat_tables([_fitted(own, table.num_rows, schema) for own, table in zip(columns, tables, strict=True)])
    for place, name in enumerate(names):
        if name.startswith(_FLAGS):
            whole = whole.set_column(place, name, pc.fill_null(whole.column(name), pa.scalar(value=False)))
    return whole.combine_chunks()


def _alike(tables: Sequence[pa.Table]) -> list[pa.Table]:
    """The tables, those next to each other that have the same columns as one: workbooks of a batch are mostly alike."""
    runs: list[list[pa.Table]] = []
    for table in tables:
        if runs and runs[-1][0].schema.equals(table.schema):
            runs[-1].append(table)
        else:
            runs.append([table])
    return [pa.concat_tables(run).combine_chunks() for run in runs]


def _type(found: Sequence[pa.DataType]) -> pa.DataType:
    if len(found) == 1:
        return found[0]
    return pa.unify_schemas([pa.schema({"": kind}) for kind in found], promote_options="permissive").field(0).type


def _fitted(own: Mapping[str, pa.ChunkedArray], rows: int, schema: pa.Schema) -> pa.Table:
    columns = []
    for kind in schema:
        column = own.get(kind.name)
        if column is None or column.null_count == rows:
            columns.append(pa.nulls(rows, kind.type))
        else:
            columns.append(column if column.type.equals(kind.type) else column.cast(kind.type))
    return pa.table(columns, schema=schema)
