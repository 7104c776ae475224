"""``--manifest``: everything about a run that somebody needs to repeat it, and nothing personal."""

import hashlib
import importlib
import json
import os
import pickle
import platform
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from fupin_cli.cli import console
from fupin_cli.cli.main import COMMANDS
from fupin_cli.cli.recording import BESIDE, CHANGING, OUTPUT, PACKS, TABLES, name_of
from fupin_cli.load.cells.folders import workbooks
from fupin_cli.model.located import Located, place_of
from fupin_cli.model.manifest import manifest_schema
from fupin_cli.pipelines.recording import PACKAGES, way_to

Run = Callable[..., CompletedProcess[bytes]]
ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "src" / "fupin_cli" / "report" / "manifest-1.schema.json"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_manifest_says_what_was_asked_what_was_read_and_what_was_written(ran: Path) -> None:
    found, place = read(ran), ran.parents[1]
    assert [*Draft202012Validator(read(SCHEMA)).iter_errors(found)] == []
    assert (found["schema"], found["command"], found["language"], found["exit_code"]) == (
        "fupin.manifest/1",
        "check-exit",
        "zh",
        1,
    )
    assert found["arguments"] == [{"given": "data/2018.csv", "path": "../data/2018.csv"}]
    roster = place / "data" / "2018.csv"
    assert found["inputs"] == [
        {"given": "data/2018.csv", "path": "../data/2018.csv", "size": roster.stat().st_size, "sha256": sha256(roster)}
    ]
    assert found["options"] == [
        {"name": "--rules", "values": ["./small"], "from": "command-line", "paths": ["../small"]},
        {"name": "--set", "values": ["line=2995.5"], "from": "command-line"},
        {"name": "--output", "values": ["out/report.json"], "from": "command-line", "paths": ["report.json"]},
        {"name": "--assume", "values": ["water_safe=是"], "from": "command-line"},
    ]
    report = place / "out" / "report.json"
    assert found["outputs"] == [
        {"to": "file", "path": "report.json", "format": "json", "size": report.stat().st_size, "sha256": sha256(report)}
    ]
    assert (found["assumptions"], found["refused"]) == ({"water_safe": "是"}, [])
    assert "packs_from" not in found


def test_the_packs_stand_there_with_the_values_that_were_set_and_those_in_force(ran: Path) -> None:
    judged, beside = read(ran)["packs"]
    told = read(ran.with_name("report.json"))
    assert (judged["pack"], judged["version"], judged["sha256"]) == ("small", 7, told["rules"]["sha256"])
    assert judged["parameters"] == {"line": [{"value": "2995.5", "status": "set"}]} == told["rules"]["parameters"]
    # What is said of the data beside the verdicts rests on a pack, too.
    assert (beside["pack"], beside["sha256"]) == ("data-quality", told["quality"]["sha256"])


def test_what_computed_stands_there(ran: Path) -> None:
    found = read(ran)
    assert found["versions"]["fupin"] == version("fupin-cli")
    assert found["versions"]["python"] == platform.python_version()
    assert found["versions"]["packages"]["duckdb"] == version("duckdb")
    assert found["platform"] == {"system": platform.system(), "machine": platform.machine()}


def test_every_package_that_the_project_depends_on_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {one.partition(">")[0] for one in project["dependencies"]} == {*PACKAGES}


def test_the_schema_that_is_shipped_is_that_of_the_model() -> None:
    assert read(SCHEMA) == manifest_schema()


def test_the_hash_is_of_the_bytes_on_stdout_whatever_the_format(place: Path, fupin: Run) -> None:
    for form, width in (("csv", None), ("table", 100)):
        done = fupin(
            "summary", "data/2018.csv", "--rules", "national-2016", "--format", form, "--manifest", "run.json", cwd=place
        )
        assert done.returncode == 0, done.stderr.decode()
        (output,) = read(place / "run.json")["outputs"]
        expected = {"to": "stdout", "format": form, "size": len(done.stdout), "sha256": hashlib.sha256(done.stdout).hexdigest()}
        assert output == expected | ({"width": width} if width else {})


def test_of_a_terminal_the_text_counts_and_not_its_colours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hello(on: Any) -> None:
        on.print("[bold]你好[/bold]", style="red", markup=True)
        on.print(f"{on.width}")

    plain = console.page(hello, to_file=True, width=77)
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = console.show(hello)
    assert "\x1b[" in capsys.readouterr().out
    assert (shown.terminal, shown.width, plain.terminal) == (True, 77, False)
    assert plain.text == "你好\n77\n"


def test_a_file_is_no_terminal_even_where_colours_are_forced(place: Path, fupin: Run) -> None:
    assert fupin("summary", "data/2018.csv", "-o", "a.txt", cwd=place).returncode == 0
    assert fupin("summary", "data/2018.csv", "-o", "b.txt", cwd=place, FORCE_COLOR="1").returncode == 0
    assert (place / "a.txt").read_bytes() == (place / "b.txt").read_bytes()


