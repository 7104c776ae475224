"""What was read: files, their sheets, and where every row went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fupin_cli.errors import InputRefused
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import Table


@dataclass(frozen=True)
class RowCounts:
    """Where the rows of a sheet went. ``read == decided + quarantined + skipped``, always."""

    read: int
    decided: int
    quarantined: int
    skipped: int

    def __post_init__(self) -> None:
        if self.read != self.decided + self.quarantined + self.skipped:
            raise AssertionError(f"rows lost: {self}")

    def __add__(self, other: "RowCounts") -> "RowCounts":
        return RowCounts(
            self.read + other.read,
            self.decided + other.decided,
            self.quarantined + other.quarantined,
            self.skipped + other.skipped,
        )


@dataclass(frozen=True)
class SheetSummary:
    """A sheet that was read, and what it was taken for."""

    name: str
    table: str
    header_row: int
    rows: RowCounts


@dataclass(frozen=True)
class InputSummary:
    """A file that was read."""

    path: str
    sha256: str
    format: str
    encoding: str
    sheets: Sequence[SheetSummary]

    @property
    def rows(self) -> RowCounts:
        """The rows of all its sheets."""
        return sum((sheet.rows for sheet in self.sheets), RowCounts(0, 0, 0, 0))


@dataclass(frozen=True)
class Loaded:
    """Everything that a run has to judge, and everything that went wrong while reading it."""

    tables: Mapping[str, Table]
    inputs: Sequence[InputSummary]
    problems: Sequence[Problem]
    #: Files of a batch that were refused; the others went on.
    refused: Sequence[InputRefused] = ()
