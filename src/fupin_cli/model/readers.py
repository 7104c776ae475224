"""How a cell becomes a value or a problem.

Every reading function takes a :class:`Cell` and returns a value, ``None`` for "nothing there", or raises
``PydanticCustomError`` whose type is the code of a catalogued problem. Nothing is repaired: what is not one of the declared
forms is a problem, and the value is then missing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from fupin_cli.model import codes, identity
from fupin_cli.model.cells import Kind
from fupin_cli.model.nearest import nearest
from fupin_cli.model.text import fold, trim


class Cell(NamedTuple):
    """A cell's text and kind; and what its number is multiplied by to be in the field's unit (万元: 10,000)."""

    text: str
    kind: Kind = Kind.TEXT
    scale: Decimal = Decimal(1)
    #: Its column counts in another unit than yuan: a yuan sign in the cell contradicts it.
    counts_otherwise: bool = False


#: A number as people write it: digits, perhaps grouped by thousands, perhaps decimals.
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))"
)
_MIDNIGHT_TAIL = re.compile(r"\.0$|T?00:00(:00)?(\.0+)?$")
_AT_MIDNIGHT = re.compile(r"(\S+)\s+0?0:00(:00)?(\.0+)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/.年]?(\d{2})|[-/.年](\d))月?", re.ASCII)
_MONTH_ONLY = re.compile(r"\d{4}(年\d{1,2}月?|[-/.]\d{1,2}|\d{2})")
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")

#: Money keeps six decimals, rounded half to even once, when it is read: finer than any threshold, coarser than float noise.
_MONEY_STEP = Decimal("0.000001")
#: The days that are believed.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


def unreadable(code: str, **facts: str) -> PydanticCustomError:
    """A problem in the form in which pydantic carries it to the caller."""
    return PydanticCustomError(code, code, facts)


def cell_of(value: object) -> Cell:
    """A cell from what a caller gives: a cell, or plain text as a worked case writes it."""
    return value if isinstance(value, Cell) else Cell(str(value))


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing there."""
    return cell.kind is Kind.BLANK or not fold(cell.text)


def refuse_damaged(cell: Cell) -> None:
    """Raise for a cell that holds an error or a formula nobody calculated."""
    if cell.kind is Kind.ERROR:
        raise unreadable("cell-error")
    if cell.kind is Kind.UNCALCULATED:
        raise unreadable("formula-uncalculated")


def _has_raised_digits(text: str) -> bool:
    """Superscripts, circled digits and fractions: folding would make plain digits of them, and 10² is not 102."""
    return any(unicodedata.category(character) == "No" for character in text)


def read_text(cell: Cell) -> str | None:
    """Text as it stands, without invisible characters at its ends."""
    digits = cell.text.lstrip("-").replace(".", "")
    if cell.kind is Kind.NUMBER and (len(digits) > 15 or not digits.isdigit()):
        # Beyond 15 digits a spreadsheet number has lost its last digits: two households would become one.
        raise unreadable("number-too-long")
    return trim(cell.text)


def read_key(cell: Cell) -> str | None:
    """A number of the register by which rows are joined: full-width forms and spaces make no difference."""
    text = read_text(cell)
    folded = fold(text) if text is not None else ""
    if _SCIENTIFIC.fullmatch(folded):
        raise unreadable("number-too-long")
    return folded or None


def read_id_number(cell: Cell) -> str | None:
    """An identity number: text of 18, 20 or 22 characters. A number cell is damaged and never repaired."""
    folded = fold(cell.text).upper()
    if cell.kind is not Kind.TEXT or _SCIENTIFIC.fullmatch(folded):
        raise unreadable("id-as-number")
    if _has_raised_digits(cell.text):
        raise unreadable("id-malformed", length=str(len(folded)))
    if folded.startswith(identity.NO_NUMBER):
        return None
    if len(folded) not in identity.LENGTHS or not re.fullmatch(r"\d{17}[\dX]\w*", folded, re.ASCII):
        raise unreadable("id-malformed", length=str(len(folded)))
    if folded[15:18] == "000":
        raise unreadable("id-truncated")
    return folded


def read_phone(cell: Cell) -> str | None:
    """A telephone number as text; spreadsheets keep its at most 12 digits whole."""
    return fold(cell.text)


def read_yes_no(cell: Cell) -> bool | None:
    """是/否 in every form of the registers."""
    if _has_raised_digits(cell.text):
        raise unreadable("yes-no-unreadable")
    folded = fold(cell.text)
    if folded in codes.YES:
        return True
    if folded in codes.NO:
        return False
    raise unreadable("yes-no-unreadable")


def read_number(cell: Cell) -> Decimal | None:
    """A decimal number: ``3200.5``, ``3,200.5``, ``￥3200元``; rounded half to even at six decimals, once."""
    if cell.kind in (Kind.DATE, Kind.BOOL):
        raise unreadable("number-unreadable")
    folded = fold(cell.text)
    if not folded.isascii():
        bare = folded.removeprefix("¥").removesuffix("元")
        if cell.counts_otherwise and bare != folded:
            # 900元 in a column of 万元: one of the two units is wrong.
            raise unreadable("number-unreadable")
        folded = bare
    if _has_raised_digits(cell.text):
        raise unreadable("number-unreadable")
    if not (folded.isascii() and _NUMBER.fullmatch(folded)):
        raise unreadable("number-unreadable")
    try:
        return (Decimal(folded.replace(",", "")) * cell.scale).quantize(_MONEY_STEP, ROUND_HALF_EVEN)
    except ArithmeticError:
        # More digits than any sum of money has.
        raise unreadable("number-unreadable") from None


