"""The annotated workbook of a sample: people's cells where they stood, verdicts beside them, marks at the cells that the report names."""

import errno
import io
import json
import re
import tempfile
import zipfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fupin_cli.cli.main import main
from fupin_cli.errors import ExitCode, FupinError
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.report.workbook import returned
from fupin_cli.report.workbook.annotated import annotated_workbook
from fupin_cli.report.workbook.book import Book
from fupin_cli.tasks import Request

SAMPLE = Path(__file__).parents[3] / "samples" / "households.xlsx"
FAIL, OPEN = "FFF8CBAD", "FFFFE699"


@pytest.fixture(scope="module")
def result() -> Result:
    return check(CHECK_EXIT, Request([str(SAMPLE)], keep_sources=True))[0]


@pytest.fixture(scope="module")
def packed(result: Result) -> bytes:
    return annotated_workbook(result, Options())


@pytest.fixture(scope="module")
def book(packed: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(packed))


@pytest.fixture(scope="module")
def report(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_lines(result, Options())))
    return found


@pytest.fixture(scope="module")
def given() -> openpyxl.Workbook:
    return openpyxl.load_workbook(SAMPLE)


def said(page: Worksheet, heading: str) -> dict[int, Any]:
    """Row → what stands under one of our headings."""
    at = [cell.value for cell in page[1]].index(heading)
    return {row: line[at].value for row, line in enumerate(page.iter_rows(), start=1) if row > 1}


def test_every_cell_stands_where_it_stood_as_what_it_was(result: Result, given: openpyxl.Workbook) -> None:
    found = openpyxl.load_workbook(io.BytesIO(annotated_workbook(result, Options(mask=False))))
    compared = 0
    for name in ("户", "人"):
        for line in given[name].iter_rows():
            for cell in line:
                mine = found[name][cell.coordinate]
                want = (
                    datetime.combine(cell.value, datetime.min.time())
                    if cell.is_date and not hasattr(cell.value, "hour")
                    else cell.value
                )
                assert (mine.value, type(mine.value)) == (want, type(want)) or mine.value == want, cell.coordinate
                compared += want is not None
                if isinstance(want, str):
                    assert (mine.data_type, mine.number_format) == ("s", "@")
    assert compared > 1000


def test_nothing_personal_is_shown_unless_it_is_asked_for(packed: bytes, given: openpyxl.Workbook) -> None:
    head = [cell.value for cell in given["人"][1]]
    personal = {
        str(line[head.index(name)].value) for name in ("证件号码", "联系电话") for line in given["人"].iter_rows(min_row=2)
    }
    personal -= {"None"}
    assert len(personal) > 40
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        everything = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert not [number for number in personal if number in everything]


def test_beside_each_household_stands_what_the_report_says(book: openpyxl.Workbook, report: dict[str, Any]) -> None:
    titles = {"eligible": "符合退出条件", "ineligible": "不符合退出条件", "undetermined": "待核实"}
    outcomes, reasons, remedies, clauses = (said(book["户"], name) for name in ("结论", "原因", "怎么办", "依据"))
    assert [cell.value for cell in book["户"][1]][-6:-2] == ["结论", "原因", "怎么办", "依据"]
    for one in report["results"]:
        row = int(re.sub(r"\D", "", one["where"]["cell"]))
        assert outcomes[row] == titles[one["outcome"]]
        failed = [check for check in one["checks"] if check["status"] == "fail" and check["severity"] == "gate"]
        assert bool(failed) == (one["outcome"] == "ineligible")
        for check_ in failed:
            assert check_["remedy"] in remedies[row]
            assert check_["cite"]["quote"] in clauses[row]
            assert all(str(cell["cell"]) in reasons[row] for cell in check_["cells"].values() if "cell" in cell)


def test_cells_are_filled_and_noted_where_the_report_says_that_a_check_fails(
    book: openpyxl.Workbook, report: dict[str, Any]
) -> None:
    expected: dict[str, set[str]] = defaultdict(set)
    quotes: dict[str, set[str]] = defaultdict(set)
    for one in report["results"]:
        for check_ in one["checks"]:
            if check_["status"] == "fail" and check_["severity"] == "gate":
                for place in _cells(check_["cells"]):
                    expected[FAIL].add(place)
                    quotes[place].add(check_["cite"]["quote"])
    filled = _filled(book)
    assert expected[FAIL]
    assert filled[FAIL] == expected[FAIL]
    for place, known in quotes.items():
        sheet, _, cell = place.partition("!")
        note = book[sheet][cell].comment
        assert note is not None
        assert all(quote in note.text for quote in known)


def test_what_is_missing_is_filled_as_open(book: openpyxl.Workbook, report: dict[str, Any]) -> None:
    places = {cell for one in report["results"] for item in one["missing"] for cell in _cells({"": item.get("cells", [])})}
    assert places
    assert places <= _filled(book)[OPEN] | _filled(book)[FAIL]


def _cells(found: Any) -> set[str]:
    """Every cell named in a piece of the report."""
    if isinstance(found, dict):
        if isinstance(found.get("cell"), str):
            return {found["cell"]}
        return {cell for value in found.values() for cell in _cells(value)}
    return {cell for value in found for cell in _cells(value)} if isinstance(found, list) else set()


