"""What is missing, and to which outcome each answer would lead if everything else stayed as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from fupin_cli.evaluate.explanation.bounds import bounds
from fupin_cli.evaluate.explanation.numbers import Term, number_of
from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace
from fupin_cli.evaluate.explanation.trials import Trials, Verdict
from fupin_cli.evaluate.explanation.worlds import Cell, Edits
from fupin_cli.model.explanation import Answer, Question
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import Missing, SubjectView, Value


@dataclass(frozen=True)
class Asked:
    """A cell that is asked about, and the values that are tried in it."""

    missing: Missing
    place: SubjectPlace | RowPlace | None = None
    name: str = ""
    values: tuple[Value, ...] = ()
    #: Of numbers and days: where the verdict may turn.
    turning: tuple[Fraction, ...] = ()
    #: Whether it is a number or a day: no value of it is one of a few.
    is_measured: bool = False

    @property
    def worlds(self) -> list[Edits]:
        """A trial for each value."""
        if self.place is None:
            return []
        cell = Cell(self.place.table.name, self.place.at, self.name)
        return [{cell: value} for value in self.values]

    def question(self, trials: Trials) -> Question:
        """The question with its answers; the trials must have been asked."""
        place = self.place
        if place is None:
            return Question(self.missing, None)
        declared = fields(place.table.name)[self.name]
        verdicts = [trials.verdict(world) for world in self.worlds]
        address = place.table.address(place.at, self.name)
        if not self.is_measured:
            answers = _single(self.values, verdicts)
        elif self.turning:
            answers = _ranges(self, verdicts)
        else:
            # Where the ends disagree it turns somewhere, and nobody can say where.
            answers = (Answer("=", (), *verdict) for verdict in verdicts[:1] if len(set(verdicts)) == 1)
        return Question(self.missing, address if address.letter else None, declared.unit, tuple(answers))


def asked(place: SubjectPlace, view: SubjectView) -> list[Asked]:
    """Everything that is missing, cell by cell."""
    found: list[Asked] = []
    for missing in view.missing:
        table, _, name = missing.name.rpartition(".")
        if missing.reason in ("rows", "parameter"):
            found.append(Asked(missing))
        elif not table:
            found.append(_in(place, missing, missing.name))
        else:
            rows = _rows(place, missing, table, name)
            found += [_in(row, Missing(missing.name, missing.reason, (row.table.address(row.at, name),)), name) for row in rows]
            found += [Asked(missing)] if not rows else []
    return found


def _rows(place: SubjectPlace, missing: Missing, table: str, name: str) -> list[RowPlace]:
    """The rows whose cells are missing."""
    facts = [ready for ready in place.standard.facts.values() if ready.fact.over == table]
    rows = {row.at: row for ready in facts for row in place.rows_of(ready)}
    return [row for _, row in sorted(rows.items()) if row.table.address(row.at, name) in missing.cells]


def _in(place: SubjectPlace | RowPlace, missing: Missing, name: str) -> Asked:
    declared = fields(place.table.name)[name]
    match declared.type:
        case ValueType.BOOL:
            return Asked(missing, place, name, (True, False))
        case ValueType.NUMBER | ValueType.DATE if declared.form.name != "year":
            term = Term(place, name, Fraction(1), None)
            turning = tuple(sorted(set(bounds(place, name))))
            return Asked(missing, place, name, tuple(term.shown(one) for one in _points(term, turning)), turning, True)
    if declared.form.name == "code":
        return Asked(missing, place, name, declared.form.codes)
    return Asked(missing, place, name)


def _points(term: Term, turning: Sequence[Fraction]) -> list[Fraction]:
    """The values to try: each at which a verdict may turn, and those next to it."""
    step = term.step
    found = {number for bound in turning for number in ((ceil(bound / step) - 1) * step, (floor(bound / step) + 1) * step)}
    found |= {bound for bound in turning if bound / step == floor(bound / step)}
    # Where every turn lies beyond what the field can hold one value speaks for all; where none is known both ends have to agree.
    ends = [number for number in (term.least, term.most) if number is not None]
    return sorted(number for number in found if term.within(number)) or (ends[:1] if turning else ends if len(ends) > 1 else [])


def _single(values: Sequence[Value], verdicts: Sequence[Verdict]) -> Iterator[Answer]:
    """Values that lead to the same are one answer."""
    for verdict in dict.fromkeys(verdicts):
        alike = tuple(value for value, other in zip(values, verdicts, strict=True) if other == verdict)
        yield Answer("=", alike, *verdict)


def _ranges(question: Asked, verdicts: Sequence[Verdict]) -> Iterator[Answer]:
    """Neighbouring values that lead to the same are one answer."""
    values, start = question.values, 0
    while start < len(values):
        end = start
        while end + 1 < len(values) and verdicts[end + 1] == verdicts[start]:
            end += 1
        yield _range(question, start, end, verdicts[start])
        start = end + 1


def _range(question: Asked, start: int, end: int, verdict: Verdict) -> Answer:
    values, last = question.values, len(question.values) - 1
    if start == 0 and end == last:
        return Answer("=", (), *verdict)
    if start == 0:
        # The next value tried is the bound itself, where the field can hold that.
        sign, value = ("<", values[end + 1]) if number_of(values[end + 1]) in question.turning else ("<=", values[end])
        return Answer("<" if sign == "<" else "<=", (value,), *verdict)
    if end == last:
        over = number_of(values[start - 1]) in question.turning
        return Answer(">" if over else ">=", (values[start - 1] if over else values[start],), *verdict)
    if start == end:
        return Answer("=", (values[start],), *verdict)
    return Answer("between", (values[start], values[end]), *verdict)
