"""Made-up households with blanks, unreadable cells, values on every boundary, members, support, files and steps."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa

from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields

#: Something stands in the cell that cannot be read.
BAD = object()
HOUSEHOLDS = 10_000
LINES = {2010: 2300, 2011: 2536, 2012: 2625, 2013: 2736, 2014: 2800, 2015: 2855, 2016: 2952, 2017: 2952, 2018: 2995}
LINES |= {2019: 3218, 2020: 4000}
YES_NO = [
    "food_secure",
    "clothing_secure",
    "education_secured",
    "medical_secured",
    "housing_secured",
    "dangerous_housing",
    "water_safe",
    "annual_plan",
    "stable_income_source",
    "deep_poverty",
    "has_labour",
    "willing_to_work",
    "registered",
    "dibao",
    "receives_tekun",
    "disabled_household",
    "lives_alone_elderly",
    "serious_illness",
    "chronic_illness",
    "illness_burden",
    "industry_developed",
    "loan_wanted",
    "dropout_child",
    "dropout_disabled",
    "uninsured_member",
    "housing_debt",
    "household_agrees",
    "notice_objection",
]
DAYS = [
    *(
        "selected_date",
        "support_started_date",
        "applied_date",
        "village_review_date",
        "posted_start",
        "posted_end",
        "review_date",
    ),
    *("verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date", "signed_date"),
    *("filed_date", "first_check_date", "second_look_date", "third_comparison_date", "fourth_review_date", "fifth_notice_date"),
]
#: What one of two kinds of sheets does not have at all.
LACKING = frozenset(
    [
        "dibao",
        "registered",
        "serious_illness",
        "lives_alone_elderly",
        "housing_debt",
        "party_volunteers",
        "stable_income_source",
        "has_labour",
        "exclusion_items",
        "dropout_child",
        "education_secured",
        "medical_secured",
        *DAYS,
    ]
)

Row = Mapping[str, Any]


def value(row: Row, name: str) -> Any:
    """What a cell says; nothing where it is blank, unreadable or not there."""
    found = row.get(name)
    return None if found is BAD else found


@dataclass
class World:
    """A roster and what belongs to it."""

    households: list[dict[str, Any]]
    #: Table → rows in their order.
    rows: dict[str, list[dict[str, Any]]]
    #: Table → household → its rows.
    of: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    def first(self, count: int) -> "World":
        """The first households alone."""
        few = self.households[:count]
        keys = {row["household_id"] for row in few}
        rows = {
            name: [row for row in found if row.get("household_id", row.get("subject_id")) in keys]
            for name, found in self.rows.items()
        }
        return World(few, rows, self.of)

    def tables(self) -> Mapping[str, Table]:
        """The tables as reading would have given them."""
        return {name: loaded(name, rows) for name, rows in {"household": self.households, **self.rows}.items()}


def loaded(name: str, rows: Sequence[Row]) -> Table:
    """A loaded table; rows with the same fields stand in one sheet."""
    shapes = [tuple(row) for row in rows]
    kinds = list(dict.fromkeys(shapes))
    columns: dict[str, Any] = {}
    masks: dict[str, Any] = {}
    for column in dict.fromkeys(one for kind in kinds for one in kind):
        cells = [row.get(column) for row in rows]
        columns[column] = pa.array([None if cell is BAD else cell for cell in cells], arrow_type(fields(name)[column].form))
        if any(cell is BAD for cell in cells):
            masks[column] = pa.array([cell is BAD for cell in cells], pa.bool_())
    sheet = {kind: number for number, kind in enumerate(kinds)}
    columns[SHEET] = pa.array([sheet[shape] for shape in shapes], pa.int32())
    columns[ROW] = pa.array(range(2, len(rows) + 2), pa.int32())
    return Table(
        name, pa.table(columns), [SheetRef(0, f"{name}{i}", dict.fromkeys(kind, "A")) for i, kind in enumerate(kinds)], masks
    )


#: Days after the first of January, around the ends of some months; the last is a day of the next year or the last of a leap year.
ENDS_OF_MONTHS = (0, 1, 30, 31, 32, 150, 151, 270, 271, 272, 273, 302, 303, 304, 305, 364, 365)


class Maker:
    """Draws cells: of a hundred some ten are blank and one is unreadable."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def column(self, count: int, choices: Sequence[Any], blank: float = 0.08, bad: float = 0.005) -> list[Any]:
        sure = (1 - blank - bad) / len(choices)
        return self.chance.choices([*choices, None, BAD], [sure] * len(choices) + [blank, bad], k=count)

    def days(self, year: int, count: int) -> list[date]:
        return self.chance.choices(days_of(year), k=count)


