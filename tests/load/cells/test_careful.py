"""The careful reader keeps every cell as the file has it."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from workbooks import MAIN, Cells, MakeBook, careful_sheet, cells_of, parts_of, zipped

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.values import is_blank, number_text
from fupin_cli.model.cells import Kind


def careful(path: Path) -> Cells:
    return cells_of(careful_sheet(path))


def test_it_reads_what_openpyxl_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    values = [
        [None, " 名称 ", "NA", "None", "1,234", "=1", "a\nb", "_x00D_x", "<&>\"'"],
        [0, -1, 1.5, 2995.01, 1e-7, 123456789012345, 1e20, 0.1 + 0.2, -0.0],
        [True, False, date(2018, 5, 1), datetime(2019, 12, 31, 23, 59, 58), date(1990, 1, 1), None, "　", "\u200b", "\xa0"],  # noqa: DTZ001 - a cell has no time zone
    ]
    for row in values:
        sheet.append(row)
    sheet["F1"].data_type = "s"
    book.save(path)
    expected: Cells = {}
    for row in openpyxl.load_workbook(path, data_only=True).active.iter_rows():
        for cell in row:
            match cell.value:
                case None:
                    continue
                case bool():
                    expected[cell.row, cell.column - 1] = (str(cell.value).upper(), Kind.BOOL)
                case datetime():
                    text = cell.value.isoformat(" ").removesuffix(" 00:00:00")
                    expected[cell.row, cell.column - 1] = (text, Kind.DATE)
                case int() | float():
                    expected[cell.row, cell.column - 1] = (number_text(float(cell.value)), Kind.NUMBER)
                case str() if not is_blank(cell.value):
                    expected[cell.row, cell.column - 1] = (cell.value, Kind.TEXT)
    assert careful(path) == expected
    assert len(expected) == 8 + 9 + 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2995.0100000000002, "2995.01"),
        (0.1 + 0.2, "0.3"),
        (349900195001012608, "349900195001013000"),
        (123456789012345678, "123456789012346000"),
        (100.0, "100"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
        (1e21, "1E+21"),
        (1.5e-7, "0.00000015"),
        (1e-20, "1E-20"),
        (0.0001, "0.0001"),
    ],
)
def test_a_number_shows_fifteen_digits_as_excel_does(value: float, text: str) -> None:
    assert number_text(value) == text


def test_an_id_stored_as_a_number_is_a_number(book: MakeBook) -> None:
    path = book('<row r="1"><c r="A1"><v>349900195001012608</v></c><c r="B1"><v>3.4990019500101261E+17</v></c></row>')
    assert careful(path) == {(1, 0): ("349900195001013000", Kind.NUMBER), (1, 1): ("349900195001013000", Kind.NUMBER)}


def test_error_cells_stay_errors(book: MakeBook) -> None:
    path = book('<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    assert careful(path) == {(1, 0): ("#REF!", Kind.ERROR), (1, 1): ("#DIV/0!", Kind.ERROR)}


@pytest.mark.parametrize(("value", "code"), [("NaN", "#NUM!"), ("1e400", "#NUM!"), ("abc", "#VALUE!"), ("1_000", "#VALUE!")])
def test_a_number_that_is_none_costs_its_cell_only(book: MakeBook, value: str, code: str) -> None:
    path = book(f'<row r="1"><c r="A1"><v>{value}</v></c><c r="B1"><v>7</v></c></row>')
    assert careful(path) == {(1, 0): (code, Kind.ERROR), (1, 1): ("7", Kind.NUMBER)}


def test_a_formula_that_openpyxl_wrote_is_uncalculated(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([1, "=A1/3"])
    book.save(tmp_path / "a.xlsx")
    assert careful(tmp_path / "a.xlsx") == {(1, 0): ("1", Kind.NUMBER), (1, 1): ("=A1/3", Kind.UNCALCULATED)}


def test_a_formula_that_xlsxwriter_wrote_is_uncalculated_though_it_says_zero(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=B1*2")
        sheet.write_formula("B1", "=1+1", value=2)
        sheet.write_number("C1", 0)
    assert careful(tmp_path / "a.xlsx") == {
        (1, 0): ("=B1*2", Kind.UNCALCULATED),
        (1, 1): ("2", Kind.NUMBER),
        (1, 2): ("0", Kind.NUMBER),
    }


def test_a_calculated_formula_is_its_value(book: MakeBook) -> None:
    path = book(
        '<row r="1"><c r="A1"><f>B1</f><v>0</v></c><c r="B1" t="str"><f>IF(1,"")</f><v></v></c><c r="C1" t="str"><f>"x"</f><v>x</v></c>'
        '<c r="D1"><f>A1</f></c><c r="E1"><f t="shared" si="0"/></c></row>'
    )
    assert careful(path) == {
        (1, 0): ("0", Kind.NUMBER),
        (1, 2): ("x", Kind.TEXT),
        (1, 3): ("=A1", Kind.UNCALCULATED),
        (1, 4): ("=", Kind.UNCALCULATED),
    }


@pytest.mark.parametrize("number", [14, 22, *range(27, 37), *range(50, 59)])
def test_built_in_date_formats_show_dates_the_chinese_ones_too(book: MakeBook, number: int) -> None:
    assert careful(book('<row r="1"><c r="A1" s="0"><v>43221</v></c></row>', formats=(number,))) == {
        (1, 0): ("2018-05-01", Kind.DATE)
    }


@pytest.mark.parametrize(
    ("code", "kind"), [("yyyy/m/d;@", Kind.DATE), ("yyyy&quot;年&quot;m&quot;月&quot;", Kind.DATE), ("[$-804]d", Kind.DATE)]
)
def test_custom_formats_show_dates(book: MakeBook, code: str, kind: Kind) -> None:
    assert careful(book('<row r="1"><c r="A1" s="0"><v>43221</v></c></row>', formats=(code,))) == {(1, 0): ("2018-05-01", kind)}


@pytest.mark.parametrize(
    "code", ["0.00", "[Red]0.00", "0&quot;days&quot;", "0\\d", "General", "#,##0_d", "[h]:mm", 45, 46, 47, 2, 49]
)
def test_other_formats_show_numbers(book: MakeBook, code: str | int) -> None:
    assert careful(book('<row r="1"><c r="A1" s="0"><v>43221.5</v></c></row>', formats=(code,))) == {
        (1, 0): ("43221.5", Kind.NUMBER)
    }


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (9, "10.2%"),
        (10, "10.2%"),
        ("0.0%", "10.2%"),
        ("0.00%;[Red]\\-0.00%", "10.2%"),
        ("[Red]#,##0.0%_);(#,##0.0%)", "10.2%"),
        ("0.0 %", "10.2%"),
        ("0.00&quot;%&quot;", "0.102"),
        ("0.00\\%", "0.102"),
        ("0.00_%", "0.102"),
        ("0.00;0.00;0.00;@%", "0.102"),
        ("0.00", "0.102"),
    ],
)
def test_a_percent_format_shows_a_hundredfold(book: MakeBook, code: str | int, shown: str) -> None:
    path = book('<row r="1"><c r="A1" s="0"><v>0.102</v></c><c r="B1"><f>1</f><v>0.102</v></c></row>', formats=(code, 0))
    assert careful(path)[1, 0] == (shown, Kind.NUMBER)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0.102", "10.2%"),
        ("0.10199999999999999", "10.2%"),
        ("0.29", "29%"),
        ("0.57", "57%"),
        ("1", "100%"),
        ("50", "5000%"),
        ("-0.005", "-0.5%"),
        ("0", "0%"),
        ("-0", "0%"),
        ("0.123456789012345", "12.3456789012345%"),
        ("1E-20", "0.000000000000000001%"),
        ("1E+22", "1000000000000000000000000%"),
    ],
)
def test_a_percentage_is_exact(book: MakeBook, number: str, shown: str) -> None:
    assert careful(book(f'<row r="1"><c r="A1" s="0"><v>{number}</v></c></row>', formats=(10,))) == {(1, 0): (shown, Kind.NUMBER)}


def test_what_is_no_number_is_no_percentage(book: MakeBook) -> None:
    path = book('<row r="1"><c r="A1" s="0"><v>NaN</v></c><c r="B1" s="0" t="str"><v>0.1</v></c></row>', formats=(10,))
    assert careful(path) == {(1, 0): ("#NUM!", Kind.ERROR), (1, 1): ("0.1", Kind.TEXT)}


def test_a_time_of_day_and_a_duration_are_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([time(6, 0), timedelta(hours=36), datetime(2018, 5, 1, 6)])  # noqa: DTZ001 - a cell has no time zone
    book.save(tmp_path / "a.xlsx")
    assert careful(tmp_path / "a.xlsx") == {
        (1, 0): ("0.25", Kind.NUMBER),
        (1, 1): ("1.5", Kind.NUMBER),
        (1, 2): ("2018-05-01 06:00:00", Kind.DATE),
    }


@pytest.mark.parametrize(
    ("serial", "cell"),
    [
        ("1", ("1900-01-01", Kind.DATE)),
        ("59", ("1900-02-28", Kind.DATE)),
        ("60", ("60", Kind.NUMBER)),
        ("61", ("1900-03-01", Kind.DATE)),
        ("2958465", ("9999-12-31", Kind.DATE)),
        ("2958465.9999999999", ("2958466", Kind.NUMBER)),
        ("2958466", ("2958466", Kind.NUMBER)),
        ("-1", ("-1", Kind.NUMBER)),
        ("43221.99999999", ("2018-05-02", Kind.DATE)),
    ],
)
def test_dates_outside_the_calendar_are_numbers(book: MakeBook, serial: str, cell: tuple[str, Kind]) -> None:
    assert careful(book(f'<row r="1"><c r="A1" s="0"><v>{serial}</v></c></row>', formats=(14,))) == {(1, 0): cell}


def test_the_1904_calendar_gives_the_same_day(tmp_path: Path) -> None:
    for is_1904 in (False, True):
        with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": is_1904}) as book:
            book.add_worksheet().write_datetime(0, 0, datetime(2018, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 - a cell has no time zone
        assert careful(tmp_path / "a.xlsx") == {(1, 0): ("2018-05-01", Kind.DATE)}


def test_iso_dates_of_strict_workbooks_are_dates(book: MakeBook) -> None:
    path = book('<row r="1"><c r="A1" t="d"><v>2018-05-01T00:00:00</v></c><c r="B1" t="d"><v>soon</v></c></row>')
    assert careful(path) == {(1, 0): ("2018-05-01", Kind.DATE), (1, 1): ("#VALUE!", Kind.ERROR)}


def test_prefixes_and_strict_names_are_read(tmp_path: Path) -> None:
    parts = parts_of("")
    parts["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert careful(zipped(tmp_path / "a.xlsx", parts)) == {(2, 1): ("5", Kind.NUMBER)}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><row r="2"></row><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><row r="2"><c r="A2"><v>1</v></c></row></row>',
        '<row r="1"/><c r="A9"><v>1</v></c>',
        '<row r="1"><x:any xmlns:x="other"><c r="A1"><v>1</v></c></x:any></row>',
        '<row r="1"><x:c xmlns:x="other" r="A1"><x:v>1</x:v></x:c></row>',
        '<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>',
        '<row r="1"><c r="A1"><x:v xmlns:x="other">1</x:v></c></row>',
        '<row r="1"><c r="A1"><v>50</v><v>00</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><v>1</v><is><t>5000</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>5000</t></is><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>50</t><t>00</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>50</t><t>00</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><t>5000</t></c></row>',
        '<row r="1"><c r="A1"><f>1</f><f>2</f><v>3</v></c></row>',
        '<row r="1"><c r="A1"><v>50<x:b xmlns:x="other">00</x:b></v></c></row>',
        '<row r="1"><v>1</v></row>',
        '</sheetData><row r="1"><c r="A1"><v>1</v></c></row><sheetData>',
    ],
)
def test_what_stands_in_the_wrong_place_is_refused_and_not_left_out(book: MakeBook, rows: str) -> None:
    with pytest.raises(InputRefused) as refused:
        careful(book(rows))
    assert (refused.value.code, refused.value.facts["where"]) == ("workbook-damaged", "xl/worksheets/sheet1.xml")


def test_a_part_that_is_no_sheet_is_refused(tmp_path: Path) -> None:
    for root in (f'<chartsheet xmlns="{MAIN}"/>', '<worksheet xmlns="other"/>'):
        with pytest.raises(InputRefused) as refused:
            careful(zipped(tmp_path / "a.xlsx", {**parts_of(""), "xl/worksheets/sheet1.xml": root}))
        assert refused.value.code == "workbook-damaged"


def test_what_other_programs_add_to_a_cell_is_no_value(book: MakeBook) -> None:
    added = '<extLst><ext><x:v xmlns:x="other">7</x:v><v>8</v><t>9</t></ext></extLst>'
    path = book(
        f'<row r="1"><c r="A1"><v>5000</v>{added}</c><c r="B1">{added}</c>{added}</row>'
        '<row r="2"><x:more xmlns:x="other"><x:row><x:c/></x:row></x:more><c r="A2"><v>1</v></c></row>'
    )
    assert careful(path) == {(1, 0): ("5000", Kind.NUMBER), (2, 0): ("1", Kind.NUMBER)}


def test_a_text_in_the_cell_is_a_text_whatever_its_type_says(book: MakeBook) -> None:
    for kind in ("", ' t="n"', ' t="s"', ' t="inlineStr"'):
        path = book(f'<row r="1"><c r="A1"{kind}><is><t>0</t></is></c></row>', strings="<sst><si><t>a</t></si></sst>")
        assert careful(path) == {(1, 0): ("0", Kind.TEXT)}


@pytest.mark.parametrize(
    "texts",
    [
        "<si><t>50</t><t>00</t></si>",
        "<x:si xmlns:x='other'><x:t>5</x:t></x:si><si><t>a</t></si>",
        "<si><si><t>a</t></si></si>",
        "<x:y xmlns:x='other'><si><t>a</t></si></x:y>",
        "<t>a</t>",
    ],
)
def test_shared_texts_in_the_wrong_place_are_refused(book: MakeBook, texts: str) -> None:
    with pytest.raises(InputRefused) as refused:
        careful(book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=f'<sst xmlns="{MAIN}">{texts}</sst>'))
    assert (refused.value.code, refused.value.facts["where"]) == ("workbook-damaged", "xl/sharedStrings.xml")


# The examples of ECMA-376 part 1, 22.9.2.19, and what Excel shows for characters beyond the first 65,536.
ESCAPED = [
    ("H1_x000D_", "H1\r"),
    ("样_x0007_甲", "样\x07甲"),
    ("_x0008_", "\x08"),
    ("_x005F_x0008_", "_x0008_"),
    ("_x005f_", "_"),
    ("_x4E2d_文", "中文"),
    ("样_xD83D_甲", "样\ufffd甲"),
    ("甲_xDE00_", "甲\ufffd"),
    ("_xD83D__xDE00_", "\U0001f600"),
    ("_x00D_ _X000D_ _x000G_ x000D_", "_x00D_ _X000D_ _x000G_ x000D_"),
]


@pytest.mark.parametrize(("written", "shown"), ESCAPED)
def test_escaped_characters_are_those_that_excel_shows(book: MakeBook, written: str, shown: str) -> None:
    path = book(
        f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>{written}</t></is></c>'
        f'<c r="C1" t="str"><v>{written}</v></c><c r="D1" t="inlineStr"><is><r><t>_x00</t></r><r><t>0D_</t></r></is></c></row>',
        strings=f"<sst><si><r><t>{written}</t></r></si></sst>",
    )
    assert careful(path) == {**{(1, at): (shown, Kind.TEXT) for at in range(3)}, (1, 3): ("_x000D_", Kind.TEXT)}


def test_a_sheet_has_the_name_that_excel_shows(tmp_path: Path) -> None:
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("户", "_x6237_表")
    assert careful_sheet(zipped(tmp_path / "a.xlsx", parts)).name == "户表"


def test_rich_text_is_joined_without_its_pronunciation(book: MakeBook) -> None:
    strings = "<sst><si><r><t>a </t></r><r><t>b</t></r><rPh sb='0' eb='1'><t>PH</t></rPh></si><si/></sst>"
    path = book('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', strings=strings)
    assert careful(path) == {(1, 0): ("a b", Kind.TEXT)}


def test_rows_and_cells_without_numbers_follow_one_another(book: MakeBook) -> None:
    path = book("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r='C3'><v>3</v></c><c><v>4</v></c></row>")
    assert {key: text for key, (text, _) in careful(path).items()} == {(1, 0): "1", (1, 1): "2", (3, 2): "3", (3, 3): "4"}


def test_blank_rows_are_left_out_and_numbers_kept(book: MakeBook) -> None:
    path = book(
        '<row r="3"><c r="B3"><v>1</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t> \u3000</t></is></c></row><row r="9"><c r="B9"><v>2</v></c></row>'
    )
    sheet = careful_sheet(path)
    assert sheet.rows.to_pylist() == [3, 9]
    assert [len(column.text) for column in sheet.columns] == [2, 2]
    assert sheet.columns[0].text.null_count == 2


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="1048577"/>',
        '<row r="-5"/>',
        '<row r="99999999999999999999"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="é1"><v>1</v></c></row>',
    ],
)
def test_rows_and_cells_out_of_order_are_refused(book: MakeBook, rows: str) -> None:
    with pytest.raises(InputRefused) as refused:
        careful(book(rows))
    assert refused.value.code == "sheet-rows-disordered"


def test_a_shared_text_that_does_not_exist_is_refused(book: MakeBook) -> None:
    for index in ("5", "-1", "x"):
        with pytest.raises(InputRefused) as refused:
            careful(book(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>', strings="<sst><si><t>a</t></si></sst>"))
        assert refused.value.code == "sheet-text-missing"


def test_a_long_text_repeated_without_end_is_refused(book: MakeBook) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 200))
    with pytest.raises(InputRefused) as refused:
        careful(book(rows, strings=f"<sst><si><t>{'x' * 1_000_000}</t></si></sst>"))
    assert refused.value.code == "sheet-too-much-text"


def test_too_many_cells_are_refused(book: MakeBook) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 4200))
    with pytest.raises(InputRefused) as refused:
        careful(book(rows))
    assert refused.value.code == "sheet-too-many-cells"
