"""Two results of the same subjects side by side."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.comparison import CheckTurn, Compared, Transition, is_same_outcome
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.result import StandardResult
from fupin_cli.model.view import STATUSES


def compare(before: StandardResult, after: StandardResult) -> Compared:
    """Who moves from which outcome to which; the two are of the same table, row by row."""
    old, new = before.data.column("outcome"), after.data.column("outcome")
    counted = _counts(old, new)
    places = {name: place for place, name in enumerate([*before.outcome_counts(), *after.outcome_counts()])}
    transitions = [
        Transition(one, other, count, not is_same_outcome(before.standard, one, after.standard, other))
        for (one, other), count in sorted(counted.items(), key=lambda found: [places[name] for name in found[0]])
    ]
    flipped = _where(old, new, [(one.before, one.after) for one in transitions if one.flips])
    return Compared(before, after, transitions, _turns(before, after), flipped)


def _turns(before: StandardResult, after: StandardResult) -> list[CheckTurn]:
    """How the checks that both sides have differ, among those whom both standards are for."""
    meant = pc.and_(*(pc.not_equal(side.data.column("outcome"), NOT_APPLICABLE) for side in (before, after)))
    found: list[CheckTurn] = []
    for name in before.standard.checks:
        if name in after.standard.checks:
            old, new = (side.data.column(f"status.{name}").filter(meant) for side in (before, after))
            pairs = sorted(_counts(old, new).items())
            found += [CheckTurn(name, STATUSES[one], STATUSES[other], count) for (one, other), count in pairs if one != other]
    return found


def _counts(old: pa.ChunkedArray, new: pa.ChunkedArray) -> dict[tuple[Any, Any], int]:
    """How often each pair of values occurs."""
    counted = pa.table({"old": old, "new": new}).group_by(["old", "new"]).aggregate([([], "count_all")])
    return {(row["old"], row["new"]): row["count_all"] for row in counted.to_pylist()}


def _where(old: pa.ChunkedArray, new: pa.ChunkedArray, pairs: Iterable[tuple[str, str]]) -> list[int]:
    """The rows in which one of these pairs stands."""
    found: set[int] = set()
    for one, other in pairs:
        found.update(pc.indices_nonzero(pc.and_(pc.equal(old, one), pc.equal(new, other))).to_pylist())
    return sorted(found)
