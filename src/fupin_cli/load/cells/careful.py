"""Every cell of a sheet as the file has it, one by one: for rows that are not as usual.

It reads the cells' XML itself rather than through openpyxl: one pass sees a formula and its value together, serial numbers stay
numbers until their format is known, and a number that is none (``NaN``) costs a cell, not the workbook. openpyxl is what the
tests compare it with.
"""

from collections.abc import Sequence
from datetime import datetime

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.book import TRUE, Book, SheetPart
from fupin_cli.load.cells.formats import AS_IT_IS, Shown
from fupin_cli.load.cells.grid import Cell, Grid
from fupin_cli.load.cells.markup import Attributes
from fupin_cli.load.cells.merges import merge_of
from fupin_cli.load.cells.places import TEXT, Grammar, Place, plain_text, root_of
from fupin_cli.load.cells.values import NOT_A_VALUE, is_blank, moment_text, read_number
from fupin_cli.model.cells import Kind

#: Excel's own limits.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
#: Where what is read stands in a sheet's XML.
_SHEET: Grammar = {
    "worksheet": {
        "sheetData": {"row": {"c": {"v": {}, "f": {}, "is": TEXT}}},
        "mergeCells": {"mergeCell": {}},
    }
}
#: A merge in any other place is none.
_WORDS = frozenset({"sheetData", "row", "c", "v", "f", "is", "t"})
_DIGITS = "0123456789"
_CACHED_NUMBERS = 20_000
_TEXT, _ERROR, _BOOL = int(Kind.TEXT), int(Kind.ERROR), int(Kind.BOOL)
_DATE, _UNCALCULATED = int(Kind.DATE), int(Kind.UNCALCULATED)


