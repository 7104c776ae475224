"""Write the sample workbooks: ``python samples/make.py [DIR]``.

Everybody in them is invented. Area code 349900 belongs to no county (there is no prefecture 3499), names start with 样, phone
numbers with 1000000, a range that is never allocated. The ID numbers have a valid checksum, because the samples show what
fupin says about households, not about broken numbers; ``everything-wrong.xlsx`` has the broken ones.

The same cells come out whenever and wherever this is run; a test compares them with the committed files.
"""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sheets import (
    AREA,
    GENERAL,
    NO,
    YES,
    Row,
    Text,
    Value,
    banner,
    columns_sheet,
    first,
    header,
    id_number,
    put,
    row_of,
    saved,
    table_sheet,
)
from yearly import ROSTERS

from counties import COUNTIES
from fupin_cli.load.tables.layouts import LAYOUTS
from fupin_cli.model.tables import fields

_STEMS = "甲乙丙丁戊己"


@dataclass
class Family:
    """A household and its members."""

    record: Row
    members: list[Row] = field(default_factory=list)


# People


def member(relation: str, sex: str, born: str, **more: Value) -> Row:
    """What the sheet 人 says of one person; the household's number and the name come later."""
    return row_of(relation=relation, sex=sex, birth_date=date.fromisoformat(born), **more)


def adult(relation: str, sex: str, born: str, **more: Value) -> Row:
    """A grown-up in good health who is insured."""
    own: Row = {"education": "初中", "health": "健康", "labour_skill": "普通劳动力", "basic_medical": YES, "employee_medical": NO}
    return member(relation, sex, born, **(own | {"serious_illness_insurance": YES, "pension": YES} | more))


def old(relation: str, sex: str, born: str, **more: Value) -> Row:
    """Somebody past working age."""
    own: Row = {"education": "文盲或半文盲", "health": "长期慢性病", "labour_skill": "弱劳动力或半劳动力"}
    return adult(relation, sex, born, **(own | more))


def child(relation: str, sex: str, born: str, school: str, **more: Value) -> Row:
    """A child; ``school`` is its 在校生状况."""
    own: Row = {"school_status": school, "health": "健康", "basic_medical": YES, "employee_medical": NO}
    return member(relation, sex, born, **(own | {"serious_illness_insurance": YES} | more))


#: What stands in every household of ``households.xlsx`` unless it says otherwise: all of the standard is met.
_USUAL: Row = {
    "province": "样本省",
    "city": "样本市",
    "county": "样本县",
    "township": "样本乡",
    "village": "样本一村",
    "villager_group": "一组",
    "identification_standard": "国家标准",
    "household_category": "一般贫困户",
    "poverty_status": "未脱贫",
    "main_cause": "缺技术",
    "registered": YES,
    "food_secure": YES,
    "clothing_secure": YES,
    "education_secured": YES,
    "medical_secured": YES,
    "housing_secured": YES,
    "housing_grade": "B",
    "dangerous_housing": NO,
    "water_safe": YES,
    "has_labour": YES,
    "willing_to_work": YES,
    "labour_loss": "无",
    "dibao_class": "无",
    "receives_tekun": NO,
    "disabled_household": NO,
    "lives_alone_elderly": NO,
    "serious_illness": NO,
    "chronic_illness": NO,
    "illness_burden": NO,
    "annual_plan": YES,
    "stable_income_source": YES,
    "deep_poverty": NO,
    "dibao": NO,
    "industry_developed": YES,
    "loan_wanted": NO,
    "dropout_child": NO,
    "dropout_disabled": NO,
    "exclusion_items": "无",
}
#: Already withdrawn in that year, with the words that go with it.
_OUT: Row = {"poverty_status": "已脱贫", "household_category": "一般脱贫户"}

_STEPS = ("review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date")


def steps(year: int, *days: str) -> Row:
    """The exit procedure as far as it has come: month-day of each step in its order, with what goes with a step taken."""
    row: Row = {name: date.fromisoformat(f"{year}-{day}") for name, day in zip(_STEPS, days, strict=False)}
    if "agreed_date" in row:
        row["household_agrees"] = YES
    if "notice_end" in row:
        row["notice_objection"] = NO
    return row


def parts(wage: float, business: float, prop: float | None, transfer: float, expense: float) -> Row:
    """A household's income by its parts instead of the income per person."""
    names = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")
    return dict(zip(names, (wage, business, prop, transfer, expense), strict=True))


