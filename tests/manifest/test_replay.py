"""``fupin replay``: the run of a manifest again, whatever has changed around it; what differs is said, and nothing is written."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fupin_cli.cli import check_county
from fupin_cli.model.manifest import Manifest
from fupin_cli.model.replayed import Replay
from fupin_cli.pipelines.manifests import read_manifest
from fupin_cli.pipelines.replaying import compare, places_of

Run = Callable[..., CompletedProcess[bytes]]
Edit = Callable[[Callable[[dict[str, Any]], object]], Path]
ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "src" / "fupin_cli" / "report" / "replay-1.schema.json").read_text(encoding="utf-8"))


def contents(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def replayed(fupin: Run, manifest: Path, *more: str, code: int, **where: Any) -> dict[str, Any]:
    """The report for machines."""
    done = fupin("replay", manifest, "--format", "json", *more, **where)
    assert done.returncode == code, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    assert [*Draft202012Validator(SCHEMA).iter_errors(found)] == []
    assert found["same"] == (code == 0)
    return found


def told(found: Mapping[str, Any], part: str = "differences") -> list[tuple[str, str]]:
    return [(one["what"], one["name"]) for one in found[part]]


def test_the_same_run_is_the_same_wherever_one_stands_and_whatever_is_set_there(ran: Path, fupin: Run) -> None:
    elsewhere = ran.parents[1] / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "fupin.toml").write_text('[check-exit]\nset = {line = 1}\nonly = "pass"\nmask = true\n', encoding="utf-8")
    # Packs of the same names lie where the environment looks for them.
    for pack in ("small", "data-quality"):
        (elsewhere / pack).mkdir()
        (elsewhere / pack / "pack.yaml").write_text("pack: other\n", encoding="utf-8")
    before = contents(ran.parents[1])
    found = replayed(
        fupin,
        ran,
        code=0,
        cwd=elsewhere,
        FUPIN_CHECK_EXIT_SET="line=2",
        FUPIN_LANG="en",
        FUPIN_RULES=str(elsewhere),
        COLUMNS="41",
    )
    assert (told(found), told(found, "notes")) == ([], [])
    assert found["compared"] == {"inputs": 1, "packs": 2, "outputs": 1, "exit_code": {"then": 1, "now": 1}}
    assert contents(ran.parents[1]) == before


def test_packs_are_looked_for_where_the_run_found_them(place: Path, fupin: Run) -> None:
    (place / "packs").mkdir()
    (place / "small").rename(place / "packs" / "small")
    arguments = ["summary", "data/2018.csv", "--rules", "small", "--line", "3000", "--manifest", "out/run.json"]
    done = fupin(*arguments, cwd=place, FUPIN_RULES="packs")
    assert done.returncode == 0, done.stderr.decode()
    manifest = place / "out" / "run.json"
    assert json.loads(manifest.read_text(encoding="utf-8"))["packs_from"] == {"given": "packs", "path": "../packs"}
    replayed(fupin, manifest, code=0)


def test_a_changed_input_is_named_with_what_follows_from_it(ran: Path, fupin: Run) -> None:
    roster = ran.parents[1] / "data" / "2018.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("2990", "3990"), encoding="utf-8")
    found = replayed(fupin, ran, code=1)
    assert told(found) == [("input", "data/2018.csv"), ("output", "report.json"), ("exit-code", "")]
    assert (found["differences"][2]["then"], found["differences"][2]["now"]) == ("1", "0")


def test_a_changed_pack_is_named(ran: Path, fupin: Run) -> None:
    pack = ran.parents[1] / "small" / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("version: 7", "version: 8"), encoding="utf-8")
    found = replayed(fupin, ran, code=1)
    assert told(found) == [("pack", "small"), ("output", "report.json")]
    assert (found["differences"][0]["then"][:2], found["differences"][0]["now"][:2]) == ("7 ", "8 ")


def test_a_run_that_is_refused_now_says_why(ran: Path, fupin: Run) -> None:
    shutil.rmtree(ran.parents[1] / "small")
    found = replayed(fupin, ran, code=1)
    assert told(found) == [("run", ""), ("output", "report.json"), ("exit-code", "")]
    assert found["refused_now"]["code"] == "rules-directory-missing"
    shown = fupin("replay", ran, "--lang", "en")
    assert "refused now" in shown.stdout.decode()


def held(ran: Path, recorded: Manifest, observed: Manifest) -> Replay:
    """What a replay says when it comes to this."""
    return compare(str(ran), recorded, observed, None, places_of(recorded, ran.parent, None))


def test_a_report_that_somebody_changed_is_not_what_the_run_wrote(ran: Path, fupin: Run) -> None:
    report = ran.with_name("report.json")
    report.write_bytes(report.read_bytes().replace(b"H3", b"H1"))
    assert told(replayed(fupin, ran, code=1)) == [("kept", "report.json")]
    report.unlink()
    recorded = read_manifest(str(ran))
    found = held(ran, recorded, recorded)
    assert ([one.what for one in found.notes], found.is_same()) == (["kept-absent"], True)


def test_another_version_that_writes_the_same_is_told_and_no_difference(ran: Path, edited: Edit) -> None:
    observed = read_manifest(str(ran))

    def older(data: dict[str, Any]) -> None:
        data["versions"] |= {"fupin": "0.0.9", "packages": {**data["versions"]["packages"], "duckdb": "1.4.0"}}
        data["platform"]["machine"] = "abacus"

    found = held(ran, read_manifest(str(edited(older))), observed)
    assert found.is_same()
    assert [(one.what, one.name) for one in found.notes] == [("fupin", ""), ("machine", ""), ("package", "duckdb")]


def test_a_manifest_that_claims_other_values_or_another_ending_is_found_out(ran: Path, edited: Edit) -> None:
    observed = read_manifest(str(ran))

    def claim(data: dict[str, Any]) -> None:
        data["packs"][0]["parameters"]["line"][0]["value"] = "2000"
        data["assumptions"] = {}
        data["exit_code"] = 0

    found = held(ran, read_manifest(str(edited(claim))), observed)
    assert not found.is_same()
    assert [(one.what, one.name) for one in found.differences] == [
        ("parameters", "line"),
        ("assumption", "water_safe"),
        ("exit-code", ""),
    ]


def test_a_table_is_as_wide_as_it_was_and_an_environment_changes_nothing(place: Path, fupin: Run) -> None:
    done = fupin("summary", "data/2018.csv", "--manifest", "run.json", cwd=place, COLUMNS="63")
    assert done.returncode == 0
    shown = fupin("replay", "run.json", "--lang", "en", cwd=place, COLUMNS="160", FORCE_COLOR="1", SOURCE_DATE_EPOCH="tomorrow")
    assert shown.returncode == 0
    assert "The same: 1 inputs, 1 packs, 1 outputs, exit code 0." in shown.stdout.decode()
    assert shown.stderr == b""


def test_files_that_were_moved_are_found_by_name_and_hash(place: Path, fupin: Run) -> None:
    other = place / "data" / "other"
    other.mkdir()
    (other / "2018.csv").write_text("户编号,年度,人均纯收入\nK1,2018,4000\n", encoding="utf-8")
    done = fupin(
        "summary", place / "data" / "2018.csv", "data/other/2018.csv", "--manifest", "run.json", "-o", "a.csv", cwd=place
    )
    assert done.returncode == 0, done.stderr.decode()
    moved = place / "moved"
    (moved / "x").mkdir(parents=True)
    (place / "data" / "2018.csv").rename(moved / "x" / "2018.csv")
    (other / "2018.csv").rename(moved / "2018.csv")
    refused = fupin("replay", "run.json", cwd=place)
    assert (refused.returncode, refused.stdout) == (3, b"")
    assert "--inputs" in refused.stderr.decode()
    assert replayed(fupin, place / "run.json", "--inputs", str(moved), code=0)["compared"]["inputs"] == 2


def test_a_folder_that_was_moved_is_where_its_files_are(edited: Edit, tmp_path: Path) -> None:
    def of_a_folder(data: dict[str, Any]) -> None:
        data["arguments"] = [{"given": "counties/", "path": "../counties"}]
        data["inputs"] = [
            dict(data["inputs"][0], given=f"counties/{name}", path=f"../counties/{name}") for name in ("a.csv", "b.csv")
        ]

    manifest = edited(of_a_folder)
    within = tmp_path / "elsewhere" / "deep"
    within.mkdir(parents=True)
    for name in ("a.csv", "b.csv", "c.csv"):
        (within / name).write_text(name, encoding="utf-8")
    recorded = read_manifest(str(manifest))
    places = places_of(recorded, manifest.parent, str(tmp_path / "elsewhere"))
    assert [places.of(one).at for one in recorded.arguments] == [str(within)]
    assert [places.of(one).at for one in recorded.inputs] == [str(within / "a.csv"), str(within / "b.csv")]


def test_a_file_that_joined_a_folder_or_left_it_is_named(ran: Path) -> None:
    recorded = read_manifest(str(ran))
    (old,) = recorded.inputs
    new = old.model_copy(update={"given": "data/2019.csv"})
    for inputs, expected in (([old, new], ["input-new"]), ([], ["input-gone"]), ([new], ["input-gone", "input-new"])):
        found = held(ran, recorded, recorded.model_copy(update={"inputs": inputs}))
        assert [one.what for one in found.differences] == expected


def test_a_folder_of_counties_is_recorded_as_it_was_given(place: Path, monkeypatch: pytest.MonkeyPatch, fupin: Run) -> None:
    found: list[Mapping[str, Any]] = []
    monkeypatch.setattr(check_county, "answer", lambda _, given, *__: found.append(given) or 0)
    assert fupin("check-county", "data", cwd=place).returncode == 0
    assert (found[0]["named"], [*found[0]["files"]]) == (("data",), [str(Path("data", "2018.csv"))])


# --- a manifest that somebody has edited --------------------------------------------------------------------------------


def put(*where: str | int, value: object) -> Callable[[dict[str, Any]], object]:
    def change(data: Any) -> None:
        for part in where[:-1]:
            data = data[part]
        data[where[-1]] = value

    return change


def option(name: str, *values: str, paths: list[str | None] | None = None) -> Callable[[dict[str, Any]], object]:
    found: dict[str, Any] = {"name": name, "values": [*values], "from": "command-line"}
    return lambda data: data["options"].append(found | ({"paths": paths} if paths is not None else {}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("exitcode", value=0), "exit_code"),
        (put("inputs", 0, "sha", value="x"), "sha256"),
        (put("packs", 0, "parameters", "line", 0, "vlaue", value="1"), "value"),
        (put("versions", "pyhton", value="3"), "python"),
        (put("schema", value="fupin.manifest/2"), "不是运行记录"),
        (put("exit_code", value=True), "exit_code"),
        (put("exit_code", value=4), "exit_code"),
        (put("day", value=20_000), "day"),
        (put("inputs", 0, "sha256", value="XYZ"), "inputs.0.sha256"),
        (put("outputs", 0, "to", value="printer"), "outputs.0.to"),
        (put("command", value="check-exti"), "check-exit"),
        (put("command", value="rules"), "不能重演"),
        (put("command", value="replay"), "不能重演"),
        (put("command", value="explain"), "不能重演"),
        (put("command", value="template"), "不能重演"),
        (put("command", value="../../evil"), "不能重演"),
        (option("--onyl", "fail"), "--only"),
        (option("--only", "fial"), "--only"),
        (option("--only", "fail", "pass"), "--only"),
        (option("--quiet", "yes"), "--quiet"),
        (option("--set", "line=1"), "两次"),
        (option("--manifest", "evil.json"), "--manifest 不是"),
        (option("--lang", "en"), "--lang 不是"),
        (option("--help"), "--help 不是"),
        (
            lambda data: (
                put("command", value="verify-roster")(data),
                put("options", value=[])(data),
                option("--write-baseline", "evil.yaml", paths=["../evil.yaml"])(data),
            ),
            "--write-baseline 不是",
        ),
        (option("--no-config"), "--no-config 不是"),
        (option("--details", "all", paths=["../x"]), "--details"),
        (put("options", 0, "paths", value=[None]), "--rules"),
        (put("options", 0, "paths", value=["a", "b"]), "--rules"),
    ],
)
def test_what_a_manifest_does_not_say_is_refused(
    change: Callable[[dict[str, Any]], object], words: str, edited: Edit, fupin: Run
) -> None:
    manifest = edited(change)
    before = contents(manifest.parents[1])
    done = fupin("replay", manifest)
    assert (done.returncode, done.stdout) == (3, b""), done.stdout.decode()
    assert words in done.stderr.decode()
    assert contents(manifest.parents[1]) == before


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'{"schema": "fupin.manifest/1"}',
        b'{"schema": 1, "schema": 2}',
        b"\xff\xfe{}",
        b'{"schema": NaN}',
        b"[" * 99_999,
    ],
)
def test_what_is_no_manifest_is_refused(text: bytes, tmp_path: Path, fupin: Run) -> None:
    (tmp_path / "run.json").write_bytes(text)
    done = fupin("replay", "run.json")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "run.json" in done.stderr.decode()


def test_a_folder_or_nothing_is_no_manifest(tmp_path: Path, fupin: Run) -> None:
    assert fupin("replay", tmp_path).returncode == 3
    assert fupin("replay", "none.json").returncode == 3
    assert fupin("replay").returncode == 2


def test_whatever_the_manifest_names_as_its_output_nothing_is_written(edited: Edit, fupin: Run, tmp_path: Path) -> None:
    def elsewhere(data: dict[str, Any]) -> None:
        data["options"][2] |= {"values": ["../../evil.json"], "paths": ["../evil.json"]}
        data["outputs"][0]["path"] = "../evil.json"

    manifest = edited(elsewhere)
    before = contents(tmp_path)
    assert told(replayed(fupin, manifest, code=0), "notes") == [("kept-absent", "../evil.json")]
    assert contents(tmp_path) == before
    assert not (tmp_path.parent / "evil.json").exists()


def test_the_report_of_a_replay_replaces_nothing_that_the_run_read_or_wrote(ran: Path, fupin: Run) -> None:
    place = ran.parents[1]
    before = contents(place)
    for taken in ("out/run.json", "out/report.json", "data/2018.csv"):
        assert fupin("replay", "out/run.json", "--format", "json", "-o", taken, cwd=place).returncode == 2
    assert contents(place) == before
    assert fupin("replay", "out/run.json", "-o", "again.json", cwd=place).returncode == 0
    assert json.loads((place / "again.json").read_text(encoding="utf-8"))["same"] is True


def test_a_pipe_in_place_of_a_file_is_not_waited_for(edited: Edit, fupin: Run) -> None:
    manifest = edited(put("inputs", 0, "path", value="/dev/zero"))
    assert fupin("replay", manifest).returncode == 3
