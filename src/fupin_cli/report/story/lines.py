"""Single households to which something happened between two years, with the cells of both years; made for what is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from fupin_cli.model.problem import Address
from fupin_cli.model.story import COMING, GOING, Event, EventName, Story
from fupin_cli.model.tables import Table

_BATCH = 1000
_PLACES = ("county", "township", "village")
_STATUS, _NUMBER = ("poverty_status",), ("household_id",)
#: What the cells of both years say about what happened.
_TOLD: Mapping[EventName, tuple[str, ...]] = {
    "exited": _STATUS, "fell_back": _STATUS, "status_other": _STATUS, "renumbered": _NUMBER, "split": _NUMBER, "formed": _NUMBER,
    "merged": _NUMBER, "dissolved": _NUMBER, "moved": _PLACES,
}  # fmt: skip
_REASON = "change_reason"


@dataclass(frozen=True)
class Told:
    """A field in both years; no cell where there is no row of that year."""

    name: str
    values: tuple[str | None, str | None]
    cells: tuple[Address | None, Address | None]


@dataclass(frozen=True)
class Line:
    """A household to which something happened."""

    event: EventName
    #: Its number and the name of its head, in the later year where it is in both.
    key: str
    name: str
    #: Its row in each year; of a split or a merger that of the other household where it has none itself.
    rows: tuple[Address | None, Address | None]
    #: The number of the other household of a split or a merger; empty where there is none.
    other: str
    reason: str
    told: tuple[Told, ...]


def lines(story: Story, event: Event, limit: int = 0) -> Iterator[Line]:
    """The households to which something happened, in the order of their rows; the first ``limit`` of them, or all."""
    rows = event.rows.slice(0, limit) if limit else event.rows
    for start in range(0, rows.num_rows, _BATCH):
        yield from _batch(story.household, event.name, rows.slice(start, _BATCH))


def _batch(table: Table, event: EventName, rows: pa.Table) -> Iterator[Line]:
    sides = [rows.column(name) for name in ("before", "after")]
    names = (*_NUMBER, "head_name", _REASON, *_TOLD.get(event, ()))
    given = {name: [_values(table, name, side) for side in sides] for name in dict.fromkeys(names)}
    places = [side.to_pylist() for side in sides]
    for number in range(rows.num_rows):
        two = tuple(place[number] for place in places)
        # A split-off household has only its own row in the later year, one that is gone only in the earlier.
        own = 1 if event in COMING or (event not in GOING and two[1] is not None) else 0

        def said(name: str, side: int, number: int = number) -> str | None:
            return given[name][side][number]

        told = [
            Told(name, (said(name, 0), said(name, 1)), (_cell(table, two[0], name), _cell(table, two[1], name)))
            for name in _TOLD.get(event, ())
        ]
        yield Line(
            event,
            said("household_id", own) or "",
            said("head_name", own) or "",
            (_cell(table, two[0]), _cell(table, two[1])),
            (said("household_id", 1 - own) or "") if event in (*COMING, *GOING) else "",
            said(_REASON, own) or "",
            tuple(one for one in told if one.values[0] != one.values[1] or event != "moved"),
        )


def _values(table: Table, name: str, rows: pa.ChunkedArray) -> Sequence[str | None]:
    if not table.has(name):
        return [None] * len(rows)
    return [str(value) if value is not None else None for value in table.data.column(name).take(rows).to_pylist()]


def _cell(table: Table, row: int | None, name: str | None = None) -> Address | None:
    return table.address(row, name) if row is not None else None
