"""The verdicts on the subjects of a table, for people: how many fail what, then each that does not pass, with its reason."""

from collections.abc import Iterator

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.belonging import belonging
from fupin_cli.report.layout import count_text, indented, outcome_colour, outcome_line
from fupin_cli.report.options import listed_outcomes
from fupin_cli.report.words import Words

#: How each status of a check is marked and coloured.
MARKS = {"fail": ("✗", "red"), "unknown": ("?", "yellow"), "pass": ("✓", "green"), "not_applicable": ("–", "dim")}


def reached(words: Words, group: Group) -> Iterator[RenderableType]:
    """How many subjects came to which outcome, of the verdict and of the standards beside it."""
    yield outcome_line(words)
    for standard in group.beside:
        found = standard.outcome_counts().items()
        text = words.say("list-comma").join(f"{words.of(standard).outcome(name)} {count}" for name, count in found)
        yield Text(standard.standard.title.say(words.lang) + words.say("colon") + text)


def summary(words: Words, group: Group) -> Iterator[RenderableType]:
    """How many subjects came to which outcome, and how many fail which check."""
    main = group.main
    yield from reached(words, group)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(words.say("heading-check"), overflow="fold")
    for heading in ("heading-fail", "heading-unknown"):
        table.add_column(words.say(heading), justify="right")
    for name, failed, unknown in blocking_checks(main):
        title = main.standard.checks[name].title.say(words.lang)
        table.add_row(title, count_text(failed, "red"), count_text(unknown, "yellow"))
    if table.row_count:
        yield Text("")
        yield table


def blocking_checks(judged: StandardResult) -> Iterator[tuple[str, int, int]]:
    """The requirements that somebody does not meet, or of which nobody knows, with both numbers."""
    for name, statuses in judged.check_counts().items():
        check = judged.standard.checks[name]
        if check.severity == "gate" and not check.way and (statuses["fail"] or statuses["unknown"]):
            yield name, statuses["fail"], statuses["unknown"]


def subjects(words: Words, group: Group) -> Iterator[RenderableType]:
    """The subjects that do not pass, outcome by outcome."""
    options, main = words.options, group.main
    indices = main.indices(listed_outcomes(main, options.only))
    if not indices:
        yield Text("\n" + nobody(words, group))
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


def nobody(words: Words, group: Group) -> str:
    """Why there is no subject to list."""
    code = "none-listed" if words.options.only is not None else "all-meet" if group.main.data.num_rows else "none-judged"
    return words.say(code, subjects=words.say(f"table-{group.subject}"))


def _subject(words: Words, view: SubjectView, further: list[str]) -> RenderableType:
    known_as, told = words.who(view)
    head = Text(known_as, style="bold")
    head.append(told + "".join(f"  {part}" for part in further if part), style="not bold")
    parts: list[RenderableType] = [indented(head, 2)]
    parts += [
        check_lines(words, check, words.say("comma").join(filter(None, (words.reason(check), belonging(words, view, check)))))
        for check in view.checks
        if words.options.all_checks or words.tells(view, check)
    ]
    if view.missing:
        parts.append(indented(Text(words.missing(view.missing), style="yellow"), 4))
    return Lines(*parts)


def check_mark(words: Words, check: CheckView) -> tuple[str, str, str]:
    """How a check is marked and coloured, and of one that never decides the word that says so."""
    if check.check.severity != "gate" and check.status in ("fail", "unknown"):
        # It never decides, so it must not look as if it had.
        return "!", "yellow", words.say(f"severity-{check.check.severity}")
    mark, colour = MARKS["not_applicable" if check.check.way and check.status == "fail" else check.status]
    return mark, colour, ""


def check_lines(words: Words, check: CheckView, reason: str) -> RenderableType:
    """A check with the reason for its status, and where it is not met its clause and what to do."""
    mark, colour, word = check_mark(words, check)
    line = Text(f"{mark} {word}{' ' if word else ''}", style=colour)
    line.append(check.check.title.say(words.lang) + words.say("colon") + reason, style="default")
    parts: list[RenderableType] = [indented(line, 4)]
    if check.status == "fail" and not check.check.way:
        remedy = words.say("remedy", remedy=check.check.remedy.say(words.lang))
        parts.append(indented(Text(f"{words.clause(check.check.cite)} {remedy}", style="dim"), 6))
    return Lines(*parts)
