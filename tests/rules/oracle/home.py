"""One household and what belongs to it, read with three truth values."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from made_up import BAD, Row, World, value
from three_values import Truth, both, either, negated

Condition = Callable[[Row], Truth]


@cache
def exact(amount: Decimal | int) -> Fraction:
    """An amount as a fraction; the same ones come again and again."""
    return Fraction(amount)


class Home:
    """A household on the last day of its year."""

    def __init__(self, world: World, row: Row) -> None:
        self.world, self.row = world, row
        self.key, self.year = row["household_id"], row["year"]
        self.day = date(self.year, 12, 31)

    def __getitem__(self, name: str) -> Any:
        return value(self.row, name)

    def belonging(self, table: str) -> list[dict[str, Any]] | None:
        """The rows of another table; None where nobody gave that table."""
        return self.world.of[table].get(self.key, []) if table in self.world.of else None

    # --- values from more than one source

    def settled(self, name: str, *others: Any, doubtful: bool = False) -> Any:
        """A field and what else says it: known where all that speak agree; ``doubtful``: one of the others cannot be read."""
        if self.row.get(name) is BAD:
            return None
        spoken = [one for one in (self[name], *others) if one is not None]
        if not spoken or any(one != spoken[0] for one in spoken):
            return None
        return None if doubtful and self[name] is None else spoken[0]

    def blank(self, name: str, found: Any = None, *, told: bool | None = None) -> Truth:
        """Whether nothing says a field. ``told``: whether the sheet of steps has such a step (None: there is no such sheet)."""
        if found is not None:
            return False
        if self.row.get(name) is BAD or told:
            return None
        return True if name in self.row or told is False else None

    def unread(self, *names: str) -> bool:
        return any(self.row.get(name) is BAD for name in names)

    # --- members

    @property
    def members(self) -> list[dict[str, Any]]:
        return self.belonging("person") or []

    @property
    def all_there(self) -> bool:
        """Whether every member has a row: as many as the household says, any number where it says none."""
        size, rows = self["household_size"], len(self.members)
        return rows > 0 and (size is None or rows >= size)

    def some_member(self, holds: Condition) -> Truth:
        found = either(*(holds(member) for member in self.members))
        return found if found is True or self.all_there else None

    def every_member(self, holds: Condition) -> Truth:
        found = both(*(holds(member) for member in self.members))
        return found if found is False or self.all_there else None

    def no_member(self, holds: Condition) -> Truth:
        return negated(self.some_member(holds))

    @property
    def size(self) -> int | None:
        """How many they are: as the household says and as many as have rows."""
        found: int | None = self.settled("household_size", len(self.members) or None)
        return found

    def a_head(self, *parts: str) -> Fraction | None:
        """Income a head from its parts; those with a minus are expenses."""
        sums = [self[name.lstrip("-")] for name in parts]
        if None in sums or self.size is None:
            return None
        gains = [exact(-amount if name.startswith("-") else amount) for name, amount in zip(parts, sums, strict=True)]
        return sum(gains, Fraction(0)) / self.size

    # --- rows of other tables

    def some(self, table: str, holds: Condition) -> Truth:
        rows = self.belonging(table)
        return None if rows is None else either(*(holds(row) for row in rows))

    @cached_property
    def measures(self) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
        """The measures by their kind, and those whose kind nobody knows."""
        return by_name(self.belonging("support") or [], "measure")

    def of_kind(self, kinds: Iterable[str], holds: Condition) -> tuple[list[dict[str, Any]], list[Truth]] | None:
        """The measures of some kinds of which something is sure, and what may be said of each one that may be meant."""
        if "support" not in self.world.of:
            return None
        sure, unsure = self.measures
        known = [row for kind in kinds for row in sure.get(kind, ())]
        said = [holds(row) for row in known]
        found = [row for row, yes in zip(known, said, strict=True) if yes]
        return found, [*said, *(both(None, holds(row)) for row in unsure)]

    def came(self, *kinds: str) -> Truth:
        """Whether a measure of one of these kinds was delivered."""
        found = self.of_kind(kinds, was_delivered)
        return None if found is None else either(*found[1])

    def paid(self, *kinds: str) -> Fraction | None:
        """What was delivered of these kinds, in yuan."""
        found = self.of_kind(kinds, was_delivered)
        if found is None or None in found[1] or any(row["amount"] is None for row in found[0]):
            return None
        return sum((exact(row["amount"]) for row in found[0]), Fraction(0))

    @cached_property
    def steps(self) -> tuple[dict[str, list[dict[str, Any]]], list[str | None]]:
        """The steps that are surely this household's, and the names of those that may be, unless a name lacks as well."""
        sure: dict[str, list[dict[str, Any]]] = {}
        unsure: list[str | None] = []
        for row in self.belonging("procedure") or []:
            kind, name = row["subject_kind"], row["step"]
            if kind == "户" and name is not None:
                sure.setdefault(name, []).append(row)
            elif kind in ("户", None):
                unsure.append(name)
        return sure, unsure

    def was_taken(self, *names: str) -> Truth:
        """Whether the sheet of steps surely has one of these; that it does not have them says nothing."""
        told = self.step(names)[1]
        return True if told and not self.unsure_of(names) else None

    def unsure_of(self, names: Iterable[str]) -> bool:
        """Whether a row may be one of these steps or another."""
        return any(step is None or step in names for step in self.steps[1])

    def step(
        self, names: Iterable[str], pick: Callable[[list[date]], date] = max, *, one: bool = False
    ) -> tuple[date | None, bool | None]:
        """The day of a step in the sheet of steps, and whether it may stand there at all (None: there is no such sheet).

        ``one``: of several days nobody knows which one counts.
        """
        if "procedure" not in self.world.of:
            return None, None
        sure, _ = self.steps
        wanted = set(names)
        more = self.unsure_of(wanted)
        rows = [row for name in wanted for row in sure.get(name, ())]
        days = [row["step_date"] for row in rows]
        if more or None in days or not days or (one and len(set(days)) > 1):
            return None, bool(rows) or more
        return pick(days), True


def is_one(cell: Any, wanted: set[str]) -> Truth:
    return None if cell is None else cell in wanted


def was_delivered(row: Row) -> Truth:
    done: Truth = row["delivered"]
    return done


def by_name(rows: Iterable[dict[str, Any]], field: str) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    """Rows by the name in a field, and those without a name."""
    named: dict[str, list[dict[str, Any]]] = {}
    unnamed = []
    for row in rows:
        if row[field] is None:
            unnamed.append(row)
        else:
            named.setdefault(row[field], []).append(row)
    return named, unnamed
