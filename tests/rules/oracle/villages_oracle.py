"""Villages and townships read a second time: two per cent and three, Anhui's three demands, Chishui's income, Linghai's four, and
Kaizhou's veto. Numbers are written by hand from the documents; no line of the engine is used, nor are the packs looked at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from made_up import BAD, Row, value
from three_values import Judged, Rule, Truth, all_met, at_least, both, either, negated, over

WEST = ("内蒙古自治区", "广西壮族自治区", "重庆市", "四川省", "贵州省", "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省")
WEST += ("宁夏回族自治区", "新疆维吾尔自治区", "贵州", "四川")
ELSEWHERE = ("湖南省", "安徽省", "河北", "海南省")
#: Nobody knows where that is.
NOWHERE = ("样省", "四川省绵阳市")
TWO, THREE = Fraction(2, 100), Fraction(3, 100)
PLACE = ("county", "township", "village")
#: The chapter on village income: in ten thousand yuan.
INCOME = {2016: 15, 2017: 18, 2018: 20}


def place(row: Row) -> tuple[str, ...] | None:
    """Where a village or household is; nothing where any part is not known."""
    parts = tuple(value(row, name) for name in PLACE)
    return None if None in parts else parts


class Listed:
    """The households of a sheet, by place and year."""

    def __init__(self, households: Sequence[Row]) -> None:
        self.of: dict[object, list[Row]] = defaultdict(list)
        for one in households:
            self.of[place(one), one["year"]].append(one)
        self.some_are_nowhere = any(place(one) is None for one in households)


def counted(village: Row, households: Listed | None) -> int | None:
    """The poor of a village by its households; nothing where none is listed, or it is not known which are meant or how large."""
    if households is None or place(village) is None or households.some_are_nowhere:
        return None
    mine = households.of.get((place(village), village["year"]), [])
    poor = [one for one in mine if value(one, "poverty_status") != "已脱贫"]
    if not mine or any(value(one, "poverty_status") is None or value(one, "household_size") is None for one in poor):
        return None
    return sum(int(value(one, "household_size")) for one in poor)


def poor_people(village: Row, households: Listed | None) -> int | None:
    """What the sheet says, else what is counted; nothing where the two differ, or nobody can read what the sheet says."""
    stated, found = village.get("poor_population"), counted(village, households)
    if stated is BAD:
        return None
    if stated is None or found is None or stated == found:
        return found if stated is None else stated
    return None


def share_at_most(village: Row, households: Listed | None, most: Fraction) -> Truth:
    poor, everybody = poor_people(village, households), value(village, "rural_population")
    # More poor than people: one of the two is wrong, nobody knows which.
    return None if poor is None or everybody is None or poor > everybody else Fraction(poor, everybody) <= most


def western(village: Row) -> Truth:
    found = value(village, "province")
    return True if found in WEST else False if found in ELSEWHERE else None


def verdict(rules: dict[str, Rule], *gates: str, meant: Truth = True) -> Judged:
    return Judged(rules, (("not_ready", negated(all_met(rules, *gates))), ("exit", True)), meant)


def national(village: Row, households: Listed | None) -> Judged:
    rules = {
        "incidence": Rule(share_at_most(village, households, TWO), negated(western(village))),
        "incidence_anywhere": Rule(share_at_most(village, households, THREE)),
    }
    return verdict(rules, *rules, meant=value(village, "poor_village"))


def anhui(village: Row, households: Listed | None) -> Judged:
    rules = {
        "incidence": Rule(share_at_most(village, households, TWO)),
        "income_rising": Rule(over(value(village, "collective_income"), value(village, "previous_collective_income"))),
        "leading_industry": Rule(at_least(value(village, "leading_industries"), 1)),
    }
    return verdict(rules, *rules, meant=value(village, "poor_village"))


def chishui(village: Row, _: Listed | None) -> Judged:
    rules = {"village_income": Rule(at_least(value(village, "disposable_collective_income"), INCOME[village["year"]]))}
    return verdict(rules, *rules)


def linghai(village: Row, _: Listed | None) -> Judged:
    gates = {
        "business_entity": Rule(at_least(value(village, "business_entities"), 1)),
        "hamlet_road": Rule(value(village, "hamlet_paved_road")),
        "clinic_there": Rule(value(village, "clinic")),
        "culture_there": Rule(value(village, "culture_centre")),
    }
    planned = {"planned": Rule(value(village, "planned_exit"))}
    return verdict({**planned, **gates}, *gates, meant=value(village, "poor_village"))


def veto(township: Row, _: Listed | None = None) -> Judged:
    """One of four is enough; a grave problem of funds is one only where it did harm and was investigated."""
    failed = {
        "acceptance": negated(value(township, "accepted")),
        "yearly_task": negated(value(township, "reduction_completed")),
        "funds_clean": both(value(township, "fund_problem"), value(township, "adverse_impact_investigated")),
        "departments": negated(value(township, "departments_fulfilled")),
    }
    vetoed = either(*failed.values())
    unit = value(township, "help_unit")
    alone = None if unit is None else unit == "无"
    rules: Mapping[str, Rule] = {name: Rule(negated(truth)) for name, truth in failed.items()}
    rules = {**rules, "help_unit_free": Rule(either(negated(vetoed), alone))}
    return Judged(rules, (("vetoed", vetoed), ("not_vetoed", True)))
