"""Conditions to SQL: portable, every identifier quoted, every operation three-valued."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import assert_never

from fupin_cli.model.parameter import ParameterValue, Period
from fupin_cli.model.tables import fields
from fupin_cli.rules.expression import (
    TRUE_OR_UNKNOWN,
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Junction,
    NameKind,
    Negation,
    Node,
    NullTest,
    Ref,
    children,
)
from fupin_cli.rules.functions import FUNCTIONS

_MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

#: Whether the left side must be the larger one for the comparison to hold.
_UPWARD = {">": True, ">=": True, "<": False, "<=": False}


_SQL_TYPES = {"text": "VARCHAR", "number": "DECIMAL(18, 6)", "bool": "BOOLEAN", "date": "DATE"}
_WHOLE = ("count", "year")


def sql_type(table: str, name: str) -> str:
    """The SQL type of a field."""
    form = fields(table)[name].form
    return "BIGINT" if is_whole_field(table, name) else _SQL_TYPES[form.type.value]


def quoted(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def number_literal(value: Decimal) -> str:
    """A number as exact SQL: whole numbers as integers, others as decimals, never a float."""
    if value == value.to_integral_value() and abs(value) < 10**12:
        return f"CAST({int(value)} AS BIGINT)"
    return f"CAST({value:f} AS DECIMAL(18, 6))"


def wide(sql: str, decimals: int = 6) -> str:
    """A number in the widest exact type."""
    return f"CAST({sql} AS DECIMAL(38, {decimals}))"


def is_whole_field(table: str, name: str) -> bool:
    """Whether a field holds whole numbers only."""
    return fields(table)[name].form.name in _WHOLE


def is_whole(node: Node, known: Callable[[Ref], bool]) -> bool:
    """Whether a number is surely whole, by those of its names that are."""
    match node:
        case Constant(value=Decimal() as value):
            return value == value.to_integral_value()
        case Ref():
            return known(node)
        case Arithmetic(left=left, right=right):
            return is_whole(left, known) and is_whole(right, known)
        case Call(function="nonzero", arguments=(part,)):
            return is_whole(part, known)
        case Call():
            # Days, years of age and lengths; every other function gives no number.
            return True
        case _:
            return False


def _has_product(node: Node) -> bool:
    return (isinstance(node, Arithmetic) and node.sign == "*") or any(_has_product(child) for child in children(node))


def value_literal(value: ParameterValue) -> str:
    """A parameter's value as SQL: a number, or a list as it is shown."""
    return number_literal(value) if isinstance(value, Decimal) else text_literal(",".join(value))


def parameter_sql(
    periods: tuple[Period, ...],
    year: str,
    place: str | None,
    write: Callable[[ParameterValue], str] = value_literal,
    kind: str = "",
) -> str:
    """The value in force at the end of a row's year, or what ``write`` makes of it; NULL where none is, or no year is known."""
    kind = kind or ("DECIMAL(18, 6)" if all(isinstance(period.value, Decimal) for period in periods) else "VARCHAR")
    if any(period.source is None for period in periods):
        return f"CAST({write(periods[0].value)} AS {kind})"
    branches: list[str] = []
    for period in sorted(periods, key=lambda p: p.where is None):
        condition = f"{year} >= {period.first}"
        if period.last is not None:
            condition += f" AND {year} <= {period.last}"
        if period.where is not None:
            condition += f" AND {place} = {text_literal(period.where)}"
        elif place is not None:
            # A value for all other places still needs a known place: an unknown one might have a value of its own.
            condition += f" AND {place} IS NOT NULL"
        branches.append(f"WHEN {condition} THEN {write(period.value)}")
    if not branches:
        return f"CAST(NULL AS {kind})"
    return f"CAST(CASE {' '.join(branches)} END AS {kind})"


