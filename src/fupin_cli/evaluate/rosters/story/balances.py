"""From one year's households and people to the next year's, by sums that add up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.codes import EXITED, FELL_BACK, POOR
from fupin_cli.model.story import COMING, GOING, STAYING, Balance, EventName, Kind, Term

_KEYS = ["kind", "status0", "status1", "moved"]
_MOVES: tuple[EventName, ...] = ("exited", "fell_back", "status_other")
#: Whom a figure counts, by 脱贫属性.
_GROUPS: Mapping[str, Callable[[str | None], bool]] = {
    "": lambda _: True,
    "poor": lambda status: status in POOR,
    "exited": lambda status: status == EXITED,
    "unstated": lambda status: status not in (*POOR, EXITED),
}


@dataclass(frozen=True)
class Cell:
    """Households that are alike in everything that a sum asks of them."""

    kind: Kind
    status0: str | None
    status1: str | None
    moved: bool
    households: int
    #: Their people in each year, as far as they say it, and how many households do not.
    people0: int
    people1: int
    unsized0: int
    unsized1: int
    #: By how many the people of those became more of whom both years say it.
    growth: int

    @property
    def stays(self) -> bool:
        """Whether it is in both years."""
        return self.kind in STAYING


def cells(flow: pa.Table) -> list[Cell]:
    """What ``flow`` comes to, of one pair of years."""
    growth = pc.subtract(flow.column("people1"), flow.column("people0"))
    table = flow.select([*_KEYS, "people0", "people1"]).append_column("growth", growth)
    sums = [(name, "sum") for name in ("people0", "people1", "growth")]
    known = [(name, "count") for name in ("people0", "people1")]
    found = table.group_by(_KEYS, use_threads=False).aggregate([([], "count_all"), *sums, *known])
    return [_cell(row) for row in found.to_pylist()]


def _cell(row: Mapping[str, Any]) -> Cell:
    kind, count = row["kind"], row["count_all"]
    return Cell(
        kind,
        row["status0"],
        row["status1"],
        row["moved"],
        households=count,
        people0=row["people0_sum"] or 0,
        people1=row["people1_sum"] or 0,
        # Of a year in which a household is not, nobody has to say how many people it has.
        unsized0=0 if kind in COMING else count - row["people0_count"],
        unsized1=0 if kind in GOING else count - row["people1_count"],
        growth=row["growth_sum"] or 0,
    )


def move_of(status0: str | None, status1: str | None) -> EventName | None:
    """What a change of 脱贫属性 is; None where the household stays among the poor, the exited or the unknown."""
    if status0 in POOR and status1 == EXITED:
        return "exited"
    if status0 == EXITED and status1 == FELL_BACK:
        return "fell_back"
    return None if _group(status0) == _group(status1) else "status_other"


def _group(status: str | None) -> str:
    return next(name for name, holds in _GROUPS.items() if name and holds(status))


def balances(found: Sequence[Cell], ends: Callable[[str, str], tuple[int, int]]) -> Iterator[Balance]:
    """All figures of a pair of years. ``ends``: group and unit → the figure of each year, counted from the rows of that year."""
    measured = {
        (group, unit): [Term(name, amount) for name, amount in _terms(found, holds, unit)]
        for group, holds in _GROUPS.items()
        for unit in ("households", "people")
    }
    # All have the same terms, so that they stand beside each other; what nowhere leads anywhere is left out.
    used = {term.name for terms in measured.values() for term in terms if term.amount}
    for (group, unit), terms in measured.items():
        start, end = ends(group, unit)
        yield Balance(f"{group}_{unit}".lstrip("_"), start, tuple(term for term in terms if term.name in used), end)


def _terms(found: Sequence[Cell], holds: Callable[[str | None], bool], unit: str) -> Iterator[tuple[str, int]]:
    """What leads from the earlier to the later figure of one group.

    People are those of the later year wherever a household is in both: so a household first grows or shrinks, then moves.
    """
    for kind in COMING:
        yield kind, sum(_after(cell, unit) for cell in found if cell.kind == kind and holds(cell.status1))
    for kind in GOING:
        yield kind, -sum(_before(cell, unit) for cell in found if cell.kind == kind and holds(cell.status0))
    staying = [cell for cell in found if cell.stays]
    for move in _MOVES:
        those = [cell for cell in staying if move_of(cell.status0, cell.status1) == move]
        came = sum(_after(cell, unit) for cell in those if holds(cell.status1))
        yield move, came - sum(_after(cell, unit) for cell in those if holds(cell.status0))
    mine = [cell for cell in staying if holds(cell.status0)]
    growth = sum(cell.growth for cell in mine) if unit == "people" else 0
    yield "size", growth
    yield "unsized", sum(_after(cell, unit) - _before(cell, unit) for cell in mine) - growth


def _before(cell: Cell, unit: str) -> int:
    return cell.households if unit == "households" else cell.people0


def _after(cell: Cell, unit: str) -> int:
    return cell.households if unit == "households" else cell.people1


def year_ends(households: pa.Table, pair: tuple[int, int], *, by_rows: bool) -> Callable[[str, str], tuple[int, int]]:
    """The figures of both years, each counted from its own rows alone."""
    mine = households.filter(pc.is_in(households.column("year"), value_set=pa.array(pair, pa.int64())))
    if by_rows:
        numbered = pc.is_valid(mine.column("household_id"))
        people = pc.if_else(numbered, pc.coalesce(mine.column("members"), pa.scalar(0, pa.int64())), pa.scalar(None, pa.int64()))
    else:
        people = mine.column("household_size")
    counted = pa.table({"year": mine.column("year"), "status": mine.column("poverty_status"), "people": people})
    rows = counted.group_by(["year", "status"], use_threads=False).aggregate([([], "count_all"), ("people", "sum")]).to_pylist()
    columns = {"households": "count_all", "people": "people_sum"}

    def ends(group: str, unit: str) -> tuple[int, int]:
        holds, name = _GROUPS[group], columns[unit]
        first, last = (sum(row[name] or 0 for row in rows if row["year"] == year and holds(row["status"])) for year in pair)
        return first, last

    return ends
