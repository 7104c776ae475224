"""``fupin.toml``: read where one stands and nowhere else, strictly, below the command line and the environment, and never silently."""

import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from fupin_cli.cli import check_exit, summary
from fupin_cli.cli.main import COMMANDS, main
from fupin_cli.cli.settings import section_of
from fupin_cli.load.cells import child
from fupin_cli.rules.schemas import schema_of

#: What no file may say: what may be overwritten, which files are read, and what is asked.
NEVER = {"force", "dibao", "check", "against", "sweep", "given", "id", "year", "write-baseline", "today", "manifest"}
#: A sample is drawn once, with what its plan says; a script for the shell has no options; a manifest says itself how it was run.
NO_SECTION = {"sample", "completion", "replay"}
#: A template is written where nothing is yet, once.
QUESTIONS = {"what-if": {"set", "assume"}, "template": {"output"}}

ROOT = Path(__file__).resolve().parents[2]
Given = Callable[..., Mapping[str, Any]]


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """What ``check-exit`` is called with, in a folder with this ``fupin.toml``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(child, "start", lambda: None)
    found: list[Mapping[str, Any]] = []
    monkeypatch.setattr(check_exit, "run_check", lambda job, context, options, forms: found.append(options) or 0)

    def called(text: str, *arguments: str, **environment: str) -> Mapping[str, Any]:
        (tmp_path / "fupin.toml").write_text(text, encoding="utf-8")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert main(["check-exit", "roster.xlsx", *arguments]) == 0
        return found[-1]

    return called


ALL = """
[check-exit]
rules = "anhui-2018"
as-of = 2018-12-31
format = "json"
output = ["a.json", "往年/b.json"]
limit = 7
sheet = ["甲", "乙"]
mask = false
lang = "en"
quiet = true
only = "fail"
details = "all"
set = {poverty_line = 2995.50, items = ["商品房", "小轿车"]}
assume = {food_secure = "是", household_size = 3}
"""


def test_each_option_arrives_as_the_command_line_would_have_given_it(given: Given) -> None:
    written = given(
        "", "--rules", "anhui-2018", "--as-of", "2018-12-31", "--format", "json", "-o", "a.json", "-o", "往年/b.json", "--limit", "7", "--sheet", "甲", "--sheet", "乙", "--no-mask", "--lang", "en",
        "--quiet", "--only", "fail", "--details", "all", "--set", "poverty_line=2995.50", "--set", "items=商品房,小轿车", "--assume", "food_secure=是",
        "--assume", "household_size=3",
    )  # fmt: skip
    assert given(ALL) == written
    assert written["settings"] == ("poverty_line=2995.50", "items=商品房,小轿车")


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(given: Given) -> None:
    text = '[check-exit]\nlimit = 7\nrules = "anhui-2018"\nas-of = "2018-12-31"\n'
    found = given(text, "--limit", "9", FUPIN_CHECK_EXIT_LIMIT="8", FUPIN_CHECK_EXIT_RULES="marginal-2020")
    assert (found["limit"], found["rules"], found["as_of"]) == ("9", "marginal-2020", "2018-12-31")


def test_a_variable_is_named_by_its_option(given: Given) -> None:
    found = given(
        "[check-exit]\n", FUPIN_CHECK_EXIT_FORMAT="json", FUPIN_CHECK_EXIT_SET="poverty_line=3000 a=1",
        FUPIN_CHECK_EXIT_AS_OF="2020-12-31", FUPIN_CHECK_EXIT_SHEET="甲", FUPIN_CHECK_EXIT_FORM="csv",
    )  # fmt: skip
    assert (found["form"], found["settings"], found["as_of"], found["sheets"]) == (
        "json", ("poverty_line=3000", "a=1"), "2020-12-31", ("甲",),
    )  # fmt: skip


def test_a_command_comes_before_all_commands(given: Given) -> None:
    found = given('[fupin]\nlimit = 7\nsheet = "甲"\nlang = "en"\n[check-exit]\nlimit = 8\n[check-data]\nlimit = 9\n')
    assert (found["limit"], found["sheets"]) == ("8", ("甲",))


def test_options_for_all_commands_reach_only_those_that_have_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fupin.toml").write_text(
        '[fupin]\nformat = "csv"\nlimit = 3\nrules = "anhui-2018"\nlang = "en"\n', encoding="utf-8"
    )
    assert main(["rules", "schema", "pack"]) == 0
    assert capsys.readouterr().err == "From fupin.toml: lang = en\n"


def test_what_was_used_is_said_and_what_was_overridden_is_not(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    given('[check-exit]\nlimit = 7\nrules = "anhui-2018"\nset = {poverty_line = 4000}\n', "--limit", "9")
    told = capsys.readouterr()
    assert told.err == "按 fupin.toml：rules = anhui-2018；set = poverty_line=4000\n"
    assert told.out == ""
    given("[check-exit]\nquiet = true\n")
    assert capsys.readouterr().err == "按 fupin.toml：quiet = true\n"
    given('[check-exit]\nrules = "anhui-2018"\n', "--quiet")
    given("[check-exit]\nlimit = 7\n", "--limit", "9")
    given("[check-data]\nlimit = 7\n")
    assert capsys.readouterr().err == ""


def test_a_sheet_named_for_a_person_is_not_told(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    given('[check-exit]\nsheet = "349900199001010011"\n')
    assert "349900199001010011" not in capsys.readouterr().err


def test_a_file_that_nobody_wants_is_not_read(given: Given) -> None:
    broken = "[check-exit]\nlimti = 7\n"
    assert given(broken, "--no-config")["limit"] == "50"
    assert given(broken, FUPIN_NO_CONFIG="1")["limit"] == "50"


def test_a_file_above_is_not_read(given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    given("[check-exit]\nlimit = 7\n")
    monkeypatch.chdir(tmp_path / "below")
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: 0)
    assert given("")["limit"] == "50"


def test_the_language_is_that_of_the_command(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    text = '[fupin]\nlang = "zh"\n[check-exit]\nlang = "en"\nlimit = 7\n'
    given(text)
    assert capsys.readouterr().err.startswith("From fupin.toml: ")
    given(text, "--lang", "zh")
    assert capsys.readouterr().err == "按 fupin.toml：limit = 7\n"


def test_help_is_given_whatever_the_file_says(given: Given, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given("")
    (tmp_path / "fupin.toml").write_text("[chekc-exit]\n", encoding="utf-8")
    assert main(["check-exit", "--help"]) == 0
    assert "--no-config" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('[check-exit]\nlimit = 7\nruels = "x"\n', 3, 1, "是不是 rules？"),
        ("[fupin]\n\n  limti = 7\n", 3, 3, "是不是 limit？"),
        ("# eins\n[chekc-exit]\nlimit = 7\n", 2, 2, "是不是 check-exit？"),
        ('rules = "anhui-2018"\n', 1, 1, "没有 [rules] 这一节"),
        ('[check-exit]\nlimit = "sieben"\n', 2, 1, "要写成：50"),
        ("[check-exit]\nlimit = -1\n", 2, 1, "要写成：50"),
        ("[check-exit]\nlimit = true\n", 2, 1, "要写成：50"),
        ('[check-exit]\nquiet = "yes"\n', 2, 1, "要写成：true false"),
        ('[check-exit]\nformat = "pdf"\n', 2, 1, '提示：要写成："table" "csv" "json"'),
        ('[check-exit]\nformat = "htlm"\n', 2, 1, '是不是 "html"？'),
        ("[check-exit]\noutput = []\n", 2, 1, 'output 的值不对'),
        ("[check-exit]\noutput = [1]\n", 2, 1, '要写成："…" ["…", "…"]'),
        ('[fupin]\noutput = "a.html"\n', 2, 1, "[fupin] 没有 output 这一项"),
        ('[template]\noutput = "a.xlsx"\n', 2, 1, "[template] 没有 output 这一项"),
        ('[check-exit]\nas-of = "2018/12/31"\n', 2, 1, "2018-12-31"),
        ("[check-exit]\nas-of = 2018-12-31T00:00:00\n", 2, 1, "2018-12-31"),
        ("[check-exit]\nsheet = [1]\n", 2, 1, "要写成："),
        ('[check-exit]\nset = "poverty_line=4000"\n', 2, 1, '{name = "…"}'),
        ("[check-exit.set]\npoverty_line = true\n", 2, 1, "poverty_line 的值不对"),
        ('[check-exit.set]\nLine = "1"\n', 2, 1, "Line 的值不对"),
        ("[summary]\nline = true\n", 2, 1, "line 的值不对"),
        ("check-exit = 5\n", 1, 1, "check-exit 的值不对"),
        ("check-exit.limti = 5\n", 1, 1, "是不是 limit？"),
        ("[check-exit]\nas_of = 2018-12-31\nas-of = 2018-12-31\n", 3, 1, "as-of 和 as_of 是同一项"),
        ("[check-exit]\nas-of = 2018-12-31\nas_of = 2018-12-31\n", 3, 1, "as_of 和 as-of 是同一项"),
        ('[check-exit]\nlimit = 7\nas_of = "2018"\n', 3, 1, "as_of 的值不对"),
        ("[check-exit]\nno_masks = true\n", 2, 1, "没有 no_masks 这一项"),
        ('[verify]\ninput = "*.xlsx"\n', 2, 1, "是不是 inputs？"),
        ("[verify]\ninputs = []\n", 2, 1, "inputs 的值不对"),
        ("[verify]\ninputs = [1]\n", 2, 1, "inputs 的值不对"),
        ('[verify]\nfail_on = "warn"\n', 2, 1, '"error" "warning" "none"'),
        ("[verify.max_rate]\ncontinues = 0.5\n", 2, 1, '要写成："0.5%"'),
        ('[verify.max-rate]\n"household-roster/continues" = "half"\n', 2, 1, '要写成："0.5%"'),
        ('[verify]\nmax-rate = {Continues = "1%"}\n', 2, 1, "Continues 的值不对"),
        ("[verify-roster]\n", 1, 2, "没有 [verify-roster] 这一节"),
        ("[check-exit]\nrules = anhui-2018\n", 2, 9, "不是 TOML"),
        ("[check-exit]\nlimit = 1\nlimit = 2\n", 3, 10, "不是 TOML"),
        ('[check-exit]\nrules = "anhui', 2, 0, "不是 TOML"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_place(
    text: str,
    line: int,
    column: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fupin.toml").write_text(text, encoding="utf-8")
    assert main(["rules", "list"]) == 2
    told = capsys.readouterr()
    assert f"fupin.toml 第 {line} 行第 {column or ''}" in told.err
    assert words in told.err
    assert told.out == ""


def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fupin.toml").write_bytes('[fupin]\nlang = "中文"'.encode("gb18030"))
    assert main(["rules", "list"]) == 2
    (tmp_path / "fupin.toml").write_text("#" * 200_000, encoding="utf-8")
    assert main(["rules", "list"]) == 2
    (tmp_path / "fupin.toml").unlink()
    (tmp_path / "fupin.toml").mkdir()
    assert main(["rules", "list"]) == 2
    assert capsys.readouterr().err.count("fupin.toml 读不了") == 3


PACK = {
    "pack.yaml": "pack: small\nversion: 1\ntitle: {zh: 例, en: Example}\ndocuments: {plan: {title: 方案, issuer: 县}}\neffective: {from: 2016-01-01}\n",
    "parameters.yaml": "line: {title: {zh: 线, en: Line}, unit: yuan, values: [{from: 2016-01-01, value: 3000, status: unconfirmed, origin: 例}]}\n",
    "household-exit.yaml": """
