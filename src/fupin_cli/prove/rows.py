"""One row of another table, as a condition about rows sees it."""

from collections.abc import Sequence

import z3

from fupin_cli.model.parameter import ParameterValue
from fupin_cli.model.tables import fields
from fupin_cli.prove.terms import Quotient
from fupin_cli.prove.truth import UNKNOWN, Three
from fupin_cli.prove.value import Value
from fupin_cli.prove.world import Cell, World
from fupin_cli.rules.expression import NameKind, Ref

YEAR = "year"


def year_of(world: World, table: str) -> Value:
    """The year of a subject; unknown for a table that has none."""
    if YEAR in fields(table):
        content = world.cell(table, YEAR).content
        if isinstance(content, Value):
            return content
    return Value(z3.Bool("year known"), z3.Int("year"))


class Row:
    """A row of a table that belongs to a subject."""

    def __init__(self, world: World, subject: str, over: str, which: str = "row ") -> None:
        self.world, self.subject, self.over, self.which = world, subject, over, which

    def name(self, ref: Ref) -> Value | Three:
        """A field of the row; parameters and the day of judgement are the subject's."""
        year = year_of(self.world, self.subject)
        match ref.kind:
            case NameKind.PARAMETER:
                return self.world.number(ref.name, year, self._place(ref.name))
            case NameKind.AS_OF:
                return self.world.as_of(year)
            case _:
                return self.cell(ref.name).content

    def cell(self, name: str) -> Cell:
        """The cell of a field."""
        return self.world.cell(self.over, name, self.which)

    def blank(self, field: str) -> Three:  # noqa: ARG002  # conditions about rows cannot ask for blanks
        """Nothing is said of blanks in rows."""
        return UNKNOWN

    def quotient(self, ref: Ref) -> Quotient | None:  # noqa: ARG002  # rows have none
        """Rows have no value per head."""
        return None

    def in_force(self, ref: Ref) -> Sequence[tuple[z3.BoolRef, ParameterValue]] | None:
        """When each value of a list is the one that counts."""
        periods = self.world.periods(ref.name)
        year = year_of(self.world, self.subject)
        return None if periods is None else self.world.in_force(periods, year, self._place(ref.name))

    def _place(self, parameter: str) -> Value | None:
        by = self.world.parameters.pack.parameters[parameter].by
        content = self.world.cell(self.subject, by).content if by is not None else None
        return content if isinstance(content, Value) else None
