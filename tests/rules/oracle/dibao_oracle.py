"""The procedure of the 低保 read a second time: 户报、村评、乡镇审、县定, each on or after those before it."""

from datetime import date

from home import Home
from three_values import Judged, Rule, Truth, all_met, both, negated

STEPS = (
    ("户报", "低保申请", "低保户报"),
    ("村评", "低保评议", "低保村评"),
    ("乡镇审", "低保审核", "低保乡镇审"),
    ("县定", "低保审批", "低保县定"),
)
CHECKS = ("assessed_in_order", "reviewed_in_order", "decided_in_order")


def taken(home: Home, names: tuple[str, ...]) -> Truth:
    """Whether the sheet of steps has one of these."""
    if "procedure" not in home.world.of or home.belonging("procedure") is None:
        return None
    sure, _ = home.steps
    if any(sure.get(name) for name in names):
        return True
    return None if home.unsure_of(names) else False


def not_before(first: date | None, second: date | None) -> Truth:
    return None if first is None or second is None else first <= second


def dibao_procedure(home: Home) -> Judged:
    days = [home.step(names, min)[0] for names in STEPS]
    there = [taken(home, names) for names in STEPS]
    rules = {
        check: Rule(both(*(not_before(days[earlier], days[place]) for earlier in range(place))), there[place])
        for place, check in enumerate(CHECKS, 1)
    }
    waiting = tuple(("in_progress", negated(step)) for step in there)
    return Judged(rules, (("violated", negated(all_met(rules))), *waiting, ("complete", True)), home["dibao"])
