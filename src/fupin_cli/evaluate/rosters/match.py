"""Which households of two rosters are the same: by 户编号, else by the 证件号码 of the head or of a member.

Nobody is taken for absent who might be there under a number that one of the rosters does not say: such a household is neither
found nor absent, and stays unknown.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.tables import Table

KEY, YEAR = "household_id", "year"
HEAD, MEMBER = "head_id_number", "id_number"
#: How many characters of an identity number are the person's own; a disability certificate has more.
_OWN = 18


@dataclass(frozen=True)
class Roster:
    """What tells the households of one roster from each other, and from those of another."""

    numbers: Sequence[str | None]
    years: Sequence[int | None]
    #: Identity numbers of the head and of the members, those left out that stand in two households.
    people: Sequence[frozenset[str]]
    #: Whether every member's identity number is known.
    whole: Sequence[bool]

    @cached_property
    def all_numbered(self) -> bool:
        """Whether every household has its 户编号."""
        return all(number is not None for number in self.numbers)

    @cached_property
    def all_named(self) -> bool:
        """Whether every household has at least one identity number."""
        return all(self.people)

    @cached_property
    def all_whole(self) -> bool:
        """Whether every member of every household has an identity number."""
        return all(self.whole)

    def speaks_of(self, year: int | None) -> bool:
        """Whether it has households that may be of this year."""
        return year is None or year in self._years or None in self._years

    @cached_property
    def _years(self) -> frozenset[int | None]:
        return frozenset(self.years)


@dataclass(frozen=True)
class Match:
    """Which households of the first roster are which of the second, by their positions."""

    #: Household of the first → the same one in the second.
    pairs: Mapping[int, int]
    #: Those of the second that are in the first.
    found: frozenset[int]
    #: Those that are surely not in the other roster.
    only_first: frozenset[int]
    only_second: frozenset[int]
    #: The same 户编号, yet nobody in common: nobody knows whether they are the same.
    doubtful: Sequence[tuple[int, int]]


def roster(tables: Mapping[str, Table]) -> Roster:
    """The households of a roster, with the identity numbers of their members."""
    households = tables["household"]
    numbers, years = _column(households, KEY), _column(households, YEAR)
    people = [{own} if (own := _own(text)) else set() for text in _column(households, HEAD)]
    unnamed = [False] * len(people)
    places: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        if number is not None:
            places[number].append(place)
    members = tables.get("person")
    rows = zip(*(_column(members, name) for name in (KEY, YEAR, MEMBER)), strict=True) if members is not None else ()
    for number, year, text in rows:
        for place in places.get(number, ()):
            # A member without a year may be of any: an identity number does not change from year to year.
            if year is None or years[place] is None or year == years[place]:
                own = _own(text)
                unnamed[place] |= not own
                people[place] |= {own} if own else set()
    several = _of_several(people, years)
    sizes, named = _column(households, MEMBER_COUNT), [frozenset(own - several) for own in people]
    whole = [
        size is not None and len(own) >= size and not lacking for size, own, lacking in zip(sizes, named, unnamed, strict=True)
    ]
    return Roster(numbers, years, named, whole)


def match(first: Roster, second: Roster) -> Match | None:
    """Find the households that are in both; nothing where the rosters have no kind of number in common."""
    numbers = {number for number in first.numbers if number is not None} & {
        number for number in second.numbers if number is not None
    }
    if not numbers and not (any(first.people) and any(second.people)):
        return None
    by_number: dict[str, list[int]] = defaultdict(list)
    by_person: dict[str, list[int]] = defaultdict(list)
    for other, number in enumerate(second.numbers):
        if number in numbers:
            by_number[str(number)].append(other)
        for own in second.people[other]:
            by_person[own].append(other)
    links: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for place, number in enumerate(first.numbers):
        mine = first.people[place]
        for other in by_number.get(number or "", ()):
            # Where not all members are known, the two may name different ones of one household.
            known = mine and second.people[other] and (first.whole[place] or second.whole[other])
            strangers = known and not mine & second.people[other]
            if _same_year(first.years[place], second.years[other]):
                (doubtful if strangers else links).append((place, other))
        met = {other for own in mine for other in by_person.get(own, ())}
        links += [(place, other) for other in sorted(met) if _same_year(first.years[place], second.years[other])]
    pairs = dict(reversed(links))
    found = frozenset(other for _, other in links)
    unsure = {place for place, _ in doubtful}, {other for _, other in doubtful}
    absent = [
        frozenset(place for place in range(len(mine.numbers)) if _surely_absent(mine, place, other, common=bool(numbers)))
        for mine, other in ((first, second), (second, first))
    ]
    return Match(pairs, found, absent[0] - set(pairs) - unsure[0], absent[1] - found - unsure[1], doubtful)


def _surely_absent(mine: Roster, place: int, other: Roster, *, common: bool) -> bool:
    """Whether a household that was not met cannot be in the other roster all the same."""
    if not other.speaks_of(mine.years[place]):
        return False
    if common and mine.numbers[place] is not None and other.all_numbered:
        return True
    # One of two same households may name another of its members.
    return (mine.whole[place] and other.all_named) or (bool(mine.people[place]) and other.all_whole)


def _same_year(first: int | None, second: int | None) -> bool:
    return first is None or second is None or first == second


def _own(text: str | None) -> str:
    return text[:_OWN].upper() if text is not None else ""


def _of_several(people: Sequence[set[str]], years: Sequence[int | None]) -> set[str]:
    """Identity numbers that stand in two households of one year: they tell nothing."""
    counted = Counter((own, year) for mine, year in zip(people, years, strict=True) for own in mine)
    return {own for (own, _), count in counted.items() if count > 1}


def _column(table: Table, name: str) -> list[Any]:
    return table.data.column(name).to_pylist() if table.has(name) else [None] * table.data.num_rows
