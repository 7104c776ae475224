"""Workbooks to fill in: one sheet per table, made from the declarations of its fields."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fupin_cli.messages import Lang, say
from fupin_cli.model.columns import Column, columns
from fupin_cli.model.tables import TABLES
from fupin_cli.packing import packed
from fupin_cli.prepare.examples import MARK, examples
from fupin_cli.prepare.notes import note

#: Rows under the example whose cells have drop-downs and warnings; formats and texts go on below.
ROWS = 5000
_HEADER, _EXAMPLE, _FIRST = 1, 2, 3
#: How cells of a form are shown. Whatever is no number and no date is text, so that no program takes a code for a number.
_FORMATS = {"number": "General", "count": "0", "year": "0", "date": "yyyy-mm-dd"}
#: Units of money that show cents, or as many decimals of 万元 as there are.
_MONEY = {"yuan": "#,##0.00", "10k-yuan": "#,##0.00####"}
_WIDTHS = {"id-number": 24, "phone": 14, "date": 12, "month": 12, "year": 8, "yes-no": 8, "text": 14, "key": 16}
_WIDEST = 26
#: A member without it belongs to no household, so it is as good as a key wherever it stands.
_HOUSEHOLD_KEY = "household_id"


def template(tables: Sequence[str], lang: Lang) -> bytes:
    """An xlsx workbook with a sheet to fill in for each of these tables; its notes speak ``lang``, its headers are Chinese."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(TABLES[table].SHEETS[0]), table, lang)
    return packed(book)


def _fill(sheet: Worksheet, table: str, lang: Lang) -> None:
    declared = columns(TABLES[table])
    shown = examples(table)
    for number, (name, column) in enumerate(declared.items(), start=1):
        letter = get_column_letter(number)
        _write_header(sheet, number, column, is_key=name in (*TABLES[table].KEY, _HOUSEHOLD_KEY), lang=lang)
        form = _format(column)
        # The whole column, so that what is pasted far below keeps its leading zeros.
        sheet.column_dimensions[letter].number_format = form
        sheet.column_dimensions[letter].width = _width(column, len(MARK) * 2 * (number == 1) + units_of(str(shown[name])))
        example = sheet.cell(_EXAMPLE, number, f"{MARK}{shown[name]}" if number == 1 else shown[name])
        example.number_format = form
        example.font = Font(italic=True, color="808080")
        validation = validation_of(column, lang)
        if validation is not None:
            validation.add(f"{letter}{_FIRST}:{letter}{_FIRST + ROWS - 1}")
            sheet.add_data_validation(validation)
    sheet.row_dimensions[_HEADER].height = 34
    sheet.freeze_panes = f"B{_FIRST - 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"


def _write_header(sheet: Worksheet, number: int, column: Column, *, is_key: bool, lang: Lang) -> None:
    cell = sheet.cell(_HEADER, number, column.label)
    cell.number_format = "@"
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FCE4D6" if is_key else "DDEBF7")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    text = note(column, is_key=is_key, lang=lang)
    # 18 pixels a line, and a line holds about 24 characters of Chinese.
    lines = sum(1 + units_of(line) // 48 for line in text.split("\n"))
    cell.comment = Comment(text, "fupin", height=18 * lines + 12, width=320)


def units_of(text: str) -> int:
    """How wide a text is: a Chinese character takes the place of two letters."""
    return sum(1 if character.isascii() else 2 for character in text)


def _format(column: Column) -> str:
    if column.form.name == "number":
        return next((form for unit, form in _MONEY.items() if column.unit.startswith(unit)), _FORMATS["number"])
    return _FORMATS.get(column.form.name, "@")


def _width(column: Column, example: int) -> int:
    """Wide enough for the values, and for the label in two lines."""
    values = max([_WIDTHS.get(column.form.name, 12), example + 2, *(units_of(code) + 4 for code in column.form.codes)])
    return min(max(values, units_of(column.label) // 2 + 4), _WIDEST)


def validation_of(column: Column, lang: Lang) -> DataValidation | None:
    """The drop-down or the bounds of a column; None where anything may stand in it.

    A doubt is only ever a warning: other spellings and older codes are read as well, and a clerk may know better.
    """
    match column.form.name:
        case "code":
            found = DataValidation(type="list", formula1=_listed(column.form.codes))
        case "yes-no":
            found = DataValidation(type="list", formula1=_listed(("是", "否")))
        case "number":
            found = DataValidation(
                type="decimal", operator="between", formula1=str(column.smallest), formula2=str(column.largest)
            )
        case "count":
            found = DataValidation(type="whole", operator="between", formula1=str(column.smallest), formula2=str(column.largest))
        case "year":
            found = DataValidation(type="whole", operator="between", formula1="1900", formula2="2099")
        case "date":
            # 1900-01-01 and 2100-12-31 as a spreadsheet counts days.
            found = DataValidation(type="date", operator="between", formula1="1", formula2="73415")
        case "id-number":
            found = DataValidation(type="textLength", operator="between", formula1="18", formula2="22")
        case _:
            return None
    found.allow_blank = True
    found.showErrorMessage = True
    found.errorStyle = "warning"
    found.errorTitle = say("template-warning-title", lang)
    found.error = say("template-warning", lang)
    return found


def _listed(codes: Sequence[str]) -> str:
    """The list inside the rule itself: spreadsheets allow 255 characters there, and a test holds every list to that."""
    return f'"{",".join(codes)}"'