def families() -> list[Family]:
    """The households of ``households.xlsx``. The line is 2995 in 2018 and 4000 in 2020; what is met is in ``_USUAL``."""
    head, wife, boy, girl = ("户主", "男"), ("配偶", "女"), ("之子", "男"), ("之女", "女")
    couple_18 = [adult(*head, "1968-03-12", months_worked=8), adult(*wife, "1970-07-25")]
    couple_20 = [adult(*head, "1979-05-20", months_worked=10), adult(*wife, "1981-11-02")]
    rows: list[tuple[Row, list[Row]]] = [
        # 01-03: a cent below, exactly at, and a cent above the line of 2018. The third has been through the whole procedure.
        (row_of(year=2018, income_per_capita=2994.99), couple_18),
        (row_of(year=2018, income_per_capita=2995), [*couple_18, child(*boy, "2005-02-14", "七年级")]),
        (
            row_of(year=2018, income_per_capita=2995.01, exit_year=2018)
            | _OUT
            | steps(2018, "09-03", "09-10", "09-12", "09-15", "09-21", "09-25", "12-20"),
            [*couple_18, child(*girl, "2008-09-30", "小学")],
        ),
        # 04-06: the same at the line of 2020. The first is out of poverty by the register: a wrong exit to look into.
        (
            row_of(year=2020, income_per_capita=3999.99, exit_year=2020)
            | _OUT
            | steps(2020, "09-01", "09-08", "09-10", "09-14", "09-20", "09-24", "12-18"),
            [*couple_20, child(*boy, "2010-06-01", "小学")],
        ),
        (row_of(year=2020, income_per_capita=4000, annual_plan=NO), couple_20),
        # Agreed, the notice is still to come.
        (
            row_of(year=2020, income_per_capita=4000.01, poverty_status="预脱贫") | steps(2020, "10-09", "10-16", "10-19"),
            [*couple_20, old("之母", "女", "1950-01-08")],
        ),
        # 07, 08: income by its parts only, 12,000 / 4 = 3000 and 11,980 / 4 = 2995. The notice of the first still runs.
        (
            row_of(year=2018, poverty_status="预脱贫")
            | parts(8000, 5200, 0, 1300, 2500)
            | steps(2018, "11-05", "11-12", "11-14", "11-19"),
            [*couple_18, child(*boy, "2006-04-04", "小学"), child(*girl, "2014-08-19", "学龄前儿童")],
        ),
        (
            row_of(year=2018) | parts(7980, 5200, 0, 1300, 2500),
            [*couple_18, child(*boy, "2004-12-12", "八年级"), old("之父", "男", "1944-10-10")],
        ),
        # 09: a house of grade D.
        (
            row_of(year=2020, income_per_capita=6240.5, housing_secured=None, housing_grade="D", dangerous_housing=YES),
            [old(*head, "1953-02-27"), old(*wife, "1956-06-16")],
        ),
        # 10: a boy of fourteen who left school because of poverty; what the household's row leaves open, the sheet 人 says.
        (
            row_of(year=2020, income_per_capita=5312.4, education_secured=None, dropout_child=YES),
            [*couple_20, child(*boy, "2006-05-05", "非在校生", education="小学", dropout_reason="因贫辍学")],
        ),
        # 11: the wife is not insured; nothing says whether the household was in the year's plan.
        (
            row_of(year=2020, income_per_capita=4876, medical_secured=None, annual_plan=None),
            [adult(*head, "1975-09-09", basic_medical=NO, employee_medical=YES), adult(*wife, "1977-03-30", basic_medical=NO)],
        ),
        # 12: nobody wrote down whether the water is safe.
        (row_of(year=2020, income_per_capita=4520.75, water_safe=None), couple_20),
        # 13: the housing is called safe, its grade is D. Nobody can tell which is right.
        (row_of(year=2020, income_per_capita=4810, housing_grade="D", dangerous_housing=None), couple_20),
        # 14: one of the parts of the income is blank: not zero, unknown.
        (row_of(year=2018) | parts(9000, 4000, None, 1800, 1500), [*couple_18, child(*girl, "2009-01-20", "小学")]),
        # 15: meets the standard, but the exit was announced five days before the notice ended.
        (
            row_of(year=2020, income_per_capita=5105.2, exit_year=2020)
            | _OUT
            | steps(2020, "09-07", "09-14", "09-16", "10-14", "10-20", "10-15", "12-18"),
            [*couple_20, child(*girl, "2013-10-11", "小学")],
        ),
        # 16: everything is derived: income, housing from its grade, school and insurance from the members. The baby is not yet
        # insured, which counts as insured. Its notice took five days instead of seven: shown, no violation.
        (
            row_of(year=2018, exit_year=2018, education_secured=None, medical_secured=None, housing_secured=None)
            | row_of(housing_grade="A", dangerous_housing=None, household_size=None)
            | _OUT
            | parts(14000, 6300.5, 260, 1500, 3060.5)
            | steps(2018, "09-03", "09-10", "09-12", "09-15", "09-19", "09-25", "12-20"),
            [
                adult(*head, "1988-08-18", months_worked=9),
                adult(*wife, "1990-10-01"),
                child(*boy, "2011-12-24", "小学"),
                child(*girl, "2018-06-15", "学龄前儿童", basic_medical=NO, serious_illness_insurance=NO),
            ],
        ),
    ]
    surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
    return [_family(1, order, surname, *row) for order, (surname, row) in enumerate(zip(surnames, rows, strict=True), start=1)]


def _family(book: int, order: int, surname: str, given: Row, members: Sequence[Row]) -> Family:
    """A household with its numbers, and its members with theirs."""
    number = f"{AREA}{book:02d}{order:04d}"
    people: list[Row] = []
    for place, row in enumerate(members):
        born, sex = row["birth_date"], row["sex"]
        if not isinstance(born, date):
            raise TypeError(row)
        known: Row = {
            "person_id": f"{number}{place + 1:02d}",
            "household_id": number,
            "year": given["year"],
            "name": f"样{surname}{_STEMS[place]}",
            "id_number": id_number(born, str(sex), 10 * order + place),
            "ethnicity": "汉族",
        }
        people.append(known | row | ({"phone": f"1000000{book}{order:03d}"} if place == 0 else {}))
    record: Row = {
        "household_id": number,
        "head_name": people[0]["name"],
        "head_id_number": people[0]["id_number"],
        "household_size": len(people),
    }
    return Family(record | _USUAL | given, people)


# Sheets


def households_book() -> Workbook:
    """The template's layout: a sheet of households, a sheet of people."""
    book = Workbook()
    known = families()
    table_sheet(first(book, "户"), "household", (family.record for family in known))
    table_sheet(book.create_sheet("人"), "person", (person for family in known for person in family.members))
    return book


#: The columns of ``households.csv``.
CSV_FIELDS = (
    "household_id", "head_name", "village", "year", "household_size", "poverty_status", "wage_income", "business_income",
    "property_income", "transfer_income", "business_expense", "income_per_capita", "food_secure", "clothing_secure",
    "education_secured", "medical_secured", "housing_secured", "housing_grade", "dangerous_housing", "water_safe",
)  # fmt: skip


