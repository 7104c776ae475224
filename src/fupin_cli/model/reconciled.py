"""What ``fupin reconcile`` found: each declared figure beside what its parts come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.problem import Address, Problem

#: ``invalid``: what should be compared is written so that it means nothing.
Agreement = Literal["agrees", "differs", "undetermined", "invalid"]
AGREEMENTS: tuple[Agreement, ...] = ("agrees", "differs", "undetermined", "invalid")
#: Why a figure is not known: nothing stands there, no sheet says it, it cannot be read, it is not as many as the members' rows,
#: nobody gave the table, rows of it are missing.
GapReason = Literal["blank", "absent", "unreadable", "conflict", "table", "rows"]


@dataclass(frozen=True)
class Gap:
    """Something whose absence leaves a figure open."""

    reason: GapReason
    #: Table and field; the field is empty where the whole table or some of its rows are missing.
    table: str
    name: str
    count: int
    #: The first of the cells.
    cells: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a row means nothing: words of the catalogue, the cell, and the character in it."""

    code: str
    facts: Mapping[str, str]
    where: Address
    #: 1-based; 0 where the cell as a whole is meant.
    position: int


@dataclass(frozen=True)
class Compared:
    """One declared number and what its parts come to, both in the same unit."""

    unit: str
    declared: Fraction
    #: What the parts may come to; None where that has no end.
    low: Fraction | None
    high: Fraction | None
    agreement: Agreement
    #: Which figure of a series it is.
    place: int = 0
    #: How far the roundings of the parts reach beyond ``low`` and ``high``: relation 约 without a tolerance.
    rounded_low: Fraction | None = None
    rounded_high: Fraction | None = None

    @property
    def exact(self) -> Fraction | None:
        """What the parts come to, where nothing of it is unknown."""
        return self.low if self.low == self.high else None

    @property
    def difference(self) -> Fraction | None:
        """Declared less computed."""
        return None if self.exact is None else self.declared - self.exact


@dataclass(frozen=True)
class Reconciled:
    """A row of the sheet and what came of it."""

    item: str
    where: Address
    #: Field of the row → its cell.
    cells: Mapping[str, Address]
    #: Field of the row → what stands in it.
    given: Mapping[str, str]
    agreement: Agreement
    #: One for each number of the declared figure: households and people, the years of a series.
    compared: Sequence[Compared] = ()
    gaps: Sequence[Gap] = ()
    fault: Fault | None = None


@dataclass(frozen=True)
class Reconciliation:
    """Everything that a report may say about a run."""

    version: str
    inputs: Sequence[InputSummary]
    problems: Sequence[Problem]
    rows: Sequence[Reconciled] = field(default_factory=tuple)

    def counts(self) -> dict[Agreement, int]:
        """How many rows came to each end."""
        return {name: sum(row.agreement == name for row in self.rows) for name in AGREEMENTS}

    def agrees(self) -> bool:
        """Whether every declared figure agrees with its parts."""
        return all(row.agreement == "agrees" for row in self.rows)
