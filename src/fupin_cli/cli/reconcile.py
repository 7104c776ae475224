"""``fupin reconcile``: do declared figures agree with their parts?"""

from typing import Any

import click

from fupin_cli.cli.later import Later
from fupin_cli.cli.options import FILES, LANG, MANIFEST, OUTPUT, QUIET, SHEET, form, limit, only, taking
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.speech import SpokenCommand
from fupin_cli.errors import ExitCode
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.pipelines.figures import reconcile_files
from fupin_cli.report.reconciliation import print_reconciliation
from fupin_cli.report.reconciliationtext import reconciliation_csv, reconciliation_json

_FORMS = Forms(
    print_reconciliation,
    {
        "csv": reconciliation_csv,
        "json": reconciliation_json,
        "markdown": Later("markdownreports", "reconciliation_markdown"),
        "html": Later("html.reports", "reconciliation_html"),
        "junit": Later("bulletins.reconciled", "reconciliation_junit"),
        "sarif": Later("bulletins.reconciled", "reconciliation_sarif"),
        "github": Later("bulletins.reconciled", "reconciliation_github"),
    },
    books={"xlsx": Later("workbook.paper", "reconciliation_workbook")},
)


@click.command("reconcile", cls=SpokenCommand, help="help-reconcile")
@taking(
    FILES, form(_FORMS.names), OUTPUT, only("opt-reconcile-only"), limit("opt-reconcile-limit"), SHEET, MANIFEST, LANG, QUIET
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Compare each declared figure with what its parts come to."""
    return answer(context, given, _FORMS, reconcile_files, _code)


def _code(result: Reconciliation) -> ExitCode:
    return ExitCode.OK if result.agrees() else ExitCode.NOT_MET
