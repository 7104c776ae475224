"""Numbers, days and texts that may be unknown: money as exact reals, days as day numbers, texts as numbers of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import z3

from fupin_cli.prove.truth import Three, all_of, settled
from fupin_cli.rules.expression import Comparison, Sign


@dataclass(frozen=True)
class Value:
    """A value, and whether it is known; what ``term`` is where it is not known means nothing."""

    known: z3.BoolRef
    term: z3.ArithRef
    #: Where it is one of a few numbers: the condition of each. Products with it stay linear, which is quickly decided.
    cases: Sequence[tuple[z3.BoolRef, Decimal]] = ()

    def unless(self, condition: z3.BoolRef) -> "Value":
        """The value, but unknown where the condition holds."""
        return replace(self, known=all_of([self.known, z3.Not(condition)]))


def exact(number: Decimal) -> z3.ArithRef:
    """A number of the law as an exact real; a whole one as an integer."""
    if number == number.to_integral_value():
        return z3.IntVal(int(number))
    return z3.RealVal(str(number))


def constant(number: Decimal) -> Value:
    """A known number."""
    return Value(z3.BoolVal(True), exact(number), ((z3.BoolVal(True), number),))


def chosen(cases: Sequence[tuple[z3.BoolRef, Decimal]]) -> Value:
    """The number of the first case that holds; unknown where none does."""
    term: z3.ArithRef = exact(cases[-1][1]) if cases else z3.IntVal(0)
    for condition, number in reversed(cases[:-1]):
        term = z3.If(condition, exact(number), term)
    return Value(z3.Or(*(condition for condition, _ in cases)), term, tuple(cases))


def compared(sign: Comparison, left: Value, right: Value) -> Three:
    """A comparison of two values of one type."""
    return settled(_compared(sign, left.term, right.term), all_of([left.known, right.known]))


def _compared(sign: Comparison, left: z3.ArithRef, right: z3.ArithRef) -> z3.BoolRef:
    match sign:
        case "=":
            return left == right
        case "<>":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right


def calculated(sign: Sign, left: Value, right: Value) -> Value:
    """A sum, difference or product."""
    known = all_of([left.known, right.known])
    match sign:
        case "+":
            return Value(known, left.term + right.term)
        case "-":
            return Value(known, left.term - right.term)
        case "*":
            return Value(known, _product(left, right))


def _product(left: Value, right: Value) -> z3.ArithRef:
    few, other = (right, left) if right.cases else (left, right)
    if not few.cases:
        return left.term * right.term
    term = other.term * exact(few.cases[-1][1])
    for condition, number in reversed(few.cases[:-1]):
        term = z3.If(condition, other.term * exact(number), term)
    return term
