"""Write a workbook of made-up households: ``python bench/generate.py N FILE``.

One sheet 户 with 38 columns, the same cells each time. Area code 349900 belongs to no county. A few cells in a hundred are blank
and a few incomes stand exactly at the line, as in a real roster; every value is one that a spreadsheet would hold.
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from fupin_cli.model.identity import checksum_holds
from fupin_cli.model.tables import fields

SEED = 20201231
LINE = {2018: 2995, 2019: 3218, 2020: 4000}
COLUMNS = (
    "household_id", "head_name", "head_id_number", "county", "township", "village", "villager_group", "year", "household_size",
    "household_category", "poverty_status", "main_cause", "wage_income", "business_income", "property_income",
    "transfer_income", "business_expense", "income_per_capita", "medical_expense", "food_secure", "clothing_secure",
    "education_secured", "medical_secured", "housing_secured", "housing_grade", "dangerous_housing", "water_safe", "has_labour",
    "annual_plan", "review_date", "verified_date", "household_agrees", "agreed_date", "notice_start", "notice_end",
    "notice_objection", "announced_date", "deregistered_date",
)  # fmt: skip
YES_NO = {
    "food_secure", "clothing_secure", "education_secured", "medical_secured", "water_safe", "has_labour", "annual_plan",
}  # fmt: skip
_STEPS = ("review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date")
#: Days from each step to the next.
_PACE = (7, 2, 3, 6, 4, 60)

Value = str | int | float | date | None


def household(order: int, chance: random.Random) -> dict[str, Value]:
    """One made-up household."""
    year = chance.choice(tuple(LINE))
    size = chance.randint(1, 6)
    wage, business, prop, transfer = (round(chance.uniform(0, top) * size, 2) for top in (4000, 3000, 200, 1200))
    expense = round(business * chance.uniform(0, 0.4), 2)
    income: float | None = round((wage + business + prop + transfer - expense) / size, 2)
    match chance.random():
        case luck if luck < 0.02:
            income = LINE[year]
        case luck if luck < 0.10:
            # Only the parts are given.
            income = None
    grade = chance.choices(("A", "B", "C", "D"), (40, 55, 4, 1))[0]
    safe = "是" if grade in "AB" else "否"
    row: dict[str, Value] = {
        "household_id": f"3499{order:08d}",
        "head_name": f"样{chance.choice('赵钱孙李周吴郑王')}{chance.choice('甲乙丙丁戊己庚辛')}",
        "head_id_number": id_number(order),
        "county": "样本县",
        "township": f"样本{chance.choice('东南西北')}乡",
        "village": f"样本{chance.randint(1, 40)}村",
        "villager_group": f"{chance.randint(1, 9)}组",
        "year": year,
        "household_size": size,
        "household_category": chance.choice(("一般贫困户", "低保贫困户", "特困供养贫困户")),
        "poverty_status": chance.choice(("未脱贫", "预脱贫", "已脱贫")),
        "main_cause": chance.choice(("因病", "因残", "因学", "缺技术", "缺劳力", "缺资金")),
        "wage_income": wage,
        "business_income": business,
        "property_income": prop,
        "transfer_income": transfer,
        "business_expense": expense,
        "income_per_capita": income,
        "medical_expense": round(chance.uniform(0, 3000), 2),
        "housing_secured": safe,
        "housing_grade": grade,
        "dangerous_housing": "否" if safe == "是" else "是",
    }
    for name in sorted(YES_NO):
        row[name] = chance.choices(("是", "否", None), (96, 3, 1))[0]
    row |= procedure(date(year, 8, 1) + timedelta(days=chance.randint(0, 45)), chance)
    return row


def procedure(day: date, chance: random.Random) -> dict[str, Value]:
    """The exit procedure as far as it came."""
    done = chance.choices(range(len(_STEPS) + 1), (30, 5, 5, 5, 5, 5, 5, 40))[0]
    row: dict[str, Value] = {}
    for step, pause in zip(_STEPS[:done], (*_PACE, 0), strict=False):
        row[step] = day
        day += timedelta(days=pause)
    if "agreed_date" in row:
        row["household_agrees"] = "是"
    if "notice_end" in row:
        row["notice_objection"] = "否"
    return row


def id_number(order: int) -> str:
    """An ID number with a valid checksum that belongs to nobody: a birth date and three digits count the order.

    The digits never end in 00: with a check digit 0 after them, a number looks like one that a spreadsheet cut off.
    """
    born = date(1940, 1, 1) + timedelta(days=order // 90)
    head = f"349900{born:%Y%m%d}{101 + order % 90}"
    return next(head + check for check in "0123456789X" if checksum_holds(head + check))


def write(path: Path, households: int) -> None:
    """Write a workbook with so many households, row by row."""
    chance = random.Random(SEED)
    declared = fields("household")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("户")
    text, money, day = (book.add_format({"num_format": code}) for code in ("@", "0.00", "yyyy-mm-dd"))
    for position, name in enumerate(COLUMNS):
        sheet.write_string(0, position, declared[name].label)
    for row in range(1, households + 1):
        record = household(row, chance)
        for position, name in enumerate(COLUMNS):
            match record.get(name):
                case None:
                    pass
                case str(value):
                    sheet.write_string(row, position, value, text)
                case date() as value:
                    sheet.write_datetime(row, position, value, day)
                case float(value):
                    sheet.write_number(row, position, value, money)
                case value:
                    sheet.write_number(row, position, value)
    book.close()


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
