"""What a command wrote, kept for a manifest where one is wanted. What makes it is loaded only then: most runs want none."""

import hashlib
import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import click

from fupin_cli.errors import ExitCode, FupinError

#: Where a command's context says that it is a run of the past.
RERUN = "fupin_cli.rerun"
To = Literal["file", "stdout", "terminal"]


@dataclass(frozen=True)
class Written:
    """A report that was written."""

    to: To
    form: str
    #: None: stdout.
    path: str | None
    #: Columns of a report for people.
    width: int | None
    size: int
    sha256: str


@dataclass
class Ledger:
    """What was written, with the hash of each; where nobody wants to know it, nothing is worked out."""

    wanted: bool = True
    outputs: list[Written] = field(default_factory=list)

    def counted(self, pieces: Iterable[bytes], form: str, output: str | None, width: int | None = None) -> Iterator[bytes]:
        """The pieces as they come; when the last has gone by, their hash is written down."""
        if not self.wanted:
            yield from pieces
            return
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        to: To = "file" if output is not None else "stdout"
        self.outputs.append(Written(to, form, output, width, size, digest.hexdigest()))

    def shown(self, text: str, form: str, width: int, *, terminal: bool) -> None:
        """A report that people see: on a terminal its text without colours."""
        data = text.encode("utf-8", "replace")
        to: To = "terminal" if terminal else "stdout"
        self.outputs.append(Written(to, form, None, width, len(data), hashlib.sha256(data).hexdigest()))


class Record(Protocol):
    """Makes the manifest of a run at its end."""

    @property
    def ledger(self) -> Ledger:
        """What was written."""

    def keep(self, answer: object, refused: Sequence[FupinError], code: ExitCode, *, quiet: bool) -> None:
        """Write the manifest, the last of all."""


def record_of(context: click.Context, given: Mapping[str, Any], inputs: Sequence[str]) -> Record | None:
    """What makes the manifest, if one is wanted; checked before any file is read.

    Raises:
        UsageRefused: the manifest is an input or another output, what it records is personal, or nobody could repeat the run.
    """
    if RERUN not in context.meta and given.get("manifest") is None:
        return None
    found: Record = importlib.import_module("fupin_cli.cli.recording").recorder(context, given, inputs)
    return found
