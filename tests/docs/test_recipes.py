"""The recipes of the README are tried as they stand there."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shown import IN_README

from fupin_cli import pipeline
from fupin_cli.cli.main import COMMANDS as MODULES
from fupin_cli.cli.rules.group import COMMANDS as QUESTIONS
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.report.options import Options

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", README, re.DOTALL))
PROVINCE = ("my-county-2018/pack.yaml", "my-county-2018/parameters.yaml")
CHECK = ("my-county-2018/household-exit.yaml", "my-county-2018/cases/household-exit.yaml")
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def write(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILES[name], encoding="utf-8")
    return folder / "my-county-2018"


def outcomes(done: subprocess.CompletedProcess[bytes]) -> dict[str, str]:
    return {result["id"]: result["outcome"] for result in json.loads(done.stdout)["results"]}


def test_a_county_is_one_folder_and_its_own_line_counts(fupin: Run, samples: Path, tmp_path: Path) -> None:
    write(tmp_path, PROVINCE)
    sample = samples / "households.xlsx"
    national = outcomes(fupin("check-exit", sample, "--format", "json"))
    county = outcomes(fupin("check-exit", sample, "--format", "json", "--rules", "my-county-2018", FUPIN_RULES=str(tmp_path)))
    # 2995.01 yuan in 2018: over the national line of 2995, under the county's 3200.
    assert national["349900010003"] == "eligible"
    assert county["349900010003"] == "ineligible"


def test_a_check_is_one_entry_and_its_case_holds(fupin: Run, tmp_path: Path) -> None:
    write(tmp_path, PROVINCE + CHECK)
    done = fupin("rules", "test", "my-county-2018", FUPIN_RULES=str(tmp_path))
    assert done.returncode == 0, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")


def test_a_report_format_is_one_module(samples: Path) -> None:
    space: dict[str, Callable[..., object]] = {}
    exec(compile(FILES["tallytext.py"], "tallytext.py", "exec"), space)  # noqa: S102  # the README's own code
    result, _ = pipeline.check(CHECK_EXIT, pipeline.Request(files=[str(samples / "households.xlsx")]))
    lines = space["tally_lines"](result, Options())
    assert isinstance(lines, type(x for x in ()))
    assert "".join(lines) == "ineligible\t8\neligible\t5\nundetermined\t3\n"


COMMANDS = re.findall(r"^    (fupin [a-z-]+ samples/.*)$", README, re.MULTILINE)


# Those of which the README shows what they print are run where that is read.
@pytest.mark.parametrize("line", [line for line in COMMANDS if line not in IN_README.values()])
def test_every_command_on_a_sample_that_the_readme_shows_runs(line: str, fupin: Run) -> None:
    arguments = line.split()[1:]
    done = fupin(*arguments, cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr.decode("utf-8")
    assert done.stderr == b""


def test_the_readme_names_no_option_that_no_command_has() -> None:
    commands = [importlib.import_module(module).command for module, _ in MODULES.values()]
    commands += [importlib.import_module(module).command for module in QUESTIONS.values()]
    known = {option for command in commands for parameter in command.params for option in parameter.opts} | {
        "--help",
        "--no-config",
    }
    assert {"--as-of", "--by"} <= known
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README)) <= known


def test_the_picture_shows_what_the_program_prints(tmp_path: Path) -> None:
    before = (ROOT / "docs" / "screen.svg").read_text(encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'docs')!r}); import screen; from pathlib import Path; screen.write(Path({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert (tmp_path / "screen.svg").read_text(encoding="utf-8") == before
