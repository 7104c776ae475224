"""The ``fupin`` command: which commands there are, and the one place that makes exit codes."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import click

from fupin_cli.cli.speech import SpokenGroup, SpokenOption, language, tell
from fupin_cli.errors import ExitCode, FupinError, PackRefused
from fupin_cli.load.cells import child
from fupin_cli.load.cells.lean import stay_lean
from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.nearest import nearest
from fupin_cli.report.mask import mask

#: Command → its module, and whether it reads files. Help needs no more than this; a test compares it with the modules.
COMMANDS = {
    "check-identify": ("fupin_cli.cli.check_identify", True),
    "check-exit": ("fupin_cli.cli.check_exit", True),
    "check-support": ("fupin_cli.cli.check_support", True),
    "check-archive": ("fupin_cli.cli.check_archive", True),
    "check-data": ("fupin_cli.cli.check_data", True),
    "check-all": ("fupin_cli.cli.check_all", True),
    "reconcile": ("fupin_cli.cli.reconcile", True),
    "summary": ("fupin_cli.cli.summary", True),
    "inspect": ("fupin_cli.cli.inspect", True),
    "template": ("fupin_cli.cli.template", False),
    "rules": ("fupin_cli.cli.rules.group", False),
}


class Fupin(SpokenGroup):
    """The group of all commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """All commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Load a command; while it imports its modules, a reader that it will need imports its own."""
        if cmd_name not in COMMANDS:
            return None
        module, reads_files = COMMANDS[cmd_name]
        if reads_files and not {"--help", "-h"} & set(sys.argv):
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
    stay_lean()
    return main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code. Nothing escapes as a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    try:
        code = root.main(given, prog_name="fupin", standalone_mode=False, obj=lang)
        return int(code) if isinstance(code, int) else ExitCode.OK
    except FupinError as error:
        report(error, lang)
        return error.exit_code
    except click.UsageError as error:
        _report_usage(error, lang)
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


_PATHS = ("path", "file")


def report(error: FupinError, lang: Lang) -> None:
    """One line that says what and where, and one with the next step."""
    # A sheet may be named for a person; a path is needed as it is.
    facts = {name: mask(fact) if isinstance(fact, str) and name not in _PATHS else fact for name, fact in error.facts.items()}
    text = say(error.code, lang, **facts)
    if isinstance(error, PackRefused):
        text = say("pack-place", lang, file=facts["file"], line=facts["line"], column=facts["column"], text=text)
    click.echo(say("error-prefix", lang, text=text), err=True)
    near = say("did-you-mean", lang, nearest=facts["nearest"]) if facts.get("nearest") else ""
    step = " ".join(part for part in (near, hint(error.code, lang, **facts)) if part)
    if step:
        click.echo(say("hint-prefix", lang, text=step), err=True)


def _report_usage(error: click.UsageError, lang: Lang) -> None:
    code, facts = "", {}
    match error:
        case click.NoSuchOption():
            near = nearest(error.option_name, error.possibilities or _option_names(error.ctx))
            code, facts = "usage-option-unknown", {"name": error.option_name, "nearest": near}
        case click.MissingParameter():
            code, facts = "usage-file-missing", {}
        case click.BadParameter() if isinstance(getattr(error.param, "type", None), click.Choice) and error.param is not None:
            choices = " ".join(map(str, error.param.type.choices))  # type: ignore[attr-defined]  # it is a Choice
            code, facts = (
                "usage-value-wrong",
                {"name": "/".join(error.param.opts), "value": _bad_value(error), "choices": choices},
            )
    if not code:
        code = "usage-command-missing" if error.message.startswith("Missing command") else "usage-other"
        facts = {} if code == "usage-command-missing" else {"reason": error.format_message()}
    report(_Usage(code, **facts), lang)


class _Usage(FupinError):
    """click's complaint in our words."""

    exit_code = ExitCode.USAGE


def _bad_value(error: click.BadParameter) -> str:
    parts = error.message.split("'")
    return parts[1] if len(parts) > 1 else ""


def _option_names(context: click.Context | None) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts] if context is not None else []
