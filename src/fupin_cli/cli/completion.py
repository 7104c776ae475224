"""``fupin completion``: how does a shell learn to complete commands, options, packs, fields and parameters?"""

import sys
from typing import Any

import click

from fupin_cli.cli.options import LANG, taking
from fupin_cli.cli.shells import SHELLS, script
from fupin_cli.cli.speech import SpokenCommand, spoken
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.messages import say
from fupin_cli.model.nearest import nearest

#: Shell → what to type once.
PLACES = {
    "bash": "fupin completion bash > ~/.local/share/bash-completion/completions/fupin",
    "zsh": 'fupin completion zsh > "${fpath[1]}/_fupin"',
    "fish": "fupin completion fish > ~/.config/fish/completions/fupin.fish",
    "powershell": "fupin completion powershell >> $PROFILE",
}


class _Placed(SpokenCommand):
    """A command whose help says where its output belongs."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """For each shell what to type once."""
        with formatter.section(say("heading-completion", spoken(ctx))):
            formatter.write_dl([*PLACES.items()])


@click.command("completion", cls=_Placed, help="help-completion")
@taking(click.argument("shell", required=False, metavar="|".join(SHELLS)), LANG)
@click.pass_context
def command(_: click.Context, /, shell: str | None, **__: Any) -> int:
    """Print the script of a shell."""
    known = " ".join(SHELLS)
    if shell is None:
        raise UsageRefused("completion-shell-missing", shells=known)
    if shell not in SHELLS:
        raise UsageRefused("completion-shell-unknown", name=shell, shells=known, nearest=nearest(shell, SHELLS))
    # Bytes: a carriage return that Windows adds would be a part of the script.
    sys.stdout.buffer.write(script(shell).encode())
    sys.stdout.buffer.flush()
    return ExitCode.OK