def _filled(book: openpyxl.Workbook) -> dict[str, set[str]]:
    """Colour → cells of people's own columns that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("户", "人"):
        page = book[name]
        head = [cell.value for cell in page[1]]
        own = head.index("结论") if "结论" in head else head.index("户结论")
        for line in page.iter_rows(min_row=2, max_col=own):
            for cell in line:
                if cell.fill.fill_type == "solid":
                    found[cell.fill.fgColor.rgb].add(f"{name}!{cell.coordinate}")
    return found


def test_members_say_what_their_household_came_to(book: openpyxl.Workbook, report: dict[str, Any]) -> None:
    by_key = dict(
        zip((line[0].value for line in book["户"].iter_rows(min_row=2)), said(book["户"], "结论").values(), strict=True)
    )
    members = [line[1].value for line in book["人"].iter_rows(min_row=2)]
    assert [by_key[key] for key in members] == list(said(book["人"], "户结论").values())


def test_every_link_leads_to_a_cell_that_is_there(book: openpyxl.Workbook) -> None:
    leads = [(page, cell) for page in book for line in page.iter_rows() for cell in line if cell.hyperlink is not None]
    assert len(leads) >= 4
    for page, cell in leads:
        name, _, place = str(cell.hyperlink.location).rpartition("!")
        target = book[name.strip("'").replace("''", "'")]
        assert cell.hyperlink.target is None
        assert re.fullmatch(r"[A-Z]+\d+", place)
        if page.title == "问题":
            assert place in cell.value
        assert target[place].row <= target.max_row


def test_the_notice_names_who_may_exit_and_has_nothing_personal(book: openpyxl.Workbook, report: dict[str, Any]) -> None:
    page = book["公示名单"]
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    assert page.max_column == 4
    assert lines[3] == ["序号", "村民小组", "户主姓名", "家庭人口数"]
    listed = [line for line in lines if isinstance(line[0], int)]
    may_exit = {
        one["name"]
        for one in report["results"]
        if one["outcome"] == "eligible" and one["standards"]["exit-procedure"]["outcome"] == "in_progress"
    }
    assert {line[2] for line in listed} == may_exit
    assert all(isinstance(line[3], int) for line in listed)
    assert not [cell for line in lines for cell in line if isinstance(cell, str) and re.search(r"\d{7,}|\*", cell)]
    assert sum("公示时间：＿" in str(line[0]) for line in lines) == sum(line == lines[3] for line in lines) == 2


def test_the_summary_has_the_counts_and_what_the_run_rests_on(book: openpyxl.Workbook, report: dict[str, Any]) -> None:
    lines = [[cell.value for cell in line] for line in book["汇总"].iter_rows()]
    facts = {line[0]: line[1] for line in lines}
    counts = report["summary"]["outcomes"]
    assert [facts[name] for name in ("符合退出条件", "不符合退出条件")] == [counts["eligible"], counts["ineligible"]]
    text = json.dumps(lines, ensure_ascii=False)
    assert report["rules"]["sha256"] in text
    assert report["inputs"][0]["sha256"] in text
    assert "（未确认）" in text
    assert book.sheetnames == ["汇总", "户", "人", "问题", "公示名单", "依据"]


def test_a_sheet_can_be_filtered_scrolled_and_printed(book: openpyxl.Workbook) -> None:
    page = book["户"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == f"A1:{get_column_letter(page.max_column)}{page.max_row}"
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$1")
    wide = {letter: size.width for letter, size in page.column_dimensions.items()}
    assert wide["B"] >= 8
    assert max(wide.values()) <= 61


def test_the_same_result_gives_the_same_bytes(result: Result, packed: bytes) -> None:
    assert annotated_workbook(result, Options()) == packed


def test_of_many_cells_only_the_first_carry_notes_and_that_is_told(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    before = openpyxl.load_workbook(io.BytesIO(annotated_workbook(result, Options())))
    monkeypatch.setattr(returned, "MOST_NOTES", 2)
    after = openpyxl.load_workbook(io.BytesIO(annotated_workbook(result, Options())))
    notes = [sum(cell.comment is not None for line in one["户"].iter_rows() for cell in line) for one in (before, after)]
    assert notes[0] > notes[1]
    assert _filled(before) == _filled(after)
    assert any("批注只写前" in str(line[0].value) for line in after["汇总"].iter_rows())


def test_a_disk_that_fills_leaves_the_old_report(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, given = tmp_path / "out.xlsx", list[Request]()
    old.write_bytes(b"old")

    def judged(_: object, request: Request, __: object) -> tuple[Result, list[FupinError]]:
        given.append(request)
        return result, []

    def full(self: Book) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("fupin_cli.cli.checking.check", judged)
    monkeypatch.setattr(Book, "packed", full)
    # A folder of its own: other tests write workbooks at the same time.
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    assert main(["check-exit", str(SAMPLE), "-o", str(old), "--quiet"]) == ExitCode.REFUSED
    assert [one.keep_sources for one in given] == [True]
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aside", "out.xlsx"]
    assert "out.xlsx" in capsys.readouterr().err
    assert not list(aside.iterdir())


def test_a_terminal_does_not_keep_the_cells(monkeypatch: pytest.MonkeyPatch, result: Result) -> None:
    given = list[Request]()
    monkeypatch.setattr("fupin_cli.cli.checking.check", lambda _, request, __: (given.append(request) or result, []))
    main(["check-exit", str(SAMPLE), "--quiet"])
    assert [one.keep_sources for one in given] == [False]
