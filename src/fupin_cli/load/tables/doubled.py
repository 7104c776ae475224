"""Which members stand twice in a household: the same number, the same 人编号, or name and birth date."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part
from fupin_cli.load.tables.recognise import KEY, YEAR
from fupin_cli.model.text import fold

#: A row: the number of its part, and its record there.
Place = tuple[int, int]
Doubles = Mapping[int, Mapping[int, Place]]

#: What tells one member of a household from another, the surest first.
_WHO = (("id_number",), ("person_id",), ("name", "birth_date"))
_NAME = "name"
#: More than all days and years that are believed.
_DAYS, _YEARS = 1 << 20, 1 << 12
#: A name that folding does not change.
_PLAIN = r"^[0-9A-Za-z·\x{4e00}-\x{9fff}]+$"


def doubled_members(parts: Sequence[Part]) -> Doubles:
    """Part → record of a person who stands twice → the other row."""
    found: dict[int, dict[int, Place]] = defaultdict(dict)
    for names in _WHO:
        seen: dict[tuple[object, ...], list[tuple[int | None, Place]]] = defaultdict(list)
        for place, year, who in _suspects(parts, names):
            # A row without 年度 may be of any year, so it is the double of all of them.
            for other_year, first in seen[who]:
                if year == other_year or year is None or other_year is None:
                    found[place[0]][place[1]] = first
                    found[first[0]].setdefault(first[1], place)
                    break
            seen[who].append((year, place))
    return found


def _suspects(parts: Sequence[Part], names: Sequence[str]) -> Iterator[tuple[Place, int | None, tuple[object, ...]]]:
    """The rows that may be doubles by these fields, in the order of the parts, with their year and what they are known by.

    All rows are asked at once for a mark that repeats: in most rosters hardly one does, and each row by itself takes long.
    """
    columns = {number: _columns(part, names) for number, part in enumerate(parts) if all(name in part.values for name in names)}
    if not columns:
        return
    marks = _marks(list(columns.values()))
    repeated = _repeated(pa.chunked_array(marks).drop_null())
    for (number, (years, *who)), mark in zip(columns.items(), marks, strict=True) if len(repeated) else ():
        records = pc.indices_nonzero(pc.is_in(mark, value_set=repeated))
        rows = [records.to_pylist(), *(column.take(records).to_pylist() for column in (years, *who))]
        for record, year, *one in zip(*rows, strict=True):
            if None not in one:
                yield (number, record), year, tuple(one)


def _marks(columns: Sequence[Sequence[pa.Array]]) -> list[pa.Array]:
    """What rows of one person have in common and few others have: a number, or a household with a birth date; and the year.

    The year is left out where a row states none, because it may be of any year.
    """
    lasts = [last for *_, last in columns]
    years = pa.chunked_array([years for years, *_ in columns])
    by_year = years.null_count == 0 and len(years.unique()) > 1
    if not pa.types.is_date(lasts[0].type):
        if not by_year:
            return lasts
        return [pc.binary_join_element_wise(pc.cast(year, pa.string()), last, " ") for year, *_, last in columns]
    homes = pa.chunked_array([home for _, home, *_ in columns]).combine_chunks().dictionary_encode().indices.cast(pa.int64())
    codes = pc.add(pc.multiply(homes, pa.scalar(_DAYS)), pa.chunked_array(lasts).combine_chunks().cast(pa.int32()))
    if by_year:
        codes = pc.add(pc.multiply(codes, pa.scalar(_YEARS)), years.combine_chunks())
    ends = list(accumulate(map(len, lasts), initial=0))
    return [codes.slice(start, end - start) for start, end in pairwise(ends)]


def _repeated(marks: pa.ChunkedArray) -> pa.Array:
    """The marks that stand more than once. That there is one at all is asked first, because it takes less time."""
    if len(marks.unique()) == len(marks):
        return pa.array([], marks.type)
    counted = marks.value_counts()
    return counted.field("values").filter(pc.greater(counted.field("counts"), 1))


def _columns(part: Part, names: Sequence[str]) -> list[pa.Array]:
    years = part.values[YEAR] if YEAR in part.values else pa.nulls(len(part), pa.int64())
    # A blank inside a name makes nobody else of him; numbers are folded already.
    return [years, part.values[KEY], *(_folded(part.values[name]) if name == _NAME else part.values[name] for name in names)]


def _folded(names: pa.StringArray) -> pa.StringArray:
    distinct = names.dictionary_encode()
    if pc.all(pc.match_substring_regex(distinct.dictionary, _PLAIN), min_count=0).as_py():
        return names
    return pa.array([fold(name) for name in distinct.dictionary.to_pylist()], pa.string()).take(distinct.indices)
