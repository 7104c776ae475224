"""One table of households out of the register of poor households and the roster of the 低保, for rules that ask for both.

``registered`` and ``dibao`` come from who stands where; each has the cell that says so, in its own file. What a roster says
itself about the other benefit stays: where the two disagree the value is unknown, with both cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.match import HEAD, KEY, Match, match, roster
from fupin_cli.evaluate.stacked import stacked, take_rows
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import Elsewhere, Table, arrow_type, fields

#: Fields of the household that say in which roster it stands.
REGISTERED, BENEFIT = "registered", "dibao"
#: The register's own word for a household: in another office's roster it says something else.
_OF_REGISTER = "household_category"
_HOUSEHOLD, _PERSON = "household", "person"


def compare(first: Mapping[str, Table], second: Mapping[str, Table]) -> tuple[dict[str, Table], list[Problem]] | None:
    """The tables of the register, with the households of the second roster that it does not have; nothing without a common key.

    Both have a table of households; the inputs of the second are counted on from those of the first already.
    """
    mine, theirs = first[_HOUSEHOLD], second[_HOUSEHOLD]
    found = match(roster(first), roster(second))
    if found is None:
        return None
    added = [place for place in range(theirs.data.num_rows) if place not in found.found]
    problems = [_two_households(mine, theirs, place, other) for place, other in found.doubtful]
    marked, more = _mark(mine, theirs, found, added)
    tables = dict(first)
    tables[_HOUSEHOLD] = marked
    if _PERSON in first and _PERSON in second:
        tables[_PERSON] = stacked([first[_PERSON], _members_of(second[_PERSON], theirs, added)])
    elif _PERSON in second:
        tables[_PERSON] = _members_of(second[_PERSON], theirs, added)
    return tables, problems + more


def _mark(mine: Table, theirs: Table, found: Match, added: Sequence[int]) -> tuple[Table, list[Problem]]:
    """The households of both, with what their places in the rosters say."""
    count = mine.data.num_rows
    benefit: list[bool | None] = [False if place in found.only_first else None for place in range(count)]
    # Where a household is not in a roster, that whole roster says so.
    cells: list[Address | None] = [_whole(theirs) if place in found.only_first else None for place in range(count)]
    for place, other in found.pairs.items():
        benefit[place], cells[place] = True, _key_cell(theirs, other)
    benefit += [True] * len(added)
    cells += [_key_cell(theirs, other) for other in added]
    registered = [True] * count + [False if other in found.only_second else None for other in added]
    own: list[Address | None] = [_key_cell(mine, place) for place in range(count)]
    whole, problems = _settle(stacked([mine, _rows(theirs, added)]), BENEFIT, benefit, cells)
    # A register may well have households that it calls unregistered, and so may the other roster registered ones.
    lacking = [_whole(mine) if other in found.only_second else None for other in added]
    whole, _ = _settle(whole, REGISTERED, registered, [*own, *lacking], clash=False)
    return whole, problems


def _settle(
    table: Table, name: str, said: Sequence[bool | None], where: Sequence[Address | None], *, clash: bool = True
) -> tuple[Table, list[Problem]]:
    """Take what the rosters say where the sheet says nothing; where both say something else it is unknown."""
    rows = table.data.num_rows
    given = table.data.column(name).to_pylist() if table.has(name) else [None] * rows
    bad = table.unreadable[name].to_pylist() if name in table.unreadable else [False] * rows
    disputed = dict(table.disputed.get(name, {}))
    problems: list[Problem] = []
    values: list[bool | None] = []
    cells: list[Address | None] = []
    for index, (value, other, cell) in enumerate(zip(given, said, where, strict=True)):
        if clash and value is not None and other is not None and value != other:
            own = table.address(index, name)
            if cell is not None and cell.row:
                disputed[index] = cell
                problems.append(Problem("sources-disagree", "error", own, table.name, name, other=cell))
            else:
                problems.append(Problem("roster-lacks-household", "error", own, table.name, name))
            bad[index] = True
        taken = value is None and not bad[index]
        values.append(None if bad[index] else other if taken else value)
        cells.append(cell if taken else None)
    return _with_column(table, name, values, bad, cells, disputed), problems


def _with_column(
    table: Table,
    name: str,
    values: Sequence[bool | None],
    bad: Sequence[bool],
    cells: Sequence[Address | None],
    disputed: Mapping[int, Address],
) -> Table:
    """The table with a field's values, and where each stands."""
    column = pa.array(values, arrow_type(fields(table.name)[name].form))
    names = table.data.column_names
    data = table.data.set_column(names.index(name), name, column) if name in names else table.data.append_column(name, column)
    sheets = {(sheet.input, sheet.name): number for number, sheet in enumerate(table.sheets)}
    places = Elsewhere(
        pa.array([cell.row if cell is not None else None for cell in cells], pa.int32()),
        pa.array([cell.letter if cell is not None else None for cell in cells], pa.string()),
        pa.array([sheets[cell.input, cell.sheet] if cell is not None else None for cell in cells], pa.int32()),
    )
    if (before := table.elsewhere.get(name)) is not None:
        old = (before.rows, before.letters, before.sheets)
        places = Elsewhere(*map(pc.coalesce, (places.rows, places.letters, places.sheets), old))
    unreadable = {**table.unreadable, name: pa.array(bad, pa.bool_())} if any(bad) else table.unreadable
    return replace(
        table,
        data=data,
        unreadable=unreadable,
        disputed={**table.disputed, name: disputed},
        elsewhere={**table.elsewhere, name: places},
    )


def _key_cell(table: Table, place: int) -> Address:
    """The cell that says which household a row is."""
    cells = [table.address(place, name) for name in (KEY, HEAD) if table.has(name)]
    named = [cell for cell in cells if cell.letter]
    return named[0] if named else table.address(place)


def _whole(table: Table) -> Address:
    """A roster as a whole: its first sheet."""
    return Address(table.sheets[0].input, table.sheets[0].name, 0, "")


def _two_households(mine: Table, theirs: Table, place: int, other: int) -> Problem:
    """Two rows with one 户编号 and nobody in common."""
    return Problem("rosters-disagree", "error", _key_cell(mine, place), _HOUSEHOLD, KEY, other=_key_cell(theirs, other))


def _members_of(members: Table, households: Table, places: Sequence[int]) -> Table:
    """The member rows of some households."""
    chosen = set(households.data.column(KEY).take(pa.array(places, pa.int64())).to_pylist()) if households.has(KEY) else set()
    numbers = members.data.column(KEY).to_pylist()
    return _rows(members, [row for row, number in enumerate(numbers) if number is not None and number in chosen])


def _rows(table: Table, places: Sequence[int]) -> Table:
    """Some rows of a table; of households without the register's own word for them."""
    taken = take_rows(table, places)
    if table.name == _HOUSEHOLD and table.has(_OF_REGISTER):
        return replace(taken, data=taken.data.drop_columns(_OF_REGISTER))
    return taken
