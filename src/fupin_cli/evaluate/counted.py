"""How many come to each outcome, and nothing else: what a sweep asks again and again of the same tables."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pyarrow as pa

from fupin_cli.engines import duck
from fupin_cli.evaluate.assumed import assumed_literals
from fupin_cli.evaluate.layers import needs
from fupin_cli.evaluate.query import JOINED, Query, build_query
from fupin_cli.evaluate.run import as_written, relation
from fupin_cli.evaluate.sql import quoted
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.sweep import Tally
from fupin_cli.model.tables import Table
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Equal counts may be of different subjects: an exclusive or over them tells groups apart, in whatever order they come.
_GROUPED = 'SELECT "outcome", COUNT(*) AS "count", BIT_XOR(HASH("_i")) AS "who" FROM ({verdicts}) GROUP BY "outcome"'


def tallies(
    standard: ReadyStandard,
    tables: Mapping[str, Table],
    as_of: date | None,
    assumptions: Mapping[str, str],
    moved: Sequence[Parameters],
) -> Iterator[Tally]:
    """The outcomes of one standard under each of these parameters; only the first and the last need differ in what they move.

    It is the query that gives verdicts, asked for nothing but the outcome. Where no fact about other rows looks at the parameter,
    these are joined once and the rest is asked for each value.
    """
    given = {name: as_written(table) for name, table in tables.items()} if standard.is_quality else tables
    relations = {name: relation(table) for name, table in given.items() if name in standard.tables}
    assumed = assumed_literals(standard.subject, assumptions)

    def query(parameters: Parameters) -> Query:
        return build_query(standard, parameters, given, as_of, assumed, only=("outcome",))

    first = query(moved[0])
    known = _in_common(first, query(moved[-1]))
    if known:
        relations = {JOINED: _joined(known, needs(_verdicts(first, len(known))), relations)}
    for parameters in moved:
        yield _tally(standard, _verdicts(query(parameters), len(known)), relations)


def _in_common(first: Query, last: Query) -> Sequence[str]:
    """The relations up to the one in which other rows are joined, where they are the same for both; else none.

    A parameter stands in a query by its value, so a relation that is the same at two values does not look at it.
    """
    end = next(place for place, one in enumerate(first.relations, 1) if one.startswith(f"{JOINED} AS"))
    return first.relations[:end] if first.relations[:end] == last.relations[:end] else ()


def _joined(known: Sequence[str], wanted: set[str], relations: Mapping[str, pa.Table]) -> pa.Table:
    """What the relations come to, as far as anything that follows looks at it."""
    joined = f"WITH {', '.join(known)} SELECT {{columns}} FROM {JOINED}"
    there = duck.run(joined.format(columns="*") + " LIMIT 0", relations).column_names
    return duck.run(joined.format(columns=", ".join(quoted(name) for name in there if name in wanted)), relations)


def _verdicts(query: Query, known: int) -> str:
    """The query from the first relation on that is not known already."""
    return f"WITH {', '.join(query.relations[known:])} SELECT {', '.join([quoted('_i'), *query.shown])} FROM {query.last}"


def _tally(standard: ReadyStandard, verdicts: str, relations: Mapping[str, pa.Table]) -> Tally:
    found = {row["outcome"]: row for row in duck.run(_GROUPED.format(verdicts=verdicts), relations).to_pylist()}
    order = [name for name in (*standard.standard.outcomes, UNDETERMINED, NOT_APPLICABLE) if name in found]
    return Tally({name: found[name]["count"] for name in order}, {name: found[name]["who"] for name in order})
