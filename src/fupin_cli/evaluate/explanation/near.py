"""The rows on which one subject's verdict can rest: to ask about one household must not cost what asking about all does."""

from collections.abc import Mapping
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


def near(standard: ReadyStandard, tables: Mapping[str, Table], index: int) -> Near:
    """Only what can bear on one subject by this standard. A row that belongs nowhere is kept: it may leave facts open."""
    there = {name: table for name, table in tables.items() if name in standard.tables}
    subject = standard.subject
    mine, origins = take_subjects(there, subject, [index])
    found, kept = {subject: mine[subject]}, {subject: origins}
    matching: dict[str, set[int]] = {name: set() for name in there}
    for join in joins(standard, {**there, subject: mine[subject]}, None):
        name = join.over.name
        matching[name] |= set(_of_household(join, there[name]) if join.on is None else _joined(join, there[name]))
    for name, rows in matching.items():
        if name != subject:
            taken, kept[name] = take_subjects(there, name, sorted(rows))
            found[name] = taken[name]
        elif rows:
            # Facts that look at other rows of the subject's own table.
            taken, kept[name] = take_subjects(there, name, sorted(rows | set(origins)))
            found[name] = taken[name]
    return Near(found, kept[subject].index(index), kept)


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
