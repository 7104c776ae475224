"""``fupin rules test``: do the worked cases of a pack hold, and how far do they try its conditions?"""

from functools import partial
from typing import Any

import click

from fupin_cli.cli.console import show
from fupin_cli.cli.options import LANG, OUTPUT, QUIET, form, options_of, taking
from fupin_cli.cli.output import Forms, deliver, target_of
from fupin_cli.cli.rules.options import PACK
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken
from fupin_cli.covering import cover_pack
from fupin_cli.errors import ExitCode
from fupin_cli.lawbook import run_pack_cases
from fupin_cli.model.coverage import PackCoverage
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.report.packs.cases import print_cases
from fupin_cli.report.packs.coverage import coverage_json, coverage_markdown, print_coverage
from fupin_cli.tasks import open_pack

COVERAGE = click.option("--coverage", cls=SpokenOption, is_flag=True, help="opt-coverage")
_FORMS: Forms[PackCoverage] = Forms(print_coverage, {"json": coverage_json, "markdown": coverage_markdown})


@click.command("test", cls=SpokenCommand, help="help-rules-test")
@taking(PACK, COVERAGE, form(_FORMS.names), OUTPUT, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, pack: str | None, **given: Any) -> int:
    """Run the worked cases of a pack."""
    tested, outcomes = run_pack_cases(pack, CHECK_EXIT.pack)
    failed = any(outcome.differences for standard in outcomes.values() for outcome in standard)
    if not given["coverage"]:
        show(partial(print_cases, tested, outcomes, spoken(context)))
        return ExitCode.NOT_MET if failed else ExitCode.OK
    target = target_of({**given, "files": ()}, _FORMS)
    covered = cover_pack(open_pack(pack, CHECK_EXIT.pack))
    deliver(covered, options_of(context, given), _FORMS, target)
    return ExitCode.OK if covered.complete and not failed else ExitCode.NOT_MET
