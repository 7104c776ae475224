"""``fupin reconcile`` as somebody runs it."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import Workbook

from fupin_cli.cli.main import main

HEAD = ["项目", "申报数", "关系", "组成", "单位", "容差"]


def book(path: Path, *rows: Sequence[Any]) -> str:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "勾稽"
    for row in (HEAD, *rows):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    made.save(path)
    return str(path)


def test_what_agrees_ends_with_0_and_what_does_not_with_1(tmp_path: Path) -> None:
    assert main(["reconcile", book(tmp_path / "a.xlsx", ["合计", 3, "=", "1+2"])]) == 0
    assert main(["reconcile", book(tmp_path / "b.xlsx", ["甲", 3, "=", "1+1"])]) == 1
    assert main(["reconcile", book(tmp_path / "c.xlsx", ["甲", None, "=", "1+1"], ["乙", 2, "=", "1+1"])]) == 1
    assert main(["reconcile", book(tmp_path / "d.xlsx", ["甲", 2, "=", "1+"])]) == 1


def test_a_total_in_a_sheet_of_figures_is_a_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["reconcile", book(tmp_path / "a.xlsx", ["资金合计", 3, "=", "1+2"], ["合计", 4, "=", "1+2"])])
    assert "相符 1   不符 1" in capsys.readouterr().out


def test_a_date_is_no_figure_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["reconcile", book(tmp_path / "a.xlsx", ["甲", date(2018, 8, 22), "=", "8"], ["乙", 8, "=", date(2018, 8, 22)])])
        == 1
    )
    shown = capsys.readouterr().out
    assert "待核实 2" in shown
    assert "勾稽!B2" in shown
    assert "勾稽!D3" in shown
    assert "不是数" in shown


def test_a_percentage_cell_is_what_it_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "勾稽"
    sheet.append(HEAD)
    sheet.append(["占比", 0.3732, "约", "4.45/11.92"])
    sheet["B2"].number_format = "0.00%"
    made.save(tmp_path / "a.xlsx")
    assert main(["reconcile", str(tmp_path / "a.xlsx")]) == 0
    assert "37.32 %" in capsys.readouterr().out


def test_the_sample_is_json_that_fits_its_schema(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("reconcile-1.schema.json").read_text(encoding="utf-8"))
    for name, code in (("reconcile-documents.xlsx", 1), ("reconcile-village.xlsx", 1)):
        assert main(["reconcile", str(samples / name), "--format", "json"]) == code
        found = json.loads(capsys.readouterr().out)
        jsonschema.validate(found, schema)
        assert len(found["results"]) == found["summary"]["rows"]
    persons = found["results"][1]["compared"][0]
    assert (persons["declared"], persons["computed"]["low"], persons["difference"]) == (
        {"value": "79"},
        {"value": "67"},
        {"value": "12"},
    )
    assert found["results"][-1]["fault"]["where"]["cell"] == "勾稽!D10"


def test_csv_has_a_row_for_each_number(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", str(samples / "reconcile-documents.xlsx"), "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    by_item = {(row["项目"], row["单位"]): row for row in rows}
    assert by_item["村历年脱贫", "人"]["差额"] == "12"
    assert by_item["中央和省扶贫资金", "万元"]["差额"] == "-56.84"
    assert by_item["中央和省扶贫资金", "万元"]["关系"] == "'="


def test_only_and_limit_choose_what_is_listed(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["reconcile", str(samples / "reconcile-documents.xlsx"), "--only", "fail", "--lang", "en"])
    shown = capsys.readouterr().out
    assert "declared 12 人 too much" in shown
    assert "agrees\n" not in shown
    main(["reconcile", str(samples / "reconcile-documents.xlsx"), "--limit", "1"])
    assert "另有 38 行没有列出" in capsys.readouterr().out


def test_two_files_name_their_cells_with_the_file(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = book(tmp_path / "a.xlsx", ["甲", 3, "=", "户数(年度=2018 且 人均纯收入>2995)", "户"])
    assert main(["reconcile", figures, str(samples / "households.xlsx")]) == 1
    shown = capsys.readouterr().out
    assert "households.xlsx 户!" in shown


def test_files_without_figures_are_refused(samples: Path) -> None:
    assert main(["reconcile", str(samples / "households.xlsx")]) == 3
    assert main(["reconcile", "没有.xlsx"]) == 3
    assert main(["reconcile", str(samples / "reconcile-documents.xlsx"), "-o", str(samples / "reconcile-documents.xlsx")]) == 2
