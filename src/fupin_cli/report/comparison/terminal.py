"""A comparison for people at a terminal: what differs, who moves where, and why each one does."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from fupin_cli.model.comparison import Compared, Comparison, Flip
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.layout import indented, outcome_colour
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page

_SHORT, _PROBLEMS = 12, 20
#: Cells of a page below which a table of transitions would break its headings into single characters.
_NARROW = 70


def print_comparison(comparison: Comparison, options: Options, console: Console) -> None:
    """Print the whole report."""
    for part in _report(Both(comparison, options), console.width):
        console.print(part)


def _report(both: Both, width: int) -> Iterator[RenderableType]:
    comparison = both.comparison
    page = Page(comparison.before.inputs, both.options)
    yield Text(both.say("whatif-title", question=both.say(f"title-{comparison.job}")), style="bold")
    yield from page.unread(comparison.problems)
    if comparison.before.as_of is not None:
        yield Text(both.say("as-of-line", day=comparison.before.as_of.isoformat()), style="dim")
    yield from page.sources()
    yield from _sides(both)
    for compared in comparison.standards:
        yield from _standard(both, compared, width)
    for side, alone in zip(both.sides(), (comparison.only_before, comparison.only_after), strict=True):
        for judged in alone:
            yield Text("\n" + both.say("whatif-standard-alone", side=side, title=judged.standard.title.say(both.lang)))
    for compared in comparison.standards:
        yield from _flips(both, compared)
    yield from page.problems(comparison.problems, _PROBLEMS)
    # Many numbers that make no difference would stand in the way of those that do.
    if same := both.alike():
        yield Text("\n" + both.say("whatif-same-on-both") + both.say("colon") + " · ".join(same), style="dim")
    if comparison.flips():
        yield Text("\n" + both.say("heading-documents"), style="bold")
        yield from (indented(Text(title, style="dim"), 2) for title in both.documents())


def _sides(both: Both) -> Iterator[RenderableType]:
    """The packs, the numbers and the assumptions: first what differs."""
    for side, result in zip(both.sides(), both.results, strict=True):
        pack = result.pack
        line = both.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT])
        yield Text(side + both.say("colon") + line, style="dim")
    differing = both.differing()
    if differing:
        yield Text("\n" + both.say("whatif-parameters"), style="bold")
    for name in differing:
        yield indented(Text(both.parameter_title(name)), 2)
        for side, used in both.parameter(name):
            yield indented(Text(side + both.say("colon") + used), 4)
    shared, alone = both.assumptions()
    if alone:
        yield Text("\n" + both.say("whatif-assumptions"), style="bold")
        yield from (indented(Text(line), 2) for line in alone)
    if shared:
        yield Text("\n" + both.say("whatif-same-assumed") + both.say("colon") + " · ".join(shared), style="dim")


def _standard(both: Both, compared: Compared, width: int) -> Iterator[RenderableType]:
    old, _ = both.words(compared)
    heading = both.say(
        "whatif-standard",
        title=both.title(compared),
        all=old.count(compared.subjects),
        changed=len(compared.flipped),
    )
    yield Text("\n" + heading, style="bold")
    if compared.subjects:
        yield indented(_table(both, compared) if width >= _NARROW else _list(both, compared), 2)
    if compared.turns:
        yield indented(_turns(both, compared), 2, above=1)
    for side, names in zip(both.sides(), (compared.only_before(), compared.only_after()), strict=True):
        if names:
            titles = both.say("list-comma").join(both.check_title(compared, name) for name in names)
            yield indented(Text(both.say("whatif-checks-alone", side=side, checks=titles), style="dim"), 2)


def _table(both: Both, compared: Compared) -> Table:
    """Outcomes before down, outcomes after across, with sums."""
    old, new = both.words(compared)
    found = {(one.before, one.after): one for one in compared.transitions}
    rows, columns = compared.outcomes_before(), compared.outcomes_after()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(both.say("whatif-corner"), overflow="fold")
    for name in columns:
        table.add_column(new.outcome(name), justify="right", overflow="fold")
    table.add_column(both.say("whatif-sum"), justify="right", style="dim")
    before, after = compared.before.outcome_counts(), compared.after.outcome_counts()
    for row in rows:
        cells = [found.get((row, column)) for column in columns]
        shown = [
            Text(str(one.count), style="bold yellow" if one.flips else "") if one is not None else Text("0", style="dim")
            for one in cells
        ]
        table.add_row(Text(old.outcome(row)), *shown, str(before[row]))
    table.add_row(Text(both.say("whatif-sum"), style="dim"), *(str(after[name]) for name in columns), str(compared.subjects))
    return table


def _list(both: Both, compared: Compared) -> Lines:
    """The same for a narrow page, line by line."""
    lines = [
        Text(
            both.outcomes(compared, one.before, one.after) + both.say("colon") + str(one.count), style="bold" if one.flips else ""
        )
        for one in compared.transitions
    ]
    return Lines(*lines, Text(both.say("whatif-sum") + both.say("colon") + str(compared.subjects), style="dim"))


def _turns(both: Both, compared: Compared) -> Table:
    """The checks that come out differently, also where no verdict does."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(both.say("heading-check"), overflow="fold")
    table.add_column(both.say("whatif-from-to"), overflow="fold")
    table.add_column(both.say("whatif-how-many"), justify="right")
    for turn in compared.turns:
        word = both.severity(compared, turn.name)
        title = both.check_title(compared, turn.name) + (both.say("in-parentheses", text=word) if word else "")
        turned = both.say("whatif-turn", before=both.say(f"status-{turn.before}"), after=both.say(f"status-{turn.after}"))
        table.add_row(Text(title), Text(turned), str(turn.count))
    return table


def _flips(both: Both, compared: Compared) -> Iterator[RenderableType]:
    """The subjects whose verdict differs, by the way they go."""
    limit = both.options.limit
    shown = compared.flipped[: limit or None]
    flips = list(compared.flips(shown))
    old, new = both.words(compared)
    for one in compared.transitions:
        chosen = [flip for flip in flips if (flip.before.outcome, flip.after.outcome) == (one.before, one.after)]
        if chosen:
            heading = both.say(
                "heading-subjects", outcome=both.outcomes(compared, one.before, one.after), count=old.count(one.count)
            )
            yield Text("\n" + heading, style=f"bold {outcome_colour(new, one.after)}")
            yield from (_flip(both, compared, flip) for flip in chosen)
    if len(compared.flipped) > len(shown):
        left = old.count(len(compared.flipped) - len(shown))
        yield Text("\n" + both.say("left-out", count=left), style="bold")


def _flip(both: Both, compared: Compared, flip: Flip) -> RenderableType:
    old, _ = both.words(compared)
    known_as, told = old.who(flip.before)
    head = Text(known_as, style="bold")
    head.append(told, style="not bold")
    parts: list[RenderableType] = [indented(head, 2)]
    for decider in flip.deciders:
        sides = both.decider(compared, decider)
        turned = both.say("whatif-turn", before=sides[0].status, after=sides[1].status)
        parts.append(indented(Text(both.check_title(compared, decider.name) + both.say("colon") + turned), 4))
        parts += [indented(Text(side.side + both.say("colon") + side.reason), 6) for side in sides if side.reason]
        parts += [indented(Text(clause, style="dim"), 6) for clause in both.clauses(compared, decider)]
    parts += [indented(Text(line), 4) for line in both.otherwise(compared, flip)]
    parts += [indented(Text(line, style="yellow"), 4) for line in both.missing(compared, flip)]
    return Lines(*parts)
