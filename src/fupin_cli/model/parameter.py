"""The numbers and lists of a rule pack: dated, cited, or left to the user."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fupin_cli.model.cited import Amount, Citation, Name, PlainDate, Said, Strict, Title, said

#: Units that a parameter can have; the catalogue has the words for them. A ``list`` has items in place of a number; ``percent``
#: is a share of a whole, ``percent-growth`` may be below nothing and beyond the whole.
Unit = Literal[
    "yuan", "yuan-person-year", "yuan-household-year", "person", "day", "month", "year-of-age", "mu", "kilometre", "digit",
    "list", "percent", "step", "household", "time", "fold", "month-day",
    "10k-yuan-year", "piece", "item", "year", "percent-growth",
]  # fmt: skip
#: What a parameter can be: a number, or a list of texts.
ParameterValue = Decimal | tuple[str, ...]


def _one_item(value: str) -> str:
    # In a cell these are what stands between items.
    if re.search(r"[,;、，；]", value):
        raise PydanticCustomError("pack-item", "pack-item")
    return said(value)


Item = Annotated[str, AfterValidator(_one_item)]


class DatedValue(Strict):
    """A number or list from one day on, with its citation, or its origin and the word that it is unconfirmed."""

    start: PlainDate = Field(alias="from")
    end: PlainDate | None = Field(default=None, alias="to")
    value: Amount | None = None
    items: tuple[Item, ...] | None = None
    #: With a parameter's ``by``: the field's value that this number is for; absent for all others.
    where: Said | None = None
    cite: Citation | None = None
    status: Literal["unconfirmed"] | None = None
    origin: Said | None = None

    @property
    def content(self) -> ParameterValue:
        """The number, or the items of a list."""
        return self.items if self.value is None and self.items is not None else self.value or Decimal(0)

    @model_validator(mode="after")
    def _traceable(self) -> Self:
        if (self.value is None) == (not self.items):
            raise PydanticCustomError("pack-value-shape", "pack-value-shape")
        if self.cite is None and (self.status is None or self.origin is None):
            raise PydanticCustomError("pack-value-uncited", "pack-value-uncited")
        if self.end is not None and self.end < self.start:
            raise PydanticCustomError("pack-dates-reversed", "pack-dates-reversed")
        return self


class Parameter(Strict):
    """A number or list of the law: by date, perhaps by place, or to be given by the user."""

    title: Title
    unit: Unit
    #: Field of the subject whose value chooses among ``where``.
    by: Name | None = None
    #: ``required``: the document names it without a number, so the user gives it with ``--set``.
    value: Literal["required"] | None = None
    values: Sequence[DatedValue] = ()
    cite: Citation | None = None
    reading: Said | None = None

    @property
    def is_list(self) -> bool:
        """Whether it has items in place of a number."""
        return self.unit == "list"

    @model_validator(mode="after")
    def _has_numbers(self) -> Self:
        if (self.value is None) == (not self.values):
            raise PydanticCustomError("pack-parameter-valueless", "pack-parameter-valueless")
        if self.value is not None and self.cite is None:
            raise PydanticCustomError("pack-value-uncited", "pack-value-uncited")
        if any((value.items is not None) != self.is_list for value in self.values):
            raise PydanticCustomError("pack-value-shape", "pack-value-shape")
        if any(value.where for value in self.values) and self.by is None:
            raise PydanticCustomError("pack-where-without-by", "pack-where-without-by")
        return self


@dataclass(frozen=True)
class Period:
    """A parameter's value and the years at whose end it is in force; ``last`` None means until further notice."""

    first: int
    last: int | None
    where: str | None
    value: ParameterValue
    source: DatedValue | None

    def covers(self, year: int) -> bool:
        """Whether it is in force at the end of a year."""
        return self.first <= year and (self.last is None or year <= self.last)
