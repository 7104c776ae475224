"""How an error is said: one line with what and where, one with the next step."""

import click

from fupin_cli.errors import ExitCode, FupinError, PackRefused
from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.nearest import nearest
from fupin_cli.report.naming import shown_facts


class _Usage(FupinError):
    """click's complaint in our words."""

    exit_code = ExitCode.USAGE


def report(error: FupinError, lang: Lang) -> None:
    """Say an expected error on stderr."""
    facts = shown_facts(error.facts)
    text = say(error.code, lang, **facts)
    if isinstance(error, PackRefused):
        text = say("pack-place", lang, file=facts["file"], line=facts["line"], column=facts["column"], text=text)
    click.echo(say("error-prefix", lang, text=text), err=True)
    near = say("did-you-mean", lang, nearest=facts["nearest"]) if facts.get("nearest") else ""
    step = " ".join(part for part in (near, hint(error.code, lang, **facts)) if part)
    if step:
        click.echo(say("hint-prefix", lang, text=step), err=True)


def report_usage(error: click.UsageError, lang: Lang) -> None:
    """Say what click finds wrong with a command line."""
    report(_in_our_words(error), lang)


def _in_our_words(error: click.UsageError) -> _Usage:
    command = error.ctx.command_path if error.ctx is not None else "fupin"
    match error:
        case click.NoSuchOption(option_name=name):
            return _Usage("usage-option-unknown", name=name, nearest=_nearest_option(name, error.ctx), command=command)
        case click.MissingParameter(param=click.Argument(metavar=str(what))) if not what.startswith("FILE"):
            return _Usage("usage-argument-missing", what=what, command=command)
        case click.MissingParameter():
            return _Usage("usage-file-missing", command=command)
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices), opts=names)):
            known, value = [*map(str, choices)], _quoted(error.message)
            return _Usage(
                "usage-value-wrong", name="/".join(names), value=value, nearest=nearest(value, known), choices=" ".join(known)
            )
        case click.BadOptionUsage(option_name=name) if "requires an argument" in error.message:
            return _Usage("usage-value-missing", name=name)
        case click.BadOptionUsage(option_name=name) if "does not take a value" in error.message:
            return _Usage("usage-value-unwanted", name=name)
    if error.message.startswith("Missing command"):
        return _Usage("usage-command-missing", command=command)
    if error.message.startswith("Got unexpected extra argument"):
        return _Usage("usage-too-much", value=error.message.partition("(")[2].removesuffix(")"), command=command)
    return _Usage("usage-other", reason=error.format_message())


def _quoted(message: str) -> str:
    parts = message.split("'")
    return parts[1] if len(parts) > 1 else ""


def _nearest_option(name: str, context: click.Context | None) -> str:
    """The option that is meant: the most like it, or for a single letter the one that begins with it."""
    if context is None:
        return ""
    options = [one for one in context.command.get_params(context) if isinstance(one, click.Option)]
    known = [spelt for one in options for spelt in (*one.opts, *one.secondary_opts)]
    if len(name) == 2:
        return next((spelt for spelt in known if spelt.startswith(f"-{name}")), "")
    return nearest(name, known)
