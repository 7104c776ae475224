"""What the procedure of a pack asks for before the public notice: a draft has forms and blanks for that, and for nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from fupin_cli.model.pack import Standard
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.report.counties.order import gates
from fupin_cli.rules.ordered import ordered

#: Fields of a household: when the notice begins, when it was verified, when the household agreed, and that it did.
_NOTICE, _VERIFIED, _AGREED, _AGREES = "notice_start", "verified_date", "agreed_date", "household_agrees"


@dataclass(frozen=True)
class Asked:
    """The steps before the notice."""

    #: The procedure that says so; None where the pack has none.
    by: StandardResult | None
    #: The fields with their days, in the order of the procedure.
    days: Sequence[str]
    verification: bool
    agreement: bool

    @classmethod
    def of(cls, group: Group) -> "Asked":
        """By the procedure that was judged beside. Of a pack without one nobody knows: forms are there and can be left out."""
        for judged in group.beside:
            days = _days_before(judged.standard)
            if days:
                looked = {look.name for gate in gates(judged.standard) for look in judged.looks[gate]}
                return cls(judged, days, _VERIFIED in looked, bool({_AGREED, _AGREES} & looked))
        return cls(None, (), verification=True, agreement=True)


def _days_before(standard: Standard) -> Sequence[str]:
    """The days that gates ask to be no later than the notice, be it through others, in an order in which they can be gone."""
    pairs = dict.fromkeys(pair for gate in gates(standard) for pair in ordered(standard.checks[gate].require))
    known, earlier = [_NOTICE], dict[str, list[str]]()
    for day in known:
        earlier[day] = [first for first, later in pairs if later == day]
        known += [first for first in earlier[day] if first not in known]
    try:
        return [day for day in TopologicalSorter(earlier).static_order() if day != _NOTICE]
    except CycleError:
        # Days that have to be equal are in no order.
        return known[1:]