def households_csv() -> str:
    """The households of ``households.xlsx`` with fewer columns, and without the people."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    declared = fields("household")
    writer.writerow([declared[name].label for name in CSV_FIELDS])
    for family in families():
        writer.writerow(["" if (value := family.record.get(name)) is None else value for name in CSV_FIELDS])
    return out.getvalue()


#: The headers of a register's export of 2014 to 2018, with the parentheses of both widths that one file has.
_REGISTER = (
    "县(市、区、旗)", "乡（镇）", "行政村", "自然村", "户编号", "人编号", "姓名", "证件号码", "人数", "与户主关系", "民族",
    "文化程度", "在校生状况", "健康状况", "劳动技能", "务工状况", "务工时间（月）", "参加大病医疗", "脱贫属性", "脱贫年度",
    "贫困户属性", "主要致贫原因", "危房户", "饮水安全", "饮水困难", "人均纯收入", "联系电话",
)  # fmt: skip
#: Header of that export → field of the person table; the rest are the household's, or no field at all.
_REGISTER_PERSON = {
    "人编号": "person_id", "姓名": "name", "证件号码": "id_number", "与户主关系": "relation", "民族": "ethnicity",
    "文化程度": "education", "在校生状况": "school_status", "健康状况": "health", "劳动技能": "labour_skill",
    "务工时间（月）": "months_worked", "参加大病医疗": "serious_illness_insurance", "联系电话": "phone",
}  # fmt: skip
_REGISTER_FORMATS = dict.fromkeys(("户编号", "人编号", "证件号码", "联系电话"), "@") | {"人均纯收入": "0.00"}


def register_families() -> list[Family]:
    """The households of ``register-2014-2018.xlsx``, judged by the line of 2018, 2995.

    Such an export has no 年度, and nothing about food, clothing or the basic insurance: those stay unknown.
    """
    head, wife, boy, girl = ("户主", "男"), ("配偶", "女"), ("之子", "男"), ("之女", "女")
    rows: list[tuple[Row, list[Row]]] = [
        # 01: nothing speaks against it.
        (
            row_of(income_per_capita=3520.5),
            [
                adult(*head, "1972-01-15", months_worked=11),
                adult(*wife, "1974-05-06", months_worked=6),
                child(*boy, "2006-03-03", "小学"),
                old("之母", "女", "1948-12-01"),
            ],
        ),
        # 02: exactly at the line.
        (
            row_of(income_per_capita=2995),
            [adult(*head, "1966-06-06"), adult(*wife, "1969-09-19"), child(*girl, "2004-04-24", "九年级")],
        ),
        # 03: the third row says 3330 where the others say 3300.
        (
            row_of(income_per_capita=3300),
            [
                adult(*head, "1980-02-02", months_worked=10),
                adult(*wife, "1983-03-13"),
                child(*boy, "2007-07-17", "小学", income_per_capita=3330),
                child(*girl, "2012-11-21", "小学"),
            ],
        ),
        # 04: five people by 人数, three rows.
        (
            row_of(income_per_capita=3410, household_size=5),
            [adult(*head, "1977-10-30", months_worked=7), adult(*wife, "1979-12-05"), child(*boy, "2005-05-15", "七年级")],
        ),
        # 05: dangerous housing.
        (row_of(income_per_capita=3650.2, dangerous_housing=YES), [old(*head, "1951-08-08"), old(*wife, "1954-04-14")]),
        # 06: a girl of twelve out of school; the export has no column for the reason.
        (
            row_of(income_per_capita=3128),
            [
                adult(*head, "1976-03-23", months_worked=9),
                adult(*wife, "1978-08-28"),
                child(*girl, "2006-10-16", "非在校生", education="小学"),
                child(*boy, "2010-01-31", "小学"),
            ],
        ),
    ]
    named = zip("朱秦尤许何吕", rows, strict=True)
    return [
        _family(2, order, name, row_of(year=2018) | row, people) for order, (name, (row, people)) in enumerate(named, start=1)
    ]


def register_book() -> Workbook:
    """A row per person, the household's values repeated in each."""
    book = Workbook()
    sheet = first(book, "Sheet1")
    header(sheet, 1, _REGISTER)
    people = [(family.record, person) for family in register_families() for person in family.members]
    for row, (household, person) in enumerate(people, start=2):
        shared: Row = {
            "县(市、区、旗)": "样本县",
            "乡（镇）": "样本乡",
            "行政村": "样本二村",
            "自然村": "二组",
            "户编号": person["household_id"],
            "人数": household["household_size"],
            "务工状况": "县外省内务工" if person.get("months_worked") else None,
            "脱贫属性": household["poverty_status"],
            "贫困户属性": household["household_category"],
            "主要致贫原因": "缺劳动力",
            "危房户": household["dangerous_housing"],
            "饮水安全": YES,
            "饮水困难": NO,
            "人均纯收入": person.get("income_per_capita", household["income_per_capita"]),
        }
        for position, label in enumerate(_REGISTER, start=1):
            value = person.get(_REGISTER_PERSON[label]) if label in _REGISTER_PERSON else shared.get(label)
            if value is not None:
                put(sheet.cell(row, position), value, _REGISTER_FORMATS.get(label, GENERAL))
    return book


#: Header of the export of 2023 → field of the person table.
_MONITORED_PERSON = {
    "证件号码": "id_number", "与户主关系": "relation", "性别": "sex", "民族": "ethnicity", "文化程度": "education",
    "在校生状况": "school_status", "失学或辍学原因": "dropout_reason", "健康状况": "health", "劳动技能": "labour_skill",
}  # fmt: skip


def monitored_families() -> list[Family]:
    """The households of ``register-2023-members.xlsx``, judged by the line of 2020, 4000, which is the last that a pack has."""
    head, wife, boy, girl = ("户主", "男"), ("配偶", "女"), ("之子", "男"), ("之女", "女")
    rows: list[tuple[Row, list[Row]]] = [
        (
            row_of(income_per_capita=9120.5),
            [adult(*head, "1980-01-15"), adult(*wife, "1982-05-06"), child(*boy, "2012-03-03", "小学")],
        ),
        (row_of(income_per_capita=4000), [adult(*head, "1971-03-02"), adult(*wife, "1975-09-19")]),
        (row_of(income_per_capita=6830, dangerous_housing=YES), [old(*head, "1949-02-08"), old(*wife, "1951-12-24")]),
        (row_of(income_per_capita=7415.2, water_safe=None), [adult(*head, "1977-04-12"), child(*girl, "2009-10-07", "小学")]),
    ]
    named = zip("吴郑王冯", rows, strict=True)
    return [
        _family(5, order, name, row_of(year=2020) | row, people) for order, (name, (row, people)) in enumerate(named, start=1)
    ]


def _export(layout: str, title: str, rows: Iterable[Mapping[str, Value]]) -> Workbook:
    """An export of the register of 2023: a title, the day, the header in row 3."""
    book = Workbook()
    sheet = first(book, "Sheet1")
    labels = LAYOUTS[layout].split(" ")
    banner(sheet, 1, len(labels), title)
    put(sheet.cell(2, 1), "导出日期：2023-09-01")
    header(sheet, 3, labels)
    for row, record in enumerate(rows, start=4):
        for position, label in enumerate(labels, start=1):
            if (value := record.get(label)) is not None:
                put(sheet.cell(row, position), value, "@" if isinstance(value, str) else GENERAL)
    return book


def monitored_book() -> Workbook:
    """监测对象信息 of 2023: a row per person, birth dates as the system writes them."""
    rows: list[Row] = []
    for family in monitored_families():
        record = family.record
        for person in family.members:
            born = person["birth_date"]
            shared: Row = {
                "县": "样本县", "乡": "样本乡", "村": "样本五村", "户编号": record["household_id"], "证件类型": "居民身份证",
                "户类型": "脱贫户", "出生日期": f"{born:%Y%m%d}.0", "是否参加城乡居民基本医疗保险": YES, "是否参加大病保险": YES,
                "享受低保政策情况": "未享受", "享受特困供养政策情况": "未享受", "是否危房户": record["dangerous_housing"],
                "是否解决安全饮用水": record["water_safe"], "工资性收入": 12000, "人均纯收入（元）": record["income_per_capita"],
                "识别监测时间": "202105", "风险是否已消除": NO,
            }  # fmt: skip
            rows.append(shared | {label: person.get(name) for label, name in _MONITORED_PERSON.items()})
    return _export("register-2023", "监测对象信息", rows)


def monitored_villages_book() -> Workbook:
    """行政村信息 of 2023."""
    row: Row = {
        "县": "样本县", "乡": "样本乡", "村": "样本五村", "是否出列": YES, "总户数": 412, "总人口数": 1530,
        "村级集体经济收入（万元）": 8.6, "村小学（个数）": 1, "是否通客运班车": YES, "行政村卫生室个数": 1,
        "行政村执业（助理）医师（人）": 1, "行政村公共卫生厕所个数": 2, "行政村文化（图书）室个数（个）": 1, "低保户数": 21,
        "低保人口数": 40, "特困供养人口数": 3, "残疾人口数": 32, "到乡镇是否通沥青（水泥）路": YES, "未实现饮水安全户数": 0,
        "危房户数": 1,
    }  # fmt: skip
    return _export("register-2023-villages", "行政村信息", [row])


