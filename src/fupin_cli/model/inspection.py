"""What files hold and what is made of it, sheet by sheet and column by column: what one looks at when something seems wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fupin_cli.errors import InputRefused
from fupin_cli.model.inputs import RowCounts
from fupin_cli.model.problem import Problem

#: Why a sheet was not read: nobody asked for it, it is hidden, its header names nothing known, no row stands under it, or the
#: whole file was refused.
SheetState = Literal["read", "not-chosen", "hidden", "unknown", "empty", "bare", "refused"]
#: Why a column is no field: nothing like it is known, a register has it and no rule needs it, or no header stands above it.
Unused = Literal["", "unknown", "register", "headless"]


@dataclass(frozen=True)
class ColumnReport:
    """One column of a sheet."""

    letter: str
    #: The header as the sheet writes it.
    header: str
    #: The table and field it was taken for; empty where it is none.
    table: str = ""
    name: str = ""
    unused: Unused = ""
    #: The known header most like an unknown one.
    nearest: str = ""
    #: Records in which nothing stands in this column.
    blank: int = 0
    #: Errors and warnings about its cells.
    problems: int = 0


@dataclass(frozen=True)
class SheetReport:
    """One sheet."""

    name: str
    hidden: bool
    state: SheetState
    #: Rows with anything in them.
    filled: int
    #: The tables it gives rows to.
    tables: Sequence[str] = ()
    #: The register's generation, ``template``, or empty for a layout of somebody's own.
    layout: str = ""
    #: First and last row of the header; 0 where none was found.
    header_rows: tuple[int, int] = (0, 0)
    rows: RowCounts | None = None
    #: Reason → how many rows were skipped for it.
    skipped: Mapping[str, int] | None = None
    hidden_rows: int = 0
    merged: int = 0
    columns: Sequence[ColumnReport] = ()


@dataclass(frozen=True)
class FileReport:
    """One file."""

    path: str
    sha256: str
    format: str
    encoding: str
    sheets: Sequence[SheetReport]
    problems: Sequence[Problem]
    #: Why the file cannot be checked, where it cannot.
    refusal: InputRefused | None = None


@dataclass(frozen=True)
class Inspection:
    """All files that could be opened, in the order in which they were given."""

    files: Sequence[FileReport]
