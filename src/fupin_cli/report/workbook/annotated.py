"""The people's own workbook, given back with what is to be done in each row; before it a summary, behind it what could not be
read, the list for the public notice, and the clauses.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from fupin_cli.model.cells import Sheet
from fupin_cli.model.run import Result
from fupin_cli.model.tables import TABLES
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.beside import Place, blocks_of, fields_of, tables_of
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.cells import hidings
from fupin_cli.report.workbook.clauses import write_clauses
from fupin_cli.report.workbook.listing import refuse_too_large
from fupin_cli.report.workbook.notice import Notice, write_notice
from fupin_cli.report.workbook.overview import write_overview
from fupin_cli.report.workbook.problems import problems_of, write_problems
from fupin_cli.report.workbook.returned import Returned, write_returned
from fupin_cli.report.workbook.verdicts import Marks

#: Names within the first so many columns stay in sight.
_KEPT = 3


def annotated_workbook(result: Result, options: Options) -> bytes:
    """An xlsx workbook, the same bytes for the same result. It has the people's sheets where the result kept its sources.

    Raises:
        OutputRefused: a sheet has more rows or columns than a workbook holds.
        OSError: the disk for the temporary files is full.
    """
    with Book(lean=True) as book:
        _fill(book, Words(result, options))
        return book.packed()


def _fill(book: Book, words: Words) -> None:
    """Write every sheet."""
    result = words.result
    sheets = {
        (place, sheet.name): sheet
        for place, source in result.sources.items()
        for sheet in source.sheets
        if any(one.name == sheet.name for one in result.inputs[place].sheets)
    }
    # The people's own names come first.
    names = {place: book.name(words.safe(_called(result, place))) for place in sheets}
    pages = list(_pages(words, sheets, names))
    notice, problems = Notice.of(words), problems_of(words, sheets, names)
    write_overview(book, words, pages, notice, problems.left_out)
    for page in pages:
        write_returned(book, page, words.options)
    write_problems(book, words, problems)
    if notice is not None:
        write_notice(book, words, notice)
    write_clauses(book, words)


def _called(result: Result, place: Place) -> str:
    """What a sheet is called; a file without sheets gives it its own name."""
    return place[1] or PurePosixPath(result.inputs[place[0]].path).stem


def _pages(words: Words, sheets: Mapping[Place, Sheet], names: Mapping[Place, str]) -> Iterator[Returned]:
    """The sheets with all that is said in them."""
    result, marks = words.result, Marks()
    tables = tables_of(result)
    blocks = blocks_of(words, tables, sheets, marks)
    for place, sheet in sheets.items():
        source = result.inputs[place[0]]
        header = next(one for one in source.sheets if one.name == place[1]).header_row
        own, fields = blocks.get(place, []), fields_of(tables, place)
        last = sheet.rows[-1].as_py() if len(sheet.rows) else 0
        refuse_too_large(source.path, last, len(sheet.columns) + sum(len(one.headings) for one in own))
        named = {(table, TABLES[table].NAME) for table, _ in fields.values()}
        kept = [number for number, letter in enumerate("ABC"[:_KEPT], start=1) if fields.get(letter) in named]
        yield Returned(
            name=names[place],
            path=source.path,
            sheet=sheet,
            header=header,
            hidings=hidings(sheet, header, fields),
            blocks=own,
            fails=marks.fails.get(place, {}),
            notes=marks.notes.get(place, {}),
            kept=max(kept, default=1),
        )
