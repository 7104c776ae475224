"""Sheets and files for the tests of cells to tables."""

from collections.abc import Sequence

from fupin_cli.load.cells.grid import Grid
from fupin_cli.model.cells import Kind, Merge, Sheet, SourceFile

Row = Sequence[str | None]


def sheet_of(
    *rows: Row, name: str = "表", merged: Sequence[Merge] = (), hidden_rows: Sequence[int] = (), start: int = 1
) -> Sheet:
    """A sheet of text cells; ``None`` is a blank one."""
    grid = Grid(name)
    for number, row in enumerate(rows, start):
        grid.add_row(number, {at: (text, int(Kind.TEXT)) for at, text in enumerate(row) if text is not None})
    made = grid.sheet()
    return Sheet(made.name, made.hidden, made.rows, made.columns, merged, frozenset(hidden_rows))


def file_of(*sheets: Sheet, path: str = "名册.xlsx") -> SourceFile:
    """A file that holds these sheets."""
    return SourceFile(path, "0" * 64, "xlsx", "", sheets)
