"""Cells that do not hold what they seem to hold."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter

from faulttable.making import (
    CANARY,
    LETTER,
    MAY_DAY,
    Day,
    Value,
    Xml,
    csv_text,
    parts,
    roster,
    rows_of,
    rows_xml,
    text_rows,
    with_cell,
    workbook,
    written,
)
from faulttable.row import Fault, Group, Reads, Refused


def quarantined(name: str, code: str, row: int = 2) -> Reads:
    """One value is missing, with this problem at its cell; everything else is read."""
    return Reads({f"户!{LETTER[name]}{row}": code}, changed={name: None})


def becomes(**changed: object) -> Reads:
    """One value of the first household is this."""
    return Reads(changed=changed)


def one(identity: str, zh: str, en: str, expected: Reads | Refused, waiting: str = "", **changed: Value) -> Fault:
    """A row whose file is the sound roster with other cells in the first household."""
    return Fault(identity, zh, en, expected, with_cell(**changed), waiting=waiting)


def raw(type_and_style: str, value: str) -> Xml:
    return Xml(f'<c r="@"{type_and_style}><v>{value}</v></c>')


def formula(value: str | None, *, kind: str = "", text: str = "A1*2") -> Xml:
    cached = "" if value is None else f"<v>{value}</v>"
    return Xml(f'<c r="@"{kind}><f>{text}</f>{cached}</c>')


def _by_openpyxl(folder: Path) -> Path:
    """A formula as openpyxl saves it: without a value."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "户"
    for row in _plain():
        sheet.append(row)
    sheet["F2"] = "=2500*2"
    book.save(folder / "户.xlsx")
    return folder / "户.xlsx"


def _by_xlsxwriter(folder: Path) -> Path:
    """A formula as xlsxwriter saves it: with the value 0 that nobody calculated."""
    with xlsxwriter.Workbook(folder / "户.xlsx") as book:
        sheet = book.add_worksheet("户")
        for number, row in enumerate(_plain()):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 5, "=2500*2")
    return folder / "户.xlsx"


def _plain() -> list[list[object]]:
    return [
        ["2018-05-01" if value == Day(MAY_DAY) else "2018-05-02" if isinstance(value, Day) else value for value in row]
        for row in roster()
    ]


_shared = roster(income_per_capita=Xml('<c r="@"><f t="shared" ref="F2:F3" si="0">A1*2</f><v>5000</v></c>'))
_shared[2][5] = Xml('<c r="@"><f t="shared" si="0"/></c>')

_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!")
ERRORS = Group(
    "errors",
    "错误值与没有计算的公式",
    "Error cells, and formulas that nobody calculated",
    [
        *(
            one(
                f"error-{code.strip('#!?').lower().replace('/', '')}",
                f"错误值 {code}",
                f"The error {code}",
                quarantined("income_per_capita", "cell-error"),
                income_per_capita=raw(' t="e"', code),
            )
            for code in _ERRORS
        ),
        one(
            "error-in-text",
            "文字列里的 #N/A",
            "#N/A in a column of texts",
            quarantined("head_name", "cell-error"),
            head_name=raw(' t="e"', "#N/A"),
        ),
        one(
            "error-by-formula",
            "公式算出错误值",
            "A formula that gives an error",
            quarantined("income_per_capita", "cell-error"),
            income_per_capita=formula("#DIV/0!", kind=' t="e"'),
        ),
        one("formula-calculated", "公式有结果", "A formula with its value", Reads(), income_per_capita=formula("5000")),
        one(
            "formula-bare",
            "公式没有结果",
            "A formula without a value",
            quarantined("income_per_capita", "formula-uncalculated"),
            income_per_capita=formula(None),
        ),
        Fault(
            "formula-openpyxl",
            "openpyxl 写的公式（没有结果）",
            "A formula written by openpyxl (no value)",
            quarantined("income_per_capita", "formula-uncalculated"),
            _by_openpyxl,
        ),
        Fault(
            "formula-xlsxwriter",
            "xlsxwriter 写的公式（结果一律写成 0）",
            "A formula written by xlsxwriter (0 for every value)",
            quarantined("income_per_capita", "formula-uncalculated"),
            _by_xlsxwriter,
        ),
        Fault(
            "formula-shared",
            "共用公式的格没有结果",
            "A cell of a shared formula without a value",
            Reads(
                {"户!F3": "formula-uncalculated"},
                households=("H1", "H2"),
                holds={("household", "income_per_capita"): [Decimal(5000), None]},
            ),
            rows_of(_shared),
        ),
        one(
            "formula-empty-text",
            "公式的结果是空文字",
            "A formula whose value is an empty text",
            becomes(head_name=None),
            head_name=formula("", kind=' t="str"'),
        ),
    ],
)

