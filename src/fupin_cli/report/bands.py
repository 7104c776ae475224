"""Bands of incomes around the line, in words."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from fupin_cli.model.parameter import Period
from fupin_cli.model.summary import QUARTERS, Block, Size, Summary
from fupin_cli.report.numbers import decimal_text
from fupin_cli.report.page import Page

#: The band that begins at the line.
AT_LINE = QUARTERS.index(4) + 1
_QUARTER = Fraction(1, 4)


def band_names(block: Block, page: Page) -> list[str]:
    """The bands of a block in yuan; in multiples of the line where there are several."""
    ends = [_end(quarter, block, page) for quarter in QUARTERS]
    inner = [page.say("summary-band", low=low, high=high) for low, high in pairwise(ends)]
    return [page.say("summary-band-below", high=ends[0]), *inner, page.say("summary-band-above", low=ends[-1])]


def _end(quarter: int, block: Block, page: Page) -> str:
    if len(block.lines) == 1:
        return decimal_text(quarter * _QUARTER * Fraction(block.lines[0]))
    return page.say("summary-band-times", times=decimal_text(quarter * _QUARTER))


def used_lines(result: Summary) -> list[Period]:
    """The lines that were in force in some year of the data; the one that the user gave."""
    if result.line is not None:
        return [Period(1, None, None, result.line, None)]
    years = {block.year for block in result.blocks if block.year is not None}
    return [period for period in result.periods if any(period.first <= year <= (period.last or year) for year in years)]


def line_text(line: Decimal) -> str:
    """A line without trailing zeros."""
    return decimal_text(Fraction(line))


def share_of(size: Size, whole: Size) -> Fraction | None:
    """A part of all households, in per cent; None of none."""
    return Fraction(100 * size.households, whole.households) if whole.households else None
