"""How each household stands before an exit: what the papers of an assembly and the public notice go by."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal

from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.report.counties.order import gates

#: Proposed to exit; out already; may not exit; not settled; nothing is asked of it.
Stand = Literal["proposed", "out", "refused", "open", "aside"]
STANDS: tuple[Stand, ...] = ("proposed", "out", "refused", "open", "aside")
#: Of the code list of 脱贫属性.
OUT = "已脱贫"
_SIZE = "household_size"


def publishable(group: Group) -> list[int]:
    """Those whom a notice may name: they meet the standard, are not out already, and their procedure is not broken."""
    odd = set().union(*broken(group))
    return [index for index, stand in enumerate(stands(group)) if stand == "proposed" and index not in odd]


def stands(group: Group) -> list[Stand]:
    """How each household stands, in the table's order."""
    outcomes = group.main.standard.outcomes
    done = [_met(beside.data.column("outcome").to_pylist(), beside.standard.outcomes) for beside in group.beside]
    found: list[Stand] = []
    for index, (outcome, status) in enumerate(
        zip(group.main.data.column("outcome").to_pylist(), column(group, "poverty_status"), strict=True)
    ):
        if outcome == UNDETERMINED:
            found.append("open")
        elif outcome == NOT_APPLICABLE:
            found.append("aside")
        elif not outcomes[outcome].meets:
            found.append("refused")
        else:
            # Who is out, or has gone the whole way, is judged again and not proposed again.
            out = status == OUT or (done and all(one[index] for one in done))
            found.append("out" if out else "proposed")
    return found


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
