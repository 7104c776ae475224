"""Golden reports: fixed width, no colour, hashes left out. They were read by a person; ``python tests/report/test_golden.py``
writes them again, and the difference is then read once more."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
REPORTS = {
    "households.zh.txt": ("households.xlsx",),
    "households.en.txt": ("households.xlsx", "--lang", "en"),
    "households.all.txt": ("households.xlsx", "--details", "all", "--only", "pass"),
    "households.json": ("households.xlsx", "--format", "json"),
    "households.csv": ("households.xlsx", "--format", "csv"),
    "register.zh.txt": (
        "register-2014-2018.xlsx",
        "--as-of",
        "2018-12-31",
        "--assume",
        "food_secure=是",
        "--assume",
        "clothing_secure=是",
    ),
    "village-notes.zh.txt": ("village-notes.xlsx",),
    "everything-wrong.zh.txt": ("everything-wrong.xlsx",),
    "everything-wrong.json": ("everything-wrong.xlsx", "--format", "json"),
}


def report(arguments: tuple[str, ...]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "fupin_cli", "check-exit", *arguments],
        cwd=ROOT / "samples",
        env={"COLUMNS": "100", "PATH": "", "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == b""
    return re.sub(r"(?<=sha256 )[0-9a-f]{12}|\b[0-9a-f]{64}\b", "<sha256>", done.stdout.decode("utf-8"))


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_the_one_that_was_read(name: str) -> None:
    assert report(REPORTS[name]).replace("\r\n", "\n") == (GOLDEN / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name, arguments in REPORTS.items():
        (GOLDEN / name).write_text(report(arguments).replace("\r\n", "\n"), encoding="utf-8", newline="\n")
