"""Conditions that are always true or never: with some mistake in them, since nobody writes a rule that says nothing.

A part in which every name stands once can only be constant where a constant stands alone or a list holds every code. For the few
others representative values are tried: for numbers and days every order relative to one another and to the numbers written
there, for texts those that are written and others. What is too much to try is left to the proofs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

from fupin_cli.model.values import ValueType
from fupin_cli.rules.conditions import Truth, conditions, parts, truth
from fupin_cli.rules.expression import (
    TRUE_OR_UNKNOWN,
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Junction,
    NameKind,
    Negation,
    Node,
    NullTest,
    Ref,
    paths,
)
from fupin_cli.rules.functions import FUNCTIONS
from fupin_cli.rules.scope import Known
from fupin_cli.rules.wording import text_of

#: So many combinations are tried at most.
MOST = 2048
#: So many are tried first, from all over.
FEW = 24

_Value = Fraction | str | bool | None


@dataclass
class _Names:
    """What is compared in a part: each name, or value made of names, with the type that it has."""

    values: dict[str, Node] = field(default_factory=dict)
    #: How often each is named.
    times: dict[str, int] = field(default_factory=dict)
    constants: list[Decimal | str | bool] = field(default_factory=list)
    #: Fields that may be blank because it is asked whether they are.
    tested: set[str] = field(default_factory=set)

    def add(self, node: Node) -> None:
        """One side of a comparison, or a condition by itself."""
        number = _plain(node)
        if number is not None:
            self.constants.append(number)
            return
        key = text_of(node)
        self.values[key] = node
        self.times[key] = self.times.get(key, 0) + 1


def constant_part(root: Node, known: Mapping[str, Known]) -> tuple[Node, bool] | None:
    """The first smallest part of a condition that is always true, or never (then False); nothing where each says something."""
    named = [ref.name for _, ref in paths(root)]
    # What joins conditions can only be constant where they have a name in common.
    joined = len(named) > len(set(named))
    inner = [part for _, part in parts(root) if _says(part) and (joined or not isinstance(part, Junction))]
    # The smallest part says best what is wrong.
    for part in reversed(inner):
        found = _always(part, known)
        if found is not None:
            return part, found
    return None


def _says(part: Node) -> bool:
    """Whether it is a condition that could be constant; of what is negated that was asked already."""
    return part.type is ValueType.BOOL and not isinstance(part, Ref | Call | NullTest | Negation)


def _always(part: Node, known: Mapping[str, Known]) -> bool | None:
    if isinstance(part, Constant):
        return part.value is True
    named = _named(part)
    if not _may_be_constant(part, named, known):
        return None
    values = [_values(key, named, known) for key in named.values]
    leaves = {path: _reader(leaf, list(named.values)) for path, leaf in conditions(part)}
    seen: set[Truth] = set()
    never_false = any(isinstance(inner, Call) and inner.function == TRUE_OR_UNKNOWN for _, inner in parts(part))
    for chosen in (*_spread(values), *(product(*values) if prod(map(len, values)) <= MOST else ())):
        seen.add(truth(part, lambda path, _, chosen=chosen: leaves[path](chosen)))  # type: ignore[misc]  # mypy knows no defaults
        if {True, False} <= seen or (never_false and None in seen):
            return None
    return None if prod(map(len, values)) > MOST else True in seen


def _spread(values: Sequence[Sequence[_Value]]) -> Iterator[tuple[_Value, ...]]:
    """A few combinations that have little in common: nearly every condition that can be both is soon seen to be."""
    for number in range(FEW):
        yield tuple(one[(number * (place + 1) + number // (place + 2)) % len(one)] for place, one in enumerate(values))


def _named(part: Node) -> _Names:
    found = _Names()
    for _, leaf in conditions(part):
        match leaf:
            case Compare(left=left, right=right):
                found.add(left)
                found.add(right)
            case Among(item=item, options=options):
                found.add(item)
                found.constants += [option.value for option in options]
            case NullTest(ref=ref):
                found.add(ref)
                found.tested.add(ref.name)
            case _:
                found.add(leaf)
    return found


def _may_be_constant(part: Node, named: _Names, known: Mapping[str, Known]) -> bool:
    if any(times > 1 for times in named.times.values()) or not named.values:
        return True
    if isinstance(part, Among):
        codes = _codes(part.item, known)
        return bool(codes) and {option.value for option in part.options} >= set(codes)
    return False


def _codes(node: Node, known: Mapping[str, Known]) -> Sequence[str]:
    """The only texts that something can be; empty where there are others."""
    if isinstance(node, Ref) and node.kind is NameKind.FIELD:
        return known[node.name].codes if known[node.name].one_code else ()
    return FUNCTIONS[node.function].codes if isinstance(node, Call) else ()


def _values(key: str, named: _Names, known: Mapping[str, Known]) -> Sequence[_Value]:
    """Representative values of a name."""
    node = named.values[key]
    alike = sum(1 for other in named.values.values() if other.type is node.type)
    blank: list[_Value] = [None] if key in named.tested else []
    match node.type:
        case ValueType.BOOL:
            return [True, False, *blank]
        case ValueType.TEXT:
            written = [text for text in named.constants if isinstance(text, str)]
            others = [f"\0{number}" for number in range(alike)]
            return [*(_codes(node, known) or dict.fromkeys([*written, *others])), *blank]
        case _:
            numbers = sorted({Fraction(number) for number in named.constants if isinstance(number, Decimal)})
            return [*_around(numbers, alike), *blank]


def _around(numbers: Sequence[Fraction], many: int) -> Iterator[Fraction]:
    """Each number, and so many between, below and above them that as many names can stand there in any order."""
    if not numbers:
        yield from (Fraction(step) for step in range(many))
        return
    yield from (numbers[0] - step for step in range(many, 0, -1))
    for index, number in enumerate(numbers):
        yield number
        following = numbers[index + 1] if index + 1 < len(numbers) else number + many + 1
        yield from (number + (following - number) * step / (many + 1) for step in range(1, many + 1))


def _reader(leaf: Node, keys: Sequence[str]) -> Callable[[tuple[_Value, ...]], Truth]:
    """The value of a condition from the values of the names, which stand in the order of the keys."""
    match leaf:
        case Compare(sign=sign, left=left, right=right):
            one, other = _of(left, keys), _of(right, keys)
            return lambda chosen: _compared(sign, one(chosen), other(chosen))
        case Among(item=item, options=options):
            value, wanted = _of(item, keys), {_exact(option.value) for option in options}
            return lambda chosen: None if value(chosen) is None else value(chosen) in wanted
        case NullTest(ref=ref):
            tested = _of(ref, keys)
            return lambda chosen: tested(chosen) is None
        case _:
            said = _of(leaf, keys)
            return lambda chosen: found if isinstance(found := said(chosen), bool) else None


def _of(node: Node, keys: Sequence[str]) -> Callable[[tuple[_Value, ...]], _Value]:
    plain = _plain(node)
    if plain is not None:
        value = _exact(plain)
        return lambda _: value
    place = keys.index(text_of(node))
    return lambda chosen: chosen[place]


def _exact(value: Decimal | str | bool) -> _Value:
    return Fraction(value) if isinstance(value, Decimal) else value


def _compared(sign: str, left: _Value, right: _Value) -> Truth:
    if left is None or right is None:
        return None
    if sign in ("=", "<>"):
        return (left == right) is (sign == "=")
    if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
        return None
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]


def _plain(node: Node) -> Decimal | str | bool | None:
    """The value of what is written out, be it a sum of numbers."""
    match node:
        case Constant(value=value):
            return value
        case Arithmetic(sign=sign, left=left, right=right):
            one, other = _plain(left), _plain(right)
            if isinstance(one, Decimal) and isinstance(other, Decimal):
                return one + other if sign == "+" else one - other if sign == "-" else one * other
    return None
