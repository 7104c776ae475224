"""Facts about the rows that belong to a subject: any, all, none, count, sum, min, max, distinct, with three values.

Rows that are not there are unknown, not absent: a household of five with three member rows has two members of whom nothing is
known, so "none of them" cannot be said. Where nobody says how many rows there should be, they are those that there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fupin_cli.evaluate.joins import YEAR, Apart, Join, joins
from fupin_cli.evaluate.sql import Writer, parameter_sql, quoted, sql_type, text_literal
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.tables import Table
from fupin_cli.rules.expression import NameKind, Ref, names, paths
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyFact, ReadyStandard

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


def blank_column(fact: str, name: str) -> str:
    """Column that is TRUE where a blank of this field leaves the fact unknown."""
    return f"blank.{fact}.{name}"


def member_sql(
    standard: ReadyStandard, parameters: Parameters, tables: Mapping[str, Table], apart: Apart | None = None
) -> MemberSql:
    """The SQL of all facts of a standard that look at other rows than the subject's own."""
    found = MemberSql()
    for join in joins(standard, tables, apart):
        _add(found, join, standard, parameters)
    for ready in standard.facts.values():
        if ready.fact.over is not None and ready.name not in found.columns:
            found.columns.update(_nothing_known(ready))
    return found


def _nothing_known(ready: ReadyFact) -> dict[str, str]:
    """A fact over a table that is not there."""
    kind = "BOOLEAN" if ready.fact.member_fold in ("any", "all", "none") else "DECIMAL(18, 6)"
    columns = {ready.name: f"CAST(NULL AS {kind})", f"rows.{ready.name}": "FALSE", f"short.{ready.name}": "TRUE"}
    columns[f"tainted.{ready.name}"] = "FALSE"
    return columns | {blank_column(ready.name, name): "FALSE" for name in member_fields(ready)}


def _add(found: MemberSql, join: Join, standard: ReadyStandard, parameters: Parameters) -> None:
    """The relations of one join, and its facts."""
    writer, quality = _writer(parameters, join.over), standard.is_quality
    places = sorted(subject_places(standard, parameters))
    folded = ['COUNT(*) AS "n"']
    for ready in join.facts:
        folded += _folds(ready, writer)
        folded.append(f"{_unreadable(ready, join.over)} AS {quoted(f'tainted.{ready.name}')}")
        if not quality:
            folded += _blanks(ready, writer)
        found.columns.update(_facts(ready, join))
        if not quality:
            blanks = {blank_column(ready.name, name) for name in member_fields(ready)}
            found.columns.update({name: f"COALESCE({join.folded}.{quoted(name)}, FALSE)" for name in sorted(blanks)})
        if not ready.counts_rows:
            found.witnesses.append(_witnesses(ready, join, writer, places, quality=quality))
    found.base.update(join.base())
    relations = [] if join.of_household else [join.asked(places)]
    relations.append(_rows(join, places))
    found.rows.extend(relations)
    folds = ",\n    ".join(folded)
    found.parts.extend(relations)
    found.parts.append(f'{join.folded} AS (\n  SELECT "_i",\n    {folds}\n  FROM members{join.id}\n  GROUP BY "_i")')
    asker = "b" if join.of_household else join.askers
    if not join.of_household:
        found.joins.append(f"LEFT {join.asker(places)}")
    found.joins.append(f'LEFT JOIN {join.folded} ON {join.folded}."_i" = {asker}."_i"')
    if loose := join.loose():
        found.parts.append(f"loose{join.id} AS (\n  {loose})")
        found.joins.append(f'LEFT JOIN loose{join.id} ON loose{join.id}."_i" = {asker}."_i"')


def _witnesses(ready: ReadyFact, join: Join, writer: Writer, places: Sequence[str], *, quality: bool) -> str:
    """The rows that make a fact what it is: of each subject, or of each that a finding is about."""
    value, fact = writer.write(ready.node), text_literal(ready.name)
    telling = _matters(ready, value, quality=quality)
    wanted = f'b."_i" IN (SELECT "_i" FROM {WANTED} WHERE "fact" = {fact})' if quality else "TRUE"
    if join.of_household:
        return f'SELECT {fact} AS "fact", b."_i", "_member" FROM members{join.id} AS b WHERE ({telling}) AND {wanted}'
    # One row for each of the values that are told apart; of the others the first ones.
    alike = f", {value}" if ready.fact.member_fold == "distinct" else ""
    first = f'SELECT "_i", MIN("_member") AS "_member" FROM members{join.id} WHERE {telling} GROUP BY "_i"{alike}'
    if not alike:
        first = f'SELECT "_i", "_member" FROM members{join.id} WHERE {telling}'
    few = f'SELECT *, ROW_NUMBER() OVER (PARTITION BY "_i" ORDER BY "_member") AS "_place" FROM ({first}) AS f'
    return (
        f'SELECT {fact} AS "fact", b."_i", m."_member" FROM base AS b {join.asker(places)} '
        f'JOIN ({few}) AS m ON m."_i" = {join.askers}."_i" WHERE m."_place" <= {SHOWN_ROWS} AND {wanted}'
    )


