"""``fupin rules``: which questions there are about rule packs, each loaded when it is asked."""

import importlib

import click

from fupin_cli.cli.speech import SpokenGroup

#: Command → its module; a test compares it with the modules.
COMMANDS = {
    "list": "fupin_cli.cli.rules.listing",
    "show": "fupin_cli.cli.rules.show",
    "check": "fupin_cli.cli.rules.check",
    "test": "fupin_cli.cli.rules.cases",
    "diff": "fupin_cli.cli.rules.diff",
    "schema": "fupin_cli.cli.rules.schema",
    "sql": "fupin_cli.cli.rules.sql",
}


class Questions(SpokenGroup):
    """The commands about packs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """All of them in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Load one."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return found


command = Questions(name="rules", help="help-rules", no_args_is_help=False)
