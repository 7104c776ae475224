"""The county report for people: the matrix, then each county that is not ready, with what is missing and what to do next."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.console import Group as Lines
from rich.text import Text

from fupin_cli.model.run import Result
from fupin_cli.report.around import basis, head, numbers, problems
from fupin_cli.report.counties.calendar import broken_clauses, every_step, in_short
from fupin_cli.report.counties.county import COUNTY, Counties, County, verdict
from fupin_cli.report.counties.facts import document_lines
from fupin_cli.report.counties.figures import figures_of
from fupin_cli.report.counties.gaps import aside, told_checks
from fupin_cli.report.counties.matrix import legend, matrix
from fupin_cli.report.counties.rates import rate_summary
from fupin_cli.report.counties.remarks import remarks
from fupin_cli.report.doubts import doubts
from fupin_cli.report.findings import findings, findings_summary
from fupin_cli.report.layout import indented, outcome_colour
from fupin_cli.report.options import Options
from fupin_cli.report.problems import visible
from fupin_cli.report.rates import rate_lines
from fupin_cli.report.subjects import check_lines, reached, subjects, summary
from fupin_cli.report.terminal import print_result
from fupin_cli.report.words import Words

#: Most problems listed, and most files named, below and above the verdicts.
_PROBLEMS, _FILES = 20, 10


def print_counties(result: Result, options: Options, console: Console) -> None:
    """Print the whole report; where no county is judged, the ordinary one."""
    judged = Counties.of(result, options)
    if not judged:
        print_result(result, options, console)
        return
    for part in _report(Words(result, options), judged, console.width):
        console.print(part)


def _report(words: Words, judged: Sequence[Counties], width: int) -> Iterator[RenderableType]:
    others = [g for g in words.result.groups if g.subject != COUNTY and not g.main.is_quality]
    entries = [words.of(group.main) for group in words.result.groups if group.main.is_quality]
    yield from head(words, _FILES)
    for counties in judged:
        yield from reached(counties.words, counties.group)
        yield from legend(counties)
        shown = counties.told(_shown(counties, counties.order))
        yield from matrix(counties, shown, width)
        yield from _left_out(counties, len(counties.order) - len(shown))
        yield from (Text(line, style="yellow") for line in remarks(counties, shown))
    for group in others:
        yield from summary(words.of(group.main), group)
    for own in entries:
        yield from findings_summary(own)
    for counties in judged:
        yield from _details(counties)
    for group in others:
        yield from subjects(words.of(group.main), group)
    if entries:
        yield from findings(words)
    yield from doubts(words)
    yield from problems(words, _PROBLEMS)
    # Who reads this looks for counties first: the numbers of the law stand with its documents.
    yield from basis(words)
    yield from numbers(words)
    yield Text("\n" + words.say("heading-documents"), style="bold")
    yield from (indented(Text(line, style="dim"), 2) for line in document_lines(words))


def _shown(counties: Counties, indices: Sequence[int]) -> Sequence[int]:
    limit = counties.words.options.limit
    return indices[:limit] if limit else indices


def _left_out(counties: Counties, count: int) -> Iterator[RenderableType]:
    if count:
        words = counties.words
        yield Text("\n" + words.say("county-left-out", count=words.count(count)), style="bold")


def _details(counties: Counties) -> Iterator[RenderableType]:
    words, indices = counties.words, counties.unsettled
    if not indices:
        called = words.say(f"table-{COUNTY}")
        code = "none-listed" if words.options.only else "all-meet" if counties.judged.data.num_rows else "none-judged"
        yield Text("\n" + words.say(code, subjects=called))
        return
    shown = _shown(counties, indices)
    for county in counties.told(shown):
        yield _county(county)
    yield from _left_out(counties, len(indices) - len(shown))


def _county(county: County) -> RenderableType:
    words, view = county.words, county.view
    colour = outcome_colour(words, view.outcome)
    parts: list[RenderableType] = [
        Text(""),
        Text(county.name, style=f"bold {colour}").append(_told(county), style="not bold default"),
        indented(Text(verdict(words, view), style=f"bold {colour}"), 2),
    ]
    if county.note:
        parts.append(indented(Text(county.note), 2))
    told = told_checks(county)
    unasked = aside(county, told)
    parts += [check_lines(words, check, figures_of(county, check).sentence(words)) for check in told if check not in unasked]
    if unasked:
        titles = words.say("list-comma").join(check.check.title.say(words.lang) for check in unasked)
        parts.append(indented(Text(words.say("county-not-yet", checks=titles), style="dim"), 4))
    if view.missing:
        parts.append(indented(Text(words.missing(view.missing), style="yellow"), 4))
    parts += _calendar(county)
    parts += _rates(county)
    return Lines(*parts)


def _told(county: County) -> str:
    """What else tells a county, and where it stands: the file is named here, and nowhere below."""
    words, view = county.words, county.view
    year = words.say("year-of", year=view.year) if view.year is not None else ""
    path = words.result.inputs[view.where.input].path if len(words.result.inputs) > 1 else ""
    place = words.place(view.where) if view.name else ""
    return "".join(f"  {part}" for part in (county.province, year, visible(f"{path} {place}".strip())) if part)


def _calendar(county: County) -> Iterator[RenderableType]:
    words = county.words
    for own, view in county.beside:
        verdict_there = own.short(view)
        if not own.judged.standard.steps:
            yield indented(Text(verdict_there), 4)
        elif words.options.all_checks:
            yield indented(Text(verdict_there), 4)
            yield from (indented(line, 6) for line in every_step(county))
        else:
            told = (verdict_there, in_short(words, county.steps))
            yield indented(Text(words.say("semicolon").join(part for part in told if part)), 4)
        yield from (indented(Text(line, style="dim"), 6) for line in broken_clauses(own, county.steps))
        yield from (check_lines(own, check, own.reason(check)) for check in view.checks if check.status == "fail")


def _rates(county: County) -> Iterator[RenderableType]:
    """Each rate in a line, with its denominator by name and what the sample says; with ``--details all`` in full."""
    words, told = county.words, {check.name for check in told_checks(county)}
    declared = words.judged.standard.rates
    for rate in county.rates:
        if rate.value is None and declared[rate.name].check in told and not words.options.all_checks:
            # The check has said what is not known.
            continue
        if words.options.all_checks:
            first, *further = rate_lines(rate, words.lang)
            yield indented(Text(first), 4)
            yield from (indented(Text(line, style="dim"), 6) for line in further)
        else:
            yield indented(Text(rate_summary(words, rate)), 4)
