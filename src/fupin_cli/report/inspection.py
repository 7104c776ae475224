"""What files hold, for people at a terminal and for machines."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.messages import hint, say
from fupin_cli.model.inspection import ColumnReport, FileReport, Inspection, SheetReport
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import fields
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.problems import problem_value, problem_words, safe

SCHEMA = "fupin.inspect/1"
_SHORT = 12
_SEVERITIES = ("error", "warning", "info")
_COLOURS = {"error": "red", "warning": "yellow", "info": "dim"}


def print_inspection(inspection: Inspection, options: Options, console: Console) -> None:
    """Print what the files hold: sheets, columns, rows and the first problems."""
    console.print(Text(say("inspect-title", options.lang), style="bold"))
    for report in inspection.files:
        for part in _file(report, options):
            console.print(part)


def _file(report: FileReport, options: Options) -> Iterator[RenderableType]:
    encoding = say("inspect-encoding", options.lang, encoding=report.encoding) if report.encoding else ""
    line = say(
        "inspect-file",
        options.lang,
        path=report.path,
        format=say(f"format-name-{report.format}", options.lang),
        encoding=encoding,
        sha=report.sha256[:_SHORT],
        count=len(report.sheets),
    )
    yield Text("\n" + line, style="bold")
    if report.refusal is not None:
        yield indented(Text(say("inspect-refused", options.lang, text=_refusal(report, options)), style="red"), 2)
    for sheet in report.sheets:
        yield from _sheet(sheet, report, options)
    yield from _problems(report, options)


def _refusal(report: FileReport, options: Options) -> str:
    error = report.refusal
    if error is None:
        return ""
    facts = {
        name: safe(fact, options) if isinstance(fact, str) and name != "path" else fact for name, fact in error.facts.items()
    }
    step = hint(error.code, options.lang, **facts)
    text = say(error.code, options.lang, **facts)
    return text + (" " + say("hint-prefix", options.lang, text=step) if step else "")


def _sheet(sheet: SheetReport, report: FileReport, options: Options) -> Iterator[RenderableType]:
    name = safe(sheet.name, options) or report.format
    name += say("inspect-hidden-mark", options.lang) if sheet.hidden else ""
    state = say(f"sheet-state-{sheet.state}", options.lang)
    line = say("inspect-sheet", options.lang, sheet=name, state=state, filled=sheet.filled)
    yield indented(Text(line, style="bold" if sheet.state == "read" else "yellow"), 2, above=1)
    if not sheet.tables:
        return
    first, last = sheet.header_rows
    comma = say("list-comma", options.lang)
    header = say("inspect-header-one" if first == last else "inspect-header-more", options.lang, first=first, last=last)
    tables = comma.join(say(f"table-{table}", options.lang) for table in sheet.tables)
    layout = say(f"layout-{sheet.layout}", options.lang)
    yield indented(Text(say("inspect-is", options.lang, tables=tables, layout=layout, header=header)), 4)
    if sheet.rows is not None:
        yield indented(Text(_rows(sheet, options)), 4)
    yield indented(_columns(sheet, options), 4)


def _rows(sheet: SheetReport, options: Options) -> str:
    rows = sheet.rows
    if rows is None:
        return ""
    comma = say("list-comma", options.lang)
    line = say(
        "inspect-rows",
        options.lang,
        read=rows.read,
        decided=rows.decided,
        quarantined=rows.quarantined,
        skipped=rows.skipped,
    )
    if sheet.skipped:
        why = comma.join(say(f"skipped-{reason}", options.lang, count=count) for reason, count in sheet.skipped.items())
        line += say("in-parentheses", options.lang, text=why)
    further = [("inspect-hidden-rows", sheet.hidden_rows), ("inspect-merged", sheet.merged)]
    return say("semicolon", options.lang).join([line, *(say(code, options.lang, count=n) for code, n in further if n)])


def _columns(sheet: SheetReport, options: Options) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("column", "header", "field"):
        table.add_column(say(f"inspect-{name}", options.lang), overflow="fold")
    for name in ("blank", "problems"):
        table.add_column(say(f"inspect-{name}", options.lang), justify="right")
    for column in sheet.columns:
        known = bool(column.name)
        counts = [str(column.blank) if column.blank and known else "", str(column.problems or "")]
        cells = [column.letter, safe(column.header, options), _field(column, sheet, options), *counts]
        table.add_row(*(Text(cell) for cell in cells), style="" if known else "yellow" if column.unused == "unknown" else "dim")
    return table


def _field(column: ColumnReport, sheet: SheetReport, options: Options) -> str:
    if column.name:
        title = fields(column.table)[column.name].title(options.lang)
        if len(sheet.tables) > 1:
            title = say(f"table-{column.table}", options.lang) + say("colon", options.lang) + title
        return title
    if column.unused == "unknown":
        if column.nearest:
            return say("inspect-no-field-near", options.lang, nearest=column.nearest)
        return say("inspect-no-field-unknown", options.lang)
    return say(f"inspect-no-field-{column.unused}", options.lang) if column.unused else ""


def _problems(report: FileReport, options: Options) -> Iterator[RenderableType]:
    if not report.problems:
        if report.refusal is None:
            yield indented(Text(say("inspect-no-problems", options.lang), style="green"), 2, above=1)
        return
    counts = {severity: sum(p.severity == severity for p in report.problems) for severity in _SEVERITIES}
    heading = say(
        "heading-problems",
        options.lang,
        count=len(report.problems),
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
    )
    yield indented(Text(heading, style="bold"), 2, above=1)
    ordered = sorted(report.problems, key=lambda problem: _SEVERITIES.index(problem.severity))
    shown = ordered[: options.limit] if options.limit else ordered
    for problem in shown:
        message, step = problem_words(problem, options, lambda address: _place(address, options))
        place = _place(problem.where, options) if problem.where is not None and problem.where.row else ""
        line = Text(say(f"severity-{problem.severity}", options.lang) + " ", style=_COLOURS[problem.severity])
        said = [place, message, step and say("hint-prefix", options.lang, text=step)]
        line.append(" ".join(part for part in said if part), style="default")
        yield indented(line, 4)
    if len(shown) < len(ordered):
        yield indented(Text(say("problems-left-out", options.lang, count=len(ordered) - len(shown)), style="dim"), 4)


def _place(address: Address, options: Options) -> str:
    return safe(str(address), options)


def inspection_json(inspection: Inspection, options: Options) -> Iterator[str]:
    """The same for machines: ``fupin.inspect/1``, all problems and all columns."""
    files = [_file_json(report, options) for report in inspection.files]
    yield json.dumps({"schema": SCHEMA, "files": files}, ensure_ascii=False, indent=1) + "\n"


def _file_json(report: FileReport, options: Options) -> dict[str, Any]:
    error = report.refusal
    return {
        "path": report.path,
        "sha256": report.sha256,
        "format": report.format,
        "encoding": report.encoding,
        "refused": {"code": error.code, "message": _refusal(report, options)} if error is not None else None,
        "sheets": [_sheet_json(sheet, options) for sheet in report.sheets],
        "problems": [_problem_json(problem, options) for problem in report.problems],
    }


def _sheet_json(sheet: SheetReport, options: Options) -> dict[str, Any]:
    rows = sheet.rows
    return {
        "name": safe(sheet.name, options),
        "hidden": sheet.hidden,
        "state": sheet.state,
        "tables": list(sheet.tables),
        "layout": sheet.layout or None,
        "header_rows": list(sheet.header_rows) if sheet.tables else None,
        "filled_rows": sheet.filled,
        "rows": None
        if rows is None
        else {"read": rows.read, "decided": rows.decided, "quarantined": rows.quarantined, "skipped": rows.skipped},
        "skipped": dict(sheet.skipped or {}),
        "hidden_rows": sheet.hidden_rows,
        "merged": sheet.merged,
        "columns": [_column_json(column, options) for column in sheet.columns],
    }


def _column_json(column: ColumnReport, options: Options) -> dict[str, Any]:
    return {
        "letter": column.letter,
        "header": safe(column.header, options),
        "field": f"{column.table}.{column.name}" if column.name else None,
        "unused": column.unused or None,
        "nearest": column.nearest or None,
        "blank": column.blank,
        "problems": column.problems,
    }


def _problem_json(problem: Problem, options: Options) -> dict[str, Any]:
    message, step = problem_words(problem, options, lambda address: _place(address, options))
    where = problem.where
    return {
        "code": problem.code,
        "severity": problem.severity,
        "cell": _place(where, options) if where is not None and where.row else None,
        "field": f"{problem.table}.{problem.name}" if problem.name else None,
        "value": problem_value(problem, options),
        "message": message,
        "hint": step,
    }


def refused_paths(inspection: Inspection) -> Sequence[str]:
    """The files that a check would refuse."""
    return [report.path for report in inspection.files if report.refusal is not None]
