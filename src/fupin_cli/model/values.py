"""What a field may hold: its form, which knows its type in rules and how its cells are read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from fupin_cli.model import codes, readers
from fupin_cli.model.readers import Cell


class ValueType(StrEnum):
    """The types that the rule language knows."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    #: Of parameters only: texts, for the functions that look into a list.
    LIST = "list"


@dataclass(frozen=True)
class Form:
    """How a field is written and read: its type in rules, its reader, and what a template needs to know."""

    name: str
    type: ValueType
    read: Callable[[Cell], object]
    #: Allowed values of a code list; empty for open fields.
    codes: tuple[str, ...] = field(default=())

    def __call__(self, value: object) -> object:
        """Read a cell or a text: the function that pydantic runs before its own validation."""
        if value is None:
            return None
        cell = readers.cell_of(value)
        readers.refuse_damaged(cell)
        return None if readers.is_blank(cell) else self.read(cell)


TEXT = Form("text", ValueType.TEXT, readers.read_text)
KEY = Form("key", ValueType.TEXT, readers.read_key)
ID_NUMBER = Form("id-number", ValueType.TEXT, readers.read_id_number)
PHONE = Form("phone", ValueType.TEXT, readers.read_phone)
YES_NO = Form("yes-no", ValueType.BOOL, readers.read_yes_no)
NUMBER = Form("number", ValueType.NUMBER, readers.read_number)
PERCENT = Form("number", ValueType.NUMBER, readers.read_percent)
COUNT = Form("count", ValueType.NUMBER, readers.read_count)
YEAR = Form("year", ValueType.NUMBER, readers.read_year)
DATE = Form("date", ValueType.DATE, readers.read_date)
MONTH = Form("month", ValueType.TEXT, readers.read_month)
MONTH_OF_YEAR = Form("count", ValueType.NUMBER, readers.read_month_of_year)
PRESENCE = Form("yes-no", ValueType.BOOL, readers.read_presence)
BENEFIT = Form("yes-no", ValueType.BOOL, readers.worded(codes.BENEFITS_DRAWN, codes.NO_BENEFIT))
DANGEROUS_HOUSE = Form("yes-no", ValueType.BOOL, readers.worded(codes.DANGEROUS_HOUSES, codes.SAFE_HOUSES))
SAFE_HOUSE = Form("yes-no", ValueType.BOOL, readers.worded(codes.SAFE_HOUSES, codes.DANGEROUS_HOUSES))
ITEMS = Form("items", ValueType.TEXT, readers.coded_several(None))


def one_of(code_list: codes.CodeList) -> Form:
    """A field that holds one value of a list."""
    return Form("code", ValueType.TEXT, readers.coded(code_list.spellings()), code_list.values)


def several_of(code_list: codes.CodeList) -> Form:
    """A field that holds several values of a list, joined."""
    return Form("codes", ValueType.TEXT, readers.coded_several(code_list.spellings()), code_list.values)
