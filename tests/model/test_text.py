"""Folding and trimming: what two spellings have in common, and what is left of a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.model.cells import column_letter
from fupin_cli.model.nearest import nearest
from fupin_cli.model.text import fold, trim

SEARCH = settings(max_examples=100, deadline=None, database=None, derandomize=True)
#: What stands in registers: letters, digits and signs of both widths, Chinese, spaces that one sees and such that one does not.
WRITTEN = st.text(alphabet="aZ09()-/.,·年月日户编号人均纯收入（）ＡＺ０９，．￥ \t\n\u00a0\u3000\u200b\ufeff", max_size=20)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("户编号", "户编号"),
        ("务工时间（月）", "务工时间(月)"),
        ("县（市、区、旗）", "县(市、区、旗)"),
        (" 户 编\u3000号\u200b\n", "户编号"),
        ("ＡＢＣ１２３", "ABC123"),
        ("\ufeff年度", "年度"),
        ("人均\u00a0纯收入", "人均纯收入"),
        ("a\u00adb", "ab"),
    ],
)
def test_folding_makes_widths_equal_and_takes_spaces_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@SEARCH
@given(WRITTEN)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@SEARCH
@given(WRITTEN)
def test_two_spellings_that_differ_in_spaces_and_width_fold_to_one(text: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)
    assert fold("\u3000".join(text)) == fold(wide) == fold(text)


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [("\u3000张\u3000三\u200b", "张\u3000三"), ("ＡＢ", "ＡＢ"), ("", ""), (" \u00a0", ""), ("a", "a"), ("\ufeffa\n", "a")],
)
def test_trimming_touches_nothing_but_the_ends(text: str, trimmed: str) -> None:
    assert trim(text) == trimmed


@SEARCH
@given(WRITTEN)
def test_trimming_only_ever_cuts(text: str) -> None:
    assert trim(text) in text
    assert trim(trim(text)) == trim(text)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_a_spreadsheet(index: int, letters: str) -> None:
    assert column_letter(index) == letters


@SEARCH
@given(st.integers(0, 20_000))
def test_letters_count_columns_in_base_26_without_a_zero(index: int) -> None:
    total = 0
    for letter in column_letter(index):
        total = total * 26 + ord(letter) - ord("A") + 1
    assert total == index + 1


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("food_secured", ["food_secure", "water_safe"], "food_secure"),
        ("xyz", ["food_secure"], ""),
        ("a", [], ""),
        ("人均收入", ["人均纯收入", "家庭人口数"], "人均纯收入"),
    ],
)
def test_the_nearest_name_is_one_that_is_like_it_or_none(name: str, known: list[str], found: str) -> None:
    assert nearest(name, known) == found
