"""Worked cases of a pack, judged by the same engine as everything else."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import pyarrow as pa
from pydantic import ValidationError

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.joins import DAY, KEY, YEAR, Apart
from fupin_cli.evaluate.rosters.years import linked
from fupin_cli.evaluate.run import judge
from fupin_cli.model.case import Case, CaseOutcome
from fupin_cli.model.cells import column_letter
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.model.view import SubjectView
from fupin_cli.rules.parameters import Parameters, choose
from fupin_cli.rules.standard import ReadyStandard


def run_cases(standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case]) -> list[CaseOutcome]:
    """Judge every case of a standard.

    Tables, fields and checks that a case names were checked when it was loaded.
    """
    results: dict[int, CaseOutcome] = {}
    for batch in judged_cases(standard, parameters, cases):
        views = batch.verdicts.views(batch.subjects)
        for index, view in zip(batch.chosen, views, strict=True):
            results[index] = CaseOutcome(cases[index], tuple(_differences(cases[index], view)))
    return [results[index] for index in range(len(cases))]


@dataclass(frozen=True)
class Together:
    """Cases that can be judged together, those of the same settings, as tables."""

    #: Indexes of the cases, and for each the row of the joint table that it is about.
    chosen: Sequence[int]
    subjects: Sequence[int]
    parameters: Parameters
    tables: Mapping[str, Table]
    #: Each case is a sheet of its own; where it does not give a table, nothing is known of that table.
    apart: Apart


@dataclass(frozen=True)
class Batch:
    """Cases that were judged together."""

    #: Indexes of the cases, and for each the row of the joint table that it is about.
    chosen: Sequence[int]
    subjects: Sequence[int]
    parameters: Parameters
    verdicts: StandardResult


def judged_cases(
    standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case], *, parts: bool = False
) -> Iterator[Batch]:
    """The verdicts on worked cases: one query for all cases of the same settings."""
    for one in put_together(standard, parameters, cases):
        verdicts = judge(standard, one.parameters, one.tables, None, {}, one.apart, parts=parts)
        yield Batch(one.chosen, one.subjects, one.parameters, verdicts)


def put_together(standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case]) -> Iterator[Together]:
    """The tables of worked cases, as few of them as there are settings."""
    for settings in dict.fromkeys(tuple(case.settings.items()) for case in cases):
        chosen = [index for index, case in enumerate(cases) if tuple(case.settings.items()) == settings]
        judged = [cases[index] for index in chosen]
        names = dict.fromkeys([standard.subject, *(name for case in judged for name in case.given)])
        tables: Mapping[str, Table] = {name: _table(name, judged) for name in names}
        if standard.looks_back:
            tables = {**tables, **linked(tables, apart=True).tables}
        apart = {name: [number for number, case in enumerate(judged) if name in case.given] for name in names}
        given = _parameters(standard, parameters, judged[0], names)
        yield Together(chosen, _subjects(standard.subject, judged), given, tables, apart)


def _parameters(standard: ReadyStandard, parameters: Parameters, case: Case, tables: Container[str]) -> Parameters:
    """The parameters of a case: what the document leaves to the user, the case has to set where anything asks for it."""
    given = choose(parameters.pack, case.settings) if case.settings else parameters
    # Of rows of a table that nobody gives nothing is asked.
    there = {name: fact for name, fact in standard.facts.items() if fact.fact.over is None or fact.fact.over in tables}
    for name in sorted(replace(standard, facts=there).parameters() - set(given.chosen)):
        if parameters.pack.parameters[name].value is not None:
            raise UsageRefused("case-parameter-unset", case=case.name, standard=standard.name, name=name)
    return given


def _subjects(table: str, cases: Sequence[Case]) -> list[int]:
    """The row of the joint table that each case is about."""
    starts = accumulate((len(case.rows(table)) for case in cases), initial=0)
    return [start + case.subject for start, case in zip(starts, cases, strict=False)]


def _table(name: str, cases: Sequence[Case]) -> Table:
    """The rows that the cases give to a table. Each case is a sheet of its own: what it does not mention is not there at all."""
    declared = fields(name)
    records: list[dict[str, object]] = []
    unread: dict[str, set[int]] = {}
    sheets: list[SheetRef] = []
    for number, case in enumerate(cases):
        rows = case.rows(name)
        written = list(dict.fromkeys(field for row in rows for field in row))
        sheets.append(SheetRef(0, case.name, {field: column_letter(i) for i, field in enumerate(written)}))
        for row in rows:
            # Who is not named otherwise belongs to the one household of the case, in its year.
            record: dict[str, object] = {KEY: f"case-{number}", YEAR: case.judged_in, SHEET: number, ROW: len(records) + 1}
            record[DAY] = case.as_of
            for field, text in row.items():
                try:
                    record[field] = declared[field].adapter.validate_python(text)
                except ValidationError:
                    unread.setdefault(field, set()).add(len(records))
            records.append(record)
    mentioned = {field for sheet in sheets for field in sheet.letters}
    names = [field for field in declared if field in (KEY, YEAR) or field in mentioned]
    names += sorted(mentioned - set(names))
    columns = {field: pa.array([r.get(field) for r in records], arrow_type(declared[field].form)) for field in names}
    places = {field: pa.array([r[field] for r in records], pa.int32()) for field in (SHEET, ROW)}
    masks = {field: pa.array([i in rows for i in range(len(records))], pa.bool_()) for field, rows in unread.items()}
    days = pa.array([record[DAY] for record in records], pa.date32())
    return Table(name, pa.table({**columns, **places, DAY: days}), sheets, masks)


def _differences(case: Case, view: SubjectView) -> list[tuple[str, str, str]]:
    expect = case.expect
    found: list[tuple[str, str, str]] = []
    if view.outcome != expect.outcome:
        found.append(("outcome", expect.outcome, view.outcome))
    if expect.possible and set(expect.possible) != set(view.possible):
        found.append(("possible", ", ".join(sorted(expect.possible)), ", ".join(sorted(view.possible))))
    missing = {item.name for item in view.missing}
    if (expect.missing or view.outcome == UNDETERMINED) and set(expect.missing) != missing:
        found.append(("missing", ", ".join(sorted(expect.missing)), ", ".join(sorted(missing))))
    statuses = {check.name: check.status for check in view.checks}
    for name, status in expect.checks.items():
        if statuses.get(name) != status:
            found.append((name, status, str(statuses.get(name))))
    return found
