"""``fupin summary``: what is a roster made of?"""

from collections.abc import Sequence
from typing import Any

import click

from fupin_cli.cli.options import AS_OF, FILES, LANG, MANIFEST, OUTPUT, QUIET, RULES, SHEET, form, limit, taking
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode, InputRefused
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.summary import PLACES, Summary
from fupin_cli.pipelines.figures import summarize_files
from fupin_cli.report.summary import print_summary
from fupin_cli.report.summarytext import summary_csv, summary_json
from fupin_cli.tasks import Request

_FORMS = Forms(print_summary, {"csv": summary_csv, "json": summary_json})
_LINE = click.option("--line", cls=SpokenOption, metavar="YUAN", help="opt-line")
_BY = click.option("--by", "level", cls=SpokenOption, type=click.Choice(PLACES), help="opt-by")


@click.command("summary", cls=SpokenCommand, help="help-summary")
@taking(FILES, RULES, _LINE, AS_OF, _BY, form(_FORMS.names), OUTPUT, limit("opt-summary-limit"), SHEET, MANIFEST, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, line: str | None, level: str | None, **given: Any) -> int:
    """Count a roster, and hold its incomes against the line."""

    def summarize(request: Request, on_step: OnStep | None) -> tuple[Summary, Sequence[InputRefused]]:
        return summarize_files(request, line, level, on_step)

    return answer(context, given, _FORMS, summarize, lambda _: ExitCode.OK)
