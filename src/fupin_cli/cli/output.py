"""Where a report goes: the terminal, a pipe or a file, in the format that was asked for."""

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from fupin_cli.cli.console import printed, show
from fupin_cli.errors import UsageRefused
from fupin_cli.report.options import Options
from fupin_cli.report.write import write_file

_Result = TypeVar("_Result")
#: The format for people; every other one is text for machines.
TABLE = "table"


def format_of(form: str | None, output: str | None, known: Iterable[str]) -> str:
    """The format: as asked for, else by the suffix of the file.

    Raises:
        UsageRefused: the suffix tells none.
    """
    if form is not None or output is None:
        return form or TABLE
    suffix = Path(output).suffix.removeprefix(".").lower()
    found = TABLE if suffix == "txt" else suffix
    if found not in known:
        raise UsageRefused("usage-suffix", path=output)
    return found


def limit_of(text: str) -> int:
    """How many lines a terminal gets.

    Raises:
        UsageRefused: it is no number.
    """
    if not (text.isascii() and text.isdigit()):
        raise UsageRefused("usage-limit", value=text)
    return int(text)


def deliver(
    result: _Result,
    options: Options,
    form: str,
    output: str | None,
    printing: Callable[[_Result, Options, Console], None],
    texts: Mapping[str, Callable[[_Result, Options], Iterable[str]]],
) -> None:
    """Write a report where it belongs."""
    if form == TABLE:
        onto = partial(printing, result, options)
        if output is None:
            show(onto)
        else:
            write_file(output, [printed(onto, to_file=True)])
        return
    pieces = texts[form](result, options)
    if output is not None:
        write_file(output, pieces)
        return
    # Bytes, so that neither the locale nor the platform's line ends change the result.
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
