"""``fupin rules show``: what does a pack say?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from rich.console import Console

from fupin_cli.cli.options import LANG, OUTPUT, QUIET, form, options_of, taking
from fupin_cli.cli.output import Forms, deliver, target_of
from fupin_cli.cli.rules.options import PACK
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.nearest import nearest
from fupin_cli.report.options import Options
from fupin_cli.report.packs.blocks import Block
from fupin_cli.report.packs.markdown import as_markdown
from fupin_cli.report.packs.terminal import print_blocks
from fupin_cli.report.packs.whole import pack_page
from fupin_cli.rules.lineage import Lineage, lineage, only
from fupin_cli.tasks import open_pack

_STANDARD = click.argument("standard", required=False, metavar="[STANDARD]")
_CHECK = click.argument("one_check", required=False, metavar="[CHECK]")


def _print(page: Sequence[Block], _: Options, console: Console) -> None:
    print_blocks(page, console)


def _write(page: Sequence[Block], _: Options) -> Iterator[str]:
    return as_markdown(page)


_FORMS = Forms(_print, {"markdown": _write})


@click.command("show", cls=SpokenCommand, help="help-rules-show")
@taking(PACK, _STANDARD, _CHECK, form(_FORMS.names), OUTPUT, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Show a pack, one standard of it, or one check of a standard."""
    options = options_of(context, given)
    target = target_of({**given, "files": ()}, _FORMS)
    kin = lineage(open_pack(given["pack"], CHECK_EXIT.pack))
    standard = _known(kin, given)
    if standard is not None and given["one_check"] is not None:
        kin = only(kin, standard, _known_check(kin, standard, given["one_check"]))
    page = list(pack_page(kin, options.lang, standard))
    deliver(page, options, _FORMS, target)
    return ExitCode.OK


def _known(kin: Lineage, given: Mapping[str, Any]) -> str | None:
    """The standard that is asked for."""
    name: str | None = given["standard"]
    known = kin.loaded.standards
    if name is not None and name not in known:
        facts = {"name": name, "pack": kin.loaded.pack.name, "nearest": nearest(name, known), "known": ", ".join(known)}
        raise UsageRefused("standard-unknown", **facts)
    return name


def _known_check(kin: Lineage, standard: str, name: str) -> str:
    """The check that is asked for."""
    known = kin.loaded.standards[standard].checks
    if name not in known:
        raise UsageRefused("check-unknown", name=name, standard=standard, nearest=nearest(name, known), known=", ".join(known))
    return name
