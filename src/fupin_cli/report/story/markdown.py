"""The changes between years for a pull request: sums, causes, and the first households of each kind. No names."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.run import Result
from fupin_cli.model.story import Balance, Event, Interval, Story, Verdicts
from fupin_cli.report.markdown import plain, table
from fupin_cli.report.options import Options
from fupin_cli.report.story.lines import lines
from fupin_cli.report.story.wording import Telling, reasons


def story_markdown(story: Story, result: Result, options: Options, level: int = 2) -> Iterator[str]:
    """The section in pieces, each whole lines, the first one its heading of this level; before each a line is left blank.

    At most ``options.limit`` households are listed of each kind. Whoever has to keep a comment short may leave out pieces from
    the end: none of them rests on one that follows.
    """
    telling = Telling(story, result, options, discreet=True)
    yield f"\n{'#' * level} {plain(telling.say('story-title'))}\n"
    if not story.intervals:
        yield "\n" + plain(telling.say("story-none")) + "\n"
    if story.undated:
        yield "\n" + plain(telling.say("story-undated", count=story.undated)) + "\n"
    for interval in story.intervals:
        yield _sums(telling, interval, level + 1)
        if interval.verdicts is not None:
            yield _causes(telling, interval, interval.verdicts)
    for interval in story.intervals:
        for event in interval.events:
            yield _event(telling, interval, event)
        if interval.verdicts is not None and interval.verdicts.changed:
            yield _changes(telling, interval, interval.verdicts)


def _sums(telling: Telling, interval: Interval, level: int) -> str:
    columns = [
        (telling.measure(one), one) for one in interval.balances if one.start or one.end or any(term.amount for term in one.terms)
    ]
    parts = [f"\n{'#' * level} {plain(telling.heading(interval))}\n\n", *_table(telling, interval, columns)]
    said = [
        telling.say("semicolon").join(telling.notes(interval)),
        telling.people(interval),
        *map(telling.event, interval.events),
    ]
    return "".join([*parts, "\n", *(f"- {plain(line)}\n" for line in said if line)])


def _table(telling: Telling, interval: Interval, columns: Sequence[tuple[str, Balance]]) -> Iterator[str]:
    """Every figure of the earlier year down to that of the later one."""
    if not columns:
        return
    rows = [[telling.year(interval.before), *(str(balance.start) for _, balance in columns)]]
    for place, term in enumerate(columns[0][1].terms):
        amounts = (balance.terms[place].amount for _, balance in columns)
        rows.append([telling.term(term), *(f"{amount:+d}" if amount else "0" for amount in amounts)])
    rows.append([telling.year(interval.after), *(str(balance.end) for _, balance in columns)])
    yield from table(["", *(title for title, _ in columns)], rows, range(1, len(columns) + 1))


def _causes(telling: Telling, interval: Interval, verdicts: Verdicts) -> str:
    titles = " → ".join(dict.fromkeys(law.standard.title.say(telling.lang) for law in (verdicts.before, verdicts.after)))
    head = telling.say("story-verdicts", title=titles, changed=verdicts.changed)
    columns = [(telling.outcome(verdicts, balance.measure), balance) for balance in verdicts.balances]
    said = [
        *telling.laws(verdicts, interval),
        *(line for _, line in telling.causes(verdicts)),
        telling.lacking(verdicts, interval),
    ]
    said += telling.parameters(verdicts, interval)
    parts = [f"\n**{plain(head)}**\n\n", *_table(telling, interval, columns), "\n"]
    return "".join([*parts, *(f"- {plain(line)}\n" for line in said if line)])


def _event(telling: Telling, interval: Interval, event: Event) -> str:
    limit = telling.options.limit
    parts = [f"\n**{plain(telling.heading(interval) + telling.say('colon') + telling.event(event))}**\n\n"]
    for line in lines(telling.story, event, limit):
        told = "  ".join(part for part in (*telling.told(line), telling.cells(line)) if part)
        parts.append(f"- **{plain(telling.who(line))}** {plain(told)}\n")
    return "".join([*parts, *_left_out(telling, event.households)])


def _left_out(telling: Telling, count: int) -> Iterator[str]:
    limit = telling.options.limit
    if limit and count > limit:
        left = telling.say("count-household", count=count - limit)
        yield "\n" + plain(telling.say("left-out", count=left)) + "\n"


def _changes(telling: Telling, interval: Interval, verdicts: Verdicts) -> str:
    stop = min(telling.options.limit or verdicts.changed, verdicts.changed)
    looked = verdicts.look(0, stop)
    both, compared = telling.both(interval, verdicts, looked)
    title = telling.heading(interval) + telling.say("colon") + telling.say("story-csv-verdict")
    parts = [f"\n**{plain(title)}**\n\n"]
    causes = verdicts.changes.column("cause").slice(0, stop).to_pylist()
    for cause, flip in zip(causes, looked.flips, strict=True):
        _, new = both.words(compared)
        turned = both.outcomes(compared, flip.before.outcome, flip.after.outcome)
        told = f"{turned}  {telling.say(f'story-term-{cause}')}"
        parts.append(f"- **{plain(new.who(flip.after)[0])}** {plain(told)}\n")
        parts += [f"  - {plain(line)}\n" for line in (*reasons(telling, both, compared, flip), *both.missing(compared, flip))]
    return "".join([*parts, *_left_out(telling, verdicts.changed)])
