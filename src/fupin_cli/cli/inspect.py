"""``fupin inspect``: what do these files hold, and what becomes of it?"""

from collections.abc import Sequence
from typing import Any

import click

from fupin_cli.cli.complaints import report
from fupin_cli.cli.options import FILES, LANG, OUTPUT, QUIET, SHEET, form, limit, taking
from fupin_cli.cli.output import Forms, answer
from fupin_cli.cli.speech import SpokenCommand, spoken
from fupin_cli.errors import ExitCode, InputRefused
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.inspection import Inspection
from fupin_cli.pipeline import look_into
from fupin_cli.report.inspection import inspection_json, print_inspection, refused_paths
from fupin_cli.tasks import Request

_FORMS = Forms(print_inspection, {"json": inspection_json})


@click.command("inspect", cls=SpokenCommand, help="help-inspect")
@taking(FILES, form(_FORMS.names), OUTPUT, limit("opt-inspect-limit", 20), SHEET, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Describe files, those that cannot be checked too."""
    lang = spoken(context)

    def look(request: Request, on_step: OnStep | None) -> tuple[Inspection, Sequence[InputRefused]]:
        inspection, refused = look_into(request.files, request.sheets, on_step)
        if not inspection.files:
            *others, last = refused
            for error in others:
                report(error, lang)
            raise last
        return inspection, refused

    return answer(context, given, _FORMS, look, _code)


def _code(inspection: Inspection) -> ExitCode:
    return ExitCode.REFUSED if refused_paths(inspection) else ExitCode.OK
