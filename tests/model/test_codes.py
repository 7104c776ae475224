"""The code lists of the registers, as the project's domain and field notes list them, written out here again.

A line is a value and its other spellings; every one of them, in whatever generation of the register, is read as that value.
"""

import pytest

from fupin_cli.model import codes
from fupin_cli.model.readers import Cell
from fupin_cli.model.tables import TABLES, fields

CAUSES = """\
因病
因残
因学
因灾
缺土地
缺水
缺技术
缺劳力 缺劳动力
缺资金 缺发展资金
交通条件落后
自身发展动力不足 自身发展力不足 自身动力不足
因婚
因丧
其他"""
#: (table, field) → one line per value: the value, then its older spellings and register codes.
LISTS = {
    ("household", "identification_standard"): "国家标准\n省定标准\n市定标准",
    ("household", "household_category"): """\
一般贫困户 01
低保脱贫户 02
特困供养脱贫户 03
低保贫困户 04 低保户
一般脱贫户 05
特困供养贫困户 06 五保户
低保特困供养贫困户 07
低保特困供养户 08
一般农户
脱贫户
脱贫不稳定户
边缘易致贫户
突发严重困难户""",
    ("household", "monitoring_type"): "脱贫不稳定户\n边缘易致贫户\n突发严重困难户",
    ("household", "poverty_status"): """\
未脱贫 0
已脱贫 1 4 已脱贫(享受政策) 已脱贫(不再享受政策)
预脱贫
返贫 3""",
    ("household", "main_cause"): CAUSES,
    ("household", "second_cause"): CAUSES,
    ("household", "third_cause"): CAUSES,
    ("household", "not_exited_reason"): """\
收入超过标准但没有实现两不愁三保障
享受政策但成效不显著
“回头看”后新纳入
因残无固定收入
大病正在治疗
因病因学支出明显大于收入
收入没有稳定超过标准
五保
老弱病残无劳动能力一类低保
易地搬迁没有取得新房钥匙""",
    ("person", "relation"): """\
户主
配偶
之子
之女
之儿媳
之女婿
之孙子
之孙女
之外孙子
之外孙女
之父
之母
之岳父
之岳母
之公公
之婆婆
之祖父
之祖母
之外祖父
之外祖母
之兄弟姐妹
之曾孙子
之曾孙女
之侄儿
之侄女
之兄弟媳妇
之叔伯
其他""",
    ("person", "education"): "文盲或半文盲\n小学\n初中\n高中\n大专\n本科及以上\n大专及以上\n学龄前儿童",
    ("person", "school_status"): """\
学龄前儿童
学前教育
小学
七年级
八年级
九年级
普通高中一年级
普通高中二年级
普通高中三年级
中职一年级
中职二年级
中职三年级
高职高专一年级
高职高专二年级
高职高专三年级
技师学院一年级
技师学院二年级
技师学院三年级
技师学院四年级
本科一年级
本科二年级
本科三年级
本科四年级
本科五年级
硕士研究生及以上
非在校生""",
    ("person", "health"): "健康\n长期慢性病\n患有大病\n残疾",
    ("person", "labour_skill"): "普通劳动力\n技能劳动力\n弱劳动力或半劳动力\n丧失劳动力\n无劳动力",
    ("person", "change_reason"): "死亡\n嫁出\n出国定居\n判刑收监\n嫁入\n新生儿\n其他转入\n其他转出",
    ("county", "county_level"): "国家级 国家级贫困县\n省级 省级贫困县",
    ("survey", "sample_group"): "脱贫户\n未建档立卡户\n贫困户\n干部",
    ("service", "direction"): "越高越好\n越低越好",
    ("reconcile", "comparison"): "= ＝ 等于\n>= ≥ 不低于\n<= ≤ 不超过\n约 ≈",
    ("procedure", "subject_kind"): "户\n村\n乡镇\n县\n工作队",
    ("archive", "subject_kind"): "户\n村\n乡镇\n县\n工作队",
    ("household", "housing_grade"): "A A级\nB B级\nC C级\nD D级",
    ("household", "labour_loss"): "无\n部分丧失\n完全丧失",
    ("household", "dibao_class"): "无\n一类\n二类\n三类\n四类",
    ("household", "dibao_area"): "城\n乡",
    ("person", "sex"): "男\n女",
}
SPELLINGS = [
    pytest.param(table, field, spelling, line.split()[0], id=f"{field}-{spelling}")
    for (table, field), lines in LISTS.items()
    for line in lines.splitlines()
    for spelling in line.split()
]


@pytest.mark.parametrize(("table", "field", "spelling", "value"), SPELLINGS)
def test_every_spelling_of_every_generation_is_accepted(table: str, field: str, spelling: str, value: str) -> None:
    adapter = fields(table)[field].adapter
    full_width = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in spelling)
    for written in (spelling, f" {spelling}\u3000", full_width):
        assert adapter.validate_python(Cell(written)) == value


@pytest.mark.parametrize(("table", "field"), LISTS)
def test_a_list_offers_no_value_that_the_registers_do_not_have(table: str, field: str) -> None:
    assert set(fields(table)[field].form.codes) == {line.split()[0] for line in LISTS[table, field].splitlines()}


@pytest.mark.parametrize(("table", "field"), LISTS)
def test_a_value_of_a_list_is_read_as_itself(table: str, field: str) -> None:
    column = fields(table)[field]
    assert [column.adapter.validate_python(Cell(value)) for value in column.form.codes] == list(column.form.codes)


def test_every_coded_field_is_in_this_list() -> None:
    coded = {(table, name) for table in TABLES for name, column in fields(table).items() if column.form.codes}
    # The registers leave these open; the lists are the project's own.
    assert coded - set(LISTS) == {("person", "disability_grade"), ("person", "dropout_reason"), ("household", "change_reason")}


def test_the_three_excused_reasons_for_not_being_at_school_can_be_written() -> None:
    """standards from elsewhere: these count as guaranteed, so a rule must be able to name them."""
    assert {"因身体原因不具备学习条件", "送教上门", "参军"} <= set(fields("person")["dropout_reason"].form.codes)


@pytest.mark.parametrize(
    ("meant", "of"),
    [
        ("OUT_CATEGORIES", codes.HOUSEHOLD_CATEGORY), ("UNREGISTERED_CATEGORIES", codes.HOUSEHOLD_CATEGORY), ("POOR", codes.POVERTY_STATUS),
        ("LEFT", codes.CHANGE_REASON), ("HOUSEHOLD_LEFT", codes.HOUSEHOLD_CHANGE),
    ],
)  # fmt: skip
def test_words_that_mean_the_same_are_words_of_their_list(meant: str, of: codes.CodeList) -> None:
    words = getattr(codes, meant)
    assert set(words) < set(of.values)
    assert len(set(words)) == len(words)


def test_every_status_is_poor_or_out_and_no_category_is_two_things() -> None:
    assert {*codes.POOR, codes.EXITED} == set(codes.POVERTY_STATUS.values)
    assert codes.EXITED not in codes.POOR
    assert {codes.PLANNED, codes.FELL_BACK} < {*codes.POOR}
    assert not {*codes.OUT_CATEGORIES} & {*codes.UNREGISTERED_CATEGORIES}
    # Whatever the register calls 脱贫 and nothing that it calls 贫困; of 08 it does not say which.
    others = {*codes.HOUSEHOLD_CATEGORY.values} - {*codes.OUT_CATEGORIES} - {*codes.UNREGISTERED_CATEGORIES}
    assert {word for word in others if "贫困户" not in word} == {"低保特困供养户"}
    assert all("脱贫" in word for word in codes.OUT_CATEGORIES)
