"""Files written whole or not at all, readable by their owner only."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fupin_cli.errors import OutputRefused


def write_whole(output: str, pieces: Iterable[bytes]) -> None:
    """Write a new file that takes the old one's place only when it is complete.

    Raises:
        OutputRefused: the folder is missing or may not be written, the disk is full, the file is open elsewhere.
    """
    target = Path(output)
    temporary = None
    try:
        # mkstemp gives 0600 and a name nobody else has; in the same folder, so that the last step is a rename.
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or ".")
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
        temporary = None
    except OSError as error:
        raise OutputRefused("output-unwritable", path=output, reason=error.strerror or type(error).__name__) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
