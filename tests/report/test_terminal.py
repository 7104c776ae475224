"""The report on a terminal: what is listed, what is left out and said so, and how wide it is."""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from fupin_cli.load.cells.grid import Grid
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.options import Options
from fupin_cli.report.terminal import print_result
from fupin_cli.tasks import Request, open_pack

TOP = [
    "户编号",
    "户主姓名",
    "年度",
    "人均纯收入",
    "不愁吃",
    "不愁穿",
    "义务教育有保障",
    "基本医疗有保障",
    "住房安全有保障",
    "饮水安全",
]
MEETS = ["是"] * 6
#: The pack is read once for all tests of this file.
PACK = cache(open_pack)
#: Tests of data quality have rules of their own; here there are none, which costs nothing.
NO_RULES = cache(lambda *_: replace(PACK(None, CHECK_EXIT.pack), standards={}))
Judge = Callable[..., Result]


@pytest.fixture(scope="module")
def judged() -> Judge:
    """Judges rows of one sheet, without a file, the same rows once."""
    known: dict[str, Result] = {}

    def judge(
        *rows: list[str | None], top: list[str] = TOP, path: str = "名册.xlsx", sheet: str = "户", **request: Any
    ) -> Result:
        key = repr((rows, top, path, sheet, request))
        if key not in known:
            grid = Grid(sheet)
            for number, row in enumerate([top, *rows], 1):
                grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
            source = SourceFile(path, "ab" * 32, "xlsx", "", [grid.sheet()])
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipeline.open_quality", NO_RULES)
                patch.setattr("fupin_cli.pipeline.read_files", lambda *_: ([source], []))
                known[key] = check(CHECK_EXIT, Request([path], **request))[0]
        return known[key]

    return judge


def printed(result: Result, *, width: int = 100, **options: Any) -> str:
    stream = io.StringIO()
    print_result(result, Options(**options), Console(file=stream, width=width, highlight=False, emoji=False, markup=False))
    return stream.getvalue()


def poor(key: int | str, **more: str) -> list[str | None]:
    return [str(key), more.get("name", f"样甲{key}"), "2018", more.get("income", "2000"), *MEETS]


def listed(text: str) -> list[str]:
    return re.findall(r"^  (\d{6}) ", text, re.MULTILINE)


def numbers(first: int, last: int) -> list[str]:
    return [f"{number:06}" for number in range(first, last + 1)]


def many(count: int) -> list[list[str | None]]:
    return [poor(number) for number in numbers(1, count)]


# --- what is listed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "limit", "shown"), [(3, 2, 2), (3, 3, 3), (3, 0, 3), (3, 50, 3), (52, 50, 50), (3, 1, 1)])
def test_the_first_households_are_listed_up_to_the_limit(count: int, limit: int, shown: int, judged: Judge) -> None:
    text = printed(judged(*many(count)), limit=limit)
    assert listed(text) == numbers(1, shown)
    left = f"另有 {count - shown} 户没有列出；--limit 0 全部列出，-o 文件.csv 或 -o 文件.json 导出。"
    assert (left in text) == (shown < count)
    assert f"不符合退出条件（{count} 户）" in text


def test_the_limit_is_fifty_unless_told_otherwise(judged: Judge) -> None:
    assert len(listed(printed(judged(*many(52))))) == 50


def test_what_was_left_out_is_said_in_english_too(judged: Judge) -> None:
    assert "2 households are left out; --limit 0 lists all" in printed(judged(*many(3)), limit=1, lang="en", width=200)


MIXED = [
    poor("000001"),
    poor("000002", income="3000"),
    [*poor("000003")[:3], None, *MEETS],
    poor("000004", income="2995"),
    poor("000005", income="2995.01"),
]


@pytest.mark.parametrize(
    ("only", "keys"),
    [
        (None, ["000001", "000004", "000003"]),
        ("fail", ["000001", "000004"]),
        ("unknown", ["000003"]),
        ("pass", ["000002", "000005"]),
    ],
)
def test_only_lists_what_is_asked_for(only: Any, keys: list[str], judged: Judge) -> None:
    text = printed(judged(*MIXED), only=only)
    assert listed(text) == keys
    assert "不符合退出条件 2   符合退出条件 2   待核实 1   共 5 户" in text


def test_a_limit_holds_for_what_only_asks_for(judged: Judge) -> None:
    text = printed(judged(*MIXED), only="pass", limit=1)
    assert listed(text) == ["000002"]
    assert "另有 1 户没有列出" in text


@pytest.mark.parametrize(
    ("income", "only", "words"),
    [
        ("3000", None, "全部符合，没有需要列出的户。"),
        ("3000", "fail", "没有符合 --only 的户。"),
        ("2000", "pass", "没有符合 --only 的户。"),
    ],
)
def test_where_none_is_to_be_listed_that_is_said(income: str, only: Any, words: str, judged: Judge) -> None:
    assert words in printed(judged(poor("000001", income=income)), only=only)


def test_a_household_without_a_number_is_known_by_its_place(judged: Judge) -> None:
    assert re.search(r"^  户!A2  样甲  2018年", printed(judged([None, "样甲", "2018", "2000", *MEETS])), re.MULTILINE)


