"""Headers: every spelling that registers use, whatever its width, spaces and unit; and what nobody can use is said."""

from decimal import Decimal

import pytest

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.columnnames import spellings
from fupin_cli.load.tables.headers import Header, find_header, header_problems, read_header, top_of
from fupin_cli.model.cells import Kind, Sheet, SourceFile, column_letter
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.text import fold

#: fields.md: the label, then further spellings. Copied, not read from the program.
HOUSEHOLD = """
household_id = 户编号 | 户编码
head_name = 户主姓名 | 姓名
head_id_number = 户主证件号码 | 证件号码 | 身份证号
province = 省
city = 市
county = 县 | 县(市、区、旗)
township = 乡镇 | 乡(镇) | 乡
village = 行政村 | 村
villager_group = 村民小组 | 自然村
year = 年度 | 数据年度
household_size = 家庭人口数 | 人数 | 人口数 | 家庭人口
identification_standard = 识别标准
household_category = 贫困户属性 | 户类型
poverty_status = 脱贫属性 | 脱贫状态
exit_year = 脱贫年度
main_cause = 主要致贫原因 | 致贫原因1
registered = 建档立卡 | 是否建档立卡户
wage_income = 工资性收入
business_income = 生产经营性收入
property_income = 财产性收入
transfer_income = 转移性收入
business_expense = 生产经营性支出
income_per_capita = 人均纯收入 | 人均纯收入（元） | 家庭人均纯收入 | 年人均纯收入 | 家庭人均稳定收入
disposable_income_per_capita = 人均可支配收入
housing_expense = 住房支出
medical_expense = 医疗支出 | 合规自付支出
education_expense = 教育支出
food_secure = 不愁吃
clothing_secure = 不愁穿
education_secured = 义务教育有保障
medical_secured = 基本医疗有保障
housing_secured = 住房安全有保障
housing_grade = 住房鉴定等级 | 住房等级
dangerous_housing = 危房户 | 是否危房户
water_safe = 饮水安全 | 是否解决安全饮用水
has_labour = 有劳动能力
willing_to_work = 有劳动意愿
labour_loss = 劳动能力丧失情况
dibao_class = 低保类别
receives_tekun = 特困供养 | 分散供养特困
disabled_household = 残疾家庭
lives_alone_elderly = 独居老人户
serious_illness = 患大病
chronic_illness = 长期慢性病
illness_burden = 大病慢病开支大致贫
annual_plan = 纳入年度脱贫计划
stable_income_source = 稳定收入来源
deep_poverty = 深度贫困户
address = 家庭住址
dibao = 享受低保
dibao_area = 低保城乡
industry_developed = 已发展产业
loan_wanted = 有贷款需求
loan_amount = 贷款金额
inpatient_cost = 住院费用
inpatient_self_paid = 住院自付
dropout_child = 义务教育阶段辍学
dropout_disabled = 因智障或残疾辍学
exclusion_items = 七不准情形
review_date = 民主评议日期
verified_date = 核实日期
household_agrees = 农户认可
agreed_date = 认可日期
notice_start = 公示开始日期
notice_end = 公示结束日期
notice_objection = 公示有异议
announced_date = 公告日期
deregistered_date = 销号日期
"""
PERSON = """
person_id = 人编号 | 人口编号
household_id = 户编号
year = 年度
name = 姓名
id_number = 证件号码
relation = 与户主关系
sex = 性别
birth_date = 出生日期
ethnicity = 民族
education = 文化程度
school_status = 在校生状况
health = 健康状况
labour_skill = 劳动技能 | 劳动能力
months_worked = 务工时间（月） | 务工时间
workplace = 务工所在地
basic_medical = 参加基本医疗保险 | 是否参加城乡居民基本医疗保险 | 是否参加新型农村合作医疗（城乡居民基本医疗保险）
employee_medical = 是否参加城镇职工基本医疗保险
serious_illness_insurance = 参加大病保险 | 参加大病医疗 | 是否参加大病保险
dropout_reason = 失学或辍学原因 | 义务教育阶段未上学原因
phone = 联系电话 | 人联系电话
disability_category = 残疾类别
disability_grade = 残疾等级
second_generation_certificate = 第二代残疾人证
incapacitated = 失能
employed = 就业
pension = 参加养老保险 | 是否参加城乡居民基本养老保险
change_reason = 人口变更原因
"""


def listed(text: str) -> dict[str, list[str]]:
    pairs = (line.split(" = ") for line in text.strip().splitlines())
    return {name: spelled.split(" | ") for name, spelled in pairs}


CONTRACT = {"household": listed(HOUSEHOLD), "person": listed(PERSON)}
SPELLED = [(table, name, one) for table, names in CONTRACT.items() for name, spelled in names.items() for one in spelled]


def sheet(*rows: list[str | None], start: int = 1, name: str = "表") -> Sheet:
    grid = Grid(name)
    for number, row in enumerate(rows, start):
        grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
    return grid.sheet()


