"""The committed samples are what make.py writes, and nobody in them is real."""

import csv
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fupin_cli.model.identity import checksum_holds
from fupin_cli.model.tables import fields

SAMPLES = Path(__file__).parents[2] / "samples"
WORKBOOKS = (
    "archives.xlsx", "candidates.xlsx", "dibao.xlsx", "support.xlsx",
    "everything-wrong.xlsx", "households.xlsx", "reconcile-documents.xlsx", "reconcile-village.xlsx", "register-2014-2018.xlsx", "register-2023-members.xlsx", "register-2023-villages.xlsx",
    "village-notes.xlsx", "counties/样甲县.xlsx", "counties/样乙县.xlsx", "counties/样丙县.xlsx", "counties/样丁县.xlsx", "counties/样戊县.xlsx", "roster-repo/rosters/2016.xlsx", "roster-repo/rosters/2017.xlsx", "roster-repo/rosters/2018.xlsx",
)  # fmt: skip
#: As many digits as a part of an ID number has, in either width; spreadsheets keep fifteen of eighteen.
LONG_NUMBER = re.compile(r"\d{14,17}[\dXxｘ]")


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """samples/make.py, which is a script and in no package."""
    # Run as a script it finds the modules beside it; loaded here it has to be told.
    sys.path.insert(0, str(SAMPLES))
    spec = importlib.util.spec_from_file_location("samples_make", SAMPLES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fresh(make: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with samples made just now."""
    folder = tmp_path_factory.mktemp("samples")
    make.write(folder)
    return folder


def cells(path: Path) -> dict[str, Any]:
    """What a person would call the content of a workbook."""
    book: Workbook = load_workbook(path)
    return {
        sheet.title: (
            sheet.sheet_state,
            sorted(str(merged) for merged in sheet.merged_cells.ranges),
            {
                cell.coordinate: (cell.value, cell.data_type, cell.number_format)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            },
        )
        for sheet in book.worksheets
    }


def texts(path: Path) -> Iterator[str]:
    """Every cell of a sample as text, numbers written out."""
    if path.suffix == ".csv":
        for line in csv.reader(path.read_text("utf-8-sig").splitlines()):
            yield from line
        return
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if value is not None:
                    yield f"{value:.0f}" if isinstance(value, int | float) else str(value)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_committed_workbook_is_what_make_writes(fresh: Path, name: str) -> None:
    assert cells(SAMPLES / name) == cells(fresh / name)


def test_the_committed_csv_is_what_make_writes(fresh: Path) -> None:
    committed = (SAMPLES / "households.csv").read_bytes().replace(b"\r\n", b"\n")
    assert committed == (fresh / "households.csv").read_bytes()
    assert committed.startswith("\ufeff户编号,".encode())


def test_make_writes_the_same_bytes_each_time(make: ModuleType, fresh: Path, tmp_path: Path) -> None:
    for path in make.write(tmp_path):
        assert path.read_bytes() == (fresh / path.relative_to(tmp_path)).read_bytes()


def test_every_sample_is_made_and_explained(fresh: Path) -> None:
    made = files_of(fresh)
    assert made == files_of(SAMPLES)
    readme = (SAMPLES / "README.md").read_text("utf-8")
    # A folder of samples that are read together has one row.
    named = {f"{folder}/" if (folder := name.partition("/")[0]) != name else name for name in made}
    assert named <= set(re.findall(r"`([^`]+)` \|", readme))
    assert all(
        re.search(rf"`fupin (?:check-[a-z]+|inspect|reconcile|verify-roster) [^`]*samples/{re.escape(name)}", readme)
        for name in named
    )


def files_of(folder: Path) -> set[str]:
    """The workbooks and texts in a folder and below, by their paths in it."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in {".csv", ".xlsx"}}
    return {name for name in found if not name.startswith(".")}


@pytest.mark.parametrize("name", [*WORKBOOKS, "households.csv"])
def test_no_number_has_the_area_code_of_a_real_county(name: str) -> None:
    for text in texts(SAMPLES / name):
        for number in LONG_NUMBER.findall(text):
            # ASCII digits or full-width ones: int() reads both.
            assert int(number[:6]) == 349900, text[:6]


def test_every_id_number_of_the_template_has_a_valid_checksum_and_is_nobody_elses() -> None:
    sheet = load_workbook(SAMPLES / "households.xlsx")["人"]
    column = [cell.value for cell in sheet[1]].index("证件号码")
    numbers = [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert all(isinstance(number, str) and checksum_holds(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("sheet", "table"), [("户", "household"), ("人", "person")])
def test_the_template_has_every_field_under_its_label_in_the_models_order(sheet: str, table: str) -> None:
    first = load_workbook(SAMPLES / "households.xlsx")[sheet][1]
    assert [cell.value for cell in first] == [column.label for column in fields(table).values()]


def test_numbers_of_households_and_people_are_text_cells() -> None:
    for sheet in load_workbook(SAMPLES / "households.xlsx").worksheets:
        for column in sheet.iter_cols():
            if column[0].value in {"户编号", "人编号", "户主证件号码", "证件号码", "联系电话"}:
                found = {(cell.data_type, cell.number_format) for cell in column[1:] if cell.value is not None}
                assert found == {("s", "@")}, column[0].value


def test_only_the_wrong_workbook_has_a_formula_and_it_has_one() -> None:
    formulas = {
        name: [
            address for _, _, found in cells(SAMPLES / name).values() for address, (_, kind, _) in found.items() if kind == "f"
        ]
        for name in WORKBOOKS
    }
    assert {name: len(found) for name, found in formulas.items() if found} == {"everything-wrong.xlsx": 1}
