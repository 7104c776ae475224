"""The verdicts on the subjects of a table, for people: how many fail what, then each that does not pass, with its reason."""

from collections.abc import Iterator

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.run import Group
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.layout import count_text, indented, outcome_colour, outcome_line
from fupin_cli.report.options import wanted_outcomes
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
    for name, statuses in main.check_counts().items():
        check = main.standard.checks[name]
        if check.severity == "gate" and not check.way and (statuses["fail"] or statuses["unknown"]):
            table.add_row(
                check.title.say(words.lang), count_text(statuses["fail"], "red"), count_text(statuses["unknown"], "yellow")
            )
    if table.row_count:
        yield Text("")
        yield table


def subjects(words: Words, group: Group) -> Iterator[RenderableType]:
    """The subjects that do not pass, outcome by outcome."""
    options, main = words.options, group.main
    listed = {name for name, outcome in main.standard.outcomes.items() if outcome.listed or not outcome.meets} | {UNDETERMINED}
    if options.only is not None:
        listed = wanted_outcomes(main, options.only)
    indices = main.indices(listed)
    if not indices:
        called = words.say(f"table-{group.subject}")
        code = "none-listed" if options.only is not None else "all-meet" if main.data.num_rows else "none-judged"
        yield Text("\n" + words.say(code, subjects=called))
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
    parts += [
        check_lines(words, check, words.reason(check))
        for check in view.checks
        if words.options.all_checks or words.tells(view, check)
    ]
    if view.missing:
        parts.append(indented(Text(words.missing(view.missing), style="yellow"), 4))
    return Lines(*parts)


def check_lines(words: Words, check: CheckView, reason: str) -> RenderableType:
    """A check with the reason for its status, and where it is not met its clause and what to do."""
    mark, colour = MARKS[check.status]
    if check.check.way and check.status == "fail":
        mark, colour = MARKS["not_applicable"]
    word = ""
    if check.check.severity != "gate" and check.status in ("fail", "unknown"):
        # It never decides, so it must not look as if it had.
        mark, colour = "!", "yellow"
        word = words.say(f"severity-{check.check.severity}") + " "
    line = Text(f"{mark} {word}", style=colour)
    line.append(check.check.title.say(words.lang) + words.say("colon") + reason, style="default")
    parts: list[RenderableType] = [indented(line, 4)]
    if check.status == "fail" and not check.check.way:
        remedy = words.say("remedy", remedy=check.check.remedy.say(words.lang))
        parts.append(indented(Text(f"{words.clause(check.check.cite)} {remedy}", style="dim"), 6))
    return Lines(*parts)
