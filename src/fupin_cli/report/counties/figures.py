"""The figures of a gate: what was read and where, what is asked, and by how much it is met or missed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from fupin_cli.model.figure import FoundRate
from fupin_cli.model.problem import Address
from fupin_cli.model.view import CheckView, Source
from fupin_cli.report.belonging import belonging
from fupin_cli.report.counties.county import County, Figures
from fupin_cli.report.numbers import decimal_text, fraction_text
from fupin_cli.report.rates import percent_text
from fupin_cli.report.words import Words

_CENTS = 100
_PERCENT, _DAY = "percent", "day"
_DAY_OF_JUDGEMENT = "as_of"
#: A comparison with a name alone on one of its sides: their difference has the unit of that name.
_BARE = re.compile(r"\s*[a-z]\w*\s*[<>]=?.*|.*[<>]=?\s*[a-z]\w*\s*", re.DOTALL)
#: Of a check that is not for the county.
_NOTHING = Figures("", "", "")


def figures_of(county: County, check: CheckView) -> Figures:
    """The figures of one check of a county."""
    found = county.figures.get(check.name)
    if found is None:
        found = county.figures[check.name] = _found(county, check)
    return found


def _found(county: County, check: CheckView) -> Figures:
    if check.status == "not_applicable":
        return _NOTHING
    words, rate = county.words, county.rate_of(check.name)
    read = _summed_up(county, check)
    values, limit = words.reason(read), words.say("comma").join(words.asked(check))
    if (later := _later_than(county, check)) is not None:
        values = words.say("comma").join((values, words.say("county-planned", day=later.isoformat())))
    if listed := belonging(words, county.view, check):
        values = words.say("comma").join((values, listed))
    named = (words.named_cells(found) for found in read.cells.values() if found)
    cells = words.say("list-comma").join(dict.fromkeys(named))
    if rate is None or rate.value is None:
        return Figures(values, limit, _margin(words, check), cells=cells)
    share = words.say("county-share", percent=percent_text(rate.value), fraction=_fraction(rate, rate.value))
    told = words.say("comma").join(part for part in (values, share) if part)
    return Figures(
        told, words.say("comma").join(words.asked(check)), _rate_margin(words, rate, check), _by_sample(words, rate), cells
    )


def _summed_up(county: County, check: CheckView) -> CheckView:
    """The check with the values that were read, and of facts over rows the fact with its cells: rows there are hundreds of."""
    judged = county.words.judged
    cells = {name: found for name, found in check.cells.items() if "." not in name}
    behind = (source for look in judged.looks[check.name] for source in _over_rows(look.sources))
    for source in (source for source in behind if source.fact in check.observed):
        own = dict.fromkeys(judged.source_cells(source, county.view.index))
        cells[source.fact] = tuple(own) or _sheets(county, source.over)
    facts = judged.standard.facts
    # 1216 is how a condition compares the 16th of December with a day of the year; the date itself stands beside it.
    days = (
        {name for name in check.observed if name in facts and facts[name].over is None} if _asks_for_a_day(county, check) else ()
    )
    met = _met(county, check)
    aside, cells = {*days, *met}, {name: found for name, found in cells.items() if name not in met}
    observed = {name: value for name, value in check.observed.items() if "." not in name and name not in aside}
    return replace(check, observed=observed, cells=cells, threshold={}, margin=None)


def _met(county: County, check: CheckView) -> set[str]:
    """Of several facts that should all be so, those that are, where others are not: eight fields of which one lacks are one."""
    facts = county.words.judged.standard.facts
    said = {name: value for name, value in check.observed.items() if name in facts}
    wanted = set(check.check.require.split()) == {*said, "AND"}
    return {name for name, value in said.items() if value is True} if wanted and False in said.values() else set()


def _asks_for_a_day(county: County, check: CheckView) -> bool:
    """Whether it compares with a day of the year."""
    return any(county.words.rules.pack.parameters[name].unit == "month-day" for name in check.threshold)


def _later_than(county: County, check: CheckView) -> date | None:
    """The day of judgement, where a check is open because a day that it looks at lies after it: nothing is missing then."""
    year = county.view.year
    day = county.words.result.as_of or (date(year, 12, 31) if year is not None else None)
    if check.status != "unknown" or day is None or _DAY_OF_JUDGEMENT not in check.check.require:
        return None
    return day if any(isinstance(value, date) and value > day for value in check.observed.values()) else None


def _over_rows(sources: Sequence[Source]) -> Iterator[Source]:
    """The facts over rows among these and behind them."""
    for source in sources:
        if source.over:
            yield source
        yield from _over_rows(source.behind)


def _sheets(county: County, table: str) -> tuple[Address, ...]:
    """The sheets of a table in the county's own file: where no single row decides, all of them do."""
    home = county.view.where.input
    sheets = county.words.result.inputs[home].sheets
    return tuple(Address(home, one.name, 0, "") for one in sheets if one.name and table in one.table.split("+"))


def _margin(words: Words, check: CheckView) -> str:
    if not _in_its_unit(check) or check.margin is None:
        return ""
    if check.unit == _PERCENT:
        return _points(words, Fraction(check.margin), at_limit=check.at_limit)
    return words.margin(check.margin, _unit(check), at_limit=check.at_limit)


def _in_its_unit(check: CheckView) -> bool:
    """Whether the margin is one of something that can be counted: where both sides are products, their difference is not."""
    return check.margin is not None and _BARE.fullmatch(check.check.require) is not None


def _unit(check: CheckView) -> str:
    return _DAY if any(isinstance(value, date) for value in check.observed.values()) else check.unit


def _rate_margin(words: Words, rate: FoundRate, check: CheckView) -> str:
    """In percentage points; where it can be counted, beside it how many people that is."""
    spare = _spare(rate)
    if spare is None:
        return ""
    points = _points(words, spare * 100, at_limit=spare == 0)
    if not _in_its_unit(check) or not check.margin or check.unit == _PERCENT:
        return points
    return points + words.say("in-parentheses", text=words.amount(abs(check.margin), check.unit))


def _spare(rate: FoundRate) -> Fraction | None:
    """By how much a rate keeps its limit; None where it has none."""
    if rate.limit is None or rate.value is None:
        return None
    return rate.value - rate.limit.share if rate.limit.at_least else rate.limit.share - rate.value


def _fraction(rate: FoundRate, value: Fraction) -> str:
    """The counts as they are; of a sum of parts the fraction in lowest terms."""
    return f"{rate.hits.value}/{rate.of.value}" if rate.hits is not None else fraction_text(value)


def _by_sample(words: Words, rate: FoundRate) -> str:
    return words.say(f"county-rate-{rate.conclusion}") if rate.conclusion is not None else ""


def _points(words: Words, points: Fraction, *, at_limit: bool) -> str:
    """So many percentage points, rounded down, so that no margin is ever overstated."""
    if at_limit:
        return words.say("exactly-at")
    cents = floor(points * _CENTS)
    if cents == 0:
        return words.say("county-spare-below-cent")
    amount = words.say("county-points", points=decimal_text(Fraction(abs(cents), _CENTS)))
    return words.say("short-by" if cents < 0 else "spare-by", margin=amount)


def margin_number(county: County, check: CheckView) -> Decimal | None:
    """The margin as a number, of a rate and of a comparison in percent in percentage points; None where there is none."""
    if check.status == "not_applicable":
        return None
    rate = county.rate_of(check.name)
    spare = _spare(rate) if rate is not None else None
    if spare is not None:
        return Decimal(floor(spare * 100 * _CENTS)).scaleb(-2)
    return check.margin if _in_its_unit(check) else None
