"""Problems: what could not be read, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fupin_cli.errors import FupinError

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, order=True)
class Address:
    """A cell in an input, a whole row where the letter is empty, a whole sheet where the row is 0."""

    #: Index of the file among the inputs.
    input: int
    sheet: str
    row: int
    letter: str

    @property
    def tells(self) -> bool:
        """Whether a value can be looked up there: in a cell, or by going through a whole sheet."""
        return bool(self.letter) or not self.row

    def __str__(self) -> str:
        """``户!F7``; ``F7`` in a file without sheets; ``户!7`` for a row; ``户`` for the whole sheet."""
        if not self.row:
            return self.sheet
        cell = f"{self.letter}{self.row}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


@dataclass(frozen=True)
class Problem:
    """Something in the data that could not be taken as it stands. The value is then missing; the row is never dropped."""

    #: Key of its words in the catalogue.
    code: str
    severity: Severity
    where: Address | None = None
    #: The table and field it belongs to, empty for a file or sheet as a whole.
    table: str = ""
    name: str = ""
    #: What stood in the cell, unmasked: reports mask it. Empty where there is nothing to show.
    value: str = ""
    #: Whether the value is personal data by its field.
    sensitive: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    #: A second cell, where two disagree.
    other: Address | None = None
    #: Whether a whole file is lost by it: one of several that was refused, so that no verdict covers it.
    refuses: bool = False


def refusal(error: FupinError) -> Problem:
    """A file of a batch that was refused, as every report tells it: a report of the others alone would look like one of all."""
    return Problem(error.code, "error", facts={name: str(fact) for name, fact in error.facts.items()}, refuses=True)
