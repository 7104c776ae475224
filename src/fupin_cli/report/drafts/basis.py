"""What every draft says of itself: that it is one, what it was made from, and what it rests on."""

from collections.abc import Sequence

from fupin_cli.model.result import StandardResult
from fupin_cli.report.counties.facts import chosen_lines, input_rows, problem_rows, run_facts
from fupin_cli.report.drafts.draft import Draft
from fupin_cli.report.drafts.marks import Column
from fupin_cli.report.unread import unread_line
from fupin_cli.report.words import Words

#: Most problems of reading, and most files, that are told one by one.
_PROBLEMS, _INPUTS = 200, 500
#: Most households in a table: twice as many as the largest village has.
ROWS = 10_000
#: Files named in a sentence, and digits of a hash.
_NAMED, _SHORT = 2, 12


def draft_note(words: Words, home: int | None = None) -> str:
    """That it is a draft, made from which data by which rules; nobody has read it yet. ``home``: all of it is of this file."""
    result, rules = words.result, words.rules
    inputs = result.inputs if home is None else result.inputs[home : home + 1]
    named = (one.path + words.say("in-parentheses", text=f"sha256 {one.sha256[:_SHORT]}") for one in inputs[:_NAMED])
    files = words.say("list-comma").join(named)
    more = words.say("draft-more-files", count=len(inputs)) if len(inputs) > _NAMED else ""
    pack = words.say("pack-line", pack=rules.pack.name, version=rules.pack.head.version, sha=rules.pack.sha256[:_SHORT])
    day = words.say("as-of-line", day=result.as_of.isoformat()) if result.as_of is not None else ""
    told = words.say("semicolon").join(part for part in (pack, day) if part)
    note = words.say("draft-note", version=result.version, files=files + more, rules=told)
    chosen = words.say("semicolon").join(chosen_lines(words))
    note += words.say("draft-chosen", chosen=chosen) if chosen else ""
    # Nobody knows what stood in a file that could not be read: perhaps what this chapter lacks.
    unread = unread_line(result.problems, words.options)
    return f"{note} {unread}" if unread else note


def add_basis(draft: Draft, words: Words) -> None:
    """The last chapter: pack, hashes, numbers of the law, assumptions, documents, files, problems."""
    draft.chapter(words.say("draft-basis"))
    draft.tell(words.say("draft-basis-intro"))
    draft.section(words.say("sheet-run"))
    draft.table(
        words.say("sheet-run"),
        [Column(words.say("run-fact"), 20), Column(words.say("run-value"), 80)],
        [[str(cell) for cell in row] for row in run_facts(words)],
    )
    draft.section(words.say("sheet-inputs"))
    heading, *files = [[str(cell) for cell in row] for row in input_rows(words)]
    widths = (30, 34, 9, 9, 9, 9)
    columns = [
        Column(title, wide, "left" if place < 2 else "right")
        for place, (title, wide) in enumerate(zip(heading, widths, strict=True))
    ]
    draft.table(words.say("sheet-inputs"), columns, files[:_INPUTS])
    add_left_out(draft, words, len(files) - _INPUTS)
    heading, *problems = [[str(cell) for cell in row] for row in problem_rows(words)]
    if problems:
        draft.section(words.say("sheet-problems"))
        columns = [Column(title, wide) for title, wide in zip(heading, (8, 20, 12, 34, 26), strict=True)]
        draft.table(words.say("sheet-problems"), columns, problems[:_PROBLEMS])
        add_left_out(draft, words, len(problems) - _PROBLEMS)


def add_left_out(draft: Draft, words: Words, count: int) -> None:
    """How many rows a table lacks; nothing where it has all of them."""
    if count > 0:
        draft.tell(words.say("draft-rows-left-out", count=count))


def add_standard(draft: Draft, words: Words, names: Sequence[str]) -> None:
    """What has to be met, check by check, with the clause and its words."""
    checks = words.judged.standard.checks
    draft.table(
        words.judged.standard.title.say(words.lang),
        [
            Column(words.say("draft-number"), 8, "center"),
            Column(words.say("gap-check"), 34),
            Column(words.say("gap-clause"), 18),
            Column(words.say("gap-quote"), 40),
        ],
        [
            [str(number), checks[name].title.say(words.lang), clause(words.judged, name), checks[name].cite.quote]
            for number, name in enumerate(names, start=1)
        ],
    )
    add_documents(draft, words, names)


def add_documents(draft: Draft, words: Words, names: Sequence[str]) -> None:
    """The documents that these checks cite by a short name, by their own titles."""
    cited = dict.fromkeys(words.document(words.judged.standard.checks[name].cite.document) for name in names)
    draft.tell(words.say("heading-documents") + words.say("colon") + words.say("semicolon").join(cited) if cited else "")


def add_attachments(draft: Draft, words: Words, names: Sequence[str]) -> None:
    """What has to be shown by papers, as the clauses ask for it; which papers these are nobody but the office knows."""
    checks, blank = words.judged.standard.checks, words.say("draft-blank")
    draft.lead(words.say("draft-attachments-intro"))
    draft.table(
        words.say("draft-attachments"),
        [
            Column(words.say("draft-number"), 8, "center"),
            Column(words.say("draft-to-show"), 36),
            Column(words.say("gap-clause"), 18),
            Column(words.say("draft-paper"), 28),
            Column(words.say("draft-copies"), 10, "center"),
        ],
        [
            [str(number), checks[name].title.say(words.lang), clause(words.judged, name), blank, blank[:2]]
            for number, name in enumerate(names, start=1)
        ],
    )


def clause(judged: StandardResult, name: str) -> str:
    """Where a check stands."""
    cite = judged.standard.checks[name].cite
    return f"[{cite.document}] {cite.clause}"
