"""What would settle a verdict, and what would change it, in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from fupin_cli.model.explanation import Answer, Question, Turn, Way
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.tables import fields
from fupin_cli.report.explanation.wording import Line, Telling

#: Most values named in one sentence.
_VALUES = 5
#: How an answer about a day is said, by its sign.
_DAYS = {">": "after", ">=": "from", "<": "before", "<=": "until"}


def questions(telling: Telling) -> Iterator[Line]:
    """Each thing that is missing, and where every answer leads."""
    words = telling.words
    for question in telling.grounds.questions:
        below = [Line(_answer(telling, question, answer)) for answer in question.answers]
        yield Line(words.missing_item(question.missing), "?", below=below)


def _answer(telling: Telling, question: Question, answer: Answer) -> str:
    words = telling.words
    if not answer.values:
        return telling.say(
            "explain-answer", value=telling.say("explain-any-value"), outcome=outcome(telling, answer.outcome, answer.possible)
        )
    told = [words.value(words.shown(question.missing.name, value)) for value in answer.values]
    shown = told[0]
    if answer.sign == "=":
        # Where sources disagree nothing is filled in: one finds out which is right.
        code = "explain-answer-found" if question.missing.reason == "conflict" else "explain-answer-is"
        value = telling.say("explain-or").join(telling.say(code, value=one) for one in told)
    elif answer.sign == "between":
        low, high = (words.value(one) for one in answer.values)
        value = telling.say("explain-between", low=low, high=f"{high} {words.unit(question.unit)}".strip())
    elif isinstance(answer.values[0], date):
        value = telling.say(f"explain-answer-{_DAYS[answer.sign]}", value=shown)
    else:
        value = telling.say(f"explain-answer-{answer.sign}", value=f"{shown} {words.unit(question.unit)}".strip())
    return telling.say("explain-answer", value=value, outcome=outcome(telling, answer.outcome, answer.possible))


def outcome(telling: Telling, name: str, possible: Sequence[str]) -> str:
    """An outcome; where it is open, with those that are possible."""
    words = telling.words
    if name != UNDETERMINED:
        return words.outcome(name)
    return telling.say(
        "explain-answer-open", outcome=words.outcome(name), possible=telling.say("list-comma").join(map(words.outcome, possible))
    )


def ways(telling: Telling) -> Iterator[Line]:
    """The smallest sets of changes that would do."""
    found = telling.grounds.ways
    if found is None:
        return
    if not found:
        yield Line(telling.say("explain-ways-none"))
        return
    for number, way in enumerate(found, start=1):
        yield Line(
            telling.say("explain-way", number=number, turns=_turns(telling, way), outcome=telling.words.outcome(way.outcome))
        )
    yield Line(telling.say("explain-verified"), dim=True)


def _turns(telling: Telling, way: Way) -> str:
    return telling.say("explain-and").join(_turn(telling, turn) for turn in way.turns)


def _turn(telling: Telling, turn: Turn) -> str:
    words, own = telling.words, turn.table == telling.grounds.judged.standard.subject
    declared = fields(turn.table)[turn.name]
    label, key = declared.title(words.lang), turn.name if own else f"{turn.table}.{turn.name}"
    before = words.value(words.shown(key, turn.before))
    values = [words.value(words.shown(key, value)) for value in (turn.after, *turn.instead)]
    after = telling.say("explain-or").join(values[:_VALUES])
    if len(values) > _VALUES:
        after = telling.say("explain-and-more", values=after, count=len(values))
    cells = words.cells((turn.where,) if turn.where.letter else ())
    if turn.sign != "=":
        after = _bound(telling, turn, after)
    if turn.through and turn.by is not None:
        by = words.amount(abs(turn.by), declared.unit)
        if turn.each is not None:
            by = telling.say("explain-turn-each", by=by, each=words.amount(turn.each, ""))
        code = "explain-turn-through-more" if turn.by > 0 else "explain-turn-through-less"
        said = telling.say(code, label=words.label(turn.through), by=by, part=label, before=before, after=after, cells=cells)
    elif turn.by is not None:
        code = "explain-turn-more" if turn.by > 0 else "explain-turn-less"
        said = telling.say(
            code, label=label, by=words.amount(abs(turn.by), declared.unit), before=before, after=after, cells=cells
        )
    elif turn.before is None:
        said = telling.say("explain-turn-fill", label=label, after=after, cells=cells)
    else:
        said = telling.say("explain-turn-set", label=label, before=before, after=after, cells=cells)
    if turn.fixed:
        said = telling.say("explain-turn-fixed", turn=said)
    return telling.say("explain-turn-of", who=_who(telling, turn), turn=said) if not own else said


def _bound(telling: Telling, turn: Turn, after: str) -> str:
    if isinstance(turn.after, date):
        return telling.say(f"explain-answer-{_DAYS[turn.sign]}", value=after)
    return telling.say(f"explain-answer-{turn.sign}", value=after)


def _who(telling: Telling, turn: Turn) -> str:
    words = telling.words
    place = words.place(turn.where)
    if turn.table != "person":
        return words.say(f"table-{turn.table}") + words.say("in-parentheses", text=place)
    return telling.say("explain-member", name=words.safe(turn.who)) if turn.who else telling.say("explain-member", name=place)
