"""The withdrawal of a county read a second time, from the opinion of Anhui and from the notes on the special assessment.

Whole numbers, fractions and dates of Python; no line of the engine. The numbers are written by hand from the documents.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from three_values import Judged, Rule, Truth, all_met, among, at_most, both, negated, over

#: What stands in a cell and cannot be read.
BAD = object()
Cells = Mapping[str, Any]
FIGURES = (
    "exited_sampled",
    "wrongly_exited",
    "unregistered_surveyed",
    "missed_people",
    "households_surveyed",
    "approving_households",
)
#: Both documents speak of the years up to the end of the campaign; the opinion is of 2018, the assessment of 2017.
OPINION, ASSESSMENT = range(2018, 2021), range(2017, 2021)
DECEMBER_15, DECEMBER_31, NOVEMBER_30 = (12, 15), (12, 31), (11, 30)


class CountyRow:
    """The row of a county, read with three truth values on a day of judgement."""

    def __init__(self, cells: Cells, as_of: date | None, years: range = OPINION) -> None:
        self.cells = cells
        self.years = years
        self.year: int | None = self["year"]
        self.day = as_of or (date(self.year, 12, 31) if self.year is not None else None)

    def __getitem__(self, name: str) -> Any:
        value = self.cells.get(name)
        return None if value is BAD else value

    @property
    def in_force(self) -> bool:
        return self.year in self.years

    def blank(self, name: str) -> Truth:
        """Whether a cell says nothing; of one that cannot be read nobody knows."""
        return None if self.cells[name] is BAD else self.cells[name] is None

    def share(self, part: str, whole: str) -> Fraction | None:
        """A share; of numbers that cannot both be right, and where the limits are not in force, there is none."""
        found, all_of_them = self[part], self[whole]
        if found is None or all_of_them is None or found > all_of_them or not self.in_force:
            return None
        return Fraction(found, all_of_them)

    def by(self, name: str, last: tuple[int, int]) -> Truth:
        """Whether something was done in the county's own year, up to a day that counts; a plan is open until that day comes."""
        done = self[name]
        if done is None or self.year is None or self.day is None:
            return None
        if done > self.day and not (self.in_force and self.day >= date(self.year, *last)):
            return None
        if done.year < self.year:
            return False
        if not self.in_force:
            return None
        return done <= date(self.year, *last)

    def later(self, name: str) -> Truth:
        """Whether a day is still to come."""
        day = self[name]
        return None if day is None or self.day is None else day > self.day


def _of_all(part: int | None, whole: int | None) -> Truth:
    """Whether all are there; more than all cannot be."""
    if part is None or whole is None or part > whole:
        return None
    return part == whole


def _nineteen(row: CountyRow) -> Truth:
    total = row["services_total"]
    return total >= 19 if total is not None and row.in_force else None


def _services(row: CountyRow) -> Truth:
    met, total = row["services_met"], row["services_total"]
    every = _of_all(met, total)
    return every if every is not True or (row.in_force and total >= 19) else None


def _in_order(row: CountyRow, first: str, second: str) -> Truth:
    """Whether one day is not before the other; as long as the second is to come both may still be changed."""
    return at_most(row[first], row[second]) if row.later(second) is False else None


def _spot_check(row: CountyRow) -> tuple[Truth, Truth]:
    """Whether the spot check is passed, and whether the sheet says nothing of it: one that is to come is not passed, whatever is said."""
    said, blank = row["spot_check_passed"], row.blank("spot_check_passed")
    # A passed spot check counts from the application on, so of one that cannot be read it might be told otherwise.
    if row.later("spot_check_date") is not True or (said is None and row.cells["applied_date"] is BAD):
        return said, blank
    return (None if said is True or blank is None else False), (None if said is True or blank is None else False)


def _not_under(share: Fraction | None, limit: Fraction) -> Truth:
    return None if share is None else share >= limit