def read_percent(cell: Cell) -> Decimal | None:
    """A share in percent: ``10.2``, or ``10.2%`` as a cell in a percent format shows it."""
    folded = fold(cell.text)
    return read_number(cell._replace(text=folded.removesuffix("%")))


def read_count(cell: Cell) -> int | None:
    """A whole number of people, households or days: ``4``, ``4.0``, ``4人``, ``4户``."""
    folded = fold(cell.text)
    if _has_raised_digits(cell.text):
        raise unreadable("number-unreadable")
    bare = folded if folded.isascii() else folded.removesuffix("人").removesuffix("户").removesuffix("口")
    number = read_number(cell._replace(text=bare))
    if number is None or number != number.to_integral_value():
        raise unreadable("count-not-whole")
    return int(number)


def read_year(cell: Cell) -> int | None:
    """A calendar year: ``2018``, ``2018年``, ``2018年度``."""
    folded = fold(cell.text).removesuffix("度").removesuffix("年").removesuffix(".0")
    if cell.kind in (Kind.DATE, Kind.BOOL) or not (folded.isascii() and re.fullmatch(r"(19|20)\d{2}", folded)):
        raise unreadable("year-unreadable")
    return int(folded)


def read_date(cell: Cell) -> date | None:
    """A day: ``2018-05-01``, ``2018/5/1``, ``2018.5.1``, ``2018年5月1日``, ``20180501``.

    A spreadsheet's own dates arrive as ISO text: the reader knows their format and their epoch.
    """
    folded = fold(cell.text)
    if cell.kind is Kind.BOOL:
        raise unreadable("date-unreadable")
    if cell.kind is Kind.NUMBER and re.fullmatch(r"\d{1,5}(\.\d+)?", folded):
        # A serial number that is not formatted as a date: it might as well be a year, or count from 1904.
        raise unreadable("date-as-number")
    # ``2018/5/1 0:00``, as csv files have it: only the blank tells the day from the hour.
    hour = _AT_MIDNIGHT.fullmatch(trim(cell.text) or "")
    folded = fold(hour[1]) if hour is not None else _MIDNIGHT_TAIL.sub("", folded)
    match = _DATE.fullmatch(folded) if folded.isascii() or "年" in folded else None
    if match is None or not all(part.isascii() for part in match.groups() if part):
        raise unreadable("date-without-day" if _MONTH_ONLY.fullmatch(folded) else "date-unreadable")
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        found = date(year, month, day)
    except ValueError:
        raise unreadable("date-unreadable") from None
    return _in_range(found)


def _in_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise unreadable("date-out-of-range")
    return day


def read_month(cell: Cell) -> str | None:
    """A month as ``2019-12``: ``201912``, ``2019-12``, ``2019/12``, ``2019年12月``, or a day of it."""
    folded = fold(cell.text).removesuffix(".0")
    match = _MONTH.fullmatch(folded) if cell.kind is not Kind.BOOL else None
    if match is not None:
        year, month = int(match[1]), int(match[2] or match[3])
        if EARLIEST.year <= year <= LATEST.year and 1 <= month <= 12:
            return f"{year}-{month:02}"
        raise unreadable("date-unreadable")
    day = read_date(cell)
    return f"{day.year}-{day.month:02}" if day is not None else None


def read_month_of_year(cell: Cell) -> int | None:
    """A month's number: ``10``, ``10月``."""
    folded = fold(cell.text)
    return read_count(cell._replace(text=folded if folded.isascii() else folded.removesuffix("月")))


def read_presence(cell: Cell) -> bool | None:
    """Whether there is one: 是/否 in every form, or how many there are."""
    try:
        return read_yes_no(cell)
    except PydanticCustomError:
        # ``1`` and ``0`` mean the same in both readings.
        bare = cell.text.strip().removesuffix("个").removesuffix("所")
    try:
        return bool(read_count(cell._replace(text=bare)))
    except PydanticCustomError:
        raise unreadable("yes-no-unreadable") from None


def worded(yes: frozenset[str], no: frozenset[str]) -> Callable[[Cell], bool | None]:
    """A reader of 是/否 in every form, and of words that say it for this field."""

    def read(cell: Cell) -> bool | None:
        folded = fold(cell.text)
        return folded in yes if folded in yes or folded in no else read_yes_no(cell)

    return read


def _unknown_code(folded: str, spellings: Mapping[str, str]) -> PydanticCustomError:
    near = nearest(folded, spellings)
    return unreadable("code-unknown-near", nearest=spellings[near]) if near else unreadable("code-unknown")


def coded(spellings: Mapping[str, str]) -> Callable[[Cell], str | None]:
    """A reader of one value of a closed list."""

    def read(cell: Cell) -> str | None:
        folded = fold(cell.text)
        if folded not in spellings:
            raise _unknown_code(folded, spellings)
        return spellings[folded]

    return read


def coded_several(spellings: Mapping[str, str] | None) -> Callable[[Cell], str | None]:
    """A reader of several items in one cell, in any order; the value is the items in the list's order, joined by commas."""
    order = {value: index for index, value in enumerate(dict.fromkeys(spellings.values()))} if spellings else None

    def read(cell: Cell) -> str | None:
        items = [item for item in re.split(r"[,;、]", fold(cell.text)) if item]
        if spellings is None or order is None:
            return ",".join(sorted(set(items)))
        for item in items:
            if item not in spellings:
                raise _unknown_code(item, spellings)
        return ",".join(sorted({spellings[item] for item in items}, key=order.__getitem__))

    return read
