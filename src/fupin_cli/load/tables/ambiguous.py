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


def doubt_merged(sheet: Sheet, part: Part, positions: Mapping[str, int], owners: pa.Array) -> list[Problem]:
    """Make unknown what a merged cell leaves open: one number over several subjects, one cell over several fields.

    ``positions`` are the sheet's columns by field; ``owners`` names each record's subject, which may share a number.
    """
    if not sheet.merged or not len(part):
        return []
    declared = fields(part.table)
    names = {position: name for name, position in positions.items()}
    rows = part.rows.to_pylist()
    doubted: dict[str, set[int]] = defaultdict(set)
    problems: list[Problem] = []
    for merge in sheet.merged:
        records = range(bisect_left(rows, merge.first_row), bisect_left(rows, merge.last_row + 1))
        covered = [names[place] for place in range(merge.first_column, merge.last_column + 1) if place in names]
        if not records or not covered:
            continue
        wide = len(covered) > 1
        if not wide:
            column = declared[covered[0]]
            whose = pc.count_distinct(owners.slice(records.start, len(records)), mode="all").as_py()
            if column.type is not ValueType.NUMBER or column.form.name in _SHARED or len(records) < 2 or whose < 2:
                continue
        problems.append(_problem(part, merge, records, covered))
        for name in covered:
            doubted[name] |= set(records)
    for name, lost in doubted.items():
        mask = pc.or_(part.unread.get(name, mask_of([], len(part))), mask_of(sorted(lost), len(part)))
        part.unread[name] = mask
        part.values[name] = pc.if_else(mask, pa.scalar(None, part.values[name].type), part.values[name])
    return problems


def _problem(part: Part, merge: Merge, records: Sequence[int], covered: Sequence[str]) -> Problem:
    name = covered[0]
    labels = "、".join(fields(part.table)[one].label for one in covered)
    facts = {"count": str(merge.last_row - merge.first_row + 1), "labels": labels}
    code = "cell-merged-fields" if len(covered) > 1 else "cell-merged-rows"
    return Problem(code, "error", part.address(records[0], name), part.table, name, facts=facts)
