"""``fupin inspect`` as somebody runs it for whom something looks wrong."""

import json
import os
import stat
from pathlib import Path

import pytest
from openpyxl import Workbook

from fupin_cli.cli.main import main

NUMBER, PHONE = "349900198001010019", "13800000000"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "户"
    sheet.append(["户编号", "年度", "人均纯收入", "户主证件号码", "人均纯收人"])
    sheet.append(["349900010001", 2018, "3,20O", NUMBER[:-1], f"电话{PHONE}"])
    hidden = book.create_sheet("旧表")
    hidden.append(["户编号", "年度"])
    hidden.sheet_state = "hidden"
    path = tmp_path / "名册 一.xlsx"
    book.save(path)
    return path


def test_it_shows_sheets_columns_and_problems_with_their_cells(roster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(roster)]) == 0
    shown = capsys.readouterr().out
    for words in ("旧表（隐藏）：隐藏，未读", "表头第 1 行", "户!C2", "“人均纯收入”的“3,20O”不是数字", "最接近的是“人均纯收入”"):
        assert words in shown, words
    for secret in (NUMBER[:-1], PHONE):
        assert secret not in shown


def test_for_machines_it_is_json_with_every_column(roster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(roster), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "fupin.inspect/1"
    [file] = found["files"]
    assert (file["format"], file["refused"]) == ("xlsx", None)
    first, second = file["sheets"]
    assert [column["field"] for column in first["columns"]] == [
        "household.household_id", "household.year", "household.income_per_capita", "household.head_id_number", None,
    ]  # fmt: skip
    assert first["rows"] == {"read": 1, "decided": 1, "quarantined": 0, "skipped": 0}
    assert (second["name"], second["hidden"], second["state"]) == ("旧表", True, "hidden")
    assert {problem["code"] for problem in file["problems"]} >= {"number-unreadable", "id-malformed"}
    assert NUMBER[:-1] not in json.dumps(found, ensure_ascii=False)


def test_it_writes_a_file_that_only_its_owner_reads(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "检视.json"
    assert main(["inspect", str(roster), "-o", str(target), "--quiet"]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["files"]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert capsys.readouterr().err == ""
    assert main(["inspect", str(roster), "-o", str(roster)]) == 2
    assert main(["inspect", str(roster), "-o", str(tmp_path / "x.pdf")]) == 2


def test_a_file_that_cannot_be_checked_is_described_and_ends_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "两列.csv"
    path.write_text("户编号,年度,人均纯收入,人均纯收入\n1,2018,1,2\n", encoding="utf-8")
    assert main(["inspect", str(path)]) == 3
    shown = capsys.readouterr().out
    assert "不能检查" in shown
    assert "C、D" in shown
    assert "户编号" in shown


def test_one_file_that_cannot_be_opened_does_not_stop_the_others(roster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(roster), "没有.xlsx"]) == 3
    shown = capsys.readouterr()
    assert "表头第 1 行" in shown.out
    assert "没有.xlsx" in shown.err


def test_the_number_of_problems_shown_is_limited_and_said(roster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(roster), "--limit", "1", "--lang", "en"]) == 0
    assert "more" in capsys.readouterr().out
    assert main(["inspect", str(roster), "--limit", "x"]) == 2
