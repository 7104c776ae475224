"""The verdicts of one standard: columns for all subjects at once, and views of single subjects made for what is shown."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Context, Decimal
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Check, Standard
from fupin_cli.model.parts import RowParts, part_column
from fupin_cli.model.problem import Address
from fupin_cli.model.tables import TABLES, Table
from fupin_cli.model.view import STATUSES, CheckView, Look, Missing, Reason, Source, Status, SubjectView, Value, in_a_cell

_CENT = Decimal("0.01")
#: As many digits as the engine's own numbers have, where Python keeps 28 by itself.
_WIDE = Context(prec=40)
#: Between the parts of a key: the county, township and name of a village.
KEY_JOINT = "/"
#: Of cells that lack a value for different reasons, the reason that is told.
_FIRST_TOLD: tuple[Reason, ...] = ("blank", "unreadable", "conflict")


@dataclass(frozen=True)
class StandardResult:
    """The verdicts of one standard on every subject of a table."""

    standard: Standard
    subject: Table
    #: One row per subject, in the table's order: ``outcome``, ``row``, ``year``, and with a prefix and a point ``may``
    #: (outcome), ``status`` and ``margin`` (check), ``given``, ``conflict`` and ``missing`` (field), ``limit`` (parameter),
    #: ``fact``.
    data: pa.Table
    looks: Mapping[str, Sequence[Look]]
    #: Check → sign, where its requirement is one comparison with a parameter.
    signs: Mapping[str, str] = field(default_factory=dict)
    #: Member tables by name, for the addresses of witnesses.
    members: Mapping[str, Table] = field(default_factory=dict)
    #: Fact → subject index → indexes of the member rows that decide it or leave it open.
    witnesses: Mapping[str, Mapping[int, Sequence[int]]] = field(default_factory=dict)
    #: Check → the texts that it allows, where that is all it asks for.
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Key of a tree about rows → its parts in each of them; only where parts were asked for.
    row_parts: Mapping[str, Sequence[RowParts]] = field(default_factory=dict)

    def part(self, key: str, path: tuple[int, ...]) -> pa.ChunkedArray | None:
        """The values of a part of a tree about the subject, one for each; None where parts were not asked for, or it has none."""
        column = part_column(key, path)
        return self.data.column(column) if column in self.data.column_names else None

    def outcome_counts(self) -> dict[str, int]:
        """How many subjects came to each outcome, in the order of the standard, the general ones last."""
        found = {str(count["values"]): int(count["counts"]) for count in pc.value_counts(self.data.column("outcome")).to_pylist()}
        return {name: found[name] for name in (*self.standard.outcomes, UNDETERMINED, NOT_APPLICABLE) if name in found}

    def check_counts(self) -> dict[str, dict[Status, int]]:
        """How many subjects fail each check, and for how many it is unknown."""
        return self._counts

    # A roster of two million members has fifty rules, which several parts of a report count.
    @cached_property
    def _counts(self) -> dict[str, dict[Status, int]]:
        return {name: {status: self.count(name, status) for status in STATUSES} for name in self.standard.checks}

    @cached_property
    def _meant(self) -> pa.ChunkedArray:
        return pc.not_equal(self.data.column("outcome"), NOT_APPLICABLE)

    def count(self, check: str, status: Status) -> int:
        """How many of the subjects that the standard is for have this status in a check."""
        return int(pc.sum(self._having(check, status)).as_py() or 0)

    def _having(self, check: str, status: Status) -> pa.ChunkedArray:
        """Whom the standard is for and has this status: of others it is asked nothing, whatever their cells say."""
        return pc.and_(self._meant, pc.equal(self.data.column(f"status.{check}"), STATUSES.index(status)))

    @property
    def is_quality(self) -> bool:
        """Whether it says what contradicts itself in the data, rather than who meets a standard."""
        return self.standard.kind == "quality"

    def meets(self) -> bool:
        """Whether every subject meets the standard (those it does not apply to aside)."""
        return all(
            outcome == NOT_APPLICABLE or (outcome in self.standard.outcomes and self.standard.outcomes[outcome].meets)
            for outcome in self.outcome_counts()
        )

    def indices(self, outcomes: set[str] | None = None) -> list[int]:
        """The subjects that came to one of these outcomes, in the table's order."""
        if outcomes is None:
            return list(range(self.data.num_rows))
        wanted = pc.is_in(self.data.column("outcome"), value_set=pa.array(sorted(outcomes), pa.string()))
        return list(pc.indices_nonzero(wanted).to_pylist())

    def failing(self, check: str) -> list[int]:
        """The subjects that surely fail a check, in the table's order."""
        return list(pc.indices_nonzero(self._having(check, "fail")).to_pylist())

    def views(self, indices: Sequence[int], checks: Collection[str] | None = None) -> Iterator[SubjectView]:
        """The verdicts on these subjects, one by one, with these checks or with all."""
        batch = 1000
        for start in range(0, len(indices), batch):
            chosen = indices[start : start + batch]
            rows = self.data.take(pa.array(chosen, pa.int64())).to_pylist()
            known = self._known_as(chosen)
            for index, row, (key, name) in zip(chosen, rows, known, strict=True):
                yield self._view(index, row, key, name, self.standard.checks if checks is None else checks)

    def _known_as(self, indices: Sequence[int]) -> list[tuple[str, str]]:
        """What each subject is known by: its number (or what tells it apart), and its name; empty where the table has none."""
        record = TABLES[self.subject.name]
        wanted = [column for column in dict.fromkeys((*record.KEY, record.NAME)) if self.subject.has(column)]
        if not wanted:
            return [("", "")] * len(indices)
        rows = self.subject.data.select(wanted).take(pa.array(indices, pa.int64())).to_pylist()
        keys = [KEY_JOINT.join(str(row[part]) for part in record.KEY if row.get(part)) for row in rows]
        return [(key, row.get(record.NAME) or "") for key, row in zip(keys, rows, strict=True)]

    def _view(self, index: int, row: dict[str, Any], key: str, name: str, checks: Collection[str]) -> SubjectView:
        where = self.subject.address(index)
        outcome = row["outcome"]
        possible = tuple(name for name in (*self.standard.outcomes, NOT_APPLICABLE) if row[f"may.{name}"])
        return SubjectView(
            index=index,
            id=key or str(where),
            key=key,
            name=name,
            year=row["year"],
            where=where,
            outcome=outcome,
            possible=possible,
            missing=self._missing(index, row) if outcome == UNDETERMINED else (),
            row=row["row"] if outcome not in (UNDETERMINED, NOT_APPLICABLE) else None,
            checks=tuple(self._check(name, check, index, row) for name, check in self.standard.checks.items() if name in checks),
        )

    @cached_property
    def _may_miss(self) -> list[tuple[str, str]]:
        """What may be missing, each with its column, in their order: a county has hundreds of columns and few of these."""
        prefix = "missing."
        return [(column.removeprefix(prefix), column) for column in self.data.column_names if column.startswith(prefix)]

    def _missing(self, index: int, row: dict[str, Any]) -> tuple[Missing, ...]:
        found = []
        for name, column in self._may_miss:
            if not row[column]:
                continue
            if name.startswith("$"):
                found.append(Missing(name.removeprefix("$"), "parameter"))
            elif "." in name:
                found.append(self._missing_in_members(name, index))
            else:
                reason, cells = self.why_missing(name, index, row)
                found.append(Missing(name, reason, cells))
        return tuple(found)

    def why_missing(self, name: str, index: int, row: Mapping[str, Any]) -> tuple[Reason, tuple[Address, ...]]:
        """Why a field of a subject, whose row of ``data`` this is, has no value, and the cells to look at."""
        if row.get(f"conflict.{name}"):
            return "conflict", self.conflict_cells(name, index, row)
        return _why_blank(self.subject, index, name)

    def fillers(self, name: str) -> list[str]:
        """The facts that take a field's place where it is blank."""
        return [fact for fact, declared in self.standard.facts.items() if declared.fills == name]

    def conflict_cells(self, name: str, index: int, row: Mapping[str, Any]) -> tuple[Address, ...]:
        """The cells of the sources that disagree about a field."""
        look = next((look for looks in self.looks.values() for look in looks if look.name == name), None)
        cells: list[Address] = [self.subject.address(index, name)] if row.get(f"given.{name}") is not None else []
        for source in look.sources if look is not None else ():
            if row.get(f"fact.{source.fact}") is not None:
                cells += self.source_cells(source, index)
        return tuple(dict.fromkeys(cells))

    def _missing_in_members(self, name: str, index: int) -> Missing:
        table, _, inner = name.partition(".")
        if inner == "rows":
            return Missing(table, "rows")
        members = self.members.get(table)
        sources = (source for looks in self.looks.values() for look in looks for source in look.sources)
        facts = {one.fact for source in sources for one in source.over_rows() if inner in one.asked}
        rows = [row for fact in facts for row in self.witnesses.get(fact, {}).get(index, ())]
        if members is not None and members.has(inner):
            values = members.data.column(inner)
            rows = [row for row in rows if values[row].as_py() is None]
        found = [_why_blank(members, row, inner) for row in rows] if members is not None else []
        reasons = {reason for reason, _ in found}
        cells = dict.fromkeys(cell for _, places in found for cell in places)
        return Missing(name, next((one for one in _FIRST_TOLD if one in reasons), "absent"), tuple(cells))

    def _check(self, name: str, check: Check, index: int, row: dict[str, Any]) -> CheckView:
        observed: dict[str, Value] = {}
        cells: dict[str, tuple[Address, ...]] = {}
        absent: dict[str, Reason] = {}
        threshold: dict[str, Decimal | str | None] = {}
        unit, divided = "", None
        for look in self.looks[name]:
            if look.kind == "parameter":
                threshold[look.name] = row[f"limit.{look.name}"]
                continue
            unit = unit or look.unit
            self._observe(look, index, row, observed, cells)
            if look.kind == "field" and row[f"given.{look.name}"] is None:
                quotient = next((source for source in look.sources if source.quotient), None)
                divided = row.get(f"fact.{quotient.fields[-1]}") if quotient is not None else None
        for seen, value in observed.items():
            if value is None and f"given.{seen}" in row:
                absent[seen] = self.why_missing(seen, index, row)[0]
        margin = row.get(f"margin.{name}")
        at_limit = margin == 0
        if margin is not None:
            margin = _to_the_cent(Decimal(margin) / divided if divided else Decimal(margin))
        return CheckView(name, check, STATUSES[row[f"status.{name}"]], observed, cells, absent, threshold, margin, at_limit, unit)

    def _observe(
        self, look: Look, index: int, row: dict[str, Any], observed: dict[str, Value], cells: dict[str, tuple[Address, ...]]
    ) -> None:
        """The values behind a name: what is given, and where that is blank or disputed, what it was derived from."""
        given = row.get(f"given.{look.name}") if look.kind == "field" else row.get(f"fact.{look.name}")
        known = [source for source in look.sources if row.get(f"fact.{source.fact}") is not None]
        if look.kind == "field" and (given is not None or not known):
            observed[look.name] = given
            address = self.subject.address(index, look.name)
            cells[look.name] = (address,) if address.tells else ()
        if look.kind == "fact":
            observed[look.name] = given
        if given is None or look.kind == "fact" or row.get(f"conflict.{look.name}"):
            for source in known:
                self._observe_source(look, source, index, row, observed, cells)

    def _observe_source(
        self,
        look: Look,
        source: Source,
        index: int,
        row: dict[str, Any],
        observed: dict[str, Value],
        cells: dict[str, tuple[Address, ...]],
    ) -> None:
        """What a value was derived from."""
        if source.quotient:
            observed[look.name] = _quotient(row, source)
        for one in source.over_rows():
            self._observe_members(one, index, row, observed, cells)
        for name in source.fields:
            # A divisor may itself be filled from the members: its settled value stands under ``fact``.
            value = row.get(f"given.{name}")
            observed[name] = row.get(f"fact.{name}") if value is None else value
            address = self.subject.address(index, name)
            cells[name] = (address,) if address.letter and value is not None else ()

    def _observe_members(
        self, source: Source, index: int, row: dict[str, Any], observed: dict[str, Value], cells: dict[str, tuple[Address, ...]]
    ) -> None:
        """A fact of the members, and what stands in the rows that make it what it is."""
        observed[source.fact] = row[f"fact.{source.fact}"]
        members = self.members.get(source.over)
        rows = self.witnesses.get(source.fact, {}).get(index, ())
        if members is None or not rows:
            return
        for name in filter(members.has, source.members):
            addresses = tuple(members.address(member, name) for member in rows)
            if any(address.letter for address in addresses):
                values = members.data.column(name).take(pa.array(rows, pa.int64())).to_pylist()
                key = f"{source.over}.{name}"
                observed[key] = values[0] if len(set(values)) == 1 else "、".join(map(in_a_cell, values))
                cells[key] = addresses

    def source_cells(self, source: Source, index: int) -> list[Address]:
        """The cells that a source's value comes from."""
        addresses: list[Address] = []
        for one in source.over_rows():
            members = self.members.get(one.over)
            rows = self.witnesses.get(one.fact, {}).get(index, ())
            addresses += [members.address(member, name) for member in rows for name in one.members] if members is not None else []
        # Where rows speak, the subject's own fields only say how they are read.
        own = [self.subject.address(index, name) for name in source.fields] if not (source.over or addresses) else []
        return [address for address in (*addresses, *own) if address.letter]


def _why_blank(table: Table, row: int, name: str) -> tuple[Reason, tuple[Address, ...]]:
    """Why a row has no value in a field, and the cells to look at."""
    address = table.address(row, name)
    rival = table.disputed.get(name, {}).get(row)
    if rival is not None:
        return "conflict", (address, rival)
    if not address.letter:
        return "absent", ()
    mask = table.unreadable.get(name)
    return ("unreadable" if mask is not None and mask[row].as_py() else "blank"), (address,)


def _to_the_cent(value: Decimal) -> Decimal:
    """Rounded down, so that no margin is ever overstated. For showing only: verdicts compare exact numbers."""
    return value.quantize(_CENT, ROUND_FLOOR, _WIDE)


def _quotient(row: Mapping[str, Any], source: Source) -> Decimal | None:
    dividend, divisor = row[f"fact.{source.fact}"], row.get(f"fact.{source.fields[-1]}")
    return _to_the_cent(Decimal(dividend) / divisor) if divisor else None
