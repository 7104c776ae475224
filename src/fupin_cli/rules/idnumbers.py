"""The SQL of what a resident identity number says (GB 11643): checksum, birth date, sex.

Written with functions that DuckDB, PostgreSQL and Spark share, and no cast that
a bad text could fail: a text that is no number at all is answered, never an error. ``{0}`` stands for the number.
"""

from fupin_cli.model.identity import CHECK_CHARACTERS, LENGTHS, WEIGHTS

_DIGITS = "0123456789"
_LONG_ENOUGH = f"CHAR_LENGTH({{0}}) >= {LENGTHS[0]}"


def _part(start: int, length: int) -> str:
    return f"SUBSTRING({{0}}, {start}, {length})"


def _are_digits(start: int, length: int) -> str:
    # TRANSLATE without a counterpart deletes: nothing is left of a text of digits.
    return f"TRANSLATE({_part(start, length)}, '{_DIGITS}', '') = ''"


def _digit(place: int) -> str:
    return f"(ASCII({_part(place, 1)}) - 48)"


def valid() -> str:
    """Whether the first 18 characters are 17 digits and the check character that belongs to them."""
    total = " + ".join(f"{_digit(place)} * {weight}" for place, weight in enumerate(WEIGHTS, 1))
    remainder = f"MOD({total}, {len(CHECK_CHARACTERS)})"
    right = f"SUBSTRING('{CHECK_CHARACTERS}', {remainder} + 1, 1) = {_part(LENGTHS[0], 1)}"
    return f"({_LONG_ENOUGH} AND {_are_digits(1, len(WEIGHTS))} AND {right})"


def real_day() -> str:
    """Whether the digits 7-14 are a day that the calendar has."""
    year, month, day = _part(7, 4), _part(11, 2), _part(13, 2)
    count = "(" + " + ".join(f"{_digit(7 + i)} * {10 ** (3 - i)}" for i in range(4)) + ")"
    leap = f"(MOD({count}, 4) = 0 AND MOD({count}, 100) <> 0) OR MOD({count}, 400) = 0"
    february = f"CASE WHEN {leap} THEN '29' ELSE '28' END"
    last = f"CASE WHEN {month} = '02' THEN {february} WHEN {month} IN ('04', '06', '09', '11') THEN '30' ELSE '31' END"
    # Texts of equally many digits are in the order of their numbers.
    there_is = f"{year} >= '0001' AND {month} BETWEEN '01' AND '12' AND {day} BETWEEN '01' AND {last}"
    return f"({_LONG_ENOUGH} AND {_are_digits(7, 8)} AND {there_is})"


def birth_date() -> str:
    """The date in digits 7-14; NULL where there is no such day, whatever the checksum says."""
    written = f"{_part(7, 4)} || '-' || {_part(11, 2)} || '-' || {_part(13, 2)}"
    return f"CASE WHEN {real_day()} THEN CAST({written} AS DATE) END"


def sex() -> str:
    """男 or 女 by digit 17 (odd is male); NULL where there is none."""
    digit = _part(17, 1)
    odd, even = (", ".join(f"'{one}'" for one in _DIGITS[start::2]) for start in (1, 0))
    return f"CASE WHEN {_LONG_ENOUGH} THEN CASE WHEN {digit} IN ({odd}) THEN '男' WHEN {digit} IN ({even}) THEN '女' END END"


def person() -> str:
    """The 18 characters that are the person's own: a disability certificate adds category and grade."""
    return _part(1, LENGTHS[0])
