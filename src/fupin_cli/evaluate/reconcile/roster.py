"""Counts and sums over rosters, with what is unknown left open.

A row of which nobody knows whether it is meant counts for the upper end alone; a sum of which a part is unknown has no upper
end, and no lower one unless the field is never below nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.evaluate.joins import KEY, YEAR
from fupin_cli.evaluate.reconcile.amounts import Amount, Span, bare
from fupin_cli.evaluate.reconcile.asked import Asked
from fupin_cli.evaluate.sql import Writer, quoted, sql_type
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.reconciled import Gap, GapReason
from fupin_cli.model.tables import Table, fields
from fupin_cli.rules.expression import Ref

_ALIASES = {"household": "h", "person": "p", "village": "v", "fund": "f"}
#: Most cells that a gap names.
_CELLS = 6


@dataclass(frozen=True)
class Counted:
    """What a count or sum comes to, and what leaves it open."""

    amount: Amount
    gaps: tuple[Gap, ...]


def years_of(asked: Asked, tables: Mapping[str, Table]) -> list[int]:
    """The years between which a question does not choose; empty where it names one or there is only one."""
    table = tables.get(asked.tables[0])
    if table is None or not table.has(YEAR) or any(name == YEAR for _, name in asked.places()):
        return []
    found = sorted(year for year in pc.unique(table.data.column(YEAR)).to_pylist() if year is not None)
    return found if len(found) > 1 else []


def count(asked: Sequence[Asked], tables: Mapping[str, Table]) -> list[Counted]:
    """The answers to questions: one query for all that are about the same tables."""
    answers: dict[int, Counted] = {}
    for base in dict.fromkeys(question.tables for question in asked):
        numbers = [number for number, question in enumerate(asked) if question.tables == base]
        if base[0] not in tables:
            for number in numbers:
                gap = Gap("table", base[0], "", 0)
                answers[number] = Counted(_amount(asked[number], Span(None, None)), (gap,))
            continue
        [row] = duck.run(_query([asked[number] for number in numbers], base, tables), _relations(tables)).to_pylist()
        for place, number in enumerate(numbers):
            answers[number] = _answer(asked[number], place, row, tables)
    return [answers[number] for number in range(len(asked))]


def _relations(tables: Mapping[str, Table]) -> dict[str, pa.Table]:
    return {
        name: table.data.append_column("_i", pa.arange(0, table.data.num_rows))
        for name, table in tables.items()
        if name in _ALIASES
    }


def _query(asked: Sequence[Asked], base: tuple[str, ...], tables: Mapping[str, Table]) -> str:
    columns = [f'{_ALIASES[base[0]]}."_i" AS "i"']
    answers: list[str] = []
    for number, question in enumerate(asked):
        writer = Writer(lambda ref, words=question.words: _named(ref, words.places, tables), blank=lambda _: "NULL")  # type: ignore[misc]
        condition = "TRUE" if question.condition is None else writer.write(question.condition)
        value = _persons(tables) if question.persons else "CAST(1 AS BIGINT)"
        value = value if question.value is None else writer.write(question.value)
        columns += [f'{condition} AS "c{number}"', f'{value} AS "v{number}"']
        answers += _answers(number)
        for place, (table, name) in enumerate(question.places()):
            counted = question.persons and name == MEMBER_COUNT
            column = _persons(tables) if counted else _column(table, name, tables)
            columns.append(f'{column} IS NULL AS "n{number}.{place}"')
            # CASE and no FILTER: the engine takes half the time.
            lacking = f'CASE WHEN "d{number}" AND "n{number}.{place}" THEN "i" END'
            answers.append(f'COUNT({lacking}) AS "lacking{number}.{place}"')
            answers.append(f'MIN({lacking}, {_CELLS}) AS "rows{number}.{place}"')
    doubts = [
        f'(("c{n}" IS NULL AND "v{n}" IS DISTINCT FROM 0) OR ("c{n}" AND "v{n}" IS NULL)) AS "d{n}"' for n in range(len(asked))
    ]
    chosen = ",\n  ".join(columns)
    return (
        f"WITH seen AS (\n  SELECT {chosen}\n  FROM {_rows(base, tables)}),\n"
        f"doubted AS (SELECT *, {', '.join(doubts)} FROM seen)\nSELECT {', '.join(answers)}\nFROM doubted"
    )


def _answers(number: int) -> list[str]:
    condition, value = f'"c{number}"', f'"v{number}"'
    return [
        f'CAST(SUM({value}) FILTER (WHERE {condition}) AS VARCHAR) AS "sure{number}"',
        f'CAST(SUM(GREATEST({value}, 0)) FILTER (WHERE {condition} IS NULL) AS VARCHAR) AS "up{number}"',
        f'CAST(SUM(LEAST({value}, 0)) FILTER (WHERE {condition} IS NULL) AS VARCHAR) AS "down{number}"',
        f'COUNT(*) FILTER (WHERE {condition} IS NOT FALSE AND {value} IS NULL) AS "open{number}"',
    ]


def _rows(base: tuple[str, ...], tables: Mapping[str, Table]) -> str:
    rows = f"{quoted(base[0])} AS {_ALIASES[base[0]]}"
    if base[0] == "household" and _counts_members(tables):
        year = f"{quoted(YEAR)}" if _same_years(tables) else "NULL"
        group = f"{quoted(KEY)}, {quoted(YEAR)}" if _same_years(tables) else quoted(KEY)
        members = f'SELECT {quoted(KEY)} AS "key", {year} AS "year", COUNT(*) AS "n" FROM person GROUP BY {group}'
        agree = ' AND h."year" = m."year"' if _same_years(tables) else ""
        rows += f' LEFT JOIN ({members}) AS m ON h.{quoted(KEY)} = m."key"{agree}'
    if len(base) > 1 and base[1] in tables:
        agree = ' AND h."year" = p."year"' if _same_years(tables) else ""
        rows += f" LEFT JOIN household AS h ON h.{quoted(KEY)} = p.{quoted(KEY)}{agree}"
    return rows


def _same_years(tables: Mapping[str, Table]) -> bool:
    """Whether households and members both say their year: only then it must be the same one."""
    return all(name in tables and tables[name].has(YEAR) for name in ("household", "person"))


def _one_year(tables: Mapping[str, Table]) -> bool:
    """Whether a household is there once, so that its members belong to one row."""
    table = tables["household"]
    return _same_years(tables) or not table.has(YEAR) or len(set(pc.unique(table.data.column(YEAR)).to_pylist())) <= 1


def _counts_members(tables: Mapping[str, Table]) -> bool:
    """Whether the members' rows say how many a household has."""
    person = tables.get("person")
    return person is not None and not person.partial and not person.quarantined and person.has(KEY) and _one_year(tables)