@dataclass(frozen=True)
class Writer:
    """Writes conditions of one scope."""

    #: SQL of a name: a column, a parameter's value.
    name: Callable[[Ref], str]
    #: SQL that is TRUE where a field is surely blank, FALSE where it has a value, NULL where that is not known.
    blank: Callable[[str], str]
    #: Field → SQL of (given value, dividend, divisor) for fields that may be a quotient.
    quotients: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    #: SQL of a function's value → the column that holds it already.
    calls: Mapping[str, str] = field(default_factory=dict)
    #: SQL of a condition about a list parameter: what the function makes of the list in force.
    over_list: Callable[[Ref, Callable[[ParameterValue], str]], str] | None = None
    #: Whether a name stands for a whole number.
    whole: Callable[[Ref], bool] = lambda _: False

    def write(self, node: Node) -> str:
        """The SQL of a condition, in parentheses where it is not atomic."""
        match node:
            case Constant(value=value):
                return self.constant(value)
            case Ref():
                return self.name(node)
            case Junction(word=word, parts=parts):
                return "(" + f" {word} ".join(self.write(part) for part in parts) + ")"
            case Negation(part=part):
                return f"(NOT {self.write(part)})"
            case Compare(sign=sign, left=left, right=right):
                return self.comparison(sign, left, right)
            case Among(item=item, options=options):
                return f"({self.write(item)} IN ({', '.join(self.write(option) for option in options)}))"
            case Arithmetic():
                return self.arithmetic(node)
            case NullTest(ref=ref):
                return self.blank(ref.name)
            case Call():
                sql = self.call(node)
                return self.calls.get(sql, sql)
            case _:
                raise TypeError(node)

    def call(self, node: Call) -> str:
        """The SQL of a function over its arguments."""
        function = FUNCTIONS[node.function]
        if function.over_list is None:
            return function.sql.format(*(self.write(argument) for argument in node.arguments))
        text, *lists = node.arguments
        return self.listed(partial(function.over_list, self.write(text)), lists)

    def listed(self, make: Callable[..., str], lists: Sequence[Node]) -> str:
        """The SQL over the items of the lists in force, one list after the other."""
        if not lists:
            return make()
        first, *others = lists
        if self.over_list is None or not isinstance(first, Ref):
            raise TypeError(first)
        return self.over_list(first, lambda items: self.listed(partial(make, items), others))

    @staticmethod
    def constant(value: Decimal | str | bool) -> str:
        """A literal as SQL."""
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case str():
                return text_literal(value)
            case Decimal():
                return number_literal(value)
            case _:
                assert_never(value)

    def arithmetic(self, node: Arithmetic) -> str:
        """A sum, difference or product of numbers or days."""
        write = self.factor if node.sign == "*" else self.write
        return f"({write(node.left)} {node.sign} {write(node.right)})"

    def factor(self, node: Node) -> str:
        """A number as a factor, wide enough that no product of two sensible values overflows, nor of four whole ones."""
        # A product already has more decimals than six; casting it once more would round it.
        if _has_product(node):
            return self.write(node)
        # Whole numbers keep all digits before the point: with six decimals each, four of them would leave fourteen.
        return wide(self.write(node), 0 if is_whole(node, self.whole) else 6)

    def comparison(self, sign: str, left: Node, right: Node) -> str:
        """A comparison; one with a quotient is cross-multiplied, because a quotient cannot be exact."""
        if isinstance(right, Ref) and right.kind is NameKind.FIELD and right.name in self.quotients:
            return self.comparison(_MIRRORED[sign], right, left)
        other = self.write(right)
        if isinstance(left, Ref) and left.kind is NameKind.FIELD and left.name in self.quotients:
            given, dividend, divisor = self.quotients[left.name]
            whole = f"{dividend} {sign} {self.factor(right)} * {wide(divisor)}"
            return f"(CASE WHEN {given} IS NOT NULL THEN {given} {sign} {other} ELSE {whole} END)"
        return f"({self.write(left)} {sign} {other})"

    def margin(self, node: Node) -> str | None:
        """By how much a single comparison of numbers or days is met; negative where it is missed.

        With a quotient it is the margin of the dividend: whoever shows it divides by the divisor. What only leaves a comparison
        open takes nothing from it; where it does leave it open there is none, since such figures cannot both be right.
        """
        if isinstance(node, Junction) and node.word == "AND":
            asked = [part for part in node.parts if not (isinstance(part, Call) and part.function == TRUE_OR_UNKNOWN)]
            margin = self.margin(asked[0]) if len(asked) == 1 else None
            return f"(CASE WHEN {self.write(node)} IS NOT NULL THEN {margin} END)" if margin is not None else None
        if not isinstance(node, Compare) or node.sign not in _UPWARD:
            return None
        left, right = (node.left, node.right) if _UPWARD[node.sign] else (node.right, node.left)
        for side in (left, right):
            if isinstance(side, Ref) and side.kind is NameKind.FIELD and side.name in self.quotients:
                given, dividend, divisor = self.quotients[side.name]
                limit = right if side is left else left
                short, long = f"{given} - {self.write(limit)}", f"{dividend} - {self.factor(limit)} * {wide(divisor)}"
                margin = f"(CASE WHEN {given} IS NOT NULL THEN {short} ELSE {long} END)"
                return margin if side is left else f"(-{margin})"
        return f"({self.write(left)} - {self.write(right)})"
