"""The value of every part of every condition: why a verdict is what it is, from the same query that gives the verdict."""

from collections.abc import Iterator

from fupin_cli.evaluate.forward import Forward
from fupin_cli.evaluate.sql import Writer, text_literal
from fupin_cli.model.parts import part_column
from fupin_cli.model.values import ValueType
from fupin_cli.rules.conditions import Path, parts, trees
from fupin_cli.rules.expression import Constant, NameKind, Node, Ref
from fupin_cli.rules.standard import ReadyFact


def shown_parts(node: Node) -> Iterator[tuple[Path, Node]]:
    """The parts of a tree that have a value of their own: not what is written there anyway, nor a list."""
    for path, part in parts(node):
        if not isinstance(part, Constant) and part.type is not ValueType.LIST:
            yield path, part


def add_parts(forward: Forward) -> None:
    """A column for each part of each tree about the subject itself. A quotient has none: its number is never formed."""
    quotients = forward.quotients()
    for tree in trees(forward.standard):
        for path, part in shown_parts(tree.node) if not tree.over else ():
            if not (isinstance(part, Ref) and part.kind is NameKind.FIELD and part.name in quotients):
                forward.layers.add(part_column(tree.key, path), forward.written(part))


def row_parts(ready: ReadyFact, relation: str, writer: Writer) -> str:
    """For each row that a fact looks at: the values of all parts of its two trees, as texts in the order of ``row_places``."""
    values = ", ".join(f"CAST({writer.write(part)} AS VARCHAR)" for _, _, part in row_places(ready))
    return f'SELECT {text_literal(ready.name)} AS "fact", "_i", "_member", [{values}] AS "values" FROM {relation}'


def row_places(ready: ReadyFact) -> list[tuple[str, Path, Node]]:
    """Tree, path and node of each part of a fact about rows that has a value of its own."""
    named = ((str(ready.fact.member_fold), ready.node), ("where", ready.where))
    return [
        (f"facts.{ready.name}.{name}", path, part) for name, node in named if node is not None for path, part in shown_parts(node)
    ]
