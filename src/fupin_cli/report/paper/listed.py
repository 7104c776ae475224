"""The subjects of a table one by one: outcome by outcome, each with its reasons, places and what is missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Check
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.csvtext import doubt_text
from fupin_cli.report.options import listed_outcomes
from fupin_cli.report.paper.model import Bundle, Entry, Law, Lines, Reason, Subjects, Tone
from fupin_cli.report.subjects import check_mark, nobody
from fupin_cli.report.words import Words

#: The tones of the colours that the terminal has.
TONES: Mapping[str, Tone] = {"green": "good", "red": "bad", "yellow": "open", "dim": "plain"}
#: By these one chooses.
_PLACES = ("township", "village")


def outcome_tone(judged: StandardResult, outcome: str) -> Tone:
    """Whether an outcome meets the standard, does not, or leaves it open."""
    if outcome == NOT_APPLICABLE:
        return "plain"
    declared = judged.standard.outcomes.get(outcome)
    return "open" if declared is None else "good" if declared.meets else "bad"


def subjects(words: Words, group: Group) -> Subjects | Lines:
    """The subjects that are listed; a line where there is none."""
    main = group.main
    title = words.say("paper-subjects")
    wanted = listed_outcomes(main, words.options.only)
    found = {name: main.indices({name}) for name in (*main.standard.outcomes, UNDETERMINED) if name in wanted}
    if not any(found.values()):
        return Lines(title, [nobody(words, group)])
    places = _places(main)
    columns = _named(words, group.subject) + [fields(group.subject)[name].title(words.lang) for name in (*places, *_year(main))]
    bundles = [
        Bundle(words.outcome(name), outcome_tone(main, name), len(indices), partial(_entries, words, group, indices))
        for name, indices in found.items()
        if indices
    ]
    first = len(_named(words, group.subject))
    return Subjects(
        title,
        heading=known_as_heading(words, group.subject),
        outcome=words.say("csv-outcome"),
        columns=columns,
        bundles=bundles,
        laws={name: law(words, check) for name, check in main.standard.checks.items()},
        note=_note(words, group),
        left_out=lambda count: words.say("paper-left-out", count=words.count(count)),
        choices=range(first, first + len(places)),
    )


def known_as_heading(words: Words, table: str) -> str:
    """What the subjects of a table are known by."""
    return "/".join(fields(table)[part].title(words.lang) for part in TABLES[table].KEY)


def law(words: Words, check: Check) -> Law:
    """A check with its clause, why it matters, and what to do."""
    cite = check.cite
    return Law(
        title=check.title.say(words.lang),
        clause=f"[{cite.document}] {cite.clause}",
        quote=cite.quote,
        why=check.why.say(words.lang) if check.why is not None else "",
        remedy=check.remedy.say(words.lang),
    )


def reason(words: Words, check: CheckView, key: str) -> Reason:
    """Why a check is what it is."""
    mark, colour, word = check_mark(words, check)
    return Reason(key, mark, word or words.say(f"status-{check.status}"), words.reason(check), TONES[colour])


def _entries(words: Words, group: Group, indices: Sequence[int]) -> Iterator[Entry]:
    main = group.main
    beside = [(words.of(standard), standard.views(indices, ())) for standard in group.beside]
    further = _further(words, main, indices)
    named = bool(_named(words, group.subject))
    for view, cells in zip(main.views(indices), further, strict=True):
        notes = [words.missing(view.missing)] if view.missing else []
        notes += [own.short(next(views)) for own, views in beside]
        notes += _doubt(words, group, view)
        name = [words.safe(view.name)] if named else []
        reasons = [
            reason(words, check, check.name) for check in view.checks if words.options.all_checks or words.tells(view, check)
        ]
        yield Entry(
            known_as=words.key(view.key) or words.place(view.where),
            cells=[*name, *cells],
            outcome=words.outcome(view.outcome),
            reasons=reasons,
            where=words.place(view.where) if view.key else "",
            notes=notes,
            tone=outcome_tone(main, view.outcome),
        )


def _doubt(words: Words, group: Group, view: SubjectView) -> list[str]:
    """What the outcome would be without the values that errors of data quality question."""
    quality = words.result.quality
    told = doubt_text(words, quality.changes.get(group.subject, {}).get(view.index)) if quality is not None else ""
    return [words.say("csv-quality") + words.say("colon") + told] if told else []


def _named(words: Words, table: str) -> list[str]:
    """The heading of the name; none where the name is what a subject is known by."""
    record = TABLES[table]
    return [fields(table)[record.NAME].title(words.lang)] if record.NAME and record.NAME not in record.KEY else []


def _places(judged: StandardResult) -> list[str]:
    """The township and village of the subjects, where the sheets say them and no number does."""
    table = judged.subject
    key = TABLES[table.name].KEY
    return [
        name
        for name in _PLACES
        if table.has(name) and name not in key and table.data.column(name).null_count < table.data.num_rows
    ]


def _year(judged: StandardResult) -> list[str]:
    """The year, where there are several."""
    return ["year"] if len(pc.unique(judged.data.column("year"))) > 1 else []


def _further(words: Words, judged: StandardResult, indices: Sequence[int]) -> Iterator[list[str]]:
    """Township, village and year of each of these subjects."""
    chosen = pa.array(indices, pa.int64())
    texts: list[tuple[list[str | int | None], Callable[[str], str]]] = [
        (judged.subject.data.column(name).take(chosen).to_pylist(), words.safe) for name in _places(judged)
    ]
    texts += [(judged.data.column(name).take(chosen).to_pylist(), str) for name in _year(judged)]
    if not texts:
        return ([] for _ in indices)
    said = [[say(str(value)) if value is not None else "" for value in values] for values, say in texts]
    return map(list, zip(*said, strict=True))


def _note(words: Words, group: Group) -> str:
    """Who is not listed: those that meet the standard are counted."""
    if words.options.only is not None:
        return words.say(
            "paper-only", only=words.say("run-only") + words.say("colon") + words.say(f"run-only-{words.options.only}")
        )
    listed = listed_outcomes(group.main, None)
    passed = {name: count for name, count in group.main.outcome_counts().items() if name not in listed}
    told = [words.say("paper-outcome", outcome=words.outcome(name), count=words.count(count)) for name, count in passed.items()]
    return words.say("paper-passed", counts=words.say("list-comma").join(told)) if told else ""
