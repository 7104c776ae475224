"""Golden reports: fixed width, no colour, hashes left out. They were read by a person; ``python tests/report/test_golden.py``
writes them again, and the difference is then read once more."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from fupin_cli.cli import checking
from fupin_cli.errors import FupinError
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.job import Job
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.tasks import Request

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
#: Villages beside their households: one of each outcome, two of one name, figures that agree and that do not.
VILLAGES = {
    "villages.zh.txt": ("check-village", "村.csv", "户.csv"),
    "villages.en.txt": ("check-village", "村.csv", "户.csv", "--lang", "en", "--details", "all"),
    "villages.west.zh.txt": ("check-village", "村.csv", "户.csv", "--rules", "national-2016"),
}
#: Reports on files that stand beside this one: each with its folder.
HERE = {
    name: (folder, found[name])
    for folder, found in (("contradictions", CONTRADICTIONS), ("villages", VILLAGES))
    for name in found
}


Run = Callable[..., subprocess.CompletedProcess[bytes]]


def report(name: str, run: Run) -> str:
    if name in HERE:
        folder, arguments = HERE[name]
        done = run(*arguments, cwd=ROOT / "tests" / "report" / folder)
    else:
        done = run(*(COMMANDS.get(name) or ("check-exit", *REPORTS[name])), cwd=ROOT / "samples")
    assert done.stderr == b""
    text = done.stdout.decode("utf-8").replace("\r\n", "\n")
    return re.sub(r"(?<=sha256 )[0-9a-f]{12}|\b[0-9a-f]{64}\b", "<sha256>", text)


@pytest.fixture(scope="module", autouse=True)
def judged_once() -> Iterator[None]:
    """The same question has one answer, whatever the format and the language of its report."""
    known: dict[str, tuple[Result, Sequence[FupinError]]] = {}

    def asked(job: Job, request: Request, on_step: OnStep | None = None) -> tuple[Result, Sequence[FupinError]]:
        question = repr((job, request))
        if question not in known:
            known[question] = check(job, request, on_step)
        return known[question]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "check", asked)
        yield


@pytest.mark.parametrize("name", [*REPORTS, *COMMANDS, *HERE])
def test_report_is_the_one_that_was_read(name: str, fupin: Run) -> None:
    assert report(name, fupin) == (GOLDEN / name).read_text(encoding="utf-8")


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """As somebody runs it who has set nothing."""
    environment = {"COLUMNS": "100", "PATH": "", "PYTHONHASHSEED": "7"}
    return subprocess.run(
        [sys.executable, "-m", "fupin_cli", *arguments], cwd=cwd, env=environment, capture_output=True, check=False
    )


def test_a_process_of_its_own_prints_the_same() -> None:
    assert report("everything-wrong.zh.txt", process) == (GOLDEN / "everything-wrong.zh.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in (*REPORTS, *COMMANDS, *HERE):
        (GOLDEN / name).write_text(report(name, process), encoding="utf-8", newline="\n")
