"""Arithmetic on figures: exact, with units, and with ends where something is unknown.

Everything is a fraction, so that a percentage is decided as the quotient that it is. An amount may count several things at once
(8户22人); a number without a unit is *bare* and counts in the unit of its row as soon as it meets one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from fupin_cli.evaluate.reconcile.units import SHARE, Dimension, Unit, multiplied, plain_word

End = Fraction | None


class UnitsMixedError(Exception):
    """Two amounts that do not count the same; ``first`` and ``second`` are their units, empty for a bare number."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first, second)
        self.first, self.second = first, second


class NoDivisorError(Exception):
    """A division by nothing."""


@dataclass(frozen=True)
class Span:
    """All values between two ends, both included; None where there is no end."""

    low: End
    high: End

    def __add__(self, other: "Span") -> "Span":
        return Span(_sum(self.low, other.low), _sum(self.high, other.high))

    def __neg__(self) -> "Span":
        return Span(*(None if end is None else -end for end in (self.high, self.low)))

    def __mul__(self, other: "Span") -> "Span":
        if point(0) in (self, other):
            return point(0)
        if None in (self.low, self.high, other.low, other.high):
            return self._without_end(other)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high) if a is not None and b is not None]
        return Span(min(ends), max(ends))

    def _without_end(self, other: "Span") -> "Span":
        """A product of which something has no end: known only as far as both are on one side of nothing."""
        if self.low is not None and other.low is not None and self.low >= 0 and other.low >= 0:
            high = None if self.high is None or other.high is None else self.high * other.high
            return Span(self.low * other.low, high)
        return Span(None, None)

    def inverse(self) -> "Span":
        """One divided by it.

        Raises:
            NoDivisorError: it is nothing, for certain.
        """
        if self == point(0):
            raise NoDivisorError
        if self.low is not None and self.low >= 0:
            return Span(Fraction(0) if self.high is None else 1 / self.high, 1 / self.low if self.low else None)
        if self.high is not None and self.high <= 0:
            return -(-self).inverse()
        return Span(None, None)

    def scaled(self, factor: Fraction) -> "Span":
        """Every value times a factor above nothing."""
        return Span(*(None if end is None else end * factor for end in (self.low, self.high)))


def _sum(first: End, second: End) -> End:
    return None if first is None or second is None else first + second


def point(value: int | Fraction) -> Span:
    """One value."""
    return Span(Fraction(value), Fraction(value))


@dataclass(frozen=True)
class Amount:
    """A figure: for each thing that it counts, how many."""

    spans: Mapping[Dimension, Span]
    bare: bool = False
    #: A bare quotient: beside the unit % it is a share, not so many per cent.
    quotient: bool = False

    @property
    def word(self) -> str:
        """Its unit, for people; empty where it has none."""
        return "" if self.bare else "、".join(map(plain_word, self.spans))

    def counted_in(self, unit: Unit | None) -> "Amount":
        """The amount with a unit: its own, else the row's; bare where there is none."""
        if not self.bare or unit is None:
            return self
        factor = Fraction(1) if self.quotient and unit.dimension == SHARE else unit.factor
        return Amount({unit.dimension: self.spans[SHARE].scaled(factor)})


def bare(span: Span, *, quotient: bool = False) -> Amount:
    """A number without a unit."""
    return Amount({SHARE: span}, bare=True, quotient=quotient)


def add(first: Amount, second: Amount, unit: Unit | None) -> Amount:
    """The sum; a bare number beside one with a unit counts in the unit of the row.

    Raises:
        UnitsMixedError: they do not count the same.
    """
    if first.bare != second.bare:
        first, second = first.counted_in(unit), second.counted_in(unit)
    if first.bare != second.bare or set(first.spans) != set(second.spans):
        raise UnitsMixedError(first.word, second.word)
    summed = {name: span + second.spans[name] for name, span in first.spans.items()}
    return replace(first, spans=summed, quotient=first.quotient or second.quotient)


def negative(amount: Amount) -> Amount:
    """The amount below nothing."""
    return replace(amount, spans={name: -span for name, span in amount.spans.items()})


def multiply(first: Amount, second: Amount) -> Amount:
    """The product; a bare number or a share only makes more or less of the other.

    Raises:
        UnitsMixedError: a factor counts several things at once, and so does the other or it has a unit.
    """
    if _plain(first) and not _plain(second):
        first, second = second, first
    if _plain(second):
        factor = second.spans[SHARE]
        spans = {name: span * factor for name, span in first.spans.items()}
        # A bare number and a share: which of the two is meant, the unit of the row says.
        mixed = _plain(first) and first.bare != second.bare
        return replace(first, spans=spans, bare=first.bare or mixed, quotient=mixed or first.quotient or second.quotient)
    return _combined(first, second, 1, lambda a, b: a * b)


def divide(first: Amount, second: Amount) -> Amount:
    """The quotient.

    Raises:
        UnitsMixedError: a bare number is divided by one with a unit, or one of them counts several things.
        NoDivisorError: the divisor is nothing.
    """
    if _plain(second):
        inverse = second.spans[SHARE].inverse()
        spans = {name: span * inverse for name, span in first.spans.items()}
        return replace(first, spans=spans, quotient=first.bare and (second.bare or first.quotient))
    if first.bare:
        raise UnitsMixedError(first.word, second.word)
    return _combined(first, second, -1, lambda a, b: a * b.inverse())


def _plain(amount: Amount) -> bool:
    """Whether it is a bare number or a share."""
    return amount.bare or set(amount.spans) == {SHARE}


def _combined(first: Amount, second: Amount, sign: int, work: Callable[[Span, Span], Span]) -> Amount:
    if len(first.spans) > 1 or len(second.spans) > 1:
        raise UnitsMixedError(first.word, second.word)
    [(one, a)], [(other, b)] = first.spans.items(), second.spans.items()
    return Amount({multiplied(one, other, sign): work(a, b)})
