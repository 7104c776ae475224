"""How many meet a standard as one number of it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fupin_cli.model.comparison import STANDINGS, Standing, standing
from fupin_cli.model.parameter import Period
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result


@dataclass(frozen=True)
class Tally:
    """The outcomes of one standard at one value of the parameter."""

    #: Outcome → how many came to it, in the order of the standard; only those that occur.
    outcomes: Mapping[str, int]
    #: Outcome → a number that tells who they are from any other group of subjects.
    who: Mapping[str, int]


@dataclass(frozen=True)
class Series:
    """One standard as the parameter moves."""

    #: The standard at the values in force now; at the first value where the pack leaves the number to the user.
    base: StandardResult
    #: One for each value.
    tallies: Sequence[Tally]

    @property
    def subjects(self) -> int:
        """How many were judged."""
        return int(self.base.data.num_rows)

    def standings(self, outcomes: Mapping[str, int]) -> dict[Standing, int]:
        """How many meet the standard, are undetermined, do not meet it, or are not meant."""
        found = dict.fromkeys(STANDINGS, 0)
        for name, count in outcomes.items():
            found[standing(self.base.standard, name)] += count
        return found

    def moves(self) -> bool:
        """Whether anybody's verdict at one value differs from that at another."""
        return any(tally.who != self.tallies[0].who for tally in self.tallies)


@dataclass(frozen=True)
class Sweep:
    """Every standard that looks at the parameter, at each of its values, over one reading of the files."""

    #: The check command whose standards are asked.
    job: str
    parameter: str
    #: From the first to the last, both among them.
    values: Sequence[Decimal]
    base: Result
    #: The parameter's values in force now; none where the pack leaves it to the user and the user to this range.
    present: Sequence[Period]
    series: Sequence[Series]

    def moves(self) -> bool:
        """Whether anybody's verdict changes on the way."""
        return any(series.moves() for series in self.series)