def village_book() -> Workbook:
    """A sheet as a village's clerk keeps it: title, note, header in row 4, a total, a signature."""
    book = Workbook()
    sheet = first(book, "三村")
    labels = (
        "序号", "户编码", "姓名", "家庭人口（人）", "数据年度", "年人均纯收入（元）", "不愁吃（是/否）", "不愁穿（是/否）",
        "义务教育有保障", "基本医疗有保障", "住房等级", "是否解决安全饮用水", "备注",
    )  # fmt: skip
    banner(sheet, 1, len(labels), "样本乡样本三村2019年贫困户脱贫情况摸底表")
    banner(sheet, 2, len(labels), "说明：收入按上年10月1日至当年9月30日计算，单位为元；")
    banner(sheet, 3, len(labels), "没有核实的格子空着，不要填“否”。")
    header(sheet, 4, labels)
    # The line of 2019 is 3218.
    rows: list[tuple[int, float, str, str, str, str, str | None, str | None, str | None]] = [
        (4, 3860, "√", "√", "有", "有", "A", "是", None),
        (3, 3218, "√", "√", "有", "有", "B级", "是", "正好等于标准"),
        (2, 3218.01, "√", "√", "有", "有", "B级", "是", "比标准多一分"),
        (5, 4105.6, "√", "√", "有", "有", "C级", "是", "等待改造"),
        (3, 3977, "√", "√", "有", "有", "A", None, "水质待检测"),
        (4, 5120.3, "√", "√", "有", "有", "B", "是", None),
        (4, 3690, "√", "√", "无", "有", "A", "是", "一人辍学"),
        (2, 3540, "√", "√", "有", "有", None, "是", "房屋尚未鉴定"),
    ]
    for order, (surname, (size, income, *marks)) in enumerate(zip("施张孔曹严华金魏", rows, strict=True), start=1):
        values: list[Value] = [order, f"{AREA}03{order:04d}", f"样{surname}甲", size, 2019, income, *marks]
        for position, value in enumerate(values, start=1):
            if value is not None:
                put(sheet.cell(4 + order, position), value, {2: "@", 6: "0.00"}.get(position, GENERAL))
    total = 5 + len(rows)
    put(sheet.cell(total, 1), "合计")
    put(sheet.cell(total, 4), sum(row[0] for row in rows))
    put(sheet.cell(total + 1, 1), "填表人：样魏乙　　填表日期：2019年10月8日")
    notes = book.create_sheet("说明")
    lines = ("本表由村委会填写，每年十月上报一次。", "有疑问的，先入户核实再改表。", "表中人员均为虚构。")
    for row, line in enumerate(lines, start=1):
        put(notes.cell(row, 1), line)
    return book


_WRONG_FIELDS = (
    "household_id", "head_name", "head_id_number", "year", "household_size", "household_category", "wage_income",
    "business_income", "property_income", "transfer_income", "business_expense", "income_per_capita", "food_secure",
    "clothing_secure", "education_secured", "medical_secured", "housing_grade", "water_safe", "review_date", "verified_date",
    "household_agrees", "agreed_date", "notice_start", "notice_end", "notice_objection", "announced_date",
)  # fmt: skip
_WRONG_EXTRA = ("人均收人", "喜欢的颜色")
_WRONG_PERSON = (
    "person_id", "household_id", "name", "id_number", "relation", "sex", "birth_date", "school_status", "basic_medical",
)  # fmt: skip


def _wrong_id(order: int, born: date = date(1965, 5, 5), sex: str = "男") -> str:
    return id_number(born, sex, 200 + order)


def _wrong_number(order: int) -> str:
    return f"{AREA}04{order:04d}"


def wrong_households() -> list[Row]:
    """The households of ``everything-wrong.xlsx``, of 2018; what a row does not say is fine."""
    fine: Row = row_of(year=2018, household_size=2, household_category="一般贫困户", income_per_capita=3400)
    fine |= row_of(food_secure=YES, clothing_secure=YES, education_secured=YES, medical_secured=YES)
    fine |= row_of(housing_grade="B", water_safe=YES)
    rows: list[Row] = [
        # 01: the letter O for a zero.
        row_of(income_per_capita="3,20O"),
        # 02, 03: an ID that a spreadsheet took for a number: the last digits are gone. And the same after it was made a text.
        row_of(head_id_number=float(_wrong_id(2)[:15] + "000")),
        row_of(head_id_number="3.49900E+17"),
        # 04, 05: an error, and a formula that nobody calculated.
        row_of(income_per_capita="#REF!"),
        row_of(income_per_capita="=3000+500"),
        # 06: full-width digits, no-break and ideographic spaces: what a person reads is what counts.
        {
            "household_id": f"\u00a0{_wrong_number(6)}\u3000",
            "head_name": "样\u3000陶",
            "head_id_number": _wrong_id(6).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
            "year": "２０１８",
            "household_size": "２",
            "income_per_capita": "３２００．５０",
            "food_secure": "\u3000是\u00a0",
        },
        # 07: yes in four other ways.
        row_of(food_secure="√", clothing_secure="Y", education_secured=1, medical_secured="有"),
        # 08: dates in every form; 201912 has no day.
        {
            "household_size": 4,
            "review_date": "2018.05.01",
            "verified_date": "2018年5月10日",
            "agreed_date": 43235,
            "household_agrees": YES,
            "notice_start": "2018/5/20",
            "notice_end": "20180527",
            "notice_objection": NO,
            "announced_date": "201912",
        },
        # 09: its number is used again at the end.
        {},
        # 10: minus three people, and an income that would have to be divided among them.
        row_of(household_size=-3, income_per_capita=None) | parts(9000, 3000, 0, 1000, 500),
        # 11: 因 for 困.
        row_of(household_category="一般贫因户"),
        # 12, 13: names that a careless program would run.
        row_of(head_name=Text('=HYPERLINK("http://example.invalid","样喻甲")'), water_safe=NO),
        row_of(head_name=Text("+1+1"), income_per_capita=2900),
        # A household without a number, and number 9 once more.
        row_of(household_id=None),
        row_of(household_id=_wrong_number(9), income_per_capita=2600),
    ]
    found: list[Row] = []
    for order, (surname, row) in enumerate(zip("陶姜戚谢邹喻柏水窦章云苏潘葛奚", rows, strict=True), start=1):
        known: Row = {"household_id": _wrong_number(order), "head_name": f"样{surname}甲", "head_id_number": _wrong_id(order)}
        found.append(known | fine | row)
    return found


def wrong_people() -> list[Row]:
    """The people of ``everything-wrong.xlsx``: some of two households, one of none, one of a household that is not there."""
    lower_x = next(number for order in range(100) if (number := _wrong_id(order, date(1967, 7, 7), "女")).endswith("X"))
    wide = {48 + digit: 0xFF10 + digit for digit in range(10)} | {ord("X"): "ｘ"}
    own = row_of(basic_medical=YES)
    eight = _wrong_number(8)
    rows: list[Row] = [
        row_of(household_id=_wrong_number(6), name="样\u3000陶", id_number=_wrong_id(6), relation="户主", sex="男") | own,
        row_of(household_id=_wrong_number(6), name="样喻乙", id_number=lower_x.translate(wide), relation="配偶") | own,
        row_of(household_id=eight, name="样水甲", id_number=_wrong_id(8), relation="户主", birth_date="1965.05.05") | own,
        row_of(household_id=eight, name="样水乙", relation="之子", birth_date="2013年5月1日", school_status="学前教育") | own,
        row_of(household_id=eight, name="样水丙", relation="配偶", birth_date=24837) | own,
        row_of(household_id=eight, name="样水丁", relation="之女", birth_date="201912", school_status="学龄前儿童") | own,
        # Nobody's member, and a member of a household that no sheet has.
        row_of(household_id=None, name="样奚乙", relation="之父", birth_date=date(1940, 1, 1)) | own,
        row_of(household_id=_wrong_number(9999), name="样奚丙", relation="户主", birth_date=date(1960, 1, 1)) | own,
    ]
    return [row_of(person_id=f"{AREA}04{order:06d}") | row for order, row in enumerate(rows, start=1)]


