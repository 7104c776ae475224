"""Five counties that apply to withdraw for 2018, each a workbook of its own, each ending elsewhere in the decision table.

Counties, townships and villages are invented; the 19 indicators are called 指标一 to 指标十九, because no document lists them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from openpyxl import Workbook
from sheets import AREA, NO, YES, Row, columns_sheet, first, row_of, table_sheet

YEAR = 2018
PROVINCE = "样省"
#: The fields of basic public services, and how many of the invented indicators stand in each.
_FIELDS = (
    ("基本公共教育", 3),
    ("基本劳动就业创业", 2),
    ("基本社会保险", 2),
    ("基本医疗卫生", 3),
    ("基本社会服务", 2),
    ("基本住房保障", 2),
    ("基本公共文化体育", 3),
    ("残疾人基本公共服务", 2),
)
_DIGITS = "一二三四五六七八九十"
_SURVEY = (
    "county",
    "township",
    "village",
    "household_id",
    "year",
    "sample_group",
    "household_size",
    "wrongly_exited",
    "missed_people",
    "approves",
)
_VILLAGE = (
    "county",
    "township",
    "village",
    "year",
    "poor_village",
    "rural_population",
    "households",
    "poor_population",
    "collective_income",
    "previous_collective_income",
    "leading_industries",
    "exited",
)
_HOUSEHOLD = ("county", "township", "village", "household_id", "head_name", "year", "household_size", "poverty_status")


def _county(name: str, level: str, **more: object) -> Row:
    """A county that has done everything in time, as far as nothing else is said."""
    usual = row_of(
        county=name,
        province=PROVINCE,
        county_level=level,
        year=YEAR,
        rural_population=312_000,
        poor_population=4_056,
        poor_villages=4,
        exited_villages=4,
        income_growth=10.6,
        province_income_growth=9.7,
        exited_population=43_218,
        unregistered_population=264_726,
        works_completed_date=date(2018, 11, 20),
        county_consent=YES,
        applied_date=date(2018, 12, 10),
        city_consent=YES,
        city_reviewed_date=date(2018, 12, 26),
        materials_complete=YES,
        self_check_date=date(2018, 11, 25),
        dynamic_management_date=date(2018, 10, 8),
    )
    return usual | more  # type: ignore[operator]


#: What an evaluation found in a county, and what follows from it in the new year.
_EVALUATED: Row = {
    "exited_sampled": 1_250,
    "wrongly_exited": 6,
    "unregistered_surveyed": 1_480,
    "missed_people": 4,
    "households_surveyed": 1_000,
    "approving_households": 968,
    "province_verified_date": date(2019, 1, 22),
    "evaluation_date": date(2019, 2, 26),
}
_NOTICE: Row = {
    "notice_start": date(2019, 3, 20),
    "notice_end": date(2019, 3, 29),
    "notice_objection": NO,
    "opinion_date": date(2019, 4, 12),
}
_SPOT_CHECK: Row = {"spot_check_date": date(2019, 5, 16), "spot_check_passed": YES, "special_report_date": date(2019, 6, 5)}


def _numeral(number: int) -> str:
    """1 to 19 in Chinese numerals."""
    return _DIGITS[number - 1] if number <= len(_DIGITS) else f"十{_DIGITS[number - len(_DIGITS) - 1]}"


def services(county: str) -> Iterator[Row]:
    """The 19 indicators: the first field's first one is the better the lower, one lies within its tolerance of the mean."""
    number = 0
    for name, indicators in _FIELDS:
        for _ in range(indicators):
            number += 1
            lower = number == 1
            value = 4.2 if lower else 95.5 if number != 7 else 94.1
            mean = 5.0 if lower else 95.0
            yield row_of(
                county=county,
                year=YEAR,
                service_field=name,
                indicator=f"指标{_numeral(number)}",
                county_value=value,
                province_mean=mean,
                direction="越低越好" if lower else "越高越好",
                tolerance=1.0,
            )


#: Persons of the six villages of the county of 5,000, and those of them who have not left.
_SMALL = ((800, 17), (820, 17), (830, 17), (840, 17), (850, 17), (860, 16))
_LARGE = tuple((1_800 + 150 * order, 21 + 2 * order) for order in range(6))


