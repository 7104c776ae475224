"""``[verify]`` in ``fupin.toml``: plain ``fupin verify-roster`` works in a folder that says which rosters there are."""

import json
import os
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from fupin_cli.cli import verify_roster
from fupin_cli.cli.main import main
from fupin_cli.cli.verifying import terms_of
from fupin_cli.load.cells import child
from fupin_cli.model.baseline import Terms
from fupin_cli.rules.schemas import schema_of

Given = Callable[..., Mapping[str, Any]]
ALL = """
[verify]
inputs = ["rosters/*.csv", "new"]
rules = "roster"
set = {income_jump_factor = 3}
sheet = "户"
baseline = "baseline.yaml"
fail_on = "warning"
max_rate = {continues = "0.5%", "person-roster/sex_stays" = "1%"}
format = "json"
output = "found.json"
limit = 7
mask = false
lang = "en"
quiet = true
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with rosters, in which one stands."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "rosters/2017.csv",
        "rosters/2016.csv",
        "rosters/~$2016.csv",
        "rosters/notes.txt",
        "rosters/LICENSE",
        "rosters/old/2015.csv",
        "new/2018.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """What ``verify-roster`` is called with, in that folder with this ``fupin.toml``."""
    monkeypatch.setattr(child, "start", lambda: None)
    found: list[Mapping[str, Any]] = []

    def taken(context: click.Context, options: Mapping[str, Any], *_: object) -> int:
        found.append({**options, "terms": terms_of(options)})
        return 0

    monkeypatch.setattr(verify_roster, "answer", taken)

    def called(text: str | None, *arguments: str, code: int = 0, **environment: str) -> Mapping[str, Any]:
        if text is not None:
            (folder / "fupin.toml").write_text(text, encoding="utf-8")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert main(["verify-roster", *arguments]) == code
        return found[-1] if found else {}

    return called


def files(found: Mapping[str, Any]) -> list[str]:
    return [path.replace(os.sep, "/") for path in found["files"]]


def test_each_option_arrives_as_the_command_line_would_have_given_it(given: Given) -> None:
    options = (
        "rosters/*.csv", "new", "--rules", "roster", "--set", "income_jump_factor=3", "--sheet", "户", "--baseline", "baseline.yaml", "--fail-on", "warning",
        "--max-rate", "continues=0.5%", "--max-rate", "person-roster/sex_stays=1%", "--format", "json", "-o", "found.json", "--limit", "7", "--no-mask", "--lang", "en", "--quiet", "--today", "2026-11-22",
    )  # fmt: skip
    written = given("", *options)
    assert given(ALL, "--today", "2026-11-22") == written
    assert written["terms"] == Terms(
        "warning",
        {"continues": Fraction(1, 200), "person-roster/sex_stays": Fraction(1, 100)},
        "baseline.yaml",
        None,
        date(2026, 11, 22),
    )


def test_the_schema_takes_what_is_read(given: Given) -> None:
    import tomllib  # noqa: PLC0415  # only here

    assert [
        *Draft202012Validator(schema_of("settings")).iter_errors(json.loads(json.dumps(tomllib.loads(ALL), default=str)))
    ] == []
    dashes = ALL.replace("fail_on", "fail-on").replace("max_rate", "max-rate")
    assert given(dashes, "--today", "2026-11-22") == given(ALL, "--today", "2026-11-22")


def test_files_of_the_command_line_take_the_place_of_the_files_own(given: Given) -> None:
    assert files(given('[verify]\ninputs = "rosters/*.csv"\n', "new/2018.csv")) == ["new/2018.csv"]


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(given: Given) -> None:
    text = '[verify]\ninputs = "new"\nfail_on = "none"\nlimit = 7\nbaseline = "a.yaml"\n'
    found = given(text, "--limit", "9", FUPIN_VERIFY_ROSTER_LIMIT="8", FUPIN_VERIFY_ROSTER_FAIL_ON="warning")
    assert (found["limit"], found["fail_on"], found["baseline"]) == ("9", "warning", "a.yaml")


def test_patterns_find_files_and_folders_stay_folders(given: Given) -> None:
    assert files(given('[verify]\ninputs = ["rosters/*", "new"]\n')) == ["new", "rosters/2016.csv", "rosters/2017.csv"]
    assert files(given('[verify]\ninputs = "**/*.csv"\n')) == [
        "new/2018.csv",
        "rosters/2016.csv",
        "rosters/2017.csv",
        "rosters/old/2015.csv",
    ]
    # A text is a note, unless the pattern says otherwise.
    assert files(given('[verify]\ninputs = "rosters/*.txt"\n')) == ["rosters/notes.txt"]


def test_the_order_of_files_does_not_matter_and_nothing_is_read_twice(given: Given) -> None:
    orders = (
        ["rosters/2016.csv", "new/2018.csv", "rosters/2017.csv"],
        ["rosters/*.csv", "new/2018.csv", "./rosters/2016.csv"],
        ["new/2018.csv", "rosters/*7.csv", "rosters/*6.csv", "rosters/*.csv"],
    )
    found = [{os.path.abspath(path) for path in files(given("", *order))} for order in orders]  # noqa: PTH100
    assert found[0] == found[1] == found[2]
    assert [len(given("", *order)["files"]) for order in orders] == [3, 3, 3]
    assert files(given("", *orders[0])) == files(given("", *reversed(orders[0])))


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(given: Given, folder: Path) -> None:
    (folder / "rosters" / "2018[定稿].csv").write_text("", encoding="utf-8")
    assert files(given("", "rosters/2018[定稿].csv")) == ["rosters/2018[定稿].csv"]


def test_a_pattern_that_finds_nothing_is_refused_by_name(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    given('[verify]\ninputs = ["rosters/*.csv", "roster/*.xlsx"]\n', code=3)
    told = capsys.readouterr()
    assert "roster/*.xlsx 找不到任何名册文件" in told.err
    assert told.out == ""


def test_without_files_it_is_said_what_to_write(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    for text in (None, "", '[verify]\nfail_on = "none"\n'):
        given(text, code=2)
        assert 'inputs = ["rosters/*.xlsx"]' in capsys.readouterr().err


def test_what_was_used_is_said(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    given('[verify]\ninputs = ["new"]\nfail_on = "warning"\nmax_rate = {continues = "0.5%"}\n')
    told = capsys.readouterr().err
    assert told.startswith("按 fupin.toml：")
    assert set(told.strip().removeprefix("按 fupin.toml：").split("；")) == {
        "inputs = new",
        "fail-on = warning",
        "max-rate = continues=0.5%",
    }
    given('[verify]\ninputs = ["rosters"]\nlang = "en"\n', "new")
    assert capsys.readouterr().err == "From fupin.toml: lang = en\n"


def test_inputs_are_of_this_command_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "fupin.toml").write_text('[check-exit]\ninputs = "new"\n', encoding="utf-8")
    assert main(["rules", "list"]) == 2
    assert "没有 inputs 这一项" in capsys.readouterr().err
    (folder / "fupin.toml").write_text('[verify]\ninputs = "new"\n', encoding="utf-8")
    assert main(["check-exit"]) == 2


# --- terms --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--max-rate", "continues=0.5"], "--max-rate continues 要写成 0.5% 这样的百分比，而不是 0.5"),
        (["--max-rate", "continues=101%"], "而不是 101%"),
        (["--max-rate", "continues=-1%"], "而不是 -1%"),
        (["--max-rate", "continues"], "--max-rate 要写成 名称=值"),
        (["--max-rate", "continues=1%", "--max-rate", "continues=2%"], "写了两次"),
        (["--fail-on", "warn"], "是不是 warning？"),
        (["--baseline", "b.yaml", "--today", "2026-02-30"], "--today 要写成 2027-12-31，而不是 2026-02-30"),
        (["--write-baseline", "b.yaml", "--fail-on", "none"], "--fail-on none 时没有哪个问题会导致不通过"),
        (["--write-baseline", "new/2018.csv"], "就是输入文件"),
        (["--write-baseline", "b.yaml", "-o", "./b.yaml", "--format", "table"], "不能写到同一个文件"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    arguments: list[str], words: str, given: Given, capsys: pytest.CaptureFixture[str]
) -> None:
    given("", "new/2018.csv", *arguments, code=2)
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "day"),
    # Midnight in Beijing is four in the afternoon in Greenwich.
    [("1798732799", date(2026, 12, 31)), ("1798732800", date(2027, 1, 1)), ("0", date(1970, 1, 1))],
)
def test_the_day_is_that_of_the_build_in_beijing(seconds: str, day: date, given: Given) -> None:
    assert given("", "new", "--baseline", "b.yaml", SOURCE_DATE_EPOCH=seconds)["terms"].today == day
    assert given("", "new", "--baseline", "b.yaml", "--today", "2026-11-22")["terms"].today == date(2026, 11, 22)


def test_a_build_without_a_day_is_refused(given: Given, capsys: pytest.CaptureFixture[str]) -> None:
    given("", "new", "--baseline", "b.yaml", code=2, SOURCE_DATE_EPOCH="yesterday")
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


def test_without_a_baseline_no_day_is_asked_for(given: Given) -> None:
    assert given("", "new", SOURCE_DATE_EPOCH="yesterday")["terms"].today is None
