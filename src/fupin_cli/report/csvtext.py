"""The report as a table for spreadsheets: one row per subject, text that can never become a formula."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.run import Change, Group, Result
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.view import SubjectView
from fupin_cli.report.completeness import completeness_rows
from fupin_cli.report.findings import broken_rules, severity_word
from fupin_cli.report.options import Options, is_quality, wanted_outcomes
from fupin_cli.report.problems import problem_value, visible
from fupin_cli.report.unread import Places, unread_cells
from fupin_cli.report.words import Words

#: What makes Excel read the file as UTF-8.
BOM = "\ufeff"
#: Where these stand in the row of a subject.
_OUTCOME, _REASONS = 3, 5
#: Characters that make a spreadsheet read a text as a formula, half and full width.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """A cell that stays text when a spreadsheet opens the file."""
    return f"'{text}" if text.startswith(_LIVE) else text


def csv_lines(result: Result, options: Options) -> Iterator[str]:
    """The text of the report in pieces, byte-order mark first so that Excel reads it as UTF-8."""
    words = Words(result, options)
    verdicts = [group for group in result.groups if not group.main.is_quality]
    rows = chain.from_iterable(
        chain(subject_rows(own, group), completeness_rows(own)) for group in verdicts for own in [words.of(group.main)]
    )
    if len(verdicts) < len(result.groups):
        rows = chain(rows, finding_rows(words))
    for number, row in enumerate(rows):
        yield ("" if number else BOM) + csv_row(row)
        if not number and verdicts:
            yield from map(csv_row, _unread(words, row))


def _unread(words: Words, heading: Sequence[str]) -> list[list[str]]:
    """A row for each file that was refused, below the first heading: whoever counts the rows counts it."""
    behind = len(tail(words)) + 3
    return unread_cells(words.result.problems, words.options, len(heading), Places(_OUTCOME, _REASONS, len(heading) - behind))


def finding_rows(words: Words) -> Iterator[list[str]]:
    """One row per finding and per problem: the cell to go to, what stands there, and what to do."""
    names = ("severity", "rule", "table", "subject", "subject-name", "year", "cell", "values", "why", "remedy", "input")
    repeated = tail(words)
    yield [words.say(f"csv-{name}") for name in (*names, *repeated, "input-sha256")]
    if is_quality(words.result):
        yield from _problems(words, repeated, [one for one in words.result.problems if one.refuses])
    for rule in broken_rules(words):
        own, check = rule.words, rule.check
        why = check.why.say(own.lang) if check.why is not None else ""
        head = [severity_word(own, check), check.title.say(own.lang), own.say(f"table-{own.judged.subject.name}")]
        for view, failed in rule.views(len(rule.subjects)):
            cells = dict.fromkeys(_cell(own, cell, view) for cells in failed.cells.values() for cell in cells)
            where = own.say("list-comma").join(cells) or own.safe(str(view.where))
            year = str(view.year) if view.year is not None else ""
            row = [*head, own.key(view.key), own.safe(view.name), year, where, own.reason(failed), why]
            source = own.result.inputs[view.where.input]
            # Only the rule's own numbers: all of them in every row would bury the finding.
            used = tail(own) | {"parameters": own.say("semicolon").join(own.parameter(name) for name in failed.threshold)}
            yield [*row, check.remedy.say(own.lang), source.path, *used.values(), source.sha256]
    if is_quality(words.result) and words.options.only is None:
        yield from _problems(words, repeated, [one for one in words.result.problems if not one.refuses])


def _cell(words: Words, cell: Address, view: SubjectView) -> str:
    """A cell of the subject's own file by itself, one of another file with its name."""
    return words.safe(str(cell)) if cell.input == view.where.input else words.place(cell)


