"""The values that a number is moved through: ``NAME=FROM:TO:STEP``."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from fupin_cli.errors import UsageRefused
from fupin_cli.rules.parameters import plain_number

#: Most values of one range: more lines than this nobody reads, and each costs a query over everybody.
MOST = 500


@dataclass(frozen=True)
class Range:
    """A parameter and the values that it takes, one after the other."""

    name: str
    #: Both ends are among them; where the step does not go into the distance, the last one is shorter.
    values: tuple[Decimal, ...]


def range_of(text: str) -> Range:
    """What ``--sweep`` says.

    Raises:
        UsageRefused: it is no range, goes backwards or nowhere, or has too many values.
    """
    name, _, ends = text.partition("=")
    parts = [part.strip() for part in ends.split(":")]
    if not name.strip() or len(parts) != 3 or not all(parts):
        raise UsageRefused("sweep-shape", value=text)
    first, last, step = (plain_number(name.strip(), part) for part in parts)
    if step <= 0:
        raise UsageRefused("sweep-step", value=parts[2])
    if first > last:
        raise UsageRefused("sweep-backwards", name=name.strip(), first=parts[0], last=parts[1], step=parts[2])
    whole = int((last - first) // step)
    values = [first + step * place for place in range(min(whole, MOST) + 1)]
    if values[-1] < last:
        values.append(last)
    if len(values) > MOST:
        # The whole step that surely makes few enough.
        least = ((last - first) / (MOST - 1)).to_integral_value(ROUND_CEILING)
        raise UsageRefused("sweep-too-many", most=MOST, step=f"{max(least, step):f}")
    return Range(name.strip(), tuple(values))
