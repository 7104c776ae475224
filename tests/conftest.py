"""What every test may use: the program as a user runs it, and the samples."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture
def fupin(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run ``fupin`` as a process of its own, outside the checkout, with a plain environment."""

    def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FUPIN_")}
        return subprocess.run(
            [sys.executable, "-m", "fupin_cli", *map(str, arguments)],
            cwd=cwd or tmp_path,
            env={**plain, "COLUMNS": "100", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return run
