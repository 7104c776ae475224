"""The csv report: text that never becomes a formula, complete columns, rows that can be retraced one by one."""

import csv
import io
import itertools
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fupin_cli.load.cells.grid import Grid
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.csvtext import csv_lines, guarded
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request, open_pack

SHA = "ab" * 32
TOP = [
    "户编号",
    "户主姓名",
    "年度",
    "人均纯收入",
    "不愁吃",
    "不愁穿",
    "义务教育有保障",
    "基本医疗有保障",
    "住房安全有保障",
    "饮水安全",
]
MEETS = ["是"] * 6
#: The pack is read once for all tests of this file.
PACK = cache(open_pack)
#: Tests of data quality have rules of their own; here there are none, which costs nothing.
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_EXIT.pack), standards={}))
ZH = [
    "户编号", "户主姓名", "年度", "结论", "可能结论", "原因", "待补齐", "不采信有疑问的数值时的结论", "贫困户退出程序", "纳入年度脱贫计划", "人均纯收入稳定超过国家脱贫标准", "不愁吃", "不愁穿",
    "义务教育有保障", "基本医疗有保障", "住房安全有保障", "饮水安全", "输入文件", "位置", "规则包", "规则包sha256", "参数", "假设", "输入sha256",
]  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> Any:
    """Judges rows of one sheet, without a file, the same rows once."""
    known: dict[str, Result] = {}

    def judge(*rows: list[str | None], path: str = "名册.xlsx", **request: Any) -> Result:
        key = repr((rows, path, request))
        if key not in known:
            grid = Grid("户")
            for number, row in enumerate([TOP, *rows], 1):
                grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
            source = SourceFile(path, SHA, "xlsx", "", [grid.sheet()])
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipeline.open_quality", NO_RULES)
                patch.setattr("fupin_cli.pipeline.read_files", lambda *_: ([source], []))
                known[key] = check(CHECK_EXIT, Request([path], **request))[0]
        return known[key]

    return judge


def text(result: Result, **options: Any) -> str:
    return "".join(csv_lines(result, Options(**options)))


def table(result: Result, **options: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(result, **options).removeprefix("\ufeff"), newline="")))


LIVE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    '=HYPERLINK("http://example.invalid","x")',
    "=",
    "-",
]


@pytest.mark.parametrize("live", LIVE)
def test_a_text_that_a_spreadsheet_would_run_is_quoted(live: str) -> None:
    assert guarded(live) == f"'{live}"


@pytest.mark.parametrize("plain", ["", "样赵甲", "2995", "a=b", "1-2", "'=1", "户!A2", " 甲"])
def test_any_other_text_stays_as_it_is(plain: str) -> None:
    assert guarded(plain) == plain


def test_no_cell_of_the_report_starts_live_whatever_names_and_paths_hold(judged: Any) -> None:
    names = [live.strip() for live in LIVE]
    result = judged(*([f"{name}{at}", name, "2018", "2000", *MEETS] for at, name in enumerate(names)), path="=cmd.xlsx")
    for row in csv.reader(io.StringIO(text(result).removeprefix("\ufeff"), newline="")):
        assert not [cell for cell in row if cell[:1] in {*"=+-@\t\r\n＝＋－＠"}]
    assert [row["户主姓名"] for row in table(result)] == [f"'{name}" for name in names]


def test_it_starts_with_a_byte_order_mark_and_ends_lines_as_spreadsheets_do(judged: Any) -> None:
    written = text(judged(["1", "样甲", "2018", "2000", *MEETS]))
    assert written.encode("utf-8").startswith(b"\xef\xbb\xbf")
    assert written.count("\ufeff") == 1
    assert written.endswith("\r\n")
    assert written.count("\n") == written.count("\r\n") == 2


def test_quotes_commas_and_line_ends_come_back_as_they_were(judged: Any) -> None:
    names = ['样"甲"', "样,甲", "样\n甲", "样；甲", '"', "样\r\n甲"]
    rows = table(judged(*([str(at), name, "2018", "2000", *MEETS] for at, name in enumerate(names))))
    assert [row["户主姓名"] for row in rows] == names
    assert [row["位置"] for row in rows] == [f"户!A{at}" for at in range(2, 8)]


