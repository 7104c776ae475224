"""The paper of counties: which may withdraw, the nearest to readiness first; of one alone everything."""

from collections.abc import Iterator, Sequence
from functools import partial

from fupin_cli.model.run import Result
from fupin_cli.report.charts.blocking import blocking
from fupin_cli.report.counties.calendar import standing
from fupin_cli.report.counties.county import COUNTY, Counties, County, verdict
from fupin_cli.report.counties.remarks import remarks
from fupin_cli.report.options import Options, listed_outcomes
from fupin_cli.report.paper.basis import answered, basis, problems, subtitle, toned
from fupin_cli.report.paper.checks import check_paper, doubts_section, group_parts, paper_tone
from fupin_cli.report.paper.county import check_cell, county_parts, entry, rate_cell, rate_chart
from fupin_cli.report.paper.found import findings, rules_section, tiles
from fupin_cli.report.paper.listed import law, outcome_tone
from fupin_cli.report.paper.model import Bundle, Cell, Chart, Column, Entry, Grid, Law, Lines, Paper, Part, Section, Subjects
from fupin_cli.report.subjects import nobody
from fupin_cli.report.words import Words

#: Most counties in the matrix and in the table of rates, and in a chart.
_ROWS, _DRAWN = 1000, 30
#: A matrix of so many rows is seen at once.
_SHORT = 40
#: Counties are made ready by so many.
_BATCH = 100


def county_paper(result: Result, options: Options) -> Paper:
    """What check-county has to say; where no county is judged, what every check has."""
    judged = Counties.of(result, options)
    if not judged:
        return check_paper(result, options)
    words = Words(result, options)
    others = [(words.of(group.main), group) for group in result.groups if group.subject != COUNTY and not group.main.is_quality]
    entries = [words.of(group.main) for group in result.groups if group.main.is_quality]
    parts = [part for counties in judged for part in _counties(counties)]
    parts += [Section(own.judged.standard.title.say(words.lang), list(group_parts(own, group))) for own, group in others]
    parts += [rules_section(own) for own in entries]
    if entries:
        parts.append(findings(words))
    return Paper(
        lang=words.lang,
        title=words.say(f"title-{result.command}"),
        answer=answered(words, " ".join(_answer(counties) for counties in judged)),
        tone=toned(words, paper_tone(result)),
        subtitle=subtitle(words),
        parts=[*parts, *doubts_section(words), *problems(words), basis(words)],
    )


def _answer(counties: Counties) -> str:
    """How many counties came to what; of a single one what it came to, and the next step."""
    words = counties.words
    if len(counties.order) == 1:
        (county,) = counties.told(counties.order)
        told = county.name + words.say("colon") + verdict(county.words, county.view)
        return words.say("semicolon").join(part for part in (told, county.note) if part)
    total = words.say("subjects-total", count=words.count(words.judged.data.num_rows))
    found = [words.say("paper-outcome", outcome=words.outcome(n), count=c) for n, c in words.judged.outcome_counts().items()]
    return words.say("paper-answer", total=total, outcomes=words.say("list-comma").join(found)) if found else total


def _counties(counties: Counties) -> Iterator[Part]:
    words = counties.words
    if len(counties.order) == 1:
        (county,) = counties.told(counties.order)
        yield from county_parts(county)
        return
    yield tiles(words)
    shown = counties.told(counties.order[:_ROWS])
    tables = list(_tables(counties, shown))
    charts = [chart for chart in (blocking(words), *_rate_charts(counties, shown)) if chart is not None]
    told = remarks(counties, shown)
    notes = [Lines("", told, "open")] if told else []
    # A matrix that does not fit on a screen or two comes last.
    if len(shown) <= _SHORT:
        yield from (*tables[:1], *notes, *charts, *tables[1:], _subjects(counties))
    else:
        yield from (*charts, _subjects(counties), *notes, *tables)


def _tables(counties: Counties, shown: Sequence[County]) -> Iterator[Grid]:
    """The matrix, then the rates."""
    if shown:
        yield _matrix(counties, shown)
        yield from _rates(counties, shown)


def _left_out(counties: Counties) -> str:
    left = len(counties.order) - _ROWS
    return counties.words.say("county-left-out", count=counties.words.count(left)) if left > 0 else ""


def _names(counties: Counties) -> list[Column]:
    """What tells a county: its province and year only where there are several."""
    return [Column(counties.words.say(f"heading-{code}")) for code in _codes(counties)]


def _codes(counties: Counties) -> list[str]:
    return [*["province"] * (counties.provinces > 1), COUNTY, *["year"] * (counties.years > 1)]


def _around(counties: Counties, county: County) -> tuple[list[str], list[str]]:
    """What else tells a county, before and behind its name."""
    year = str(county.view.year) if county.view.year is not None else counties.words.say("value-blank")
    return [county.province] * (counties.provinces > 1), [year] * (counties.years > 1)


