"""What a formula asks of a roster: 户数(...), 人数(...), 村数(...), 合计(...)."""

from collections.abc import Iterator
from dataclasses import dataclass

from fupin_cli.evaluate.reconcile.condition import Vocabulary, read_condition, vocabulary
from fupin_cli.evaluate.reconcile.formula import Call
from fupin_cli.evaluate.reconcile.units import Unit, multiplied, unit_of
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import Arithmetic, Constant, Node, Ref, names
from fupin_cli.rules.scope import ExpressionError

#: The tables of each function: the first is the one whose rows are counted, a second one joined to it. The first set whose labels
#: are enough is taken.
_TABLES = {
    "户数": (("household",),),
    "人数": (("household",), ("person", "household")),
    "村数": (("village",),),
    "合计": (("household",), ("person", "household"), ("village",), ("fund",)),
}
#: The units of fields, as figures write them.
_WORDS = {
    "yuan": "元", "yuan-household-year": "元", "yuan-person-year": "元/人", "10k-yuan": "万元", "10k-yuan-year": "万元",
    "person": "人", "household": "户", "village": "村", "month": "月", "mu": "亩", "square-metre": "平方米", "kilometre": "公里",
    "piece": "个", "item": "项", "day": "天", "time": "次", "percent": "%",
}  # fmt: skip
_COUNTED = {"household": "户", "person": "人", "village": "村"}
_UNKNOWN_NAME = "expression-name-unknown"


@dataclass(frozen=True)
class Asked:
    """A count or a sum over the rows of a table."""

    #: The table whose rows are counted, and those joined to it.
    tables: tuple[str, ...]
    #: Which rows; None for all.
    condition: Node | None
    #: What is summed; None for the rows themselves.
    value: Node | None
    #: Sum the persons of each household.
    persons: bool
    unit: Unit | None
    words: Vocabulary

    def places(self) -> list[tuple[str, str]]:
        """The fields that it looks at, as table and field."""
        refs = [ref for node in (self.condition, self.value) if node is not None for ref in names(node)]
        found = [self.words.places[ref.name] for ref in refs]
        return list(dict.fromkeys([*found, *([("household", MEMBER_COUNT)] if self.persons else [])]))


def ask(call: Call) -> Asked:
    """What a call asks.

    Raises:
        ExpressionError: a name that no table has, or something that the rule language does not allow.
    """
    refusal: ExpressionError | None = None
    for tables in _TABLES[call.function]:
        try:
            return _asked(call, tables)
        except ExpressionError as error:
            # A name that is not here may be in the next table; what is known there longest is what is meant.
            if error.code != _UNKNOWN_NAME:
                raise
            if refusal is None or error.offset > refusal.offset:
                refusal = error
    raise refusal if refusal is not None else AssertionError(call.function)


def _asked(call: Call, tables: tuple[str, ...]) -> Asked:
    words = vocabulary(tables)
    value, condition = None, (call.inside, call.condition)
    if call.function == "合计":
        first, *rest = _arguments(call)
        if len(rest) > 1:
            raise ExpressionError("formula-arguments", rest[1][0], name=call.function)
        value = _read(first, words, ValueType.NUMBER)
        condition = rest[0] if rest else (call.inside, "")
    where = _read(condition, words, ValueType.BOOL) if condition[1].strip() else None
    persons = call.function == "人数" and tables[0] == "household"
    counted = "人" if persons else _COUNTED.get(tables[0], "")
    unit = _unit(value, words, call.offset) if value is not None else unit_of(counted)
    return Asked(tables, where, value, persons, unit, words)


def _read(text: tuple[int, str], words: Vocabulary, expected: ValueType) -> Node:
    try:
        return read_condition(text[1], words, expected)
    except ExpressionError as error:
        raise ExpressionError(error.code, error.offset + text[0], **error.facts) from None


def _arguments(call: Call) -> list[tuple[int, str]]:
    """The arguments of a call, each with the character at which it starts."""
    found = list(_split(call.condition))
    if not found[0][1].strip():
        raise ExpressionError("formula-arguments", call.inside, name=call.function)
    return [(call.inside + start, text) for start, text in found]


def _split(text: str) -> Iterator[tuple[int, str]]:
    depth, start, quoted = 0, 0, False
    for index, character in enumerate(text):
        quoted ^= character in "'\"" or character in "“”‘’"
        depth += not quoted and (character == "(") - (character == ")")
        if character == "," and not depth and not quoted:
            yield start, text[start:index]
            start = index + 1
    yield start, text[start:]


def _unit(node: Node, words: Vocabulary, offset: int) -> Unit | None:
    """The unit of a sum; None for a bare number.

    Raises:
        ExpressionError: two fields are added that do not count the same.
    """
    match node:
        case Ref(name=name):
            table, field = words.places[name]
            return unit_of(_WORDS.get(fields(table)[field].unit, ""))
        case Arithmetic(sign="*", left=left, right=right):
            one, other = _unit(left, words, offset), _unit(right, words, offset)
            if one is None or other is None:
                return one or other
            return Unit("", multiplied(one.dimension, other.dimension, 1), one.factor * other.factor)
        case Arithmetic(left=left, right=right):
            one, other = _unit(left, words, offset), _unit(right, words, offset)
            if isinstance(left, Constant) or isinstance(right, Constant):
                return one or other
            if (one and (one.dimension, one.factor)) != (other and (other.dimension, other.factor)):
                first, second = (unit.word if unit is not None else "" for unit in (one, other))
                raise ExpressionError("units-mixed", offset, first=first, second=second)
            return one
        case _:
            return None
