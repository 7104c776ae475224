"""``fupin rules diff``: how do two packs differ, and whose verdict differs by it?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
from rich.console import Console

from fupin_cli.cli.options import (
    AS_OF,
    ASSUME,
    LANG,
    MASK,
    OUTPUT,
    QUIET,
    SET,
    SHEET,
    Option,
    form,
    limit,
    options_of,
    request_of,
    taking,
)
from fupin_cli.cli.output import Forms, code_of, deliver, target_of
from fupin_cli.cli.progress import reading_bar
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.model.comparison import Comparison
from fupin_cli.model.job import CHECK_EXIT, CHECKS, Job
from fupin_cli.pipelines.comparing import compare_packs
from fupin_cli.report.comparison.jsontext import comparison_json
from fupin_cli.report.comparison.markdown import comparison_markdown
from fupin_cli.report.comparison.terminal import print_comparison
from fupin_cli.report.options import Options
from fupin_cli.report.packs.difference import difference_page
from fupin_cli.report.packs.differencejson import difference_data
from fupin_cli.report.packs.markdown import as_markdown
from fupin_cli.report.packs.terminal import print_blocks
from fupin_cli.rules.difference import Difference, difference
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.tasks import open_pack

_CHECKS: Mapping[str, Job] = {job.command.removeprefix("check-"): job for job in (CHECK_EXIT, *CHECKS)}
_PACKS: Option = click.argument("packs", nargs=-1, metavar="PACK|DIR PACK|DIR")
_ON: Option = click.option("--on", "files", cls=SpokenOption, multiple=True, metavar="FILE", help="opt-diff-on")
_CHECK: Option = click.option("--check", cls=SpokenOption, type=click.Choice([*_CHECKS]), help="opt-diff-check")


@dataclass(frozen=True)
class _Answer:
    """How the packs differ, and what comes of it on a roster."""

    difference: Difference
    on: Comparison | None = None


def _print(answer: _Answer, options: Options, console: Console) -> None:
    print_blocks(difference_page(answer.difference, options.lang), console)
    if answer.on is not None:
        console.print()
        print_comparison(answer.on, options, console)


def _markdown(answer: _Answer, options: Options) -> Iterator[str]:
    yield from as_markdown(difference_page(answer.difference, options.lang))
    if answer.on is not None:
        yield "\n"
        yield from comparison_markdown(answer.on, options)


def _json(answer: _Answer, options: Options) -> Iterator[str]:
    on = json.loads("".join(comparison_json(answer.on, options))) if answer.on is not None else None
    yield json.dumps({**difference_data(answer.difference), "on": on}, ensure_ascii=False, indent=1) + "\n"


_FORMS = Forms(_print, {"json": _json, "markdown": _markdown})


@click.command("diff", cls=SpokenCommand, help="help-rules-diff")
@taking(
    _PACKS, _ON, _CHECK, SET, ASSUME, AS_OF, form(_FORMS.names), OUTPUT, limit(), SHEET, MASK, LANG, QUIET,
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Compare two packs."""
    options, target = options_of(context, given), target_of(given, _FORMS)
    before, after = _packs(given["packs"])
    found = difference(before, after)
    if not given["files"]:
        deliver(_Answer(found), options, _FORMS, target)
        return _code(found.matters)
    job = _job(given["check"], before, after)
    request = request_of(given)
    with reading_bar(request.files, options.lang, quiet=target.quiet) as on_step:
        on, refused = compare_packs(before, after, job, request, on_step)
    deliver(_Answer(found, on), options, _FORMS, target)
    return code_of(refused, options.lang) or _code(found.matters or on.flips())


def _packs(named: Sequence[str]) -> tuple[LoadedPack, LoadedPack]:
    if len(named) != 2:
        raise UsageRefused("diff-packs-missing")
    before = open_pack(named[0], CHECK_EXIT.pack)
    return before, open_pack(named[1], before.pack.name)


def _job(asked: str | None, before: LoadedPack, after: LoadedPack) -> Job:
    """The check that is asked for, else the first that both packs have standards for."""
    if asked is not None:
        return _CHECKS[asked]
    for job in _CHECKS.values():
        names = {name for names in job.standards for name in names}
        if names & set(before.standards) and names & set(after.standards):
            return job
    raise UsageRefused("diff-no-check", name=before.pack.name, other=after.pack.name)


def _code(differs: bool) -> ExitCode:  # a value, no switch
    return ExitCode.NOT_MET if differs else ExitCode.OK
