"""What identity numbers encode, a whole column at a time: birth date and sex, where the checksum holds."""

import functools
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.identity import CHECK_CHARACTERS, WEIGHTS

#: Where each part begins and ends: the area, the day of birth, the order number among those who were born there that day.
_AREA, _YEAR, _DAY, _ORDER = (0, 6), (6, 10), (10, 14), (14, 17)
_BIRTH = (6, 14)
#: The check character, the 18th; a disability certificate goes on after it.
_CHECK = (17, 18)
_CHECKS = pa.array(list(CHECK_CHARACTERS), pa.string())


def encoded(numbers: pa.StringArray) -> tuple[pa.Date32Array, pa.StringArray]:
    """The birth date in digits 7-14 of each number, and 男 or 女 by digit 17 (odd is male).

    Null where the checksum does not hold; no date either where there is no such day.
    """
    content = pc.cast(numbers, pa.binary())
    # Many people are born in one place, on one day, are the first or second of it: each part is looked at once.
    parts = {place: pc.binary_slice(content, *place).dictionary_encode() for place in (_AREA, _YEAR, _DAY, _ORDER, _BIRTH)}
    rests = [_each(parts[place], functools.partial(_rest, *place), pa.int32()) for place in (_AREA, _YEAR, _DAY, _ORDER)]
    total = functools.reduce(pc.add, rests)
    elevens = pa.scalar(len(CHECK_CHARACTERS), pa.int32())
    rest = pc.subtract(total, pc.multiply(pc.divide(total, elevens), elevens))
    last = pc.binary_slice(content, *_CHECK)
    sound = pc.equal(pc.cast(_CHECKS.take(rest), pa.binary()), last)
    born, sex = _each(parts[_BIRTH], _day, pa.date32()), _each(parts[_ORDER], _sex, pa.string())
    # Where a part is no digits, the sum is unknown, and so is what it says.
    return tuple(pc.if_else(sound, found, pa.scalar(None, found.type)) for found in (born, sex))


def _each(parts: pa.DictionaryArray, read: Callable[[bytes], object], kind: pa.DataType) -> pa.Array:
    return pa.array([read(digits) for digits in parts.dictionary.to_pylist()], kind).take(parts.indices)


def _rest(first: int, end: int, digits: bytes) -> int | None:
    """What these digits add to the sum that the check character completes, by eleven."""
    if not digits.isdigit() or len(digits) != end - first:
        return None
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS[first:end], digits.decode(), strict=True))
    return total % len(CHECK_CHARACTERS)


def _day(digits: bytes) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _sex(digits: bytes) -> str | None:
    return ("男" if int(digits) % 2 else "女") if digits.isdigit() else None
