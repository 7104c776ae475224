"""``fupin inspect``: what do these files hold, and what becomes of it?"""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from fupin_cli.cli.console import printed, show
from fupin_cli.cli.main import report
from fupin_cli.cli.progress import reading_bar
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.pipeline import look_into
from fupin_cli.report.inspection import inspection_json, print_inspection, refused_paths
from fupin_cli.report.options import Options
from fupin_cli.report.write import refuse_input_as_output, write_file

_FORMATS = ("table", "json")


@click.command("inspect", cls=SpokenCommand, help="help-inspect")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", cls=SpokenOption, type=click.Choice(_FORMATS), help="opt-format")
@click.option("-o", "--output", cls=SpokenOption, metavar="FILE", help="opt-output")
@click.option("--limit", cls=SpokenOption, metavar="N", default="20", help="opt-inspect-limit")
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
    limit: str,
    sheets: Sequence[str],
    *,
    quiet: bool,
    **_: Any,
) -> int:
    """Describe files, those that cannot be checked too."""
    lang = spoken(context)
    if not (limit.isascii() and limit.isdigit()):
        raise UsageRefused("usage-limit", value=limit)
    form = form or _form_of(output)
    if output is not None:
        refuse_input_as_output(output, files)
    options = Options(lang, limit=int(limit))
    with reading_bar(files, lang, quiet=quiet) as on_step:
        inspection, refused = look_into(files, sheets, on_step)
    for error in refused:
        report(error, lang)
    if not inspection.files:
        return ExitCode.REFUSED
    printing = partial(print_inspection, inspection, options)
    if output is not None:
        write_file(output, [printed(printing, to_file=True)] if form == "table" else inspection_json(inspection, options))
        if not quiet:
            tell("written", lang, path=output)
    elif form == "table":
        show(printing)
    else:
        # Bytes, so that neither the locale nor the platform's line ends change the result.
        sys.stdout.buffer.write("".join(inspection_json(inspection, options)).encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    return ExitCode.REFUSED if refused or refused_paths(inspection) else ExitCode.OK


def _form_of(output: str | None) -> str:
    suffix = Path(output).suffix.removeprefix(".").lower() if output is not None else "txt"
    form = {"txt": "table", "json": "json"}.get(suffix)
    if form is None:
        raise UsageRefused("usage-suffix", path=output)
    return form
