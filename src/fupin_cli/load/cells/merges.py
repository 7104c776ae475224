"""Which cells of a sheet are merged, checked before anyone spreads a value over them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from fupin_cli.errors import InputRefused
from fupin_cli.model.cells import Merge

#: A register of a county with ten merged household columns has about 300,000; more is no table that a person made.
MAX_MERGES = 500_000
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def merge_of(reference: str, sheet: str) -> Merge:
    """The merge that a range such as ``A1:C3`` names. Raises :class:`InputRefused` where it is none."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        raise InputRefused("sheet-merges", sheet=sheet)
    letters, digits, *last = found.groups()
    column, row = _column(letters), int(digits)
    return Merge(row, int(last[1] or row), column, _column(last[0]) if last[0] else column)


def checked(merges: Iterable[Merge], sheet: str) -> Sequence[Merge]:
    """The merges in the order of their rows, each once, without those of a single cell.

    Raises :class:`InputRefused` for a merge that lies outside a sheet, for two that overlap (nobody can say whose value stands in
    the cells of both), and for more than anyone makes.
    """
    distinct: set[Merge] = set()
    for merge in merges:
        if not (
            1 <= merge.first_row <= merge.last_row <= _LAST_ROW and 0 <= merge.first_column <= merge.last_column < _LAST_COLUMN
        ):
            raise InputRefused("sheet-merges", sheet=sheet)
        if merge.first_row < merge.last_row or merge.first_column < merge.last_column:
            distinct.add(merge)
        if len(distinct) > MAX_MERGES:
            raise InputRefused("sheet-too-many-merges", sheet=sheet, limit=MAX_MERGES)
    ordered = sorted(distinct, key=lambda merge: (merge.first_row, merge.first_column))
    if overlap(ordered):
        raise InputRefused("sheet-merges", sheet=sheet)
    return ordered


def overlap(ordered: Sequence[Merge]) -> bool:
    """Two of these merges, which are in the order of their rows and columns, have a cell in common."""
    open_merges: list[Merge] = []
    row = 0
    for merge in ordered:
        if merge.first_row != row:
            row = merge.first_row
            open_merges = [one for one in open_merges if one.last_row >= row]
        # Those that are open on one row lie side by side, so that only the neighbours can be met.
        at = bisect_left(open_merges, merge.first_column, key=lambda one: one.first_column)
        if at and open_merges[at - 1].last_column >= merge.first_column:
            return True
        if at < len(open_merges) and open_merges[at].first_column <= merge.last_column:
            return True
        open_merges.insert(at, merge)
    return False


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
