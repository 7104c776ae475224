"""The changes between years on paper: sums that add up, who came, left, exited or fell back, and why verdicts differ."""

from collections.abc import Iterator, Mapping, Sequence

from fupin_cli.model.run import Result
from fupin_cli.model.story import Balance, Cause, Event, Interval, Story, Verdicts
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.report.options import Options
from fupin_cli.report.paper.comparisons import decided, laws_of
from fupin_cli.report.paper.drawn import Bar, Bars, Columns, Series
from fupin_cli.report.paper.model import Bundle, Cell, Chart, Column, Entry, Grid, Law, Lines, Part, Section, Subjects, Tone
from fupin_cli.report.story.lines import lines
from fupin_cli.report.story.wording import Telling

#: What the households of a year are, as its chart stacks them.
_KINDS: Sequence[tuple[str, Tone]] = (("poor", "bad"), ("exited", "good"), ("unstated", "open"))
_EVENTS: Mapping[str, Tone] = {"exited": "good", "fell_back": "bad", "came_unknown": "open", "gone_unknown": "open"}
_CAUSES: Mapping[Cause, Tone] = {"missing": "open", "data": "plain", "threshold": "plain", "rule": "plain"}
#: So many changed verdicts are made ready at once.
_BATCH = 1000


def story_section(story: Story, result: Result, options: Options) -> Section:
    """The whole story, year after year."""
    telling = Telling(story, result, options)
    told = [] if story.intervals else [telling.say("story-none")]
    told += [telling.say("story-undated", count=story.undated)] if story.undated else []
    parts: list[Part] = [Lines("", told, "open")] if told else []
    if story.intervals:
        parts.append(_by_year(telling, story.intervals))
    parts += [Section(telling.heading(interval), list(_interval(telling, interval))) for interval in story.intervals]
    return Section(telling.say("story-title"), parts)


def _by_year(telling: Telling, intervals: Sequence[Interval]) -> Chart:
    """The households of each year by what they are."""
    years = [(one.before, {b.measure: b.start for b in one.balances}) for one in intervals]
    years.append((intervals[-1].after, {b.measure: b.end for b in intervals[-1].balances}))
    kinds = [(kind, tone) for kind, tone in _KINDS if any(found.get(f"{kind}_households") for _, found in years)]
    series = [Series(telling.say(f"story-measure-{kind}_households"), tone) for kind, tone in kinds]
    columns = [Bar(telling.year(year), [found.get(f"{kind}_households", 0) for kind, _ in kinds]) for year, found in years]
    told = [
        bar.label
        + telling.say("colon")
        + telling.say("list-comma").join(f"{one.label} {amount}" for one, amount in zip(series, bar.amounts, strict=True))
        for bar in columns
    ]
    title = telling.say("story-by-year")
    return Chart(title, telling.say("semicolon").join(told), Columns(series, columns, telling.say("story-measure-households")))


def _interval(telling: Telling, interval: Interval) -> Iterator[Part]:
    measured = [(telling.measure(one), one) for one in interval.balances if _says(one)]
    said = [*telling.notes(interval), telling.people(interval)]
    notes = telling.say("semicolon").join(part for part in said if part)
    if measured:
        yield sums(telling, interval, measured, telling.say("story-sums"), notes)
    if interval.events:
        yield _events_chart(telling, interval)
        yield _events(telling, interval)
    if interval.verdicts is not None:
        yield from _verdicts(telling, interval, interval.verdicts)


def _says(balance: Balance) -> bool:
    return bool(balance.start or balance.end or any(term.amount for term in balance.terms))


def sums(telling: Telling, interval: Interval, columns: Sequence[tuple[str, Balance]], title: str, note: str) -> Grid:
    """Every figure of the earlier year down to that of the later one."""
    rows = [[Cell(telling.year(interval.before)), *(_number(balance.start) for _, balance in columns)]]
    for place, term in enumerate(columns[0][1].terms):
        amounts = (balance.terms[place].amount for _, balance in columns)
        rows.append([Cell(telling.term(term)), *(Cell(f"{one:+d}" if one else "0", number=one) for one in amounts)])
    rows.append([Cell(telling.year(interval.after)), *(_number(balance.end) for _, balance in columns)])
    return Grid(title, [Column(""), *(Column(name, "number") for name, _ in columns)], rows, note)


def _number(count: int) -> Cell:
    return Cell(str(count), number=count)


def _events_chart(telling: Telling, interval: Interval) -> Chart:
    bars = [Bar(telling.say(f"story-event-{event.name}"), [event.households]) for event in interval.events]
    unit = telling.say("story-measure-households")
    told = telling.say("semicolon").join(telling.event(event) for event in interval.events)
    return Chart(telling.say("story-what-happened"), told, Bars([Series(unit, "plain")], bars, unit))


