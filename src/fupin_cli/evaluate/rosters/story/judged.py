"""The households of every year judged by the law of a year, of their own or of another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.engines import duck
from fupin_cli.evaluate.assumed import assumed_literals
from fupin_cli.evaluate.doubt import take_subjects
from fupin_cli.evaluate.query import build_query
from fupin_cli.evaluate.rosters.story.households import KEY, YEAR
from fupin_cli.evaluate.run import judge, relation
from fupin_cli.evaluate.stacked import take_rows
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Rules
from fupin_cli.model.story import Law
from fupin_cli.model.tables import Table
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

_SUBJECT = "household"


@dataclass(frozen=True)
class YearLaw:
    """A standard of households with its numbers, by which one or several years are judged."""

    standard: ReadyStandard
    parameters: Parameters

    @property
    def key(self) -> str:
        """What tells the standard from others: its pack and its name. Its numbers may be of different years."""
        return f"{self.parameters.pack.sha256}/{self.standard.name}"

    def same_text(self, other: "YearLaw") -> bool:
        """Whether two years are judged by one standard of one pack."""
        return self.key == other.key

    def told(self) -> Law:
        """What reports say of it."""
        used, pack = set(self.standard.parameters()), self.parameters.pack
        return Law(
            self.standard.standard, Rules(pack, {name: self.parameters.periods(name) for name in pack.parameters if name in used})
        )

    def differing(self, before: int, other: "YearLaw", after: int) -> tuple[str, ...]:
        """The numbers that the standards look at and that are not the same at the end of both years."""
        pairs = ((self, before), (other, after))
        values = [{name: law.parameters.in_force(name, year) for name in law.standard.parameters()} for law, year in pairs]
        return tuple(name for name in dict.fromkeys([*values[0], *values[1]]) if values[0].get(name) != values[1].get(name))


@dataclass(frozen=True)
class Judge:
    """Judges the households of stacked years; what one is judged by does not depend on who else is looked at."""

    tables: Mapping[str, Table]
    as_of: date | None = None
    assumptions: Mapping[str, str] = field(default_factory=dict)

    def outcomes(self, law: YearLaw) -> pa.Array:
        """What every household of every year comes to by a law, with the numbers of its own year."""
        return self._asked(law.standard, law.parameters, self.tables)

    def outcomes_instead(self, law: YearLaw, rows: Sequence[int], instead: Mapping[int, int]) -> pa.Array:
        """What these rows come to by a law with the numbers of other years: year of a row → year of the numbers."""
        few, origins = self._few(law.standard, rows)
        found = self._asked(law.standard, replace(law.parameters, instead=instead), few)
        return found.take(_positions(rows, origins))

    def judged(self, law: YearLaw, rows: Sequence[int]) -> tuple[StandardResult, pa.Array]:
        """Whole verdicts on these rows, with everything behind them, and where each of them stands in the result."""
        few, origins = self._few(law.standard, rows)
        result = judge(law.standard, law.parameters, few, self.as_of, self.assumptions)
        return result, _positions(rows, origins)

    def _few(self, standard: ReadyStandard, rows: Sequence[int]) -> tuple[dict[str, Table], list[int]]:
        """The tables with these households only, and the row that each remaining one had.

        Rows of others are left out where they surely belong to others: where they are found by 户编号, in a year that all state.
        """
        few, origins = take_subjects(self.tables, _SUBJECT, rows)
        if few[_SUBJECT].has(KEY):
            numbers = pc.unique(few[_SUBJECT].data.column(KEY))
            facts = [ready for ready in standard.facts.values() if ready.fact.over is not None]
            for name in {str(ready.fact.over) for ready in facts} & set(few) - {_SUBJECT}:
                own = few[name].data
                found = all(ready.on is None for ready in facts if ready.fact.over == name)
                if found and own.num_rows and {KEY, YEAR} <= {*own.column_names} and not own.column(YEAR).null_count:
                    few[name] = take_rows(few[name], pc.indices_nonzero(pc.is_in(own.column(KEY), value_set=numbers)).to_pylist())
        return few, origins

    def _asked(self, standard: ReadyStandard, parameters: Parameters, tables: Mapping[str, Table]) -> pa.Array:
        wanted = {standard.standard.subject, *(ready.fact.over for ready in standard.facts.values())}
        assumed = assumed_literals(_SUBJECT, self.assumptions)
        query = build_query(standard, parameters, tables, self.as_of, assumed, only=("outcome",))
        relations = {name: relation(table) for name, table in tables.items() if name in wanted}
        found = duck.run(query.verdicts, relations)
        return found.sort_by("_i").column("outcome").combine_chunks()


def _positions(rows: Sequence[int], origins: Sequence[int]) -> pa.Array:
    """Where each of the rows stands among those that were taken."""
    places = {origin: place for place, origin in enumerate(origins)}
    return pa.array([places[row] for row in rows], pa.int64())
