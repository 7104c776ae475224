"""``fupin rules check``: are packs sound?"""

from typing import Any

import click

from fupin_cli.cli.options import LANG, OUTPUT, QUIET, form, options_of, taking
from fupin_cli.cli.output import Forms, deliver, target_of
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode
from fupin_cli.model.proof import CheckedPack
from fupin_cli.pipelines.proving import can_prove, check_packs
from fupin_cli.report.packs.check import checks_json, print_checks

PACKS = click.argument("files", nargs=-1, metavar="[PACK|DIR]...")
NO_PROOFS = click.option("--no-proofs", cls=SpokenOption, is_flag=True, help="opt-no-proofs")
_FORMS: Forms[list[CheckedPack]] = Forms(print_checks, {"json": checks_json})


@click.command("check", cls=SpokenCommand, help="help-rules-check")
@taking(PACKS, NO_PROOFS, form(_FORMS.names), OUTPUT, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, files: tuple[str, ...], **given: Any) -> int:
    """Check packs."""
    wanted = not given["no_proofs"]
    target = target_of({**given, "files": ()}, _FORMS)
    checked = list(check_packs(files, prove=wanted and can_prove()))
    deliver(checked, options_of(context, given), _FORMS, target)
    if any(pack.mistakes for pack in checked):
        return ExitCode.REFUSED
    if wanted and not can_prove():
        # Whoever runs this unattended must not take it for a proof.
        tell("proofs-not-made", spoken(context))
        return ExitCode.USAGE
    found = any(not finding.note for pack in checked for finding in pack.all_findings)
    return ExitCode.NOT_MET if found else ExitCode.OK
