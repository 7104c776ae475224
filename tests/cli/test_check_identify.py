"""fupin check-identify and check-all: exit codes, the county's own list, one entry per subject, nothing that differs from the single commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from fupin_cli.cli.main import main

SAMPLES = Path(__file__).parents[2] / "samples"
CANDIDATES = str(SAMPLES / "candidates.xlsx")
#: What every household of the small files below has besides what its row says.
PLAIN = {
    "年度": "2020", "建档立卡": "否", "人均纯收入": "5000", "义务教育阶段因贫辍学": "否", "危房户": "否", "患大病": "否", "长期慢性病": "否",
    "大病慢病开支大致贫": "否", "义务教育有保障": "是", "基本医疗有保障": "是", "住房安全有保障": "是", "劳动能力丧失情况": "无", "低保类别": "无",
    "特困供养": "否", "残疾家庭": "否", "七不准情形": "无",
}  # fmt: skip


def csv(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "户.csv"
    lines = [["户编号", *PLAIN], *([f"H{i}", *(PLAIN | row).values()] for i, row in enumerate(rows, start=1))]
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8-sig")
    return str(path)


def outcomes(folder: Path, *arguments: str) -> tuple[int, dict[str, str]]:
    code, found = report(folder, *arguments)
    return code, {one["id"]: one["outcome"] for one in found["results"] if one["subject"] == "household"}


def report(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    if arguments not in KNOWN:
        out = folder / "out.json"
        code = main([*arguments, "-o", str(out), "--quiet"])
        KNOWN[arguments] = code, json.loads(out.read_text(encoding="utf-8"))
    return KNOWN[arguments]


#: Command line → exit code and report: a sample is judged once.
KNOWN: dict[tuple[str, ...], tuple[int, dict[str, Any]]] = {}


def test_settled_households_are_no_work_left(tmp_path: Path) -> None:
    path = csv(tmp_path, {"人均纯收入": "2994.99"}, {"人均纯收入": "2995"}, {"建档立卡": "是"})
    code, found = outcomes(tmp_path, "check-identify", path)
    assert (code, found) == (0, {"H1": "include", "H2": "not_included", "H3": "already_registered"})


def test_the_county_s_own_list_takes_the_place_of_the_union(tmp_path: Path) -> None:
    path = csv(tmp_path, *({"人均纯收入": "2000", "七不准情形": item} for item in ("小轿车", "村干部", "摩托车", "", "无")))
    code, found = outcomes(tmp_path, "check-identify", path)
    assert (code, [*found.values()]) == (1, ["review", "review", "undetermined", "undetermined", "include"])
    _, chosen = outcomes(tmp_path, "check-identify", path, "--exclusions", "村干部、摩托车")
    assert [*chosen.values()] == ["include", "review", "review", "undetermined", "include"]


#: What was typed beside the file → what is said of it: the option that was written, never the parameter that it stands for.
WRONG_LISTS = {
    "a pack without the list": (
        ["--rules", "anhui-2018", "--exclusions", "商铺"],
        "规则包 anhui-2018 没有能用 --exclusions 代替的清单",
    ),
    "blanks": (["--exclusions", " "], "--exclusions 没有给出任何一项"),
    "nothing": (["--exclusions", ""], "--exclusions 没有给出任何一项"),
    "separators alone": (["--exclusions", "、,"], "--exclusions 没有给出任何一项"),
    "the same list twice": (["--exclusions", "商铺", "--set", "exclusions=村干部"], "--exclusions 和 --set 说的是同一个清单"),
}


@pytest.mark.parametrize("name", WRONG_LISTS)
def test_a_wrong_list_is_told_in_the_words_that_were_typed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    typed, words = WRONG_LISTS[name]
    assert main(["check-identify", CANDIDATES, *typed]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "--set exclusions" not in said


def test_another_parameter_is_told_as_set_though_a_list_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-identify", CANDIDATES, "--exclusions", "商铺", "--set", "inclusion_lime=3000"]) == 2
    assert "是不是 inclusion_line" in capsys.readouterr().err


def test_a_county_without_an_identification_shows_its_screening(tmp_path: Path) -> None:
    code, found = report(tmp_path, "check-identify", CANDIDATES, "--rules", "anhui-2018")
    assert found["rules"]["pack"] == "anhui-2018"
    assert {one["outcome"] for one in found["results"] if one["subject"] == "household"} >= {"visit", "no_visit"}
    assert code == 1


def test_each_way_in_is_told_with_its_margin(tmp_path: Path) -> None:
    _, found = report(tmp_path, "check-identify", CANDIDATES)
    households = {one["id"][-2:]: one for one in found["results"] if one["subject"] == "household"}
    assert len(households) == 13
    ways = {
        number: {
            check["id"]: check["margin"] and check["margin"]["value"] for check in one["checks"] if check["status"] == "pass"
        }
        for number, one in households.items()
        if one["outcome"] == "include"
    }
    assert ways["01"] == {"below_line": "0.01", "below_hardship_line": "1005.01"}
    assert ways["03"]["below_hardship_line"] == "0.01"
    assert "dropout_for_poverty" in ways["03"]
    assert "dibao_without_labour" in ways["07"]
    assert households["05"]["standards"]["identification-procedure"]["outcome"] == "violated"


def test_odd_steps_are_findings_with_their_cells(tmp_path: Path) -> None:
    _, found = report(tmp_path, "check-identify", CANDIDATES)
    steps = [one for one in found["results"] if one["subject"] == "procedure" and one["checks"]]
    told = [(check["id"], one["where"]["cell"]) for one in steps for check in one["checks"]]
    assert told == [
        ("step_once", "程序!A13"), ("step_once", "程序!A14"), ("known_step", "程序!A19"), ("household_in_roster", "程序!A20"),
    ]  # fmt: skip


# --- everything at once -------------------------------------------------------------------------------------------------


def test_all_at_once_say_what_each_says_alone(tmp_path: Path) -> None:
    code, everything = report(tmp_path, "check-all", CANDIDATES)
    assert [one["pack"] for one in everything["packs"]] == ["marginal-2020", "national-2016", "data-quality"]
    mine = [one for one in everything["results"] if one["subject"] == "household"]
    assert len({(one["id"], one["year"]) for one in mine}) == len(mine) == 13
    for command, standard in (("check-identify", None), ("check-exit", "household-exit")):
        alone = [one for one in report(tmp_path, command, CANDIDATES)[1]["results"] if one["subject"] == "household"]
        together = [one if standard is None else one["standards"][standard] for one in mine]
        for name in ("outcome", "possible", "checks"):
            assert [one[name] for one in together] == [one[name] for one in alone]
    assert {"household-quality", "exit-procedure", "identification-procedure"} <= {*mine[0]["standards"]}
    assert code == 1


def test_a_pack_that_several_commands_judge_by_is_named_once(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["check-all", str(SAMPLES / "counties/样丙县.xlsx"), "--as-of", "2019-06-30", "--lang", "en"])
    said = [line.split()[1] for line in capsysbinary.readouterr().out.decode().splitlines() if line.startswith("Rules ")]
    assert said == ["anhui-2018", "data-quality"]


def test_standards_without_their_sheet_are_left_out_and_told(tmp_path: Path) -> None:
    _, found = report(tmp_path, "check-all", CANDIDATES)
    left = [problem["message"] for problem in found["problems"] if problem["code"] == "check-left-out"]
    assert [any(sheet in message for message in left) for sheet in ("帮扶", "档案")] == [True, True]


def test_several_packs_take_the_place_of_the_usual_ones_each_with_its_parameters(tmp_path: Path) -> None:
    path = csv(tmp_path, {"人均纯收入": "2000", "七不准情形": "小轿车"})
    packs = ("--rules", "anhui-2018", "--rules", "marginal-2020")
    _, found = report(tmp_path, "check-all", path, *packs, "--set", "exclusions=商铺")
    names = [one["standard"] for one in found["summary"]["by_standard"]]
    assert {"screening", "household-identification", "household-exit", "household-quality"} <= {*names}
    assert "national-2016" not in [one["pack"] for one in found["packs"]]
    (household,) = found["results"]
    assert household["standards"]["household-identification"]["outcome"] == "include"


def test_a_parameter_that_no_pack_has_is_a_wrong_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-all", csv(tmp_path, {}), "--set", "exclusion=商铺"]) == 2
    assert "exclusions" in capsys.readouterr().err
