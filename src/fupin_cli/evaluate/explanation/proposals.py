"""One cell otherwise: which value it would take, whether anybody could make it so, and how that is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from fupin_cli.evaluate.explanation.numbers import Term, number_of
from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace
from fupin_cli.evaluate.explanation.steps import Option, Step
from fupin_cli.evaluate.explanation.worlds import Cell
from fupin_cli.model.changeable import is_fixed, is_identity
from fupin_cli.model.explanation import Turn
from fupin_cli.model.tables import TABLES, Table, fields
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import Value
from fupin_cli.rules.expression import Comparison

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Proposer:
    """Makes changes of cells in a subject's near tables."""

    tables: Mapping[str, Table]
    as_of: date | None
    #: Whether facts that nobody can change may be put right, too.
    corrects: bool = False

    def allows(self, place: SubjectPlace | RowPlace, name: str) -> bool:
        """Whether a field may be changed."""
        table = place.table.name
        if is_identity(table, name):
            return False
        return self.corrects or not is_fixed(table, name, self.standing(place, name))

    def standing(self, place: SubjectPlace | RowPlace, name: str) -> Value:
        """What the file says in a cell, whatever was tried there."""
        home = self.tables[place.table.name]
        value: Value = home.data.column(name)[place.at % home.data.num_rows].as_py() if home.has(name) else None
        return value

    def value(self, place: SubjectPlace | RowPlace, name: str, wanted: Value) -> list[Option]:
        """A cell with just this value."""
        return self._option(place, name, wanted) if self.allows(place, name) else []

    def one_of(self, place: SubjectPlace | RowPlace, name: str, values: Sequence[Value], *, wanted: bool) -> list[Option]:
        """A cell with one of these values, or, of a list of codes, with one of the others."""
        declared = fields(place.table.name)[name]
        allowed = list(values) if wanted else [code for code in declared.form.codes if code not in values]
        if not allowed or not self.allows(place, name) or declared.form.name not in ("code", "text", "items"):
            return []
        first, *others = allowed
        return self._option(place, name, first, instead=tuple(others))

    def anything(self, place: SubjectPlace | RowPlace, name: str, day: date) -> list[Option]:
        """A blank cell with something in it."""
        declared = fields(place.table.name)[name]
        if not self.allows(place, name):
            return []
        match declared.type:
            case ValueType.DATE:
                return self._option(place, name, day, sign=">=")
            case ValueType.BOOL:
                return [*self._option(place, name, True), *self._option(place, name, False)]
        codes = declared.form.codes
        return self._option(place, name, codes[0], instead=codes[1:]) if codes else []

    def number(self, term: Term, number: Fraction, sign: Comparison, heads: Fraction | None) -> Iterator[Option]:
        """A number or day with another value, and by how much that differs."""
        by, each, before = None, None, number_of(self.standing(term.place, term.name))
        if before is not None:
            by = _decimal(number - before)
            if heads and term.through and abs(heads) != 1:
                each = _decimal(abs(number - before) / heads).quantize(_CENT, ROUND_CEILING)
        through = term.through if by is not None else ""
        bound = {">": ">=", "<": "<="}.get(sign, sign)
        told = ">=" if bound == ">=" else "<=" if bound == "<=" else "="
        yield from self._option(
            term.place, term.name, term.shown(number), sign=told, by=by if not term.is_day else None, through=through, each=each
        )

    def today(self, year: int | None) -> date:
        """The day of judgement."""
        return self.as_of or date(year or date.min.year, 12, 31)

    def _option(
        self,
        place: SubjectPlace | RowPlace,
        name: str,
        value: Value,
        *,
        sign: str = "=",
        instead: tuple[Value, ...] = (),
        by: Decimal | None = None,
        through: str = "",
        each: Decimal | None = None,
    ) -> list[Option]:
        table, row = place.table.name, place.at % self.tables[place.table.name].data.num_rows
        home = self.tables[table]
        before = self.standing(place, name)
        column = TABLES[table].NAME
        who = (
            str(home.data.column(column)[row].as_py() or "")
            if isinstance(place, RowPlace) and column and home.has(column)
            else ""
        )
        turn = Turn(
            table, row, name, home.address(row, name), before, value, sign=sign, instead=instead,  # type: ignore[arg-type]
            by=by, through=through, each=each, who=who, fixed=is_fixed(table, name, before),
        )  # fmt: skip
        return [(Step(Cell(table, row, name), value, turn),)]


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
