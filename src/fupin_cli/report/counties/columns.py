"""The matrix for spreadsheets: a row for each county, with what an office filters by before what it reads."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fupin_cli.model.figure import FoundRate
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.report.counties.calendar import in_short
from fupin_cli.report.counties.county import Counties, County
from fupin_cli.report.counties.figures import figures_of, margin_number
from fupin_cli.report.csvtext import doubt_text
from fupin_cli.report.numbers import number_text
from fupin_cli.report.paper.model import Column
from fupin_cli.report.rates import figure_text, high_text, low_text, percent_text, rate_line
from fupin_cli.report.unread import Places, unread_cells
from fupin_cli.report.words import Words

#: Where outcome and next step stand in a row, and how far from its end the file.
_OUTCOME, _NEXT, _PLACE = 3, 4, 2
#: A number is one of ours, never a text from the data.
Cell = str | int | Decimal


def columns(counties: Counties) -> list[Column]:
    """The headings, in the order of a row's cells."""
    words, standard = counties.words, counties.judged.standard
    say = words.say
    found = [Column(say(f"county-column-{name}")) for name in ("province", "county", "year", "outcome")]
    found += [Column(say(f"county-column-{name}"), "long") for name in ("next", "possible", "missing")]
    if words.result.quality is not None:
        found.append(Column(say("csv-quality"), "long"))
    for one in counties.group.beside:
        found.append(Column(one.standard.title.say(words.lang), "long"))
        if one.standard.steps:
            found.append(Column(say("county-column-calendar"), "long"))
    titles = {name: standard.checks[name].title.say(words.lang) for name in _in_order(counties)}
    found += [Column(title, "status") for title in titles.values()]
    for name, title in titles.items():
        found.append(Column(say("county-column-figures", title=title), "long"))
        found.append(Column(say("county-column-margin", title=title, unit=_unit(counties, name)), "number"))
    for rate in standard.rates.values():
        title = rate.title.say(words.lang)
        found.append(Column(say("county-column-fraction", title=title)))
        found += [Column(say(f"county-column-{part}", title=title), "number") for part in ("percent", "low", "high")]
        found.append(Column(say("county-column-conclusion", title=title)))
    return [*found, *(Column(say(f"csv-{name}")) for name in ("input", "cell"))]


def _unit(counties: Counties, check: str) -> str:
    """What a check's margin is counted in, in parentheses."""
    words, looks = counties.words, counties.judged.looks[check]
    declared = fields(counties.group.subject)
    unit = next((look.unit for look in looks if look.unit), "")
    if unit == "percent" or any(rate.check == check and rate.limit for rate in counties.judged.standard.rates.values()):
        return words.say("in-parentheses", text=words.say("county-points-unit"))
    if any(look.name in declared and declared[look.name].form.type is ValueType.DATE for look in looks):
        unit = "day"
    return words.say("in-parentheses", text=words.unit(unit)) if unit else ""


def unread_rows(counties: Counties) -> list[list[str]]:
    """A row for each file that was refused: the counties in it are in no other row."""
    width, words = len(columns(counties)), counties.words
    return unread_cells(words.result.problems, words.options, width, Places(_OUTCOME, _NEXT, width - _PLACE))


def rows(counties: Counties) -> Iterator[tuple[County, list[Cell]]]:
    """Every county that is meant, the nearest to readiness first, with its cells."""
    batch = 500
    for start in range(0, len(counties.order), batch):
        for county in counties.told(counties.order[start : start + batch]):
            yield county, _cells(counties, county)


def _in_order(counties: Counties) -> list[str]:
    """The gates, then what never decides."""
    return [*counties.gates, *(name for name in counties.judged.standard.checks if name not in counties.gates)]


def _cells(counties: Counties, county: County) -> list[Cell]:
    words, view = county.words, county.view
    comma = words.say("list-comma")
    possible = comma.join(words.outcome(name) for name in view.possible) if view.outcome == UNDETERMINED else ""
    missing = words.say("semicolon").join(map(words.missing_item, view.missing))
    year: Cell = view.year if view.year is not None else ""
    cells: list[Cell] = [
        county.province,
        words.safe(view.name),
        year,
        words.outcome(view.outcome),
        county.note,
        possible,
        missing,
    ]
    quality = words.result.quality
    if quality is not None:
        cells.append(doubt_text(words, quality.changes.get(counties.group.subject, {}).get(view.index)))
    for own, beside in county.beside:
        cells.append(own.short(beside).removeprefix(own.judged.standard.title.say(words.lang) + words.say("colon")))
        if own.judged.standard.steps:
            cells.append(in_short(words, county.steps))
    checks = [county.checks[name] for name in _in_order(counties)]
    cells += [words.say(f"status-{check.status}") for check in checks]
    for check in checks:
        figures, margin = figures_of(county, check), margin_number(county, check)
        cells.append(figures.sentence(words))
        cells.append(margin if margin is not None else "")
    found = {rate.name: rate for rate in county.rates}
    for name in counties.judged.standard.rates:
        cells += _rate(words, found[name]) if name in found else [""] * 5
    return [*cells, words.result.inputs[view.where.input].path, words.safe(str(view.where))]


def _rate(words: Words, rate: FoundRate) -> list[Cell]:
    """The fraction with the name of its denominator, the percentage, the ends of the interval, and what the sample says."""
    if rate.value is None:
        why = words.say(f"no-rate-{rate.reason}")
        return [why, "", "", "", ""]
    of = figure_text(rate.of, words.lang)
    # A sum of parts is told as it is worked out.
    fraction = rate_line(rate, words.lang) if rate.hits is None else f"{figure_text(rate.hits, words.lang)} / {of}"
    interval = rate.interval
    ends: Sequence[Cell] = [_number(low_text(interval)), _number(high_text(interval))] if interval is not None else ["", ""]
    conclusion = words.say(f"county-rate-{rate.conclusion}") if rate.conclusion is not None else ""
    return [fraction, _number(percent_text(rate.value)), *ends, conclusion]


def _number(text: str) -> Cell:
    """A percentage as a number; one too small to be shown stays a text."""
    plain = text.removesuffix("%")
    return text if plain.startswith("<") else Decimal(plain)


def _text(cell: Cell) -> str:
    """A cell as text."""
    return number_text(cell) if isinstance(cell, Decimal) else str(cell)


def texts(cells: Sequence[Cell]) -> tuple[list[str], set[int]]:
    """Cells as texts, and which of them are numbers."""
    return [_text(cell) for cell in cells], {place for place, cell in enumerate(cells) if not isinstance(cell, str)}
