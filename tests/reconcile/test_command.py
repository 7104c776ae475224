"""``fupin reconcile`` as somebody runs it."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import Workbook
from rich.cells import cell_len
from rich.console import Console

from fupin_cli.cli.main import main
from fupin_cli.model.reconciled import Agreement, Reconciliation
from fupin_cli.report.options import Options
from fupin_cli.report.reconciliation import print_reconciliation
from fupin_cli.report.reconciliationtext import reconciliation_csv, reconciliation_json

Sample = Callable[[str], Reconciliation]

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


def test_what_agrees_ends_with_0_and_a_total_is_a_figure_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reconcile", book(tmp_path / "a.xlsx", ["资金合计", 3, "=", "1+2"], ["合计", 3, "=", "1+2"])]) == 0
    assert "相符 2   不符 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("agreement", "agrees"), [("agrees", True), ("differs", False), ("undetermined", False), ("invalid", False)]
)
def test_all_must_agree(sample: Sample, agreement: Agreement, *, agrees: bool) -> None:
    known = sample("reconcile-documents.xlsx")
    rows = [row for row in known.rows if row.agreement == "agrees"]
    assert replace(known, rows=[*rows, replace(rows[0], agreement=agreement)]).agrees() is agrees


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


def test_the_samples_are_json_that_fits_its_schema(sample: Sample) -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("reconcile-1.schema.json").read_text(encoding="utf-8"))
    for name in ("reconcile-documents.xlsx", "reconcile-village.xlsx"):
        found = json.loads("".join(reconciliation_json(sample(name), Options())))
        jsonschema.validate(found, schema)
        assert len(found["results"]) == found["summary"]["rows"]
    persons = found["results"][1]["compared"][0]
    assert (persons["declared"], persons["computed"]["low"], persons["difference"]) == (
        {"value": "79"},
        {"value": "67"},
        {"value": "12"},
    )
    assert found["results"][-1]["fault"]["where"]["cell"] == "勾稽!D10"


def test_csv_has_a_row_for_each_number(sample: Sample) -> None:
    text = "".join(reconciliation_csv(sample("reconcile-documents.xlsx"), Options()))
    by_item = {(row["项目"], row["单位"]): row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert by_item["村历年脱贫", "人"]["差额"] == "12"
    assert by_item["中央和省扶贫资金", "万元"]["差额"] == "-56.84"
    assert by_item["中央和省扶贫资金", "万元"]["关系"] == "'="


def printed(result: Reconciliation, options: Options, width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), markup=False, highlight=False)
    print_reconciliation(result, options, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_only_and_limit_choose_what_is_listed(sample: Sample) -> None:
    known = sample("reconcile-documents.xlsx")
    shown = printed(known, Options("en", only="fail"), 300)
    assert "declared 12 人 too much" in shown
    assert "agrees\n" not in shown
    assert "另有 38 行没有列出" in printed(known, Options(limit=1))


def test_no_line_is_wider_than_a_narrow_page(sample: Sample) -> None:
    for name in ("reconcile-documents.xlsx", "reconcile-village.xlsx"):
        assert max(map(cell_len, printed(sample(name), Options(), 50).splitlines())) <= 50


def test_two_files_name_their_cells_with_the_file(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = book(tmp_path / "a.xlsx", ["甲", 3, "=", "户数(年度=2018 且 人均纯收入>2995)", "户"])
    assert main(["reconcile", figures, str(samples / "households.xlsx")]) == 1
    shown = capsys.readouterr().out
    assert "households.xlsx 户!" in shown


def test_files_without_figures_are_refused(samples: Path) -> None:
    assert main(["reconcile", str(samples / "households.xlsx")]) == 3
    assert main(["reconcile", str(samples / "reconcile-documents.xlsx"), "-o", str(samples / "reconcile-documents.xlsx")]) == 2


def test_an_identity_number_among_the_figures_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = "349900197001010014"
    path = book(
        tmp_path / "a.xlsx", [f"样甲{number}", number, "=", f"1+{number}"], ["乙", 1, "=", f"{{{number}}}+户数(户编号={number})"]
    )
    for form in ("table", "csv", "json"):
        main(["reconcile", path, "--format", form])
        shown = capsys.readouterr()
        assert number not in shown.out + shown.err
