"""Why a household's verdict is another one than the year before: exactly one cause for each.

A verdict comes of the data of a year, of the numbers in force (thresholds), and of the text of the standard (rule). Write
``f(data, numbers, text)`` for it, 0 for the earlier and 1 for the later year. The cause is the first of these that holds:

1. **missing data**: one of the two verdicts is open for want of a value. Nobody knows what the household was or is, so neither
   what it has nor the law can be said to have changed the verdict; the fields that are lacking are named.
2. **changed data**: ``f(1, 0, 0)`` is the later verdict: what is in the later year's cells leads there by the earlier law, too.
3. **changed threshold**: ``f(1, 1, 0)`` is the later verdict, so the numbers make the difference.
4. **changed rule**: what is left, since ``f(1, 1, 1)`` is the later verdict.

So each change has one cause, and the counts add up to all changes. Data come first because they are the household's own: a law is
named only where its data would not have led to the later verdict by themselves. What the order decides is said beside the cause
(``Interplay``), from the question asked the other way round, ``f(0, 1, 1)``: the earlier data by the later law. *alone*: exactly
one of the two, data or law, leads to the later verdict by itself. *either*: each of them does, and the order names the data.
*together*: neither does, and the order names the law, because the verdict turned when it was applied.

A child that comes to school age is changed data, as the day of judgement goes with the data's year.
"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.story.changed import Changed, same


def caused(
    pair: Changed, own: Mapping[str, pa.StringArray], crosswise: tuple[pa.StringArray, pa.StringArray], lacking: pa.BooleanArray
) -> pa.Table:
    """The changed verdicts of two years with their causes, as ``Verdicts.changes`` has them.

    ``own``: key of a law → what every row comes to by it, with the numbers of the row's year. ``crosswise``: what the earlier
    data come to by the later law, and the later data by the earlier law. ``lacking``: whether a verdict is open for want of a
    value.
    """
    first, second = (law.standard.standard for law in pair.laws)
    before, after = pair.verdicts
    by_later, by_earlier = crosswise
    data, law = same(first, by_earlier, second, after), same(second, by_later, second, after)
    numbers = same(first, own[pair.laws[0].key].take(pair.rows[1]), second, after)
    if pair.laws[0].same_text(pair.laws[1]):
        numbers = pa.repeat(pa.scalar(True), len(after))
    cause = _first([("missing", lacking), ("data", data), ("threshold", numbers)], "rule")
    interplay = _first([("either", pc.and_(data, law)), ("alone", pc.or_(data, law))], "together")
    return pa.table({
        "before": pair.rows[0],
        "after": pair.rows[1],
        "from": before,
        "to": after,
        "cause": cause,
        "interplay": pc.if_else(lacking, pa.scalar(None, pa.string()), interplay),
        "by_earlier_law": by_earlier,
        "by_later_law": by_later,
    })  # fmt: skip


def _first(cases: list[tuple[str, pa.BooleanArray]], otherwise: str) -> pa.StringArray:
    """The name of the first that holds."""
    names = [pa.scalar(name) for name in (*(name for name, _ in cases), otherwise)]
    return pc.case_when(pc.make_struct(*(holds for _, holds in cases)), *names)
