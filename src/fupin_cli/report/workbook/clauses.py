"""The documents as a sheet: which check stands where, in whose words, and what to do where it is not met."""

from collections.abc import Iterator

from fupin_cli.report.paper.model import Column
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.listing import Listing, write_listing


def write_clauses(book: Book, words: Words) -> None:
    """Write every check of every standard that was asked, each once, with its citation."""
    kinds = {"standard": "text", "check": "long", "document": "long", "clause": "text", "quote": "long", "remedy": "long"}
    columns = [Column(words.say(f"book-clause-{name}"), "long" if kind == "long" else "text") for name, kind in kinds.items()]
    write_listing(book, words.say("book-basis"), Listing(columns, list(dict.fromkeys(_rows(words)))))


def _rows(words: Words) -> Iterator[tuple[str, ...]]:
    lang = words.lang
    for standard in (one for group in words.result.groups for one in (group.main, *group.beside)):
        own, title = words.of(standard), standard.standard.title.say(lang)
        for check in standard.standard.checks.values():
            cite = check.cite
            yield title, check.title.say(lang), own.document(cite.document), cite.clause, cite.quote, check.remedy.say(lang)
