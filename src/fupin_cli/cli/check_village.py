"""``fupin check-village``: does each village meet the exit standard?"""

import click

from fupin_cli.cli.checking import check_options, run_check
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.model.job import CHECK_VILLAGE


@click.command("check-village", cls=SpokenCommand, help="help-check-village")
@check_options
@click.pass_context
def command(context: click.Context, /, **given: object) -> int:
    """Judge villages; the poor are counted from the households where the village's own cell is blank."""
    return run_check(CHECK_VILLAGE, context, given)
