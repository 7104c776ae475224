"""Worked cases of a standard: given facts, and what they must come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.cited import Name, PlainDate, PlainInt, Said, Strict

#: What stands in a suggested case where a person has to decide.
OPEN = "???"
#: The name of a cell: a field, or last year's (``previous.`` before it).
CellName = Annotated[str, Field(pattern=rf"^({re.escape(PREVIOUS)})?[a-z][a-z0-9_]*$")]


class Expected(Strict):
    """What a worked case must come to."""

    outcome: Name
    possible: Sequence[Name] = ()
    missing: Sequence[Said] = ()
    checks: Mapping[Name, Literal["pass", "fail", "unknown", "not_applicable"]] = Field(default_factory=dict)


class Case(Strict):
    """A worked case: given facts and the verdict they must have, readable by someone who does not program."""

    name: Said
    year: PlainInt | None = None
    as_of: PlainDate | None = None
    #: Parameter → value that the user would give with ``--set``.
    settings: Mapping[Name, Said] = Field(default_factory=dict, alias="set")
    #: Table → field → value as a sheet would say it; a list where there are several rows.
    given: Mapping[Name, Mapping[CellName, str] | Sequence[Mapping[CellName, str]]]
    #: Which row of the judged table the expectation is about, counted from 0.
    subject: Annotated[PlainInt, Field(ge=0)] = 0
    expect: Expected

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.year is None and self.as_of is None:
            raise PydanticCustomError("pack-case-undated", "pack-case-undated")
        return self

    def rows(self, table: str) -> Sequence[Mapping[str, str]]:
        """The rows that it gives to a table."""
        given = self.given.get(table, ())
        return [given] if isinstance(given, Mapping) else given

    @property
    def judged_in(self) -> int:
        """The year whose parameters count: the record's own, else that of the day of judgement."""
        return self.year if self.year is not None else self.as_of.year if self.as_of is not None else 0


@dataclass(frozen=True)
class CaseOutcome:
    """A case that was judged, and where it came to something else than it must."""

    case: Case
    #: (what, expected, found) for each difference; empty when the case holds.
    differences: tuple[tuple[str, str, str], ...]
