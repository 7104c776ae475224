"""The list of data-quality rules for counties and villages, read a second time: plain Python, three truth values, exact numbers.

Beside it random counties and villages in which every rule is met and broken.
"""

import operator
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from quality_oracle import BAD, Row, Truth, among, at_most, blank, both, compared, either, negated, value, within

YEAR = 2018


# --- 十、县 --------------------------------------------------------------------------------------------------------------


class Counties:
    """What the list says of counties. Rows of villages, households and answers belong to a county by its name; all are of one year."""

    def __init__(
        self, counties: Sequence[Row], villages: Sequence[Row], households: Sequence[Row], answers: Sequence[Row]
    ) -> None:
        self.counties, self.villages, self.households, self.answers = counties, villages, households, answers

    def rows(self, county: Row, table: Sequence[Row]) -> list[Row] | None:
        """The rows that are this county's; unknown where it has no name, or where a row may be anybody's."""
        name = value(county, "county")
        if name is None or any(value(row, "county") is None for row in table):
            return None
        return [row for row in table if value(row, "county") == name]

    def total(self, county: Row, table: Sequence[Row], name: str, meant: Callable[[Row], Truth] = lambda _: True) -> int | None:
        """The sum of a number over the rows that are meant; of no rows 0."""
        mine = self.rows(county, table)
        if mine is None or any(meant(row) is None or (meant(row) and value(row, name) is None) for row in mine):
            return None
        return sum(value(row, name) for row in mine if meant(row))

    def count(self, county: Row, table: Sequence[Row], holds: Callable[[Row], Truth]) -> int | None:
        """How many rows there are of which something holds."""
        found = [holds(row) for row in mine] if (mine := self.rows(county, table)) is not None else [None]
        return None if None in found else found.count(True)

    def elsewhere(self, county: Row, found: str, group: str) -> Truth:
        """Whether people are found in an answer of another group; nobody knows where nobody was asked."""
        name = value(county, "county")
        told = [
            both(compared(value(row, found), 0, operator.gt), negated(among(row, "sample_group", group)))
            for row in self.answers
            if name is not None and value(row, "county") == name
        ]
        lost = name is None or any(value(row, "county") is None for row in self.answers)
        return either(*told, *([None] if lost else []))

    def provinces(self, county: Row) -> int | None:
        name = value(county, "county")
        found = {value(row, "province") for row in self.counties if value(row, "county") == name} if name is not None else set()
        return len(found - {None}) or None

    def judge(self, c: Row) -> Mapping[str, tuple[Truth, Truth]]:
        """For each rule: whether it is meant for this county, and whether it holds."""
        has = {name: negated(blank(c, name)) for name in c}
        year = c["year"]

        def of_year(name: str, last: int) -> Truth:
            return compared(value(c, name), year, lambda day, first: first <= day.year <= last)

        def growth(name: str) -> tuple[Truth, Truth]:
            return has[name], within(Decimal(-50), value(c, name), Decimal(100))

        def asked(part: str, whole: str) -> tuple[Truth, Truth]:
            return has[part], has[whole]

        def order(first: str, second: str) -> tuple[Truth, Truth]:
            return both(has[first], has[second]), at_most(value(c, first), value(c, second))

        groups = [value(c, name) for name in ("poor_population", "exited_population", "unregistered_population")]
        steps = ("city_reviewed_date", "province_verified_date", "notice_start", "approved_date", "announced_date")
        return {
            "level_known": (True, has["county_level"]),
            "growth_believable": growth("income_growth"),
            "province_growth_believable": growth("province_income_growth"),
            "people_fit": (True, at_most(None if None in groups else sum(groups), value(c, "rural_population"))),
            "exited_sample_known": asked("wrongly_exited", "exited_sampled"),
            "unregistered_sample_known": asked("missed_people", "unregistered_surveyed"),
            "households_asked_known": asked("approving_households", "households_surveyed"),
            "found_in_their_group": (
                True,
                both(
                    negated(self.elsewhere(c, "wrongly_exited", "脱贫户")),
                    negated(self.elsewhere(c, "missed_people", "未建档立卡户")),
                ),
            ),
            "villages_poor_fit": (
                has["poor_population"],
                at_most(self.total(c, self.villages, "poor_population"), value(c, "poor_population")),
            ),
            "villages_people_fit": (
                has["rural_population"],
                at_most(self.total(c, self.villages, "rural_population"), value(c, "rural_population")),
            ),
            "poor_villages_fit": (
                has["poor_villages"],
                at_most(self.count(c, self.villages, lambda v: value(v, "poor_village")), value(c, "poor_villages")),
            ),
            "exited_villages_fit": (
                has["exited_villages"],
                at_most(
                    self.count(c, self.villages, lambda v: both(value(v, "poor_village"), value(v, "exited"))),
                    value(c, "exited_villages"),
                ),
            ),
            "households_poor_fit": (
                has["poor_population"],
                at_most(
                    self.total(c, self.households, "household_size", lambda h: among(h, "poverty_status", "未脱贫")),
                    value(c, "poor_population"),
                ),
            ),
            "listed_poor_fit_people": (
                has["rural_population"],
                both(
                    *(
                        at_most(found, value(c, "rural_population"))
                        for found in (
                            self.total(c, self.villages, "poor_population"),
                            self.total(c, self.households, "household_size", lambda h: among(h, "poverty_status", "未脱贫")),
                        )
                    )
                ),
            ),
            "roster_lists_exited": (
                both(blank(c, "poor_population"), has["exited_population"]),
                at_most(value(c, "exited_population"), self.total(c, self.households, "household_size")),
            ),
            "name_in_one_province": (True, at_most(self.provinces(c), 1)),
            "applied_in_year": (has["applied_date"], of_year("applied_date", year)),
            "steps_in_years": (True, both(*(either(blank(c, name), of_year(name, year + 1)) for name in steps))),
            "notice_after_application": order("applied_date", "notice_start"),
            "spot_check_after_application": order("applied_date", "spot_check_date"),
            "notice_ends_after_start": order("notice_start", "notice_end"),
            "ratified_after_approval": order("approved_date", "ratified_date"),
            "announced_after_ratification": order("ratified_date", "announced_date"),
            "spot_check_dated": (value(c, "spot_check_passed"), has["spot_check_date"]),
            "provincial_without_spot_check": (among(c, "county_level", "省级"), blank(c, "spot_check_date")),
        }


