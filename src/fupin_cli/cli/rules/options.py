"""What the questions about packs have in common on the command line."""

import click

PACK = click.argument("pack", required=False, metavar="[PACK|DIR]")
