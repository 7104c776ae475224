"""Registers made for the tests: rows of worked cases or made-up ones, in tables of a database; and fupin's own verdicts on them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from pydantic import ValidationError

from fupin_cli.evaluate.cases import put_together
from fupin_cli.evaluate.lookback import looking_back
from fupin_cli.evaluate.printed.dialects import DIALECTS
from fupin_cli.evaluate.printed.expected import expected
from fupin_cli.evaluate.printed.shown import DISAGREEING, LACKING, MARGIN_OF, NOTE, OUTCOME, POSSIBLE, SAME_KEY, STATUS_OF
from fupin_cli.evaluate.printed.text import query_text
from fupin_cli.evaluate.query import used_fields
from fupin_cli.evaluate.run import judge
from fupin_cli.evaluate.sql import quoted, sql_type
from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.case import Case
from fupin_cli.model.tables import ROW, SHEET, TABLES, SheetRef, Table, arrow_type, fields, is_between, is_field
from fupin_cli.model.view import Missing
from fupin_cli.rules.inheriting import worked_cases
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters, choose
from fupin_cli.rules.standard import ReadyStandard

SHELF = Shelf((CHECKOUT,))
#: Fields by which rows of different cases must not find each other: the number of the case is put before.
KEYS = ("household_id", "subject_id", "person_id", "province", "county", "township", "village")
#: What the user would give where a document leaves it open.
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "guangdong-chishui-2016": {"local_income_per_capita": "20000"},
    "chongqing-kaizhou-2017": {"identification_steps": "户主申请,村评议,第一次公示,乡镇审核,第二次公示,县审定,县公告,签字确认"},
}

Rows = Sequence[Mapping[str, Any]]
#: One row of a result, as text.
Found = tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """A standard, and the tables of a register that it is to judge."""

    standard: ReadyStandard
    parameters: Parameters
    #: Table → the columns that it has, all of them expected by the standard.
    columns: Mapping[str, Sequence[str]]
    rows: Mapping[str, Rows]
    as_of: date | None = None
    #: Its pack, where nothing is asked for but the standard: its text then need not be printed again.
    pack: str = ""

    def text(self, dialect: str, lang: str = "zh") -> str:
        """The query as it is printed."""
        return printed(self.pack, self.standard.name, dialect, lang) if self.pack else self._text(dialect, lang)

    def _text(self, dialect: str, lang: str) -> str:
        lacking = [f"{table}={','.join(self.columns.get(table, ()))}" for table in expected(self.standard, self.parameters)]
        return query_text(
            self.standard, self.parameters, DIALECTS[dialect], "en" if lang == "en" else "zh", as_of=self.as_of, columns=lacking
        )

    def tables(self) -> dict[str, Table]:
        """The same rows as fupin would have read them from one sheet for each table.

        A row without a household is left out when a sheet is read whose rows belong to households, and counted.
        """
        found = {}
        by_household = {ready.fact.over for ready in self.standard.facts.values() if ready.on is None} - {None}
        for name, columns in self.columns.items():
            rows = [row for row in self.rows[name] if name not in by_household or row.get("household_id") is not None]
            made = {one: pa.array([row.get(one) for row in rows], arrow_type(fields(name)[one].form)) for one in columns}
            made[SHEET] = pa.array([0] * len(rows), pa.int32())
            made[ROW] = pa.array(range(len(rows)), pa.int32())
            doubted = {one: [not _believed(name, one, row.get(one)) for row in rows] for one in columns}
            if not self.standard.is_quality:
                _doubt_parts(name, rows, doubted)
            for one, wrong in doubted.items():
                kept = [None if doubt else row.get(one) for row, doubt in zip(rows, wrong, strict=True)]
                made[one] = pa.array(kept, made[one].type) if any(wrong) else made[one]
            unreadable = {one: pa.array(wrong, pa.bool_()) for one, wrong in doubted.items() if any(wrong)}
            sheets = [SheetRef(0, name, dict.fromkeys(columns, "A"))]
            lost = len(self.rows[name]) - len(rows)
            found[name] = Table(name, pa.table(made), sheets, quarantined=lost, unreadable=unreadable)
        return found


def _doubt_parts(table: str, rows: Rows, doubted: Mapping[str, list[bool]]) -> None:
    """A part that is more than its whole leaves both in doubt: in a sheet they would not be read."""
    found = []
    for part, whole in TABLES[table].PARTS:
        for number, row in enumerate(rows):
            there = all(one in doubted and not doubted[one][number] and row.get(one) is not None for one in (part, whole))
            found += [(part, whole, number)] if there and row[part] > row[whole] else []
    for part, whole, number in found:
        doubted[part][number] = doubted[whole][number] = True


def _believed(table: str, name: str, value: Any) -> bool:
    """Whether a sheet with this value would be read: its field's own reader says so."""
    column = fields(table)[name]
    if value is None or name == "year" or column.form.name not in ("number", "count", "code"):
        return True
    try:
        return column.adapter.validate_python(str(value)) == value
    except ValidationError:
        return False


