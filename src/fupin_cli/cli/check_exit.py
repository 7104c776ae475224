"""``fupin check-exit``: does each household meet the exit standard?"""

import click

from fupin_cli.cli.checking import EXIT_FORMS, exit_options, run_check
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.model.job import CHECK_EXIT


@click.command("check-exit", cls=SpokenCommand, help="help-check-exit")
@exit_options
@click.pass_context
def command(context: click.Context, /, **given: object) -> int:
    """Judge households, and show where their exit procedure stands."""
    return run_check(CHECK_EXIT, context, given, EXIT_FORMS)
