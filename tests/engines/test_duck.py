"""The engine answers the one query over the tables that it is given, and reaches nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from fupin_cli.engines import duck

ROWS = pa.table({"id": [1, 2, 3], "money": pa.array(["1.10", "2.20", None]).cast(pa.decimal128(18, 6))})
#: A table among the Python variables around the call: DuckDB would find it by name if it were allowed to.
stray = pa.table({"secret": [42]})


def test_it_answers_over_the_given_tables() -> None:
    assert duck.run("SELECT SUM(id) AS n FROM rows", {"rows": ROWS}).to_pylist() == [{"n": 6}]


def test_the_order_of_the_answer_is_the_order_of_the_query() -> None:
    many = pa.table({"i": list(range(300_000))})
    found = duck.run("SELECT i FROM many ORDER BY i DESC", {"many": many}).column("i").to_pylist()
    assert found == list(range(299_999, -1, -1))


def test_decimals_come_back_as_decimals() -> None:
    found = duck.run("SELECT money, SUM(money) OVER () AS total FROM rows", {"rows": ROWS})
    assert all(pa.types.is_decimal(column.type) for column in found.columns)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_parquet('{file}')",
        "SELECT * FROM read_json('{file}')",
        "SELECT * FROM read_csv('https://example.invalid/a.csv')",
        "SELECT * FROM read_csv('s3://bucket/a.csv')",
        "SELECT getenv('HOME')",
    ],
)
def test_files_and_the_network_are_out_of_reach(tmp_path: Path, query: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        duck.run(query.format(file=file.as_posix(), folder=tmp_path.as_posix()), {"rows": ROWS})


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO '{target}'",
        "EXPORT DATABASE '{target}'",
        "ATTACH '{target}' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET python_enable_replacements = true",
        "SET lock_configuration = false",
        "SET memory_limit = '1GB'",
        "PRAGMA enable_profiling",
        "RESET enable_external_access",
    ],
)
def test_no_statement_writes_attaches_installs_or_unlocks(tmp_path: Path, statement: str) -> None:
    target = tmp_path / "written"
    with pytest.raises(duckdb.Error):
        duck.run(statement.format(target=target.as_posix()), {"rows": ROWS})
    assert not target.exists()


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("COPY (SELECT 1) TO '{target}'", "Permission"),
        ("ATTACH '{target}' AS other", "Permission"),
        ("INSTALL httpfs", "Permission"),
        ("LOAD '{target}'", "Permission"),
        ("SELECT * FROM read_csv('{target}')", "Permission"),
        ("SET enable_external_access = true", "lock"),
        ("SET lock_configuration = false", "lock"),
        ("SET temp_directory = '{target}'", "lock"),
        ("SET allowed_directories = ['/']", "lock"),
        ("SET python_enable_replacements = true", "lock"),
        ("SELECT * FROM stray", "stray"),
    ],
)
def test_the_connection_itself_is_locked_not_only_the_shape_of_the_query(tmp_path: Path, statement: str, refusal: str) -> None:
    """Refused for what it is, not because it cannot stand inside another statement."""
    target = tmp_path / "written"
    with duck.connect() as connection, pytest.raises(duckdb.Error, match=refusal):
        connection.execute(statement.format(target=target.as_posix()))
    assert not target.exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("enable_external_access", "false"), ("python_enable_replacements", "false"), ("lock_configuration", "true")],
)
def test_every_door_is_closed_by_its_own_setting(setting: str, value: str) -> None:
    found = duck.run(f"SELECT CAST(current_setting('{setting}') AS VARCHAR) AS value", {})
    assert found.to_pylist() == [{"value": value}]


def test_few_rows_are_asked_in_the_thread_that_asks() -> None:
    found = duck.run("SELECT CAST(current_setting('threads') AS INTEGER) AS threads", {"rows": ROWS})
    assert found.to_pylist() == [{"threads": 1}]


def test_what_does_not_fit_into_memory_goes_to_a_directory_that_ends_with_the_process(tmp_path: Path) -> None:
    program = (
        "import os; from fupin_cli.engines import duck\n"
        "folder = duck.run(\"SELECT current_setting('temp_directory') AS folder\", {}).to_pylist()[0]['folder']\n"
        "print(os.path.isdir(folder), folder)"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
    there, folder = ended.stdout.split(maxsplit=1)
    assert there == "True"
    assert Path(folder.strip()).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_variables_of_the_program_are_no_tables() -> None:
    local = stray
    assert local.num_rows == 1
    for name in ("stray", "local"):
        with pytest.raises(duckdb.CatalogException, match=name):
            duck.run(f"SELECT * FROM {name}", {"rows": ROWS})


def test_one_run_knows_nothing_of_the_one_before() -> None:
    duck.run("SELECT * FROM rows", {"rows": ROWS})
    with pytest.raises(duckdb.CatalogException):
        duck.run("SELECT * FROM rows", {"others": ROWS})


def test_ctrl_c_during_a_query_is_an_interruption_and_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> pa.Table:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(duck, "_fetch_few", interrupted)
    with pytest.raises(KeyboardInterrupt):
        duck.run("SELECT 1", {})


def test_another_runtime_error_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> pa.Table:
        raise RuntimeError("something else")

    monkeypatch.setattr(duck, "_fetch_few", broken)
    with pytest.raises(RuntimeError, match="something else"):
        duck.run("SELECT 1", {})


@pytest.mark.parametrize("rows", [duck._FEW_ROWS, duck._FEW_ROWS + 1])
def test_few_and_many_rows_are_answered_alike_behind_the_same_doors(tmp_path: Path, rows: int) -> None:
    table = pa.table({"i": pa.array(range(rows), pa.int64())})
    assert duck.run("SELECT SUM(i) AS n FROM t WHERE i < 10", {"t": table}).to_pylist() == [{"n": 45}]
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        duck.run(f"SELECT t.i, c.* FROM t, read_csv('{file.as_posix()}') AS c", {"t": table})
