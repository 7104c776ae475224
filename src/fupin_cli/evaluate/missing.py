"""From verdict back to cells: which blanks would settle an undetermined subject.

A blank counts when every part of the rules above it, up to the decision row, is unknown for that subject: where a sibling has
already decided a condition, filling the blank would change nothing.
"""

from collections import defaultdict
from collections.abc import Iterable

from fupin_cli.evaluate.forward import Forward
from fupin_cli.evaluate.layers import Layers
from fupin_cli.evaluate.rows import blank_column, member_fields
from fupin_cli.evaluate.sql import quoted, text_literal
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.rules.expression import NameKind, Node, NullTest, Ref, names, paths
from fupin_cli.rules.standard import ReadyFact, leaves, rows_behind

#: Prefix of the result's columns that say a field (``person.x`` of a member row, ``$x`` a parameter) is missing.
MISSING = "missing."
#: Stands for member rows that are not there at all.
ROWS = "rows"


class Backward:
    """Collects, from the decision rows down, the condition under which each name is needed."""

    def __init__(self, forward: Forward) -> None:
        self.forward, self.standard = forward, forward.standard
        self.writer = forward.writer()
        #: Name → conditions, any of which makes it needed.
        self.needed: dict[str, list[str]] = defaultdict(list)

    def build(self) -> Layers:
        """The columns ``missing.*`` over the relation that the forward columns give."""
        forward_columns = list(self.forward.layers.levels)
        layers = Layers(forward_columns)
        undetermined = f'"outcome" = {text_literal(UNDETERMINED)}'
        for index, row in enumerate(self.standard.rows):
            if row.when is not None:
                self.descend(row.when, [undetermined, quoted(f"possible.{index}")])
        if self.standard.applies is not None:
            self.descend(self.standard.applies, [undetermined])
        for name, check in self.standard.checks.items():
            need = self.settle(layers, f"need.met.{name}", f"met.{name}")
            for node in (check.applies, check.require):
                if need and node is not None:
                    self.descend(node, [need])
        for name in self.order():
            if name in self.standard.facts:
                self.fact(layers, self.standard.facts[name])
            else:
                self.field(layers, name)
        for name in [key for key in self.needed if key.startswith(MISSING)]:
            self.settle(layers, name, name)
        return layers

    def order(self) -> list[str]:
        """Fields and facts so that each comes after everything that could need it."""
        done: list[str] = []

        def visit(name: str) -> None:
            if name in done:
                return
            for inner in self.inner(name):
                visit(inner)
            done.append(name)

        for name in (*self.forward.standard.facts, *self.fields()):
            visit(name)
        return done[::-1]

    def fields(self) -> Iterable[str]:
        """Every field of the subject that the standard resolves."""
        return [n.removeprefix("given.") for n in self.forward.layers.levels if n.startswith("given.")]

    def inner(self, name: str) -> Iterable[str]:
        """What a fact or field is made of."""
        ready = self.standard.facts.get(name)
        if ready is None:
            return [fact.name for fact in self.standard.filling(name)]
        own = (
            []
            if ready.fact.over is not None
            else [r.name for r in names(ready.node) if r.kind in (NameKind.FIELD, NameKind.FACT)]
        )
        return [*own, *([ready.fact.per] if ready.fact.per else [])]

    def settle(self, layers: Layers, column: str, key: str) -> str:
        """Make the collected conditions of a name one column; empty where nothing needs it."""
        conditions = self.needed.pop(key, [])
        if not conditions:
            return ""
        return layers.add(column, f"COALESCE({' OR '.join(dict.fromkeys(conditions))}, FALSE)")

    def descend(self, node: Node, above: list[str]) -> None:
        """Needs of the names in a condition: every part between it and the name must be unknown."""
        for parts, ref in paths(node):
            nulls = [f"{self.writer.write(part)} IS NULL" for part in parts]
            tested = bool(parts) and isinstance(parts[-1], NullTest)
            self.name(ref, [*above, *nulls], tested=tested)

    def name(self, ref: Ref, above: list[str], *, tested: bool) -> None:
        """Need of one name at one place."""
        value = f"{self.writer.write(ref)} IS NULL"
        match ref.kind:
            case NameKind.CHECK:
                self.add(f"met.{ref.name}", [*above, value])
            case NameKind.PARAMETER:
                self.add("year", [*above, value, '"year" IS NULL'])
                self.add(f"{MISSING}${ref.name}", [*above, value, '"year" IS NOT NULL'])
            case NameKind.AS_OF:
                self.add("year", [*above, value])
            case _:
                self.add(ref.name, above if tested else [*above, value])

    def add(self, key: str, conditions: list[str]) -> None:
        """One more way in which a name is needed."""
        self.needed[key].append("(" + " AND ".join(conditions) + ")")

    def field(self, layers: Layers, field: str) -> None:
        """A field that is needed is missing itself, and so is what would fill it where someone began to give that."""
        need = self.settle(layers, f"{MISSING}{field}", field)
        if not need:
            return
        for ready in self.forward.filling(field):
            above = [need, f"NOT {self.forward.blocked(field)}"]
            if ready.fact.over is not None:
                begun = quoted(f"rows.{ready.name}")
            else:
                own = [self.begun(name, field) for name in leaves(self.standard, ready)]
                own += [quoted(f"rows.{inner.name}") for inner in rows_behind(self.standard, ready)]
                begun = "(" + " OR ".join(own) + ")"
            self.add(ready.name, [*above, f"{quoted(ready.name)} IS NULL", begun])
            if ready.fact.per is not None:
                self.add(ready.fact.per, [*above, begun, f"{quoted(ready.fact.per)} IS NULL"])

    def begun(self, name: str, field: str) -> str:
        """Whether someone gives this part: a value stands there, or its column does while the field's own column does not."""
        absent, own = self.forward.flag(f"absent.{name}"), self.forward.flag(f"absent.{field}")
        value = self.forward.present(name) if name in self.forward.quotients() else quoted(name)
        given = f"{value} IS NOT NULL"
        return given if own == "FALSE" or absent == "TRUE" else f"({given} OR ({own} AND NOT {absent}))"

    def fact(self, layers: Layers, ready: ReadyFact) -> None:
        """A fact that is needed hands the need on to what it is made of."""
        need = self.settle(layers, f"need.{ready.name}", ready.name)
        if not need:
            return
        if ready.fact.over is None:
            self.descend(ready.node, [need])
            return
        for name in member_fields(ready):
            self.add(f"{MISSING}{ready.fact.over}.{name}", [need, quoted(blank_column(ready.name, name))])
        self.add(f"{MISSING}{ready.fact.over}.{ROWS}", [need, quoted(f"short.{ready.name}")])
        if ready.fact.member_fold in ("min", "max"):
            # Nothing in the rows leaves it open: there are none of which it could be the smallest or largest.
            known = [f"NOT {quoted(blank_column(ready.name, name))}" for name in member_fields(ready)]
            self.add(f"{MISSING}{ready.fact.over}.{ROWS}", [need, f"NOT {quoted(f'tainted.{ready.name}')}", *known])
