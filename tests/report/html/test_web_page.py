"""The web page of a check: its figures, what may run in it, and that nothing from the data can."""

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise, repeat
from pathlib import Path
from typing import Any

import pytest

from fupin_cli.load.cells.grid import Grid
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.html import page as web
from fupin_cli.report.html.checks import html_report
from fupin_cli.report.options import Options
from fupin_cli.report.paper.model import Blanks, Bundle, Entry, Law, Lines, Paper, Part, Reason, Step, Steps, Subjects
from fupin_cli.tasks import Request, open_pack

TOP = [
    "户编号", "户主姓名", "乡镇", "行政村", "年度", "人均纯收入", "不愁吃", "不愁穿", "义务教育有保障", "基本医疗有保障", "住房安全有保障",
    "饮水安全",
]  # fmt: skip
MEETS = ["是"] * 6
#: The pack is read once for all tests of this file.
PACK = cache(open_pack)
#: Rules of data quality have tests of their own; here there are none, which costs nothing.
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_EXIT.pack), standards={}))
Judge = Callable[..., Result]
#: Everything that a page is made of: elements and attributes of ours.
ELEMENTS = re.compile(
    "html|head|meta|title|link|style|body|a|header|h[1-5]|p|nav|[uo]l|li|main|section|d[ltd]|div|b|span|em|small|q|figure|figcaption|fieldset|legend|"
    "svg|g|path|text|desc|rect|table|caption|thead|tbody|t[rhd]|form|label|input|select|button|footer|script"
)
ATTRIBUTES = re.compile(
    "lang|charset|http-equiv|content|name|rel|href|id|class|aria-label|aria-labelledby|role|tabindex|scope|hidden|type|autocomplete|"
    "spellcheck|data-(all|shown|nothing|open|close|column|by)|viewbox|font-(family|size|weight)|fill|fill-opacity|"
    "stroke|stroke-(width|opacity|dasharray)|d|x|y|width|height|text-anchor"
)
#: Pages that were written, with their results.
PAGES: dict[tuple[Any, ...], tuple[Result, str]] = {}
VOID = {"meta", "link", "input", "path", "rect"}


@pytest.fixture(scope="module")
def judged() -> Judge:
    """Judges rows of one sheet, without a file, the same rows once."""
    known: dict[str, Result] = {}

    def judge(*rows: list[str | None], path: str = "名册.xlsx", sheet: str = "户", **request: Any) -> Result:
        key = repr((rows, path, sheet, request))
        if key not in known:
            grid = Grid(sheet)
            for number, row in enumerate([TOP, *rows], 1):
                grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
            source = SourceFile(path, "ab" * 32, "xlsx", "", [grid.sheet()])
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipeline.open_quality", NO_RULES)
                patch.setattr("fupin_cli.pipeline.read_files", lambda *_: ([source], []))
                known[key] = check(CHECK_EXIT, Request([path], **request))[0]
        return known[key]

    return judge


def household(
    key: str, income: str | None = "2000", *, town: str | None = "甲乡", village: str | None = "一村", **more: str
) -> Any:
    return [key, more.get("name", f"样甲{key}"), town, village, more.get("year", "2018"), income, *MEETS]


#: Of 2018, where the line is 2995: three below it or at it, two above, one unknown.
MIXED = [
    household("000001"),
    household("000002", "2995"),
    household("000003", "2995.01"),
    household("000004", None, village="二村"),
    household("000005", "1000", town="乙乡", village="三村"),
    household("000006", "9000", town="乙乡", village="三村"),
]


