"""Small worlds of rosters: households and people as rows, and the tables that they are loaded into."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pyarrow as pa
from plain_years import LEAVING, WEIGHTS, Row, World

from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields

NAMES = [family + more for family in "甲乙丙丁戊己庚辛壬癸" for more in ("", "大", "小")]
#: Table → field → what it is of a row.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "household": {
        "household_id": "home", "year": "year", "household_size": "size", "village": "village", "head_name": "name", "head_id_number": "number",
    },
    "person": {
        "household_id": "home", "year": "year", "name": "name", "id_number": "number", "birth_date": "birth", "change_reason": "reason",
    },
}  # fmt: skip


def identity(serial: int) -> str:
    """A number with a valid last character, of a place that does not exist."""
    head = f"9900011{950 + serial % 50}0{1 + serial % 9}1{serial % 10}{serial:03d}"
    return head + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, head, strict=True)) % 11]


def tables(worlds: Sequence[World], *, lost_homes: int = 0, lost_people: int = 0) -> dict[str, Table]:
    """The tables of worlds, each world a sheet."""
    homes = [(row, number) for number, world in enumerate(worlds) for row in world.homes]
    people = [(row, number) for number, world in enumerate(worlds) for row in world.people]
    return {
        "household": _table("household", homes, len(worlds), lost_homes),
        "person": _table("person", people, len(worlds), lost_people),
    }


def _table(name: str, rows: Sequence[tuple[Row, int]], sheets: int, lost: int) -> Table:
    declared = fields(name)
    columns = {
        field: pa.array([getattr(row, of) for row, _ in rows], arrow_type(declared[field].form))
        for field, of in COLUMNS[name].items()
    }
    columns[SHEET] = pa.array([number for _, number in rows], pa.int32())
    columns[ROW] = pa.array(range(1, len(rows) + 1), pa.int32())
    letters = {field: "ABCDEFG"[place] for place, field in enumerate(COLUMNS[name])}
    return Table(name, pa.table(columns), [SheetRef(0, str(number), letters) for number in range(sheets)], quarantined=lost)


class Story:
    """A world that goes on from year to year, and what its offices make of it on paper."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.people = self.numbers = 0
        self.unnumbered = self.rng.choice([0, 0, 0.1, 0.5, 1])
        self.unnamed = self.rng.choice([0, 0, 0.2, 1])
        self.unborn = self.rng.choice([0, 0.3, 1])
        #: How often a cell is blank or wrong.
        self.slips = self.rng.choice([0, 0.02, 0.05, 0.15])
        self.heads = self.rng.random() < 0.7
        self.without = {table for table in ("homes", "people") if self.rng.random() < 0.06}
        self.heads_only = self.rng.random() < 0.1
        self.placed = self.rng.random() < 0.7
        self.homes = {self.number(): self.family(4) for _ in range(self.rng.randint(1, 4))}
        self.places: dict[str, str] = {}

    def number(self) -> str:
        self.numbers += 1
        return f"H{self.numbers}"

    def person(self) -> Row:
        self.people += 1
        number = None if self.rng.random() < self.unnumbered else identity(self.people)
        return Row(None, None, self.rng.choice(NAMES), number, date(1950 + self.rng.randrange(60), 1, 1))

    def family(self, most: int) -> list[Row]:
        return [self.person() for _ in range(self.rng.randint(1, most))]

    def slip(self, times: float = 1) -> bool:
        return self.rng.random() < self.slips * times

    def world(self) -> World:
        """Some years of it, in no order."""
        world = World([], [])
        for year in sorted(self.rng.sample(range(2014, 2021), self.rng.choice([1, 2, 2, 2, 3]))):
            for number, family in self.homes.items():
                world.homes += self.home_rows(number, family, year) if "homes" not in self.without else []
                listed = family[:1] if self.heads_only and self.rng.random() < 0.5 else family
                for person in listed if "people" not in self.without else []:
                    world.people += self.rows_of(person, number, year)
            for _ in range(self.rng.randint(0, 4)):
                self.happen()
        self.rng.shuffle(world.homes)
        self.rng.shuffle(world.people)
        return world

    def home_rows(self, number: str, family: Sequence[Row], year: int) -> Iterator[Row]:
        place = self.places.setdefault(number, self.rng.choice("东西")) if self.placed else None
        head = family[0]
        row = Row(number, year, head.name if self.heads or self.rng.random() < 0.3 else None, head.number if self.heads else None)
        row.size, row.village = self.rng.choice([None, 1, 5]) if self.slip() else len(family), place
        if not self.slip(0.3):
            yield self.spoilt(row, ("home", "year", "village", "number", "name"))
        if self.slip(0.3):
            yield Row(number, year, size=2)

    def rows_of(self, person: Row, number: str, year: int) -> Iterator[Row]:
        row = Row(number, year, person.name, person.number, person.birth)
        row.name = None if self.rng.random() < self.unnamed else person.name
        row.birth = None if self.rng.random() < self.unborn else person.birth
        row.name = self.rng.choice(NAMES) if self.slip() else row.name
        row.reason = self.rng.choice([*LEAVING, "嫁入", "新生儿"]) if self.slip() else None
        if not self.slip(0.5):
            yield self.spoilt(row, ("number", "name", "year", "home"))
        if self.slip(0.5):
            reason = self.rng.choice([None, "嫁出", "嫁入"])
            yield Row(self.rng.choice(list(self.homes)), year, person.name, person.number, reason=reason)

    def spoilt(self, row: Row, cells: Sequence[str]) -> Row:
        """The row with cells left blank and digits mistaken, now and then."""
        if row.number is not None and self.slip():
            place = self.rng.randrange(17)
            row.number = (
                row.number[:place] + str((int(row.number[place]) + self.rng.randint(1, 9)) % 10) + row.number[place + 1 :]
            )
        for cell in cells:
            if self.slip(0.6):
                setattr(row, cell, None)
        return row

    def happen(self) -> None:
        """Let something happen to a household."""
        happenings = [getattr(self, name) for name in dir(self) if name.startswith("they_")]
        if self.homes:
            self.rng.choice(happenings)(self.rng.choice(list(self.homes)))

    def other(self, home: str) -> str | None:
        others = [one for one in self.homes if one != home]
        return self.rng.choice(others) if others else None

    def they_split(self, home: str) -> None:
        family = self.homes[home]
        if len(family) > 1:
            if self.rng.random() < 0.4:
                self.rng.shuffle(family)
            cut = self.rng.randint(1, len(family) - 1)
            self.homes[self.number()] = family[cut:] + ([self.person()] if self.rng.random() < 0.3 else [])
            self.homes[home] = family[:cut]

    def they_merge(self, home: str) -> None:
        if (other := self.other(home)) is not None:
            self.homes[other] += self.homes.pop(home)

    def they_unite(self, home: str) -> None:
        if (other := self.other(home)) is not None:
            self.homes[self.number()] = self.homes.pop(other) + self.homes.pop(home)

    def they_divide(self, home: str) -> None:
        family = self.homes.pop(home)
        self.rng.shuffle(family)
        for start in range(0, len(family), 2):
            self.homes[self.number()] = family[start : start + 2]

    def they_marry(self, home: str) -> None:
        other = self.other(home)
        if other is not None and len(self.homes[home]) > 1:
            self.homes[other].append(self.homes[home].pop())

    def they_bury(self, home: str) -> None:
        if len(self.homes[home]) > 1:
            self.homes[home].pop(self.rng.randrange(len(self.homes[home])))

    def they_bear(self, home: str) -> None:
        self.homes[home].append(self.person())

    def they_renumber(self, home: str) -> None:
        self.homes[self.number()] = self.homes.pop(home)

    def they_leave(self, home: str) -> None:
        del self.homes[home]

    def they_come(self, _: str) -> None:
        self.homes[self.number()] = self.family(3)

    def they_inherit_a_number(self, home: str) -> None:
        if self.rng.random() < 0.5:
            self.homes[self.number()] = self.homes[home]
        self.homes[home] = self.family(3)

    def they_swap_numbers(self, home: str) -> None:
        if (other := self.other(home)) is not None:
            self.homes[home], self.homes[other] = self.homes[other], self.homes[home]
