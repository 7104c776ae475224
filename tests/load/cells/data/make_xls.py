"""Write the old workbooks beside this script: ``python make_xls.py``. Needs xlwt 1.3, which nobody maintains and nothing else needs.

What stands in them is said in test_xls.py. xlwt cannot write Excel's built-in Chinese date format, errors with a formula's flag
off, or a calculated formula; those are set in the records afterwards.
"""

import struct
from datetime import datetime
from pathlib import Path

import xlwt

HERE = Path(__file__).parent
CHINESE_DATE, CHINESE_CODE = 31, 'yyyy"年"m"月"d"日"'
CALCULATED = 2.5
XF, FORMULA, FORMAT = 0x00E0, 0x0006, 0x041E


def style(code: str) -> xlwt.XFStyle:
    one = xlwt.XFStyle()
    one.num_format_str = code
    return one


def cells(book: xlwt.Workbook) -> None:
    sheet = book.add_sheet("户")
    sheet.write_merge(0, 0, 0, 5, "某县农户表")
    for column, name in enumerate(("编号", "收入", "日期", "中文日期", "是否", "错误", "公式", "算过的公式", "时长")):
        sheet.write(1, column, name)
    day = datetime(2018, 5, 1)  # noqa: DTZ001 - a cell has no time zone
    sheet.write(2, 0, "349900000001")
    sheet.write(2, 1, 2995.01)
    sheet.write(2, 2, day, style("yyyy/m/d"))
    sheet.write(2, 3, day, style(CHINESE_CODE))
    sheet.write(2, 4, True)
    sheet.row(2).set_cell_error(5, "#REF!")
    sheet.write(2, 6, xlwt.Formula("B3*2"))
    sheet.write(2, 7, xlwt.Formula("B3/2"))
    sheet.write(2, 8, 1.5, style("[h]:mm"))
    sheet.write_merge(3, 5, 0, 0, 349900195001012608)
    sheet.write(3, 1, 0.1 + 0.2)
    sheet.write(4, 1, "　")
    sheet.write(5, 1, "NA")
    sheet.write(7, 1, -5)
    sheet.row(4).hidden = True
    sheet.row(7).hidden = True
    sheet.row(9).hidden = True
    hidden = book.add_sheet("草稿")
    hidden.visibility = 1
    hidden.write(0, 0, "x")
    book.add_sheet("空")


def patched(content: bytes) -> bytes:
    """The workbook with the Chinese date format and a calculated formula."""
    data = bytearray(content)
    at = 512
    codes: dict[int, str] = {}
    formulas = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        start = at + 4
        if kind == FORMAT:
            codes[struct.unpack_from("<H", data, start)[0]] = bytes(data[start + 5 : start + length]).decode(
                "utf-16-le", "replace"
            )
        if kind == XF and codes.get(struct.unpack_from("<H", data, start + 2)[0]) == CHINESE_CODE:
            struct.pack_into("<H", data, start + 2, CHINESE_DATE)
        if kind == FORMULA:
            formulas += 1
            if formulas == 2:
                struct.pack_into("<dH", data, start + 6, CALCULATED, 0)
        if kind == 0 and length == 0:
            break
        at = start + length
    return bytes(data)


def main() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    cells(book)
    book.save(HERE / "cells.xls")
    (HERE / "cells.xls").write_bytes(patched((HERE / "cells.xls").read_bytes()))
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("户").write(0, 0, 39568, style("yyyy-mm-dd"))
    book.save(HERE / "from-1904.xls")


if __name__ == "__main__":
    main()
