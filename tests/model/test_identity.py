"""Identity numbers, against GB 11643 written down a second time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.model.identity import checksum_holds

SEARCH = settings(max_examples=100, deadline=None, database=None, derandomize=True)


def iso_7064_holds(number: str) -> bool:
    """ISO 7064 MOD 11-2, the definition itself: read as digits in base two, the whole number is 1 modulo 11."""
    total = 0
    for character in number[:18]:
        total = (total * 2 + (10 if character == "X" else int(character))) % 11
    return total == 1


def completed(head: str) -> str:
    """The 17 digits with the one character that makes the definition hold."""
    (fitting,) = [character for character in "0123456789X" if iso_7064_holds(head + character)]
    return head + fitting


heads = st.from_regex(r"[0-9]{17}", fullmatch=True)


@SEARCH
@given(heads)
def test_exactly_one_check_character_fits(head: str) -> None:
    right = completed(head)
    assert [checksum_holds(head + character) for character in "0123456789X"] == [head + c == right for c in "0123456789X"]


@SEARCH
@given(heads, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(head: str, place: int, shift: int) -> None:
    number = completed(head)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not checksum_holds(wrong)


@SEARCH
@given(heads, st.integers(0, 15))
def test_two_neighbouring_digits_exchanged_are_always_found(head: str, place: int) -> None:
    number = completed(head)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert checksum_holds(swapped) == (swapped == number)


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        # The standard's own example.
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310020", False),
        ("11010519491231002x", False),
        ("11010519491231002", False),
        ("", False),
        ("1101051949123100XX", False),
        ("１１０１０５１９４９１２３１００２X", False),
        ("11010519491231002X43", True),
        ("11010519491231002X4312", True),
    ],
)
def test_the_checksum_is_that_of_the_standard(number: str, holds: bool) -> None:
    assert checksum_holds(number) is holds


def test_the_checksum_does_not_prove_a_number_undamaged() -> None:
    """About one in eleven numbers that lost their last three digits to a spreadsheet still fits: that is why kinds decide."""
    damaged = [completed(f"9900011950010{n:04}")[:15] + "000" for n in range(10_000)]
    surviving = sum(checksum_holds(number) for number in dict.fromkeys(damaged)) / len(dict.fromkeys(damaged))
    assert 0.05 < surviving < 0.13