def wrong_book() -> Workbook:
    """Everything wrong at once, and still readable."""
    book = Workbook()
    sheet = first(book, "户")
    declared = fields("household")
    header(sheet, 1, [*(declared[name].label for name in _WRONG_FIELDS), *_WRONG_EXTRA])
    for row, record in enumerate(wrong_households(), start=2):
        for position, name in enumerate(_WRONG_FIELDS, start=1):
            value = record.get(name)
            if value is not None:
                # Only what was typed as text has the text format: the damage comes from cells without it.
                text = isinstance(value, str | Text) and declared[name].form.name in ("text", "key", "id-number")
                put(sheet.cell(row, position), value, "@" if text else GENERAL)
        put(sheet.cell(row, len(_WRONG_FIELDS) + 2), "绿")
    people = book.create_sheet("人")
    persons = fields("person")
    header(people, 1, [persons[name].label for name in _WRONG_PERSON])
    for row, person in enumerate(wrong_people(), start=2):
        for position, name in enumerate(_WRONG_PERSON, start=1):
            if person.get(name) is not None:
                put(people.cell(row, position), person[name], "yyyy-mm-dd" if isinstance(person[name], date) else GENERAL)
    hidden = book.create_sheet("旧表")
    hidden.sheet_state = "hidden"
    header(hidden, 1, ["户编号", "年度", "人均纯收入"])
    put(hidden["A2"], _wrong_number(1), "@")
    put(hidden["B2"], 2018)
    put(hidden["C2"], 9999)
    return book


# Support and files


_SUPPORTED = (
    "household_id", "head_name", "head_id_number", "village", "year", "household_size", "registered", "household_category",
    "income_per_capita", "has_labour", "receives_tekun", "dibao", "industry_developed", "loan_wanted", "loan_amount",
    "serious_illness",
)  # fmt: skip
_SUPPORTED_PERSON = (
    "person_id", "household_id", "year", "name", "id_number", "relation", "sex", "birth_date", "school_status", "health",
    "labour_skill", "months_worked", "employed", "basic_medical", "pension", "disability_grade",
    "second_generation_certificate",
)  # fmt: skip
_SUPPORT = ("household_id", "year", "measure", "amount", "entitled", "delivered", "delivered_date")


def supported_families() -> list[tuple[Family, list[Row]]]:
    """The households of ``support.xlsx``, of 2020, each with its rows in the sheet 帮扶. The sum is 4000, the line 4000."""
    head, wife, boy, mother = ("户主", "男"), ("配偶", "女"), ("之子", "男"), ("之母", "女")
    man = adult(*head, "1975-03-12", months_worked=8, employed=YES)
    woman = adult(*wife, "1977-07-25", months_worked=0, employed=NO)
    certificate: Row = {"health": "残疾", "second_generation_certificate": YES}
    usual = {"产业帮扶": 4000, "医保代缴": 560, "养老代缴": 200, "家庭医生签约": None, "小额综合保险": None}
    rows: list[tuple[Row, list[Row], list[Row]]] = [
        # 01: all of it, the industry support in two payments that make exactly 4000.
        ({}, [man, woman], [*_paid(usual | {"产业帮扶": 1500, "产业奖补": 2500})]),
        # 02: one cent less.
        ({}, [man, woman], [*_paid(usual | {"产业帮扶": 3999.99})]),
        # 03: nobody is in work, and no industry support came.
        ({}, [man | row_of(months_worked=0, employed=NO), woman], [*_paid({k: v for k, v in usual.items() if k != "产业帮扶"})]),
        # 04: grade 1 and grade 2 with certificates: (100 + 70) × 12 = 2040 are due, 1200 came.
        (
            row_of(income_per_capita=3100),
            [
                man | certificate | row_of(disability_grade="一级"),
                old(*mother, "1951-04-04", pension=NO, employed=NO, months_worked=0)
                | certificate
                | row_of(disability_grade="二级"),
            ],
            [*_paid(usual | {"护理补贴": 1200, "生活补贴": 720})],
        ),
        # 05: under the line and in no roster of the allowance.
        (row_of(income_per_capita=3999.99), [man, woman], [*_paid(usual)]),
        # 06: a pupil of a vocational school without the Yulu plan; the sheet itself calls it due.
        (
            {},
            [man, child(*boy, "2003-09-01", "中职二年级", labour_skill="无劳动力", employed=NO, months_worked=0, pension=NO)],
            [*_paid(usual | {"教育资助": 1500}), row_of(measure="雨露计划", amount=3000, entitled=YES, delivered=NO)],
        ),
        # 07: nobody wrote down whether the insurance was paid. One measure is spelt as no list has it.
        (
            {},
            [man, woman],
            [
                *_paid({k: v for k, v in usual.items() if k != "医保代缴"}),
                row_of(measure="医保代缴", amount=560, entitled=YES),
                row_of(measure="产叶奖补", amount=800, entitled=YES, delivered=YES),
            ],
        ),
        # 08: exactly at the line, and in the roster of the allowance.
        (row_of(income_per_capita=4000), [man, woman], [*_paid(usual)]),
    ]
    found: list[tuple[Family, list[Row]]] = []
    for order, (surname, (given, people, support)) in enumerate(zip("赵钱孙李周吴郑王", rows, strict=True), start=1):
        common = row_of(year=2020, village="样本八村", income_per_capita=6000, dibao=None)
        family = _family(8, order, surname, common | given, people)
        known = row_of(household_id=family.record["household_id"], year=2020)
        found.append((family, [known | row for row in support]))
    return found


def _paid(measures: Mapping[str, float | None]) -> Iterator[Row]:
    """Measures that arrived, and a visit in every month."""
    for measure, amount in measures.items():
        yield row_of(measure=measure, amount=amount, entitled=YES, delivered=YES, delivered_date=date(2020, 5, 20))
    for month in range(1, 13):
        yield row_of(measure="走访", entitled=YES, delivered=YES, delivered_date=date(2020, month, 15))


