"""What may be: cells of every content that a field can have, any year, any day of judgement, every value of a parameter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import z3

from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.columns import Column
from fupin_cli.model.parameter import ParameterValue, Period
from fupin_cli.model.tables import TABLES, fields, worked_out
from fupin_cli.model.values import ValueType
from fupin_cli.prove.calendar import FIRST, LAST, Calendar, year_end
from fupin_cli.prove.texts import OTHER, Texts
from fupin_cli.prove.truth import Three, all_of, any_of, none_of, settled
from fupin_cli.prove.value import Value, chosen
from fupin_cli.rules.expression import Call, Constant, Node, children
from fupin_cli.rules.functions import FUNCTIONS
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Forms of fields that hold whole numbers, and the one that holds several codes at once.
_WHOLE, _SEVERAL = ("count", "year"), "codes"
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(frozen=True)
class Cell:
    """A cell: it has a value, is blank, is unreadable (or in dispute), or its column is not there at all."""

    content: Value | Three
    bad: z3.BoolRef
    absent: z3.BoolRef

    @property
    def known(self) -> z3.BoolRef:
        """Whether a value stands there."""
        return self.content.known


class World:
    """The unknowns of one standard, and what holds of them whatever a roster says."""

    def __init__(self, standard: ReadyStandard, parameters: Parameters) -> None:
        #: What always holds; whoever solves takes over what has been added.
        self.facts: list[z3.BoolRef] = []
        #: Whether values lie in the bounds outside of which nobody believes a cell.
        self.sensible = z3.Bool("sensible")
        #: That each function has an answer where its arguments are known: nobody is judged before birth, no number lies.
        self.answers: list[z3.BoolRef] = []
        #: That what a rule means to leave open where it is not so (``true_or_unknown``, ``nonzero``) is so.
        self.guards: list[z3.BoolRef] = []
        self.parameters = parameters
        self.calendar = Calendar()
        lists = [item for name in sorted(standard.parameters()) for item in self.items_of(name)]
        places = [value.where for name in sorted(standard.parameters()) for value in parameters.pack.parameters[name].values]
        written = [text for node in standard.nodes() for text in _literals(node)]
        named = [*written, *_codes(standard), *(place for place in places if place is not None)]
        self.texts = Texts(
            self.facts, named, written, [*lists, *(text for node in standard.nodes() for text in _looked_for(node))]
        )
        #: Whether the user says on which day is judged; else it is the last day of the year.
        self.dated = z3.Bool("as_of given")
        self.free: dict[str, Value] = {}
        self.cells: dict[tuple[str, str, str], Cell] = {}

    def items_of(self, name: str) -> list[str]:
        """Every item that a list has had; none of a parameter that is a number or left to the user."""
        values: list[ParameterValue] = [value.content for value in self.parameters.pack.parameters[name].values]
        values += [self.parameters.chosen[name]] if name in self.parameters.chosen else []
        return [item for value in values if isinstance(value, tuple) for item in value]

    def cell(self, table: str, name: str, which: str = "") -> Cell:
        """The cell of a field; ``which`` tells several of the same field apart."""
        key = (table, name, which)
        if key not in self.cells:
            column = fields(table)[name]
            label = f"{which}{table}.{name}"
            there, bad, absent = (z3.Bool(f"{label} {what}") for what in ("known", "bad", "absent"))
            self.facts += [z3.Not(z3.And(there, bad)), z3.Not(z3.And(there, absent)), z3.Not(z3.And(bad, absent))]
            is_truth = column.type is ValueType.BOOL
            self.facts += self._between(table, name, which, there, bad, absent)
            content = settled(z3.Bool(label), there) if is_truth else Value(there, self._term(label, column))
            self.cells[key] = Cell(content, bad, absent)
        return self.cells[key]

    def _between(
        self, table: str, name: str, which: str, there: z3.BoolRef, bad: z3.BoolRef, absent: z3.BoolRef
    ) -> list[z3.BoolRef]:
        """What comparing the years gives is known or not, and never a cell; last year's fields are there where its row is.

        A column that a sheet may be without says as much as a blank cell.
        """
        if name in TABLES[table].SPARED:
            return [z3.Not(absent)]
        if name.removeprefix(PREVIOUS) in worked_out(table):
            return [z3.Not(bad), absent == z3.Not(there)]
        linked = z3.Bool(f"{which}{table} previous")
        return [z3.Implies(z3.Not(linked), absent)] if name.startswith(PREVIOUS) else []

    def _term(self, label: str, column: Column) -> z3.ArithRef:
        match column.type:
            case ValueType.DATE:
                return self.some_day(label)
            case ValueType.TEXT:
                return self._text(label, column)
            case _:
                return self._number(label, column)

    def _number(self, label: str, column: Column) -> z3.ArithRef:
        term = z3.Int(label) if column.form.name in _WHOLE else z3.Real(label)
        smallest, largest = column.smallest, column.largest
        if column.form.name == "year":
            smallest, largest = max(smallest or 0, _FIRST_YEAR), min(largest or _LAST_YEAR, _LAST_YEAR)
        self.within(term, smallest, largest)
        return term

    def within(self, term: z3.ArithRef, smallest: int | None, largest: int | None) -> None:
        """Keep a number within sensible bounds."""
        bounds = [term >= smallest] if smallest is not None else []
        bounds += [term <= largest] if largest is not None else []
        self.facts += [z3.Implies(self.sensible, bound) for bound in bounds]

    def some_day(self, label: str) -> z3.ArithRef:
        """A day that a cell can hold."""
        term = z3.Int(label)
        self.facts += [term >= FIRST.toordinal(), term <= LAST.toordinal()]
        return term

    def _text(self, label: str, column: Column) -> z3.ArithRef:
        term = z3.Int(label)
        self.facts.append(term >= 0)
        codes = column.form.codes
        if codes:
            self.texts.only(term, codes)
        if codes and column.form.name != _SEVERAL:
            self.facts.append(self.texts.one_of(term, codes))
        elif codes:
            held = [self.texts.holds(term, code) for code in codes if code in self.texts.places]
            unnamed = self.texts.holds(term, OTHER) if len(held) < len(codes) else z3.BoolVal(False)
            # More than one code, or it would be that code; which of the codes that no rule looks for does not matter.
            several = any_of([unnamed, z3.AtLeast(*held, 2)] if len(held) > 1 else [unnamed])
            self.facts.append(z3.Or(self.texts.one_of(term, codes), z3.And(self.texts.is_other(term), several)))
        return term

    def as_of(self, year: Value) -> Value:
        """The day of judgement of a subject of a year."""
        if "as_of" not in self.free:
            term = self.some_day("as_of")
            self.facts.append(z3.Implies(z3.Not(self.dated), term == year_end(year.term)))
            self.free["as_of"] = Value(any_of([self.dated, year.known]), term)
        return self.free["as_of"]

    def periods(self, name: str) -> Sequence[Period] | None:
        """The values of a parameter; nothing where the document leaves it to the user, who has not said."""
        left = self.parameters.pack.parameters[name].value is not None and name not in self.parameters.chosen
        return None if left else self.parameters.periods(name)

    def number(self, name: str, year: Value, place: Value | None) -> Value:
        """A parameter that is a number, in force at the end of a year."""
        periods = self.periods(name)
        if periods is None:
            if name not in self.free:
                self.free[name] = Value(z3.BoolVal(True), z3.Real(f"${name}"))
            return self.free[name]
        cases = self.in_force(periods, year, place)
        return chosen([(when, value) for when, value in cases if isinstance(value, Decimal)])

    def in_force(self, periods: Sequence[Period], year: Value, place: Value | None) -> list[tuple[z3.BoolRef, ParameterValue]]:
        """When each value of a parameter is the one that counts."""
        if any(period.source is None for period in periods):
            return [(z3.BoolVal(True), periods[0].value)]
        found: list[tuple[z3.BoolRef, ParameterValue]] = []
        for period in sorted(periods, key=lambda one: one.where is None):
            when = [year.known, year.term >= period.first]
            when += [year.term <= period.last] if period.last is not None else []
            if place is not None:
                when.append(place.known)
                when += [place.term == self.texts.number(period.where)] if period.where is not None else []
                # Of two that would do, the one for the place itself counts.
                when += [none_of(earlier) for earlier, _ in found] if period.where is None else []
            found.append((all_of(when), period.value))
        return found


def _codes(standard: ReadyStandard) -> Iterable[str]:
    """Every code that a field may hold or a function give."""
    for table in sorted(standard.tables):
        for column in (*fields(table).values(), *worked_out(table).values()):
            yield from column.form.codes
    for function in FUNCTIONS.values():
        yield from function.codes


def _literals(node: Node) -> Iterable[str]:
    if isinstance(node, Constant) and isinstance(node.value, str):
        yield node.value
    for child in children(node):
        yield from _literals(child)


def _looked_for(node: Node) -> Iterable[str]:
    """The items that are looked for by themselves."""
    if isinstance(node, Call) and FUNCTIONS[node.function].takes_code:
        yield from _literals(node.arguments[-1])
    for child in children(node):
        yield from _looked_for(child)
