"""Finds what stands beside the tests; pytest imports a test from its file alone, so that its name may stand in other folders too."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_cli.engines import duck, plans

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True, scope="package")
def kept() -> Iterator[plans.Plans]:
    """Plans that are kept as those of a batch are: these tests judge workbooks of one shape, and planning is a fifth of their time."""
    before, mine = duck._plans, plans.Plans()
    mine.expecting = True
    duck._plans = mine
    yield mine
    duck._plans = before
