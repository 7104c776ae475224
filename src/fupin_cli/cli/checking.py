"""What all check commands share: their options, and what their result means to the shell."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import click

from fupin_cli.cli.later import Later
from fupin_cli.cli.options import (
    AS_OF,
    ASSUME,
    DETAILS,
    FILES,
    LANG,
    MANIFEST,
    MASK,
    OUTPUT,
    QUIET,
    RULES,
    RULES_SEVERAL,
    SET,
    SHEET,
    form,
    limit,
    only,
    taking,
)
from fupin_cli.cli.output import Forms, answer
from fupin_cli.errors import ExitCode
from fupin_cli.model.job import Job
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check, check_all
from fupin_cli.report.csvtext import csv_lines
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import is_quality
from fupin_cli.report.terminal import print_result

_FORMS = Forms(
    print_result,
    {
        "csv": csv_lines,
        "json": json_lines,
        "markdown": Later("markdownreports", "check_markdown"),
        "html": Later("html.checks", "html_report"),
        "junit": Later("bulletins.checks", "check_junit"),
        "sarif": Later("bulletins.checks", "check_sarif"),
        "github": Later("bulletins.checks", "check_github"),
    },
    books={"xlsx": Later("workbook.annotated", "annotated_workbook")},
    give_back={"xlsx"},
)
#: An exit is decided on by an assembly, which takes its papers with it.
EXIT_FORMS = replace(_FORMS, books={**_FORMS.books, "docx": Later("drafts.villages", "exit_draft")})
_SHOWN = (OUTPUT, only(), limit(), DETAILS, SHEET, MASK, MANIFEST, LANG, QUIET)
_REPORT = (form(_FORMS.names), *_SHOWN)

#: Of a check command that gives verdicts, of the one for exits, of that for the data itself, and of that for several packs.
check_options: Callable[[Any], Any] = taking(FILES, RULES, AS_OF, SET, *_REPORT, ASSUME)
exit_options: Callable[[Any], Any] = taking(FILES, RULES, AS_OF, SET, form(EXIT_FORMS.names), *_SHOWN, ASSUME)
data_options: Callable[[Any], Any] = taking(FILES, RULES, AS_OF, SET, *_REPORT)
all_options: Callable[[Any], Any] = taking(FILES, RULES_SEVERAL, AS_OF, SET, *_REPORT, ASSUME)


def run_check(job: Job | None, context: click.Context, given: Mapping[str, Any], forms: Forms[Result] = _FORMS) -> int:
    """Run a check command, or all of them, and return the exit code."""
    return answer(context, given, forms, check_all if job is None else partial(check, job), code_of_result)


def code_of_result(result: Result) -> ExitCode:
    """What a result means to the shell."""
    return ExitCode.OK if result.meets() and not _unsound(result) else ExitCode.NOT_MET


def _unsound(result: Result) -> bool:
    """Whether rows got no verdict; where the data itself is checked, whether anything in it could not be read."""
    lost = any(source.rows.quarantined for source in result.inputs)
    return lost or (is_quality(result) and any(problem.severity == "error" for problem in result.problems))
