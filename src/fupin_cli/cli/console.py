"""The console that reports are printed on."""

import os
import sys
from collections.abc import Callable

from rich.console import Console

_NARROWEST, _UNKNOWN = 40, 120


def make_console(*, to_file: bool = False) -> Console:
    """A console that colours only a terminal, and is never narrower than a line can be read."""
    if not to_file and hasattr(sys.stdout, "reconfigure"):
        # A Windows console or a C locale must not turn Chinese into an error.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    plain = to_file or bool(os.environ.get("NO_COLOR"))
    console = Console(no_color=plain, highlight=False, emoji=False, markup=False, legacy_windows=False if to_file else None)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _UNKNOWN
    console.width = max(console.width, _NARROWEST)
    return console


def printed(printing: Callable[[Console], None], *, to_file: bool = False) -> str:
    """What a report prints, as text. Only a terminal gets colours, and only there may a line end in blanks."""
    console = make_console(to_file=to_file)
    with console.capture() as captured:
        printing(console)
    if console.is_terminal:
        return captured.get()
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def show(printing: Callable[[Console], None]) -> None:
    """Print a report on stdout."""
    sys.stdout.write(printed(printing))
    sys.stdout.flush()
