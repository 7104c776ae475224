"""What the questions about packs have in common on the command line."""

import click

from fupin_cli.cli.speech import SpokenOption

LANG = click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang")
PACK = click.argument("pack", required=False, metavar="[PACK|DIR]")
