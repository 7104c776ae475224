"""One subject of a result, made for what is shown: its verdict, and for each check the values, cells, threshold and margin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from fupin_cli.model.pack import Check
from fupin_cli.model.problem import Address

Status = Literal["pass", "fail", "unknown", "not_applicable"]
STATUSES: tuple[Status, ...] = ("pass", "fail", "unknown", "not_applicable")
Reason = Literal["blank", "absent", "unreadable", "conflict", "rows", "parameter"]
Value = Decimal | int | str | bool | date | None


def in_a_cell(value: Value) -> str:
    """A value among several, as a sheet says it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Source:
    """A fact that can take a field's place, and the fields it comes from."""

    fact: str
    #: Fields of the subject itself.
    fields: tuple[str, ...]
    #: Table of the rows it looks at; empty for a fact of the subject's own fields.
    over: str = ""
    #: Whether the first fields divided by the last give the field's value.
    quotient: bool = False
    #: Fields of the member rows.
    members: tuple[str, ...] = ()
    #: All fields of the member rows that it looks at: also those that say which rows are meant.
    asked: tuple[str, ...] = ()
    #: The facts over rows that a fact of the subject's own fields comes from.
    behind: tuple["Source", ...] = ()

    def over_rows(self) -> Iterator["Source"]:
        """The facts over rows in it: itself, or those behind it."""
        yield from (self,) if self.over else self.behind


@dataclass(frozen=True)
class Look:
    """A name that a check's requirement looks at."""

    name: str
    kind: Literal["field", "fact", "parameter"]
    unit: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Missing:
    """Something that would help to settle an undetermined subject."""

    #: A field; ``person.x`` in a member's row; a parameter's name.
    name: str
    reason: Reason
    cells: tuple[Address, ...] = ()


@dataclass(frozen=True)
class CheckView:
    """One check of one subject, with everything needed to retrace it."""

    name: str
    check: Check
    status: Status
    observed: Mapping[str, Value]
    cells: Mapping[str, tuple[Address, ...]]
    #: Observed names without a value → why there is none.
    absent: Mapping[str, Reason]
    #: Of a list parameter its items, joined by commas.
    threshold: Mapping[str, Decimal | str | None]
    #: By how much it is met (negative: missed), rounded down to the cent; None unless the check is one comparison.
    margin: Decimal | None
    #: Whether the value is exactly the threshold, before any rounding.
    at_limit: bool
    unit: str


@dataclass(frozen=True)
class SubjectView:
    """The verdict on one subject by one standard."""

    index: int
    id: str
    #: The household number as given; empty where the row has none and is known by its place.
    key: str
    name: str
    year: int | None
    where: Address
    outcome: str
    possible: tuple[str, ...]
    missing: tuple[Missing, ...]
    #: Index of the decision row that gave the outcome; None where it is not settled.
    row: int | None
    checks: tuple[CheckView, ...]
