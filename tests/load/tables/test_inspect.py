"""Inspection describes what a check would do with a file, and files that no check would take."""

from dataclasses import replace

from made_sheets import Row, file_of, sheet_of

from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.inspect import inspect_files
from fupin_cli.model.inspection import ColumnReport, FileReport, SheetReport

HEADER: Row = ["户编号", "年度", "人均纯收人", "家庭人口数", None, "户联系电话", "政治面貌"]
RECORD: Row = ["1", "2018", "3000", "四", "手写", None, "群众"]


def inspected(*sheets: object, chosen: tuple[str, ...] = ()) -> FileReport:
    [report] = inspect_files([file_of(*sheets)], chosen).files  # type: ignore[arg-type]
    return report


def columns(sheet: SheetReport) -> dict[str, ColumnReport]:
    return {column.letter: column for column in sheet.columns}


def test_each_column_has_its_field_or_the_reason_why_it_has_none() -> None:
    found = columns(inspected(sheet_of(["某村名册"], HEADER, RECORD)).sheets[0])
    assert (found["A"].table, found["A"].name, found["A"].unused) == ("household", "household_id", "")
    assert (found["C"].header, found["C"].unused, found["C"].nearest) == ("人均纯收人", "unknown", "人均纯收入")
    assert (found["E"].header, found["E"].unused) == ("", "headless")
    assert found["G"].unused == "register"


def test_blanks_and_problems_are_counted_by_column() -> None:
    found = columns(inspected(sheet_of(HEADER, RECORD, ["2", "2018", None, "3", None, None, None])).sheets[0])
    assert (found["D"].blank, found["D"].problems) == (0, 1)
    assert (found["F"].blank, found["F"].problems) == (2, 0)


def test_rows_are_counted_with_the_reasons_why_some_were_skipped() -> None:
    sheet = inspected(sheet_of(["某村"], HEADER, RECORD, RECORD, ["合计", None, None, "7"], ["注：手工"])).sheets[0]
    assert sheet.rows is not None
    assert (sheet.rows.read, sheet.rows.decided, sheet.rows.quarantined, sheet.rows.skipped) == (5, 0, 2, 3)
    assert (sheet.skipped, sheet.header_rows, sheet.filled) == ({"title": 1, "total": 1, "note": 1}, (2, 2), 6)


def test_every_sheet_is_there_with_what_became_of_it() -> None:
    report = inspected(
        sheet_of(HEADER, RECORD, name="户"),
        replace(sheet_of(HEADER, RECORD, name="旧"), hidden=True),
        sheet_of(["随便写的", "几句话"], name="说明"),
        sheet_of(["项目", "年度", "来源"], name="资金"),
        sheet_of(name="Sheet5"),
    )
    assert [(sheet.name, sheet.hidden, sheet.state) for sheet in report.sheets] == [
        ("户", False, "read"), ("旧", True, "hidden"), ("说明", False, "unknown"), ("资金", False, "bare"), ("Sheet5", False, "empty"),
    ]  # fmt: skip


def test_a_sheet_that_was_not_chosen_is_named() -> None:
    report = inspected(sheet_of(HEADER, RECORD, name="甲"), sheet_of(HEADER, RECORD, name="乙"), chosen=("乙",))
    assert [(sheet.name, sheet.state) for sheet in report.sheets] == [("甲", "not-chosen"), ("乙", "read")]


def test_a_file_that_a_check_refuses_is_described_all_the_same() -> None:
    report = inspected(sheet_of(HEADER, RECORD, name="2018"), sheet_of(HEADER, RECORD, name="2019"))
    assert report.refusal is not None
    assert report.refusal.code == "sheets-ambiguous"
    assert [sheet.state for sheet in report.sheets] == ["refused", "refused"]
    assert columns(report.sheets[1])["A"].name == "household_id"


def test_a_chosen_sheet_that_is_not_there_is_a_refusal_with_the_names_that_are() -> None:
    report = inspected(sheet_of(HEADER, RECORD, name="户"), chosen=("户表",))
    assert report.refusal is not None
    assert (report.refusal.code, report.refusal.facts["sheets"]) == ("sheet-not-found", "户")


def test_the_templates_own_headers_are_the_template() -> None:
    labels: Row = ["户编号", "户主姓名", "年度", "人均纯收入"]
    assert inspected(sheet_of(labels, ["1", "样甲", "2018", "3000"])).sheets[0].layout == "template"
    assert inspected(sheet_of([*labels, "备注"], ["1", "样甲", "2018", "3000", "无"])).sheets[0].layout == ""


def test_inspection_counts_what_a_check_counts() -> None:
    sheets = [
        sheet_of(HEADER, RECORD, RECORD, ["3", "2018"]),
        sheet_of(["项目", "年度", "来源"], ["路", "2018", "县"], name="资金"),
    ]
    loaded = load_tables([file_of(*sheets)])
    report = inspected(*sheets)
    assert [sheet.rows for sheet in report.sheets] == [sheet.rows for sheet in loaded.inputs[0].sheets]
    assert list(report.problems) == list(loaded.problems)
