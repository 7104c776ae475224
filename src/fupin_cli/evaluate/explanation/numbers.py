"""By how much a number or a day has to change for a comparison to come out otherwise: exact, as little as the field can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import Value
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import Arithmetic, Call, Comparison, Constant, NameKind, Node, Ref

_CENT, _ONE = Fraction(1, 100), Fraction(1)
MIRRORED: dict[Comparison, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
INVERSE: dict[Comparison, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}


@dataclass(frozen=True)
class Term:
    """A field in a sum, with its factor."""

    place: SubjectPlace | RowPlace
    name: str
    factor: Fraction
    #: A day as its number; None where it is not known.
    value: Fraction | None
    #: The fact whose sum it is a part of.
    through: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a day."""
        return fields(self.place.table.name)[self.name].type is ValueType.DATE

    @property
    def step(self) -> Fraction:
        """The least by which it can change."""
        return _CENT if fields(self.place.table.name)[self.name].form.name == "number" else _ONE

    @property
    def least(self) -> Fraction | None:
        """The smallest number that the field can hold, where that is known."""
        low = fields(self.place.table.name)[self.name].smallest
        return Fraction(low) if low is not None else None

    @property
    def most(self) -> Fraction | None:
        """The largest number that the field can hold, where that is known."""
        high = fields(self.place.table.name)[self.name].largest
        return Fraction(high) if high is not None else None

    def within(self, number: Fraction) -> bool:
        """Whether the field can hold a number."""
        declared = fields(self.place.table.name)[self.name]
        low, high = declared.smallest, declared.largest
        if self.is_day:
            return date.min.toordinal() <= number <= date.max.toordinal()
        return (low is None or number >= low) and (high is None or number <= high)

    def shown(self, number: Fraction) -> Value:
        """A number as a value of the field."""
        if self.is_day:
            return date.fromordinal(int(number))
        whole = fields(self.place.table.name)[self.name].form.name == "count"
        return int(number) if whole else Decimal(number.numerator) / Decimal(number.denominator)


@dataclass(frozen=True)
class Sum:
    """A number as a sum of fields: what is left when each is taken out is plain."""

    plain: Fraction
    terms: tuple[Term, ...] = ()

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.plain + other.plain, (*self.terms, *other.terms))

    def times(self, factor: Fraction) -> "Sum":
        """The sum so many times."""
        scaled = (Term(one.place, one.name, one.factor * factor, one.value, one.through) for one in self.terms)
        return Sum(self.plain * factor, tuple(scaled))

    def without(self, term: Term) -> Fraction | None:
        """What everything but one field comes to; None where that is not known."""
        others = [one for one in self.terms if one is not term]
        if any(one.value is None for one in others):
            return None
        return self.plain + sum((one.factor * one.value for one in others if one.value is not None), Fraction(0))

    @property
    def total(self) -> Fraction | None:
        """What it comes to."""
        if any(one.value is None for one in self.terms):
            return None
        return self.plain + sum((one.factor * one.value for one in self.terms if one.value is not None), Fraction(0))


def number_of(value: Value) -> Fraction | None:
    """A number or day as a number."""
    match value:
        case None | bool() | str():
            return None
        case date():
            return Fraction(value.toordinal())
        case _:
            return Fraction(value)


def sum_of(place: SubjectPlace | RowPlace, key: str, node: Node, path: Path = (), through: str = "") -> Sum | None:
    """A number as a sum of the fields that it is made of; None where it is no such sum, or rests on what nobody knows."""
    match node:
        case Constant(value=Decimal() as value):
            return Sum(Fraction(value))
        case Ref(kind=NameKind.FIELD, name=name):
            return Sum(Fraction(0), (Term(place, name, _ONE, number_of(place.value(key, path, node)), through),))
        case Ref(kind=NameKind.FACT, name=name) if isinstance(place, SubjectPlace):
            return _fact(place, name) or _known(place, key, node, path)
        case Arithmetic(sign="*", left=left, right=right):
            return _product(sum_of(place, key, left, (*path, 0), through), sum_of(place, key, right, (*path, 1), through))
        case Arithmetic(sign=sign, left=left, right=right):
            one, other = sum_of(place, key, left, (*path, 0), through), sum_of(place, key, right, (*path, 1), through)
            return one + other.times(_ONE if sign == "+" else -_ONE) if one is not None and other is not None else None
        case Call(function="days_between", arguments=(first, last)):
            one, other = sum_of(place, key, first, (*path, 0), through), sum_of(place, key, last, (*path, 1), through)
            return other + one.times(-_ONE) if one is not None and other is not None else None
        case Call(function="nonzero", arguments=(part,)) if place.value(key, path, node) is not None:
            return sum_of(place, key, part, (*path, 0), through)
    return _known(place, key, node, path)


def _known(place: SubjectPlace | RowPlace, key: str, node: Node, path: Path) -> Sum | None:
    number = number_of(place.value(key, path, node))
    return Sum(number) if number is not None else None


def _product(one: Sum | None, other: Sum | None) -> Sum | None:
    """A product of which one side is taken as it stands: that which holds no field, else the second."""
    if one is None or other is None:
        return None
    if not one.terms:
        return other.times(one.plain)
    factor = other.total
    return one.times(factor) if factor is not None else None


def _fact(place: SubjectPlace, name: str) -> Sum | None:
    ready = place.standard.facts[name]
    if ready.fact.over is None:
        return sum_of(place, f"facts.{name}.value", ready.node, through=name)
    if ready.fact.member_fold != "sum" or not (isinstance(ready.node, Ref) and ready.node.kind is NameKind.FIELD):
        return None
    rows = [
        row for row in place.rows_of(ready) if ready.where is None or row.value(f"facts.{name}.where", (), ready.where) is True
    ]
    found = [sum_of(row, f"facts.{name}.sum", ready.node, through=name) for row in rows]
    return (
        sum((one for one in found if one is not None), Sum(Fraction(0)))
        if rows and all(one is not None for one in found)
        else None
    )


def reached(term: Term, rest: Fraction, sign: Comparison) -> Iterator[tuple[Fraction, Comparison]]:
    """The nearest number with which ``factor * number + rest`` is over, under or at nothing, as the sign says."""
    bound = -rest / term.factor
    sign = MIRRORED[sign] if term.factor < 0 else sign
    start = term.value if term.value is not None else Fraction(0)
    steps = (bound - start) / term.step
    number: Fraction | None
    match sign:
        case ">":
            number = start + (floor(steps) + 1) * term.step
        case ">=":
            number = start + ceil(steps) * term.step
        case "<":
            number = start + (ceil(steps) - 1) * term.step
        case "<=":
            number = start + floor(steps) * term.step
        case "=":
            if steps != floor(steps):
                return
            number = bound
        case _:
            number = bound + term.step
    if term.value is None and number is not None and not term.within(number):
        # Whatever the field can hold is over or under it.
        number = term.least if sign in (">", ">=") else term.most
    if number is not None and term.within(number) and (term.value is not None or _holds(number, bound, sign)):
        yield number, sign


def _holds(number: Fraction, bound: Fraction, sign: Comparison) -> bool:
    match sign:
        case ">":
            return number > bound
        case ">=":
            return number >= bound
        case "<":
            return number < bound
        case "<=":
            return number <= bound
    return (number == bound) is (sign == "=")
