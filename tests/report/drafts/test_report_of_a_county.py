"""A county's report on its own check: gates, rates, gaps and calendar are those of the JSON report; who signs is left blank."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from small_counties import county, pack, sheet
from word_reader import opened, part, parts, style_of, words

from fupin_cli.load.cells.folders import workbooks
from fupin_cli.model.job import CHECK_DATA
from fupin_cli.model.run import Result
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.drafts import counties
from fupin_cli.report.drafts.counties import county_draft
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request, open_pack

Judge = Callable[..., Result]
PACK = cache(open_pack)
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_DATA.pack), standards={}))
#: Late, with too many wrong exits, and nobody knows how many people live there; by the small pack's decision list 整改 or 不予退出.
LATE = county("晚县", applied_date="2018-12-16", wrongly_exited=30, rural_population="", works_completed_date="2019-02-01")
READY = county("好县")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder = tmp_path_factory.mktemp("counties")
    rules, known = pack(folder), dict[str, Result]()

    def judge(*rows: dict[str, Any]) -> Result:
        key = repr(rows)
        if key not in known:
            path = sheet(folder / f"{len(known)}.csv", rows)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipelines.batch.book.open_quality", NO_RULES)
                known[key] = check_counties(Request([path], rules=rules), workbooks([path]), Manner(jobs=1))[0]
        return known[key]

    return judge


def told(result: Result) -> list[dict[str, Any]]:
    """The JSON report with every check."""
    found: list[dict[str, Any]] = json.loads("".join(json_lines(result, Options(all_checks=True))))["results"]
    return found


#: Results live as long as the tests do.
DRAWN: dict[tuple[int, str], bytes] = {}


def drawn(result: Result, **options: Any) -> bytes:
    key = (id(result), repr(options))
    if key not in DRAWN:
        DRAWN[key] = county_draft(result, Options(**options))
    return DRAWN[key]


def test_every_gate_stands_as_in_the_json_report(judged: Judge) -> None:
    result = judged(LATE)
    [known] = told(result)
    statuses = {check["id"]: check["status"] for check in known["checks"] if check["severity"] == "gate"}
    words_ = {"pass": "达标", "fail": "不达标", "unknown": "待核实", "not_applicable": "不适用"}
    grid = part(drawn(result), "逐项自查情况").tables[0]
    assert [row[1] for row in grid[1:]] == ["发生率不超过2%", "按时申请", "错退率不超过2%", "增幅高于全省", "抽查通过"]
    assert [row[2] for row in grid[1:]] == [words_[status] for status in statuses.values()]
    assert [row[2] for row in grid[1:]] == ["待核实", "不达标", "不达标", "达标", "不适用"]
    assert all(row[5] == "[doc] 一" for row in grid[1:])


def test_a_gap_has_its_figures_the_quote_what_to_do_and_blanks_for_who_and_when(judged: Judge) -> None:
    result = judged(LATE)
    found = part(drawn(result), "存在问题和整改措施")
    gaps = {row[1].split("（")[0]: row for row in found.tables[0][1:]}
    assert [*gaps] == ["发生率不超过2%", "按时申请", "错退率不超过2%", "发现 建设完成"]
    row = gaps["错退率不超过2%"]
    # 30 of 1000 is 3 %, one point over 2 %.
    assert "30/1000" in row[2]
    assert "差 1 个百分点" in row[2]
    assert row[3] == "[doc] 一\n“原文”"
    assert row[4] == "办"
    assert row[5] == "责任单位：\n＿＿＿＿\n完成时限：\n＿＿＿＿"
    assert "有 4 项" in found.text


def test_a_rate_has_its_counts_interval_limit_and_what_the_sample_says(judged: Judge) -> None:
    found = part(drawn(judged(READY)), "主要指标")
    lines = {row[0]: row for row in found.tables[0][1:]}
    assert lines["贫困发生率"][1:4] == ["未脱贫人口 150 / 农村户籍人口 10000", "1.5%", "—"]
    wrong = lines["错退率"]
    assert wrong[1:3] == ["错退人口 5 / 抽样脱贫人口 1000", "0.5%"]
    # Clopper and Pearson for 5 of 1000, outwards: 0.1625 % and 1.1629 %.
    assert wrong[3] == "0.16% 至 1.17%（置信度 95%）"
    assert wrong[5] == "不超过 2%：达标"
    assert "样本足以断定达标" in found.text


def test_what_nobody_knows_is_no_rate(judged: Judge) -> None:
    lines = {row[0]: row for row in part(drawn(judged(LATE)), "主要指标").tables[0]}
    assert "农村户籍人口" in lines["贫困发生率"][1]
    assert lines["贫困发生率"][2:5] == ["—", "—", "—"]


def test_the_verdict_opens_the_report_with_what_it_may_be(judged: Judge) -> None:
    open_one = part(drawn(judged(LATE)), "自查结论").text
    assert "晚县2018年度的结论是：待核实（可能是不予退出、整改）" in open_one
    assert "农村户籍人口" in open_one
    assert "门槛 5 项：达标 1、不达标 2、待核实 1、不适用 1。" in open_one
    good = part(drawn(judged(READY)), "自查结论").text
    assert "好县2018年度的结论是：退出。" in good
    assert "报批。" in good


def test_the_calendar_has_each_step_with_its_day_or_a_blank(judged: Judge) -> None:
    grid = part(drawn(judged(county("县", city_reviewed_date=""))), "程序和日程").tables[0]
    assert [row[1] for row in grid[1:]] == ["县申请", "市初审"]
    assert grid[1][2] == "已办"
    assert grid[1][3].startswith("2018-12-10\n（")
    assert grid[2][3] == "＿＿＿＿"


def test_opinions_are_signed_and_sealed_and_papers_named_by_hand(judged: Judge) -> None:
    content = drawn(judged(READY))
    forms = dict(part(content, "审核意见和签章").tables[0])
    assert [*forms][1:] == [
        "县级扶贫开发领导小组意见（对资料和数据的真实性负责）", "县级党委、政府意见", "市级扶贫开发领导小组初审意见",
    ]  # fmt: skip
    assert all("＿＿" in text and "盖章" in text and "年" in text for text in list(forms.values())[1:])
    papers = part(content, "附件清单").tables[0]
    assert [row[1] for row in papers[1:]] == ["发生率不超过2%", "按时申请", "错退率不超过2%", "增幅高于全省", "抽查通过"]
    assert all("＿＿" in row[3] for row in papers[1:])
    assert part(content, "工作情况和成效").text.count("＿＿") > 3


def test_several_counties_have_an_overview_and_a_chapter_each_the_nearest_first(judged: Judge) -> None:
    content = drawn(judged(LATE, READY, county("拒县", poor_population=201)))
    chapters = [one.chapter for one in parts(content) if not one.heading and one.chapter]
    assert chapters == [*(f"{name}2018年度退出自查报告" for name in ("好县", "晚县", "拒县")), "编制说明"]
    overview = parts(content)[0].tables[0]
    assert [row[1] for row in overview[1:]] == ["好县", "晚县", "拒县"]
    assert [row[4:6] for row in overview[1:]] == [["0", "0"], ["2", "1"], ["1", "0"]]
    styles = [style_of(paragraph) for paragraph in opened(content).paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 4


def test_more_counties_than_anybody_reads_are_told(judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counties, "COUNTIES", 1)
    content = county_draft(judged(LATE, READY, county("拒县", poor_population=201)), Options())
    assert len([one for one in parts(content) if not one.heading and one.chapter]) == 1 + 1
    assert "前 1 个县各有一章，另有 2 个县只列在上表" in parts(content)[0].text
    assert len(parts(content)[0].tables[0]) == 1 + 3


def test_what_nobody_knows_is_to_be_found_out_before_it_is_put_right(judged: Judge) -> None:
    [_, *found] = part(drawn(judged(LATE)), "存在问题和整改措施").tables[0]
    first = {row[1].rpartition("（")[2].rstrip("）"): row[4].startswith("先补齐或核实数据；不达标的：") for row in found}
    assert first == {"不达标": False, "待核实": True}


def test_no_county_at_all_is_still_a_paper(judged: Judge) -> None:
    content = drawn(judged(LATE), only="pass")
    assert "共 0 份" in words(content)
    assert "晚县2018" not in words(content)


def test_the_same_result_gives_the_same_bytes(judged: Judge) -> None:
    result = judged(LATE, READY, county("拒县", poor_population=201))
    assert drawn(result) == county_draft(result, Options())


def test_a_county_may_be_called_anything(judged: Judge) -> None:
    name = '<b>=HYPERLINK("x")&amp;' + "长" * 200
    content = drawn(judged(county(name)))
    assert next(one.chapter for one in parts(content) if one.chapter) == f"{name}2018年度退出自查报告"


def test_in_english_no_word_of_ours_is_chinese(judged: Judge) -> None:
    content = drawn(judged(LATE), lang="en")
    headings = [one.heading for one in parts(content)]
    assert "Gate by gate" in headings
    assert not [character for heading in headings for character in heading if "\u4e00" <= character <= "\u9fff"]