@cache
def days_of(year: int) -> tuple[date, ...]:
    return tuple(date(year, 1, 1) + timedelta(day) for day in ENDS_OF_MONTHS)


def money(maker: Maker, year: int, size: int) -> dict[str, Any]:
    """Parts of an income that come to the line, a little more or a little less a head."""
    line = Decimal(LINES.get(year, 4000)) * size + maker.chance.choice(
        (Decimal(0), Decimal("0.01"), Decimal("-0.01"), Decimal(999))
    )
    parts = {"wage_income": line - 1500, "business_income": Decimal(1800), "property_income": Decimal(100)}
    parts |= {"transfer_income": Decimal(200), "business_expense": Decimal(600)}
    if maker.chance.random() < 0.1:
        parts[maker.chance.choice(list(parts))] = maker.chance.choice((None, BAD))  # type: ignore[assignment]
    return parts


def steps_of(maker: Maker, year: int, household: str, steps: Sequence[str]) -> list[dict[str, Any]]:
    """Steps of a procedure, mostly in the order in which they are written."""
    taken = [step for step in steps if maker.chance.random() < 0.85] if maker.chance.random() < 0.8 else []
    days = sorted(maker.days(year, len(taken)))
    if days and maker.chance.random() < 0.4:
        maker.chance.shuffle(days)
    rows = [
        {"subject_kind": "户", "subject_id": household, "step": step, "step_date": day}
        for step, day in zip(taken, days, strict=True)
    ]
    if maker.chance.random() < 0.02:
        rows = [dict(row, step=None) for row in rows[:1]]
    for row in rows:
        if maker.chance.random() < 0.02:
            row[maker.chance.choice(("step_date", "step", "subject_kind"))] = None
    if rows and maker.chance.random() < 0.1:
        rows.append(dict(maker.chance.choice(rows), step_date=maker.days(year, 1)[0]))
    if rows and maker.chance.random() < 0.1:
        rows.append(dict(maker.chance.choice(rows), subject_kind="村"))
    return rows


def household_days(maker: Maker, year: int, names: Sequence[str]) -> dict[str, Any]:
    """Dates in the household's own row: in order, all the same, or in none."""
    kind = maker.chance.random()
    days: list[Any] = sorted(maker.days(year, len(names)))
    if kind < 0.2:
        days = [days[0]] * len(days)
    elif kind < 0.4:
        maker.chance.shuffle(days)
    until = maker.chance.choice((0, 2, 5, len(days), len(days), len(days)))
    found = dict(zip(names, [*days[:until], *[None] * (len(names) - len(days[:until]))], strict=True))
    for first, last in (("notice_start", "notice_end"), ("posted_start", "posted_end")):
        if found.get(first) is not None and maker.chance.random() < 0.6:
            found[last] = found[first] + timedelta(maker.chance.choice((0, 5, 6, 7)))
    if found.get("announced_date") is not None and found.get("notice_end") is not None and maker.chance.random() < 0.6:
        found["announced_date"] = found["notice_end"] + timedelta(maker.chance.choice((0, 0, 1, -1)))
    for step in ("signed_date", "filed_date"):
        if found.get(step) is not None and found.get("posted_end") is not None and maker.chance.random() < 0.6:
            found[step] = found["posted_end"] + timedelta(maker.chance.choice((0, 0, 1, -1)))
    if maker.chance.random() < 0.1:
        found[maker.chance.choice(names)] = maker.chance.choice((None, BAD))
    return found


AGES = (0, 1, 2, 3, 5, 6, 7, 14, 15, 16, 17, 24, 25, 45, 59, 60, 61, 80)


