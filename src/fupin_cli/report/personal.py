"""Where numbers of persons stand in a text, however they are written: identity numbers, bank cards, telephones."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Characters that nobody sees: they steer or join.
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
#: What people put between the digits of a long number, up to three of them: spaces of any kind, hyphens, dots; and what nobody
#: sees.
_LIGHT = rf"\s\u00a0\u2000-\u200b\u202f\u3000\-\u2010-\u2015\u2212\u30fc.·{_UNSEEN}"
_GAP = rf"[{_LIGHT}]{{0,3}}"
#: These also stand between numbers that have nothing to do with each other, so that more is asked of what they split.
_HEAVY = r",/()\\|_"
_ANY = rf"[{_LIGHT}{_HEAVY}]{{0,3}}"
#: One that splits a number into groups: no comma with a space, which makes a list.
_SPLIT = rf"(?:[,/\\|_]|[{_LIGHT}()]{{1,3}})"
_HEAVY_ONES = frozenset(",/()\\|_")
_HIDDEN = rf"[{_UNSEEN}]*"

#: 15 or more digits, perhaps in groups, with the check character and what a certificate adds to it, or a number that somebody
#: joined to it: identity numbers of every generation, disability certificates, bank cards.
_LONG = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{14,}}(?:{_GAP}[Xx](?![A-WYZa-wyz])\d*)*")
#: A mobile number, perhaps with the country's prefix, or with that of a call to another place.
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP}|0{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_SCIENTIFIC = re.compile(r"\d\.\d{5,}[eE]\+?\d+")

_YEAR, _BETWEEN = r"(?:19|20)\d\d", rf"[{_LIGHT}]{{1,3}}"
_DAY = rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_MOMENT = rf"{_DAY}{_GAP}(?:[01]\d|2[0-3])(?:{_GAP}[0-5]\d){{2}}(?:{_GAP}\d{{3,6}})?"
_WRITTEN = rf"{_YEAR}(?:{_BETWEEN}(?:0?[1-9]|1[0-2])(?:{_BETWEEN}(?:0?[1-9]|[12]\d|3[01]))?)?"
_TIME = rf"(?:{_MOMENT}|(?:{_DAY}){{1,2}}|{_YEAR}(?:0[1-9]|1[0-2])|{_WRITTEN})"
#: Years, months, days and moments after each other: no area and no bank has a number that begins so.
_TIMES = re.compile(rf"{_TIME}(?:{_BETWEEN}{_TIME})*")
#: The number of a paper that begins with its day; what follows is shorter than any number of a person.
_DATED = re.compile(rf"{_DAY}(?:{_GAP}\d){{1,9}}")
#: Amounts, shares or places on a map after each other.
_AMOUNTS = re.compile(r"\d{1,9}\.\d{1,6}(?:[\s\u3000\-\u2010-\u2015]+\d{1,9}\.\d{1,6})+")
#: Round amounts after each other; no number of a person has a nought at the end of every group.
_ROUND = re.compile(r"\d{1,4}0(?:[\s\u3000]{1,3}\d{1,4}0)+")
#: One number with as many digits as a quotient has: those of a spreadsheet, or of a program. Identity numbers and cards are not
#: split after so few, but may stand behind the number of a line.
_QUOTIENT = re.compile(r"0\.\d{1,17}|(?=.{1,16}\Z)\d{1,2}\.\d+|(?=.{1,18}\Z)\d{3,5}\.\d+")
#: The same of eleven digits.
_PART = re.compile(r"(?:0|1\d?)\.\d+")

#: An identity number split by anything: its birthday tells it from numbers that stand in a list.
_IDENTITY = re.compile(
    rf"(?<!\d)(?!19|20)[1-9](?:{_ANY}\d){{5}}{_ANY}(?:1{_ANY}[89]|2{_ANY}0){_ANY}\d{_ANY}\d"
    rf"{_ANY}(?:0{_ANY}[1-9]|1{_ANY}[0-2]){_ANY}(?:0{_ANY}[1-9]|[12]{_ANY}\d|3{_ANY}[01])(?:{_ANY}\d){{3}}{_ANY}[\dXx](?!\d)"
)
#: The older one without century: in its three parts only.
_IDENTITY_15 = re.compile(
    rf"(?<!\d)(?!19|20)[1-9]\d{{5}}{_SPLIT}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_SPLIT}\d{{3}}(?!\d)"
)
#: A card in groups of four. Of cards that these characters split, those of the country's own banks; its check digit is asked for.
_CARD = re.compile(rf"(?<!\d)62\d\d(?:{_SPLIT}\d{{4}}){{3}}(?:{_SPLIT}\d{{1,3}})?(?!\d)")
#: A mobile number in its usual groups.
_GROUPS = re.compile(rf"(?<!\d)(1[3-9]\d){_SPLIT}(\d{{4}})(?:{_SPLIT})?(\d{{4}})(?!\d)")
#: A landline: the area's code and a number of seven or eight digits, which begins with neither 0 nor 1.
_AREA = rf"(?:1{_HIDDEN}0|2{_HIDDEN}\d|[3-689]{_HIDDEN}[1-9]{_HIDDEN}\d|7{_HIDDEN}\d{_HIDDEN}\d|9{_HIDDEN}0{_HIDDEN}\d)"
_LANDLINE = re.compile(
    rf"(?<!\d)(?:0{_HIDDEN}|(?:\+|00){_HIDDEN}8{_HIDDEN}6{_ANY}0?{_HIDDEN}){_AREA}"
    rf"{_ANY}[2-8](?:{_GAP}\d){{6,7}}(?!\d)"
)


@dataclass(frozen=True)
class Span:
    """A number in a text, and how much of its beginning may be seen."""

    start: int
    end: int
    kept: int


def personal_spans(text: str) -> list[Span]:
    """Every number in a text that looks personal, from left to right; none overlaps another."""
    plain = _plain(text)
    return _apart([*_long(plain), *_mobile(plain), *_scientific(plain), *_split(plain), *_landline(plain)])


def key_spans(text: str) -> list[Span]:
    """The same in the place of a household's number; what a spreadsheet has shortened may be any number of a register."""
    plain = _plain(text)
    return _apart([*_long(plain), *_mobile(plain), *_split(plain), *_landline(plain)])


