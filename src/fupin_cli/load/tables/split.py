"""Person-level exports: a row per member with the household's fields repeated, split into households and persons.

A household field is what its members' rows agree on. Where two rows disagree nobody can tell which is right: the value is then
unknown, with a problem that names both cells.
"""

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part, in_rows, mask_of
from fupin_cli.load.tables.recognise import KEY, YEAR
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import SheetRef

#: What a member row says that is its household's head.
HEAD = "户主"
#: Household field → the member field whose value for the head of the household it is.
_OF_HEAD = {"head_name": "name", "head_id_number": "id_number"}


def split(members: Part, repeated: Part) -> tuple[Part, Part, list[Problem]]:
    """Households and members from one sheet.

    ``repeated`` holds the household fields of every member row, in the rows of ``members``. Returns the households (one record
    for each 户编号 and 年度, at the row of its first member), the members that belong to one, and the problems found.
    """
    problems: list[Problem] = []
    by_year = YEAR in members.values and pc.count_distinct(members.values[YEAR]).as_py() > 1
    keyed = pc.is_valid(members.values[KEY])
    problems += _homeless(members, pc.invert(keyed), "member-without-household", KEY)
    if by_year:
        problems += _homeless(members, pc.and_(keyed, pc.is_null(members.values[YEAR])), "member-without-year", YEAR)
        keyed = pc.and_(keyed, pc.is_valid(members.values[YEAR]))
    kept = pc.indices_nonzero(keyed).cast(pa.int64())
    members, repeated = members.take(kept), repeated.take(kept)

    groups = _groups(members, by_year=by_year)
    first = _first(groups, pa.array([True] * len(members)))
    letters = {**repeated.sheet.letters}
    values: dict[str, pa.Array] = {}
    households = Part("household", SheetRef(repeated.sheet.input, repeated.sheet.name, letters), values, members.rows.take(first))
    households.derived = True
    for name, column in repeated.values.items():
        _agree(households, repeated, name, column, groups, problems)
    _heads(households, members, groups)
    return households, members, problems


def _homeless(members: Part, rows: pa.BooleanArray, code: str, name: str) -> list[Problem]:
    records = pc.indices_nonzero(rows).to_pylist()
    return [Problem(code, "error", members.address(record, name), "person", name) for record in records]


def _groups(members: Part, *, by_year: bool) -> pa.Int64Array:
    """For each member the number of its household, in the order in which households first appear."""
    key = members.values[KEY]
    if by_year:
        key = pc.binary_join_element_wise(key, pc.cast(members.values[YEAR], pa.string()), "\n")
    return key.dictionary_encode().indices.cast(pa.int64())


def _first(groups: pa.Int64Array, wanted: pa.BooleanArray) -> pa.Int64Array:
    """For each household the first of its wanted members; null where it has none."""
    position = pa.arange(0, len(groups))
    chosen = pc.if_else(wanted, position, pa.scalar(None, pa.int64()))
    table = pa.table({"group": groups, "position": chosen}).group_by("group").aggregate([("position", "min")]).sort_by("group")
    return table.column("position_min").combine_chunks()


def _agree(households: Part, repeated: Part, name: str, column: pa.Array, groups: pa.Int64Array, problems: list[Problem]) -> None:
    """One household field: the value that all rows which have one agree on."""
    given = pc.is_valid(column)
    first = _first(groups, given)
    value = column.take(first)
    disagrees = pc.fill_null(pc.not_equal(column, value.take(groups)), False)
    lost: list[int] = []
    shown = first
    rival = _first(groups, disagrees)
    for household in pc.indices_nonzero(pc.is_valid(rival)).to_pylist():
        lost.append(household)
        where, other = (repeated.address(position[household].as_py(), name) for position in (first, rival))
        problems.append(Problem("sources-disagree", "error", where, "household", name, other=other))
        households.disputed.setdefault(name, {})[household] = other
    unread = repeated.unread.get(name)
    if unread is not None:
        # What cannot be read may say something else than the other rows: then nobody knows.
        damaged = _first(groups, unread)
        silent = pc.is_valid(damaged)
        shown = pc.if_else(pc.is_valid(rival), first, pc.coalesce(damaged, first))
        lost += pc.indices_nonzero(silent).to_pylist()
    if lost:
        mask = mask_of(lost, len(households))
        households.unread[name] = mask
        value = pc.if_else(mask, pa.scalar(None, value.type), value)
    households.values[name] = value
    _note_rows(households, name, shown, repeated.rows)


def _heads(households: Part, members: Part, groups: pa.Int64Array) -> None:
    """The name and number of the household's head, from the row whose 与户主关系 says 户主."""
    relation = members.values.get("relation")
    if relation is None:
        return
    head = _first(groups, pc.fill_null(pc.equal(relation, HEAD), False))
    letters: dict[str, str] = dict(households.sheet.letters)
    for name, source in _OF_HEAD.items():
        if source in members.sheet.letters and name not in households.values:
            households.values[name] = members.values[source].take(head)
            letters[name] = members.sheet.letters[source]
            if source in members.unread:
                households.unread[name] = pc.fill_null(members.unread[source].take(head), False)
            _note_rows(households, name, head, members.rows)
    households.sheet = SheetRef(households.sheet.input, households.sheet.name, letters)


def _note_rows(households: Part, name: str, positions: pa.Int64Array, rows: pa.Int32Array) -> None:
    """Remember where a value stands when that is not the household's own row."""
    theirs = rows.take(positions)
    moved = pc.fill_null(pc.not_equal(theirs, households.rows), False)
    if pc.any(moved).as_py():
        households.elsewhere[name] = in_rows(pc.if_else(moved, theirs, pa.scalar(None, pa.int32())))
