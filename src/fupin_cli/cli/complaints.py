"""How an error is said: one line with what and where, one with the next step."""

import click

from fupin_cli.errors import ExitCode, FupinError, PackRefused
from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.nearest import nearest
from fupin_cli.report.mask import mask

#: A sheet may be named for a person; a path is needed as it is.
_PATHS = ("path", "file")


class _Usage(FupinError):
    """click's complaint in our words."""

    exit_code = ExitCode.USAGE


def report(error: FupinError, lang: Lang) -> None:
    """Say an expected error on stderr."""
    facts = {name: mask(fact) if isinstance(fact, str) and name not in _PATHS else fact for name, fact in error.facts.items()}
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


def _bad_value(error: click.BadParameter) -> str:
    parts = error.message.split("'")
    return parts[1] if len(parts) > 1 else ""


def _option_names(context: click.Context | None) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts] if context is not None else []
