"""The verdicts of one standard on the subjects of several workbooks, one workbook after the other."""

from collections import defaultdict
from collections.abc import Sequence
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
    kinds: dict[str, list[pa.Field]] = defaultdict(list)
    for table in tables:
        for column, kind in zip(table.itercolumns(), table.schema, strict=True):
            # A column in which nothing stands may have any type: DuckDB makes one up for it.
            if column.null_count < len(column):
                kinds[kind.name].append(kind)
            else:
                kinds.setdefault(kind.name, [])
    names = in_order_of_missing(kinds, subject)
    types = {name: _type(name, tables, kinds[name]) for name in names}
    schema = pa.schema([pa.field(name, types[name]) for name in names])
    whole = pa.concat_tables([_fitted(table, schema) for table in tables])
    for place, name in enumerate(names):
        if name.startswith(_FLAGS):
            whole = whole.set_column(place, name, pc.fill_null(whole.column(name), pa.scalar(value=False)))
    return whole.combine_chunks()


def _type(name: str, tables: Sequence[pa.Table], kinds: Sequence[pa.Field]) -> pa.DataType:
    found = kinds or [table.schema.field(name) for table in tables if name in table.column_names]
    schema = pa.unify_schemas([pa.schema([kind.with_nullable(nullable=True)]) for kind in found], promote_options="permissive")
    return schema.field(0).type


def _fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = []
    for kind in schema:
        if kind.name not in table.column_names or table.column(kind.name).null_count == table.num_rows:
            columns.append(pa.nulls(table.num_rows, kind.type))
        else:
            columns.append(table.column(kind.name).cast(kind.type))
    return pa.table(columns, schema=schema)
