"""Facts about the rows that belong to a subject: any, all, none, count, sum, min, max, distinct, with three values.

Rows that are not there are unknown, not absent: a household of five with three member rows has two members of whom nothing is
known, so "none of them" cannot be said. Where nobody says how many rows there should be, they are those that there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fupin_cli.evaluate.joins import YEAR, Apart, Join, joins
from fupin_cli.evaluate.parts import row_parts
from fupin_cli.evaluate.rows import (
    blank_column,
    blank_columns,
    folds_of,
    is_meant,
    is_open,
    may_be_silent,
    member_fields,
    row_columns,
    row_matters,
    row_value,
    unreadable_rows,
)
from fupin_cli.evaluate.sql import Writer, quoted, text_literal
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.tables import Table
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import NameKind, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyFact, ReadyStandard, fills_something

#: Relation (``fact``, ``_i``) of the subjects whose rows a quality standard has to show.
WANTED = "wanted"
#: How many rows are named for a fact whose rows are joined by a value: a number that everybody wrote down names a whole file.
SHOWN_ROWS = 20


@dataclass(frozen=True)
class MemberSql:
    """The common table expressions for a standard's member facts, and what they give to each subject."""

    #: Columns that the base must have, by name → SQL over ``s``, a row of the subject's table.
    base: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    #: Columns of the joined relation, by their final name → SQL over ``b`` (the subject) and what ``joins`` adds.
    columns: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    #: Relations of member rows, and the queries over them that name the rows which decide or leave open each fact.
    rows: list[str] = field(default_factory=list)
    witnesses: list[str] = field(default_factory=list)
    #: Queries over the same relations that give the parts of each fact's conditions.
    row_parts: list[str] = field(default_factory=list)


def member_sql(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    apart: Apart | None = None,
    *,
    register: bool = False,
) -> MemberSql:
    """The SQL of all facts of a standard that look at other rows than the subject's own."""
    found = MemberSql()
    for join in joins(standard, tables, apart, register=register):
        _add(found, join, standard, parameters)
    for ready in standard.facts.values():
        if ready.fact.over is not None and ready.name not in found.columns:
            found.columns.update(_nothing_known(ready))
    return found


_KINDS = {ValueType.BOOL: "BOOLEAN", ValueType.DATE: "DATE"}


def _nothing_known(ready: ReadyFact) -> dict[str, str]:
    """A fact over a table that is not there."""
    kind = _KINDS.get(ready.type, "DECIMAL(18, 6)")
    columns = {ready.name: f"CAST(NULL AS {kind})", f"rows.{ready.name}": "FALSE", f"short.{ready.name}": "TRUE"}
    columns[f"tainted.{ready.name}"] = "FALSE"
    columns[f"silent.{ready.name}"] = "CAST(NULL AS BOOLEAN)"
    columns[f"perhaps.{ready.name}"] = "FALSE"
    return columns | {blank_column(ready.name, name): "FALSE" for name in member_fields(ready)}


