"""Every field of every table is declared, with the label, aliases, type and unit that were agreed.

The lists are those of the project's field notes, written out again: one field a line, ``name  label  aliases  type  unit``.
"""

import pytest

from fupin_cli.model.tables import TABLES, arrow_type, fields
from fupin_cli.model.text import fold
from fupin_cli.model.values import ValueType

HOUSEHOLD = """\
household_id | 户编号 | 户编码 | key
head_name | 户主姓名 | 姓名 | text
head_id_number | 户主证件号码 | 证件号码, 身份证号 | id-number
province | 省 | | text
city | 市 | | text
county | 县 | 县(市、区、旗) | key
township | 乡镇 | 乡(镇), 乡 | key
village | 行政村 | 村 | key
villager_group | 村民小组 | 自然村 | text
year | 年度 | 数据年度 | year
household_size | 家庭人口数 | 人数, 人口数, 家庭人口 | count
identification_standard | 识别标准 | | code
household_category | 贫困户属性 | 户类型 | code
poverty_status | 脱贫属性 | 脱贫状态 | code
exit_year | 脱贫年度 | | year
main_cause | 主要致贫原因 | 致贫原因1 | code
registered | 建档立卡 | 是否建档立卡户 | yes-no
wage_income | 工资性收入 | | number | yuan-household-year
business_income | 生产经营性收入 | | number | yuan-household-year
property_income | 财产性收入 | | number | yuan-household-year
transfer_income | 转移性收入 | | number | yuan-household-year
business_expense | 生产经营性支出 | | number | yuan-household-year
income_per_capita | 人均纯收入 | 家庭人均纯收入, 年人均纯收入, 家庭人均稳定收入 | number | yuan-person-year
disposable_income_per_capita | 人均可支配收入 | | number | yuan-person-year
housing_expense | 住房支出 | | number | yuan-household-year
medical_expense | 医疗支出 | 合规自付支出 | number | yuan-household-year
education_expense | 教育支出 | | number | yuan-household-year
food_secure | 不愁吃 | | yes-no
clothing_secure | 不愁穿 | | yes-no
education_secured | 义务教育有保障 | | yes-no
medical_secured | 基本医疗有保障 | | yes-no
housing_secured | 住房安全有保障 | | yes-no
housing_grade | 住房鉴定等级 | 住房等级 | code
dangerous_housing | 危房户 | 是否危房户 | yes-no
water_safe | 饮水安全 | 是否解决安全饮用水 | yes-no
has_labour | 有劳动能力 | | yes-no
willing_to_work | 有劳动意愿 | | yes-no
labour_loss | 劳动能力丧失情况 | | code
dibao_class | 低保类别 | | code
receives_tekun | 特困供养 | 分散供养特困 | yes-no
disabled_household | 残疾家庭 | | yes-no
lives_alone_elderly | 独居老人户 | | yes-no
serious_illness | 患大病 | | yes-no
chronic_illness | 长期慢性病 | | yes-no
illness_burden | 大病慢病开支大致贫 | | yes-no
annual_plan | 纳入年度脱贫计划 | | yes-no
stable_income_source | 稳定收入来源 | | yes-no
deep_poverty | 深度贫困户 | | yes-no
address | 家庭住址 | | text
dibao | 享受低保 | | yes-no
dibao_area | 低保城乡 | | code
industry_developed | 已发展产业 | | yes-no
loan_wanted | 有贷款需求 | | yes-no
loan_amount | 贷款金额 | | number | yuan
inpatient_cost | 住院费用 | | number | yuan
inpatient_self_paid | 住院自付 | | number | yuan
dropout_child | 义务教育阶段辍学 | | yes-no
dropout_disabled | 因智障或残疾辍学 | | yes-no
exclusion_items | 七不准情形 | | items
review_date | 民主评议日期 | | date
verified_date | 核实日期 | | date
household_agrees | 农户认可 | | yes-no
agreed_date | 认可日期 | | date
notice_start | 公示开始日期 | | date
notice_end | 公示结束日期 | | date
notice_objection | 公示有异议 | | yes-no
announced_date | 公告日期 | | date
deregistered_date | 销号日期 | | date"""
PERSON = """\
person_id | 人编号 | 人口编号 | key
household_id | 户编号 | | key
year | 年度 | | year
name | 姓名 | | text
id_number | 证件号码 | | id-number
relation | 与户主关系 | | code
sex | 性别 | | code
birth_date | 出生日期 | | date
ethnicity | 民族 | | text
education | 文化程度 | | code
school_status | 在校生状况 | | code
health | 健康状况 | | codes
labour_skill | 劳动技能 | 劳动能力 | code
months_worked | 务工时间（月） | 务工时间 | number | month
workplace | 务工所在地 | | text
basic_medical | 参加基本医疗保险 | 是否参加城乡居民基本医疗保险, 是否参加新型农村合作医疗（城乡居民基本医疗保险） | yes-no
employee_medical | 是否参加城镇职工基本医疗保险 | | yes-no
serious_illness_insurance | 参加大病保险 | 参加大病医疗, 是否参加大病保险 | yes-no
dropout_reason | 失学或辍学原因 | 义务教育阶段未上学原因 | code
phone | 联系电话 | 人联系电话 | phone
disability_category | 残疾类别 | | text
disability_grade | 残疾等级 | | code
second_generation_certificate | 第二代残疾人证 | | yes-no
incapacitated | 失能 | | yes-no
employed | 就业 | | yes-no
pension | 参加养老保险 | 是否参加城乡居民基本养老保险 | yes-no
change_reason | 人口变更原因 | | code"""
VILLAGE = """\
village | 行政村 | 村 | key
county | 县 | | key
township | 乡镇 | | key
year | 年度 | | year
poor_village | 贫困村 | | yes-no
rural_population | 农村户籍人口 | 总人口数 | count | person
households | 总户数 | | count
poor_population | 未脱贫人口 | 剩余贫困人口 | count | person
collective_income | 村级集体经济收入（万元） | | number | 10k-yuan-year
disposable_collective_income | 村级集体可支配收入（万元） | | number | 10k-yuan-year
previous_collective_income | 上年村级集体经济收入（万元） | | number | 10k-yuan-year
old_area | 老区村 | | yes-no
planned_exit | 计划出列 | | yes-no
hamlet_paved_road | 村屯通沥青（水泥）路 | | yes-no
leading_industries | 主导产业数 | | count
business_entities | 新型农业经营主体数 | | count
paved_road | 到乡镇通沥青（水泥）路 | 到乡镇是否通沥青（水泥）路 | yes-no
clinic | 卫生室 | 行政村卫生室个数 | yes-no
culture_centre | 综合性文化服务中心 | | yes-no
exited | 已出列 | 是否出列 | yes-no"""
COUNTY = """\
county | 县名称 | 县 | key
province | 省 | | key
county_level | 贫困县级别 | | code
year | 年度 | | year
rural_population | 农村户籍人口 | | count
poor_population | 未脱贫人口 | | count
poor_villages | 贫困村数 | | count
exited_villages | 已出列村数 | | count
income_growth | 农村居民人均可支配收入增幅 | | number | percent
province_income_growth | 全省增幅 | | number | percent
exited_population | 脱贫人口 | | count
unregistered_population | 非建档立卡人口 | | count
exited_sampled | 抽样脱贫人口 | | count
wrongly_exited | 错退人口 | | count
unregistered_surveyed | 抽查未建档立卡人口 | | count
missed_people | 漏评人口 | | count
households_surveyed | 调查户数 | | count
approving_households | 认可户数 | | count
services_met | 公共服务达标项数 | | count
services_total | 公共服务指标项数 | | count
works_completed_date | 年度建设完成日期 | | date
county_consent | 县党委政府同意 | | yes-no
applied_date | 县申请日期 | | date
city_consent | 市党委政府同意 | | yes-no
city_reviewed_date | 市初审日期 | | date
province_verified_date | 省核查日期 | | date
evaluation_date | 第三方评估日期 | | date
notice_start | 公示开始日期 | | date
notice_end | 公示结束日期 | | date
notice_objection | 公示有异议 | | yes-no
opinion_date | 审核意见日期 | | date
approved_date | 审定日期 | | date
ratified_date | 批准日期 | | date
announced_date | 公告日期 | | date
materials_complete | 资料齐全 | | yes-no
spot_check_date | 国家抽查日期 | | date
spot_check_passed | 国家抽查通过 | | yes-no
special_report_date | 专题报告日期 | | date"""
AGREED = {"household": HOUSEHOLD, "person": PERSON, "village": VILLAGE, "county": COUNTY}
#: The tables whose labels alone were agreed, and their sheets.
LABELS = {
    "procedure": ("程序", "对象类型 · 对象编号 · 步骤 · 日期 · 依据材料"),
    "support": ("帮扶", "户编号 · 年度 · 措施 · 金额 · 应享受 · 已落实 · 落实日期"),
    "township": (
        "乡镇",
        "县 · 乡镇 · 年度 · 验收合格 · 减贫任务完成 · 资金重大问题 · 造成恶劣影响被查处 · 行业部门履职到位 · 帮扶单位",
    ),
    "team": (
        "工作队",
        "行政村 · 年度 · 月份 · 第一书记驻点天数 · 主要领导调研次数 · 分管领导调研次数 · 帮扶资金（万元） · 到位日期",
    ),
    "survey": ("抽样", "县 · 行政村 · 户编号 · 组别 · 户人口 · 错退人口 · 漏评人口 · 是否认可"),
    "service": ("公共服务", "县 · 年度 · 领域 · 指标 · 县值 · 全省均值 · 方向 · 接近容差"),
    "archive": ("档案", "对象类型 · 对象编号 · 年度 · 材料 · 应有 · 是否齐全"),
    "fund": ("资金", "项目 · 年度 · 来源 · 计划(万元) · 到位(万元) · 支出(万元) · 受益人数"),
    "reconcile": ("勾稽", "项目 · 申报数 · 关系 · 组成 · 单位 · 容差"),
    "totals": ("年度总数", "行政村 · 年度 · 户数 · 人数 · 脱贫户数 · 脱贫人数 · 依据文件"),
}
#: Whole headers of the registers' generations (domain notes 1.1 to 1.4), but for 序号, which says nothing.
REGISTERS = {
    "2014-2018": "县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工状况 "
    "务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 致贫原因1 危房户 饮水安全 饮水困难 人均纯收入 联系电话",
    "2022": "数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工时间（月） "
    "是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 户类型 易返贫致贫户(监测对象)类型 "
    "风险是否消除 风险识别时间 风险消除时间",
    "2021": "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 在校生状况 劳动技能 "
    "务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险 "
    "是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 是否国外务工 "
    "产业分类 是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 户主证件号码 "
    "是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准",
    "2023": "县 乡 村 户编号 证件类型 证件号码 户类型 监测对象类别 与户主关系 性别 出生日期 民族 文化程度 在校生状况 义务教育阶段未上学原因 失学或辍学原因 "
    "健康状况 劳动技能 是否参加城乡居民基本医疗保险 是否参加城镇职工基本医疗保险 是否参加大病保险 是否接受医疗救助 是否参加城乡居民基本养老保险 "
    "享受低保政策情况 享受特困供养政策情况 公益性岗位 公益性岗位(月数) 务工所在地 户联系电话 是否危房户 是否解决安全饮用水 是否通生活用电 "
    "是否有卫生厕所 入户道路是否硬化 与村主干路距离 住房面积 耕地面积（亩） 林地面积（亩） 工资性收入 生产经营性收入 转移性收入 合规自付支出 识别监测时间 "
    "致贫/返贫风险1 致贫/返贫风险2 致贫/返贫风险3 致贫/返贫风险4 致贫/返贫风险5 是否义务教育阶段适龄儿童少年失学辍学 "
    "是否有家庭成员未参加城乡居民（职工）基本医疗保险 产业帮扶 就业帮扶 风险是否已消除 消除监测时间 风险消除方式",
}
VILLAGES_2023 = (
    "县 乡 村 是否出列 总户数 总人口数 村级集体经济收入（万元） 村小学（个数） 是否通客运班车 行政村卫生室个数 行政村执业（助理）医师（人） "
    "行政村公共卫生厕所个数 行政村文化（图书）室个数 低保户数 低保人口数 特困供养人口数 残疾人口数 到乡镇是否通沥青（水泥）路 未实现饮水安全户数 危房户数"
)
#: The components of a household's income (domain notes 1.5).
INCOME = "工资性收入 生产经营性收入 财产性收入 资产收益分红 其他财产性 转移性收入 计划生育金 低保金 特困供养金 养老保险金 生态补偿金 其他转移性 生产经营性支出"
#: How the rule language sees each form.
TYPES = {
    "text": ValueType.TEXT, "key": ValueType.TEXT, "id-number": ValueType.TEXT, "phone": ValueType.TEXT, "code": ValueType.TEXT, "codes": ValueType.TEXT,
    "items": ValueType.TEXT, "yes-no": ValueType.BOOL, "number": ValueType.NUMBER, "count": ValueType.NUMBER, "year": ValueType.NUMBER,
    "date": ValueType.DATE,
}  # fmt: skip
LINES = [
    pytest.param(table, *[part.strip() for part in (line + " | ").split("|")][:5], id=f"{table}-{line.split()[0]}")
    for table, lines in AGREED.items()
    for line in lines.splitlines()
]


