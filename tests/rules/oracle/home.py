"""One household and what belongs to it, read with three truth values."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from made_up import BAD, Row, World, value
from three_values import Truth, both, either, negated

Condition = Callable[[Row], Truth]


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
        whole = sum(Fraction(amount) * (-1 if name.startswith("-") else 1) for name, amount in zip(parts, sums, strict=True))
        return Fraction(whole) / self.size

    # --- rows of other tables

    def some(self, table: str, holds: Condition) -> Truth:
        rows = self.belonging(table)
        return None if rows is None else either(*(holds(row) for row in rows))

    def meant(self, table: str, which: Condition) -> tuple[list[dict[str, Any]], bool] | None:
        """The rows that are surely meant, and whether further ones may be."""
        rows = self.belonging(table)
        if rows is None:
            return None
        said = [(row, which(row)) for row in rows]
        return [row for row, yes in said if yes], any(yes is None for _, yes in said)

    def total(self, table: str, field: str, which: Condition) -> Fraction | None:
        found = self.meant(table, which)
        if found is None or found[1] or any(row[field] is None for row in found[0]):
            return None
        return sum((Fraction(row[field]) for row in found[0]), Fraction(0))

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

    def step(self, names: Iterable[str], pick: Callable[[list[date]], date] = max) -> tuple[date | None, bool | None]:
        """The day of a step in the sheet of steps, and whether it may stand there at all (None: there is no such sheet)."""
        if "procedure" not in self.world.of:
            return None, None
        sure, unsure = self.steps
        wanted = set(names)
        more = any(step is None or step in wanted for step in unsure)
        rows = [row for name in wanted for row in sure.get(name, ())]
        days = [row["step_date"] for row in rows]
        return (None if more or None in days or not days else pick(days)), bool(rows) or more


def is_one(cell: Any, wanted: set[str]) -> Truth:
    return None if cell is None else cell in wanted
