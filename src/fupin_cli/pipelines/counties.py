"""Counties in many workbooks: each is judged by itself, unless all are to be read as one; then one result of all."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial

from fupin_cli.engines import duck
from fupin_cli.errors import FupinError, InputRefused, UsageRefused
from fupin_cli.evaluate.merging.merged import merged
from fupin_cli.evaluate.merging.share import Share, common, lean
from fupin_cli.evaluate.rates.simple import CONFIDENCE
from fupin_cli.load.cells.child import Crew
from fupin_cli.load.cells.folders import Found
from fupin_cli.load.cells.several import OnStep, Step, cores, size_of
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.job import CHECK_COUNTY
from fupin_cli.model.located import place_of
from fupin_cli.model.problem import refusal
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result
from fupin_cli.pipeline import quality_of, result_of
from fupin_cli.pipelines.batch.book import Judge, Order
from fupin_cli.pipelines.batch.crew import Outcome, judge_beside
from fupin_cli.tasks import Request

#: What one core takes for a workbook, and to start a process that judges.
_SECONDS_EACH, _SECONDS_PER_MEGABYTE, _SECONDS_TO_START = 0.35, 1.4, 1.4
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Manner:
    """How the workbooks are gone through."""

    #: All files are one workbook.
    together: bool = False
    #: So many processes; None: as many as are worth it.
    jobs: int | None = None
    #: Of the intervals around rates.
    confidence: Fraction = CONFIDENCE


def check_counties(
    request: Request, found: Found, manner: Manner, on_step: OnStep | None = None
) -> tuple[Result, Sequence[FupinError]]:
    """Judge the counties in all files; the second value are the files and folders that were refused.

    Raises:
        FupinError: the command line, the pack, or every one of the files is refused.
    """
    if not found.files:
        raise found.refused[0]
    _refuse_twice(found.files)
    order = Order(CHECK_COUNTY, request, manner.confidence)
    # Opened once, and only when there is time: where other processes judge, they start first.
    opened = cache(partial(Judge, order))
    refused: Sequence[FupinError]
    if manner.together or len(found.files) == 1:
        whole, refused = opened().share(found.files, on_step)
    else:
        shares, refused = _sorted_out(_each(order, opened, found.files, manner.jobs, on_step), found.files)
        whole = merged(shares)
    judge = opened()
    tables = {group.subject for group in whole.groups}
    data = Loaded({}, whole.inputs, whole.problems)
    quality = quality_of(judge.rules, whole.findings, whole.changes)
    result = result_of(order.job.command, [judge.task.over(tables)], whole.groups, data, request, quality)
    away = [*found.refused, *refused]
    return replace(result, problems=[*map(refusal, away), *result.problems, *found.notes]), away


def _refuse_twice(paths: Sequence[str]) -> None:
    """One path twice, perhaps once in its folder, is a mistake of the command line."""
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(place_of(path))
        if real in seen:
            raise UsageRefused("file-given-twice", path=path)
        seen.add(real)


def _each(
    order: Order, opened: Callable[[], Judge], paths: Sequence[str], jobs: int | None, on_step: OnStep | None
) -> Mapping[int, Outcome]:
    """What comes of each workbook.

    Raises:
        UsageRefused: the command line is wrong.
    """
    outcomes: dict[int, Outcome] = {}
    known: dict[str, StandardResult] = {}
    sizes = [size_of(path) for path in paths]

    def finished(index: int, outcome: Outcome) -> None:
        if isinstance(outcome, UsageRefused):
            # What is wrong with the command line is wrong for every workbook.
            raise outcome
        outcomes[index] = common(outcome, known) if isinstance(outcome, Share) else outcome
        tell()

    def tell() -> None:
        if on_step is not None:
            on_step(Step(len(outcomes), len(paths), sum(sizes[index] for index in outcomes), sum(sizes)))

    tell()
    number = min(jobs or _worth(sizes), len(paths))
    if number > 1:
        judge_beside(order, paths, number, finished, meanwhile=opened)
    else:
        _one_by_one(opened(), paths, finished)
    return outcomes


def _worth(sizes: Sequence[int]) -> int:
    """How many processes gain more than it takes to start them; measured on workbooks with 2,000 households."""
    seconds = len(sizes) * _SECONDS_EACH + sum(sizes) / _MEGABYTE * _SECONDS_PER_MEGABYTE
    return max(min(cores(), int(seconds / _SECONDS_TO_START)), 1)


def _one_by_one(judge: Judge, paths: Sequence[str], finished: Callable[[int, Outcome], None]) -> None:
    """Judge workbooks in this process."""
    duck.expect_again()
    readers = Crew()
    try:
        for index, path in enumerate(paths):
            try:
                outcome: Outcome = lean(judge.one_of_many(path, readers))
            except FupinError as error:
                outcome = error
            finished(index, outcome)
    finally:
        readers.end()


def _sorted_out(outcomes: Mapping[int, Outcome], paths: Sequence[str]) -> tuple[list[Share], list[FupinError]]:
    """The shares and the refusals, each in the order of the files. A file with the content of an earlier one is refused.

    Raises:
        FupinError: every file was refused.
    """
    shares: list[Share] = []
    refused: list[FupinError] = []
    first: dict[str, str] = {}
    for index, path in enumerate(paths):
        outcome = outcomes[index]
        if isinstance(outcome, FupinError):
            refused.append(outcome)
            continue
        other = first.setdefault(outcome.inputs[0].sha256, path)
        if other != path:
            refused.append(InputRefused("workbook-copied", path=path, other=other))
            continue
        shares.append(outcome)
    if not shares:
        raise refused[0]
    return shares, refused