_damaged = "id-as-number"
_fifteen = CANARY[:15] + "000"
_text_ids = csv_text([[*row[:3], f'="{row[3]}"' if at else row[3], *row[4:]] for at, row in enumerate(text_rows())])
IDENTITY = Group(
    "identity",
    "证件号码与户编号（绝不修补）",
    "Identity and household numbers (never repaired)",
    [
        one(
            "id-number",
            "存成数字，末位变了",
            "Stored as a number: its last digits are gone",
            quarantined("head_id_number", _damaged),
            head_id_number=raw("", CANARY),
        ),
        one(
            "id-scientific-number",
            "存成数字，文件里是科学记数法",
            "Stored as a number in scientific form",
            quarantined("head_id_number", _damaged),
            head_id_number=raw("", "3.49900196512315E+17"),
        ),
        one(
            "id-scientific-text",
            "文字“3.49900196512315E+17”",
            "The text “3.49900196512315E+17”",
            quarantined("head_id_number", _damaged),
            head_id_number="3.49900196512315E+17",
        ),
        one(
            "id-000",
            "文字，末三位成了 000",
            "A text that ends in 000",
            quarantined("head_id_number", "id-truncated"),
            head_id_number=_fifteen,
        ),
        Fault(
            "id-number-among-texts",
            "一列文字号码里有一个是数字（快速读表程序会把它变成看似正确的文字）",
            "One number among ID numbers that are texts (fast readers make a plausible text of it)",
            Reads({"户!D3": _damaged}, holds={("household", "head_id_number"): [CANARY, None]}, households=("H1", "H2")),
            rows_of([*roster()[:2], [*roster()[2][:3], raw("", "349900198308172320"), *roster()[2][4:]]]),
        ),
        one("id-17", "少一位", "One character short", quarantined("head_id_number", "id-malformed"), head_id_number=CANARY[:17]),
        one(
            "id-raised",
            "带上标数字",
            "A raised digit in it",
            quarantined("head_id_number", "id-malformed"),
            head_id_number=CANARY[:17] + "²",
        ),
        one("id-date", "变成了日期", "Turned into a date", quarantined("head_id_number", _damaged), head_id_number=Day(MAY_DAY)),
        one(
            "id-full-width",
            "全角数字",
            "Full-width digits",
            Reads(told=("cells-folded",)),
            head_id_number=CANARY.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        ),
        one(
            "id-spaces",
            "夹着空格、不间断空格、全角空格、零宽字符",
            "Blanks, no-break, ideographic and zero-width spaces in it",
            Reads(told=("cells-folded",)),
            head_id_number=f"\u00a0{CANARY[:6]} {CANARY[6:14]}\u3000{CANARY[14:]}\u200b\ufeff",
        ),
        Fault(
            "id-lower-x",
            "小写 x",
            "A lower-case x",
            Reads(),
            rows_of([*roster()[:2], [*roster()[2][:3], str(roster()[2][3]).lower(), *roster()[2][4:]]]),
        ),
        one(
            "id-apostrophe",
            "开头多了一个单引号",
            "An apostrophe before it",
            quarantined("head_id_number", "id-malformed"),
            head_id_number="'" + CANARY,
        ),
        Fault(
            "id-quoted-csv",
            'csv 里写成 ="号码"',
            'Written ="number" in a csv',
            Reads(
                {"D2": "id-malformed", "D3": "id-malformed"},
                holds={("household", "head_id_number"): [None, None]},
                households=("H1", "H2"),
            ),
            written("户.csv", _text_ids),
        ),
        one(
            "id-999999",
            "999999… 表示没有号码",
            "999999… means that there is no number",
            becomes(head_id_number=None),
            head_id_number="999999" + "9" * 12,
        ),
        one(
            "key-number",
            "户编号存成 16 位以上的数字",
            "A household number of more than 15 digits stored as a number",
            Reads({"户!A2": "number-too-long"}, households=(None, "H2")),
            household_id=raw("", "34990001000100012"),
        ),
        one(
            "key-scientific",
            "户编号成了“3.4E+11”",
            "A household number that reads “3.4E+11”",
            Reads({"户!A2": "number-too-long"}, households=(None, "H2")),
            household_id="3.499E+11",
        ),
        one(
            "key-full-width",
            "户编号是全角",
            "A household number in full width",
            Reads(told=("cells-folded",)),
            household_id="Ｈ１\u3000",
        ),
    ],
)

