"""A rate in words: the fraction beside the percentage, and ends that rounding never brings nearer."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from rated_counties import GIVEN, loaded, rates_of, table

from fupin_cli.evaluate.rates.designed import Cluster, clustered_rate
from fupin_cli.evaluate.rates.simple import rate
from fupin_cli.messages import Lang
from fupin_cli.model.figure import FoundRate
from fupin_cli.model.rate import NoRate, NoRateReason, Rate
from fupin_cli.report.rates import percent_text, rate_lines, rate_text


def test_the_fraction_stands_beside_the_percentage() -> None:
    # R: binom.test(682, 925) gives 0.7076683 and 0.7654066.
    assert rate_text(rate(682, 925), "en") == "682/925 = 73.72973%, 95% interval 70.76% to 76.55%"
    assert rate_text(rate(682, 925), "zh") == "682/925 = 73.72973%，95% 区间 70.76% 至 76.55%"


def test_the_ends_are_rounded_outwards() -> None:
    # Of everybody the rate is known: 1 of 300 is 0.3333 %.
    assert rate_text(rate(1, 300, 300), "en").endswith("0.33% to 0.34%")


def test_a_share_is_never_shown_as_none() -> None:
    assert percent_text(Fraction(1, 100_000)) == "0.001%"
    assert percent_text(Fraction(1, 10**10)) == "<0.000001%"
    assert percent_text(Fraction(0)) == "0%"


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("reason", get_args(NoRateReason))
def test_no_rate_says_why_and_shows_no_number(reason: NoRateReason, lang: Lang) -> None:
    text = rate_text(NoRate(reason), lang)
    assert "%" not in text
    assert "NaN" not in text


def test_clusters_show_their_design_effect_or_that_it_is_unknown() -> None:
    known = clustered_rate([Cluster(10, 10)] * 2 + [Cluster(0, 10)] * 6)
    assert isinstance(known, Rate)
    # 79/7
    assert rate_text(known, "en").endswith("design effect 11.29")
    assert rate_text(clustered_rate([Cluster(0, 40)] * 3), "zh").endswith("设计效应不知道")


# --- rates of a county --------------------------------------------------------------------------------------------------


def lines(lang: Lang, name: str, **figures: Any) -> list[str]:
    return rate_lines(of_county(**figures)[name], lang)


def of_county(survey: Sequence[Mapping[str, Any]] = (), **figures: Any) -> dict[str, FoundRate]:
    with TemporaryDirectory() as folder:
        tables = [table("county", [{**GIVEN, **figures}]), *([table("survey", survey)] if survey else [])]
        return rates_of(loaded(Path(folder)), *tables)[0]


def test_a_sampled_rate_says_its_counts_interval_denominator_population_limit_and_conclusion() -> None:
    # R: no closed form; the ends are those of simple.rate, which test_intervals.py compares with brute force.
    found = rate(3, 150, 5000)
    assert isinstance(found, Rate)
    low, high = (f"{float(end * 100):.2f}%" for end in (found.low, found.high))
    assert lines("zh", "wrong_exit") == [
        f"错退率：3/150 = 2%，95% 区间 {low} 至 {high}",
        "分母是抽样脱贫人口 150",
        "总体是脱贫人口 5000",
        "不超过 2%：达标",
        "样本不足以证明：限值在区间里。结论仍以率本身为准。",
    ]
    english = lines("en", "approval", approving_households=989)
    assert english[-2:] == [
        "At least 90%: not kept",
        "The sample does not settle it: the limit lies within the interval. The rate itself still decides.",
    ]
    assert english[0].startswith("认可度: 989/1100 = 89.909091%, 95% interval ")


def test_a_full_count_says_that_nothing_was_sampled() -> None:
    assert lines("zh", "incidence") == [
        "贫困发生率：120/80000 = 0.15%（全数，没有抽样误差）",
        "分母是农村户籍人口 80000",
        "不超过 2%：达标",
    ]


def test_the_composite_is_shown_with_its_three_parts_and_why_it_has_no_interval() -> None:
    assert lines("zh", "composite") == [
        "综合贫困发生率：(120 + 5000×3/150 + 60000×10/2000) / 80000 = 0.65%",
        "其中 未脱贫：未脱贫人口 120",
        "其中 错退：脱贫人口 5000 × 3/150 = 100",
        "其中 漏评：非建档立卡人口 60000 × 10/2000 = 300",
        "分母是农村户籍人口 80000",
        "没有区间：各部分来自全数和两次不同的抽样，误差看各部分自己的区间。",
        "不超过 2%：达标",
    ]
    rounded = lines("zh", "composite", exited_sampled=7, wrongly_exited=1)
    # (120 + 5000/7 + 300) / 80000 = 7940/560000.
    assert rounded[0].endswith("/ 80000 ≈ 1.417857%")
    assert rounded[2].endswith("5000 × 1/7 ≈ 714.29")


def test_what_is_unknown_is_named_and_never_a_percentage() -> None:
    assert lines("zh", "wrong_exit", wrongly_exited=None)[0] == "错退率：没有率：错退人口不知道。"
    composite = lines("zh", "composite", wrongly_exited=None)
    assert composite[0] == "综合贫困发生率：没有率：有一部分没有率。"
    assert composite[2] == "其中 错退：脱贫人口 5000 × 不知道的率"
    assert not any("%" in line for line in composite)


def test_places_and_open_rows_are_told() -> None:
    answers = [
        {"county": "样县", "year": 2018, "township": "乡", "village": f"村{n // 5}", "sample_group": "脱贫户", "household_size": 5,
         "wrongly_exited": None if n == 29 else 5 * (n < 3)}
        for n in range(30)
    ]  # fmt: skip
    told = rate_lines(of_county(answers, exited_sampled=150, wrongly_exited=15)["wrong_exit"], "zh")
    by = next(line for line in told if line.startswith("按行政村计（6 群）：15/145"))
    assert "设计效应" in by
    assert "1 行没有填全，不在率里，也不当作否。" in told
