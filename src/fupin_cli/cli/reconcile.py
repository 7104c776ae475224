"""``fupin reconcile``: do declared figures agree with their parts?"""

from collections.abc import Sequence

import click

from fupin_cli.cli.main import report
from fupin_cli.cli.output import TABLE, deliver, format_of, limit_of
from fupin_cli.cli.progress import reading_bar
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode
from fupin_cli.figures import reconcile_files
from fupin_cli.report.options import Only, Options
from fupin_cli.report.reconciliation import print_reconciliation
from fupin_cli.report.reconciliationtext import reconciliation_csv, reconciliation_json
from fupin_cli.report.write import refuse_input_as_output
from fupin_cli.tasks import Request

_TEXTS = {"csv": reconciliation_csv, "json": reconciliation_json}
_FORMATS = (TABLE, *_TEXTS)


@click.command("reconcile", cls=SpokenCommand, help="help-reconcile")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", cls=SpokenOption, type=click.Choice(_FORMATS), help="opt-format")
@click.option("-o", "--output", cls=SpokenOption, metavar="FILE", help="opt-output")
@click.option("--only", cls=SpokenOption, type=click.Choice(["fail", "unknown", "pass"]), help="opt-reconcile-only")
@click.option("--limit", cls=SpokenOption, metavar="N", default="50", help="opt-reconcile-limit")
@click.option("--sheet", "sheets", cls=SpokenOption, multiple=True, metavar="NAME", help="opt-sheet")
@click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang")
@click.option("--quiet", cls=SpokenOption, is_flag=True, help="opt-quiet")
@click.pass_context
def command(
    context: click.Context,
    /,
    files: Sequence[str],
    form: str | None,
    output: str | None,
    only: Only | None,
    limit: str,
    sheets: Sequence[str],
    *,
    quiet: bool,
    **_: object,
) -> int:
    """Compare each declared figure with what its parts come to."""
    lang = spoken(context)
    form = format_of(form, output, _FORMATS)
    options = Options(lang, only, limit_of(limit))
    if output is not None:
        refuse_input_as_output(output, files)
    with reading_bar(files, lang, quiet=quiet) as on_step:
        result, refused = reconcile_files(Request(files=files, sheets=sheets), on_step)
    deliver(result, options, form, output, print_reconciliation, _TEXTS)
    if output is not None and not quiet:
        tell("written", lang, path=output)
    for error in refused:
        report(error, lang)
    if refused:
        tell("refused-in-batch", lang, count=len(refused))
        return ExitCode.REFUSED
    return ExitCode.OK if result.agrees() else ExitCode.NOT_MET
