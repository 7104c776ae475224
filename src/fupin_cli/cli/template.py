"""``fupin template``: a workbook to fill in."""

import os
from typing import Any

import click

from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.files import write_whole
from fupin_cli.messages import say
from fupin_cli.model.nearest import nearest
from fupin_cli.model.tables import TABLES
from fupin_cli.prepare.template import template

_ALL, _SUFFIX = "all", ".xlsx"
_KINDS = " ".join((*TABLES, _ALL))


class _Kind(click.Argument):
    """The argument that says which tables, explained in the language of the run."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """The kinds, each with its sheet's name."""
        lang = spoken(ctx)
        kinds = [f"{name} {table.SHEETS[0]}" for name, table in TABLES.items()] if lang == "zh" else [*TABLES]
        return "KIND", say("template-kinds", lang, kinds=say("list-comma", lang).join(kinds))


@click.command("template", cls=SpokenCommand, help="help-template")
@click.argument("kind", cls=_Kind, required=False, metavar="KIND")
@click.option("-o", "--output", cls=SpokenOption, metavar="FILE", help="opt-template-output")
@click.option("--force", cls=SpokenOption, is_flag=True, help="opt-force")
@click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang")
@click.option("--quiet", cls=SpokenOption, is_flag=True, help="opt-quiet")
@click.pass_context
def command(context: click.Context, /, kind: str | None, output: str | None, *, force: bool, quiet: bool, **_: Any) -> int:
    """Write a template."""
    lang = spoken(context)
    if kind is None:
        raise UsageRefused("template-kind-missing", kinds=_KINDS)
    tables = _tables(kind)
    if output is None:
        raise UsageRefused("template-output-missing", kind=kind)
    if not output.lower().endswith(_SUFFIX):
        raise UsageRefused("template-suffix", path=output)
    # A link that points nowhere yet is there, too.
    if os.path.lexists(output) and not force:
        raise UsageRefused("template-target-exists", path=output)
    # Made while it is written: the library keeps its sheets in temporary files, and a full disk there is a full disk.
    write_whole(output, (template(part, lang) for part in [tables]))
    if not quiet:
        tell("written", lang, path=output)
    return ExitCode.OK


def _tables(kind: str) -> list[str]:
    """The tables that a kind stands for: a table's name or its sheet's, or all of them."""
    if kind == _ALL:
        return list(TABLES)
    found = [name for name, table in TABLES.items() if kind in (name, *table.SHEETS)]
    if not found:
        spellings = [*TABLES, _ALL, *(sheet for table in TABLES.values() for sheet in table.SHEETS)]
        raise UsageRefused("template-kind-unknown", name=kind, kinds=_KINDS, nearest=nearest(kind, spellings))
    return found
