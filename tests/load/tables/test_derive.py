"""What an identity number says of its owner, where the sheet is silent; and that two sources that disagree leave nothing."""

from collections.abc import Sequence
from datetime import date

import pytest

from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import Kind, SourceFile
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.problem import Address

TOP = ["户编号", "姓名", "证件号码", "与户主关系", "性别", "出生日期"]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(born: str, order: str) -> str:
    """A number with its check character by GB 11643: Σ weight × digit, and the character that makes it 1 modulo 11."""
    head = f"349900{born}{order}"
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, head, strict=True)) % 11
    last = (12 - rest) % 11
    return head + ("X" if last == 10 else str(last))


MALE, FEMALE = number("19800229", "001"), number("20000101", "002")


def members(*rows: Sequence[str | None], top: Sequence[str] = TOP) -> Loaded:
    grid = Grid("人")
    for at, row in enumerate([top, *rows], 1):
        grid.add_row(at, {column: (text, Kind.TEXT) for column, text in enumerate(row) if text is not None})
    return load_tables([SourceFile("a.xlsx", "0" * 64, "xlsx", "", [grid.sheet()])])


def said(read: Loaded) -> list[tuple[str | None, date | None]]:
    data = read.tables["person"].data
    return list(zip(data.column("sex").to_pylist(), data.column("birth_date").to_pylist(), strict=True))


def unreadable(read: Loaded, name: str) -> list[bool]:
    mask = read.tables["person"].unreadable.get(name)
    return [] if mask is None else list(mask.to_pylist())


def complaints(read: Loaded) -> list[tuple[str, Address | None, Address | None]]:
    return [(problem.name, problem.where, problem.other) for problem in read.problems if problem.code == "sources-disagree"]


def test_the_check_character_of_the_standards_own_example_is_x() -> None:
    # GB 11643-1999, annex A: 11010519491231002X.
    head = "11010519491231002"
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, head, strict=True)) % 11
    assert "10X98765432"[rest] == "X"
    assert (12 - rest) % 11 == 10


@pytest.mark.parametrize(
    ("number", "sex", "born"),
    [
        (MALE, "男", date(1980, 2, 29)),
        (FEMALE, "女", date(2000, 1, 1)),
        ("11010519491231002X", "女", date(1949, 12, 31)),
        ("11010519491231002x", "女", date(1949, 12, 31)),
        ("11010519491231002X44", "女", date(1949, 12, 31)),
        ("11010519491231002X1234", "女", date(1949, 12, 31)),
    ],
)
def test_blank_sex_and_birth_date_are_filled_from_the_number(number: str, sex: str, born: date) -> None:
    read = members(["1", "样甲", number, "户主", None, None])
    assert said(read) == [(sex, born)]
    assert complaints(read) == []


def test_columns_that_the_sheet_does_not_have_are_made_from_the_numbers() -> None:
    read = members(["1", "样甲", MALE, "户主"], ["1", "样乙", None, "配偶"], top=TOP[:4])
    assert said(read) == [("男", date(1980, 2, 29)), (None, None)]


def test_agreement_is_no_problem() -> None:
    read = members(["1", "样甲", MALE, "户主", "男", "1980-02-29"])
    assert said(read) == [("男", date(1980, 2, 29))]
    assert complaints(read) == []
    assert unreadable(read, "sex") == []


def test_a_disagreement_leaves_nothing_and_names_both_cells() -> None:
    read = members(["1", "样甲", MALE, "户主", "女", "1980-02-28"], ["1", "样乙", FEMALE, "配偶", "女", "2000-01-01"])
    assert said(read) == [(None, None), ("女", date(2000, 1, 1))]
    assert unreadable(read, "sex") == unreadable(read, "birth_date") == [True, False]
    number_cell = Address(0, "人", 2, "C")
    assert complaints(read) == [
        ("sex", Address(0, "人", 2, "E"), number_cell),
        ("birth_date", Address(0, "人", 2, "F"), number_cell),
    ]
    assert all(p.severity == "error" and p.table == "person" for p in read.problems if p.code == "sources-disagree")


def test_one_may_agree_while_the_other_does_not() -> None:
    read = members(["1", "样甲", MALE, "户主", "女", "1980-02-29"])
    assert said(read) == [(None, date(1980, 2, 29))]
    assert [name for name, _, _ in complaints(read)] == ["sex"]


def damaged(good: str) -> str:
    return good[:-1] + ("1" if good[-1] != "1" else "2")


@pytest.mark.parametrize(
    "bad",
    [damaged(MALE), damaged("11010519491231002X"), "999999199001010015", None],
    ids=["checksum", "checksum-x", "no-number", "blank"],
)
def test_a_number_that_proves_nothing_fills_nothing_and_disputes_nothing(bad: str | None) -> None:
    read = members(["1", "样甲", bad, "户主", None, None], ["2", "样乙", bad, "配偶", "女", "1980-02-28"])
    assert said(read) == [(None, None), ("女", date(1980, 2, 28))]
    assert complaints(read) == []
    assert not any(unreadable(read, "sex"))


@pytest.mark.parametrize("born", ["19801301", "19800230", "19810229", "00000000"])
def test_a_day_that_no_calendar_has_is_no_birth_date(born: str) -> None:
    read = members(
        ["1", "样甲", number(born, "001"), "户主", None, None], ["2", "样乙", number(born, "001"), "配偶", None, "1980-02-28"]
    )
    assert [day for _, day in said(read)] == [None, date(1980, 2, 28)]
    assert complaints(read) == []


def test_a_number_that_cannot_be_read_fills_nothing() -> None:
    read = members(["1", "样甲", MALE[:15], "户主", None, None])
    assert said(read) == [(None, None)]


def test_a_cell_that_holds_something_unreadable_is_not_filled() -> None:
    read = members(["1", "样甲", MALE, "户主", "男人", "1980年2月"])
    assert said(read) == [(None, None)]
    assert unreadable(read, "sex") == unreadable(read, "birth_date") == [True]
    assert complaints(read) == []
