"""A standard's query as text, from its first comment to its last line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.printed.dialects import Dialect
from fupin_cli.evaluate.printed.expected import Columns, believed, expected, present, stand_in
from fupin_cli.evaluate.printed.layout import comment, relation, selection, tree
from fupin_cli.evaluate.printed.remarks import Remarks
from fupin_cli.evaluate.printed.shown import SAME_KEY, chosen, identity
from fupin_cli.evaluate.printed.tokens import Token, tokens_of
from fupin_cli.evaluate.query import build_query, needs_year
from fupin_cli.evaluate.sql import quoted
from fupin_cli.messages import Lang
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: The last common table expression: one row for each subject.
_VERDICT = "verdict"
_NUMBER = re.compile(r"\d+$")


def query_text(
    standard: ReadyStandard,
    parameters: Parameters,
    dialect: Dialect,
    lang: Lang,
    *,
    as_of: date | None = None,
    columns: Iterable[str] = (),
) -> str:
    """One query that judges a register's tables by a standard, with comments that name its clauses.

    ``columns``: ``TABLE=a,b,c`` for tables that lack some of the columns that the standard looks at; ``TABLE=`` for one that is
    not there.

    Raises:
        UsageRefused: a parameter or the day of judgement has to be given, or ``columns`` names what is not known.
    """
    wanted = expected(standard, parameters)
    there = present(wanted, columns)
    if as_of is None and not standard.is_quality and "year" not in there[standard.subject] and needs_year(standard, parameters):
        raise UsageRefused("as-of-missing")
    remarks = Remarks(standard, parameters, dialect, as_of, lang)
    head = [line for text in remarks.head(wanted, there) for line in comment(text)]
    return "\n".join([*head, "", *_statement(standard, there, remarks), ""])


def _statement(standard: ReadyStandard, there: Columns, remarks: Remarks) -> Iterator[str]:
    tables = {name: stand_in(name, columns) for name, columns in there.items()}
    show = chosen(standard, remarks.lang)
    query = build_query(standard, remarks.parameters, tables, remarks.as_of, {}, register=show)
    # Rules about the data itself look at what it says, whether anybody would believe it beside the rest or not.
    weighed = {name: () if standard.is_quality else columns for name, columns in there.items()}
    own = [_own_table(name, columns, weighed[name], numbered=name == standard.subject) for name, columns in there.items()]
    verdict = f'{_VERDICT} AS (SELECT "_i", {", ".join(query.shown)} FROM {query.last})'
    parts = [*own, *map(remarks.dialect.relation, query.relations), verdict]
    yield "WITH"
    said: set[str] = set()
    for number, part in enumerate(parts):
        kind = _kind(part)
        if kind not in said:
            said.add(kind)
            yield from (line for text in remarks.of_relation(kind) for line in comment(text))
        *lines, last = relation(_tokens(part, remarks.dialect), remarks.of)
        yield from lines
        yield last + ("," if number + 1 < len(parts) else "")
    names = [tokens[-1].text for one in query.shown if (tokens := list(tokens_of(one)))]
    *lines, last = selection(tree(_tokens(_last(standard.subject, there, names), remarks.dialect)), remarks.of, 0)
    yield from [*lines, f"{last};"]


def _own_table(name: str, columns: Sequence[str], weighed: Sequence[str], *, numbered: bool) -> str:
    """The register's own table, by the names that fupin gives to its columns; the subjects' with a number for each."""
    own = ", ".join(_own_column(name, column, weighed) for column in columns)
    if not numbered:
        return f"{quoted(name)} AS (SELECT {own} FROM {quoted(name)})"
    keys, _ = identity(name, columns)
    order = ", ".join([*(key.removeprefix("s.") for key in keys), *(['"year"'] if "year" in columns else [])])
    # Computed once: of two rows with one key it would not be sure that they get the same number every time.
    return f'{quoted(name)} AS MATERIALIZED (SELECT ROW_NUMBER() OVER (ORDER BY {order}) AS "_i", {own} FROM {quoted(name)})'


def _own_column(table: str, name: str, weighed: Sequence[str]) -> str:
    """A column as it is; of one whose values can be wrong, by themselves or beside others, those not believed are apart."""
    own, true = quoted(name), believed(table, name, weighed)
    if not true:
        return own
    return f"CASE WHEN {true} THEN {own} END AS {own}, COALESCE(NOT ({true}), FALSE) AS {quoted(f'bad.{name}')}"


def _last(subject: str, there: Columns, names: Sequence[str]) -> str:
    """The result: who a subject is, and what was found of it."""
    keys, once = identity(subject, there[subject])
    columns = [*keys, *([f"{once} AS {quoted(SAME_KEY)}"] if once else []), *(f"v.{name}" for name in names)]
    source = f'{_VERDICT} AS v JOIN {quoted(subject)} AS s ON s."_i" = v."_i"'
    return f'SELECT {", ".join(columns)} FROM {source} ORDER BY v."_i"'


def _tokens(sql: str, dialect: Dialect) -> Iterator[Token]:
    return map(dialect.token, tokens_of(sql))


def _kind(part: str) -> str:
    """What a common table expression is for: its name without the number."""
    name = part.split(" ", 1)[0]
    return "table" if name.startswith('"') else _NUMBER.sub("", name)
