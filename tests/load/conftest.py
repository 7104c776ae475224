"""Fixtures of the load tests."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

# Test modules are imported one by one, without a package: what they share is found here.
sys.path.append(str(Path(__file__).parent))
workbooks = importlib.import_module("workbooks")


@pytest.fixture
def book(tmp_path: Path) -> Any:
    """Writes a workbook from rows of XML."""

    def make(rows: str, **more: Any) -> Path:
        path: Path = workbooks.zipped(tmp_path / "书.xlsx", workbooks.parts_of(rows, **more))
        return path

    return make
