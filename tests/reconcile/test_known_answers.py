"""The figures of the source documents. Expected numbers are worked out here, by hand and in fractions."""

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from fupin_cli.model.reconciled import Reconciled, Reconciliation

#: Item → what its parts come to, number by number.
ANSWERS: Mapping[str, list[Fraction]] = {
    "村历年脱贫": [Fraction(28), Fraction(67)],
    "四口之家人均纯收入": [Fraction(12120, 4)],
    "全村贫困户": [Fraction(86), Fraction(287)],
    "年底剩余贫困户": [Fraction(5)],
    "户均小额贷款": [Fraction(5)],
    "农村低保保障人次": [Fraction(30484)],
    "农村低保资金": [Fraction(50895, 100)],
    "困难残疾人生活补贴人次": [Fraction(9339)],
    "困难残疾人生活补贴": [Fraction(78331, 1000)],
    "重度残疾人护理补贴": [Fraction(125422, 1000)],
    "贫困人口": [Fraction(1192, 100)],
    "近12万贫困人口": [Fraction(1192, 100)],
    "贫困村占比": [Fraction(445, 1192) * 100],
    "贫困村占比（不许四舍五入）": [Fraction(445, 1192) * 100],
    "非贫困村占比": [Fraction(747, 1192) * 100],
    "两项占比合计": [Fraction(100)],
    "集中连片贫困村占比": [Fraction(46, 135) * 100],
    "集中连片贫困村超过三分之一": [Fraction(45)],
    "三年发展启动资金": [Fraction(502)],
    "三年发展启动资金按人均": [Fraction(251 * 2)],
    "扶贫基金按八二分担": [Fraction(502 * 8, 10)],
    "我市投入按人均": [Fraction(251 * 4000, 10_000)],
    "人均投入": [Fraction(4000)],
    "本镇人均筹集": [Fraction(1200)],
    "本镇占比": [Fraction(30)],
    "本镇筹集": [Fraction(3012, 100)],
    "老区建设资金": [Fraction(150)],
    "产业扶贫资金": [Fraction(90)],
    "住房改造资金": [Fraction(60)],
    "工作经费": [Fraction(81)],
    "逐年合计": [Fraction(131), Fraction(125), Fraction(125)],
    "四项合计": [Fraction(381)],
    "中央和省扶贫资金": [Fraction(70354, 100)],
    "放大十倍的贷款额度": [Fraction(5635)],
    "放大十倍": [Fraction(9900)],
    "危房翻建每户": [Fraction(35, 10)],
    "危房翻建力争": [Fraction(350)],
    "培训每人": [Fraction(300)],
    "科技推广每亩": [Fraction(13)],
}  # fmt: skip
#: Where the text contradicts itself: declared less computed. All others agree.
CONTRADICTIONS = {
    "村历年脱贫": [Fraction(0), Fraction(12)],
    "中央和省扶贫资金": [Fraction(-5684, 100)],
    "贫困村占比（不许四舍五入）": [Fraction(3732, 100) - Fraction(44500, 1192)],
}


@pytest.fixture(scope="module")
def documents(sample: Callable[[str], Reconciliation]) -> dict[str, Reconciled]:
    return {row.item: row for row in sample("reconcile-documents.xlsx").rows}


@pytest.mark.parametrize("item", ANSWERS)
def test_the_parts_come_to_what_they_come_to(documents: Mapping[str, Reconciled], item: str) -> None:
    assert [one.exact for one in documents[item].compared] == ANSWERS[item]


def test_every_figure_of_the_sample_has_an_answer_here(documents: Mapping[str, Reconciled]) -> None:
    assert set(documents) == set(ANSWERS)


def test_the_texts_that_contradict_themselves_are_found_and_no_others(documents: Mapping[str, Reconciled]) -> None:
    found = {item: [one.difference for one in row.compared] for item, row in documents.items() if row.agreement != "agrees"}
    assert found == CONTRADICTIONS
    assert {documents[item].agreement for item in CONTRADICTIONS} == {"differs"}


def test_a_village_is_held_against_its_roster(sample: Callable[[str], Reconciliation]) -> None:
    result = sample("reconcile-village.xlsx")
    village = {row.item: row for row in result.rows}
    assert {item: row.agreement for item, row in village.items()} == {
        "贫困户": "agrees", "贫困人口": "differs", "逐年脱贫户数": "agrees", "逐年脱贫人数": "agrees", "因病致贫": "undetermined",
        "因病致贫占比": "undetermined", "人均收入超过2995元": "agrees", "低保脱贫户": "agrees", "写错的一行": "invalid",
    }  # fmt: skip
    assert village["贫困人口"].compared[0].difference == 12
    # 28 causes in a cycle of seven: two of them 因病, one blank.
    [one] = village["因病致贫"].compared
    assert (one.low, one.high) == (8, 12)
    [gap] = village["因病致贫"].gaps
    assert (gap.reason, gap.name, gap.count, len(gap.cells)) == ("blank", "main_cause", 4, 4)
    fault = village["写错的一行"].fault
    assert fault is not None
    assert (fault.code, fault.position, fault.facts["nearest"]) == ("expression-name-unknown", 4, "脱贫年度")
    assert not result.agrees()
