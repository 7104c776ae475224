"""The ``fupin`` command: which commands there are, and the one place that makes exit codes."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import click

from fupin_cli.cli.complaints import report, report_usage
from fupin_cli.cli.settings import chosen_language, settings_here
from fupin_cli.cli.speech import VARIABLE, SpokenGroup, SpokenOption, language, tell
from fupin_cli.errors import ExitCode, FupinError
from fupin_cli.load.cells import child
from fupin_cli.load.cells.lean import stay_lean

#: Command → its module, and whether it reads files. Help needs no more than this; a test compares it with the modules.
COMMANDS = {
    "check-identify": ("fupin_cli.cli.check_identify", True),
    "check-exit": ("fupin_cli.cli.check_exit", True),
    "check-village": ("fupin_cli.cli.check_village", True),
    "check-county": ("fupin_cli.cli.check_county", True),
    "check-support": ("fupin_cli.cli.check_support", True),
    "check-archive": ("fupin_cli.cli.check_archive", True),
    "check-data": ("fupin_cli.cli.check_data", True),
    "check-all": ("fupin_cli.cli.check_all", True),
    "verify-roster": ("fupin_cli.cli.verify_roster", True),
    "reconcile": ("fupin_cli.cli.reconcile", True),
    "summary": ("fupin_cli.cli.summary", True),
    "explain": ("fupin_cli.cli.explain", True),
    "what-if": ("fupin_cli.cli.what_if", True),
    "replay": ("fupin_cli.cli.replay", True),
    "inspect": ("fupin_cli.cli.inspect", True),
    "sample": ("fupin_cli.cli.sample", True),
    "template": ("fupin_cli.cli.template", False),
    "rules": ("fupin_cli.cli.rules.group", False),
    "completion": ("fupin_cli.cli.completion", False),
}


class Fupin(SpokenGroup):
    """The group of all commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """All commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; while it imports its modules, a reader that it will need imports its own."""
        if cmd_name not in COMMANDS:
            return None
        module, reads_files = COMMANDS[cmd_name]
        if reads_files and not ctx.resilient_parsing and "--help" not in sys.argv:
            child.start()
            # The commonest command line: what stands first is a file.
            if sys.argv[1:2] == [cmd_name] and not any(argument.startswith("--sheet") for argument in sys.argv):
                child.begin("".join(sys.argv[2:3]))
        command: click.Command = importlib.import_module(module).command
        return command


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"fupin {version('fupin-cli')} · Python {sys.version.split()[0]}")
        context.exit()


root = Fupin(
    name="fupin",
    help="help-fupin",
    params=[
        SpokenOption(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="opt-version"),
        SpokenOption(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help="opt-lang"),
    ],
    context_settings={"auto_envvar_prefix": "FUPIN"},
    no_args_is_help=False,
)


def entry() -> int:
    """The ``fupin`` of the shell: ``main`` in a process of its own."""
    stay_lean(sys.argv)
    return main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code. Nothing escapes as a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    asked = os.environ.get(VARIABLE)
    if asked:
        # What answers a shell is loaded in place of the commands, never beside them.
        return int(importlib.import_module("fupin_cli.cli.shells").answer_shell(asked))
    try:
        settings = settings_here(given)
        lang = language(given, chosen_language(settings, given))
        code = root.main(given, prog_name="fupin", standalone_mode=False, obj=lang, default_map=settings)
        return int(code) if isinstance(code, int) else ExitCode.OK
    except FupinError as error:
        report(error, lang)
        return error.exit_code
    except click.UsageError as error:
        report_usage(error, lang)
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        tell("interrupted", lang)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001  # the last line of defence: a bug of ours must still end in one line
        place = traceback.extract_tb(error.__traceback__)[-1]
        # The message of an unexpected error may quote the data; its kind and place never do.
        tell("bug", lang, kind=type(error).__name__, place=f"{Path(place.filename).name}:{place.lineno}")
        return ExitCode.BUG
