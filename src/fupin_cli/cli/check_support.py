"""``fupin check-support``: which support is due to each household, and did it arrive?"""

import click

from fupin_cli.cli.checking import check_options, run_check
from fupin_cli.cli.options import DIBAO
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.model.job import CHECK_SUPPORT


@click.command("check-support", cls=SpokenCommand, help="help-check-support")
@check_options
@DIBAO
@click.pass_context
def command(context: click.Context, /, **given: object) -> int:
    """Judge households by what is due to them and what the support sheet says they got."""
    return run_check(CHECK_SUPPORT, context, given)
