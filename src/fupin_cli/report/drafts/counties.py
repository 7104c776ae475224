"""The report of a county on its own check before it applies (退出自查报告): a chapter for each, and one for the basis."""

from collections.abc import Sequence

from fupin_cli.model.run import Result
from fupin_cli.report.counties.county import COUNTY, Counties, County, verdict
from fupin_cli.report.drafts.basis import add_basis, draft_note
from fupin_cli.report.drafts.county import add_county
from fupin_cli.report.drafts.draft import Draft
from fupin_cli.report.drafts.marks import Column
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words

#: Most counties with a chapter of their own: more is no paper that anybody reads.
COUNTIES = 100


def county_draft(result: Result, options: Options) -> bytes:
    """The draft as a Word document, the same bytes for the same result."""
    words = Words(result, options)
    title = words.say("draft-county-title")
    draft = Draft(options.lang, title, words.say("draft-header"))
    judged = Counties.of(result, options)
    told = [(counties, index) for counties in judged for index in counties.order]
    if len(told) == 1:
        [(counties, index)] = told
        add_county(draft, counties, counties.told([index])[0])
    else:
        draft.cover(title, words.say("draft-counties", count=len(told)))
        draft.note(draft_note(words))
        for counties in judged:
            _overview(draft, counties)
        if len(told) > COUNTIES:
            draft.tell(words.say("draft-counties-left-out", shown=COUNTIES, count=len(told) - COUNTIES))
        for counties, index in told[:COUNTIES]:
            add_county(draft, counties, counties.told([index])[0])
    _others(draft, words)
    add_basis(draft, words)
    return draft.packed()


def _overview(draft: Draft, counties: Counties) -> None:
    """The counties beside each other, the nearest to readiness first, and how many came to which outcome."""
    words = counties.words
    if not counties.order:
        draft.tell(words.say("none-judged", subjects=words.say("table-county")))
        return
    totals = words.judged.outcome_counts().items()
    counted = words.say("list-comma").join(f"{words.outcome(name)} {count}" for name, count in totals)
    draft.tell(words.say("subjects-total", count=words.count(words.judged.data.num_rows)) + words.say("colon") + counted)
    draft.table(
        words.say("draft-counties-table"),
        [
            Column(words.say("draft-number"), 8, "center"),
            Column(words.say("heading-county"), 20),
            Column(words.say("heading-year"), 9, "center"),
            Column(words.say("heading-outcome"), 27),
            Column(words.say("status-fail"), 8, "right"),
            Column(words.say("status-unknown"), 8, "right"),
            Column(words.say("county-column-next"), 20),
        ],
        [_line(counties, number, county) for number, county in enumerate(_told(counties), start=1)],
    )


def _told(counties: Counties) -> Sequence[County]:
    return counties.told(counties.order)


def _line(counties: Counties, number: int, county: County) -> list[str]:
    statuses = [county.checks[name].status for name in counties.gates]
    year = str(county.view.year) if county.view.year is not None else counties.words.say("draft-blank")
    name = " ".join(part for part in (county.province if counties.provinces > 1 else "", county.name) if part)
    outcome, note = verdict(counties.words, county.view), county.note
    return [str(number), name, year, outcome, str(statuses.count("fail")), str(statuses.count("unknown")), note]


def _others(draft: Draft, words: Words) -> None:
    """What else was judged beside the counties: how many came to which outcome."""
    rows = [
        [own.say(f"table-{group.subject}"), group.main.standard.title.say(words.lang), own.outcome(name), str(count)]
        for group in words.result.groups
        if group.subject != COUNTY
        for own in [words.of(group.main)]
        for name, count in group.main.outcome_counts().items()
    ]
    if not rows:
        return
    draft.chapter(words.say("draft-others"))
    draft.tell(words.say("draft-others-intro"))
    draft.table(
        words.say("draft-others"),
        [
            Column(words.say("draft-sheet"), 18),
            Column(words.say("draft-standard"), 42),
            Column(words.say("heading-outcome"), 26),
            Column(words.say("draft-count"), 14, "right"),
        ],
        rows,
    )