_SPACED: Mapping[str, str] = {
    "household_id": "户 编 号",
    "year": "年\u3000度",
    "income_per_capita": "人均\n纯收入",
    "water_safe": "\u200b饮水安全\u00a0",
}
FOLDED = Group(
    "folded",
    "看不见的字符与姓名",
    "Invisible characters, and names",
    [
        Fault(
            "header-spaces",
            "表头里有空格、换行、零宽字符",
            "Blanks, line ends and zero-width characters in headers",
            Reads(),
            rows_of(roster(_SPACED)),
        ),
        Fault(
            "header-full-width",
            "表头用全角括号",
            "Full-width parentheses in headers",
            Reads(),
            rows_of(roster({"income_per_capita": "人均纯收入（元）"})),
        ),
        Fault(
            "header-half-width",
            "表头用半角括号",
            "Half-width parentheses in headers",
            Reads(),
            rows_of(roster({"income_per_capita": "人均纯收入(元)"})),
        ),
        one(
            "number-full-width",
            "收入是全角数字",
            "An income in full-width digits",
            Reads(told=("cells-folded",)),
            income_per_capita="５０００．００",
        ),
        one(
            "number-spaces",
            "收入里有不间断空格",
            "A no-break space in an income",
            Reads(told=("cells-folded",)),
            income_per_capita="5\u00a0000",
        ),
        one(
            "yes-spaces",
            "“是”后面有零宽字符",
            "A zero-width character after 是",
            Reads(told=("cells-folded",)),
            water_safe="是\u200b",
        ),
        one(
            "name-inner-space",
            "姓名中间的空格原样保留",
            "A blank inside a name stays",
            becomes(head_name="样　甲"),
            head_name="样　甲",
        ),
        one(
            "name-full-width",
            "姓名里的全角字母原样保留",
            "Full-width letters in a name stay",
            becomes(head_name="样Ａ·甲"),
            head_name="样Ａ·甲",
        ),
        one("name-rare", "生僻字（扩展 B 区）", "A rare character (extension B)", becomes(head_name="样𠮷"), head_name="样𠮷"),
        *(
            one(
                f"name-{text.lower().strip('#=/')}",
                f"姓名就是“{text}”",
                f"Somebody is called “{text}”",
                becomes(head_name=text),
                head_name=text,
            )
            for text in ("NA", "None", "null", "nan", "TRUE", "#N/A")
        ),
        one("name-formula", "姓名像公式“=1+1”", "A name like a formula", becomes(head_name="=1+1"), head_name="=1+1"),
        one(
            "name-rich",
            "姓名分段着色、带拼音",
            "A name in coloured pieces, with its pronunciation",
            Reads(),
            head_name=Xml(
                '<c r="@" t="inlineStr"><is><r><t>样</t></r><r><rPr><b/></rPr><t>甲</t></r><rPh sb="0" eb="1"><t>yang</t></rPh></is></c>'
            ),
        ),
        one(
            "name-control",
            "姓名里有控制字符",
            "A control character in a name",
            becomes(head_name="样\x07甲"),
            head_name="样_x0007_甲",
        ),
        one(
            "name-surrogate",
            "姓名里有半个字符（孤立代理项）",
            "Half a character in a name (a lone surrogate)",
            becomes(head_name="样\ufffd甲"),
            head_name="样_xD83D_甲",
        ),
        one(
            "name-long",
            "一格超过 32,767 个字符",
            "A cell of more than 32,767 characters",
            becomes(head_name="样" * 40_000),
            head_name="样" * 40_000,
        ),
    ],
)


