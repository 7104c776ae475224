"""Charts as they are drawn: to scale, with every text in its place, and fit to stand in a strict page."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from fupin_cli.report.charts.draw import svg
from fupin_cli.report.charts.letters import width, wrapped
from fupin_cli.report.charts.picture import Picture, picture
from fupin_cli.report.charts.plate import WIDTH
from fupin_cli.report.charts.scales import rounds
from fupin_cli.report.paper.drawn import (
    Bar,
    Bars,
    ChartData,
    Columns,
    Histogram,
    Intervals,
    Mark,
    Moment,
    Moved,
    Reach,
    Series,
    Timeline,
)
from fupin_cli.report.paper.model import Chart

HOSTILE = "<script>alert(1)</script>\"' onload=x & ]]> \x1b[31m\u202e"
STOPS = (Series("不达标", "bad"), Series("待核实", "open"))
#: What an element of a chart may be, and have.
ALLOWED = {
    "svg": {"viewBox", "role", "font-family"},
    "title": set(), "desc": set(),
    "g": {"fill", "fill-opacity", "font-size", "font-weight", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"},
    "path": {"d"},
    "text": {"x", "y", "text-anchor"},
}  # fmt: skip

CHARTS: dict[str, ChartData] = {
    "bars": Bars(STOPS, [Bar("人均纯收入", (5, 1)), Bar("四" * 40, (1, 0)), Bar("饮水安全", (0, 2)), Bar("谁也不卡", (0, 0))], "户"),
    "one bar": Bars((Series("户", "plain"),), [Bar("一条", (3,))], "户"),
    "no bar": Bars(STOPS, []),
    "sixty bars": Bars(STOPS, [Bar(f"第 {turn} 项", (turn, 60 - turn)) for turn in range(60)]),
    "hostile": Bars(STOPS, [Bar(HOSTILE, (1, 1)), Bar("名" * 200, (1, 0)), Bar("word" * 50, (1, 0))]),
    "hostile series": Bars((Series(HOSTILE, "bad"), Series("名" * 60, "open")), [Bar("一", (1, 1))]),
    "histogram": Histogram([Decimal(x) * 1000 for x in range(9)], [0, 3, 8, 12345, 4, 0, 0, 1], "人均纯收入（元/人·年）", [Mark("国家脱贫标准（现价） 4000 元/人·年（未确认）", Decimal(4000))], (True, True), "户", ("bad",) * 4 + ("good",) * 4),
    "nobody": Histogram([Decimal(0), Decimal(1)], [0], "无"),
    "columns": Columns((Series("贫困户", "bad"), Series("脱贫户", "good"), Series("属性不明户", "open")), [Bar(f"{year} 年", (9 - year % 10, year % 10, 1)) for year in range(2013, 2019)], "户"),
    "moved": Moved((Series("符合", "good"), Series("待核实", "open"), Series("不符合", "bad"), Series("也不符合", "bad")), [Decimal(2000 + 100 * turn) for turn in range(11)], [(20 - turn, 2, turn, 1) for turn in range(11)], "标准（元/人·年）", [Mark("2300 现值 2011年（未确认）", Decimal(2300)), Mark("2952 现值 2016年（未确认）", Decimal(2952)), Mark("在外面", Decimal(9999))]),
    "one value": Moved((Series("符合", "good"),), [Decimal(5)], [(3,)], "标准"),
    "intervals": Intervals([Reach("样甲县", Decimal("2.5"), "2.5%，区间 0.52% 至 7.13%", (Decimal("0.52"), Decimal("7.13")), Decimal(2), "bad"), Reach("名" * 60, Decimal(0), "0%", None, Decimal(2), "good"), Reach("样丙县", None, "没有样本")], "界限：2%"),
    "no share": Intervals([Reach("样", None, "没有率")]),
    "timeline": Timeline([Moment("申请", "2018-12-10", "good"), Moment("核查", "2019-01-22", "bad"), Moment("很" * 50, "2019-06-30", "open"), Moment("抽查", "2019-07-01", "plain")]),
    "one day": Timeline([Moment("申请", "2018-12-10")]),
    "no day": Timeline([]),
}  # fmt: skip


@cache
def drawn(name: str) -> ET.Element:
    return ET.fromstring(svg(Chart(f"题 {HOSTILE}", f"说明 {HOSTILE}", CHARTS[name])))  # noqa: S314  # our own


def texts(root: ET.Element) -> list[tuple[float, float, float, str]]:
    """From where to where, at which height, what."""
    found = []
    for group in root.iter("g"):
        size = float(group.get("font-size", "0"))
        for text in group.iter("text"):
            x, said = float(text.get("x", "")), text.text or ""
            wide = width(said, size)
            left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
            found.append((left, left + wide, float(text.get("y", "")), said))
    return found


def areas(root: ET.Element, tone: str) -> list[tuple[float, float, float, float]]:
    """Left, right, top and bottom of what is painted in a tone, without the swatch of the legend."""
    found = []
    for group in root.iter("g"):
        if f"--chart-{tone}," in group.get("fill", "") and not group.get("font-size"):
            for path in group.iter("path"):
                numbers = [float(one) for one in re.findall(r"-?[\d.]+", path.get("d", ""))]
                area = (min(numbers[::2]), max(numbers[::2]), min(numbers[1::2]), max(numbers[1::2]))
                found += [area] if (area[1] - area[0], area[3] - area[2]) != (12, 11) else []
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_nothing_that_a_strict_page_forbids(name: str) -> None:
    root = drawn(name)
    for node in root.iter():
        assert set(node.attrib) <= ALLOWED[node.tag], node.tag
        assert not any("url(" in value or "javascript" in value for value in node.attrib.values())
    assert [node.tag for node in root][:2] == ["title", "desc"]
    assert root.get("role") == "img"


@pytest.mark.parametrize("name", CHARTS)
def test_what_stands_in_a_chart_stays_text(name: str) -> None:
    root = drawn(name)
    assert root[0].text == "题 <script>alert(1)</script>\"' onload=x & ]]> \ufffd[31m\ufffd"
    assert str(root[1].text).startswith("说明 <script>")
    if name == "hostile":
        assert "<script>" in "".join(said for *_, said in texts(root))


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_leaves_the_plate_or_stands_in_another(name: str) -> None:
    root = drawn(name)
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    found = texts(root)
    assert wide == WIDTH
    for left, right, y, said in found:
        assert left >= -0.5, said
        assert right <= wide + 0.5, said
        assert 8 <= y <= high, said
    for place, (left, right, y, said) in enumerate(found):
        for other_left, other_right, other_y, other in found[place + 1 :]:
            apart = abs(y - other_y) >= 11 or right <= other_left + 0.5 or other_right <= left + 0.5
            assert apart, (said, other)


@pytest.mark.parametrize("name", ["histogram", "moved"])
def test_the_same_numbers_give_the_same_drawing(name: str) -> None:
    chart = Chart("题", "说明", CHARTS[name])
    assert svg(chart) == svg(chart)


def test_bars_are_as_long_as_their_numbers_and_stand_behind_each_other() -> None:
    root = drawn("bars")
    bad, undecided = areas(root, "bad"), areas(root, "open")
    # The longest bar, 5 and 1, is as wide as the plate less its edges.
    wide = [right - left for left, right, *_ in bad]
    assert wide == pytest.approx([398 * 5 / 6, 398 / 6], abs=0.02)
    assert [right - left for left, right, *_ in undecided] == pytest.approx([398 / 6, 398 * 2 / 6], abs=0.02)
    assert undecided[0][0] == pytest.approx(bad[0][1], abs=0.02)
    said = [said for *_, said in texts(root)]
    assert {"不达标 5 · 待核实 1", "不达标 1", "待核实 2", "0"} <= set(said)
    # Forty characters are wrapped, none is lost.
    assert "".join(one for one in said if set(one) == {"四"}) == "四" * 40


def test_every_one_of_sixty_bars_has_its_numbers() -> None:
    said = [said for *_, said in texts(drawn("sixty bars"))]
    assert [one for one in said if one.startswith("第")] == [f"第 {turn} 项" for turn in range(60)]


def test_a_histogram_is_as_high_as_its_counts_and_its_line_stands_where_the_scale_says() -> None:
    root = drawn("histogram")
    bad, good = areas(root, "bad"), areas(root, "good")
    heights = [bottom - top for *_, top, bottom in (*bad, *good)]
    assert heights == pytest.approx([180 * count / 12345 for count in (3, 8, 12345, 4, 1)], abs=0.02)
    dashed = next(group for group in root.iter("g") if group.get("stroke-dasharray"))
    line = float(re.findall(r"[\d.]+", dashed[0].get("d", ""))[0])
    # 4000 is the right edge of the bin from 3000, and the left one of that from 4000.
    assert line == pytest.approx(bad[-1][1], abs=0.02)
    assert line == pytest.approx(good[0][0], abs=0.02)
    said = [said for *_, said in texts(root)]
    assert "12345" in said
    assert "国家脱贫标准（现价）4000元/人·年（未确认）" in "".join(said).replace(" ", "")


def test_columns_stand_on_each_other_with_their_numbers_and_sums() -> None:
    root = drawn("columns")
    poor, exited = areas(root, "bad"), areas(root, "good")
    # 2013: 6 poor and 3 exited of 10 that are 180 units.
    assert poor[0][3] - poor[0][2] == pytest.approx(180 * 6 / 10, abs=0.02)
    assert exited[0][3] == pytest.approx(poor[0][2], abs=0.02)
    said = [said for *_, said in texts(root)]
    assert said.count("10") == 7  # six sums and the scale
    assert "2013 年" in said


def test_a_number_that_moves_is_drawn_by_steps_half_way_to_its_neighbours() -> None:
    root = drawn("moved")
    # From 1950 to 3050; at the first value 20 of 23 meet, and at every one somebody does.
    ((left, right, top, bottom),) = areas(root, "good")
    assert bottom - top == pytest.approx(180 * 20 / 23, abs=0.02)
    # The others stand on it, up to all 23.
    assert min(first for _, _, first, _ in areas(root, "bad")) == pytest.approx(bottom - 180, abs=0.02)
    marks = [
        float(re.findall(r"[\d.]+", path.get("d", ""))[0])
        for group in root.iter("g")
        if group.get("stroke-dasharray")
        for path in group
    ]
    assert marks == pytest.approx([left + (value - 1950) / 1100 * (right - left) for value in (2300, 2952)], abs=0.05)
    assert not any("在外面" in said for *_, said in texts(root))
    # Two outcomes of one tone are told apart.
    pale = [
        group.get("fill-opacity")
        for group in root.iter("g")
        if "--chart-bad," in group.get("fill", "") and not group.get("font-size")
    ]
    assert set(pale) == {None, ".55"}


def test_a_share_and_the_ends_of_its_sample_stand_to_scale() -> None:
    root = drawn("intervals")
    reaches = [path.get("d", "") for group in root.iter("g") if group.get("stroke-width") == "2" for path in group]
    low, high = (float(one) for one in re.findall(r"[\d.]+", reaches[0])[::2])
    axis = {said: (left + right) / 2 for left, right, _, said in texts(root)}
    unit = (axis["6%"] - axis["2%"]) / 4
    assert (high - low) / unit == pytest.approx(7.13 - 0.52, abs=0.01)
    limits = [path.get("d", "") for group in root.iter("g") if group.get("stroke-dasharray") for path in group]
    # One beside the words, one for each share that has a limit.
    assert len(limits) == 3
    assert float(re.findall(r"[\d.]+", limits[1])[0]) == pytest.approx(axis["2%"], abs=0.01)


def test_a_file_of_its_own_needs_no_page() -> None:
    charts = [Chart("一", "说一", CHARTS["bars"]), Chart(HOSTILE, "说二", CHARTS["moved"])]
    text = picture(Picture("zh", "题", "一行", [HOSTILE, "注" * 100], charts))
    root = ET.fromstring(text)  # noqa: S314  # our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.search(r"var\(|<script|href|url\(|style=| id=", text)
    assert 'fill="#c2452b"' in text
    assert "说一" in str(root[1].text)
    assert "说二" in str(root[1].text)


# --- letters and scales -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["四" * 40, "Net income per person above the national line", "349900010001" * 9, "", "  a  b "])
@pytest.mark.parametrize("room", [60.0, 200.0])
def test_wrapped_lines_fit_and_hold_the_whole_text(text: str, room: float) -> None:
    lines = wrapped(text, room, 13)
    assert all(width(line, 13) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    # No word is torn by a space that was not there.
    assert all(" " not in line for line in lines) or " " in text
    short = wrapped(text, room, 13, 2)
    assert len(short) <= 2
    assert all(width(line, 13) <= room for line in short)
    assert short == lines or short[-1].endswith("…")


@pytest.mark.parametrize(
    ("low", "high", "most", "whole", "expected"),
    [(0, 16, 8, True, [0, 2, 4, 6, 8, 10, 12, 14, 16]), (0, 1, 5, True, [0, 1]), (5, 5, 5, False, [5]), (2995, 4000, 6, False, [3000, 3200, 3400, 3600, 3800, 4000])],
)  # fmt: skip
def test_numbers_of_a_scale_are_round_and_within_its_ends(
    low: float, high: float, most: int, whole: bool, expected: Sequence[float]
) -> None:
    assert rounds(low, high, most, whole=whole) == expected
