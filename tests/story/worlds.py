"""Made-up rosters of several years with links that are known, and what happened in them counted while it is made up.

A household here is a dictionary of one year: its cells, its members, and under ``came`` and ``went`` what became of it. Nothing of
the program is used but its tables.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pyarrow as pa

from fupin_cli.model.cells import column_letter
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields

STATUSES = ("未脱贫", "预脱贫", "已脱贫", "返贫", None)
#: Not declared fields: what is worked out by comparing years.
_BETWEEN = ("came_from", "went_to", "household_came_from", "household_went_to")
Link = tuple[tuple[str, int], tuple[str, int], str]


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """A loaded table of these rows: one file and sheet for each year, the columns in the order of the table's fields."""
    declared = fields(name)
    names = [one for one in declared if any(one in row for row in rows)]
    years = sorted({row["year"] for row in rows if row["year"] is not None})
    numbers = {year: number for number, year in enumerate([*years, None])}
    label = {"household": "户", "person": "人"}[name]
    letters = {one: column_letter(place) for place, one in enumerate(names)}
    columns: dict[str, pa.Array] = {
        one: pa.array([row.get(one) for row in rows], arrow_type(declared[one].form)) for one in names
    }
    columns[SHEET] = pa.array([numbers[row["year"]] for row in rows], pa.int32())
    columns[ROW] = pa.array(range(2, len(rows) + 2), pa.int32())
    between = {one: pa.array([row.get(one) for row in rows], pa.string()) for one in _BETWEEN if any(one in row for row in rows)}
    sheets = [SheetRef(number, label, letters) for number in range(len(numbers))]
    return Table(name, pa.table(columns), sheets, between=between)


def moves(rows: Sequence[Mapping[str, Any]], links: Sequence[Link]) -> pa.Table:
    """The links as positions of rows."""
    places = {(row["household_id"], row["year"]): place for place, row in enumerate(rows)}
    return pa.table({
        "before": pa.array([places[before] for before, _, _ in links], pa.int64()),
        "after": pa.array([places[after] for _, after, _ in links], pa.int64()),
        "kind": pa.array([kind for _, _, kind in links], pa.string()),
    })  # fmt: skip


@dataclass
class World:
    """Rosters, and the count of what happened in each pair of years."""

    households: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    #: (Earlier year, what happened) → households, and people of the later year where they are in it.
    happened: Counter[tuple[int, str]] = field(default_factory=Counter)
    happened_people: Counter[tuple[int, str]] = field(default_factory=Counter)

    def tables(self, *, with_people: bool = True) -> dict[str, Table]:
        found = {"household": table("household", self.households)}
        return found | ({"person": table("person", self.people)} if with_people else {})

    def moves(self) -> pa.Table:
        return moves(self.households, self.links)

    def tell(self, year: int, what: str, people: int) -> None:
        self.happened[year, what] += 1
        self.happened_people[year, what] += people

    def of(self, year: int) -> list[dict[str, Any]]:
        return [row for row in self.households if row["year"] == year]


def random_world(rng: random.Random, years: Sequence[int], count: int) -> World:
    """Households that stay, change their number, leave, split, merge, move, come, and grow or shrink."""
    world, serial = World(), iter(range(10_000))
    alive = [_new(world, f"H{next(serial)}", years[0], rng, None) for _ in range(count)]
    for before, after in pairwise(years):
        following: list[dict[str, Any]] = []
        for row in alive:
            _year_passes(world, row, after, rng, serial, following)
        for _ in range(rng.randrange(4)):
            reason = rng.choice(["新识别", None])
            came = _new(world, f"H{next(serial)}", after, rng, "新增", change_reason=reason)
            world.tell(before, "entered", len(came["members"]))
            following.append(came)
        _merge(world, before, rng, following)
        alive = following
    for row in world.households:
        for _ in row["members"]:
            world.people.append({"household_id": row["household_id"], "year": row["year"], "came_from": None, "went_to": None})
        row["household_size"] = len(row["members"]) or None
    rng.shuffle(world.people)
    return world


def _new(world: World, number: str, year: int, rng: random.Random, came: str | None, **cells: Any) -> dict[str, Any]:
    row = {
        "household_id": number, "year": year, "poverty_status": rng.choice(STATUSES), "village": rng.choice(["东村", "西村", "南村"]),
        "members": [None] * rng.randrange(5), "came_from": came, "went_to": None, **cells,
    }  # fmt: skip
    world.households.append(row)
    return row


def _year_passes(
    world: World, row: dict[str, Any], after: int, rng: random.Random, serial: Any, following: list[dict[str, Any]]
) -> None:
    before, number = row["year"], row["household_id"]
    fate = rng.choice(["stay"] * 8 + ["renumber", "leave", "vanish", "split"])
    if fate == "leave":
        row |= {"went_to": "消失", "change_reason": rng.choice(["死亡", None])}
        world.tell(before, "left", len(row["members"]))
        return
    if fate == "vanish":
        world.tell(before, "gone_unknown", len(row["members"]))
        return
    kind = "换号" if fate == "renumber" else "延续"
    row["went_to"] = kind
    new = _new(world, f"H{next(serial)}" if fate == "renumber" else number, after, rng, kind)
    if rng.random() < 0.7:
        new["village"] = row["village"]
    if new["village"] != row["village"]:
        world.tell(before, "moved", len(new["members"]))
    world.links.append(((number, before), (new["household_id"], after), kind))
    if fate == "renumber":
        world.tell(before, "renumbered", len(new["members"]))
    world.tell(before, _move(row["poverty_status"], new["poverty_status"]), len(new["members"]))
    following.append(new)
    if fate == "split":
        part = _new(world, f"H{next(serial)}", after, rng, "分户")
        world.links.append(((number, before), (part["household_id"], after), "分户"))
        world.tell(before, "split", len(part["members"]))
        following.append(part)


def _move(old: str | None, new: str | None) -> str:
    """In words of the standard: 未脱贫, 预脱贫 or 返贫 to 已脱贫 is an exit; 已脱贫 to 返贫 a fall; between known and blank another."""
    if old in ("未脱贫", "预脱贫", "返贫"):
        return {"已脱贫": "exited", None: "status_other"}.get(new, "")
    if old == "已脱贫":
        return {"已脱贫": "", "返贫": "fell_back"}.get(new, "status_other")
    return "status_other" if new is not None else ""


def _merge(world: World, before: int, rng: random.Random, following: Sequence[dict[str, Any]]) -> None:
    """Now and then a household of the earlier year that was thought to stay turns out to have gone into another one."""
    vanished = [row for row in world.of(before) if row["went_to"] is None]
    for row in vanished:
        if following and rng.random() < 0.4:
            into = rng.choice(following)
            row["went_to"] = "并户"
            world.links.append(((row["household_id"], before), (into["household_id"], into["year"]), "并户"))
            world.happened[before, "gone_unknown"] -= 1
            world.happened_people[before, "gone_unknown"] -= len(row["members"])
            world.tell(before, "merged", len(row["members"]))
