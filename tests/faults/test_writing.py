"""Writing that goes wrong for real: a disk that fills up, a process that is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

OLD = "旧的" * 1000
WRITE = """
import os, signal, sys
from fupin_cli.errors import OutputRefused
from fupin_cli.report.write import write_file

def pieces():
    yield "新的" * 1_000_000
    {then}
    yield "完"

try:
    {before}
    write_file(sys.argv[1], pieces())
except OutputRefused as refused:
    sys.exit(int(refused.exit_code))
"""
FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and signals as POSIX has them")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "结果.json"
    path.write_text(OLD, "utf-8")
    return path


def run(target: Path, *, before: str = "pass", then: str = "pass") -> int:
    program = WRITE.format(before=before, then=then)
    return subprocess.run([sys.executable, "-c", program, str(target)], check=False, timeout=60).returncode


def test_a_disk_that_fills_up_leaves_the_old_file(target: Path) -> None:
    assert run(target, before=FULL) == 3
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert target.read_text("utf-8") == OLD


def test_kill_9_in_the_middle_leaves_the_old_file(target: Path) -> None:
    assert run(target, then=KILLED) == -signal.SIGKILL
    assert target.read_text("utf-8") == OLD
    # What nobody could clean up any more is for its owner only and cannot be taken for the result.
    left = [path for path in target.parent.iterdir() if path != target]
    assert all(path.name.startswith(".") and path.stat().st_mode & 0o777 == 0o600 for path in left)
