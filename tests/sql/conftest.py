"""What the tests of printed queries share stands in ``registers.py``, ``nasty.py`` and ``server.py`` beside this file."""

import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

# Test modules are imported one by one, without a package: what they share is found here.
_TESTS = Path(__file__).parents[1]
sys.path += [str(Path(__file__).parent), str(_TESTS / "rules" / "oracle"), str(_TESTS / "evaluate")]

from registers import Run, in_duckdb, in_postgres  # noqa: E402  # found by the line above
from server import programs, running  # noqa: E402  # the same


@pytest.fixture(scope="session")
def postgres() -> Iterator[psycopg.Connection[Any] | None]:
    """A server of this session's own; None where PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        yield None
        return
    with running(folder) as connection:
        yield connection


@pytest.fixture(scope="session")
def databases(postgres: psycopg.Connection[Any] | None) -> Mapping[str, Run]:
    """Where a printed query can be run here."""
    found: dict[str, Run] = {"duckdb": in_duckdb}
    return found if postgres is None else found | {"postgres": partial(in_postgres, connection=postgres)}