def members(maker: Maker, owners: Sequence[Row], told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A member for each of these households; many have a birthday on the last day of the year, or a day too late."""
    years = maker.column(len(owners), AGES, blank=0.03, bad=0)
    late = maker.column(len(owners), (False, False, False, True), blank=0, bad=0)
    columns = {
        "household_id": [owner["household_id"] for owner in owners],
        "year": [owner["year"] for owner in owners],
        "birth_date": [
            None if age is None else date(owner["year"] - age + after, *((1, 1) if after else (12, 31)))
            for owner, age, after in zip(owners, years, late, strict=True)
        ],
    }
    columns |= {name: maker.column(len(owners), choices, blank=0.05, bad=0) for name, choices in told.items()}
    return together(columns)


def together(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Columns as rows."""
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


#: What the packs look at in members: field → what may stand there.
MEMBER = {
    "school_status": ("非在校生", "非在校生", "非在校生", "小学", "八年级", "普通高中一年级", "中职一年级", "高职高专二年级"),
    "dropout_reason": ("因身体原因不具备学习条件", "送教上门", "参军", "因贫辍学", "因残", "因病", "厌学"),
    "basic_medical": (True, True, True, False),
    "employee_medical": (True, False, False),
    "serious_illness_insurance": (True, True, False),
    "commercial_medical": (True, True, False),
    "health": ("健康", "健康", "长期慢性病", "患有大病", "残疾", "长期慢性病,残疾"),
    "labour_skill": ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "无劳动力", "丧失劳动力"),
    "disability_grade": ("一级", "二级", "三级", "四级"),
    "second_generation_certificate": (True, True, False),
    "incapacitated": (True, False, False),
    "employed": (True, False),
    "pension": (True, True, False),
    "months_worked": (Decimal(0), Decimal(3), Decimal(12)),
    "public_post": ("无", "护林员"),
    "dibao": (True, False),
}


@dataclass(frozen=True)
class Wanted:
    """What a pack's rosters are made of."""

    first: int
    last: int
    measures: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ("0",)
    materials: tuple[str, ...] = ()
    #: Further fields of households: name → what may stand there.
    household: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    steps: tuple[str, ...] = ()
    #: The fields that are looked at; others are left out, because making them takes time.
    fields: frozenset[str] = frozenset()


def a_roster(maker: Maker, wanted: Wanted, count: int) -> list[dict[str, Any]]:
    """Households: every field that some pack looks at."""
    near = [
        Decimal(line) + more for line in sorted({*LINES.values()}) for more in (Decimal(0), Decimal("0.01"), Decimal("-0.01"))
    ]
    columns: dict[str, list[Any]] = {name: maker.column(count, (True, True, False)) for name in YES_NO}
    columns |= {
        "income_per_capita": maker.column(count, [*near, Decimal(9000)], blank=0.4),
        "disposable_income_per_capita": maker.column(count, [Decimal(text) for text in ("9000", "9000.01", "8999.99", "12000")]),
        "housing_grade": maker.column(count, "ABCD", blank=0.4),
        "dibao_class": maker.column(count, ("无", "一类", "二类", "三类"), blank=0.5),
        "dibao_area": maker.column(count, "城乡"),
        "labour_loss": maker.column(count, ("无", "部分丧失", "完全丧失")),
        "poverty_status": maker.column(count, ("未脱贫", "已脱贫", "返贫", "返贫")),
        "main_cause": maker.column(count, ("因病", "因残", "因学", "因灾", "缺技术")),
        "party_volunteers": maker.column(count, (0, 9, 10, 11)),
        "exclusion_items": maker.column(count, ("无", "无", "无", "商品房", "小轿车,商品房", "不认识的一项")),
    }
    for name, choices in wanted.household:
        columns[name] = maker.column(count, choices)
    for name in (
        "has_labour",
        "housing_secured",
        "dangerous_housing",
        "education_secured",
        "medical_secured",
        "disabled_household",
    ):
        columns[name] = maker.column(count, (True, True, False), blank=0.5)
    for name in ("dibao", "serious_illness", "lives_alone_elderly", "registered"):
        columns[name] = maker.column(count, (True, False), blank=0.3)
    columns = {name: cells for name, cells in columns.items() if name in wanted.fields}
    days = [name for name in DAYS if name in wanted.fields]
    found = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    for number, row in enumerate(found):
        year, size = maker.chance.randint(wanted.first, wanted.last), maker.chance.choice((1, 2, 2, 3))
        row |= {
            "household_id": f"H{number}",
            "year": year,
            "household_size": maker.chance.choice((size, size, size, size, size + 1, None)),
        }
        row.update(money(maker, year, size) | (household_days(maker, year, days) if days else {}))
        row["members"] = size
    return found


