"""The annotated workbook of rows that nobody wants: hostile texts, names of sheets, exports, rows without a verdict, nothing at all."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from fupin_cli.errors import OutputRefused
from fupin_cli.load.cells.grid import Grid
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.options import Options
from fupin_cli.report.workbook import listing
from fupin_cli.report.workbook.annotated import annotated_workbook
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.cells import Odd, hidings, values_of
from fupin_cli.tasks import Request, open_pack

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
    "备注",
]
MEETS = ["是"] * 6
#: What a spreadsheet, a browser or an XML reader might take for more than text.
HOSTILE = [
    "=HYPERLINK(\"http://x\",\"y\")", "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "＝1", "#REF!", "\t=1", "<r><t>x</t></r>", "</t></is>", "_x0041_",
    "http://example.org", "internal:A1", "{=1}", " ", "a\nb", "&lt;",
]  # fmt: skip
PACK = cache(open_pack)
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_EXIT.pack), standards={}))
Row = Sequence[str | tuple[str, Kind] | None]


def judged(*sheets: tuple[str, str, Sequence[Row]]) -> Result:
    """The verdicts on sheets (path, name, rows), one in each file."""
    files = []
    for order, (path, name, rows) in enumerate(sheets):
        grid = Grid(name)
        for number, row in enumerate(rows, 1):
            cells = {at: one if isinstance(one, tuple) else (one, Kind.TEXT) for at, one in enumerate(row) if one is not None}
            grid.add_row(number, {at: (text, int(kind)) for at, (text, kind) in cells.items()})
        files.append(SourceFile(path, f"{order:064x}", "xlsx", "", [grid.sheet()]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fupin_cli.tasks.open_pack", PACK)
        patch.setattr("fupin_cli.pipeline.open_quality", NO_RULES)
        patch.setattr("fupin_cli.pipeline.read_files", lambda *_: (files, []))
        return check(CHECK_EXIT, Request([file.path for file in files], keep_sources=True))[0]


def opened(result: Result, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(annotated_workbook(result, Options(**options))))


def household(number: int, income: str = "9000", note: str | None = None) -> Row:
    return [f"3499000000{number:02}", f"样{number}", "2020", income, *MEETS, note]


def test_hostile_texts_stay_texts() -> None:
    result = judged(("a.xlsx", "户", [TOP, *(household(at, note=text) for at, text in enumerate(HOSTILE))]))
    packed = annotated_workbook(result, Options(mask=False))
    page = openpyxl.load_workbook(io.BytesIO(packed))["户"]
    # Excel writes such a text so, and reads it as it was.
    written = [text.replace("_x0041_", "_x005F_x0041_") for text in HOSTILE]
    assert [page.cell(row, len(TOP)).value for row in range(2, 2 + len(HOSTILE))] == written
    assert {page.cell(row, len(TOP)).data_type for row in range(2, 2 + len(HOSTILE))} <= {"s", "inlineStr"}
    quoted = [text for row, text in enumerate(HOSTILE, 2) if page.cell(row, len(TOP)).quotePrefix]
    assert quoted == HOSTILE[:7]
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ET.fromstring(parts.read(name))  # noqa: S314 - our own file
                assert not [one for one in tree.iter() if one.tag.endswith("}f") or one.get("TargetMode") == "External"], name


def test_a_text_that_no_cell_holds_is_cut_and_characters_of_no_text_are_replaced() -> None:
    page = opened(judged(("a.xlsx", "户", [TOP, household(1, note="长" * 40_000), household(2, note="a\x07b\ufffec")])))["户"]
    assert len(page.cell(2, len(TOP)).value) == 32_767
    assert page.cell(2, len(TOP)).value.endswith("…")
    assert page.cell(3, len(TOP)).value == "a\ufffdb\ufffdc"


def test_a_number_of_a_register_stays_and_the_name_of_a_place_is_a_text() -> None:
    grid = Grid("村")
    for row, texts in enumerate((["户编号", "村", "证件号码"], ["349900000001", "样村13812345678", "\u202e13812345678"]), 1):
        grid.add_row(row, {at: (text, int(Kind.TEXT)) for at, text in enumerate(texts)})
    sheet = grid.sheet()
    read_as = {"A": ("household", "household_id"), "B": ("village", "village")}
    shown = [hidings(sheet, 1, read_as), *(values_of(column, "whole", Options()) for column in sheet.columns[2:])]
    assert shown[0] == ["key", "pattern", "whole"]
    # A mark of direction is hidden by no stars.
    assert shown[1][1] == Odd("\ufffd13****")


def test_numbers_days_and_damaged_numbers_come_back_as_they_were() -> None:
    top = [*TOP, "户主证件号码", "评议", "完成率", "是否", "算式", "大数"]
    cells = [
        ("3.49900197001011E+17", Kind.NUMBER), ("2018-05-01", Kind.DATE), ("10.25%", Kind.NUMBER), ("TRUE", Kind.BOOL),
        ("=A1+1", Kind.UNCALCULATED), ("12345678901234567", Kind.NUMBER),
    ]  # fmt: skip
    result = judged(("a.xlsx", "户", [top, [*household(1), *cells]]))
    damaged, day, percent, yes, formula, large = opened(result, mask=False)["户"][2][len(TOP) : len(top)]
    assert damaged.value == 3.49900197001011e17
    assert day.value.isoformat() == "2018-05-01T00:00:00"
    assert (percent.value, percent.number_format) == (0.1025, "0.00%")
    assert yes.value is True
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=A1+1", "s", True)
    assert large.value == "12345678901234567"
    hidden = opened(result)["户"][2]
    assert hidden[len(TOP)].value == "3.4****"
    assert hidden[len(TOP) + 5].value == "1234****"


def test_rows_without_a_verdict_are_there_and_say_why() -> None:
    rows = [
        ["样本村名册"],
        TOP,
        household(1),
        household(2),
        household(2, "1"),
        [None, "样无号", "2020", "1", *MEETS],
        ["合计", None, None, "2"],
    ]
    page = opened(judged(("a.xlsx", "户", rows)))["户"]
    assert page["A1"].value == "样本村名册"
    head = [cell.value for cell in page[2]]
    outcomes = {row: page.cell(row, head.index("结论") + 1).value for row in range(3, 8)}
    assert outcomes[3] == "符合退出条件"
    assert outcomes[4] == outcomes[5] == "隔离，没有判定"
    assert outcomes[7] == "跳过"
    assert all(page.cell(row, head.index("原因") + 1).value for row in (4, 5, 7))
    assert page.freeze_panes == "C3"


def test_an_export_with_a_row_for_each_member_comes_back_as_it_was() -> None:
    top = ["户编号", "年度", "家庭人口数", "人均纯收入", *TOP[4:10], "姓名", "与户主关系"]
    rows = [["349900000001", "2020", "2", "1", *MEETS, name, relation] for name, relation in (("样甲", "户主"), ("样乙", "配偶"))]
    page = opened(judged(("a.xlsx", "花名册", [top, *rows])))["花名册"]
    assert [[cell.value for cell in line[: len(top)]] for line in page.iter_rows(min_row=2)] == rows
    head = [cell.value for cell in page[1]]
    at = head.index("结论") + 1
    assert [page.cell(row, at).value for row in (2, 3)] == ["不符合退出条件"] * 2
    assert "见 花名册!A2" in str(page.cell(3, at + 1).value)


def test_sheets_of_several_files_have_names_of_their_own() -> None:
    long, odd = "很长的名字" * 6 + "甲", "一[二]:三*四"
    result = judged(
        ("a.xlsx", "户", [TOP, household(1)]), ("b.xlsx", "户", [TOP, household(2)]), ("c.xlsx", long, [TOP, household(3)]),
        ("d.xlsx", long, [TOP, household(4)]), ("目录/e.csv", "", [TOP, household(5)]), ("f.xlsx", "汇总", [TOP, household(6)]),
        ("g.xlsx", odd, [TOP, household(7)]),
    )  # fmt: skip
    book = opened(result)
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    assert book.sheetnames[0] == "汇总 (2)"
    assert {"户", "户 (2)", "e", "汇总", "一_二__三_四"} <= set(book.sheetnames)
    told = [[cell.value for cell in line] for line in book["汇总 (2)"].iter_rows()]
    assert ["户 (2)", "b.xlsx", "户"] in [line[:3] for line in told]
    links = {cell.value: cell.hyperlink.location for line in book["汇总 (2)"].iter_rows() for cell in line if cell.hyperlink}
    assert links["户 (2)"] == "'户 (2)'!A1"


def test_a_name_that_excel_keeps_for_itself_or_that_is_nothing_is_changed() -> None:
    book = Book()
    assert [book.name(name) for name in ("History", "''", "a/b", "A_B", "")] == ["History (2)", "_", "a_b", "A_B (2)", "_ (2)"]


def test_nobody_who_may_exit_is_told_as_such() -> None:
    page = opened(judged(("a.xlsx", "户", [TOP, household(1, "1")])))["公示名单"]
    assert any("没有符合退出标准" in str(line[0].value) for line in page.iter_rows())


def test_without_kept_cells_there_is_the_rest() -> None:
    result = replace(judged(("a.xlsx", "户", [TOP, household(1)])), sources={})
    assert opened(result).sheetnames == ["汇总", "问题", "公示名单", "依据"]


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    result = judged(("a.xlsx", "户", [TOP, household(1), household(2)]))
    monkeypatch.setattr(listing, "MOST_ROWS", 2)
    with pytest.raises(OutputRefused):
        annotated_workbook(result, Options())


def test_only_filters_the_rows_and_hides_none_for_good() -> None:
    result = judged(("a.xlsx", "户", [TOP, household(1), household(2, "1"), household(3)]))
    page = opened(result, only="fail")["户"]
    (column,) = page.auto_filter.filterColumn
    assert column.filters.filter == ["不符合退出条件"]
    assert column.colId == len(TOP)
    assert [row for row in range(2, 5) if page.row_dimensions[row].hidden] == [2, 4]
    assert [page.cell(row, 1).value for row in range(2, 5)] == ["349900000001", "349900000002", "349900000003"]
