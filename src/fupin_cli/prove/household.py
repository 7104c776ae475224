"""From a solution to a sheet: the cells of a subject as somebody would write them, and what the verdict on it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import z3

from fupin_cli.model.columns import Column
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.prove.calendar import year_end
from fupin_cli.prove.idnumber import id_number
from fupin_cli.prove.prover import Prover
from fupin_cli.prove.subject import Subject
from fupin_cli.prove.texts import OTHER
from fupin_cli.prove.truth import Three, all_of, none_of
from fupin_cli.prove.value import Value
from fupin_cli.prove.world import Cell

#: What a cell says that cannot be read, whatever belongs there.
UNREADABLE = "???"
_SMALLEST = Decimal("0.000001")


@dataclass(frozen=True)
class Household:
    """A subject as its sheet says it."""

    cells: Mapping[str, str]
    year: int | None
    as_of: date | None
    #: What the user says of parameters that the documents leave open.
    settings: Mapping[str, str] = field(default_factory=dict)
    outcome: str | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    #: Facts over rows of other tables that are known of it: there have to be such rows.
    facts: Mapping[str, str] = field(default_factory=dict)
    #: Those rows, by table.
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def wishes(prover: Prover, subject: Subject) -> Iterator[list[z3.BoolRef]]:
    """What makes a subject easy to read: no other tables, a plain year, nothing unreadable, whole numbers, few columns."""
    world, table = prover.world, prover.standard.subject
    own = [(name, cell) for (of, name, which), cell in world.cells.items() if of == table and not which]
    yield [none_of(fact.content.known) for fact in map(subject.fact, _over_rows(prover))]
    for name in _over_rows(prover):
        fact = subject.fact(name)
        silent = [fact.silent.unknown] if fact.silent is not None else []
        yield [none_of(fact.content.known), none_of(fact.tainted), *silent]
    yield [none_of(world.dated)]
    yield in_force(prover, subject)
    yield [none_of(cell.bad) for _, cell in own]
    for _, cell in own:
        yield [cell.absent]
    for _, cell in own:
        if not isinstance(cell.content, Three) and cell.content.term.sort() == z3.RealSort():
            yield [z3.Implies(cell.known, z3.IsInt(cell.content.term))]
    for name, cell in own:
        if fields(table)[name].type is ValueType.DATE and not isinstance(cell.content, Three):
            day, last = cell.content.term, year_end(subject.year().term)
            yield [z3.Implies(cell.known, z3.And(day > last - 365, day <= last))]
    for _, cell in own:
        yield [none_of(cell.absent), cell.known]


def in_force(prover: Prover, subject: Subject) -> list[z3.BoolRef]:
    """The year is one of those in which the pack is in force."""
    year, effective = subject.year(), prover.parameters.pack.head.effective
    last = [year.term <= effective.end.year] if effective.end is not None else []
    return [year.known, year.term >= effective.start.year, *last]


def household(prover: Prover, model: z3.ModelRef, subject: Subject) -> Household:
    """The subject of a solution."""
    reader = _Reader(prover, model)
    table = prover.standard.subject
    names = [name for of, name, which in prover.world.cells if of == table and not which]
    declared = [name for name in fields(table) if name in names]
    order = [name for name in (*declared, *sorted(set(names) - set(declared))) if name != "year"]
    cells = {name: text for name in order if (text := reader.cell(fields(table)[name], subject.cell(name))) is not None}
    year = subject.year()
    settled = [name for name, holds in subject.outcomes().items() if reader.holds(holds)]
    checks = {
        name: next(status for status, holds in subject.status(name).items() if reader.holds(holds))
        for name in prover.standard.checks
    }
    told = {name: subject.fact(name) for name in _over_rows(prover)}
    return Household(
        cells=cells,
        year=reader.whole(year.term) if reader.holds(year.known) else None,
        as_of=date.fromordinal(reader.whole(prover.world.as_of(year).term)) if reader.holds(prover.world.dated) else None,
        settings=reader.settings(),
        outcome=settled[0] if settled else None,
        checks=checks,
        facts={name: reader.said(fact.content) for name, fact in told.items() if reader.holds(fact.content.known)},
    )


def _over_rows(prover: Prover) -> list[str]:
    return [name for name, ready in prover.standard.facts.items() if ready.fact.over is not None]


class _Reader:
    """Reads values out of a solution."""

    def __init__(self, prover: Prover, model: z3.ModelRef) -> None:
        self.prover, self.model = prover, model
        self.texts = prover.world.texts

    def holds(self, condition: z3.BoolRef) -> bool:
        return bool(z3.is_true(self.model.eval(condition, model_completion=True)))

    def whole(self, term: z3.ArithRef) -> int:
        return int(self.model.eval(term, model_completion=True).as_long())

    def number(self, term: z3.ArithRef) -> str:
        found = self.model.eval(term, model_completion=True)
        if z3.is_int_value(found):
            return str(found.as_long())
        exact = found if z3.is_rational_value(found) else found.approx(12)
        number = Decimal(exact.numerator_as_long()) / Decimal(exact.denominator_as_long())
        plain = number.quantize(_SMALLEST).normalize()
        return f"{plain:f}"

    def cell(self, column: Column, cell: Cell) -> str | None:
        """What stands in a cell; nothing where its column is not there."""
        if self.holds(cell.absent):
            return None
        if self.holds(cell.bad):
            return UNREADABLE
        if not self.holds(cell.known):
            return ""
        if isinstance(cell.content, Three):
            return self.said(cell.content)
        term = cell.content.term
        match column.type:
            case ValueType.DATE:
                return date.fromordinal(self.whole(term)).isoformat()
            case ValueType.TEXT if column.form.name == "id-number":
                return id_number(self.model, term, self.whole(term), self.texts.named)
            case ValueType.TEXT:
                return self._text(column, term)
            case _:
                return self.number(term)

    def _text(self, column: Column, term: z3.ArithRef) -> str:
        number = self.whole(term)
        if number < len(self.texts.named):
            return self.texts.named[number]
        held = []
        if term.get_id() in self.texts.asked:
            held = [item for item in self.texts.items if item != OTHER and self.holds(self.texts.holds(term, item))]
        codes = column.form.codes
        others = [code for code in codes if code not in self.texts.places]
        if codes:
            return ",".join([*(item for item in held if item in codes), *others[: 2 - min(len(held), 1)]][: max(len(held), 2)])
        alone = not held or self.holds(self.texts.holds(term, OTHER))
        # No two unnamed texts are the same unless their numbers are.
        return ",".join([*held, f"{OTHER}{number - len(self.texts.named)}"] if alone else held)

    def said(self, content: Three | Value) -> str:
        """A value of a fact, or a truth value, in words of a sheet."""
        if isinstance(content, Three):
            return "是" if self.holds(content.true) else "否"
        return self.number(content.term)

    def settings(self) -> dict[str, str]:
        """The parameters that somebody has to give."""
        free = self.prover.world.free
        return {name: self.number(value.term) for name, value in free.items() if name in self.prover.parameters.pack.parameters}


def without_conflicts(prover: Prover, subject: Subject) -> z3.BoolRef:
    """Whether all sources of each field agree."""
    filled = {str(ready.fact.fills) for ready in prover.standard.facts.values() if ready.fact.fills is not None}
    return all_of(none_of(subject.conflict(name)) for name in sorted(filled))
