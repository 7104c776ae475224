"""What facts over the same rows have to do with each other, and with what their rows are found by.

Facts over rows are free values otherwise; real rows are not as free. Each relation here is one that the engine's folds have.
"""

from collections.abc import Iterator
from itertools import permutations

import z3

from fupin_cli.prove.rows import Row
from fupin_cli.prove.subject import Subject
from fupin_cli.prove.terms import Terms
from fupin_cli.prove.truth import Three
from fupin_cli.prove.value import Value
from fupin_cli.prove.world import World
from fupin_cli.rules.expression import Constant, NameKind, Node, names
from fupin_cli.rules.standard import On, ReadyFact
from fupin_cli.rules.wording import without_places


def relate(world: World, subject: Subject) -> None:
    """Tell the solver what holds between the facts of a subject."""
    over_rows = [ready for ready in subject.standard.facts.values() if ready.fact.over is not None]
    world.facts += [found for ready in over_rows for found in _asked_by(world, subject, ready)]
    for one, other in permutations(over_rows, 2):
        if one.fact.over == other.fact.over and _joined_alike(one.on, other.on):
            world.facts += _between(subject, one, other)


def found_by(world: World, subject: str, ready: ReadyFact) -> list[z3.BoolRef]:
    """What is known of a row that belongs to a subject: everything that it is found by."""
    if ready.on is None:
        return []
    row = Row(world, subject, str(ready.fact.over))
    return [row.name(ref).known for ref in names(ready.on.over) if ref.kind is NameKind.FIELD]


def _asked_by(world: World, subject: Subject, ready: ReadyFact) -> Iterator[z3.BoolRef]:
    """Without a value to look for, nothing is known of the rows."""
    if ready.on is None:
        return
    table = subject.standard.subject
    mine = Terms(world, Row(world, table, table, ""), {}).value(ready.on.subject)
    yield z3.Implies(_known(subject, ready), mine.known)


def _between(subject: Subject, one: ReadyFact, other: ReadyFact) -> Iterator[z3.BoolRef]:
    """What a fact that asks of each row whether it is so says of another whose rows are exactly those."""
    if one.condition is None or one.fact.member_fold not in ("any", "count"):
        return
    says, known = subject.fact(one.name).content, _known(subject, other)
    if isinstance(says, Three):
        some, none = says.true, says.false
    else:
        some, none = z3.And(says.known, says.term >= 1), z3.And(says.known, says.term == 0)
    fold, content = other.fact.member_fold, subject.fact(other.name).content
    if fold in ("any", "count") and _same(_asked(one), _asked(other)):
        if isinstance(content, Three):
            yield z3.Implies(some, content.true)
            yield z3.Implies(none, content.false)
        else:
            yield z3.Implies(none, z3.And(content.known, content.term == 0))
            yield z3.Implies(z3.And(some, content.known), content.term >= 1)
    elif fold in ("min", "max", "distinct") and other.where is not None and _same(_asked(one), other.where):
        # Of no rows there is no smallest, no largest, and no value at all.
        yield z3.Implies(none, z3.Not(known))
        if fold == "distinct" and isinstance(says, Value) and isinstance(content, Value):
            yield z3.Implies(z3.And(says.known, content.known), content.term <= says.term)


def _asked(ready: ReadyFact) -> Node | None:
    """What is asked of each row; of ``any: "TRUE"`` only whether the row is meant."""
    only_meant = ready.where is not None and isinstance(ready.node, Constant) and ready.node.value is True
    return ready.where if only_meant else ready.condition


def _known(subject: Subject, ready: ReadyFact) -> z3.BoolRef:
    return subject.fact(ready.name).content.known


def _joined_alike(one: On | None, other: On | None) -> bool:
    if one is None or other is None:
        return one is other
    return _same(one.subject, other.subject) and _same(one.over, other.over)


def _same(one: Node | None, other: Node | None) -> bool:
    """Whether there are two trees that mean the same: laid out differently perhaps."""
    return one is not None and other is not None and without_places(one) == without_places(other)