def withdrawal(row: CountyRow) -> Judged:
    """Part four of the opinion in its order, with what part two says the standard is."""
    national = among(row["county_level"], "国家级")
    passed, unsaid = _spot_check(row)
    rules = {
        "incidence": Rule(at_most(row.share("poor_population", "rural_population"), Fraction(2, 100))),
        "county_consented": Rule(row["county_consent"]),
        "applied_in_time": Rule(row.by("applied_date", DECEMBER_15)),
        "city_consented": Rule(row["city_consent"]),
        "city_reported_in_time": Rule(row.by("city_reviewed_date", DECEMBER_31)),
        "reviewed_in_order": Rule(_in_order(row, "applied_date", "city_reviewed_date")),
        "materials": Rule(row["materials_complete"]),
        "villages_left": Rule(_of_all(row["exited_villages"], row["poor_villages"])),
        "income_growing": Rule(over(row["income_growth"], row["province_income_growth"])),
        "wrong_exit_rate": Rule(at_most(row.share("wrongly_exited", "exited_sampled"), Fraction(2, 100))),
        "missed_rate": Rule(at_most(row.share("missed_people", "unregistered_surveyed"), Fraction(2, 100))),
        "approval_rate": Rule(_not_under(row.share("approving_households", "households_surveyed"), Fraction(90, 100))),
        "services_reached_mean": Rule(_services(row)),
        "spot_check": Rule(passed, national),
        "works_done_in_time": Rule(row.by("works_completed_date", NOVEMBER_30)),
        "by_the_last_year": Rule(None if row.year is None or not row.in_force else row.year <= 2019),
        "services_all_listed": Rule(_nineteen(row)),
        # Nobody gave the sheets that these look at.
        "services_each_reached": Rule(None),
        "services_of_every_field": Rule(None, negated(_nineteen(row))),
        "all_three_asked": Rule(None),
        "villages_within_county": Rule(None),
    }
    procedure = ("county_consented", "applied_in_time", "city_consented", "city_reported_in_time", "reviewed_in_order")
    findings = ("wrong_exit_rate", "missed_rate", "approval_rate", "services_reached_mean")
    rows = (
        ("refuse", negated(rules["incidence"].met)),
        ("rectify_procedure", negated(all_met(rules, *procedure))),
        ("supplement", negated(rules["materials"].met)),
        ("evaluate", both(*(row.blank(name) for name in FIGURES))),
        ("not_ready", negated(all_met(rules, "villages_left", "income_growing"))),
        ("special_rectification", negated(all_met(rules, *findings))),
        ("await_spot_check", both(national, unsaid)),
        ("await_spot_check", negated(rules["spot_check"].met)),
        ("withdraw", True),
    )
    return Judged(rules, rows)


WEST = ("四川省", "贵州", "新疆维吾尔自治区")
EAST = ("安徽省", "湖南")


def assessment(row: CountyRow) -> Judged:
    """The special assessment: three rates that veto, then the composite incidence."""
    shares = [
        row.share("poor_population", "rural_population"),
        row.share("wrongly_exited", "exited_sampled"),
        row.share("missed_people", "unregistered_surveyed"),
    ]
    exited, unregistered, rural = row["exited_population"], row["unregistered_population"], row["rural_population"]
    composite = None
    if None not in shares and exited is not None and unregistered is not None:
        _, wrong, missed = shares
        composite = (row["poor_population"] + wrong * exited + missed * unregistered) / rural  # type: ignore[operator]
    province = row["province"]
    western = (True if province in WEST else False if province in EAST else None) if row.in_force else None
    rules = {
        "wrong_exit_rate": Rule(at_most(shares[1], Fraction(2, 100))),
        "missed_rate": Rule(at_most(shares[2], Fraction(2, 100))),
        "approval_rate": Rule(_not_under(row.share("approving_households", "households_surveyed"), Fraction(90, 100))),
        "composite": Rule(None if composite is None else composite < Fraction(2, 100), _meant(western, composite)),
        "composite_anywhere": Rule(None if composite is None else composite < Fraction(3, 100)),
    }
    rows = (
        ("refuse", negated(all_met(rules, "wrong_exit_rate", "missed_rate", "approval_rate"))),
        ("not_ready", negated(all_met(rules, "composite", "composite_anywhere"))),
        ("withdraw", True),
    )
    return Judged(rules, rows)


def _meant(western: Truth, composite: Fraction | None) -> Truth:
    """The limit outside the west: whether it is meant is open, too, where nothing can be said of the figures."""
    return False if western is True else None if composite is None else negated(western)


# --- made-up counties ------------------------------------------------------------------------------------------------------

Choose = Callable[[random.Random, dict[str, Any]], Any]


def _near(whole: str, share: Fraction) -> Choose:
    """A count at, one under and one over a share of another cell, or anything up to a little more than the whole."""

    def choose(dice: random.Random, cells: dict[str, Any]) -> int:
        total = cells[whole] if isinstance(cells[whole], int) else 1000
        at = int(total * share)
        return max(0, dice.choice((at, at - 1, at + 1, 0, total, total + 1, dice.randint(0, total))))

    return choose


