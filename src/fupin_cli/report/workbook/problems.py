"""What could not be read, and what speaks against itself in the data, as a list whose cells lead to the cells meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fupin_cli.model.cells import Sheet
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Rules
from fupin_cli.report.findings import severity_word
from fupin_cli.report.paper.model import Column, Kind
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.beside import Place
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.listing import Listing, write_listing

#: Problems and findings that are listed; what contradicts itself in a row stands beside the row, too.
MOST = 20_000
_ORDER = ("error", "warning", "info")
_KINDS: Mapping[str, Kind] = {
    "severity": "text", "rule": "long", "file": "text", "cell": "text", "message": "long", "hint": "long",
}  # fmt: skip

#: A row of the list, and the cell of this workbook that it leads to (sheet, cell).
_Line = tuple[list[str], tuple[str, str] | None]


@dataclass(frozen=True)
class Problems:
    """The list."""

    lines: list[_Line]
    left_out: int


def problems_of(words: Words, sheets: Mapping[Place, Sheet], names: Mapping[Place, str]) -> Problems:
    """The problems of reading, errors first, then the findings of data quality."""
    lines: list[_Line] = []
    for problem in sorted(words.result.problems, key=lambda one: _ORDER.index(one.severity)):
        message, hint = words.problem(problem)
        where = problem.where
        told = words.say(f"severity-{problem.severity}"), words.say("rule-reading")
        lines.append(_line(words, told, where, (message, hint), names))
    findings = list(_broken(words))
    total = len(lines) + sum(len(indices) for *_, indices in findings)
    for own, judged, name, indices in findings:
        check = judged.standard.checks[name]
        told = severity_word(own, check), check.title.say(own.lang)
        hint = check.remedy.say(own.lang)
        for view in judged.views(indices[: max(0, MOST - len(lines))], (name,)):
            failed = view.checks[0]
            cells = [cell for cells in failed.cells.values() for cell in cells if cell.letter]
            where = next((cell for cell in cells if (cell.input, cell.sheet) in sheets), view.where)
            lines.append(_line(words, told, where, (own.reason(failed), hint), names))
    return Problems(lines[:MOST], max(0, total - MOST))


def _line(
    words: Words, told: tuple[str, str], where: Address | None, texts: tuple[str, str], names: Mapping[Place, str]
) -> _Line:
    """A row, with its link where the sheet is in the workbook."""
    path = words.safe(words.result.inputs[where.input].path) if where is not None else ""
    cell = words.safe(str(where)) if where is not None and (where.row or where.sheet) else ""
    name = names.get((where.input, where.sheet)) if where is not None else None
    target = (name, f"{where.letter or 'A'}{where.row}") if where is not None and name is not None and where.row else None
    return [*told, path, cell, *texts], target


def _broken(words: Words) -> Iterator[tuple[Words, StandardResult, str, list[int]]]:
    """Every rule about the data that somebody breaks, errors before warnings: of those asked for and of those beside verdicts."""
    judged = [(words.of(group.main), group.main) for group in words.result.groups if group.main.is_quality]
    quality = words.result.quality
    if quality is not None:
        result = replace(words.result, rules=[Rules(quality.pack, quality.parameters)], groups=())
        judged += [(replace(words, result=result, about=one), one) for one in quality.judged]
    found = [(own, one, name, indices) for own, one in judged for name in one.standard.checks if (indices := one.failing(name))]
    yield from sorted(found, key=lambda entry: entry[1].standard.checks[entry[2]].severity != "gate")


def write_problems(book: Book, words: Words, problems: Problems) -> None:
    """Write the list."""
    columns = [Column(words.say(f"book-problem-{name}"), kind) for name, kind in _KINDS.items()]
    links = {list(_KINDS).index("cell"): [target for _, target in problems.lines]}
    write_listing(book, words.say("book-problems"), Listing(columns, [line for line, _ in problems.lines], links=links))
