"""``fupin sample`` on a roster: the sheet, what is read back from it, and everything that is refused."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from made_up_roster import HEADER, VILLAGES, roster

from fupin_cli.cli.main import main
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.tables.build import load_tables

Write = Callable[..., str]


def run(capfd: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    assert main(["sample", *arguments]) == code
    out, err = capfd.readouterr()
    return out, err


def found(capfd: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(run(capfd, *arguments, "--format", "json")[0])


# --- the draw -----------------------------------------------------------------------------------------------------------


def test_the_sample_is_the_same_whatever_the_order_of_rows_and_columns(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = roster()
    turned = [row[::-1] for row in rows[::-1]]
    first = found(capfd, write(rows), "-n", "12", "--by", "township", "--seed", "2018-12-01")
    second = found(capfd, write(turned, HEADER[::-1], "other.csv"), "-n", "12", "--by", "乡镇", "--seed", "2018-12-01")
    ids = [[one["id"] for one in each["households"]] for each in (first, second)]
    assert ids[0] == ids[1]
    assert first["frame"] == second["frame"]
    assert first["frame"]["households"] == sum(VILLAGES.values())


def test_the_report_holds_seed_method_frame_and_strata(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    report = found(capfd, write(roster()), "-n", "12", "--by", "township", "--seed", "2018-12-01")
    assert (report["schema"], report["seed"], report["method"], report["size"], report["year"]) == (
        "fupin.sample/1", "2018-12-01", "stratified", 12, 2018,
    )  # fmt: skip
    # 45, 25 and 2 of 72: 7.5, 4.2 and less than one, which gets one; then 11 over 45 and 25, 7.07 and 3.93.
    shares = {one["place"]["township"]: (one["households"], one["drawn"]) for one in report["strata"]}
    assert shares == {"样东乡": (45, 7), "样西乡": (25, 4), "样南乡": (2, 1)}
    assert Counter(one["township"] for one in report["households"]) == {"样东乡": 7, "样西乡": 4, "样南乡": 1}
    assert {one["sample_group"] for one in report["households"]} <= {"脱贫户", "贫困户"}


def test_villages_are_drawn_and_households_in_them(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    report = found(capfd, write(roster()), "-n", "12", "--cluster", "village", "--take", "4", "--seed", "s")
    assert report["method"] == "simple-clusters"
    (stratum,) = report["strata"]
    assert stratum["clusters"] == len(VILLAGES)
    villages = Counter((one["township"], one["village"]) for one in report["households"])
    assert len(villages) == stratum["drawn_clusters"]
    assert all(count % 4 == 0 or count == VILLAGES[village] for village, count in villages.items())


def test_the_latest_year_is_drawn_unless_told_otherwise(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = (
        roster()
        + [[*row[:7], 2019, *row[8:]] for row in roster()[:10]]
        + [[*row[:4], "X1", *row[5:7], "", *row[8:]] for row in roster()[:1]]
    )
    path = write(rows)
    report = found(capfd, path, "-n", "5", "--seed", "s")
    assert (report["year"], report["frame"]["households"]) == (2019, 10)
    told = {one["code"]: one["message"] for one in report["problems"]}
    assert "sample-without-year" in told
    assert "2018" in told["sample-other-years"]
    assert "72" in told["sample-other-years"]
    earlier = found(capfd, path, "-n", "5", "--seed", "s", "--year", "2018")
    assert (earlier["year"], earlier["frame"]["households"]) == (2018, 72)
    _, err = run(capfd, path, "-n", "5", "--seed", "s", "--year", "2017", code=2)
    assert "2018、2019" in err


def test_a_household_without_a_number_is_told_and_a_double_one_drawn_not_at_all(
    write: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = roster()
    rows[3][4] = ""
    rows[8][4] = rows[9][4]
    report = found(capfd, write(rows), "-n", "69", "--seed", "s")
    assert report["frame"]["households"] == 69
    assert len({one["id"] for one in report["households"]}) == 69
    told = next(one for one in report["problems"] if one["code"] == "sample-without-number")
    assert told["cell"].endswith("5")
    assert report["inputs"][0]["rows"]["quarantined"] == 2


def test_a_village_that_nobody_knows_cannot_be_drawn_and_is_a_stratum(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = roster()
    rows[0][2] = ""
    path = write(rows)
    _, err = run(capfd, path, "-n", "9", "--cluster", "村", "--seed", "s", code=3)
    assert "A2" in err
    report = found(capfd, path, "-n", "9", "--by", "village", "--seed", "s")
    assert [one["households"] for one in report["strata"] if one["place"]["village"] is None] == [1]
    assert "sample-place-unknown" in {one["code"] for one in report["problems"]}


# --- the sheet for the field --------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(write: Write, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    target = tmp_path / "field.xlsx"
    run(capfd, write(roster()), "-n", "12", "--by", "township", "--seed", "=1+1", "-o", str(target))
    return target


def test_the_sheet_is_read_back_as_a_survey_when_it_was_filled_in(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book["抽样"]
    letters = {cell.value: cell.column for cell in page[2]}
    for row in range(3, 15):
        page.cell(row, letters["错退人口"], 1)
        page.cell(row, letters["漏评人口"], 0)
        page.cell(row, letters["是否认可"], "是")
    book.save(sheet)
    loaded = load_tables([read_file(str(sheet))], ())
    assert {*loaded.tables} == {"survey"}
    survey = loaded.tables["survey"].data
    assert survey.num_rows == 12
    assert survey.column("approves").to_pylist() == [True] * 12
    assert survey.column("wrongly_exited").to_pylist() == [1] * 12
    assert set(survey.column("township").to_pylist()) == {"样东乡", "样西乡", "样南乡"}
    assert set(survey.column("year").to_pylist()) == {2018}
    assert None not in survey.column("household_size").to_pylist() + survey.column("household_id").to_pylist()
    assert not [problem for problem in loaded.problems if problem.severity != "info"]


def test_an_empty_sheet_says_neither_no_nor_nought(sheet: Path) -> None:
    survey = load_tables([read_file(str(sheet))], ()).tables["survey"].data
    for name in ("wrongly_exited", "missed_people", "approves"):
        assert survey.column(name).null_count == 12


def test_the_sheet_can_be_printed_and_says_how_to_draw_it_again(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book["抽样"]
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$1:$2"
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape",
        1,
        True,
    )
    assert "=1+1" in page["A1"].value
    assert {validation.type for validation in page.data_validations.dataValidation} >= {"list", "whole"}
    method = "\n".join(str(cell.value) for (cell, *_) in book["抽样说明"].iter_rows() if cell.value)
    assert "fupin sample roster.csv -n 12 --by township --seed =1+1 --year 2018" in method
    assert "72" in method
    assert len([word for word in method.split() if len(word) == 64]) == 2
    # A seed or a name that begins like a formula stays text.
    assert all(cell.data_type != "f" for one in book for row in one.iter_rows() for cell in row)


def test_the_same_draw_is_the_same_file(sheet: Path, write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    again = sheet.with_name("again.xlsx")
    run(capfd, write(roster()), "-n", "12", "--by", "township", "--seed", "=1+1", "-o", str(again))
    assert again.read_bytes() == sheet.read_bytes()


def test_a_pipe_gets_the_sheet_and_a_terminal_does_not(
    write: Write, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments, target = ["sample", write(roster()), "-n", "12", "--seed", "s", "--format", "xlsx"], tmp_path / "field.xlsx"
    assert main(arguments) == 0
    piped = capfdbinary.readouterr().out
    assert main([*arguments, "-o", str(target), "--quiet"]) == 0
    assert target.read_bytes() == piped
    assert capfdbinary.readouterr().out == b""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(arguments) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert "-o" in err.decode()


def test_a_sheet_that_may_be_filled_in_is_not_replaced(sheet: Path, write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    before = sheet.read_bytes()
    run(capfd, write(roster()), "-n", "5", "--seed", "s", "-o", str(sheet), code=2)
    assert sheet.read_bytes() == before
    run(capfd, write(roster()), "-n", "5", "--seed", "s", "-o", str(sheet), "--force")
    assert sheet.read_bytes() != before


def test_no_identity_number_goes_into_the_field(write: Write, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    number = "349900197001010014"
    rows = [
        [*row[:4], number if place == 0 else row[4], f"样{number}", f"住址{number}", *row[7:]]
        for place, row in enumerate(roster()[:4])
    ]
    path, target = write(rows), tmp_path / "field.xlsx"
    told = run(capfd, path, "-n", "4", "--seed", "s", "-o", str(target))
    for form in ("table", "csv", "json"):
        told += run(capfd, path, "-n", "4", "--seed", "s", "--format", form)
    assert number not in "".join(told)
    assert "3499****" in "".join(told)
    with zipfile.ZipFile(target) as parts:
        assert all(number.encode() not in parts.read(name) for name in parts.namelist())
    assert "遮盖" in "".join(told)


def test_csv_has_the_same_rows_with_seed_and_frame(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    path = write(roster())
    report = found(capfd, path, "-n", "6", "--seed", "@s")
    text = run(capfd, path, "-n", "6", "--seed", "@s", "--format", "csv")[0]
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["户编号"] for row in rows] == [one["id"] for one in report["households"]]
    assert {(row["seed"], row["frame_sha256"]) for row in rows} == {("'@s", report["frame"]["sha256"])}


@pytest.mark.parametrize(
    "arguments",
    [
        ["FILE", "-n", "9", "--seed", "s"],
        ["FILE", "-n", "9", "--seed", "s", "--by", "village"],
        ["FILE", "-n", "9", "--seed", "s", "--by", "township", "--cluster", "village", "--take", "3"],
        ["--plan"],
        ["--plan", "--tell", "95%:90%", "--population", "900"],
    ],
)
def test_what_machines_get_is_as_its_schema_says(arguments: list[str], write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = roster()
    rows[0][1] = rows[0][3] = rows[4][9] = rows[5][4] = ""
    path = write(rows)
    report = found(capfd, *(path if one == "FILE" else one for one in arguments))
    name = report["schema"].removeprefix("fupin.").replace("/", "-")
    schema = json.loads(files("fupin_cli.report").joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)


# --- refusals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["FILE", "--seed", "s"], "-n"),
        (["FILE", "-n", "5"], "种子"),
        (["-n", "5", "--seed", "s"], "名册"),
        (["FILE", "-n", "0", "--seed", "s"], "正整数"),
        (["FILE", "-n", "5.5", "--seed", "s"], "正整数"),
        (["FILE", "-n", "-5", "--seed", "s"], "正整数"),
        (["FILE", "-n", "73", "--seed", "s"], "72"),
        (["FILE", "-n", "2", "--by", "township", "--seed", "s"], "3"),
        (["FILE", "-n", "5", "--seed", "s", "--by", "county"], "township"),
        (["FILE", "-n", "5", "--seed", "s", "--by", "村", "--cluster", "村"], "层"),
        (["FILE", "-n", "5", "--seed", "s", "--take", "5"], "--cluster"),
        (["FILE", "-n", "5", "--seed", "s", "--cluster", "村", "--take", "x"], "--take"),
        (["FILE", "-n", "5", "--seed", "s", "--year", "去年"], "--year"),
        (["FILE", "-n", "5", "--seed", "s", "--margin", "1%"], "--plan"),
        (["FILE", "-n", "5", "--seed", "s", "-o", "field.doc"], "xlsx"),
        (["FILE", "-n", "5", "--seeds", "s"], "--seed"),
        (["FILE", "--plan"], "--plan"),
        (["--plan", "--seed", "s"], "--seed"),
        (["--plan", "--margin", "1"], "--margin"),
        (["--plan", "--margin", "60%"], "--margin"),
        (["--plan", "--margin", "0%"], "--margin"),
        (["--plan", "--confidence", "100%"], "--confidence"),
        (["--plan", "--rate", "101%"], "--rate"),
        (["--plan", "--power", "0%"], "--power"),
        (["--plan", "--tell", "1%"], "--tell"),
        (["--plan", "--tell", "2%:2%"], "--tell"),
        (["--plan", "--population", "0"], "--population"),
        (["--plan", "--format", "csv"], "json"),
        (["--plan", "--margin", "0.1%", "--rate", "50%"], "100000"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_refused_with_the_next_step(
    arguments: list[str], words: str, write: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write(roster())
    out, err = run(capfd, *(path if one == "FILE" else one for one in arguments), code=2)
    assert out == ""
    assert words in err


def test_a_roster_is_never_written_over(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    path = write(roster())
    before = Path(path).read_bytes()
    run(capfd, path, "-n", "5", "--seed", "s", "-o", path, "--format", "xlsx", "--force", code=2)
    assert Path(path).read_bytes() == before


def test_a_roster_without_numbers_or_places_is_refused(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    header = ("户主姓名", "年度", "家庭人口数", "人均纯收入")
    path = write([["样甲", 2018, 3, 4000], ["样乙", 2018, 2, 5000]], header)
    run(capfd, path, "-n", "1", "--seed", "s", code=3)
    path = write([["H1", 2018, 3, 4000], ["H2", 2018, 2, 5000]], ("户编号", *header[1:]), "bare.csv")
    _, err = run(capfd, path, "-n", "1", "--seed", "s", "--by", "township", code=3)
    assert "乡镇" in err
    assert found(capfd, path, "-n", "1", "--seed", "s")["frame"]["households"] == 2


def test_a_roster_of_doubles_alone_is_not_said_to_lack_places(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [["H1", "甲乡", 2018, 3, 4000], ["H1", "甲乡", 2018, 2, 5000]]
    path = write(rows, ("户编号", "乡镇", "年度", "家庭人口数", "人均纯收入"))
    _, err = run(capfd, path, "-n", "1", "--seed", "s", "--by", "township", code=3)
    assert "隔离 2 行" in err
    assert "乡镇" not in err


# --- the plan -----------------------------------------------------------------------------------------------------------


def test_a_plan_is_said_with_its_numbers(capfd: pytest.CaptureFixture[str]) -> None:
    # 0.99 ^ 368 is the first power that is at most 2.5 %.
    out, _ = run(capfd, "--plan", "--margin", "1%", "--rate", "0%")
    assert "368" in out
    out, _ = run(capfd, "--plan", "--tell", "95%:90%", "--lang", "en")
    assert "reaches 90%" in out


def test_a_plan_without_questions_answers_both(capfd: pytest.CaptureFixture[str]) -> None:
    report = json.loads(run(capfd, "--plan", "--format", "json")[0])
    assert (report["margin"]["margin"], report["margin"]["rate"]) == ("0.01", "0.02")
    assert (report["power"]["good"], report["power"]["bad"], report["power"]["power"]) == ("0.01", "0.02", "0.8")
    alone = json.loads(run(capfd, "--plan", "--margin", "10%", "--population", "500", "--format", "json")[0])
    assert (alone["power"], alone["margin"]["rate"], alone["population"]) == (None, "0.5", 500)


def test_the_readme_shows_what_a_plan_prints(capfd: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("`--plan` prints (in English):")[2].split("\n\n")[1]
    out, _ = run(capfd, "--plan", "--lang", "en")
    assert [line.removeprefix("    ") for line in shown.splitlines()] == out.splitlines()[:6]


# --- one group only -----------------------------------------------------------------------------------------------------


def test_a_sample_of_one_group_is_drawn_from_nobody_else(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = roster()
    exited = {row[4] for row in rows if row[9] == "已脱贫"}
    report = found(capfd, write(rows), "-n", "12", "--by", "township", "--group", "脱贫户", "--seed", "2018-12-01")
    assert (report["group"], report["frame"]["households"]) == ("脱贫户", len(exited))
    drawn = [one["id"] for one in report["households"]]
    assert len(drawn) == 12
    assert set(drawn) <= exited
    # The same households as from a roster that has no others: a lot is a household's own.
    alone = found(
        capfd,
        write([row for row in rows if row[4] in exited], name="o.csv"),
        "-n",
        "12",
        "--by",
        "township",
        "--seed",
        "2018-12-01",
    )
    assert [one["id"] for one in alone["households"]] == drawn
    assert alone["frame"] == report["frame"]


def test_who_may_be_of_the_group_is_told_and_not_drawn(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    rows = roster()
    rows[0][9], rows[1][9] = "", "已脱贫"
    report = found(capfd, write(rows), "-n", "3", "--group", "exited", "--seed", "s")
    told = [problem for problem in report["problems"] if problem["code"] == "sample-without-group"]
    assert len(told) == 1
    assert told[0]["message"].startswith("1 户")
    again = run(capfd, write(rows), "-n", "3", "--group", "exited", "--seed", "s")[0]
    assert "--group '脱贫户'" in " ".join(again.split())
    assert "组别：只从脱贫户中抽" in again


def test_a_group_that_is_not_there_is_refused_with_those_that_are(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    _, err = run(capfd, write(roster()), "-n", "3", "--group", "unregistered", "--seed", "s", code=2)
    assert "脱贫户、贫困户" in err
