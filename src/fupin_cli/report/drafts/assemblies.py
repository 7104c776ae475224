"""Which households an assembly of a village talks about, and how each stands."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal

from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.run import Group
from fupin_cli.report.counties.order import gates
from fupin_cli.report.options import wanted_outcomes
from fupin_cli.report.words import Words

#: Proposed to exit; out already; may not exit; not settled; nothing is asked of it.
Stand = Literal["proposed", "out", "refused", "open", "aside"]
STANDS: tuple[Stand, ...] = ("proposed", "out", "refused", "open", "aside")
#: Of the code list of 脱贫属性.
OUT = "已脱贫"
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

    @classmethod
    def of(cls, words: Words, group: Group) -> "Roll":
        """Those of a table of households."""
        return cls(
            stands=_stands(group),
            sizes=_sizes(group),
            groups=[words.safe(text or "") for text in _column(group, "villager_group")],
            names=[words.safe(text or "") for text in _column(group, "head_name")],
            statuses=[words.safe(text or "") for text in _column(group, "poverty_status")],
            broken=[{index for name in gates(one.standard) for index in one.failing(name)} for one in group.beside],
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
    """The villages in the order in which the table names them, with the households that ``--only`` means, or all."""
    only = words.options.only
    chosen = group.main.indices(wanted_outcomes(group.main, only) if only is not None else None)
    known = list(zip(*(_column(group, name) for name in _PLACE), group.main.data.column("year").to_pylist(), strict=True))
    found: dict[tuple[Any, ...], list[int]] = {}
    for index in chosen:
        found.setdefault(known[index], []).append(index)
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


def _column(group: Group, name: str) -> Sequence[Any]:
    table = group.main.subject
    return table.data.column(name).to_pylist() if table.has(name) else [None] * table.data.num_rows


def _stands(group: Group) -> list[Stand]:
    outcomes = group.main.standard.outcomes
    done = [_met(beside.data.column("outcome").to_pylist(), beside.standard.outcomes) for beside in group.beside]
    found: list[Stand] = []
    for index, (outcome, status) in enumerate(
        zip(group.main.data.column("outcome").to_pylist(), _column(group, "poverty_status"), strict=True)
    ):
        if outcome == UNDETERMINED:
            found.append("open")
        elif outcome == NOT_APPLICABLE:
            found.append("aside")
        elif not outcomes[outcome].meets:
            found.append("refused")
        else:
            # Who is out, or has gone the whole way, is judged again and not proposed again.
            out = status == OUT or (done and all(one[index] for one in done))
            found.append("out" if out else "proposed")
    return found


def _met(found: Sequence[str], outcomes: Mapping[str, Any]) -> list[bool]:
    return [outcome in outcomes and outcomes[outcome].meets for outcome in found]


def _sizes(group: Group) -> list[int | None]:
    """The people of each household: as given, else as many as its members are; unknown where the two disagree."""
    data = group.main.data
    sizes = list(_column(group, "household_size"))
    for fact in group.main.fillers("household_size"):
        if f"fact.{fact}" in data.column_names:
            others = data.column(f"fact.{fact}").to_pylist()
            sizes = [other if size is None else size for size, other in zip(sizes, others, strict=True)]
    if "conflict.household_size" in data.column_names:
        conflicts = data.column("conflict.household_size").to_pylist()
        sizes = [None if conflict else size for size, conflict in zip(sizes, conflicts, strict=True)]
    return [int(size) if size is not None else None for size in sizes]
