"""The rows that conditions are asked of, with what the engine found there: the subject's own, and those of other tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Any

from fupin_cli.evaluate.explanation.tree import read, tree_of
from fupin_cli.model.explanation import Derived, Kind, Named, RowOf
from fupin_cli.model.parts import part_column
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import TABLES, Table
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import STATUSES, Reason, Value
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import Constant, NameKind, Node, Ref
from fupin_cli.rules.standard import ReadyFact, ReadyStandard, leaves, rows_behind

_CENT = Decimal("0.01")
#: Most rows of a fact that are opened.
_ROWS = 20


@dataclass(frozen=True)
class RowPlace:
    """A row of another table."""

    table: Table
    #: Its index there.
    row: int
    #: Key of a tree → what its parts came to, as the engine wrote it.
    found: Mapping[str, Mapping[Path, str | None]]
    #: The subject's place: parameters and the day of judgement are those of its year.
    subject: "SubjectPlace"

    @property
    def at(self) -> int:
        """Its index in its table."""
        return self.row

    def value(self, key: str, path: Path, node: Node) -> Value:
        """What a part of a tree came to in this row."""
        if isinstance(node, Constant):
            return node.value
        return read(self.found.get(key, {}).get(path), node.type)

    def named(self, key: str, path: Path, ref: Ref) -> Named:
        """What a name stands for in this row."""
        if ref.kind is not NameKind.FIELD:
            value = self.value(key, path, ref)
            return Named(ref.name, _KINDS[ref.kind], self.subject.listed(ref) if ref.type is ValueType.LIST else value)
        address = self.table.address(self.row, ref.name)
        cells = (address,) if address.letter else ()
        given = self.table.data.column(ref.name)[self.row].as_py() if self.table.has(ref.name) else None
        mask = self.table.unreadable.get(ref.name)
        reason: Reason | None = None
        if given is None:
            reason = "absent" if not cells else "unreadable" if mask is not None and mask[self.row].as_py() else "blank"
        return Named(ref.name, "field", given, self.table.name, cells, reason)

    @cached_property
    def name(self) -> str:
        """What its subject is called."""
        column = TABLES[self.table.name].NAME
        return str(self.table.data.column(column)[self.row].as_py() or "") if column and self.table.has(column) else ""


_KINDS: Mapping[NameKind, Kind] = {
    NameKind.FIELD: "field",
    NameKind.FACT: "fact",
    NameKind.CHECK: "check",
    NameKind.PARAMETER: "parameter",
    NameKind.AS_OF: "as_of",
}


@dataclass(frozen=True)
class SubjectPlace:
    """The row of the subject itself, with the facts behind its fields."""

    standard: ReadyStandard
    result: StandardResult
    index: int
    #: What the result says of it.
    row: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", self.result.data.slice(self.index, 1).to_pylist()[0])

    @property
    def at(self) -> int:
        """Its index in its table."""
        return self.index

    @property
    def table(self) -> Table:
        """The table that it is a row of."""
        return self.result.subject

    def value(self, key: str, path: Path, node: Node) -> Value:
        """What a part of a tree came to."""
        match node:
            case Constant(value=value):
                return value
            case Ref(kind=NameKind.FIELD, name=name) if self.standard.quotient(name) is not None:
                return self.quotient(name)
            case _ if node.type is ValueType.LIST:
                return self.listed(node) if isinstance(node, Ref) else None
        found: Value = self.row.get(part_column(key, path))
        return found

    def quotient(self, name: str) -> Value:
        """A field that may be a quotient: as given, else rounded down to the cent. For showing only: it is never compared."""
        given: Value = self.row.get(f"given.{name}")
        ready = self.standard.quotient(name)
        if given is not None or ready is None:
            return given
        dividend, divisor = self.row.get(f"fact.{ready.name}"), self.row.get(f"fact.{ready.fact.per}")
        if dividend is None or not divisor:
            return None
        return (Decimal(dividend) / Decimal(divisor)).quantize(_CENT, ROUND_FLOOR)

    def listed(self, ref: Ref) -> Value:
        """The items of a list in force."""
        found: Value = self.row.get(f"limit.{ref.name}")
        return found

    def named(self, key: str, path: Path, ref: Ref) -> Named:
        """What a name stands for."""
        match ref.kind:
            case NameKind.FIELD:
                return self.field(ref.name, self.value(key, path, ref))
            case NameKind.FACT:
                return Named(ref.name, "fact", self.row.get(f"fact.{ref.name}"), facts=(self.derived(ref.name),))
            case NameKind.CHECK:
                status = STATUSES[self.row[f"status.{ref.name}"]]
                return Named(ref.name, "check", self.value(key, path, ref), status=status)
            case _:
                return Named(ref.name, _KINDS[ref.kind], self.value(key, path, ref))

    def field(self, name: str, value: Value) -> Named:
        """A field of the subject, with what fills it where its own cell says nothing or is contradicted."""
        address = self.table.address(self.index, name)
        given = self.row.get(f"given.{name}")
        cells: tuple[Address, ...] = (address,) if address.letter and (given is not None or value is None) else ()
        reason = None
        if value is None:
            reason, cells = self.result.why_missing(name, self.index, self.row)
        opened = given is None or bool(self.row.get(f"conflict.{name}"))
        behind = tuple(self.derived(ready.name) for ready in self.standard.filling(name) if self._says(ready)) if opened else ()
        return Named(name, "field", value, "", cells, reason, facts=behind)

    def _says(self, ready: ReadyFact) -> bool:
        """Whether a fact has something to say about this subject: a value, or rows or cells that leave it open."""
        if self.row.get(f"fact.{ready.name}") is not None:
            return True
        if ready.fact.over is not None:
            return bool(self.rows_of(ready))
        given = (self.row.get(f"given.{name}") is not None for name in leaves(self.standard, ready))
        return any(given) or any(self._says(inner) for inner in rows_behind(self.standard, ready))

    def derived(self, name: str) -> Derived:
        """A fact with its own tree."""
        ready = self.standard.facts[name]
        value = self.row.get(f"fact.{name}")
        if ready.fact.over is None:
            per = ready.fact.per
            divisor = self.field(per, self.row.get(f"fact.{per}")) if per is not None else None
            return Derived(name, value, tree_of(self, f"facts.{name}.value", ready.node), divisor)
        rows = self.rows_of(ready)
        chosen = set(self.result.witnesses.get(name, {}).get(self.index, ()))
        opened = [place for place in rows if place.row in chosen][:_ROWS]
        shown = tuple(RowOf(place.table.address(place.row), place.name, tuple(_parts(ready, place))) for place in opened)
        total = int(value) if ready.counts_rows and value is not None else len(rows)
        return Derived(name, value, None, None, str(ready.fact.member_fold), ready.fact.over, shown, total - len(shown))

    def rows_of(self, ready: ReadyFact) -> list[RowPlace]:
        """The rows that a fact looks at."""
        table = self.result.members.get(str(ready.fact.over))
        found: dict[int, dict[str, Mapping[Path, str | None]]] = {}
        for key in tree_keys(ready):
            rows = self.result.row_parts.get(key, ())
            mine = [one for one in rows if one.index == self.index] or self._shared(ready, rows)
            for one in mine:
                found.setdefault(one.member, {})[key] = one.values
        return [RowPlace(table, row, found[row], self) for row in sorted(found)] if table is not None else []

    def _shared(self, ready: ReadyFact, rows: Sequence[Any]) -> list[Any]:
        """Of several subjects that find the same rows only the first has them: told by the rows that decide."""
        mine = set(self.result.witnesses.get(ready.name, {}).get(self.index, ()))
        others = {one.index for one in rows if one.member in mine}
        return [one for one in rows if others and one.index == min(others)]


def tree_keys(ready: ReadyFact) -> list[str]:
    """The keys of a fact's trees: which rows are meant, and what is asked of them."""
    where = [f"facts.{ready.name}.where"] if ready.where is not None else []
    return [*where, f"facts.{ready.name}.{ready.fact.member_fold or 'value'}"]


def _parts(ready: ReadyFact, place: RowPlace) -> list[Any]:
    nodes = [node for node in (ready.where, ready.node) if node is not None]
    return [
        tree_of(place, key, node) for key, node in zip(tree_keys(ready), nodes, strict=True) if not isinstance(node, Constant)
    ]
