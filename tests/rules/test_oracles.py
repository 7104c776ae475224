"""Every pack of household standards, read a second time in plain Python: 10,000 made-up households come to the same.

The second reading shares no code with the engine and does not look at the packs; its numbers are written by hand from the
documents. Only the spellings of measures and papers are the packs' own, because the documents do not say how a sheet is written.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import plans_oracle as plans
import provinces_oracle as provinces
import pytest
from dibao_oracle import dibao_procedure
from home import Home
from made_up import Wanted, World, world
from national_oracle import exit_procedure, household_exit
from three_values import Judged

from fupin_cli.evaluate.run import judge
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.expression import names
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import choose

SHELF = Shelf((CHECKOUT,))
NATIONAL = Wanted(
    2010, 2021, steps=("民主评议", "核实", "农户认可", "公示开始", "公示结束", "公示无异议", "公示有异议", "公告", "销号")
)
CHISHUI = Wanted(
    2016,
    2018,
    ("种植", "服务", "医疗救助", "教育救助", "灾害救助", "住房救助"),
    materials=("纸质档案", "电子档案"),
    steps=(
        *(
            "自愿申报",
            "拟选对象",
            "村评议",
            "张榜公示",
            "张榜公示结束",
            "逐户签字确认",
            "精准扶持",
            "民主评议",
            "公示开始",
            "公示结束",
        ),
        *("公告", "建档", *provinces.AFTER_A_DISASTER),
    ),
)
KAIZHOU = Wanted(
    2015,
    2020,
    ("种植", "到户产业扶持", "就业帮扶", "搬迁补助", "搬迁补助"),
    ("300", "299.99", "600", "900", "900.01", "8000", "16000", "24000", "32000"),
    steps=provinces.EIGHT,
)
LINGHAI = Wanted(2017, 2017)
ANHUI = Wanted(2018, 2020, ("产业帮扶", "就业帮扶", "低保", "低保"))
MARGINAL = Wanted(2018, 2020, steps=("一核", "二看", "三比", "四评议", "五公示"))
CATEGORY = ("household_category", ("一般贫困户", "一般贫困户", "低保脱贫户", "特困供养贫困户", "一般农户", "边缘易致贫户"))
EXPENSES = [
    (name, (Decimal(0), Decimal(0), Decimal(1), Decimal(3000)))
    for name in ("housing_expense", "medical_expense", "education_expense")
]
HOSPITAL = (
    ("inpatient_cost", (Decimal(0), Decimal(0), Decimal(10000))),
    ("inpatient_self_paid", (Decimal(0), Decimal(1000), Decimal("1000.01"))),
)
HUNDRED_DAYS = Wanted(
    2017,
    2017,
    ("产业帮扶", "学生资助", "照护补贴", "电子健康档案", "疾病商业补充保险", "一册通"),
    ("2000", "2500", "4000", "5000", "4999.99", "6000"),
    household=(
        CATEGORY,
        *HOSPITAL,
        *EXPENSES,
        ("loan_amount", (Decimal(0), Decimal(50000), Decimal("49999.99"))),
    ),
)
SUPPORT_2020 = Wanted(
    2020,
    2020,
    (
        "产业帮扶",
        "雨露计划",
        "学生资助",
        "医保代缴",
        "养老代缴",
        "小额信贷",
        "小额综合保险",
        "家庭医生签约",
        "大病专项救治",
        "护理补贴",
        "护理补贴",
        "生活补贴",
        *(["走访"] * 12),
    ),
    ("840", "1200", "2000", "4000", "3999.99"),
    household=(CATEGORY, ("loan_amount", (Decimal(0), Decimal(0), Decimal("0.01")))),
    steps=("户报", "村评", "乡镇审", "县定"),
)
HELP = ("无", "无", "合作社带动", "入股配股,养殖", "股权分红", "养殖")
ARCHIVE = Wanted(
    2018,
    2020,
    materials=tuple(plans.ITEMS.values()),
    household=(
        CATEGORY,
        *HOSPITAL,
        ("loan_amount", (Decimal(0), Decimal("0.01"))),
        ("industry_support", HELP),
        ("employment_support", ("无", "无", "技能培训", "公益岗位,培训", "招聘")),
    ),
)
#: Pack → its rosters, and a second reading of each of its standards.
READINGS: Mapping[str, tuple[Wanted, Mapping[str, Callable[[Home], Judged]]]] = {
    "national-2016": (NATIONAL, {"household-exit": household_exit, "exit-procedure": exit_procedure}),
    "guangdong-chishui-2016": (
        CHISHUI,
        {
            "household-exit": provinces.chishui_exit,
            "household-identification": provinces.chishui_identification,
            "identification-procedure": provinces.chishui_identified,
            "exit-procedure": provinces.chishui_exit_procedure,
            "household-support": provinces.chishui_support,
            "household-archive": provinces.chishui_archive,
        },
    ),
    "chongqing-kaizhou-2017": (
        KAIZHOU,
        {
            "household-support": provinces.kaizhou_support,
            "household-exit": provinces.kaizhou_exit,
            "identification-procedure": provinces.kaizhou_identified,
        },
    ),
    "marginal-2020": (
        MARGINAL,
        {"household-identification": plans.marginal_identification, "identification-procedure": plans.marginal_procedure},
    ),
    "hundred-days-2017": (
        HUNDRED_DAYS,
        {"household-support": plans.hundred_days_support, "household-exit": plans.hundred_days_exit},
    ),
    "support-2020": (SUPPORT_2020, {"household-support": plans.support_2020, "dibao-procedure": dibao_procedure}),
    "archive-2018": (ARCHIVE, {"household-archive": plans.household_file}),
    "liaoning-linghai-2017": (LINGHAI, {"household-exit": provinces.linghai_exit}),
    "anhui-2018": (
        ANHUI,
        {
            "screening": provinces.anhui_screening,
            "household-exit": provinces.anhui_exit,
            "household-support": provinces.anhui_support,
        },
    ),
}
#: What the user would give where a document leaves it open.
SETTINGS = {
    "guangdong-chishui-2016": {"local_income_per_capita": "20000"},
    "chongqing-kaizhou-2017": {"identification_steps": ",".join(provinces.EIGHT)},
}
#: The first standard of each pack judges all households, the others the first of them: the whole takes half a minute as it is.
ALL, FEW = 10_000, 2_000


@cache
def pack_of(name: str) -> LoadedPack:
    return load_pack(SHELF.find(name), SHELF)


def roster(name: str) -> World:
    """Households of a pack: with the fields that one of its standards looks at."""
    nodes = [node for standard in READINGS[name][1] for node in pack_of(name).standards[standard].nodes()]
    looked_at = frozenset(ref.name for node in nodes for ref in names(node))
    return world(sorted(READINGS).index(name), replace(READINGS[name][0], fields=looked_at), ALL)


def engine(name: str, standard: str, tables: Mapping[str, Table]) -> StandardResult:
    ready = pack_of(name).standards[standard]
    looked_at = {table: tables[table] for table in ready.tables & {*tables}}
    return judge(ready, choose(pack_of(name).pack, SETTINGS.get(name, {})), looked_at, None, {})


@pytest.mark.parametrize("name", READINGS)
def test_ten_thousand_households_come_to_the_same_by_both_readings(name: str) -> None:
    every = roster(name)
    few = every.first(FEW)
    tables = {ALL: every.tables(), FEW: few.tables() if len(READINGS[name][1]) > 1 else {}}
    for number, (standard, read) in enumerate(READINGS[name][1].items()):
        found = few if number else every
        both_agree(standard, found, read, engine(name, standard, tables[len(found.households)]))


def both_agree(standard: str, found: World, read: Callable[[Home], Judged], result: StandardResult) -> None:
    """The engine's outcome and the status of every check are those of the second reading, and none is left untried."""
    told = {check: result.data.column(f"status.{check}").to_pylist() for check in result.standard.checks}
    outcomes = result.data.column("outcome").to_pylist()
    reached: Counter[str] = Counter()
    shown: set[tuple[str, str]] = set()
    for number, household in enumerate(found.households):
        judged = read(Home(found, household))
        expected = (judged.outcome, {check: rule.status for check, rule in judged.rules.items()})
        mine = {check: STATUSES[statuses[number]] for check, statuses in told.items()}
        assert (outcomes[number], mine) == expected, (standard, household)
        reached[judged.outcome] += 1
        shown |= set(mine.items())
    wanted = {outcome for outcome, _ in judged.rows} | {"undetermined"}
    assert set(reached) >= wanted, (standard, reached)
    lacking = {(check, status) for check in told for status in ("pass", "fail", "unknown") if (check, status) not in shown}
    assert not lacking, (standard, reached)


def test_every_pack_that_judges_households_has_a_second_reading() -> None:
    judging = {
        (name, standard)
        for name in SHELF.names()
        for standard, ready in pack_of(name).standards.items()
        if ready.subject == "household" and not ready.is_quality and (pack_of(name).folder / f"{standard}.yaml").exists()
    }
    assert judging == {(name, standard) for name, (_, standards) in READINGS.items() for standard in standards}