def test_where_an_option_comes_from_is_told(place: Path, fupin: Run) -> None:
    (place / "fupin.toml").write_text('[summary]\nby = "village"\nquiet = true\n', encoding="utf-8")
    (place / "data" / "2018.csv").write_text("户编号,年度,人均纯收入,行政村\nH1,2018,2999,甲村\n", encoding="utf-8")
    done = fupin("summary", "data/2018.csv", "--lang", "en", "--manifest", "run.json", cwd=place, FUPIN_SUMMARY_LINE="3000")
    assert done.returncode == 0
    found = read(place / "run.json")
    assert {one["name"]: (one["from"], one["values"]) for one in found["options"]} == {
        "--line": ("environment", ["3000"]), "--by": ("fupin.toml", ["village"]), "--quiet": ("fupin.toml", []),
    }  # fmt: skip
    assert found["language"] == "en"
    assert found["packs"][0]["parameters"] == {"poverty_line": [{"value": "3000", "status": "set"}]}


def test_a_file_of_a_batch_that_was_refused_stands_there(place: Path, fupin: Run) -> None:
    assert fupin("summary", "data/2018.csv", "none.csv", "--manifest", "out/run.json", cwd=place).returncode == 3
    found = read(place / "out" / "run.json")
    assert found["refused"] == [{"given": "none.csv", "path": "../none.csv", "code": "file-not-found"}]
    assert (found["exit_code"], len(found["inputs"]), len(found["arguments"])) == (3, 1, 2)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["none.csv", "--manifest", "run.json"], 3, "none.csv"),
        (["data/2018.csv", "--manifest", "run.json", "--as-of", "gestern"], 2, "--as-of"),
        (["data/2018.csv", "--manifest", "./data/2018.csv"], 2, "就是输入文件"),
        (["data/2018.csv", "-o", "a.json", "--manifest", "./a.json"], 2, "同一个文件"),
        (["data/2018.csv", "--manifest", "small/pack.yaml"], 2, "就是输入文件"),
        (["data/2018.csv", "--manifest", "run.json", "--sheet", "349900199001010011"], 2, "--sheet"),
    ],
)
def test_a_refused_run_writes_no_manifest(arguments: list[str], code: int, words: str, place: Path, fupin: Run) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    done = fupin("summary", *arguments, cwd=place)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in said
    assert "349900199001010011" not in said
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_a_run_that_writes_its_own_baseline_has_no_manifest(place: Path, fupin: Run) -> None:
    done = fupin("verify-roster", "data/2018.csv", "--write-baseline", "b.yaml", "--manifest", "run.json", cwd=place)
    assert done.returncode == 2
    assert "--write-baseline" in done.stderr.decode()
    assert not (place / "b.yaml").exists()


def test_a_manifest_that_cannot_be_written_leaves_the_report_and_ends_with_3(place: Path, fupin: Run) -> None:
    done = fupin("summary", "data/2018.csv", "-o", "a.csv", "--manifest", "nowhere/run.json", cwd=place)
    assert done.returncode == 3
    assert (place / "a.csv").exists()
    assert not (place / "nowhere").exists()


# --- every command, every option ----------------------------------------------------------------------------------------

RECORDED = [name for name in COMMANDS if name.startswith(("check-", "verify-"))] + ["reconcile", "what-if", "summary", "sample"]


def commands() -> dict[str, click.Command]:
    return {name: importlib.import_module(module).command for name, (module, _) in COMMANDS.items() if name != "rules"}


def test_every_command_that_decides_or_compares_has_the_option() -> None:
    assert {name for name, one in commands().items() if "manifest" in {each.name for each in one.params}} == {*RECORDED}


def test_of_every_option_that_names_a_file_or_a_pack_it_is_known_what_it_does_with_it() -> None:
    """An option that is missing here would be given to a replay as a mere text: it would read, or write, where one stands."""
    known = {OUTPUT, CHANGING, *TABLES, *BESIDE, *PACKS, "--manifest"}
    found = {
        name_of(parameter)
        for name in RECORDED
        for parameter in commands()[name].params
        if isinstance(parameter, click.Option)
        and {"FILE", "DIR", "PACK"} & {*str(parameter.metavar).replace("=", "|").split("|")}
    }
    assert found <= known
    assert {"--output", "--rules", "--dibao"} <= found


# --- paths --------------------------------------------------------------------------------------------------------------


def test_a_path_with_a_place_is_the_text_that_was_written() -> None:
    path = Located("data/2018.csv", "/elsewhere/2018.csv")
    assert (path, place_of(path), place_of("plain")) == ("data/2018.csv", "/elsewhere/2018.csv", "plain")
    again = pickle.loads(pickle.dumps(path))  # noqa: S301  # our own
    assert (again, place_of(again)) == (path, "/elsewhere/2018.csv")


def test_the_files_of_a_folder_that_is_elsewhere_are_called_as_the_folder_was(tmp_path: Path) -> None:
    real = tmp_path / "real"
    (real / "within").mkdir(parents=True)
    for name in ("b.csv", "a.csv", "note.txt"):
        (real / name).write_text("x", encoding="utf-8")
    found = workbooks([Located("data/", str(real))])
    assert [*found.files] == ["data/a.csv", "data/b.csv"]
    assert [place_of(path) for path in found.files] == [str(real / "a.csv"), str(real / "b.csv")]
    assert {note.facts["path"] for note in found.notes} == {"data/"}
    assert all(str(tmp_path) not in str(note.facts) for note in found.notes)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_the_way_to_a_file_does_not_lead_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "deep" / "real").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "real")
    (tmp_path / "roster.csv").write_text("x", encoding="utf-8")
    way = way_to(str(tmp_path / "roster.csv"), tmp_path / "link")
    assert (tmp_path / "link" / way).samefile(tmp_path / "roster.csv")