# --- 八、行政村 ----------------------------------------------------------------------------------------------------------


class Villages:
    """What the list says of villages."""

    def judge(self, v: Row) -> Mapping[str, tuple[Truth, Truth]]:
        """For each rule: whether it is meant for this village, and whether it holds."""
        has = {name: negated(blank(v, name)) for name in v}
        households = value(v, "households")
        unsafe = [value(v, name) for name in ("unsafe_water_households", "dangerous_housing_households")]
        return {
            "households_counted": (has["households"], compared(households, 0, int.__gt__)),
            "clinic_known": (True, has["clinic"]),
            "doctors_known": (True, has["doctors"]),
            "culture_room_known": (True, either(has["culture_rooms"], has["culture_centre"])),
            "unsafe_households_fit": (True, at_most(None if None in unsafe else sum(unsafe), households)),
            "dibao_households_fit": (
                has["dibao_households"],
                at_most(value(v, "dibao_households"), value(v, "dibao_population")),
            ),
            "households_fit_people": (has["households"], at_most(households, value(v, "rural_population"))),
            "poor_population_known": (value(v, "poor_village"), has["poor_population"]),
            "exited_was_poor": (value(v, "exited"), value(v, "poor_village")),
        }


# --- counties and villages at random ------------------------------------------------------------------------------------


def cell(chance: random.Random, *choices: object) -> Any:
    """One of the choices; now and then a blank, or something unreadable."""
    dice = chance.random()
    return BAD if dice < 0.03 else None if dice < 0.12 else chance.choice(choices)


