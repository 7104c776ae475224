"""Sheets as people keep them: titles, totals, merged cells, hidden and doubled things; and the layouts of the registers."""

from collections.abc import Sequence
from decimal import Decimal

from faulttable.making import (
    CANARY,
    CANARY_2,
    CANARY_3,
    HEADER,
    SHEET,
    Value,
    parts,
    replaced,
    roster,
    rows_of,
    rows_xml,
    with_sheets,
    workbook,
)
from faulttable.row import Fault, Group, Reads, Refused

_title: list[Value] = ["样县样乡样村建档立卡户名册"]
_total: list[Value] = ["合计", None, None, None, 7]
_merged = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
_end = "</sheetData>"
_other = rows_xml([["备忘", "内容"], ["甲", "乙"]])


def _skipping(*codes: str, skipped: int = 1) -> Reads:
    return Reads(told=codes, rows=(2 + skipped, 2, 0, skipped))


def _with_end(text: str, rows: Sequence[Sequence[Value]]) -> dict[str, str | bytes]:
    content = parts(rows_xml(rows))
    return {**content, SHEET: str(content[SHEET]).replace(_end, _end + text)}


SHEETS = Group(
    "sheets",
    "表头、标题、合计、隐藏与合并",
    "Headers, titles, totals, hidden and merged things",
    [
        Fault(
            "title", "表头上面有标题", "A title above the header", _skipping("row-skipped-title"), rows_of([_title, *roster()])
        ),
        Fault(
            "title-merged",
            "标题是合并单元格",
            "A title in merged cells",
            _skipping("row-skipped-title"),
            workbook(_with_end(_merged.format("A1:H1"), [_title, *roster()])),
        ),
        Fault(
            "titles-nineteen",
            "表头在第 20 行",
            "The header is in row 20",
            _skipping("row-skipped-title", skipped=19),
            rows_of([_title] * 19 + roster()),
        ),
        Fault(
            "blank-start",
            "左边和上面空着",
            "Blank rows and columns before the table",
            Reads(),
            rows_of([[None, None, *row] for row in roster()], start=5),
        ),
        Fault(
            "blank-rows",
            "数据之间有空行",
            "Blank rows between the data",
            Reads(),
            workbook(parts(rows_xml(roster()[:2]) + '<row r="3"/>' + rows_xml(roster()[2:], 7))),
        ),
        Fault(
            "total",
            "末行是合计，数目相符",
            "A total at the end that adds up",
            _skipping("row-skipped-total"),
            rows_of([*roster(), _total]),
        ),
        Fault(
            "total-wrong",
            "合计与各行之和不符",
            "A total that does not add up",
            _skipping("row-skipped-total", "total-differs"),
            rows_of([*roster(), ["合计", None, None, None, 9]]),
        ),
        Fault(
            "total-spaced",
            "写成“合　　计”",
            "A total written with blanks",
            _skipping("row-skipped-total"),
            rows_of([*roster(), ["合　　计", None, None, None, 7]]),
        ),
        Fault(
            "note",
            "末行是说明",
            "A note at the end",
            _skipping("row-skipped-note"),
            rows_of([*roster(), ["注：收入按上年10月至当年9月计算。"]]),
        ),
        Fault(
            "signature",
            "末行是填表人",
            "A signature at the end",
            _skipping("row-skipped-note"),
            rows_of([*roster(), ["填表人：样丙"]]),
        ),
        Fault(
            "example",
            "有一行示例",
            "An example row",
            _skipping("row-skipped-example"),
            rows_of([roster()[0], ["示例：H0", *roster()[1][1:]], *roster()[1:]]),
        ),
        Fault(
            "header-repeated",
            "每页重复一次表头",
            "The header again on every page",
            _skipping("row-skipped-title"),
            rows_of([*roster()[:2], roster()[0], roster()[2]]),
        ),
        Fault(
            "header-repeated-blanks",
            "每页重复的表头多了空格（拼接的文件还会多出 BOM）",
            "The header again, with blanks (or the byte-order mark of a joined file)",
            _skipping("row-skipped-title"),
            rows_of([*roster()[:2], [f"\ufeff{name[0]} {name[1:]}" for name in HEADER], roster()[2]]),
        ),
        Fault(
            "header-numbers",
            "表头下面有一行栏号 1 2 3",
            "A row of column numbers under the header",
            Reads(header_rows=2),
            rows_of([roster()[0], [*range(1, 9)], *roster()[1:]]),
        ),
        Fault(
            "header-stems",
            "表头下面有一行栏号 甲 乙 丙",
            "A row of column letters (甲 乙 丙) under the header",
            Reads(header_rows=2),
            rows_of([roster()[0], [*"甲乙丙丁戊己庚辛"], *roster()[1:]]),
        ),
        Fault(
            "units-wan",
            "表头下面有一行单位（万元）",
            "A row of units (万元) under the header",
            Reads(header_rows=2),
            rows_of(
                [
                    roster()[0],
                    [None, None, None, None, "人", "万元"],
                    *[[*row[:5], wan, *row[6:]] for row, wan in zip(roster()[1:], (0.5, 0.299501), strict=True)],
                ]
            ),
        ),
        Fault(
            "units-unknown",
            "表头下面有一行单位，有一个不认识（美元）",
            "A row of units under the header, one of them unknown (美元)",
            Reads(
                {"户!F2": "header-unit-unknown"},
                header_rows=2,
                households=("H1", "H2"),
                holds={("household", "income_per_capita"): [None, None]},
            ),
            rows_of([roster()[0], [None, None, None, None, "人", "美元"], *roster()[1:]]),
        ),
        Fault(
            "header-doubled",
            "两列同名",
            "Two columns of one name",
            Refused("header-doubled", {"row": 1, "letters": "E、F"}),
            rows_of(roster({"income_per_capita": "家庭人口数"})),
        ),
        Fault(
            "header-same-field",
            "两列名称不同，是同一项，数值一致",
            "Two columns of different names that are one field, and agree",
            Reads(households=("H1", "H2"), holds={("household", "household_size"): [3, 4]}),
            rows_of([[*row[:5], row[4] if at else "人口数", *row[6:]] for at, row in enumerate(roster())]),
        ),
        Fault(
            "header-same-field-disagree",
            "两列名称不同，是同一项，数值不一致",
            "Two columns of different names that are one field, and disagree",
            Reads({"户!E2": "sources-disagree"}, households=("H1", "H2"), holds={("household", "household_size"): [None, 4]}),
            rows_of([[*row[:5], (5 if at == 1 else row[4]) if at else "人口数", *row[6:]] for at, row in enumerate(roster())]),
        ),
        Fault(
            "header-group-row",
            "表头上面还有一行分组（基本情况｜收入）",
            "A row of groups above the header",
            _skipping("row-skipped-title"),
            rows_of([["基本情况", None, None, None, None, "收入", "保障", "程序"], *roster()]),
        ),
        Fault(
            "header-two-rows",
            "表头占两行，每列只在一行里有名称",
            "A header of two rows, each column named in one of them",
            Reads(header_rows=2),
            rows_of(
                [
                    ["户编号", None, "户主姓名", None, None, None, "饮水安全", "核实日期"],
                    [None, "年度", None, "户主证件号码", "家庭人口数", "人均纯收入"],
                    *roster()[1:],
                ]
            ),
        ),
        Fault(
            "header-merged-two-rows",
            "两行合并的表头：上行“收入情况”，下行“人均纯收入”，其余各列上下合并",
            "A merged header of two rows",
            Reads(header_rows=2),
            workbook(
                _with_end(
                    '<mergeCells count="8">'
                    + "".join(f'<mergeCell ref="{letter}1:{letter}2"/>' for letter in "ABCDGH")
                    + '<mergeCell ref="E1:F1"/></mergeCells>',
                    [
                        ["户编号", "年度", "户主姓名", "户主证件号码", "人口与收入", None, "饮水安全", "核实日期"],
                        [None, None, None, None, "家庭人口数", "人均纯收入"],
                        *roster()[1:],
                    ],
                )
            ),
        ),
        Fault(
            "header-unknown",
            "有一列的表头写错",
            "A misspelt header",
            Reads(
                told=("header-unknown-near",),
                changed={"income_per_capita": None},
                households=("H1", "H2"),
                holds={("household", "head_name"): ["样甲", "样乙"]},
            ),
            rows_of(roster({"income_per_capita": "人均纯收人"})),
        ),
        Fault(
            "merged-key",
            "户编号、年度合并在几行成员上",
            "A household number merged over its members' rows",
            Reads(rows=(3, 3, 0, 0), households=("H1", "H2"), holds={("person", "name"): ["样甲", "样丙", "样乙"]}),
            workbook(
                _with_end(
                    '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>',
                    [
                        ["户编号", "年度", "姓名", "与户主关系", "饮水安全"],
                        ["H1", 2018, "样甲", "户主", "是"],
                        [None, None, "样丙", "配偶", "是"],
                        ["H2", 2018, "样乙", "户主", "否"],
                    ],
                )
            ),
        ),
        Fault(
            "household-twice",
            "同一户编号在同一年度出现两次",
            "A household number twice in one year",
            Reads({"户!A2": "household-doubled", "户!A4": "household-doubled"}, rows=(3, 1, 2, 0), households=("H2",)),
            rows_of([*roster(), roster()[1]]),
        ),
        Fault(
            "sheet-hidden",
            "另有隐藏的工作表",
            "A hidden sheet beside",
            Reads(told=("sheet-hidden",)),
            workbook(
                with_sheets({"户": (rows_xml(roster()), "visible"), "旧表": (rows_xml(roster(income_per_capita=1)), "hidden")})
            ),
        ),
        Fault(
            "sheet-very-hidden",
            "另有“很隐藏”的工作表",
            "A very hidden sheet beside",
            Reads(told=("sheet-hidden",)),
            workbook(
                with_sheets(
                    {"户": (rows_xml(roster()), "visible"), "旧表": (rows_xml(roster(income_per_capita=1)), "veryHidden")}
                )
            ),
        ),
        Fault(
            "sheet-hidden-chosen",
            "用 --sheet 指明隐藏的工作表",
            "A hidden sheet chosen with --sheet",
            Reads(),
            workbook(
                with_sheets({"旧表": (rows_xml(roster(income_per_capita=1)), "visible"), "户": (rows_xml(roster()), "hidden")})
            ),
            ("--sheet", "户"),
        ),
        Fault(
            "sheets-all-hidden",
            "所有工作表都隐藏",
            "Every sheet is hidden",
            Refused("file-without-known-columns"),
            workbook(with_sheets({"户": (rows_xml(roster()), "hidden")})),
        ),
        Fault(
            "sheets-ambiguous",
            "有两张户表",
            "Two sheets of households",
            Refused("sheets-ambiguous", {"sheets": "户、户（2）"}),
            workbook(with_sheets({"户": (rows_xml(roster()), "visible"), "户（2）": (rows_xml(roster()), "visible")})),
        ),
        Fault(
            "sheets-chosen",
            "有两张户表，用 --sheet 指明一张",
            "Two sheets of households, one chosen with --sheet",
            Reads(),
            workbook(
                with_sheets(
                    {"户": (rows_xml(roster()), "visible"), "户（2）": (rows_xml(roster(income_per_capita=1)), "visible")}
                )
            ),
            ("--sheet", "户"),
        ),
        Fault(
            "sheet-other",
            "另有一张不相干的表",
            "An unrelated sheet beside",
            Reads(told=("sheet-unknown",)),
            workbook(with_sheets({"户": (rows_xml(roster()), "visible"), "备忘": (_other, "visible")})),
        ),
        Fault(
            "sheet-misnamed",
            "--sheet 的名称不存在",
            "--sheet names no sheet",
            Refused("sheet-not-found", {"sheet": "户表"}),
            rows_of(roster()),
            ("--sheet", "户表"),
        ),
        Fault(
            "sheets-same-name",
            "两张工作表同名",
            "Two sheets of one name",
            Refused("workbook-damaged"),
            replaced("xl/workbook.xml", "</sheets>", '<sheet name="户" sheetId="2" r:id="rId1"/></sheets>'),
        ),
        Fault(
            "rows-hidden",
            "有被筛选或隐藏的行（照样读取）",
            "Rows that are filtered out or hidden (read like all others)",
            Reads(told=("rows-hidden",)),
            replaced(SHEET, '<row r="3">', '<row r="3" hidden="1">'),
        ),
        Fault(
            "columns-hidden",
            "有隐藏的列（照样读取）",
            "A hidden column (read like all others)",
            Reads(),
            replaced(SHEET, "<sheetData>", '<cols><col min="6" max="6" hidden="1"/></cols><sheetData>'),
        ),
        Fault(
            "comments",
            "有数据以外的部分（图表、批注）",
            "Parts beside the cells (charts, comments)",
            Reads(),
            replaced(
                SHEET,
                _end,
                _end
                + '<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/>',
            ),
        ),
    ],
)