def _persons(tables: Mapping[str, Table]) -> str:
    """How many persons a household has: given, else counted; unknown where both are there and differ."""
    given = _column("household", MEMBER_COUNT, tables)
    if not _counts_members(tables):
        return given
    bad = tables["household"].unreadable.get(MEMBER_COUNT)
    counted = 'm."n"'
    if bad is not None:
        unread = pc.indices_nonzero(bad).to_pylist()
        counted = f'CASE WHEN h."_i" NOT IN ({", ".join(map(str, unread))}) THEN m."n" END' if unread else counted
    return f'CASE WHEN {given} <> m."n" THEN NULL ELSE COALESCE({given}, {counted}) END'


def _named(ref: Ref, places: Mapping[str, tuple[str, str]], tables: Mapping[str, Table]) -> str:
    return _column(*places[ref.name], tables)


def _column(table: str, name: str, tables: Mapping[str, Table]) -> str:
    if table not in tables or not tables[table].has(name):
        return f"CAST(NULL AS {sql_type(table, name)})"
    return f"{_ALIASES[table]}.{quoted(name)}"


def _answer(asked: Asked, number: int, row: Mapping[str, Any], tables: Mapping[str, Table]) -> Counted:
    sure, up, down = (Fraction(Decimal(row[f"{name}{number}"] or 0)) for name in ("sure", "up", "down"))
    table = tables[asked.tables[0]]
    span = Span(sure + down, sure + up)
    if row[f"open{number}"]:
        span = Span(span.low if _never_negative(asked) else None, None)
    gaps = [gap for place in range(len(asked.places())) if (gap := _gap(asked, number, place, row, tables)) is not None]
    if table.quarantined or table.partial:
        rows_only = asked.value is None and not asked.persons and not table.partial
        high = span.high + table.quarantined if rows_only and span.high is not None else None
        span = Span(span.low if _never_negative(asked) else None, high)
        gaps.append(Gap("rows", table.name, "", table.quarantined))
    return Counted(_amount(asked, span), tuple(gaps))


def _never_negative(asked: Asked) -> bool:
    if asked.value is None:
        return True
    if not isinstance(asked.value, Ref):
        return False
    table, name = asked.words.places[asked.value.name]
    smallest = fields(table)[name].smallest
    return smallest is not None and smallest >= 0


def _amount(asked: Asked, span: Span) -> Amount:
    return bare(span) if asked.unit is None else Amount({asked.unit.dimension: span.scaled(asked.unit.factor)})


def _gap(asked: Asked, number: int, place: int, row: Mapping[str, Any], tables: Mapping[str, Table]) -> Gap | None:
    """Where a field is missing on which the answer depends."""
    lacking: int = row[f"lacking{number}.{place}"]
    if not lacking:
        return None
    table, name = asked.places()[place]
    main = asked.tables[0]
    if table != main or not tables[table].has(name):
        # The rows are those of the members; which household each belongs to is not looked up for a message.
        return Gap("absent" if table not in tables or not tables[table].has(name) else "blank", table, name, lacking)
    rows: list[int] = row[f"rows{number}.{place}"]
    cells = tuple(address for index in rows if (address := tables[table].address(index, name)).letter)
    return Gap(_reason(tables[table], name, rows) if cells else "absent", table, name, lacking, cells)


def _reason(table: Table, name: str, rows: Sequence[int]) -> GapReason:
    values, mask = table.data.column(name), table.unreadable.get(name)
    if any(values[index].as_py() is not None for index in rows):
        return "conflict"
    return "unreadable" if mask is not None and any(mask[index].as_py() for index in rows) else "blank"
