"""Rosters of one village over three years that tell one story, for ``roster-repo``: somebody exits, falls back, marries, is born,
dies, moves away; a household splits, another one is found later.

The village and everybody in it are invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from openpyxl import Workbook
from sheets import AREA, NO, YES, Row, Value, columns_sheet, first, id_number, row_of

YEARS = (2016, 2017, 2018)
_HOUSEHOLD = (
    "household_id", "head_name", "township", "village", "year", "household_size", "poverty_status", "exit_year",
    "change_reason", "income_per_capita", "education_secured", "medical_secured", "housing_secured", "water_safe",
    "review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date",
)  # fmt: skip
_PERSON = ("household_id", "person_id", "year", "name", "id_number", "relation", "sex", "birth_date", "change_reason")
_SAFE = dict.fromkeys(("education_secured", "medical_secured", "housing_secured", "water_safe"), YES)
_STEPS = {
    "review_date": (9, 4), "verified_date": (9, 11), "agreed_date": (9, 13), "notice_start": (9, 18), "notice_end": (9, 25),
    "announced_date": (9, 28), "deregistered_date": (12, 20),
}  # fmt: skip


@dataclass
class Person:
    """Somebody with the years in which a household's roster has them, and why they came or left."""

    name: str
    relation: str
    sex: str
    born: date
    order: int
    years: tuple[int, ...] = YEARS
    #: Year → 人口变更原因.
    reasons: dict[int, str] = field(default_factory=dict)
    #: Whether the household's number of people counts them in their last year.
    counted: bool = True


@dataclass
class Household:
    """A household: its people, and what its row says in each year in which the roster has it."""

    number: int
    people: Sequence[Person]
    rows: dict[int, Row]


def _row(status: str, income: float, exit_year: int | None = None, **more: Value) -> Row:
    return row_of(poverty_status=status, income_per_capita=income, exit_year=exit_year, **more)


def _exits(year: int, income: float) -> Row:
    """The row of the year in which a household exits: all guarantees, and the whole procedure."""
    days = {name: date(year, *day) for name, day in _STEPS.items()}
    return row_of(poverty_status="已脱贫", income_per_capita=income, exit_year=year, **days)


def households() -> list[Household]:
    """Everybody, over all years."""
    son, wife, baby = (
        Person("样李乙", "之子", "男", date(1990, 5, 5), 41, (2016, 2017)),
        Person("样李丙", "之儿媳", "女", date(1992, 8, 1), 42, (2017,), {2017: "嫁入"}),
        Person("样李丁", "之子", "男", date(2018, 3, 9), 43, (2018,), {2018: "新生儿"}),
    )
    poor = row_of(education_secured=YES, medical_secured=YES, housing_secured=NO, water_safe=YES)
    return [
        Household(
            1,
            [Person("样赵甲", "户主", "男", date(1970, 2, 3), 11), Person("样赵乙", "配偶", "女", date(1972, 6, 7), 12)],
            {2016: _row("未脱贫", 2610, **poor), 2017: _exits(2017, 3420), 2018: _row("已脱贫", 3890, 2017)},
        ),
        # Falls back after an illness.
        Household(
            2,
            [Person("样钱甲", "户主", "男", date(1965, 9, 9), 21), Person("样钱乙", "配偶", "女", date(1966, 1, 4), 22)],
            {2016: _exits(2016, 3105), 2017: _row("已脱贫", 3230, 2016), 2018: _row("返贫", 2480, 2016, medical_secured=NO)},
        ),
        # The daughter marries out.
        Household(
            3,
            [
                Person("样孙甲", "户主", "男", date(1963, 4, 1), 31),
                Person("样孙乙", "之女", "女", date(1994, 10, 10), 32, (2016, 2017), {2017: "嫁出"}, counted=False),
            ],
            {2016: _row("未脱贫", 2200, **poor), 2017: _row("未脱贫", 2390, **poor), 2018: _row("未脱贫", 2700, **poor)},
        ),
        # The son brings home a wife, and has a household of his own the year after.
        Household(
            4,
            [Person("样李甲", "户主", "男", date(1962, 12, 12), 40), son, wife],
            {2016: _row("未脱贫", 2500, **poor), 2017: _row("未脱贫", 2640, **poor), 2018: _row("未脱贫", 2810, **poor)},
        ),
        Household(
            9,
            [
                Person("样李乙", "户主", "男", date(1990, 5, 5), 41, (2018,)),
                Person("样李丙", "配偶", "女", date(1992, 8, 1), 42, (2018,)),
                baby,
            ],
            {2018: _row("未脱贫", 2760, change_reason="分户", **poor)},
        ),
        # An old man who dies.
        Household(
            5,
            [Person("样周甲", "户主", "男", date(1938, 7, 7), 51, (2016, 2017), {2017: "死亡"})],
            {2016: _row("未脱贫", 2100, **poor), 2017: _row("未脱贫", 2150, change_reason="死亡", **poor)},
        ),
        # Moves away.
        Household(
            6,
            [
                Person("样吴甲", "户主", "男", date(1980, 1, 20), 61, (2016, 2017), {2017: "其他转出"}),
                Person("样吴乙", "配偶", "女", date(1983, 3, 30), 62, (2016, 2017), {2017: "其他转出"}),
            ],
            {2016: _exits(2016, 4020), 2017: _row("已脱贫", 4400, 2016, change_reason="整户迁出")},
        ),
        # Found a year later.
        Household(
            7,
            [Person("样郑甲", "户主", "女", date(1975, 11, 2), 71, (2017, 2018))],
            {2017: _row("未脱贫", 2280, change_reason="新识别", **poor), 2018: _exits(2018, 3350)},
        ),
        # About to exit for a year.
        Household(
            8,
            [Person("样王甲", "户主", "男", date(1978, 8, 8), 81), Person("样王乙", "之母", "女", date(1950, 5, 1), 82)],
            {2016: _row("未脱贫", 2450, **poor), 2017: _row("预脱贫", 2960), 2018: _exits(2018, 3480)},
        ),
    ]


def _number(household: Household) -> str:
    return f"{AREA}20{household.number:04d}"


def _household_rows(year: int) -> Iterator[Row]:
    for household in households():
        if year not in household.rows:
            continue
        people = [one for one in household.people if year in one.years and (one.counted or year < max(one.years))]
        known = row_of(household_id=_number(household), head_name=household.people[0].name, township="样本乡", village="样本村")
        yield _SAFE | known | row_of(year=year, household_size=len(people)) | household.rows[year]


def _person_rows(year: int) -> Iterator[Row]:
    for household in households():
        for person in household.people if year in household.rows else ():
            if year in person.years:
                yield row_of(
                    household_id=_number(household),
                    person_id=f"{AREA}2000{person.order:04d}",
                    year=year,
                    name=person.name,
                    id_number=id_number(person.born, person.sex, person.order),
                    relation=person.relation,
                    sex=person.sex,
                    birth_date=person.born,
                    change_reason=person.reasons.get(year),
                )


def roster(year: int) -> Workbook:
    """A year's roster: a sheet of households, a sheet of people."""
    book = Workbook()
    columns_sheet(first(book, "户"), "household", _HOUSEHOLD, _household_rows(year))
    columns_sheet(book.create_sheet("人"), "person", _PERSON, _person_rows(year))
    return book


ROSTERS = {f"{year}.xlsx": partial(roster, year) for year in YEARS}
