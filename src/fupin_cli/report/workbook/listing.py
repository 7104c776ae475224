"""A list as a sheet: a frozen heading, filters, columns as wide as their words, ready to be printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fupin_cli.errors import OutputRefused
from fupin_cli.model.view import STATUSES
from fupin_cli.report.paper.model import Column
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.book import MOST_COLUMNS, MOST_ROWS, Book, width_of

#: A number is one of ours, never a text from the data.
Value = str | int | Decimal
#: Narrowest and widest column; a heading may stand in so many lines.
_LEAST, _MOST, _LONG, _LINES, _LINE_HIGH = 7, 28, 44, 3, 16
#: Rows that are looked at for the widths.
_SAMPLE = 200
#: Links that Excel reads from one sheet.
MOST_LINKS = 65_530
A4 = 9


@dataclass(frozen=True)
class Listing:
    """A list to be written."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    #: Rows and columns that stay when somebody scrolls.
    frozen: tuple[int, int] = (1, 0)
    #: The words of a status → the fill of its cells.
    fills: Sequence[tuple[str, str]] = ()
    #: Column → the cell of this workbook that each row leads to (sheet, cell); a row without one has no link.
    links: Mapping[int, Sequence[tuple[str, str] | None]] = field(default_factory=dict)


def status_fills(words: Words) -> Sequence[tuple[str, str]]:
    """The words of the statuses of a check, and how they are coloured."""
    looks = {"pass": "good", "fail": "fail", "unknown": "open", "not_applicable": "aside"}
    return [(words.say(f"status-{status}"), looks[status]) for status in STATUSES]


def refuse_too_large(name: str, rows: int, columns: int) -> None:
    """Refuse what no sheet holds; ``name`` is that of a file or of a sheet.

    Raises:
        OutputRefused: more rows or columns than a sheet has.
    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise OutputRefused("book-too-large", path=name, rows=rows, columns=columns, most=MOST_ROWS, wide=MOST_COLUMNS)


def write_listing(book: Book, name: str, listing: Listing) -> str:
    """Write a list to a sheet of its own; what that is called.

    Raises:
        OutputRefused: it has more rows than a sheet.
    """
    columns, rows = listing.columns, list(listing.rows)
    refuse_too_large(name, len(rows) + 1, len(columns))
    name = book.name(name)
    sheet = book.sheet(name)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column, [row[place] for row in rows[:_SAMPLE]]))
    sheet.freeze_panes(*listing.frozen)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    statuses = [place for place, column in enumerate(columns) if column.kind == "status"]
    for place in statuses if rows else ():
        book.fill_by_words(sheet, (1, place, len(rows), place), listing.fills)
    sheet.set_row(0, _LINES * _LINE_HIGH)
    for place, column in enumerate(columns):
        book.put(sheet, 0, place, column.heading, "heading")
    left = MOST_LINKS
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            target = listing.links[place][number - 1] if place in listing.links and left else None
            if isinstance(value, int | Decimal):
                sheet.write_number(number, place, float(value), book.format(number="General"))
            elif target is not None:
                book.link(sheet, number, place, target, value)
                left -= 1
            else:
                book.put(sheet, number, place, value, "long" if columns[place].kind == "long" else "")
    return name


def _width(column: Column, values: Sequence[Value]) -> float:
    """Wide enough for the values; a long heading is broken into lines."""
    widest = max((width_of(str(value).split("\n", 1)[0]) for value in values), default=0)
    heading = -(-width_of(column.heading) // _LINES) + 2
    return min(max(widest + 2, heading, _LEAST), _LONG if column.kind == "long" else _MOST)
