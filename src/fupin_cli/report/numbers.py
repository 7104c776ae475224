"""Exact numbers as people and machines read them."""

from decimal import Decimal
from fractions import Fraction

from fupin_cli.model.parameter import ParameterValue

_PLACES = 6


def number_text(value: Decimal) -> str:
    """A decimal without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parameter_text(value: ParameterValue) -> str:
    """A parameter's value: a number without trailing zeros, or the items of a list."""
    return number_text(value) if isinstance(value, Decimal) else "、".join(value)


def decimal_text(value: Fraction, places: int = _PLACES) -> str:
    """A fraction as a decimal without trailing zeros, rounded half to even where it has more places."""
    text = fixed_text(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed_text(value: Fraction, places: int) -> str:
    """A fraction as a decimal of so many places, rounded half to even: of the fraction, not of another decimal."""
    whole = round(value * 10**places)
    digits = f"{abs(whole):0{places + 1}d}"
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


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
