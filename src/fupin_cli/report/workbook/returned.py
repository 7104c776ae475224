"""A sheet that people get back: every cell where it stood, so that every address in every report holds in this workbook, too; to
the right of it what is said of each row, and cells to look at filled and explained.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from fupin_cli.model.cells import Sheet, column_letter
from fupin_cli.report.options import Options
from fupin_cli.report.workbook.book import Book, width_of
from fupin_cli.report.workbook.cells import Hiding, Odd, Value, values_of
from fupin_cli.report.workbook.listing import A4
from fupin_cli.report.workbook.verdicts import Said

#: Cells of a sheet that carry a note; thousands of them make spreadsheets slow. Fills and columns stay for all.
MOST_NOTES = 1000
#: Rows that are held as Python objects at a time.
_BATCH = 2000
#: Widths of the people's columns, and of ours: outcome, reasons, what to do, clauses, then what else there is.
_LEAST, _MOST = 6, 24
_OURS, _FURTHER = (16, 60, 44, 44), 24
#: A row is as high as its longest cell needs, up to Excel's limit.
_LINE_HIGH, _HIGHEST, _HEADER_HIGH = 17, 405, 51
#: A page takes so many characters in its width before nobody can read it.
_PAGE = 260


@dataclass(frozen=True)
class Block:
    """What one standard says of the rows of a sheet."""

    headings: Sequence[str]
    #: The sheet's row number → what is said of it.
    rows: Mapping[int, Said]
    #: The outcomes that ``--only`` means; the rows of others are filtered out until somebody lifts the filter.
    wanted: Sequence[str] | None = None


@dataclass(frozen=True)
class Returned:
    """A sheet to be written."""

    #: Its name in the new workbook, and where it was read from.
    name: str
    path: str
    sheet: Sheet
    header: int
    hidings: Sequence[Hiding]
    blocks: Sequence[Block]
    #: Row → column letter → whether a check surely fails at the cell.
    fails: Mapping[int, Mapping[str, bool]]
    #: Row → column letter → what is said at the cell.
    notes: Mapping[int, Mapping[str, Mapping[str, None]]]
    #: Columns that stay when somebody scrolls.
    kept: int = 1

    def filters_out(self, row: int) -> bool:
        """Whether a row is hidden by the filter over the first outcome."""
        wanted = self.blocks[0].wanted if self.blocks else None
        if wanted is None or row <= self.header:
            return False
        said = self.blocks[0].rows.get(row)
        return said is None or said.texts[0] not in wanted

    @property
    def notes_left_out(self) -> int:
        """Cells that would have carried a note."""
        return max(0, sum(map(len, self.notes.values())) - MOST_NOTES)


@dataclass
class _Hand:
    """What writing a sheet needs at every cell."""

    book: Book
    sheet: Worksheet
    #: The letters of the people's columns, and how many notes there is room for.
    letters: Sequence[str]
    notes: int

    def write(self, row: int, column: int, value: Value, look: str) -> None:
        """Write a cell of the people's; a blank one only where it is filled."""
        book, sheet = self.book, self.sheet
        if isinstance(value, Odd):
            if isinstance(value.value, str):
                book.put(sheet, row, column, value.value, look)
            elif isinstance(value.value, bool):
                sheet.write_boolean(row, column, value.value, book.format(look, "General"))
            else:
                sheet.write_number(row, column, value.value, book.format(look, value.form))
        elif isinstance(value, str):
            sheet.write_string(row, column, value, book.format(look))
        elif value is not None:
            sheet.write_number(row, column, value, book.format(look, "General"))
        elif look:
            sheet.write_blank(row, column, None, book.format(look))


def write_returned(book: Book, page: Returned, options: Options) -> None:
    """Write the sheet."""
    source, first = page.sheet, len(page.sheet.columns)
    widths = [len(block.headings) for block in page.blocks]
    sheet = book.sheet(page.name)
    _lay_out(sheet, page, first + sum(widths))
    hand = _Hand(book, sheet, [column_letter(place) for place in range(first)], MOST_NOTES)
    for start in range(0, len(source.rows), _BATCH):
        rows = source.rows.slice(start, _BATCH).to_pylist()
        columns = list(_columns(page, start, rows, options))
        if not start:
            _widths(sheet, columns, page)
        for at, number in enumerate(rows):
            said = [block.rows.get(number) for block in page.blocks]
            _set_row(sheet, number, said, filtered=page.filters_out(number))
            if number == page.header:
                _write_header(hand, page, [column[at] for column in columns])
                continue
            fails = page.fails.get(number)
            if fails:
                _write_marked(hand, page, number, [column[at] for column in columns], fails)
            else:
                _write_plain(hand, number - 1, at, columns)
            place = first
            for width, one in zip(widths, said, strict=True):
                if one is not None:
                    _write_said(hand, number - 1, place, one)
                place += width


def _columns(page: Returned, start: int, rows: Sequence[int], options: Options) -> Iterator[list[Value]]:
    """The cells of some rows, column by column. What stands in the header and above it is a word, not a value."""
    above = sum(number <= page.header for number in rows)
    for column, hiding in zip(page.sheet.columns, page.hidings, strict=True):
        head = type(column)(column.text.slice(start, above), column.kind.slice(start, above))
        rest = len(rows) - above
        body = type(column)(column.text.slice(start + above, rest), column.kind.slice(start + above, rest))
        words = values_of(head, "pattern", options) if above else []
        yield words + values_of(body, hiding, options)


