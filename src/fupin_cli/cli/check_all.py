"""``fupin check-all``: everything that the other check commands ask, in one reading."""

import click

from fupin_cli.cli.checking import all_options, run_check
from fupin_cli.cli.speech import SpokenCommand


@click.command("check-all", cls=SpokenCommand, help="help-check-all")
@all_options
@click.pass_context
def command(context: click.Context, /, **given: object) -> int:
    """Judge every subject by the standards of all check commands, and show one report."""
    return run_check(None, context, given)
