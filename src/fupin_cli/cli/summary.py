"""``fupin summary``: what is a roster made of?"""

from collections.abc import Sequence
from datetime import date

import click

from fupin_cli.cli.main import report
from fupin_cli.cli.output import TABLE, deliver, format_of, limit_of
from fupin_cli.cli.progress import reading_bar
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.figures import summarize_files
from fupin_cli.model.summary import PLACES
from fupin_cli.report.options import Options
from fupin_cli.report.summary import print_summary
from fupin_cli.report.summarytext import summary_csv, summary_json
from fupin_cli.report.write import refuse_input_as_output
from fupin_cli.tasks import Request

_TEXTS = {"csv": summary_csv, "json": summary_json}
_FORMATS = (TABLE, *_TEXTS)


@click.command("summary", cls=SpokenCommand, help="help-summary")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--rules", cls=SpokenOption, metavar="PACK|DIR", help="opt-rules")
@click.option("--line", cls=SpokenOption, metavar="YUAN", help="opt-line")
@click.option("--as-of", cls=SpokenOption, metavar="DATE", help="opt-as-of")
@click.option("--by", "level", cls=SpokenOption, type=click.Choice(PLACES), help="opt-by")
@click.option("--format", "form", cls=SpokenOption, type=click.Choice(_FORMATS), help="opt-format")
@click.option("-o", "--output", cls=SpokenOption, metavar="FILE", help="opt-output")
@click.option("--limit", cls=SpokenOption, metavar="N", default="50", help="opt-summary-limit")
@click.option("--sheet", "sheets", cls=SpokenOption, multiple=True, metavar="NAME", help="opt-sheet")
@click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang")
@click.option("--quiet", cls=SpokenOption, is_flag=True, help="opt-quiet")
@click.pass_context
def command(
    context: click.Context,
    /,
    files: Sequence[str],
    rules: str | None,
    line: str | None,
    as_of: str | None,
    level: str | None,
    form: str | None,
    output: str | None,
    limit: str,
    sheets: Sequence[str],
    *,
    quiet: bool,
    **_: object,
) -> int:
    """Count a roster, and hold its incomes against the line."""
    lang = spoken(context)
    form = format_of(form, output, _FORMATS)
    options = Options(lang, limit=limit_of(limit))
    if output is not None:
        refuse_input_as_output(output, files)
    request = Request(files, rules=rules, as_of=_day(as_of), sheets=sheets)
    with reading_bar(files, lang, quiet=quiet) as on_step:
        result, refused = summarize_files(request, line, level, on_step)
    deliver(result, options, form, output, print_summary, _TEXTS)
    if output is not None and not quiet:
        tell("written", lang, path=output)
    for error in refused:
        report(error, lang)
    if refused:
        tell("refused-in-batch", lang, count=len(refused))
        return ExitCode.REFUSED
    return ExitCode.OK


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsageRefused("usage-date", value=text) from None
