"""One county workbook, or several that are read as one: load → evaluate, and what comes of it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction

from fupin_cli.engines.duck import connect
from fupin_cli.errors import FupinError, InputRefused
from fupin_cli.evaluate.merging.share import Share
from fupin_cli.evaluate.rates.counties import county_rates
from fupin_cli.load.cells.child import Crew
from fupin_cli.load.cells.several import OnStep, read_files
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.job import Job
from fupin_cli.pipeline import changes_of, judge_tables, over_tables, refuse_twice
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.tasks import Request, Task, open_quality, open_task

#: The tables whose data is looked at beside the verdicts. A county's households have check-data of their own: to look at two
#: thousand of them takes longer than everything else that is done for the county.
_QUALITY = ("county", "village", "survey", "service")
#: What is wrong with a workbook, where there is only one → the same with its name.
_NAMED = {
    "tables-missing": "workbook-tables-missing",
    "as-of-missing": "workbook-year-missing",
    "arithmetic-overflow": "workbook-overflow",
}


@dataclass(frozen=True)
class Order:
    """What is asked of every workbook."""

    job: Job
    request: Request
    #: Of the intervals around rates.
    confidence: Fraction


class Judge:
    """Judges workbooks one after the other; what they have in common is opened once.

    Raises:
        FupinError: the pack or a parameter is refused.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.task: Task = open_task(order.job, order.request)
        self._aside = ThreadPoolExecutor(1)
        # Other processes read the first workbook; meanwhile there is time for the rules about the data.
        self._rules = self._aside.submit(_open_rules, order)
        self._aside.submit(connect)
        self._aside.shutdown(wait=False)

    @property
    def rules(self) -> LoadedPack:
        """The rules about the data itself."""
        return self._rules.result()

    def share(
        self, paths: Sequence[str], on_step: OnStep | None = None, workers: Crew | None = None, *, beside: bool = True
    ) -> tuple[Share, Sequence[InputRefused]]:
        """What these files give together, and which of them were refused.

        Raises:
            FupinError: all of them are refused, or the command line is.
        """
        request = self.order.request
        files, refused = read_files(paths, request.sheets or None, on_step, workers)
        if not files:
            raise refused[0]
        refuse_twice(files)
        data = load_tables(files, request.sheets, self.task.tables)
        there = over_tables(self.order.job, self.task, data.tables)
        groups, findings = judge_tables([there], self.rules, data.tables, request, beside=beside)
        changes = changes_of(there, groups, findings, data.tables, request)
        survey, confidence = data.tables.get("survey"), self.order.confidence
        rated = [replace(group, rates=county_rates(group.main, survey, confidence)) for group in groups]
        return Share(data.inputs, data.problems, rated, findings, changes), [*refused, *data.refused]

    def one_of_many(self, path: str, workers: Crew | None = None) -> Share:
        """What one workbook of many gives.

        Raises:
            FupinError: it is refused, by its name; or the command line is.
        """
        try:
            # Each process of a batch is meant to keep one core busy.
            return self.share([path], workers=workers, beside=False)[0]
        except FupinError as error:
            code = _NAMED.get(error.code)
            if code is None:
                raise
            raise InputRefused(code, **{**error.facts, "path": path}) from None


def _open_rules(order: Order) -> LoadedPack:
    """The pack of data quality, with the standards of these tables alone."""
    loaded = open_quality(order.request.rules, order.job.pack)
    return replace(loaded, standards={name: one for name, one in loaded.standards.items() if one.subject in _QUALITY})
