"""``fupin explain`` from its command line to its exit code, and its reports as they were read."""

import io
import json
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console

from fupin_cli.model.explanation import Explanation
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.pipelines.explaining import Whom, explain
from fupin_cli.report.explanation.jsontext import explanation_json
from fupin_cli.report.explanation.markdown import explanation_markdown
from fupin_cli.report.explanation.terminal import print_explanation
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Run = Callable[..., subprocess.CompletedProcess[bytes]]
#: A child out of school, sources that disagree, an income in parts.
WHOM = ("349900010010", "349900010013", "349900010008")


@pytest.fixture(scope="module")
def explained() -> Explanation:
    found, _ = explain(CHECK_EXIT, Whom(WHOM), Request([str(SAMPLES / "households.xlsx")]))
    return Explanation(found.command, [replace(one, result=sample(one.result)) for one in found.subjects])


def sample(result: Result) -> Result:
    """The result as if it had been asked for from the folder above the samples, wherever that is."""
    return replace(result, inputs=[replace(source, path=f"samples/{Path(source.path).name}") for source in result.inputs])


def of(explained: Explanation, *whom: int) -> Explanation:
    return replace(explained, subjects=[explained.subjects[number] for number in whom])


def printed(explained: Explanation, options: Options, width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False, emoji=False, markup=False, color_system=None)
    print_explanation(explained, options, console)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def reports(explained: Explanation) -> Mapping[str, str]:
    """Every golden report, as it is now."""
    zh, en = Options(), Options("en")
    made = {
        "dropout.zh.txt": printed(of(explained, 0), zh),
        "conflict.en.txt": printed(of(explained, 1), en),
        "conflict.zh.md": "".join(explanation_markdown(of(explained, 1), zh)),
        "parts.zh.txt": printed(of(explained, 2), zh, width=40),
        "parts.json": "".join(explanation_json(of(explained, 2), zh)),
    }
    results = [subject.result for subject in explained.subjects]
    hashes = {one.pack.sha256 for one in results} | {source.sha256 for one in results for source in one.inputs}
    return {name: settled(text, hashes) for name, text in made.items()}


def settled(text: str, hashes: Iterable[str]) -> str:
    """A report without what changes with every word of a pack."""
    for one in hashes:
        text = text.replace(one, "f" * 64).replace(one[:12], "f" * 12)
    return text


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir()))
def test_the_report_is_the_one_that_was_read(name: str, reports: Mapping[str, str]) -> None:
    assert reports[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_report_was_read(reports: Mapping[str, str]) -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(reports)


def test_json_keeps_to_its_schema(explained: Explanation) -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("explanation-1.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for lang in ("zh", "en"):
        told = json.loads("".join(explanation_json(explained, Options(lang))))  # type: ignore[arg-type]
        jsonschema.validate(told, schema, cls=jsonschema.Draft202012Validator)
        assert [subject["id"] for subject in told["subjects"]] == [*WHOM]


@pytest.mark.parametrize("width", [40, 71, 72, 200])
def test_no_line_is_wider_than_the_page(width: int, explained: Explanation) -> None:
    assert max(cell_len(line) for line in printed(explained, Options(), width).splitlines()) <= width


def test_what_a_check_command_lists_is_explained_with_the_same_words(explained: Explanation, fupin: Run) -> None:
    """Outcome and status of every check, as ``check-exit`` gives them."""
    done = fupin("check-exit", SAMPLES / "households.xlsx", "--format", "json", "--details", "all")
    listed = {one["id"]: one for one in json.loads(done.stdout)["results"]}
    for subject in json.loads("".join(explanation_json(explained, Options())))["subjects"]:
        main, beside = subject["standards"]
        wanted = listed[subject["id"]]
        assert (main["outcome"], main["possible"]) == (wanted["outcome"], wanted["possible"])
        assert beside["outcome"] == wanted["standards"]["exit-procedure"]["outcome"]
        checks = [{name: check[name] for name in wanted["checks"][0]} for check in main["checks"]]
        assert checks == wanted["checks"]


# --- the command line --------------------------------------------------------------------------------------------------------


def test_who_meets_the_standard_gives_0_and_no_changes(fupin: Run) -> None:
    done = fupin("explain", SAMPLES / "households.csv", "A4", NO_COLOR="1")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "改变什么就会符合" not in said.partition("贫困户退出程序")[0]
    assert "\x1b" not in said
    assert "余地最小的一项" in said


def test_by_a_member_s_identity_number_which_is_never_repeated(fupin: Run, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "户编号,户主姓名,户主证件号码,年度,人均纯收入\nH1,样甲,34990019700101001X,2018,2000\nH2,样乙,,2018,2000\n", "utf-8"
    )
    done = fupin("explain", roster, "34990019700101001X", "--quiet")
    assert done.returncode == 1, done.stderr.decode()
    assert "H1" in done.stdout.decode()
    gone = fupin("explain", roster, "349900197001010028", "--quiet")
    assert (gone.returncode, gone.stdout) == (2, b"")
    for stream in (done.stdout, gone.stderr):
        assert b"3499001970" not in stream


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["349900010099"], ["文件里没有 349900010099", "349900010009"]),
        (["349900010001", "--year", "2011"], ["没有 2011 年", "2018"]),
        ([], ["没有说明要看哪一户"]),
        (["--id", "样某某"], ["文件里没有 样*"]),
        (["349900010001", "--year", "MMXX"], ["--year"]),
    ],
)
def test_who_cannot_be_told_is_refused(arguments: list[str], said: list[str], fupin: Run) -> None:
    done = fupin("explain", SAMPLES / "households.xlsx", *arguments)
    words = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b""), words
    for text in said:
        assert text in words


def test_a_name_that_several_bear_is_answered_with_their_places(fupin: Run, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("户编号,户主姓名,年度,人均纯收入\nH1,样甲,2018,2000\nH2,样甲,2018,2000\n", "utf-8")
    done = fupin("explain", roster, "样甲")
    words = done.stderr.decode()
    assert done.returncode == 2
    assert "样甲" not in words
    assert "A2" in words
    assert "A3" in words


def test_what_data_quality_says_of_a_household_is_what_a_check_says() -> None:
    """Whether a verdict would change without the values in question, and by which rules."""
    request = Request([str(SAMPLES / "register-2023-members.xlsx")], as_of=date(2020, 12, 31))
    result, _ = check(CHECK_EXIT, request)
    assert result.quality is not None
    [changed] = result.quality.changes["household"]
    views = list(result.groups[0].main.views([changed, changed - 1]))
    told, _ = explain(CHECK_EXIT, Whom([view.key for view in views]), request)
    changes = result.quality.changes["household"]
    for view, subject in zip(views, told.subjects, strict=True):
        questioned, change = subject.grounds[0].questioned, changes.get(view.index)
        assert questioned is not None
        wanted = (change.outcome, change.possible) if change is not None else (view.outcome, view.possible)
        assert (questioned.outcome, questioned.possible) == wanted
        if change is not None:
            rules = {(finding.judged.standard.standard, finding.check) for finding in change.findings}
            assert rules <= {(judged.standard.standard, rule) for judged, rule, _ in questioned.findings}
