"""The list of data-quality rules, read a second time: plain Python, three truth values, exact numbers.

No line of the engine is used, and none of the pack: what both agree on is what the list says.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fupin_cli.model.tables import fields

#: Something stands in the cell that cannot be read.
BAD = object()
NA = "not_applicable"
Row = Mapping[str, Any]
Truth = bool | None

#: Everybody whose relation to the head says their sex.
WOMEN = {
    "之女",
    "之儿媳",
    "之孙女",
    "之外孙女",
    "之母",
    "之岳母",
    "之婆婆",
    "之祖母",
    "之外祖母",
    "之曾孙女",
    "之侄女",
    "之兄弟媳妇",
}
MEN = {"之子", "之女婿", "之孙子", "之外孙子", "之父", "之岳父", "之公公", "之祖父", "之外祖父", "之曾孙子", "之侄儿"}
EITHER = {"户主", "配偶", "之兄弟姐妹", "之叔伯", "其他"}


# --- three values -------------------------------------------------------------------------------------------------------


def both(*parts: Truth) -> Truth:
    return False if False in parts else None if None in parts else True


def either(*parts: Truth) -> Truth:
    return True if True in parts else None if None in parts else False


def negated(part: Truth) -> Truth:
    return None if part is None else not part


def value(row: Row, name: str) -> Any:
    found = row.get(name)
    return None if found is BAD else found


def blank(row: Row, name: str) -> Truth:
    """Whether nothing stands in a cell; of an unreadable one nobody knows, nor of a column that is not there."""
    return None if name not in row or row[name] is BAD else row[name] is None


def among(row: Row, name: str, *wanted: object) -> Truth:
    found = value(row, name)
    return None if found is None else found in wanted


def said(row: Row, name: str, *wanted: object) -> Truth:
    """Whether a cell says one of these: one that is blank surely does not."""
    return both(negated(blank(row, name)), among(row, name, *wanted))


def compared(left: Any, right: Any, holds: Callable[[Any, Any], bool]) -> Truth:
    return None if left is None or right is None else holds(left, right)


def at_most(left: Any, right: Any) -> Truth:
    return compared(left, right, lambda a, b: a <= b)


def within(low: Any, found: Any, high: Any) -> Truth:
    return both(at_most(low, found), at_most(found, high))


def total(row: Row, *names: str) -> Fraction | None:
    parts = [value(row, name.lstrip("-")) for name in names]
    signs = [-1 if name.startswith("-") else 1 for name in names]
    return None if None in parts else sum((Fraction(p) * s for p, s in zip(parts, signs, strict=True)), Fraction(0))


def close(left: Fraction | None, right: Fraction | None, tolerance: Fraction | None) -> Truth:
    return None if left is None or right is None or tolerance is None else abs(left - right) <= tolerance


# --- identity numbers and ages ------------------------------------------------------------------------------------------

_WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]


def check_character(head: str) -> str:
    """GB 11643 by its definition (ISO 7064, MOD 11-2): weights are powers of two, the whole is 1 modulo 11."""
    rest = (1 - sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True))) % 11
    return "X" if rest == 10 else str(rest)


def born_by_number(number: str | None) -> date | None:
    if number is None:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_by_number(number: str | None) -> str | None:
    return None if number is None else "男" if int(number[16]) % 2 else "女"


def age(born: date | None, day: date) -> int | None:
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def same_person(row: Row) -> str | None:
    return (value(row, "id_number") or "")[:18] or None


def same_head(row: Row) -> str | None:
    return (value(row, "head_id_number") or "")[:18] or None


def same_phone(row: Row) -> str | None:
    return value(row, "phone")


def same_contact(row: Row) -> str | None:
    return value(row, "contact_phone")


# --- the list, read a second time: members ------------------------------------------------------------------------------

EXITED = ("脱贫户", "一般脱贫户", "低保脱贫户", "特困供养脱贫户")
NO_LABOUR = ("无劳动力", "丧失劳动力")
SENIOR = tuple(f"{school}{grade}年级" for school in ("普通高中", "中职") for grade in "一二三")
COLLEGE = tuple(f"高职高专{grade}年级" for grade in "一二三") + tuple(f"本科{grade}年级" for grade in "一二三四五")


class Members:
    """What the list says of members; a roster's rows are all of one year."""

    def __init__(self, households: Sequence[Row], people: Sequence[Row], day: date) -> None:
        self.households = {row["household_id"]: row for row in households}
        self.people, self.day = people, day

    def different(self, row: Row, key: Callable[[Row], Any], name: str) -> int | None:
        """How many different values the rows have whose key is this row's."""
        own = key(row)
        found = {value(other, name) for other in self.people if key(other) == own} - {None} if own is not None else set()
        return len(found) or None

    def by_age(self, row: Row, holds: Callable[[int | None], Truth], join: Callable[..., Truth] = both) -> Truth:
        """What holds of both ages: by the birth date and by the number."""
        return join(*(holds(age(born, self.day)) for born in (value(row, "birth_date"), born_by_number(value(row, "id_number")))))

    def aged(self, row: Row, low: int, high: int | None = None) -> Truth:
        return self.by_age(row, lambda years: both(at_most(low, years), True if high is None else at_most(years, high)))

    def maybe_aged(self, row: Row, low: int, high: int = 999) -> Truth:
        return self.by_age(row, lambda years: within(low, years, high), either)

    def exited(self, row: Row) -> Truth:
        household = self.households[row["household_id"]]
        return either(among(household, "poverty_status", "已脱贫"), among(household, "household_category", *EXITED))

    def judge(self, p: Row) -> Mapping[str, tuple[Truth, Truth]]:
        """For each rule: whether it is meant for this member, and whether it holds."""
        number, sex, born = value(p, "id_number"), value(p, "sex"), value(p, "birth_date")
        head = number[:18] if number is not None else None
        in_number, day = born_by_number(number), self.day
        has = {name: negated(blank(p, name)) for name in fields("person")}
        households = self.different(p, same_person, "household_id")
        female = either(compared(sex, "女", str.__eq__), compared(sex_by_number(number), "女", str.__eq__))
        male = either(compared(sex, "男", str.__eq__), compared(sex_by_number(number), "男", str.__eq__))
        no_skill, worked = among(p, "labour_skill", *NO_LABOUR), value(p, "months_worked")
        outside = either(blank(p, "school_status"), among(p, "school_status", "非在校生"))
        paid = value(p, "public_post_months")
        school = {
            "primary_age": (said(p, "school_status", "小学"), self.aged(p, 6, 14)),
            "junior_age": (said(p, "school_status", "七年级", "八年级", "九年级"), self.aged(p, 12, 17)),
            "senior_age": (said(p, "school_status", *SENIOR), self.aged(p, 15, 20)),
            "college_age": (said(p, "school_status", *COLLEGE), self.aged(p, 18)),
            "postgraduate_age": (said(p, "school_status", "硕士研究生及以上"), self.aged(p, 20)),
        }
        return school | {
            "id_checksum": (has["id_number"], compared(head, head, lambda n, _: check_character(n[:17]) == n[17])),
            "id_has_real_day": (has["id_number"], None if number is None else in_number is not None),
            "id_day_past": (has["id_number"], at_most(in_number, day)),
            "birth_date_past": (has["birth_date"], at_most(born, day)),
            "birth_date_agrees": (both(has["birth_date"], has["id_number"]), compared(born, in_number, date.__eq__)),
            "sex_agrees": (both(has["sex"], has["id_number"]), compared(sex, sex_by_number(number), str.__eq__)),
            "in_one_household": (has["id_number"], at_most(households, 1)),
            "once_in_household": (has["id_number"], at_most(self.different(p, same_person, "id_number"), households)),
            "relation_sex": (
                has["relation"],
                both(negated(both(among(p, "relation", *WOMEN), male)), negated(both(among(p, "relation", *MEN), female))),
            ),
            "education_or_school": (
                both(has["education"], has["school_status"]),
                either(
                    among(p, "school_status", "非在校生"),
                    both(among(p, "education", "学龄前儿童"), among(p, "school_status", "学龄前儿童", "学前教育")),
                ),
            ),
            "education_known": (
                both(blank(p, "education"), blank(p, "school_status")),
                either(
                    self.by_age(p, lambda years: at_most(years, 5)),
                    both(self.by_age(p, lambda years: at_most(years, 15)), has["dropout_reason"]),
                ),
            ),
            "out_of_school_reason": (
                either(said(p, "school_status", "非在校生"), both(blank(p, "school_status"), has["education"])),
                either(negated(self.maybe_aged(p, 6, 15)), has["dropout_reason"]),
            ),
            "illness_reason": (
                has["dropout_reason"],
                negated(both(among(p, "dropout_reason", "因病", "因残"), among(p, "health", "健康"))),
            ),
            "preschool_age": (
                either(said(p, "school_status", "学龄前儿童"), both(said(p, "education", "学龄前儿童"), outside)),
                negated(
                    both(
                        either(among(p, "school_status", "学龄前儿童"), among(p, "education", "学龄前儿童")),
                        self.maybe_aged(p, 7),
                    )
                ),
            ),
            "pupil_labour": (
                both(has["school_status"], negated(among(p, "school_status", "非在校生")), has["labour_skill"]),
                no_skill,
            ),
            "child_labour": (has["labour_skill"], either(no_skill, self.aged(p, 16))),
            "adult_labour": (
                both(has["labour_skill"], outside),
                negated(both(no_skill, among(p, "health", "健康"), self.maybe_aged(p, 16, 59))),
            ),
            "worker_labour": (
                both(has["months_worked"], has["labour_skill"]),
                negated(both(compared(worked, 0, Decimal.__gt__), no_skill)),
            ),
            "months_for_workplace": (has["workplace"], both(has["months_worked"], compared(worked, 0, Decimal.__gt__))),
            "workplace_for_months": (both(has["months_worked"], compared(worked, 0, Decimal.__gt__)), has["workplace"]),
            "months_in_year": (has["months_worked"], within(0, worked, 12)),
            "post_months_in_year": (has["public_post_months"], within(0, paid, 12)),
            "public_post_age": (
                either(
                    both(has["public_post"], negated(among(p, "public_post", "无", "否"))),
                    both(has["public_post_months"], compared(paid, 0, Decimal.__gt__)),
                ),
                self.by_age(p, lambda years: within(16, years, 69)),
            ),
            "exited_insured": (
                self.exited(p),
                either(
                    value(p, "basic_medical"),
                    value(p, "employee_medical"),
                    self.by_age(p, lambda years: at_most(years, 0), either),
                ),
            ),
            "insured_once": (
                both(has["basic_medical"], has["employee_medical"]),
                negated(both(value(p, "basic_medical"), value(p, "employee_medical"))),
            ),
            "phone_digits_right": (has["phone"], compared(value(p, "phone"), 11, lambda text, digits: len(text) == digits)),
            "phone_in_one_household": (has["phone"], at_most(self.different(p, same_phone, "household_id"), 1)),
        }


