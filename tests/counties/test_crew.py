"""The processes that judge: one that dies costs its workbook, and whatever ends the run ends all of them.

What they do is not the question here, so programs of a few lines take their place.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from fupin_cli.errors import FupinError, InputRefused
from fupin_cli.load.cells import child
from fupin_cli.model.job import CHECK_COUNTY
from fupin_cli.pipelines.batch import crew, worker
from fupin_cli.pipelines.batch.book import Order
from fupin_cli.pipelines.batch.crew import Outcome, judge_beside
from fupin_cli.tasks import Request

ORDER = Order(CHECK_COUNTY, Request(files=()), Fraction(95, 100))
REFUSAL, BUG = map(pickle.dumps, (InputRefused("file-empty", path="x"), ZeroDivisionError("x")))
#: Imports nothing of ours, which takes its time. Refuses every path, dies of one, never answers another, and sends an error that is none of ours for a third.
PROGRAM = f"""
import io, os, pickle, signal, sys
class Any:
    def __init__(self, *_): pass
    def __call__(self, *_): return self
    def __setstate__(self, _): pass
class Load(pickle.Unpickler):
    def find_class(self, *_): return Any
Load(sys.stdin.buffer).load()
while True:
    path = pickle.load(sys.stdin.buffer)
    if 'dies' in path:
        os.kill(os.getpid(), signal.SIGKILL)
    if 'hangs' in path:
        signal.pause()
    sys.stdout.buffer.write({{True: {BUG!r}, False: {REFUSAL!r}}}['bug' in path])
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every process that the crew starts."""
    processes: list[subprocess.Popen[bytes]] = []
    launch = child.launch

    def noted(command: Any, **variables: str) -> subprocess.Popen[bytes]:
        processes.append(launch(command, **variables))
        folders.append(Path(variables["TMPDIR"]))
        return processes[-1]

    folders: list[Path] = []
    monkeypatch.setattr(crew.child, "launch", noted)
    monkeypatch.setattr(crew, "COMMAND", [sys.executable, "-P", "-c", PROGRAM])
    yield processes
    assert processes
    assert all(process.poll() is not None for process in processes)
    assert not any(folder.exists() for folder in folders)


def judged(paths: list[str], jobs: int) -> dict[int, Outcome]:
    outcomes: dict[int, Outcome] = {}
    judge_beside(ORDER, paths, jobs, outcomes.__setitem__)
    return outcomes


def test_processes_stay_for_many_workbooks(started: list[subprocess.Popen[bytes]]) -> None:
    found = judged([f"{number}.xlsx" for number in range(40)], 2)
    assert len(started) == 2
    assert sorted(found) == [*range(40)]
    assert {error.code for error in found.values() if isinstance(error, FupinError)} == {"file-empty"}


def test_a_process_that_dies_costs_its_workbook_alone(started: list[subprocess.Popen[bytes]]) -> None:
    found = judged(["a.xlsx", "dies.xlsx", "b.xlsx", "dies too.xlsx", "c.xlsx"], 1)
    codes = [found[index].code for index in range(5)]  # type: ignore[union-attr]
    assert codes == ["file-empty", "workbook-judge-died", "file-empty", "workbook-judge-died", "file-empty"]
    assert isinstance(found[1], InputRefused)
    assert found[1].facts == {"path": "dies.xlsx"}
    assert len(started) == 3


@pytest.mark.parametrize("error", [KeyboardInterrupt, BrokenPipeError])
def test_whatever_ends_the_run_ends_every_process(started: list[subprocess.Popen[bytes]], error: type[BaseException]) -> None:
    def stop(*_: object) -> None:
        raise error

    with pytest.raises(error):
        judge_beside(ORDER, ["hangs.xlsx", "a.xlsx", "b.xlsx"], 2, stop)


def test_there_is_time_for_something_else_before_the_first_workbook_is_finished(started: list[subprocess.Popen[bytes]]) -> None:
    seen: list[object] = []

    def meanwhile() -> None:
        seen.append("meanwhile")

    judge_beside(ORDER, ["a.xlsx", "b.xlsx"], 2, lambda index, _: seen.append(index), meanwhile)
    assert seen[0] == "meanwhile"
    assert {*seen[1:]} == {0, 1}


def test_what_goes_wrong_meanwhile_ends_every_process(started: list[subprocess.Popen[bytes]]) -> None:
    def refuse() -> None:
        raise InputRefused("pack-unknown")

    with pytest.raises(InputRefused):
        judge_beside(ORDER, ["hangs.xlsx", "hangs too.xlsx"], 2, lambda *_: None, refuse)


def test_a_bug_in_a_process_is_a_bug_here(started: list[subprocess.Popen[bytes]]) -> None:
    with pytest.raises(ZeroDivisionError):
        judged(["bug.xlsx", "hangs.xlsx"], 2)


def test_a_program_that_cannot_start_is_a_refusal_of_each_workbook(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "COMMAND", [sys.executable, "-c", "raise SystemExit(1)"])
    found = judged(["a.xlsx", "b.xlsx"], 2)
    assert {error.code for error in found.values() if isinstance(error, FupinError)} == {"workbook-judge-died"}


def test_a_worker_ends_when_its_parent_is_gone() -> None:
    process = child.launch(crew.COMMAND)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    assert process.stdout.read() == b""
    assert process.wait() == 0
    process.stdout.close()


@pytest.mark.parametrize(
    "table",
    [
        pa.table(
            {
                "money": pa.array([Decimal("1.5"), None], pa.decimal128(38, 6)),
                "name": ["样", None],
                "day": [date(2018, 1, 2), None],
            }
        ),
        pa.concat_tables([pa.table({"a": [1]}), pa.table({"a": [2, None]})]),
        pa.table({"a": pa.nulls(2), "kind": pa.array(["x", "x"]).dictionary_encode()}),
        pa.table({"a": pa.array([], pa.string())}),
        pa.table({"a": [1, 2, 3]}).select([]),
    ],
)
def test_a_table_comes_as_it_was_sent(table: pa.Table) -> None:
    # What a process answers holds tables among all kinds of things.
    sent = pickle.loads(worker.written({"tables": [table, 7]}))  # type: ignore[arg-type] # noqa: S301 - our own bytes
    assert sent["tables"][1] == 7
    came = sent["tables"][0]
    came.validate(full=True)
    assert came.equals(table)
    assert came.num_rows == table.num_rows
    assert came.schema == table.schema
