"""The steps of a calendar and the rates that a standard declares, on a page about it."""

from collections.abc import Sequence

from fupin_cli.messages import say
from fupin_cli.model.pack import RateOf, Step
from fupin_cli.report.packs.blocks import Cell, Grid, Line, cell, without_empty
from fupin_cli.report.packs.spoken import Spoken
from fupin_cli.report.packs.telling import source_line
from fupin_cli.rules.lineage import Lineage


def steps_grid(kin: Lineage, spoken: Spoken) -> Grid:
    """Each step with its day and the checks that say how it stands."""
    columns = [say(f"pack-column-{name}", spoken.lang) for name in ("step", "day", "standing")]
    rows = [[_name(kin, spoken, "steps", name, step), *step_cells(step, spoken)] for name, step in spoken.standard.steps.items()]
    return without_empty(columns, rows, (4, 4, 9))


def step_cells(step: Step, spoken: Spoken) -> tuple[Cell, Cell]:
    """The day of a step, and its checks."""
    standing: list[Line] = []
    for key, check in step.checks().items():
        standing.append(Line(say(f"pack-step-{key}", spoken.lang, check=_check(check, spoken))))
        standing.append(Line(f"{key}: {check}", "code"))
    return cell(spoken.named(step.date), Line(step.date, "code")), standing


def rates_grid(kin: Lineage, spoken: Spoken) -> Grid:
    """Each rate with what it is made of, its limit and the check that decides on it."""
    columns = [say(f"pack-column-{name}", spoken.lang) for name in ("rate", "made-of", "limit")]
    rows = [[_name(kin, spoken, "rates", name, rate), *rate_cells(rate, spoken)] for name, rate in spoken.standard.rates.items()]
    return without_empty(columns, rows, (4, 8, 5))


def rate_cells(rate: RateOf, spoken: Spoken) -> tuple[Cell, Cell]:
    """What a rate is made of; its limit, with the check."""
    lang = spoken.lang
    drawn = say("pack-rate-drawn", lang, population=spoken.named(rate.population)) if rate.population is not None else None
    asked = say(f"pack-rate-survey-{rate.survey}", lang) if rate.survey is not None else None
    made = cell(*_made(rate, spoken), drawn, asked, Line(as_code(rate), "code"))
    if rate.limit is None:
        return made, cell(_decided(rate, spoken))
    title = spoken.pack.parameters[rate.limit].title.say(lang)
    held = say("pack-rate-at-least" if rate.at_least else "pack-rate-at-most", lang, limit=title)
    return made, cell(held, Line(f"${rate.limit}", "code"), _decided(rate, spoken))


def as_code(rate: RateOf) -> str:
    """A rate as its file names it, on one line."""
    if rate.hits is not None:
        return f"hits: {rate.hits}; of: {rate.of}"
    return f"parts: {parts_code(rate)}; of: {rate.of}"


def parts_code(rate: RateOf) -> str:
    """The parts of a rate by their names."""
    return " + ".join(part.people if part.rate is None else f"{part.people} * {part.rate}" for part in rate.parts)


def _made(rate: RateOf, spoken: Spoken) -> Sequence[str]:
    lang, of = spoken.lang, spoken.named(rate.of)
    if rate.hits is not None:
        return [say(f"pack-counted-{rate.counted}", lang, hits=spoken.named(rate.hits), of=of)]
    said = [say("pack-rate-parts", lang, of=of)]
    for part in rate.parts:
        people = spoken.named(part.people)
        if part.rate is None:
            said.append(say("pack-rate-people", lang, part=part.title.say(lang), people=people))
            continue
        other = spoken.standard.rates[part.rate].title.say(lang)
        said.append(say("pack-rate-people-times", lang, part=part.title.say(lang), people=people, rate=other))
    return said


def _decided(rate: RateOf, spoken: Spoken) -> str | None:
    return say("pack-rate-decided", spoken.lang, check=_check(rate.check, spoken)) if rate.check is not None else None


def _check(name: str, spoken: Spoken) -> str:
    return say("cond-text", spoken.lang, text=spoken.standard.checks[name].title.say(spoken.lang))


def _name(kin: Lineage, spoken: Spoken, section: str, name: str, part: Step | RateOf) -> Cell:
    source = source_line(kin.source(spoken.standard.standard, section, name), kin, spoken.lang)
    return cell(Line(part.title.say(spoken.lang), "strong"), Line(name, "code"), source)
