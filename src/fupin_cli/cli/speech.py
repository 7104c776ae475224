"""Which language this run speaks, and help texts in it."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

import click

from fupin_cli.cli.settings import defaults, leave_outputs, no_config, tell_used
from fupin_cli.errors import UsageRefused
from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.nearest import nearest
from fupin_cli.report.naming import shown_facts

_OPTION, _VARIABLE = "--lang", "FUPIN_LANG"
#: The variable through which a shell asks what a word can become; click's name for it.
VARIABLE = "_FUPIN_COMPLETE"


def language(arguments: Sequence[str], otherwise: str = "") -> Lang:
    """The language, read before the command line is parsed, because errors in the command line speak it too.

    ``otherwise`` is what the settings of the working directory say.
    """
    chosen = os.environ.get(_VARIABLE, otherwise)
    for index, argument in enumerate(arguments):
        if argument == _OPTION and index + 1 < len(arguments):
            chosen = arguments[index + 1]
        elif argument.startswith(f"{_OPTION}="):
            chosen = argument.partition("=")[2]
    return "en" if chosen == "en" else "zh"


def spoken(context: click.Context) -> Lang:
    """The language of a command's context."""
    found: Lang = "en" if context.find_root().obj == "en" else "zh"
    return found


def tell(code: str, lang: Lang, /, **facts: object) -> None:
    """Talk, which goes to stderr: a message and its next step."""
    shown = shown_facts(facts)
    click.echo(say(code, lang, **shown), err=True)
    step = hint(code, lang, **shown)
    if step:
        click.echo(say("hint-prefix", lang, text=step), err=True)


class SpokenOption(click.Option):
    """An option whose help is a message of the catalogue, named by its ``help``."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The names and the words."""
        record = super().get_help_record(ctx)
        if record is None or self.help is None:
            return record
        return record[0], record[1].replace(self.help, say(self.help, spoken(ctx)))

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The environment's value. Its variable is named by the option, whatever a command calls the value of ``--format``."""
        if ctx.auto_envvar_prefix is None:
            return None
        word = max(self.opts, key=len).lstrip("-").replace("-", "_").upper()
        return os.environ.get(f"{ctx.auto_envvar_prefix}_{word}") or None


class SpokenCommand(click.Command):
    """A command whose help and headings are messages of the catalogue."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option, in words of ours."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("opt-help", spoken(ctx))
        return option

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own, and those of every command."""
        return [*super().get_params(ctx), no_config(spoken(ctx))]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; what it leaves open, the environment and the settings of the working directory say."""
        if ctx.parent is not None:
            ctx.default_map = defaults(self, ctx)
        rest = super().parse_args(ctx, args)
        leave_outputs(ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, after it was said which settings it uses."""
        tell_used(ctx, spoken(ctx))
        return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("heading-usage", spoken(ctx))
        )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.help or "", spoken(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options."""
        # click from 8.5.1 on gives arguments a row of their own, with nothing in it.
        records = [record for parameter in self.get_params(ctx) if (record := parameter.get_help_record(ctx)) and record[1]]
        with formatter.section(say("heading-options", spoken(ctx))):
            formatter.write_dl(records)


def unknown_command(name: str, known: Iterable[str], group: str) -> UsageRefused:
    """The error for a command that a group does not have, with the nearest that it has."""
    return UsageRefused("usage-command-unknown", name=name, nearest=nearest(name, known), command=group)


class SpokenGroup(SpokenCommand, click.Group):
    """A group of commands in words of the catalogue."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; an unknown one is refused with the nearest name."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise unknown_command(args[0], known, ctx.command_path)
        return click.Group.resolve_command(self, ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options and commands, without loading any command."""
        SpokenCommand.format_options(self, ctx, formatter)
        above = "" if ctx.parent is None else f"{self.name}-"
        with formatter.section(say("heading-commands", spoken(ctx))):
            formatter.write_dl([(name, say(f"help-{above}{name}", spoken(ctx))) for name in self.list_commands(ctx)])
