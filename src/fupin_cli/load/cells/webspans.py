"""Which columns of a table's row are taken by cells from above."""

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.merges import MAX_MERGES

#: Columns that cells of many rows span or that are passed over to find a free one: real tables have few, a bomb has no end.
MAX_SPANNED = 4_000_000


class Taken:
    """The columns that cells of many rows take."""

    def __init__(self, name: str) -> None:
        self._name = name
        #: For each column, the last row that a cell from above takes.
        self._last: dict[int, int] = {}
        #: For the first of columns that are taken side by side: the column after them, and the row to which all of them are.
        self._jumps: dict[int, tuple[int, int]] = {}
        self._spanned = 0

    def take(self, first: int, after: int, last_row: int) -> None:
        """A cell takes these columns down to a row. Raises :class:`InputRefused` for more than any table has."""
        self._count(after - first)
        self._last |= dict.fromkeys(range(first, after), last_row)

    def free_from(self, first: int, row: int) -> int:
        """The first column from here on that is free in this row. The same way is gone once, not in each row."""
        column, until = self._jumps.get(first, (first, row))
        if until < row:
            column = first
        start = column
        while (last := self._last.get(column, 0)) >= row:
            until = last if column == first else min(until, last)
            column += 1
        if column > start:
            self._count(column - start)
            self._jumps[first] = column, until
        return column

    def clear(self) -> None:
        """The cells from above end here."""
        self._last.clear()
        self._jumps.clear()

    def _count(self, columns: int) -> None:
        self._spanned += columns
        if self._spanned > MAX_SPANNED:
            raise InputRefused("sheet-too-many-merges", sheet=self._name, limit=MAX_MERGES)
