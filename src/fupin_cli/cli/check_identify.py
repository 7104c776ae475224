"""``fupin check-identify``: which households are to be registered?"""

import click

from fupin_cli.cli.checking import check_options, run_check
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.model.job import CHECK_IDENTIFY

#: The parameter that ``--exclusions`` sets.
_EXCLUSIONS = "exclusions"


@click.command("check-identify", cls=SpokenCommand, help="help-check-identify")
@check_options
@click.option("--exclusions", cls=SpokenOption, metavar="A,B,C", help="opt-exclusions")
@click.pass_context
def command(context: click.Context, /, exclusions: str | None, **given: object) -> int:
    """Judge households that may be registered, and show where the procedure of identification stands."""
    if exclusions is not None:
        settings = given["settings"]
        given["settings"] = (*(settings if isinstance(settings, tuple) else ()), f"{_EXCLUSIONS}={exclusions}")
    return run_check(CHECK_IDENTIFY, context, given)
