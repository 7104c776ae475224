"""Columns of cells to columns of values: the quick way and the careful way say the same, and a bad cell says which row it is."""

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.convert import Converted, convert
from fupin_cli.load.tables.headers import read_header, top_of
from fupin_cli.load.tables.part import read_part
from fupin_cli.model.cells import GridColumn, Kind, Sheet, SourceFile
from fupin_cli.model.columns import Column
from fupin_cli.model.problem import Address
from fupin_cli.model.readers import Cell
from fupin_cli.model.tables import arrow_type, fields

Given = tuple[str | None, Kind]
HOUSEHOLD, PERSON = fields("household"), fields("person")
#: One field of every form, and where a form has bounds one for each way they can be.
FIELDS: dict[str, Column] = {
    "text": HOUSEHOLD["head_name"],
    "id-number": PERSON["id_number"],
    "phone": PERSON["phone"],
    "yes-no": HOUSEHOLD["water_safe"],
    "number-from-zero": HOUSEHOLD["wage_income"],
    "number-below-zero": HOUSEHOLD["income_per_capita"],
    "number-small": PERSON["months_worked"],
    "count": HOUSEHOLD["household_size"],
    "year": HOUSEHOLD["year"],
    "date": PERSON["birth_date"],
    "items": HOUSEHOLD["exclusion_items"],
    "code": HOUSEHOLD["housing_grade"],
    "codes": PERSON["health"],
}
YUAN, WAN = Decimal(1), Decimal(10_000)
WIDER = int(os.environ.get("FUPIN_SEARCH", "0"))


def searching(examples: int) -> settings:
    return settings(
        max_examples=examples * max(WIDER, 1),
        deadline=None,
        database=None,
        derandomize=not WIDER,
        suppress_health_check=[HealthCheck.too_slow],
    )


def grid(cells: Sequence[Given]) -> GridColumn:
    return GridColumn(pa.array([text for text, _ in cells], pa.string()), pa.array([int(kind) for _, kind in cells], pa.uint8()))


def texts(*given: str | None) -> GridColumn:
    return grid([(text, Kind.BLANK if text is None else Kind.TEXT) for text in given])


def one_by_one(cells: Sequence[Given], column: Column) -> tuple[list[Any], dict[int, str]]:
    """What the field's own reader says of each cell."""
    values: list[Any] = []
    unread: dict[int, str] = {}
    for row, (text, kind) in enumerate(cells):
        try:
            values.append(column.adapter.validate_python(Cell(text or "", kind)))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            beyond = "value-zero" if first["input"] == 0 and column.smallest == 1 else "value-out-of-range"
            unread[row] = beyond if first["type"].endswith("_equal") else first["type"]
            values.append(None)
    return values, unread


def codes(done: Converted) -> dict[int, str]:
    return {row: unread.code for row, unread in done.unread.items()}


# --- both ways say the same ---------------------------------------------------------------------------------------------

