"""``fupin check-county``: which counties may withdraw, and what do the others lack?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from fupin_cli.cli.checking import code_of_result
from fupin_cli.cli.later import Later
from fupin_cli.cli.options import (
    AS_OF,
    ASSUME,
    DETAILS,
    LANG,
    MANIFEST,
    MASK,
    OUTPUT,
    QUIET,
    RULES,
    SET,
    SHEET,
    Option,
    form,
    limit,
    only,
    taking,
)
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.percent import share_of
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode, FupinError, UsageRefused
from fupin_cli.load.cells.folders import workbooks
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.run import Result
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.counties.csvtext import county_csv
from fupin_cli.report.counties.markdown import county_markdown
from fupin_cli.report.counties.terminal import print_counties
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.naming import called
from fupin_cli.tasks import Request

_FORMS = Forms(
    print_counties,
    {
        "csv": county_csv,
        "json": json_lines,
        "markdown": county_markdown,
        "html": Later("html.reports", "county_html"),
        "junit": Later("bulletins.checks", "check_junit"),
        "sarif": Later("bulletins.checks", "check_sarif"),
        "github": Later("bulletins.checks", "check_github"),
    },
    books={"xlsx": Later("counties.workbook", "county_workbook"), "docx": Later("drafts.counties", "county_draft")},
)
_FILES: Option = click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...")
_TOGETHER: Option = click.option("--together", cls=SpokenOption, is_flag=True, help="opt-together")
_JOBS: Option = click.option("--jobs", cls=SpokenOption, metavar="N", help="opt-jobs")
_CONFIDENCE: Option = click.option("--confidence", cls=SpokenOption, metavar="PERCENT", help="opt-county-confidence")
#: A process for each of so many workbooks is more than any machine is asked for.
_MOST = 256


@click.command("check-county", cls=SpokenCommand, help="help-check-county")
@taking(
    _FILES, RULES, AS_OF, SET, form(_FORMS.names), OUTPUT, only(), limit(), DETAILS, SHEET, MASK, MANIFEST, LANG, QUIET, ASSUME,
    _TOGETHER, _JOBS, _CONFIDENCE,
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Judge counties, each workbook by itself, and show them beside each other."""
    manner, found = _manner(given), workbooks(given["files"])
    if given["mask"]:
        found = replace(found, files=called(found.files))

    def ask(request: Request, on_step: OnStep | None) -> tuple[Result, Sequence[FupinError]]:
        return check_counties(request, found, manner, on_step)

    return answer(context, {**given, "files": found.files, "named": given["files"]}, _FORMS, ask, _code)


def _code(result: Result) -> ExitCode:
    """What a result means to the shell: who would be open without figures that contradict others is not ready for sure."""
    doubtful = result.quality is not None and any(result.quality.changes.values())
    return ExitCode.NOT_MET if doubtful else code_of_result(result)


def _manner(given: Mapping[str, Any]) -> Manner:
    """How the workbooks are gone through.

    Raises:
        UsageRefused: a number is none, or out of bounds.
    """
    jobs, confidence = given["jobs"], given["confidence"]
    if jobs is not None and not (jobs.isascii() and jobs.isdigit() and 0 < len(jobs) < 4 and 0 < int(jobs) <= _MOST):
        raise UsageRefused("jobs-number", value=jobs, most=_MOST)
    return Manner(
        together=given["together"],
        jobs=int(jobs) if jobs is not None else None,
        **({"confidence": share_of("--confidence", confidence)} if confidence is not None else {}),
    )
