"""What one standard says: for whom, facts, checks and the decision list, each part with where it comes from."""

from collections.abc import Iterator
from typing import Literal

from fupin_cli.messages import Lang, say
from fupin_cli.model.pack import Fact, Property
from fupin_cli.report.packs.blocks import Block, Cell, Grid, Heading, Line, Prose, cell, without_empty
from fupin_cli.report.packs.declared import rates_grid, steps_grid
from fupin_cli.report.packs.spoken import Spoken
from fupin_cli.report.packs.telling import cited, source_line
from fupin_cli.rules.lineage import Lineage
from fupin_cli.rules.standard import ReadyCheck, ReadyFact, ReadyStandard

_DECLARED: tuple[Literal["steps", "rates"], ...] = ("steps", "rates")


def of_standard(kin: Lineage, name: str, lang: Lang, *, links: bool) -> Iterator[Block]:
    """A standard as part of a page."""
    ready, pack = kin.loaded.standards[name], kin.loaded.pack
    standard = ready.standard
    yield Heading(2, standard.title.say(lang), name)
    if links and kin.parent is not None and kin.is_untouched(name):
        above = kin.source(name, "decide").pack
        yield Prose([Line(say("pack-standard-inherited", lang, page=f"{above}.md"))])
        return
    spoken = Spoken(lang, pack, standard)
    yield Prose(list(_head(kin, ready, spoken)))
    if ready.checks:
        yield Heading(3, say("pack-checks", lang))
        yield _checks(kin, ready, spoken)
    # A page about one check leaves out what is about all of them.
    if ready.rows:
        yield Heading(3, say("pack-decision", lang))
        source = source_line(kin.source(name, "decide"), kin, lang)
        yield Prose([Line(say("pack-decision-how", lang), "quiet"), *([source] if source is not None else [])])
        yield _decision(ready, spoken)
    if ready.rows and standard.steps:
        yield Heading(3, say("pack-steps", lang))
        yield Prose([Line(say("pack-steps-how", lang), "quiet")])
        yield steps_grid(kin, spoken)
    if ready.rows and standard.rates:
        yield Heading(3, say("pack-rates", lang))
        yield Prose([Line(say("pack-rates-how", lang), "quiet")])
        yield rates_grid(kin, spoken)
    if ready.rows and standard.properties:
        yield Heading(3, say("pack-properties", lang))
        yield Prose([Line(say("pack-properties-how", lang), "quiet")])
        yield _promises(kin, ready, spoken)
    if ready.facts:
        yield Heading(3, say("pack-facts", lang))
        yield Prose([Line(say("pack-facts-how", lang), "quiet")])
        yield _facts(kin, ready, spoken)


def _head(kin: Lineage, ready: ReadyStandard, spoken: Spoken) -> Iterator[Line]:
    lang = spoken.lang
    yield Line(say("pack-subject", lang, table=say(f"table-{ready.subject}", lang)))
    if ready.is_quality:
        yield Line(say("pack-quality", lang))
    if ready.applies is not None:
        yield Line(say("rules-applies", lang, condition=spoken.condition(ready.applies)))
        yield Line(str(ready.standard.applies), "code")
    for check, above in kin.dropped.get(ready.name, {}).items():
        title = kin.parent.pack.standards[ready.name].checks[check].title.say(lang) if kin.parent is not None else check
        yield Line(say("pack-dropped", lang, check=title, pack=above), "strong")
    for section in _DECLARED:
        for name, above in kin.gone(ready.name, section).items():
            yield Line(say(f"pack-dropped-{section}", lang, name=name, pack=above), "strong")


def _checks(kin: Lineage, ready: ReadyStandard, spoken: Spoken) -> Grid:
    lang = spoken.lang
    columns = [say(f"pack-column-{name}", lang) for name in ("check", "requirement", "basis", "remedy")]
    rows = [[*_check(kin, ready, check, spoken)] for check in ready.checks.values()]
    return without_empty(columns, rows, (4, 6, 5, 4))


