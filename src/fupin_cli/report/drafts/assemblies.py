"""Which households an assembly of a village talks about, and how each stands."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from fupin_cli.model.run import Group
from fupin_cli.report.exiting import STANDS, Stand, broken, column, disagreeing, objected, sizes, stands
from fupin_cli.report.words import Words

_PLACE = ("county", "township", "village")


@dataclass(frozen=True)
class People:
    """So many households and their people."""

    households: int
    persons: int
    #: Households of which nobody knows how many people they are.
    unsized: int

    def told(self, words: Words) -> str:
        """In words."""
        code = "draft-people-unsized" if self.unsized else "draft-people"
        return words.say(code, households=self.households, persons=self.persons, unsized=self.unsized)


@dataclass(frozen=True)
class Roll:
    """What the drafts need to know of every household."""

    stands: Sequence[Stand]
    sizes: Sequence[int | None]
    groups: Sequence[str]
    names: Sequence[str]
    statuses: Sequence[str]
    #: Of each standard beside, those that surely break a gate of it.
    broken: Sequence[AbstractSet[int]]
    #: Those that do not agree to their exit, and those that are objected to.
    disagreeing: AbstractSet[int]
    objected: AbstractSet[int]

    @classmethod
    def of(cls, words: Words, group: Group) -> "Roll":
        """Those of a table of households."""
        return cls(
            stands=stands(group),
            sizes=sizes(group.main),
            groups=[words.safe(text or "") for text in column(group, "villager_group")],
            names=[words.safe(text or "") for text in column(group, "head_name")],
            statuses=[words.safe(text or "") for text in column(group, "poverty_status")],
            broken=broken(group),
            disagreeing=disagreeing(group),
            objected=objected(group),
        )

    def people(self, indices: Sequence[int]) -> People:
        """How many these are."""
        known = [size for index in indices if (size := self.sizes[index]) is not None]
        return People(len(indices), sum(known), len(indices) - len(known))


@dataclass(frozen=True)
class Village:
    """The households of one village in one year."""

    #: Blank where the table does not say.
    county: str
    township: str
    name: str
    year: int | None
    indices: Sequence[int]
    by_stand: Mapping[Stand, Sequence[int]]


def villages(words: Words, group: Group, roll: Roll) -> list[Village]:
    """The villages in the order in which the table names them."""
    known = list(zip(*(column(group, name) for name in _PLACE), group.main.data.column("year").to_pylist(), strict=True))
    found: dict[tuple[Any, ...], list[int]] = {}
    for index, place in enumerate(known):
        found.setdefault(place, []).append(index)
    return [
        Village(
            county=words.safe(county or ""),
            township=words.safe(township or ""),
            name=words.safe(name or ""),
            year=year,
            indices=indices,
            by_stand={stand: [index for index in indices if roll.stands[index] == stand] for stand in STANDS},
        )
        for (county, township, name, year), indices in found.items()
    ]
