"""XML Spreadsheet 2003: one XML file, which many web systems give out as ``.xls``."""

import codecs
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.book import TRUE
from fupin_cli.load.cells.careful import LAST_COLUMN, LAST_ROW
from fupin_cli.load.cells.grid import Cell, Grid
from fupin_cli.load.cells.markup import Attributes, LocalNames, parse
from fupin_cli.load.cells.merges import MAX_MERGES
from fupin_cli.load.cells.values import NOT_A_VALUE, is_blank, moment_text, number_text, read_number
from fupin_cli.load.cells.wanted import MAX_SHEETS, Send, check_names
from fupin_cli.load.cells.xmlstyles import Styles
from fupin_cli.model.cells import Kind, Merge

#: The file is not compressed: a sheet of 100,000 rows and 38 columns is about 400 MB.
MAX_BYTES = 1 << 30
#: Tables, rows, cells, rich texts: nothing in this format lies deeper.
MAX_DEPTH = 64
#: Columns of all merges that reach down; far more than a real sheet has, few enough to count.
MAX_SPANNED = 10_000_000

_CHUNK = 1 << 20
#: Where what is read stands. A comment has a Data element, too, in another place.
_READ = {
    path[-1]: list(path)
    for path in (
        ("Workbook", "Styles", "Style"),
        ("Workbook", "Styles", "Style", "NumberFormat"),
        ("Workbook", "Worksheet"),
        ("Workbook", "Worksheet", "Table"),
        ("Workbook", "Worksheet", "Table", "Column"),
        ("Workbook", "Worksheet", "Table", "Row"),
        ("Workbook", "Worksheet", "Table", "Row", "Cell"),
        ("Workbook", "Worksheet", "Table", "Row", "Cell", "Data"),
    )
}
_SAID = re.compile(rb"""^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
#: Encodings that the XML parser does not know; the last contains the others.
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "cp936", "x-gbk"})
#: The days before the first, on which Excel and LibreOffice put a time of day.
_NO_DAYS = frozenset({date(1899, 12, 30), date(1899, 12, 31)})
_DAY = timedelta(days=1)
_HALF_SECOND = timedelta(milliseconds=500)


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send) -> Sequence[str]:
    """Read the sheets and send them one by one. Raises :class:`InputRefused` for a DTD and for XML that is no workbook."""
    if path.stat().st_size > MAX_BYTES:
        raise InputRefused("workbook-too-large", part="xml", limit=MAX_BYTES >> 20)
    reader = _Reader(wanted, send)
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(_CHUNK), b"")
        first = next(chunks, b"")
        said = _SAID.match(first)
        if said is not None and said[1].decode().lower() in _CHINESE:
            parse(_recoded(first, chunks), "xml", start=reader.start, end=reader.end, text=reader.text, encoding="utf-8")
        else:
            parse(_joined(first, chunks), "xml", start=reader.start, end=reader.end, text=reader.text)
    if not reader.names:
        raise InputRefused("workbook-without-sheets")
    check_names(reader.names, wanted)
    return []


def _joined(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from chunks


def _recoded(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("gb18030")()
    try:
        for chunk in _joined(first, chunks):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise InputRefused("workbook-damaged", where="gb18030") from error


class _Reader:
    """Turns the events of the XML into sheets."""

    def __init__(self, wanted: Sequence[str] | None, send: Send) -> None:
        self.names: list[str] = []
        self._wanted, self._send = wanted, send
        self._names = LocalNames()
        self._path: list[str] = []
        self._styles = Styles()
        self._style: str | None = None
        self._grid: Grid | None = None
        self._visible = ""
        #: Rows after this one that look like it.
        self._repeated = 0
        self._row = self._column = 0
        self._cells: dict[int, Cell] = {}
        #: For each column, the last row that a merge from above takes.
        self._taken: dict[int, int] = {}
        self._across = self._spanned = self._place_of_columns = 0
        self._covered = False
        self._formula: str | None = None
        self._type: str | None = None
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        tag = self._names[name]
        self._path.append(tag)
        if len(self._path) > MAX_DEPTH:
            raise InputRefused("workbook-damaged", where="xml")
        if tag in _READ and self._path == _READ[tag]:
            given = {self._names[key]: value for key, value in attributes.items()}
            match tag:
                case "Cell":
                    self._start_cell(given)
                case "Data" if self._type is not None:
                    raise InputRefused("workbook-damaged", where="ss:Data")
                case "Data":
                    self._type = given.get("Type", "")
                    self._pieces.clear()
                case "Row":
                    self._start_row(given)
                case "Worksheet":
                    self._start_sheet(given)
                case _:
                    self._start_other(tag, given)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = self._names[name]
        if tag in _READ and self._path == _READ[tag]:
            match tag:
                case "Cell":
                    self._end_cell()
                case "Row" if self._grid is not None:
                    self._grid.add_row(self._row, self._cells)
                    self._row += self._repeated
                case "Worksheet":
                    self._end_sheet()
        self._path.pop()

    def text(self, data: str) -> None:
        """Text between elements; a rich text has elements inside its Data."""
        if self._path[4:6] == ["Cell", "Data"]:
            self._pieces.append(data)
        elif self._path[1:] == ["Worksheet", "WorksheetOptions", "Visible"]:
            self._visible += data

    def _start_other(self, tag: str, given: Attributes) -> None:
        match tag:
            case "Style":
                self._styles.start_style(given)
            case "NumberFormat":
                self._styles.note_format(given)
            case "Table":
                self._styles.start_table(given)
                self._place_of_columns = 0
            case "Column":
                first = self._place(given.get("Index"), after=self._place_of_columns, most=LAST_COLUMN)
                last = self._place_of_columns = min(first + self._count(given.get("Span"), LAST_COLUMN), LAST_COLUMN)
                self._styles.note_columns(first, last, given)

    def _start_sheet(self, given: Attributes) -> None:
        self.names.append(given.get("Name", ""))
        if len(self.names) > MAX_SHEETS:
            check_names(self.names, None)
        self._grid = Grid(self.names[-1])
        self._visible = ""
        self._row = 0
        self._taken.clear()

    def _end_sheet(self) -> None:
        if self._grid is None or self.names[-1] in self.names[:-1]:
            raise InputRefused("workbook-damaged", where="xml")
        if self._wanted is None or self.names[-1] in self._wanted:
            self._grid.hidden = self._visible.strip() in {"SheetHidden", "SheetVeryHidden"}
            self._send(self._grid.sheet())
        self._grid = None

    def _start_row(self, given: Attributes) -> None:
        self._row = self._place(given.get("Index"), after=self._row, most=LAST_ROW)
        self._column = 0
        self._styles.start_row(given)
        self._cells = {}
        self._repeated = min(self._count(given.get("Span"), LAST_ROW), LAST_ROW - self._row)
        if given.get("Hidden") in TRUE and self._grid is not None:
            self._grid.hidden_rows.update(range(self._row, self._row + self._repeated + 1))

    def _start_cell(self, given: Attributes) -> None:
        self._column = self._place(given.get("Index"), after=self._column, most=LAST_COLUMN)
        self._across, down = self._count(given.get("MergeAcross"), LAST_COLUMN), self._count(given.get("MergeDown"), LAST_ROW)
        first = self._column - 1
        self._covered = self._taken.get(first, 0) >= self._row
        if (self._across or down) and self._grid is not None:
            self._grid.note_merge(Merge(self._row, self._row + down, first, first + self._across))
        if down:
            self._spanned += self._across + 1
            if self._spanned > MAX_SPANNED:
                raise InputRefused("sheet-too-many-merges", sheet=self.names[-1], limit=MAX_MERGES)
            self._taken |= dict.fromkeys(range(first, first + self._across + 1), self._row + down)
        self._formula = given.get("Formula")
        self._style = given.get("StyleID")
        self._type = None
        self._pieces.clear()

    def _end_cell(self) -> None:
        cell = self._read("".join(self._pieces))
        if cell is not None and (cell[1] != Kind.TEXT or not is_blank(cell[0])):
            if self._covered:
                # Two programs would put this value into two different cells.
                raise InputRefused("sheet-rows-disordered", sheet=self.names[-1], row=self._row)
            self._cells[self._column - 1] = cell
        self._column += self._across

    def _read(self, value: str) -> Cell | None:
        if self._formula is not None and (self._type is None or (self._type != "String" and not value.strip())):
            return self._formula or "=", int(Kind.UNCALCULATED)
        if self._type is None:
            return None
        match self._type:
            case "String":
                return value, int(Kind.TEXT)
            case "Number":
                return _number(value, as_percent=self._styles.as_percent(self._style, self._column))
            case "DateTime":
                return _moment(value)
            case "Boolean":
                return "TRUE" if value.strip() in {"1", "true"} else "FALSE", int(Kind.BOOL)
            case "Error":
                return value.strip() or NOT_A_VALUE, int(Kind.ERROR)
        raise InputRefused("workbook-damaged", where=f"ss:Type {self._type[:20]}")

    def _place(self, given: str | None, *, after: int, most: int) -> int:
        """The place, from 1, that an element says, or the next one."""
        place = after + 1 if given is None else self._count(given, most)
        if not after < place <= most:
            raise InputRefused("sheet-rows-disordered", sheet=self.names[-1], row=self._row)
        return place

    def _count(self, given: str | None, most: int) -> int:
        if given is None:
            return 0
        if not (given.isascii() and given.isdigit() and len(given) <= len(str(most)) and int(given) <= most):
            raise InputRefused("sheet-rows-disordered", sheet=self.names[-1], row=self._row)
        return int(given)


def _number(value: str, *, as_percent: bool) -> Cell | None:
    if not value.strip():
        return None
    try:
        number = float(value)
    except ValueError:
        return NOT_A_VALUE, int(Kind.ERROR)
    if "_" in value:
        return NOT_A_VALUE, int(Kind.ERROR)
    return read_number(number, as_date=False, date1904=False, as_percent=as_percent)


def _moment(value: str) -> Cell | None:
    """A date; a time of day, which the format puts on the day before the first, stays the part of a day that it is."""
    if not value.strip():
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.date() in _NO_DAYS:
            return number_text(timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second) / _DAY), int(
                Kind.NUMBER
            )
        return moment_text(moment + _HALF_SECOND), int(Kind.DATE)
    except (ValueError, OverflowError):
        return NOT_A_VALUE, int(Kind.ERROR)
