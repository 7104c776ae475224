"""load → evaluate → report for the commands that give figures instead of verdicts: reconcile and summary."""

from collections.abc import Sequence
from decimal import Decimal
from importlib.metadata import version

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.reconcile.run import reconcile
from fupin_cli.evaluate.run import outside
from fupin_cli.evaluate.summary.run import summarize
from fupin_cli.evaluate.summary.standard import TABLE, income_standard
from fupin_cli.load.cells.several import OnStep
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.problem import refusal
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.summary import LINE, PLACES, Summary
from fupin_cli.model.tables import TABLES, Table
from fupin_cli.pipeline import DISTRIBUTION, read_together
from fupin_cli.rules.parameters import Parameters, plain_number
from fupin_cli.tasks import Request, open_pack

#: Declared figures, and the rosters that they may be counted over.
RECONCILED = ("reconcile", "household", "person", "village", "fund")
#: The pack of a summary unless told otherwise: whose line it is.
SUMMARY_PACK = "national-2016"


def reconcile_files(request: Request, on_step: OnStep | None = None) -> tuple[Reconciliation, Sequence[InputRefused]]:
    """Compare declared figures with their parts; the second value are the files of a batch that were refused.

    Raises:
        FupinError: every one of the files is refused, or none has a sheet of declared figures.
    """
    files, refused = read_together(request, on_step)
    data = load_tables(files, request.sheets, RECONCILED)
    if RECONCILED[0] not in data.tables:
        raise InputRefused("tables-missing", command="reconcile", sheets=TABLES[RECONCILED[0]].SHEETS[0])
    rows, away = reconcile(data.tables), [*refused, *data.refused]
    return Reconciliation(version(DISTRIBUTION), data.inputs, [*map(refusal, away), *data.problems], rows), away


def summarize_files(
    request: Request, line: str | None = None, level: str | None = None, on_step: OnStep | None = None
) -> tuple[Summary, Sequence[InputRefused]]:
    """Count households and hold their incomes against the line; the second value are the files of a batch that were refused.

    ``line`` stands in for the pack's line; ``level`` is the narrowest place by which the summary is divided.

    Raises:
        FupinError: the command line, the pack, or every one of the files is refused, or none has a sheet of households.
    """
    given = _line(line)
    loaded = open_pack(request.rules, SUMMARY_PACK)
    standard = income_standard(loaded, given)
    files, refused = read_together(request, on_step)
    data = load_tables(files, request.sheets, standard.tables)
    if TABLE not in data.tables:
        raise InputRefused("tables-missing", command="summary", sheets=TABLES[TABLE].SHEETS[0])
    parameters = Parameters(loaded.pack, {})
    by = _places(level, data.tables[TABLE])
    blocks = summarize(standard, parameters, data.tables, request.as_of, by)
    # A line that the user gives is not the pack's.
    years = {
        block.year: block.size.households for block in blocks if block.year is not None and not block.place and given is None
    }
    away = [*refused, *data.refused]
    result = Summary(
        version=version(DISTRIBUTION),
        pack=loaded.pack,
        periods=parameters.periods(LINE) if given is None else (),
        line=given,
        as_of=request.as_of,
        inputs=data.inputs,
        problems=[*map(refusal, away), *data.problems, *outside(years, loaded.pack)],
        by=by,
        blocks=blocks,
    )
    return result, away


def _line(text: str | None) -> Decimal | None:
    value = plain_number("--line", text) if text is not None else None
    if value is not None and value <= 0:
        raise UsageRefused("line-not-positive", value=text)
    return value


def _places(level: str | None, table: Table) -> list[str]:
    """A level of places with the wider ones that the data says: villages of one name in two townships are two."""
    if level is None:
        return []
    wider = [name for name in PLACES[: PLACES.index(level)] if table.has(name)]
    return [*(name for name in wider if table.data.column(name).null_count < table.data.num_rows), level]
