"""A condition with what it came to for one subject: the truth of each part, its values, and whether it could matter."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from fupin_cli.model.explanation import Named, Part
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import Value
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Junction,
    NameKind,
    Negation,
    Node,
    NullTest,
    Ref,
    children,
)
from fupin_cli.rules.wording import text_of

#: Stands for a name while a condition is written down, with its number.
_OPEN, _CLOSE = "\ue000", "\ue001"


class Place(Protocol):
    """A row that conditions are asked of, with what they came to there."""

    def value(self, key: str, path: Path, node: Node) -> Value:
        """What a part of a tree came to."""

    def named(self, key: str, path: Path, ref: Ref) -> Named:
        """What a name in it stands for."""


def tree_of(place: Place, key: str, node: Node, path: Path = (), *, matters: bool = True) -> Part:
    """A condition of a standard with the truth of each part."""
    value, text = place.value(key, path, node), text_of(node)
    if not joins_parts(node):
        worked = tuple(_worked(place, key, node, path))
        return Part("", text, value, matters, pieces=_pieces(place, key, node, path), worked=worked)
    word = node.word if isinstance(node, Junction) else "NOT"
    found = [
        tree_of(
            place, key, child, (*path, number), matters=matters and _counts(word, value, place.value(key, (*path, number), child))
        )
        for number, child in enumerate(children(node))
    ]
    return Part(word, text, value, matters, tuple(found))


def joins_parts(node: Node) -> bool:
    """Whether it is shown as a part with parts: AND, OR, and NOT over what is not simply written as one (NOT IN, IS NOT NULL)."""
    return isinstance(node, Junction) or (isinstance(node, Negation) and not isinstance(node.part, NullTest | Among))


def _counts(word: str, whole: Value, part: Value) -> bool:
    """Whether a part could make a difference: where others have decided already, only those do that decided, too."""
    decisive = word == "OR"
    if word == "NOT" or (whole is not None and whole is not decisive):
        return True
    return part is whole if whole is decisive else True


def _pieces(place: Place, key: str, node: Node, path: Path) -> tuple[str | Named, ...]:
    """What a condition asks, as text with the names in it."""
    refs = list(_refs(node, path))
    numbers = iter(range(len(refs)))
    text = text_of(_numbered(node, lambda: f"{_OPEN}{next(numbers)}{_CLOSE}"))
    pieces: list[str | Named] = []
    for part in text.split(_OPEN):
        number, closed, rest = part.partition(_CLOSE)
        if closed:
            where, ref = refs[int(number)]
            pieces.append(place.named(key, where, ref))
        pieces += [said for said in (rest if closed else part,) if said]
    return tuple(pieces)


def _worked(place: Place, key: str, node: Node, path: Path) -> Iterator[tuple[str, Value]]:
    """The functions and sums inside a condition with what they came to; not those inside these."""
    for number, child in enumerate(children(node)):
        if isinstance(child, Call) or (isinstance(child, Arithmetic) and not isinstance(node, Arithmetic)):
            value = place.value(key, (*path, number), child)
            if value is not None:
                yield text_of(child), value
        else:
            yield from _worked(place, key, child, (*path, number))


def _refs(node: Node, path: Path) -> Iterator[tuple[Path, Ref]]:
    """The names in a condition with their places, in the order in which they are written."""
    if isinstance(node, Ref):
        yield path, node
    for number, child in enumerate(children(node)):
        yield from _refs(child, (*path, number))


def _numbered(node: Node, name: Callable[[], str]) -> Node:
    """The condition with other names."""
    match node:
        case Ref():
            # As a field: a parameter's sign is not part of its name.
            return replace(node, name=name(), kind=NameKind.FIELD)
        case Junction(parts=parts):
            return replace(node, parts=tuple(_numbered(part, name) for part in parts))
        case Negation(part=part):
            return replace(node, part=_numbered(part, name))
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            first = _numbered(left, name)
            return replace(node, left=first, right=_numbered(right, name))
        case Among(item=item):
            return replace(node, item=_numbered(item, name))
        case NullTest(ref=ref):
            return replace(node, ref=replace(ref, name=name()))
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(_numbered(argument, name) for argument in arguments))
        case _:
            return node


def read(text: str | None, kind: ValueType) -> Value:
    """A value that the engine gave as text."""
    if text is None:
        return None
    match kind:
        case ValueType.BOOL:
            return text == "true"
        case ValueType.NUMBER:
            return Decimal(text)
        case ValueType.DATE:
            return date.fromisoformat(text)
        case _:
            return text
