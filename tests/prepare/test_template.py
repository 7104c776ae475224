"""Templates: what is declared of a field stands in its column, and what is filled in is read back."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.tables.build import load_tables
from fupin_cli.messages import CATALOGUE, Lang
from fupin_cli.model.columns import Column
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.readers import Cell
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.prepare.examples import examples
from fupin_cli.prepare.template import template

#: The sheets of the field notes.
SHEETS = {
    "household": "户", "person": "人", "village": "村", "county": "县", "procedure": "程序", "support": "帮扶", "township": "乡镇", "team": "工作队",
    "survey": "抽样", "service": "公共服务", "archive": "档案", "fund": "资金", "reconcile": "勾稽",
    "totals": "年度总数",
}  # fmt: skip
COLUMNS = [(table, name) for table in TABLES for name in fields(table)]
BY_FORM = {
    form: [(t, n) for t, n in COLUMNS if fields(t)[n].form.name == form] for form in {fields(t)[n].form.name for t, n in COLUMNS}
}


def of_form(*forms: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("table", "name"), [pair for form in forms for pair in BY_FORM[form]])


@pytest.fixture(scope="module")
def content() -> bytes:
    return template([*TABLES], "zh")


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_of(book: openpyxl.Workbook, table: str) -> Worksheet:
    sheet = book[SHEETS[table]]
    assert isinstance(sheet, Worksheet)
    return sheet


def letter_of(table: str, name: str) -> str:
    return get_column_letter([*fields(table)].index(name) + 1)


def rule_of(book: openpyxl.Workbook, table: str, name: str) -> DataValidation | None:
    """The one validation of a column, if it has one."""
    letter = letter_of(table, name)
    found = [rule for rule in sheet_of(book, table).data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}3:")]
    assert len(found) <= 1
    return found[0] if found else None


def listed(rule: DataValidation) -> list[str]:
    assert rule.type == "list"
    assert rule.formula1[0] == rule.formula1[-1] == '"'
    return list(rule.formula1[1:-1].split(","))


# --- sheets and headers -------------------------------------------------------------------------------------------------


def test_there_is_a_sheet_for_every_table_named_as_agreed(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [SHEETS[table] for table in TABLES]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * len(SHEETS)


@pytest.mark.parametrize("table", TABLES)
def test_headers_are_the_labels_and_stay_in_sight(table: str, book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, table)
    assert [cell.value for cell in sheet[1]] == [column.label for column in fields(table).values()]
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("table", TABLES)
def test_the_first_column_is_part_of_the_key(table: str) -> None:
    assert next(iter(fields(table))) in TABLES[table].KEY


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_header_has_a_note_with_its_names_unit_and_allowed_values(lang: Lang, book: openpyxl.Workbook) -> None:
    book = book if lang == "zh" else openpyxl.load_workbook(io.BytesIO(template([*TABLES], lang)))
    for table, name in COLUMNS:
        column, comment = fields(table)[name], sheet_of(book, table)[f"{letter_of(table, name)}1"].comment
        assert comment is not None
        unit = CATALOGUE[f"unit-{column.unit}"]
        for words in (column.label, name, unit.zh if lang == "zh" else unit.en, *column.form.codes):
            assert words in comment.text, (table, name)


def test_the_note_on_several_items_says_how_to_write_them(book: openpyxl.Workbook) -> None:
    comment = sheet_of(book, "person")[f"{letter_of('person', 'health')}1"].comment
    assert comment is not None
    assert "逗号" in comment.text
    assert "长期慢性病" in comment.text


# --- cells --------------------------------------------------------------------------------------------------------------


@of_form("key", "id-number", "phone", "text", "code", "codes", "items", "month", "yes-no")
def test_numbers_of_people_and_codes_are_text_so_that_no_digit_is_lost(table: str, name: str, book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, table)
    letter = letter_of(table, name)
    # The format of the whole column counts where there is no cell yet.
    assert sheet.column_dimensions[letter].number_format == "@"
    assert sheet[f"{letter}2"].number_format == "@"


@of_form("date")
def test_dates_have_a_date_format_and_a_range(table: str, name: str, book: openpyxl.Workbook) -> None:
    assert sheet_of(book, table).column_dimensions[letter_of(table, name)].number_format == "yyyy-mm-dd"
    rule = rule_of(book, table, name)
    assert rule is not None
    first, last = (date.fromordinal(date(1899, 12, 30).toordinal() + int(text)) for text in (rule.formula1, rule.formula2))
    # A spreadsheet's first day is 1900-01-01, which it counts as 1 (its 1900 has a 29 February).
    assert (rule.type, first, last) == ("date", date(1899, 12, 31), date(2100, 12, 31))


@of_form("yes-no")
def test_yes_and_no_are_offered(table: str, name: str, book: openpyxl.Workbook) -> None:
    rule = rule_of(book, table, name)
    assert rule is not None
    assert listed(rule) == ["是", "否"]


@of_form("code")
def test_the_values_of_a_code_list_are_offered(table: str, name: str, book: openpyxl.Workbook) -> None:
    rule = rule_of(book, table, name)
    assert rule is not None
    assert listed(rule) == list(fields(table)[name].form.codes)


@of_form("code")
def test_no_list_is_longer_than_a_spreadsheet_allows_inside_a_rule(table: str, name: str, book: openpyxl.Workbook) -> None:
    rule = rule_of(book, table, name)
    assert rule is not None
    assert len(rule.formula1) <= 255
    assert not any('"' in code or "," in code for code in fields(table)[name].form.codes)


@of_form("number", "count")
def test_numbers_have_the_bounds_of_their_field(table: str, name: str, book: openpyxl.Workbook) -> None:
    column, rule = fields(table)[name], rule_of(book, table, name)
    assert rule is not None
    assert rule.type == {"number": "decimal", "count": "whole"}[column.form.name]
    assert (int(rule.formula1), int(rule.formula2)) == (column.smallest, column.largest)


def rules(book: openpyxl.Workbook) -> Iterator[DataValidation]:
    for sheet in book.worksheets:
        yield from sheet.data_validations.dataValidation


def test_a_doubt_is_a_warning_never_a_bar_and_covers_thousands_of_rows_but_not_the_example(book: openpyxl.Workbook) -> None:
    for rule in rules(book):
        assert (rule.errorStyle, rule.showErrorMessage, rule.allow_blank) == ("warning", True, True)
        _, first, _, last = range_boundaries(str(rule.sqref))
        assert first == 3
        assert last >= 5000


def test_every_column_is_wide_enough_for_its_example(book: openpyxl.Workbook) -> None:
    for table, name in COLUMNS:
        sheet, letter = sheet_of(book, table), letter_of(table, name)
        value = sheet[f"{letter}2"].value
        text = value.date().isoformat() if isinstance(value, datetime) else str(value or "")
        needed = sum(1 if character.isascii() else 2 for character in text)
        assert sheet.column_dimensions[letter].width >= needed, (table, name)


# --- the example --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_the_example_row_is_marked_in_its_first_cell(table: str, book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, table)
    assert str(sheet["A2"].value).startswith("示例：")
    assert sheet.max_row == 2


@pytest.mark.parametrize(("table", "name"), COLUMNS)
def test_an_example_is_a_value_of_its_field(table: str, name: str) -> None:
    value = examples(table)[name]
    if value is not None:
        column: Column = fields(table)[name]
        assert column.adapter.validate_python(Cell(str(value))) is not None


def test_nobody_in_the_examples_is_real() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for table, name in BY_FORM["id-number"]:
        number = str(examples(table)[name])
        assert number.startswith("349900")
        remainder = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
        assert number[17] == "10X98765432"[remainder]
    for table, name in BY_FORM["phone"]:
        # No network gives out numbers that begin with 10.
        assert str(examples(table)[name]).startswith("10")
    names = [
        ("household", "head_name"),
        ("person", "name"),
        ("household", "county"),
        ("village", "village"),
        ("county", "county"),
    ]
    assert all(str(examples(table)[name]).startswith("样") for table, name in names)


def test_the_income_of_the_example_household_adds_up() -> None:
    """人均纯收入 = (工资性 + 生产经营性 + 财产性 + 转移性 − 生产经营性支出) ÷ 家庭人口数."""
    home = {name: value for name, value in examples("household").items() if isinstance(value, (Decimal, int))}
    parts = (
        home["wage_income"]
        + home["business_income"]
        + home["property_income"]
        + home["transfer_income"]
        - home["business_expense"]
    )
    assert parts == home["income_per_capita"] * home["household_size"] == home["annual_income"]
    assert home["property_income"] == home["asset_income"] + home["other_property_income"]
    transfers = ("family_planning", "dibao", "tekun", "pension", "ecological")
    assert home["transfer_income"] == sum(home[f"{name}_payment"] for name in transfers) + home["other_transfer_income"]


# --- bytes --------------------------------------------------------------------------------------------------------------


def test_the_same_template_is_the_same_bytes_and_knows_no_time(content: bytes) -> None:
    assert template([*TABLES], "zh") == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert str(date.today().year) not in properties.replace("http://", "").split("created")[1]  # noqa: DTZ011  # any clock would do
    assert "2000-01-01T00:00:00Z" in properties


# --- read back ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The workbook with one row in every sheet: the example without its mark."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for table in TABLES:
        sheet = sheet_of(book, table)
        for number, value in enumerate(examples(table).values(), start=1):
            cell = sheet.cell(3, number, value)
            cell.number_format = sheet.column_dimensions[cell.column_letter].number_format
    path = tmp_path_factory.mktemp("模板") / "全部.xlsx"
    book.save(path)
    return load_tables([read_file(str(path))])


def test_a_filled_template_reads_back_without_a_problem(filled: Loaded) -> None:
    # One note for each example row that was left out, and nothing else.
    assert [(problem.code, problem.severity) for problem in filled.problems] == [("row-skipped-example", "info")] * len(TABLES)
    assert [(sheet.name, sheet.table, sheet.header_row) for sheet in filled.inputs[0].sheets] == [
        (SHEETS[table], table, 1) for table in TABLES
    ]
    for sheet in filled.inputs[0].sheets:
        assert (sheet.rows.read, sheet.rows.decided, sheet.rows.skipped) == (2, 1, 1)


def as_read(value: object, form: str) -> object:
    match form, value:
        case "yes-no", str():
            return {"是": True, "否": False}[value]
        case "items", str():
            # The order of the items says nothing.
            return ",".join(sorted(value.split(",")))
    return value


@pytest.mark.parametrize("table", TABLES)
def test_every_value_that_was_filled_in_is_read(table: str, filled: Loaded) -> None:
    read = {name: filled.tables[table].data.column(name).to_pylist() for name in fields(table)}
    assert read == {name: [as_read(value, fields(table)[name].form.name)] for name, value in examples(table).items()}


def test_an_empty_template_has_no_data_rows_and_says_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        load_tables([read_file(str(path))])
    assert (refused.value.code, refused.value.facts["sheet"]) == ("sheet-without-records", "户")