def _apart(spans: list[Span]) -> list[Span]:
    """The spans in order; those that touch the same digits are one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if found and span.start < found[-1].end:
            last = found[-1]
            found[-1] = Span(last.start, max(last.end, span.end), last.kept)
        else:
            found.append(span)
    return found


def _long(plain: str) -> Iterator[Span]:
    for found in _LONG.finditer(plain):
        if not any(known.fullmatch(found[0]) for known in (_TIMES, _DATED, _AMOUNTS, _ROUND, _QUOTIENT)):
            yield Span(*found.span(), 4)


def _mobile(plain: str) -> Iterator[Span]:
    for found in _MOBILE.finditer(plain):
        if not _PART.fullmatch(found[0]) and not _TIMES.fullmatch(found[0]):
            yield Span(*found.span(), 3)


def _scientific(plain: str) -> Iterator[Span]:
    yield from (Span(*found.span(), 3) for found in _SCIENTIFIC.finditer(plain))


def _landline(plain: str) -> Iterator[Span]:
    for found in _LANDLINE.finditer(plain):
        # What stands behind a decimal point is a fraction.
        if not (found[0].isdigit() and re.search(r"\d\.$", plain[: found.start()])):
            yield Span(*found.span(), 3)


def _split(plain: str) -> Iterator[Span]:
    """Numbers whose digits are split by what otherwise stands between numbers."""
    if _HEAVY_ONES.isdisjoint(plain):
        return
    for pattern in (_IDENTITY, _IDENTITY_15):
        yield from (Span(*found.span(), 4) for found in pattern.finditer(plain))
    yield from (Span(*found.span(), 4) for found in _CARD.finditer(plain) if _has_check_digit(found[0]))
    yield from (Span(*found.span(), 3) for found in _GROUPS.finditer(plain) if not _are_figures(found[2], found[3]))


def _are_figures(first: str, second: str) -> bool:
    """Whether the groups behind a first one are years or round amounts: ``150/2000/3500`` is no telephone."""
    return all(re.fullmatch(rf"{_YEAR}|\d+0", group) for group in (first, second)) or bool(_TIMES.fullmatch(first + second))


def _has_check_digit(card: str) -> bool:
    """Whether the last digit is the one that ISO/IEC 7812 asks for."""
    digits = [int(character) for character in card if character.isdigit()]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def _plain(text: str) -> str:
    """The text with plain digits and separators for those of other scripts and widths, as long as it was."""
    return text if text.isascii() else "".join(map(_half, text))


def _half(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character) if "\uff00" <= character <= "\uffef" else character
    return folded if len(folded) == 1 else character