#: Texts that sit on the edges of what is plain.
EDGES = [
    "0", "-0", "00", "007", "-1", "+5", "4", "4.0", "4人", "50", "51", "120", "121", "2995", "2995.00", "2995.000000", "2995.0000005", "2995.0000015",
    "0.1234567", "99999999999", "99999999999.999999", "100000000", "100000000.000001", "100000001", "-10000000", "-10000000.000001", "1e5", "1E400", "NaN", "inf", "1_000",
    "３２００", "٣٢٠٠", "3,200.5", "3，200.5", "3,20", "￥3200", "￥3200元", "3200元", "3,20O", ".5", "5.", "--5", "无", "-", "—", "/", "", " ", "　", "\u200b",
    "是", "否", "有", "√", "×", "TRUE", "A", "D级", "Ａ", "E", "健康", "健康,残疾", "残疾、健康", "大病", "患病", "2018", "2018年", "2018年度", "2018.0", "1899", "2101", "18",
    "2018-05-01", "2018/5/1", "2018.5.1", "2018年5月1日", "20180501", "2018-02-30", "201912", "2019年12月", "43221", "0", "99999", "2018-05-01 00:00:00", "19800101.0",
    "样赵甲", " 样赵甲 ", "样赵甲\u00a0", "样\u00a0赵", "NA", "null", "a b", "O'Neil", "349900010001", "1234567890123456", "12345678901234567", "=1+1", "欧阳·样", "样（甲）", "样(甲)",
    "34990019900101001X", "34990019900101001x", "３４９９００１９９００１０１００１Ｘ", "349900199001010000", "34990019900101000X", "349900199001010010", "349900199001011000",
    "349900900101001", "999999199001010015", "99999919900101001X", "34990019900101001X12", "34990019900101001X1234", "3.49900199001010E+17", "034990019900101001",
    "34990019900101001 X", "13800000000", "138-0000-0000", "0564-1234567", "#REF!", "=A1+B1",
]  # fmt: skip
kinds = st.sampled_from([Kind.TEXT] * 6 + [Kind.NUMBER] * 3 + [Kind.DATE, Kind.BOOL, Kind.ERROR, Kind.UNCALCULATED])
anything = st.one_of(
    st.sampled_from(EDGES),
    st.text("0123456789", min_size=1, max_size=30),
    st.decimals(min_value=-(10**9), max_value=10**9, places=3).map(lambda value: f"{value:f}"),
    st.text("0123456789.,-+XxeE 元人年月日/样是否A", max_size=20),
    st.text(max_size=8),
)
plain = {
    "number": st.one_of(
        st.integers(-(10**8), 10**8 + 9).map(str),
        st.decimals(min_value=-(10**7), max_value=10**8, places=6).map(lambda value: f"{value:f}"),
        st.from_regex(r"-?[0-9]{1,11}(\.[0-9]{1,6})?", fullmatch=True, alphabet="0123456789.-"),
    ),
    "count": st.from_regex(r"[0-9]{1,9}", fullmatch=True, alphabet="0123456789") | st.integers(0, 52).map(str),
    "text": st.text("样赵甲0123456789Aa·()/#-", min_size=1, max_size=20),
    "id-number": st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True, alphabet="0123456789X"),
}
blank = st.just((None, Kind.BLANK))
mixed = st.lists(st.one_of(blank, st.tuples(anything, kinds)), min_size=1, max_size=8)


def pure(form: str) -> st.SearchStrategy[list[Given]]:
    """Columns that the quick way takes, now and then with one cell that it must not take."""
    of = [Kind.TEXT] if form in ("text", "id-number") else [Kind.TEXT, Kind.NUMBER]
    good = st.one_of(blank, st.tuples(plain[form], st.sampled_from(of)))
    return st.lists(good, min_size=1, max_size=8) | st.builds(
        lambda a, b: [*a, b], st.lists(good, max_size=5), st.tuples(anything, kinds)
    )


@pytest.mark.parametrize("form", FIELDS)
@searching(25)
@given(data=st.data())
def test_a_column_says_what_each_of_its_cells_says(form: str, data: st.DataObject) -> None:
    column = FIELDS[form]
    shapes = [mixed, pure(column.form.name)] if column.form.name in plain else [mixed]
    cells = data.draw(st.one_of(shapes))
    values, unread = one_by_one(cells, column)
    done = convert(grid(cells), column, YUAN)
    assert done.values.type == arrow_type(column.form)
    assert done.values.to_pylist() == values
    assert codes(done) == unread


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NUMBER])
@pytest.mark.parametrize("form", FIELDS)
def test_edges_are_read_alike_alone_and_among_others(form: str, kind: Kind) -> None:
    column = FIELDS[form]
    cells = [(text, kind) for text in EDGES]
    values, unread = one_by_one(cells, column)
    among = convert(grid([*cells, ("#REF!", Kind.ERROR)]), column, YUAN)
    assert (among.values.to_pylist(), codes(among)) == ([*values, None], unread | {len(cells): "cell-error"})
    for row, one in enumerate(cells if column.form.name in plain else []):
        alone = convert(grid([one]), column, YUAN)
        assert (alone.values.to_pylist(), [*codes(alone).values()]) == ([values[row]], [unread[row]] if row in unread else []), (
            one
        )


