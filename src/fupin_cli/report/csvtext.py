"""The report as a table for spreadsheets: one row per subject, text that can never become a formula."""

import csv
import io
from collections.abc import Iterator

from fupin_cli.model.result import Result
from fupin_cli.model.view import SubjectView
from fupin_cli.report.options import Options, wanted_outcomes
from fupin_cli.report.words import Words

_BOM = "\ufeff"
#: Characters that make a spreadsheet read a text as a formula, half and full width.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """A cell that stays text when a spreadsheet opens the file."""
    return f"'{text}" if text.startswith(_LIVE) else text


def csv_lines(result: Result, options: Options) -> Iterator[str]:
    """The text of the report in pieces, byte-order mark first so that Excel reads it as UTF-8."""
    words = Words(result, options)
    checks = result.main.standard.checks
    tail = _tail(words)
    heading = [words.say(f"csv-{name}") for name in ("id", "name", "year", "outcome", "possible", "reasons", "missing")]
    heading += [standard.standard.title.say(options.lang) for standard in result.beside]
    heading += [check.title.say(options.lang) for check in checks.values()]
    heading += [words.say(f"csv-{name}") for name in ("input", "cell", *tail, "input-sha256")]
    yield _BOM + _line(heading)
    indices = result.main.indices(wanted_outcomes(result, options.only) if options.only is not None else None)
    beside = [standard.views(indices) for standard in result.beside]
    for view in result.main.views(indices):
        further = [words.beside(s, next(views)) for s, views in zip(result.beside, beside, strict=True)]
        source = result.inputs[view.where.input]
        row = [*_subject(words, view), *further, *(words.say(f"status-{check.status}") for check in view.checks)]
        yield _line([*row, source.path, words.safe(str(view.where)), *tail.values(), source.sha256])


def _subject(words: Words, view: SubjectView) -> list[str]:
    possible = words.say("list-comma").join(words.outcome(name) for name in view.possible)
    reasons = [
        check.check.title.say(words.lang) + words.say("colon") + words.reason(check)
        for check in view.checks
        if check.status == "fail" or (check.status == "unknown" and check.check.severity == "gate")
    ]
    missing = words.missing(view.missing) if view.missing else ""
    year = str(view.year) if view.year is not None else ""
    name, key = words.safe(view.name), words.key(view.key)
    return [key, name, year, words.outcome(view.outcome), possible, words.say("semicolon").join(reasons), missing]


def _tail(words: Words) -> dict[str, str]:
    """What every row repeats, so that a row taken out of the file can still be retraced."""
    result = words.result
    return {
        "pack": f"{result.pack.name} v{result.pack.head.version}",
        "pack-sha256": result.pack.sha256,
        "parameters": words.say("semicolon").join(words.parameter(name) for name in result.parameters),
        "assumptions": words.say("semicolon").join(words.assumption(name) for name in result.assumptions),
    }


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return buffer.getvalue()
