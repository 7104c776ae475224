"""Queries that come again, planned once: to plan what judges a county takes four times as long as to run it.

The workbooks of a batch are of one shape, so they are all asked the same. A query that comes a second time will probably come
again; before that its plan is not kept, for plans are large, unless it is known that many like it follow.
"""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa

#: A query, and the columns of the tables that it is asked of: a plan is for these alone.
Shape = tuple[str, tuple[tuple[str, pa.Schema], ...]]

#: Gives a connection; whether the query will be asked on it again.
Connect = Callable[[bool], duckdb.DuckDBPyConnection]

#: So many queries are remembered, and plans are kept of so many characters of SQL: a hundred thousand are forty megabytes.
_REMEMBERED, _KEPT = 1_000, 600_000


def prepare(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Plan a query; ``answered`` runs it."""
    # connection.sql(query) would bind the query twice, and with some hundred columns binding is most of the time of a small file;
    # Arrow straight from execute() is deprecated.
    connection.execute(f"PREPARE answer AS {query}")


def answered(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """What the prepared query gives."""
    return connection.sql("EXECUTE answer").to_arrow_table()


class Rows:
    """A table in the eyes of a plan: each time that it runs, the rows are others."""

    def __init__(self, table: pa.Table) -> None:
        self._schema = table.schema
        self.table: pa.Table | None = table

    def __arrow_c_schema__(self) -> Any:
        return self._schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        table = self.table if self.table is not None else self._schema.empty_table()
        return table.__arrow_c_stream__(requested_schema)


class Plan:
    """A query that is planned, on a connection of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: str, tables: Mapping[str, pa.Table]) -> None:
        self._connection = connection
        self._rows = {name: Rows(table) for name, table in tables.items()}
        for name, rows in self._rows.items():
            connection.register(name, rows)
        prepare(connection, query)

    def answer(self, tables: Mapping[str, pa.Table]) -> pa.Table:
        """What the query gives over these tables, which have the columns that it was planned for."""
        try:
            for name, rows in self._rows.items():
                rows.table = tables[name]
            return answered(self._connection)
        finally:
            for rows in self._rows.values():
                rows.table = None

    def close(self) -> None:
        """Give up the plan."""
        self._connection.close()


class Plans:
    """The plans that are kept, those used last at the end. One that is at work is not among them."""

    def __init__(self) -> None:
        #: Every query is expected to come again: its plan is kept from the first time on.
        self.expecting = False
        self._lock = threading.Lock()
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._idle: OrderedDict[Shape, Plan] = OrderedDict()

    @contextlib.contextmanager
    def lend(self, query: str, tables: Mapping[str, pa.Table], connect: Connect) -> Iterator[Plan]:
        """The plan of a query over tables of this shape: a kept one, or one made on a new connection.

        It is kept if the query has come before, or is expected to come again, and nothing goes wrong with it now.
        """
        shape = query, tuple((name, table.schema) for name, table in tables.items())
        with self._lock:
            plan = self._idle.pop(shape, None)
            again = self._again(hash(shape))
        plan = plan or _planned(connect(again), query, tables)
        try:
            yield plan
        except BaseException:
            again = False
            raise
        finally:
            for old in self._kept(shape, plan) if again else [plan]:
                old.close()

    def _again(self, shape: int) -> bool:
        """Whether such a query has been asked lately, or is expected again."""
        before = self.expecting or shape in self._asked
        self._asked[shape] = None
        self._asked.move_to_end(shape)
        if len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
        return before

    def _kept(self, shape: Shape, plan: Plan) -> list[Plan]:
        """Keep a plan. What comes back has to make room for it."""
        with self._lock:
            over = [twin] if (twin := self._idle.pop(shape, None)) is not None else []
            self._idle[shape] = plan
            while sum(len(query) for query, _ in self._idle) > _KEPT:
                over.append(self._idle.popitem(last=False)[1])
        return over


def _planned(connection: duckdb.DuckDBPyConnection, query: str, tables: Mapping[str, pa.Table]) -> Plan:
    try:
        return Plan(connection, query, tables)
    except BaseException:
        connection.close()
        raise
