"""Which tables and columns of a register a standard looks at, and which of them this one has."""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.joins import KEY, YEAR
from fupin_cli.evaluate.query import in_order, used_fields
from fupin_cli.evaluate.rows import member_fields
from fupin_cli.evaluate.sql import quoted, text_literal
from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.nearest import nearest
from fupin_cli.model.tables import TABLES, SheetRef, Table, arrow_type, fields, is_field
from fupin_cli.rules.expression import Node, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Table → its columns, in the order of the model.
Columns = Mapping[str, Sequence[str]]

#: Years of rows of which nothing is known: none, one, another. What can depend on them is then asked when the query runs.
_YEARS = (None, 1, 2)


def expected(standard: ReadyStandard, parameters: Parameters) -> Columns:
    """Every column that the standard looks at, and those that say who a subject is."""
    subject = standard.subject
    found = {subject: {*used_fields(standard, parameters), *TABLES[subject].KEY, YEAR}}
    for ready in standard.facts.values():
        if ready.fact.over is None:
            continue
        theirs = found.setdefault(ready.fact.over, {YEAR})
        theirs |= {*member_fields(ready), *({KEY} if ready.on is None else _named(ready.on.over))}
        found[subject] |= {KEY} if ready.on is None else _named(ready.on.subject)
    if any(name.startswith(PREVIOUS) for name in found[subject]):
        # Says whether there is a row of the year before at all.
        found[subject].add(PREVIOUS + YEAR)
    return {table: in_order(columns, table) for table, columns in found.items()}


def _named(node: Node) -> set[str]:
    return {ref.name for ref in names(node)}


def present(wanted: Columns, said: Iterable[str]) -> Columns:
    """The expected columns that the register has, where ``TABLE=a,b,c`` says which it has; ``TABLE=`` has none, so is not there.

    Raises:
        UsageRefused: no such table or column is known, a table stands twice, or nothing says who a subject is.
    """
    subject = next(iter(wanted))
    given: dict[str, Sequence[str]] = {}
    for text in said:
        table, columns = _read(text)
        if table in given:
            raise UsageRefused("usage-pair-twice", name="--columns", value=table)
        given[table] = columns
    found = {table: [name for name in columns if name in given.get(table, columns)] for table, columns in wanted.items()}
    if not {*TABLES[subject].KEY} & {*found[subject]}:
        raise UsageRefused("sql-key-missing", table=subject, names=", ".join(TABLES[subject].KEY))
    return {table: columns for table, columns in found.items() if columns}


def _read(text: str) -> tuple[str, Sequence[str]]:
    table, sign, listed = text.partition("=")
    table = table.strip()
    if not sign:
        raise UsageRefused("sql-columns-shape", value=text)
    if table not in TABLES:
        raise UsageRefused("sql-table-unknown", name=table, nearest=nearest(table, TABLES))
    columns = [name.strip() for name in listed.split(",") if name.strip()]
    for name in columns:
        if not is_field(name, table):
            raise UsageRefused("sql-column-unknown", name=name, table=table, nearest=nearest(name, fields(table)))
    return table, columns


def believed(table: str, name: str, columns: Sequence[str] = ()) -> str:
    """The condition of a value that is believed, as in a spreadsheet: within its bounds, one of its codes; empty for any.

    Of a number that is a part of another one of these ``columns``, or has such a part, also that the part is not more.
    """
    found = [_of_itself(table, name)]
    for part, whole in TABLES[table].PARTS:
        if name in (part, whole) and {part, whole} <= {*columns}:
            other = whole if name == part else part
            # What is not believed anyway contradicts nothing.
            doubted = f"NOT ({_of_itself(table, other)})"
            found.append(f"({quoted(other)} IS NULL OR {doubted} OR {quoted(part)} <= {quoted(whole)})")
    return " AND ".join(filter(None, found))


def _of_itself(table: str, name: str) -> str:
    column, own = fields(table)[name], quoted(name)
    if column.form.name == "code":
        return f"{own} IN ({', '.join(map(text_literal, column.form.codes))})"
    bounds = [f"{own} {sign} {bound}" for sign, bound in ((">=", column.smallest), ("<=", column.largest)) if bound is not None]
    return "" if name == YEAR else " AND ".join(bounds)


def stand_in(table: str, columns: Sequence[str]) -> Table:
    """A table that takes the register's place while its query is written: it has these columns, and may have any rows."""
    nothing = [None] * len(_YEARS)
    values = {name: pa.array(_YEARS if name == YEAR else nothing, arrow_type(fields(table)[name].form)) for name in columns}
    doubted = {name: pa.array([False] * len(_YEARS)) for name in columns if believed(table, name, columns)}
    return Table(table, pa.table(values), [SheetRef(0, table, dict.fromkeys(columns, "A"))], unreadable=doubted)
