"""The workbooks in a folder: what ``fupin`` reads of it, and what it leaves out."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.look import SUFFIXES
from fupin_cli.model.located import Located, place_of, written_of
from fupin_cli.model.problem import Problem

#: Files that a program keeps beside an open one, and hidden ones.
_ASIDE = ("~$", ".")
#: A text beside workbooks is a note; whoever means it names it.
_NOTES = frozenset({".txt"})


@dataclass(frozen=True)
class Found:
    """The files of a command line, folders opened."""

    files: Sequence[str]
    #: Folders that cannot be opened, or have no workbook.
    refused: Sequence[InputRefused] = ()
    #: What was left out of folders.
    notes: Sequence[Problem] = field(default_factory=list)


def workbooks(paths: Sequence[str]) -> Found:
    """Files as they are, and of a folder every workbook by its suffix, in the order of their names.

    A folder within a folder is not opened: last year's or a copy would put every county in twice. It is told.
    """
    files: list[str] = []
    refused: list[InputRefused] = []
    notes: list[Problem] = []
    for path in paths:
        place = place_of(path)
        if not os.path.isdir(place):  # noqa: PTH112 - a path with a NUL in it is no folder, and no error here
            files.append(path)
            continue
        try:
            entries = sorted(Path(place).iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            refused.append(InputRefused("folder-unreadable", path=path, reason=error.strerror or type(error).__name__))
            continue
        books = [entry for entry in entries if is_workbook(entry)]
        if not books:
            refused.append(InputRefused("folder-without-workbooks", path=path))
        files += [_written(written_of(path), book) for book in books]
        notes += _left_out(path, [entry for entry in entries if entry not in books])
    return Found(files, refused, notes)


def _written(folder: str, entry: Path) -> str:
    """A file of a folder, called as the folder is."""
    return Located(str(Path(folder) / entry.name), str(entry)) if isinstance(folder, Located) else str(entry)


def is_workbook(entry: Path) -> bool:
    """Whether something in a folder is a file that is read without being named."""
    return not entry.name.startswith(_ASIDE) and entry.suffix.lower() in SUFFIXES - _NOTES and not entry.is_dir()


def _left_out(path: str, entries: Sequence[Path]) -> Iterator[Problem]:
    seen = [entry for entry in entries if not entry.name.startswith(_ASIDE)]
    folders = [entry for entry in seen if entry.is_dir()]
    if folders:
        facts = {"path": path, "count": str(len(folders)), "first": str(Path(path) / folders[0].name)}
        yield Problem("folders-within", "warning", facts=facts)
    if len(seen) > len(folders):
        yield Problem("files-left-out", "info", facts={"path": path, "count": str(len(seen) - len(folders))})
