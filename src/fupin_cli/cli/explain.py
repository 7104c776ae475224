"""``fupin explain``: why is this verdict what it is, and what would change it?"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from fupin_cli.cli.options import AS_OF, ASSUME, DIBAO, LANG, MASK, OUTPUT, QUIET, RULES, SET, SHEET, Option, form, taking
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode, FupinError, UsageRefused
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.explanation import Explanation
from fupin_cli.model.job import CHECKS, Job
from fupin_cli.pipelines.explaining import Whom, explain
from fupin_cli.report.explanation.jsontext import explanation_json
from fupin_cli.report.explanation.markdown import explanation_markdown
from fupin_cli.report.explanation.terminal import print_explanation
from fupin_cli.tasks import Request

_FORMS = Forms(print_explanation, {"json": explanation_json, "markdown": explanation_markdown})
#: The check commands by their last word.
_CHECKS: Mapping[str, Job] = {job.command.removeprefix("check-"): job for job in CHECKS}
#: What says that an argument is a file, though it is not there.
_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xml", ".html", ".htm", ".csv", ".tsv", ".txt", ".parquet"}

_THINGS: Option = click.argument("things", nargs=-1, required=True, metavar="FILE... ID...")
_ID: Option = click.option("--id", "ids", cls=SpokenOption, multiple=True, metavar="ID", help="opt-explain-id")
_YEAR: Option = click.option("--year", cls=SpokenOption, metavar="YEAR", help="opt-explain-year")
_CHECK: Option = click.option(
    "--check", cls=SpokenOption, type=click.Choice([*_CHECKS]), default="exit", help="opt-explain-check"
)


@click.command("explain", cls=SpokenCommand, help="help-explain")
@taking(
    _THINGS, _ID, _YEAR, _CHECK, RULES, AS_OF, SET, ASSUME, form(_FORMS.names), OUTPUT, SHEET, DIBAO, MASK, LANG, QUIET
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Explain the verdicts on one subject or a few."""
    files, ids = files_and_ids(given["things"])
    whom, job = Whom([*ids, *given["ids"]], _year(given["year"])), _CHECKS[given["check"]]

    def ask(request: Request, on_step: OnStep | None) -> tuple[Explanation, Sequence[FupinError]]:
        return explain(job, whom, request, on_step)

    return answer(context, {**given, "files": files}, _FORMS, ask, _code)


def files_and_ids(things: Sequence[str]) -> tuple[list[str], list[str]]:
    """Which arguments are files: the first, and what is there as a file or is called like one."""
    first, *others = things
    files = [thing for thing in others if Path(thing).is_file() or Path(thing).suffix.lower() in _SUFFIXES]
    return [first, *files], [thing for thing in others if thing not in files]


def _year(text: str | None) -> int | None:
    if text is not None and not (text.isascii() and text.isdigit()):
        raise UsageRefused("explain-year-number", value=text)
    return int(text) if text is not None else None


def _code(explanation: Explanation) -> ExitCode:
    return ExitCode.OK if explanation.meets() else ExitCode.NOT_MET
