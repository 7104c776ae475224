"""Texts written whole or not at all, and never over an input."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from fupin_cli.errors import UsageRefused
from fupin_cli.files import write_whole
from fupin_cli.model.located import place_of
from fupin_cli.rules.locate import HEAD


def refuse_input_as_output(output: str, inputs: Sequence[str]) -> None:
    """Refuse an output that is one of the inputs by any name: another path, a link, other letter case; or a file of a pack.

    Raises:
        UsageRefused: it is.
    """
    target = Path(output)
    folder = Path(os.path.realpath(target)).parent
    if target.suffix.lower() == ".yaml" and target.exists() and any((one / HEAD).exists() for one in (folder, folder.parent)):
        raise UsageRefused("output-is-input", path=output)
    if any(is_same_file(output, path) for path in inputs):
        raise UsageRefused("output-is-input", path=output)


def is_same_file(one: str, other: str) -> bool:
    """Whether two paths lead to one file, be it there or not: by another path, a link, other letter case."""
    one, other = place_of(one), place_of(other)
    try:
        same = Path(one).samefile(other)
    except OSError:
        same = False
    # On a file system that ignores case the file may not exist under this very name.
    return same or os.path.realpath(one).casefold() == os.path.realpath(other).casefold()


def write_file(output: str, pieces: Iterable[str]) -> None:
    """Write a text to a new file that takes the old one's place only when it is complete.

    Raises:
        OutputRefused: the folder is missing or may not be written, the disk is full, the file is open elsewhere.
    """
    write_whole(output, (piece.encode("utf-8", "replace") for piece in pieces))