@pytest.mark.parametrize("form", FIELDS)
def test_an_empty_column_and_a_blank_one_have_no_values_and_no_problems(form: str) -> None:
    for cells in ([], [(None, Kind.BLANK)] * 3):
        done = convert(grid(cells), FIELDS[form], YUAN)
        assert done.values.type == arrow_type(FIELDS[form].form)
        assert (done.values.to_pylist(), done.unread) == ([None] * len(cells), {})


# --- values -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("number-from-zero", "0", Decimal(0)),
        ("number-from-zero", "100000000", Decimal(100_000_000)),
        ("number-from-zero", "2994.999999", Decimal("2994.999999")),
        ("number-below-zero", "-10000000", Decimal(-10_000_000)),
        ("number-small", "120", Decimal(120)),
        ("count", "1", 1),
        ("count", "50", 50),
        ("count", "4.0", 4),
        ("date", "2018-05-01", date(2018, 5, 1)),
        ("text", "NA", "NA"),
        ("id-number", "34990019900101001x", "34990019900101001X"),
    ],
)
def test_a_value_on_its_bound_is_believed(form: str, text: str, value: object) -> None:
    done = convert(texts(text), FIELDS[form], YUAN)
    assert (done.values.to_pylist(), done.unread) == ([value], {})


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("number-from-zero", "-0.000001"),
        ("number-from-zero", "-1"),
        ("number-from-zero", "100000000.000001"),
        ("number-from-zero", "99999999999"),
        ("number-below-zero", "-10000000.000001"),
        ("number-below-zero", "10000001"),
        ("number-small", "120.5"),
        ("count", "0"),
        ("count", "51"),
        ("count", "999999999"),
        ("count", "99999999999999999999"),
    ],
)
def test_a_value_beyond_its_bound_is_missing_and_not_zero(form: str, text: str) -> None:
    good = {"number-from-zero": "1", "number-below-zero": "1", "number-small": "1", "count": "1"}[form]
    done = convert(texts(good, text, None), FIELDS[form], YUAN)
    assert codes(done) == {1: "value-out-of-range" if text != "0" else "value-zero"}
    assert done.values.to_pylist() == [1, None, None]


@pytest.mark.parametrize("digits", [22, 23, 25, 30, 31, 40, 400])
@pytest.mark.parametrize("form", ["number-from-zero", "count"])
def test_a_number_of_any_length_is_a_problem_never_a_crash(form: str, digits: int) -> None:
    done = convert(texts("1" * digits), FIELDS[form], YUAN)
    assert done.values.to_pylist() == [None]
    assert [*done.unread] == [0]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("0.2995", "2995"),
        ("0.299499", "2994.99"),
        ("1", "10000"),
        ("0", "0"),
        ("-0.5", "-5000"),
        ("0.2995万", None),
        # Finer than a cent of a yuan is still a number: over 2995, not exactly at it.
        ("0.2995004", "2995.004"),
        ("0.29950001", "2995.0001"),
        ("0.2994999999", "2994.999999"),
    ],
)
def test_wan_yuan_are_ten_thousand_yuan_to_the_last_digit(text: str, yuan: str | None) -> None:
    done = convert(texts(text, text), FIELDS["number-below-zero"], WAN)
    value = Decimal(yuan) if yuan is not None else None
    assert done.values.to_pylist() == [value, value]
    assert codes(done) == ({} if yuan is not None else {0: "number-unreadable", 1: "number-unreadable"})


def test_a_bound_holds_after_scaling_too() -> None:
    done = convert(texts("10000", "10000.0001"), FIELDS["number-from-zero"], WAN)
    assert done.values.to_pylist() == [100_000_000, None]
    assert codes(done) == {1: "value-out-of-range"}


