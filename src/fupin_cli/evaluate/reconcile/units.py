"""Which units figures are counted in, and which of them can be added."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fupin_cli.model.text import fold

#: What a number counts: kind → power, sorted. Yuan per person: ``(("人", -1), ("元", 1))``. A share counts nothing: ``()``.
Dimension = tuple[tuple[str, int], ...]
SHARE: Dimension = ()

#: Word → the kind that it counts. Counts of persons and of times a person was helped are different things.
_KINDS: Mapping[str, str] = {
    word: word
    for word in (
        "元", "户", "户次", "人", "人次", "村", "镇", "县", "亩", "平方米", "公里", "米", "吨", "公斤", "个", "项", "所", "家",
        "天", "次", "月", "岁",
    )
} | {"口": "人", "名": "人", "千米": "公里", "日": "天", "个月": "月"}  # fmt: skip
_TIMES: Mapping[str, int] = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}
#: A year below the line says only that a sum is a year's.
_YEAR = "年"

_WORD = "|".join(sorted(_KINDS, key=len, reverse=True))
_MANY = "|".join(sorted(filter(None, _TIMES), key=len, reverse=True))
_BELOW = rf"(?:{_WORD}|{_YEAR})"
#: A unit behind a number: ``万元``, ``元/人·年``, ``%``, or 万 alone.
UNIT = re.compile(rf"%|(?P<many>{_MANY})?(?P<kind>{_WORD})(?P<below>(?:[/·]{_BELOW}(?![\w(]))*)|(?P<only>{_MANY})")
_PER_HUNDRED = Fraction(1, 100)


@dataclass(frozen=True)
class Unit:
    """A unit: what it counts, and how many of the plain one it is."""

    word: str
    dimension: Dimension
    factor: Fraction


def unit_of(word: str) -> Unit | None:
    """The unit that a word means; None for a word that is none."""
    folded = fold(word)
    found = UNIT.fullmatch(folded)
    if found is None or found["only"]:
        return None
    if found["kind"] is None:
        return Unit("%", SHARE, _PER_HUNDRED)
    powers = {_KINDS[found["kind"]]: 1}
    for below in re.findall(_BELOW, found["below"] or ""):
        if below != _YEAR:
            powers[_KINDS[below]] = powers.get(_KINDS[below], 0) - 1
    return Unit(folded, dimension(powers), Fraction(_TIMES[found["many"] or ""]))


def times_of(word: str) -> int | None:
    """How many 万 alone is; None for a word that says more, or nothing."""
    return _TIMES.get(fold(word)) if word else None


def dimension(powers: Mapping[str, int]) -> Dimension:
    """A dimension from kinds and their powers."""
    return tuple(sorted((kind, power) for kind, power in powers.items() if power))


def multiplied(first: Dimension, second: Dimension, sign: int) -> Dimension:
    """The dimension of a product (``sign`` 1) or a quotient (-1)."""
    powers = dict(first)
    for kind, power in second:
        powers[kind] = powers.get(kind, 0) + sign * power
    return dimension(powers)


def plain_word(found: Dimension) -> str:
    """A dimension as a unit without multiples: ``元/人``; ``%`` for a share."""
    above = "·".join(kind for kind, power in found for _ in range(power))
    below = "".join(f"/{kind}" for kind, power in found for _ in range(-power))
    return (above or ("1" if below else "%")) + below
