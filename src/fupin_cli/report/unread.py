"""Files that were refused, as every report tells them: in its first lines, in its rows, for machines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fupin_cli.messages import say
from fupin_cli.model.problem import Problem
from fupin_cli.report.options import Options
from fupin_cli.report.problems import problem_words, safe

#: Most files named in the first lines; the list of problems has all of them.
_NAMED = 3


@dataclass(frozen=True)
class Unread:
    """A file of several that was refused."""

    #: As it was given, for what leads there; empty where a run as a whole is refused.
    path: str
    #: The path as it may be shown, why nothing was read, and what to do.
    name: str
    reason: str
    hint: str
    code: str

    @property
    def text(self) -> str:
        """Reason and next step in one line."""
        return " ".join(part for part in (self.reason, self.hint) if part)


@dataclass(frozen=True)
class Places:
    """Which cells of a row say that a file was refused, why, and which it is."""

    state: int
    why: int
    #: None: the reason names it.
    path: int | None = None


def unread_files(problems: Iterable[Problem], options: Options) -> list[Unread]:
    """The files of a run that were refused."""
    return [_unread(problem, options) for problem in problems if problem.refuses]


def _unread(problem: Problem, options: Options) -> Unread:
    path = problem.facts.get("path", "")
    # A refusal has no cell that could be named.
    reason, hint = problem_words(problem, options, str)
    return Unread(path, safe(path, options), reason, hint, problem.code)


def unread_line(problems: Iterable[Problem], options: Options) -> str:
    """How many files were refused, and that nothing here covers them; empty where none was."""
    found = unread_files(problems, options)
    if not found:
        return ""
    names = say("list-comma", options.lang).join(one.name for one in found[:_NAMED]) + "…" * (len(found) > _NAMED)
    return say("unread-files", options.lang, count=len(found), files=names)


def unread_cells(problems: Iterable[Problem], options: Options, width: int, places: Places) -> list[list[str]]:
    """For each refused file a row of so many cells, so that a table of the others does not look like one of all."""
    rows = []
    for one in unread_files(problems, options):
        row = [""] * width
        row[places.state] = say("unread-file", options.lang)
        if places.path is not None:
            row[places.path] = one.name
        row[places.why] = one.text
        rows.append(row)
    return rows


def unread_json(problems: Sequence[Problem], options: Options) -> dict[str, Any]:
    """The refused files for machines: a key of its own, only where there are any."""
    found = [
        {"path": one.name, "code": one.code, "message": one.reason, "hint": one.hint} for one in unread_files(problems, options)
    ]
    return {"refused": found} if found else {}
