"""A result in words: values of every type, thresholds and margins to the cent, and what is not confirmed says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from fupin_cli.load.cells.grid import Grid
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words
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
Speak = Callable[..., Words]


def source(path: str, *rows: list[str | None], top: list[str] = TOP, sheet: str = "户") -> SourceFile:
    grid = Grid(sheet)
    for number, row in enumerate([top, *rows], 1):
        grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
    return SourceFile(path, sha256(path.encode()).hexdigest(), "xlsx" if sheet else "csv", "", [grid.sheet()])


def cells_of(file: SourceFile) -> object:
    return file.path, [column.text.to_pylist() for sheet in file.sheets for column in sheet.columns]


@pytest.fixture(scope="module")
def speak() -> Speak:
    """The words for files that are judged without being written, each set of files once."""
    known: dict[str, Result] = {}

    def judge(*files: SourceFile, lang: Any = "zh", mask: bool = True, **request: Any) -> Words:
        key = repr(([cells_of(file) for file in files], request))
        if key not in known:
            found = {file.path: file for file in files}
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", PACK)
                patch.setattr("fupin_cli.pipeline.open_quality", NO_RULES)
                patch.setattr("fupin_cli.pipeline.read_files", lambda paths, *_: ([found[path] for path in paths], []))
                known[key] = check(CHECK_EXIT, Request(list(found), **request))[0]
        return Words(known[key], Options(lang, mask=mask))

    return judge


def household(income: str | None, year: str = "2018", key: str = "1") -> list[str | None]:
    return [key, "样甲", year, income, *MEETS]


def reason(words: Words, name: str = "income", index: int = 0) -> str:
    [view] = words.result.groups[0].main.views([index])
    return words.reason(next(one for one in view.checks if one.name == name))


MARGINS = {
    "2994.99": ("差 0.01 元/人·年", "short by 0.01 yuan per person and year"),
    "2995": ("恰好等于标准", "exactly at the limit"),
    "2995.00": ("恰好等于标准", "exactly at the limit"),
    "2995.01": ("余 0.01 元/人·年", "spare 0.01 yuan per person and year"),
    "2000": ("差 995 元/人·年", "short by 995 yuan per person and year"),
    "-5": ("差 3000 元/人·年", "short by 3000 yuan per person and year"),
    "3000.5": ("余 5.5 元/人·年", "spare 5.5 yuan per person and year"),
}


@pytest.mark.parametrize("income", MARGINS)
def test_the_margin_is_told_to_the_cent_in_both_languages(income: str, speak: Speak) -> None:
    read = source("a", *(household(each, key=each) for each in MARGINS))
    at, shown = [*MARGINS].index(income), f"{Decimal(income).normalize():f}"
    zh, en = MARGINS[income]
    told = reason(speak(read), index=at)
    assert told == f"人均纯收入 {shown}（户!D{at + 2}），须超过 2995 元/人·年（未确认），{zh}"
    told = reason(speak(read, lang="en"), index=at)
    assert told == f"income per capita {shown} (户!D{at + 2}), must be over 2995 yuan per person and year (unconfirmed), {en}"


@pytest.mark.parametrize(("index", "met"), [(0, True), (1, False)])
def test_a_margin_below_a_cent_is_not_told_as_exactly_at_the_limit(index: int, met: bool, speak: Speak) -> None:
    words = speak(source("a", household("2995.001", key="1"), household("2994.999", key="2")))
    [view] = words.result.groups[0].main.views([index])
    assert (next(one.status for one in view.checks if one.name == "income") == "pass") == met
    assert "恰好" not in reason(words, index=index)


LINES = {"2016": "2952", "2017": "2952", "2018": "2995", "2019": "3218", "2020": "4000"}


@pytest.mark.parametrize("year", LINES)
def test_the_threshold_is_that_of_the_households_year(year: str, speak: Speak) -> None:
    words = speak(source("a", *(household("9999", each) for each in LINES)))
    assert f"须超过 {LINES[year]} 元/人·年（未确认）" in reason(words, index=[*LINES].index(year))


def test_a_threshold_that_the_user_set_is_not_called_unconfirmed(speak: Speak) -> None:
    words = speak(source("a", household("2995")), settings={"poverty_line": "2995"})
    assert reason(words) == "人均纯收入 2995（户!D2），须超过 2995 元/人·年，恰好等于标准"
    assert words.parameter("poverty_line") == "国家脱贫标准（现价）：2995 元/人·年（用户设定）"


def test_a_year_without_a_threshold_says_so(speak: Speak) -> None:
    assert reason(speak(source("a", household("9999", "2021")))) == "人均纯收入 9999（户!D2），没有适用的国家脱贫标准（现价）"


def test_the_years_of_several_thresholds_are_told(speak: Speak) -> None:
    words = speak(source("a", household("1", "2016", "1"), household("1", "2018", "2"), household("1", "2020", "3")))
    assert words.parameter("poverty_line") == (
        "国家脱贫标准（现价）：2016年 2952 元/人·年（未确认）；2018年 2995 元/人·年（未确认）；2020年 4000 元/人·年（未确认）"
    )


WHY = {None: "空白", "3,20O": "读不出", "-0": "0", "1e3": "读不出"}


@pytest.mark.parametrize("income", WHY)
def test_a_value_that_is_not_there_says_why(income: str | None, speak: Speak) -> None:
    at = [*WHY].index(income)
    words = speak(source("a", *(household(each, key=str(key)) for key, each in enumerate(WHY))))
    assert reason(words, index=at).split("，")[0] == f"人均纯收入 {WHY[income]}（户!D{at + 2}）"


def test_a_column_that_is_not_there_is_called_that(speak: Speak) -> None:
    words = speak(source("a", ["1", "2018", "是"], top=["户编号", "年度", "不愁吃"]))
    assert reason(words, "water") == "饮水安全 没有这一列"
    assert reason(words, "food") == "不愁吃 是（户!C2）"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "空白", "blank"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (0, "0", "0"),
        (4, "4", "4"),
        (Decimal("2995.000000"), "2995", "2995"),
        (Decimal("0.010000"), "0.01", "0.01"),
        (Decimal("-5.50"), "-5.5", "-5.5"),
        (Decimal("1E+3"), "1000", "1000"),
        (Decimal(100), "100", "100"),
        (date(2018, 5, 1), "2018-05-01", "2018-05-01"),
        ("A", "A", "A"),
        ("34990019900101001X", "3499****", "3499****"),
    ],
)
def test_values_of_every_type_in_both_languages(value: Any, zh: str, en: str, speak: Speak) -> None:
    assert speak(source("a", household("1"))).value(value) == zh
    assert speak(source("a", household("1")), lang="en").value(value) == en


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("0.00", "0"), ("10", "10"), ("100.00", "100"), ("1E+2", "100"), ("0.000001", "0.000001"), ("-0.10", "-0.1")],
)
def test_a_number_has_no_trailing_zeros_and_no_exponent(value: str, text: str) -> None:
    assert number_text(Decimal(value)) == text


def test_without_mask_a_text_stays_as_it_is(speak: Speak) -> None:
    assert speak(source("a", household("1")), mask=False).value("34990019900101001X") == "34990019900101001X"


def test_a_cell_names_its_file_only_where_there_are_several(speak: Speak) -> None:
    first, second = source("a.xlsx", household("2000")), source("b/名册.csv", household("2001", key="2"), sheet="")
    assert reason(speak(first)).startswith("人均纯收入 2000（户!D2）")
    both = speak(first, second)
    assert reason(both).startswith("人均纯收入 2000（a.xlsx 户!D2）")
    assert reason(both, index=1).startswith("人均纯收入 2001（b/名册.csv D2）")
    assert both.place(Address(1, "", 2, "D")) == "b/名册.csv D2"


def test_at_most_six_cells_are_named_in_a_sentence(speak: Speak) -> None:
    words = speak(source("a", household("1")))
    places = [Address(0, "户", row, "D") for row in range(2, 10)]
    assert words.cells([]) == ""
    assert words.cells(places[:1]) == "（户!D2）"
    assert words.cells(places[:6]) == "（户!D2、户!D3、户!D4、户!D5、户!D6、户!D7）"
    assert words.cells(places[:7]) == "（户!D2、户!D3、户!D4、户!D5、户!D6、户!D7…）"


def test_what_is_missing_is_told_with_its_reason_and_place(speak: Speak) -> None:
    words = speak(source("a", [*household(None)[:9], "也许"]))
    [view] = words.result.groups[0].main.views([0])
    assert words.missing(view.missing) == "补齐或核实即可判定：人均纯收入（户!D2 空白）；饮水安全（户!J2 读不出）"


def test_a_disagreement_names_both_cells(speak: Speak) -> None:
    top = [*TOP[:8], "住房鉴定等级", "危房户", "饮水安全"]
    words = speak(source("a", [*household("3000")[:8], "D", "否", "是"], top=top))
    [view] = words.result.groups[0].main.views([0])
    assert words.missing(view.missing) == "补齐或核实即可判定：住房安全有保障（户!I2、户!J2 说法不一）"
    problem = next(one for one in words.result.problems if one.code == "sources-disagree")
    assert words.problem(problem)[0] == "“住房安全有保障”有两个来源，说法不一（另一处 户!J2），按未知处理。"


def test_a_problem_has_its_words_and_its_next_step_in_both_languages(speak: Speak) -> None:
    problem = Problem(
        "code-unknown-near",
        "error",
        Address(0, "户", 2, "F"),
        "household",
        "household_category",
        "一般贫因户",
        facts={"nearest": "一般贫困户"},
    )
    assert speak(source("a", household("1"))).problem(problem) == (
        "“贫困户属性”的“一般贫因户”不在代码表中。",
        "最接近的是“一般贫困户”。",
    )
    english = speak(source("a", household("1")), lang="en").problem(problem)
    assert english == ("household category: “一般贫因户” is not in its code list.", "The nearest is “一般贫困户”.")


def test_braces_in_a_cell_are_text(speak: Speak) -> None:
    problem = Problem("number-unreadable", "error", Address(0, "户", 2, "D"), "household", "income_per_capita", "{value}{0}{")
    assert "“{value}{0}{”" in speak(source("a", household("1"))).problem(problem)[0]
