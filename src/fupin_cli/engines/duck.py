"""DuckDB inside this process, over Arrow tables, locked down before the first query."""

import tempfile
from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.dataset  # duckdb imports it at the first table it gets, when somebody waits for a verdict

from fupin_cli.errors import InputRefused

_INTERRUPTED = "Query interrupted"


def run(query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Run one query over the given tables and nothing else: no files, no network, no extensions, no Python variables.

    The rows come in no particular order unless the query asks for one.
    """
    with tempfile.TemporaryDirectory(prefix="fupin-") as folder, duckdb.connect(":memory:") as connection:
        # The order matters: a setting can no longer be changed once the next one has closed the door behind it.
        connection.execute("SET temp_directory = ?", [folder])
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
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
