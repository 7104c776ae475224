"""Exact numbers as people and machines read them."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

_PLACES = 6
_PRECISION = 60


def decimal_text(value: Fraction, places: int = _PLACES) -> str:
    """A fraction as a decimal without trailing zeros, rounded half to even where it has more places."""
    with localcontext() as context:
        context.prec = _PRECISION
        context.rounding = ROUND_HALF_EVEN
        rounded = Decimal(value.numerator) / Decimal(value.denominator)
        text = f"{rounded.quantize(Decimal(1).scaleb(-places)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_decimal(value: Fraction, places: int = _PLACES) -> bool:
    """Whether a decimal of so many places is the number itself."""
    scaled: Fraction = value * 10**places
    return scaled.denominator == 1


def amount_text(value: Fraction, unit: str) -> str:
    """A number with its unit; one that does not end within six places is marked as rounded."""
    text = decimal_text(value) if is_decimal(value) else f"≈ {decimal_text(value)}"
    return f"{text} {unit}".strip()


def fraction_text(value: Fraction) -> str:
    """A number as a fraction in lowest terms."""
    return f"{value.numerator}/{value.denominator}"