standard: household-exit
title: {zh: 退出, en: Exit}
subject: household
checks:
  income: {title: {zh: 收入, en: Income}, severity: gate, require: income_per_capita > $line AND water_safe, remedy: {zh: 帮, en: Help}, cite: {document: plan, clause: 一, quote: 收}}
outcomes: {no: {title: {zh: 否, en: No}, meets: false}, fine: {title: {zh: 是, en: Yes}, meets: true}}
decide: [{outcome: no, when: NOT income}, {outcome: fine, default: true}]
""",
}


def test_the_report_says_what_the_file_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small").mkdir()
    for name, text in PACK.items():
        (tmp_path / "small" / name).write_text(text, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("户编号,人均纯收入,饮水安全\nH1,2999,\nH2,2990,\n", encoding="utf-8")
    chosen = ["--rules", "./small", "--set", "line=2995.5", "--assume", "water_safe=是", "--as-of", "2018-12-31"]
    assert main(["check-exit", "roster.csv", *chosen, "-o", "line.json"]) == 1
    text = '[fupin]\nrules = "./small"\n[check-exit]\nas-of = 2018-12-31\nset = {line = 2995.5}\nassume = {water_safe = "是"}\n'
    (tmp_path / "fupin.toml").write_text(text, encoding="utf-8")
    assert main(["check-exit", "roster.csv", "-o", "file.json"]) == 1
    assert (tmp_path / "file.json").read_bytes() == (tmp_path / "line.json").read_bytes()
    told = json.loads((tmp_path / "file.json").read_text(encoding="utf-8"))
    assert (told["rules"]["pack"], told["as_of"], told["assumptions"]) == ("small", "2018-12-31", {"water_safe": "是"})
    assert told["summary"]["outcomes"] == {"no": 1, "fine": 1}


@pytest.mark.parametrize(
    ("text", "found"), [('"a.html"', ("a.html",)), ('["a.html"]', ("a.html",)), ('["a.html", "b.xlsx"]', ("a.html", "b.xlsx"))]
)
def test_reports_are_one_file_or_several(text: str, found: tuple[str, ...], given: Given) -> None:
    assert given(f"[check-exit]\noutput = {text}\n")["output"] == found


def test_files_of_the_command_line_take_the_place_of_all_files_of_the_settings(
    given: Given, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '[check-exit]\noutput = ["a.html", "b.xlsx"]\n'
    assert given(text, "-o", "c.csv")["output"] == ("c.csv",)
    assert given(text, FUPIN_CHECK_EXIT_OUTPUT="d.csv")["output"] == ("d.csv",)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ['[fupin]\nformat = "json"\n', '[check-exit]\nformat = "json"\n'])
def test_a_file_of_the_command_line_is_in_the_format_of_its_suffix(given: Given, text: str) -> None:
    assert given(text, "-o", "a.html")["form"] is None
    assert given(text, "-o", "a.html", "-o", "b.xlsx")["form"] is None
    # A name that says nothing leaves the format to the settings; who says both on one level is taken at his word.
    assert given(text, "-o", "report")["form"] == "json"
    assert given(text, "-o", "a.html", "--format", "csv")["form"] == "csv"
    # The environment comes between the two.
    assert given(text, FUPIN_CHECK_EXIT_OUTPUT="a.xml")["form"] is None
    assert given(text, "-o", "a.md", FUPIN_CHECK_EXIT_FORMAT="csv")["form"] is None


def test_a_format_that_is_asked_for_without_a_file_is_for_here(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    text = '[check-exit]\noutput = ["a.html", "b.xlsx"]\nlimit = 7\n'
    found = given(text, "--format", "json")
    assert (found["output"], found["form"]) == ((), "json")
    assert capsys.readouterr().err == "按 fupin.toml：limit = 7\n"
    found = given(text, "--format", "csv", "-o", "c.csv")
    assert (found["output"], found["form"]) == (("c.csv",), "csv")


def test_a_format_for_all_commands_is_not_that_of_named_files(given: Given) -> None:
    common = '[fupin]\nformat = "csv"\n'
    assert given(common)["form"] == "csv"
    assert given(f'{common}[check-exit]\noutput = "a.html"\n')["form"] is None
    assert given(f'{common}[check-exit]\noutput = "a"\nformat = "json"\n')["form"] == "json"


def test_reports_are_written_where_one_stands_and_a_manifest_says_who_named_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("small", "reports"):
        (tmp_path / folder).mkdir()
    for name, text in PACK.items():
        (tmp_path / "small" / name).write_text(text, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("户编号,人均纯收入,饮水安全\nH1,3001,是\n", encoding="utf-8")
    (tmp_path / "fupin.toml").write_text('[check-exit]\noutput = ["reports/a.json", "b.csv"]\n', encoding="utf-8")
    asked = ["check-exit", "roster.csv", "--rules", "./small", "--as-of", "2018-12-31", "--lang", "en"]
    assert main([*asked, "--manifest", "run.json"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("From fupin.toml: output = reports/a.json b.csv\n")
    assert json.loads((tmp_path / "reports/a.json").read_text(encoding="utf-8"))["summary"]["outcomes"] == {"fine": 1}
    assert (tmp_path / "b.csv").is_file()
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    (output,) = (one for one in manifest["options"] if one["name"] == "--output")
    assert (output["from"], output["values"]) == ("fupin.toml", ["reports/a.json", "b.csv"])
    assert main(["replay", "run.json"]) == 0
    (tmp_path / "fupin.toml").write_text('[check-exit]\noutput = ["c.csv", "fupin.toml"]\n', encoding="utf-8")
    assert main([*asked, "--format", "csv"]) == 0
    assert main(asked) == 2
    assert not (tmp_path / "c.csv").exists()


def test_the_example_of_the_readme_is_one(given: Given) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert [*Draft202012Validator(SCHEMA).iter_errors(json.loads(json.dumps(tomllib.loads(example), default=str)))] == []
    found = given(example)
    assert (found["rules"], found["as_of"], found["settings"]) == ("anhui-2018", "2018-12-31", ("poverty_line=3500",))
    assert found["output"] == ("exit.html", "exit.xlsx")


def test_the_environment_still_finds_packs(given: Given) -> None:
    assert given("[fupin]\nquiet = true\n")["rules"] is None


def options(command: click.Command) -> dict[str, set[str] | None]:
    """The options of a command as the file calls them, with their choices; files, where the file may name them."""
    found: dict[str, set[str] | None] = {}
    if any(isinstance(one, click.Argument) and one.nargs == -1 and not one.required for one in command.params):
        found["inputs"] = None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            name = max(parameter.opts, key=len).removeprefix("--")
            found[name] = {*parameter.type.choices} if isinstance(parameter.type, click.Choice) else None
    return {name: choices for name, choices in found.items() if name not in NEVER}


def choices_of(node: Mapping[str, Any]) -> set[str] | None:
    found = node.get("enum") or ([node["const"]] if "const" in node else None)
    return {*found} if found else None


SCHEMA = schema_of("settings")
DEFS = {name: SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[-1]]["properties"] for name, node in SCHEMA["properties"].items()}
SECTIONS = {name: {option: one for option, one in options.items() if "_" not in option} for name, options in DEFS.items()}


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "rules"])
def test_each_command_has_a_section_with_its_options_and_their_choices(name: str) -> None:
    command: click.Command = importlib.import_module(COMMANDS[name][0]).command
    if name in NO_SECTION:
        assert name not in SECTIONS
        return
    assert {option: choices_of(node) for option, node in SECTIONS[section_of(name)].items()} == {
        option: choices for option, choices in options(command).items() if option not in QUESTIONS.get(name, ())
    }


def test_the_schema_knows_every_option_with_underscores_too() -> None:
    twins = {name: {option.replace("_", "-") for option in options if "_" in option} for name, options in DEFS.items()}
    assert twins == {name: {option for option in options if "-" in option} for name, options in SECTIONS.items()}
    assert twins["verify"] >= {"fail-on", "max-rate"}


def test_no_section_is_for_nothing() -> None:
    assert SECTIONS.keys() - {"fupin"} <= {section_of(name) for name in COMMANDS}
    assert SECTIONS["fupin"].keys() <= {option for name, section in SECTIONS.items() if name != "fupin" for option in section}
    assert "by" in options(summary.command)


def test_without_a_file_nothing_is_loaded_for_it(tmp_path: Path) -> None:
    code = "import sys\nfrom fupin_cli.cli.main import main\nmain(['--help'])\nsys.exit(', '.join({'tomllib', 'pydantic', 'fupin_cli.cli.settingsfile'} & set(sys.modules)))\n"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.stderr.strip() == b""
