"""What every test may use: the program as a user runs it, and the samples."""

import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

# Test modules are imported one by one, without a package: what they share is found here.
sys.path.append(str(Path(__file__).parent))
from fupin_cli.cli.main import main
from fupin_cli.load.cells import child
from fupin_cli.model.case import Case
from fupin_cli.rules import packs
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack
from here import Here

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def read_once() -> None:
    """Read the packs that are shipped once in a process of tests: they do not change, and take a second together.

    A pack that a test writes is read each time. Done where every test begins, so that whoever imports the readers gets these.
    """
    load_pack, load_cases = packs.load_pack, packs.load_cases
    known = cache(load_pack)
    cases: dict[Path, Mapping[str, Sequence[Case]]] = {}

    def pack_once(folder: Path, shelf: Shelf) -> LoadedPack:
        return known(folder, shelf) if folder.parent == CHECKOUT else load_pack(folder, shelf)

    def cases_once(loaded: LoadedPack) -> Mapping[str, Sequence[Case]]:
        if loaded.folder.parent != CHECKOUT:
            return load_cases(loaded)
        return cases.get(loaded.folder) or cases.setdefault(loaded.folder, load_cases(loaded))

    packs.load_pack, packs.load_cases = pack_once, cases_once


read_once()
# A tenth of the time of the tests was spent on looking for cycles among the packs, the tests and the libraries, which all stay.
gc.set_threshold(20_000, 10, 10)
# Workers of the test run say that a terminal is 80 wide; a test that wants a width says so itself.
os.environ.pop("COLUMNS", None)

#: Where the process that reads is the point.
WITH_READERS = ("load", "faults", "fuzz", "office")


@pytest.fixture(scope="module", autouse=True)
def reading_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read files without starting a reader, which takes a third of a second for each, where the reader is not the point."""
    if request.path.relative_to(TESTS).parts[0] in WITH_READERS:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "take", Here)
        patch.setattr(child, "start", lambda: None)
        yield


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


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
