"""The report for people at a terminal: a summary, then every subject that does not pass, with its reason in words."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.run import Group, Result
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.completeness import completeness
from fupin_cli.report.doubts import doubts
from fupin_cli.report.findings import findings, findings_summary
from fupin_cli.report.layout import count_text, indented, outcome_colour, outcome_line
from fupin_cli.report.options import Options, is_quality, wanted_outcomes
from fupin_cli.report.words import Words, used_periods

_SHORT = 12
_PROBLEMS = 20
_MARKS = {"fail": ("✗", "red"), "unknown": ("?", "yellow"), "pass": ("✓", "green"), "not_applicable": ("–", "dim")}


def print_result(result: Result, options: Options, console: Console) -> None:
    """Print the whole report."""
    words = Words(result, options)
    for part in _quality_report(words) if is_quality(result) else _report(words):
        console.print(part)


def _report(words: Words) -> Iterator[RenderableType]:
    """Who meets the standard, and why not."""
    groups = [(words.of(group.main), group) for group in words.result.groups if not group.main.is_quality]
    entries = [words.of(group.main) for group in words.result.groups if group.main.is_quality]
    yield from _head(words)
    # Of several standards for one table each has to say which it is.
    several = len({group.subject for _, group in groups}) < len(groups)
    for own, group in groups:
        yield from _named(own, several=several)
        yield from _summary(own, group)
        yield from completeness(own)
    for own in entries:
        yield from findings_summary(own)
    yield from _basis(words)
    yield from _numbers(words)
    for own, group in groups:
        yield from _named(own, several=several)
        yield from _subjects(own, group)
    if entries:
        yield from findings(words)
    yield from doubts(words)
    yield from _problems(words, _PROBLEMS)
    yield from _documents(words)


def _named(words: Words, *, several: bool) -> Iterator[RenderableType]:
    if several:
        yield Text(
            "\n" + words.say("heading-standard", title=words.judged.standard.title.say(words.lang)), style="bold underline"
        )


def _quality_report(words: Words) -> Iterator[RenderableType]:
    """What contradicts itself in the data: first what to correct, last the numbers that the rules use."""
    yield from _head(words)
    for group in words.result.groups:
        yield from findings_summary(words.of(group.main))
    yield from findings(words)
    yield from _problems(words, words.options.limit)
    yield from _numbers(words)
    yield from _documents(words)


def _head(words: Words) -> Iterator[RenderableType]:
    result = words.result
    yield Text(words.say(f"title-{result.command}"), style="bold")
    for pack in (rules.pack for rules in result.rules):
        yield Text(words.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT]), style="dim")
    if result.as_of is not None:
        yield Text(words.say("as-of-line", day=result.as_of.isoformat()), style="dim")
    for source in result.inputs:
        yield Text(words.say("input-line", path=source.path, sha=source.sha256[:_SHORT]), style="dim")
        for sheet in source.sheets:
            tables = words.say("list-comma").join(words.say(f"table-{table}") for table in sheet.table.split("+"))
            rows = sheet.rows
            line = words.say(
                "rows-line", sheet=words.safe(sheet.name) or source.format, table=tables, header=sheet.header_row,
                read=rows.read, decided=rows.decided, quarantined=rows.quarantined, skipped=rows.skipped,
            )  # fmt: skip
            yield indented(Text(line, style="dim"), 2)


def _summary(words: Words, group: Group) -> Iterator[RenderableType]:
    main = group.main
    yield outcome_line(words)
    for standard in group.beside:
        reached = standard.outcome_counts().items()
        text = words.say("list-comma").join(f"{words.of(standard).outcome(name)} {count}" for name, count in reached)
        yield Text(standard.standard.title.say(words.lang) + words.say("colon") + text)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(words.say("heading-check"), overflow="fold")
    for heading in ("heading-fail", "heading-unknown"):
        table.add_column(words.say(heading), justify="right")
    for name, statuses in main.check_counts().items():
        check = main.standard.checks[name]
        if check.severity == "gate" and not check.way and (statuses["fail"] or statuses["unknown"]):
            table.add_row(
                check.title.say(words.lang), count_text(statuses["fail"], "red"), count_text(statuses["unknown"], "yellow")
            )
    if table.row_count:
        yield Text("")
        yield table


def _basis(words: Words) -> Iterator[RenderableType]:
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


def _numbers(words: Words) -> Iterator[RenderableType]:
    """The many numbers of rules of data quality, in one paragraph."""
    lines = _parameters(words, quality=True)
    if lines:
        yield Text("\n" + words.say("heading-parameters") + words.say("colon") + " · ".join(lines), style="dim")


def _subjects(words: Words, group: Group) -> Iterator[RenderableType]:
    options, main = words.options, group.main
    listed = {name for name, outcome in main.standard.outcomes.items() if outcome.listed or not outcome.meets} | {UNDETERMINED}
    if options.only is not None:
        listed = wanted_outcomes(main, options.only)
    indices = main.indices(listed)
    if not indices:
        subjects = words.say(f"table-{group.subject}")
        code = "none-listed" if options.only is not None else "all-meet" if main.data.num_rows else "none-judged"
        yield Text("\n" + words.say(code, subjects=subjects))
        return
    shown = indices[: options.limit] if options.limit else indices
    beside = [{view.index: view for view in standard.views(shown)} for standard in group.beside]
    views = list(main.views(shown))
    totals = main.outcome_counts()
    for outcome in dict.fromkeys([*main.standard.outcomes, UNDETERMINED]):
        chosen = [view for view in views if view.outcome == outcome]
        if not chosen:
            continue
        heading = words.say("heading-subjects", outcome=words.outcome(outcome), count=words.count(totals[outcome]))
        yield Text("\n" + heading, style=f"bold {outcome_colour(words, outcome)}")
        for view in chosen:
            further = [words.of(s).short(found[view.index]) for s, found in zip(group.beside, beside, strict=True)]
            yield _subject(words, view, further)
    if len(indices) > len(shown):
        yield Text("\n" + words.say("left-out", count=words.count(len(indices) - len(shown))), style="bold")


def _subject(words: Words, view: SubjectView, further: list[str]) -> RenderableType:
    known_as, told = words.who(view)
    head = Text(known_as, style="bold")
    head.append(told + "".join(f"  {part}" for part in further if part), style="not bold")
    parts: list[RenderableType] = [indented(head, 2)]
    parts += [_check(words, check) for check in view.checks if words.options.all_checks or words.tells(view, check)]
    if view.missing:
        parts.append(indented(Text(words.missing(view.missing), style="yellow"), 4))
    return Lines(*parts)


def _check(words: Words, check: CheckView) -> RenderableType:
    mark, colour = _MARKS[check.status]
    if check.check.way and check.status == "fail":
        mark, colour = _MARKS["not_applicable"]
    word = ""
    if check.check.severity != "gate" and check.status in ("fail", "unknown"):
        # It never decides, so it must not look as if it had.
        mark, colour = "!", "yellow"
        word = words.say(f"severity-{check.check.severity}") + " "
    line = Text(f"{mark} {word}", style=colour)
    line.append(check.check.title.say(words.lang) + words.say("colon") + words.reason(check), style="default")
    parts: list[RenderableType] = [indented(line, 4)]
    if check.status == "fail" and not check.check.way:
        remedy = words.say("remedy", remedy=check.check.remedy.say(words.lang))
        parts.append(indented(Text(f"{words.clause(check.check.cite)} {remedy}", style="dim"), 6))
    return Lines(*parts)


def _problems(words: Words, limit: int) -> Iterator[RenderableType]:
    problems = sorted(words.result.problems, key=lambda problem: ("error", "warning", "info").index(problem.severity))
    if not problems:
        return
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in ("error", "warning", "info")}
    heading = words.say(
        "heading-problems", count=len(problems), errors=counts["error"], warnings=counts["warning"], infos=counts["info"]
    )
    yield Text("\n" + heading, style="bold")
    for problem in problems[: limit or None]:
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
    if limit and len(problems) > limit:
        yield indented(Text(words.say("problems-left-out", count=len(problems) - limit), style="dim"), 2)


def _documents(words: Words) -> Iterator[RenderableType]:
    """The documents that the checks cite, once, by their own titles."""
    yield Text("\n" + words.say("heading-documents"), style="bold")
    titles: dict[str, None] = {}
    for group in words.result.groups:
        own = words.of(group.main)
        for check in group.main.standard.checks.values():
            titles[own.document(check.cite.document)] = None
    for title in titles:
        yield indented(Text(title, style="dim"), 2)