def file(*sheets: Sheet) -> SourceFile:
    return SourceFile("名册.xlsx", "0" * 64, "xlsx", "", sheets)


def header(*texts: str, table: str = "household") -> Header:
    return read_header(top_of(sheet(list(texts))), 0, 0, table)


def complaints(*texts: str, tables: tuple[str, ...] = ("household",)) -> list[Problem]:
    read = sheet(list(texts))
    found = [read_header(top_of(read), 0, 0, table) for table in tables]
    known = {match.position for one in found for match in one.matched.values()}
    return header_problems(read, found[0], known, tables, 0)


@pytest.mark.parametrize(("table", "name", "spelled"), SPELLED)
def test_every_spelling_of_the_contract_is_its_field(table: str, name: str, spelled: str) -> None:
    assert {at: match.position for at, match in header("序号", spelled, table=table).matched.items()} == {name: 1}


@pytest.mark.parametrize(("table", "name"), [(table, name) for table, names in CONTRACT.items() for name in names])
def test_the_first_spelling_is_the_label(table: str, name: str) -> None:
    assert fields(table)[name].label == CONTRACT[table][name][0]


@pytest.mark.parametrize("table", ["household", "person"])
def test_no_spelling_belongs_to_two_fields_of_a_table(table: str) -> None:
    named = [spelling for column in fields(table).values() for spelling in {column.label, *column.aliases}]
    assert len({*named}) == len(named)
    assert {spellings(table)[fold(name)].name for name in named} == {*fields(table)}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("县（市、区、旗）", "county"),
        ("县(市、区、旗)", "county"),
        ("乡（镇)", "township"),
        ("户 编 号", "household_id"),
        ("户　编　号", "household_id"),
        ("户编号\u00a0", "household_id"),
        ("户\u200b编号", "household_id"),
        ("人均\n纯收入", "income_per_capita"),
        ("人均\r\n纯收入\n（元）", "income_per_capita"),
        ("人均纯收入 (元)", "income_per_capita"),
        ("致贫原因１", "main_cause"),
        ("\ufeff户编号", "household_id"),
    ],
)
def test_widths_spaces_and_line_breaks_do_not_matter(written: str, name: str) -> None:
    assert list(header(written).matched) == [name]


@pytest.mark.parametrize(
    ("written", "name", "scale"),
    [
        ("工资性收入", "wage_income", 1),
        ("工资性收入（元）", "wage_income", 1),
        ("工资性收入（元/年）", "wage_income", 1),
        ("工资性收入(元/户)", "wage_income", 1),
        ("工资性收入（万元）", "wage_income", 10_000),
        ("工资性收入 ( 万 元 )", "wage_income", 10_000),
        ("人均纯收入（元/人·年）", "income_per_capita", 1),
        ("人均纯收入（元/人）", "income_per_capita", 1),
        ("人均纯收入（万元）", "income_per_capita", 10_000),
        ("贷款金额（万元）", "loan_amount", 10_000),
        ("家庭人口数（人）", "household_size", 1),
        ("饮水安全（是/否）", "water_safe", 1),
    ],
)
def test_a_known_unit_in_parentheses_scales_the_column(written: str, name: str, scale: int) -> None:
    assert {at: match.scale for at, match in header(written).matched.items()} == {name: Decimal(scale)}


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("工资性收入（美元）", "美元"),
        ("工资性收入（千元）", "千元"),
        ("工资性收入（元/月）", "元/月"),
        ("人均纯收入（亿元）", "亿元"),
        ("家庭人口数（万人）", "万人"),
        ("人均纯收入（2018年）", "2018年"),
        # A unit that contradicts the field's own: four times too little, or four times too much, without a word.
        ("人均纯收入（元/户）", "元/户"),
        ("工资性收入（元/人）", "元/人"),
        ("工资性收入（元/人·年）", "元/人·年"),
        ("转移性收入（万元/人）", "万元/人"),
    ],
)
def test_a_unit_that_is_not_the_fields_is_a_problem_and_makes_the_column_unreadable(written: str, unit: str) -> None:
    [match] = header(written).matched.values()
    assert match.odd_unit == unit
    [found] = complaints(written)
    assert (found.code, found.severity, found.value) == ("header-unit-unknown", "error", written)
    assert found.facts == {"unit": unit}
    assert found.where == Address(0, "表", 1, "A")


def test_money_is_no_unit_of_a_number_of_months() -> None:
    [match] = header("务工时间（元）", table="person").matched.values()
    assert match.odd_unit == "元"


@pytest.mark.parametrize(("written", "name"), [("户编号（必填）", "household_id"), ("户主姓名(签字)", "head_name")])
def test_a_remark_in_parentheses_after_a_text_is_no_unit(written: str, name: str) -> None:
    assert list(header(written).matched) == [name]