class Read(HTMLParser):
    """A page as a browser reads it: elements, attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag if tag not in VOID else self._inside

    def handle_data(self, data: str) -> None:
        self.texts.append((self._inside, data))

    @property
    def text(self) -> str:
        return "".join(text for inside, text in self.texts if inside not in ("script", "style"))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def written(result: Result, **options: Any) -> str:
    """The page, the same one once."""
    key = (id(result), *options.items())
    if key not in PAGES:
        # The result is kept, so that nothing else gets its id.
        PAGES[key] = (result, "".join(html_report(result, Options(**options))))
    return PAGES[key][1]


def rows(text: str) -> list[list[str]]:
    """The cells of the subjects listed, each without what is folded."""
    body = text.split('class="subjects"', 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return [
        [re.split(r"<small>|<ul>", cell)[0].strip() for cell in re.split(r"<td>", row)]
        for row in re.split(r'<tr class=".">', body)[1:]
    ]


def keys(text: str) -> list[str]:
    return [row[0].removeprefix('<th scope="row">') for row in rows(text)]


# --- figures ------------------------------------------------------------------------------------------------------------


def test_the_answer_and_the_tiles_have_the_counts(judged: Judge) -> None:
    text = written(judged(*MIXED))
    assert '<p class="answer bad">6 户：不符合退出条件 3、符合退出条件 2、待核实 1。</p>' in text
    tiles = re.findall(r'<div class="(\w+)"><dt>(.*?)</dt><dd><b>(.*?)</b>(?: <span>(.*?)</span>)?', text)
    assert tiles == [
        ("plain", "总数", "6 户", ""),
        ("bad", "不符合退出条件", "3 户", "50%"),
        ("good", "符合退出条件", "2 户", "33.3%"),
        ("open", "待核实", "1 户", "16.7%"),
    ]


def test_what_stops_whom_is_counted_by_check(judged: Judge) -> None:
    text = written(judged(*MIXED))
    assert "最多的一项是“人均纯收入稳定超过国家脱贫标准”（不达标 3 户，待核实 1 户）。" in text
    assert (
        '<td class="long plain">人均纯收入稳定超过国家脱贫标准</td><td class="number bad">3</td><td class="number open">1</td>'
        in text
    )
    assert "<title>" in text.split('class="charts"')[1]


def test_places_have_the_counts_of_their_households(judged: Judge) -> None:
    text = written(judged(*MIXED))
    tables = [part.split("<tbody>")[1].split("</tbody>")[0] for part in text.split('class="shades"')[1:]]
    towns, villages = ([re.findall(r">([^<>]+)</t[hd]>", row) for row in table.strip().split("\n")] for table in tables)
    assert towns == [["甲乡", "4", "2（50%）", "1（25%）", "1（25%）"], ["乙乡", "2", "1（50%）", "1（50%）", "0"]]
    assert villages == [
        ["甲乡", "一村", "3", "2（66.7%）", "1（33.3%）", "0"],
        ["甲乡", "二村", "1", "0", "0", "1（100%）"],
        ["乙乡", "三村", "2", "1（50%）", "1（50%）", "0"],
    ]
    assert 'class="number bad d6"' in tables[1]
    assert 'class="number open d8"' in tables[1]


def test_those_that_pass_are_counted_and_all_others_listed_with_their_place(judged: Judge) -> None:
    text = written(judged(*MIXED))
    assert rows(text) == [
        ['<th scope="row">000001', "样甲000001", "甲乡", "一村", "不符合退出条件", ""],
        ['<th scope="row">000002', "样甲000002", "甲乡", "一村", "不符合退出条件", ""],
        ['<th scope="row">000005', "样甲000005", "乙乡", "三村", "不符合退出条件", ""],
        ['<th scope="row">000004', "样甲000004", "甲乡", "二村", "待核实", ""],
    ]
    assert "达到标准的只计数，不逐个列出（符合退出条件 2 户）。" in text


def test_a_row_opens_to_value_cell_margin_and_clause(judged: Judge) -> None:
    text = written(judged(*MIXED))
    assert "不达标：人均纯收入 2000（户!F2），须超过 2995 元/人·年（未确认），差 995 元/人·年" in text
    assert "恰好等于标准" in text
    row = next(line for line in text.split("<tr") if "000001" in line)
    anchor = re.search(r'<a href="#([\w-]+)">(.*?)</a>', row)
    assert anchor is not None
    law = text.split(f'<div id="{anchor[1]}">')[1].split("</div>")[0]
    assert f"<dd>{anchor[2]}<q>" in law
    assert "建议：" in law


@pytest.mark.parametrize(
    ("only", "wanted"),
    [("fail", ["000001", "000002", "000005"]), ("unknown", ["000004"]), ("pass", ["000003", "000006"])],
)
def test_only_lists_what_is_asked_for_and_counts_all(only: Any, wanted: list[str], judged: Judge) -> None:
    text = written(judged(*MIXED), only=only)
    assert keys(text) == wanted
    assert "6 户：不符合退出条件 3、符合退出条件 2、待核实 1。" in text
    assert "上面的数字是全部的" in text


def test_the_year_stands_beside_the_household_where_there_are_several(judged: Judge) -> None:
    text = written(judged(household("000001"), household("000002", year="2020")))
    assert [row[4] for row in rows(text)] == ["2018", "2020"]


def test_everything_that_the_report_rests_on_is_named(judged: Judge) -> None:
    result = judged(*MIXED, assumptions={"food_secure": "是"})
    text = Read(written(result)).text
    for said in (
        result.pack.sha256, "ab" * 32, "national-2016 v1", "国家脱贫标准（现价）：2018年 2995 元/人·年（未确认）", "空白的“不愁吃”按“是”计",
        "户（户，表头第 1 行）：读取 6 行 = 判定 6 + 隔离 0 + 跳过 0", "[kaizhou] 《瞄准贫困人口精准发力",
    ):  # fmt: skip
        assert said in text, said


def test_problems_of_reading_stand_with_their_cell_and_what_to_do(judged: Judge) -> None:
    text = written(judged(household("000001", "3,20O")))
    grid = text.split("数据问题 1 个（错误 1，警告 0，提示 0）</h2>")[1].split("</table>")[0]
    assert '<td class="status bad">错误</td>' in grid
    assert "户!F2" in grid


def test_the_page_speaks_english(judged: Judge) -> None:
    text = written(judged(*MIXED), lang="en")
    assert '<html lang="en">' in text
    assert re.search(r"6 households: .* 3, .* 2, Undetermined 1\.", text)
    outside = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "不符合" not in outside


# --- nothing, one, many ---------------------------------------------------------------------------------------------------


def test_nobody_to_list_is_said(judged: Judge) -> None:
    text = written(judged(household("000001", "9000")))
    assert '<p class="answer good">1 户，全部为“符合退出条件”。</p>' in text
    assert "全部符合，没有需要列出的户。" in text
    assert "<form" not in text


def test_a_row_without_a_verdict_is_said_in_the_answer(judged: Judge) -> None:
    text = written(judged(household("000001", "9000"), household("000001", "9000")))
    assert "另有 2 行没有得到结论，原因见数据问题。" in text
    assert 'class="answer bad"' in text


def test_a_household_without_place_and_number_is_known_by_its_row(judged: Judge) -> None:
    text = written(judged([None, "样甲", None, None, "2018", "1", *MEETS], household("000002", "1", town=None, village=None)))
    assert rows(text)[0][:3] == ['<th scope="row">户!A2', "样甲", "不符合退出条件"]
    assert 'class="shades"' not in text


def test_long_names_stay_whole(judged: Judge) -> None:
    name = "很" * 200
    assert rows(written(judged(household("000001", name=name))))[0][1] == name


def entries(label: str) -> Iterator[Entry]:
    return repeat(Entry("000001", ["样甲"], label, [Reason("income", "✗", "不达标", "人均纯收入 2000", "bad")], tone="bad"))


def long_list(*counts: int) -> Paper:
    def some(count: int) -> Callable[[], Iterator[Entry]]:
        return lambda: (entry for entry, _ in zip(entries("不符合"), range(count), strict=False))

    bundles = [Bundle(f"结论{place}", "bad", count, some(count)) for place, count in enumerate(counts)]
    laws = {"income": Law("人均纯收入", "[a] 一", "引文", "", "办法")}
    subjects = Subjects("名单", "编号", "结论", ["姓名"], bundles, laws, left_out=lambda count: f"还有 {count} 户")
    return Paper("zh", "题", "答", "bad", [], [subjects])


def test_what_has_no_room_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LIMIT", 300_000)
    text = "".join(web.page(long_list(100_000, 3, 100_000)))
    assert len(text.encode()) < 300_000
    listed = len(keys(text))
    assert listed > 500
    assert f"还有 {200_003 - listed} 户" in text
    counted = re.findall(r"结论\d ([\d]+)(?:，列出 (\d+))?", text)
    assert counted[1] == ("3", "")
    first, last = (int(shown) for _, shown in (counted[0], counted[2]))
    assert first + 3 + last == listed
    # Neither of the two large ones is there at the other's cost.
    assert abs(first - last) <= 1


def test_all_have_room_where_they_are_few() -> None:
    text = "".join(web.page(long_list(40, 2)))
    assert len(keys(text)) == 42
    assert "还有" not in text
    assert "，列出" not in text


def test_a_page_is_smaller_than_three_megabytes() -> None:
    assert web.LIMIT <= 3_000_000


# --- what may run -----------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "</style><b>", "{{7*7}}", "&lt;b&gt;&amp;",
    "' onclick='x", "<!--", "]]>",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(judged: Judge) -> str:
    """A page of names that would rather be elements."""
    evil = [[f"{place:06} {text}", text, text, f"{text}村", "2018", "1", *MEETS] for place, text in enumerate(HOSTILE)]
    result = judged(*evil, [*household("000099")[:5], HOSTILE[0], *MEETS], path=f"{HOSTILE[1]}.xlsx", sheet=HOSTILE[0][:31])
    return written(result)


def test_texts_from_the_data_stay_texts(hostile: str) -> None:
    read = Read(hostile)
    assert {tag for tag, _ in read.elements if not ELEMENTS.fullmatch(tag)} == set()
    assert {name for _, attributes in read.elements for name in attributes if not ATTRIBUTES.fullmatch(name)} == set()
    # Names of places are read without blanks.
    shown = read.text.replace(" ", "")
    for text in HOSTILE:
        assert shown.count(text.replace(" ", "")) >= 3, text
    assert Counter(tag for tag, _ in read.elements)["script"] == 1


def test_only_the_style_and_the_script_of_ours_may_run(hostile: str) -> None:
    policies = [one["content"] for one in Read(hostile).all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    assert policies[0] is not None
    found = dict(part.strip().split(" ", 1) for part in policies[0].split(";"))
    for name, element in (("script-src", "script"), ("style-src", "style")):
        inside = re.findall(rf"<{element}>(.*?)</{element}>", hostile, re.DOTALL)
        assert len(inside) == 1
        assert found[name] == f"'sha256-{b64encode(sha256(inside[0].encode()).digest()).decode()}'"
    assert {name: value for name, value in found.items() if not name.endswith("e-src") and name != "script-src"} == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_page_loads_nothing_and_leads_nowhere(hostile: str) -> None:
    links = [
        str(attributes[name])
        for _, attributes in Read(hostile).elements
        for name in ("href", "src", "action")
        if name in attributes
    ]
    assert all(link == "data:," or link.startswith("#") for link in links)
    assert "url(" not in hostile
    assert "@import" not in hostile


def test_every_link_has_its_target_and_every_id_is_there_once(hostile: str) -> None:
    read = Read(hostile)
    ids = [str(attributes["id"]) for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {str(one["aria-labelledby"]) for _, one in read.elements if "aria-labelledby" in one}
    assert named | {str(one["href"])[1:] for one in read.all("a")} <= set(ids)


def test_numbers_of_persons_are_masked_wherever_they_stand(judged: Judge) -> None:
    number, phone = "110101199001011237", "13800138000"
    text = written(
        judged(household(number, name=f"甲{number}", town=phone, village=number), path=f"{number}.xlsx", sheet=number),
        all_checks=True,
    )
    assert number not in text
    assert phone not in text
    assert "1101****" in text


def test_the_same_result_gives_the_same_page(judged: Judge) -> None:
    again = "".join(html_report(judged(*MIXED), Options()))
    assert written(judged(*MIXED)) == again


# --- parts --------------------------------------------------------------------------------------------------------------


def test_steps_blanks_and_lines_of_any_paper_are_written() -> None:
    parts: Sequence[Part] = [
        Lines("行", ["<甲>"]),
        Steps("步", [Step("公示", "2018-01-01", "已办", "good", "条款")]),
        Blanks("签字", ["户主"]),
    ]
    text = "".join(web.page(Paper("zh", "题", "答", "plain", ["副题"], parts)))
    assert "<li>&lt;甲&gt;</li>" in text
    assert '<li class="good"><b>公示</b> <span>2018-01-01</span> <em>已办</em><p class="small">条款</p></li>' in text
    assert "<dt>户主</dt><dd>（待填）</dd>" in text
    assert text.count("<h2 ") == len(parts)


def test_headings_go_down_one_level_at_a_time(judged: Judge) -> None:
    levels = [int(tag[1]) for tag, _ in Read(written(judged(*MIXED))).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert levels.count(1) == 1


# --- several tables -------------------------------------------------------------------------------------------------------


def test_every_table_and_every_finding_of_all_checks_is_on_the_page(fupin: Any, samples: Path, tmp_path: Path) -> None:
    page = tmp_path / "all.html"
    done = fupin("check-all", samples / "households.xlsx", "-o", page, "-o", tmp_path / "all.json", "--quiet")
    assert done.returncode == 1, done.stderr
    text, told = page.read_text("utf-8"), json.loads((tmp_path / "all.json").read_text("utf-8"))
    counted = told["summary"]["by_standard"]
    tiles = [re.findall(r"<b>(\d+) ", part.split("</dl>")[0]) for part in text.split('class="tiles"')[1:]]
    assert tiles == [[str(one["subjects"]), *map(str, one["outcomes"].values())] for one in counted]
    findings = text.split('class="subjects"')[-1]
    for table, named in (("household", "户"), ("person", "人")):
        fails = [one["checks"].values() for one in counted if one["standard"] == f"{table}-quality"]
        assert findings.count(f"<td>{named}<td>") == sum(status["fail"] for checks in fails for status in checks) > 0
