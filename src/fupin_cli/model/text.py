"""Folding: what two spellings have in common."""

import re
import unicodedata

#: Spaces of every kind, zero-width characters and joiners, the byte-order mark: people do not see them.
_INVISIBLE = re.compile("[\\s\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")


#: What people do not see, and full-width forms of what stands on a keyboard: they make no difference where a text is folded.
_UNUSUAL = re.compile("[\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\uff01-\uff5e]")


def is_unusual(text: str) -> bool:
    """Whether folding changes more than the ordinary spaces of a text."""
    return _UNUSUAL.search(text) is not None


def fold(text: str) -> str:
    """The text with full-width forms made half-width and all spaces removed: how headers, codes and numbers are compared."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def trim(text: str) -> str:
    """The text without invisible characters at its ends, otherwise untouched: how names are kept."""
    start, end = 0, len(text)
    while start < end and _INVISIBLE.fullmatch(text[start]):
        start += 1
    while end > start and _INVISIBLE.fullmatch(text[end - 1]):
        end -= 1
    return text[start:end]
