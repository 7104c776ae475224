"""``fupin rules sql``: what is a standard as one query that a register's database can run?"""

import sys
from typing import Any

import click

from fupin_cli.cli.options import AS_OF, LANG, SET, day_of, pairs, taking
from fupin_cli.cli.rules.options import PACK
from fupin_cli.cli.speech import SpokenCommand, SpokenOption, spoken
from fupin_cli.errors import ExitCode
from fupin_cli.pipelines.printing import standard_query

_STANDARD = click.argument("standard", required=False, metavar="STANDARD")
_DIALECT = click.option("--dialect", cls=SpokenOption, metavar="duckdb|postgres", help="opt-dialect")
_COLUMNS = click.option("--columns", cls=SpokenOption, multiple=True, metavar="TABLE=A,B,C", help="opt-columns")


@click.command("sql", cls=SpokenCommand, help="help-rules-sql")
@taking(PACK, _STANDARD, _DIALECT, SET, AS_OF, _COLUMNS, LANG)
@click.pass_context
def command(context: click.Context, /, pack: str | None, standard: str | None, **given: Any) -> int:
    """Print a standard as one SQL query."""
    text = standard_query(
        pack,
        standard,
        given["dialect"],
        spoken(context),
        settings=pairs("--set", given["settings"]),
        as_of=day_of(given["as_of"]),
        columns=given["columns"],
    )
    # Bytes, so that neither the locale nor the platform's line ends change the query.
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
    return ExitCode.OK
