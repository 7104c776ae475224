"""What no subject of a standard can bring about; and where one can, a subject that does.

Impossible means proved: for every content of every cell, every year and day of judgement, and everything that rows of other
tables could come to. What is not impossible here may still be so, because facts over rows are freer than real rows.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import z3

from fupin_cli.prove.related import found_by, relate
from fupin_cli.prove.rows import Row
from fupin_cli.prove.subject import Change, Subject
from fupin_cli.prove.terms import Terms
from fupin_cli.prove.truth import FALSE, TRUE, Three, all_of, any_of, both, either, none_of
from fupin_cli.prove.world import World
from fupin_cli.rules.conditions import Path, Tree, Truth, never_says_no, trees
from fupin_cli.rules.expression import Node, children
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: What one question may cost, in the solver's own units: some seconds, but the same on a machine that is busy or slow.
PATIENCE = 10_000_000


class Prover:
    """Asks one solver about one standard."""

    def __init__(self, standard: ReadyStandard, parameters: Parameters, patience: int = PATIENCE) -> None:
        self.standard, self.parameters = standard, parameters
        self.world = World(standard, parameters)
        self.subject = Subject(standard, self.world)
        relate(self.world, self.subject)
        self.trees = {tree.key: tree for tree in trees(standard)}
        self.solver = z3.Solver()
        self.solver.set("rlimit", patience)
        #: Questions that cost too much: nothing is proved of them.
        self.given_up = 0
        self._told, self._taken = set[int](), 0

    # What coverage asks.

    def impossible_to_see(self, key: str, path: Path, truth: Truth) -> bool:
        """Whether no case and no subject can give a condition this value; True only where that is proved."""
        return self.impossible(self.seen(key, path, truth))

    def impossible_to_decide(self, key: str, path: Path, truth: bool) -> bool:  # coverage asks by value
        """Whether a condition of this value can never decide alone; True only where that is proved."""
        return self.impossible(self.decides(key, path, truth))

    def seen(self, key: str, path: Path, truth: Truth) -> list[z3.BoolRef]:
        """When a condition has a value: of the subject itself, or of one of its rows."""
        tree = self.trees[key]
        row = found_by(self.world, self.standard.subject, self.standard.facts[key.split(".")[1]]) if tree.over else []
        return [self._value(tree, path).is_(truth), *row]

    def decides(self, key: str, path: Path, truth: bool) -> list[z3.BoolRef]:  # coverage asks by value
        """When it makes a difference whether TRUE or FALSE stands in a condition's place, everything else as it is."""
        return [*self.seen(key, path, truth), self._differs(self.trees[key], path)]

    # Asking.

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self._take_over()
        level = self.solver.num_scopes()
        self.solver.push()
        try:
            yield
        finally:
            self.solver.pop(self.solver.num_scopes() - level)

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
        calendar = self.world.calendar
        with self._asking():
            self.solver.add(*asked, *calendar.holding(calendar.days_in(asked)), *([self.world.sensible] if sensible else []))
            answer = self.solver.check()
        self.given_up += answer == z3.unknown
        return bool(answer == z3.unsat)

    def model(
        self, wanted: Iterable[z3.BoolRef], *wishes: Iterable[z3.BoolRef], days: frozenset[int] | None = None
    ) -> z3.ModelRef | None:
        """Something that is so, with as many of the wishes as can be had, the first ones first; none where there is none.

        ``days``: of these alone year, month and day are right, which costs much less; what takes others apart must not be asked.
        """
        asked = list(wanted)
        with self._asking():
            self.solver.add(*asked, *self.world.calendar.holding(days), self.world.sensible)
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

    def _differs(self, tree: Tree, path: Path) -> z3.BoolRef:
        """Whether it makes a difference: to the verdict; else to a check, a fact, or what a row adds to one."""
        section, _, rest = tree.key.partition(".")
        name = rest.partition(".")[0]
        if section == "facts":
            return _apart(*(self._says(tree, path, value) for value in (TRUE, FALSE)))
        one, other = (self._changed(tree, path, value) for value in (TRUE, FALSE))
        if section == "checks" and self.standard.checks[name].check.severity != "gate":
            first, second = one.status(name), other.status(name)
            return any_of(all_of([first[status], none_of(second[status])]) for status in first)
        # What never says no leaves the verdict open in place of settling it in another way.
        return different(one, other, open_counts=never_says_no(tree.node, path))

    def _says(self, tree: Tree, path: Path, value: Three) -> Three:
        """A fact of the subject's own fields, or what one row says to a fact, with a value in the condition's place."""
        ready, changed = self.standard.facts[tree.key.split(".")[1]], {(tree.key, path): value}
        if not tree.over:
            return Terms(self.world, self.subject, changed).three(ready.node, tree.key)
        terms = self._row_terms(tree, changed)
        fold = str(ready.fact.member_fold)
        meant = terms.three(ready.where, f"facts.{ready.name}.where") if ready.where is not None else TRUE
        if ready.condition is None and tree.key.endswith(".where"):
            return meant
        says = terms.three(ready.node, f"facts.{ready.name}.{fold}")
        if ready.condition is None:
            return Three(all_of([meant.true, says.true]), all_of([meant.true, says.false]))
        return either([meant.not_(), says]) if fold == "all" else both([meant, says])

    def _changed(self, tree: Tree, path: Path, value: Three) -> Subject:
        return Subject(self.standard, self.world, Change(conditions={(tree.key, path): value}), self.subject)


def different(one: Subject, other: Subject, *, open_counts: bool = False) -> z3.BoolRef:
    """Whether two verdicts are settled, and differ; the second may be open, too, where that counts."""
    first, second = one.outcomes(), other.outcomes()
    settled = TRUE.true if open_counts else any_of(second.values())
    return any_of(all_of([first[name], settled, none_of(second[name])]) for name in first)


def _apart(one: Three, other: Three) -> z3.BoolRef:
    """Whether two truth values differ, unknown being one of them."""
    return z3.Or(one.true != other.true, one.false != other.false)


def _part(node: Node, path: Path) -> Node:
    for index in path:
        node = children(node)[index]
    return node
