"""Judge the rows of a table by the standards of a pack."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.members import member_fields
from fupin_cli.evaluate.query import build_query, year_is_silent
from fupin_cli.evaluate.sql import number_literal, text_literal
from fupin_cli.model.nearest import nearest
from fupin_cli.model.pack import Pack
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table, fields
from fupin_cli.model.view import Look, Source
from fupin_cli.rules.expression import Compare, NameKind, Node, Ref
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyFact, ReadyStandard, leaves

#: Fields that say which subject a row is; nothing may be assumed for them.
_IDENTITY = ("household_id", "year")


def judge(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    as_of: date | None,
    assumptions: Mapping[str, str],
) -> StandardResult:
    """The verdicts of one standard on every row of its subject table.

    Raises:
        UsageRefused: neither the data nor ``as_of`` gives a year, or an assumption names no field or cannot be read.
    """
    subject = tables[standard.subject]
    if as_of is None and year_is_silent(subject):
        raise UsageRefused("as-of-missing")
    query = build_query(standard, parameters, tables, as_of, _assumed(standard.subject, assumptions))
    relations = {name: _relation(table) for name, table in tables.items()}
    data = duck.run(query.verdicts, relations)
    members = {name: table for name, table in tables.items() if name != standard.subject}
    witnesses = _witnesses(duck.run(query.witnesses, relations)) if query.witnesses else {}
    looks = {
        name: [_look(standard, ref) for ref in check.names() if ref.kind is not NameKind.AS_OF]
        for name, check in standard.checks.items()
    }
    signs = {name: sign for name, check in standard.checks.items() if (sign := _sign(check.require))}
    return StandardResult(standard.standard, subject, data, looks, signs, members, witnesses)


def conflicts(result: StandardResult) -> list[Problem]:
    """One problem for each field of each subject whose sources disagree, naming the cells."""
    found: list[Problem] = []
    for column in result.data.column_names:
        if not column.startswith("conflict."):
            continue
        name = column.removeprefix("conflict.")
        indices = pc.indices_nonzero(result.data.column(column))
        for index, row in zip(indices.to_pylist(), result.data.take(indices).to_pylist(), strict=True):
            cells = result.conflict_cells(name, index, row)
            if len(cells) > 1:
                found.append(Problem("sources-disagree", "error", cells[0], result.subject.name, name, other=cells[1]))
            else:
                # Against a count of rows: there is no second cell, only their number.
                where = cells[0] if cells else result.subject.address(index, name)
                counted = next(row[f"fact.{fact}"] for fact in result.fillers(name) if row[f"fact.{fact}"] is not None)
                facts = {"counted": str(counted)}
                given = str(row[f"given.{name}"])
                found.append(Problem("sources-disagree-rows", "error", where, result.subject.name, name, given, facts=facts))
    return found


def years_outside(result: StandardResult, pack: Pack) -> list[Problem]:
    """A warning for each year in which the pack is not in force: its verdicts may rest on the wrong rules."""
    first, last = pack.head.effective.start, pack.head.effective.end
    counts = Counter(year for year in result.data.column("year").to_pylist() if year is not None)
    return [
        Problem(
            "year-outside-pack",
            "warning",
            value=str(year),
            facts={"count": str(count), "first": first.isoformat(), "last": last.isoformat() if last is not None else "…"},
        )
        for year, count in sorted(counts.items())
        if year < first.year or (last is not None and year > last.year)
    ]


def _relation(table: Table) -> pa.Table:
    """A table as the query sees it: with the position of each row, and which of its cells are unreadable."""
    data = table.data.append_column("_i", pa.array(range(table.data.num_rows), pa.int64()))
    for name, mask in table.unreadable.items():
        data = data.append_column(f"bad.{name}", mask)
    return data


def _assumed(table: str, assumptions: Mapping[str, str]) -> dict[str, str]:
    declared = fields(table)
    literals: dict[str, str] = {}
    for name, text in assumptions.items():
        if name not in declared:
            raise UsageRefused("field-unknown", name=name, nearest=nearest(name, declared))
        if name in _IDENTITY:
            raise UsageRefused("assume-identity", name=name)
        try:
            value = declared[name].adapter.validate_python(text)
        except ValueError:
            raise UsageRefused("assume-unreadable", name=name, value=text, label=declared[name].label) from None
        match value:
            case None:
                raise UsageRefused("assume-unreadable", name=name, value=text, label=declared[name].label)
            case bool():
                literals[name] = "TRUE" if value else "FALSE"
            case int() | Decimal():
                literals[name] = number_literal(Decimal(value))
            case date():
                literals[name] = f"DATE '{value.isoformat()}'"
            case _:
                literals[name] = text_literal(str(value))
    return literals


def _witnesses(rows: pa.Table) -> dict[str, dict[int, Sequence[int]]]:
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for fact, index, member in zip(*(rows.column(name).to_pylist() for name in ("fact", "_i", "_member")), strict=True):
        found[fact][index].append(member)
    return {fact: dict(subjects) for fact, subjects in found.items()}


def _sign(require: Node) -> str:
    """The sign of a comparison with a parameter alone on its right side; empty for anything else."""
    if isinstance(require, Compare) and isinstance(require.right, Ref) and require.right.kind is NameKind.PARAMETER:
        return require.sign
    return ""


def _look(standard: ReadyStandard, ref: Ref) -> Look:
    if ref.kind is NameKind.PARAMETER:
        return Look(ref.name, "parameter")
    if ref.kind is NameKind.FACT:
        return Look(ref.name, "fact", sources=(_source(standard, standard.facts[ref.name]),))
    sources = tuple(_source(standard, ready) for ready in standard.filling(ref.name))
    return Look(ref.name, "field", fields(standard.subject)[ref.name].unit, sources)


def _source(standard: ReadyStandard, ready: ReadyFact) -> Source:
    if ready.fact.over is not None:
        return Source(ready.name, (), ready.fact.over, members=tuple(member_fields(ready)))
    found = leaves(standard, ready)
    if ready.fact.per is not None:
        return Source(ready.name, (*found, ready.fact.per), quotient=True)
    return Source(ready.name, tuple(found))
