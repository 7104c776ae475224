"""Workbooks in which every field of every table is hostile, and what of it must be seen nowhere."""

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from fupin_cli.model.tables import TABLES, fields

#: Made up: their area and bank do not exist.
ID18, ID15, PHONE, CARD = "349900199003077774", "349900900307777", "13912345678", "9998020200112233445"
LANDLINE = "0559-65432187"
NUMBERS = (ID18, ID15, PHONE, CARD, LANDLINE)
#: The same as people write them, and as spreadsheets spoil them.
SPELT = (
    f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}",
    f"{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}",
    f"{ID18[:6]} {ID18[6:14]} {ID18[14:]}",
    f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
    PHONE.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
    f"{PHONE[:3]}/{PHONE[3:7]}/{PHONE[7:]}",
    f"{ID18[:6]}，{ID18[6:14]}，{ID18[14:]}",
    f"（{LANDLINE[:4]}）{LANDLINE[5:]}",
    f"{LANDLINE[:4]}\u3000{LANDLINE[5:]}",
)
PERSONAL = (*NUMBERS, *SPELT)
SCRIPT, IMAGE = "<script>canary(1)</script>", '"><img src=x onerror=canary(2)>'
LINKS = (
    "http://canary.example/a",
    "www.canary.example",
    "javascript:canary(3)",
    "[canary](http://canary.example)",
    "canary@canary.example",
)
FORMULAS = ('=HYPERLINK("http://canary.example","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "＝1+1", "\t=1+1", "=1+1")
STEERING = (
    "\x1b[31mcanary\x1b[0m",
    "\u202ecanary\u202c",
    "canary\r\n::error::canary",
    "canary\u2066\u2069",
    "a\u0000b".replace("\u0000", "\u0007"),
)
MARKUP = (
    "| canary | b |",
    "*canary* `b` ~c~",
    "<!-- canary -->",
    "# canary",
    "]]>canary",
    "{{ 7*7 }}",
    "%0A::error::canary",
    "<r>canary</r>",
    "${canary}",
)
LONG = ("长" * 200, "W" * 200)
VALUES = (*PERSONAL, SCRIPT, IMAGE, *LINKS, *FORMULAS, *STEERING, *MARKUP, *LONG)
BOOK = f"<img onerror=canary(4)> =1+1 &amp; [x](y) \x1b[31m好{ID18}、{PHONE}.xlsx"
YEAR, ROWS, STRIDE = 2018, 4, 10


def workbook(path: Path, *tables: str, year: int = YEAR) -> Path:
    """Every field of these tables holds every value in some row; the first field that tells the year holds it."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(f"{TABLES[table].SHEETS[0]}{PHONE}")
        for row in _rows(table, year):
            sheet.append([_cell(sheet, value) for value in row])
    strange = book.create_sheet(f"{PHONE} <b>=1")
    strange.append([_cell(strange, value) for value in VALUES[:20]])
    book.save(path)
    return path


def _cell(sheet: object, value: object) -> object:
    if not isinstance(value, str):
        return value
    # As a file written by another program has it: openpyxl itself refuses what steers.
    cell = WriteOnlyCell(sheet, value=value.translate({7: "_", 27: "_"}))  # type: ignore[arg-type]
    cell.data_type = "s"
    return cell


def _rows(table: str, year: int) -> Iterator[list[object]]:
    """A heading and some rows: the values go through the columns so that each stands in every kind of column."""
    declared = list(fields(table).values())
    odd = [f"{SCRIPT}{PHONE}", f"=1+{ID18}", "| [x](http://canary.example) |"]
    yield [*(column.label for column in declared), *odd]
    for number in range(ROWS):
        row: list[object] = []
        for place, column in enumerate([*declared, *odd]):
            value = VALUES[(number * STRIDE + place) % len(VALUES)]
            if isinstance(column, str) or column.form.name in ("text", "id-number") or number % 3 == 0:
                row.append(value)
            elif column.form.name == "key":
                # Numbered, so that no two rows are one subject.
                row.append(value if value in PERSONAL else f"{value}{number}")
            else:
                row.append(1 if column.form.name in ("count", "number", "decimal") else None)
        row[[column.name for column in declared].index("year") if "year" in fields(table) else len(row) - 1] = year
        yield row


def figures(path: Path) -> Path:
    """A sheet of declared figures."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("勾稽")
    sheet.append(["项目", "申报数", "关系", "组成", "单位", "容差"])
    for number, value in enumerate(VALUES):
        row: list[object] = [value, "5", "=", "2+4", "户", None]
        if number % 2:
            row = [value] * 6
        sheet.append([_cell(sheet, one) for one in row])
    book.save(path)
    return path