def villages(county: str, people: Sequence[tuple[int, int]] = _LARGE) -> Iterator[Row]:
    """The four poor villages of a county, all of which have left, and two others."""
    for order, (persons, poor) in enumerate(people):
        is_poor = order < 4
        yield row_of(
            county=county,
            township=f"样{_DIGITS[order // 3]}乡",
            village=f"样{_DIGITS[order]}村",
            year=YEAR,
            poor_village=YES if is_poor else NO,
            rural_population=persons,
            households=persons // 3,
            poor_population=poor,
            collective_income=12.5 + order,
            previous_collective_income=9.8 + order,
            leading_industries=1 + order % 2,
            exited=YES if is_poor else None,
        )


def survey(county: str) -> Iterator[Row]:
    """A hundred who were asked: households of four villages in two townships, and officials.

    120 persons of 40 households that exited, 3 of them wrongly; 70 of 20 that were never registered; 20 poor households;
    20 officials.
    """
    groups = ("脱贫户",) * 40 + ("未建档立卡户",) * 20 + ("贫困户",) * 20 + ("干部",) * 20
    for order, group in enumerate(groups):
        size = {"脱贫户": 3, "未建档立卡户": 3 + order % 2}.get(group)
        yield row_of(
            county=county,
            township=f"样{_DIGITS[order % 4 // 3]}乡",
            village=f"样{_DIGITS[order % 4]}村",
            household_id=f"{AREA}08{order + 1:04d}",
            year=YEAR,
            sample_group=group,
            household_size=size,
            wrongly_exited=(0 if order else size) if group == "脱贫户" else None,
            missed_people=0 if group == "未建档立卡户" else None,
            approves=NO if order % 10 == 3 else YES,
        )


def poor_households(county: str) -> Iterator[Row]:
    """33 registered households, of which 30 with 101 persons have not left."""
    for order in range(33):
        left = order >= 30
        yield row_of(
            county=county,
            township=f"样{_DIGITS[order % 6 // 3]}乡",
            village=f"样{_DIGITS[order % 6]}村",
            household_id=f"{AREA}09{order + 1:04d}",
            head_name=f"样户{order + 1:02d}",
            year=YEAR,
            household_size=3 + (order < 11),
            poverty_status="已脱贫" if left else "未脱贫",
        )


def _book(county: Row, **sheets: Iterable[Row]) -> Workbook:
    """A workbook of the county's row and of what else is given of it."""
    book = Workbook()
    table_sheet(first(book, "县"), "county", [county])
    for title, table, names in (("村", "village", _VILLAGE), ("户", "household", _HOUSEHOLD), ("抽样", "survey", _SURVEY)):
        if table in sheets:
            columns_sheet(book.create_sheet(title), table, names, sheets[table])
    if "service" in sheets:
        table_sheet(book.create_sheet("公共服务"), "service", sheets["service"])
    return book


def may_withdraw() -> Workbook:
    """Everything is there and met; the services are counted from their sheet."""
    name = "样甲县"
    county = _county(name, "国家级", **_EVALUATED, **_NOTICE, **_SPOT_CHECK)
    return _book(county, village=villages(name), service=services(name))


def awaits_spot_check() -> Workbook:
    """A national-level county whose notice has ended, with no spot check yet."""
    name = "样乙县"
    return _book(_county(name, "国家级", **_EVALUATED, **_NOTICE, services_met=19, services_total=19), village=villages(name))


def needs_rectification() -> Workbook:
    """3 of 120 persons left wrongly (2.5 %), 90 of 100 approve: exactly enough; the rates come from the sheet of the survey."""
    name = "样丙县"
    county = _county(name, "省级", province_verified_date=date(2019, 1, 22), evaluation_date=date(2019, 2, 26))
    return _book(county, village=villages(name), survey=survey(name), service=services(name))


def is_refused() -> Workbook:
    """101 persons of 5,000 have not left, by the sheet of households: 2.02 %."""
    name = "样丁县"
    county = _county(
        name, "省级", rural_population=5_000, poor_population=None, exited_population=9, unregistered_population=4_890
    )
    return _book(county, village=villages(name, _SMALL), household=poor_households(name))


def applied_late() -> Workbook:
    """The application came a day late."""
    name = "样戊县"
    return _book(_county(name, "省级", applied_date=date(2018, 12, 16)), village=villages(name))


COUNTIES = {
    "样甲县.xlsx": may_withdraw,
    "样乙县.xlsx": awaits_spot_check,
    "样丙县.xlsx": needs_rectification,
    "样丁县.xlsx": is_refused,
    "样戊县.xlsx": applied_late,
}
