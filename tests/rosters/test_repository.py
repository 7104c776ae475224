"""A repository made from samples/roster-repo: its machines fail on a planted error, show it at its cell, and pass after the fix.

The steps that fetch something are left to GitHub, GitLab and pre-commit; what the others run is run here as it stands there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "roster-repo"
ACTION = yaml.safe_load((ROOT / ".github/actions/verify-roster/action.yml").read_text(encoding="utf-8"))
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="the steps of an action are written for bash")
#: What GitHub runs a step with.
SHELL = (str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c")
Fupin = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "样本 repo"
    shutil.copytree(SAMPLE, folder)
    return folder


def put(repository: Path, cell: str, value: object) -> None:
    path = repository / "rosters" / "2018.xlsx"
    book = load_workbook(path)
    sheet, _, place = cell.partition("!")
    book[sheet][place].value = value
    book.save(path)


def run(script: str, folder: Path, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    # The program of this environment, as if it had been installed by the step before.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FUPIN")} | {"PATH": path}
    return subprocess.run(
        [*SHELL, script], cwd=folder, env=environment | dict(more or {}), capture_output=True, encoding="utf-8", check=False
    )


def steps() -> Iterator[tuple[str, dict[str, str]]]:
    """The commands of the action with their environment, but for those that install something."""
    defaults = {name: one["default"] for name, one in ACTION["inputs"].items()}
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or "pip install" in step["run"]:
            continue
        assert step["shell"] == "bash"
        # Nothing that somebody gives is written into a script: it comes by the environment.
        assert "${{" not in step["run"]
        named = {name: re.fullmatch(r"\$\{\{ inputs\.(\S+) \}\}", text) for name, text in step.get("env", {}).items()}
        yield step["run"], {name: defaults[found[1]] for name, found in named.items() if found is not None}


def stand_in(repository: Path, ending: int) -> str:
    """A search path with another program of our name, which says what it is given and ends so: a process of ours takes seconds."""
    named = repository / "bin" / "fupin"
    named.parent.mkdir(exist_ok=True)
    named.write_text(f'#!/bin/sh\nprintf "%s|" "$@"\nexit {ending}\n', encoding="utf-8")
    named.chmod(0o755)
    return os.pathsep.join([str(named.parent), os.environ["PATH"]])


def asked(path: Path) -> list[str]:
    """What the other program was given, from where its step put what it said."""
    return path.read_text(encoding="utf-8").strip("|").split("|")


def test_a_planted_error_fails_is_shown_at_its_cell_and_passes_after_the_fix(repository: Path, fupin: Fupin) -> None:
    put(repository, "户!H2", 2016)
    summary = repository / "summary.md"
    (told, environment), (script, given) = steps()
    done = run(script, repository, given)
    assert done.returncode == 1, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert line.startswith("::error file=rosters/2018.xlsx,line=2,title=")
    assert "2016（户!H2）" in line
    assert "2017（rosters/2017.xlsx 户!H2）" in line
    # The step before hands on what the program prints, and does not end as it does.
    assert (
        run(told, repository, {**environment, "GITHUB_STEP_SUMMARY": str(summary), "PATH": stand_in(repository, 1)}).returncode
        == 0
    )
    page, sarif = (fupin(*asked(path), cwd=repository, **environment) for path in (summary, repository / "fupin.sarif"))
    assert "户!H2" in page.stdout.decode("utf-8")
    (result,) = json.loads(sarif.stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "rosters/2018.xlsx"
    put(repository, "户!H2", 2017)
    # The step ends as the program does, which passes.
    passed = run(script, repository, given | {"PATH": stand_in(repository, 0)})
    assert passed.returncode == 0
    assert fupin(*passed.stdout.strip("|").split("|"), cwd=repository).returncode == 0


def test_gitlab_gets_a_test_case_for_each_rule_and_the_same_end(repository: Path, fupin: Fupin) -> None:
    put(repository, "户!H2", 2016)
    job = yaml.safe_load((repository / ".gitlab-ci.yml").read_text(encoding="utf-8"))["verify-rosters"]
    install, report, verify = job["script"]
    assert "pip install" in install
    # What the program prints goes into the file that GitLab takes, and its end does not end the job.
    assert run(report, repository, {"PATH": stand_in(repository, 1)}).returncode == 0
    done = fupin(*asked(repository / job["artifacts"]["reports"]["junit"]), cwd=repository)
    assert done.returncode == 1
    written = done.stdout.decode("utf-8")
    assert "<failure" in written
    assert "户!H2" in written
    # The same run once more, which fails as the action's does; without names, for a log is read by more people than the rosters.
    assert verify.split() == ["fupin", "verify-roster", "--format", "markdown"]


def test_files_that_are_named_are_handed_on_one_by_one(repository: Path) -> None:
    """What the program does with files is tested elsewhere: here another one of its name says what it is given."""
    *_, (script, given) = steps()
    path = stand_in(repository, 0)
    for files, told in (("", ""), ("rosters/2016.xlsx\n名册 2017.xlsx\n\n", "rosters/2016.xlsx|名册 2017.xlsx|")):
        done = run(script, repository, {**given, "FILES": files, "PATH": path})
        assert done.stdout == f"verify-roster|{told}--format|github|", done.stderr


def test_the_hook_runs_the_program_without_file_names() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "fupin verify-roster"
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    changed = ["rosters/2018.xlsx", "名册/2018.csv", "fupin.toml", "baseline.yaml", "people-2018.parquet"]
    assert all(re.search(hook["files"], path) for path in changed)
    assert not any(re.search(hook["files"], path) for path in ("README.md", "other/fupin.toml.bak"))
    used = yaml.safe_load((SAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for repo in used["repos"] for one in repo["hooks"]] == [hook["id"]]


def test_the_workflow_uses_the_action_and_hands_on_what_it_writes() -> None:
    workflow: dict[str, Any] = yaml.safe_load((SAMPLE / ".github/workflows/rosters.yml").read_text(encoding="utf-8"))
    used = [step.get("uses", "") for step in workflow["jobs"]["verify"]["steps"]]
    assert any(".github/actions/verify-roster@" in one for one in used)
    (upload,) = [step for step in workflow["jobs"]["verify"]["steps"] if "upload-sarif" in step.get("uses", "")]
    assert upload["with"]["sarif_file"] == ACTION["inputs"]["sarif"]["default"]
    assert upload["if"].startswith("always()")
