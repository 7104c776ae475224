"""What all check commands share: their options, and from a result to output and exit code."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from fupin_cli.cli.console import printed, show
from fupin_cli.cli.main import report
from fupin_cli.cli.progress import reading_bar
from fupin_cli.cli.speech import SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.load.cells import child
from fupin_cli.messages import Lang
from fupin_cli.model.job import Job
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check, check_all
from fupin_cli.report.csvtext import csv_lines
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options, is_quality
from fupin_cli.report.terminal import print_result
from fupin_cli.report.write import refuse_input_as_output, write_file
from fupin_cli.tasks import Request

_Command = TypeVar("_Command", bound=Callable[..., Any])
#: Text formats by name, each a module of ``report``; the suffix of ``-o`` is the name.
_TEXTS: Mapping[str, Callable[[Result, Options], Iterator[str]]] = {"csv": csv_lines, "json": json_lines}
_FORMATS = ("table", *_TEXTS)


def check_options(command: _Command) -> _Command:
    """The options of every check command that gives verdicts."""
    assume = click.option("--assume", "assumptions", cls=SpokenOption, multiple=True, metavar="FIELD=VALUE", help="opt-assume")
    return data_options(assume(command))


def all_options(command: _Command) -> _Command:
    """The options of a command that judges by several packs."""
    assume = click.option("--assume", "assumptions", cls=SpokenOption, multiple=True, metavar="FIELD=VALUE", help="opt-assume")
    rules = click.option("--rules", cls=SpokenOption, multiple=True, metavar="PACK|DIR", help="opt-rules-several")
    return _options_of(rules)(assume(command))


def data_options(command: _Command) -> _Command:
    """The options of every check command."""
    return _options_of(click.option("--rules", cls=SpokenOption, metavar="PACK|DIR", help="opt-rules"))(command)


def _options_of(rules: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """What check commands have in common, with the way in which this one takes packs."""
    options: Sequence[Callable[[_Command], _Command]] = (
        click.argument("files", nargs=-1, required=True, metavar="FILE..."),
        rules,
        click.option("--as-of", cls=SpokenOption, metavar="DATE", help="opt-as-of"),
        click.option("--set", "settings", cls=SpokenOption, multiple=True, metavar="PARAM=VALUE", help="opt-set"),
        click.option("--format", "form", cls=SpokenOption, type=click.Choice(_FORMATS), help="opt-format"),
        click.option("-o", "--output", cls=SpokenOption, metavar="FILE", help="opt-output"),
        click.option("--only", cls=SpokenOption, type=click.Choice(["fail", "unknown", "pass"]), help="opt-only"),
        click.option("--limit", cls=SpokenOption, metavar="N", default="50", help="opt-limit"),
        click.option("--details", cls=SpokenOption, type=click.Choice(["all"]), help="opt-details"),
        click.option("--sheet", "sheets", cls=SpokenOption, multiple=True, metavar="NAME", help="opt-sheet"),
        click.option("--mask/--no-mask", cls=SpokenOption, default=True, help="opt-mask"),
        click.option("--lang", cls=SpokenOption, type=click.Choice(["zh", "en"]), help="opt-lang"),
        click.option("--quiet", cls=SpokenOption, is_flag=True, help="opt-quiet"),
    )

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def run_check(job: Job | None, context: click.Context, given: Mapping[str, Any]) -> int:
    """Run a check command, or all of them, and return the exit code."""
    lang = spoken(context)
    form, options = _format(given), _options(given, lang)
    output: str | None = given["output"]
    files: Sequence[str] = given["files"]
    if output is not None:
        refuse_input_as_output(output, [*files, *given.get("dibao", ())])
    with reading_bar(files, lang, quiet=given["quiet"]) as on_step:
        request = _request(given)
        result, refused = check(job, request, on_step) if job is not None else check_all(request, on_step)
    if not child.LIMITS_MEMORY and not given["quiet"]:
        tell("limits-lacking", lang)
    _write(result, options, form, output)
    if output is not None and not given["quiet"]:
        tell("written", lang, path=output)
    for error in refused:
        report(error, lang)
    if refused:
        tell("refused-in-batch", lang, count=len(refused))
        return ExitCode.REFUSED
    return ExitCode.OK if result.meets() and not _unsound(result) else ExitCode.NOT_MET


def _unsound(result: Result) -> bool:
    """Whether rows got no verdict; where the data itself is checked, whether anything in it could not be read."""
    lost = any(source.rows.quarantined for source in result.inputs)
    return lost or (is_quality(result) and any(problem.severity == "error" for problem in result.problems))


def _format(given: Mapping[str, Any]) -> str:
    output: str | None = given["output"]
    form: str | None = given["form"]
    if form is None and output is not None:
        form = Path(output).suffix.removeprefix(".").lower()
        form = "table" if form == "txt" else form
        if form not in _FORMATS:
            raise UsageRefused("usage-suffix", path=output)
    form = form or "table"
    if not given["mask"] and (form == "table" or output is None):
        raise UsageRefused("usage-no-mask")
    return form


def _options(given: Mapping[str, Any], lang: Lang) -> Options:
    limit: str = given["limit"]
    if not (limit.isascii() and limit.isdigit()):
        raise UsageRefused("usage-limit", value=limit)
    return Options(lang, given["only"], int(limit), given["mask"], given["details"] == "all")


def _request(given: Mapping[str, Any]) -> Request:
    day: str | None = given["as_of"]
    try:
        as_of = date.fromisoformat(day) if day is not None else None
    except ValueError:
        raise UsageRefused("usage-date", value=day) from None
    # A command that judges by several packs has a tuple of them.
    packs = (given["rules"],) if isinstance(given["rules"], str) else tuple(given["rules"] or ())
    return Request(
        files=given["files"],
        rules=packs[0] if packs else None,
        more_rules=packs[1:],
        as_of=as_of,
        settings=_pairs("--set", given["settings"]),
        assumptions=_pairs("--assume", given.get("assumptions", ())),
        sheets=given["sheets"],
        dibao=given.get("dibao", ()),
    )


def _pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not (sign and name and value):
            raise UsageRefused("usage-pair", name=option, value=text)
        if name.strip() in pairs:
            raise UsageRefused("usage-pair-twice", name=option, value=name.strip())
        pairs[name.strip()] = value.strip()
    return pairs


def _write(result: Result, options: Options, form: str, output: str | None) -> None:
    if form == "table":
        printing = partial(print_result, result, options)
        if output is None:
            show(printing)
        else:
            write_file(output, [printed(printing, to_file=True)])
        return
    pieces = _TEXTS[form](result, options)
    if output is not None:
        write_file(output, pieces)
        return
    # Bytes, so that neither the locale nor the platform's line ends change the result.
    stream = sys.stdout.buffer
    for piece in pieces:
        stream.write(piece.encode("utf-8", "replace"))
    stream.flush()
