"""DuckDB inside this process, over Arrow tables, locked down before the first query."""

import functools
import tempfile
import threading
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from fupin_cli.errors import InputRefused

_INTERRUPTED = "Query interrupted"
#: Up to so many rows a query takes longer to be planned than to be run.
_FEW_ROWS = 10_000

_lock = threading.Lock()


def connect(*, few: bool = True) -> duckdb.DuckDBPyConnection:
    """A connection of its own, which knows no tables yet, to a database of this process, which holds nothing.

    There is one for few rows and one for many. To open one takes as long as a query over a village; whoever has time before the
    first query may do it then.
    """
    with _lock:
        return _database(few=few).cursor()


@functools.cache
def _database(*, few: bool) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    if few:
        # Of a county's calendar more than a third of the time went into it; 100,000 households take half as long again without.
        connection.execute("SET GLOBAL disabled_optimizers = 'statistics_propagation'")
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


def run(query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Run one query over the given tables and nothing else: no files, no network, no extensions, no Python variables.

    The rows come in no particular order unless the query asks for one.
    """
    few = sum(table.num_rows for table in tables.values()) <= _FEW_ROWS
    with connect(few=few) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        try:
            return _fetch(connection, query)
        except duckdb.OutOfRangeException:
            raise InputRefused("arithmetic-overflow") from None
        except RuntimeError as error:
            # Ctrl-C during a query arrives as a plain RuntimeError; it is no bug of ours.
            if str(error) == _INTERRUPTED:
                raise KeyboardInterrupt from None
            raise


def _fetch(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    # connection.sql(query) would bind the query twice, and with some hundred columns binding is most of the time of a small file;
    # Arrow straight from execute() is deprecated.
    connection.execute(f"PREPARE answer AS {query}")
    return connection.sql("EXECUTE answer").to_arrow_table()
