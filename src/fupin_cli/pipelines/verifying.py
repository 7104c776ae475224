"""Do the rosters of successive years tell one story? load every year → tie the years together → evaluate."""

import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from fupin_cli.errors import FupinError
from fupin_cli.evaluate.rosters.years import linked
from fupin_cli.evaluate.verification.findings import findings_of
from fupin_cli.evaluate.verification.gate import opened, weighed, with_refused
from fupin_cli.load.cells.folders import workbooks
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.baseline import Accepted, Terms
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.job import VERIFY_ROSTER
from fupin_cli.model.located import place_of
from fupin_cli.model.tables import Table
from fupin_cli.model.verification import Verification
from fupin_cli.pipeline import judge_tables, over_tables, result_of
from fupin_cli.pipelines.telling import Laws, tell
from fupin_cli.report.naming import called
from fupin_cli.rosters.years import load_years
from fupin_cli.tasks import Request, Task, open_pack, open_task

#: What the years are tied together by, whatever a pack looks at.
_ROSTER = ("household", "person")


def verify(
    request: Request, terms: Terms, laws: Laws | None = None, on_step: OnStep | None = None
) -> tuple[Verification, Sequence[FupinError]]:
    """Hold the rosters of all years against each other; the second value are the files and folders that were refused.

    ``laws``: the changes between the years are told, too, with verdicts by these.

    Raises:
        FupinError: the command line, a pack, the baseline, or every one of the files is refused, or two are rosters of one year.
    """
    with ThreadPoolExecutor(1) as aside:
        # Other processes read the files; meanwhile there is time for the packs.
        opening = aside.submit(_opened, request, terms, laws)
        found = workbooks(request.files)
        if request.mask_names:
            found = replace(found, files=called(found.files))
        if not found.files:
            opening.result()
            raise found.refused[0]
        data, refused = load_years(_once(found.files), request.sheets, lambda: opening.result().tables, on_step)
        task, terms, known, _ = opening.result()
    there = over_tables(VERIFY_ROSTER, task, data.tables)
    years = linked(data.tables)
    tables: Mapping[str, Table] = {**data.tables, **years.tables}
    groups, _ = judge_tables([there], None, tables, request)
    whole = Loaded(tables, data.inputs, [*data.problems, *years.problems])
    result = result_of(VERIFY_ROSTER.command, [there], groups, whole, request)
    result = replace(result, problems=[*result.problems, *found.notes])
    told = tell(laws, tables, years.moves, request.as_of, request.assumptions) if laws is not None else None
    verification = weighed(Verification(result, findings_of(result), told), terms, known)
    unread = [*found.refused, *refused, *data.refused]
    return with_refused(verification, unread), unread


class _Opened(NamedTuple):
    """What a verification goes by."""

    task: Task
    terms: Terms
    known: Sequence[Accepted]
    #: The tables that somebody looks at.
    tables: Collection[str]


def _opened(request: Request, terms: Terms, laws: Laws | None) -> _Opened:
    task = open_task(VERIFY_ROSTER, replace(request, settings=_own(request, laws)))
    terms, known = opened(terms, [task.loaded.standards[name] for names in task.standards for name in names])
    return _Opened(task, terms, known, {*task.tables, *_ROSTER, *(laws.tables if laws is not None else ())})


def _once(files: Sequence[str]) -> Sequence[str]:
    """Each file once: one that is named may be in a folder that is named, too."""
    return list({os.path.realpath(place_of(path)): path for path in reversed(files)}.values())[::-1]


def _own(request: Request, laws: Laws | None) -> Mapping[str, str]:
    """The parameters that are meant for the rules about rosters; one that is meant for nothing is left for them to refuse."""
    given = request.settings or {}
    if laws is None:
        return given
    known = open_pack(request.rules, VERIFY_ROSTER.pack).pack.parameters
    return {name: text for name, text in given.items() if name in known or not laws.knows(name)}
