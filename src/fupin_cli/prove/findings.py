"""What is wrong with the conditions of a standard: what is written and never happens, and who has no verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import z3

from fupin_cli.model.proof import FindingKind
from fupin_cli.prove.household import in_force, without_conflicts
from fupin_cli.prove.prover import Prover
from fupin_cli.prove.subject import FAIL, PASS, Subject
from fupin_cli.prove.truth import Three, any_of, none_of
from fupin_cli.rules.conditions import Path, Tree, conditions
from fupin_cli.rules.expression import NameKind, Node, names
from fupin_cli.rules.wording import text_of

Conditions = list[z3.BoolRef]


@dataclass(frozen=True)
class Found:
    """A finding: what never happens, where it is written, and what a subject that shows it is like, the telling ones first."""

    kind: FindingKind
    tree: str
    offset: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    note: bool = False
    show: Sequence[Conditions] = ()
    #: For a property: the subject after the change.
    after: Subject | None = None


class Findings:
    """Asks one prover everything."""

    def __init__(self, prover: Prover) -> None:
        self.prover, self.standard, self.subject = prover, prover.standard, prover.subject
        self.asked = 0
        #: What is asked about is in force.
        self.now = in_force(prover, prover.subject)
        #: Trees of which something was found already: of their parts nothing more is said.
        self.told: set[str] = set()

    def never(self, *wanted: z3.BoolRef, sensible: bool = True) -> bool:
        """Whether something is impossible while the pack is in force."""
        self.asked += 1
        return self.prover.impossible([*wanted, *self.now], sensible=sensible)

    def all(self) -> Iterator[Found]:
        """Every finding about what is written."""
        if self.standard.applies is not None and self.never(self.subject.applies().true):
            yield Found("standard-never-applies", "applies", show=[[]])
            return
        for name in self.standard.checks:
            yield from self._check(name)
        for index in range(len(self.standard.rows)):
            yield from self._row(index)
        yield from self._gap()
        yield from self._twins()
        for tree in self.prover.trees.values():
            if tree.key not in self.told:
                yield from self._parts(tree)

    def _check(self, name: str) -> Iterator[Found]:
        applies, _ = self.subject.check(name)
        status, tree = self.subject.status(name), f"checks.{name}.require"
        if self.standard.checks[name].applies is not None and self.never(applies.true):
            self.told |= {tree, f"checks.{name}.applies"}
            yield Found("check-never-applies", f"checks.{name}.applies", facts={"name": name}, show=[[]])
            return
        passes, fails = self.never(status[PASS]), self.never(status[FAIL])
        if passes:
            self.told.add(tree)
            yield Found("check-never-passes", tree, facts={"name": name}, show=[[status[FAIL]], [applies.true]])
        if fails:
            self.told.add(tree)
            yield Found("check-never-fails", tree, facts={"name": name}, show=[[status[PASS]], [applies.true]])

    def _row(self, index: int) -> Iterator[Found]:
        row, when, applies = self.standard.rows[index], self.subject.when(index), self.subject.applies()
        if not self.never(applies.true, when.true, *(self.subject.when(before).false for before in range(index))):
            return
        tree = f"decide.{index}.when" if row.when is not None else f"decide.{index}"
        self.told.add(tree)
        facts = {"number": str(index + 1), "outcome": row.row.outcome, **self._because(index)}
        # Whom the row is about, were it not for the rows before.
        yield Found("row-never-reached", tree, facts=facts, show=[[applies.true, when.true], [applies.true]])

    def _because(self, index: int) -> dict[str, str]:
        """Why a row is never reached: its condition never holds, one row before it takes all its subjects, or several do."""
        when = self.subject.when(index)
        if self.never(when.true):
            return {"variant": "never-holds"}
        for before in range(index):
            if self.never(when.true, none_of(self.subject.when(before).true)):
                return {"variant": "one-row", "before": str(before + 1)}
        return {"variant": "rows-before"}

    def _gap(self) -> Iterator[Found]:
        """Somebody of whom everything is known, and yet no outcome follows; what is meant to be left open is none."""
        if self.standard.is_quality:
            return
        table, world = self.standard.subject, self.prover.world
        cells = [cell.known for (of, _, which), cell in world.cells.items() if of == table and not which]
        facts = [
            self.subject.fact(name).content.known for name, ready in self.standard.facts.items() if ready.fact.over is not None
        ]
        settled = any_of(self.subject.outcomes().values())
        wanted = [*cells, *facts, *world.answers, *world.guards, without_conflicts(self.prover, self.subject), none_of(settled)]
        if not self.never(*wanted):
            yield Found("no-outcome", "decide.0", show=[wanted])

    def _twins(self) -> Iterator[Found]:
        """Two checks that come to the same for everybody."""
        met = {name: self.subject.met(name) for name in self.standard.checks}
        calendar = self.prover.world.calendar
        models: list[tuple[frozenset[int], z3.ModelRef]] = []
        same: set[tuple[str, str]] = set()
        pairs = [(one, other, _unlike(met[one], met[other])) for one, other in combinations(met, 2)]
        asked = [(calendar.days_in([apart, *self.now]), one, other, apart) for one, other, apart in pairs]
        # Somebody for whom many days are right tells more pairs apart: only those of fewer days count for him.
        for days, one, other, apart in sorted(asked, key=lambda pair: -len(pair[0])):
            if any(days <= right and z3.is_true(model.eval(apart, model_completion=True)) for right, model in models):
                continue
            model = self.prover.model([apart, *self.now], days=days)
            if model is not None:
                models.append((days, model))
            elif self.never(apart):
                same.add((one, other))
        for one, other in combinations(met, 2):
            if (one, other) in same:
                show = [[self.subject.status(other)[FAIL]], [self.subject.status(other)[PASS]]]
                yield Found(
                    "same-requirement", f"checks.{other}.require", facts={"name": other, "other": one}, note=True, show=show
                )

    def _parts(self, tree: Tree) -> Iterator[Found]:
        for path, node in conditions(tree.node):
            if self._only_presence(node) or (path == () and not tree.key.startswith("facts.")):
                continue
            for truth, kind in ((True, "part-never-true"), (False, "part-never-false")):
                self.asked += 1
                if self.prover.impossible([*self.prover.seen(tree.key, path, truth), *self.now], sensible=False):
                    yield Found(kind, tree.key, node.offset, {"text": text_of(node)}, show=self._shown(tree, path))  # type: ignore[arg-type]  # mypy widens it

    def _shown(self, tree: Tree, path: Path) -> list[Conditions]:
        """A subject of which the condition is known, and which the check is about."""
        known = [] if tree.over else [none_of(any_of(self.prover.seen(tree.key, path, None)))]
        if tree.key.startswith("checks."):
            applies, _ = self.subject.check(tree.key.split(".")[1])
            return [[*known, applies.true], known]
        return [known]

    def _only_presence(self, node: Node) -> bool:
        """Whether it asks a fact that only says that there are rows: it is there to be unknown."""
        facts = [self.standard.facts[ref.name] for ref in names(node) if ref.kind is NameKind.FACT]
        return any(ready.fact.only_presence for ready in facts)


def _unlike(one: Three, other: Three) -> z3.BoolRef:
    """Whether two truth values differ, unknown being one of them."""
    return z3.Or(one.true != other.true, one.false != other.false)
