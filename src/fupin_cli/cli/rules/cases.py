"""``fupin rules test``: do the worked cases of a pack hold?"""

from functools import partial
from typing import Any

import click

from fupin_cli.cli.console import show
from fupin_cli.cli.rules.options import LANG, PACK
from fupin_cli.cli.speech import SpokenCommand, spoken
from fupin_cli.errors import ExitCode
from fupin_cli.lawbook import run_pack_cases
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.report.packs.cases import print_cases


@click.command("test", cls=SpokenCommand, help="help-rules-test")
@PACK
@LANG
@click.pass_context
def command(context: click.Context, /, pack: str | None, **_: Any) -> int:
    """Run the worked cases of a pack."""
    tested, outcomes = run_pack_cases(pack, CHECK_EXIT.pack)
    show(partial(print_cases, tested, outcomes, spoken(context)))
    failed = any(outcome.differences for standard in outcomes.values() for outcome in standard)
    return ExitCode.NOT_MET if failed else ExitCode.OK
