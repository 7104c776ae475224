"""Whether a declared figure agrees with what its parts come to."""

from collections.abc import Mapping
from fractions import Fraction

from fupin_cli.evaluate.reconcile.amounts import Amount, End, Span, UnitsMixedError
from fupin_cli.evaluate.reconcile.units import Dimension, Unit, plain_word
from fupin_cli.model.reconciled import Agreement, Compared

_ABOUT = "约"


def compare(
    declared: Amount,
    computed: Amount,
    rounded: tuple[Amount, Amount],
    sign: str,
    units: tuple[Unit | None, Mapping[Dimension, Unit]],
    tolerance: Fraction | None,
) -> list[Compared]:
    """Each number of a declared figure beside what its parts come to.

    ``rounded`` are both sides as far as their roundings reach; ``units`` the unit of the row and those that the declared figure
    is written in.

    Raises:
        UnitsMixedError: they do not count the same.
    """
    unit, written = units
    sides = [amount.counted_in(unit) for amount in (declared, computed, *rounded)]
    if sides[0].bare != sides[1].bare or set(sides[0].spans) != set(sides[1].spans):
        raise UnitsMixedError(sides[0].word, sides[1].word)
    found: list[Compared] = []
    for dimension in sides[0].spans:
        bare = sides[0].bare
        shown = unit if unit is not None and unit.dimension == dimension else written.get(dimension)
        word = "" if bare else shown.word if shown is not None and shown.word else plain_word(dimension)
        factor = shown.factor if shown is not None and not bare else Fraction(1, 100) if word == "%" else Fraction(1)
        said, known, *wide = (side.spans[dimension].scaled(1 / factor) for side in sides)
        if said.low is None:
            raise AssertionError("a declared figure is one number")
        about = sign == _ABOUT and tolerance is None
        agreement = _about(wide[0], wide[1], known) if about else _agreement(sign, said.low, known, tolerance or Fraction(0))
        reach = wide[1] if about and wide[1] != known else Span(None, None)
        found.append(Compared(word, said.low, known.low, known.high, agreement, rounded_low=reach.low, rounded_high=reach.high))
    return found


def _about(said: Span, rounded: Span, known: Span) -> Agreement:
    """Whether two numbers can be the same before they were rounded."""
    apart = _over(said.low, rounded.high) or _over(rounded.low, said.high)
    if apart:
        return "differs"
    return "agrees" if known.low is not None and known.low == known.high else "undetermined"


def _over(first: End, second: End) -> bool:
    """Whether one end lies above another; one that is not there lies nowhere."""
    return first is not None and second is not None and first > second


def _agreement(sign: str, said: Fraction, known: Span, tolerance: Fraction) -> Agreement:
    """Whether a relation holds for all values that the parts may come to, for none, or for some."""
    least = None if sign == ">=" else said - tolerance
    most = None if sign == "<=" else said + tolerance
    if _over(known.low, most) or _over(least, known.high):
        return "differs"
    low_holds = least is None or (known.low is not None and known.low >= least)
    high_holds = most is None or (known.high is not None and known.high <= most)
    return "agrees" if low_holds and high_holds else "undetermined"
