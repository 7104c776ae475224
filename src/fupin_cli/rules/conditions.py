"""The conditions of a standard, each with its place: what a proof, a coverage report or an explanation speaks of.

A *tree* is one expression of a standard, known by its path in the YAML file (``checks.income.require``). A *condition* is a part
of it that is true, false or unknown and is not itself joined by AND, OR, NOT: known by the child indexes that lead to it.
What stands in ``true_or_unknown`` is a condition, too: the function itself is none, since nothing could make it false.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import TRUE_OR_UNKNOWN, Call, Constant, Junction, Negation, Node, children
from fupin_cli.rules.standard import ReadyStandard

#: Child indexes from the root of a tree.
Path = tuple[int, ...]
Truth = bool | None


@dataclass(frozen=True)
class Tree:
    """One expression of a standard."""

    #: Its path in the YAML file, joined by points.
    key: str
    node: Node
    #: Table of the rows that it is asked of, where that is not the subject's own.
    over: str = ""


def trees(standard: ReadyStandard) -> list[Tree]:
    """Every expression of a standard, in the order of the file: applies, facts, checks, decision rows."""
    found = [Tree("applies", standard.applies)] if standard.applies is not None else []
    for name, ready in standard.facts.items():
        over = ready.fact.over or ""
        found.append(Tree(f"facts.{name}.{ready.fact.member_fold or 'value'}", ready.node, over))
        if ready.where is not None:
            found.append(Tree(f"facts.{name}.where", ready.where, over))
    for name, check in standard.checks.items():
        found += [Tree(f"checks.{name}.applies", check.applies)] if check.applies is not None else []
        found.append(Tree(f"checks.{name}.require", check.require))
    found += [Tree(f"decide.{index}.when", row.when) for index, row in enumerate(standard.rows) if row.when is not None]
    return found


def parts(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every part of a tree with its path, each before its own parts."""
    yield path, node
    for index, child in enumerate(children(node)):
        yield from parts(child, (*path, index))


def conditions(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The conditions of a tree with their paths, left to right. A tree that is no condition has none, nor has a constant."""
    match node:
        case Junction() | Negation() | Call(function="true_or_unknown"):
            for index, child in enumerate(children(node)):
                yield from conditions(child, (*path, index))
        case Constant():
            return
        case _ if node.type is ValueType.BOOL:
            yield path, node


def never_says_no(node: Node, path: Path) -> bool:
    """Whether a condition of a tree stands in ``true_or_unknown``: that it does not hold settles nothing."""
    for index in path:
        if isinstance(node, Call) and node.function == TRUE_OR_UNKNOWN:
            return True
        node = children(node)[index]
    return False


def truth(node: Node, known: Callable[[Path, Node], Truth], path: Path = ()) -> Truth:
    """The value of a tree by SQL's three-valued logic, from the values of its conditions."""
    match node:
        case Constant(value=bool(value)):
            return value
        case Negation(part=part):
            inner = truth(part, known, (*path, 0))
            return None if inner is None else not inner
        case Call(function="true_or_unknown", arguments=(part,)):
            return truth(part, known, (*path, 0)) or None
        case Junction(word=word, parts=inside):
            found = [truth(part, known, (*path, index)) for index, part in enumerate(inside)]
            decisive = word == "OR"
            return decisive if decisive in found else None if None in found else not decisive
        case _:
            return known(path, node)


def replaced(known: Mapping[Path, Truth], path: Path, value: Truth) -> Callable[[Path, Node], Truth]:
    """Values of conditions with another one in one place."""
    return lambda place, _: value if place == path else known[place]
