"""Rows without a subject: keys used twice, members of no household, members that stand twice."""

from collections import defaultdict
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.doubled import doubled_members
from fupin_cli.load.tables.part import Part
from fupin_cli.load.tables.recognise import KEY, YEAR
from fupin_cli.load.tables.work import Work, lose
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import TABLES


def drop_doubles(work: Work) -> None:
    """A key used twice in one 年度 has no subject: nobody can tell which row is the household, the village."""
    for table in work.parts:
        # Members are another matter: who they are is known by more than a number.
        if table != "person" and not TABLES[table].REPEATS:
            _drop_doubles(work, table)


def _drop_doubles(work: Work, table: str) -> None:
    seen: dict[tuple[object, ...], tuple[int, int]] = {}
    doubled: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    parts, names = work.parts[table], TABLES[table].KEY
    if _all_differ(parts, (YEAR, *names)):
        return
    for number, part in enumerate(parts):
        if names[-1] not in part.values:
            continue
        columns = [part.values[name].to_pylist() if name in part.values else [None] * len(part) for name in (YEAR, *names)]
        for record, mark in enumerate(zip(*columns, strict=True)):
            if mark[-1] is None:
                continue
            first = seen.setdefault(mark, (number, record))
            if first != (number, record):
                doubled[number][record] = first
                doubled[first[0]].setdefault(first[1], (number, record))
    code = "household-doubled" if table == "household" else "subject-doubled"
    # Told first and dropped afterwards: addresses count records as they were read.
    for number, records in doubled.items():
        for record, (other, other_record) in sorted(records.items()):
            where, there = parts[number].address(record, names[-1]), parts[other].address(other_record, names[-1])
            work.problems.append(Problem(code, "error", where, table, names[-1], other=there))
    for number, records in doubled.items():
        _drop_records(work, table, number, sorted(records))


def _all_differ(parts: Sequence[Part], names: Sequence[str]) -> bool:
    """No key is used twice: asked of all rows at once, because most rosters are so."""
    keyed = [part for part in parts if names[-1] in part.values]
    if not keyed:
        return True
    keys = pa.chunked_array([_written(part, names).filter(pc.is_valid(part.values[names[-1]])) for part in keyed])
    # Keys that are written differently differ; what is written alike is looked at again.
    return len(keys.unique()) == len(keys)


def _written(part: Part, names: Sequence[str]) -> pa.StringArray:
    """The key of each record as one text."""
    columns = [pc.cast(part.values[name], pa.string()) for name in names if name in part.values]
    return pc.binary_join_element_wise(*columns, "\n", null_handling="replace", null_replacement="")


def _drop_records(work: Work, table: str, number: int, records: Sequence[int]) -> None:
    """Take these subjects out, and with the households of an export their members' rows."""
    part = work.parts[table][number]
    gone = part.take(pa.array(records, pa.int64()))
    lost = set(gone.rows.to_pylist())
    for members in work.parts["person"] if table == "household" else ():
        if (members.sheet.input, members.sheet.name) == (part.sheet.input, part.sheet.name):
            lost |= set(members.rows.filter(_is_known(members, [gone])).to_pylist())
    lose(work, part, lost)
    dropped = set(records)
    kept = [record for record in range(len(part)) if record not in dropped]
    work.parts[table][number] = part.take(pa.array(kept, pa.int64()))


def drop_strangers(work: Work) -> None:
    """Member rows whose household is in none of the files have no subject."""
    households = [part for part in work.parts["household"] if KEY in part.values]
    for number, part in enumerate(work.parts["person"]):
        mine = _is_known(part, households)
        if pc.all(mine, min_count=0).as_py():
            continue
        lost = {part.rows[record].as_py() for record in pc.indices_nonzero(pc.invert(mine)).to_pylist()}
        told = {p.where for p in work.problems if p.code == "household-doubled"}
        for record in pc.indices_nonzero(pc.invert(mine)).to_pylist():
            if part.address(record, KEY) not in told:
                work.problems.append(Problem("member-without-household", "error", part.address(record, KEY), "person", KEY))
        lose(work, part, lost)
        work.parts["person"][number] = part.take(pc.indices_nonzero(mine).cast(pa.int64()))


def drop_doubled_members(work: Work) -> None:
    """A person who stands twice in a household would hide one who is missing: neither row counts, in one file or in two."""
    parts = list(work.parts["person"])
    for number, records in doubled_members(parts).items():
        part = parts[number]
        for record, (other, other_record) in sorted(records.items()):
            where, there = part.address(record, KEY), parts[other].address(other_record, KEY)
            work.problems.append(Problem("member-doubled", "error", where, "person", KEY, other=there))
        lose(work, part, [part.rows[record].as_py() for record in records])
        kept = [record for record in range(len(part)) if record not in records]
        work.parts["person"][number] = part.take(pa.array(kept, pa.int64()))


def _is_known(members: Part, households: Sequence[Part]) -> pa.BooleanArray:
    """Which member rows have their household: the same 户编号, and the same 年度 where both state one."""
    if not households:
        return pa.array([False] * len(members), pa.bool_())
    keys = pa.concat_arrays([part.values[KEY] for part in households])
    known = pc.fill_null(pc.is_in(members.values[KEY], value_set=keys.drop_null()), False)
    if YEAR not in members.values or not all(YEAR in part.values for part in households):
        return pc.and_(known, pc.is_valid(members.values[KEY]))
    years = pa.chunked_array([part.values[YEAR] for part in (members, *households)])
    if not years.null_count and len(years.unique()) <= 1:
        return known
    dated = pa.concat_arrays([_dated_key(part) for part in households])
    undated = [part.values[KEY].filter(pc.is_null(part.values[YEAR])) for part in households]
    same_year = pc.is_in(_dated_key(members), value_set=dated.drop_null())
    # A household or member without a year of its own is not a stranger; whether it can be joined is decided with the verdict.
    open_year = pc.or_(pc.is_null(members.values[YEAR]), pc.is_in(members.values[KEY], value_set=pa.concat_arrays(undated)))
    return pc.and_(pc.and_(known, pc.is_valid(members.values[KEY])), pc.or_(same_year, open_year))


def _dated_key(part: Part) -> pa.StringArray:
    return pc.binary_join_element_wise(part.values[KEY], pc.cast(part.values[YEAR], pa.string()), "\n")
