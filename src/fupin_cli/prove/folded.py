"""Facts over rows of other tables, as free as they can be: any value of their type that their rows could come to."""

from dataclasses import dataclass
from datetime import date

import z3

from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.prove.truth import Three, settled
from fupin_cli.prove.value import Value, exact
from fupin_cli.prove.world import World
from fupin_cli.rules.expression import Constant, NameKind, Ref
from fupin_cli.rules.standard import ReadyFact, ReadyStandard

NO = z3.BoolVal(False)


@dataclass(frozen=True)
class Folded:
    """A fact: its value, and for one over rows what leaves it open."""

    content: Value | Three
    #: Whether something in its rows cannot be read.
    tainted: z3.BoolRef = NO
    #: For one that takes a blank field's place by the value of a row: whether there is surely no such row.
    silent: Three | None = None
    #: Whether rows may be its own, or do not say what they are: while it is unknown they may hold what nobody knows.
    perhaps: z3.BoolRef = NO


def folded(world: World, standard: ReadyStandard, ready: ReadyFact, which: str = "") -> Folded:
    """A fact over rows of which nothing is known but its type; ``which`` tells several of the same fact apart."""
    label = f"{which}{standard.name}.{ready.name}"
    known, tainted = z3.Bool(f"{label} known"), z3.Bool(f"{label} tainted")
    content: Value | Three
    content = settled(z3.Bool(label), known) if ready.type is ValueType.BOOL else Value(known, _term(world, ready, label))
    silent = None
    if ready.fact.fills is not None and ready.fact.member_fold in ("min", "max"):
        silent = settled(z3.Bool(f"{label} silent"), z3.Bool(f"{label} silent known"))
        # Of no rows there is no smallest and no largest.
        world.facts.append(z3.Not(z3.And(silent.true, known)))
        return Folded(content, tainted, silent)
    perhaps = z3.Bool(f"{label} perhaps")
    world.facts.append(z3.Not(z3.And(perhaps, known)))
    return Folded(content, tainted, silent, perhaps)


def _term(world: World, ready: ReadyFact, label: str) -> z3.ArithRef:
    fold, node = ready.fact.member_fold, ready.node
    if fold in ("count", "distinct"):
        term = z3.Int(label)
        # Without any known value the number of different ones is unknown.
        world.facts.append(term >= (1 if fold == "distinct" else 0))
        return term
    if ready.type is ValueType.DATE and isinstance(node, Ref):
        return world.some_day(label)
    if ready.type is ValueType.DATE:
        term = z3.Int(label)
        world.facts += [term >= 1, term <= date.max.toordinal()]
        return term
    if isinstance(node, Constant) and not isinstance(node.value, str | bool) and fold != "sum":
        term = z3.Real(label)
        world.facts.append(term == exact(node.value))
        return term
    term = z3.Real(label)
    if isinstance(node, Ref) and node.kind is NameKind.FIELD:
        column = fields(str(ready.fact.over))[node.name]
        low, high = column.smallest, column.largest
        if fold == "sum":
            # Of no rows the sum is 0, and of many there is no largest.
            low, high = (0 if low is not None and low >= 0 else None), None
        world.within(term, low, high)
    return term