def _check(kin: Lineage, ready: ReadyStandard, check: ReadyCheck, spoken: Spoken) -> Iterator[Cell]:
    lang, told = spoken.lang, check.check
    # A gate of rules about the data is what reports of data quality call an error.
    severity = say("severity-error" if ready.is_quality and told.severity == "gate" else f"severity-{told.severity}", lang)
    yield cell(
        Line(told.title.say(lang), "strong"),
        Line(check.name, "code"),
        Line(say("pack-way", lang, severity=severity) if told.way else severity),
        source_line(kin.source(ready.name, "checks", check.name), kin, lang),
    )
    applies: list[Line] = []
    if check.applies is not None:
        applies = [
            Line(say("rules-applies", lang, condition=spoken.condition(check.applies))),
            Line(" ".join(str(told.applies).split()), "code"),
        ]
    yield cell(
        *applies,
        spoken.condition(check.require),
        Line(" ".join(told.require.split()), "code"),
        Line(say("rules-reading", lang, reading=told.reading), "quiet") if told.reading is not None else None,
    )
    yield cited(told.cite, lang)
    yield cell(told.remedy.say(lang), Line(told.why.say(lang), "quiet") if told.why is not None else None)


def _decision(ready: ReadyStandard, spoken: Spoken) -> Grid:
    lang = spoken.lang
    columns = [say(f"pack-column-{name}", lang) for name in ("number", "condition", "outcome", "meets", "note")]
    rows = []
    for number, row in enumerate(ready.rows, start=1):
        outcome = ready.standard.outcomes[row.row.outcome]
        when = cell(spoken.condition(row.when), Line(" ".join(str(row.row.when).split()), "code")) if row.when is not None else []
        listed = Line(say("pack-listed", lang), "quiet") if outcome.listed else None
        rows.append(
            [
                cell(str(number)),
                when or cell(say("rules-otherwise", lang)),
                cell(Line(outcome.title.say(lang), "strong"), Line(row.row.outcome, "code")),
                cell(say("value-yes" if outcome.meets else "value-no", lang), listed),
                cell(row.row.note.say(lang) if row.row.note is not None else None),
            ]
        )
    return without_empty(columns, rows, (1, 8, 4, 2, 4))


def _promises(kin: Lineage, ready: ReadyStandard, spoken: Spoken) -> Grid:
    lang = spoken.lang
    columns = [say(f"pack-column-{name}", lang) for name in ("property", "change", "kept")]
    rows = [
        [
            cell(
                Line(promised.title.say(lang), "strong"),
                Line(name, "code"),
                source_line(kin.source(ready.name, "properties", name), kin, lang),
            ),
            promise(promised, spoken),
            cell(*(Line(ready.standard.outcomes[outcome].title.say(lang)) for outcome in promised.kept)),
        ]
        for name, promised in ready.standard.properties.items()
    ]
    return without_empty(columns, rows, (5, 8, 4))


def promise(promised: Property, spoken: Spoken) -> Cell:
    """Which values may change, one at a time, without anybody losing an outcome."""
    comma = say("list-comma", spoken.lang)
    up, down = ([name for name, upwards in promised.changes() if upwards is wanted] for wanted in (True, False))
    return cell(
        say("pack-raised", spoken.lang, names=comma.join(map(spoken.named, up))) if up else None,
        say("pack-lowered", spoken.lang, names=comma.join(map(spoken.named, down))) if down else None,
    )


def _facts(kin: Lineage, ready: ReadyStandard, spoken: Spoken) -> Grid:
    lang = spoken.lang
    columns = [say(f"pack-column-{name}", lang) for name in ("fact", "worked-out", "reading")]
    rows = [
        [
            cell(
                Line(fact.fact.title.say(lang), "strong"),
                Line(fact.name, "code"),
                source_line(kin.source(ready.name, "facts", fact.name), kin, lang),
            ),
            _worked_out(fact, spoken),
            cell(fact.fact.reading),
        ]
        for fact in ready.facts.values()
    ]
    return without_empty(columns, rows, (4, 8, 5))


def _worked_out(ready: ReadyFact, spoken: Spoken) -> Cell:
    fact = ready.fact
    filled = spoken.field(fact.fills) if fact.fills is not None else None
    return cell(
        spoken.fact(ready),
        Line(as_written(fact), "code"),
        Line(say("pack-fills", spoken.lang, field=filled)) if filled is not None else None,
    )


def as_written(fact: Fact) -> str:
    """A fact as its file says it, on one line."""
    on = (
        fact.on
        if isinstance(fact.on, str) or fact.on is None
        else ", ".join(f"{table}: {text}" for table, text in fact.on.items())
    )
    parts = {
        "over": fact.over, "on": on, "where": fact.where, str(fact.member_fold or "value"): fact.expression, "per": fact.per,
    }  # fmt: skip
    return "; ".join(f"{key}: {' '.join(text.split())}" for key, text in parts.items() if text is not None)