@cache
def pack_of(name: str) -> LoadedPack:
    return load_pack(SHELF.find(name), SHELF)


def standards() -> list[tuple[str, str]]:
    """Every standard of every shipped pack."""
    return [(name, standard) for name in SHELF.names() for standard in pack_of(name).standards]


def parameters_of(pack: str) -> Parameters:
    return choose(pack_of(pack).pack, SETTINGS.get(pack, {}))


def of_cases(pack: str, standard: str) -> Register:
    """The rows of all worked cases of a standard, or of those of the pack it is inherited from, in one register."""
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    columns = expected(ready, parameters)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in columns}
    cases = worked_cases(pack_of(pack))[standard].all
    between = _between(ready, parameters, cases)
    for number, case in enumerate(cases):
        given = {table: [_record(table, number, case, row) for row in case.rows(table)] for table in columns}
        if all(row is not None for found in given.values() for row in found):
            for row, more in zip(given[ready.subject], between[number], strict=False):
                (row or {}).update(more)
            for table, found in given.items():
                rows[table] += [{name: row.get(name) for name in columns[table]} for row in found if row is not None]
    return Register(ready, parameters, columns, rows, pack=pack)


def _between(ready: ReadyStandard, parameters: Parameters, cases: Sequence[Case]) -> Mapping[int, list[dict[str, Any]]]:
    """What comparing the years gives to the rows of each case, as a register would have to have it."""
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in range(len(cases))}
    for one in put_together(ready, parameters, cases) if ready.looks_back else ():
        table = looking_back(one.tables[ready.subject], used_fields(ready, parameters))
        names = [name for name in table.data.column_names if is_between(name, ready.subject)]
        rows = zip(table.data.column(SHEET).to_pylist(), table.data.select(names).to_pylist(), strict=True)
        for sheet, row in rows:
            number = one.chosen[sheet]
            found[number].append({name: _of_case(number, name, value) for name, value in row.items()})
    return found


def _of_case(number: int, name: str, value: Any) -> Any:
    return f"{number}-{value}" if name.removeprefix(PREVIOUS) in KEYS and value is not None else value


@cache
def printed(pack: str, standard: str, dialect: str, lang: str = "zh") -> str:
    """The query of a standard of a shipped pack, for a register that has all its columns."""
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    return Register(ready, parameters, expected(ready, parameters), {})._text(dialect, lang)


def first_of_its_kind() -> list[tuple[str, str]]:
    """Each standard once, in the pack whose it is where packs inherit it as it is."""
    found: dict[object, tuple[str, str]] = {}
    for pack, name in standards():
        ready = pack_of(pack).standards[name]
        known = [(one, parameters_of(pack).periods(one)) for one in sorted(ready.parameters())]
        same = (ready.standard.model_dump_json(), tuple(known))
        if same not in found or (pack_of(pack).folder / f"{name}.yaml").exists():
            found[same] = (pack, name)
    return [*found.values()]


