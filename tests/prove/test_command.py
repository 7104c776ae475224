"""``fupin rules check``: what it prints, what it tells the shell, and what it does where there is no solver."""

import importlib.util
import json
import re
import shutil
import sys
import textwrap
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "rules"))

from small_pack import FILES, STANDARD, write

from fupin_cli.cli.main import main

SOUND = {
    "pack.yaml": FILES["pack.yaml"],
    "parameters.yaml": FILES["parameters.yaml"],
    "exit.yaml": STANDARD.replace(STANDARD[STANDARD.index("  members:") : STANDARD.index("  net:")], ""),
}
ABSURD = {**SOUND, "exit.yaml": SOUND["exit.yaml"].replace("require: food_secure", "require: household_size * 2 = 7")}
RULES = Path(__file__).parents[2] / "rules"
REFUSED = {**SOUND, "exit.yaml": SOUND["exit.yaml"].replace("require: food_secure", "require: food_secur")}


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "z3" else found(name, *more))


def test_a_sound_pack_exits_0_and_says_what_was_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(write(tmp_path, SOUND))]) == 0
    shown = capsys.readouterr()
    assert "没有发现问题。证明：1 个标准" in shown.out
    assert shown.err == ""


def test_a_finding_exits_1_and_shows_place_hint_and_a_case_to_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(write(tmp_path, ABSURD)), "--lang", "en"]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "mini v1"
    assert shown[1] == "  mini/exit.yaml:19:14 Nobody can meet check fed."
    assert shown[2].startswith("    Look for parts of require")
    assert shown[3] == "    For example (as a worked case), and the engine judges it so:"
    assert shown[4] == "      - name: check-never-passes"
    assert re.fullmatch("        year: 201[6-8]|        year: 20(19|20)", shown[5])
    assert shown[6] == "        given:"
    assert re.fullmatch(r"          household: \{household_size: \d+, annual_plan: [是否]\}", shown[7])
    assert shown[8] == "        expect: {outcome: bad}"


def test_a_pack_that_does_not_load_exits_3_and_the_others_are_checked_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, sound = write(tmp_path / "a", REFUSED), write(tmp_path / "b", SOUND)
    assert main(["rules", "check", str(wrong), str(sound), "--lang", "en"]) == 3
    shown = capsys.readouterr().out
    assert "mini/exit.yaml:19:14 Unknown name food_secur.\n    Did you mean food_secure?" in shown
    assert "Nothing is wrong. Proofs of 1 standard(s)" in shown


def test_a_folder_of_packs_is_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, SOUND)
    write(tmp_path, {**SOUND, "pack.yaml": SOUND["pack.yaml"].replace("pack: mini", "pack: other")}, "other")
    assert main(["rules", "check", f"{tmp_path}/", "--no-proofs"]) == 0
    assert capsys.readouterr().out == "mini v1\n  没有发现问题。\nother v1\n  没有发现问题。\n"


def test_json_has_the_same_findings_with_their_subjects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(write(tmp_path, ABSURD)), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "fupin.check/1"
    (pack,) = found["packs"]
    (finding,) = pack["findings"]
    assert (pack["pack"], pack["proved"], finding["kind"], finding["line"], finding["column"]) == ("mini", True, "check-never-passes", 19, 14)  # fmt: skip
    (witness,) = finding["witnesses"]
    assert (witness["confirmed"], witness["outcome"], witness["checks"]["fed"]) == (True, "bad", "fail")


@pytest.mark.usefixtures("without_solver")
def test_without_a_solver_packs_are_still_read_but_nobody_takes_that_for_a_proof(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "check", str(write(tmp_path, SOUND)), "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "mini v1\n  Nothing is wrong.\n"
    assert "nothing was proved" in shown.err
    assert "pip install 'fupin-cli[prove]'" in shown.err


@pytest.mark.usefixtures("without_solver")
def test_who_wants_no_proofs_needs_no_solver(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(write(tmp_path, SOUND)), "--no-proofs"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("without_solver")
def test_a_pack_that_does_not_load_exits_3_without_a_solver_too(tmp_path: Path) -> None:
    assert main(["rules", "check", str(write(tmp_path, REFUSED))]) == 3


def test_an_unknown_pack_is_a_wrong_command_line_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "national-2017", "--lang", "en"]) == 2
    assert "national-2016" in capsys.readouterr().err


def test_a_condition_that_says_nothing_is_refused_by_the_check_commands_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {**SOUND, "exit.yaml": SOUND["exit.yaml"].replace("require: food_secure", "require: food_secure OR 1 < 2")}
    assert main(["rules", "show", str(write(tmp_path, files)), "--lang", "en"]) == 3
    assert "mini/exit.yaml:19:29" in capsys.readouterr().err
    assert main(["check-exit", "samples/households.xlsx", "--rules", str(tmp_path / "mini"), "--lang", "en"]) == 3


def test_the_readme_shows_what_is_printed_of_a_capped_income(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(__file__).resolve().parents[2]
    folder = tmp_path / "national-2016"
    shutil.copytree(root / "rules" / "national-2016", folder)
    standard = folder / "household-exit.yaml"
    old, new = (
        "require: income_per_capita > $poverty_line",
        "require: income_per_capita > $poverty_line AND income_per_capita < 20000",
    )
    standard.write_text(standard.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert main(["rules", "check", str(folder)]) == 1
    readme = (root / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"<!-- check -->\n(.*?)<!-- /check -->", readme, re.DOTALL)
    # Of all households that would do the solver chooses one: which it is may differ.
    told, shown = (re.sub(r"year: .*|household: .*", "…", text) for text in (textwrap.dedent(block), capsys.readouterr().out))
    assert shown.startswith(told)


@pytest.mark.parametrize(
    ("file", "old", "new", "what_to_write"),
    [
        ("household-exit.yaml", "    severity: gate\n    require: food_secure", "    severty: gate\n    require: food_secure", "severity"),
        ("parameters.yaml", "from: 2018-01-01, value: 2995", "from: 2018-02-01, value: 2995", "2018-02-01 的前一天"),
        ("parameters.yaml", "from: 2018-01-01, value: 2995", "from: 2017-01-01, value: 2995", "删去其中一个"),
        ("household-exit.yaml", "require: food_secure", "require: food_secur", "food_secure"),
        ("household-exit.yaml", "    cite: {document: kaizhou, clause: 四, quote: '主要考核纳入年度脱贫计划的贫困户'}\n", "", "补写 cite"),
        ("household-exit.yaml", "require: food_secure", "require: food_secure OR NOT food_secure", "写出会有不成立的情形的条件"),
    ],
)  # fmt: skip
def test_every_mistake_says_where_it_stands_and_what_to_write(
    file: str, old: str, new: str, what_to_write: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(RULES / "national-2016", tmp_path / "national-2016")
    path = tmp_path / "national-2016" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    # Only a value with a last day leaves a gap behind it.
    text = text.replace("from: 2017-01-01, value: 2952", "from: 2017-01-01, to: 2017-12-31, value: 2952")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["rules", "check", f"{tmp_path}/national-2016", "--no-proofs"]) == 3
    shown = capsys.readouterr().out
    assert re.search(rf"national-2016/{file}:\d+:\d+ ", shown)
    assert what_to_write in shown
