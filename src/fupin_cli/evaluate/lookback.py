"""What rules about rosters see beside a row's own cells: last year's row, and what comparing the years works out."""

from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.between import PREVIOUS, REASON, REASON_STATED
from fupin_cli.model.tables import SHEET, Table


def looking_back(table: Table, names: Iterable[str]) -> Table:
    """The table with these fields as columns, those among them that no sheet has; as it is where there are none.

    Last year's field is unknown where no row of the year before is known. It counts as absent there, and where that row's sheet
    does not have the field: nobody says that it is blank. What a worked case says itself of such a field, it says.
    """
    wanted = list(names)
    if any(name.removeprefix(PREVIOUS) == REASON_STATED for name in wanted):
        table = replace(table, between={**table.between, REASON_STATED: _stated(table)})
    data, masks = table.data, dict(table.unreadable)
    for name in wanted:
        values: pa.Array | None = None
        if name in table.between:
            values = table.between[name]
        elif name.startswith(PREVIOUS) and table.previous is not None:
            before = name.removeprefix(PREVIOUS)
            if before in table.between or table.has(before):
                given = table.between[before] if before in table.between else table.data.column(before).combine_chunks()
                values = given.take(table.previous)
            if before in masks:
                masks[name] = pc.fill_null(masks[before].take(table.previous), False)
            data = data.append_column(f"absent.{name}", _absent(table, name))
        if values is not None and name in data.column_names:
            values = pc.coalesce(data.column(name), values)
            data = data.drop_columns(name)
        if values is not None:
            data = data.append_column(name, values)
    return table if data is table.data else replace(table, data=data, unreadable=masks)


def _stated(table: Table) -> pa.BooleanArray:
    """Whether a row gives the reason of a change: unknown only where the cell cannot be read, for no column gives none."""
    if not table.has(REASON):
        return pa.array([False] * table.data.num_rows, pa.bool_())
    stated = pc.is_valid(table.data.column(REASON)).combine_chunks()
    unread = table.unreadable.get(REASON)
    return stated if unread is None else pc.if_else(unread, pa.scalar(None, pa.bool_()), stated)


def _absent(table: Table, name: str) -> pa.BooleanArray:
    """Where nobody says anything of last year's field: its row is not there, or that row's sheet does not have it."""
    own, before = _lacking(table, name), name.removeprefix(PREVIOUS)
    if before in table.between:
        return own
    return pc.and_(own, pc.fill_null(_lacking(table, before).take(table.previous), True))


def _lacking(table: Table, name: str) -> pa.BooleanArray:
    """The rows whose sheet does not have a field."""
    lacking = pa.array([name not in sheet.letters for sheet in table.sheets], pa.bool_())
    return lacking.take(table.data.column(SHEET).combine_chunks())
