"""``fupin verify-roster``: do the rosters of successive years tell one story?"""

from collections.abc import Sequence
from typing import Any

import click

from fupin_cli.cli.later import Later
from fupin_cli.cli.options import DETAILS, LANG, MANIFEST, MASK, OUTPUT, QUIET, RULES, SET, SHEET, Option, form, limit, taking
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.cli.verifying import ROSTERS, TERMS, ending, rosters_of, terms_of
from fupin_cli.errors import FupinError
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.verification import Verification
from fupin_cli.pipelines.telling import open_laws
from fupin_cli.pipelines.verifying import verify
from fupin_cli.report.verification.csvtext import verification_csv
from fupin_cli.report.verification.jsontext import json_lines
from fupin_cli.report.verification.markdown import markdown_lines
from fupin_cli.report.verification.terminal import print_verification
from fupin_cli.tasks import Request

_FORMS = Forms(
    print_verification,
    {
        "junit": Later("bulletins.rosters", "junit_lines"),
        "sarif": Later("bulletins.rosters", "sarif_lines"),
        "github": Later("bulletins.rosters", "github_lines"),
        "markdown": markdown_lines,
        "html": Later("html.reports", "verification_html"),
        "json": json_lines,
        "csv": verification_csv,
    },
    books={"xlsx": Later("workbook.paper", "verification_workbook")},
)
_DIFF: Option = click.option("--diff", cls=SpokenOption, is_flag=True, help="opt-diff")
_ASSUME: Option = click.option(
    "--assume", "assumptions", cls=SpokenOption, multiple=True, metavar="FIELD=VALUE", help="opt-judge-assume"
)
_JUDGE: Option = click.option("--judge", cls=SpokenOption, multiple=True, metavar="PACK|YEAR=PACK", help="opt-judge")


@click.command("verify-roster", cls=SpokenCommand, help="help-verify-roster")
@taking(
    ROSTERS, RULES, SET, _DIFF, _JUDGE, _ASSUME, *TERMS, form(_FORMS.names), OUTPUT, limit(), DETAILS, SHEET, MASK, MANIFEST,
    LANG, QUIET,
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Hold the rosters of successive years against each other."""
    given["files"] = rosters_of(given)
    terms = terms_of(given)

    def ask(request: Request, on_step: OnStep | None) -> tuple[Verification, Sequence[FupinError]]:
        # Whoever says by what the years are judged wants to see what came of it.
        telling = given["diff"] or given["judge"] or request.assumptions
        laws = open_laws(given["judge"], request.settings) if telling else None
        return verify(request, terms, laws, on_step)

    return answer(context, given, _FORMS, ask, ending(context, given))