def _named(counties: Counties, county: County) -> list[Cell]:
    before, after = _around(counties, county)
    return [Cell(text) for text in (*before, county.name, *after)]


def _matrix(counties: Counties, shown: Sequence[County]) -> Grid:
    """A row for each county, the nearest to readiness first; a column for each gate that somebody does not pass."""
    words, checks = counties.words, counties.judged.standard.checks
    calendar = any(county.steps for county in shown)
    columns = [*_names(counties), Column(words.say("heading-outcome"), "status"), Column(words.say("county-column-next"), "long")]
    columns += [Column(checks[name].title.say(words.lang), "status") for name in counties.open_gates]
    columns += [Column(words.say("heading-calendar"), "long")] if calendar else []
    rows = []
    for county in shown:
        outcome = Cell(verdict(words, county.view), outcome_tone(counties.judged, county.view.outcome))
        gates = [check_cell(county.words, county.checks[name]) for name in counties.open_gates]
        days = [Cell(standing(words, county.steps))] if calendar else []
        rows.append([*_named(counties, county), outcome, Cell(county.note), *gates, *days])
    passed = len(counties.gates) - len(counties.open_gates)
    notes = [words.say("county-order"), words.say("gates-passed", count=passed) if passed else "", _left_out(counties)]
    return Grid(words.say("sheet-matrix"), columns, rows, " ".join(note for note in notes if note))


def _rate_charts(counties: Counties, shown: Sequence[County]) -> Iterator[Chart]:
    """For each rate of a sample the counties below each other."""
    words = counties.words
    for name, declared in counties.judged.standard.rates.items():
        found = [(county, rate) for county in shown for rate in county.rates if rate.name == name and rate.interval is not None]
        if found:
            named = [(county.name, rate) for county, rate in found[:_DRAWN]]
            left = len(found) - len(named)
            note = words.say("chart-cut", shown=len(named), count=left) if left else ""
            yield rate_chart(words, declared.title.say(words.lang), named, note)


def _rates(counties: Counties, shown: Sequence[County]) -> Iterator[Grid]:
    """A row for each county, a column for each rate."""
    words, declared = counties.words, counties.judged.standard.rates
    if not declared or not any(county.rates for county in shown):
        return
    columns = [*_names(counties), *(Column(rate.title.say(words.lang), "long") for rate in declared.values())]
    rows = []
    for county in shown:
        found = {rate.name: rate for rate in county.rates}
        cells = [rate_cell(words, found[name]) if name in found else Cell("") for name in declared]
        rows.append([*_named(counties, county), *cells])
    yield Grid(words.say("county-rates"), columns, rows, _left_out(counties))


def _subjects(counties: Counties) -> Subjects | Lines:
    """The counties that are not ready, or of which something has to be done, each with what is missing."""
    words, title = counties.words, counties.words.say("paper-subjects")
    by_outcome: dict[str, list[int]] = {}
    outcomes = counties.judged.data.column("outcome").to_pylist()
    for index in counties.unsettled:
        by_outcome.setdefault(outcomes[index], []).append(index)
    if not by_outcome:
        return Lines(title, [nobody(words, counties.group)])
    beside = [own for standard in counties.group.beside for own in [words.of(standard)]]
    laws: dict[str, Law] = {name: law(words, check) for name, check in counties.judged.standard.checks.items()}
    laws |= {f"{i}.{n}": law(own, c) for i, own in enumerate(beside) for n, c in own.judged.standard.checks.items()}
    return Subjects(
        title,
        heading=words.say("heading-county"),
        outcome=words.say("heading-outcome"),
        columns=[words.say(f"heading-{code}") for code in _codes(counties) if code != COUNTY],
        bundles=[
            Bundle(words.outcome(name), outcome_tone(counties.judged, name), len(indices), partial(_entries, counties, indices))
            for name, indices in by_outcome.items()
        ],
        laws=laws,
        note=_unlisted(counties),
        left_out=lambda count: words.say("paper-left-out", count=words.count(count)),
    )


def _unlisted(counties: Counties) -> str:
    """Who is counted only."""
    words, found = counties.words, counties.judged.outcome_counts()
    if words.options.only is not None:
        return words.say(
            "paper-only", only=words.say("run-only") + words.say("colon") + words.say(f"run-only-{words.options.only}")
        )
    listed = listed_outcomes(counties.judged, None)
    told = [
        words.say("paper-outcome", outcome=words.outcome(n), count=words.count(c)) for n, c in found.items() if n not in listed
    ]
    return words.say("paper-passed", counts=words.say("list-comma").join(told)) if told else ""


def _entries(counties: Counties, indices: Sequence[int]) -> Iterator[Entry]:
    for start in range(0, len(indices), _BATCH):
        for county in counties.told(indices[start : start + _BATCH]):
            before, after = _around(counties, county)
            yield entry(county, [*before, *after])
