"""A rate in words: the fraction beside the percentage, and ends that rounding never brings nearer."""

from fractions import Fraction
from typing import get_args

import pytest

from fupin_cli.evaluate.rates.designed import Cluster, clustered_rate
from fupin_cli.evaluate.rates.simple import rate
from fupin_cli.messages import Lang
from fupin_cli.model.rate import NoRate, NoRateReason, Rate
from fupin_cli.report.rates import percent_text, rate_text


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
