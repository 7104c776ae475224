"""One county in the draft of its own check: verdict, rates, every gate, what is in the way, calendar, signatures."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.figure import FoundRate
from fupin_cli.model.step import StepView
from fupin_cli.model.view import STATUSES, CheckView
from fupin_cli.report.counties.county import Counties, County, verdict
from fupin_cli.report.counties.figures import figures_of
from fupin_cli.report.counties.gaps import Gap, aside, told_checks
from fupin_cli.report.counties.rates import rate_summary
from fupin_cli.report.csvtext import doubt_text
from fupin_cli.report.drafts.basis import add_attachments, add_documents, clause, draft_note
from fupin_cli.report.drafts.draft import Draft
from fupin_cli.report.drafts.marks import Cell, Column, Line
from fupin_cli.report.rates import figure_text, high_text, kept_text, low_text, percent_text, rate_line
from fupin_cli.report.words import Words


def add_county(draft: Draft, counties: Counties, county: County) -> None:
    """A chapter, to be taken out and signed by itself."""
    words, blank = county.words, county.words.say("draft-blank")
    year = str(county.view.year) if county.view.year is not None else blank
    draft.chapter(words.say("draft-county-chapter", county=county.name, year=year), county.province)
    draft.note(draft_note(words, county.view.where.input))
    draft.section(words.say("draft-conclusion"))
    _conclusion(draft, counties, county, year)
    draft.section(words.say("draft-work"))
    draft.tell(words.say("draft-work-intro"), *[blank * 6] * 3)
    if county.rates:
        draft.section(words.say("draft-rates"))
        _rates(draft, county)
    draft.section(words.say("draft-gates"))
    _gates(draft, counties, county)
    draft.section(words.say("draft-gaps"))
    _gaps(draft, county)
    if county.steps:
        draft.section(words.say("draft-calendar"))
        _calendar(draft, county)
    draft.section(words.say("draft-quality"))
    _quality(draft, counties, county)
    draft.section(words.say("draft-attachments"))
    add_attachments(draft, words, counties.gates)
    draft.section(words.say("draft-opinions"), fresh=True)
    _opinions(draft, words)


def _conclusion(draft: Draft, counties: Counties, county: County, year: str) -> None:
    words = county.words
    standard = counties.judged.standard.title.say(words.lang)
    found = [county.checks[name].status for name in counties.gates]
    counted = words.say("list-comma").join(f"{words.say(f'status-{one}')} {found.count(one)}" for one in STATUSES if one in found)
    draft.tell(
        words.say("draft-county-verdict", county=county.name, year=year, standard=standard, outcome=verdict(words, county.view)),
        words.say("draft-stop", text=county.note) if county.note else "",
        words.missing(county.view.missing) if county.view.missing else "",
        words.say("draft-gates-counted", count=len(found), counted=counted),
    )
    for own, view in county.beside:
        draft.tell(words.say("draft-stop", text=own.short(view)))


def _rates(draft: Draft, county: County) -> None:
    words = county.words
    columns = [
        Column(words.say("draft-rate"), 15), Column(words.say("draft-fraction"), 24),
        Column(words.say("draft-share"), 15, "right"), Column(words.say("draft-interval"), 18),
        Column(words.say("draft-population"), 14), Column(words.say("draft-limit"), 14),
    ]  # fmt: skip
    draft.table(words.say("draft-rates"), columns, [_rate(words, rate) for rate in county.rates])
    for rate in county.rates:
        if rate.conclusion is not None or rate.designed is not None:
            draft.tell(words.say("draft-stop", text=rate_summary(words, rate)))


def _rate(words: Words, rate: FoundRate) -> list[Cell]:
    title, lang = rate.title.say(words.lang), words.lang
    if rate.value is None:
        return [title, rate_line(rate, lang).removeprefix(title + words.say("colon")), "—", "—", "—", ""]
    of, interval = figure_text(rate.of, lang), rate.interval
    fraction = rate_line(rate, lang).removeprefix(title + words.say("colon"))
    if rate.hits is not None:
        fraction = f"{figure_text(rate.hits, lang)} / {of}"
    ends = "—"
    if interval is not None:
        ends = words.say(
            "draft-interval-ends", low=low_text(interval), high=high_text(interval), confidence=percent_text(interval.confidence)
        )
    population = figure_text(rate.population, lang) if rate.population is not None else "—"
    return [title, fraction, percent_text(rate.value), ends, population, kept_text(rate, lang)]


def _gates(draft: Draft, counties: Counties, county: County) -> None:
    words = county.words
    columns = [
        Column(words.say("draft-number"), 7, "center"), Column(words.say("gap-check"), 22),
        Column(words.say("gap-status"), 10, "center"),
        Column(words.say("gap-values"), 31), Column(words.say("gap-margin"), 14), Column(words.say("gap-clause"), 16),
    ]  # fmt: skip
    draft.lead(words.say("draft-gates-intro"))
    rows = [_gate(county, number, county.checks[name]) for number, name in enumerate(counties.gates, start=1)]
    draft.table(words.say("draft-gates"), columns, rows)
    add_documents(draft, words, counties.gates)


def _gate(county: County, number: int, check: CheckView) -> list[Cell]:
    words, figures = county.words, figures_of(county, check)
    values = words.say("comma").join(part for part in (figures.values, figures.limit) if part)
    title, status = check.check.title.say(words.lang), words.say(f"status-{check.status}")
    return [str(number), title, status, values, figures.margin, clause(words.judged, check.name)]


def _gaps(draft: Draft, county: County) -> None:
    """What is in the way, and what was found beside; who is to do it by when is left blank."""
    words, told = county.words, told_checks(county)
    beside = {check.name for check in aside(county, told)}
    open_ones = [check for check in told if check.name not in beside and check.status != "pass"]
    if not open_ones:
        draft.tell(words.say("draft-gaps-none"))
    else:
        draft.lead(words.say("draft-gaps-intro", count=len(open_ones)))
        columns = [
            Column(words.say("draft-number"), 6, "center"), Column(words.say("gap-check"), 19),
            Column(words.say("draft-situation-of"), 27),
            Column(words.say("draft-clause-quote"), 20), Column(words.say("gap-remedy"), 16),
            Column(words.say("draft-who-when"), 12),
        ]  # fmt: skip
        draft.table(words.say("draft-gaps"), columns, _gap_rows(county, open_ones))
    later = [county.checks[name].check.title.say(words.lang) for name in beside]
    draft.tell(words.say("county-not-yet", checks=words.say("list-comma").join(later)) if later else "")


def _gap_rows(county: County, checks: Sequence[CheckView]) -> Iterator[list[Cell]]:
    words = county.words
    for number, check in enumerate(checks, start=1):
        found = Gap(county, check, figures_of(county, check)).figures
        never = "" if check.check.severity == "gate" else words.say(f"severity-{check.check.severity}") + " "
        status = words.say("in-parentheses", text=words.say(f"status-{check.status}"))
        situation = "\n".join(part for part in (found.sentence(words), found.sample) if part)
        cite = check.check.cite
        quote = words.say("draft-quote", clause=clause(words.judged, check.name), quote=cite.quote)
        title = never + check.check.title.say(words.lang) + status
        yield [str(number), title, situation, quote, words.remedy(check), words.say("draft-blank-lines")]


def _calendar(draft: Draft, county: County) -> None:
    words = county.words
    own = next(own for own, _ in county.beside if own.judged.standard.steps)
    columns = [
        Column(words.say("draft-number"), 7, "center"), Column(words.say("draft-step"), 17), Column(words.say("draft-state"), 12),
        Column(words.say("draft-day"), 20), Column(words.say("gap-clause"), 16), Column(words.say("gap-quote"), 28),
    ]  # fmt: skip
    rows = [_step(own, county.words, number, step) for number, step in enumerate(county.steps, start=1)]
    draft.table(words.say("draft-calendar"), columns, rows)
    noted = [check for check in county.noted if check.name not in county.checks]
    for check in noted:
        remedy = words.say("remedy", remedy=check.check.remedy.say(words.lang))
        title = check.check.title.say(words.lang)
        line = f"{title}{words.say('colon')}{own.reason(check)} {own.clause(check.check.cite)} {remedy}"
        draft.tell(line)


def _step(words: Words, home: Words, number: int, step: StepView) -> list[Cell]:
    """A row of the calendar; ``words`` are the calendar's, ``home`` the county's, who says its cells without its file."""
    state = words.say(f"calendar-state-{step.state}")
    if step.state == "done" and step.in_window is False:
        state += words.say("comma") + words.say("calendar-is-outside")
    day = words.say("draft-blank")
    if step.day is not None:
        planned = step.state in ("due", "not_yet_due", "overdue")
        day = words.say("calendar-planned", day=step.day.isoformat()) if planned else step.day.isoformat()
    cite = words.judged.standard.checks[step.step.window].cite
    cells = home.cells(step.cells) if step.day is not None else ""
    place = clause(words.judged, step.step.window)
    return [
        str(number),
        step.step.title.say(words.lang),
        state,
        "\n".join(part for part in (day, cells) if part),
        place,
        cite.quote,
    ]


def _quality(draft: Draft, counties: Counties, county: County) -> None:
    """Doubts about the data, and the problems of reading in the county's own file."""
    words, result = county.words, county.words.result
    if result.quality is not None:
        errors = sum(result.quality.errors().values())
        change = result.quality.changes.get(counties.group.subject, {}).get(county.view.index)
        draft.tell(words.say("draft-quality-errors", count=errors, pack=result.quality.pack.name))
        draft.tell(words.say("draft-doubt", outcome=doubt_text(words, change)) if change is not None else "")
    home = county.view.where.input
    own = [one for one in result.problems if one.where is not None and one.where.input == home and one.severity != "info"]
    draft.tell(words.say("draft-quality-problems", count=len(own)) if own else words.say("draft-quality-none"))


def _opinions(draft: Draft, words: Words) -> None:
    say = words.say
    seal, day = say("draft-signed-sealed"), say("draft-day-blank")
    draft.form(
        say("draft-opinions"),
        [
            Line(say("draft-made-by"), 30, known=say("draft-made-blank")),
            Line(say("draft-group-opinion"), 130, [seal, day]),
            Line(say("draft-county-opinion"), 130, [seal, day]),
            Line(say("draft-city-opinion"), 130, [seal, day]),
        ],
    )
