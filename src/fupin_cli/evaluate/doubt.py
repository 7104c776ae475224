"""What a finding about the data would change: the verdict if the values that it questions were not known.

A contradiction says that something in these cells is wrong, not what. So the cells are taken for unreadable, and the standard is
applied once more: an outcome that stays does not rest on them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.forward import FAIL
from fupin_cli.evaluate.joins import KEY, YEAR
from fupin_cli.evaluate.query import used_fields, year_is_silent
from fupin_cli.evaluate.rows import member_fields
from fupin_cli.evaluate.run import judge
from fupin_cli.evaluate.stacked import take_rows
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table, arrow_type, fields
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Table → field → rows whose cell is in question.
Doubts = Mapping[str, Mapping[str, set[int]]]
#: Fields that say who a row is: in question or not, the row stays whose it is.
_IDENTITY = (KEY, YEAR)


def would_change(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    as_of: date | None,
    assumptions: Mapping[str, str],
    first: StandardResult,
    findings: Sequence[StandardResult],
) -> Mapping[int, tuple[str, tuple[str, ...]]]:
    """Which verdicts rest on values that a finding questions, and what they would be without these values.

    ``first`` is the verdict of ``standard`` on ``tables``; ``findings`` are the results of quality standards on the same tables.
    The answer holds only subjects (by their index) whose outcome would differ: the outcome if every value that a failed check of
    severity ``gate`` questions were unknown, and the outcomes that would then be possible.
    """
    doubts = _relevant(questioned_cells(findings), standard, parameters)
    subjects = _touched(doubts, standard, tables)
    if not subjects:
        return {}
    unsure = {name: doubted(table, doubts[name]) if name in doubts else table for name, table in tables.items()}
    fewer, origins = take_subjects(unsure, standard.subject, subjects)
    again = judge(standard, parameters, fewer, as_of, assumptions)
    before = first.data.column("outcome").take(pa.array(origins, pa.int64())).to_pylist()
    changed: dict[int, tuple[str, tuple[str, ...]]] = {}
    wanted = set(subjects)
    for origin, old, row in zip(origins, before, _outcomes(again), strict=True):
        outcome, possible = row
        if origin in wanted and outcome != old:
            changed[origin] = (outcome, possible)
    return changed


def doubted(table: Table, doubts: Mapping[str, Iterable[int]]) -> Table:
    """The table with these cells (field → rows) marked unreadable: no value, and nothing may be filled in for it.

    A field that no sheet has is left alone: there is nothing to doubt.
    """
    data, masks = table.data, dict(table.unreadable)
    for name, rows in doubts.items():
        if not table.has(name):
            continue
        flags = [False] * data.num_rows
        for row in rows:
            flags[row] = True
        mask = pa.array(flags, pa.bool_())
        place = data.column_names.index(name)
        nothing = pa.scalar(None, arrow_type(fields(table.name)[name].form))
        data = data.set_column(place, name, pc.if_else(mask, nothing, data.column(name)))
        masks[name] = _whole(pc.or_(mask, masks[name])) if name in masks else mask
    return replace(table, data=data, unreadable=masks)


def take_subjects(tables: Mapping[str, Table], subject: str, indices: Sequence[int]) -> tuple[dict[str, Table], list[int]]:
    """The tables with only these subjects, and the index that each remaining subject had.

    The other tables stay whole, and so do the other years of a household: which member rows belong to a subject must not depend
    on who else is looked at.
    """
    table = tables[subject]
    chosen = set(indices)
    if table.has(KEY):
        keys = table.data.column(KEY)
        mine = pc.unique(keys.take(pa.array(sorted(chosen), pa.int64()))).drop_null()
        chosen |= set(pc.indices_nonzero(pc.is_in(keys, value_set=mine)).to_pylist())
    origins = sorted(chosen)
    return {**tables, subject: _taken(table, origins)}, origins


def questioned(result: StandardResult, check: str) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """The fields that a check's requirement looks at, through facts: of the subject, and of each table behind its facts."""
    own: list[str] = []
    over: dict[str, list[str]] = defaultdict(list)
    for look in result.looks[check]:
        if look.kind == "field":
            own.append(look.name)
        for source in look.sources:
            own += source.fields
            if source.over:
                over[source.over] += source.members
    return tuple(dict.fromkeys(own)), {table: tuple(dict.fromkeys(names)) for table, names in over.items()}


def questioned_cells(findings: Iterable[StandardResult]) -> Doubts:
    """The cells that the failed gates of quality standards question, by table and field."""
    doubts: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for result in findings:
        for name, check in result.standard.checks.items():
            if check.severity != "gate":
                continue
            failed = pc.indices_nonzero(pc.equal(result.data.column(f"status.{name}"), FAIL)).to_pylist()
            if not failed:
                continue
            own, _ = questioned(result, name)
            for field in own:
                doubts[result.subject.name][field].update(failed)
            for source in (source for look in result.looks[name] for source in look.sources if source.over):
                rows = result.witnesses.get(source.fact, {})
                behind = {row for index in failed for row in rows.get(index, ())}
                for field in source.members:
                    doubts[source.over][field] |= behind
    return doubts


def _relevant(doubts: Doubts, standard: ReadyStandard, parameters: Parameters) -> dict[str, dict[str, set[int]]]:
    """Only the cells that a standard looks at."""
    looked: dict[str, set[str]] = defaultdict(set)
    looked[standard.subject] |= set(used_fields(standard, parameters))
    for ready in standard.facts.values():
        if ready.fact.over is not None:
            looked[ready.fact.over] |= set(member_fields(ready))
    kept = {
        table: {name: rows for name, rows in cells.items() if name in looked[table] and name not in _IDENTITY and rows}
        for table, cells in doubts.items()
    }
    return {table: cells for table, cells in kept.items() if cells}


def _touched(doubts: Doubts, standard: ReadyStandard, tables: Mapping[str, Table]) -> list[int]:
    """The subjects whose verdict may rest on such a cell."""
    subject = tables[standard.subject]
    found: set[int] = set()
    for name, cells in doubts.items():
        rows = sorted(set().union(*cells.values()))
        if name == standard.subject:
            found |= set(rows)
        if name not in tables:
            continue
        facts = [ready.fact for ready in standard.facts.values() if ready.fact.over == name]
        if any(fact.on is not None for fact in facts):
            # Rows joined by a value of their own may belong to anybody.
            return list(range(subject.data.num_rows))
        if facts and tables[name].has(KEY) and subject.has(KEY):
            keys = pc.unique(tables[name].data.column(KEY).take(pa.array(rows, pa.int64()))).drop_null()
            found |= set(pc.indices_nonzero(pc.is_in(subject.data.column(KEY), value_set=keys)).to_pylist())
    return sorted(found)


def _outcomes(result: StandardResult) -> Iterable[tuple[str, tuple[str, ...]]]:
    names = (*result.standard.outcomes, NOT_APPLICABLE)
    columns = [result.data.column(f"may.{name}").to_pylist() for name in names]
    for outcome, *may in zip(result.data.column("outcome").to_pylist(), *columns, strict=True):
        yield outcome, tuple(name for name, possible in zip(names, may, strict=True) if possible)


def _taken(table: Table, rows: Sequence[int]) -> Table:
    """Some rows of a table, which still tell whether the file states years."""
    taken = take_rows(table, rows)
    if not table.has(YEAR) or year_is_silent(table):
        return taken
    # The file does state years, even if none of these rows does: the day of judgement must not give them one.
    return replace(taken, unreadable={YEAR: pa.array([False] * len(rows), pa.bool_()), **taken.unreadable})


def _whole(mask: Any) -> Any:
    return mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask
