"""Four documents read a second time: Chishui (Guangdong), Kaizhou (Chongqing), Linghai (Liaoning), Anhui; the household part."""

import itertools
from fractions import Fraction

from home import Home, exact, is_one
from made_up import Row
from national_oracle import Days, exits, guarantees, housed, household_exit, line
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
    in_turn,
    negated,
    over,
)

ABLE = ("技能劳动力", "普通劳动力", "弱劳动力或半劳动力")
NOT_REGISTERED = ("一般农户", "边缘易致贫户", "突发严重困难户")


def able(home: Home) -> Truth:
    return home.settled("has_labour", home.some_member(lambda one: among(one["labour_skill"], *ABLE)))  # type: ignore[no-any-return]


def registered(home: Home) -> Truth:
    by_category = negated(among(home["household_category"], *NOT_REGISTERED))
    return home.settled("registered", by_category, doubtful=home.unread("household_category"))  # type: ignore[no-any-return]


def in_dibao(home: Home) -> Truth:
    by_class = negated(among(home["dibao_class"], "无"))
    return home.settled("dibao", by_class, doubtful=home.unread("dibao_class"))  # type: ignore[no-any-return]


def sick(one: Row, how: str) -> Truth:
    return has_one(one["health"], [how])


def disabled(home: Home) -> Truth:
    return home.settled("disabled_household", home.some_member(lambda one: sick(one, "残疾")))  # type: ignore[no-any-return]


def support(rules: dict[str, Rule], *gates: str, meant: Truth = True) -> Judged:
    return Judged(rules, (("outstanding", negated(all_met(rules, *gates))), ("delivered", True)), meant)


# --- Linghai: no number for the income, no water ------------------------------------------------------------------------


def linghai_exit(home: Home) -> Judged:
    rules = {"income_source": Rule(home["stable_income_source"]), **guarantees(home)}
    return exits(rules, *rules)


# --- Chishui: three (one), five (one), five (six), five (ten), seven (five) ------------------------------------------------

#: What the user says that people earn here in a year; a household has to have more than 45 % of it.
LOCAL_INCOME, SHARE = Fraction(20000), Fraction(45, 100)
CHISHUI_LAST, WEEK, VOLUNTEERS = 2018, 7, 10
PROJECTS = ("种植", "养殖", "种植业", "养殖业", "种养殖业", "农产品加工", "服务", "服务业", "产业项目", "产业扶持")
RELIEF = ("医疗救助", "教育救助", "灾害救助", "住房救助")


def chishui_exit(home: Home) -> Judged:
    disposable = home["disposable_income_per_capita"]
    enough = over(None if disposable is None else exact(disposable), LOCAL_INCOME * SHARE)
    rules = {"income": Rule(enough), **guarantees(home)}
    return exits(rules, *rules, meant=able(home))


def chishui_identification(home: Home) -> Judged:
    willing = home["willing_to_work"]
    able_disabled = home.some_member(lambda one: both(sick(one, "残疾"), among(one["labour_skill"], *ABLE)))
    rules = {
        "able": Rule(able(home)),
        "willing": Rule(willing),
        "disabled_priority": Rule(willing, able_disabled),
        "rural": Rule(among(home["dibao_area"], "乡")),
    }
    return Judged(rules, (("safety_net", negated(both(able(home), willing))), ("key_support", True)), in_dibao(home))


CHISHUI_STEPS = {
    "applied_date": ("自愿申报", "申报"),
    "village_review_date": ("村评议", "社区评议", "村(社区)评议"),
    "posted_start": ("张榜公示", "张榜公示开始"),
    "posted_end": ("张榜公示结束", "张榜公示期满"),
    "signed_date": ("逐户签字确认", "签字确认"),
    "filed_date": ("建档", "一户一档", "建档立卡"),
}
AFTER_A_DISASTER = ("民政认定", "镇扶贫办申请", "市扶贫部门审核", "江门市级扶贫部门审定")


def chishui_identified(home: Home) -> Judged:
    days = Days(home, CHISHUI_STEPS)
    told, after = days.there, days.after
    four = [home.step([step])[0] for step in AFTER_A_DISASTER]
    rules = {
        "reviewed_in_order": Rule(after("village_review_date", "applied_date"), told("village_review_date")),
        "notice_in_order": Rule(after("posted_start", "village_review_date", "applied_date"), told("posted_start", "posted_end")),
        "notice_ends_after_start": Rule(after("posted_end", "posted_start"), told("posted_end")),
        "notice_days": Rule(
            at_least(days.lasting("posted_start", "posted_end"), WEEK), both(told("posted_start"), told("posted_end"))
        ),
        "signed_in_order": Rule(after("signed_date", "posted_start", "village_review_date", "applied_date"), told("signed_date")),
        "filed_in_order": Rule(after("filed_date", *list(CHISHUI_STEPS)[:-1]), told("filed_date")),
        "disaster_chain": Rule(
            both(*(at_most(first, second) for first, second in itertools.pairwise(four))),
            both(among(home["poverty_status"], "返贫"), among(home["main_cause"], "因灾")),
        ),
    }
    return days.judged(rules, list(rules))


CHISHUI_EXIT_STEPS = {
    "selected_date": ("拟选对象",),
    "support_started_date": ("精准扶持",),
    "review_date": ("民主评议",),
    "notice_start": ("公示开始", "公示"),
    "notice_end": ("公示结束", "公示无异议"),
    "announced_date": ("公告", "公告退出"),
}


def chishui_exit_procedure(home: Home) -> Judged:
    days = Days(home, CHISHUI_EXIT_STEPS)
    told, after = days.there, days.after
    rules = {
        "supported_in_order": Rule(after("support_started_date", "selected_date"), told("support_started_date")),
        "reviewed_in_order": Rule(after("review_date", "support_started_date", "selected_date"), told("review_date")),
        "notice_in_order": Rule(after("notice_start", *list(CHISHUI_EXIT_STEPS)[:3]), told("notice_start", "notice_end")),
        "notice_ends_after_start": Rule(after("notice_end", "notice_start"), told("notice_end")),
        "announced_in_order": Rule(after("announced_date", *list(CHISHUI_EXIT_STEPS)[:5]), told("announced_date")),
    }
    return days.judged(rules, list(rules))


def chishui_support(home: Home) -> Judged:
    key = both(able(home), home["willing_to_work"])

    def because(cause: str) -> Truth:
        return among(home["main_cause"], cause)

    rules = {
        "project_at_work": Rule(home.came(*PROJECTS), key),
        "volunteers": Rule(at_least(home["party_volunteers"], VOLUNTEERS), key),
        "relief_of_illness": Rule(home.came("医疗救助"), because("因病")),
        "relief_of_schooling": Rule(home.came("教育救助"), because("因学")),
        "relief_of_disaster": Rule(home.came("灾害救助"), because("因灾")),
        "relief_of_disability": Rule(home.came(*RELIEF), because("因残")),
    }
    return support(rules, *rules, meant=in_dibao(home))


def chishui_archive(home: Home) -> Judged:
    def there(paper: str) -> Truth:
        return home.some(
            "archive", lambda row: both(is_one(row["subject_kind"], {"户"}), is_one(row["material"], {paper}), row["complete"])
        )

    rules = {"paper_file": Rule(there("纸质档案")), "electronic_file": Rule(there("电子档案"))}
    return Judged(rules, (("incomplete", negated(all_met(rules))), ("complete", True)), home["registered"])


# --- Kaizhou: one to four --------------------------------------------------------------------------------------------------

EIGHT = ("申请", "入户调查", "评议", "审核", "第一次公示", "审定", "第二次公示", "公告")
NOTICES, ANNOUNCEMENTS = (
    ("公示", "第一次公示", "第二次公示", "一次公示", "二次公示", "村公示", "乡镇公示"),
    ("公告", "区公告", "县公告"),
)
MODES = ("种植", "养殖", "种植业", "养殖业", "增收模式")
WORK = ("就业", "就业帮扶", "招聘", "订单转移", "公益岗位", "公益性岗位", "自主创业", "输出")
MOVING = ("搬迁", "扶贫搬迁", "搬迁补助", "易地扶贫搬迁", "高山生态扶贫搬迁")
TO_THE_HOUSEHOLD = ("产业扶持", "到户产业扶持", "产业到户扶持")


def kaizhou_exit(home: Home) -> Judged:
    return household_exit(home, with_water=False)


def kaizhou_identified(home: Home) -> Judged:
    """Eight steps, two notices, one announcement; the announcement not before a notice, nothing in the future."""
    rows = home.belonging("procedure") or []

    def is_step(row: Row, *names: str) -> Truth:
        return both(is_one(row["subject_kind"], {"户"}), is_one(row["step"], set(names)))

    def how_many(*names: str) -> int | None:
        said = [is_step(row, *names) for row in rows]
        return None if None in said else said.count(True)

    taken = {row["step"] for row in rows if is_step(row, *EIGHT)}
    # A row that may be one of the eight may be the one that is lacking.
    unclear = None in [is_step(row, *EIGHT) for row in rows]
    all_eight = True if len(taken) >= len(EIGHT) else None if unclear else False
    first = home.step(ANNOUNCEMENTS, min)[0]
    last = home.step(NOTICES)[0]
    notices, announcements = how_many(*NOTICES), how_many(*ANNOUNCEMENTS)
    past = both(
        *(either(negated(is_step(row, *EIGHT, *NOTICES, *ANNOUNCEMENTS)), at_most(row["step_date"], home.day)) for row in rows)
    )
    rules = {
        "eight_steps": Rule(all_eight),
        "two_notices": Rule(at_least(notices, 2)),
        "one_announcement": Rule(at_least(announcements, 1)),
        "announced_after_notice": Rule(in_turn(last, first), both(over(notices, 0), over(announcements, 0))),
        "no_step_ahead": Rule(past),
    }
    waiting = tuple(("in_progress", negated(rules[name].met)) for name in ("eight_steps", "two_notices", "one_announcement"))
    broken = negated(all_met(rules, "announced_after_notice", "no_step_ahead"))
    return Judged(rules, (("violated", broken), *waiting, ("complete", True)))


def kaizhou_support(home: Home) -> Judged:
    can, deep = able(home), home["deep_poverty"]

    def a_person(amount: int) -> int | None:
        return None if home.size is None else amount * home.size

    asked = home.of_kind(MOVING, lambda row: row["entitled"])
    moving = None if asked is None else either(*asked[1])
    industry = home.came(*TO_THE_HOUSEHOLD)
    rules = {
        "industry": Rule(home.came(*MODES), can),
        "industry_support_enough": Rule(at_least(home.paid(*TO_THE_HOUSEHOLD), 300), industry),
        "relocation": Rule(at_least(home.paid(*MOVING), a_person(8_000)), both(moving, negated(deep))),
        "relocation_deep": Rule(at_least(home.paid(*MOVING), a_person(16_000)), both(moving, deep)),
        "dibao_cover": Rule(in_dibao(home), negated(can)),
    }
    gates = list(rules)
    rules |= {
        "industry_support_within": Rule(at_most(home.paid(*TO_THE_HOUSEHOLD), 900), industry),
        "employment": Rule(home.came(*WORK), can),
        "over_line": Rule(
            over(None if home["income_per_capita"] is None else exact(home["income_per_capita"]), line(home)), negated(can)
        ),
    }
    return support(rules, *gates, meant=registered(home))


# --- Anhui: three (one), (four), (five) ------------------------------------------------------------------------------------

SIXTY = 60
BUSINESS = ("产业", "产业帮扶", "产业扶贫", "种植", "养殖", "种植业", "养殖业", "特色种养")
ANHUI_WORK = ("就业", "就业帮扶", "就业扶贫", "公益岗位", "公益性岗位", "扶贫车间")
SAFETY_NET = ("社保兜底", "低保", "农村低保", "特困供养", "五保供养")


def all_old(home: Home) -> Truth:
    return home.every_member(lambda one: at_least(age(one["birth_date"], home.day), SIXTY))


def anhui_exit(home: Home) -> Judged:
    national = household_exit(home)
    key = either(home["registered"], in_dibao(home), home["receives_tekun"], disabled(home))
    findings = {"key_group_housing": Rule(housed(home), key), "no_housing_debt": Rule(negated(home["housing_debt"]), key)}
    return Judged({**national.rules, **findings}, national.rows)


def anhui_screening(home: Home) -> Judged:
    one = None if home.size is None else home.size == 1
    alone = home.settled("lives_alone_elderly", both(one, all_old(home)))
    ill = home.settled("serious_illness", home.some_member(lambda member: sick(member, "患有大病")))
    dangerous = home.settled("dangerous_housing", among(home["housing_grade"], "C", "D"), doubtful=home.unread("housing_grade"))
    rules = {
        "not_alone": Rule(negated(alone)),
        "not_ill": Rule(negated(ill)),
        "not_disabled": Rule(negated(disabled(home))),
        "not_on_relief": Rule(negated(either(home["receives_tekun"], in_dibao(home)))),
        "house_not_dangerous": Rule(negated(dangerous)),
    }
    return Judged(rules, (("visit", negated(all_met(rules))), ("no_visit", True)), negated(home["registered"]))


def anhui_support(home: Home) -> Judged:
    can, cover = able(home), either(in_dibao(home), home["receives_tekun"])
    meant = either(among(home["main_cause"], "因病", "因残"), cover, all_old(home), both(home["registered"], negated(can)))
    rules = {
        "industry_given": Rule(home.came(*BUSINESS), can),
        "employment_given": Rule(home.came(*ANHUI_WORK), can),
        "safety_net_given": Rule(either(home.came(*SAFETY_NET), cover)),
    }
    return support(rules, *rules, meant=meant)
