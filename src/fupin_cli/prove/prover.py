"""What no subject of a standard can bring about; and where one can, a subject that does.

Impossible means proved: for every content of every cell, every year and day of judgement, and everything that rows of other
tables could come to. What is not impossible here may still be so, because facts over rows are freer than real rows.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import z3

from fupin_cli.prove.folded import Folded, folded
from fupin_cli.prove.rows import Row
from fupin_cli.prove.subject import Change, Subject
from fupin_cli.prove.terms import Terms
from fupin_cli.prove.truth import FALSE, TRUE, Three, all_of, any_of, none_of
from fupin_cli.prove.world import World
from fupin_cli.rules.conditions import Path, Tree, Truth, trees
from fupin_cli.rules.expression import Node, children
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Milliseconds that one question may take.
PATIENCE = 2000


class Prover:
    """Asks one solver about one standard."""

    def __init__(self, standard: ReadyStandard, parameters: Parameters, patience: int = PATIENCE) -> None:
        self.standard, self.parameters = standard, parameters
        self.world = World(standard, parameters)
        self.subject = Subject(standard, self.world)
        self.trees = {tree.key: tree for tree in trees(standard)}
        self.solver = z3.Solver()
        self.solver.set("timeout", patience)
        #: Questions that took too long: nothing is proved of them.
        self.given_up = 0
        self._told, self._taken = set[int](), 0
        self._forced: dict[tuple[str, Path], list[tuple[z3.BoolRef, z3.BoolRef]]] = {}

    # What coverage asks.

    def impossible_to_see(self, key: str, path: Path, truth: Truth) -> bool:
        """Whether no case and no subject can give a condition this value; True only where that is proved."""
        return self.impossible(self.seen(key, path, truth))

    def impossible_to_decide(self, key: str, path: Path, truth: bool) -> bool:  # coverage asks by value
        """Whether a condition of this value can never decide alone; True only where that is proved."""
        return self.impossible(self.decides(key, path, truth))

    def seen(self, key: str, path: Path, truth: Truth) -> list[z3.BoolRef]:
        """When a condition has a value: of the subject itself, or of one of its rows."""
        return [self._value(self.trees[key], path).is_(truth)]

    def decides(self, key: str, path: Path, truth: bool) -> list[z3.BoolRef]:  # coverage asks by value
        """When putting TRUE and putting FALSE in a condition's place settles two different outcomes, or two statuses."""
        tree = self.trees[key]
        differs = [any_of(one_way) for one_way in self._differences(tree, path)]
        return [*self.seen(key, path, truth), *differs]

    # Asking.

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self._take_over()
        self.solver.push()
        try:
            yield
        finally:
            self.solver.pop()

    def _take_over(self) -> None:
        """Tell the solver what holds of everything that has been named since it was asked last."""
        for fact in self.world.facts[self._taken :]:
            if fact.get_id() not in self._told:
                self._told.add(fact.get_id())
                self.solver.add(fact)
        self._taken = len(self.world.facts)

    def impossible(self, wanted: Iterable[z3.BoolRef], *, sensible: bool = True) -> bool:
        """Whether nothing can be so; within the bounds of sensible values unless told otherwise."""
        asked = list(wanted)
        with self._asking():
            self.solver.add(*asked, *([self.world.sensible] if sensible else []))
            answer = self.solver.check()
        self.given_up += answer == z3.unknown
        return bool(answer == z3.unsat)

    def model(self, wanted: Iterable[z3.BoolRef], *wishes: Iterable[z3.BoolRef]) -> z3.ModelRef | None:
        """Something that is so, with as many of the wishes as can be had, the first ones first; none where there is none."""
        asked = list(wanted)
        with self._asking():
            self.solver.add(*asked, self.world.sensible)
            if self.solver.check() != z3.sat:
                return None
            found = self.solver.model()
            for wish in wishes:
                self.solver.push()
                self.solver.add(*wish)
                if self.solver.check() == z3.sat:
                    found = self.solver.model()
                else:
                    self.solver.pop()
            return found

    # Conditions and what they decide.

    def _value(self, tree: Tree, path: Path) -> Three:
        terms = self._row_terms(tree) if tree.over else self.subject.terms
        return terms.three(_part(tree.node, path), tree.key, path)

    def _row_terms(self, tree: Tree, changed: dict[tuple[str, Path], Three] | None = None) -> Terms:
        return Terms(self.world, Row(self.world, self.standard.subject, tree.over), changed or {})

    def _differences(self, tree: Tree, path: Path) -> list[list[z3.BoolRef]]:
        """Each has to hold in one of its ways: the row says something else, and so does the verdict or the check."""
        name = tree.key.split(".")[1] if "." in tree.key else ""
        if tree.key.startswith("checks.") and self.standard.checks[name].check.severity != "gate":
            one, other = (self._changed(tree, path, value).status(name) for value in (TRUE, FALSE))
            return [[all_of([one[status], none_of(other[status])]) for status in one]]
        if not tree.over:
            return [self._verdicts(self._changed(tree, path, TRUE), self._changed(tree, path, FALSE))]
        free = [folded(self.world, self.standard, self.standard.facts[name], f"{which} ") for which in ("before", "after")]
        # The row is another one with the condition changed, and the fact anything on either side.
        before, after = (self._row(tree, path, value) for value in (TRUE, FALSE))
        changed = [self._with_fact(name, fact) for fact in free]
        return [[_apart(before, after)], self._verdicts(*changed)]

    def _row(self, tree: Tree, path: Path, value: Three) -> Three | None:
        if tree.node.type.value != "bool":
            return None
        return self._row_terms(tree, {(tree.key, path): value}).three(tree.node, tree.key)

    def _changed(self, tree: Tree, path: Path, value: Three) -> Subject:
        return Subject(self.standard, self.world, Change(conditions={(tree.key, path): value}), self.subject)

    def _with_fact(self, name: str, fact: Folded) -> Subject:
        return Subject(self.standard, self.world, Change(facts={name: fact}), self.subject)

    @staticmethod
    def _verdicts(one: Subject, other: Subject) -> list[z3.BoolRef]:
        """The ways in which two verdicts are settled and differ."""
        first, second = one.outcomes(), other.outcomes()
        settled = any_of(second.values())
        return [all_of([first[name], settled, none_of(second[name])]) for name in first]


def _apart(one: Three | None, other: Three | None) -> z3.BoolRef:
    """Whether two truth values differ; of what is no condition nothing is said."""
    if one is None or other is None:
        return z3.BoolVal(True)
    return z3.Or(one.true != other.true, one.false != other.false)


def _part(node: Node, path: Path) -> Node:
    for index in path:
        node = children(node)[index]
    return node
