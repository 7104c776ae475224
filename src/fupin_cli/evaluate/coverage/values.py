"""The values that the conditions of a standard had, as columns: of each worked case, or of a roster by their combinations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.evaluate.cases import put_together
from fupin_cli.evaluate.joins import Apart
from fupin_cli.evaluate.lookback import looking_back
from fupin_cli.evaluate.parts import row_places
from fupin_cli.evaluate.query import build_query, used_fields
from fupin_cli.evaluate.run import as_written, refuse_without_year, relation
from fupin_cli.evaluate.sql import quoted, text_literal
from fupin_cli.model.case import Case
from fupin_cli.model.parts import part_column
from fupin_cli.model.tables import SHEET, Table
from fupin_cli.rules.conditions import Path, conditions, never_says_no, trees
from fupin_cli.rules.expression import Node
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyFact, ReadyStandard

#: How many subjects or rows a combination stands for; the case that a row of values is of.
COUNT, CASE = "n", "case"


@dataclass(frozen=True)
class Asked:
    """A condition, by its place."""

    key: str
    path: Path
    node: Node
    over: str
    #: Whether it stands in ``true_or_unknown``.
    never_says_no: bool = False

    @property
    def column(self) -> str:
        """The column with its values."""
        return part_column(self.key, self.path)


@dataclass(frozen=True)
class Values:
    """What conditions came to: true, false, null where unknown."""

    #: A column for each condition about the subject, beside ``n`` and, of worked cases, ``case``.
    subjects: pa.Table
    #: Fact → the same for the conditions about its rows.
    rows: Mapping[str, pa.Table]


def asked(standard: ReadyStandard) -> list[Asked]:
    """Every condition of a standard, in the order of the file."""
    return [
        Asked(tree.key, path, node, tree.over, never_says_no(tree.node, path))
        for tree in trees(standard)
        for path, node in conditions(tree.node)
    ]


def values_of_cases(standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case]) -> Values:
    """The values in worked cases: those of the subject that a case is about, and of every row that a case gives."""
    subjects: list[pa.Table] = []
    rows: dict[str, list[pa.Table]] = {}
    for one in put_together(standard, parameters, cases):
        found, inside = _ask(standard, one.parameters, one.tables, None, one.apart)
        places = pc.index_in(pa.array(one.subjects, pa.int64()), value_set=found.column("_i").combine_chunks())
        subjects.append(_counted(found.take(places), pa.array(one.chosen, pa.int64())))
        sheets = one.tables[standard.subject].data.column(SHEET).combine_chunks()
        for name, values in inside.items():
            whose = pa.array(one.chosen, pa.int64()).take(sheets.take(values.column("_i").combine_chunks()))
            rows.setdefault(name, []).append(_counted(values, whose))
    if not subjects:
        return _nothing(standard)
    return Values(pa.concat_tables(subjects), {name: pa.concat_tables(tables) for name, tables in rows.items()})


def values_of_roster(standard: ReadyStandard, parameters: Parameters, tables: Mapping[str, Table], as_of: date | None) -> Values:
    """The values in a roster, each combination once with the number of its subjects or rows.

    Raises:
        UsageRefused: the standard needs a year and neither the data nor ``as_of`` gives one.
    """
    refuse_without_year(standard, parameters, tables[standard.subject], as_of)
    found, inside = _ask(standard, parameters, tables, as_of, None)
    return Values(found, inside)


def _nothing(standard: ReadyStandard) -> Values:
    """The values where there is no case at all."""

    def empty(columns: Sequence[str]) -> pa.Table:
        numbers = {name: pa.array([], pa.int64()) for name in (COUNT, CASE)}
        return pa.table({name: pa.array([], pa.bool_()) for name in columns} | numbers)

    rows = {ready.name: empty([column for _, column in _places(ready)]) for ready in standard.facts.values() if _places(ready)}
    return Values(empty([one.column for one in asked(standard) if not one.over]), rows)


def _counted(values: pa.Table, cases: pa.Array) -> pa.Table:
    once = pa.array([1] * values.num_rows, pa.int64())
    return values.drop_columns("_i").append_column(COUNT, once).append_column(CASE, cases)


def _ask(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    as_of: date | None,
    apart: Apart | None,
) -> tuple[pa.Table, dict[str, pa.Table]]:
    """One query for the conditions about subjects, and one for those about rows; by combinations unless these are cases."""
    if standard.is_quality:
        tables = {name: as_written(table) for name, table in tables.items()}
    if standard.looks_back:
        seen = looking_back(tables[standard.subject], used_fields(standard, parameters))
        tables = {**tables, standard.subject: seen}
    columns = [one.column for one in asked(standard) if not one.over]
    query = build_query(standard, parameters, tables, as_of, {}, apart, parts=True, only=columns)
    relations = {name: relation(table) for name, table in tables.items() if name in standard.tables}
    chosen = ", ".join(map(quoted, columns))
    if apart is None:
        found = duck.run(f'SELECT {chosen}, COUNT(*) AS "{COUNT}" FROM ({query.verdicts}) GROUP BY ALL', relations)
    else:
        found = duck.run(query.verdicts, relations)
    first = '"_i"' if apart is not None else f'COUNT(*) AS "{COUNT}"'
    grouped = "" if apart is not None else " GROUP BY ALL"
    rows = query.rows or 'SELECT CAST(NULL AS VARCHAR) AS "fact", CAST([] AS VARCHAR[]) AS "values", 0 AS "_i" LIMIT 0'
    inside = duck.run(f'SELECT "fact", {_conditions_of_rows(standard)} AS "values", {first} FROM ({rows}){grouped}', relations)
    return found, {ready.name: _of_fact(ready, inside) for ready in standard.facts.values() if _places(ready)}


def _places(ready: ReadyFact) -> list[tuple[int, str]]:
    """Of a fact about rows: where the values of its conditions stand in the list of its parts, and the columns they get."""
    if ready.fact.over is None:
        return []
    named = {f"facts.{ready.name}.where": ready.where, f"facts.{ready.name}.{ready.fact.member_fold}": ready.node}
    wanted = {(key, path) for key, node in named.items() if node is not None for path, _ in conditions(node)}
    return [(index, part_column(key, path)) for index, (key, path, _) in enumerate(row_places(ready)) if (key, path) in wanted]


def _conditions_of_rows(standard: ReadyStandard) -> str:
    """Of the values of all parts those of conditions alone: of dates and amounts there would be as many combinations as rows."""
    chosen = {ready.name: [f'"values"[{index + 1}]' for index, _ in _places(ready)] for ready in standard.facts.values()}
    branches = [f"WHEN {text_literal(name)} THEN [{', '.join(items)}]" for name, items in chosen.items() if items]
    return f'CASE "fact" {" ".join(branches)} END' if branches else "CAST([] AS VARCHAR[])"


def _of_fact(ready: ReadyFact, found: pa.Table) -> pa.Table:
    """The rows that a fact looks at, a column for each of its conditions."""
    mine = found.filter(pc.equal(found.column("fact"), ready.name))
    texts = mine.column("values")
    columns = {column: pc.equal(pc.list_element(texts, place), "true") for place, (_, column) in enumerate(_places(ready))}
    others = {name: mine.column(name) for name in ("_i", COUNT) if name in mine.column_names}
    return pa.table({**columns, **others})