def support_book() -> Workbook:
    """Households, their members, and the measures that they got."""
    book = Workbook()
    known = supported_families()
    columns_sheet(first(book, "户"), "household", _SUPPORTED, (family.record for family, _ in known))
    people = (person for family, _ in known for person in family.members)
    columns_sheet(book.create_sheet("人"), "person", _SUPPORTED_PERSON, people)
    columns_sheet(book.create_sheet("帮扶"), "support", _SUPPORT, (row for _, rows in known for row in rows))
    # The allowance of the last household was granted step by step; that of the fourth before the township had looked at it.
    days = ((7, ("03-02", "03-09", "03-20", "04-01")), (3, ("03-02", "03-09", "04-10", "04-01")))
    steps_taken = [
        row_of(subject_kind="户", subject_id=known[place][0].record["household_id"], year=2020, step=step)
        | row_of(step_date=date.fromisoformat(f"2020-{day}"))
        for place, taken in days
        for step, day in zip(("户报", "村评", "乡镇审", "县定"), taken, strict=True)
    ]
    names = ("subject_kind", "subject_id", "year", "step", "step_date")
    columns_sheet(book.create_sheet("程序"), "procedure", names, steps_taken)
    return book


_DIBAO = ("household_id", "head_name", "head_id_number", "household_size", "year", "dibao_area", "income_per_capita")


def dibao_book() -> Workbook:
    """The roster of another office: some of the households of ``support.xlsx``, and some that are not registered."""
    families = [family for family, _ in supported_families()]
    disabled, at_line = families[3], families[7]
    mother = disabled.members[1]
    rows: list[Row] = [
        row_of(
            household_id=at_line.record["household_id"],
            head_name=at_line.record["head_name"],
            household_size=2,
            income_per_capita=4000,
        )
        | row_of(head_id_number=at_line.record["head_id_number"]),
        # Without a number of the register; the head of this roster is the mother of that one.
        row_of(head_name=mother["name"], head_id_number=mother["id_number"], household_size=2, income_per_capita=3100),
    ]
    # Not registered: under the line, exactly at it, in town, and of unknown income.
    strangers: list[Row] = [
        row_of(income_per_capita=2900),
        row_of(income_per_capita=4000),
        row_of(income_per_capita=2100, dibao_area="城"),
        {},
    ]
    for order, (surname, given) in enumerate(zip("冯陈褚卫", strangers, strict=True), start=1):
        born = date(1955, 5, order)
        known = row_of(
            household_id=f"{AREA}089{order:03d}", head_name=f"样{surname}甲", head_id_number=id_number(born, "男", 300 + order)
        )
        rows.append(known | row_of(household_size=1) | given)
    book = Workbook()
    columns_sheet(first(book, "低保"), "household", _DIBAO, (row_of(year=2020, dibao_area="乡") | row for row in rows))
    return book


_FILED = (
    "household_id", "head_name", "township", "village", "year", "household_size", "registered", "poverty_status", "housing_grade",
    "inpatient_cost", "loan_amount", "industry_support", "employment_support",
)  # fmt: skip
_FILED_PERSON = ("person_id", "household_id", "year", "name", "relation", "birth_date", "basic_medical", "pension", "public_post")
_ARCHIVE = ("subject_kind", "subject_id", "year", "material", "required", "complete")
_ALWAYS = ("帮扶连心卡", "扶贫手册", "家庭收入测算表", "一户一策", "住房安全等级鉴定表", "明白册")
_VILLAGE_PAPERS = (
    "村级常住人口花名册、驻村帮扶和结队帮扶花名册", "贫困人口识别、退出程序性资料", "饮水安全花名册", "义务教育花名册",
    "基本医疗保险花名册", "住房安全台账", "产业和就业扶贫台账",
)  # fmt: skip
_TEAM_PAPERS = (
    "文件类资料", "出勤请休假资料", "学习会议类资料", "工作台账、花名册", "公示公开台账资料", "总结整改类台账资料",
    "上墙张贴资料",
)  # fmt: skip


def filed_families() -> list[tuple[Family, list[Row]]]:
    """The households of ``archives.xlsx``, of 2018, each with its rows in the sheet 档案."""
    head, wife, girl = ("户主", "男"), ("配偶", "女"), ("之女", "女")
    none = row_of(public_post="无")
    couple = [adult(*head, "1970-03-12") | none, adult(*wife, "1972-07-25", pension=NO) | none]
    pupil = child(*girl, "2008-02-14", "小学") | none
    insured = ("养老保险缴费凭证", "医疗保险缴费票据")
    first, second = row_of(village="样本八村"), row_of(village="样本九村")
    rows: list[tuple[Row, list[Row], list[Row]]] = [
        # 01: everything that is due is there; the stay in hospital and the loan call for two papers more.
        (
            first | row_of(poverty_status="已脱贫", inpatient_cost=3200.5, loan_amount=50000),
            [*couple, pupil],
            _filed(
                *_ALWAYS, *insured, "义务教育证明", "住房安全达标认定书", "退出验收达标证明", "住院报销凭证", "贷款合同和还款凭证"
            ),
        ),
        # 02: the handbook is not complete, and nobody entered a plan.
        (
            first,
            couple,
            [
                *_filed(*(m for m in _ALWAYS if m not in ("扶贫手册", "一户一策")), *insured, "住房安全达标认定书"),
                *_filed("扶贫手册", complete=NO),
            ],
        ),
        # 03: no row at all: nobody looked, which is not the same as missing.
        (first, couple, []),
        # 04: out of poverty without the proof; of the card nobody wrote down whether it is there.
        (
            second | row_of(poverty_status="已脱贫", employment_support="技能培训"),
            couple,
            [*_filed(*_ALWAYS[1:], *insured, "住房安全达标认定书", "培训证书"), *_filed("帮扶连心卡", complete=None)],
        ),
        # 05: a name that no list has, so the handbook is missing; and one paper twice.
        (
            second | row_of(housing_grade="A"),
            couple,
            [
                *_filed(*(m for m in _ALWAYS if m != "扶贫手册"), *insured, "扶贫手策", "住房安全达标认定书"),
                *_filed("住房安全达标认定书", complete=NO),
            ],
        ),
        # 06: not registered, so there is no such file.
        (second | row_of(registered=NO), couple, []),
    ]
    found: list[tuple[Family, list[Row]]] = []
    for order, (surname, (given, people, papers)) in enumerate(zip("赵钱孙李周吴", rows, strict=True), start=1):
        common = row_of(year=2018, inpatient_cost=0, loan_amount=0, industry_support="无", employment_support="无")
        family = _family(9, order, surname, common | given, people)
        known = row_of(subject_kind="户", subject_id=family.record["household_id"], year=2018)
        found.append((family, [known | row for row in papers]))
    return found


def _filed(*materials: str, complete: str | None = YES) -> list[Row]:
    return [row_of(material=material, required=YES, complete=complete) for material in materials]


