"""A paper as Markdown and as a workbook: what has no room is told, and nothing is made that nobody sees."""

import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from fupin_cli.report.markdown import MOST, plain, size
from fupin_cli.report.markdownpaper import paper_markdown
from fupin_cli.report.options import Options
from fupin_cli.report.paper.model import (
    Bundle,
    Cell,
    Column,
    Entry,
    Facts,
    Grid,
    Law,
    Lines,
    Paper,
    Part,
    Reason,
    Section,
    Subjects,
    Tile,
    Tiles,
)
from fupin_cli.report.workbook.paper import paper_workbook

#: How many entries were made.
MADE: list[int] = []


def entries(count: int, told: str = "缺水") -> Iterator[Entry]:
    for number in range(count):
        MADE.append(number)
        yield Entry(f"H{number}", ["甲"], "不符合", [Reason("water", "✗", "不达标", told)], "户!A2", [], "bad")


def subjects(*counts: int, told: str = "缺水") -> Subjects:
    bundles = [
        Bundle(f"结论{place}", "bad", count, lambda count=count: entries(count, told)) for place, count in enumerate(counts)
    ]
    laws = {"water": Law("饮水安全", "[plan] 一", "水", "", "修水")}
    return Subjects("逐个", "户编号", "结论", ["姓名"], bundles, laws, left_out=lambda count: f"还有 {count} 户")


def paper(*parts: Part) -> Paper:
    return Paper("zh", "题目", "一句话", "bad", ["规则包 small"], parts)


def text(*parts: Part, limit: int = 50) -> str:
    return "".join(paper_markdown(paper(*parts), Options(limit=limit)))


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    MADE.clear()


def test_the_answer_comes_first() -> None:
    assert text().startswith("# 题目\n\n**✗ 一句话**\n\n- 规则包 small\n")


def test_every_outcome_gets_its_share_and_the_rest_is_counted_and_not_even_made() -> None:
    told = text(subjects(100_000, 1, 7), limit=9)
    assert [told.count(f"**H{number}**") for number in range(5)] == [3, 2, 2, 2, 0]
    assert f"还有 {100_000 + 1 + 7 - 9} 户" in told
    assert len(MADE) < 20
    assert told.count("修水") == 1


def test_without_a_limit_it_stops_where_there_is_no_room_and_says_how_many_are_left() -> None:
    told = text(subjects(2000, told="字" * 1200), Section("依据", [Facts("", [("包", "small")])], aside=True), limit=0)
    shown = told.count("缺") + told.count("字" * 1200)
    assert 20 < shown < 60
    assert f"还有 {2000 - shown} 户" in told
    assert size(told) <= MOST
    assert told.endswith("</details>\n")
    assert "small" in told


def test_however_much_there_is_it_fits_a_comment_and_tells_what_is_missing() -> None:
    grids = [
        Grid(f"表{n}", [Column("甲"), Column("数", "number")], [[Cell("字" * 400), Cell("1", number=1)]] * 60) for n in range(9)
    ]
    told = text(*grids, Lines("", ["行" * 5000]))
    assert size(told) <= MOST
    assert "另有 10 行没有写出" in told
    assert "此处放不下，另有" in told


def test_a_table_without_rows_and_its_heading_are_left_out() -> None:
    assert "空表" not in text(Grid("空表", [Column("甲")], []))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("3. x", "3\\. x"),
        ("2020-01-01", "2020-01-01"),
        ("3.5", "3.5"),
        ("- x", "\\- x"),
        ("# x", "\\# x"),
        ("a|b", "a\\|b"),
        ("http://x.cn", "http:\u200b//x.cn"),
        ("WWW.x.cn", "WWW\u200b.x.cn"),
        ("@all", "@\u200ball"),
        ("[a](b)", "\\[a\\](b)"),
        ("a\r\n# b", "a # b"),
    ],
)
def test_a_text_is_shown_as_it_stands_and_leads_nowhere(data: str, told: str) -> None:
    assert plain(data) == told


def test_a_workbook_has_a_sheet_for_every_table_to_which_the_first_one_leads() -> None:
    grid = Grid("数字", [Column("名"), Column("数", "number")], [[Cell("=1+1"), Cell("3", number=3)]], "说明")
    book = load_workbook(
        io.BytesIO(paper_workbook(paper(Tiles("", [Tile("合计", "3 户", "100%")]), grid, Section("甲年", [grid]), subjects(2))))
    )
    assert book.sheetnames == ["汇总", "数字", "甲年 数字", "逐个"]
    first = book["汇总"]
    assert [first["A1"].value, first["A2"].value, first["A3"].value] == ["题目", "一句话", "规则包 small"]
    links = [cell.hyperlink.location for row in first.iter_rows() for cell in row if cell.hyperlink is not None]
    assert links == ["'数字'!A1", "'甲年 数字'!A1", "'逐个'!A1"]
    assert [[cell.value for cell in row] for row in book["数字"].iter_rows()] == [["名", "数"], ["=1+1", 3]]
    assert book["数字"]["A2"].data_type == "s"
    assert [cell.value for cell in book["逐个"][2]] == [
        "H0",
        "不符合",
        "甲",
        "户!A2",
        "✗ 饮水安全 缺水",
        "饮水安全 [plan] 一“水” 修水",
    ]
    assert book["逐个"].max_row == 3


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert paper_workbook(paper(subjects(3))) == paper_workbook(paper(subjects(3)))