def _write_plain(hand: _Hand, row: int, at: int, columns: Sequence[Sequence[Value]]) -> None:
    """A row in which no cell is marked: most rows of a large sheet, and the longest part of writing it."""
    sheet, text, number = hand.sheet, hand.book.format(), hand.book.format(number="General")
    write_string, write_number = sheet.write_string, sheet.write_number
    for place, column in enumerate(columns):
        value = column[at]
        if value.__class__ is str:
            write_string(row, place, value, text)
        elif value.__class__ is float:
            write_number(row, place, value, number)
        elif value is not None:
            hand.write(row, place, value, "")


def _write_marked(hand: _Hand, page: Returned, number: int, values: Sequence[Value], fails: Mapping[str, bool]) -> None:
    """A row with cells that a check is not content with."""
    for place, value in enumerate(values):
        surely = fails.get(hand.letters[place])
        if surely is not None:
            hand.write(number - 1, place, value, "fail" if surely else "open")
        elif value is not None:
            hand.write(number - 1, place, value, "")
    for place, letter in enumerate(hand.letters) if hand.notes else ():
        if letter in page.notes[number] and hand.notes:
            hand.notes -= 1
            _note(hand.sheet, number - 1, place, "\n\n".join(page.notes[number][letter]))


def _note(sheet: Worksheet, row: int, place: int, text: str) -> None:
    """A note at a cell, as large as its words need."""
    lines = sum(-(-width_of(line) // 40) for line in text.split("\n"))
    sheet.write_comment(row, place, text, {"author": "fupin", "font_size": 9, "width": 300, "height": 18 * lines + 14})


def _write_header(hand: _Hand, page: Returned, values: Sequence[Value]) -> None:
    row = page.header - 1
    hand.sheet.set_row(row, _HEADER_HIGH)
    for place, value in enumerate(values):
        hand.write(row, place, value, "heading")
    ours = [heading for block in page.blocks for heading in block.headings]
    for place, heading in enumerate(ours, start=len(values)):
        hand.book.put(hand.sheet, row, place, heading, "ours")


def _write_said(hand: _Hand, row: int, first: int, said: Said) -> None:
    for place, text in enumerate(said.texts, start=first):
        if text:
            hand.book.put(hand.sheet, row, place, text, said.look if place == first else "long")


def _set_row(sheet: Worksheet, number: int, said: Sequence[Said | None], *, filtered: bool) -> None:
    """As high as the longest of our cells needs: spreadsheets do not work that out by themselves."""
    lines = 1
    for one in said:
        for width, text in zip(_OURS, one.texts if one is not None else (), strict=False):
            if len(text) * 2 > width:
                lines = max(lines, sum(-(-width_of(line) // (width - 2)) or 1 for line in text.split("\n")))
    if lines > 1 or filtered:
        sheet.set_row(number - 1, min(lines * _LINE_HIGH, _HIGHEST), None, {"hidden": filtered})


def _lay_out(sheet: Worksheet, page: Returned, columns: int) -> None:
    """Filters, what stays in sight, and the printed page."""
    last = page.sheet.rows[-1].as_py() if len(page.sheet.rows) else page.header
    sheet.freeze_panes(page.header, page.kept)
    if columns:
        sheet.autofilter(page.header - 1, 0, last - 1, columns - 1)
        # A number that is a text is one on purpose.
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(columns - 1)}{last}"})
    if page.blocks and page.blocks[0].wanted:
        sheet.filter_column_list(len(page.sheet.columns), list(page.blocks[0].wanted))
    sheet.set_landscape()
    sheet.set_paper(A4)
    # Also on paper, where a row of many columns is lost without lines.
    sheet.hide_gridlines(0)
    sheet.repeat_rows(page.header - 1)
    place = len(page.sheet.columns)
    for block in page.blocks:
        for at, _ in enumerate(block.headings):
            width = _OURS[at] if at < len(_OURS) and len(block.headings) >= len(_OURS) else _FURTHER
            sheet.set_column(place, place, width)
            place += 1


def _widths(sheet: Worksheet, columns: Sequence[Sequence[Value]], page: Returned) -> None:
    """As wide as the first rows need; the heading may be broken into lines."""
    header = page.sheet.rows.index(page.header).as_py()
    total = 0
    for place, column in enumerate(columns):
        body = column[header + 1 :][:200]
        widest = max((width_of(_shown(value)) for value in body if value is not None), default=0)
        heading = -(-width_of(_shown(column[header])) // 2) + 2 if 0 <= header < len(column) else 0
        width = min(max(widest + 2, heading, _LEAST), _MOST)
        total += width
        sheet.set_column(place, place, width)
    if total + sum(_OURS) <= _PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        # What says whom a row is about stands on every page.
        sheet.repeat_columns(0, page.kept - 1)


def _shown(value: Value) -> str:
    """About what a cell shows."""
    if isinstance(value, Odd):
        return value.value if isinstance(value.value, str) else "2018-05-01"
    return f"{value:.15g}" if isinstance(value, float) else value or ""
