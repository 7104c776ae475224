"""Values of a field that are worth trying: what conditions compare it with, the neighbours of that, and what cases use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from fupin_cli.model.case import Case
from fupin_cli.model.columns import Column
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.rules.conditions import Tree, trees
from fupin_cli.rules.expression import Among, Call, Compare, Constant, NameKind, Node, Ref, children, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: A field of a table.
Cell = tuple[str, str]
#: Something that no reader of numbers, dates, codes, yes and no understands, and no list has as an item.
UNREADABLE = "看不清"
#: Most values of a field that are taken from the cases, from a code list, from the conditions; most items of one list.
_FROM_CASES, _CODES, _COMPARED, _ITEMS = 8, 12, 24, 2
_CENT = Decimal("0.01")
_MANY = Decimal(100000)
_LONGEST_LIFE = 130


class Landmarks:
    """The values to try, of the fields that one standard looks at."""

    def __init__(self, standard: ReadyStandard, parameters: Parameters, cases: Sequence[Case]) -> None:
        self.standard, self.parameters = standard, parameters
        #: What conditions compare a field with: numbers, texts.
        self.compared: dict[Cell, dict[Decimal | str, None]] = {}
        self.used: dict[Cell, dict[str, None]] = {}
        for tree in trees(standard):
            self._look(tree, tree.node)
        for case in cases:
            for table in case.given:
                for row in case.rows(table):
                    for name, text in row.items():
                        self.used.setdefault((table, name), {}).setdefault(text)

    def values(self, cell: Cell, row: Mapping[str, str], year: int) -> list[str]:
        """Texts to write into a cell, as a sheet says them: each something else than what stands there."""
        column = fields(cell[0])[cell[1]]
        compared = list(islice(self.compared.get(cell, {}), _COMPARED))
        made = ["", *_of_form(column, compared, row, cell[0], year), *islice(self.used.get(cell, {}), _FROM_CASES), UNREADABLE]
        return [text for text in dict.fromkeys(made) if text != row.get(cell[1])]

    def _look(self, tree: Tree, node: Node) -> None:
        """Note what stands beside each field of a condition."""
        if isinstance(node, Compare | Among) or (isinstance(node, Call) and node.type is ValueType.BOOL):
            beside = list(dict.fromkeys(self._values_in(node)))
            for ref in names(node):
                for name in self._behind(ref) if not tree.over else ([ref.name] if ref.kind is NameKind.FIELD else []):
                    self.compared.setdefault((tree.over or self.standard.subject, name), {}).update(dict.fromkeys(beside))
        for part in children(node):
            self._look(tree, part)

    def _behind(self, ref: Ref) -> list[str]:
        """The subject's own fields that a name comes from."""
        if ref.kind is NameKind.FIELD:
            return [ref.name]
        ready = self.standard.facts.get(ref.name) if ref.kind is NameKind.FACT else None
        if ready is None or ready.fact.over is not None:
            return []
        return [name for inner in names(ready.node) for name in self._behind(inner)]

    def _values_in(self, node: Node) -> Iterator[Decimal | str]:
        match node:
            case Constant(value=Decimal() | str() as value):
                yield value
            case Ref(name=name, kind=NameKind.PARAMETER):
                if name in self.parameters.chosen or self.parameters.pack.parameters[name].value is None:
                    for period in self.parameters.periods(name):
                        yield from period.value[:_ITEMS] if isinstance(period.value, tuple) else (period.value,)
        for part in children(node):
            yield from self._values_in(part)


def _of_form(column: Column, compared: Sequence[Decimal | str], row: Mapping[str, str], table: str, year: int) -> Iterator[str]:
    """What a field of this form could hold."""
    numbers = [value for value in compared if isinstance(value, Decimal)]
    match column.type:
        case ValueType.BOOL:
            yield from ("是", "否")
        case ValueType.DATE:
            yield from map(date.isoformat, _days(numbers, row, table, year))
        case ValueType.NUMBER:
            step = Decimal(1) if column.form.name in ("count", "year") else _CENT
            near = [value + shift for value in numbers for shift in (0, -step, step)]
            for value in (*near, Decimal(0), Decimal(1), _MANY):
                if value == value.to_integral_value() or step == _CENT:
                    yield f"{value.normalize():f}"
        case _:
            yield from (value for value in compared if isinstance(value, str))
            yield from column.form.codes[:_CODES]
            yield "某项"


def _days(numbers: Sequence[Decimal], row: Mapping[str, str], table: str, year: int) -> Iterator[date]:
    """Days around the others of the row, and around birthdays and distances that conditions ask for."""
    end, one = date(year, 12, 31), timedelta(days=1)
    whole = [int(value) for value in numbers if value == value.to_integral_value()]
    yield from (end, date(year, 6, 30), date(year, 1, 1), end + one)
    for age in whole:
        if 0 <= age < _LONGEST_LIFE:
            yield from (date(year - age, 12, 31), date(year - age, 12, 31) + one, date(year - age - 1, 12, 31))
    for other in _dates_in(row, table):
        yield from (other, other - one, other + one, *(other + timedelta(days=d) for n in whole for d in (n, n - 1, n - 2)))
    for number in whole:
        if 100 < number < 1232:
            month, day = divmod(number, 100)
            if 1 <= month <= 12 and 1 <= day <= 28:
                yield from (date(year, month, day), date(year, month, day) + one)


def _dates_in(row: Mapping[str, str], table: str) -> Iterable[date]:
    for name, text in row.items():
        if fields(table)[name].type is ValueType.DATE:
            try:
                yield date.fromisoformat(text)
            except ValueError:
                continue