def _problems(words: Words, repeated: dict[str, str], problems: Sequence[Problem]) -> Iterator[list[str]]:
    """What could not be read: a row each, in the columns of the findings."""
    for problem in problems:
        message, next_step = words.problem(problem)
        where = problem.where
        source = words.result.inputs[where.input] if where is not None else None
        cell = words.safe(str(where)) if where is not None and where.row else ""
        table = words.say(f"table-{problem.table}") if problem.table else ""
        row = [words.say(f"severity-{problem.severity}"), words.say("rule-reading"), table, "", "", "", cell]
        row += [problem_value(problem, words.options), message, next_step, source.path if source is not None else ""]
        used = repeated | {"parameters": ""}
        yield [*row, *used.values(), source.sha256 if source is not None else ""]


def subject_rows(words: Words, group: Group) -> Iterator[list[str]]:
    """The heading and the rows of one table."""
    checks, only, repeated = group.main.standard.checks, words.options.only, tail(words)
    heading = known_by(words, group.subject)
    heading += [words.say(f"csv-{name}") for name in ("year", "outcome", "possible", "reasons", "missing")]
    quality = words.result.quality
    heading += [words.say("csv-quality")] if quality is not None else []
    heading += [standard.standard.title.say(words.lang) for standard in group.beside]
    heading += [check.title.say(words.lang) for check in checks.values()]
    yield heading + [words.say(f"csv-{name}") for name in ("input", "cell", *repeated, "input-sha256")]
    indices = group.main.indices(wanted_outcomes(group.main, only) if only is not None else None)
    beside = [standard.views(indices) for standard in group.beside]
    for view in group.main.views(indices):
        further = [words.of(s).short(next(views)) for s, views in zip(group.beside, beside, strict=True)]
        source = words.result.inputs[view.where.input]
        doubt = [doubt_text(words, quality.changes.get(group.subject, {}).get(view.index))] if quality is not None else []
        row = [*_subject(words, view), *doubt, *further, *(words.say(f"status-{check.status}") for check in view.checks)]
        yield [*row, source.path, words.safe(str(view.where)), *repeated.values(), source.sha256]


def known_by(words: Words, table: str) -> list[str]:
    """The headings of what a table's subjects are known by: the fields of the key together, and the name."""
    columns, record = fields(table), TABLES[table]
    titles = {name: column.label if words.lang == "zh" else name for name, column in columns.items()}
    return ["/".join(titles[name] for name in record.KEY), titles.get(record.NAME) or words.say("csv-subject-name")]


def _subject(words: Words, view: SubjectView) -> list[str]:
    possible = words.say("list-comma").join(words.outcome(name) for name in view.possible)
    reasons = [
        check.check.title.say(words.lang) + words.say("colon") + words.reason(check)
        for check in view.checks
        if view.outcome != NOT_APPLICABLE and words.tells(view, check)
    ]
    missing = words.missing(view.missing) if view.missing else ""
    year = str(view.year) if view.year is not None else ""
    name, key = words.safe(view.name), words.key(view.key)
    return [key, name, year, words.outcome(view.outcome), possible, words.say("semicolon").join(reasons), missing]


def doubt_text(words: Words, change: Change | None) -> str:
    """What the outcome would be without the values that errors of data quality question; empty where it would be the same."""
    if change is None:
        return ""
    rules = dict.fromkeys(f.judged.standard.checks[f.check].title.say(words.lang) for f in change.findings)
    return words.outcome(change.outcome) + words.say("in-parentheses", text=words.say("semicolon").join(rules))


def tail(words: Words) -> dict[str, str]:
    """What every row repeats, so that a row taken out of the file can still be retraced."""
    result, rules = words.result, words.rules
    return {
        "pack": f"{rules.pack.name} v{rules.pack.head.version}",
        "pack-sha256": rules.pack.sha256,
        "parameters": words.say("semicolon").join(words.parameter(name) for name in rules.parameters),
        "assumptions": words.say("semicolon").join(words.assumption(name) for name in result.assumptions),
    }


def csv_row(cells: Sequence[str], numbers: Collection[int] = ()) -> str:
    """A row of a csv file, every cell guarded but for those that hold numbers of ours."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(
        [cell if place in numbers else visible(guarded(cell)) for place, cell in enumerate(cells)]
    )
    return buffer.getvalue()
