"""The tree of a condition: few node kinds, each typed, each knowing its place in the text.

Everything that reads conditions (SQL, explanations, proofs) walks this tree; the library that parses SQL is met in
``rules.parser`` only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal as OneOf

from fupin_cli.model.values import ValueType

Comparison = OneOf["=", "<>", "<", "<=", ">", ">="]
Sign = OneOf["+", "-", "*"]


class NameKind(StrEnum):
    """What a name in a condition stands for."""

    FIELD = "field"
    FACT = "fact"
    CHECK = "check"
    PARAMETER = "parameter"
    #: The day on which the subject is judged.
    AS_OF = "as_of"


@dataclass(frozen=True)
class Node:
    """A part of a condition; ``offset`` is where it starts in the text."""

    type: ValueType
    offset: int


@dataclass(frozen=True)
class Constant(Node):
    """A number, text or truth value."""

    value: Decimal | str | bool


@dataclass(frozen=True)
class Ref(Node):
    """A name."""

    name: str
    kind: NameKind


@dataclass(frozen=True)
class Junction(Node):
    """AND or OR over two or more conditions."""

    word: OneOf["AND", "OR"]
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Negation(Node):
    """NOT."""

    part: Node


@dataclass(frozen=True)
class Compare(Node):
    """Two values of one type, compared."""

    sign: Comparison
    left: Node
    right: Node


@dataclass(frozen=True)
class Among(Node):
    """IN a list of constants."""

    item: Node
    options: tuple[Constant, ...]


@dataclass(frozen=True)
class Arithmetic(Node):
    """A sum, difference or product."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True)
class NullTest(Node):
    """Whether nothing stands in a field (never whether something unreadable does)."""

    ref: Ref


@dataclass(frozen=True)
class Call(Node):
    """One of our functions."""

    function: str
    arguments: tuple[Node, ...]


#: The one function of a condition: it takes away the answer "no".
TRUE_OR_UNKNOWN = "true_or_unknown"


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, left to right."""
    match node:
        case Junction(parts=parts):
            return parts
        case Negation(part=part):
            return (part,)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Among(item=item, options=options):
            return (item, *options)
        case NullTest(ref=ref):
            return (ref,)
        case Call(arguments=arguments):
            return arguments
        case _:
            return ()


def paths(node: Node, above: tuple[Node, ...] = ()) -> Iterator[tuple[tuple[Node, ...], Ref]]:
    """Every name in a condition with the nodes above it, outermost first."""
    if isinstance(node, Ref):
        yield above, node
    for child in children(node):
        yield from paths(child, (*above, node))


def names(node: Node) -> list[Ref]:
    """The names in a condition, each once, in order of appearance."""
    found: dict[tuple[str, NameKind], Ref] = {}
    for _, ref in paths(node):
        found.setdefault((ref.name, ref.kind), ref)
    return list(found.values())
