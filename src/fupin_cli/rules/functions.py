"""The functions of the rule language: each a template of portable SQL that gives NULL when an argument is NULL."""

from collections.abc import Mapping
from dataclasses import dataclass

from fupin_cli.model.values import ValueType


@dataclass(frozen=True)
class Function:
    """A function with the types it takes and gives."""

    arguments: tuple[ValueType, ...]
    result: ValueType
    #: ``{0}``, ``{1}`` stand for the arguments' SQL, already in parentheses where needed.
    sql: str


def _day_number(argument: str) -> str:
    # 20180501 for 2018-05-01: whole years lie between two such numbers exactly when a birthday has been reached.
    return f"(EXTRACT(YEAR FROM {argument}) * 10000 + EXTRACT(MONTH FROM {argument}) * 100 + EXTRACT(DAY FROM {argument}))"


FUNCTIONS: Mapping[str, Function] = {
    #: Completed years of age of someone born on the first day, on the second; unknown for someone not yet born.
    "age_on": Function(
        (ValueType.DATE, ValueType.DATE),
        ValueType.NUMBER,
        f"CASE WHEN {{0}} <= {{1}} THEN CAST(FLOOR(({_day_number('{1}')} - {_day_number('{0}')}) / 10000.0) AS BIGINT) END",
    ),
    #: Days from the first day to the second; 0 for the same day, negative when the second is earlier.
    "days_between": Function((ValueType.DATE, ValueType.DATE), ValueType.NUMBER, "({1} - {0})"),
}
