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
#: The same for other commands.
COMMANDS = {
    "support.zh.txt": ("check-support", "support.xlsx", "--dibao", "dibao.xlsx"),
    "archives.en.txt": ("check-archive", "archives.xlsx", "--lang", "en"),
    "candidates.zh.txt": ("check-identify", "candidates.xlsx"),
    "candidates.json": ("check-identify", "candidates.xlsx", "--format", "json"),
    "candidates.csv": ("check-identify", "candidates.xlsx", "--format", "csv"),
    "candidates.everything.txt": ("check-all", "candidates.xlsx", "--limit", "4"),
}
#: Two files in which much contradicts itself, one way or another.
CONTRADICTIONS = {
    "contradictions.data.zh.txt": ("check-data", "户.csv", "人.csv"),
    "contradictions.data.csv": ("check-data", "户.csv", "人.csv", "--format", "csv"),
    "contradictions.exit.en.txt": ("check-exit", "户.csv", "人.csv", "--lang", "en"),
}


def report(name: str) -> str:
    arguments = CONTRADICTIONS.get(name) or COMMANDS.get(name) or ("check-exit", *REPORTS[name])
    done = subprocess.run(
        [sys.executable, "-m", "fupin_cli", *arguments],
        cwd=ROOT / "tests" / "report" / "contradictions" if name in CONTRADICTIONS else ROOT / "samples",
        env={"COLUMNS": "100", "PATH": "", "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == b""
    return re.sub(r"(?<=sha256 )[0-9a-f]{12}|\b[0-9a-f]{64}\b", "<sha256>", done.stdout.decode("utf-8"))


@pytest.mark.parametrize("name", [*REPORTS, *COMMANDS, *CONTRADICTIONS])
def test_report_is_the_one_that_was_read(name: str) -> None:
    assert report(name).replace("\r\n", "\n") == (GOLDEN / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in (*REPORTS, *COMMANDS, *CONTRADICTIONS):
        (GOLDEN / name).write_text(report(name).replace("\r\n", "\n"), encoding="utf-8", newline="\n")
