"""From the parts of a formula to what it comes to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fupin_cli.evaluate.reconcile.amounts import (
    Amount,
    NoDivisorError,
    Span,
    UnitsMixedError,
    add,
    bare,
    divide,
    multiply,
    negative,
    point,
)
from fupin_cli.evaluate.reconcile.formula import Call, Figure, Item, Minus, Number, Part, Work
from fupin_cli.evaluate.reconcile.units import Unit
from fupin_cli.rules.scope import ExpressionError


@dataclass(frozen=True)
class Values:
    """Works out formulas of one row."""

    #: The unit of the row, for numbers without one.
    unit: Unit | None
    #: What a call comes to, by the character at which it starts.
    counted: Mapping[int, Amount]
    #: The declared figure of another row.
    item: Callable[[Item], Amount]
    #: Take each number as far as its rounding reaches: half of one of its last digit to either side. Whole numbers among the
    #: parts are counts, and exact; of a declared figure (``whole``) nobody knows that.
    rounded: bool = False
    whole: bool = False

    def of(self, part: Part) -> Amount:
        """What a part comes to.

        Raises:
            ExpressionError: units are mixed, or something is divided by nothing.
        """
        try:
            return self._of(part)
        except UnitsMixedError as error:
            raise ExpressionError("units-mixed", part.offset, first=error.first, second=error.second) from None
        except NoDivisorError:
            raise ExpressionError("formula-divided-by-nothing", part.offset) from None

    def _of(self, part: Part) -> Amount:
        match part:
            case Number(figures=figures):
                return self.number(part.offset, figures)
            case Item():
                return self.item(part)
            case Call(offset=offset):
                return self.counted[offset]
            case Minus(part=inner):
                return negative(self.of(inner))
            case Work(sign="+", left=left, right=right):
                return add(self.of(left), self.of(right), self.unit)
            case Work(sign="-", left=left, right=right):
                return add(self.of(left), negative(self.of(right)), self.unit)
            case Work(sign="*", left=left, right=right):
                return multiply(self.of(left), self.of(right))
            case Work(left=left, right=right):
                return divide(self.of(left), self.of(right))
            case _:
                raise TypeError(part)

    def number(self, offset: int, figures: tuple[Figure, ...]) -> Amount:
        """A number as it is written."""
        first = figures[0]
        if first.unit is None:
            if first.many and self.unit is not None and self.unit.factor != 1:
                # 55万 in a row of 万元: nobody knows whether the second 万 is meant.
                raise ExpressionError("units-mixed", offset, first=first.many, second=self.unit.word)
            return bare(self.span(first))
        units = [(figure, figure.unit) for figure in figures if figure.unit is not None]
        return Amount({unit.dimension: self.span(figure).scaled(unit.factor) for figure, unit in units})

    def span(self, figure: Figure) -> Span:
        """The values that a written number can stand for."""
        if not self.rounded or not (figure.has_decimals or self.whole):
            return point(figure.value)
        half = figure.step * Fraction(1, 2)
        return Span(figure.value - half, figure.value + half)
