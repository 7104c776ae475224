"""What stands around the verdicts in a report for people: the run, the numbers used, the problems, the documents."""

from collections.abc import Iterator

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text

from fupin_cli.model.inputs import InputSummary, RowCounts
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.layout import indented
from fupin_cli.report.unread import unread_line
from fupin_cli.report.words import Words

_SHORT = 12
#: So many files are told sheet by sheet in any case.
_WHOLE = 2


def head(words: Words, most: int | None = None) -> Iterator[RenderableType]:
    """The command, the pack, the day, and the files with what became of their rows.

    Of several files each has one line where there is a ``most``; of more than that only those are named that have rows without
    a verdict or errors.
    """
    result = words.result
    yield Text(words.say(f"title-{result.command}"), style="bold")
    if unread := unread_line(result.problems, words.options):
        yield Text(unread, style="bold red")
    # Of check-all several commands may judge by one pack.
    for pack in {rules.pack.sha256: rules.pack for rules in result.rules}.values():
        yield Text(words.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT]), style="dim")
    if result.as_of is not None:
        yield Text(words.say("as-of-line", day=result.as_of.isoformat()), style="dim")
    if most is None or len(result.inputs) <= _WHOLE or words.options.all_checks:
        for source in result.inputs:
            yield from _input(words, source)
        return
    if len(result.inputs) <= most:
        yield from (_brief(words, source) for source in result.inputs)
        return
    rows = sum((source.rows for source in result.inputs), RowCounts(0, 0, 0, 0))
    yield Text(words.say("inputs-line", count=len(result.inputs), **vars(rows)), style="dim")
    faulty = {p.where.input for p in result.problems if p.severity == "error" and p.where is not None}
    doubtful = [source for number, source in enumerate(result.inputs) if source.rows.quarantined or number in faulty]
    if doubtful:
        yield Text(words.say("inputs-doubtful", count=len(doubtful), shown=min(len(doubtful), most)), style="dim")
    yield from (indented(_brief(words, source), 2) for source in doubtful[:most])


def _brief(words: Words, source: InputSummary) -> Text:
    """A file in one line."""
    line = words.say("input-line", path=source.path, sha=source.sha256[:_SHORT])
    return Text(words.say("semicolon").join([line, words.say("input-rows", **vars(source.rows))]), style="dim")


def _input(words: Words, source: InputSummary) -> Iterator[RenderableType]:
    yield Text(words.say("input-line", path=source.path, sha=source.sha256[:_SHORT]), style="dim")
    for sheet in source.sheets:
        tables = words.say("list-comma").join(words.say(f"table-{table}") for table in sheet.table.split("+"))
        rows = sheet.rows
        line = words.say(
            "rows-line", sheet=words.safe(sheet.name) or source.format, table=tables, header=sheet.header_row,
            read=rows.read, decided=rows.decided, quarantined=rows.quarantined, skipped=rows.skipped,
        )  # fmt: skip
        yield indented(Text(line, style="dim"), 2)


def basis(words: Words) -> Iterator[RenderableType]:
    """What the verdicts rest on beside the data: numbers of the law, and what the user put in."""
    result = words.result
    lines = _parameters(words, quality=False)
    lines += [words.assumption(name) for name in result.assumptions]
    if lines:
        yield Text("")
        yield Lines(*(Text(line, style="dim") for line in lines))


def _parameters(words: Words, *, quality: bool) -> list[str]:
    """The parameters that were used, of every pack that gives verdicts, or of those that look at the data only."""
    verdicts = {group.rules for group in words.result.groups if not group.main.is_quality}
    packs = {g.rules: words.of(g.main) for g in words.result.groups if (g.rules in verdicts) is not quality}
    found = [own.parameter(n) for own in packs.values() for n in own.rules.parameters if used_periods(own.result, own.rules, n)]
    return list(dict.fromkeys(found))


def numbers(words: Words) -> Iterator[RenderableType]:
    """The many numbers of rules of data quality, in one paragraph."""
    lines = _parameters(words, quality=True)
    if lines:
        yield Text("\n" + words.say("heading-parameters") + words.say("colon") + " · ".join(lines), style="dim")


def problems(words: Words, limit: int) -> Iterator[RenderableType]:
    """The problems of reading, errors first; at most so many, or all with 0."""
    found = sorted(words.result.problems, key=lambda problem: ("error", "warning", "info").index(problem.severity))
    if not found:
        return
    counts = {severity: sum(problem.severity == severity for problem in found) for severity in ("error", "warning", "info")}
    heading = words.say(
        "heading-problems", count=len(found), errors=counts["error"], warnings=counts["warning"], infos=counts["info"]
    )
    yield Text("\n" + heading, style="bold")
    for problem in found[: limit or None]:
        message, next_step = words.problem(problem)
        line = Text(
            f"{words.say(f'severity-{problem.severity}')} ",
            style={"error": "red", "warning": "yellow"}.get(problem.severity, "dim"),
        )
        place = words.place(problem.where) if problem.where is not None and problem.where.row else ""
        line.append(
            " ".join(part for part in (place, message, next_step and words.say("hint-prefix", text=next_step)) if part),
            style="default",
        )
        yield indented(line, 2)
    if limit and len(found) > limit:
        yield indented(Text(words.say("problems-left-out", count=len(found) - limit), style="dim"), 2)


def documents(words: Words) -> Iterator[RenderableType]:
    """The documents that the checks cite, once, by their own titles."""
    yield Text("\n" + words.say("heading-documents"), style="bold")
    titles: dict[str, None] = {}
    for group in words.result.groups:
        own = words.of(group.main)
        for check in group.main.standard.checks.values():
            titles[own.document(check.cite.document)] = None
    for title in titles:
        yield indented(Text(title, style="dim"), 2)
