"""``fupin rules test``: do the worked cases of a pack hold, and how far do they, or a roster, try its conditions?"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import click

from fupin_cli.cli.console import show
from fupin_cli.cli.options import AS_OF, LANG, OUTPUT, QUIET, SET, form, options_of, taking
from fupin_cli.cli.output import Forms, answer, deliver, target_of
from fupin_cli.cli.rules.options import PACK
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.model.coverage import PackCoverage, RosterCoverage
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.pipelines.covering import cover_pack, cover_roster, known_standard
from fupin_cli.pipelines.lawbook import run_pack_cases
from fupin_cli.report.packs.cases import print_cases
from fupin_cli.report.packs.coverage import coverage_json, coverage_markdown, print_coverage
from fupin_cli.report.packs.rostercoverage import print_roster_coverage, roster_coverage_json, roster_coverage_markdown
from fupin_cli.tasks import open_pack

COVERAGE = click.option("--coverage", cls=SpokenOption, is_flag=True, help="opt-coverage")
ROSTERS = click.option("--coverage-from", "files", cls=SpokenOption, multiple=True, metavar="FILE", help="opt-coverage-from")
STANDARD = click.option("--standard", cls=SpokenOption, metavar="STANDARD", help="opt-standard")
_FORMS: Forms[PackCoverage] = Forms(print_coverage, {"json": coverage_json, "markdown": coverage_markdown})
_ROSTER: Forms[RosterCoverage] = Forms(
    print_roster_coverage, {"json": roster_coverage_json, "markdown": roster_coverage_markdown}
)


@click.command("test", cls=SpokenCommand, help="help-rules-test")
@taking(PACK, COVERAGE, ROSTERS, STANDARD, AS_OF, SET, form(_FORMS.names), OUTPUT, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, pack: str | None, **given: Any) -> int:
    """Run the worked cases of a pack."""
    if given["files"]:
        asked = {**given, "rules": pack}
        cover = partial(cover_roster, default=CHECK_EXIT.pack, only=given["standard"])
        return answer(context, asked, _ROSTER, lambda request, on_step: cover(request, on_step=on_step), lambda _: ExitCode.OK)
    _refuse_idle(given)
    tested, outcomes = run_pack_cases(pack, CHECK_EXIT.pack)
    failed = any(outcome.differences for standard in outcomes.values() for outcome in standard)
    # What a case that does not hold has shown is worth nothing.
    if failed or not given["coverage"]:
        show(partial(print_cases, tested, outcomes, spoken(context)))
        return ExitCode.NOT_MET if failed else ExitCode.OK
    loaded = open_pack(pack, CHECK_EXIT.pack)
    known_standard(loaded, given["standard"])
    target = target_of(given, _FORMS)
    covered = cover_pack(loaded, given["standard"])
    deliver(covered, options_of(context, given), _FORMS, target)
    return ExitCode.OK if covered.complete else ExitCode.NOT_MET


def _refuse_idle(given: Mapping[str, Any]) -> None:
    """Options of a question that was not asked are refused rather than passed over."""
    coverage_only = {"--standard": "standard", "--format": "form", "-o": "output"}
    needed = {"--as-of": "as_of", "--set": "settings"} | ({} if given["coverage"] else coverage_only)
    for option, name in needed.items():
        if given[name]:
            raise UsageRefused("coverage-option-alone", option=option)
