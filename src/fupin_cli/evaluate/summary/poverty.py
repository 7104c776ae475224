"""The measures of Foster, Greer and Thorbecke (1984), exact, with what is unknown at its least and its most.

With z the line and y the income of a person, a person's shortfall is g = (z - y) / z where y < z, else 0; measure α is the mean
of g to the power of α over all persons, where 0 to the power of 0 counts as 0. A household counts as often as it has persons.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fupin_cli.model.summary import Measure

ALPHAS = (0, 1, 2)


@dataclass
class Persons:
    """What is known of the persons of a block."""

    #: The smallest and the largest size that a household may have.
    smallest: int
    largest: int
    #: Persons whose shortfall is known, and the sums of its powers.
    known: int = 0
    sums: list[Fraction] = field(default_factory=lambda: [Fraction(0)] * len(ALPHAS))
    #: Persons of whom nobody knows the income or the line.
    unknown: int = 0
    #: Households of unknown size: shortfall (None for unknown) → how many.
    unsized: dict[Fraction | None, int] = field(default_factory=dict)

    def measures(self) -> tuple[Measure, ...]:
        """The measures; none where there is nobody. Whoever's income is unknown may have none at all, but no debts."""
        if not (self.known or self.unknown or any(self.unsized.values())):
            return ()
        return tuple(self._measure(alpha) for alpha in ALPHAS)

    def _measure(self, alpha: int) -> Measure:
        persons = self.known + self.unknown
        loose = [(_power(gap, alpha), count) for gap, count in self.unsized.items() if gap is not None]
        nobody_knows = self.unsized.get(None, 0)
        low = self._extreme(self.sums[alpha], persons, [*loose, (Fraction(0), nobody_knows)], most=False)
        high = self._extreme(self.sums[alpha] + self.unknown, persons, [*loose, (Fraction(1), nobody_knows)], most=True)
        return Measure(low, high)

    def _extreme(self, total: Fraction, persons: int, loose: Iterable[tuple[Fraction, int]], *, most: bool) -> Fraction:
        """The largest or smallest mean, where some households may have any size between the two ends.

        A mean grows when those above it weigh more: so all start at the smallest size, and those furthest above it (below it, for
        the least) are made as large as can be, until the next one would pull it back.
        """
        ordered = sorted(((shortfall, count) for shortfall, count in loose if count), reverse=most)
        weight = persons + self.smallest * sum(count for _, count in ordered)
        whole = total + self.smallest * sum(shortfall * count for shortfall, count in ordered)
        for shortfall, count in ordered:
            if (shortfall * weight <= whole) if most else (shortfall * weight >= whole):
                break
            more = (self.largest - self.smallest) * count
            weight, whole = weight + more, whole + more * shortfall
        return whole / weight


def shortfall(line: Fraction, income: Fraction) -> Fraction:
    """How far an income is below the line, as a part of it."""
    return max(Fraction(0), (line - income) / line)


def _power(gap: Fraction, alpha: int) -> Fraction:
    """A shortfall's power, where somebody at or over the line has none of any power."""
    return Fraction(gap > 0) if alpha == 0 else gap**alpha


def add_known(persons: Persons, count: int, sums: Sequence[Fraction]) -> None:
    """More persons whose shortfalls are known, by the sums of their powers."""
    persons.known += count
    persons.sums = [before + more for before, more in zip(persons.sums, sums, strict=True)]