@pytest.mark.parametrize(("table", "name", "label", "aliases", "form", "unit"), LINES)
def test_a_field_is_declared_as_agreed(table: str, name: str, label: str, aliases: str, form: str, unit: str) -> None:
    column = fields(table)[name]
    assert (column.name, column.label, column.form.name, column.type) == (name, label, form, TYPES[form])
    spelt = {fold(alias) for alias in column.aliases}
    assert {fold(alias) for alias in aliases.split(", ") if alias} <= spelt
    assert unit in ("", column.unit)


@pytest.mark.parametrize("table", AGREED)
def test_fields_stand_in_the_order_of_the_sheet_and_the_table_is_found_by_its_sheet_name(table: str) -> None:
    agreed = [line.split(" ")[0] for line in AGREED[table].splitlines()]
    assert [name for name in fields(table) if name in agreed] == agreed
    assert TABLES[table].SHEETS[0] == {"household": "户", "person": "人", "village": "村", "county": "县"}[table]


@pytest.mark.parametrize("table", LABELS)
def test_a_table_agreed_by_its_labels_has_them_in_their_order(table: str) -> None:
    sheet, labels = LABELS[table]
    agreed = [fold(label) for label in labels.split(" · ")]
    declared = [fold(column.label) for column in fields(table).values()]
    assert [label for label in declared if label in agreed] == agreed
    assert TABLES[table].SHEETS[0] == sheet


