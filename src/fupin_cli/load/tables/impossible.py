"""Figures that cannot be: a part that is more than the whole it is a part of. Nobody knows then which of the two is wrong."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part, mask_of
from fupin_cli.load.tables.work import Work
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import TABLES


def doubt_impossible(work: Work) -> None:
    """Make a part that is more than its whole unknown, and the whole with it: neither may come to a yes or a no."""
    for table, parts in work.parts.items():
        for part in parts if TABLES[table].PARTS else ():
            work.problems += _doubt(part)


def _doubt(part: Part) -> Iterator[Problem]:
    """The problems of one sheet's records. All pairs are looked at before any value is taken out."""
    found: dict[str, dict[int, str]] = {}
    for name, whole in TABLES[part.table].PARTS:
        if name not in part.values or whole not in part.values:
            continue
        more = pc.fill_null(pc.greater(part.values[name], part.values[whole]), False)
        for record in pc.indices_nonzero(more).to_pylist():
            yield _problem(part, record, name, whole)
            found.setdefault(name, {}).setdefault(record, whole)
            found.setdefault(whole, {}).setdefault(record, name)
    for name, rivals in found.items():
        _take_out(part, name, rivals)


def _problem(part: Part, record: int, name: str, whole: str) -> Problem:
    value, limit = (str(part.values[one][record].as_py()) for one in (name, whole))
    where, other = part.address(record, name), part.address(record, whole)
    return Problem("part-exceeds-whole", "error", where, part.table, name, value, other=other, facts={"whole": limit})


def _take_out(part: Part, name: str, rivals: dict[int, str]) -> None:
    """Treat these records' values as sources that disagree: unknown, with the cell that contradicts each, and kept as given."""
    given = part.values[name]
    lost = mask_of(rivals, len(part))
    part.as_given.setdefault(name, given)
    part.values[name] = pc.if_else(lost, pa.scalar(None, given.type), given)
    part.unread[name] = pc.or_(part.unread[name], lost) if name in part.unread else lost
    for record, rival in rivals.items():
        part.disputed.setdefault(name, {}).setdefault(record, part.address(record, rival))
