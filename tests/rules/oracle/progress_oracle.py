"""The calendar of part four of the Anhui opinion read a second time: fifteen steps, each a day, its days and what it follows.

No line of the engine is used and no number of the pack; days are compared as days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from made_up import BAD, value
from three_values import Judged, Rule, Truth, all_met, at_least, at_most, both, either, negated

NATIONAL, PROVINCIAL = "国家级", "省级"


@dataclass(frozen=True)
class Stage:
    """A step: where its day is written, from when to when it is due, and after what it comes."""

    field: str
    first: tuple[int, int]
    last: tuple[int, int]
    after: tuple[str, ...] = ()
    #: 0: in the year of the application, 1: in the next one.
    later: int = 0
    national: bool = False


_SPRING: dict[str, Any] = {"first": (1, 1), "last": (4, 30), "later": 1}
_SUMMER: dict[str, Any] = {"first": (5, 1), "last": (7, 31), "later": 1}
STAGES = {
    "self_check": Stage("self_check_date", (8, 1), (11, 30)),
    "dynamic_management": Stage("dynamic_management_date", (10, 1), (10, 10)),
    "works": Stage("works_completed_date", (1, 1), (11, 30)),
    "application": Stage("applied_date", (12, 1), (12, 15), ("self_check_date", "dynamic_management_date")),
    "city_review": Stage("city_reviewed_date", (12, 1), (12, 31), ("applied_date",)),
    "verification": Stage("province_verified_date", after=("city_reviewed_date",), **_SPRING),
    "evaluation": Stage("evaluation_date", after=("city_reviewed_date",), **_SPRING),
    "notice_opening": Stage("notice_start", after=("province_verified_date", "evaluation_date"), **_SPRING),
    "notice_closing": Stage("notice_end", after=("notice_start",), **_SPRING),
    "opinion": Stage("opinion_date", after=("notice_end",), **_SPRING),
    "spot_check": Stage("spot_check_date", after=("opinion_date",), national=True, **_SUMMER),
    "special_report": Stage("special_report_date", after=("spot_check_date",), national=True, **_SUMMER),
    "approval": Stage("approved_date", after=("opinion_date",), **_SUMMER),
    "ratification": Stage("ratified_date", after=("approved_date",), **_SUMMER),
    "announcement": Stage("announced_date", after=("ratified_date",), **_SUMMER),
}
#: What comes late is told, and nothing else follows from it.
ADVISORY = "works"


class County:
    """A county on a day; a cell is a day, nothing, unreadable, or there is no such column."""

    def __init__(self, row: Mapping[str, Any], today: date) -> None:
        self.row, self.today, self.year = row, today, row["year"]

    def blank(self, field: str) -> Truth:
        if field not in self.row or self.row[field] is BAD:
            return None
        return self.row[field] is None

    def meant(self, stage: Stage) -> Truth:
        level = value(self.row, "county_level")
        return True if not stage.national else None if level is None else level == NATIONAL

    def done(self, stage: Stage) -> Truth:
        return both(self.meant(stage), negated(self.blank(stage.field)), at_most(value(self.row, stage.field), self.today))

    def open(self, stage: Stage) -> Truth:
        planned = at_most(value(self.row, stage.field), self.today)
        return both(self.meant(stage), either(self.blank(stage.field), negated(planned)))

    def days(self, stage: Stage) -> tuple[date, date]:
        year = self.year + stage.later
        return date(year, *stage.first), date(year, *stage.last)

    def follows(self, name: str, stage: Stage) -> Truth:
        """Whether what comes before came before; an opinion also asks that nobody objected."""
        mine = value(self.row, stage.field)
        order = both(*(at_most(value(self.row, before), mine) for before in stage.after))
        if name == "opinion":
            return both(order, negated(value(self.row, "notice_objection")))
        if name == "approval":
            level = value(self.row, "county_level")
            provincial = None if level is None else level == PROVINCIAL
            return both(order, either(provincial, at_most(value(self.row, "special_report_date"), mine)))
        return order

    def rules(self) -> dict[str, Rule]:
        """The checks, by their names in the pack."""
        found = {}
        for name, stage in STAGES.items():
            first, last = self.days(stage)
            day, done, still_open = value(self.row, stage.field), self.done(stage), self.open(stage)
            found[f"{name}_in_window"] = Rule(both(at_least(day, first), at_most(day, last)), done)
            if stage.after:
                found[f"{name}_in_order"] = Rule(self.follows(name, stage), done)
            found[f"{name}_not_overdue"] = Rule(self.today <= last, still_open)
            found[f"{name}_not_open"] = Rule(self.today < first, still_open)
        found["notice_problems"] = Rule(negated(value(self.row, "notice_objection")), self.done(STAGES["notice_closing"]))
        found["spot_check_problems"] = Rule(value(self.row, "spot_check_passed"), self.done(STAGES["spot_check"]))
        return found

    def judged(self) -> Judged:
        """Out of order before overdue, overdue before under way."""
        rules = self.rules()
        gates = {name: stage for name, stage in STAGES.items() if name != ADVISORY}
        in_order = [f"{name}_in_order" for name, stage in gates.items() if stage.after]
        in_time = [f"{name}_not_overdue" for name in gates]
        return Judged(
            rules,
            (
                ("out_of_order", negated(all_met(rules, *in_order))),
                ("overdue", negated(all_met(rules, *in_time))),
                ("in_progress", either(*(self.open(stage) for stage in gates.values()))),
                ("complete", True),
            ),
        )

    def states(self) -> dict[str, str]:
        """How each step stands; steps that are not for this county are left out."""
        found = {}
        for name, stage in STAGES.items():
            state = self._state(name, stage)
            if state is not None:
                found[name] = state
        return found

    def _state(self, name: str, stage: Stage) -> str | None:
        done, still_open, day = self.done(stage), self.open(stage), value(self.row, stage.field)
        if self.meant(stage) is False:
            return None
        first, last = self.days(stage)
        if done is True:
            follows = self.follows(name, stage) if stage.after else True
            return "done" if follows else "unknown" if follows is None else "out_of_order"
        if still_open is True:
            if self.today > last:
                return "overdue"
            return "not_yet_due" if self.today < first else "due"
        if done is None and still_open is False and day is not None:
            # It is done, if it is asked for at all; then all that is said of it has to be sure.
            inside, follows = first <= day <= last, self.follows(name, stage)
            return "done" if inside and follows else "unknown"
        return self._doubtful(stage, still_open)

    def _doubtful(self, stage: Stage, still_open: Truth) -> str:
        """Nobody knows whether it is asked for, or whether it is done."""
        first, last = self.days(stage)
        if still_open is None and self.done(stage) is False and self.today <= last:
            # Not done for certain; if it is asked for at all there is still time.
            return "not_yet_due" if self.today < first else "unknown"
        return "unknown"
