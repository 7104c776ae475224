"""Which cells a condition comes from in the end: fields of the subject, and of the rows that belong to it."""

from collections.abc import Sequence

from fupin_cli.evaluate.coverage.landmarks import Cell
from fupin_cli.rules.expression import NameKind, Node, Ref, names
from fupin_cli.rules.standard import ReadyStandard, joined_by


def cells_behind(standard: ReadyStandard, nodes: Sequence[Node], over: str = "") -> list[Cell]:
    """The cells behind conditions about the subject, or about rows of the table ``over``; a table without a field: its rows."""
    search = _Search(standard)
    for node in nodes:
        search.look(node, over)
    if over:
        search.found.setdefault((over, ""))
    return list(search.found)


class _Search:
    def __init__(self, standard: ReadyStandard) -> None:
        self.standard = standard
        self.found: dict[Cell, None] = {}

    def look(self, node: Node, table: str) -> None:
        """Every name in a condition, of rows or of the subject."""
        for ref in names(node):
            if not table:
                self.name(ref)
            elif ref.kind is NameKind.FIELD:
                self.found.setdefault((table, ref.name))

    def name(self, ref: Ref) -> None:
        match ref.kind:
            case NameKind.FIELD:
                self.field(ref.name)
            case NameKind.FACT:
                self.fact(ref.name)
            case NameKind.CHECK:
                check = self.standard.checks[ref.name]
                for part in (check.require, check.applies):
                    if part is not None:
                        self.look(part, "")
            case _:
                return

    def field(self, name: str) -> None:
        """A field, and what fills it where it is blank."""
        cell = (self.standard.subject, name)
        if cell not in self.found:
            self.found[cell] = None
            for ready in self.standard.filling(name):
                self.fact(ready.name)

    def fact(self, name: str) -> None:
        ready = self.standard.facts[name]
        for part in (ready.node, ready.where):
            if part is not None:
                self.look(part, ready.fact.over or "")
        if ready.fact.per is not None:
            self.field(ready.fact.per)
        if ready.fact.over is not None:
            # A table without any field still can have more rows or fewer; and whose they are can be open.
            self.found.setdefault((ready.fact.over, ""))
            for mine in joined_by(ready):
                self.found.setdefault((self.standard.subject, mine))
