"""A tree of a condition as text again: one spelling for what means the same, however it was laid out."""

from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from fupin_cli.rules.expression import (
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
)

#: How tightly a node binds; a part that binds less than what stands around it needs parentheses.
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _ATOM = range(7)


def text_of(node: Node) -> str:
    """The condition in the rule language; parsed again it gives the same tree."""
    match node:
        case Constant(value=value):
            return _constant(value)
        case Ref(name=name, kind=kind):
            return f"${name}" if kind is NameKind.PARAMETER else name
        case Junction(word=word, parts=parts):
            return f" {word} ".join(_inside(part, _binding(node) + 1) for part in parts)
        case Negation(part=part):
            return _negated(part)
        case Compare(sign=sign, left=left, right=right):
            return f"{_inside(left, _SUM)} {sign} {_inside(right, _SUM)}"
        case Among(item=item, options=options):
            return f"{_inside(item, _SUM)} IN ({', '.join(text_of(option) for option in options)})"
        case Arithmetic(sign=sign, left=left, right=right):
            binding = _binding(node)
            return f"{_inside(left, binding)} {sign} {_inside(right, binding + 1)}"
        case NullTest(ref=ref):
            return f"{ref.name} IS NULL"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(text_of(argument) for argument in arguments)})"
        case _:
            raise TypeError(node)


def without_places(node: Node) -> Node:
    """The tree with no memory of where its parts stood: equal for conditions that were only laid out differently."""
    match node:
        case Junction(parts=parts):
            # Parentheses around a part that is joined by the same word are layout, too.
            plain = [without_places(part) for part in parts]
            inner = [part.parts if isinstance(part, Junction) and part.word == node.word else (part,) for part in plain]
            return replace(node, offset=0, parts=tuple(part for several in inner for part in several))
        case Negation(part=part):
            return replace(node, offset=0, part=without_places(part))
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return replace(node, offset=0, left=without_places(left), right=without_places(right))
        case Among(item=item, options=options):
            return replace(node, offset=0, item=without_places(item), options=tuple(replace(one, offset=0) for one in options))
        case NullTest(ref=ref):
            return replace(node, offset=0, ref=replace(ref, offset=0))
        case Call(arguments=arguments):
            return replace(node, offset=0, arguments=tuple(map(without_places, arguments)))
        case _:
            return replace(node, offset=0)


def _negated(part: Node) -> str:
    match part:
        case NullTest(ref=ref):
            return f"{ref.name} IS NOT NULL"
        case Among(item=item, options=options):
            return f"{_inside(item, _SUM)} NOT IN ({', '.join(text_of(option) for option in options)})"
        case _:
            return f"NOT {_inside(part, _ATOM)}"


def _binding(node: Node) -> int:
    match node:
        case Junction(word=word):
            return _OR if word == "OR" else _AND
        case Negation(part=NullTest() | Among()):
            return _COMPARISON
        case Negation():
            return _NOT
        case Compare() | Among() | NullTest():
            return _COMPARISON
        case Arithmetic(sign=sign):
            return _PRODUCT if sign == "*" else _SUM
        case _:
            return _ATOM


def _inside(node: Node, binding: int) -> str:
    text = text_of(node)
    return text if _binding(node) >= binding else f"({text})"


def _constant(value: Decimal | str | bool) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case Decimal():
            return f"{value:f}"
        case _:
            assert_never(value)
