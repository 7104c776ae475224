"""What a column of identity numbers encodes, against GB 11643 written down a second time."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pyarrow as pa
import pytest

from fupin_cli.load.tables.encoded import encoded

Said = tuple[date | None, str | None]


def completed(head: str) -> str:
    """The 17 digits with the one character by which ISO 7064 MOD 11-2 holds: as digits in base two, 1 modulo 11."""
    rest = 0
    for digit in head:
        rest = (rest * 2 + int(digit)) % 11
    last = (1 - rest * 2) % 11
    return head + ("X" if last == 10 else str(last))


def said(numbers: Sequence[str | None]) -> list[Said]:
    born, sex = encoded(pa.array(numbers, pa.string()))
    return list(zip(born.to_pylist(), sex.to_pylist(), strict=True))


def test_digits_seven_to_fourteen_are_the_birth_date_and_an_odd_seventeenth_is_male() -> None:
    chance = random.Random(7)
    numbers: list[str] = []
    expected: list[Said] = []
    for _ in range(2000):
        day, order = date(1900, 1, 1) + timedelta(days=chance.randrange(73_000)), chance.randrange(1000)
        tail = chance.choice(("", "43", "4312"))
        numbers.append(completed(f"{chance.randrange(1_000_000):06}{day:%Y%m%d}{order:03}") + tail)
        expected.append((day, "男" if order % 2 else "女"))
    assert said(numbers) == expected


def test_a_number_whose_check_character_is_another_one_tells_nothing() -> None:
    right = completed("34990019800229001")
    wrong = [right[:17] + character for character in "0123456789X" if character != right[17]]
    assert said([right, *wrong]) == [(date(1980, 2, 29), "男"), *[(None, None)] * 10]


@pytest.mark.parametrize(
    "number",
    [
        None, "", "11010519491231002", "11010519491231002x", "1101051949123100XX", "１１０１０５１９４９１２３１００２X",
        "1101051949123100²X", "样" * 18, "X" * 18, "110105 9491231002X", "+1010519491231002X",
    ],
)  # fmt: skip
def test_what_is_no_number_tells_nothing(number: str | None) -> None:
    # GB 11643-1999, annex A.
    sound = "11010519491231002X"
    assert said([sound, number, sound]) == [(date(1949, 12, 31), "女"), (None, None), (date(1949, 12, 31), "女")]


@pytest.mark.parametrize("day", ["20180229", "20181301", "20180532", "00000000", "20180431"])
def test_an_impossible_birth_date_is_none_and_the_sex_is_said_all_the_same(day: str) -> None:
    assert said([completed(f"990001{day}001")]) == [(None, "男")]


def test_a_column_may_be_empty_or_begin_in_the_middle_of_another() -> None:
    assert said([]) == []
    column = pa.array([None, completed("34990019800229001"), completed("34990020000101002")], pa.string())
    assert [one.to_pylist() for one in encoded(column.slice(2))] == [[date(2000, 1, 1)], ["女"]]