def _record(table: str, number: int, case: Case, row: Mapping[str, str]) -> dict[str, Any] | None:
    """A case's row as values; None where a cell cannot be read: a register has no such cells."""
    found: dict[str, Any] = {"household_id": f"{number}", "year": case.judged_in}
    for name, text in row.items():
        try:
            value = fields(table)[name].adapter.validate_python(text)
        except ValidationError:
            return None
        found[name] = f"{number}-{value}" if name in KEYS and value is not None else value
    return {name: value for name, value in found.items() if is_field(name, table)}


# --- fupin's own verdicts ------------------------------------------------------------------------------------------------


def judged(register: Register) -> Counter[Found]:
    """What fupin's engine says of each subject, in the words of a printed query's result."""
    tables = register.tables()
    standard = register.standard
    result = judge(standard, register.parameters, tables, register.as_of, {})
    keys = [name for name in TABLES[standard.subject].KEY if name in register.columns[standard.subject]]
    subjects = tables[standard.subject].data.select(keys).to_pylist()
    found: Counter[Found] = Counter()
    for view, row, own in zip(result.views(result.indices()), result.data.to_pylist(), subjects, strict=True):
        said = {name: own[name] for name in keys} | {"year": view.year, OUTCOME: view.outcome}
        if not standard.is_quality:
            said[POSSIBLE] = ", ".join(view.possible)
        said[LACKING] = ", ".join(map(_name, view.missing))
        said[DISAGREEING] = ", ".join(
            name.removeprefix("conflict.") for name in row if name.startswith("conflict.") and row[name]
        )
        note = standard.rows[view.row].row.note if view.row is not None else None
        said[NOTE] = note.zh if note is not None else None
        said |= {f"{STATUS_OF}{check.name}": check.status for check in view.checks}
        said |= {f"{MARGIN_OF}{check.name}": check.margin for check in view.checks}
        found[as_text(said)] += 1
    return found


def _name(item: Missing) -> str:
    return {"parameter": f"${item.name}", "rows": f"{item.name}.rows"}.get(item.reason, item.name)


def as_text(row: Mapping[str, Any]) -> Found:
    """What a result says, without what it says nothing of."""
    return tuple(f"{name}={value}" for name, value in sorted(row.items()) if value not in (None, "") and name != SAME_KEY)


# --- databases -----------------------------------------------------------------------------------------------------------


#: Runs a printed query over tables filled with a register's rows.
Run = Callable[[Register], Counter[Found]]


def _created(table: str, columns: Iterable[str]) -> str:
    return f"CREATE TABLE {quoted(table)} ({', '.join(f'{quoted(name)} {sql_type(table, name)}' for name in columns)})"


def in_duckdb(register: Register) -> Counter[Found]:
    """In DuckDB as it is, in memory."""
    with duckdb.connect(":memory:") as connection:
        for name, columns in register.columns.items():
            connection.execute(_created(name, columns))
            kinds = pa.schema([(one, arrow_type(fields(name)[one].form)) for one in columns])
            connection.register("given", pa.Table.from_pylist([dict(row) for row in register.rows[name]], kinds))
            connection.execute(f"INSERT INTO {quoted(name)} SELECT * FROM given")
        return _counted(connection.execute(register.text("duckdb")))


def in_postgres(register: Register, connection: psycopg.Connection[Any]) -> Counter[Found]:
    """In PostgreSQL, in tables that are gone afterwards."""
    with connection.transaction(force_rollback=True), connection.cursor() as cursor:
        for name, columns in register.columns.items():
            cursor.execute(_created(name, columns))
            with cursor.copy(f"COPY {quoted(name)} FROM STDIN") as copy:
                for row in register.rows[name]:
                    copy.write_row([row.get(one) for one in columns])
        cursor.execute(register.text("postgres"))
        return _counted(cursor)


def _counted(cursor: Any) -> Counter[Found]:
    names = [column[0] for column in cursor.description]
    return Counter(as_text(dict(zip(names, row, strict=True))) for row in cursor.fetchall())
