"""The options that commands have in common, each declared once, and what their values mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import click

from fupin_cli.cli.speech import SpokenOption, spoken
from fupin_cli.errors import UsageRefused
from fupin_cli.report.naming import called
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request

_Command = TypeVar("_Command", bound=Callable[..., Any])
Option = Callable[[Any], Any]

FILES: Option = click.argument("files", nargs=-1, required=True, metavar="FILE...")
FILE: Option = click.argument("file", required=True, metavar="FILE")
RULES: Option = click.option("--rules", cls=SpokenOption, metavar="PACK|DIR", help="opt-rules")
RULES_SEVERAL: Option = click.option("--rules", cls=SpokenOption, multiple=True, metavar="PACK|DIR", help="opt-rules-several")
AS_OF: Option = click.option("--as-of", cls=SpokenOption, metavar="DATE", help="opt-as-of")
SET: Option = click.option("--set", "settings", cls=SpokenOption, multiple=True, metavar="PARAM=VALUE", help="opt-set")
ASSUME: Option = click.option(
    "--assume", "assumptions", cls=SpokenOption, multiple=True, metavar="FIELD=VALUE", help="opt-assume"
)
OUTPUT: Option = click.option("-o", "--output", cls=SpokenOption, multiple=True, metavar="FILE", help="opt-output")
#: Of a command that writes one thing only.
OUTPUT_ONCE: Option = click.option("-o", "--output", cls=SpokenOption, metavar="FILE", help="opt-output-once")
DIBAO: Option = click.option("--dibao", cls=SpokenOption, multiple=True, metavar="FILE", help="opt-dibao")
DETAILS: Option = click.option("--details", cls=SpokenOption, type=click.Choice(["all"]), help="opt-details")
SHEET: Option = click.option("--sheet", "sheets", cls=SpokenOption, multiple=True, metavar="NAME", help="opt-sheet")
MASK: Option = click.option("--mask/--no-mask", cls=SpokenOption, default=True, help="opt-mask")
LANG: Option = click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang")
MANIFEST: Option = click.option("--manifest", cls=SpokenOption, metavar="FILE", help="opt-manifest")
QUIET: Option = click.option("--quiet", cls=SpokenOption, is_flag=True, help="opt-quiet")


def form(formats: Iterable[str]) -> Option:
    """``--format``, of the formats that a command's report has."""
    return click.option("--format", "form", cls=SpokenOption, type=click.Choice([*formats]), help="opt-format")


def only(words: str = "opt-only") -> Option:
    """``--only``; the words say what is listed."""
    return click.option("--only", cls=SpokenOption, type=click.Choice(["fail", "unknown", "pass"]), help=words)


def limit(words: str = "opt-limit", default: int = 50) -> Option:
    """``--limit``; the words say of what."""
    return click.option("--limit", cls=SpokenOption, metavar="N", default=str(default), help=words)


def taking(*options: Option) -> Callable[[_Command], _Command]:
    """Give a command these options, in the order in which its help lists them."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def request_of(given: Mapping[str, Any]) -> Request:
    """What a command line asks for, of all that it may: an option that a command does not have is left at its usual value.

    Raises:
        UsageRefused: a date or a pair cannot be read.
    """
    rules = given.get("rules")
    # A command that judges by several packs has a tuple of them.
    packs = (rules,) if isinstance(rules, str) else tuple(rules or ())
    files, dibao, masked = files_of(given), given.get("dibao", ()), given.get("mask", True)
    # Together, so that a roster and the other one never have one name.
    named = called([*files, *dibao]) if masked else [*files, *dibao]
    return Request(
        files=named[: len(files)],
        rules=packs[0] if packs else None,
        more_rules=packs[1:],
        as_of=day_of(given.get("as_of")),
        settings=pairs("--set", given.get("settings", ())),
        assumptions=pairs("--assume", given.get("assumptions", ())),
        sheets=given.get("sheets", ()),
        dibao=named[len(files) :],
        mask_names=masked,
    )


def files_of(given: Mapping[str, Any]) -> Sequence[str]:
    """The files to judge, of a command that takes one or several."""
    return (given["file"],) if "file" in given else given["files"]


def options_of(context: click.Context, given: Mapping[str, Any]) -> Options:
    """How the report is to look; an option that a command does not have is left at its usual value.

    Raises:
        UsageRefused: ``--limit`` is no number.
    """
    return Options(
        spoken(context),
        only=given.get("only"),
        limit=limit_of(given["limit"]) if "limit" in given else Options.limit,
        mask=given.get("mask", Options.mask),
        all_checks=given.get("details") == "all",
    )


def limit_of(text: str) -> int:
    """How many lines a terminal gets.

    Raises:
        UsageRefused: it is no number.
    """
    if not (text.isascii() and text.isdigit()):
        raise UsageRefused("usage-limit", value=text)
    return int(text)


def day_of(text: str | None) -> date | None:
    """The day that ``--as-of`` names.

    Raises:
        UsageRefused: there is no such day.
    """
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsageRefused("usage-date", value=text) from None


def pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    """What an option of the form ``NAME=VALUE`` says.

    Raises:
        UsageRefused: one is no pair, or a name stands twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not (sign and name and value):
            raise UsageRefused("usage-pair", name=option, value=text)
        if name.strip() in found:
            raise UsageRefused("usage-pair-twice", name=option, value=name.strip())
        found[name.strip()] = value.strip()
    return found
