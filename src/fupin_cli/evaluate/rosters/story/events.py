"""The households to which something happened between two years."""

from collections.abc import Iterator, Mapping
from typing import get_args

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.story.balances import move_of
from fupin_cli.model.codes import HOUSEHOLD_LEFT
from fupin_cli.model.story import COMING, Event, EventName

#: Of whom the rows say why they came or went.
_WITH_REASON = ("entered", "left", "split", "formed", "merged", "dissolved", "came_unknown", "gone_unknown")


def events(flow: pa.Table, households: pa.Table) -> Iterator[Event]:
    """What happened in one pair of years, in the order of ``EventName``."""
    moves = _moves(flow)
    for name in get_args(EventName):
        rows = flow.filter(_those(flow, name, moves))
        if rows.num_rows:
            yield _event(name, rows, households)


def _moves(flow: pa.Table) -> Mapping[str, list[tuple[str | None, str | None]]]:
    """Each change of 脱贫属性 that occurs, by what it is."""
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    for row in flow.select(["status0", "status1"]).group_by(["status0", "status1"]).aggregate([]).to_pylist():
        move = move_of(row["status0"], row["status1"])
        if move is not None:
            found.setdefault(move, []).append((row["status0"], row["status1"]))
    return found


def _those(flow: pa.Table, name: EventName, moves: Mapping[str, list[tuple[str | None, str | None]]]) -> pa.ChunkedArray:
    """Which households it happened to."""
    match name:
        case "moved":
            return flow.column("moved")
        case "exited" | "fell_back" | "status_other":
            staying = pc.and_(pc.is_valid(flow.column("before")), pc.is_valid(flow.column("after")))
            found = pc.and_(staying, pa.scalar(False))
            for status0, status1 in moves.get(name, ()):
                both = pc.and_(_is(flow.column("status0"), status0), _is(flow.column("status1"), status1))
                found = pc.or_(found, pc.and_(staying, both))
            return found
        case _:
            return pc.equal(flow.column("kind"), name)


def _is(values: pa.ChunkedArray, value: str | None) -> pa.ChunkedArray:
    return pc.is_null(values) if value is None else pc.fill_null(pc.equal(values, value), False)


def _event(name: EventName, rows: pa.Table, households: pa.Table) -> Event:
    later = pc.is_valid(rows.column("after"))
    people = pc.if_else(later, rows.column("people1"), rows.column("people0"))
    reasons: dict[str, int] = {}
    if name in _WITH_REASON:
        own = rows.column("after" if name in COMING else "before")
        counted = pc.value_counts(households.column("change_reason").take(own)).to_pylist()
        for count in counted:
            reason = count["values"] or ""
            # One row may be a household's first and last: that it will be gone is no reason for its coming.
            meant = "" if name in COMING and reason in HOUSEHOLD_LEFT else reason
            reasons[meant] = reasons.get(meant, 0) + count["counts"]
    places = pa.table({
        "before": pc.coalesce(rows.column("before"), rows.column("other0")),
        "after": pc.coalesce(rows.column("after"), rows.column("other1")),
    })  # fmt: skip
    known = {reason: reasons[reason] for reason in sorted(reasons, key=lambda one: (one == "", one))} if any(reasons) else {}
    return Event(name, rows.num_rows, pc.sum(people).as_py() or 0, people.null_count, known, places)
