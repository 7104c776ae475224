"""``fupin check-data``: what contradicts itself in the data, and in which cells?"""

import click

from fupin_cli.cli.checking import data_options, run_check
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.model.job import CHECK_DATA


@click.command("check-data", cls=SpokenCommand, help="help-check-data")
@data_options
@click.pass_context
def command(context: click.Context, /, **given: object) -> int:
    """Go through households, members and villages with the rules of data quality."""
    return run_check(CHECK_DATA, context, given)