def _day(month: int, day: int, year: int = 0) -> Choose:
    """A day, the one before, the one after, and the same in other years."""

    def choose(dice: random.Random, cells: dict[str, Any]) -> date:
        of = cells["year"] if isinstance(cells["year"], int) else 2018
        found = date(of + year, month, day) + timedelta(days=dice.choice((0, 0, -1, 1, -20, 30)))
        return found if dice.random() < 0.8 else found.replace(year=found.year + dice.choice((-1, 1)), day=min(found.day, 28))

    return choose


def _one_of(*values: Any) -> Choose:
    return lambda dice, _: dice.choice(values)


_PEOPLE = _one_of(1, 49, 50, 51, 99, 100, 1000, 98_765, 100_000_000)
CHANGES: Mapping[str, Choose] = {
    "year": _one_of(2018, 2018, 2019, 2019, 2020, 2017, 2021),
    "county_level": _one_of("国家级", "国家级", "省级"),
    "province": _one_of(*WEST, *EAST, "样省"),
    "rural_population": _PEOPLE,
    "poor_population": _near("rural_population", Fraction(2, 100)),
    "exited_population": _PEOPLE,
    "unregistered_population": _PEOPLE,
    "county_consent": _one_of(True, False),
    "applied_date": _day(12, 15),
    "city_consent": _one_of(True, False),
    "city_reviewed_date": _day(12, 31),
    "works_completed_date": _day(11, 30),
    "materials_complete": _one_of(True, False),
    "poor_villages": _one_of(0, 1, 10, 11),
    "exited_villages": _one_of(0, 1, 9, 10, 11),
    "income_growth": _one_of(Decimal("9.8"), Decimal("9.800001"), Decimal("9.799999"), Decimal(-1)),
    "province_income_growth": _one_of(Decimal("9.8"), Decimal("10.5"), Decimal("-1.5")),
    "exited_sampled": _PEOPLE,
    "wrongly_exited": _near("exited_sampled", Fraction(2, 100)),
    "unregistered_surveyed": _PEOPLE,
    "missed_people": _near("unregistered_surveyed", Fraction(2, 100)),
    "households_surveyed": _PEOPLE,
    "approving_households": _near("households_surveyed", Fraction(90, 100)),
    "services_met": _one_of(17, 18, 19, 20),
    "services_total": _one_of(18, 19, 20),
    "spot_check_passed": _one_of(True, True, False),
    "spot_check_date": _day(12, 28),
}


def _plain(dice: random.Random) -> dict[str, Any]:
    """A county that has done everything."""
    year, survey = dice.choice((2018, 2018, 2019)), dice.choice((50, 100, 1000))
    return {
        "year": year,
        "county_level": dice.choice(("国家级", "省级")),
        "province": dice.choice((*WEST, *EAST)),
        "rural_population": 100_000,
        "poor_population": dice.choice((0, 1000, 1399, 1400, 2000)),
        "exited_population": 20_000,
        "unregistered_population": 60_000,
        "county_consent": True,
        "applied_date": date(year, 12, dice.choice((1, 10, 15))),
        "city_consent": True,
        "city_reviewed_date": date(year, 12, dice.choice((15, 28, 31))),
        "works_completed_date": date(year, 11, 20),
        "materials_complete": True,
        "poor_villages": 10,
        "exited_villages": 10,
        "income_growth": Decimal("10.5"),
        "province_income_growth": Decimal("9.8"),
        "exited_sampled": survey,
        "wrongly_exited": survey // 100,
        "unregistered_surveyed": 1000,
        "missed_people": dice.choice((0, 5, 20)),
        "households_surveyed": 500,
        "approving_households": dice.choice((450, 480, 500)),
        "services_met": 19,
        "services_total": 19,
        "spot_check_passed": dice.choice((True, True, None)),
        "spot_check_date": dice.choice((None, date(year, 12, 20))),
    }


def made_up(seed: int, number: int) -> Sequence[Cells]:
    """Counties that are near every limit: a plain one with up to six cells changed, blank or unreadable."""
    dice = random.Random(seed)
    found = []
    for _ in range(number):
        cells = _plain(dice)
        if dice.random() < 0.15:
            cells |= dict.fromkeys(FIGURES)
        for name in dice.sample(list(CHANGES), dice.choice((0, 1, 1, 2, 2, 3, 6))):
            said = dice.random()
            cells[name] = None if said < 0.12 else BAD if said < 0.16 else CHANGES[name](dice, cells)
        found.append(cells)
    return found
