"""The plans of 2017-2020 read a second time: the households at the margin, the hundred days, the support of 2020, the files."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from home import Home, by_name, exact, is_one
from made_up import Row
from national_oracle import Days, housed, household_exit, income, insured, line, schooled
from provinces_oracle import disabled, registered, sick, support
from three_values import (
    Judged,
    Rule,
    Truth,
    age,
    all_met,
    among,
    at_least,
    at_most,
    both,
    either,
    has_one,
    items,
    negated,
    over,
)

WORKERS, SIXTEEN = ("技能劳动力", "普通劳动力", "弱劳动力或半劳动力"), 16


def aged(home: Home, member: Row, low: int, high: int | None = None) -> Truth:
    years = age(member["birth_date"], home.day)
    return both(at_least(years, low), True if high is None else at_most(years, high))


def working(home: Home) -> Truth:
    def can(member: Row) -> Truth:
        return both(aged(home, member, SIXTEEN), among(member["labour_skill"], *WORKERS))

    return home.settled("has_labour", home.some_member(can))  # type: ignore[no-any-return]


def pupils(home: Home) -> Truth:
    def is_pupil(member: Row) -> Truth:
        return both(aged(home, member, 3, 24), negated(among(member["school_status"], "非在校生", "学龄前儿童")))

    return home.some_member(is_pupil)


def how_many(home: Home, holds: Callable[[Row], Truth]) -> int | None:
    said = [holds(member) for member in home.members]
    return None if None in said or not home.all_there else said.count(True)


def money(home: Home, name: str) -> Fraction | None:
    amount = home[name]
    return None if amount is None else exact(amount)


def less(*amounts: Fraction | None) -> Fraction | None:
    """The first less all others."""
    return None if None in amounts else amounts[0] - sum(amounts[1:], Fraction(0))  # type: ignore[operator, arg-type]


# --- households at the margin: 三(一), 三(二) ------------------------------------------------------------------------------

FIRST_LINE, SECOND_LINE = 2995, 4000
#: What counties list; the document does not.
SEVEN = [
    "商品房",
    "豪华装修",
    "商铺",
    "小轿车",
    "大型农机",
    "工程机械",
    "财政供养",
    "国企稳定工作",
    "企业主",
    "承包人",
    "长期雇工",
    "村干部",
    "长期人户分离",
    "空挂户",
    "自费留学",
    "择校",
    "商业养老保险",
    "赌博",
    "吸毒",
    "违法",
    "不能解释举报",
]


def against(cell: str | None) -> Truth:
    """Whether something speaks against a household; an item that nobody knows may."""
    found = items(cell)
    if found is None:
        return None
    if not set(found).isdisjoint(SEVEN):
        return True
    return False if set(found) <= {"无"} else None


def left_school_for_poverty(home: Home) -> Truth:
    def poor(member: Row) -> Truth:
        away = both(among(member["school_status"], "非在校生"), among(member["dropout_reason"], "因贫辍学"))
        return both(aged(home, member, 6, 15), away)

    told = both(home["dropout_child"], negated(home["dropout_disabled"]))
    doubtful = told is None and (home.unread("dropout_child") or home.unread("dropout_disabled"))
    return home.settled("poverty_dropout", home.some_member(poor), told, doubtful=doubtful)  # type: ignore[no-any-return]


def houses(home: Home) -> tuple[Truth, Truth]:
    """Whether the house is dangerous, and whether it is safe."""
    grade, unread = home["housing_grade"], home.unread("housing_grade")
    poor = among(grade, "C", "D")
    dangerous = home.settled("dangerous_housing", poor, doubtful=unread)
    given = home["dangerous_housing"]
    quarrel = given is not None and poor is not None and given != poor
    doubtful = unread or quarrel or home.unread("dangerous_housing")
    return dangerous, home.settled("housing_secured", among(grade, "A", "B"), negated(dangerous), doubtful=doubtful)


def marginal_identification(home: Home) -> Judged:
    a_head = income(home)
    dangerous, safe = houses(home)
    serious = home.settled("serious_illness", home.some_member(lambda one: sick(one, "患有大病")))
    chronic = home.settled("chronic_illness", home.some_member(lambda one: sick(one, "长期慢性病")))
    weak = both(
        among(home["labour_loss"], "部分丧失", "完全丧失"),
        among(home["dibao_class"], "一类", "二类"),
        among(home["dibao_area"], "乡"),
    )
    rules = {
        "unregistered": Rule(negated(registered(home))),
        "below_line": Rule(over(FIRST_LINE, a_head)),
        "below_hardship_line": Rule(over(SECOND_LINE, a_head)),
        "dropout_for_poverty": Rule(left_school_for_poverty(home)),
        "house_in_danger": Rule(dangerous),
        "poor_by_illness": Rule(both(either(serious, chronic), home["illness_burden"])),
        "guarantees_open": Rule(negated(both(schooled(home), insured(home), safe))),
        "dibao_without_labour": Rule(weak),
        "scattered_tekun": Rule(home["receives_tekun"]),
        "poor_and_disabled": Rule(disabled(home)),
        "nothing_against": Rule(negated(against(home["exclusion_items"]))),
    }
    met = {name: rule.met for name, rule in rules.items()}
    hardship = either(met["dropout_for_poverty"], met["house_in_danger"], met["poor_by_illness"])
    weakest = either(met["dibao_without_labour"], met["scattered_tekun"], met["poor_and_disabled"])
    a_way_in = either(met["below_line"], both(met["below_hardship_line"], hardship), both(met["guarantees_open"], weakest))
    rows = (
        ("already_registered", negated(met["unregistered"])),
        ("not_included", negated(a_way_in)),
        ("review", negated(met["nothing_against"])),
        ("include", True),
    )
    return Judged(rules, rows)


FIVE_STEPS = {
    "first_check_date": ("一核",),
    "second_look_date": ("二看",),
    "third_comparison_date": ("三比",),
    "fourth_review_date": ("四评议",),
    "fifth_notice_date": ("五公示",),
}


def marginal_procedure(home: Home) -> Judged:
    days = Days(home, FIVE_STEPS)
    steps = list(FIVE_STEPS)
    checks = ("look_in_order", "comparison_in_order", "review_in_order", "notice_in_order")
    rules = {
        check: Rule(days.after(step, *steps[:number]), days.there(step))
        for number, (check, step) in enumerate(zip(checks, steps[1:], strict=True), 1)
    }
    judged = days.judged(rules, list(rules))
    return Judged(judged.rules, judged.rows, negated(registered(home)))


# --- the hundred days of 2017 ----------------------------------------------------------------------------------------------

INDUSTRY = ("产业帮扶", "产业扶持", "产业扶贫", "产业奖补", "产业到户", "特色种养")
AID = ("学生资助", "教育资助", "教育帮扶", "助学金", "学费减免", "雨露计划")
CARE = ("照护补贴", "失能照护补贴")


def spent(home: Home) -> tuple[Fraction | None, ...]:
    return tuple(money(home, name) for name in ("housing_expense", "medical_expense", "education_expense"))


def whole_line(home: Home) -> int | None:
    a_head = line(home)
    return None if home.size is None or a_head is None else a_head * home.size


def hundred_days_exit(home: Home) -> Judged:
    judged = household_exit(home, with_water=False)
    parts = [money(home, name) for name in ("wage_income", "business_income", "property_income", "transfer_income")]
    gained = None if None in parts else sum(parts, Fraction(0))  # type: ignore[arg-type]
    left = less(gained, money(home, "business_expense"), *spent(home))
    return Judged({**judged.rules, "expense_balance": Rule(over(left, whole_line(home)))}, judged.rows)


def last_aid(home: Home) -> date | None:
    found = home.of_kind(AID, lambda row: row["delivered"])
    if found is None or None in found[1] or not found[0] or any(row["delivered_date"] is None for row in found[0]):
        return None
    return max(row["delivered_date"] for row in found[0])


def hundred_days_support(home: Home) -> Judged:
    developed, pupil, aid = home["industry_developed"], pupils(home), home.came(*AID)
    helpless = how_many(home, lambda one: one["incapacitated"])
    cost, own, day = money(home, "inpatient_cost"), money(home, "inpatient_self_paid"), last_aid(home)
    size, a_head = home.size, money(home, "income_per_capita")
    rules = {
        "main_industry": Rule(developed, working(home)),
        "industry": Rule(at_least(home.paid(*INDUSTRY), 5_000), developed),
        "loan": Rule(at_least(money(home, "loan_amount"), 50_000), both(developed, home["loan_wanted"])),
        "inpatient": Rule(at_most(own, None if cost is None else cost / 10), over(cost, 0)),
        "care": Rule(at_least(home.paid(*CARE), None if helpless is None else 2_000 * helpless), over(helpless, 0)),
        "commercial_insurance": Rule(
            either(
                home.every_member(lambda one: one["commercial_medical"]),
                home.came("疾病商业补充保险", "商业补充保险", "商业补充医疗保险"),
            )
        ),
        "education_aid": Rule(aid, pupil),
        "education_aid_in_time": Rule(at_most(day, date(home.year, 10, 31)), both(pupil, aid)),
    }
    gates = list(rules)
    whole = None if a_head is None or size is None else a_head * size
    rules |= {
        "health_record": Rule(home.came("电子健康档案", "健康档案")),
        "booklet": Rule(home.came("教育扶贫一册通", "教育扶贫对象一册通", "一册通"), pupil),
        "expense_balance": Rule(over(less(whole, *spent(home)), whole_line(home)), among(home["poverty_status"], "已脱贫")),
    }
    return support(rules, *gates, meant=registered(home))


# --- the support of 2020 ---------------------------------------------------------------------------------------------------

TEKUN = ("特困供养贫困户", "特困供养脱贫户", "低保特困供养贫困户", "低保特困供养户")
VOCATIONAL = tuple(f"{school}{grade}年级" for school in ("中职", "高职高专") for grade in "一二三")
MONTHS = 12


def certified(member: Row, *grades: str) -> Truth:
    """Whether a member holds the certificate of the second generation, with one of these grades where any is named."""
    graded = among(member["disability_grade"], *grades) if grades else True
    return both(sick(member, "残疾"), member["second_generation_certificate"], graded)


def support_2020(home: Home) -> Judged:
    known, can, pupil, dibao = registered(home), working(home), pupils(home), home["dibao"]
    tekun = home.settled("receives_tekun", among(home["household_category"], *TEKUN), doubtful=home.unread("household_category"))
    poor = over(4_000, income(home))
    ones, twos = how_many(home, lambda one: certified(one, "一级")), how_many(home, lambda one: certified(one, "二级"))
    many = None if ones is None or twos is None else ones + twos
    due = None if ones is None or twos is None else (100 * ones + 70 * twos) * MONTHS

    def works(one: Row) -> Truth:
        return both(aged(home, one, SIXTEEN), either(one["employed"], over(one["months_worked"], 0)))

    def vocational(one: Row) -> Truth:
        return both(aged(home, one, 3, 24), among(one["school_status"], *VOCATIONAL))

    visits = home.of_kind(("走访", "入户走访", "定期走访"), lambda row: row["delivered"])
    rules = {
        "industry": Rule(at_least(home.paid(*INDUSTRY), 4_000), both(known, home["industry_developed"])),
        "employment": Rule(home.some_member(works), both(known, can)),
        "vocational_aid": Rule(home.came("雨露计划"), both(known, home.some_member(vocational))),
        "pupil_aid": Rule(home.came(*AID), both(known, pupil)),
        "premium": Rule(
            home.came("医保代缴", "基本医疗保险代缴", "城乡居民基本医疗保险代缴", "参保资助"),
            both(known, home.some_member(lambda one: one["basic_medical"])),
        ),
        "loan": Rule(
            either(over(money(home, "loan_amount"), 0), home.came("小额信贷", "扶贫小额信贷", "小额贷款")),
            both(known, can, home["loan_wanted"]),
        ),
        "pension": Rule(
            home.came("养老代缴", "养老保险代缴", "城乡居民养老保险代缴"),
            both(known, home.some_member(lambda one: both(aged(home, one, 16, 59), one["pension"]))),
        ),
        "dibao_for_registered": Rule(either(dibao, tekun), both(known, poor)),
        "registration_for_dibao": Rule(known, both(dibao, among(home["dibao_area"], "乡"), poor)),
        "nursing": Rule(at_least(home.paid("护理补贴", "重度残疾人护理补贴"), due), both(known, over(many, 0))),
        "living": Rule(
            home.came("生活补贴", "困难残疾人生活补贴", "残疾人生活补贴"),
            both(known, dibao, home.some_member(certified)),
        ),
        "listed": Rule(both(*(either(negated(row["entitled"]), row["delivered"]) for row in home.belonging("support") or ()))),
    }
    gates = list(rules)
    rules |= {
        "visited": Rule(None if visits is None or None in visits[1] else len(visits[0]) >= MONTHS, known),
        "treatment": Rule(home.came("大病专项救治", "大病救治"), both(known, home["serious_illness"])),
        "doctor": Rule(home.came("家庭医生签约", "家庭医生签约服务"), known),
        "insurance": Rule(home.came("小额综合保险", "扶贫小额综合保险"), known),
    }
    return support(rules, *gates, meant=either(known, dibao))


# --- the files: 4 kinds, 18 items -------------------------------------------------------------------------------------------

ITEMS = {
    "card": "贫困户帮扶连心卡",
    "handbook": "《扶贫手册》",
    "income_sheet": "分年度家庭收入测算表",
    "household_plan": "“一户一策”精准脱贫计划",
    "schooling_proof": "义务教育阶段适龄人口接受义务教育情况证明",
    "pension_receipt": "居民养老保险缴费(代缴)凭证",
    "medical_receipt": "基本医疗保险缴费票据",
    "grading_sheet": "住房安全等级认(鉴)定表(或竣工验收表)",
    "housing_statement": "住房安全达标认定书",
    "exit_proof": "贫困户退出验收达标证明",
    "inpatient_receipt": "住院报销凭证",
    "loan_contract": "精准扶贫专项贷款合同和还款凭证",
    "post_contract": "公益性岗位聘用合同(协议)",
    "cooperative_agreement": "合作社带动协议",
    "share_agreement": "入股分红凭证",
    "equity_papers": "入股协议书、股权证及分红记录表",
    "training_certificate": "农业实用技术或就业技能培训证书",
    "policy_booklet": "扶贫政策到户到人明白册",
}


def household_file(home: Home) -> Judged:
    """The 18 items: six are everybody's, twelve only whose facts, or whose ticked list, call for them."""
    called_for = {
        "schooling_proof": home.some_member(lambda one: aged(home, one, 6, 15)),
        "pension_receipt": home.some_member(lambda one: both(aged(home, one, SIXTEEN), one["pension"])),
        "medical_receipt": home.some_member(lambda one: one["basic_medical"]),
        "housing_statement": housed(home),
        "exit_proof": among(home["poverty_status"], "已脱贫"),
        "inpatient_receipt": over(money(home, "inpatient_cost"), 0),
        "loan_contract": over(money(home, "loan_amount"), 0),
        "post_contract": home.some_member(lambda one: both(aged(home, one, SIXTEEN), negated(among(one["public_post"], "无")))),
        "cooperative_agreement": has_one(home["industry_support"], ("合作社带动", "加入合作社", "专业合作社带动")),
        "share_agreement": has_one(home["industry_support"], ("入股配股", "入股配股带贫", "入股分红")),
        "equity_papers": has_one(home["industry_support"], ("资产入股", "土地入股", "股权分红", "资产收益")),
        "training_certificate": has_one(
            home["employment_support"], ("技能培训", "就业技能培训", "农业实用技术培训", "实用技术培训", "培训")
        ),
    }
    rows = home.belonging("archive") or []
    kinds = {row["subject_kind"] for row in rows}
    # Of whom nothing is entered nobody knows what is missing.
    entered = "户" in kinds and None not in kinds
    named, unnamed = by_name(rows, "material")

    def entry(paper: str, column: str) -> Truth:
        said = [both(is_one(row["subject_kind"], {"户"}), row[column]) for row in named.get(paper, ())]
        may = [both(None, is_one(row["subject_kind"], {"户"}), row[column]) for row in unnamed]
        return either(*said, *may)

    rules = {}
    for name, paper in ITEMS.items():
        there = entry(paper, "complete")
        missing = False if entered else None
        meant = either(called_for[name], entry(paper, "required")) if name in called_for else True
        rules[name] = Rule(either(there, missing), meant)
    return Judged(rules, (("incomplete", negated(all_met(rules))), ("complete", True)), registered(home))
