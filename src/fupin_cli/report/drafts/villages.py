"""What a village assembly decides on (村级退出评议材料): one chapter for each village, one last for what all of it rests on."""

from collections.abc import Sequence
from dataclasses import replace

from fupin_cli.model.run import Group, Result
from fupin_cli.report.counties.order import gates
from fupin_cli.report.drafts.asked import Asked
from fupin_cli.report.drafts.assemblies import Roll, Village, villages
from fupin_cli.report.drafts.basis import add_attachments, add_basis, add_standard, draft_note
from fupin_cli.report.drafts.draft import Draft
from fupin_cli.report.drafts.households import add_open, add_proposed, add_refused
from fupin_cli.report.drafts.marks import Column
from fupin_cli.report.drafts.meeting import add_agreement, add_meeting, add_notice, add_procedure
from fupin_cli.report.exiting import STANDS
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words

_HOUSEHOLD = "household"
#: Most villages with a chapter of their own, and most households in chapters: more is no paper that anybody reads.
VILLAGES, HOUSEHOLDS = 200, 30_000


def exit_draft(result: Result, options: Options) -> bytes:
    """The draft as a Word document, the same bytes for the same result."""
    # A paper that is signed says of everybody how they stand: of a part, "nobody is open" would not be true.
    words = Words(result, replace(options, only=None))
    title = words.say("draft-village-title")
    draft = Draft(options.lang, title, words.say("draft-header"))
    judged = [group for group in result.groups if group.subject == _HOUSEHOLD and not group.main.is_quality]
    found = [(words.of(group.main), group, roll) for group in judged for roll in [Roll.of(words, group)]]
    told = [(own, group, roll, village) for own, group, roll in found for village in villages(own, group, roll)]
    if len(told) == 1:
        _chapter(draft, *told[0])
    else:
        draft.cover(title, words.say("draft-villages", count=len(told)))
        draft.note(draft_note(words))
        for own, _, roll in found:
            _overview(draft, own, roll, [village for one, _, _, village in told if one is own])
        kept = _within(told)
        if kept < len(told):
            draft.tell(words.say("draft-villages-left-out", shown=kept, count=len(told) - kept))
        for one in told[:kept]:
            _chapter(draft, *one)
    add_basis(draft, words)
    return draft.packed()


def _within(told: Sequence[tuple[Words, Group, Roll, Village]]) -> int:
    """How many villages have a chapter: the first one in any case."""
    households = 0
    for place, (*_, village) in enumerate(told[:VILLAGES]):
        households += len(village.indices)
        if place and households > HOUSEHOLDS:
            return place
    return min(len(told), VILLAGES)


def _overview(draft: Draft, words: Words, roll: Roll, found: Sequence[Village]) -> None:
    """The villages beside each other: how many households stand how."""
    if not found:
        draft.tell(words.say("none-judged", subjects=words.say("table-household")))
        return
    headings = [Column(words.say("draft-number"), 8, "center"), Column(words.say("draft-village"), 34)]
    headings += [Column(words.say(f"draft-stand-{stand}"), 11, "right") for stand in STANDS]
    rows = [
        [str(number), _called(words, village), *(str(len(village.by_stand[stand])) for stand in STANDS)]
        for number, village in enumerate(found, start=1)
    ]
    everyone = [sum(len(village.by_stand[stand]) for village in found) for stand in STANDS]
    draft.table(words.say("draft-overview"), headings, [*rows, ["", words.say("draft-all"), *map(str, everyone)]])
    draft.tell(
        words.say("draft-stands", people=roll.people([index for village in found for index in village.indices]).told(words))
    )


def _called(words: Words, village: Village) -> str:
    place = "".join(part for part in (village.county, village.township, village.name) if part)
    if words.lang == "en":
        place = ", ".join(part for part in (village.name, village.township, village.county) if part)
    place = place or words.say("draft-no-village")
    return place if village.year is None else f"{place} {words.say('year-of', year=village.year)}"


def _chapter(draft: Draft, words: Words, group: Group, roll: Roll, village: Village) -> None:
    """One village, to be taken out and signed by itself."""
    blank = words.say("draft-blank")
    year = str(village.year) if village.year is not None else blank
    draft.chapter(words.say("draft-village-chapter", village=village.name or words.say("draft-blank-village"), year=year))
    draft.note(draft_note(words))
    draft.section(words.say("draft-situation"))
    place = words.say(
        "draft-place",
        county=village.county or blank,
        township=village.township or blank,
        village=village.name or words.say("draft-blank-village"),
    )
    quarantined = sum(source.rows.quarantined for source in words.result.inputs)
    draft.tell(words.say("draft-quarantined", count=quarantined) if quarantined else "")
    draft.lead(words.say("draft-judged", place=place, people=roll.people(village.indices).told(words)))
    _counts(draft, words, roll, village)
    names = gates(group.main.standard)
    draft.lead(words.say("draft-standard-intro", standard=group.main.standard.title.say(words.lang)))
    add_standard(draft, words, names)
    proposed = village.by_stand["proposed"]
    draft.section(words.say("draft-proposed"))
    add_proposed(draft, words, group, roll, proposed)
    out = village.by_stand["out"]
    draft.tell(words.say("draft-out-told", people=roll.people(out).told(words)) if out else "")
    aside = village.by_stand["aside"]
    draft.tell(words.say("draft-aside-told", people=roll.people(aside).told(words)) if aside else "")
    draft.section(words.say("draft-refused"))
    add_refused(draft, words, group, roll, village.by_stand["refused"])
    draft.section(words.say("draft-open"))
    add_open(draft, words, group, roll, village.by_stand["open"])
    draft.section(words.say("draft-meeting"), fresh=True)
    add_meeting(draft, words, roll.people(proposed))
    asked = Asked.of(group)
    add_agreement(draft, words, roll, proposed, asked)
    draft.section(words.say("draft-procedure"))
    clear = add_procedure(draft, words, group, roll, village)
    draft.section(words.say("draft-attachments"))
    add_attachments(draft, words, names)
    if clear:
        add_notice(draft, words, group, roll, village, clear, asked)


def _counts(draft: Draft, words: Words, roll: Roll, village: Village) -> None:
    columns = [Column(words.say("draft-stand"), 52), Column(words.say("draft-households"), 24, "right")]
    rows = []
    for stand in STANDS:
        indices = village.by_stand[stand]
        people = roll.people(indices)
        told = str(people.persons) + (words.say("draft-unsized", count=people.unsized) if people.unsized else "")
        rows.append([words.say(f"draft-stand-{stand}"), str(len(indices)), told])
    draft.table(words.say("draft-overview"), [*columns, Column(words.say("draft-persons"), 24, "right")], rows)
