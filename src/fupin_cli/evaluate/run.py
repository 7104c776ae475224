"""Judge the rows of a table by the standards of a pack."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.assumed import assumed_literals
from fupin_cli.evaluate.choices import choices
from fupin_cli.evaluate.forward import FAIL
from fupin_cli.evaluate.joins import YEAR, Apart
from fupin_cli.evaluate.lookback import looking_back
from fupin_cli.evaluate.members import WANTED
from fupin_cli.evaluate.parts import row_places
from fupin_cli.evaluate.query import Query, build_query, needs_year, used_fields, year_is_silent
from fupin_cli.evaluate.rows import member_fields, told_fields
from fupin_cli.evaluate.sql import quoted
from fupin_cli.evaluate.witnesses import by_fact
from fupin_cli.model.pack import Pack
from fupin_cli.model.parts import RowParts
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import TABLES, Table, fields
from fupin_cli.model.view import Look, Source
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import Compare, NameKind, Node, Ref, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import AS_OF, ReadyFact, ReadyStandard, joined_by, leaves, rows_behind

_JOINED = re.compile(r"\b(?:AND|OR)\b")


def judge(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    as_of: date | None,
    assumptions: Mapping[str, str],
    apart: Apart | None = None,
    *,
    parts: bool = False,
) -> StandardResult:
    """The verdicts of one standard on every row of its subject table.

    Rules about the data itself read what the sheet says, also where another source disagrees (``Table.as_given``).
    ``apart``: the rows are worked cases that know nothing of each other.
    ``parts``: with the values of all parts of all conditions (``StandardResult.part``, ``row_parts``).

    Raises:
        UsageRefused: the standard needs a year and neither the data nor ``as_of`` gives one, or an assumption names no field or
            cannot be read.
    """
    if standard.is_quality:
        tables = {name: as_written(table) for name, table in tables.items()}
    if standard.looks_back:
        seen = looking_back(tables[standard.subject], used_fields(standard, parameters))
        tables = {**tables, standard.subject: seen}
    subject = tables[standard.subject]
    refuse_without_year(standard, parameters, subject, as_of)
    query = build_query(standard, parameters, tables, as_of, assumed_literals(standard.subject, assumptions), apart, parts=parts)
    wanted = {standard.subject, *(fact.fact.over for fact in standard.facts.values())}
    relations = {name: relation(table) for name, table in tables.items() if name in wanted}
    data = _verdicts(query, relations, relations[standard.subject])
    if standard.is_quality:
        relations[WANTED] = _found(standard, data)
    asked = query.witnesses and (WANTED not in relations or relations[WANTED].num_rows)
    witnesses = by_fact(duck.run(query.witnesses, relations)) if asked else {}
    looks = {
        name: [_look(standard, ref) for ref in check.names() if ref.kind is not NameKind.AS_OF]
        for name, check in standard.checks.items()
    }
    signs = {name: sign for name, check in standard.checks.items() if (sign := _sign(check.require))}
    allowed = {name: found for name, check in standard.checks.items() if (found := choices(check.require, parameters))}
    inside = _row_parts(standard, duck.run(query.rows, relations)) if query.rows else {}
    return StandardResult(standard.standard, subject, data, looks, signs, dict(tables), witnesses, allowed, inside)


def refuse_without_year(standard: ReadyStandard, parameters: Parameters, subject: Table, as_of: date | None) -> None:
    """Refuse what nobody can judge.

    Raises:
        UsageRefused: the standard needs a year and neither the data nor ``as_of`` gives one.
    """
    # What cannot be worked out without a year finds nothing in a quality standard; the rest of it needs none.
    unsaid = as_of is None and not standard.is_quality and year_is_silent(subject)
    if unsaid and needs_year(standard, parameters):
        raise UsageRefused("as-of-missing")


def _row_parts(standard: ReadyStandard, found: pa.Table) -> dict[str, list[RowParts]]:
    """What the parts of conditions about rows come to: tree → its rows."""
    rows: dict[str, list[RowParts]] = {}
    for row in found.to_pylist():
        places = row_places(standard.facts[row["fact"]])
        of_tree: dict[str, dict[Path, str | None]] = {}
        for (key, path, _), value in zip(places, row["values"], strict=True):
            of_tree.setdefault(key, {})[path] = value
        for key, values in of_tree.items():
            rows.setdefault(key, []).append(RowParts(row["_i"], row["_member"], values))
    return rows


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
            later = [fact for fact in result.fillers(name) if row[f"fact.{fact}"] is False]
            if cells and any(_only_of_the_day(result, fact) for fact in later):
                # Whoever left the field blank, or wrote no, and plans a day has said nothing wrong.
                early = row.get(f"given.{name}") is True
                code = "said-before-its-day" if early else "planned-after-judgement"
                found.append(Problem(code, "error" if early else "info", cells[0], result.subject.name, name, other=cells[-1]))
            elif len(cells) > 1:
                # Two cells of one row are one source.
                other = next((cell for cell in cells if (cell.sheet, cell.row) != (cells[0].sheet, cells[0].row)), cells[1])
                found.append(Problem("sources-disagree", "error", cells[0], result.subject.name, name, other=other))
            else:
                # Against a count of rows: there is no second cell, only their number.
                where = cells[0] if cells else result.subject.address(index, name)
                counted = next(row[f"fact.{fact}"] for fact in result.fillers(name) if row[f"fact.{fact}"] is not None)
                facts = {"counted": str(counted)}
                given = str(row[f"given.{name}"])
                found.append(Problem("sources-disagree-rows", "error", where, result.subject.name, name, given, facts=facts))
    return found


def _only_of_the_day(result: StandardResult, fact: str) -> bool:
    """Whether a fact says nothing but where days stand to the day of judgement: who is told of two sources asks which days."""
    value = result.standard.facts[fact].value
    return value is not None and all(AS_OF in part for part in _JOINED.split(value))


def years_outside(result: StandardResult, pack: Pack) -> list[Problem]:
    """A warning for each year in which the pack is not in force: its verdicts may rest on the wrong rules."""
    counted = result.data.column("year").drop_null().value_counts()
    counts = zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)
    return outside(dict(counts), pack)


def outside(counts: Mapping[int, int], pack: Pack) -> list[Problem]:
    """A warning for each of these years, with how many rows are of it, in which the pack is not in force."""
    first, last = pack.head.effective.start, pack.head.effective.end
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


def as_written(table: Table) -> Table:
    """The table as its sheets have it: with the values that were made unknown because another source disagrees."""
    data, masks = table.data, dict(table.unreadable)
    for name, values in table.as_given.items():
        if name in data.column_names:
            data = data.set_column(data.column_names.index(name), name, values)
            if name in masks:
                masks[name] = pa.array(pc.and_(masks[name], pc.is_null(values)))
    return replace(table, data=data, unreadable=masks)


def _found(standard: ReadyStandard, data: pa.Table) -> pa.Table:
    """Fact and subject wherever a check that looks at a fact has failed: whose rows a report has to name."""
    facts: list[str] = []
    subjects: list[int] = []
    for name, check in standard.checks.items():
        behind = _facts_behind(standard, check.names())
        failed = pc.indices_nonzero(pc.equal(data.column(f"status.{name}"), FAIL)).to_pylist() if behind else []
        for fact in behind:
            facts += [fact] * len(failed)
            subjects += failed
    return pa.table({"fact": pa.array(facts, pa.string()), "_i": pa.array(subjects, pa.int64())})


def _verdicts(query: Query, relations: Mapping[str, pa.Table], subject: pa.Table) -> pa.Table:
    """What the query says of each subject, beside what is given.

    The values of a column that the subjects' table has are not asked for: the engine would write millions of texts anew. But for
    the year, which may be that of the day of judgement, they are given as they are.
    """
    given = {quoted(f"given.{name}"): name for name in query.used if name != YEAR and name in subject.column_names}
    data = _in_order(duck.run(query.of(column for column in query.shown if column not in given), relations))
    answered = zip(data.column_names, data.columns, strict=True)
    own = (given.get(column) for column in query.shown)
    return pa.table(dict((f"given.{name}", subject.column(name)) if name is not None else next(answered) for name in own))


def _in_order(data: pa.Table) -> pa.Table:
    """One row for each subject, in the order of the subjects: the engine nearly always keeps it, and sorting takes its time."""
    position = data.column("_i")
    if not position.equals(pa.chunked_array([pa.arange(0, data.num_rows)])):
        data = data.take(pc.sort_indices(position))
    return data.drop_columns("_i")


def _facts_behind(standard: ReadyStandard, refs: Iterable[Ref]) -> list[str]:
    """The facts over other rows that names in a condition rest on."""
    found: list[str] = []
    for ref in refs:
        filling = standard.filling(ref.name) if ref.kind is NameKind.FIELD else []
        for ready in [standard.facts[ref.name]] if ref.kind is NameKind.FACT else filling:
            found += [ready.name] if ready.fact.over is not None else _facts_behind(standard, names(ready.node))
    return list(dict.fromkeys(found))


def relation(table: Table) -> pa.Table:
    """A table as the query sees it: with the position of each row, and which of its cells are unreadable."""
    data = table.data.append_column("_i", pa.arange(0, table.data.num_rows))
    for name, mask in table.unreadable.items():
        data = data.append_column(f"bad.{name}", mask)
    return data


def _sign(require: Node) -> str:
    """The sign of a comparison with a parameter alone on its right side; empty for anything else."""
    if isinstance(require, Compare) and isinstance(require.right, Ref) and require.right.kind is NameKind.PARAMETER:
        return require.sign
    return ""


def _look(standard: ReadyStandard, ref: Ref) -> Look:
    if ref.kind is NameKind.PARAMETER:
        return Look(ref.name, "parameter")
    if ref.kind is NameKind.FACT:
        ready = standard.facts[ref.name]
        # That there are rows is all that such a fact says: which ones is of no interest.
        return Look(ref.name, "fact", _unit(ready), () if ready.fact.only_presence else (_source(standard, ready),))
    sources = tuple(_source(standard, ready) for ready in standard.filling(ref.name))
    return Look(ref.name, "field", fields(standard.subject)[ref.name].unit, sources)


def _unit(ready: ReadyFact) -> str:
    """The unit of a sum, smallest or largest value of a field; of others nothing is said."""
    node, over = ready.node, ready.fact.over
    if over is None or ready.fact.member_fold not in ("sum", "min", "max"):
        return ""
    return fields(over)[node.name].unit if isinstance(node, Ref) and node.kind is NameKind.FIELD else ""


def _source(standard: ReadyStandard, ready: ReadyFact) -> Source:
    if ready.fact.over is not None:
        # What the subject is known by anyway need not be said again.
        told = tuple(name for name in joined_by(ready) if name not in TABLES[standard.subject].KEY)
        return Source(ready.name, told, ready.fact.over, members=tuple(told_fields(ready)), asked=tuple(member_fields(ready)))
    found = leaves(standard, ready)
    if ready.fact.per is not None:
        return Source(ready.name, (*found, ready.fact.per), quotient=True)
    # A fact that fills a field stands for cells of other rows; of one that only sums up others these say more than their rows.
    inner = rows_behind(standard, ready) if ready.fact.fills is not None else []
    return Source(ready.name, tuple(found), behind=tuple(_source(standard, one) for one in inner))
