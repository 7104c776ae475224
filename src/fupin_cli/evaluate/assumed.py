"""What ``--assume`` puts in the place of blanks, and what nobody may assume."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.joins import KEY, YEAR
from fupin_cli.evaluate.sql import number_literal, text_literal
from fupin_cli.model.columns import Column
from fupin_cli.model.nearest import nearest
from fupin_cli.model.tables import TABLES, fields, nearest_field
from fupin_cli.model.values import ValueType


def assumed_literals(table: str, assumptions: Mapping[str, str]) -> dict[str, str]:
    """What stands in for blanks of a table's fields, as SQL.

    Raises:
        UsageRefused: an assumption names no field of the table, or cannot be read.
    """
    declared = fields(table)
    literals: dict[str, str] = {}
    for name, text in assumptions.items():
        if name not in declared:
            raise UsageRefused("field-unknown", name=name, nearest=nearest_field(name, declared))
        if name in _identity(table):
            raise UsageRefused("assume-identity", name=name)
        try:
            value = declared[name].adapter.validate_python(text)
        except ValueError:
            raise _unreadable(declared[name], text) from None
        match value:
            case None:
                raise _unreadable(declared[name], text)
            case bool():
                literals[name] = "TRUE" if value else "FALSE"
            case int() | Decimal():
                literals[name] = number_literal(Decimal(value))
            case date():
                literals[name] = f"DATE '{value.isoformat()}'"
            case _:
                literals[name] = text_literal(str(value))
    return literals


def _identity(table: str) -> tuple[str, ...]:
    """The fields that say which subject a row is."""
    return (*TABLES[table].KEY, YEAR, KEY)


def _unreadable(column: Column, text: str) -> UsageRefused:
    """The refusal of a value, with those that there are where a list has them."""
    known = ("是", "否") if column.type is ValueType.BOOL else column.form.codes
    if not known:
        return UsageRefused("assume-unreadable", name=column.name, value=text, label=column.label)
    return UsageRefused(
        "assume-not-listed",
        name=column.name,
        value=text,
        label=column.label,
        nearest=nearest(text, known),
        known="、".join(known),
    )
