"""The functions of the rule language: each a template of portable SQL that gives NULL when an argument is NULL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fupin_cli.model import codes
from fupin_cli.model.text import fold
from fupin_cli.model.values import ValueType
from fupin_cli.rules import idnumbers
from fupin_cli.rules.expression import TRUE_OR_UNKNOWN


@dataclass(frozen=True)
class Function:
    """A function with the types it takes and gives."""

    arguments: tuple[ValueType, ...]
    result: ValueType
    #: ``{0}``, ``{1}`` stand for the arguments' SQL, already in parentheses where needed.
    sql: str = ""
    #: The values that it can give, where those are few: a literal beside it must be one of them.
    codes: tuple[str, ...] = ()
    #: Whether the last argument is a literal, one of the codes of the first.
    takes_code: bool = False
    #: For a function whose further arguments are lists: the SQL over the first argument's SQL and the items of each.
    over_list: Callable[..., str] | None = None


def _day_number(argument: str) -> str:
    # 20180501 for 2018-05-01: whole years lie between two such numbers exactly when a birthday has been reached.
    return f"(EXTRACT(YEAR FROM {argument}) * 10000 + EXTRACT(MONTH FROM {argument}) * 100 + EXTRACT(DAY FROM {argument}))"


def _written(items: Sequence[str]) -> list[str]:
    """The items as SQL texts between commas; also folded, because a field of items is kept folded."""
    both = dict.fromkeys(spelling for item in items for spelling in (item, fold(item)))
    return ["'," + item.replace("'", "''") + ",'" for item in both]


def _has_any(argument: str, items: Sequence[str]) -> str:
    found = " OR ".join(f"POSITION({item} IN ',' || {argument} || ',') > 0" for item in _written(items))
    return f"({found})"


def _has_only(argument: str, items: Sequence[str]) -> str:
    # Every comma doubled, so that each item has its own two: nothing is left when all known ones are taken out.
    rest = f"',' || REPLACE({argument}, ',', ',,') || ','"
    for item in _written(items):
        rest = f"REPLACE({rest}, {item}, '')"
    return f"({rest} = '')"


def _has_any_known(argument: str, wanted: Sequence[str], known: Sequence[str]) -> str:
    return f"(CASE WHEN {_has_any(argument, wanted)} THEN TRUE WHEN {_has_only(argument, known)} THEN FALSE END)"


_TEXT = (ValueType.TEXT,)
_LISTED = (ValueType.TEXT, ValueType.LIST)

FUNCTIONS: Mapping[str, Function] = {
    #: Completed years of age of someone born on the first day, on the second; unknown for someone not yet born.
    "age_on": Function(
        (ValueType.DATE, ValueType.DATE),
        ValueType.NUMBER,
        f"CASE WHEN {{0}} <= {{1}} THEN CAST(FLOOR(({_day_number('{1}')} - {_day_number('{0}')}) / 10000.0) AS BIGINT) END",
    ),
    #: Days from the first day to the second; 0 for the same day, negative when the second is earlier.
    "days_between": Function((ValueType.DATE, ValueType.DATE), ValueType.NUMBER, "({1} - {0})"),
    #: Whether the first 18 characters of an identity number have the checksum of GB 11643.
    "valid_id_number": Function(_TEXT, ValueType.BOOL, idnumbers.valid()),
    #: The birth date in an identity number; unknown where there is no such day, whatever the checksum says.
    "birth_date_of_id": Function(_TEXT, ValueType.DATE, idnumbers.birth_date()),
    #: Whether the digits of an identity number that say the birth date are a day that the calendar has.
    "real_day_in_id": Function(_TEXT, ValueType.BOOL, idnumbers.real_day()),
    #: 男 or 女 as an identity number says.
    "sex_of_id": Function(_TEXT, ValueType.TEXT, idnumbers.sex(), codes=codes.SEX.values),
    #: The first 18 characters of an identity number: those that are the person's own.
    "id_person": Function(_TEXT, ValueType.TEXT, idnumbers.person()),
    #: Two texts as one, for rows that belong together only where both are the same; no text has the character between them.
    "pair_of": Function((ValueType.TEXT, ValueType.TEXT), ValueType.TEXT, "({0} || CHR(31) || {1})"),
    #: A day as a number that orders as days do: 20181231.
    "date_number": Function((ValueType.DATE,), ValueType.NUMBER, f"CAST({_day_number('{0}')} AS BIGINT)"),
    #: A number, but unknown where it is 0: of nobody asked there is no share.
    "nonzero": Function((ValueType.NUMBER,), ValueType.NUMBER, "NULLIF({0}, 0)"),
    #: A condition that is never false: where it does not hold, nothing is known.
    TRUE_OR_UNKNOWN: Function((ValueType.BOOL,), ValueType.BOOL, "(CASE WHEN {0} THEN TRUE END)"),
    #: How many characters a text has.
    "length_of": Function(_TEXT, ValueType.NUMBER, "CAST(CHAR_LENGTH({0}) AS BIGINT)"),
    #: Whether an item is in a list of items joined by commas.
    "has_item": Function(
        (ValueType.TEXT, ValueType.TEXT),
        ValueType.BOOL,
        "(POSITION(',' || {1} || ',' IN ',' || {0} || ',') > 0)",
        takes_code=True,
    ),
    #: Whether one of the items of a text, joined by commas, is in a list.
    "has_any_item": Function(_LISTED, ValueType.BOOL, over_list=_has_any),
    #: Whether every item of a text, joined by commas, is in a list.
    "only_items": Function(_LISTED, ValueType.BOOL, over_list=_has_only),
    #: Whether one of the items is in the first list; unknown where none is, but one is not in the second list either.
    "has_any_known_item": Function((*_LISTED, ValueType.LIST), ValueType.BOOL, over_list=_has_any_known),
}
