"""A bar on the terminal while files are read, gone before anything else is said."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn

from fupin_cli.load.cells.several import OnStep, Step
from fupin_cli.messages import Lang, say

#: A single file of this size takes some seconds to read.
LARGE = 5 << 20


@contextlib.contextmanager
def reading_bar(files: Sequence[str], lang: Lang, *, quiet: bool) -> Iterator[OnStep | None]:
    """What to call after each file, or None where no bar belongs: in a pipe, on a dumb terminal, for one small file."""
    console = Console(file=sys.stderr, highlight=False, emoji=False, markup=False)
    if quiet or not sys.stderr.isatty() or console.is_dumb_terminal or not worth_a_bar(files):
        yield None
        return
    progress = Progress(*_columns(files), console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    task = progress.add_task("", total=None)

    def show(step: Step) -> None:
        words = say("progress-reading", lang, files=step.files, all=step.files_in_all)
        # How far a single file is cannot be told: its bar only moves.
        total = step.size_in_all if step.files_in_all > 1 else None
        progress.update(task, description=words, completed=step.size, total=total)
        progress.start()
        if step.last:
            progress.stop()

    try:
        yield show
    finally:
        progress.stop()


def worth_a_bar(files: Sequence[str]) -> bool:
    """Several files, or a large one."""
    if len(files) > 1:
        return True
    with contextlib.suppress(OSError, ValueError):
        return Path(files[0]).stat().st_size > LARGE
    return False


def _columns(files: Sequence[str]) -> tuple[ProgressColumn, ...]:
    share = (TextColumn("{task.percentage:>3.0f} %", markup=False),) if len(files) > 1 else ()
    return (TextColumn("{task.description}", markup=False), BarColumn(), *share, TimeElapsedColumn())
