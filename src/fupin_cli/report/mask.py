"""Personal data made unreadable: identity numbers, telephone numbers, bank cards, wherever they stand in a text."""

import re

#: 15 or more digits in a row (with a check character): identity numbers of every generation, certificates, bank cards.
_LONG = re.compile(r"(?<!\d)(\d{15,}[\dXxＸｘ]?)(?!\d)")
_SPACED_CARD = re.compile(r"(?<!\d)(?:\d{4}[ -]){3,4}\d{1,7}(?!\d)")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_SCIENTIFIC = re.compile(r"\d\.\d{5,}[eE]\+?\d+")
_STARS = "****"


def mask(text: str) -> str:
    """The text with every number that looks personal reduced to its first digits."""
    for pattern, kept in ((_LONG, 4), (_SPACED_CARD, 4), (_PHONE, 3), (_SCIENTIFIC, 3)):
        text = pattern.sub(lambda found, kept=kept: found[0][:kept] + _STARS, text)  # type: ignore[misc]
    return text


def mask_key(text: str) -> str:
    """A household number stays readable, unless someone has put an identity number in its place."""
    return _LONG.sub(lambda found: found[0][:4] + _STARS, text)


def mask_whole(text: str) -> str:
    """A value of a sensitive field: hardly anything is left of it, because its damaged forms have no pattern."""
    return text[:3] + _STARS if len(text) > 6 else _STARS
