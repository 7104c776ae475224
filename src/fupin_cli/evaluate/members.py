"""Facts about the rows that belong to a subject: any, all, none, count, sum, min, max, with three values.

Rows that are not there are unknown, not absent: a household of five with three member rows has two members of whom nothing is
known, so "none of them" cannot be said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fupin_cli.evaluate.sql import Writer, parameter_sql, quoted, sql_type, text_literal
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.pack import Fact
from fupin_cli.model.tables import Table
from fupin_cli.rules.expression import NameKind, Ref, names, paths
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyFact, ReadyStandard

#: Fields that say to which subject a row belongs.
KEY, YEAR = "household_id", "year"


#: Member rows without a 年度 of a household that is there in several years: they may belong to any of them.
_LOOSE = (
    'loose AS (\n  SELECT b."_i", COALESCE(BOOL_OR(p."household_id" IS NOT NULL), FALSE) AS "loose"\n'
    '  FROM base AS b\n  LEFT JOIN "person" AS p ON p."household_id" = b."household_id" AND p."year" IS NULL AND {unsure}\n'
    '  GROUP BY b."_i")'
)
_NOT_LOOSE = 'loose AS (SELECT "_i", FALSE AS "loose" FROM base)'


@dataclass(frozen=True)
class MemberSql:
    """The common table expressions for a standard's member facts, and what they give to each subject."""

    parts: list[str]
    #: Columns of the joined relation, by their final name → SQL over ``m`` (the folded rows) and ``b`` (the subject).
    columns: dict[str, str]
    #: Query that names the rows which decide or leave open each fact, for addresses; empty where there are none.
    witnesses: str


def blank_column(fact: str, name: str) -> str:
    """Column that is TRUE where a blank of this field leaves the fact unknown."""
    return f"blank.{fact}.{name}"


def member_sql(standard: ReadyStandard, parameters: Parameters, members: Table | None) -> MemberSql:
    """The SQL of all facts of a standard that look at member rows."""
    facts = [ready for ready in standard.facts.values() if ready.fact.over is not None]
    columns: dict[str, str] = {}
    if members is None or not members.has(KEY):
        for ready in facts:
            kind = "BOOLEAN" if ready.fact.member_fold in ("any", "all", "none") else "DECIMAL(18, 6)"
            columns |= {ready.name: f"CAST(NULL AS {kind})", f"rows.{ready.name}": "FALSE", f"short.{ready.name}": "TRUE"}
            columns[f"tainted.{ready.name}"] = "FALSE"
            columns |= {blank_column(ready.name, name): "FALSE" for name in member_fields(ready)}
        return MemberSql([], columns, "")
    writer = _writer(parameters, members)
    folded = ['COUNT(*) AS "n"']
    for ready in facts:
        folded += _folds(ready, writer)
        folded.append(f"{_unreadable(ready, members)} AS {quoted(f'tainted.{ready.name}')}")
        columns |= _facts(ready, orphans=members.quarantined > 0)
    places = sorted(subject_places(standard, parameters))
    loose = members.has(YEAR) and members.data.column(YEAR).null_count > 0
    parts = [
        _joined(members, places),
        'folded AS (\n  SELECT "_i",\n    ' + ",\n    ".join(folded) + '\n  FROM members\n  GROUP BY "_i")',
    ]
    telling = {ready.name: _matters(ready.fact, writer.write(ready.node)) for ready in facts if not ready.counts_rows}
    selects = [
        f'SELECT {text_literal(name)} AS "fact", "_i", "_member" FROM members WHERE {rows}' for name, rows in telling.items()
    ]
    unsure = 'NOT b."alone"' if YEAR not in members.unreadable else '(NOT b."alone" OR p."bad.year")'
    parts.append(_LOOSE.format(unsure=unsure) if loose else _NOT_LOOSE)
    return MemberSql(parts, columns, " UNION ALL ".join(selects))


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


