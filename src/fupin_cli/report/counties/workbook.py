"""The counties as a workbook: the matrix to filter, the gaps to work on, the facts of the run, the problems of reading.

Colours are conditional formats over the words, so that they follow when somebody corrects a cell, and never say anything that the
words do not.
"""

from collections.abc import Iterable, Iterator, Sequence

from fupin_cli.model.run import Result
from fupin_cli.report.counties.columns import Cell, columns, rows, unread_rows
from fupin_cli.report.counties.county import COUNTY, Counties, County
from fupin_cli.report.counties.facts import input_rows, problem_rows, run_facts
from fupin_cli.report.counties.gaps import HEADINGS, gaps
from fupin_cli.report.csvtext import finding_rows, subject_rows
from fupin_cli.report.options import Options
from fupin_cli.report.paper.model import Column, Kind
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.listing import Listing, status_fills, write_listing

#: Columns of gaps that hold sentences, and the one that holds a status.
_GAP_KINDS: dict[str, Kind] = {
    "gap-status": "status", "gap-check": "long", "gap-quote": "long", "gap-values": "long", "gap-cells": "long",
    "gap-remedy": "long",
}  # fmt: skip
_PROBLEM_KINDS: Sequence[Kind] = ("text", "text", "text", "long", "long")


def county_workbook(result: Result, options: Options) -> bytes:
    """An xlsx workbook, the same bytes for the same result; without counties it has the tables that were judged."""
    words, book = Words(result, options), Book()
    fills = status_fills(words)
    for number, counties in enumerate(Counties.of(result, options)):
        found, unread = list(rows(counties)), [] if number else unread_rows(counties)
        unread_fill = [(words.say("unread-file"), "fail")] if unread else []
        matrix_rows: list[Sequence[Cell]] = [*unread, *(cells for _, cells in found)]
        matrix = Listing(columns(counties), matrix_rows, (1, 2), [*fills, *unread_fill])
        write_listing(book, words.say("sheet-matrix"), matrix)
        told: list[County] = [county for county, _ in found]
        headings = [Column(words.say(name), _GAP_KINDS.get(name, "text")) for name in HEADINGS]
        steps = (gap.cells(words) for gap in gaps(told))
        write_listing(book, words.say("sheet-gaps"), Listing(headings, steps, (1, 2), fills))
    for title, headings, lines in (*_others(words), *_facts(words)):
        write_listing(book, title, Listing(headings, lines))
    return book.packed()


_Sheet = tuple[str, list[Column], Iterable[Sequence[Cell]]]


def _others(words: Words) -> Iterator[_Sheet]:
    """What else was judged: a sheet for each table, and one for what is odd in the data."""
    others = [group for group in words.result.groups if group.subject != COUNTY]
    verdicts = [group for group in others if not group.main.is_quality]
    for group in verdicts:
        heading, *lines = subject_rows(words.of(group.main), group)
        yield words.say(f"table-{group.subject}"), [Column(text) for text in heading], lines
    if len(verdicts) < len(others):
        heading, *lines = finding_rows(words)
        yield words.say("sheet-findings"), [Column(text) for text in heading], lines


def _facts(words: Words) -> Iterator[_Sheet]:
    yield words.say("sheet-run"), [Column(words.say("run-fact")), Column(words.say("run-value"), "long")], run_facts(words)
    heading, *inputs = input_rows(words)
    yield words.say("sheet-inputs"), [Column(str(text)) for text in heading], inputs
    names, *problems = problem_rows(words)
    kinds = [Column(str(text), kind) for text, kind in zip(names, _PROBLEM_KINDS, strict=True)]
    yield words.say("sheet-problems"), kinds, problems