_A = "县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工状况 务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话"
_B = "序号 数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 户类型 易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 风险消除时间"
_C = "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 在校生状况 劳动技能 务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险 是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 是否国外务工 产业分类 是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 户主证件号码 是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准"
_D = "县 乡 村 户编号 证件类型 证件号码 户类型 监测对象类别 与户主关系 性别 出生日期 民族 文化程度 在校生状况 义务教育阶段未上学原因 失学或辍学原因 健康状况 劳动技能 是否参加城乡居民基本医疗保险 是否参加城镇职工基本医疗保险 是否参加大病保险 户联系电话 是否危房户 是否解决安全饮用水 工资性收入 生产经营性收入 转移性收入 合规自付支出 年收入（元） 人均纯收入（元） 识别监测时间"
LAYOUTS = {"A": _A, "B": _B, "C": _C, "D": _D}
#: What a well-kept export says of one household and of its three members, in the words of every generation.
_YES = "饮水安全 是否解决安全饮用水 是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本医疗保险 参加大病医疗 是否参加大病保险"
_NO = "危房户 是否危房户 饮水困难 是否参加城镇职工基本医疗保险"
_HOUSEHOLD: dict[str, Value] = {
    "户编号": "349900010001",
    "人数": 3,
    "年度": 2020,
    "人均纯收入": 5000,
    "人均纯收入（元）": 5000,
    "县": "样县",
    "乡": "样乡",
    "村": "样村",
    **dict.fromkeys(_YES.split(), "是"),
    **dict.fromkeys(_NO.split(), "否"),
}
_MEMBERS: Sequence[dict[str, Value]] = (
    {**_HOUSEHOLD, "姓名": "样甲", "与户主关系": "户主", "人编号": "P1", "人口编号": "P1", "证件号码": CANARY},
    {**_HOUSEHOLD, "姓名": "样乙", "与户主关系": "配偶", "人编号": "P2", "人口编号": "P2", "证件号码": CANARY_2},
    {
        **_HOUSEHOLD,
        "姓名": "样丙",
        "与户主关系": "之子",
        "人编号": "P3",
        "人口编号": "P3",
        "证件号码": CANARY_3,
        "在校生状况": "小学",
    },
)


