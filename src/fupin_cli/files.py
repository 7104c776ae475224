"""Files written whole or not at all, readable by their owner only; several of one run all together or none of them."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from fupin_cli.errors import OutputRefused

#: So much of a file's name goes into that of its temporary one: a file system has a longest name.
_MOST = 40
_DEVICES = Path("/dev")


def write_whole(output: str, pieces: Iterable[bytes]) -> None:
    """Write a new file that takes the old one's place only when it is complete.

    Raises:
        OutputRefused: the folder is missing or may not be written, the disk is full, the file is open elsewhere.
    """
    write_all([(output, pieces)])


def write_all(outputs: Sequence[tuple[str, Iterable[bytes]]]) -> None:
    """Write new files, one after the other, that take the old ones' places only when all of them are complete.

    Where one cannot take its place, those that have taken theirs give them back.

    Raises:
        OutputRefused: a folder is missing or may not be written, the disk is full, a file is open elsewhere.
    """
    with ExitStack() as undone:
        # A name in every folder before anything is made: a report may take minutes.
        places = [_Place(output, undone) for output, _ in outputs]
        for place, (_, pieces) in zip(places, outputs, strict=True):
            place.fill(pieces)
        if len(places) > 1:
            for place in places:
                place.keep_old(undone)
        with ExitStack() as taken:
            for place in places:
                place.take()
                taken.callback(place.give_back)
            taken.pop_all()


class _Place:
    """Where a file is to be, and what lies beside it until then."""

    def __init__(self, output: str, undone: ExitStack) -> None:
        self.output, self.target = output, Path(output)
        self.old: Path | None = None
        #: Nothing may take the place of a device or a pipe: what it is to get is kept elsewhere until all is complete.
        self.new: Path | None = None
        self.stream: IO[bytes]
        try:
            if _is_open_end(self.target):
                self.stream = tempfile.TemporaryFile()  # noqa: SIM115  # closed with all the others
            else:
                handle, self.new = self._beside()
                undone.callback(_forget, self.new)
                self.stream = os.fdopen(handle, "wb")
        except OSError as error:
            raise self._refused(error) from None
        # What could not be written down cannot be written down at the end either.
        undone.callback(self._close)

    def _beside(self) -> tuple[int, Path]:
        # mkstemp gives 0600 and a name nobody else has; in the same folder, so that the last step is a rename.
        handle, name = tempfile.mkstemp(prefix=f".{self.target.name[:_MOST]}.", dir=self.target.parent or ".")
        return handle, Path(name)

    def _close(self) -> None:
        with suppress(OSError):
            self.stream.close()

    def fill(self, pieces: Iterable[bytes]) -> None:
        """Write it whole, beside where it is to be."""
        try:
            for piece in pieces:
                self.stream.write(piece)
            self.stream.flush()
            if self.new is not None:
                os.fsync(self.stream.fileno())
                self.stream.close()
        except OSError as error:
            raise self._refused(error) from None

    def keep_old(self, undone: ExitStack) -> None:
        """Keep what stands there, so that it can be put back."""
        if self.new is None or not os.path.lexists(self.target):
            return
        try:
            handle, name = self._beside()
            os.close(handle)
            name.unlink()
            undone.callback(self._forget_old)
            self.old = name
            try:
                os.link(self.target, name, follow_symlinks=False)
            except (OSError, NotImplementedError):
                # Not every file system has links.
                shutil.copy2(self.target, name, follow_symlinks=False)
        except OSError as error:
            raise self._refused(error) from None

    def take(self) -> None:
        """Put the new file where it is to be."""
        try:
            if self.new is not None:
                self.new.replace(self.target)
                return
            self.stream.seek(0)
            with self.target.open("wb") as end:
                shutil.copyfileobj(self.stream, end)
        except OSError as error:
            raise self._refused(error) from None

    def give_back(self) -> None:
        """Put back what stood there; where even that cannot be done, it stays beside it."""
        old, self.old = self.old, None
        if self.new is None:
            return
        with suppress(OSError):
            if old is None:
                self.target.unlink(missing_ok=True)
            else:
                old.replace(self.target)

    def _forget_old(self) -> None:
        if self.old is not None:
            _forget(self.old)

    def _refused(self, error: OSError) -> OutputRefused:
        return OutputRefused("output-unwritable", path=self.output, reason=error.strerror or type(error).__name__)


def _is_open_end(target: Path) -> bool:
    """Whether what is written there goes on, or nowhere: a device, a pipe, a socket, or a name of one."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    # /dev/stdout may lead to a file.
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or (target.is_symlink() and target.absolute().parent == _DEVICES)


def _forget(name: Path) -> None:
    with suppress(OSError):
        name.unlink(missing_ok=True)