@pytest.mark.parametrize(
    ("written", "near"),
    [("人均收人", "人均纯收入"), ("饮水安全性", "饮水安全"), ("生产经营收入", "生产经营性收入")],
)
def test_an_unknown_header_is_told_with_the_nearest_known_one(written: str, near: str) -> None:
    [found] = complaints(written)
    assert (found.code, found.severity, found.value) == ("header-unknown-near", "info", written)
    assert found.facts == {"nearest": near}


def test_a_header_like_no_other_is_told_without_a_guess() -> None:
    [found] = complaints("喜欢的颜色")
    assert (found.code, found.facts) == ("header-unknown", {"nearest": ""})


def test_the_nearest_name_of_an_export_may_be_a_members() -> None:
    [found] = complaints("与户主的关系", tables=("household", "person"))
    assert found.facts == {"nearest": "与户主关系"}


@pytest.mark.parametrize("row", [1, 2, 3, 7, 19, 20])
def test_a_header_is_found_in_the_first_20_rows(row: int) -> None:
    titles = [[f"某县脱贫名册第{number}行"] for number in range(1, row)]
    found = find_header(top_of(sheet(*titles, ["户编号", "年度"], ["1", "2018"])), "household")
    assert found is not None
    assert found.row == row


@pytest.mark.parametrize("blank", [True, False])
def test_a_header_in_row_21_is_not_found(blank: bool) -> None:
    titles = [] if blank else [[f"某县脱贫名册第{number}行"] for number in range(1, 21)]
    assert find_header(top_of(sheet(*titles, ["户编号", "年度"], start=21 if blank else 1)), "household") is None


def test_one_known_word_alone_is_no_header() -> None:
    assert find_header(top_of(sheet(["户编号"], ["1"])), "household") is None


def test_the_row_with_most_fields_is_the_header_not_the_first_with_some() -> None:
    found = find_header(top_of(sheet(["县", "年度"], ["户编号", "年度", "人均纯收入"], ["1", "2018", "3000"])), "household")
    assert found is not None
    assert found.row == 2


def test_of_two_equal_header_rows_the_upper_one_counts() -> None:
    found = find_header(top_of(sheet(["户编号", "年度"], ["户编号", "年度"])), "household")
    assert found is not None
    assert found.row == 1


@pytest.mark.parametrize(
    ("texts", "label", "letters"),
    [
        (["户编号", "年度", "人均纯收入", "人均纯收入"], "人均纯收入", "C、D"),
        (["户编号", "年度", "户编码"], "户编号", "A、C"),
        (["户编号", "工资性收入", "年度", "工资性收入（万元）"], "工资性收入", "B、D"),
        ([*["户编号", "年度"], *[f"其他{n}" for n in range(24)], "危房户", "危房户"], "危房户", "AA、AB"),
    ],
)
def test_two_columns_of_one_field_are_refused_by_their_letters(texts: list[str], label: str, letters: str) -> None:
    with pytest.raises(InputRefused) as refused:
        load_tables([file(sheet(["某县名册"], texts, ["1"] * len(texts)))])
    assert refused.value.code == "header-doubled"
    assert refused.value.facts == {"path": "名册.xlsx", "sheet": "表", "row": 2, "label": label, "letters": letters}


#: domain.md 1.1 to 1.4: whole headers of the registers, the part of each that is in one table.
REGISTERS = {
    "2014-2018": "县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工状况 "
    "务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话",
    "2022": "序号 数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 "
    "务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 户类型 "
    "易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 风险消除时间",
    "2021": "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 在校生状况 劳动技能 "
    "务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险 "
    "是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 是否国外务工 产业分类 "
    "是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 户主证件号码 "
    "是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准",
}


@pytest.mark.parametrize("generation", REGISTERS)
def test_the_header_of_every_register_is_read(generation: str) -> None:
    texts: list[str | None] = list(REGISTERS[generation].split())
    row = ["349900010001" if text == "户编号" else None for text in texts]
    loaded = load_tables([file(sheet(["某县"], texts, row))])
    [summary] = loaded.inputs[0].sheets
    assert (summary.table, summary.header_row) == ("household+person", 2)


def test_the_head_named_in_a_register_of_members_is_taken_from_the_heads_column() -> None:
    texts: list[str | None] = list(REGISTERS["2021"].split())
    said = {"户编号": "349900010001", "姓名": "样成员", "户主姓名": "样户主", "与户主关系": "配偶"}
    loaded = load_tables([file(sheet(texts, [said.get(str(text)) for text in texts]))])
    household, person = loaded.tables["household"], loaded.tables["person"]
    assert household.data.column("head_name").to_pylist() == ["样户主"]
    assert person.data.column("name").to_pylist() == ["样成员"]
    assert household.address(0, "head_name").letter == column_letter(texts.index("户主姓名"))


def test_every_name_of_a_field_has_a_chinese_character_so_that_numbers_and_codes_need_no_look() -> None:
    assert [spelling for table in TABLES for spelling in spellings(table) if spelling.isascii()] == []
