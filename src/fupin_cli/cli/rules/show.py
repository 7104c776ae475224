"""``fupin rules show``: what does a pack say?"""

from functools import partial
from typing import Any

import click

from fupin_cli.cli.console import show
from fupin_cli.cli.rules.options import LANG, PACK
from fupin_cli.cli.speech import SpokenCommand, spoken
from fupin_cli.errors import ExitCode
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.report.packs.terminal import print_pack
from fupin_cli.tasks import open_pack


@click.command("show", cls=SpokenCommand, help="help-rules-show")
@PACK
@LANG
@click.pass_context
def command(context: click.Context, /, pack: str | None, **_: Any) -> int:
    """Show a pack."""
    show(partial(print_pack, open_pack(pack, CHECK_EXIT.pack).pack, spoken(context)))
    return ExitCode.OK
