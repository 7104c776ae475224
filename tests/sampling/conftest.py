"""A made-up roster as a file; its rows stand in ``made_up_roster.py`` beside this file."""

import csv
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

# Test modules are imported one by one, without a package: what they share is found here.
sys.path.append(str(Path(__file__).parent))

from made_up_roster import HEADER  # from the path that was just added

Rows = Sequence[Sequence[object]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write a roster as csv and give its path."""

    def written(rows: Rows, header: Sequence[str] = HEADER, name: str = "roster.csv") -> str:
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        path = tmp_path / name
        path.write_text(text.getvalue(), encoding="utf-8")
        return str(path)

    return written
