"""The tables of a web page: cells with their kinds, spans as merges. Scripts are never run and nothing is fetched."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.careful import LAST_COLUMN, LAST_ROW
from fupin_cli.load.cells.grid import Cell, Grid
from fupin_cli.load.cells.merges import MAX_MERGES
from fupin_cli.load.cells.values import is_blank, percent_text, read_number
from fupin_cli.load.cells.wanted import MAX_SHEETS, check_names
from fupin_cli.load.cells.webspans import Taken
from fupin_cli.load.cells.webtokens import AttributeReader, Attributes, Token, tokens_of
from fupin_cli.model.cells import Kind, Merge, Sheet

#: Tables inside tables, as pages were laid out once.
MAX_NESTED = 16
#: A page that is a workbook has a table per sheet; layout makes a few hundred of them.
MAX_TABLES = 20_000
#: What a browser makes of larger spans.
MAX_COLSPAN, MAX_ROWSPAN = 1000, 65_534

_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r" *\n *")
_DIGITS = re.compile(r"\s*\+?([0-9]{1,9})")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_UNSHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "pre", "blockquote"})
_SILENT = frozenset({"script", "style", "title", "template", "noscript"})
_WITHOUT_END = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_FEW = 2


def tables_of(pages: Iterator[str]) -> list[Sheet]:
    """The tables with at least two rows and two columns, in the order in which they begin; where none has, all that hold any.

    Text of a smaller table inside a cell is the cell's text. Raises :class:`InputRefused` for a page that is cut off inside a
    table and for cells that overlap.
    """
    tables: list[_Table] = []
    for page in pages:
        reader = _Page(tables)
        for token in tokens_of(page):
            reader.take(token)
        if reader.open:
            raise InputRefused("workbook-damaged", where="</table>")
    chosen = [table for table in tables if table.is_sheet] or [table for table in tables if table.used_rows and not table.inner]
    names = [f"表{number}" for number in range(1, len(chosen) + 1)]
    if len(names) > MAX_SHEETS:
        check_names(names, None)
    return [replace(table.sheet(), name=name) for name, table in zip(names, chosen, strict=True)]


class _Table:
    """A table that is being read, by the rules of HTML for which cell stands where."""

    def __init__(self, order: int, *, inner: bool) -> None:
        self.inner = inner
        self.row = self.used_rows = 0
        self.in_row = False
        #: The cell that is open, and its text so far.
        self.cell: Attributes | None = None
        self.pieces: list[str] = []
        #: Text of the whole table, as long as it may turn out to be part of a cell.
        self.said: list[str] = []
        self._name = f"表{order}"
        self._grid = Grid(self._name)
        self._cells: dict[int, Cell] = {}
        self._column = self._width = 0
        self._used: set[int] = set()
        #: Merges of the groups of rows that are over, and of the one that is read.
        self._merges: list[Merge] = []
        self._group: list[Merge] = []
        self._taken = Taken(self._name)

    @property
    def is_sheet(self) -> bool:
        """It has more than a few cells."""
        return self.used_rows >= _FEW and len(self._used) >= _FEW

    def start_row(self, attributes: Attributes) -> None:
        """A row begins, whether or not the one before was ended."""
        self.end_row()
        self.row += 1
        if self.row > LAST_ROW:
            raise InputRefused("sheet-too-many-rows", sheet=self._name, limit=LAST_ROW)
        self.in_row = True
        self._column = 0
        if "hidden" in attributes or _UNSHOWN.search(attributes.get("style", "")):
            self._grid.hidden_rows.add(self.row)

    def end_row(self) -> None:
        """The row ends, if one is open."""
        self.end_cell()
        if self._cells:
            self._grid.add_row(self.row, self._cells)
            self.used_rows += 1
            self._cells = {}
        self.in_row = False

    def start_cell(self, attributes: Attributes) -> None:
        """A cell begins, whether or not the one before was ended."""
        self.end_cell()
        if not self.in_row:
            self.start_row({})
        self._column = self._taken.free_from(self._column, self.row)
        self.cell = attributes

    def end_cell(self) -> None:
        """The cell ends, if one is open, and takes its place."""
        if self.cell is None:
            return
        attributes, self.cell = self.cell, None
        text = _LINE_END.sub("\n", "".join(self.pieces)).strip(" \n")
        self.pieces.clear()
        across = _span(attributes.get("colspan", "1"), MAX_COLSPAN) or 1
        # A span of 0 rows goes on to the end of its group of rows.
        down = _span(attributes.get("rowspan", "1"), MAX_ROWSPAN) or MAX_ROWSPAN
        first, after = self._column, self._column + across
        if first >= LAST_COLUMN:
            raise InputRefused("sheet-too-many-columns", sheet=self._name, limit=LAST_COLUMN)
        if across > 1 or down > 1:
            self._group.append(Merge(self.row, self.row + down - 1, first, after - 1))
            if len(self._merges) + len(self._group) > 2 * MAX_MERGES:
                raise InputRefused("sheet-too-many-merges", sheet=self._name, limit=MAX_MERGES)
        if down > 1:
            self._taken.take(first, after, self.row + down - 1)
        self._column = after
        self._width = max(self._width, first + 1)
        if (cell := _cell(text, attributes)) is not None:
            self._cells[first] = cell
            self._used.add(first)
        if not self.is_sheet:
            self.said.append(text)

    def end_group(self) -> None:
        """Cells do not reach from one group of rows into the next."""
        self.end_row()
        self._merges += [replace(merge, last_row=min(merge.last_row, self.row)) for merge in self._group]
        self._group.clear()
        self._taken.clear()

    def end(self) -> None:
        """The table ends. Spans end where its rows and columns do."""
        self.end_group()
        for merge in self._merges:
            self._grid.note_merge(replace(merge, last_column=min(merge.last_column, self._width - 1)))

    def sheet(self) -> Sheet:
        """The table as a sheet, once it has ended. Raises :class:`InputRefused` for cells that overlap."""
        return self._grid.sheet()


class _Page:
    """Finds the tables of a page."""

    def __init__(self, tables: list[_Table]) -> None:
        self.open: list[_Table] = []
        self._tables = tables
        self._attributes = AttributeReader()
        #: The element whose text nobody sees, and how many of its name are open.
        self._silent = ""
        self._depth = 0

    def take(self, token: Token) -> None:
        """The next tag or text."""
        if not token.name:
            if self.open and not self._silent and self.open[-1].cell is not None:
                # A page's spaces and line ends are one space.
                self.open[-1].pieces.append(_SPACES.sub(" ", token.content))
        elif token.end:
            self._end(token.name)
        else:
            self._start(token.name, token.content)

    def _start(self, tag: str, content: str) -> None:
        if self._silent:
            self._depth += tag == self._silent
            return
        table = self.open[-1] if self.open else None
        if tag == "table":
            self._start_table()
        elif tag in _SILENT:
            self._silent, self._depth = tag, 1
        elif table is None:
            return
        elif tag in _CELLS:
            table.start_cell(self._attributes.read(content))
        elif tag == "tr":
            table.start_row(self._attributes.read(content))
        elif tag in _GROUPS:
            table.end_group()
        elif table.cell is not None:
            self._start_inside(table, tag, self._attributes.read(content))

    def _end(self, tag: str) -> None:
        if self._silent:
            self._depth -= tag == self._silent
            # What is hidden inside a cell ends with it, whatever is missing.
            if self._depth and tag not in {*_CELLS, "tr", "table"}:
                return
            ended, self._silent = self._silent, ""
            if tag == ended:
                return
        table = self.open[-1] if self.open else None
        if table is None:
            return
        if tag == "table":
            self._end_table(self.open.pop())
        elif tag in _CELLS:
            table.end_cell()
        elif tag == "tr":
            table.end_row()
        elif tag in _GROUPS:
            table.end_group()
        elif tag in _BLOCKS:
            _new_line(table)

    def _start_table(self) -> None:
        if len(self.open) >= MAX_NESTED or len(self._tables) >= MAX_TABLES:
            raise InputRefused("html-too-many-tables", nested=MAX_NESTED, tables=MAX_TABLES)
        self.open.append(_Table(len(self._tables) + 1, inner=bool(self.open)))
        self._tables.append(self.open[-1])

    def _end_table(self, table: _Table) -> None:
        table.end()
        if self.open and self.open[-1].cell is not None and not table.is_sheet:
            _new_line(self.open[-1])
            self.open[-1].pieces.append(" ".join(text for text in table.said if text))
            _new_line(self.open[-1])
        table.said.clear()

    def _start_inside(self, table: _Table, tag: str, attributes: Attributes) -> None:
        if tag == "br":
            table.pieces.append("\n")
        elif tag not in _WITHOUT_END and _UNSHOWN.search(attributes.get("style", "")):
            self._silent, self._depth = tag, 1
        elif tag in _BLOCKS:
            _new_line(table)


def _new_line(table: _Table) -> None:
    if table.pieces and not table.pieces[-1].endswith("\n"):
        table.pieces.append("\n")


def _span(given: str, most: int) -> int:
    """A span as browsers read it."""
    digits = _DIGITS.match(given)
    return 1 if digits is None else min(int(digits[1]), most)


def _cell(text: str, attributes: Attributes) -> Cell | None:
    """A cell's value: a text, unless Excel said in the page that it is something else."""
    if (error := attributes.get("x:err")) is not None:
        return error or text, int(Kind.ERROR)
    if "x:bool" in attributes and text:
        return ("TRUE" if (attributes["x:bool"] or text).upper() == "TRUE" else "FALSE"), int(Kind.BOOL)
    if "x:num" in attributes and (number := _number(text, attributes["x:num"])) is not None:
        return number
    if is_blank(text):
        formula = attributes.get("x:fmla")
        return (formula, int(Kind.UNCALCULATED)) if formula else None
    return text, int(Kind.TEXT)


def _number(text: str, given: str) -> Cell | None:
    """The number of a cell that is shown as one, or as a percentage; a date or an amount with its unit is read as it is shown."""
    shown = text.replace(",", "").strip()
    bare = shown.removesuffix("%").rstrip()
    exact = (given or shown).strip()
    if not _NUMBER.fullmatch(exact) or (shown and not _NUMBER.fullmatch(bare)):
        return None
    number = float(exact)
    as_percent = shown.endswith("%")
    if as_percent and not _is_rounded(Decimal(bare), percent_text(number)):
        return None
    return read_number(number, as_date=False, date1904=False, as_percent=as_percent)


def _is_rounded(shown: Decimal, exact: str) -> bool:
    """What is shown is the exact percentage, or that with fewer decimals. Not every writer keeps the number that Excel would."""
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    return abs(Decimal(exact.removesuffix("%")) - shown) * 2 <= step
