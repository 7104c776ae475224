"""The one query of a summary: counts and sums by year and place, small enough to be added up in Python."""

from collections.abc import Iterator, Sequence
from datetime import date

from fupin_cli.evaluate.query import build_query
from fupin_cli.evaluate.sql import quoted
from fupin_cli.evaluate.summary.standard import INCOME, TABLE
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.summary import COUNTED, LINE, QUARTERS
from fupin_cli.model.tables import Table
from fupin_cli.rules.expression import Constant
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Money in whole millionths of a yuan: exact, and no product of it is rounded.
_MILLION = "CAST(1000000 AS DECIMAL(7, 0))"
_COLUMNS = ("kind", "value", "line", "number", "divisor", "households", "persons", "unsized", "first", "second")


def summary_sql(
    standard: ReadyStandard, parameters: Parameters, tables: dict[str, Table], as_of: date | None, by: Sequence[str]
) -> str:
    """The query: rows of one ``kind`` each, with the year and the places that they are about."""
    verdicts = build_query(standard, parameters, tables, as_of, {}).verdicts
    keys = ["year", *(f"place{number}" for number in range(len(by)))]
    seen = ",\n    ".join(_seen(standard, tables[TABLE], by))
    parts = list(_parts(", ".join(keys)))
    return (
        f"WITH verdicts AS MATERIALIZED ({verdicts}),\n"
        f'seen AS MATERIALIZED (SELECT {seen}\n  FROM verdicts AS v JOIN {quoted(TABLE)} AS h ON h."_i" = v."_i"),\n'
        f"known AS (SELECT *, {_poor()} AS poor FROM seen)\n" + "\nUNION ALL ".join(parts)
    )


def _seen(standard: ReadyStandard, table: Table, by: Sequence[str]) -> Iterator[str]:
    """What is known of each household: its place, what it is counted by, size, income as a quotient, line."""
    yield 'v."year" AS year'
    for number, name in enumerate(by):
        yield f"{_own(table, name)} AS place{number}"
    for name in COUNTED:
        yield f"CAST({_own(table, name)} AS VARCHAR) AS {quoted(name)}"
    filled = any(ready.fact.per == MEMBER_COUNT for ready in standard.facts.values())
    size = f"v.{quoted(f'fact.{MEMBER_COUNT}')}" if filled else _own(table, MEMBER_COUNT)
    yield f"CAST({size} AS BIGINT) AS size"
    given = f"v.{quoted(f'given.{INCOME}')}"
    quotient = standard.quotient(INCOME)
    whole, divisor = given, "1"
    if quotient is not None:
        bad = f"h.{quoted(f'bad.{INCOME}')}" if INCOME in table.unreadable else "FALSE"
        parts = f"v.{quoted(f'fact.{quotient.name}')}", f"v.{quoted(f'fact.{quotient.fact.per}')}"
        whole = f"CASE WHEN {given} IS NOT NULL THEN {given} WHEN NOT {bad} AND {parts[1]} > 0 THEN {parts[0]} END"
        divisor = f"CASE WHEN {given} IS NOT NULL THEN 1 ELSE {parts[1]} END"
    yield f"{_millionths(whole)} AS number"
    yield f"CAST({divisor} AS HUGEINT) AS divisor"
    limit = next(iter(standard.checks.values())).require.right  # type: ignore[attr-defined]  # it is a comparison
    line = f"CAST({limit.value} AS DECIMAL(18, 6))" if isinstance(limit, Constant) else f"v.{quoted(f'limit.{LINE}')}"
    yield f"{_millionths(line)} AS line"


def _own(table: Table, name: str) -> str:
    return f"h.{quoted(name)}" if table.has(name) else "CAST(NULL AS VARCHAR)"


def _millionths(sql: str) -> str:
    return f"CAST(CAST({sql} AS DECIMAL(24, 6)) * {_MILLION} AS HUGEINT)"


def _poor() -> str:
    """Whether an income is below the line; unknown where either is."""
    return "(number < line * divisor)"


def _parts(keys: str) -> Iterator[str]:
    """The parts of the answer, all of the same columns."""
    yield _part(keys, "all", households="COUNT(*)")
    for name in COUNTED:
        yield _part(keys, name, group="value", value=quoted(name))
    # A line of nothing or less says nothing of anybody.
    comparable = "number IS NOT NULL AND line > 0"
    yield _part(keys, "band", where=comparable, group="value", value=_band())
    yield _part(keys, "line", where="line > 0", group="line", line="line")
    yield _part(keys, "no-income", where="number IS NULL")
    yield _part(keys, "no-line", where="line IS NULL OR line <= 0")
    yield _part(keys, "poor", where="poor AND line > 0")
    short = "(line * divisor - number)"
    yield _part(
        keys, "short", where=f"poor AND {comparable} AND size IS NOT NULL", group="line, divisor", line="line", divisor="divisor",
        first=f"SUM(size * {short})", second=f"SUM(size * {short} * {short})",
    )  # fmt: skip
    yield _part(keys, "over", where=f"NOT poor AND {comparable} AND size IS NOT NULL")
    yield _part(
        keys, "unsized", where="size IS NULL", group="line, number, divisor", line="line", number="number", divisor="divisor"
    )


def _part(keys: str, kind: str, where: str = "TRUE", group: str = "", **columns: str) -> str:
    counts = {"households": "COUNT(*)", "persons": "SUM(size)", "unsized": "COUNT(*) - COUNT(size)"}
    given = {**dict.fromkeys(_COLUMNS, "NULL"), **counts, **columns, "kind": f"'{kind}'"}
    chosen = ", ".join(f"CAST({given[name]} AS VARCHAR) AS {quoted(name)}" for name in _COLUMNS)
    # Only columns of the grouping itself may be named in it: the others are written as they stand.
    also = "".join(f", {given[name.strip()]}" for name in group.split(",") if name.strip())
    return f"(SELECT {keys}, {chosen} FROM known WHERE {where} GROUP BY {keys}{also})"


def _band() -> str:
    """The number of the band that an income stands in."""
    branches = " ".join(f"WHEN 4 * number < {quarter} * line * divisor THEN {place}" for place, quarter in enumerate(QUARTERS))
    return f"CASE {branches} ELSE {len(QUARTERS)} END"
