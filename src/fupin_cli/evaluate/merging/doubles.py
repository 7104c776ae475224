"""A subject that stands in two workbooks: nobody can tell which row counts, so neither does, as in one workbook."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from fupin_cli.evaluate.joins import YEAR
from fupin_cli.evaluate.merging.share import Share, narrowed, refound
from fupin_cli.model.inputs import InputSummary, RowCounts
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import ROW, SHEET, TABLES, Table

#: A row of the files: its input, its sheet and its number.
Place = tuple[int, str, int]


def doubled(subjects: Iterable[Table]) -> dict[Place, Problem]:
    """A problem for each row whose subject stands in another of the tables, too, naming the cell there."""
    seen: dict[tuple[object, ...], tuple[Table, int]] = {}
    found: dict[Place, Problem] = {}
    for table in subjects:
        record = TABLES[table.name]
        if record.REPEATS or not table.has(record.KEY[-1]):
            continue
        names = (YEAR, *record.KEY)
        columns = [table.data.column(n).to_pylist() if table.has(n) else [None] * table.data.num_rows for n in names]
        places = _places(table)
        for row, mark in enumerate(zip(*columns, strict=True)):
            first, number = seen.setdefault((table.name, *mark), (table, row)) if mark[-1] is not None else (table, row)
            if first is not table:
                found[places[row]] = _problem(table, row, first, number)
                found.setdefault(_places(first)[number], _problem(first, number, table, row))
    return found


def _problem(table: Table, row: int, other: Table, other_row: int) -> Problem:
    name = TABLES[table.name].KEY[-1]
    cells = table.address(row, name), other.address(other_row, name)
    return Problem("subject-doubled", "error", cells[0], table.name, name, other=cells[1])


def without(share: Share, gone: Collection[Place]) -> Share:
    """The share without the subjects in these rows."""
    mine = {source for table in _subjects(share) for source, _, _ in _places(table)}
    if not mine & {source for source, _, _ in gone}:
        return share
    groups, rows = [], {}
    for group in share.groups:
        main, positions = _rest(group.main, gone)
        rows[group.subject] = positions
        rates = {positions[row]: found for row, found in group.rates.items() if row in positions}
        groups.append(replace(group, main=main, beside=[_rest(one, gone)[0] for one in group.beside], rates=rates))
    rest = {one.standard.standard: _rest(one, gone) for one in share.findings}
    findings = {name: judged for name, (judged, _) in rest.items()}
    changes = {
        table: {rows[table][row]: change for row, change in of_rows.items() if row in rows[table]}
        for table, of_rows in share.changes.items()
    }
    changes = refound(changes, findings, {name: positions for name, (_, positions) in rest.items()})
    return replace(share, groups=groups, findings=[*findings.values()], changes=changes)


def _subjects(share: Share) -> list[Table]:
    return [group.main.subject for group in share.groups]


def _rest(judged: StandardResult, gone: Collection[Place]) -> tuple[StandardResult, dict[int, int]]:
    """The verdicts on the others, and where each of these is now."""
    rows = [row for row, place in enumerate(_places(judged.subject)) if place not in gone]
    lost = judged.subject.data.num_rows - len(rows)
    if lost:
        judged = narrowed(judged, rows)
        judged = replace(judged, subject=replace(judged.subject, quarantined=judged.subject.quarantined + lost))
    return judged, {row: place for place, row in enumerate(rows)}


def _places(table: Table) -> list[Place]:
    rows = zip(table.data.column(SHEET).to_pylist(), table.data.column(ROW).to_pylist(), strict=True)
    return [(table.sheets[sheet].input, table.sheets[sheet].name, row) for sheet, row in rows]


def accounted(inputs: Sequence[InputSummary], gone: Collection[Place]) -> list[InputSummary]:
    """The account of every row, with these among those that have no subject."""
    lost = Counter((source, sheet) for source, sheet, _ in gone)
    found = []
    for number, source in enumerate(inputs):
        counts = [RowCounts(0, -lost[number, sheet.name], lost[number, sheet.name], 0) for sheet in source.sheets]
        sheets = [replace(sheet, rows=sheet.rows + count) for sheet, count in zip(source.sheets, counts, strict=True)]
        found.append(replace(source, sheets=sheets))
    return found