def _add(found: MemberSql, join: Join, standard: ReadyStandard, parameters: Parameters) -> None:
    """The relations of one join, and its facts."""
    columns, quality = row_columns(parameters, join.over), standard.is_quality
    for ready in join.facts:
        columns.prepare(ready.where)
        columns.prepare(ready.node)
    writer = columns.writer
    places = sorted(subject_places(standard, parameters))
    computed, of_rows = columns.layers.render(f"members{join.id}", f"row{join.id}_")
    folded = ['COUNT(*) AS "n"']
    for ready in join.facts:
        folded += folds_of(ready, writer)
        folded.append(f"{unreadable_rows(ready, join.over, writer)} AS {quoted(f'tainted.{ready.name}')}")
        if not quality:
            folded += blank_columns(ready, writer)
        found.columns.update(_facts(ready, join))
        if not quality:
            blanks = {blank_column(ready.name, name) for name in member_fields(ready)}
            found.columns.update({name: f"COALESCE({join.folded}.{quoted(name)}, FALSE)" for name in sorted(blanks)})
        found.row_parts.append(row_parts(ready, of_rows, writer))
        if not ready.counts_rows:
            # Where a figure of the sheet is held against its rows, these have to be named as well.
            named = quality or (not join.of_household and fills_something(standard, ready))
            found.witnesses.append(_witnesses(ready, join, of_rows, writer, places, quality=quality, named=named))
    found.base.update(join.base())
    relations = [] if join.of_household else [join.asked(places)]
    relations += [_rows(join, places), *computed]
    found.rows.extend(relations)
    folds = ",\n    ".join(folded)
    found.parts.extend(relations)
    found.parts.append(f'{join.folded} AS (\n  SELECT "_i",\n    {folds}\n  FROM {of_rows}\n  GROUP BY "_i")')
    asker = "b" if join.of_household else join.askers
    if not join.of_household:
        found.joins.append(f"LEFT {join.asker(places)}")
    found.joins.append(f'LEFT JOIN {join.folded} ON {join.folded}."_i" = {asker}."_i"')
    if lost := join.lost():
        found.parts.append(f"lost{join.id} AS (\n  {lost})")
        found.joins.append(join.with_lost())
    if loose := join.loose():
        found.parts.append(f"loose{join.id} AS (\n  {loose})")
        found.joins.append(f'LEFT JOIN loose{join.id} ON loose{join.id}."_i" = {asker}."_i"')


def _witnesses(
    ready: ReadyFact, join: Join, rows: str, writer: Writer, places: Sequence[str], *, quality: bool, named: bool
) -> str:
    """The rows that make a fact what it is: of each subject, or of each that a finding is about."""
    value, fact = row_value(ready, writer), text_literal(ready.name)
    telling = row_matters(ready, value, is_meant(ready, writer), named=named)
    wanted = f'b."_i" IN (SELECT "_i" FROM {WANTED} WHERE "fact" = {fact})' if quality else "TRUE"
    if join.of_household:
        return f'SELECT {fact} AS "fact", b."_i", "_member" FROM {rows} AS b WHERE ({telling}) AND {wanted}'
    # One row for each of the values that are told apart; of the others the first ones.
    alike = f", {value}" if ready.fact.member_fold == "distinct" else ""
    first = f'SELECT "_i", MIN("_member") AS "_member" FROM {rows} WHERE {telling} GROUP BY "_i"{alike}'
    if not alike:
        # Of a number the rows that leave it open come first: among many, the cells to fill in would not be seen.
        last = f"NOT COALESCE({is_open(ready, writer)}, FALSE)" if ready.fact.member_fold in ("sum", "count") else "FALSE"
        first = f'SELECT "_i", "_member", {last} AS "_last" FROM {rows} WHERE {telling}'
    order = '"_member"' if alike else '"_last", "_member"'
    few = f'SELECT *, ROW_NUMBER() OVER (PARTITION BY "_i" ORDER BY {order}) AS "_place" FROM ({first}) AS f'
    return (
        f'SELECT {fact} AS "fact", b."_i", m."_member" FROM base AS b {join.asker(places)} '
        f'JOIN ({few}) AS m ON m."_i" = {join.askers}."_i" WHERE m."_place" <= {SHOWN_ROWS} AND {wanted}'
    )


def subject_places(standard: ReadyStandard, parameters: Parameters) -> set[str]:
    """Fields of the subject by which a parameter in a member fact is chosen."""
    facts = [ready for ready in standard.facts.values() if ready.fact.over is not None]
    nodes = [node for ready in facts for node in (ready.node, ready.where) if node is not None]
    named = {ref.name for node in nodes for ref in names(node) if ref.kind is NameKind.PARAMETER}
    return {by for name in named if (by := parameters.pack.parameters[name].by) is not None}


