"""How each household stands before an exit: what the papers of an assembly and the public notice go by."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal

from fupin_cli.model.codes import EXITED, OUT_CATEGORIES, UNREGISTERED_CATEGORIES
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.report.counties.order import gates

#: Proposed to exit; out already; may not exit; not settled; nothing is asked of it.
Stand = Literal["proposed", "out", "refused", "open", "aside"]
STANDS: tuple[Stand, ...] = ("proposed", "out", "refused", "open", "aside")
_SIZE = "household_size"


def publishable(group: Group) -> list[int]:
    """Those whom a notice may name: they meet the standard, are not out already, and nothing speaks against naming them."""
    odd = disagreeing(group).union(objected(group), *broken(group))
    return [index for index, stand in enumerate(stands(group)) if stand == "proposed" and index not in odd]


def stands(group: Group) -> list[Stand]:
    """How each household stands, in the table's order."""
    outcomes = group.main.standard.outcomes
    done = [_met(beside.data.column("outcome").to_pylist(), beside.standard.outcomes) for beside in group.beside]
    gone, others = _out(group), _others(group)
    found: list[Stand] = []
    for index, outcome in enumerate(group.main.data.column("outcome").to_pylist()):
        if outcome == UNDETERMINED:
            found.append("open")
        elif outcome == NOT_APPLICABLE:
            found.append("aside")
        elif not outcomes[outcome].meets:
            found.append("refused")
        else:
            # Who is out, or has gone the whole way, is judged again and not proposed again; who never was in cannot exit.
            out = gone[index] or (done and all(one[index] for one in done))
            found.append("out" if out else "aside" if others[index] else "proposed")
    return found


def _out(group: Group) -> list[bool]:
    """Which the register calls out already: by 脱贫属性; where that is blank by 贫困户属性 or an earlier 脱贫年度."""
    rows = zip(
        column(group, "poverty_status"), column(group, "household_category"), column(group, "exit_year"),
        group.main.data.column("year").to_pylist(), strict=True,
    )  # fmt: skip
    return [
        status == EXITED if status else category in OUT_CATEGORIES or (None not in (left, year) and left < year)
        for status, category, left, year in rows
    ]


def _others(group: Group) -> list[bool]:
    """Which the register says are no registered poor household."""
    rows = zip(column(group, "registered"), column(group, "household_category"), strict=True)
    return [registered is False or category in UNREGISTERED_CATEGORIES for registered, category in rows]


def disagreeing(group: Group) -> set[int]:
    """Those that say no to their exit: without their consent there is no notice."""
    return {index for index, agrees in enumerate(column(group, "household_agrees")) if agrees is False}


def objected(group: Group) -> set[int]:
    """Those against whom somebody objects: no further notice before that is settled."""
    return {index for index, objection in enumerate(column(group, "notice_objection")) if objection is True}


def broken(group: Group) -> list[AbstractSet[int]]:
    """Of each standard beside, those that surely break a gate of it."""
    return [{index for name in gates(one.standard) for index in one.failing(name)} for one in group.beside]


def sizes(main: StandardResult) -> list[int | None]:
    """The people of each household: as given, else as many as its members are; unknown where the two disagree."""
    data, table = main.data, main.subject
    found = table.data.column(_SIZE).to_pylist() if table.has(_SIZE) else [None] * data.num_rows
    for fact in main.fillers(_SIZE):
        if f"fact.{fact}" in data.column_names:
            others = data.column(f"fact.{fact}").to_pylist()
            found = [other if size is None else size for size, other in zip(found, others, strict=True)]
    if f"conflict.{_SIZE}" in data.column_names:
        conflicts = data.column(f"conflict.{_SIZE}").to_pylist()
        found = [None if conflict else size for size, conflict in zip(found, conflicts, strict=True)]
    return [int(size) if size is not None else None for size in found]


def column(group: Group, name: str) -> Sequence[Any]:
    """A field of the subjects; nothing where no sheet has it."""
    table = group.main.subject
    return table.data.column(name).to_pylist() if table.has(name) else [None] * table.data.num_rows


def _met(found: Sequence[str], outcomes: Mapping[str, Any]) -> list[bool]:
    return [outcome in outcomes and outcomes[outcome].meets for outcome in found]
