"""What ``fupin sample --plan`` is asked: percentages of a command line."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from fupin_cli.cli.percent import percent, share_of
from fupin_cli.errors import UsageRefused
from fupin_cli.pipelines.sampling import Question

#: What is asked where nothing is said: the questions that people have.
_MARGIN, _TELL, _POWER, _CONFIDENCE = "1%", "1%:2%", "80%", "95%"
_HALF = Fraction(1, 2)


def question_of(given: Mapping[str, Any]) -> Question:
    """The question; without ``--margin`` and ``--tell`` both, with their usual values.

    Raises:
        UsageRefused: something is no percentage, or out of bounds.
    """
    bare = not given["margin"] and not given["tell"]
    margin, tell = (_MARGIN, _TELL) if bare else (given["margin"], given["tell"])
    apart = _two(tell) if tell else None
    # Around the limit a rate has to be known best.
    expected = share_of("--rate", given["rate"]) if given["rate"] else apart[1] if apart is not None else _HALF
    return Question(
        margin=share_of("--margin", margin) if margin else None,
        expected=expected,
        tell=apart,
        power=share_of("--power", given["power"] or _POWER),
        confidence=share_of("--confidence", given["confidence"] or _CONFIDENCE),
        population=_population(given["population"]),
    )


def _two(text: str) -> tuple[Fraction, Fraction]:
    first, _, second = text.replace("：", ":").partition(":")
    good, bad = percent(first), percent(second)
    if good is None or bad is None or good == bad or not 0 < bad < 1:
        raise UsageRefused("sample-tell", value=text)
    return good, bad


def _population(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 11 and int(text)):
        raise UsageRefused("sample-number", name="--population", value=text)
    return int(text)
