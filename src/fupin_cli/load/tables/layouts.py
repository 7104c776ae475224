"""The layouts of the registers' exports, by the headers that each generation has.

A header of a register that no field of ours takes is no mistake of whoever made the sheet; and a sheet that has most headers of
one generation is an export of it.
"""

from collections.abc import Collection
from functools import cache

from fupin_cli.model.text import fold

#: Generation → its headers, as real exports write them.
LAYOUTS = {
    "register-2014": (
        "县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 "
        "健康状况 劳动技能 务工状况 务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 "
        "饮水安全 饮水困难 人均纯收入 联系电话"
    ),
    "register-2022": (
        "序号 数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 "
        "在校生状况 健康状况 劳动技能 务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 "
        "户联系电话 人联系电话 首次识别时间 人员识别时间 户类型 易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 "
        "风险消除时间"
    ),
    "register-2021": (
        "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 "
        "与户主关系 文化程度 在校生状况 劳动技能 务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 "
        "是否参加城镇职工基本养老保险 是否参加大病保险 是否参加新型农村合作医疗（城乡居民基本医疗保险） "
        "是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 是否国外务工 产业分类 "
        "是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 "
        "户主姓名 户主证件号码 是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准"
    ),
    "register-2023": (
        "县 乡 村 户编号 证件类型 证件号码 户类型 监测对象类别 与户主关系 性别 出生日期 民族 文化程度 在校生状况 "
        "义务教育阶段未上学原因 失学或辍学原因 健康状况 劳动技能 是否参加城乡居民基本医疗保险 "
        "是否参加城镇职工基本医疗保险 是否参加大病保险 是否接受医疗救助 是否参加城乡居民基本养老保险 "
        "享受低保政策情况 享受特困供养政策情况 公益性岗位 公益性岗位(月数) 务工所在地 户联系电话 是否危房户 "
        "是否解决安全饮用水 是否通生活用电 是否有卫生厕所 入户道路是否硬化 与村主干路距离 住房面积 耕地面积（亩） "
        "林地面积（亩） 工资性收入 生产经营性收入 转移性收入 合规自付支出 年收入（元） 人均纯收入（元） 识别监测时间 "
        "致贫/返贫风险1 致贫/返贫风险2 致贫/返贫风险3 致贫/返贫风险4 致贫/返贫风险5 "
        "是否义务教育阶段适龄儿童少年失学辍学 是否有家庭成员未参加城乡居民（职工）基本医疗保险 产业帮扶 就业帮扶 "
        "风险是否已消除 消除监测时间 风险消除方式"
    ),
    "register-2023-villages": (
        "县 乡 村 是否出列 总户数 总人口数 村级集体经济收入（万元） 村小学（个数） 是否通客运班车 行政村卫生室个数 "
        "行政村执业（助理）医师（人） 行政村公共卫生厕所个数 行政村文化（图书）室个数（个） 低保户数 低保人口数 "
        "特困供养人口数 残疾人口数 到乡镇是否通沥青（水泥）路 未实现饮水安全户数 危房户数"
    ),
}
#: A sheet with the template's own headers and no others.
TEMPLATE = "template"
#: An export may have been cut: so much of a generation's headers must be there.
_MOST = 0.6


@cache
def _headers(layout: str) -> frozenset[str]:
    return frozenset(fold(header) for header in LAYOUTS[layout].split(" "))


@cache
def _all_headers() -> frozenset[str]:
    return frozenset().union(*map(_headers, LAYOUTS))


def layout_of(texts: Collection[str]) -> str:
    """The generation whose export has these folded headers; empty where it is none."""
    there = frozenset(texts)
    share = {layout: len(_headers(layout) & there) / len(_headers(layout)) for layout in LAYOUTS}
    best = max(share, key=lambda layout: share[layout])
    return best if share[best] >= _MOST else ""


def is_known_elsewhere(text: str) -> bool:
    """A register has such a column; that no field takes it is no mistake of the sheet."""
    return text in _all_headers()
