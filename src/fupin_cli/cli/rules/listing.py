"""``fupin rules list``: which packs are there?"""

from functools import partial
from typing import Any

import click

from fupin_cli.cli.console import show
from fupin_cli.cli.options import LANG
from fupin_cli.cli.speech import SpokenCommand, spoken
from fupin_cli.errors import ExitCode
from fupin_cli.pipelines.lawbook import all_packs
from fupin_cli.report.packs.terminal import print_packs


@click.command("list", cls=SpokenCommand, help="help-rules-list")
@LANG
@click.pass_context
def command(context: click.Context, /, **_: Any) -> int:
    """List the packs that can be found by name."""
    show(partial(print_packs, all_packs(), spoken(context)))
    return ExitCode.OK
