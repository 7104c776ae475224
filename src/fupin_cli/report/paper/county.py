"""One county on paper: every gate with its figures, the calendar step by step, the rates; or one row that opens to its gaps."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from fupin_cli.model.figure import FoundRate
from fupin_cli.model.step import StepView
from fupin_cli.model.view import CheckView, Status
from fupin_cli.report.counties.calendar import broken_clauses, in_short, state_colour, state_text, state_word
from fupin_cli.report.counties.county import County, verdict
from fupin_cli.report.counties.figures import figures_of
from fupin_cli.report.counties.gaps import aside, told_checks
from fupin_cli.report.counties.rates import rate_summary
from fupin_cli.report.paper.drawn import Intervals, Moment, Reach, Timeline
from fupin_cli.report.paper.listed import TONES, outcome_tone, reason
from fupin_cli.report.paper.model import Cell, Chart, Column, Entry, Grid, Lines, Part, Reason, Step, Steps, Tone
from fupin_cli.report.rates import high_text, low_text, percent_text, rate_line, rate_lines
from fupin_cli.report.subjects import check_mark
from fupin_cli.report.words import Words

_PLACES = Decimal("0.0001")
#: In which order the checks of a county stand.
_FIRST: Sequence[Status] = ("fail", "unknown", "pass", "not_applicable")
_KEPT: Mapping[bool | None, Tone] = {True: "good", False: "bad", None: "plain"}


def check_cell(words: Words, check: CheckView) -> Cell:
    """How a county stands in a check."""
    _, colour, word = check_mark(words, check)
    return Cell(word or words.say(f"status-{check.status}"), TONES[colour])


def county_parts(county: County) -> Iterator[Part]:
    """Everything that is told of one county."""
    words, view = county.words, county.view
    lines = [verdict(words, view), county.note, words.missing(view.missing) if view.missing else ""]
    place = " ".join(part for part in (county.province, county.name, _year(county), words.place(view.where)) if part)
    tone = outcome_tone(words.judged, view.outcome)
    yield Lines(words.say("paper-at-a-glance"), [place, *(line for line in lines if line)], tone)
    yield _gates(county)
    yield from calendar_parts(county)
    yield from _beside(county)
    if county.rates:
        found = [(rate.title.say(words.lang), rate) for rate in county.rates]
        yield rate_chart(words, words.say("county-rates"), found)
        yield Lines(words.say("county-rates-found"), [line for rate in county.rates for line in _rate_told(words, rate)])


def _year(county: County) -> str:
    year = county.view.year
    return county.words.say("year-of", year=year) if year is not None else ""


def _gates(county: County) -> Grid:
    """Every check with what was read, what is asked, by how much it is met or missed, clause, what to do; what fails first."""
    words = county.words
    columns = [Column(words.say("gap-check"), "long"), Column(words.say("gap-status"), "status")]
    columns += [Column(words.say(code), "long") for code in ("gap-values", "county-limit", "gap-clause", "gap-remedy")]
    rows = []
    for check in sorted(county.view.checks, key=lambda one: _FIRST.index(one.status)):
        figures = figures_of(county, check)
        values = words.say("semicolon").join(part for part in (figures.values, figures.sample) if part)
        limit = words.say("comma").join(part for part in (figures.limit, figures.margin) if part)
        remedy = words.remedy(check) if check.status in ("fail", "unknown") else ""
        told = (values, limit, words.clause(check.check.cite), remedy)
        rows.append([Cell(check.check.title.say(words.lang)), check_cell(words, check), *map(Cell, told)])
    return Grid(words.say("county-gates"), columns, rows)


def calendar_parts(county: County) -> Iterator[Part]:
    """The calendar: step by step with its days, and the days on a line of time."""
    words = county.words
    for own, view in county.beside:
        if not own.judged.standard.steps:
            continue
        notes = [own.short(view), in_short(words, county.steps), *broken_clauses(own, county.steps)]
        title = own.judged.standard.title.say(words.lang)
        if not county.steps:
            yield Lines(title, notes[:1])
            continue
        yield Steps(title, [_step(words, step) for step in county.steps], " ".join(note for note in notes if note))
        dated = [(step, step.day) for step in county.steps if step.day is not None]
        if dated:
            moments = [Moment(_title(words, step), day.isoformat(), _tone(step)) for step, day in dated]
            told = [f"{_title(words, step)}{words.say('colon')}{state_text(words, step)}" for step, _ in dated]
            left = len(county.steps) - len(dated)
            note = words.say("chart-undated", count=left) if left else ""
            yield Chart(words.say("chart-calendar"), words.say("semicolon").join(told), Timeline(moments), note)


def _title(words: Words, step: StepView) -> str:
    return step.step.title.say(words.lang)


def _tone(step: StepView) -> Tone:
    return TONES[state_colour(step)]


def _step(words: Words, step: StepView) -> Step:
    when = step.day.isoformat() if step.day is not None else ""
    cells = words.say("list-comma").join(map(words.place, step.cells))
    return Step(_title(words, step), when, state_word(words, step), _tone(step), cells)


def _beside(county: County) -> Iterator[Lines]:
    """The verdicts beside that are no calendar, and what is not met of the rules about a calendar as a whole."""
    lines = [own.short(view) for own, view in county.beside if not own.judged.standard.steps]
    for own, view in county.beside:
        failed = [check for check in view.checks if check.status == "fail"]
        lines += [f"{check.check.title.say(own.lang)}{own.say('colon')}{own.reason(check)}" for check in failed]
    if lines:
        yield Lines("", lines)


def rate_cell(words: Words, rate: FoundRate) -> Cell:
    """A rate in a cell: the share and how far its sample reaches, the fraction, and what the sample says."""
    if rate.value is None:
        return Cell(_reach(words, "", rate).told, "open")
    counts = words.say("in-parentheses", text="{}/{}".format(*rate.counts)) if rate.counts is not None else ""
    said = words.say(f"county-rate-{rate.conclusion}") if rate.conclusion is not None else ""
    told = words.say("semicolon").join(part for part in (_reach(words, "", rate).told + counts, said) if part)
    return Cell(told, _KEPT[rate.kept], _percent(rate.value))


def rate_chart(words: Words, title: str, found: Sequence[tuple[str, FoundRate]], note: str = "") -> Chart:
    """Rates below each other, each with the reach of its sample and its limit."""
    reaches = [_reach(words, name, rate) for name, rate in found]
    told = [f"{one.label}{words.say('colon')}{one.told}" for one in reaches]
    limits = [f"{name} {percent_text(rate.limit.share)}" for name, rate in found if rate.limit is not None]
    each = dict.fromkeys(percent_text(rate.limit.share) for _, rate in found if rate.limit is not None)
    limit = words.say("chart-limit", limits=words.say("list-comma").join(each if len(each) == 1 else limits)) if limits else ""
    return Chart(title, words.say("semicolon").join([*told, *([limit] if limit else [])]), Intervals(reaches, limit), note)


def _reach(words: Words, name: str, rate: FoundRate) -> Reach:
    limit = _percent(rate.limit.share) if rate.limit is not None else None
    if rate.value is None:
        return Reach(name, None, _without_title(words, rate, rate_line(rate, words.lang)), limit=limit)
    if rate.interval is None:
        return Reach(name, _percent(rate.value), percent_text(rate.value), None, limit, _KEPT[rate.kept])
    interval = rate.interval
    told = words.say("chart-reach", share=percent_text(rate.value), low=low_text(interval), high=high_text(interval))
    ends = (_percent(interval.low), _percent(interval.high))
    return Reach(name, _percent(rate.value), told, ends, limit, _KEPT[rate.kept])


def _percent(share: Fraction) -> Decimal:
    """A share in per cent, to be drawn."""
    return (Decimal(share.numerator) * 100 / Decimal(share.denominator)).quantize(_PLACES)


def _without_title(words: Words, rate: FoundRate, line: str) -> str:
    """A line about a rate whose title stands beside it."""
    return line.removeprefix(words.say("rate-of", title=rate.title.say(words.lang), rate=""))


def _rate_told(words: Words, rate: FoundRate) -> list[str]:
    """A rate in a line, then what it is found by."""
    return [rate_summary(words, rate), *rate_lines(rate, words.lang)[1:]]


def entry(county: County, cells: Sequence[str]) -> Entry:
    """A county as a row that opens to what is missing."""
    words, view = county.words, county.view
    told = told_checks(county)
    unasked = aside(county, told)
    notes = [county.note, words.missing(view.missing) if view.missing else ""]
    if unasked:
        titles = words.say("list-comma").join(check.check.title.say(words.lang) for check in unasked)
        notes.append(words.say("county-not-yet", checks=titles))
    reasons = [_reason(county, check) for check in told if check not in unasked]
    for number, (own, other) in enumerate(county.beside):
        steps = in_short(words, county.steps) if own.judged.standard.steps else ""
        notes.append(words.say("semicolon").join(part for part in (own.short(other), steps) if part))
        notes += broken_clauses(own, county.steps) if own.judged.standard.steps else []
        reasons += [reason(own, check, f"{number}.{check.name}") for check in other.checks if check.status == "fail"]
    notes += [rate_summary(words, rate) for rate in county.rates if rate.value is not None]
    path = words.result.inputs[view.where.input].path if len(words.result.inputs) > 1 else ""
    return Entry(
        known_as=county.name,
        cells=cells,
        outcome=verdict(words, view),
        reasons=reasons,
        where=words.safe(f"{path} {view.where}".strip()) if view.name else "",
        notes=[note for note in notes if note],
        tone=outcome_tone(words.judged, view.outcome),
    )


def _reason(county: County, check: CheckView) -> Reason:
    words = county.words
    mark, colour, word = check_mark(words, check)
    figures = figures_of(county, check)
    told = words.say("semicolon").join(part for part in (figures.sentence(words), figures.sample) if part)
    return Reason(check.name, mark, word or words.say(f"status-{check.status}"), told, TONES[colour])
