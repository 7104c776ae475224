"""Whose verdict is another one than the year before, and what the data of each year come to by the law of the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.story.judged import Judge, YearLaw
from fupin_cli.evaluate.rosters.story.lacking import Blanks, blanks
from fupin_cli.model.comparison import is_same_outcome
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Standard


@dataclass(frozen=True)
class Changed:
    """The changed verdicts of two neighbouring years."""

    years: tuple[int, int]
    laws: tuple[YearLaw, YearLaw]
    #: Positions of the households' rows in each year, and the verdicts on them, each as its own law calls it.
    rows: tuple[pa.Int64Array, pa.Int64Array]
    verdicts: tuple[pa.StringArray, pa.StringArray]

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The numbers that the two standards look at and that differ."""
        return self.laws[0].differing(self.years[0], self.laws[1], self.years[1])

    @cached_property
    def same_law(self) -> bool:
        """Whether one text with the same numbers was applied in both years."""
        return self.laws[0].same_text(self.laws[1]) and not self.parameters


def changed(
    years: tuple[int, int], laws: tuple[YearLaw, YearLaw], own: Mapping[str, pa.StringArray], before: pa.Array, after: pa.Array
) -> Changed:
    """The changed verdicts among households with these rows in the two years.

    ``own``: key of a law → what every row comes to by it, with the numbers of the row's year.
    """
    old, new = own[laws[0].key].take(before), own[laws[1].key].take(after)
    first, second = (law.standard.standard for law in laws)
    differ = pc.invert(same(first, old, second, new))
    return Changed(years, laws, (before.filter(differ), after.filter(differ)), (old.filter(differ), new.filter(differ)))


def same(first: Standard, ones: pa.Array, second: Standard, others: pa.Array) -> pa.BooleanArray:
    """Whether outcomes of two standards are one verdict; false where one of them is not there."""
    names, other_names = (pa.array([*standard.outcomes, UNDETERMINED, NOT_APPLICABLE]) for standard in (first, second))
    alike = [
        (one, other)
        for (one, a), (other, b) in product(enumerate(names.to_pylist()), enumerate(other_names.to_pylist()))
        if is_same_outcome(first, a, second, b)
    ]
    pairs = pc.add(pc.multiply(pc.index_in(ones, names), len(other_names)), pc.index_in(others, other_names))
    return pc.is_in(pairs, value_set=pa.array([one * len(other_names) + other for one, other in alike], pa.int32()))


@dataclass(frozen=True)
class Questions:
    """What has to be asked to tell why verdicts differ: of each law once for all years, not once for each pair of them."""

    judge: Judge
    changed: Sequence[Changed]
    _blanks: dict[str, Blanks] = field(default_factory=dict)

    def lacking(self, pair: Changed, side: int) -> Blanks:
        """What the open verdicts of a law lack that judged the earlier (0) or the later (1) year."""
        law = pair.laws[side]
        if law.key not in self._blanks:
            rows: list[int] = []
            for other in self.changed:
                for own, positions, verdicts in zip(other.laws, other.rows, other.verdicts, strict=True):
                    if own.key == law.key:
                        rows += positions.filter(pc.equal(verdicts, UNDETERMINED)).to_pylist()
            self._blanks[law.key] = blanks(self.judge, law, rows)
        return self._blanks[law.key]

    def open(self, pair: Changed) -> pa.BooleanArray:
        """The changes of which one verdict is open for want of a value."""
        return pc.or_(*(self.lacking(pair, side).any(pair.rows[side]) for side in (0, 1)))

    def crosswise(self, side: int) -> list[pa.StringArray]:
        """What the data of the earlier (0) or the later (1) year come to by the law of the other year, for each pair of years.

        Null where one of the verdicts is open for want of a value: there nobody asks.
        """
        found = [pc.if_else(self.open(pair), pa.scalar(None, pa.string()), pair.verdicts[side]) for pair in self.changed]
        groups: dict[str, list[int]] = {}
        for number, pair in enumerate(self.changed):
            # By the same law they come to what they come to anyway.
            if not pair.same_law:
                groups.setdefault(pair.laws[1 - side].key, []).append(number)
        for numbers in groups.values():
            closed = [pc.invert(self.open(self.changed[number])) for number in numbers]
            answers = self._answers([self.changed[number] for number in numbers], closed, side)
            for number, mask, answer in zip(numbers, closed, answers, strict=True):
                found[number] = pc.replace_with_mask(found[number], mask, answer)
        return found

    def _answers(self, pairs: Sequence[Changed], masks: Sequence[pa.BooleanArray], side: int) -> Iterator[pa.StringArray]:
        """What these households of one year come to by the law of the other year, which is the same for all of these pairs."""
        asked = [pair.rows[side].filter(mask) for pair, mask in zip(pairs, masks, strict=True)]
        instead = {pair.years[side]: pair.years[1 - side] for pair in pairs}
        outcomes = self.judge.outcomes_instead(
            pairs[0].laws[1 - side], [row for rows in asked for row in rows.to_pylist()], instead
        )
        start = 0
        for rows in asked:
            yield outcomes.slice(start, len(rows))
            start += len(rows)