def test_every_table_was_agreed() -> None:
    assert {*TABLES} == {*AGREED, *LABELS}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_says_what_its_rows_are_about(table: str) -> None:
    declared = TABLES[table]
    assert table == declared.TABLE
    assert declared.KEY
    assert {*declared.KEY} <= {*fields(table)}
    assert "year" not in declared.KEY
    assert declared.NAME in ("", *fields(table))
    # The template begins with it, and the reader looks for the mark of an example there.
    assert next(iter(fields(table))) in declared.KEY


def spellings(*tables: str) -> set[str]:
    return {fold(text) for table in tables for column in fields(table).values() for text in (column.label, *column.aliases)}


@pytest.mark.parametrize("generation", REGISTERS)
def test_no_header_of_a_register_is_left_without_a_field(generation: str) -> None:
    headers = {fold(header) for header in REGISTERS[generation].split()}
    assert headers - spellings("person", "household") == set()


def test_no_header_of_the_village_export_is_left_without_a_field() -> None:
    assert {fold(header) for header in VILLAGES_2023.split()} - spellings("village") == set()


def test_every_part_of_the_income_has_a_field_in_yuan_of_the_household_and_year() -> None:
    parts = [column for column in fields("household").values() if column.label in INCOME.split()]
    assert [column.label for column in parts if column.unit != "yuan-household-year"] == []
    assert {column.label for column in parts} == {*INCOME.split()}


