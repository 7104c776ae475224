"""How many come to each outcome, and nothing else: what a sweep asks again and again of the same tables."""

from collections.abc import Mapping
from datetime import date

from fupin_cli.engines import duck
from fupin_cli.evaluate.assumed import assumed_literals
from fupin_cli.evaluate.query import build_query
from fupin_cli.evaluate.run import as_written, relation
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.sweep import Tally
from fupin_cli.model.tables import Table
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard


class OutcomeCounter:
    """Counts the outcomes of one standard over tables that stay the same, under parameters that do not.

    It is the query that gives verdicts, asked for nothing but the outcome: the engine leaves out all that this does not rest on,
    which makes a value of the parameter several times faster than a report.
    """

    def __init__(
        self, standard: ReadyStandard, tables: Mapping[str, Table], as_of: date | None, assumptions: Mapping[str, str]
    ) -> None:
        self._standard, self._as_of = standard, as_of
        self._tables = {name: as_written(table) for name, table in tables.items()} if standard.is_quality else tables
        self._relations = {name: relation(table) for name, table in self._tables.items() if name in standard.tables}
        self._assumed = assumed_literals(standard.subject, assumptions)

    def tally(self, parameters: Parameters) -> Tally:
        """The outcomes under these parameters."""
        query = build_query(self._standard, parameters, self._tables, self._as_of, self._assumed, only=("outcome",))
        # Equal counts may be of different subjects: an exclusive or over them tells groups apart, in whatever order they come.
        grouped = (
            f'SELECT "outcome", COUNT(*) AS "count", BIT_XOR(HASH("_i")) AS "who" FROM ({query.verdicts}) GROUP BY "outcome"'
        )
        found = {row["outcome"]: row for row in duck.run(grouped, self._relations).to_pylist()}
        order = [name for name in (*self._standard.standard.outcomes, UNDETERMINED, NOT_APPLICABLE) if name in found]
        return Tally({name: found[name]["count"] for name in order}, {name: found[name]["who"] for name in order})
