"""Percentages on a command line."""

import re
from fractions import Fraction

from fupin_cli.errors import UsageRefused

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)[%％]", re.ASCII)
#: Option → the least and the greatest that it takes, in percent.
_BOUNDS = {
    "--margin": ("0.1", "49"), "--confidence": ("50", "99.99"), "--rate": ("0", "100"), "--power": ("50", "99.9"),
}  # fmt: skip


def share_of(name: str, text: str) -> Fraction:
    """The share that an option names in percent.

    Raises:
        UsageRefused: it is no percentage, or out of bounds.
    """
    low, high = _BOUNDS[name]
    found = percent(text)
    if found is None or not Fraction(low) <= found * 100 <= Fraction(high):
        raise UsageRefused("sample-share", name=name, value=text, low=f"{low}%", high=f"{high}%")
    return found


def percent(text: str) -> Fraction | None:
    """The share that a text such as ``2.5%`` says; None where it says none."""
    match = _PERCENT.fullmatch(text.strip())
    found = Fraction(match[1]) / 100 if match else None
    return found if found is not None and found <= 1 else None
