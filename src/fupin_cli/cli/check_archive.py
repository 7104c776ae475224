"""``fupin check-archive``: is every file complete, and what is missing in it?"""

import click

from fupin_cli.cli.checking import check_options, run_check
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.model.job import CHECK_ARCHIVE


@click.command("check-archive", cls=SpokenCommand, help="help-check-archive")
@check_options
@click.pass_context
def command(context: click.Context, /, **given: object) -> int:
    """Compare the files of households, villages and help teams with the list of what each should hold."""
    return run_check(CHECK_ARCHIVE, context, given)