def register(generation: str, above: int = 0) -> list[list[Value]]:
    """A register's sheet: title rows, its header, the three members."""
    names = LAYOUTS[generation].split()
    members: list[list[Value]] = [[member.get(name) for name in names] for member in _MEMBERS]
    return [*[list(_title) for _ in range(above)], [*names], *members]


def _layout(generation: str, zh: str, en: str, above: int, *, income: bool, names: bool = True, waiting: str = "") -> Fault:
    holds: dict[tuple[str, str], Sequence[object]] = {("person", "relation"): ["户主", "配偶", "之子"]}
    if names:
        holds["person", "name"] = ["样甲", "样乙", "样丙"]
    if income:
        holds["household", "income_per_capita"] = [Decimal(5000)]
    expected = Reads(
        told=("row-skipped-title",) * (above > 0), rows=(3 + above, 3, 0, above), households=("349900010001",), holds=holds
    )
    return Fault(
        f"layout-{generation.lower()}",
        zh,
        en,
        expected,
        rows_of(register(generation, above)),
        ("--as-of", "2020-12-31") if generation != "C" else (),
        waiting=waiting,
    )


REGISTERS = Group(
    "registers",
    "系统导出的名册（一人一行）",
    "Exports of the register (a row per member)",
    [
        _layout("A", "2014—2018 年", "2014 to 2018", 0, income=True),
        _layout("B", "2022 年脱贫人口名单", "The list of 2022", 1, income=True),
        _layout("C", "2021 年，47 列", "2021, 47 columns", 0, income=False),
        _layout(
            "D",
            "2023 年自定义导出，表头在第 3 行，没有姓名",
            "Exports of 2023, header in row 3, no names",
            2,
            income=True,
            names=False,
        ),
        Fault(
            "layout-d-together",
            "2023 年的两个工作簿一起给出：监测对象信息、行政村信息",
            "Two workbooks of 2023 given together: people and villages",
            Reads(
                told=("row-skipped-title",),
                rows=(8, 4, 0, 4),
                households=("349900010001",),
                holds={("village", "village"): ["样村"], ("village", "households"): [300]},
            ),
            lambda folder: [
                rows_of(register("D", 2), name="监测对象信息.xlsx")(folder),
                rows_of(
                    [
                        _title,
                        _title,
                        ["县", "乡", "村", "是否出列", "总户数", "总人口数", "行政村卫生室个数"],
                        ["样县", "样乡", "样村", "是", 300, 900, 1],
                    ],
                    name="行政村信息.xlsx",
                )(folder),
            ],
            ("--as-of", "2020-12-31"),
        ),
        Fault(
            "repeated-disagree",
            "同一户各行的人均纯收入不一致",
            "Rows of one household that disagree about its income",
            Reads(
                {"户!F2": "sources-disagree"},
                households=("H1",),
                rows=(2, 2, 0, 0),
                holds={("household", "income_per_capita"): [None]},
            ),
            rows_of(
                [
                    ["户编号", "年度", "姓名", "人编号", "与户主关系", "人均纯收入"],
                    ["H1", 2018, "样甲", "P1", "户主", 5000],
                    ["H1", 2018, "样乙", "P2", "配偶", 5001],
                ]
            ),
        ),
    ],
)
