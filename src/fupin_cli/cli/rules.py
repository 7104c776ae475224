"""``fupin rules``: look at rule packs and run their worked cases."""

from functools import partial
from typing import Any

import click

from fupin_cli.cli.console import show
from fupin_cli.cli.speech import SpokenCommand, SpokenGroup, SpokenOption, spoken
from fupin_cli.errors import ExitCode
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.pipeline import all_packs, open_pack, run_pack_cases
from fupin_cli.report.packtext import print_cases, print_pack, print_packs

_LANG = click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang")
_PACK = click.argument("pack", required=False, metavar="[PACK|DIR]")


@click.group("rules", cls=SpokenGroup, help="help-rules", no_args_is_help=False)
def command() -> None:
    """Rule packs."""


@command.command("list", cls=SpokenCommand, help="help-rules-list")
@_LANG
@click.pass_context
def list_packs(context: click.Context, /, **_: Any) -> int:
    """List the packs that can be found by name."""
    show(partial(print_packs, all_packs(), spoken(context)))
    return ExitCode.OK


@command.command("show", cls=SpokenCommand, help="help-rules-show")
@_PACK
@_LANG
@click.pass_context
def show_pack(context: click.Context, /, pack: str | None, **_: Any) -> int:
    """Show a pack."""
    show(partial(print_pack, open_pack(pack, CHECK_EXIT.pack).pack, spoken(context)))
    return ExitCode.OK


@command.command("test", cls=SpokenCommand, help="help-rules-test")
@_PACK
@_LANG
@click.pass_context
def test_pack(context: click.Context, /, pack: str | None, **_: Any) -> int:
    """Run the worked cases of a pack."""
    tested, outcomes = run_pack_cases(pack, CHECK_EXIT.pack)
    show(partial(print_cases, tested, outcomes, spoken(context)))
    failed = any(outcome.differences for standard in outcomes.values() for outcome in standard)
    return ExitCode.NOT_MET if failed else ExitCode.OK