def _joined(members: Table, places: Sequence[str]) -> str:
    """Member rows with their subject: the same 户编号, and the same 年度 where the member row states one."""
    year = 'p."year"' if members.has(YEAR) else "CAST(NULL AS BIGINT)"
    own = [*members.data.column_names, *(f"bad.{name}" for name in members.unreadable)]
    fields = ", ".join(f"p.{quoted(name)}" for name in own)
    # A year that is there but cannot be read may be any year: such a row belongs to none for certain.
    blank = f"{year} IS NULL" + (' AND NOT p."bad.year"' if YEAR in members.unreadable else "")
    subject = 'b."_i", b."year" AS "subject.year", b."as_of" AS "subject.as_of"'
    subject += "".join(f", b.{quoted(f'given.{place}')} AS {quoted(f'subject.{place}')}" for place in places)
    return (
        f'members AS (\n  SELECT {subject}, p."_i" AS "_member", {fields}\n'
        f"  FROM {quoted(members.name)} AS p\n"
        f'  JOIN base AS b ON b."{KEY}" = p."{KEY}"\n'
        f'    AND ({year} = b."year" OR ({blank} AND b."alone")))'
    )


def _folds(ready: ReadyFact, writer: Writer) -> list[str]:
    name, condition = ready.name, writer.write(ready.node)
    wanted = f"NOT {condition}" if ready.fact.member_fold == "all" else condition
    folds = [f"COALESCE(BOOL_OR({condition} IS NULL), FALSE) AS {quoted(f'open.{name}')}"]
    match ready.fact.member_fold:
        case "any" | "all" | "none":
            folds.append(f"COALESCE(BOOL_OR({wanted}), FALSE) AS {quoted(f'hit.{name}')}")
        case "count":
            folds.append(f"COUNT(*) FILTER (WHERE {condition}) AS {quoted(f'hit.{name}')}")
        case fold:
            folds.append(f"{str(fold).upper()}({condition}) AS {quoted(f'hit.{name}')}")
    for field in member_fields(ready):
        blanks = [
            " AND ".join(f"{writer.write(node)} IS NULL" for node in (*above, ref))
            for above, ref in paths(ready.node)
            if ref.name == field and ref.kind is NameKind.FIELD
        ]
        folds.append(f"COALESCE(BOOL_OR({' OR '.join(blanks)}), FALSE) AS {quoted(blank_column(name, field))}")
    return folds


def _facts(ready: ReadyFact, *, orphans: bool) -> dict[str, str]:
    name = ready.name
    hit, unknown = f"m.{quoted(f'hit.{name}')}", f"m.{quoted(f'open.{name}')}"
    size, bad = f"b.{quoted(f'given.{MEMBER_COUNT}')}", f"b.{quoted(f'bad.{MEMBER_COUNT}')}"
    # Where the sheet does not say how many there are, the rows are all there is, unless some rows lost their household.
    without_size = "FALSE" if orphans else f"NOT {bad}"
    whole = f'(m."n" IS NOT NULL AND NOT l."loose" AND CASE WHEN {size} IS NULL THEN {without_size} ELSE m."n" >= {size} END)'
    if ready.counts_rows:
        certain = f"{size} IS NOT NULL" if orphans else "TRUE"
        value = f'CASE WHEN {certain} AND NOT l."loose" THEN m."n" END'
    else:
        match ready.fact.member_fold:
            case "any":
                value = f"CASE WHEN {hit} THEN TRUE WHEN {unknown} OR NOT {whole} THEN NULL ELSE FALSE END"
            case "all" | "none":
                value = f"CASE WHEN {hit} THEN FALSE WHEN {unknown} OR NOT {whole} THEN NULL ELSE TRUE END"
            case _:
                value = f"CASE WHEN {unknown} OR NOT {whole} THEN NULL ELSE {hit} END"
    tainted = f"COALESCE(m.{quoted(f'tainted.{name}')}, FALSE)"
    columns = {name: value, f"tainted.{name}": tainted, f"rows.{name}": 'm."n" IS NOT NULL', f"short.{name}": f"NOT {whole}"}
    return columns | {
        blank_column(name, field): f"COALESCE(m.{quoted(blank_column(name, field))}, FALSE)" for field in member_fields(ready)
    }


def _matters(fact: Fact, condition: str) -> str:
    """Which rows one has to look at to see why a fact is what it is."""
    match fact.member_fold:
        case "all":
            return f"{condition} IS NOT TRUE"
        case "any" | "none":
            return f"{condition} IS NOT FALSE"
        case _:
            return f"{condition} IS NULL"
