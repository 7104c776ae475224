"""Sheets that say different things of the same subjects: their rows become one record.

Registers hand out one workbook of incomes, another of housing, a third of members known by their identity numbers alone. Two
sheets of the same layout are another matter: there one subject stands twice, and nobody can tell which row counts.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part, agree
from fupin_cli.load.tables.recognise import KEY, PLACES, YEAR
from fupin_cli.load.tables.work import Work
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import TABLES

#: Fields by which a row of a table may be known, the surest first, where it is not its model's key.
_KNOWN_BY = {"person": (("id_number",), ("person_id",))}
#: Fields that say who somebody is: two sheets that share no others have different layouts.
_WHO = frozenset({"head_name", "head_id_number", "name", "id_number", "person_id", "relation", "sex", "birth_date", "id_type"})
#: Sheets that share more than this of the smaller one's fields have the same layout.
_ALIKE = 0.5


def are_doubles(one: Collection[str], other: Collection[str], *, derived: bool) -> bool:
    """Whether two sheets of a table, by the names of their fields, say the same kind of things.

    ``derived``: one of them lists households, the other members with their household's values repeated. Where both state the
    year, the second only repeats the first and must agree with it.
    """
    if derived and YEAR in one and YEAR in other:
        return False
    first, second = (frozenset(names) - PLACES - _WHO for names in (one, other))
    fewer = min(len(first), len(second))
    return len(first & second) > _ALIKE * fewer if fewer else len(first) == len(second)


def join_sheets(work: Work) -> None:
    """Give records of one sheet what another sheet of another layout says of the same subjects in the same year."""
    for table, parts in work.parts.items():
        if TABLES[table].REPEATS:
            continue
        for one, other in combinations(range(len(parts)), 2):
            mine, theirs = parts[one], parts[other]
            if are_doubles(mine.sheet.letters, theirs.sheet.letters, derived=mine.derived != theirs.derived):
                continue
            for names in _KNOWN_BY.get(table, (TABLES[table].KEY,)):
                parts[other] = _join(parts, one, other, names, work.problems)


def _join(parts: Sequence[Part], one: int, number: int, names: Sequence[str], problems: list[Problem]) -> Part:
    """Move what the part of this number says of subjects of part ``one`` over to it; gives the records that are left."""
    mine, theirs = parts[one], parts[number]
    shared = [name for name in (KEY, YEAR) if name in mine.values and name in theirs.values]
    keys = list(dict.fromkeys([*shared, *names]))
    if not all(name in part.values for name in names for part in (mine, theirs)):
        return theirs
    places = _once(theirs, keys)
    unsure = _in_several_years(parts, keys) if YEAR not in keys else frozenset[str | None]()
    found = [places.get(mark) if count == 1 and mark not in unsure else None for mark, count in _counted(mine, keys)]
    used = {place for place in found if place is not None}
    if not used:
        return theirs
    lent = _aligned(theirs, pa.array(found, pa.int64()))
    for name in theirs.values:
        if name not in keys and name in theirs.sheet.letters:
            problems += agree(mine, lent, name, sheet=number)
    left = [record for record in range(len(theirs)) if record not in used]
    return theirs.take(pa.array(left, pa.int64()))


def _in_several_years(parts: Sequence[Part], keys: Sequence[str]) -> frozenset[str | None]:
    """Subjects that the sheets with a 年度 list in more than one: a sheet without one may speak of any of them."""
    years: dict[str | None, set[object]] = defaultdict(set)
    for part in parts:
        if YEAR in part.values and all(name in part.values for name in keys):
            for mark, year in zip(_marks(part, keys), part.values[YEAR].to_pylist(), strict=True):
                years[mark].add(year)
    return frozenset(mark for mark, found in years.items() if len(found) > 1)


def _aligned(part: Part, records: pa.Int64Array) -> Part:
    """The part with these records in this order; where there is none its values are null."""
    taken = part.take(records)
    taken.unread = {name: pc.fill_null(mask, False) for name, mask in taken.unread.items()}
    return taken


def _marks(part: Part, keys: Sequence[str]) -> list[str | None]:
    """What each record is known by; None where a part of it is blank."""
    return list(pc.binary_join_element_wise(*(pc.cast(part.values[name], pa.string()) for name in keys), "\n").to_pylist())


def _counted(part: Part, keys: Sequence[str]) -> list[tuple[str | None, int]]:
    marks = _marks(part, keys)
    counts = Counter(marks)
    return [(mark, counts[mark] if mark is not None else 0) for mark in marks]


def _once(part: Part, keys: Sequence[str]) -> dict[str | None, int]:
    """Where each mark stands that stands only once."""
    return {mark: place for place, (mark, count) in enumerate(_counted(part, keys)) if count == 1}