# --- the list, read a second time: households ---------------------------------------------------------------------------

STEPS = ("review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date")
#: For each step but the first: it is not before any earlier one.
IN_ORDER = (
    "verified_in_order",
    "agreed_in_order",
    "notice_start_in_order",
    "notice_end_in_order",
    "announced_in_order",
    "deregistered_in_order",
)
INCOME = ("wage_income", "business_income", "property_income", "transfer_income", "-business_expense")
TRANSFERS = (
    "family_planning_payment",
    "dibao_payment",
    "tekun_payment",
    "pension_payment",
    "ecological_payment",
    "other_transfer_income",
)
#: Fields of which one number alone is looked at.
MONEY = (
    "wage_income",
    "business_income",
    "property_income",
    "transfer_income",
    "annual_income",
    "farmland",
    "forest_land",
    "road_distance",
)
LINES = {2016: 2952, 2017: 2952, 2018: 2995, 2019: 3218, 2020: 4000}


class Households:
    """What the list says of households; a roster's rows are all of one year."""

    def __init__(self, households: Sequence[Row], people: Sequence[Row], day: date) -> None:
        self.households, self.people, self.day = households, people, day

    def different(self, household: Row, key: Callable[[Row], Any], name: str) -> int | None:
        own = key(household)
        found = {value(other, name) for other in self.households if key(other) == own} - {None} if own is not None else set()
        return len(found) or None

    def any_member(self, h: Row, holds: Callable[[Row], Truth]) -> Truth:
        members, size = self.members(h), value(h, "household_size")
        found = either(*(holds(member) for member in members))
        return found if found is True or self.whole(members, size, h) else None

    def count(self, h: Row, holds: Callable[[Row], Truth]) -> int | None:
        members = self.members(h)
        found = [holds(member) for member in members]
        whole = self.whole(members, value(h, "household_size"), h)
        return None if None in found or not whole else found.count(True)

    def members(self, h: Row) -> list[Row]:
        return [row for row in self.people if row["household_id"] == h["household_id"]]

    @staticmethod
    def whole(members: Sequence[Row], size: int | None, h: Row) -> bool:
        """Whether all rows of members are there: with no rows nothing is known of them."""
        return bool(members) and (h.get("household_size") is not BAD if size is None else len(members) >= size)

    def judge(self, h: Row) -> Mapping[str, tuple[Truth, Truth]]:
        """For each rule: whether it is meant for this household, and whether it holds."""
        number, size, day = value(h, "head_id_number"), value(h, "household_size"), self.day
        has = {name: negated(blank(h, name)) for name in fields("household")}
        rows = len(self.members(h)) or None
        money = {name: total(h, name) for name in MONEY}
        per_person = total(h, "income_per_capita")
        out = either(said(h, "poverty_status", "已脱贫"), said(h, "household_category", *EXITED))
        everybody = per_person * size if per_person is not None and size is not None else None
        slack = Fraction(size) if size is not None else None
        heads, spouses = (self.count(h, lambda m, r=r: among(m, "relation", r)) for r in ("户主", "配偶"))

        def there_is(relation: str, sex: str) -> Truth:
            return self.any_member(
                h,
                lambda m: both(
                    among(m, "relation", relation),
                    either(
                        compared(value(m, "sex"), sex, str.__eq__),
                        compared(sex_by_number(value(m, "id_number")), sex, str.__eq__),
                    ),
                ),
            )

        dates = [value(h, name) for name in STEPS]
        blanks = [blank(h, name) for name in STEPS]
        line = LINES.get(h["year"])
        aid = either(*(said(h, name, True) for name in ("dibao", "receives_tekun", "disabled_household")))
        steps = {
            name: (
                negated(blanks[k]),
                both(*(either(blanks[i], at_most(dates[i], dates[k])) for i in range(k))),
            )
            for k, name in enumerate(IN_ORDER, 1)
        }
        return steps | {
            "head_id_checksum": (
                has["head_id_number"],
                compared(number, number, lambda n, _: check_character(n[:17]) == n[17]),
            ),
            "head_in_one_household": (has["head_id_number"], at_most(self.different(h, same_head, "household_id"), 1)),
            "head_in_one_village": (
                both(has["head_id_number"], has["village"]),
                at_most(self.different(h, same_head, "village"), 1),
            ),
            "has_head": (True, at_most(1, heads)),
            "one_head": (True, at_most(heads, 1)),
            "one_spouse": (True, at_most(spouses, 1)),
            "couple_sexes": (
                True,
                both(*(negated(both(there_is("户主", sex), there_is("配偶", sex))) for sex in ("男", "女"))),
            ),
            "size_fits_rows": (has["household_size"], compared(size, rows, int.__eq__)),
            "has_members": (True, bool(rows)),
            "exited_safe_house": (out, negated(value(h, "dangerous_housing"))),
            "exited_safe_water": (out, value(h, "water_safe")),
            "exited_no_dropout": (out, either(negated(value(h, "dropout_child")), value(h, "dropout_disabled"))),
            "exited_all_insured": (out, negated(value(h, "uninsured_member"))),
            "transfers_add_up": (True, close(total(h, *TRANSFERS), money["transfer_income"], Fraction(1))),
            "property_adds_up": (
                True,
                close(total(h, "asset_income", "other_property_income"), money["property_income"], Fraction(1)),
            ),
            "parts_fit_total": (True, close(total(h, *INCOME), money["annual_income"], Fraction(1))),
            "parts_fit_per_person": (True, close(total(h, *INCOME), everybody, slack)),
            "total_fits_per_person": (True, close(money["annual_income"], everybody, slack)),
            "exited_income": (out, at_most(line, per_person)),
            "wage_believable": (
                has["wage_income"],
                compared(money["wage_income"], 100, lambda wage, least: wage == 0 or wage >= least),
            ),
            "transfer_for_allowance": (aid, compared(money["transfer_income"], 0, Fraction.__gt__)),
            "business_for_support": (
                either(
                    said(h, "industry_developed", True),
                    both(has["industry_support"], negated(among(h, "industry_support", "无", "否"))),
                ),
                compared(money["business_income"], 0, Fraction.__gt__),
            ),
            "farmland_believable": (has["farmland"], within(0, money["farmland"], 100)),
            "forest_believable": (has["forest_land"], within(0, money["forest_land"], 200)),
            "road_believable": (has["road_distance"], within(0, money["road_distance"], 5)),
            "contact_digits_right": (
                has["contact_phone"],
                compared(value(h, "contact_phone"), 11, lambda text, n: len(text) == n),
            ),
            "contact_in_one_household": (has["contact_phone"], at_most(self.different(h, same_contact, "household_id"), 1)),
            "living_space_known": (True, has["living_space"]),
            "steps_in_the_past": (
                True,
                both(*(either(empty, at_most(step, day)) for step, empty in zip(dates, blanks, strict=True))),
            ),
            "exit_year_past": (
                has["exit_year"],
                negated(both(among(h, "poverty_status", "已脱贫"), compared(value(h, "exit_year"), h["year"], int.__gt__))),
            ),
        }


def status(meant: Truth, holds: Truth) -> str:
    if meant is False:
        return NA
    if holds is True:
        return "pass"
    return "fail" if both(meant, negated(holds)) is True else "unknown"
