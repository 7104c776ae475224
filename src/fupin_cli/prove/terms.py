"""Conditions of the rule language as conditions over unknowns, with SQL's three values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import z3

from fupin_cli.model.parameter import ParameterValue
from fupin_cli.model.values import ValueType
from fupin_cli.prove.functions import called
from fupin_cli.prove.truth import FALSE, TRUE, Three, all_of, any_of, both, either, none_of, settled
from fupin_cli.prove.value import Value, calculated, compared, constant
from fupin_cli.prove.world import World
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import (
    TRUE_OR_UNKNOWN,
    Among,
    Arithmetic,
    Call,
    Compare,
    Comparison,
    Constant,
    Junction,
    Negation,
    Node,
    NullTest,
    Ref,
)
from fupin_cli.rules.functions import FUNCTIONS

_MIRRORED: Mapping[Comparison, Comparison] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Quotient:
    """A value per head: given, or a dividend and a divisor; the quotient itself is never formed."""

    given: Value
    dividend: Value
    divisor: Value


class Names(Protocol):
    """What the names of a condition stand for."""

    def name(self, ref: Ref) -> Value | Three:
        """The value of a name."""

    def blank(self, field: str) -> Three:
        """Whether a field is surely blank."""

    def quotient(self, ref: Ref) -> Quotient | None:
        """The parts of a value per head; nothing for any other name."""

    def in_force(self, ref: Ref) -> Sequence[tuple[z3.BoolRef, ParameterValue]] | None:
        """When each value of a list is the one that counts."""


@dataclass(frozen=True)
class Terms:
    """Writes the conditions of one scope."""

    world: World
    names: Names
    #: (tree, place) → the truth value that is put in the place of what stands there.
    changed: Mapping[tuple[str, Path], Three] = field(default_factory=dict)

    def three(self, node: Node, tree: str, path: Path = ()) -> Three:
        """The truth value of a condition."""
        if (tree, path) in self.changed:
            return self.changed[tree, path]
        match node:
            case Junction(word=word, parts=parts):
                inner = [self.three(part, tree, (*path, index)) for index, part in enumerate(parts)]
                return both(inner) if word == "AND" else either(inner)
            case Negation(part=part):
                return self.three(part, tree, (*path, 0)).not_()
            case Constant(value=value):
                return TRUE if value is True else FALSE
            case Compare(left=left) if left.type is ValueType.BOOL:
                return self._same_truth(node, tree, path)
            case Compare(sign=sign, left=left, right=right):
                return self._comparison(sign, left, right)
            case Among(item=item) if item.type is ValueType.BOOL:
                return self._among_truths(node, tree, path)
            case Among(item=item, options=options):
                among = self.value(item)
                return settled(any_of(among.term == self.value(one).term for one in options), among.known)
            case NullTest(ref=ref):
                return self.names.blank(ref.name)
            case _:
                return self._truth(node, tree, path)

    def _truth(self, node: Node, tree: str, path: Path) -> Three:
        if isinstance(node, Call) and node.function == TRUE_OR_UNKNOWN:
            inner = self.three(node.arguments[0], tree, (*path, 0))
            self.world.guards.append(none_of(inner.false))
            return Three(inner.true, FALSE.true)
        found = self._call(node) if isinstance(node, Call) else self.names.name(node) if isinstance(node, Ref) else None
        if not isinstance(found, Three):
            raise TypeError(node)
        return found

    def value(self, node: Node) -> Value:
        """A number, day or text."""
        match node:
            case Constant(value=Decimal() as number):
                return constant(number)
            case Constant(value=str(text)):
                return Value(TRUE.true, self.world.texts.number(text))
            case Arithmetic(sign=sign, left=left, right=right):
                return calculated(sign, self.value(left), self.value(right))
            case Call():
                found = self._call(node)
            case Ref():
                found = self.names.name(node)
            case _:
                raise TypeError(node)
        if not isinstance(found, Value):
            raise TypeError(node)
        return found

    def _call(self, node: Call) -> Value | Three:
        lists = [self.names.in_force(a) for a in node.arguments if isinstance(a, Ref) and a.type is ValueType.LIST]
        plain = [a for a in node.arguments if a.type is not ValueType.LIST]
        last, literal = plain[-1], ""
        if FUNCTIONS[node.function].takes_code and isinstance(last, Constant):
            plain, literal = plain[:-1], str(last.value)
        return called(self.world, node.function, [self.value(a) for a in plain], literal, lists)

    def _comparison(self, sign: Comparison, left: Node, right: Node) -> Three:
        if isinstance(right, Ref) and self.names.quotient(right) is not None:
            return self._comparison(_MIRRORED[sign], right, left)
        quotient = self.names.quotient(left) if isinstance(left, Ref) else None
        other = self.value(right)
        if quotient is None:
            return compared(sign, self.value(left), other)
        given = compared(sign, quotient.given, other)
        whole = compared(sign, quotient.dividend, calculated("*", other, quotient.divisor))
        apart = none_of(quotient.given.known)
        return Three(any_of([given.true, all_of([apart, whole.true])]), any_of([given.false, all_of([apart, whole.false])]))

    def _same_truth(self, node: Compare, tree: str, path: Path) -> Three:
        left, right = self.three(node.left, tree, (*path, 0)), self.three(node.right, tree, (*path, 1))
        same = Three(
            any_of([all_of([left.true, right.true]), all_of([left.false, right.false])]),
            any_of([all_of([left.true, right.false]), all_of([left.false, right.true])]),
        )
        return same if node.sign == "=" else same.not_()

    def _among_truths(self, node: Among, tree: str, path: Path) -> Three:
        item = self.three(node.item, tree, (*path, 0))
        wanted = {one.value for one in node.options}
        return settled(any_of([item.true] * (True in wanted) + [item.false] * (False in wanted)), item.known)
