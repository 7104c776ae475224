"""The household table (户): one row per household, ``household_id`` + ``year`` is the key."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import (
    Benefit,
    Count,
    DangerousHouse,
    Day,
    IdNumber,
    Items,
    Key,
    Month,
    Number,
    Phone,
    Record,
    SafeHouse,
    Text,
    Year,
    YesNo,
    column,
)
from fupin_cli.model.values import one_of


def _yuan(label: str, *aliases: str, unit: str = "yuan") -> Any:
    return column(label, *aliases, unit=unit, smallest=0, largest=100_000_000)


def _household_yuan(label: str, *aliases: str) -> Any:
    return _yuan(label, *aliases, unit="yuan-household-year")


def _person_yuan(label: str, *aliases: str) -> Any:
    # A bad harvest can make it negative.
    return column(label, *aliases, unit="yuan-person-year", smallest=-10_000_000, largest=10_000_000)


class Household(Record):
    """A household in one year."""

    TABLE: ClassVar[str] = "household"
    SHEETS: ClassVar[tuple[str, ...]] = ("户", "household")
    KEY: ClassVar[tuple[str, ...]] = ("household_id",)
    NAME: ClassVar[str] = "head_name"

    household_id: Key = column("户编号", "户编码")
    head_name: Text = column("户主姓名", "姓名")
    head_id_number: IdNumber = column("户主证件号码", "证件号码", "身份证号", sensitive=True)
    province: Text = column("省")
    city: Text = column("市")
    county: Key = column("县", "县(市、区、旗)", "县(市、区)", "区县")
    township: Key = column("乡镇", "乡(镇)", "乡")
    village: Key = column("行政村", "村")
    villager_group: Text = column("村民小组", "自然村")
    year: Year = column("年度", "数据年度")
    household_size: Count = column("家庭人口数", "人数", "人口数", "家庭人口", unit="person", smallest=1, largest=50)
    identification_standard: Annotated[str | None, BeforeValidator(one_of(codes.IDENTIFICATION_STANDARD))] = column("识别标准")
    household_category: Annotated[str | None, BeforeValidator(one_of(codes.HOUSEHOLD_CATEGORY))] = column("贫困户属性", "户类型")
    poverty_status: Annotated[str | None, BeforeValidator(one_of(codes.POVERTY_STATUS))] = column("脱贫属性", "脱贫状态")
    exit_year: Year = column("脱贫年度")
    main_cause: Annotated[str | None, BeforeValidator(one_of(codes.CAUSE))] = column("主要致贫原因", "致贫原因1")
    second_cause: Annotated[str | None, BeforeValidator(one_of(codes.CAUSE))] = column("其他致贫原因1", "致贫原因2")
    third_cause: Annotated[str | None, BeforeValidator(one_of(codes.CAUSE))] = column("其他致贫原因2", "致贫原因3")
    not_exited_reason: Annotated[str | None, BeforeValidator(one_of(codes.NOT_EXITED_REASON))] = column(
        "不脱贫原因", "未脱贫原因"
    )
    registered: YesNo = column("建档立卡", "是否建档立卡户", "是否建档立卡")
    contact_phone: Phone = column("户联系电话", "联系电话", sensitive=True)
    data_date: Day = column("数据日期")

    first_identified_month: Month = column("首次识别时间")
    monitoring_type: Annotated[str | None, BeforeValidator(one_of(codes.MONITORING_TYPE))] = column(
        "监测对象类别", "监测对象类型", "易返贫致贫户(监测对象)类型"
    )
    risk_identified_month: Month = column("识别监测时间", "风险识别时间")
    risk_removed: YesNo = column("风险是否已消除", "风险是否消除")
    risk_removed_month: Month = column("消除监测时间", "风险消除时间")
    risk_removal_way: Text = column("风险消除方式")
    risk_1: Text = column("致贫/返贫风险1")
    risk_2: Text = column("致贫/返贫风险2")
    risk_3: Text = column("致贫/返贫风险3")
    risk_4: Text = column("致贫/返贫风险4")
    risk_5: Text = column("致贫/返贫风险5")

    wage_income: Number = _household_yuan("工资性收入")
    business_income: Number = _household_yuan("生产经营性收入")
    property_income: Number = _household_yuan("财产性收入")
    transfer_income: Number = _household_yuan("转移性收入")
    business_expense: Number = _household_yuan("生产经营性支出")
    asset_income: Number = _household_yuan("资产收益分红")
    other_property_income: Number = _household_yuan("其他财产性", "其他财产性收入")
    family_planning_payment: Number = _household_yuan("计划生育金")
    dibao_payment: Number = _household_yuan("低保金")
    tekun_payment: Number = _household_yuan("特困供养金")
    pension_payment: Number = _household_yuan("养老保险金")
    ecological_payment: Number = _household_yuan("生态补偿金")
    other_transfer_income: Number = _household_yuan("其他转移性", "其他转移性收入")
    # A bad harvest can make it negative.
    annual_income: Number = column("年收入", "家庭年收入", unit="yuan-household-year", smallest=-100_000_000, largest=100_000_000)
    income_per_capita: Number = _person_yuan("人均纯收入", "家庭人均纯收入", "年人均纯收入", "家庭人均稳定收入")
    disposable_income_per_capita: Number = _person_yuan("人均可支配收入")
    housing_expense: Number = _household_yuan("住房支出")
    medical_expense: Number = _household_yuan("医疗支出", "合规自付支出")
    education_expense: Number = _household_yuan("教育支出")

    food_secure: YesNo = column("不愁吃")
    clothing_secure: YesNo = column("不愁穿")
    education_secured: YesNo = column("义务教育有保障")
    medical_secured: YesNo = column("基本医疗有保障")
    housing_secured: SafeHouse = column("住房安全有保障")
    housing_grade: Annotated[str | None, BeforeValidator(one_of(codes.HOUSING_GRADE))] = column("住房鉴定等级", "住房等级")
    dangerous_housing: DangerousHouse = column("危房户", "是否危房户")
    water_safe: YesNo = column("饮水安全", "是否解决安全饮用水")
    water_difficult: YesNo = column("饮水困难", "是否饮水困难")
    electricity: YesNo = column("通生活用电", "是否通生活用电")
    sanitary_toilet: YesNo = column("有卫生厕所", "是否有卫生厕所")
    paved_access: YesNo = column("入户道路硬化", "入户道路是否硬化")
    road_distance: Number = column("与村主干路距离（公里）", "与村主干路距离", unit="kilometre", smallest=0, largest=1000)
    living_space: Number = column("住房面积（平方米）", "住房面积", unit="square-metre", smallest=0, largest=10_000)
    farmland: Number = column("耕地面积（亩）", "耕地面积", unit="mu", smallest=0, largest=100_000)
    forest_land: Number = column("林地面积（亩）", "林地面积", unit="mu", smallest=0, largest=100_000)

    has_labour: YesNo = column("有劳动能力")
    willing_to_work: YesNo = column("有劳动意愿")
    labour_loss: Annotated[str | None, BeforeValidator(one_of(codes.LABOUR_LOSS))] = column("劳动能力丧失情况")
    dibao_class: Annotated[str | None, BeforeValidator(one_of(codes.DIBAO_CLASS))] = column("低保类别")
    receives_tekun: Benefit = column("特困供养", "分散供养特困", "是否特困供养", "是否特困供养户", "享受特困供养政策情况")
    disabled_household: YesNo = column("残疾家庭")
    lives_alone_elderly: YesNo = column("独居老人户")
    serious_illness: YesNo = column("患大病")
    chronic_illness: YesNo = column("长期慢性病")
    illness_burden: YesNo = column("大病慢病开支大致贫")

    annual_plan: YesNo = column("纳入年度脱贫计划")
    stable_income_source: YesNo = column("稳定收入来源")
    deep_poverty: YesNo = column("深度贫困户")
    address: Text = column("家庭住址")
    dibao: Benefit = column("享受低保", "是否享受低保", "享受低保政策情况", "是否低保户")
    dibao_area: Annotated[str | None, BeforeValidator(one_of(codes.DIBAO_AREA))] = column("低保城乡")
    industry_developed: YesNo = column("已发展产业")
    industry_support: Items = column("产业帮扶")
    employment_support: Items = column("就业帮扶")
    loan_wanted: YesNo = column("有贷款需求")
    loan_amount: Number = _yuan("贷款金额")
    inpatient_cost: Number = _yuan("住院费用")
    inpatient_self_paid: Number = _yuan("住院自付")
    dropout_child: YesNo = column("义务教育阶段辍学", "是否义务教育阶段适龄儿童少年失学辍学")
    uninsured_member: YesNo = column("有家庭成员未参加基本医疗保险", "是否有家庭成员未参加城乡居民（职工）基本医疗保险")
    dropout_disabled: YesNo = column("因智障或残疾辍学")
    poverty_dropout: YesNo = column("义务教育阶段因贫辍学")
    exclusion_items: Items = column("七不准情形")

    review_date: Day = column("民主评议日期")
    verified_date: Day = column("核实日期")
    household_agrees: YesNo = column("农户认可")
    agreed_date: Day = column("认可日期")
    notice_start: Day = column("公示开始日期")
    notice_end: Day = column("公示结束日期")
    notice_objection: YesNo = column("公示有异议")
    announced_date: Day = column("公告日期")
    deregistered_date: Day = column("销号日期")

    first_check_date: Day = column("一核日期")
    second_look_date: Day = column("二看日期")
    third_comparison_date: Day = column("三比日期")
    fourth_review_date: Day = column("四评议日期")
    fifth_notice_date: Day = column("五公示日期")

    applied_date: Day = column("申报日期", "自愿申报日期")
    village_review_date: Day = column("村评议日期")
    posted_start: Day = column("张榜公示开始日期", "张榜公示日期")
    posted_end: Day = column("张榜公示结束日期")
    signed_date: Day = column("签字确认日期", "逐户签字确认日期")
    filed_date: Day = column("建档日期", "一户一档建档日期")
    selected_date: Day = column("拟选对象日期")
    support_started_date: Day = column("精准扶持日期")
    housing_debt: YesNo = column("因住房负债", "因建房负债")
    party_volunteers: Count = column("结对党员义工数", unit="person", smallest=0, largest=1000)

    change_reason: Annotated[str | None, BeforeValidator(one_of(codes.HOUSEHOLD_CHANGE))] = column(
        "户变更原因", "户减少原因", "户增加原因"
    )


#: The field that says how many member rows a household should have.
MEMBER_COUNT = "household_size"