def subject_places(standard: ReadyStandard, parameters: Parameters) -> set[str]:
    """Fields of the subject by which a parameter in a member fact is chosen."""
    nodes = [ready.node for ready in standard.facts.values() if ready.fact.over is not None]
    named = {ref.name for node in nodes for ref in names(node) if ref.kind is NameKind.PARAMETER}
    return {by for name in named if (by := parameters.pack.parameters[name].by) is not None}


def member_fields(ready: ReadyFact) -> list[str]:
    """The fields of the member table that a fact looks at."""
    found = (ref.name for _, ref in paths(ready.node) if ref.kind is NameKind.FIELD)
    return list(dict.fromkeys(found))


def _writer(parameters: Parameters, members: Table) -> Writer:
    def name(ref: Ref) -> str:
        match ref.kind:
            case NameKind.PARAMETER:
                by = parameters.pack.parameters[ref.name].by
                place = quoted(f"subject.{by}") if by is not None else None
                return parameter_sql(parameters.periods(ref.name), '"subject.year"', place)
            case NameKind.AS_OF:
                return '"subject.as_of"'
            case _:
                return quoted(ref.name) if members.has(ref.name) else f"CAST(NULL AS {sql_type(members.name, ref.name)})"

    return Writer(name, blank=lambda _: "NULL")


def _unreadable(ready: ReadyFact, members: Table) -> str:
    """TRUE where some row holds something unreadable that the fact looks at."""
    flags = [quoted(f"bad.{name}") for name in member_fields(ready) if name in members.unreadable]
    return f"COALESCE(BOOL_OR({' OR '.join(flags)}), FALSE)" if flags else "FALSE"


def _rows(join: Join, places: Sequence[str]) -> str:
    """The rows of the other table, each with the subject it surely belongs to."""
    own = [*join.over.data.column_names, *(f"bad.{name}" for name in join.over.unreadable)]
    fields = ", ".join(f"p.{quoted(name)}" for name in own)
    subject = f'b."_i", b."{YEAR}" AS "subject.year", b."as_of" AS "subject.as_of"'
    subject += "".join(f", b.{quoted(f'given.{place}')} AS {quoted(f'subject.{place}')}" for place in places)
    return (
        f'members{join.id} AS (\n  SELECT {subject}, p."_i" AS "_member", {fields}\n'
        f"  FROM {join.rows()} AS p\n"
        f"  JOIN {join.askers} AS b ON {join.same()} AND {join.in_year()})"
    )


def _folds(ready: ReadyFact, writer: Writer) -> list[str]:
    """What the rows of each subject come to: the fact itself, and whether a row leaves it open."""
    name, condition = ready.name, writer.write(ready.node)
    hit, unknown = quoted(f"hit.{name}"), quoted(f"open.{name}")
    match ready.fact.member_fold:
        case "any" | "none":
            folded = f"COALESCE(BOOL_OR({condition}), FALSE)"
        case "all":
            folded = f"COALESCE(BOOL_OR(NOT {condition}), FALSE)"
        case "count":
            folded = f"COUNT(*) FILTER (WHERE {condition})"
        case "distinct":
            # What is blank or not there is no value: there are at least so many, and nothing leaves that open.
            return [f"COUNT(DISTINCT {condition}) AS {hit}", f"FALSE AS {unknown}"]
        case fold:
            folded = f"{str(fold).upper()}({condition})"
    return [f"COALESCE(BOOL_OR({condition} IS NULL), FALSE) AS {unknown}", f"{folded} AS {hit}"]


def _blanks(ready: ReadyFact, writer: Writer) -> list[str]:
    """For each field: whether a row's blank in it leaves the fact unknown."""
    found = []
    for name in member_fields(ready):
        blanks = [
            " AND ".join(f"{writer.write(node)} IS NULL" for node in (*above, ref))
            for above, ref in paths(ready.node)
            if ref.name == name and ref.kind is NameKind.FIELD
        ]
        found.append(f"COALESCE(BOOL_OR({' OR '.join(blanks)}), FALSE) AS {quoted(blank_column(ready.name, name))}")
    return found


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
    return {name: value, f"tainted.{name}": tainted, f"rows.{name}": there, f"short.{name}": f"NOT {whole}"}


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


def _matters(ready: ReadyFact, condition: str, *, quality: bool) -> str:
    """Which rows one has to look at to see why a fact is what it is."""
    match ready.fact.member_fold:
        case "all":
            return f"{condition} IS NOT TRUE"
        case "any" | "none":
            return f"{condition} IS NOT FALSE"
        case "count" if quality:
            # A contradiction that rests on a number rests on the rows that were counted.
            return f"{condition} IS NOT FALSE"
        case "distinct":
            return f"{condition} IS NOT NULL"
        case _:
            return f"{condition} IS NULL" if not quality else "TRUE"
