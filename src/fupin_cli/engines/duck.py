"""DuckDB inside this process, over Arrow tables, locked down before the first query."""

import enum
import functools
import tempfile
import threading
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from fupin_cli.engines.plans import Plans, answered, prepare
from fupin_cli.errors import InputRefused

_INTERRUPTED = "Query interrupted"
#: Up to so many rows a query takes longer to be planned than to be run.
_FEW_ROWS = 10_000


class For(enum.Enum):
    """What a database is for; the value says what planning goes without there, or else what alone it does."""

    #: Many rows: all the planning that there is.
    MANY = None
    #: Few rows, once: what makes joins of conditions, and leaves out columns and steps that nobody needs.
    ONCE = ("filter_pushdown", "unused_columns", "cte_inlining")
    #: Few rows, with a plan that is kept: a step that several others need is not done for each of them.
    AGAIN = ("filter_pushdown", "unused_columns")


_lock = threading.Lock()
_plans = Plans()


def connect(use: For = For.ONCE) -> duckdb.DuckDBPyConnection:
    """A connection of its own, which knows no tables yet, to a database of this process, which holds nothing.

    There is one for each use. To open one takes as long as a query over a village; whoever has time before the first query may do
    it then.
    """
    with _lock:
        return _database(use).cursor()


@functools.cache
def _database(use: For) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    if use.value is not None:
        every = [name for (name,) in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()]
        # Global, for the connections of queries, as below.
        connection.execute("SET GLOBAL disabled_optimizers = ?", [",".join(name for name in every if name not in use.value)])
        # Few rows come in one piece: threads of the engine's own wake up for every step of a plan and have no part of it. Beside
        # other processes that took a quarter of the time of a small query.
        connection.execute("SET GLOBAL threads = 1")
    # The order matters: a setting can no longer be changed once the next one has closed the door behind it.
    connection.execute("SET temp_directory = ?", [_folder().name])
    # Global: else it would be this connection's alone, and none of those that queries get.
    connection.execute("SET GLOBAL python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where queries put what does not fit into memory; it is removed when the process ends."""
    return tempfile.TemporaryDirectory(prefix="fupin-")


def expect_again() -> None:
    """From now on this process is asked alike of many files: plans are kept from the first time on."""
    _plans.expecting = True


def run(query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Run one query over the given tables and nothing else: no files, no network, no extensions, no Python variables.

    The rows come in no particular order unless the query asks for one.
    """
    few = sum(table.num_rows for table in tables.values()) <= _FEW_ROWS
    try:
        return _fetch_few(query, tables) if few else _fetch(query, tables)
    except duckdb.OutOfRangeException:
        raise InputRefused("arithmetic-overflow") from None
    except RuntimeError as error:
        # Ctrl-C during a query arrives as a plain RuntimeError; it is no bug of ours.
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from None
        raise


def _fetch_few(query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    with _plans.lend(query, tables, lambda again: connect(For.AGAIN if again else For.ONCE)) as plan:
        return plan.answer(tables)


def _fetch(query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    with connect(For.MANY) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        prepare(connection, query)
        return answered(connection)
