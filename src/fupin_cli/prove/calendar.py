"""Days as day numbers; years, months and days of those whose age or number is asked for."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import z3

#: Days before each month of a year that is no leap year.
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_SHORT = (4, 6, 9, 11)
#: What cells and days of judgement may hold; a number in an identity card may say more.
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)

#: So many terms are remembered for the days in them.
_REMEMBERED = 500_000


class Parts(NamedTuple):
    """Year, month and day of a day number."""

    year: z3.ArithRef
    month: z3.ArithRef
    day: z3.ArithRef


class Calendar:
    """Takes days apart, each once."""

    def __init__(self) -> None:
        #: With the day itself: a number of z3's is given to another term as soon as nobody holds the first.
        self.parts: dict[int, tuple[z3.ArithRef, Parts]] = {}
        #: What holds of each of these days, and which of them a year, month or day is of.
        self.facts: list[list[z3.BoolRef]] = []
        self._day_of: dict[int, int] = {}
        self._seen: dict[int, tuple[z3.ExprRef, frozenset[int]]] = {}

    def day(self, term: z3.ArithRef) -> Parts:
        """Year, month and day of a day number, exactly as the calendar has them."""
        key = term.get_id()
        if key not in self.parts:
            year, month, day = (z3.FreshInt(part) for part in ("year", "month", "day"))
            self.parts[key] = (term, Parts(year, month, day))
            leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
            longest = z3.If(month == 2, z3.If(leap, 29, 28), z3.If(z3.Or(*(month == short for short in _SHORT)), 30, 31))
            facts: list[z3.BoolRef] = [
                year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1, day <= longest,
                term == self._number(year, month, day, leap),
            ]  # fmt: skip
            self._day_of |= {part.get_id(): len(self.facts) for part in (year, month, day)}
            self.facts.append(facts)
        return self.parts[key][1]

    def days_in(self, terms: Iterable[z3.ExprRef]) -> frozenset[int]:
        """The days that some terms take apart: those of others need not be found, since every day has its year, month and day."""
        return frozenset[int]().union(*(self._days_in(term) for term in terms))

    def holding(self, days: Iterable[int] | None = None) -> list[z3.BoolRef]:
        """What holds of these days; of all of them where nothing is said."""
        return [fact for day in (range(len(self.facts)) if days is None else sorted(days)) for fact in self.facts[day]]

    def _days_in(self, term: z3.ExprRef) -> frozenset[int]:
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        # A term waits with its parts until these are seen: to ask for them takes longest.
        waiting: list[tuple[z3.ExprRef, list[z3.ExprRef] | None]] = [(term, None)]
        while waiting:
            one, parts = waiting.pop()
            key = one.get_id()
            if key in self._seen:
                continue
            if parts is None:
                parts = one.children()
                unseen = [part for part in parts if part.get_id() not in self._seen]
                if unseen:
                    waiting += [(one, parts), *((part, None) for part in unseen)]
                    continue
            own = frozenset({self._day_of[key]} if key in self._day_of else ())
            # With the term itself, as above.
            self._seen[key] = (one, own.union(*(self._seen[part.get_id()][1] for part in parts)))
        return self._seen[term.get_id()][1]

    @staticmethod
    def _number(year: z3.ArithRef, month: z3.ArithRef, day: z3.ArithRef, leap: z3.BoolRef) -> z3.ArithRef:
        passed = year - 1
        before: z3.ArithRef = z3.IntVal(0)
        for number in range(len(_BEFORE), 1, -1):
            before = z3.If(month == number, _BEFORE[number - 1], before)
        extra = z3.If(z3.And(leap, month > 2), 1, 0)
        return 365 * passed + passed / 4 - passed / 100 + passed / 400 + before + extra + day


def year_end(year: z3.ArithRef) -> z3.ArithRef:
    """The day number of 31 December of a year."""
    return 365 * year + year / 4 - year / 100 + year / 400


def plain_age(birth: Parts, day: Parts) -> z3.ArithRef:
    """Completed years from one day to a later one."""
    reached = z3.Or(day.month > birth.month, z3.And(day.month == birth.month, day.day >= birth.day))
    return day.year - birth.year - z3.If(reached, 0, 1)


def plain_number(day: Parts) -> z3.ArithRef:
    """20181231 for 2018-12-31."""
    return day.year * 10000 + day.month * 100 + day.day
