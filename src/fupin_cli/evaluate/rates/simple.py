"""The rate of a simple random sample, and what it says about a limit."""

from fractions import Fraction

from fupin_cli.evaluate.rates.intervals import binomial_interval, hypergeometric_interval
from fupin_cli.evaluate.rates.tails import binomial_over
from fupin_cli.model.rate import Conclusion, Limit, NoRate, NoRateReason, Rate

#: Of intervals, unless told otherwise.
CONFIDENCE = Fraction(95, 100)
#: Ends that are floats are good to far more than this.
_DOUBTFUL = 1e-9


def rate(hits: int, sampled: int, population: int | None = None, confidence: Fraction = CONFIDENCE) -> Rate | NoRate:
    """So many of a sample, with the exact interval for the population that it was drawn from at random.

    ``hits`` of ``sampled``; where the population's size is known, the interval takes it into account. Counts that make no rate
    give the reason.
    """
    reason = fault(hits, sampled, population)
    if reason is not None:
        return NoRate(reason)
    value = Fraction(hits, sampled)
    if population is None:
        low, high = binomial_interval(hits, sampled, confidence)
        return Rate(hits, sampled, None, confidence, value, low, high, "binomial")
    low, high = hypergeometric_interval(hits, sampled, population, confidence)
    return Rate(hits, sampled, population, confidence, value, low, high, "hypergeometric")


def fault(hits: int, sampled: int, population: int | None) -> NoRateReason | None:
    """Why counts make no rate; None where they make one."""
    if min(hits, sampled, 0 if population is None else population) < 0:
        return "negative"
    if population == 0:
        return "nobody-there"
    if sampled == 0:
        return "nobody-asked"
    if hits > sampled:
        return "more-than-asked"
    if population is not None and sampled > population:
        return "more-asked-than-there"
    return None


def conclude(found: Rate, limit: Limit) -> Conclusion:
    """What a sample says about a limit: it passes or fails for sure only where the whole interval does.

    A limit that is to be reached is the other side's limit not to be passed: 90 % who approve are 10 % who do not.
    """
    hits, share = (found.sampled - found.hits, 1 - limit.share) if limit.at_least else (found.hits, limit.share)
    low, high = (1 - found.high, 1 - found.low) if limit.at_least else (found.low, found.high)
    kept, broken = high <= share, low > share
    if found.method == "binomial" and min(abs(float(end) - float(share)) for end in (low, high)) < _DOUBTFUL:
        # The ends of this interval are floats; the probabilities at the limit itself, which they come from, are exact.
        tail = (1 - found.confidence) / 2
        kept = share == 1 or not binomial_over(hits, found.sampled, share, tail)
        broken = binomial_over(hits - 1, found.sampled, share, 1 - tail)
    if kept:
        return "conclusive-pass"
    return "conclusive-fail" if broken else "inconclusive"
