"""The console that reports are printed on."""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

_NARROWEST, _UNKNOWN = 40, 120
#: What the log of a workflow on GitHub takes for a command: such a line, or such a mark anywhere. No text of ours has either.
_COMMAND = re.compile(r"^\s*(?=::)|##(?=\[)")


def make_console(*, to_file: bool = False, width: int | None = None) -> Console:
    """A console that colours only a terminal, and is never narrower than a line can be read.

    ``width``: as many columns as somebody else's; None for those of here.
    """
    if not to_file and hasattr(sys.stdout, "reconfigure"):
        # A Windows console or a C locale must not turn Chinese into an error.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    plain = to_file or bool(os.environ.get("NO_COLOR"))
    # A file is no terminal, wherever the run was started.
    never = False if to_file else None
    console = Console(
        no_color=plain, highlight=False, emoji=False, markup=False, legacy_windows=never, force_terminal=never, width=width
    )
    if width is None and not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _UNKNOWN
    console.width = max(console.width, _NARROWEST)
    return console


@dataclass(frozen=True)
class Page:
    """What a report prints."""

    text: str
    #: Columns.
    width: int
    #: Whether it is for a terminal: with colours, unless nobody wants them.
    terminal: bool


def page(printing: Callable[[Console], None], *, to_file: bool = False, width: int | None = None) -> Page:
    """What a report prints. Only a terminal gets colours, and only there may a line end in blanks."""
    console = make_console(to_file=to_file, width=width)
    with console.capture() as captured:
        printing(console)
    text = captured.get()
    if not console.is_terminal:
        # A line may begin within a cell: text from the data is never a command.
        text = "".join(f"{_COMMAND.sub(_shown, line.rstrip())}\n" for line in text.splitlines())
    return Page(text, console.width, console.is_terminal)


def _shown(command: re.Match[str]) -> str:
    return f"{command[0]}\ufffd"


def show(printing: Callable[[Console], None]) -> Page:
    """Print a report on stdout."""
    found = page(printing)
    sys.stdout.write(found.text)
    sys.stdout.flush()
    return found