def _rows(join: Join, places: Sequence[str]) -> str:
    """The rows of the other table, each with the subject it surely belongs to."""
    own = [*join.over.data.column_names, *(f"bad.{name}" for name in join.over.unreadable)]
    fields = ", ".join(f"p.{quoted(name)}" for name in own)
    subject = f'b."_i", b."{YEAR}" AS "subject.year", b."as_of" AS "subject.as_of"'
    subject += "".join(f", b.{quoted(f'given.{place}')} AS {quoted(f'subject.{place}')}" for place in places)
    # Which row it is, is asked for witnesses alone.
    member = "" if join.register else 'p."_i" AS "_member", '
    return (
        f"members{join.id} AS (\n  SELECT {subject}, {member}{fields}\n"
        f"  FROM {join.rows()} AS p\n"
        f"  JOIN {join.askers} AS b ON {join.same()} AND {join.in_year()})"
    )


def _facts(ready: ReadyFact, join: Join) -> dict[str, str]:
    """A fact of a subject, and whether unreadable cells or missing rows leave it unknown."""
    name, fold = ready.name, ready.fact.member_fold
    hit, unknown = f"{join.folded}.{quoted(f'hit.{name}')}", f"COALESCE({join.folded}.{quoted(f'open.{name}')}, FALSE)"
    whole, found = _whole(join), f"COALESCE({hit}, FALSE)"
    if fold == "distinct":
        value = f"CASE WHEN {hit} > 0 THEN {hit} END"
    elif ready.counts_rows:
        value = f'CASE WHEN {_counted(join)} THEN COALESCE({join.folded}."n", 0) END'
    elif fold in ("any", "all", "none"):
        met, unmet = ("TRUE", "FALSE") if fold == "any" else ("FALSE", "TRUE")
        value = f"CASE WHEN {found} THEN {met} WHEN {unknown} OR NOT {whole} THEN NULL ELSE {unmet} END"
    else:
        # Of no rows at all the sum is nothing, while there is no smallest of them.
        total = f"COALESCE({hit}, 0)" if fold in ("count", "sum") else hit
        value = f"CASE WHEN {unknown} OR NOT {whole} THEN NULL ELSE {total} END"
    tainted = f"COALESCE({join.folded}.{quoted(f'tainted.{name}')}, FALSE)"
    there = f'{join.folded}."n" IS NOT NULL'
    silent = {}
    if may_be_silent(ready):
        told = f"COALESCE({join.folded}.{quoted(f'told.{name}')}, FALSE)"
        silent[f"silent.{name}"] = f"CASE WHEN {join.there()} THEN NOT {told} AND {whole} END"
    else:
        # Rows that may be the subject's, or that do not say what they are, may hold what nobody knows.
        settled = f"NOT {found} AND " if fold in ("any", "all", "none") else ""
        silent[f"perhaps.{name}"] = f"({settled}{join.there()} AND ({unknown} OR NOT {whole}))"
    return silent | {name: value, f"tainted.{name}": tainted, f"rows.{name}": there, f"short.{name}": f"NOT {whole}"}


def _certain(join: Join) -> str:
    """Whether no row of unknown year may belong to the subject."""
    return f'loose{join.id}."_i" IS NULL' if join.loose() else "TRUE"


def _whole(join: Join) -> str:
    """Whether all rows of a subject are there."""
    if not join.sized:
        sure = [f"b.{quoted(join.column)} IS NOT NULL", _certain(join), f"NOT {join.unplaced()}", join.there()]
        return "(" + " AND ".join(sure) + ")"
    size, bad = f"b.{quoted(f'given.{MEMBER_COUNT}')}", f"b.{quoted(f'bad.{MEMBER_COUNT}')}"
    # Where the sheet does not say how many there are, the rows are all there is, unless some rows lost their household.
    without_size, number = f"NOT ({bad} OR {join.unplaced()})", f'{join.folded}."n"'
    enough = f"CASE WHEN {size} IS NULL THEN {without_size} ELSE {number} >= {size} END"
    return f"({number} IS NOT NULL AND {_certain(join)} AND {enough})"


def _counted(join: Join) -> str:
    """Whether the plain number of rows is sure, however many there should be."""
    if not join.sized:
        return _whole(join)
    certain = f"b.{quoted(f'given.{MEMBER_COUNT}')} IS NOT NULL OR NOT {join.unplaced()}"
    return f'({join.folded}."n" IS NOT NULL AND {_certain(join)} AND ({certain}))'