def _number(identity: str, text: str, value: str | None, zh: str = "", en: str = "") -> Fault:
    expected = (
        becomes(income_per_capita=Decimal(value)) if value is not None else quarantined("income_per_capita", "number-unreadable")
    )
    return one(
        f"number-{identity}", zh or f"收入写成“{text}”", en or f"An income written “{text}”", expected, income_per_capita=text
    )


NUMBERS = Group(
    "numbers",
    "数字：写明的写法都能读，其余作未知",
    "Numbers: declared forms are read, the rest is unknown",
    [
        _number("grouped", "3,999.995", "3999.995"),
        _number("yuan", "￥4000元", "4000"),
        _number("plus", "+4000", "4000"),
        _number("underscore", "1_000", None),
        _number("arabic", "٤٠٠٠", None, "收入用阿拉伯文数字", "An income in Arabic digits"),
        _number("chinese", "四千", None),
        _number("scientific", "4e3", None),
        _number("letter-o", "3,20O", None, "收入里有字母 O", "The letter O in an income"),
        _number("ill-grouped", "4,00", None),
        _number("power", "10²", None),
        _number("hexadecimal", "0x10", None),
        _number("nan-text", "NaN", None),
        _number("none", "无", None),
        _number("dash", "-", None),
        _number("about", "约4000", None),
        one(
            "number-nan",
            "单元格里是 NaN",
            "A number cell with NaN",
            quarantined("income_per_capita", "cell-error"),
            income_per_capita=raw("", "NaN"),
        ),
        one(
            "number-1e400",
            "单元格里是 1e400",
            "A number cell with 1e400",
            quarantined("income_per_capita", "cell-error"),
            income_per_capita=raw("", "1e400"),
        ),
        one(
            "number-1e15",
            "收入 1,000,000,000,000,000 元",
            "An income of 10¹⁵ yuan",
            quarantined("income_per_capita", "value-out-of-range"),
            income_per_capita=raw("", "1E15"),
        ),
        one(
            "number-float",
            "浮点误差 2995.0100000000002",
            "Float noise: 2995.0100000000002",
            becomes(income_per_capita=Decimal("2995.01")),
            income_per_capita=raw("", "2995.0100000000002"),
        ),
        one(
            "number-bool",
            "收入是 TRUE",
            "TRUE for an income",
            quarantined("income_per_capita", "number-unreadable"),
            income_per_capita=raw(' t="b"', "1"),
        ),
        one(
            "number-date",
            "收入变成了日期",
            "A date for an income",
            quarantined("income_per_capita", "number-unreadable"),
            income_per_capita=Day(MAY_DAY),
        ),
        one(
            "members-half", "家庭人口数 3.5", "3.5 members", quarantined("household_size", "count-not-whole"), household_size=3.5
        ),
        one("members-zero", "家庭人口数 0", "0 members", quarantined("household_size", "value-zero"), household_size=0),
        one(
            "yes-maybe",
            "“饮水安全”写“基本”",
            "基本 for yes or no",
            quarantined("water_safe", "yes-no-unreadable"),
            water_safe="基本",
        ),
        Fault(
            "percent",
            "百分数格式 10.2%（文件里存的是 0.102）",
            "10.2% in a percent format (the file holds 0.102)",
            Reads(rows=(1, 1, 0, 0), holds={("county", "income_growth"): [Decimal("10.2")]}),
            rows_of(
                [["县名称", "年度", "农村居民人均可支配收入增幅"], ["样县", 2018, raw(' s="2"', "0.102")]],
                formats=("General", 14, 10),
            ),
        ),
        Fault(
            "percent-of-yuan",
            "收入用了百分数格式",
            "An income in a percent format",
            quarantined("income_per_capita", "number-unreadable"),
            rows_of(roster(income_per_capita=raw(' s="2"', "50")), formats=("General", 14, 10)),
        ),
        Fault(
            "unit-wan",
            "表头写（万元）",
            "The header says (万元)",
            becomes(income_per_capita=Decimal(5000)),
            rows_of(
                [
                    list(roster({"income_per_capita": "人均纯收入（万元）"})[0]),
                    *[[*row[:5], value, *row[6:]] for row, value in zip(roster()[1:], ("0.5", "0.299501"), strict=True)],
                ]
            ),
        ),
        Fault(
            "unit-unknown",
            "表头写（美元）：整列作未知",
            "The header says (美元): the column is unknown",
            Reads(
                {"户!F1": "header-unit-unknown"},
                holds={("household", "income_per_capita"): [None, None]},
                households=("H1", "H2"),
            ),
            rows_of(roster({"income_per_capita": "人均纯收入（美元）"})),
        ),
    ],
)