def archives_book() -> Workbook:
    """Households, two villages, a help team, and what stands in their files."""
    book = Workbook()
    known = filed_families()
    columns_sheet(first(book, "户"), "household", _FILED, (family.record for family, _ in known))
    people = (person for family, _ in known for person in family.members)
    columns_sheet(book.create_sheet("人"), "person", _FILED_PERSON, people)
    villages = [
        row_of(county="样本县", township="样本乡", village="样本八村", year=2018, poor_village=YES, exited=YES),
        row_of(county="样本县", township="样本乡", village="样本九村", year=2018, poor_village=NO, exited=NO),
    ]
    names = ("county", "township", "village", "year", "poor_village", "exited")
    columns_sheet(book.create_sheet("村"), "village", names, villages)
    team = [row_of(township="样本乡", village="样本八村", year=2018, month=month, first_secretary_days=22) for month in (1, 2)]
    columns_sheet(book.create_sheet("工作队"), "team", ("township", "village", "year", "month", "first_secretary_days"), team)
    papers = [row for _, rows in known for row in rows]
    # A household that no sheet has, and the files of the two villages and of the team: two papers of them are missing.
    papers += [row_of(subject_kind="户", subject_id=f"{AREA}099999", year=2018) | row for row in _filed("扶贫手册")]
    of_poor = _filed(*_VILLAGE_PAPERS, "脱贫攻坚规划", "贫困村退出程序性资料")
    of_other = _filed(*(paper for paper in _VILLAGE_PAPERS if paper != "饮水安全花名册"))
    papers += [row_of(subject_kind="村", subject_id="样本八村", year=2018) | row for row in of_poor]
    papers += [row_of(subject_kind="村", subject_id="样本九村", year=2018) | row for row in of_other]
    papers += [row_of(subject_kind="工作队", subject_id="样本八村", year=2018) | row for row in _filed(*_TEAM_PAPERS)]
    columns_sheet(book.create_sheet("档案"), "archive", _ARCHIVE, papers)
    return book


# Files

#: Figures that the source documents declare, as they declare them: 项目, 申报数, 关系, 组成, 单位.
_DECLARED: tuple[tuple[str, str | float, str, str, str | None], ...] = (
    # A village's own presentation, plans and a self-check; the number of persons contradicts itself.
    ("村历年脱贫", "28户79人", "=", "8户22人+13户27人+3户5人+1户4人+3户9人", "户、人"),
    ("四口之家人均纯收入", 3030, "=", "12120元/4人", "元/人"),
    ("全村贫困户", "86户287人", "=", "62户215人+24户72人", "户、人"),
    ("年底剩余贫困户", 5, "=", "24-19", "户"),
    ("户均小额贷款", 5, "=", "55万元/11户", "万元/户"),
    ("农村低保保障人次", 30484, "=", "19956+10528", "人次"),
    ("农村低保资金", 508.95, "=", "332.6126+176.3374", "万元"),
    ("困难残疾人生活补贴人次", 9339, "=", "5720+3619", "人次"),
    ("困难残疾人生活补贴", 78.331, "=", "45.76+32.571", "万元"),
    ("重度残疾人护理补贴", 125.422, "=", "70.208+55.214", "万元"),
    # 瞄准贫困人口精准发力 全力消除扶贫死角: shares stated to two decimals of figures stated to two.
    ("贫困人口", 11.92, "=", "4.45+7.47", "万人"),
    ("近12万贫困人口", 12, "约", "4.45+7.47", "万人"),
    ("贫困村占比", "37.32%", "约", "4.45万人/{贫困人口}", None),
    ("贫困村占比（不许四舍五入）", "37.32%", "=", "4.45/11.92", None),
    ("非贫困村占比", "62.68%", "约", "7.47/11.92", None),
    ("两项占比合计", 100, "=", "{贫困村占比}+{非贫困村占比}", "%"),
    ("集中连片贫困村占比", "34.07%", "约", "46/135", None),
    ("集中连片贫困村超过三分之一", 46, ">=", "135/3", "村"),
    # 赤委〔2016〕51号: funds of three years.
    ("三年发展启动资金", 502, "=", "401.6+100.4", "万元"),
    ("三年发展启动资金按人均", 502, ">=", "251人*2万元/人", "万元"),
    ("扶贫基金按八二分担", 401.6, "=", "502*80%", "万元"),
    ("我市投入按人均", 100.4, "=", "251人*4000元/人", "万元"),
    ("人均投入", 4000, "=", "1500+1500+1000", "元/人"),
    ("本镇人均筹集", 1200, "=", "450+450+300", "元/人"),
    ("本镇占比", "30%", "=", "{本镇人均筹集}/{人均投入}", None),
    ("本镇筹集", 30.12, "=", "251人*{本镇人均筹集}", "万元"),
    ("老区建设资金", 150, "=", "50*3", "万元"),
    ("产业扶贫资金", 90, "=", "30*3", "万元"),
    ("住房改造资金", 60, "=", "20*3", "万元"),
    ("工作经费", 81, "=", "31+25+25", "万元"),
    ("逐年合计", "131万元;125万元;125万元", "=", "50+30+20+31;50+30+20+25;50+30+20+25", "万元"),
    ("四项合计", 381, "=", "{老区建设资金}+{产业扶贫资金}+{住房改造资金}+{工作经费}", "万元"),
    # 凌扶贫办发〔2017〕6号: what is planned is more than what has come.
    ("中央和省扶贫资金", 646.7, "=", "367.8+175+52.74+39+45+24", "万元"),
    ("放大十倍的贷款额度", 9900, ">=", "5000+635", "万元"),
    ("放大十倍", 9900, "=", "990*10", "万元"),
    ("危房翻建每户", 3.5, "=", "175万元/50户", "万元/户"),
    ("危房翻建力争", 350, "=", "100户*{危房翻建每户}", "万元"),
    ("培训每人", 300, "=", "24万元/800人", "元/人"),
    ("科技推广每亩", 13, "=", "39万元/3万亩", "元/亩"),
)
#: Households that left poverty and their persons, year by year.
_LEFT = ((2014, 8, 22), (2015, 13, 27), (2016, 3, 5), (2017, 1, 4), (2018, 3, 9))


def _figures(sheet: Worksheet, figures: Iterable[tuple[str, str | float, str, str, str | None]]) -> None:
    """A sheet 勾稽 in the template's layout."""
    names = ("item", "declared", "comparison", "parts", "unit")
    records = [dict(zip(names, row, strict=True)) for row in figures]
    for record in records:
        record["comparison"] = Text(str(record["comparison"]))
    table_sheet(sheet, "reconcile", records)


def documents_book() -> Workbook:
    """The figures of the source documents against each other."""
    book = Workbook()
    _figures(first(book, "勾稽"), _DECLARED)
    return book


def left_households() -> list[Row]:
    """A village's 28 households with 67 persons, who left poverty in five years."""
    causes = ("因病", "因学", "因残", "缺技术", "因病", "缺劳力", None)
    found: list[Row] = []
    for year, households, persons in _LEFT:
        for place in range(households):
            order = len(found) + 1
            income: float | None = 2600 + 275.25 * order if order % 9 else None
            found.append(
                row_of(
                    household_id=f"{AREA}07{order:04d}", head_name=f"样户{order:02d}", township="样本乡", village="样本村",
                    year=2018, household_size=persons // households + (place < persons % households),
                    poverty_status="已脱贫", exit_year=year, main_cause=causes[order % len(causes)], income_per_capita=income,
                    household_category=("一般脱贫户", "低保脱贫户", "特困供养脱贫户")[order % 3 if order % 5 else 0],
                )
            )  # fmt: skip
    return found


