"""Which figures a condition asks to be no larger than which: of days, what comes first."""

from collections.abc import Iterator

from sqlglot import exp

from fupin_cli.rules.sqltree import sql_tree


def ordered(condition: str) -> Iterator[tuple[str, str]]:
    """Pairs of names, the smaller or earlier one first, that hold whenever the condition does: nothing from within OR and NOT."""
    for part in _parts(sql_tree(condition)):
        if isinstance(part, (exp.LTE, exp.LT, exp.GTE, exp.GT)):
            sides = part.left, part.right
            if all(isinstance(side, exp.Column) for side in sides):
                first, later = (side.name for side in sides)
                yield (first, later) if isinstance(part, (exp.LTE, exp.LT)) else (later, first)


def _parts(tree: exp.Expr) -> Iterator[exp.Expr]:
    """What AND joins."""
    bare = tree.unnest()
    if isinstance(bare, exp.And):
        yield from _parts(bare.left)
        yield from _parts(bare.right)
    else:
        yield bare