def world(seed: int, wanted: Wanted, count: int = HOUSEHOLDS) -> World:
    """A made-up roster."""
    maker = Maker(seed)
    households = a_roster(maker, wanted, count)
    told = {name: choices for name, choices in MEMBER.items() if name in wanted.fields}
    sizes = [household.pop("members") - (maker.chance.random() < 0.05) for household in households]
    owners = [household for household, size in zip(households, sizes, strict=True) for _ in range(size)]
    rows = {"person": members(maker, owners, told)}
    if wanted.measures:
        rows["support"] = measures(maker, households, wanted)
    if wanted.materials:
        rows["archive"] = papers(maker, households, wanted.materials)
    if wanted.steps:
        rows["procedure"] = [row for one in households for row in steps_of(maker, one["year"], one["household_id"], wanted.steps)]
    sheets = [row if n % 3 else {k: v for k, v in row.items() if k not in LACKING} for n, row in enumerate(households)]
    made = World(sheets, rows)
    for name, found in rows.items():
        made.of[name] = defaultdict(list)
        for row in found:
            made.of[name][row["household_id" if "household_id" in row else "subject_id"]].append(row)
    return made


def measures(maker: Maker, households: Sequence[Row], wanted: Wanted) -> list[dict[str, Any]]:
    """What came to households: some have everything, the others a few measures, whether due or not."""
    chance, amounts = maker.chance, [Decimal(text) for text in wanted.amounts]
    whole = [(one, kind) for one in households if chance.random() < 0.3 for kind in wanted.measures]
    with_all = {one["household_id"] for one, _ in whole}
    few = [
        (one, kind)
        for one in households
        if one["household_id"] not in with_all
        for kind in chance.choices(wanted.measures, k=chance.choice((0, 2, 4, 6)))
    ]
    yes, middle = (True,), (31 + 28 + 31 + 30,)
    return [
        *_measures(maker, whole, (max(amounts),), yes, yes, middle, blank=0.002),
        *_measures(maker, few, amounts, (True, True, False), (True, True, True, False), ENDS_OF_MONTHS, blank=0.02),
    ]


def _measures(
    maker: Maker,
    owned: Sequence[tuple[Row, str]],
    amounts: Sequence[Decimal],
    entitled: Sequence[bool],
    delivered: Sequence[bool],
    days: Sequence[int],
    *,
    blank: float,
) -> list[dict[str, Any]]:
    after = maker.column(len(owned), days, blank=blank, bad=0)
    columns = {
        "household_id": [one["household_id"] for one, _ in owned],
        "year": [one["year"] for one, _ in owned],
        "measure": [kind if maker.chance.random() > blank else None for _, kind in owned],
        "amount": maker.column(len(owned), amounts, blank=blank, bad=0),
        "entitled": maker.column(len(owned), entitled, blank=blank, bad=0),
        "delivered": maker.column(len(owned), delivered, blank=blank, bad=0),
        "delivered_date": [
            None if day is None else date(one["year"], 1, 1) + timedelta(day) for (one, _), day in zip(owned, after, strict=True)
        ],
    }
    return together(columns)


def papers(maker: Maker, households: Sequence[Row], materials: Sequence[str]) -> list[dict[str, Any]]:
    """The papers of households: of one in ten none, of others half, of most all, some of them not complete."""
    chance = maker.chance
    often = [chance.choice((0, *(0.5,) * 4, *(1.0,) * 5)) for _ in households]
    owned = [
        (one["household_id"], one["year"], material)
        for one, share in zip(households, often, strict=True)
        for material in materials
        if chance.random() < share
    ]
    columns = {
        "subject_kind": maker.column(len(owned), ("户",), blank=0.005, bad=0),
        "subject_id": [key for key, _, _ in owned],
        "year": [year for _, year, _ in owned],
        "material": [material if chance.random() > 0.005 else None for _, _, material in owned],
        "required": maker.column(len(owned), (True, True, False), blank=0.005, bad=0),
        "complete": maker.column(len(owned), (True,) * 19 + (False,), blank=0.005, bad=0),
    }
    return together(columns)
