"""Files written whole or not at all, readable by their owner only, never over an input."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from fupin_cli.errors import OutputRefused, UsageRefused


def refuse_input_as_output(output: str, inputs: Sequence[str]) -> None:
    """Refuse an output that is one of the inputs by any name: another path, a link, other letter case.

    Raises:
        UsageRefused: it is.
    """
    target = Path(output)
    for path in map(Path, inputs):
        try:
            same = target.samefile(path)
        except OSError:
            same = False
        # On a file system that ignores case the file may not exist under this very name.
        if same or os.path.realpath(target).casefold() == os.path.realpath(path).casefold():
            raise UsageRefused("output-is-input", path=output)


def write_file(output: str, pieces: Iterable[str]) -> None:
    """Write a text to a new file that takes the old one's place only when it is complete.

    Raises:
        OutputRefused: the folder is missing or may not be written, the disk is full, the file is open elsewhere.
    """
    target = Path(output)
    temporary = None
    try:
        # mkstemp gives 0600 and a name nobody else has; in the same folder, so that the last step is a rename.
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or ".")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            for piece in pieces:
                stream.write(piece.encode("utf-8", "replace").decode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
        temporary = None
    except OSError as error:
        raise OutputRefused("output-unwritable", path=output, reason=error.strerror or type(error).__name__) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
