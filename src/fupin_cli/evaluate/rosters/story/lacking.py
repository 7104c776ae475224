"""For want of which values verdicts are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.missing import MISSING
from fupin_cli.evaluate.rosters.story.judged import Judge, YearLaw

#: Before the name of a number that no year or place has: what is missing is no value of the data.
_PARAMETER = "$"


@dataclass(frozen=True)
class Blanks:
    """Fields for want of which open verdicts on some households are open."""

    #: Positions of the households that were asked about, sorted.
    rows: pa.Int64Array
    #: Field → for each of them whether it is lacking. A verdict that only lacks a number of the law lacks none of these.
    fields: Mapping[str, pa.BooleanArray] = field(default_factory=dict)

    def of(self, name: str, rows: pa.Int64Array) -> pa.BooleanArray:
        """For each of these rows whether it lacks a field; false for those nobody asked about."""
        return pc.fill_null(self.fields[name].take(pc.index_in(rows, self.rows)), False)

    def any(self, rows: pa.Int64Array) -> pa.BooleanArray:
        """For each of these rows whether it lacks any field."""
        found = pa.repeat(pa.scalar(False), len(rows))
        for name in self.fields:
            found = pc.or_(found, self.of(name, rows))
        return found


def blanks(judge: Judge, law: YearLaw, rows: Sequence[int]) -> Blanks:
    """What the open verdicts on these households lack by a law."""
    asked = sorted(set(rows))
    if not asked:
        return Blanks(pa.array([], pa.int64()))
    result, places = judge.judged(law, asked)
    lacking = {
        name: column.combine_chunks()
        for full in result.data.column_names
        if full.startswith(MISSING) and not (name := full.removeprefix(MISSING)).startswith(_PARAMETER)
        if (column := pc.fill_null(result.data.column(full).take(places), False)) and pc.any(column).as_py()
    }
    return Blanks(pa.array(asked, pa.int64()), lacking)
