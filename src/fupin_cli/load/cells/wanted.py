"""Which sheets of a file are to be read."""

from collections.abc import Callable, Sequence

from fupin_cli.errors import InputRefused
from fupin_cli.model.cells import Sheet

#: Takes a finished sheet; a reader hands them on one by one, so that a workbook is never in memory as a whole.
Send = Callable[[Sheet], None]

#: More sheets than this are no workbook that a person made.
MAX_SHEETS = 1024


def check_names(names: Sequence[str], wanted: Sequence[str] | None) -> None:
    """Refuse sheets that are too many, that share a name, or that are wanted and not there."""
    if len(names) > MAX_SHEETS:
        raise InputRefused("workbook-too-many-sheets", limit=MAX_SHEETS)
    if len({*names}) != len(names):
        raise InputRefused("workbook-damaged", where="sheets")
    missing = [name for name in wanted or () if name not in names]
    if missing:
        raise InputRefused("sheet-not-found", sheet=missing[0], sheets="、".join(names))
