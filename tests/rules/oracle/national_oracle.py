"""The national exit standard and procedure, read a second time from the two documents that quote it."""

from fractions import Fraction

from home import Home, exact
from made_up import LINES, Row
from three_values import Judged, Rule, Truth, age, all_met, among, at_least, at_most, both, either, in_turn, negated, over

#: School from six to fifteen; the three reasons for which a child at home counts as cared for.
SCHOOL, CARED_FOR = (6, 15), ("因身体原因不具备学习条件", "送教上门", "参军")
#: None of these numbers is there after 2020.
LAST_YEAR = 2020
NOTICE_DAYS = 7


def line(home: Home) -> int | None:
    return LINES.get(home.year)


def income(home: Home) -> Fraction | None:
    if home.unread("income_per_capita"):
        return None
    parts = ("wage_income", "business_income", "property_income", "transfer_income", "-business_expense")
    given = home["income_per_capita"]
    return exact(given) if given is not None else home.a_head(*parts)


def schooled(home: Home) -> Truth:
    known = home.year <= LAST_YEAR

    def out_of_school(member: Row) -> Truth:
        years = age(member["birth_date"], home.day) if known else None
        of_age = both(at_least(years, SCHOOL[0]), at_most(years, SCHOOL[1]))
        return both(of_age, among(member["school_status"], "非在校生"), negated(among(member["dropout_reason"], *CARED_FOR)))

    return home.settled("education_secured", home.no_member(out_of_school))  # type: ignore[no-any-return]


def insured(home: Home) -> Truth:
    def is_insured(member: Row) -> Truth:
        years = age(member["birth_date"], home.day) if home.year <= LAST_YEAR else None
        return either(member["basic_medical"], member["employee_medical"], over(1, years))

    return home.settled("medical_secured", home.every_member(is_insured))  # type: ignore[no-any-return]


def housed(home: Home) -> Truth:
    graded, dangerous = among(home["housing_grade"], "A", "B"), home["dangerous_housing"]
    doubtful = home.unread("housing_grade") or home.unread("dangerous_housing")
    return home.settled("housing_secured", graded, negated(dangerous), doubtful=doubtful)  # type: ignore[no-any-return]


def guarantees(home: Home) -> dict[str, Rule]:
    """不愁吃、不愁穿，义务教育、基本医疗、住房."""
    return {
        "food": Rule(home["food_secure"]),
        "clothing": Rule(home["clothing_secure"]),
        "education": Rule(schooled(home)),
        "medical": Rule(insured(home)),
        "housing": Rule(housed(home)),
    }


def exits(rules: dict[str, Rule], *gates: str, meant: Truth = True) -> Judged:
    return Judged(rules, (("ineligible", negated(all_met(rules, *gates))), ("eligible", True)), meant)


def household_exit(home: Home, *, with_water: bool = True) -> Judged:
    rules = {"income": Rule(over(income(home), line(home))), **guarantees(home)}
    if with_water:
        rules["water"] = Rule(home["water_safe"])
    gates = list(rules)
    rules["planned"] = Rule(home["annual_plan"])
    return exits(rules, *gates)


#: Step → its spellings in the sheet of steps, and the field of the household that it fills.
STEPS = {
    "review_date": ("民主评议",),
    "verified_date": ("核实",),
    "agreed_date": ("农户认可", "认可"),
    "notice_start": ("公示开始", "公示"),
    "notice_end": ("公示结束", "公示无异议"),
    "announced_date": ("公告", "公告退出"),
    "deregistered_date": ("销号",),
}


class Days:
    """The dated steps of a household: in its row, or in the sheet of steps."""

    def __init__(self, home: Home, steps: dict[str, tuple[str, ...]]) -> None:
        self.home, self.steps = home, steps
        self.of: dict[str, object] = {}
        self.gone: dict[str, Truth] = {}
        for name, spellings in steps.items():
            day, told = home.step(spellings, one=True) if spellings else (None, None)
            self.of[name] = home.settled(name, day)
            conflict = home[name] is not None and day is not None and home[name] != day
            self.gone[name] = None if conflict else home.blank(name, self.of[name], told=told)

    def there(self, *names: str) -> Truth:
        """Whether one of these steps was taken."""
        return either(*(negated(self.gone[name]) for name in names))

    def after(self, last: str, *earlier: str) -> Truth:
        return in_turn(*(self.of[name] for name in (*earlier, last)))  # type: ignore[arg-type]

    def lasting(self, first: str = "notice_start", last: str = "notice_end") -> int | None:
        start, end = self.of[first], self.of[last]
        return None if start is None or end is None else (end - start).days + 1  # type: ignore[operator]

    def judged(self, rules: dict[str, Rule], gates: list[str]) -> Judged:
        """Violated where a rule is broken, else in progress up to the first step that is not taken."""
        waiting = tuple(("in_progress", self.gone[name]) for name in self.steps)
        return Judged(rules, (("violated", negated(all_met(rules, *gates))), *waiting, ("complete", True)))


def exit_procedure(home: Home) -> Judged:
    days = Days(home, STEPS)
    told, earlier = days.there, ("review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date")
    agrees = home.settled("household_agrees", home.was_taken("农户认可", "认可"))
    objected = home.settled("notice_objection", negated(home.was_taken("公示无异议")), home.was_taken("公示有异议"))
    rules = {
        "verified_in_order": Rule(days.after("verified_date", *earlier[:1]), told("verified_date")),
        "agreed_in_order": Rule(days.after("agreed_date", *earlier[:2]), told("agreed_date")),
        "household_agreed": Rule(agrees, told("notice_start", "announced_date", "deregistered_date")),
        "notice_in_order": Rule(days.after("notice_start", *earlier[:3]), told("notice_start", "notice_end")),
        "notice_ends_after_start": Rule(days.after("notice_end", "notice_start"), told("notice_end")),
        "announced_in_order": Rule(days.after("announced_date", *earlier[:5]), told("announced_date")),
        "without_objection": Rule(negated(objected), told("announced_date", "deregistered_date")),
        "deregistered_in_order": Rule(days.after("deregistered_date", *earlier), told("deregistered_date")),
    }
    gates = list(rules)
    least = NOTICE_DAYS if home.year <= LAST_YEAR else None
    rules["notice_days"] = Rule(at_least(days.lasting(), least), both(told("notice_start"), told("notice_end")))
    return days.judged(rules, gates)
