"""What a report rests on: rules, numbers, assumptions, documents, files with their rows, problems of reading."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fupin_cli.model.inputs import RowCounts
from fupin_cli.report.counties.columns import Cell as Value
from fupin_cli.report.counties.facts import chosen_lines, input_rows, problem_rows, run_facts
from fupin_cli.report.paper.model import Cell, Column, Facts, Grid, Kind, Lines, Part, Section, Tone
from fupin_cli.report.unread import unread_line
from fupin_cli.report.words import Words

_SHORT = 12
#: Most files named below the title, and listed among what the report rests on; most problems.
_NAMED, _FILES, _PROBLEMS = 3, 300, 300
_TONES: dict[str, Tone] = {"error": "bad", "warning": "open", "info": "plain"}


def answered(words: Words, answer: str) -> str:
    """The answer, and which files it does not cover."""
    return "\n".join(line for line in (answer, unread_line(words.result.problems, words.options)) if line)


def toned(words: Words, tone: Tone) -> Tone:
    """The tone of the answer: nothing is good where files were refused."""
    return "bad" if any(problem.refuses for problem in words.result.problems) else tone


def subtitle(words: Words) -> list[str]:
    """Packs, day, what the user put in, and files, a line each."""
    result = words.result
    packs = {rules.pack.sha256: rules.pack for rules in result.rules}.values()
    lines = [words.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT]) for pack in packs]
    if result.as_of is not None:
        lines.append(words.say("as-of-line", day=result.as_of.isoformat()))
    lines += [words.say("chosen-line", told=told) for told in chosen_lines(words)]
    if len(result.inputs) > _NAMED:
        rows = sum((source.rows for source in result.inputs), RowCounts(0, 0, 0, 0))
        return [*lines, words.say("inputs-line", count=len(result.inputs), **vars(rows))]
    return lines + [words.say("input-line", path=words.safe(source.path), sha=source.sha256[:_SHORT]) for source in result.inputs]


def basis(words: Words) -> Section:
    """Everything that one needs to retrace a report."""
    parts: list[Part] = [Facts(words.say("paper-run-facts"), list(_facts(words)))]
    files = list(input_rows(words))
    left = len(files) - 1 - _FILES
    note = words.say("paper-files-left-out", count=left) if left > 0 else ""
    numbers: list[Kind] = ["number"] * (len(files[0]) - 2)
    parts.append(_grid(words.say("paper-inputs"), files[: _FILES + 1], ["long", "long", *numbers], note))
    parts.append(Lines(words.say("paper-sheets"), list(_sheets(words))))
    return Section(words.say("paper-run"), parts, aside=True)


def problems(words: Words) -> list[Part]:
    """What could not be read, errors first, with the next step."""
    found = sorted(words.result.problems, key=lambda problem: ("error", "warning", "info").index(problem.severity))
    if not found:
        return []
    counts = [sum(problem.severity == severity for problem in found) for severity in ("error", "warning", "info")]
    title = words.say("heading-problems", count=len(found), errors=counts[0], warnings=counts[1], infos=counts[2])
    note = words.say("problems-left-out", count=len(found) - _PROBLEMS) if len(found) > _PROBLEMS else ""
    shown = replace(words, result=replace(words.result, problems=found[:_PROBLEMS]))
    grid = _grid(title, list(problem_rows(shown)), ["status", "text", "text", "long", "long"], note)
    tones = [_TONES[problem.severity] for problem in found]
    rows = [[replace(row[0], tone=tone), *row[1:]] for row, tone in zip(grid.rows, tones, strict=False)]
    return [replace(grid, rows=rows)]


def _facts(words: Words) -> Iterator[tuple[str, str]]:
    for name, value in run_facts(words):
        yield str(name), str(value)
    quality = words.result.quality
    if quality is not None:
        yield words.say("paper-quality-pack"), f"{quality.pack.name} v{quality.pack.head.version} sha256 {quality.pack.sha256}"


def _sheets(words: Words) -> Iterator[str]:
    """Where the rows of each sheet went, of the first files."""
    inputs = words.result.inputs
    for source in inputs[:_FILES]:
        for sheet in source.sheets:
            tables = words.say("list-comma").join(words.say(f"table-{table}") for table in sheet.table.split("+"))
            name = words.safe(sheet.name) or source.format
            line = words.say("rows-line", sheet=name, table=tables, header=sheet.header_row, **vars(sheet.rows))
            yield f"{words.safe(source.path)} {line}" if len(inputs) > 1 else line


def _grid(title: str, rows: Sequence[Sequence[Value]], kinds: Sequence[Kind], note: str = "") -> Grid:
    """A grid of rows whose first is the heading."""
    columns = [Column(str(heading), kind) for heading, kind in zip(rows[0], kinds, strict=True)]
    return Grid(title, columns, [[_cell(value) for value in row] for row in rows[1:]], note)


def _cell(value: Value) -> Cell:
    return Cell(str(value), number=value if isinstance(value, (int, Decimal)) else None)