def test_each_check_that_is_not_met_has_its_reason_clause_and_remedy(judged: Judge) -> None:
    text = printed(judged([*poor("000001", income="2994.99")[:4], "否", *MEETS[1:]]), width=300)
    assert (
        "    ✗ 人均纯收入稳定超过国家脱贫标准：人均纯收入 2994.99（户!D2），须超过 2995 元/人·年（未确认），差 0.01 元/人·年\n"
        in text
    )
    assert "      依据 [kaizhou] 四“年人均纯收入是否稳定超过国家脱贫标准” 建议：核实收入；确实不足的继续帮扶，不予退出\n" in text
    assert "    ✗ 不愁吃：不愁吃 否（户!E2）\n" in text
    assert "✓" not in text
    assert "不愁穿：" not in text


def test_all_details_list_the_checks_that_are_met_too(judged: Judge) -> None:
    assert printed(judged(poor("000001")), all_checks=True, width=300).count("✓") == 6


def test_the_problems_are_listed_errors_first_and_the_rest_is_counted(judged: Judge) -> None:
    rows = [poor(f"{at:06}", income="3,20O") for at in range(30)]
    result = judged(["合计"], *rows, top=[*TOP, "喜欢的颜色"])
    text = printed(result, width=300)
    assert "数据问题 32 个（错误 30，警告 0，提示 2）" in text
    assert text.count("“人均纯收入”的“3,20O”不是数字。 提示：检查字母 O 与数字 0、多余的文字；没有就留空。") == 20
    assert "另有 12 个没有列出；-o 文件.json 导出全部。" in text


def test_the_report_names_pack_hashes_parameters_and_assumptions(judged: Judge) -> None:
    result = judged(poor("000001"), settings={"exit_notice_days": "5"}, assumptions={"annual_plan": "是"})
    text = printed(result, width=200)
    for said in (
        f"规则包 national-2016 v1 · sha256 {result.pack.sha256[:12]}",
        "输入 名册.xlsx · sha256 abababababab",
        "国家脱贫标准（现价）：2018年 2995 元/人·年（未确认）",
        "退出公示天数：5 天（用户设定）",
        "空白的“纳入年度脱贫计划”按“是”计",
        "户（户，表头第 1 行）：读取 1 行 = 判定 1 + 隔离 0 + 跳过 0",
        "[anhui] 《贫困县退出实施意见》",
    ):
        assert said in text


# --- how it stands ------------------------------------------------------------------------------------------------------

LONG = "样" * 30 + "ABC𠮷" * 10
UNRULY = [
    poor("000001", name=LONG),
    poor("0" * 60, name="样 甲"),
    [*poor("000003")[:3], "3,20O" * 20, *MEETS],
    [None, "样é\u0301甲", "2018", None, *MEETS],
    poor("000005", name="ﾊﾝｶｸ👨‍👩‍👧"),
]


@pytest.mark.parametrize("width", [40, 41, 57, 100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_console_counting_chinese_double(width: int, lang: Any, judged: Judge) -> None:
    result = judged(*UNRULY, ["合计"], top=[*TOP, LONG], path="很长的文件夹名" * 8 + "/名册.xlsx", sheet="很长的工作表名称" * 3)
    for line in printed(result, width=width, lang=lang, all_checks=True).splitlines():
        assert cell_len(line) <= width, line


def test_a_console_of_forty_columns_loses_no_word(judged: Judge) -> None:
    result = judged(*UNRULY[:3])
    # A folded cell stands beside its figures, so that the order of the characters may change.
    narrow, wide = (Counter("".join(printed(result, width=width).split())) for width in (40, 400))
    assert narrow == wide


def test_the_columns_of_figures_stand_below_each_other(judged: Judge) -> None:
    lines = printed(judged(poor("000001"), [*poor("000002")[:4], "否", *MEETS[1:]]), width=80).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("检查项"))
    rows = [line.rstrip() for line in lines[start : start + 3]]
    assert [re.sub(" +", " ", row) for row in rows] == [
        "检查项 不达标 待核实",
        "人均纯收入稳定超过国家脱贫标准 2 0",
        "不愁吃 1 0",
    ]
    assert len({cell_len(row) for row in rows}) == 1


def test_nothing_but_text_is_written_where_there_is_no_terminal(judged: Judge) -> None:
    assert "\x1b" not in printed(judged(*MIXED), all_checks=True)


def test_colours_are_for_a_terminal(judged: Judge) -> None:
    stream = io.StringIO()
    console = Console(
        file=stream, width=100, force_terminal=True, color_system="standard", legacy_windows=False, no_color=False, _environ={}
    )
    print_result(judged(*MIXED), Options(), console)
    assert "\x1b[" in stream.getvalue()


STEERING = ["\x1b[2J样甲", "样\x1b]0;title\x07甲", "样\x9b31m甲", "样\x08\x08甲", "样\u202e甲"]


@pytest.mark.parametrize("mark", ["\x1b", "\x07", "\x08", "\x9b", "\u202e"])
def test_a_name_cannot_steer_the_terminal(mark: str, judged: Judge) -> None:
    rows = [[name, name, "2018", f"3,20O{name}", *MEETS] for name in STEERING]
    assert mark not in printed(judged(*rows, sheet="户" + "".join(STEERING)))


def test_a_name_is_never_markup(judged: Judge) -> None:
    names = ["[bold]样甲[/bold]", "[red]", "[/]", ":smile:", "[link=http://example.invalid]x[/link]"]
    stream = io.StringIO()
    result = judged(*(poor(f"{at:06}", name=name) for at, name in enumerate(names)))
    print_result(result, Options(), Console(file=stream, width=200))
    assert [name for name in names if name not in stream.getvalue()] == []


def test_a_line_end_in_a_name_does_not_start_a_new_household(judged: Judge) -> None:
    text = printed(judged(poor("000001", name="样甲\n  000002  样乙  2018年  户!A9")))
    assert listed(text) == ["000001"]
