"""The code lists of the national registers, newest spelling first, older spellings mapped to it.

Source: real register exports of the generations 2014-2018, 2021, 2022 and 2023. A list holds what a register may write, not
what a standard says about it. Beside some lists stands which of their words mean the same for what is no standard: who was
there a year before, whom a draft still proposes. Packs write out which words their own rules take, because a document may take
fewer; tests hold the two against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fupin_cli.model.text import fold


@dataclass(frozen=True)
class CodeList:
    """A closed list of values of one field."""

    values: tuple[str, ...]
    #: Other spellings and register codes → the value they stand for.
    older: Mapping[str, str] = field(default_factory=dict)

    def spellings(self) -> dict[str, str]:
        """Every accepted spelling, folded → its value."""
        return {fold(value): value for value in self.values} | {fold(old): new for old, new in self.older.items()}


IDENTIFICATION_STANDARD = CodeList(("国家标准", "省定标准", "市定标准"))

HOUSEHOLD_CATEGORY = CodeList(
    (
        "一般贫困户", "低保贫困户", "特困供养贫困户", "低保特困供养贫困户",
        "一般脱贫户", "低保脱贫户", "特困供养脱贫户", "低保特困供养户", "一般农户",
        # 户类型 since 2021, when 贫困户属性 had come to its end: it no longer says which kind of household was lifted out.
        "脱贫户", "脱贫不稳定户", "边缘易致贫户", "突发严重困难户",
    ),
    {
        "低保户": "低保贫困户", "五保户": "特困供养贫困户", "五保贫困户": "特困供养贫困户",
        "01": "一般贫困户", "02": "低保脱贫户", "03": "特困供养脱贫户", "04": "低保贫困户",
        "05": "一般脱贫户", "06": "特困供养贫困户", "07": "低保特困供养贫困户", "08": "低保特困供养户",
        "1": "一般贫困户", "2": "低保脱贫户", "3": "特困供养脱贫户", "4": "低保贫困户",
        "5": "一般脱贫户", "6": "特困供养贫困户", "7": "低保特困供养贫困户", "8": "低保特困供养户",
    },
)  # fmt: skip

#: Those of them that say that a household is out already: to 2020 (generation A) by 贫困户属性, since 2021 by 户类型, of which
#: 脱贫不稳定户 is who was lifted out and may fall back. 低保特困供养户 (code 08) is not said to be either.
OUT_CATEGORIES = ("一般脱贫户", "低保脱贫户", "特困供养脱贫户", "脱贫户", "脱贫不稳定户")

#: Those that say that it never was a registered poor household: to 2020 一般农户, since 2021 the two of 户类型 that are watched
#: without having been registered. Packs say the same where they work out 建档立卡 (fact ``registered``); standards of an exit
#: do not ask for it, so that a notice cannot read it there.
UNREGISTERED_CATEGORIES = ("一般农户", "边缘易致贫户", "突发严重困难户")

MONITORING_TYPE = CodeList(("脱贫不稳定户", "边缘易致贫户", "突发严重困难户"), {"突发严重困难农户": "突发严重困难户"})

POVERTY_STATUS = CodeList(
    ("未脱贫", "预脱贫", "已脱贫", "返贫"),
    {
        "0": "未脱贫", "1": "已脱贫", "3": "返贫", "4": "已脱贫",
        "已脱贫(享受政策)": "已脱贫", "已脱贫(不再享受政策)": "已脱贫", "脱贫": "已脱贫",
    },
)  # fmt: skip

#: 脱贫属性 of a household that is out, of one that was and fell back, of one that is to leave, and of all that are poor; the
#: same words in every generation of the register.
EXITED, FELL_BACK, PLANNED = "已脱贫", "返贫", "预脱贫"
POOR = ("未脱贫", PLANNED, FELL_BACK)

CAUSE = CodeList(
    (
        "因病", "因残", "因学", "因灾", "缺土地", "缺水", "缺技术", "缺劳力", "缺资金",
        "交通条件落后", "自身发展动力不足", "因婚", "因丧", "其他",
    ),
    {
        "缺劳动力": "缺劳力", "缺发展资金": "缺资金", "自身发展力不足": "自身发展动力不足", "自身动力不足": "自身发展动力不足",
    },
)  # fmt: skip

RELATION = CodeList(
    (
        "户主", "配偶", "之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "之外孙子", "之外孙女", "之父", "之母",
        "之岳父", "之岳母", "之公公", "之婆婆", "之祖父", "之祖母", "之外祖父", "之外祖母", "之兄弟姐妹", "之曾孙子",
        "之曾孙女", "之侄儿", "之侄女", "之兄弟媳妇", "之叔伯", "其他",
    ),
    {"本人或户主": "户主"},
)  # fmt: skip

SEX = CodeList(("男", "女"), {"男性": "男", "女性": "女"})

EDUCATION = CodeList(("文盲或半文盲", "小学", "初中", "高中", "大专", "本科及以上", "大专及以上", "学龄前儿童"))

SCHOOL_STATUS = CodeList(
    (
        "学龄前儿童", "学前教育", "小学", "七年级", "八年级", "九年级",
        "普通高中一年级", "普通高中二年级", "普通高中三年级", "中职一年级", "中职二年级", "中职三年级",
        "高职高专一年级", "高职高专二年级", "高职高专三年级",
        "技师学院一年级", "技师学院二年级", "技师学院三年级", "技师学院四年级",
        "本科一年级", "本科二年级", "本科三年级", "本科四年级", "本科五年级", "硕士研究生及以上", "非在校生",
    ),
)  # fmt: skip

HEALTH = CodeList(("健康", "长期慢性病", "患有大病", "残疾"), {"患大病": "患有大病", "大病": "患有大病", "慢性病": "长期慢性病"})

LABOUR_SKILL = CodeList(
    ("技能劳动力", "普通劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"),
    {"技能劳动者": "技能劳动力", "普通劳动者": "普通劳动力"},
)

HOUSING_GRADE = CodeList(
    ("A", "B", "C", "D"),
    {"A级": "A", "B级": "B", "C级": "C", "D级": "D", "危房C级": "C", "危房D级": "D", "C级危房": "C", "D级危房": "D"}
    | {letter: letter.upper() for letter in "abcd"},
)

LABOUR_LOSS = CodeList(("无", "部分丧失", "完全丧失"))

DIBAO_CLASS = CodeList(("无", "一类", "二类", "三类", "四类"))

DIBAO_AREA = CodeList(("城", "乡"), {"城市": "城", "城镇": "城", "农村": "乡"})

DISABILITY_GRADE = CodeList(
    ("一级", "二级", "三级", "四级"), {"1": "一级", "2": "二级", "3": "三级", "4": "四级", "1级": "一级", "2级": "二级",
                                "3级": "三级", "4级": "四级"},
)  # fmt: skip

#: Registers leave this open; these are the wordings that standards ask for and the usual others. Anything else is unknown, not
#: one of them: 重度残疾,送教上门 may well be an exception that counts as guaranteed.
DROPOUT_REASON = CodeList(
    (
        "因身体原因不具备学习条件", "送教上门", "参军",
        "因贫辍学", "因病", "因残", "因学习困难", "厌学", "外出务工", "早婚早育", "其他",
    ),
    {"因病辍学": "因病", "因残辍学": "因残", "因贫": "因贫辍学", "学习困难": "因学习困难", "务工": "外出务工"},
)  # fmt: skip

CHANGE_REASON = CodeList(
    ("死亡", "嫁出", "出国定居", "判刑收监", "嫁入", "新生儿", "其他转入", "其他转出"), {"转入": "其他转入", "转出": "其他转出"}
)

#: Those of them that say that somebody is no longer there (人口变更, all generations). The pack of rosters takes the same as
#: reasons for leaving; who is there is asked before any pack, of every roster and to find out who is the same as last year.
DIED = "死亡"
LEFT = (DIED, "嫁出", "出国定居", "判刑收监", "其他转出")

#: Why a whole household came into a year's roster or left it.
HOUSEHOLD_CHANGE = CodeList(
    ("新识别", "返贫", "分户", "并户", "整户迁入", "整户迁出", "销户", "死亡", "错评剔除", "其他"),
    {
        "新增识别": "新识别", "新识别贫困户": "新识别", "合户": "并户", "整户转入": "整户迁入", "整户转出": "整户迁出",
        "整户搬迁": "整户迁出", "整户死亡": "死亡", "整户消亡": "死亡", "自然注销": "销户", "注销": "销户", "剔除": "错评剔除",
        "错评": "错评剔除", "清退": "错评剔除",
    },
)  # fmt: skip

#: Those of them that say that a household is no longer there. The pack of rosters also takes 分户 and 并户 as reasons for not
#: being there: these are written of a household that comes of it, too, and so do not say that one is gone.
HOUSEHOLD_LEFT = ("整户迁出", "销户", "死亡", "错评剔除")

#: What became of a household or a person between one year's roster and the next one's: worked out, not written in any sheet.
CAME_FROM = CodeList(("延续", "换号", "分户", "并户", "新增"))
WENT_TO = CodeList(("延续", "换号", "分户", "并户", "消失"))
PERSON_CAME_FROM = CodeList(("延续", "转户", "新增"))
PERSON_WENT_TO = CodeList(("延续", "转户", "消失"))

NOT_EXITED_REASON = CodeList(
    (
        "收入超过标准但没有实现两不愁三保障", "享受政策但成效不显著", "“回头看”后新纳入", "因残无固定收入", "大病正在治疗",
        "因病因学支出明显大于收入", "收入没有稳定超过标准", "五保", "老弱病残无劳动能力一类低保", "易地搬迁没有取得新房钥匙",
    ),
    {"回头看后新纳入": "“回头看”后新纳入", '"回头看"后新纳入': "“回头看”后新纳入"},
)  # fmt: skip

COUNTY_LEVEL = CodeList(("国家级", "省级"), {"国家级贫困县": "国家级", "省级贫困县": "省级"})

SUBJECT_KIND = CodeList(
    ("户", "村", "乡镇", "县", "工作队"), {"贫困户": "户", "农户": "户", "行政村": "村", "贫困村": "村", "贫困县": "县"}
)

SAMPLE_GROUP = CodeList(
    ("脱贫户", "未建档立卡户", "贫困户", "干部"),
    {
        "已脱贫户": "脱贫户",
        "非建档立卡户": "未建档立卡户",
        "一般农户": "未建档立卡户",
        "非贫困户": "未建档立卡户",
        "未脱贫户": "贫困户",
    },
)

DIRECTION = CodeList(("越高越好", "越低越好"))

COMPARISON = CodeList(
    ("=", ">=", "<=", "约"),
    {
        "等于": "=", "≥": ">=", "不低于": ">=", "不少于": ">=", "大于等于": ">=",
        "≤": "<=", "不超过": "<=", "不高于": "<=", "小于等于": "<=", "≈": "约", "约等于": "约", "大约": "约",
    },
)  # fmt: skip

#: 享受低保政策情况 and 享受特困供养政策情况 name the benefit instead of saying 是 (register exports of 2023).
BENEFITS_DRAWN = frozenset({"城市低保", "农村低保", "城市特困", "农村特困", "享受"})
NO_BENEFIT = frozenset({"未享受", "不享受"})
#: What registers write of a house instead of 是 and 否.
SAFE_HOUSES = frozenset({"有安全住房"})
DANGEROUS_HOUSES = frozenset({"危房C级", "危房D级", "C级危房", "D级危房", "C级", "D级"})

#: Every yes/no form that registers and clerks use, folded. A blank is none of them: it is unknown.
YES = frozenset({"是", "有", "√", "✓", "✔", "Y", "y", "YES", "Yes", "yes", "1", "TRUE", "True", "true"})
NO = frozenset({"否", "无", "×", "✗", "✘", "N", "n", "NO", "No", "no", "0", "FALSE", "False", "false"})
