"""What ``fupin sample --plan`` is asked: percentages of a command line."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from fupin_cli.errors import UsageRefused
from fupin_cli.pipelines.sampling import Question

#: What is asked where nothing is said: the questions that people have.
_MARGIN, _TELL, _POWER, _CONFIDENCE = "1%", "1%:2%", "80%", "95%"
_HALF = Fraction(1, 2)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)[%％]", re.ASCII)
#: Option → the least and the greatest that it takes, in percent.
_BOUNDS = {
    "--margin": ("0.1", "49"), "--confidence": ("50", "99.99"), "--rate": ("0", "100"), "--power": ("50", "99.9"),
}  # fmt: skip


def question_of(given: Mapping[str, Any]) -> Question:
    """The question; without ``--margin`` and ``--tell`` both, with their usual values.

    Raises:
        UsageRefused: something is no percentage, or out of bounds.
    """
    bare = not given["margin"] and not given["tell"]
    margin, tell = (_MARGIN, _TELL) if bare else (given["margin"], given["tell"])
    apart = _two(tell) if tell else None
    # Around the limit a rate has to be known best.
    expected = _share("--rate", given["rate"]) if given["rate"] else apart[1] if apart is not None else _HALF
    return Question(
        margin=_share("--margin", margin) if margin else None,
        expected=expected,
        tell=apart,
        power=_share("--power", given["power"] or _POWER),
        confidence=_share("--confidence", given["confidence"] or _CONFIDENCE),
        population=_population(given["population"]),
    )


def _share(name: str, text: str) -> Fraction:
    low, high = _BOUNDS[name]
    found = _percent(text)
    if found is None or not Fraction(low) <= found * 100 <= Fraction(high):
        raise UsageRefused("sample-share", name=name, value=text, low=f"{low}%", high=f"{high}%")
    return found


def _two(text: str) -> tuple[Fraction, Fraction]:
    first, _, second = text.replace("：", ":").partition(":")
    good, bad = _percent(first), _percent(second)
    if good is None or bad is None or good == bad or not 0 < bad < 1:
        raise UsageRefused("sample-tell", value=text)
    return good, bad


def _percent(text: str) -> Fraction | None:
    match = _PERCENT.fullmatch(text.strip())
    found = Fraction(match[1]) / 100 if match else None
    return found if found is not None and found <= 1 else None


def _population(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 11 and int(text)):
        raise UsageRefused("sample-number", name="--population", value=text)
    return int(text)
