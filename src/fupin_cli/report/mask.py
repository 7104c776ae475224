"""Personal data made unreadable: identity numbers, telephone numbers, bank cards, wherever they stand in a text."""

import re
import unicodedata

#: What people put between the digits of a long number, up to three of them: spaces of any kind, hyphens, dots; and what nobody
#: sees: characters that steer or join.
_GAP = (
    r"[\s\u00a0\u2000-\u200b\u202f\u3000\-\u2010-\u2015\u2212\u30fc.·"
    r"\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]{0,3}"
)
#: 15 or more digits, perhaps in groups, with the check character and what a certificate adds to it, or a number that somebody
#: joined to it: identity numbers of every generation, disability certificates, bank cards.
_LONG = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{14,}}(?:{_GAP}[Xx]\d*)*")
#: A mobile number, perhaps with the country's prefix, or with that of a call to another place.
_PHONE = re.compile(rf"(?<!\d)(?:\+?86{_GAP}|0{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
#: Days after each other, as of a period: no area and no bank has a number that begins so.
_DAY = rf"(?:19|20)\d\d{_GAP}(?:0?[1-9]|1[0-2]){_GAP}(?:0?[1-9]|[12]\d|3[01])"
_DAYS = re.compile(rf"(?:{_DAY}{_GAP})+{_DAY}")
_SCIENTIFIC = re.compile(r"\d\.\d{5,}[eE]\+?\d+")
#: No number of fewer digits than this is personal: the shortest is one that a spreadsheet has shortened.
_FEWEST = 7
_STARS = "****"


def mask(text: str) -> str:
    """The text with every number that looks personal reduced to its first digits."""
    # Most texts are names and cells, and reports have many of them.
    if sum(map(str.isdigit, text)) < _FEWEST:
        return text
    for pattern, kept in ((_LONG, 4), (_PHONE, 3), (_SCIENTIFIC, 3)):
        text = _reduce(text, pattern, kept)
    return text


def mask_key(text: str) -> str:
    """A household number stays readable, unless someone has put an identity number in its place."""
    return _reduce(text, _LONG, 4)


def mask_whole(text: str) -> str:
    """A value of a sensitive field: hardly anything is left of it, because its damaged forms have no pattern."""
    return text[:3] + _STARS if len(text) > 6 else _STARS


def _reduce(text: str, pattern: re.Pattern[str], kept: int) -> str:
    # Digits of other scripts are digits: they are looked for in a copy of plain ones, which is as long because each stands alone.
    plain = text if text.isascii() else "".join(map(_half, text))
    parts: list[str] = []
    end = 0
    for found in pattern.finditer(plain):
        if _DAYS.fullmatch(found[0]):
            continue
        parts += [text[end : found.start()], text[found.start() : found.start() + kept], _STARS]
        end = found.end()
    return "".join(parts) + text[end:] if parts else text


def _half(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character) if "\uff00" <= character <= "\uffef" else character
    return folded if len(folded) == 1 else character
