"""``fupin check-identify``: which households are to be registered?"""

from typing import Any

import click

from fupin_cli.cli.checking import check_options, run_check
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import UsageRefused
from fupin_cli.model.job import CHECK_IDENTIFY

#: The parameter that ``--exclusions`` sets.
_EXCLUSIONS = "exclusions"
#: What is said of a parameter → what is said of the option that stands for it.
_AS_TYPED = {
    "parameter-unknown": "exclusions-unknown",
    "parameter-no-items": "exclusions-empty",
    "usage-pair-twice": "exclusions-twice",
}


@click.command("check-identify", cls=SpokenCommand, help="help-check-identify")
@check_options
@click.option("--exclusions", cls=SpokenOption, metavar="A,B,C", help="opt-exclusions")
@click.pass_context
def command(context: click.Context, /, exclusions: str | None, **given: Any) -> int:
    """Judge households that may be registered, and show where the procedure of identification stands."""
    if exclusions is None:
        return run_check(CHECK_IDENTIFY, context, given)
    given["settings"] = (*given["settings"], f"{_EXCLUSIONS}={exclusions or ' '}")
    try:
        return run_check(CHECK_IDENTIFY, context, given)
    except UsageRefused as error:
        code = _AS_TYPED.get(error.code)
        if code is None or _EXCLUSIONS not in (error.facts.get("name"), error.facts.get("value")):
            raise
        raise UsageRefused(code, pack=error.facts.get("pack", "")) from None
