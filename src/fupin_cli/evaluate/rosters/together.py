"""One table of households out of the register of poor households and the roster of the 低保, for rules that ask for both.

``registered`` and ``dibao`` come from who stands where; each has the cell that says so, in its own file. What a roster says
itself about the other benefit stays: where the two disagree the value is unknown, with both cells.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.match import HEAD, KEY, Match, match, roster
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import SHEET, Elsewhere, SheetRef, Table, arrow_type, fields

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
        tables[_PERSON] = _joined(first[_PERSON], _members_of(second[_PERSON], theirs, added))
    elif _PERSON in second:
        tables[_PERSON] = _members_of(second[_PERSON], theirs, added)
    return tables, problems + more


def moved(table: Table, by: int) -> Table:
    """The table with its files counted on from those of another roster."""
    sheets = [SheetRef(sheet.input + by, sheet.name, sheet.letters) for sheet in table.sheets]
    disputed = {
        name: {row: replace(cell, input=cell.input + by) for row, cell in cells.items()} for name, cells in table.disputed.items()
    }
    return replace(table, sheets=sheets, disputed=disputed)


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
    whole, problems = _settle(_joined(mine, _rows(theirs, added)), BENEFIT, benefit, cells)
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
    chosen = pa.array(places, pa.int64())
    data = table.data.take(chosen)
    if table.name == _HOUSEHOLD and table.has(_OF_REGISTER):
        data = data.drop_columns(_OF_REGISTER)
    order = {place: number for number, place in enumerate(places)}
    return replace(
        table,
        data=data,
        unreadable={name: mask.take(chosen) for name, mask in table.unreadable.items()},
        disputed={
            name: {order[row]: cell for row, cell in cells.items() if row in order} for name, cells in table.disputed.items()
        },
        elsewhere={name: places_of.take(chosen) for name, places_of in table.elsewhere.items()},
        as_given={name: values.take(chosen) for name, values in table.as_given.items()},
    )


def _joined(first: Table, second: Table) -> Table:
    """The rows of two tables, those of the second after those of the first."""
    start, count, more = len(first.sheets), first.data.num_rows, second.data.num_rows
    sheet = pc.add(second.data.column(SHEET), pa.scalar(start, pa.int32()))
    moved_on = second.data.set_column(second.data.column_names.index(SHEET), SHEET, sheet)
    data = pa.concat_tables([first.data, moved_on], promote_options="default").combine_chunks()
    disputed = {
        name: {**first.disputed.get(name, {}), **{count + row: cell for row, cell in second.disputed.get(name, {}).items()}}
        for name in {**first.disputed, **second.disputed}
    }
    names = {**first.elsewhere, **second.elsewhere}
    return Table(
        first.name,
        data,
        [*first.sheets, *second.sheets],
        _stacked((first, second), lambda table: table.unreadable, lambda table, _: pa.array([False] * table.data.num_rows)),
        disputed,
        first.quarantined + second.quarantined,
        first.partial or second.partial,
        {name: _places(first.elsewhere.get(name), second.elsewhere.get(name), count, more, start) for name in names},
        _stacked((first, second), lambda table: table.as_given, _values),
    )


def _stacked(
    tables: tuple[Table, Table],
    of: Callable[[Table], Mapping[str, pa.Array]],
    otherwise: Callable[[Table, str], pa.Array],
) -> dict[str, pa.Array]:
    """Columns that only one of the tables may have, for both."""
    names = dict.fromkeys(name for table in tables for name in of(table))
    return {
        name: pa.concat_arrays([of(table)[name] if name in of(table) else otherwise(table, name) for table in tables])
        for name in names
    }


def _values(table: Table, name: str) -> pa.Array:
    if table.has(name):
        return table.data.column(name).combine_chunks()
    return pa.nulls(table.data.num_rows, arrow_type(fields(table.name)[name].form))


def _places(first: Elsewhere | None, second: Elsewhere | None, count: int, more: int, start: int) -> Elsewhere:
    """Where the values of a field stand, for the rows of both tables."""
    nowhere = [
        Elsewhere(pa.nulls(rows, pa.int32()), pa.nulls(rows, pa.string()), pa.nulls(rows, pa.int32())) for rows in (count, more)
    ]
    before, after = first or nowhere[0], second or nowhere[1]
    return Elsewhere(
        pa.concat_arrays([before.rows, after.rows]),
        pa.concat_arrays([before.letters, after.letters]),
        pa.concat_arrays([before.sheets, pc.add(after.sheets, pa.scalar(start, pa.int32()))]),
    )
