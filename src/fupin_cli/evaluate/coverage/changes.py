"""Small changes of a worked case: another value in a cell, none, something unreadable, no such column; a row more, or less."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest

from fupin_cli.evaluate.coverage.landmarks import Cell, Landmarks
from fupin_cli.model.case import Case
from fupin_cli.model.tables import TABLES

Row = Mapping[str, str]
#: Most rows of a table that are changed; most that are copied, taken out or taken from other cases.
_ROWS, _COPIED = 9, 4


def changed(case: Case, cells: Sequence[Cell], landmarks: Landmarks, pool: Mapping[str, Sequence[Row]]) -> Iterator[Case]:
    """Cases that differ from this one in one of these cells, or by a row of their tables: of each cell first one change."""
    ways = [_of_cell(case, cell, cells, landmarks, pool) for cell in cells]
    for abreast in zip_longest(*ways):
        yield from (one for one in abreast if one is not None)


def _of_cell(
    case: Case, cell: Cell, cells: Sequence[Cell], landmarks: Landmarks, pool: Mapping[str, Sequence[Row]]
) -> Iterator[Case]:
    table, name = cell
    given = list(case.rows(table))
    if name:
        if any(name in row for row in given):
            yield _with(case, table, [{key: text for key, text in row.items() if key != name} for row in given])
        for index, row in _changeable(case, given):
            for text in landmarks.values(cell, row, case.judged_in):
                yield _with(case, table, [*given[:index], {**row, name: text}, *given[index + 1 :]])
    elif table != landmarks.standard.subject:
        yield from _rows_changed(case, table, given, pool)
        yield from _rows_made(case, table, given, [inner for owner, inner in cells if owner == table and inner], landmarks, pool)


def _rows_made(
    case: Case, table: str, given: Sequence[Row], names: Sequence[str], landmarks: Landmarks, pool: Mapping[str, Sequence[Row]]
) -> Iterator[Case]:
    """A first row, or one more, that is like one of another case but for a cell."""
    like = given[-1] if given else next(iter(pool.get(table, ())), {})
    for name in names:
        for text in landmarks.values((table, name), like, case.judged_in):
            yield _with(case, table, [*given, {**like, name: text}])


def _changeable(case: Case, given: Sequence[Row]) -> list[tuple[int, Row]]:
    """The rows to change: the first ones, of very many only the one that the case is about."""
    rows = list(enumerate(given))
    return [rows[case.subject]] if len(rows) > _ROWS and case.subject < len(rows) else rows[:_ROWS]


def _rows_changed(case: Case, table: str, given: Sequence[Row], pool: Mapping[str, Sequence[Row]]) -> Iterator[Case]:
    if given or table not in case.given:
        yield _with(case, table, [])
    if table in case.given:
        yield case.model_copy(update={"given": {name: rows for name, rows in case.given.items() if name != table}})
    for index in range(min(len(given), _COPIED)):
        yield _with(case, table, [*given[:index], *given[index + 1 :]])
        yield _with(case, table, [*given, given[index]])
    for row in islice(pool.get(table, ()), _COPIED):
        yield _with(case, table, [*given, row])


def _with(case: Case, table: str, rows: Sequence[Row]) -> Case:
    """The case with other rows in a table; a single one is written as before."""
    alone = len(rows) == 1 and isinstance(case.given.get(table, rows[0]), Mapping)
    return case.model_copy(update={"given": {**case.given, table: rows[0] if alone else list(rows)}})


def rows_of(cases: Sequence[Case]) -> dict[str, list[Row]]:
    """The different rows that cases give to each table."""
    found: dict[str, dict[tuple[tuple[str, str], ...], None]] = {name: {} for name in TABLES}
    for case in cases:
        for table in case.given:
            for row in case.rows(table):
                found[table].setdefault(tuple(sorted(row.items())))
    return {table: [dict(row) for row in rows] for table, rows in found.items()}