def village_figures_book() -> Workbook:
    """A village's declared figures, and the households that they are about."""
    book = Workbook()
    series = "8户;13户;3户;1户;3户", ";".join(f"户数(脱贫年度={year})" for year, *_ in _LEFT)
    persons = "22人;27人;5人;4人;9人", ";".join(f"人数(脱贫年度={year})" for year, *_ in _LEFT)
    figures = (
        ("贫困户", "28户", "=", "户数()", "户"),
        ("贫困人口", "79人", "=", "人数()", "人"),
        ("逐年脱贫户数", series[0], "=", series[1], "户"),
        ("逐年脱贫人数", persons[0], "=", persons[1], "人"),
        ("因病致贫", 8, "=", "户数(主要致贫原因=因病)", "户"),
        ("因病致贫占比", "28.57%", "约", "户数(主要致贫原因=因病)/户数()", None),
        ("人均收入超过2995元", 21, "<=", "户数(人均纯收入>2995)", "户"),
        ("低保脱贫户", 8, "=", "户数(贫困户属性=低保脱贫户 且 年度=2018)", "户"),
        ("写错的一行", 8, "=", "户数(脱贫年渡=2014)", "户"),
    )
    _figures(first(book, "勾稽"), figures)
    table_sheet(book.create_sheet("户"), "household", left_households())
    return book


#: Households that are not registered, and where nothing else is amiss.
_CANDIDATE: Row = {
    "village": "样本三村", "year": 2020, "registered": NO, "household_category": "一般农户", "poverty_status": None,
    "main_cause": None, "identification_standard": None, "annual_plan": None, "industry_developed": NO, "chronic_illness": None,
    "disabled_household": None, "education_secured": None, "dropout_child": None, "dropout_disabled": None,
}  # fmt: skip


def candidate_families() -> list[Family]:
    """The households of ``candidates.xlsx``: the lines are 2995 and 4000."""
    head, wife, boy, girl = ("户主", "男"), ("配偶", "女"), ("之子", "男"), ("之女", "女")
    couple = [adult(*head, "1976-02-11", months_worked=5), adult(*wife, "1978-09-03")]
    pupil = child(*girl, "2010-03-08", "小学")
    left = child(*boy, "2007-06-09", "非在校生", education="小学", dropout_reason="因贫辍学")
    rows: list[tuple[Row, list[Row]]] = [
        # 01, 02: a cent below the lower line, and exactly at it.
        (row_of(income_per_capita=2994.99), [*couple, pupil]),
        (row_of(income_per_capita=2995), [*couple, pupil]),
        # 03-06: below the upper line, with a boy who left school for poverty, a house of grade D, a serious illness; at it.
        (row_of(income_per_capita=3999.99), [*couple, left]),
        (row_of(income_per_capita=3500, housing_grade="D", dangerous_housing=YES, housing_secured=NO), couple),
        (
            row_of(income_per_capita=3200, serious_illness=None, illness_burden=YES),
            [couple[0], old(*wife, "1955-04-04", health="患有大病")],
        ),
        (row_of(income_per_capita=4000), [*couple, left]),
        # 07: over both lines, on 低保 of class two without labour, and not insured.
        (
            row_of(income_per_capita=4600, medical_secured=NO, labour_loss="完全丧失", has_labour=NO)
            | row_of(dibao=YES, dibao_class="二类", dibao_area="乡"),
            [old(*head, "1949-10-01", basic_medical=NO, health="健康")],
        ),
        # 08-10: below the lower line, with a car, with nothing said, and with something that no list knows.
        (row_of(income_per_capita=2000, exclusion_items="小轿车"), couple),
        (row_of(income_per_capita=2600, exclusion_items=None), couple),
        (row_of(income_per_capita=2700, exclusion_items="养了两头牛"), couple),
        # 11: registered already.
        (row_of(income_per_capita=2800, registered=YES, household_category="一般贫困户", poverty_status="未脱贫"), couple),
        # 12: the boy cannot go to school for his body's sake, which does not count.
        (
            row_of(income_per_capita=3600, dropout_child=YES, dropout_disabled=YES),
            [*couple, left | row_of(dropout_reason="因身体原因不具备学习条件")],
        ),
        # 13: nobody knows the income.
        (row_of(income_per_capita=None), couple),
    ]
    named = zip("孔曹严华金魏陶姜戚谢邹喻柏", rows, strict=True)
    return [_family(9, order, name, _CANDIDATE | row, people) for order, (name, (row, people)) in enumerate(named, start=1)]


def candidates_book() -> Workbook:
    """Households that may be registered, and the steps of their identification."""
    book = Workbook()
    known = candidate_families()
    table_sheet(first(book, "户"), "household", (family.record for family in known))
    table_sheet(book.create_sheet("人"), "person", (person for family in known for person in family.members))
    taken = [
        # Through all five; at the second; the third before the second; one twice; one whose name is wrong; one of nobody.
        (1, (("一核", "09-02"), ("二看", "09-05"), ("三比", "09-07"), ("四评议", "09-10"), ("五公示", "09-14"))),
        (3, (("一核", "09-02"), ("二看", "09-05"))),
        (5, (("一核", "09-02"), ("二看", "09-08"), ("三比", "09-07"), ("四评议", "09-10"))),
        (4, (("一核", "09-02"), ("一核", "09-04"), ("二看", "09-05"))),
        (7, (("一核", "09-03"), ("二看", "09-06"), ("三比", "09-08"), ("四平议", "09-10"))),
        (99, (("一核", "09-03"),)),
    ]
    steps_taken = [
        row_of(subject_kind="户", subject_id=f"{AREA}09{order:04d}", step=step, step_date=date.fromisoformat(f"2020-{day}"))
        for order, steps_of in taken
        for step, day in steps_of
    ]
    table_sheet(book.create_sheet("程序"), "procedure", steps_taken)
    return book


WORKBOOKS = (
    {
        "candidates.xlsx": candidates_book,
        "households.xlsx": households_book,
        "register-2014-2018.xlsx": register_book,
        "register-2023-members.xlsx": monitored_book,
        "register-2023-villages.xlsx": monitored_villages_book,
        "village-notes.xlsx": village_book,
        "everything-wrong.xlsx": wrong_book,
        "support.xlsx": support_book,
        "dibao.xlsx": dibao_book,
        "archives.xlsx": archives_book,
        "reconcile-documents.xlsx": documents_book,
        "reconcile-village.xlsx": village_figures_book,
    }
    | {f"counties/{name}": make for name, make in COUNTIES.items()}
    | {f"roster-repo/rosters/{name}": make for name, make in ROSTERS.items()}
)


def write(folder: Path) -> list[Path]:
    """Write every sample into a folder; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, make in WORKBOOKS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(saved(make()))
        written.append(folder / name)
    listed = folder / "households.csv"
    listed.write_bytes(households_csv().encode("utf-8-sig"))
    return [*written, listed]


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent):
        print(path)
