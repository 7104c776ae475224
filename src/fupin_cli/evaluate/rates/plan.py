"""How many have to be asked? Searched with the exact distributions that will judge the sample, not with the normal curve.

Either number is the least one from which on every larger sample will do as well: exact distributions go up and down with the
size, and a plan must not fail because a village gave three answers more.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf, log

from fupin_cli.evaluate.rates.simple import CONFIDENCE
from fupin_cli.evaluate.rates.tails import binomial_over, hypergeometric_over
from fupin_cli.model.rate import MarginPlan, PowerPlan

#: No plan is looked for beyond so many answers; the search takes seconds there.
LARGEST = 100_000


@dataclass(frozen=True)
class Design:
    """What holds for either question."""

    population: int | None = None
    confidence: Fraction = CONFIDENCE

    @property
    def tail(self) -> Fraction:
        """What is left on each side of an interval."""
        return (1 - self.confidence) / 2

    def over(self, hits: int, sampled: int, share: Fraction, level: Fraction) -> bool:
        """Whether so few are more likely than the level; of a population of known size, ``share`` is rounded down to persons."""
        if self.population is None:
            return binomial_over(hits, sampled, share, level)
        return hypergeometric_over(hits, sampled, floor(share * self.population), self.population, level)

    def excludes(self, hits: int, sampled: int, share: Fraction) -> bool:
        """Whether the interval ends at ``share`` or below it."""
        if self.population is None or share >= 1:
            return share >= 1 or not binomial_over(hits, sampled, share, self.tail)
        return not hypergeometric_over(hits, sampled, floor(share * self.population) + 1, self.population, self.tail)


def plan_margin(margin: Fraction, expected: Fraction, design: Design) -> MarginPlan | None:
    """The least sample whose interval reaches no further than ``margin`` from the rate, if that comes out as expected.

    As expected: the greatest count whose rate is not over the expected one; a rate of more than a half is that of the others.
    None: more than ``LARGEST`` answers would be needed.
    """
    share = min(expected, 1 - expected)
    end = _enough(design, _divergence(share, share + margin), design.tail)
    if end is None:
        return None
    sampled = end
    while sampled > 1 and _keeps(sampled - 1, margin, share, design):
        sampled -= 1
    hits = floor(share * sampled)
    return MarginPlan(
        margin, expected, design.confidence, design.population, sampled, hits if share == expected else sampled - hits
    )


def _keeps(sampled: int, margin: Fraction, share: Fraction, design: Design) -> bool:
    """Whether neither end of the interval is further away than the margin."""
    hits = floor(share * sampled)
    return all(design.excludes(count, sampled, Fraction(count, sampled) + margin) for count in (hits, sampled - hits))


def plan_power(good: Fraction, bad: Fraction, power: Fraction, design: Design) -> PowerPlan | None:
    """The least sample that is conclusive against ``bad`` with probability ``power`` if the truth is ``good``.

    ``good`` above ``bad`` is a rate to be reached: the same of the others. None: more than ``LARGEST`` answers would be needed.
    """
    low, high = (good, bad) if good < bad else (1 - good, 1 - bad)
    end = _enough_to_tell(low, high, 1 - power, design)
    if end is None:
        return None
    accepted = -1
    best: tuple[int, int] | None = None
    for sampled in range(1, end + 1):
        # One more answer never lowers the greatest number that is still conclusive.
        while accepted + 1 < sampled and design.excludes(accepted + 1, sampled, high):
            accepted += 1
        # So many or fewer at least as likely as the power: more of them at most as likely as what is left of it.
        will = accepted >= 0 and not _more(accepted, sampled, low, 1 - power, design)
        best = (best or (sampled, accepted)) if will else None
    if best is None:
        return None
    return PowerPlan(good, bad, power, design.confidence, design.population, *best, at_least=good > bad)


def _more(hits: int, sampled: int, share: Fraction, level: Fraction, design: Design) -> bool:
    """Whether more than ``hits`` are more likely than the level: the others are few."""
    if design.population is None:
        return binomial_over(sampled - hits - 1, sampled, 1 - share, level)
    others = design.population - floor(share * design.population)
    return hypergeometric_over(sampled - hits - 1, sampled, others, design.population, level)


def _enough(design: Design, divergence: float, level: Fraction) -> int | None:
    """A size from which on a tail is surely below the level: by Chernoff's bound, which samples without return keep, too.

    (W. Hoeffding, Journal of the American Statistical Association 58 (1963), 13-30, theorem 1 and section 6.)
    """
    return _capped(floor(log(1 / float(level)) / divergence) + 1, design)


def _enough_to_tell(low: Fraction, high: Fraction, miss: Fraction, design: Design) -> int | None:
    """A size from which on both tails are surely small enough, the number between them chosen so that this is early."""
    between = [low + (high - low) * Fraction(step, 64) for step in range(1, 64)]
    sizes = [
        max(log(1 / float(design.tail)) / _divergence(share, high), log(1 / float(miss)) / _divergence(share, low))
        for share in between
    ]
    return _capped(floor(min(sizes)) + 1, design)


def _capped(size: int, design: Design) -> int | None:
    """Nobody can ask more than there are: then everything is known."""
    size = min(size, design.population) if design.population is not None else size
    return size if size <= LARGEST else None


def _divergence(seen: Fraction, true: Fraction) -> float:
    """Kullback and Leibler's divergence of two shares, or what it is at least."""
    if true in (0, 1):
        return inf
    p, q = float(seen), float(true)
    if q > max(p, 1 / 2):
        # Of all shares so far apart, those around one half diverge least (Pinsker).
        return 2 * (q - p) ** 2
    return (p * log(p / q) if p else 0.0) + (1 - p) * log((1 - p) / (1 - q))
