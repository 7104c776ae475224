"""Made-up rosters and second readings of the standards stand with the tests of the rules."""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from fupin_cli.evaluate.explanation.asked import find
from fupin_cli.evaluate.explanation.near import near
from fupin_cli.evaluate.explanation.whole import whole
from fupin_cli.evaluate.explanation.worlds import Judge
from fupin_cli.load.cells.several import read_files
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.explanation import Grounds
from fupin_cli.model.job import CHECK_EXIT, Job
from fupin_cli.model.tables import Table
from fupin_cli.tasks import Request, Task, open_task

_TESTS = Path(__file__).resolve().parents[1]
# Test modules are imported one by one, without a package: what they share is found here.
sys.path += [str(Path(__file__).parent), str(_TESTS / "rules" / "oracle"), str(_TESTS / "evaluate")]
SAMPLES = _TESTS.parent / "samples"

Ask = Callable[..., Grounds]


@cache
def _opened(sample: str, job: Job, line: str) -> tuple[Task, Mapping[str, Table]]:
    path = str(SAMPLES / sample)
    task = open_task(job, Request([path], settings={"poverty_line": line} if line else {}))
    return task, load_tables(read_files([path])[0], (), task.tables).tables


@pytest.fixture(scope="session")
def ask() -> Ask:
    """One subject of a sample by one standard, explained once however many tests look at it."""

    @cache
    def one(whom: str, standard: int = 0, sample: str = "households.xlsx", job: Job = CHECK_EXIT, line: str = "") -> Grounds:
        task, tables = _opened(sample, job, line)
        ready = task.loaded.standards[task.standards[0][standard]]
        found = find(tables, ready.subject, whom)
        assert found is not None
        [row] = found.rows
        return whole(Judge(ready, task.parameters, None, {}, near(ready, tables, row)))

    return one
