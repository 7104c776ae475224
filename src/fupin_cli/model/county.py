"""The county table (县): one row per county and year."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Count, Day, Key, Percent, Record, Year, YesNo, column
from fupin_cli.model.values import one_of


def _people(label: str, *, smallest: int = 0) -> Any:
    return column(label, unit="person", smallest=smallest, largest=100_000_000)


def _growth(label: str) -> Any:
    return column(label, unit="percent", smallest=-100, largest=1000)


class County(Record):
    """A county in one year."""

    TABLE: ClassVar[str] = "county"
    SHEETS: ClassVar[tuple[str, ...]] = ("县", "county")
    KEY: ClassVar[tuple[str, ...]] = ("province", "county")
    NAME: ClassVar[str] = "county"
    # Not so 非建档立卡人口 and 脱贫人口 of 农村户籍人口: who keeps these figures counts them at other times, or by residence.
    PARTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("poor_population", "rural_population"),
        ("exited_villages", "poor_villages"),
        ("exited_sampled", "exited_population"),
        ("wrongly_exited", "exited_sampled"),
        ("unregistered_surveyed", "unregistered_population"),
        ("missed_people", "unregistered_surveyed"),
        ("approving_households", "households_surveyed"),
        ("services_met", "services_total"),
    )

    county: Key = column("县名称", "县", "县(市、区、旗)", "县(市、区)", "区县")
    province: Key = column("省")
    county_level: Annotated[str | None, BeforeValidator(one_of(codes.COUNTY_LEVEL))] = column("贫困县级别")
    year: Year = column("年度", "数据年度")
    rural_population: Count = _people("农村户籍人口", smallest=1)
    poor_population: Count = _people("未脱贫人口")
    poor_villages: Count = column("贫困村数", unit="village", smallest=0, largest=100_000)
    exited_villages: Count = column("已出列村数", unit="village", smallest=0, largest=100_000)
    income_growth: Percent = _growth("农村居民人均可支配收入增幅")
    province_income_growth: Percent = _growth("全省增幅")

    exited_population: Count = _people("脱贫人口")
    unregistered_population: Count = _people("非建档立卡人口")
    # What was sampled is divided by; a county where nobody was sampled leaves it blank.
    exited_sampled: Count = _people("抽样脱贫人口", smallest=1)
    wrongly_exited: Count = _people("错退人口")
    unregistered_surveyed: Count = _people("抽查未建档立卡人口", smallest=1)
    missed_people: Count = _people("漏评人口")
    households_surveyed: Count = column("调查户数", unit="household", smallest=1, largest=10_000_000)
    approving_households: Count = column("认可户数", unit="household", smallest=0, largest=10_000_000)
    services_met: Count = column("公共服务达标项数", unit="item", smallest=0, largest=1000)
    services_total: Count = column("公共服务指标项数", unit="item", smallest=1, largest=1000)

    self_check_date: Day = column("自查完成日期", "县自查日期")
    dynamic_management_date: Day = column("动态管理启动日期")
    works_completed_date: Day = column("年度建设完成日期")
    county_consent: YesNo = column("县党委政府同意")
    applied_date: Day = column("县申请日期")
    city_consent: YesNo = column("市党委政府同意")
    city_reviewed_date: Day = column("市初审日期")
    province_verified_date: Day = column("省核查日期")
    evaluation_date: Day = column("第三方评估日期")
    notice_start: Day = column("公示开始日期")
    notice_end: Day = column("公示结束日期")
    notice_objection: YesNo = column("公示有异议")
    opinion_date: Day = column("审核意见日期")
    approved_date: Day = column("审定日期")
    ratified_date: Day = column("批准日期")
    announced_date: Day = column("公告日期")
    materials_complete: YesNo = column("资料齐全")
    spot_check_date: Day = column("国家抽查日期")
    spot_check_passed: YesNo = column("国家抽查通过")
    special_report_date: Day = column("专题报告日期")