def test_the_columns_are_the_subject_its_reasons_every_check_and_where_it_all_comes_from(judged: Any) -> None:
    result = judged(["1", "样甲", "2018", "2000", *MEETS])
    heading = next(csv.reader(io.StringIO(text(result).removeprefix("\ufeff"))))
    assert heading == ZH
    assert len(next(csv.reader(io.StringIO(text(result, lang="en"))))) == len(ZH)


def test_every_row_can_be_retraced_on_its_own(judged: Any) -> None:
    result = judged(
        ["1", "样甲", "2018", "2000", *MEETS],
        ["2", "样乙", "2018", "3000", *MEETS],
        assumptions={"annual_plan": "是"},
        settings={"exit_notice_days": "5"},
    )
    for number, row in enumerate(table(result), 2):
        assert (row["输入文件"], row["位置"], row["输入sha256"]) == ("名册.xlsx", f"户!A{number}", SHA)
        assert (row["规则包"], row["规则包sha256"]) == ("national-2016 v1", result.pack.sha256)
        assert "国家脱贫标准（现价）：2018年 2995 元/人·年（未确认）" in row["参数"].split("；")
        assert "退出公示天数：5 天（用户设定）" in row["参数"].split("；")
        assert row["假设"] == "空白的“纳入年度脱贫计划”按“是”计"


def test_each_row_says_its_verdict_its_reasons_and_what_is_missing(judged: Any) -> None:
    rows = table(
        judged(
            ["1", "样甲", "2018", "2994.99", *MEETS],
            ["2", "样乙", "2018", "2995.01", *MEETS],
            ["3", None, "2018", None, *MEETS],
            [None, "样丁", None, "9999", "否", *MEETS[1:]],
        )
    )
    assert [row["户编号"] for row in rows] == ["1", "2", "3", ""]
    assert [row["户主姓名"] for row in rows] == ["样甲", "样乙", "", "样丁"]
    assert [row["年度"] for row in rows] == ["2018", "2018", "2018", ""]
    assert [row["结论"] for row in rows] == ["不符合退出条件", "符合退出条件", "待核实", "不符合退出条件"]
    assert rows[2]["可能结论"] == "不符合退出条件、符合退出条件"
    assert rows[2]["待补齐"] == "补齐或核实即可判定：人均纯收入（户!D4 空白）"
    assert rows[0]["原因"] == (
        "人均纯收入稳定超过国家脱贫标准：人均纯收入 2994.99（户!D2），须超过 2995 元/人·年（未确认），差 0.01 元/人·年"
    )
    assert rows[1]["原因"] == ""
    assert [row["人均纯收入稳定超过国家脱贫标准"] for row in rows] == ["不达标", "达标", "待核实", "待核实"]
    assert [row["不愁吃"] for row in rows] == ["达标", "达标", "达标", "不达标"]


@pytest.mark.parametrize(("only", "keys"), [("fail", ["1"]), ("unknown", ["3"]), ("pass", ["2"]), (None, ["1", "2", "3"])])
def test_only_lists_what_is_asked_for_and_every_row_keeps_its_own_standards(only: Any, keys: list[str], judged: Any) -> None:
    result = judged(["1", None, "2018", "2000", *MEETS], ["2", None, "2018", "3000", *MEETS], ["3", None, "2018", None, *MEETS])
    rows = table(result, only=only)
    assert [row["户编号"] for row in rows] == keys
    assert [row["位置"] for row in rows] == [f"户!A{int(key) + 1}" for key in keys]
    assert all(row["贫困户退出程序"] for row in rows)


def test_every_household_is_listed_whatever_the_limit_of_the_terminal(judged: Any) -> None:
    result = judged(*([str(key), None, "2018", "2000", *MEETS] for key in range(70)))
    assert len(table(result, limit=5)) == 70


def test_thousands_of_rows_come_in_pieces_not_in_one(judged: Any) -> None:
    result = judged(*([str(key), None, "2018", str(Decimal(key)), *MEETS] for key in range(1001)))
    pieces = list(itertools.islice(csv_lines(result, Options()), 3))
    assert [piece.count("\r\n") for piece in pieces] == [1, 1, 1]
    assert [row["户编号"] for row in table(result)] == [str(key) for key in range(1001)]


def test_a_csv_input_has_cells_without_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("户编号,年度,人均纯收入\n1,2018,2000\n", encoding="gb18030")
    [row] = table(check(CHECK_EXIT, Request([str(path)]))[0])
    assert row["位置"] == "A2"
    assert "（C2）" in row["原因"]