_BUILT_IN = (*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58)
_epoch = '<workbookPr date1904="1"/>'


def _dated(identity: str, zh: str, en: str, expected: Reads, value: Value) -> Fault:
    return one(f"date-{identity}", zh, en, expected, verified_date=value)


DATES = Group(
    "dates",
    "日期",
    "Dates",
    [
        Fault(
            "date-1904",
            "从 1904 年起算的工作簿",
            "A workbook that counts from 1904",
            Reads(),
            workbook(
                parts(
                    rows_xml([roster()[0], *[[*row[:7], Day(MAY_DAY - 1462 + at)] for at, row in enumerate(roster()[1:])]]),
                    properties=_epoch,
                )
            ),
        ),
        *(
            Fault(
                f"date-format-{number}",
                f"内置日期格式 {number}",
                f"The built-in date format {number}",
                Reads(),
                rows_of(roster(), formats=("General", number)),
            )
            for number in _BUILT_IN
        ),
        Fault(
            "date-format-own",
            "自定义格式 yyyy年m月d日",
            "A format of one's own: yyyy年m月d日",
            Reads(),
            rows_of(roster(), formats=("General", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@")),
        ),
        _dated("iso", "2018-05-01", "2018-05-01", Reads(), "2018-05-01"),
        _dated("slashes", "2018/5/1", "2018/5/1", Reads(), "2018/5/1"),
        _dated("points", "1990.05.01", "1990.05.01", becomes(verified_date=date(1990, 5, 1)), "1990.05.01"),
        _dated("chinese", "2018年5月1日", "2018年5月1日", Reads(), "2018年5月1日"),
        _dated("eight", "20180501", "20180501", Reads(), "20180501"),
        _dated("eight-float", "20180501.0", "20180501.0", Reads(), "20180501.0"),
        _dated("eight-number", "数字 20180501", "The number 20180501", Reads(), 20180501),
        _dated("midnight", "2018-05-01 00:00:00", "2018-05-01 00:00:00", Reads(), "2018-05-01 00:00:00"),
        _dated("month", "1990年5月", "1990年5月", quarantined("verified_date", "date-without-day"), "1990年5月"),
        _dated("six", "201912", "201912", quarantined("verified_date", "date-without-day"), "201912"),
        _dated("six-number", "数字 201912", "The number 201912", quarantined("verified_date", "date-without-day"), 201912),
        _dated(
            "serial",
            "没有设成日期格式的序列号 43221",
            "The serial number 43221 without a date format",
            quarantined("verified_date", "date-as-number"),
            MAY_DAY,
        ),
        _dated("year-only", "数字 2018", "The number 2018", quarantined("verified_date", "date-as-number"), 2018),
        _dated("31-february", "2018-02-31", "2018-02-31", quarantined("verified_date", "date-unreadable"), "2018-02-31"),
        _dated(
            "29-february-1900",
            "序列号 60（1900 年 2 月 29 日，没有这一天）",
            "Serial number 60 (29 February 1900, which never was)",
            quarantined("verified_date", "date-as-number"),
            Day(60),
        ),
        _dated("year-2999", "2999-01-01", "2999-01-01", quarantined("verified_date", "date-out-of-range"), "2999-01-01"),
        _dated(
            "american",
            "5/1/2018（哪个是月？）",
            "5/1/2018 (which is the month?)",
            quarantined("verified_date", "date-unreadable"),
            "5/1/2018",
        ),
        _dated("words", "“去年五月”", "“last May”", quarantined("verified_date", "date-unreadable"), "去年五月"),
        _dated("true", "TRUE", "TRUE", quarantined("verified_date", "date-unreadable"), raw(' t="b"', "1")),
    ],
)
