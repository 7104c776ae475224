"""``fupin what-if``: whose verdict changes under other rules, and how many meet them as a number moves?"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import click

from fupin_cli.cli.later import Later
from fupin_cli.cli.options import (
    AS_OF,
    DIBAO,
    FILES,
    LANG,
    MANIFEST,
    MASK,
    OUTPUT,
    QUIET,
    RULES,
    SHEET,
    Option,
    form,
    limit,
    pairs,
    taking,
)
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode, FupinError, UsageRefused
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.comparison import Comparison
from fupin_cli.model.job import CHECKS, Job
from fupin_cli.model.sweep import Sweep
from fupin_cli.pipelines.comparing import sweep, what_if
from fupin_cli.report.comparison.csvtext import comparison_csv
from fupin_cli.report.comparison.jsontext import comparison_json
from fupin_cli.report.comparison.markdown import comparison_markdown
from fupin_cli.report.comparison.sweep import print_sweep
from fupin_cli.report.comparison.sweeptext import sweep_csv, sweep_json, sweep_markdown
from fupin_cli.report.comparison.terminal import print_comparison
from fupin_cli.tasks import Request

#: The check commands by their last word.
_CHECKS: Mapping[str, Job] = {job.command.removeprefix("check-"): job for job in CHECKS}
_COMPARISONS = Forms(
    print_comparison,
    {
        "csv": comparison_csv,
        "json": comparison_json,
        "markdown": comparison_markdown,
        "html": Later("html.reports", "comparison_html"),
        "junit": Later("bulletins.compared", "comparison_junit"),
        "sarif": Later("bulletins.compared", "comparison_sarif"),
        "github": Later("bulletins.compared", "comparison_github"),
    },
    books={"xlsx": Later("workbook.paper", "comparison_workbook")},
)
_SWEEPS = Forms(
    print_sweep,
    {
        "csv": sweep_csv,
        "json": sweep_json,
        "markdown": sweep_markdown,
        "html": Later("html.reports", "sweep_html"),
        "svg": Later("comparison.svg", "sweep_svg"),
        "junit": Later("bulletins.compared", "sweep_junit"),
        "sarif": Later("bulletins.compared", "sweep_sarif"),
        "github": Later("bulletins.compared", "sweep_github"),
    },
    books={"xlsx": Later("workbook.paper", "sweep_workbook")},
)

_SET: Option = click.option("--set", "settings", cls=SpokenOption, multiple=True, metavar="PARAM=VALUE", help="opt-whatif-set")
_AGAINST: Option = click.option("--against", cls=SpokenOption, metavar="PACK|DIR", help="opt-against")
_ASSUME: Option = click.option(
    "--assume", "assumptions", cls=SpokenOption, multiple=True, metavar="FIELD=VALUE", help="opt-whatif-assume"
)
_GIVEN: Option = click.option("--given", cls=SpokenOption, multiple=True, metavar="NAME=VALUE", help="opt-given")
_SWEEP: Option = click.option("--sweep", "moved", cls=SpokenOption, metavar="PARAM=FROM:TO:STEP", help="opt-sweep")
_CHECK: Option = click.option("--check", cls=SpokenOption, type=click.Choice([*_CHECKS]), default="exit", help="opt-whatif-check")


@click.command("what-if", cls=SpokenCommand, help="help-what-if")
@taking(
    FILES, RULES, _SET, _AGAINST, _ASSUME, _SWEEP, _GIVEN, _CHECK, AS_OF, form(_SWEEPS.names), OUTPUT, limit(), SHEET, DIBAO,
    MASK, MANIFEST, LANG, QUIET,
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Judge the same files in two ways and compare, or move one parameter and count."""
    job, held = _CHECKS[given["check"]], pairs("--given", given["given"])
    if given["moved"] is None:
        if given["form"] == "svg":
            raise UsageRefused("whatif-svg")
        return answer(context, given, _COMPARISONS, partial(_compare, job, given["against"], held), _flipped)
    if given["against"] is not None:
        raise UsageRefused("sweep-against")
    return answer(context, given, _SWEEPS, partial(_move, job, given["moved"], held), _moved)


def _compare(
    job: Job, against: str | None, held: Mapping[str, str], request: Request, on_step: OnStep | None
) -> tuple[Comparison, Sequence[FupinError]]:
    return what_if(job, request, against, held, on_step)


def _move(
    job: Job, moved: str, held: Mapping[str, str], request: Request, on_step: OnStep | None
) -> tuple[Sweep, Sequence[FupinError]]:
    return sweep(job, request, held, moved, on_step)


def _flipped(comparison: Comparison) -> ExitCode:
    return ExitCode.NOT_MET if comparison.flips() else ExitCode.OK


def _moved(found: Sweep) -> ExitCode:
    return ExitCode.NOT_MET if found.moves() else ExitCode.OK
