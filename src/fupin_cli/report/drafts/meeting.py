"""The forms of an exit: the record of the assembly, the consent of each household, the steps, the public notice."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.run import Group
from fupin_cli.report.counties.order import gates
from fupin_cli.report.drafts.asked import Asked
from fupin_cli.report.drafts.assemblies import People, Roll, Village
from fupin_cli.report.drafts.basis import ROWS, add_left_out, clause
from fupin_cli.report.drafts.draft import Draft
from fupin_cli.report.drafts.households import household, why
from fupin_cli.report.drafts.marks import Cell, Column, Line
from fupin_cli.report.words import Words


def add_meeting(draft: Draft, words: Words, people: People) -> None:
    """The record of the assembly, to be filled in by hand; what it was about is known."""
    say = words.say
    about = say("draft-meeting-about", people=people.told(words))
    draft.form(
        say("draft-meeting"),
        [
            Line(say("draft-meeting-time"), 26, known=say("draft-time-blank")),
            Line(say("draft-meeting-place"), 26, known=say("draft-blank") * 4),
            Line(say("draft-meeting-host"), 26, known=say("draft-blank") * 2),
            Line(say("draft-meeting-writer"), 26, known=say("draft-blank") * 2),
            Line(say("draft-meeting-present"), 100, [say("draft-present-blank")]),
            Line(say("draft-meeting-topic"), 30, known=about),
            Line(say("draft-meeting-opinion"), 210, [say("draft-opinion-blank")]),
            Line(say("draft-meeting-signed"), 100, [say("draft-signatures"), say("draft-day-blank")]),
        ],
    )


def add_agreement(draft: Draft, words: Words, roll: Roll, indices: Sequence[int], asked: Asked) -> None:
    """Verified by committee and team, agreed by each household: opinions, signatures, seals, as far as the procedure asks."""
    say, blank = words.say, words.say("draft-blank")
    if not asked.verification and not asked.agreement:
        return
    draft.section(say("draft-agreement"), fresh=True)
    if asked.verification:
        seal, day = say("draft-signed-sealed"), say("draft-day-blank")
        lines = [Line(who, 110, [seal, day]) for who in (say("draft-committee"), say("draft-team"))]
        draft.form(say("draft-agreement"), lines)
    if not asked.agreement or not indices:
        return
    draft.lead(say("draft-agreement-intro"))
    columns = [
        Column(say("draft-number"), 8, "center"), Column(say("draft-group"), 18), Column(say("draft-head"), 20),
        Column(say("draft-persons"), 10, "center"), Column(say("draft-agrees"), 14, "center"), Column(say("draft-signature"), 18),
        Column(say("draft-day"), 12),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = [[*row, blank[:2], "", ""] for row in _listed(words, roll, indices[:ROWS])]
    draft.table(say("draft-agreement"), columns, rows)
    add_left_out(draft, words, len(indices) - ROWS)


def _listed(words: Words, roll: Roll, indices: Sequence[int]) -> Iterator[list[str]]:
    """Number, group, head, people: what may be posted, and nothing else."""
    blank = words.say("draft-blank")
    for number, index in enumerate(indices, start=1):
        size = roll.sizes[index]
        yield [
            str(number),
            roll.groups[index] or blank[:2],
            roll.names[index] or blank,
            str(size) if size is not None else blank[:2],
        ]


def add_procedure(draft: Draft, words: Words, group: Group, roll: Roll, village: Village) -> Sequence[int]:
    """What the procedure asks for, with room for days; then those that have broken it. The proposed ones that have not."""
    proposed = village.by_stand["proposed"]
    for judged, found in zip(group.beside, roll.broken, strict=True):
        own = words.of(judged)
        draft.lead(words.say("draft-procedure-intro", standard=judged.standard.title.say(words.lang)))
        _steps(draft, own)
        broken = [index for index in village.indices if index in found]
        if broken:
            draft.lead(words.say("draft-broken-intro", count=words.count(len(broken))))
            columns = [
                Column(words.say("draft-number"), 7, "center"), Column(words.say("draft-household"), 21),
                Column(words.say("draft-why"), 34), Column(words.say("gap-clause"), 17), Column(words.say("gap-remedy"), 21),
            ]  # fmt: skip
            draft.table(words.say("draft-broken"), columns, _broken_rows(own, roll, broken[:ROWS]))
            add_left_out(draft, words, len(broken) - ROWS)
        proposed = [index for index in proposed if index not in found]
    return _agreed(draft, words, roll, proposed)


def _agreed(draft: Draft, words: Words, roll: Roll, indices: Sequence[int]) -> Sequence[int]:
    """Those against whom nothing is known; of the others it is told who they are."""
    withheld = roll.disagreeing | roll.objected
    odd = [index for index in indices if index in withheld]
    if odd:
        names = words.say("list-comma").join(roll.names[index] or words.say("draft-blank") for index in odd[:ROWS])
        draft.tell(words.say("draft-withheld", count=words.count(len(odd)), names=names))
        add_left_out(draft, words, len(odd) - ROWS)
    return [index for index in indices if index not in withheld]


def _steps(draft: Draft, words: Words) -> None:
    checks, blank = words.judged.standard.checks, words.say("draft-blank")
    columns = [
        Column(words.say("draft-number"), 7, "center"), Column(words.say("draft-step"), 22), Column(words.say("gap-clause"), 15),
        Column(words.say("gap-quote"), 30), Column(words.say("draft-day"), 14), Column(words.say("draft-handler"), 12),
    ]  # fmt: skip
    rows = [
        [str(number), checks[name].title.say(words.lang), clause(words.judged, name), checks[name].cite.quote, blank, blank[:2]]
        for number, name in enumerate(gates(words.judged.standard), start=1)
    ]
    draft.table(words.say("draft-procedure"), columns, rows)


def _broken_rows(words: Words, roll: Roll, indices: Sequence[int]) -> Iterator[list[Cell]]:
    for number, view in enumerate(words.judged.views(indices), start=1):
        head: list[Cell] = [str(number), household(words, roll, view)]
        for check in (check for check in view.checks if check.status == "fail" and check.check.severity == "gate"):
            remedy = check.check.remedy.say(words.lang)
            yield [*head, why(words, check), clause(words.judged, check.name), remedy]
            head = [None, None]


def add_notice(
    draft: Draft, words: Words, group: Group, roll: Roll, village: Village, indices: Sequence[int], asked: Asked
) -> None:
    """The page that is posted: number, group, head and people, nothing personal; days and telephone are left blank."""
    say, blank = words.say, words.say("draft-blank")
    year = str(village.year) if village.year is not None else blank
    name = village.name or say("draft-blank-village")
    draft.notice(say("draft-notice-title", village=name, year=year))
    draft.tell(
        say("draft-notice-by", standard=group.main.standard.title.say(words.lang))
        + _steps_done(words, asked)
        + say("draft-notice-text", village=name, year=year),
        say("draft-notice-days"),
        say("draft-notice-contact"),
    )
    columns = [
        Column(say("draft-number"), 14, "center"), Column(say("draft-group"), 30), Column(say("draft-head"), 34),
        Column(say("draft-size"), 22, "center"),
    ]  # fmt: skip
    draft.table(say("draft-notice-list"), columns, _listed(words, roll, indices[:ROWS]), posted=True)
    add_left_out(draft, words, len(indices) - ROWS)
    draft.right(say("draft-notice-from", village=name), say("draft-day-blank"))


def _steps_done(words: Words, asked: Asked) -> str:
    """That every step which the procedure has before the notice was gone, each with a blank for its day."""
    if asked.by is None:
        return ""
    own = words.of(asked.by)
    days = words.say("list-comma").join(words.say("draft-notice-step", step=own.label(name)) for name in asked.days)
    return words.say("draft-notice-steps", procedure=asked.by.standard.title.say(words.lang), days=days)