@searching(25)
@given(st.lists(st.one_of(st.none(), st.integers(-(10**7), 10**7)), min_size=1, max_size=8))
def test_a_sheet_in_wan_yuan_says_what_the_same_sheet_in_yuan_says(yuan: list[int | None]) -> None:
    in_wan = convert(
        texts(*(None if value is None else f"{Decimal(value) / 10_000:f}" for value in yuan)), FIELDS["number-below-zero"], WAN
    )
    in_yuan = convert(texts(*(None if value is None else str(value) for value in yuan)), FIELDS["number-below-zero"], YUAN)
    assert in_wan.values.equals(in_yuan.values)
    assert in_wan.unread == in_yuan.unread == {}


# --- problems -----------------------------------------------------------------------------------------------------------


def test_equal_texts_of_different_kinds_are_different_cells() -> None:
    number = "349900199001010012"
    done = convert(grid([(number, Kind.TEXT), (number, Kind.NUMBER), (number, Kind.TEXT)]), FIELDS["id-number"], YUAN)
    assert done.values.to_pylist() == [number, None, number]
    assert codes(done) == {1: "id-as-number"}


def test_every_row_with_the_same_bad_cell_has_its_own_problem() -> None:
    done = convert(texts("3,20O", "1", "3,20O", None, "3,20O"), FIELDS["number-from-zero"], YUAN)
    assert codes(done) == dict.fromkeys([0, 2, 4], "number-unreadable")


def test_a_problem_carries_the_cell_of_the_sheet_and_its_text() -> None:
    made = Grid("户")
    rows = {
        3: ["户编号", "人均纯收入（元）", "贫困户属性", "户主证件号码"],
        4: ["1", "3000", "一般贫困户", "34990019900101001X"],
        7: ["2", "3,20O", "一般贫因户", "3499"],
        9: ["3", "20000000", None, None],
    }
    for number, row in rows.items():
        made.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
    sheet: Sheet = made.sheet()
    header = read_header(top_of(sheet), 0, 0, "household")
    part, problems = read_part(sheet, "household", header, pa.array([1, 2, 3]), 5)
    assert [(p.code, p.where, p.name, p.value, p.sensitive) for p in problems] == [
        ("number-unreadable", Address(5, "户", 7, "B"), "income_per_capita", "3,20O", False),
        ("value-out-of-range", Address(5, "户", 9, "B"), "income_per_capita", "20000000", False),
        ("code-unknown-near", Address(5, "户", 7, "C"), "household_category", "一般贫因户", False),
        ("id-malformed", Address(5, "户", 7, "D"), "head_id_number", "3499", True),
    ]
    assert {name: mask.to_pylist() for name, mask in part.unread.items()} == {
        "income_per_capita": [False, True, True],
        "household_category": [False, True, False],
        "head_id_number": [False, True, False],
    }
    assert part.rows.to_pylist() == [4, 7, 9]
    assert problems[2].facts == {"nearest": "一般贫困户"}


def test_cells_with_full_width_or_unseen_characters_are_counted_by_field_and_names_are_not() -> None:
    rows: list[list[str | None]] = [
        ["户编号", "年度", "户主姓名", "人均纯收入"],
        ["Ｈ1", "2018", "样　甲", "３０００"],
        ["H2", "2018", "样乙\u00a0", "3\u200b000"],
        ["H3", "2018", "样丙", "3 000"],
        ["H4", "2018", "样丁", "3,20Ｏ"],
    ]
    grid = Grid("户")
    for number, row in enumerate(rows, 1):
        grid.add_row(number, {at: (text, int(Kind.TEXT)) for at, text in enumerate(row) if text is not None})
    loaded = load_tables([SourceFile("名册.xlsx", "0" * 64, "xlsx", "", [grid.sheet()])])
    assert loaded.tables["household"].data.column("income_per_capita").to_pylist() == [3000, 3000, 3000, None]
    told = [(p.name, str(p.where), p.facts["count"], p.severity) for p in loaded.problems if p.code == "cells-folded"]
    assert told == [("household_id", "户!A2", "1", "info"), ("income_per_capita", "户!D2", "2", "info")]
