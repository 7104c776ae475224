"""What could not be read, as findings of any command."""

from collections.abc import Iterable

from fupin_cli.model.fingerprint import fingerprint
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.verification import READING, Found, Level

#: Of what has no cell: the first file as a whole.
NOWHERE = Address(0, "", 0, "")


def unread(problems: Iterable[Problem]) -> list[Found]:
    """Every problem that is more than a note; a file that was refused has no place where it could be found."""
    return [_found(problem) for problem in problems if problem.severity != "info" and not problem.refuses]


def _found(problem: Problem) -> Found:
    rule = f"{READING}/{problem.code}"
    level: Level = "error" if problem.severity == "error" else "warning"
    cells = tuple(cell for cell in (problem.where, problem.other) if cell is not None and cell.row)
    place = str(problem.where) if problem.where is not None else ""
    known = fingerprint(rule, None, place, problem.table, problem.name)
    return Found(rule, level, problem.where or NOWHERE, cells, "", None, known, problem=problem)