def _events(telling: Telling, interval: Interval) -> Subjects:
    """The households to which something happened, with the cells of both years."""
    said = telling.say("semicolon").join(filter(None, map(telling.event, interval.events)))
    return Subjects(
        telling.say("story-who"),
        heading=_known_as(telling),
        outcome=telling.say("story-csv-change"),
        columns=[_head(telling), telling.say("story-told")],
        bundles=[_bundle(telling, event) for event in interval.events],
        laws={},
        note=said,
        left_out=lambda count: telling.say("paper-left-out", count=telling.say("count-household", count=count)),
    )


def _bundle(telling: Telling, event: Event) -> Bundle:
    title, tone = telling.say(f"story-event-{event.name}"), _EVENTS.get(event.name, "plain")

    def entries() -> Iterator[Entry]:
        for line in lines(telling.story, event):
            told = telling.say("semicolon").join(telling.told(line))
            yield Entry(telling.who(line), [telling.page.safe(line.name), told], title, [], telling.cells(line), tone=tone)

    return Bundle(title, tone, int(event.rows.num_rows), entries)


def _known_as(telling: Telling) -> str:
    return "/".join(telling.label(part) for part in TABLES["household"].KEY)


def _head(telling: Telling) -> str:
    return fields("household")[TABLES["household"].NAME].title(telling.lang)


def _verdicts(telling: Telling, interval: Interval, verdicts: Verdicts) -> Iterator[Part]:
    """The verdicts of both years as sums, why they differ, and each one that does."""
    titles = " → ".join(dict.fromkeys(law.standard.title.say(telling.lang) for law in (verdicts.before, verdicts.after)))
    title = telling.say("story-verdicts", title=titles, changed=verdicts.changed)
    columns = [(telling.outcome(verdicts, balance.measure), balance) for balance in verdicts.balances]
    laws = telling.say("semicolon").join(telling.laws(verdicts, interval))
    if columns:
        yield sums(telling, interval, columns, title, laws)
    else:
        yield Lines(title, [laws])
    said = [*(line for _, line in telling.causes(verdicts)), telling.lacking(verdicts, interval)]
    parameters = telling.parameters(verdicts, interval)
    said += [telling.say("story-changed-parameters") + telling.say("colon")] * bool(parameters) + parameters
    if any(said):
        yield Lines(telling.say("story-causes"), [line for line in said if line])
    if verdicts.changed:
        yield _changes(telling, interval, verdicts)


def _changes(telling: Telling, interval: Interval, verdicts: Verdicts) -> Subjects:
    def entries() -> Iterator[Entry]:
        for start in range(0, verdicts.changed, _BATCH):
            yield from _changed(telling, interval, verdicts, start)

    name = telling.say("story-csv-verdict")
    return Subjects(
        name,
        heading=_known_as(telling),
        outcome=telling.say("csv-outcome"),
        columns=[_head(telling), telling.say("story-csv-cause")],
        bundles=[Bundle(name, "open", verdicts.changed, entries)],
        laws=_laws(telling, interval, verdicts),
        left_out=lambda count: telling.say("paper-left-out", count=telling.say("count-household", count=count)),
        choices=(1,),
    )


def _laws(telling: Telling, interval: Interval, verdicts: Verdicts) -> dict[str, Law]:
    """The checks of both years' standards."""
    both, compared = telling.both(interval, verdicts, verdicts.look(0, 0))
    return laws_of(both, compared)


def _changed(telling: Telling, interval: Interval, verdicts: Verdicts, start: int) -> Iterator[Entry]:
    """Some changed verdicts, each with what decides it in both years."""
    stop = min(start + _BATCH, verdicts.changed)
    looked = verdicts.look(start, stop)
    both, compared = telling.both(interval, verdicts, looked)
    _, new = both.words(compared)
    causes: list[Cause] = verdicts.changes.column("cause").slice(start, stop - start).to_pylist()
    for cause, flip in zip(causes, looked.flips, strict=True):
        places = " → ".join(telling.place(view.where) for view in (flip.before, flip.after))
        tone = _CAUSES[cause]
        yield Entry(
            known_as=new.who(flip.after)[0],
            cells=[new.safe(flip.after.name), telling.say(f"story-term-{cause}")],
            outcome=both.outcomes(compared, flip.before.outcome, flip.after.outcome),
            reasons=[decided(both, compared, decider, tone) for decider in flip.deciders],
            where=places,
            notes=[*both.otherwise(compared, flip), *both.missing(compared, flip)],
            tone=tone,
        )
