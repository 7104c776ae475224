"""Which cells of an XML Spreadsheet 2003 show their numbers as percentages.

A style takes what it does not say from its parent, and all take it from the style called Default. A cell without a style has
that of its row, of its column or of its table, whichever is nearest.
"""

from bisect import bisect_right
from collections.abc import Mapping

from fupin_cli.load.cells.formats import shown

_DEFAULT = "Default"
#: Any number that is no built-in format's.
_CUSTOM = 164


class Styles:
    """The styles of a workbook, and those of the columns of the sheet that is read."""

    def __init__(self) -> None:
        self._parents: dict[str, str | None] = {}
        self._formats: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._last = ""
        #: First and last column and style, in the order of the columns.
        self._columns: list[tuple[int, int, str]] = []
        self._table: str | None = None
        self._row: str | None = None

    def start_style(self, given: Mapping[str, str]) -> None:
        """A style begins; attributes by their name without namespace."""
        self._last = given.get("ID", "")
        self._parents[self._last] = given.get("Parent")

    def note_format(self, given: Mapping[str, str]) -> None:
        """The number format of the style that is open."""
        self._formats[self._last] = given.get("Format", "")

    def start_table(self, given: Mapping[str, str]) -> None:
        """A sheet's table begins."""
        self._table = given.get("StyleID")
        self._columns.clear()

    def note_columns(self, first: int, last: int, given: Mapping[str, str]) -> None:
        """Columns from one to another, right of those before, have a style of their own, if they say so."""
        if (style := given.get("StyleID")) is not None:
            self._columns.append((first, last, style))

    def start_row(self, given: Mapping[str, str]) -> None:
        """A row begins."""
        self._row = given.get("StyleID")

    def as_percent(self, own: str | None, column: int) -> bool:
        """Whether a cell with this style of its own, or none, in this column shows a percentage."""
        style = own or self._row or self._style_of(column) or self._table or _DEFAULT
        known = self._known.get(style)
        if known is None:
            known = self._known[style] = self._shows_percent(style)
        return known

    def _style_of(self, column: int) -> str | None:
        at = bisect_right(self._columns, column, key=lambda one: one[0]) - 1
        return self._columns[at][2] if at >= 0 and column <= self._columns[at][1] else None

    def _shows_percent(self, style: str) -> bool:
        seen: set[str] = set()
        at: str | None = style
        while at is not None and at not in seen:
            seen.add(at)
            if at in self._formats:
                code = self._formats[at]
                return code == "Percent" or shown(_CUSTOM, code).as_percent
            at = self._parents.get(at) or (_DEFAULT if at != _DEFAULT else None)
        return False
