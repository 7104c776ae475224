"""``fupin rules schema``: what may stand in the files of a pack, for editors."""

import json
import sys
from typing import Any

import click

from fupin_cli.cli.options import LANG, OUTPUT_ONCE, QUIET, taking
from fupin_cli.cli.speech import SpokenCommand, spoken, tell
from fupin_cli.errors import ExitCode, UsageRefused
from fupin_cli.files import write_whole
from fupin_cli.model.nearest import nearest
from fupin_cli.report.write import refuse_input_as_output
from fupin_cli.rules.schemas import KINDS, schema_of

KIND = click.argument("kind", required=False, metavar="|".join(KINDS))


@click.command("schema", cls=SpokenCommand, help="help-rules-schema")
@taking(KIND, OUTPUT_ONCE, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, kind: str | None, output: str | None, *, quiet: bool, **_: Any) -> int:
    """Write the JSON Schema of a kind of file."""
    known = " ".join(KINDS)
    if kind is None:
        raise UsageRefused("schema-kind-missing", kinds=known)
    if kind not in KINDS:
        raise UsageRefused("schema-kind-unknown", name=kind, kinds=known, nearest=nearest(kind, KINDS))
    text = json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return ExitCode.OK
    refuse_input_as_output(output, ())
    write_whole(output, [text.encode()])
    if not quiet:
        tell("written", spoken(context), path=output)
    return ExitCode.OK
