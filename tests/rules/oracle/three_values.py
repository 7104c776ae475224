"""Three truth values in plain Python, and how a list of decisions comes to an outcome. No line of the engine is used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Truth = bool | None
NOT_APPLICABLE, UNDETERMINED = "not_applicable", "undetermined"


def both(*parts: Truth) -> Truth:
    return False if False in parts else None if None in parts else True


def either(*parts: Truth) -> Truth:
    return True if True in parts else None if None in parts else False


def negated(part: Truth) -> Truth:
    return None if part is None else not part


def over(left: Any, right: Any) -> Truth:
    return None if left is None or right is None else left > right


def at_least(left: Any, right: Any) -> Truth:
    return None if left is None or right is None else left >= right


def at_most(left: Any, right: Any) -> Truth:
    return None if left is None or right is None else left <= right


def among(found: Any, *wanted: object) -> Truth:
    return None if found is None else found in wanted


def in_turn(*days: date | None) -> Truth:
    """Whether the last of some days is on or after each of those before it."""
    return both(*(at_most(day, days[-1]) for day in days[:-1]))


def items(cell: str | None) -> list[str] | None:
    return None if cell is None else cell.split(",")


def has_one(cell: str | None, wanted: Iterable[str]) -> Truth:
    return None if cell is None else not set(cell.split(",")).isdisjoint(wanted)


def age(born: date | None, day: date) -> int | None:
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True)
class Rule:
    """A check: whether it is meant for this household, and whether it holds."""

    holds: Truth
    meant: Truth = True

    @property
    def met(self) -> Truth:
        """What is not meant for somebody stands in nobody's way."""
        return either(negated(self.meant), self.holds)

    @property
    def status(self) -> str:
        if self.meant is False:
            return NOT_APPLICABLE
        if self.holds is True:
            return "pass"
        return "fail" if self.holds is False and self.meant is True else "unknown"


@dataclass(frozen=True)
class Judged:
    """What a standard says of a household: the rules, and the outcomes with the condition under which each is reached first."""

    rules: Mapping[str, Rule]
    #: The last one is reached by whoever is left.
    rows: tuple[tuple[str, Truth], ...]
    meant: Truth = True

    @property
    def possible(self) -> set[str]:
        possible = set() if self.meant is True else {NOT_APPLICABLE}
        if self.meant is not False:
            for outcome, when in self.rows:
                if when is not False:
                    possible.add(outcome)
                if when is True:
                    break
        return possible

    @property
    def outcome(self) -> str:
        possible = self.possible
        return possible.pop() if len(possible) == 1 else UNDETERMINED


def all_met(rules: Mapping[str, Rule], *names: str) -> Truth:
    return both(*(rules[name].met for name in names or rules))
