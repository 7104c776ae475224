"""The changes between years for people at a terminal: sums that add up, who is meant, and why verdicts differ."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.model.comparison import Compared, Flip
from fupin_cli.model.run import Result
from fupin_cli.model.story import Balance, Event, Interval, Story, Verdicts
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.story.lines import Line, lines
from fupin_cli.report.story.wording import Telling, Years, reasons

#: Cells of a page below which a table of sums would break its headings into single characters.
_NARROW = 70
_COLOURS = {"missing": "yellow", "data": "cyan", "threshold": "magenta", "rule": "magenta"}


def print_story(story: Story, result: Result, options: Options, console: Console) -> None:
    """Print the changes between all years."""
    for part in story_parts(story, result, options, console.width):
        console.print(part)


def story_parts(story: Story, result: Result, options: Options, width: int) -> Iterator[RenderableType]:
    """The parts of the report, for a page of this width."""
    telling = Telling(story, result, options)
    yield Text("\n" + telling.say("story-title"), style="bold")
    if not story.intervals:
        yield Text(telling.say("story-none"))
    if story.undated:
        yield Text(telling.say("story-undated", count=story.undated), style="yellow")
    for interval in story.intervals:
        yield from _interval(telling, interval, width)


def _interval(telling: Telling, interval: Interval, width: int) -> Iterator[RenderableType]:
    yield Text("\n" + telling.heading(interval), style="bold")
    titles = [telling.measure(balance) for balance in interval.balances]
    # Where everybody's 脱贫属性 is known nobody needs two columns that say so.
    shown = [(title, one) for title, one in zip(titles, interval.balances, strict=True) if _says(one)]
    yield from _sums(telling, interval, shown, width)
    yield indented(Text(telling.say("semicolon").join(telling.notes(interval)), style="dim"), 2)
    if people := telling.people(interval):
        yield indented(Text(people), 2)
    for event in interval.events:
        yield from _event(telling, event)
    if interval.verdicts is not None:
        yield from _verdicts(telling, interval, interval.verdicts, width)


def _says(balance: Balance) -> bool:
    return bool(balance.start or balance.end or any(term.amount for term in balance.terms))


def _sums(telling: Telling, interval: Interval, columns: Sequence[tuple[str, Balance]], width: int) -> Iterator[RenderableType]:
    """Every figure of the earlier year down to that of the later one."""
    first, last = telling.year(interval.before), telling.year(interval.after)
    names = [telling.term(term) for term in columns[0][1].terms] if columns else []
    if width < _NARROW:
        yield from (indented(Text(_line(title, balance, names, first, last)), 2) for title, balance in columns)
    elif columns:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("", overflow="fold")
        for title, _ in columns:
            table.add_column(title, justify="right", overflow="fold")
        table.add_row(first, *(str(balance.start) for _, balance in columns), style="bold")
        for place, name in enumerate(names):
            table.add_row(name, *(_signed(balance.terms[place].amount) for _, balance in columns))
        table.add_row(last, *(str(balance.end) for _, balance in columns), style="bold")
        yield indented(table, 2)


def _signed(amount: int) -> Text:
    return Text(f"{amount:+d}" if amount else "0", style="" if amount else "dim")


def _line(title: str, balance: Balance, names: Sequence[str], first: str, last: str) -> str:
    """A sum in one line, for a narrow page."""
    parts = [f"{first} {balance.start}"]
    parts += [f"{name} {term.amount:+d}" for name, term in zip(names, balance.terms, strict=True) if term.amount]
    return f"{title}  " + "  ".join([*parts, f"{last} {balance.end}"])


def _event(telling: Telling, event: Event) -> Iterator[RenderableType]:
    yield Text("\n" + telling.event(event), style="bold")
    limit = telling.options.limit
    for line in lines(telling.story, event, limit):
        yield indented(_household(telling, line), 2)
    yield from _left_out(telling, event.households, limit)


def _household(telling: Telling, line: Line) -> Text:
    text = Text(telling.who(line), style="bold")
    told = [telling.page.safe(line.name), *telling.told(line), telling.cells(line)]
    return text.append("".join(f"  {part}" for part in told if part), style="not bold")


def _left_out(telling: Telling, count: int, limit: int) -> Iterator[RenderableType]:
    if limit and count > limit:
        left = telling.say("count-household", count=count - limit)
        yield indented(Text(telling.say("left-out", count=left), style="bold"), 2)


def _verdicts(telling: Telling, interval: Interval, verdicts: Verdicts, width: int) -> Iterator[RenderableType]:
    titles = " → ".join(dict.fromkeys(law.standard.title.say(telling.lang) for law in (verdicts.before, verdicts.after)))
    yield Text("\n" + telling.say("story-verdicts", title=titles, changed=verdicts.changed), style="bold")
    yield from (indented(Text(line, style="dim"), 2) for line in telling.laws(verdicts, interval))
    columns = [(telling.outcome(verdicts, balance.measure), balance) for balance in verdicts.balances]
    yield from _sums(telling, interval, columns, width)
    for _, line in telling.causes(verdicts):
        yield indented(Text(line), 2)
    if lacking := telling.lacking(verdicts, interval):
        yield indented(Text(lacking), 2)
    if parameters := telling.parameters(verdicts, interval):
        yield indented(Text(telling.say("story-changed-parameters")), 2)
        yield from (indented(Text(line), 4) for line in parameters)
    limit = telling.options.limit
    stop = min(limit or verdicts.changed, verdicts.changed)
    yield from _changes(telling, interval, verdicts, stop)
    yield from _left_out(telling, verdicts.changed, limit)


def _changes(telling: Telling, interval: Interval, verdicts: Verdicts, stop: int) -> Iterator[RenderableType]:
    """The first changed verdicts, with what is behind each."""
    if not stop:
        return
    looked = verdicts.look(0, stop)
    both, compared = telling.both(interval, verdicts, looked)
    causes = verdicts.changes.slice(0, stop).select(["cause", "interplay"]).to_pylist()
    for row, flip in zip(causes, looked.flips, strict=True):
        yield from _change(telling, both, compared, flip, row["cause"], row["interplay"])


def _change(
    telling: Telling, both: Years, compared: Compared, flip: Flip, cause: str, interplay: str | None
) -> Iterator[RenderableType]:
    _, new = both.words(compared)
    head = Text(new.who(flip.after)[0], style="bold")
    name = new.safe(flip.after.name)
    turned = both.outcomes(compared, flip.before.outcome, flip.after.outcome)
    head.append("".join(f"  {part}" for part in (name, turned) if part), style="not bold")
    head.append("  " + telling.say(f"story-term-{cause}"), style=f"not bold {_COLOURS[cause]}")
    if interplay in ("either", "together"):
        head.append(telling.say("in-parentheses", text=telling.say(f"story-interplay-{interplay}")), style="not bold dim")
    head.append("  " + " → ".join(telling.place(view.where) for view in (flip.before, flip.after)), style="not bold dim")
    yield indented(head, 2)
    yield from (indented(Text(line), 4) for line in reasons(telling, both, compared, flip))
    yield from (indented(Text(line, style="yellow"), 4) for line in both.missing(compared, flip))
