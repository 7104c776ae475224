"""Every field of the household and person tables is declared, with the label, aliases, type and unit that were agreed.

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
county | 县 | 县(市、区、旗) | text
township | 乡镇 | 乡(镇), 乡 | text
village | 行政村 | 村 | text
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
AGREED = {"household": HOUSEHOLD, "person": PERSON}
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
    assert {"household": "户", "person": "人"}[table] in TABLES[table].SHEETS


@pytest.mark.parametrize("table", AGREED)
def test_no_spelling_of_a_header_means_two_fields(table: str) -> None:
    spellings = [fold(spelling) for column in fields(table).values() for spelling in {column.label, *column.aliases}]
    doubled = {spelling for spelling in spellings if spellings.count(spelling) > 1}
    assert not doubled


@pytest.mark.parametrize("table", AGREED)
def test_identity_numbers_and_phones_and_nothing_else_are_sensitive_by_their_form(table: str) -> None:
    for column in fields(table).values():
        if column.form.name in ("id-number", "phone"):
            assert column.sensitive, column.name


@pytest.mark.parametrize("table", AGREED)
def test_no_amount_of_money_lies_in_memory_as_a_float(table: str) -> None:
    for column in fields(table).values():
        assert not str(arrow_type(column.form)).startswith(("float", "double", "half"))
        if column.form.name == "number":
            assert str(arrow_type(column.form)) == "decimal128(18, 6)"


@pytest.mark.parametrize("table", AGREED)
def test_every_number_has_sensible_bounds(table: str) -> None:
    for column in fields(table).values():
        if column.form.name in ("number", "count"):
            assert column.smallest is not None, column.name
            assert column.largest is not None, column.name


def test_what_people_are_divided_by_is_at_least_one() -> None:
    assert fields("household")["household_size"].smallest == 1


@pytest.mark.parametrize("table", AGREED)
def test_every_field_may_be_missing(table: str) -> None:
    record = TABLES[table]()
    assert all(getattr(record, name) is None for name in fields(table))
