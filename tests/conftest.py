"""What every test may use: the program as a user runs it, and the samples."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from fupin_cli import lawbook, tasks
from fupin_cli.cli.main import main
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack

ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session", autouse=True)
def packs_are_read_once() -> Iterator[None]:
    """The packs that are shipped do not change while tests run; a pack that a test writes is read each time."""
    shipped = cache(load_pack)

    def read(folder: Path, shelf: Shelf) -> LoadedPack:
        return shipped(folder, shelf) if folder.parent == CHECKOUT else load_pack(folder, shelf)

    with pytest.MonkeyPatch.context() as patch:
        for module in (tasks, lawbook):
            patch.setattr(module, "load_pack", read)
        yield


def plain(environment: dict[str, str]) -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FUPIN_")}
    return {**kept, "COLUMNS": "100", **environment}


@pytest.fixture
def fupin(tmp_path: Path) -> Run:
    """Run ``fupin`` in this process, outside the checkout, with a plain environment: its answer is the one of a process."""

    def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
        given = [*map(str, arguments)]
        out, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd or tmp_path)
            for name in {*os.environ} - {*(wanted := plain(environment))}:
                patch.delenv(name)
            for name, value in wanted.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["fupin", *given])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", errors)
            code = main(given)
        return subprocess.CompletedProcess(given, code, *(stream.buffer.getvalue() for stream in (out, errors)))  # type: ignore[attr-defined]

    return run


@pytest.fixture
def fupin_process(tmp_path: Path) -> Run:
    """Run ``fupin`` as a process of its own: for what only a process can show, such as locale, hash seed and exit code."""

    def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "fupin_cli", *map(str, arguments)],
            cwd=cwd or tmp_path,
            env=plain(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return run
