"""A small, always equal part of the fuzzing that ``make fuzz`` does for as long as one likes."""

import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).parent / "run.py"


def test_spoilt_files_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(RUN), "--inputs", "16", "--seed", "slice", "--keep", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(tmp_path.iterdir())
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert {row[2].strip() for row in rows} == {"16"}
    # Where nothing is ever read, only the first look is tried.
    assert all(int(row[3]) > 0 for row in rows), done.stdout
