"""The numbers of charts against counts done by hand, and against a second reading of the rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from fupin_cli.model.job import CHECK_DATA, CHECK_EXIT, CHECK_IDENTIFY, Job
from fupin_cli.pipeline import check
from fupin_cli.report.charts.blocking import MOST, blocking
from fupin_cli.report.charts.draw import svg
from fupin_cli.report.charts.incomes import incomes
from fupin_cli.report.options import Options
from fupin_cli.report.paper.drawn import Bars, Histogram
from fupin_cli.report.paper.model import Chart
from fupin_cli.report.words import Words
from fupin_cli.tasks import Request, open_pack

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
HEAD = "户编号,年度,人均纯收入,家庭人口数,工资性收入,生产经营性收入,财产性收入,转移性收入,生产经营性支出\n"
Words_of = Callable[..., Words]
#: What contradicts itself in the data is no matter here.
NO_RULES = cache(lambda *_: replace(open_pack(None, CHECK_DATA.pack), standards={}))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Words_of:
    folder = tmp_path_factory.mktemp("incomes")
    known: dict[str, Words] = {}

    def judge(*rows: str, job: Job = CHECK_EXIT, file: str = "", lang: str = "zh") -> Words:
        key = repr((rows, job.command, file))
        if key not in known:
            path = folder / f"{len(known)}.csv"
            path.write_text(HEAD + "".join(f"{turn},{row}\n" for turn, row in enumerate(rows)), "utf-8")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.pipeline.open_quality", NO_RULES)
                known[key] = Words(check(job, Request([file or str(path)]))[0], Options())
        return Words(known[key].result, Options("en" if lang == "en" else "zh"))

    return judge


def drawn(chart: Chart | None) -> Histogram:
    assert chart is not None
    assert isinstance(chart.data, Histogram)
    return chart.data


def test_the_incomes_of_the_sample_by_hand(judged: Words_of) -> None:
    found = drawn(incomes(judged(file=str(SAMPLES / "households.xlsx"))))
    # In per cent of 2995 or 4000. On the line or just below it: 2994.99, 2995, 3999.99, 4000, 11980 of four; just over it: 2995.01,
    # 4000.01, 12000 of four, 4876, 4520.75, 4810 (5000 is 125 %); 5312.40 and 5105.20; 6240.50 and 19000 of four.
    assert list(found.edges) == [Decimal(25 * turn) for turn in range(9)]
    assert list(found.counts) == [0, 0, 0, 5, 6, 2, 2, 0]
    assert [mark.value for mark in found.marks] == [100]


def test_with_one_line_the_axis_is_in_yuan_and_the_line_is_named(judged: Words_of) -> None:
    chart = incomes(
        judged("2020,0,1,,,,,,", "2020,1000,1,,,,,,", "2020,1000.01,1,,,,,,", "2020,4000,1,,,,,,", "2020,4000.01,1,,,,,,")
    )
    found = drawn(chart)
    assert list(found.edges)[:3] == [-1000, 0, 1000]
    # Nothing is not above nothing: whoever has none stands at the left end, with whoever has less.
    assert list(found.counts) == [1, 1, 1, 0, 1, 1, 0, 0, 0]
    assert found.open_ends == (True, False)
    assert [(mark.label, mark.value) for mark in found.marks] == [("国家脱贫标准（现价） 4000 元/人·年（未确认）", 4000)]
    assert list(found.tones) == ["bad"] * 5 + ["good"] * 4
    assert chart is not None
    assert "超过 3000 至 4000：1 户" in chart.told
    assert "超过 4000 至 5000：1 户" in chart.told
    assert "不超过 0：1 户" in chart.told


def test_an_income_from_its_parts_is_counted_as_the_fraction_that_it_is(judged: Words_of) -> None:
    # 12000 of three is 4000, exactly the line; a cent more is over it.
    found = drawn(incomes(judged("2020,,3,12000,0,0,0,0", "2020,,3,12000.01,0,0,0,0")))
    assert list(found.counts) == [0, 0, 0, 1, 1, 0, 0, 0]


def test_who_is_not_drawn_is_told(judged: Words_of) -> None:
    words = judged("2020,5000,1,,,,,,", "2020,,1,,,,,,", "2020,3,2o0,1,,,,,")
    chart = incomes(words)
    assert chart is not None
    known = sum(drawn(chart).counts)
    assert f"另有 {3 - known} 户收入不知道，没有画出。" in chart.note
    assert chart.note not in ("", None)
    assert "Not drawn:" in str(incomes(judged("2020,5000,1,,,,,,", "2020,,1,,,,,,", "2020,3,2o0,1,,,,,", lang="en")).note)  # type: ignore[union-attr]


def test_without_a_line_in_force_there_is_no_chart(judged: Words_of) -> None:
    assert incomes(judged("1999,5000,1,,,,,,")) is None


def test_every_income_is_in_the_band_of_a_second_reading(judged: Words_of) -> None:
    values = [Fraction(turn * turn * 37 % 17_000, 1) + Fraction(turn % 7, 100) for turn in range(200)] + [Fraction(-500)]
    years = [(2018, 2995) if turn % 3 else (2020, 4000) for turn in range(len(values))]
    rows = [f"{year},{float(value):.2f},2,,,,,," for value, (year, _) in zip(values, years, strict=True)]
    found = drawn(incomes(judged(*rows)))
    # (low, high]: more than the line is asked for. Below nothing is one band, beyond three lines another.
    expected = Counter(min(max(ceil(4 * value / line), 0), 13) for value, (_, line) in zip(values, years, strict=True))
    low = int(found.edges[0] / 25) + 1
    assert dict(expected) == {low + turn: count for turn, count in enumerate(found.counts) if count}
    assert all(high - low == 25 for low, high in pairwise(found.edges))


def test_where_less_is_asked_for_whoever_is_at_the_line_is_above_it(judged: Words_of) -> None:
    # Identification takes incomes below 2995: 2995 itself is not below it.
    found = drawn(incomes(judged("2020,2994.99,1,,,,,,", "2020,2995,1,,,,,,", job=CHECK_IDENTIFY)))
    line = list(found.edges).index(Decimal(2995))
    assert (found.counts[line - 1], found.counts[line]) == (1, 1)


# --- what stops how many ------------------------------------------------------------------------------------------------


def test_what_stops_how_many_of_the_sample_by_hand(judged: Words_of) -> None:
    chart = blocking(judged(file=str(SAMPLES / "households.xlsx")))
    assert chart is not None
    assert isinstance(chart.data, Bars)
    # As the terminal's table in README.md has them.
    expected = {
        "人均纯收入稳定超过国家脱贫标准": (5, 1), "义务教育有保障": (1, 0), "基本医疗有保障": (1, 0), "住房安全有保障": (1, 1), "饮水安全": (0, 1),
    }  # fmt: skip
    assert {bar.label: tuple(bar.amounts) for bar in chart.data.bars} == expected
    for title, (fail, unknown) in expected.items():
        assert f"{title}：不达标 {fail}，待核实 {unknown}" in chart.told
        assert f"{title}：不达标 {fail}，待核实 {unknown}" in svg(chart)


def test_more_bars_than_anybody_reads_are_cut_and_told(judged: Words_of, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(name, 1, 0) for name in ("income", "food") * MOST]
    monkeypatch.setattr("fupin_cli.report.charts.blocking.blocking_checks", lambda _: found)
    chart = blocking(judged(file=str(SAMPLES / "households.xlsx")))
    assert chart is not None
    assert isinstance(chart.data, Bars)
    assert len(chart.data.bars) == MOST
    assert chart.note == f"图中只画前 {MOST} 项，另有 {MOST} 项见表。"


def test_where_nothing_stops_anybody_there_is_no_chart(judged: Words_of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fupin_cli.report.charts.blocking.blocking_checks", lambda _: [])
    assert blocking(judged(file=str(SAMPLES / "households.xlsx"))) is None