def a_county(chance: random.Random, name: str) -> dict[str, Any]:
    people = chance.choice((1000, 1200))
    edges = (date(2018, 1, 1), date(2018, 12, 31), date(2019, 1, 1), date(2019, 12, 31), date(2017, 12, 31), date(2020, 1, 1))
    start = date(2018, 12, 10)
    days = [start + timedelta(days=40 * step + chance.choice((0, 0, 0, -90, 1))) for step in range(7)]
    dates = ("applied_date", "city_reviewed_date", "province_verified_date", "notice_start", "notice_end", "approved_date")
    found = {name: cell(chance, *([day] * 8), *edges) for name, day in zip(dates, days, strict=False)}
    later = ("ratified_date", "announced_date", "spot_check_date")
    found |= {name: cell(chance, *([days[-1]] * 6), days[-2], days[-2] - timedelta(days=1), *edges) for name in later}
    return found | {
        "county": name if chance.random() < 0.98 else None,
        "province": cell(chance, "样省", "样省", "样省", "例省"),
        "year": YEAR,
        "county_level": cell(chance, "国家级", "省级"),
        "rural_population": cell(chance, people, people, 60, 90, 9),
        "poor_population": cell(chance, 10, 12, 14, 30),
        "exited_population": cell(chance, 4, 186, 190),
        "unregistered_population": cell(chance, 800, 1000),
        "poor_villages": cell(chance, 0, 1, 2),
        "exited_villages": cell(chance, 0, 1),
        "income_growth": cell(chance, *(Decimal(text) for text in ("9.1", "-50", "-50.01", "100", "100.000001"))),
        "province_income_growth": cell(chance, *(Decimal(text) for text in ("8", "-51", "101", "100"))),
        **{
            name: cell(chance, 5, 6, None)
            for name in ("exited_sampled", "wrongly_exited", "unregistered_surveyed", "missed_people", "households_surveyed")
        },
        "approving_households": cell(chance, 5, None),
        "spot_check_passed": cell(chance, True, False),
    }


def a_village(chance: random.Random, county: str | None, name: str, *, sound: bool) -> dict[str, Any]:
    def some(*choices: object) -> Any:
        return chance.choice(choices) if sound else cell(chance, *choices)

    return {
        "county": county,
        "village": name,
        "year": YEAR,
        "rural_population": some(20, 30, 40),
        "poor_population": some(4, 5, 6),
        "poor_village": some(True, False),
        "exited": some(True, False),
        "households": cell(chance, 0, 10, 30, 41),
        "clinic": cell(chance, True, False),
        "doctors": cell(chance, 0, 1),
        "culture_rooms": cell(chance, 0, 1, None),
        "culture_centre": cell(chance, True, None),
        "unsafe_water_households": cell(chance, 0, 5),
        "dangerous_housing_households": cell(chance, 0, 5, 6),
        "dibao_households": cell(chance, 3, 4),
        "dibao_population": cell(chance, 3, 4),
    }


def an_answer(chance: random.Random, county: str) -> dict[str, Any]:
    """What one household of the survey was found to be; most have the people found in rows of their group."""
    group, sound = chance.choice(("脱贫户", "未建档立卡户", "干部")), chance.random() < 0.7
    found = {
        name: (0 if sound and group != own else cell(chance, 0, 1))
        for name, own in (("wrongly_exited", "脱贫户"), ("missed_people", "未建档立卡户"))
    }
    return {"county": county, "year": YEAR, "sample_group": group if sound else cell(chance, group)} | found


def a_roster(seed: int, count: int, *, lost: bool) -> Sequence[list[dict[str, Any]]]:
    """Counties with their villages, households and answers. ``lost``: one village and one household name no county."""
    chance, asked = random.Random(seed), random.Random(seed)
    names = [f"{number}县" for number in range(count)]
    counties = [a_county(chance, name) for name in names]
    counties += [a_county(chance, name) for name in names[: count // 5]]
    villages: list[dict[str, Any]] = []
    households: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        villages += [
            a_village(chance, name, f"{number}-{place}村", sound=chance.random() < 0.85)
            for place in range(chance.choice((0, 1, 2, 3)))
        ]
        for serial in range(chance.choice((0, 1, 2, 3))):
            status = cell(chance, *["未脱贫"] * 4, *["已脱贫", "返贫"] * 2)
            size = cell(chance, 3, 4, 5, 6)
            households.append(
                {
                    "county": name,
                    "household_id": f"{number}-{serial}",
                    "year": YEAR,
                    "poverty_status": status,
                    "household_size": size,
                }
            )
        answers += [an_answer(asked, name) for _ in range(asked.choice((0, 1, 2)))]
    if lost:
        villages[0]["county"] = None
        households[0]["county"] = BAD
    return counties, villages, households, answers
