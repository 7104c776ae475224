"""How a value of a cell is written as text.

Both readers and the csv reader use these functions and no others, so that the same cell has the same text whoever read it.
"""

import math
from datetime import datetime, timedelta
from decimal import Decimal

from fupin_cli.model.cells import Kind

#: What a person does not see: Unicode's spaces and line ends, and the zero-width characters. A text of nothing else is blank.
UNSEEN = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

#: The codes that stand in an ERROR cell whose file has no proper number.
NOT_A_NUMBER = "#NUM!"
NOT_A_VALUE = "#VALUE!"

_PLAIN_BELOW = 1e21
_PLAIN_FROM = 1e-15
_MILLISECONDS_PER_DAY = 86_400_000
_DAYS_FROM_1900_TO_1904 = 1462
#: Serial 60 is 29 February 1900 in Excel, a day that never was. From 61 on both calendars agree.
_DAY_THAT_NEVER_WAS = 60
_FIRST_SERIAL_AFTER_9999 = 2_958_466


def is_blank(text: str) -> bool:
    """Nothing that a person could see stands in this text."""
    return not text.strip(UNSEEN)


def number_text(value: float | Decimal) -> str:
    """A number as Excel shows it: 15 significant digits, no trailing zeros, no exponent from 1e-15 up to 1e21.

    Beyond those the exponent is written as Excel does (``1.5E+21``). An ID that was stored as a number therefore shows the
    digits that Excel shows: ``349900195001012608`` was never kept, ``349900195001013000`` is all there is.
    """
    text = f"{value:.15g}"
    if "e" in text:
        if _PLAIN_FROM <= abs(float(value)) < _PLAIN_BELOW:
            return format(Decimal(text), "f")
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}E{int(exponent):+03d}"
    return "0" if text == "-0" else text


def percent_text(value: float) -> str:
    """A number as a percent format shows it, with all of its 15 digits: 0.102 is ``10.2%``."""
    text = format(Decimal(number_text(value)).scaleb(2), "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def read_number(number: float, *, as_date: bool, date1904: bool, as_percent: bool = False) -> tuple[str, int]:
    """Text and kind of a cell that holds this number, in a format that shows it as a date, as a percentage or as neither."""
    if not math.isfinite(number):
        return NOT_A_NUMBER, int(Kind.ERROR)
    if as_percent:
        return percent_text(number), int(Kind.NUMBER)
    date = date_text(number, date1904=date1904) if as_date else None
    return (number_text(number), int(Kind.NUMBER)) if date is None else (date, int(Kind.DATE))


def date_text(serial: float, *, date1904: bool) -> str | None:
    """A serial number as an ISO date, with the time only where it is not midnight; None where it is no date.

    No date: a time of day (below 1), 29 February 1900, anything after the year 9999. Those stay numbers. Times are rounded to
    the millisecond and then to the second: a day's fraction is seldom exact.
    """
    if not math.isfinite(serial) or serial < 1:
        return None
    if date1904:
        serial += _DAYS_FROM_1900_TO_1904
    if serial >= _FIRST_SERIAL_AFTER_9999 or _DAY_THAT_NEVER_WAS <= serial < _DAY_THAT_NEVER_WAS + 1:
        return None
    epoch = datetime(1899, 12, 31) if serial < _DAY_THAT_NEVER_WAS else datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no time zone
    seconds = (math.floor(serial * _MILLISECONDS_PER_DAY + 0.5) + 500) // 1000
    try:
        return moment_text(epoch + timedelta(seconds=seconds))
    except OverflowError:
        return None


def moment_text(moment: datetime) -> str:
    """A date, with its time where that is not midnight."""
    day = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
    if moment.hour == moment.minute == moment.second == 0:
        return day
    return f"{day} {moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
