"""Random rosters in which every data-quality rule is met and broken."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from quality_oracle import BAD, COLLEGE, NO_LABOUR, SENIOR, STEPS, TRANSFERS, Row, born_by_number, check_character, sex_by_number

YEAR, DAY = 2018, date(2018, 12, 31)


def numbers(chance: random.Random, count: int) -> list[str]:
    """Identity numbers from an area that does not exist; some with a wrong check character, some with a day that is none."""
    found = []
    for serial in range(count):
        born = f"{chance.choice((1948, 1959, 1980, 1998, 2001, 2002, 2003, 2006, 2008, 2012, 2013, 2018, 2019))}"
        born += chance.choice(
            ("0101", "1231", "0615", "0229", "1301", "0431") if chance.random() < 0.3 else ("0101", "1231", "0615")
        )
        head = f"349900{born}{serial % 1000:03}"
        last = check_character(head)
        found.append(head + (last if chance.random() < 0.9 else "1" if last != "1" else "2"))
    return found


def cell(chance: random.Random, *choices: object) -> object:
    """One of the choices; now and then a blank, or something unreadable."""
    dice = chance.random()
    return BAD if dice < 0.02 else None if dice < 0.12 else chance.choice(choices)


def money(chance: random.Random, *near: str) -> object:
    return cell(chance, *(Decimal(text) for text in (*near, "0", "99.99", "100", "3000")))


def a_household(chance: random.Random, serial: int, heads: Sequence[str]) -> dict[str, Any]:
    size = chance.choice((1, 2, 3))
    parts = {name: Decimal(chance.choice((0, 0, 50, 3000, 6000))) for name in ("wage_income", "business_income")}
    parts |= {
        "property_income": Decimal(600),
        "transfer_income": Decimal(chance.choice((0, 1500))),
        "business_expense": Decimal(300),
    }
    net = sum(parts.values()) - 2 * parts["business_expense"]
    near = Decimal(chance.choice(("0", "0.999999", "1", "1.000001", "-1", "-1.01", "700")))
    steps = sorted(date(2018, 12, chance.choice((1, 10, 20, 31))) for _ in STEPS)
    if chance.random() < 0.3:
        spot = chance.randrange(len(steps))
        steps[spot] = chance.choice((date(2018, 11, 30), date(2019, 1, 1)))
    transfers = [Decimal(0)] * 5 + [parts["transfer_income"] + near]
    sure = {"household_id": f"H{serial}", "year": YEAR}
    yes_no = (
        "dangerous_housing",
        "water_safe",
        "dropout_child",
        "dropout_disabled",
        "uninsured_member",
        "dibao",
        "receives_tekun",
    )
    return (
        sure
        | {name: cell(chance, True, False) for name in (*yes_no, "disabled_household", "industry_developed")}
        | {
            "head_id_number": cell(chance, *heads),
            "village": cell(chance, "样村", "例村"),
            "household_size": cell(chance, size, size, size, size + 1),
            "poverty_status": cell(chance, "已脱贫", "未脱贫"),
            "household_category": cell(chance, "一般脱贫户", "一般贫困户", "低保脱贫户", "脱贫户"),
            "exit_year": cell(chance, 2017, 2018, 2019),
            **{name: cell(chance, found, found, found, found + 1) for name, found in parts.items()},
            **{name: cell(chance, found) for name, found in zip(TRANSFERS, transfers, strict=True)},
            "asset_income": cell(chance, Decimal(600)),
            "other_property_income": cell(chance, near if near > 0 else Decimal(0)),
            "annual_income": cell(chance, net + near),
            "income_per_capita": cell(chance, net / size if net % size == 0 else net // size, Decimal(2995), Decimal("2994.99"))
            if chance.random() < 0.7
            else cell(chance, net / 2 + near),
            "industry_support": cell(chance, "无", "种植业"),
            "farmland": money(chance, "100.000001"),
            "forest_land": money(chance, "200", "200.01"),
            "road_distance": money(chance, "5", "5.000001"),
            "contact_phone": cell(chance, *(f"1000000{chance.randrange(9999):04}" for _ in range(3)), "10000000001", "1000000"),
            "living_space": money(chance),
            **{name: cell(chance, step) for name, step in zip(STEPS, steps, strict=True)},
        }
    )


def a_person(chance: random.Random, household: str, pool: Sequence[str]) -> dict[str, Any]:
    number = chance.choice(pool) + chance.choice(("", "", "", "43"))
    born = born_by_number(number) or date(1980, 1, 1)
    return {
        "household_id": household,
        "year": YEAR,
        "id_number": cell(chance, number),
        "relation": cell(chance, "户主", "户主", "配偶", "之子", "之女", "之母", "之女婿", "其他"),
        "sex": cell(chance, sex_by_number(number), sex_by_number(number), "男", "女"),
        "birth_date": cell(chance, born, born, born, date(2018, 12, 31), date(2019, 1, 1)),
        "education": cell(chance, None, None, "小学", "学龄前儿童", "初中"),
        "school_status": cell(
            chance,
            None,
            None,
            "非在校生",
            "学龄前儿童",
            "学前教育",
            "小学",
            "小学",
            "八年级",
            SENIOR[4],
            COLLEGE[3],
            "硕士研究生及以上",
        ),
        "health": cell(chance, "健康", "健康", "残疾", "长期慢性病,残疾"),
        "labour_skill": cell(chance, "普通劳动力", *NO_LABOUR),
        "months_worked": cell(chance, *(Decimal(text) for text in ("0", "3", "12", "12.5"))),
        "workplace": cell(chance, None, "样县"),
        "public_post": cell(chance, "无", "护林员", "否"),
        "public_post_months": cell(chance, *(Decimal(text) for text in ("0", "6", "12", "13"))),
        "basic_medical": cell(chance, True, False),
        "employee_medical": cell(chance, True, False),
        "dropout_reason": cell(chance, None, "因病", "厌学", "送教上门"),
        "phone": cell(chance, *(f"1000001{chance.randrange(9999):04}" for _ in range(3)), "10000010001", "1000000"),
    }


def roster(seed: int, households: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    chance = random.Random(seed)
    heads = numbers(chance, households)
    heads += [head + "21" for head in heads[:20]]
    families = [a_household(chance, serial, heads) for serial in range(households)]
    pool = numbers(chance, 2 * households)
    people: list[dict[str, Any]] = []
    for family in families:
        size = family["household_size"]
        members = [
            a_person(chance, family["household_id"], pool)
            for _ in range(chance.choice((0, 1, 2, 3, *[size] * 5) if isinstance(size, int) else (0, 1, 2)))
        ]
        if len(members) > 1 and chance.random() < 0.1:
            # One person with two numbers: of the identity card, and of the certificate for disabled people.
            members[1]["id_number"] = (
                f"{members[0]['id_number']}"[:18] + "11" if isinstance(members[0]["id_number"], str) else None
            )
        people += members
    return families, people


#: Columns that no register of 2014-2018 has.
NEWER = {
    "sex",
    "birth_date",
    "dropout_reason",
    "employee_medical",
    "public_post",
    "annual_income",
    "industry_support",
    "water_safe",
}


def without(rows: Sequence[Row], names: set[str]) -> list[dict[str, Any]]:
    return [{name: found for name, found in row.items() if name not in names} for row in rows]
