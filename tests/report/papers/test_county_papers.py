"""Counties on paper: the nearest first, every figure where it belongs, one county in full, and a thousand still a page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from small_counties import county, pack, sheet

from fupin_cli.load.cells.folders import workbooks
from fupin_cli.model.job import CHECK_DATA
from fupin_cli.model.run import Result
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.counties.county import Counties
from fupin_cli.report.html.reports import county_html
from fupin_cli.report.options import Options
from fupin_cli.report.paper.counties import county_paper
from fupin_cli.report.paper.drawn import Intervals, Timeline
from fupin_cli.report.paper.model import Chart, Grid, Paper, Part, Section, Steps, Subjects, Tiles
from fupin_cli.tasks import Request, open_pack

Judge = Callable[..., Result]
PACK = cache(open_pack)
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_DATA.pack), standards={}))
MIXED = [
    county("拒", poor_population=201),
    county("退", works_completed_date=""),
    county("缺抽查", county_level="国家级"),
    county("超", wrongly_exited=21),
    county("晚", applied_date="2018-12-16"),
]
DAY = date(2019, 6, 30)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder = tmp_path_factory.mktemp("papers")
    rules, known = pack(folder), dict[str, Result]()

    def judge(*rows: dict[str, Any]) -> Result:
        key = repr(rows)
        if key not in known:
            path = sheet(folder / f"{len(known)}.csv", rows)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipelines.batch.book.open_quality", NO_RULES)
                found, _ = check_counties(Request([path], rules=rules, as_of=DAY), workbooks([path]), Manner(jobs=1))
            known[key] = found
        return known[key]

    return judge


def parts(paper: Paper) -> Iterator[Part]:
    def of(found: Sequence[Part]) -> Iterator[Part]:
        for part in found:
            yield part
            if isinstance(part, Section):
                yield from of(part.parts)

    yield from of(paper.parts)


def only(paper: Paper, kind: type[Any], title: str = "") -> Any:
    (found,) = [part for part in parts(paper) if isinstance(part, kind) and (not title or part.title == title)]
    return found


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_the_matrix_has_a_row_for_each_county_the_nearest_first(judged: Judge) -> None:
    result = judged(*MIXED)
    grid = only(county_paper(result, Options()), Grid, "县与门槛")
    assert [row[0] for row in rows(grid)] == ["退", "缺抽查", "超", "晚", "拒"]
    headings = [column.heading for column in grid.columns]
    place = headings.index("发生率不超过2%")
    assert [(row[place].text, row[place].tone) for row in grid.rows] == [("达标", "good")] * 4 + [("不达标", "bad")]
    assert [row[headings.index("抽查通过")].text for row in grid.rows] == ["不适用", "待核实", "不适用", "不适用", "不适用"]
    # Gates that everybody passes are counted.
    counts = Counties.of(result, Options())[0]
    assert f"另有 {len(counts.gates) - len(counts.open_gates)} 项门槛" in grid.note


def test_the_tiles_count_the_counties_by_outcome(judged: Judge) -> None:
    found = only(county_paper(judged(*MIXED), Options()), Tiles)
    assert found.tiles[0].count == "5 个县"
    assert [tile.count for tile in found.tiles[1:]] == ["1 个县"] * 5
    assert {tile.share for tile in found.tiles[1:]} == {"20%"}


def test_a_county_that_is_not_ready_opens_to_its_gates_with_figures(judged: Judge) -> None:
    listed = only(county_paper(judged(*MIXED), Options()), Subjects)
    entries = {entry.known_as: entry for bundle in listed.bundles for entry in bundle.entries()}
    assert [bundle.count for bundle in listed.bundles] == [len(list(bundle.entries())) for bundle in listed.bundles]
    assert set(entries) == {"缺抽查", "超", "晚", "拒"}
    (failed,) = [reason for reason in entries["拒"].reasons if reason.mark == "✗"]
    assert listed.laws[failed.law].title == "发生率不超过2%"
    assert "201/10000" in failed.told
    assert "差 0.01 个百分点（1 人）" in failed.told
    assert all(reason.law in listed.laws for entry in entries.values() for reason in entry.reasons)
    assert "达到标准的只计数，不逐个列出" in listed.note


def test_rates_of_a_sample_are_drawn_with_their_interval_and_limit(judged: Judge) -> None:
    paper = county_paper(judged(*MIXED), Options())
    drawn = [part for part in parts(paper) if isinstance(part, Chart) and isinstance(part.data, Intervals)]
    assert drawn
    for chart in drawn:
        for reach in chart.data.reaches:
            assert reach.ends is not None
            assert reach.value is not None
            assert reach.ends[0] <= reach.value <= reach.ends[1]
            assert f"{reach.label}：{reach.told}" in chart.told


def test_one_county_has_every_gate_and_the_calendar_step_by_step(judged: Judge) -> None:
    result = judged(MIXED[0])
    paper = county_paper(result, Options())
    assert paper.answer.startswith("拒：")
    assert paper.tone == "bad"
    grid = only(paper, Grid, "逐项检查")
    (told,) = Counties.of(result, Options())[0].told([0])
    assert len(grid.rows) == len(told.view.checks)
    first = grid.rows[0]
    assert (first[0].text, first[1].text, first[1].tone) == ("发生率不超过2%", "不达标", "bad")
    assert "201/10000" in first[2].text
    assert "差 0.01 个百分点" in first[3].text
    assert "“原文”" in first[4].text
    assert first[5].text == "办"
    steps = only(paper, Steps).steps
    assert len(steps) == len(told.steps)
    dated = [step for step in told.steps if step.day is not None]
    chart = next(part for part in parts(paper) if isinstance(part, Chart) and isinstance(part.data, Timeline))
    assert [moment.day for moment in chart.data.moments] == [str(step.day) for step in dated]
    assert all(str(step.day) in chart.told for step in dated)


def test_nobody_to_show_is_a_page_too(judged: Judge) -> None:
    paper = county_paper(judged(*MIXED), Options(only="pass"))
    assert [row[0] for row in rows(only(paper, Grid, "逐项检查"))]
    assert "<html" in "".join(county_html(judged(*MIXED), Options(only="unknown", lang="en")))


class Reader(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_page_with_several_charts_has_every_id_once_and_no_style_and_nothing_of_the_data_is_markup(judged: Judge) -> None:
    hostile = [
        county(f'<img src=x onerror=alert(1)>"{name}', **cells)
        for name, cells in (("一", {"poor_population": 201}), ("二", {}), ("三", {"wrongly_exited": 30}))
    ]
    text = "".join(county_html(judged(*hostile), Options()))
    reader = Reader()
    reader.feed(text)
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert sum(tag == "svg" for tag, _ in reader.tags) >= 2
    assert not any("style" in attributes or any(name.startswith("on") for name in attributes) for _, attributes in reader.tags)
    assert not any(tag == "img" for tag, _ in reader.tags)
    assert text == "".join(county_html(judged(*hostile), Options()))


def test_what_a_page_has_no_room_for_is_counted(judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fupin_cli.report.paper.counties._ROWS", 35)
    many = judged(*(county(f"县{turn:04}", poor_population=150 + turn * 2, wrongly_exited=turn) for turn in range(36)))
    paper = county_paper(many, Options())
    matrix = only(paper, Grid, "县与门槛")
    assert len(matrix.rows) == 35
    assert "另有 1 个县没有列出" in matrix.note
    drawn = [part for part in parts(paper) if isinstance(part, Chart) and isinstance(part.data, Intervals)]
    assert drawn
    assert all(len(chart.data.reaches) == 30 for chart in drawn)
    assert {chart.note for chart in drawn} == {"图中只画前 30 项，另有 5 项见表。"}
