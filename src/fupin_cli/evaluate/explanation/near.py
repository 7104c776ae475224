"""The rows on which one subject's verdict can rest: to ask about one household must not cost what asking about all does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.evaluate.doubt import take_subjects
from fupin_cli.evaluate.joins import KEY, Join, joins
from fupin_cli.evaluate.run import relation
from fupin_cli.model.tables import Table
from fupin_cli.rules.standard import ReadyStandard


@dataclass(frozen=True)
class Near:
    """The tables of one subject: its own row with its household's other years, and the rows that its facts can look at."""

    tables: Mapping[str, Table]
    #: Index of the subject among the rows that are left.
    index: int
    #: Table → the index that each row had before.
    origins: Mapping[str, list[int]]


def around(
    standards: Iterable[ReadyStandard], tables: Mapping[str, Table], rows: Mapping[str, Sequence[int]]
) -> tuple[dict[str, Table], dict[str, list[int]]]:
    """Only what can bear on these rows (by table) by any of these standards, and the index that each row had before.

    Of the other rows that are left not everything is there, so nothing is to be said of them.
    """
    kept = {name: set(rows.get(name, ())) for name in tables}
    for standard in standards:
        if rows.get(standard.subject):
            for name, origins in _near(standard, tables, rows[standard.subject]).origins.items():
                kept[name] |= set(origins)
    found, before = {}, {}
    for name, chosen in kept.items():
        taken, before[name] = take_subjects(tables, name, sorted(chosen))
        found[name] = taken[name]
    return found, before


def near(standard: ReadyStandard, tables: Mapping[str, Table], index: int) -> Near:
    """Only what can bear on one subject by this standard. A row that belongs nowhere is kept: it may leave facts open."""
    return _near(standard, tables, [index])


def _near(standard: ReadyStandard, tables: Mapping[str, Table], rows: Sequence[int]) -> Near:
    there = {name: table for name, table in tables.items() if name in standard.tables}
    subject = standard.subject
    mine, origins = take_subjects(there, subject, rows)
    found, kept = dict[str, Table](), dict[str, list[int]]()
    matching: dict[str, set[int]] = {name: set() for name in there}
    for join in joins(standard, {**there, subject: mine[subject]}, None):
        name = join.over.name
        matching[name] |= set(_of_household(join, there[name]) if join.on is None else _joined(join, there[name]))
    # Facts may look at other rows of the subject's own table.
    matching[subject] |= set(origins)
    for name, chosen in matching.items():
        taken, kept[name] = take_subjects(there, name, sorted(chosen))
        found[name] = taken[name]
    return Near(found, kept[subject].index(rows[0]), kept)


def _of_household(join: Join, table: Table) -> list[int]:
    if not join.subject.has(KEY):
        return []
    keys = table.data.column(KEY)
    mine = pc.unique(join.subject.data.column(KEY)).drop_null()
    lost = pc.indices_nonzero(pc.is_null(keys)).to_pylist()[:1]
    return [*pc.indices_nonzero(pc.is_in(keys, value_set=mine)).to_pylist(), *lost]


def _joined(join: Join, table: Table) -> list[int]:
    """The rows that give the same value as the subject, and the first that gives none."""
    theirs, mine = join.by(join.over, "p"), join.by(join.subject, "s")
    query = (
        f'SELECT p."_i" AS "_i", ({theirs}) IS NULL AS "lost" FROM "rows" AS p'
        f' WHERE ({theirs}) IS NULL OR ({theirs}) IN (SELECT {mine} FROM "asking" AS s)'
    )
    found = duck.run(query, {"rows": relation(table), "asking": relation(join.subject)})
    placed = found.filter(pc.invert(found.column("lost"))).column("_i").to_pylist()
    lost = sorted(found.filter(found.column("lost")).column("_i").to_pylist())[:1]
    return [*placed, *lost]
