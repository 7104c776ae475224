"""A rate in words: the fraction beside the percentage, and an interval that is never made narrower by rounding."""

from fractions import Fraction
from math import ceil, floor

from fupin_cli.messages import Lang, say
from fupin_cli.model.rate import NoRate, Rate
from fupin_cli.report.numbers import decimal_text, fixed_text

_PLACES = 2
#: What a percentage shows at least.
_LEAST = "0.000001"


def percent_text(value: Fraction) -> str:
    """A share as a percentage; one that is not nothing is never shown as 0 %."""
    text = decimal_text(value * 100)
    return f"{text}%" if text != "0" or not value else f"<{_LEAST}%"


def rate_text(found: Rate | NoRate, lang: Lang) -> str:
    """The rate, its interval and its design effect; or why there is none."""
    if isinstance(found, NoRate):
        return say(f"no-rate-{found.reason}", lang)
    line = say(
        "rate-line", lang, hits=found.hits, sampled=found.sampled, value=percent_text(found.value),
        confidence=percent_text(found.confidence), low=_end(found.low, up=False), high=_end(found.high, up=True),
    )  # fmt: skip
    if found.method not in ("strata", "clusters"):
        return line
    effect = found.design_effect
    known = say("rate-design-effect", lang, effect=decimal_text(effect, _PLACES)) if effect is not None else ""
    return say("list-comma", lang).join([line, known or say("rate-design-unknown", lang)])


def _end(value: Fraction, *, up: bool) -> str:
    """The end of an interval, rounded outwards."""
    scaled = value * 100 * 10**_PLACES
    return f"{fixed_text(Fraction(ceil(scaled) if up else floor(scaled), 10**_PLACES), _PLACES)}%"
