"""Whether a number format shows a number as a date or a percentage."""

import re
from typing import NamedTuple

#: Built-in formats that show a date wherever Excel runs, ECMA-376 part 1, 18.8.30.
_DATES_EVERYWHERE = frozenset({*range(14, 23)})
#: Built-in formats that show a date in Chinese, Japanese and Korean Excel (yyyy年m月 and the like), same clause.
#: Some of them show times; a serial below 1 is never a date (see ``values.date_text``), so that they need no list of their own.
_DATES_IN_CHINESE = frozenset({*range(27, 37), *range(50, 59)})
#: Built-in formats of durations (mm:ss, [h]:mm:ss, mm:ss.0).
DURATIONS = frozenset({45, 46, 47})
#: 0% and 0.00%.
_PERCENT = frozenset({9, 10})

_NOT_SHOWN_AS_CODE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTER = re.compile("[dmyhs]", re.IGNORECASE)


class Shown(NamedTuple):
    """What a cell format makes of a number."""

    as_date: bool
    #: A hundred times the number, with a percent sign.
    as_percent: bool = False


#: A format that is not known, or none.
AS_IT_IS = Shown(as_date=False)


def shown(number_format: int, code: str | None) -> Shown:
    """How a format shows numbers. ``code`` is the custom format's code, None for a built-in one."""
    if code is None:
        return Shown(number_format in _DATES_EVERYWHERE | _DATES_IN_CHINESE, as_percent=number_format in _PERCENT)
    if _ELAPSED.search(code):
        return AS_IT_IS
    first, *others = _NOT_SHOWN_AS_CODE.sub("", code).split(";")
    if first.strip().casefold() == "general":
        first = ""
    as_date = bool(_DATE_LETTER.search(first))
    # The fourth part is for texts.
    as_percent = not as_date and any("%" in part for part in (first, *others[:2]))
    return Shown(as_date, as_percent=as_percent)
