"""The first sheet: how many came to what, what stops how many, and everything that one needs to retrace the run."""

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from fupin_cli.model.run import Group
from fupin_cli.report.counties.facts import chosen_lines, input_rows, run_facts
from fupin_cli.report.doubts import broken_lines, doubts_heading, turned_heading
from fupin_cli.report.subjects import blocking_checks
from fupin_cli.report.unread import unread_line
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.listing import A4
from fupin_cli.report.workbook.notice import Notice
from fupin_cli.report.workbook.returned import MOST_NOTES, Returned
from fupin_cli.report.workbook.verdicts import outcome_look

_WIDTHS = (30, 48, 12, 12, 12, 12)

#: A cell with its look; a text may be a link to a sheet.
_Cell = tuple[str | int, str]
_Link = tuple[str, str]


def write_overview(book: Book, words: Words, pages: Sequence[Returned], notice: Notice | None, left_out: int) -> None:
    """Write the summary. ``left_out``: problems and findings for which the list has no room."""
    sheet = book.sheet(book.name(words.say("book-summary")))
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    row = 0
    for part in (_head(words), *_groups(words), _doubts(words), _explained(words, pages, notice, left_out)):
        row = _write(book, sheet, row, part)
    row = _sheets(book, sheet, row, words, pages)
    for part in (_inputs(words), _run(words)):
        row = _write(book, sheet, row, part)


def _write(book: Book, sheet: Worksheet, row: int, lines: Iterator[Sequence[_Cell]]) -> int:
    """Write some lines and a blank one; the next row."""
    first = row
    for line in lines:
        for place, (value, look) in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(row, place, value, book.format(look, "0"))
            else:
                book.put(sheet, row, place, value, look)
        row += 1
    return row + (row > first)


def _head(words: Words) -> Iterator[Sequence[_Cell]]:
    yield [(words.say(f"title-{words.result.command}"), "title")]
    if unread := unread_line(words.result.problems, words.options):
        yield [(unread, "fail")]
    for rules in {rules.pack.sha256: rules for rules in words.result.rules}.values():
        head = rules.pack.head
        yield [(f"{rules.pack.name} v{head.version} {head.title.say(words.lang)}", "")]


def _groups(words: Words) -> Iterator[Iterator[Sequence[_Cell]]]:
    for group in words.result.groups:
        yield _outcomes(words.of(group.main), group)
        yield _checks(words.of(group.main), group)


def _outcomes(words: Words, group: Group) -> Iterator[Sequence[_Cell]]:
    """How many came to each outcome, of the verdict and of the standards beside it."""
    for standard in (group.main, *group.beside):
        own = words.of(standard)
        total = words.say("subjects-total", count=words.count(standard.data.num_rows))
        yield [(standard.standard.title.say(words.lang), "section"), (total, "section")]
        for name, count in standard.outcome_counts().items():
            look, word = outcome_look(own, name)
            yield [(word, look), (count, "")]


def _checks(words: Words, group: Group) -> Iterator[Sequence[_Cell]]:
    """What stops how many."""
    found = list(blocking_checks(group.main))
    if found:
        yield [(words.say(f"heading-{name}"), "heading") for name in ("check", "fail", "unknown")]
    for name, fails, unknown in found:
        title = group.main.standard.checks[name].title.say(words.lang)
        yield [(title, ""), (fails, "fail" if fails else ""), (unknown, "open" if unknown else "")]


def _doubts(words: Words) -> Iterator[Sequence[_Cell]]:
    """What speaks against the data, and whose verdict rests on it."""
    heading = doubts_heading(words)
    if not heading:
        return
    yield [(heading, "section")]
    for line in broken_lines(words):
        yield [(line, "")]
    for group in words.result.groups:
        if not group.main.is_quality:
            yield [(turned_heading(words.of(group.main), group), "")]


def _explained(words: Words, pages: Sequence[Returned], notice: Notice | None, left_out: int) -> Iterator[Sequence[_Cell]]:
    """What the colours mean, what was left out, and what the list for the notice has."""
    say = words.say
    yield [(say("book-how"), "section")]
    yield [(say("book-fill-fail"), "fail")]
    yield [(say("book-fill-open"), "open")]
    yield [(say("book-places"), "")]
    yield [(say("book-masked" if words.options.mask else "book-unmasked"), "")]
    for told in chosen_lines(words):
        yield [(say("chosen-line", told=told), "open")]
    for page in pages:
        if page.notes_left_out:
            yield [(say("book-notes-left-out", sheet=page.name, most=MOST_NOTES, count=page.notes_left_out), "open")]
    if left_out:
        yield [(say("book-problems-left-out", count=left_out), "open")]
    if notice is not None:
        yield [(say("book-notice-count", count=notice.count, villages=len(notice.villages)), "")]
        if notice.complete:
            yield [(say("book-notice-complete", count=notice.complete), "")]
        if notice.unsaid:
            yield [(say("book-notice-unsaid", count=notice.unsaid), "open")]
        if notice.doubtful:
            yield [(say("book-notice-doubtful", count=notice.doubtful), "open")]


def _sheets(book: Book, sheet: Worksheet, row: int, words: Words, pages: Sequence[Returned]) -> int:
    """Where each sheet came from; the next row."""
    if not pages:
        return row
    headings = ("sheet", "file", "original", "read")
    for place, name in enumerate(headings):
        book.put(sheet, row, place, words.say(f"book-sheet-{name}"), "heading")
    for place, page in enumerate(pages, start=row + 1):
        book.link(sheet, place, 0, (page.name, "A1"), page.name)
        book.put(sheet, place, 1, words.safe(page.path))
        book.put(sheet, place, 2, words.safe(page.sheet.name))
        sheet.write_number(place, 3, len(page.sheet.rows), book.format(number="0"))
    return row + len(pages) + 2


def _inputs(words: Words) -> Iterator[Sequence[_Cell]]:
    heading, *lines = input_rows(words)
    yield [(str(text), "heading") for text in heading]
    for line in lines:
        yield [(value if isinstance(value, int) else str(value), "") for value in line]


def _run(words: Words) -> Iterator[Sequence[_Cell]]:
    """Command, packs with hashes, day, parameters, assumptions, documents."""
    yield [(words.say("sheet-run"), "section")]
    for name, value in run_facts(words):
        yield [(str(name), ""), (str(value), "")]
    quality = words.result.quality
    if quality is not None:
        yield [
            (words.say("book-quality-pack"), ""),
            (f"{quality.pack.name} v{quality.pack.head.version} {quality.pack.sha256}", ""),
        ]