class CellReader:
    """Turns the events of a sheet's XML into rows of a grid.

    Raises :class:`InputRefused` for XML that is no sheet: rows out of order, a cell outside its row, two values in a cell, a text
    that is not there.
    """

    def __init__(self, book: Book, sheet: SheetPart, strings: Sequence[str], grid: Grid) -> None:
        #: The last row that was read. Rows that somebody else reads stand before it.
        self.row = 0
        self._book, self._sheet, self._strings, self._grid = book, sheet, strings, grid
        self._place = root_of(sheet.part, _SHEET, words=_WORDS)
        self._path: list[Place] = []
        self._columns: dict[str, int] = {}
        self._numbers: dict[tuple[str, str | None], Cell] = {}
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._row_digits = ""
        self._has_text = False
        self._type = "n"
        self._style: str | None = None
        self._has_value = self._has_formula = False
        self._value: list[str] = []
        self._formula: list[str] = []
        self._run: list[str] = []
        self._sink: list[str] | None = None

    @property
    def is_among_rows(self) -> bool:
        """What comes next may be a row."""
        return self._place.tag == "sheetData"

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self._path.append(self._place)
        place = self._place = self._place[name]
        match place.tag:
            case "c":
                self._start_cell(attributes)
            case "v":
                self._start_value(self._value)
            case "row":
                self._start_row(attributes)
            case "mergeCell":
                self._grid.note_merge(merge_of(attributes.get("ref", ""), self._sheet.name))
            case tag:
                self._start_other(tag)

    def end(self, name: str) -> None:  # noqa: ARG002 - what ends is where we are
        """An element ends."""
        tag = self._place.tag
        self._place = self._path.pop()
        match tag:
            case "c":
                if self._has_value or self._has_formula:
                    self._end_cell()
            case "v" | "f":
                self._sink = None
            case "t":
                self._sink = None
                self._value.append(plain_text("".join(self._run)))
                self._run.clear()
            case "row":
                self._grid.add_row(self.row, self._cells)
                self._cells = {}

    def text(self, data: str) -> None:
        """Text between elements."""
        if self._sink is not None:
            self._sink.append(data)

    def _start_other(self, tag: str) -> None:
        match tag:
            case "f":
                if self._has_formula:
                    raise self._damaged()
                self._sink = self._formula
                self._has_formula = True
            case "is":
                self._start_value(None)
                # Whatever the type says: a text that stands in the cell is no number and no place in a list.
                self._type = "inlineStr"
                self._has_text = False
            case "r":
                self._has_text = False
            case "t":
                if self._has_text:
                    raise self._damaged()
                self._has_text = True
                self._sink = self._run

    def _damaged(self) -> InputRefused:
        return InputRefused("workbook-damaged", where=self._sheet.part)

    def _start_value(self, sink: list[str] | None) -> None:
        if self._has_value:
            raise self._damaged()
        self._has_value = True
        self._sink = sink

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r")
        if given is None:
            number = self.row + 1
        else:
            number = int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(LAST_ROW)) else 0
        if not self.row < number <= LAST_ROW:
            raise InputRefused("sheet-rows-disordered", sheet=self._sheet.name, row=self.row)
        self.row = number
        if attributes.get("hidden", "0") in TRUE:
            self._grid.hidden_rows.add(number)
        self._row_digits = str(number)
        self._column = -1

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip(_DIGITS)
            known = self._columns.get(letters)
            column = known if known is not None else self._number_of(letters)
            if reference[len(letters) :] != self._row_digits:
                raise InputRefused("sheet-rows-disordered", sheet=self._sheet.name, row=self.row)
        if not self._column < column < LAST_COLUMN:
            raise InputRefused("sheet-rows-disordered", sheet=self._sheet.name, row=self.row)
        self._column = column
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s")
        self._has_value = self._has_formula = False
        self._value.clear()
        self._formula.clear()

    def _number_of(self, letters: str) -> int:
        column = 0
        for letter in letters[:4]:
            if not "A" <= letter <= "Z":
                raise InputRefused("sheet-rows-disordered", sheet=self._sheet.name, row=self.row)
            column = column * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = column - 1
        return column - 1

    def cell_of(self, kind: str, style: str | None, value: str | None, *, formula: str | None) -> Cell | None:
        """What a cell of this type and style is that has a value, a formula, or both; None where it is blank."""
        self._type, self._style = kind, style
        cell = None if formula is None else self._uncalculated(value, formula)
        if cell is None and value is not None:
            cell = self._read(value)
        return None if cell is None or (cell[1] == _TEXT and is_blank(cell[0])) else cell

    def _end_cell(self) -> None:
        value = "".join(self._value) if self._has_value else None
        formula = "".join(self._formula) if self._has_formula else None
        cell = self.cell_of(self._type, self._style, value, formula=formula)
        if cell is not None:
            self._cells[self._column] = cell

    def _uncalculated(self, value: str | None, formula: str) -> Cell | None:
        """The formula itself where nobody calculated it.

        openpyxl writes no value, xlsxwriter writes 0 and asks Excel to calculate on opening. A text formula that gives an empty
        text is calculated, unless the workbook asks for it. A formula that another cell holds for
        this one is ``=``.
        """
        missing = value is None or (value == "" and self._type != "str")
        if missing or (self._book.recalculates and value in {"", "0"}):
            return f"={formula}", _UNCALCULATED
        return None

    def _read(self, value: str) -> Cell | None:
        match self._type:
            case "n":
                return self._read_number(value) if value else None
            case "s":
                return self._shared(value), _TEXT
            case "str":
                return plain_text(value), _TEXT
            case "inlineStr":
                return value, _TEXT
            case "b":
                return ("TRUE" if value.strip() in {"1", "true"} else "FALSE", _BOOL) if value else None
            case "e":
                return value or NOT_A_VALUE, _ERROR
            case "d":
                return _iso_date(value)
            case _:
                raise InputRefused("workbook-damaged", where=f"{self._sheet.part} {self._type[:20]}")

    def _shared(self, value: str) -> str:
        try:
            index = int(value)
            if index < 0:
                raise IndexError
            return self._strings[index]
        except (ValueError, IndexError) as error:
            raise InputRefused("sheet-text-missing", sheet=self._sheet.name, row=self.row) from error

    def _read_number(self, value: str) -> Cell:
        key = (value, self._style)
        cell = self._numbers.get(key)
        if cell is None:
            if len(self._numbers) >= _CACHED_NUMBERS:
                self._numbers.clear()
            cell = self._numbers[key] = _number(value, self._shown(), date1904=self._book.date1904)
        return cell

    def _shown(self) -> Shown:
        index = int(self._style) if self._style is not None and self._style.isdigit() else 0
        styles = self._book.styles
        return styles[index] if index < len(styles) else AS_IT_IS


def _number(value: str, shown: Shown, *, date1904: bool) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return NOT_A_VALUE, _ERROR
    if "_" in value:
        return NOT_A_VALUE, _ERROR
    return read_number(number, as_date=shown.as_date, date1904=date1904, as_percent=shown.as_percent)


def _iso_date(value: str) -> Cell | None:
    if not value:
        return None
    try:
        return moment_text(datetime.fromisoformat(value.strip())), _DATE
    except ValueError:
        return NOT_A_VALUE, _ERROR
