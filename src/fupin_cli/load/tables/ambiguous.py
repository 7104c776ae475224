"""What a merged cell leaves open: one number over several subjects, one cell over several fields."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part, mask_of
from fupin_cli.model.cells import Merge, Sheet
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType

#: A year is a number that a whole block of rows may share; every other number is somebody's.
_SHARED = frozenset({"year"})


def doubt_merged(sheet: Sheet, part: Part, names: Mapping[int, str], owners: pa.Array) -> list[Problem]:
    """Make unknown what a merged cell leaves open: one number over several subjects, one cell over several fields.

    ``names`` are the fields by the sheet's columns; ``owners`` names each record's subject, which may share a number.
    """
    if not sheet.merged or not len(part):
        return []
    rows, doubts = part.rows.to_pylist(), _Doubts(sheet, part, owners)
    doubted: dict[str, set[int]] = defaultdict(set)
    problems: list[Problem] = []
    for merge in sheet.merged:
        records = range(bisect_left(rows, merge.first_row), bisect_left(rows, merge.last_row + 1))
        covered = [names[place] for place in range(merge.first_column, merge.last_column + 1) if place in names]
        if not records or not covered:
            continue
        code = doubts.code(merge, records, covered)
        if not code:
            continue
        problems.append(_problem(code, part, merge, records, covered))
        for name in covered:
            doubted[name] |= set(records)
    for name, lost in doubted.items():
        mask = pc.or_(part.unread.get(name, mask_of([], len(part))), mask_of(sorted(lost), len(part)))
        part.unread[name] = mask
        part.values[name] = pc.if_else(mask, pa.scalar(None, part.values[name].type), part.values[name])
    return problems


class _Doubts:
    """Says of merged cells what is in doubt. Columns are made lists once: a sheet may have a hundred thousand merges."""

    def __init__(self, sheet: Sheet, part: Part, owners: pa.Array) -> None:
        self._sheet, self._part = sheet, part
        self._rows, self._owners = sheet.rows.to_pylist(), owners.to_pylist()
        self._texts: dict[int, list[str | None]] = {}

    def code(self, merge: Merge, records: range, covered: Sequence[str]) -> str:
        """The code of a merged cell's problem; empty where it can only mean one thing."""
        if len(covered) > 1:
            return "cell-merged-fields"
        if len(records) < 2:
            return ""
        if merge.first_column not in self._texts:
            self._texts[merge.first_column] = self._sheet.columns[merge.first_column].text.to_pylist()
        start, end = (bisect_left(self._rows, row) for row in (merge.first_row, merge.last_row + 1))
        if len(set(self._texts[merge.first_column][start:end])) > 1:
            return "cell-merged-covers"
        column = fields(self._part.table)[covered[0]]
        is_somebodys = column.type is ValueType.NUMBER and column.form.name not in _SHARED
        whose = set(self._owners[records.start : records.stop])
        return "cell-merged-rows" if is_somebodys and len(whose) > 1 else ""


def _problem(code: str, part: Part, merge: Merge, records: range, covered: Sequence[str]) -> Problem:
    name = covered[0]
    labels = "、".join(fields(part.table)[one].label for one in covered)
    facts = {"count": str(merge.last_row - merge.first_row + 1), "labels": labels}
    return Problem(code, "error", part.address(records[0], name), part.table, name, facts=facts)
