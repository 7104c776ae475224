"""What the rules of data quality find in the tables of another check, and which of its verdicts rest on that."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from fupin_cli.evaluate.doubt import questioned, would_change
from fupin_cli.evaluate.joins import KEY, YEAR
from fupin_cli.evaluate.query import used_fields
from fupin_cli.evaluate.rows import member_fields
from fupin_cli.evaluate.run import judge
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Change, Finding
from fupin_cli.model.tables import ROW, SHEET, Table
from fupin_cli.rules.expression import names
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyCheck, ReadyStandard, behind


def find_errors(rules: LoadedPack, tables: Mapping[str, Table], as_of: date | None) -> list[StandardResult]:
    """What the error-level rules of the pack find in the tables that are there. Nothing is assumed for them."""
    parameters = Parameters(rules.pack, {})
    ready = [standard for standard in rules.standards.values() if standard.is_quality and standard.subject in tables]
    narrow = [_error_rules(standard, tables) for standard in ready]
    return [judge(standard, parameters, tables, as_of, {}) for standard in narrow if standard.checks]


def _error_rules(ready: ReadyStandard, tables: Mapping[str, Table]) -> ReadyStandard:
    """Only the rules that can find an error here, without a verdict: asking for less is most of the time of a small file.

    A rule none of whose fields is in any sheet cannot: it is unknown for everybody.
    """
    checks = {
        name: check for name, check in ready.checks.items() if check.check.severity == "gate" and _said(ready, check, tables)
    }
    nodes = [node for check in checks.values() for node in (check.require, check.applies) if node is not None]
    facts = behind(ready, [ref for node in nodes for ref in names(node)])
    whole, last = ready.standard, ready.rows[-1]
    kept = {
        "checks": {name: whole.checks[name] for name in checks},
        "facts": {name: fact.fact for name, fact in facts.items()},
        "outcomes": {last.row.outcome: whole.outcomes[last.row.outcome]},
        "decide": [last.row],
    }
    return replace(ready, standard=whole.model_copy(update=kept), applies=None, checks=checks, facts=facts, rows=[last])


def _said(ready: ReadyStandard, check: ReadyCheck, tables: Mapping[str, Table]) -> bool:
    """Whether any sheet has something that the rule requires something of."""
    refs = check.names()
    facts = behind(ready, refs)
    own = {ref.name for ref in refs} | {ref.name for fact in facts.values() if fact.fact.over is None for ref in names(fact.node)}
    return any(map(tables[ready.subject].has, own)) or any(fact.fact.over in tables for fact in facts.values())


def changes(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    as_of: date | None,
    assumptions: Mapping[str, str],
    first: StandardResult,
    findings: Sequence[StandardResult],
) -> dict[int, Change]:
    """For each subject whose outcome would differ without the questioned values: what it would be, and the findings behind it."""
    changed = would_change(standard, parameters, tables, as_of, assumptions, first, findings)
    if not changed:
        return {}
    looked = _looked_at(standard, parameters)
    behind: dict[int, list[Finding]] = defaultdict(list)
    for judged in findings:
        for name, check in judged.standard.checks.items():
            if check.severity == "gate" and _touches(judged, name, looked):
                for index, owner in _owners(judged, name, tables[standard.subject], set(changed)):
                    behind[owner].append(Finding(judged, name, index))
    return {index: Change(*changed[index], tuple(behind[index])) for index in sorted(changed)}


def _looked_at(standard: ReadyStandard, parameters: Parameters) -> set[tuple[str, str]]:
    """Every field, with its table, on which a verdict of the standard can rest."""
    found = {(standard.subject, name) for name in used_fields(standard, parameters)}
    for ready in standard.facts.values():
        if ready.fact.over is not None:
            found |= {(ready.fact.over, name) for name in member_fields(ready)}
    return found


def _touches(judged: StandardResult, check: str, looked: set[tuple[str, str]]) -> bool:
    own, over = questioned(judged, check)
    named = {(judged.subject.name, name) for name in own}
    named |= {(table, name) for table, names in over.items() for name in names}
    return bool(named & looked)


def _owners(judged: StandardResult, check: str, subject: Table, changed: set[int]) -> list[tuple[int, int]]:
    """Each subject of the finding with the changed subject that it belongs to: itself, or the household of a member."""
    failing = judged.failing(check)
    if judged.subject.name == subject.name:
        return [(index, index) for index in failing if index in changed]
    if not (judged.subject.has(KEY) and subject.has(KEY)):
        return []
    own: dict[Any, list[tuple[Any, int]]] = defaultdict(list)
    for index, (key, year) in zip(sorted(changed), _keys(subject, sorted(changed)), strict=True):
        if key is not None:
            own[key].append((year, index))
    found = []
    for index, (key, year) in zip(failing, _keys(judged.subject, failing), strict=True):
        found += [(index, owner) for of_year, owner in own.get(key, ()) if None in (year, of_year) or year == of_year]
    return found


def _keys(table: Table, rows: Sequence[int]) -> list[tuple[Any, Any]]:
    chosen = pa.array(rows, pa.int64())
    columns = [
        table.data.column(name).take(chosen).to_pylist() if table.has(name) else [None] * len(rows) for name in (KEY, YEAR)
    ]
    return list(zip(*columns, strict=True))


def untold(problems: Sequence[Problem], judged: Sequence[StandardResult]) -> list[Problem]:
    """The problems without those whose two cells an error of data quality names, too: nobody need read that twice.

    A warning takes no problem's place: it would hide an error, and end with exit code 0.
    """
    pairs = [(problem, {problem.where, problem.other}) for problem in problems if problem.where and problem.other]
    told: set[int] = set()
    for result in (result for result in judged if result.is_quality):
        mine = [(problem, cells) for problem, cells in pairs if problem.table == result.subject.name]
        places = {(cell.input, cell.sheet, cell.row) for _, cells in mine for cell in cells}
        rows = _at(result.subject, places)
        errors = [name for name, check in result.standard.checks.items() if check.severity == "gate"]
        for check in errors if rows else ():
            for view in result.views([index for index in result.failing(check) if index in rows], (check,)):
                named = {cell for cells in view.checks[0].cells.values() for cell in cells}
                told |= {id(problem) for problem, cells in mine if cells <= named}
    return [problem for problem in problems if id(problem) not in told]


def _at(table: Table, places: set[tuple[int, str, int]]) -> set[int]:
    """The records that stand in these rows of the files."""
    if not places:
        return set()
    sheets = {number: (sheet.input, sheet.name) for number, sheet in enumerate(table.sheets)}
    rows = zip(table.data.column(SHEET).to_pylist(), table.data.column(ROW).to_pylist(), strict=True)
    return {index for index, (sheet, row) in enumerate(rows) if (*sheets[sheet], row) in places}
