"""Merged cells: what stands in the first of them stands in all."""

from bisect import bisect_left
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.cells import GridColumn, Sheet


def spread(sheet: Sheet) -> Sheet:
    """The sheet with the value of vertically merged cells in every kept row that they cover.

    Some programs leave values in covered cells: those stay, and ``ambiguous`` looks at them.
    """
    tall = [merge for merge in sheet.merged if merge.last_row > merge.first_row and merge.first_column < len(sheet.columns)]
    if not tall:
        return sheet
    rows = sheet.rows.to_pylist()
    sources: dict[int, list[int]] = {}
    for merge in tall:
        start, end = bisect_left(rows, merge.first_row), bisect_left(rows, merge.last_row + 1)
        if start == end or rows[start] != merge.first_row:
            continue
        if merge.first_column not in sources:
            sources[merge.first_column] = list(range(len(rows)))
        sources[merge.first_column][start:end] = [start] * (end - start)
    columns: list[GridColumn] = list(sheet.columns)
    for position, source in sources.items():
        own = columns[position]
        given = own.text.is_valid()
        lent = own.take(pa.array(source, pa.int64()))
        columns[position] = GridColumn(pc.if_else(given, own.text, lent.text), pc.if_else(given, own.kind, lent.kind))
    return replace(sheet, columns=columns)


def spread_texts(sheet: Sheet, count: int) -> list[list[str]]:
    """The texts of the first kept rows, with those of merged cells in every row and column that they cover."""
    rows = sheet.rows[:count].to_pylist()
    columns = [column.text.slice(0, count).to_pylist() for column in sheet.columns]
    texts = [[column[index] or "" for column in columns] for index in range(count)]
    for merge in sheet.merged:
        start = bisect_left(rows, merge.first_row)
        if start == count or rows[start] != merge.first_row or merge.first_column >= len(sheet.columns):
            continue
        text = texts[start][merge.first_column]
        for index in range(start, bisect_left(rows, merge.last_row + 1)):
            for position in range(merge.first_column, min(merge.last_column + 1, len(sheet.columns))):
                texts[index][position] = text
    return texts