@pytest.mark.parametrize("header", ["是否享受低保", "享受低保政策情况", "享受特困供养政策情况"])
def test_a_benefit_is_a_field_of_households_and_of_persons(header: str) -> None:
    for table in ("household", "person"):
        [column] = [column for column in fields(table).values() if header in column.aliases]
        assert column.type is ValueType.BOOL


@pytest.mark.parametrize("table", TABLES)
def test_no_spelling_of_a_header_means_two_fields(table: str) -> None:
    spellings = [fold(spelling) for column in fields(table).values() for spelling in {column.label, *column.aliases}]
    doubled = {spelling for spelling in spellings if spellings.count(spelling) > 1}
    assert not doubled


@pytest.mark.parametrize("table", TABLES)
def test_identity_numbers_and_phones_and_nothing_else_are_sensitive_by_their_form(table: str) -> None:
    for column in fields(table).values():
        if column.form.name in ("id-number", "phone"):
            assert column.sensitive, column.name


@pytest.mark.parametrize("table", TABLES)
def test_no_amount_of_money_lies_in_memory_as_a_float(table: str) -> None:
    for column in fields(table).values():
        assert not str(arrow_type(column.form)).startswith(("float", "double", "half"))
        if column.form.name == "number":
            assert str(arrow_type(column.form)) == "decimal128(18, 6)"


@pytest.mark.parametrize("table", TABLES)
def test_every_number_has_sensible_bounds(table: str) -> None:
    for column in fields(table).values():
        if column.form.name in ("number", "count"):
            assert column.smallest is not None, column.name
            assert column.largest is not None, column.name


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("household", "household_size"),
        ("village", "rural_population"),
        ("county", "rural_population"),
        ("county", "exited_sampled"),
        ("county", "unregistered_surveyed"),
        ("county", "households_surveyed"),
        ("county", "services_total"),
        ("survey", "household_size"),
    ],
)
def test_what_is_divided_by_is_at_least_one(table: str, name: str) -> None:
    assert fields(table)[name].smallest == 1


@pytest.mark.parametrize("table", TABLES)
def test_bounds_fit_into_memory(table: str) -> None:
    for column in fields(table).values():
        if column.form.name == "number":
            # decimal128(18, 6): twelve digits before the point.
            assert column.largest is not None
            assert column.smallest is not None
            assert column.largest < 10**12
            assert column.smallest > -(10**12)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_may_be_missing(table: str) -> None:
    record = TABLES[table]()
    assert all(getattr(record, name) is None for name in fields(table))
