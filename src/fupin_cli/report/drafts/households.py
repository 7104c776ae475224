"""The households of a village in tables: who may exit with their figures, who may not and why, who is open."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.codes import EXITED
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.run import Group
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.counties.order import gates
from fupin_cli.report.csvtext import doubt_text
from fupin_cli.report.drafts.assemblies import Roll
from fupin_cli.report.drafts.basis import ROWS, add_left_out, clause
from fupin_cli.report.drafts.draft import Draft
from fupin_cli.report.drafts.marks import Cell, Column
from fupin_cli.report.words import Words


def add_proposed(draft: Draft, words: Words, group: Group, roll: Roll, indices: Sequence[int]) -> None:
    """Those that meet every gate: what was measured, by how much it is met, where the procedure stands."""
    if not indices:
        draft.tell(words.say("draft-proposed-none"))
        return
    draft.lead(words.say("draft-proposed-intro", people=roll.people(indices).told(words)))
    measured = _measured(group)
    columns = [
        Column(words.say("draft-number"), 7, "center"),
        Column(words.say("draft-household"), 21),
        Column(words.say("draft-persons"), 8, "center"),
    ]
    for name in measured:
        columns += [Column(group.main.standard.checks[name].title.say(words.lang), 20), Column(words.say("gap-margin"), 14)]
    columns += [Column(words.say("draft-at-step"), 16), Column(words.say("draft-remarks"), 14)]
    draft.table(words.say("draft-proposed"), columns, _proposed(words, group, roll, indices[:ROWS], measured))
    add_left_out(draft, words, len(indices) - ROWS)


def _measured(group: Group) -> list[str]:
    """The gates that are one comparison, which have a margin."""
    known = group.main.data.column_names
    return [name for name in gates(group.main.standard) if name in group.main.signs and f"margin.{name}" in known]


def _proposed(words: Words, group: Group, roll: Roll, indices: Sequence[int], measured: Sequence[str]) -> Iterator[list[Cell]]:
    main = group.main
    beside = [one.views(indices) for one in group.beside]
    for number, view in enumerate(main.views(indices), start=1):
        checks = {check.name: check for check in view.checks}
        row: list[Cell] = [str(number), household(words, roll, view), _size(roll, view.index)]
        for name in measured:
            row += _figure(words, checks[name])
        steps = [_step(words.of(one), next(views)) for one, views in zip(group.beside, beside, strict=True)]
        yield [*row, "\n".join(steps), "\n".join(_remarks(words, group, roll, view))]


def _figure(words: Words, check: CheckView) -> tuple[str, str]:
    """What was measured with its cell, or with the parts of which it was worked out; what is asked for, and the margin."""
    if check.status == "not_applicable" or not check.observed:
        return words.say("status-not_applicable"), ""
    (name, value), *others = check.observed.items()
    told = [words.observed(check, name, value) + words.cells(check.cells.get(name, ()))]
    if not check.cells.get(name):
        for part, read in others:
            cells = words.cells(check.cells.get(part, ()))
            told.append(words.say("observed", label=words.label(part), value=words.observed(check, part, read), cells=cells))
    margin = [words.margin(check.margin, check.unit, at_limit=check.at_limit)] if check.margin is not None else []
    return "\n".join(told), words.say("comma").join([*words.asked(check), *margin])


def _step(words: Words, view: SubjectView) -> str:
    return words.short(view).removeprefix(words.judged.standard.title.say(words.lang) + words.say("colon"))


def _remarks(words: Words, group: Group, roll: Roll, view: SubjectView) -> Iterator[str]:
    """What does not decide and yet has to be known: notes, checks that are not for this household, doubts about the data."""
    if not roll.statuses[view.index]:
        yield words.say("draft-no-status")
    if view.index in roll.disagreeing:
        yield words.say("draft-not-agreed")
    if view.index in roll.objected:
        yield words.say("draft-objected")
    for check in view.checks:
        title = check.check.title.say(words.lang)
        if check.check.severity != "gate" and check.status == "fail":
            yield f"{words.say(f'severity-{check.check.severity}')}{words.say('colon')}{title} {words.say('status-fail')}"
        elif check.check.severity == "gate" and check.status == "not_applicable":
            yield f"{title} {words.say('status-not_applicable')}"
    quality = words.result.quality
    change = quality.changes.get(group.subject, {}).get(view.index) if quality is not None else None
    if change is not None:
        yield words.say("draft-doubt", outcome=doubt_text(words, change))


def add_refused(draft: Draft, words: Words, group: Group, roll: Roll, indices: Sequence[int]) -> None:
    """Those that may not exit: each check that is not met, with values, cells, clause and what to do."""
    if not indices:
        draft.tell(words.say("draft-refused-none"))
        return
    draft.lead(words.say("draft-refused-intro", people=roll.people(indices).told(words)))
    columns = [
        Column(words.say("draft-number"), 7, "center"), Column(words.say("draft-household"), 21),
        Column(words.say("draft-why"), 34), Column(words.say("gap-clause"), 17), Column(words.say("gap-remedy"), 21),
    ]  # fmt: skip
    draft.table(words.say("draft-refused"), columns, _refused(words, group, roll, indices[:ROWS]))
    add_left_out(draft, words, len(indices) - ROWS)


def _refused(words: Words, group: Group, roll: Roll, indices: Sequence[int]) -> Iterator[list[Cell]]:
    for number, view in enumerate(group.main.views(indices), start=1):
        status = roll.statuses[view.index]
        # Out already, and yet it does not meet the standard: somebody has to look whether it left rightly.
        wrong = words.say("draft-wrong-exit") if status == EXITED else ""
        who = household(words, roll, view) + (f"\n{status}{wrong}" if status else "")
        head: list[Cell] = [str(number), who]
        found = [check for check in view.checks if words.tells(view, check)]
        for check in found:
            yield [*head, why(words, check), clause(group.main, check.name), words.remedy(check)]
            head = [None, None]
        if not found:
            yield [*head, words.outcome(view.outcome), "", ""]


def why(words: Words, check: CheckView) -> str:
    """The title of a check, how it stands, and its reason."""
    never = "" if check.check.severity == "gate" else words.say(f"severity-{check.check.severity}") + " "
    status = words.say("in-parentheses", text=words.say(f"status-{check.status}"))
    return never + check.check.title.say(words.lang) + status + words.say("colon") + words.reason(check)


def add_open(draft: Draft, words: Words, group: Group, roll: Roll, indices: Sequence[int]) -> None:
    """Those of whom nobody knows: what is open, and what would settle it."""
    if not indices:
        draft.tell(words.say("draft-open-none"))
        return
    draft.lead(words.say("draft-open-intro", people=roll.people(indices).told(words)))
    columns = [
        Column(words.say("draft-number"), 7, "center"), Column(words.say("draft-household"), 21),
        Column(words.say("draft-unknown"), 34), Column(words.say("draft-settles"), 24), Column(words.say("draft-verified"), 14),
    ]  # fmt: skip
    draft.table(words.say("draft-open"), columns, _open(words, group, roll, indices[:ROWS]))
    add_left_out(draft, words, len(indices) - ROWS)


def _open(words: Words, group: Group, roll: Roll, indices: Sequence[int]) -> Iterator[list[Cell]]:
    for number, view in enumerate(group.main.views(indices), start=1):
        asked = "\n".join(why(words, check) for check in view.checks if words.tells(view, check))
        items = "\n".join(words.missing_item(item) for item in view.missing)
        if view.outcome == UNDETERMINED and view.possible:
            possible = words.say("list-comma").join(words.outcome(name) for name in view.possible)
            asked = f"{asked}\n{words.say('county-possible', outcomes=possible)}"
        yield [str(number), household(words, roll, view), asked, items, words.say("draft-blank")]


def household(words: Words, roll: Roll, view: SubjectView) -> str:
    """Whom a row is about: the head, the number, the group; of one without number the row of the sheet."""
    number = words.key(view.key) or words.place(view.where)
    return "\n".join(part for part in (roll.names[view.index], number, roll.groups[view.index]) if part)


def _size(roll: Roll, index: int) -> str:
    size = roll.sizes[index]
    return str(size) if size is not None else "?"
