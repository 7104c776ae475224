"""Which members stand twice in a household: the same number, the same 人编号, or name and birth date.

Rows that may be doubles are looked for by the column, because in most rosters hardly one is; only those are compared one by one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part
from fupin_cli.load.tables.recognise import KEY, YEAR
from fupin_cli.model.tables import arrow_type, fields
from fupin_cli.model.text import fold

#: A row: the number of its part, and its record there.
Place = tuple[int, int]
Doubles = Mapping[int, Mapping[int, Place]]

#: What tells one member of a household from another, the surest first.
_WHO = (("id_number",), ("person_id",), ("name", "birth_date"))
_NAME = "name"
_PART, _RECORD = "_part", "_record"
#: More than all years that are believed.
_YEARS = 1 << 12
#: Rows of one household are compared up to so far from each other; where it has more, each is looked at by itself.
_FAR = 64


def doubled_members(parts: Sequence[Part]) -> Doubles:
    """Part → record of a person who stands twice → the other row."""
    found: dict[int, dict[int, Place]] = defaultdict(dict)
    everybody = _gathered(parts)
    suspects = _suspects(everybody, [names[-1] for names in _WHO])
    for names in _WHO:
        seen: dict[tuple[object, ...], list[tuple[int | None, Place]]] = defaultdict(list)
        for place, year, who in _one_by_one(everybody.take(suspects[names[-1]]), names):
            # A row without 年度 may be of any year, so it is the double of all of them.
            for other_year, first in seen[who]:
                if year == other_year or year is None or other_year is None:
                    found[place[0]][place[1]] = first
                    found[first[0]].setdefault(first[1], place)
                    break
            seen[who].append((year, place))
    return found


def _gathered(parts: Sequence[Part]) -> pa.Table:
    """The rows of all parts with what they are known by, null where a part does not say it."""
    declared = fields("person")
    names = [KEY, YEAR, *(name for who in _WHO for name in who)]
    tables = []
    for number, part in enumerate(parts):
        columns = {name: part.values.get(name, pa.nulls(len(part), arrow_type(declared[name].form))) for name in names}
        places = {_PART: pa.repeat(pa.scalar(number), len(part)), _RECORD: _counted(len(part))}
        tables.append(pa.table(columns | places))
    return pa.concat_tables(tables).combine_chunks()


def _suspects(everybody: pa.Table, marks: Sequence[str]) -> dict[str, pa.UInt64Array]:
    """Mark → the rows that have it in common with another row of their household, in the order of the rows."""
    groups = _groups(everybody)
    order = None
    if groups.null_count or not pc.all(pc.greater_equal(groups.slice(1), groups.slice(0, max(len(groups) - 1, 0)))).as_py():
        # Members of a household do not follow each other.
        order = pc.sort_indices(groups)
        groups = groups.take(order)
    columns = {mark: everybody.column(mark).combine_chunks() for mark in marks}
    if order is not None:
        columns = {mark: column.take(order) for mark, column in columns.items()}
    found = _alike(groups, columns)
    return {mark: pc.unique(rows if order is None else order.take(rows)).sort() for mark, rows in found.items()}


def _groups(everybody: pa.Table) -> pa.Int64Array:
    """A number for each household, in each year where every row states its own."""
    homes = everybody.column(KEY).combine_chunks().dictionary_encode().indices.cast(pa.int64())
    years = everybody.column(YEAR)
    return homes if years.null_count else pc.add(pc.multiply(homes, pa.scalar(_YEARS)), years.combine_chunks())


def _alike(groups: pa.Int64Array, columns: Mapping[str, pa.Array]) -> dict[str, pa.UInt64Array]:
    """Column → the places at which it says the same as at another place of the group; members of a group follow each other."""
    found: dict[str, list[pa.UInt64Array]] = {name: [pa.array([], pa.uint64())] for name in columns}
    for distance in range(1, len(groups)):
        same = pc.equal(groups.slice(distance), groups.slice(0, len(groups) - distance))
        if not pc.any(same).as_py():
            break
        if distance > _FAR:
            large = pc.indices_nonzero(pc.is_in(groups, value_set=groups.slice(distance).filter(same)))
            found = {name: [*places, large] for name, places in found.items()}
            break
        for name, column in columns.items():
            alike = pc.and_(same, pc.equal(column.slice(distance), column.slice(0, len(column) - distance)))
            later = pc.indices_nonzero(alike)
            found[name] += [later, pc.add(later, pa.scalar(distance, pa.uint64()))]
    return {name: pa.concat_arrays(places) for name, places in found.items()}


def _one_by_one(rows: pa.Table, names: Sequence[str]) -> Iterator[tuple[Place, int | None, tuple[object, ...]]]:
    """Where each row stands, its year, and what it is known by; those that do not say it are left out."""
    columns = (rows.column(name).to_pylist() for name in (_PART, _RECORD, YEAR, KEY, *names))
    for part, record, year, home, *who in zip(*columns, strict=True):
        if None not in (home, *who):
            # A blank inside a name makes nobody else of him; numbers are folded already.
            known = (fold(one) if name == _NAME else one for name, one in zip(names, who, strict=True))
            yield (part, record), year, (home, *known)


def _counted(count: int) -> pa.UInt64Array:
    return pc.indices_nonzero(pa.repeat(pa.scalar(True), count))
