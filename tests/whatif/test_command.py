"""``fupin what-if`` from its command line to its exit code, and its reports as they were read."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console

from fupin_cli.cli.main import main
from fupin_cli.model.comparison import Comparison
from fupin_cli.model.job import CHECK_EXIT, CHECK_IDENTIFY
from fupin_cli.model.run import Result
from fupin_cli.model.sweep import Sweep
from fupin_cli.pipelines.comparing import compare_packs, sweep, what_if
from fupin_cli.report.comparison.csvtext import comparison_csv
from fupin_cli.report.comparison.jsontext import comparison_json
from fupin_cli.report.comparison.markdown import comparison_markdown
from fupin_cli.report.comparison.svg import sweep_svg
from fupin_cli.report.comparison.sweep import lengths, print_sweep
from fupin_cli.report.comparison.sweeptext import sweep_csv, sweep_json, sweep_markdown
from fupin_cli.report.comparison.terminal import print_comparison
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request, open_pack

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SVG = "{http://www.w3.org/2000/svg}"
Text = Callable[[Any, Options], Iterable[str]]


def sample(result: Result) -> Result:
    """The result as if it had been asked for from the folder above the samples, wherever that is."""
    return replace(result, inputs=[replace(source, path=f"samples/{Path(source.path).name}") for source in result.inputs])


@pytest.fixture(scope="module")
def lower() -> Comparison:
    """The sample under a line of 3500 yuan for every year."""
    found, _ = what_if(CHECK_EXIT, Request([str(SAMPLES / "households.csv")], settings={"poverty_line": "3500"}), None, {})
    return replace(found, before=sample(found.before), after=sample(found.after))


@pytest.fixture(scope="module")
def kaizhou() -> Comparison:
    """The sample by the national pack and by that of Kaizhou."""
    before, after = (open_pack(None, name) for name in ("national-2016", "chongqing-kaizhou-2017"))
    found, _ = compare_packs(before, after, CHECK_EXIT, Request([str(SAMPLES / "households.xlsx")]))
    return replace(found, before=sample(found.before), after=sample(found.after))


@pytest.fixture(scope="module")
def moved() -> Sweep:
    """The sample as the line moves from 2900 to 4100."""
    found, _ = sweep(CHECK_EXIT, Request([str(SAMPLES / "households.csv")]), {}, "poverty_line=2900:4100:300")
    return replace(found, base=sample(found.base))


@pytest.fixture(scope="module")
def reports(lower: Comparison, kaizhou: Comparison, moved: Sweep) -> Mapping[str, str]:
    """Every golden report, as it is now."""
    zh, en = Options(), Options("en")
    made = {
        "set.zh.txt": printed(print_comparison, lower, zh),
        "set.csv": "".join(comparison_csv(lower, zh)),
        "set.json": "".join(comparison_json(lower, zh)),
        "against.zh.txt": printed(print_comparison, kaizhou, zh),
        "against.en.md": "".join(comparison_markdown(kaizhou, en)),
        "sweep.zh.txt": printed(print_sweep, moved, zh),
        "sweep.en.txt": printed(print_sweep, moved, en, width=40),
        "sweep.zh.md": "".join(sweep_markdown(moved, zh)),
        "sweep.csv": "".join(sweep_csv(moved, en)),
        "sweep.svg": "".join(sweep_svg(moved, zh)),
    }
    results = (lower.before, lower.after, kaizhou.before, kaizhou.after, moved.base)
    hashes = {one.pack.sha256 for one in results} | {source.sha256 for one in results for source in one.inputs}
    return {name: settled(text, hashes) for name, text in made.items()}


def printed(printing: Callable[..., None], result: object, options: Options, width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False, emoji=False, markup=False, color_system=None)
    printing(result, options, console)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


def settled(text: str, hashes: Iterable[str]) -> str:
    """A report without what changes with every word of a pack, and without marks of the platform."""
    for one in hashes:
        text = text.replace(one, "f" * 64).replace(one[:12], "f" * 12)
    return text.replace("\r\n", "\n").replace("\ufeff", "")


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir()))
def test_the_report_is_the_one_that_was_read(name: str, reports: Mapping[str, str]) -> None:
    assert reports[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_report_was_read(reports: Mapping[str, str]) -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(reports)


# --- comparisons -------------------------------------------------------------------------------------------------------------


def test_the_sample_by_two_packs(kaizhou: Comparison) -> None:
    exits, procedure = kaizhou.standards
    counted = {(one.before, one.after): one.count for one in exits.transitions}
    # Household 12 lacks nothing but 饮水安全, which Kaizhou does not ask for.
    assert counted == {
        ("ineligible", "ineligible"): 8, ("eligible", "eligible"): 5, ("undetermined", "undetermined"): 2, ("undetermined", "eligible"): 1,
    }  # fmt: skip
    [flip] = exits.flips(exits.flipped)
    assert flip.before.key == "349900010012"
    [decider] = flip.deciders
    assert (decider.name, decider.before and decider.before.status, decider.after) == ("water", "unknown", None)
    assert procedure.flipped == []
    assert (kaizhou.only_before, kaizhou.only_after) == ([], [])


def test_json_fits_its_schema_and_its_sums_add_up(lower: Comparison, kaizhou: Comparison) -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("comparison-1.schema.json").read_text(encoding="utf-8"))
    for comparison in (lower, kaizhou):
        found = json.loads("".join(comparison_json(comparison, Options())))
        jsonschema.validate(found, schema)
        for one in found["standards"]:
            assert sum(turn["count"] for turn in one["transitions"]) == one["subjects"]
            assert sum(turn["count"] for turn in one["transitions"] if turn["flips"]) == one["changed"]
        assert len(found["flips"]) == sum(one["changed"] for one in found["standards"])
    assert json.loads("".join(comparison_json(lower, Options())))["differing_parameters"] == ["poverty_line"]


def test_csv_has_a_row_for_each_flip(lower: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(comparison_csv(lower, Options("en"))).removeprefix("\ufeff"))))
    assert [(row["id"], row["outcome_before"][:5], row["outcome_after"][:5]) for row in rows] == [
        ("349900010003", "Meets", "Does "), ("349900010004", "Does ", "Meets"), ("349900010005", "Does ", "Meets"), ("349900010007", "Meets", "Does "),
    ]  # fmt: skip


def test_the_limit_leaves_out_and_says_so(lower: Comparison) -> None:
    shown = printed(print_comparison, lower, Options(limit=1))
    assert shown.count("  3499000100") == 1
    assert "另有 3 户没有列出" in shown
    assert "另有 3 户没有列出" in "".join(comparison_markdown(lower, Options(limit=1)))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_runs_over_the_page(lower: Comparison, kaizhou: Comparison, moved: Sweep, width: int) -> None:
    for lang in ("zh", "en"):
        texts = [printed(print_comparison, one, Options(lang), width) for one in (lower, kaizhou)]  # type: ignore[arg-type]
        texts.append(printed(print_sweep, moved, Options(lang), width))  # type: ignore[arg-type]
        assert max(cell_len(line) for text in texts for line in text.splitlines()) <= width


def test_the_files_are_read_once(lower: Comparison, kaizhou: Comparison) -> None:
    for comparison in (lower, kaizhou):
        for one in comparison.standards:
            assert one.before.subject is one.after.subject


def test_a_list_can_be_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "x.csv"
    roster.write_text(
        "户编号,年度,户类型,人均纯收入,七不准情形\n1,2020,一般农户,2000,小轿车\n2,2020,一般农户,2000,商品房\n", "utf-8"
    )
    assert main(["what-if", str(roster), "--check", "identify", "--set", "exclusions=商品房", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["after"]["rules"]["parameters"]["exclusions"] == [{"value": ["商品房"], "status": "set"}]
    [flip] = found["flips"]
    told = (flip["id"], flip["from"], flip["to"], [check["id"] for check in flip["checks"]])
    assert told == ("1", "review", "include", ["nothing_against"])


def test_what_two_packs_ask_first_is_compared_whatever_they_call_it() -> None:
    found, _ = what_if(CHECK_IDENTIFY, Request([str(SAMPLES / "households.csv")]), "anhui-2018", {})
    names = [(one.before.standard.standard, one.after.standard.standard) for one in found.standards]
    assert names == [("household-identification", "screening")]
    assert [one.standard.standard for one in found.only_before] == ["identification-procedure"]


def test_a_number_that_the_document_leaves_to_the_user(capsys: pytest.CaptureFixture[str]) -> None:
    chishui = [
        "what-if",
        str(SAMPLES / "households.csv"),
        "--rules",
        "guangdong-chishui-2016",
        "--as-of",
        "2018-12-31",
        "--lang",
        "en",
    ]
    assert main([*chishui, "--set", "local_income_per_capita=9000"]) == 2
    assert "--given local_income_per_capita=" in capsys.readouterr().err
    given = ["--given", "local_income_per_capita=8000", "--set", "local_income_per_capita=9000", "--format", "json"]
    assert main([*chishui, *given]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    values = [found[side]["rules"]["parameters"]["local_income_per_capita"][0]["value"] for side in ("before", "after")]
    assert values == ["8000", "9000"]
    # Moved through values it has none now, so there is nothing to mark.
    assert main([*chishui, "--sweep", "local_income_per_capita=8000:9000:500", "--format", "json"]) in (0, 1)
    swept = json.loads(capsys.readouterr().out)
    assert (swept["parameter"]["in_force"], swept["standards"][0]["now"]) == ([], None)
    jsonschema.validate(swept, sweep_schema())


def test_what_is_given_holds_on_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    register = ["what-if", str(SAMPLES / "households.csv"), "--format", "json"]
    given = ["--given", "food_secure=是", "--given", "clothing_secure=是", "--given", "poverty_line=2800"]
    assert main([*register, *given, "--assume", "water_safe=是", "--set", "poverty_line=3000"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert found["before"]["assumptions"] == {"food_secure": "是", "clothing_secure": "是"}
    assert found["after"]["assumptions"] == {"food_secure": "是", "clothing_secure": "是", "water_safe": "是"}
    assert [found[side]["rules"]["parameters"]["poverty_line"][0]["value"] for side in ("before", "after")] == ["2800", "3000"]


def test_what_is_assumed_otherwise_on_the_first_side_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    register = [
        "what-if",
        str(SAMPLES / "households.csv"),
        "--given",
        "water_safe=是",
        "--assume",
        "water_safe=否",
        "--lang",
        "en",
    ]
    for form in ("table", "markdown"):
        assert main([*register, "--format", form]) in (0, 1)
        [told] = [line for line in capsys.readouterr().out.splitlines() if "blank water safe" in line]
        assert "counts as 否 (before: blank water safe counts as 是)" in told.replace("\\", "")


# --- sweeps -------------------------------------------------------------------------------------------------------------------


def sweep_schema() -> Any:
    return json.loads(files("fupin_cli.report").joinpath("sweep-1.schema.json").read_text(encoding="utf-8"))


def test_sweep_json_fits_its_schema_and_adds_up(moved: Sweep) -> None:
    found = json.loads("".join(sweep_json(moved, Options())))
    jsonschema.validate(found, sweep_schema())
    assert [one["value"] for one in found["values"]] == ["2900", "3200", "3500", "3800", "4100"]
    for value in found["values"]:
        [counts] = value["counts"]
        assert sum(counts["outcomes"].values()) == 16
        assert sum(counts[name] for name in ("meets", "undetermined", "not", "not_applicable")) == 16
    assert found["standards"][0]["now"] == {"ineligible": 6, "eligible": 4, "undetermined": 6}


def test_a_sweep_that_moves_nobody_says_so_to_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = ["what-if", str(SAMPLES / "households.csv"), "--format", "csv"]
    assert main([*quiet, "--sweep", "poverty_line=0:1:1"]) == 0
    assert main([*quiet, "--sweep", "poverty_line=0:9999:9999"]) == 1
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert {len(row) for row in rows} == {13}


@pytest.mark.parametrize(
    ("counts", "room", "expected"),
    [
        ([1, 1], 10, [5, 5]), ([1, 999_999], 10, [1, 9]), ([999_999, 1], 10, [9, 1]), ([0, 7], 8, [0, 8]), ([0, 0], 8, [0, 0]),
        ([1, 1, 1], 8, [3, 3, 2]), ([1, 1, 1, 1, 1000], 8, [1, 1, 1, 1, 4]), ([5, 3, 2], 60, [30, 18, 12]),
    ],
)  # fmt: skip
def test_a_bar_is_always_as_long_and_nobody_vanishes_from_it(counts: list[int], room: int, expected: list[int]) -> None:
    assert lengths(counts, room) == expected


def test_a_long_sweep_is_thinned_and_says_so(moved: Sweep) -> None:
    shown = printed(print_sweep, moved, Options(limit=2))
    # Every third value and the last one; the marks stay.
    assert [line.split()[0] for line in shown.splitlines() if re.match(r"\d{4} ", line)] == [
        "2900",
        "2995",
        "3800",
        "4000",
        "4100",
    ]
    assert "每 3 个取值列一行" in shown


def test_colour_is_never_needed(moved: Sweep, lower: Comparison) -> None:
    for printing, result in ((print_sweep, moved), (print_comparison, lower)):
        console = Console(width=80, file=io.StringIO(), force_terminal=True, no_color=True, highlight=False, markup=False)
        printing(result, Options(), console)  # type: ignore[operator]
        assert "\x1b[3" not in console.file.getvalue()  # type: ignore[attr-defined]
    assert len({"█", "▒", "░"} & set(printed(print_sweep, moved, Options()))) == 3


def test_the_picture_needs_nothing_from_elsewhere_and_says_what_it_shows(moved: Sweep) -> None:
    text = "".join(sweep_svg(moved, Options()))
    root = ET.fromstring(text)  # noqa: S314  # our own
    assert not re.search(r"<script|href|javascript:|@import|url\(|var\(|on\w+=", text)
    title, desc = (root.find(f"{SVG}{tag}") for tag in ("title", "desc"))
    assert title is not None
    assert desc is not None
    assert "国家脱贫标准" in str(title.text)
    assert "2900 时：符合退出条件 9、待核实 6、不符合退出条件 1。" in str(desc.text)
    said = [str(node.text) for node in root.iter(f"{SVG}text")]
    assert {"国家脱贫标准（现价）（元/人·年）", "2995 现值 2018年（未确认）", "4000 现值 2020年（未确认）"} <= set(said)
    assert any("sha256" in line for line in said)


def test_marks_stand_where_the_scale_says(moved: Sweep) -> None:
    root = ET.fromstring("".join(sweep_svg(moved, Options())))  # noqa: S314  # our own
    scale = {str(node.text): float(str(node.get("x"))) for node in root.iter(f"{SVG}text") if str(node.text).isdigit()}
    unit = (scale["3800"] - scale["3200"]) / 600
    dashed = [path for group in root.iter(f"{SVG}g") if group.get("stroke-dasharray") for path in group]
    places = [float(re.split("[ML ]", str(path.get("d")))[1]) for path in dashed]
    assert places == pytest.approx([scale["3200"] + (value - 3200) * unit for value in (2995, 4000)], abs=0.02)


def test_a_hostile_file_name_stays_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "<script>&\x01.csv"
    shutil.copyfile(SAMPLES / "households.csv", target)
    picture = tmp_path / "x.svg"
    assert main(["what-if", str(target), "--sweep", "poverty_line=2900:3500:600", "-o", str(picture), "--quiet"]) == 1
    text = picture.read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314  # our own
    assert "<script" not in text
    assert any("<script>&" in str(node.text) for node in root.iter(f"{SVG}text"))
    assert main(["what-if", str(target), "--set", "poverty_line=3500", "--format", "markdown"]) == 1
    assert "\\<script\\>\\&" in capsys.readouterr().out


def test_an_identity_number_in_place_of_a_key_is_masked_everywhere(lower: Comparison) -> None:
    [exits, procedure] = lower.standards
    number = "34990019900101123X"
    data = exits.before.subject.data
    keys = data.column("household_id").to_pylist()
    masked = [number if key == "349900010003" else key for key in keys]
    subject = replace(
        exits.before.subject, data=data.set_column(data.column_names.index("household_id"), "household_id", [masked])
    )
    renamed = replace(exits, before=replace(exits.before, subject=subject), after=replace(exits.after, subject=subject))
    groups = [replace(lower.before.groups[0], main=renamed.before)]
    later = [replace(lower.after.groups[0], main=renamed.after)]
    comparison = replace(
        lower,
        before=replace(lower.before, groups=groups),
        after=replace(lower.after, groups=later),
        standards=[renamed, procedure],
    )
    texts: list[Text] = [comparison_csv, comparison_json, comparison_markdown]
    shown = [printed(print_comparison, comparison, Options()), *("".join(text(comparison, Options())) for text in texts)]
    for text in shown:
        assert number not in text
        assert "3499**" in text.replace("\\", "")


# --- what is refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Nothing is to be different"),
        (["--given", "poverty_line=3000"], "Nothing is to be different"),
        (["--set", "povety_line=3000"], "Did you mean poverty_line?"),
        (["--set", "poverty_line=3e3"], "not a plain number"),
        (["--set", "poverty_line"], "NAME=VALUE"),
        (["--given", "povety_line=1", "--set", "poverty_line=3000"], "Did you mean poverty_line?"),
        (["--given", "watersafe=是", "--set", "poverty_line=3000"], "Did you mean water_safe?"),
        (["--given", "poverty_line=3000", "--set", "poverty_line=3000"], "Both sides are the same"),
        (["--against", "national-2016"], "Both sides are the same"),
        (["--against", "national-2061"], "Did you mean national-2016?"),
        (["--against", "support-2020"], "no standard"),
        (["--rules", "chongqing-kaizhou-2017", "--set", "relocation_subsidy=1"], "No standard of check-exit looks at parameter relocation_subsidy"),
        (["--assume", "watersafe=是"], "Did you mean water_safe?"),
        (["--assume", "has_labour=是"], "No standard of check-exit looks at field has_labour"),
        (["--assume", "household_id=1"], "cannot be assumed"),
        (["--check", "exits", "--set", "poverty_line=1"], "exit"),
        (["--sweep", "poverty_line=1:2"], "PARAM=FROM:TO:STEP"),
        (["--sweep", "poverty_line=1:2:0"], "above 0"),
        (["--sweep", "poverty_line=4000:2995:50"], "--sweep poverty_line=2995:4000:50"),
        (["--sweep", "poverty_line=0:4000:1"], "Use a step of 9"),
        (["--sweep", "poverty_line=x:4000:1"], "not a plain number"),
        (["--sweep", "povertyline=1:2:1"], "Did you mean poverty_line?"),
        (["--sweep", "poverty_line=1:2:1", "--set", "poverty_line=3"], "cannot be set and moved"),
        (["--sweep", "poverty_line=1:2:1", "--against", "anhui-2018"], "does not go with --against"),
        (["--rules", "chongqing-kaizhou-2017", "--sweep", "relocation_subsidy=1:2:1"], "No standard of check-exit looks at parameter"),
        (["--check", "identify", "--sweep", "exclusions=1:2:1"], "is a list"),
        (["--set", "poverty_line=1", "--format", "svg"], "svg draws --sweep only"),
        (["--set", "poverty_line=1", "-o", "x.svg"], "x.svg"),
        (["--set", "poverty_line=1", "--limit", "-1"], "--limit"),
        (["--set", "poverty_line=1", "--no-mask"], "--no-mask"),
        (["--set", "poverty_line=1", "--no-mask", "-o", "x.md"], "--no-mask"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_says_what_to_write(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["what-if", str(SAMPLES / "households.csv"), *arguments, "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert (said.out, list(tmp_path.iterdir())) == ("", [])


def test_a_number_that_differs_from_place_to_place_is_not_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "by-place"
    shutil.copytree(SAMPLES.parent / "rules" / "national-2016", folder)
    parameters = folder / "parameters.yaml"
    text = parameters.read_text(encoding="utf-8")
    text = text.replace("  unit: yuan-person-year\n", "  unit: yuan-person-year\n  by: province\n", 1)
    parameters.write_text(text, encoding="utf-8")
    (folder / "pack.yaml").write_text(
        (folder / "pack.yaml").read_text(encoding="utf-8").replace("pack: national-2016", "pack: by-place"), encoding="utf-8"
    )
    roster = str(SAMPLES / "households.csv")
    assert main(["what-if", roster, "--rules", str(folder), "--sweep", "poverty_line=1:2:1", "--lang", "en"]) == 2
    assert "differs from place to place (by province)" in capsys.readouterr().err


def test_a_number_that_only_absent_sheets_are_asked_about_is_not_moved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "archive-2018"
    shutil.copytree(SAMPLES.parent / "rules" / "archive-2018", folder)
    standard, name = folder / "village-archive.yaml", "$most_households"
    text = standard.read_text(encoding="utf-8")
    first = re.search(r"^    require: (.*)$", text, re.MULTILINE)
    assert first is not None
    standard.write_text(text.replace(first[0], f"{first[0]} AND households <= {name}", 1), encoding="utf-8")
    parameters = folder / "parameters.yaml"
    number = "most_households:\n  title: {zh: 户数, en: Households}\n  unit: household\n  values:\n"
    number += "    - {from: 2018-01-01, value: 9, status: unconfirmed, origin: 测试}\n"
    parameters.write_text(parameters.read_text(encoding="utf-8") + number, encoding="utf-8")
    roster = str(SAMPLES / "households.csv")
    arguments = [
        "what-if",
        roster,
        "--rules",
        str(folder),
        "--check",
        "archive",
        "--sweep",
        "most_households=1:2:1",
        "--lang",
        "en",
    ]
    assert main(arguments) == 3
    assert "村" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.csv").write_text("", encoding="utf-8")
    assert main(["what-if", str(tmp_path / "x.csv"), "--set", "poverty_line=1"]) == 3
    assert capsys.readouterr().out == ""


if __name__ == "__main__":
    made = reports.__wrapped__(lower.__wrapped__(), kaizhou.__wrapped__(), moved.__wrapped__())  # type: ignore[attr-defined]
    for name, text in made.items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
