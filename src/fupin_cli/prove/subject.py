"""A subject of a standard, from unknown cells to its verdict: the same steps as the engine's SQL takes.

Facts over rows of other tables are free here: whatever they may be, so what is impossible for free ones is impossible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import z3

from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.parameter import ParameterValue
from fupin_cli.prove.affected import APPLIES, CHECK, FACT, FIELD, ROW, reached, users
from fupin_cli.prove.folded import Folded, folded
from fupin_cli.prove.rows import YEAR, year_of
from fupin_cli.prove.terms import Quotient, Terms
from fupin_cli.prove.truth import TRUE, Three, all_of, any_of, either, none_of
from fupin_cli.prove.value import Value
from fupin_cli.prove.world import Cell, World
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import NameKind, Ref
from fupin_cli.rules.standard import ReadyFact, ReadyStandard, leaves, rows_behind

#: What a check can come to.
PASS, FAIL, UNKNOWN, SKIPPED = "pass", "fail", "unknown", "not_applicable"
NO = z3.BoolVal(False)


@dataclass(frozen=True)
class Change:
    """What is different from the subject as it stands."""

    conditions: Mapping[tuple[str, Path], Three] = field(default_factory=dict)
    cells: Mapping[str, Cell] = field(default_factory=dict)
    facts: Mapping[str, Folded] = field(default_factory=dict)

    def start(self) -> list[str]:
        """The parts that it changes first."""
        found = [FIELD + name for name in self.cells] + [FACT + name for name in self.facts]
        for tree, _ in self.conditions:
            section, _, rest = tree.partition(".")
            name = rest.partition(".")[0]
            found.append({"facts": FACT, "checks": CHECK, "decide": ROW}[section] + name if section != APPLIES else APPLIES)
        return found


class Subject:
    """The parts of a standard for one subject, each worked out once."""

    def __init__(
        self, standard: ReadyStandard, world: World, change: Change | None = None, unchanged: "Subject | None" = None
    ) -> None:
        self.standard, self.world, self.change, self.unchanged = standard, world, change or Change(), unchanged
        self.made_of: dict[str, set[str]] = unchanged.made_of if unchanged is not None else users(standard, world.parameters)
        self.reached = reached(self.change.start(), self.made_of)
        self.terms = Terms(world, self, self.change.conditions)
        self.fields: dict[str, Value | Three | Quotient] = {}
        self.facts: dict[str, Folded] = {}
        self.checks: dict[str, tuple[Three, Three]] = {}
        self.statuses: dict[str, dict[str, z3.BoolRef]] = {}
        self.verdicts: dict[str, z3.BoolRef] = {}
        self.whens: dict[int, Three] = {}
        self.blanks: dict[str, Three] = {}

    def _same(self, part: str) -> "Subject | None":
        """The subject whose part this is: the unchanged one where the change does not reach it."""
        return self.unchanged if part not in self.reached else None

    def cell(self, name: str) -> Cell:
        """The given cell of a field."""
        return self.change.cells.get(name) or self.world.cell(self.standard.subject, name)

    # What the conditions name.

    def name(self, ref: Ref) -> Value | Three:
        """The value of a name; of a value per head only whether it is known means anything."""
        match ref.kind:
            case NameKind.PARAMETER:
                return self.world.number(ref.name, self.year(), self._place(ref.name))
            case NameKind.AS_OF:
                return self.world.as_of(self.year())
            case NameKind.CHECK:
                return self.met(ref.name)
            case NameKind.FACT:
                return self.fact(ref.name).content
            case NameKind.FIELD:
                found = self.field(ref.name)
                return found if not isinstance(found, Quotient) else Value(_present(found), found.given.term)

    def quotient(self, ref: Ref) -> Quotient | None:
        """The parts of a value per head."""
        if ref.kind is not NameKind.FIELD or self.standard.quotient(ref.name) is None:
            return None
        found = self.field(ref.name)
        return found if isinstance(found, Quotient) else None

    def in_force(self, ref: Ref) -> Sequence[tuple[z3.BoolRef, ParameterValue]] | None:
        """When each value of a list is the one that counts."""
        periods = self.world.periods(ref.name)
        return None if periods is None else self.world.in_force(periods, self.year(), self._place(ref.name))

    def year(self) -> Value:
        """The year of the subject."""
        return year_of(self.world, self.standard.subject)

    def _place(self, parameter: str) -> Value | None:
        by = self.world.parameters.pack.parameters[parameter].by
        found = self.field(by) if by is not None else None
        return found if isinstance(found, Value) else None

    # Fields and facts.

    def field(self, name: str) -> Value | Three | Quotient:
        """A field with what fills it: given, else derived; unknown where two sources disagree."""
        if (other := self._same(FIELD + name)) is not None:
            return other.field(name)
        if name not in self.fields:
            self.fields[name] = self._resolved(name)
        return self.fields[name]

    def _resolved(self, name: str) -> Value | Three | Quotient:
        cell, quotient = self.cell(name), self.standard.quotient(name)
        if quotient is not None and isinstance(cell.content, Value):
            dividend, divisor = self.fact(quotient.name).content, self.field(str(quotient.fact.per))
            if isinstance(dividend, Value) and isinstance(divisor, Value):
                return Quotient(cell.content, dividend.unless(cell.bad), divisor.unless(cell.bad))
        filling = self.filling(name)
        if name == YEAR or not filling:
            return cell.content
        open_still = all_of([none_of(cell.known), any_of(self._tainted(ready) for ready in filling)])
        lost = any_of([cell.bad, self.conflict(name), open_still])
        return _first([cell.content, *(self.fact(ready.name).content for ready in filling)], lost)

    def filling(self, name: str) -> list[ReadyFact]:
        """The facts that may take a blank field's place."""
        return self.standard.filling(name)

    def conflict(self, name: str) -> z3.BoolRef:
        """Whether two sources of a field disagree."""
        if name == YEAR or self.standard.quotient(name) is not None or not self.filling(name):
            return NO
        cell = self.cell(name)
        sources = [cell.content, *(self.fact(ready.name).content for ready in self.filling(name))]
        differ = [_differ(one, other) for index, one in enumerate(sources) for other in sources[index + 1 :]]
        return all_of([none_of(cell.bad), any_of(differ)])

    def blocked(self, name: str) -> z3.BoolRef:
        """Whether something stands in the cell that could not be read, or sources disagree."""
        return any_of([self.cell(name).bad, self.conflict(name)])

    def _tainted(self, ready: ReadyFact) -> z3.BoolRef:
        fact = self.fact(ready.name)
        if ready.fact.over is not None:
            return all_of([none_of(fact.content.known), fact.tainted])
        flags = [self.blocked(leaf) for leaf in leaves(self.standard, ready)]
        flags += [self._tainted(inner) for inner in rows_behind(self.standard, ready)]
        return all_of([none_of(fact.content.known), any_of(flags)])

    def blank(self, field: str) -> Three:
        """Whether a field is surely blank: its column is there, and nothing stands in the cell."""
        if (other := self._same(FIELD + field)) is not None:
            return other.blank(field)
        if field not in self.blanks:
            self.blanks[field] = self._blank(field)
        return self.blanks[field]

    def _blank(self, field: str) -> Three:
        found = self.field(field)
        known = _present(found) if isinstance(found, Quotient) else found.known
        silent = [self.fact(ready.name).silent for ready in self.filling(field)]
        told = [one for one in silent if one is not None]
        absent = all_of([self.cell(field).absent, *(none_of(one.true) for one in told)])
        behind = [row for ready in self.filling(field) for row in (rows_behind(self.standard, ready) or [ready])]
        perhaps = [self.fact(row.name).perhaps for row in behind]
        doubtful = any_of([self.blocked(field), *(one.false for one in told), *perhaps, absent])
        return Three(all_of([none_of(known), none_of(doubtful)]), known)

    def fact(self, name: str) -> Folded:
        """A fact."""
        if (other := self._same(FACT + name)) is not None:
            return other.fact(name)
        if name not in self.facts:
            ready = self.standard.facts[name]
            if name in self.change.facts:
                self.facts[name] = self.change.facts[name]
            elif ready.fact.over is not None:
                self.facts[name] = folded(self.world, self.standard, ready)
            elif ready.node.type.value == "bool":
                self.facts[name] = Folded(self.terms.three(ready.node, f"facts.{name}.value"))
            else:
                self.facts[name] = Folded(self.terms.value(ready.node))
        return self.facts[name]

    # Checks and the verdict.

    def check(self, name: str) -> tuple[Three, Three]:
        """For whom a check is, and what it requires."""
        if (other := self._same(CHECK + name)) is not None:
            return other.check(name)
        if name not in self.checks:
            ready = self.standard.checks[name]
            applies = TRUE if ready.applies is None else self.terms.three(ready.applies, f"checks.{name}.applies")
            self.checks[name] = (applies, self.terms.three(ready.require, f"checks.{name}.require"))
        return self.checks[name]

    def met(self, name: str) -> Three:
        """Whether a check is met; where it does not apply it is."""
        applies, require = self.check(name)
        return either([applies.not_(), require])

    def status(self, name: str) -> dict[str, z3.BoolRef]:
        """When a check has which status."""
        if (other := self._same(CHECK + name)) is not None:
            return other.status(name)
        if name not in self.statuses:
            applies, require = self.check(name)
            passed = all_of([none_of(applies.false), require.true])
            failed = all_of([applies.true, require.false])
            self.statuses[name] = {
                PASS: passed,
                FAIL: failed,
                SKIPPED: applies.false,
                UNKNOWN: all_of([none_of(applies.false), none_of(passed), none_of(failed)]),
            }
        return self.statuses[name]

    def surely(self, condition: Three) -> Three:
        """In a quality standard a condition that is unknown does not hold."""
        return Three(condition.true, none_of(condition.true)) if self.standard.is_quality else condition

    def applies(self) -> Three:
        """Whether the standard is for the subject."""
        if (other := self._same(APPLIES)) is not None:
            return other.applies()
        node = self.standard.applies
        return TRUE if node is None else self.surely(self.terms.three(node, "applies"))

    def when(self, index: int) -> Three:
        """The condition of a decision row."""
        if (other := self._same(f"{ROW}{index}")) is not None:
            return other.when(index)
        node = self.standard.rows[index].when
        if index not in self.whens:
            self.whens[index] = TRUE if node is None else self.surely(self.terms.three(node, f"decide.{index}.when"))
        return self.whens[index]

    def rows(self) -> list[z3.BoolRef]:
        """Whether each decision row is possible."""
        # One condition that grows with each row: as a list of all rows before it would be written out for every row.
        reached = none_of(self.applies().false)
        found: list[z3.BoolRef] = []
        for index in range(len(self.standard.rows)):
            when = self.when(index)
            found.append(all_of([reached, none_of(when.false)]))
            reached = all_of([reached, none_of(when.true)])
        return found

    def possible(self) -> dict[str, z3.BoolRef]:
        """Whether each outcome is possible."""
        rows = self.rows()
        found = {
            outcome: any_of(row for row, ready in zip(rows, self.standard.rows, strict=True) if ready.row.outcome == outcome)
            for outcome in self.standard.standard.outcomes
        }
        return found | {NOT_APPLICABLE: none_of(self.applies().true)}

    def outcomes(self) -> dict[str, z3.BoolRef]:
        """Whether each outcome is the verdict: possible, and no other is."""
        if not self.verdicts:
            may = self.possible()
            self.verdicts = {name: all_of([may[name], *(none_of(may[other]) for other in may if other != name)]) for name in may}
        return self.verdicts


def _present(found: Quotient) -> z3.BoolRef:
    return any_of([found.given.known, all_of([found.dividend.known, found.divisor.known])])


def _first(sources: Sequence[Value | Three], lost: z3.BoolRef) -> Value | Three:
    """The value of the first source that is known; unknown where it is lost."""
    keep = none_of(lost)
    truths = [one for one in sources if isinstance(one, Three)]
    if truths:
        # Where two disagree the value is lost, so it does not matter which of them is asked.
        found = Three(any_of(one.true for one in truths), any_of(one.false for one in truths))
        return Three(all_of([keep, found.true]), all_of([keep, found.false]))
    values = [one for one in sources if isinstance(one, Value)]
    term = values[-1].term
    for one in reversed(values[:-1]):
        term = z3.If(one.known, one.term, term)
    return Value(all_of([keep, any_of(one.known for one in values)]), term)


def _differ(one: Value | Three, other: Value | Three) -> z3.BoolRef:
    if isinstance(one, Three) and isinstance(other, Three):
        return any_of([all_of([one.true, other.false]), all_of([one.false, other.true])])
    if isinstance(one, Value) and isinstance(other, Value):
        return all_of([one.known, other.known, one.term != other.term])
    raise TypeError(one)
