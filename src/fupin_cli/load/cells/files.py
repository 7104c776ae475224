"""From a path to the cells of a file: the one way in."""

import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import child
from fupin_cli.load.cells.delimited import read_delimited
from fupin_cli.load.cells.look import Format, fits_its_name, look_at_file
from fupin_cli.load.cells.wire import Answer, BrokenAnswer, read_answer
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.located import Called, place_of

_OWNER_FILE = "~$"


def read_file(path: str, *, sheets: Sequence[str] | None = None, crew: child.Crew | None = None) -> SourceFile:
    """Read a table in any of the formats of :class:`Format`, whichever its content is.

    ``sheets`` are the exact names of the sheets to read, None for all; csv and parquet files have none, so that naming one
    refuses them. ``crew`` is for one of several files. Raises :class:`InputRefused` for everything that cannot be read safely and
    completely, and nothing else.
    """
    shown = path.replace("\\", "/") if os.sep == "\\" and not isinstance(path, Called) else path
    try:
        return _read(Path(place_of(path)), shown, sheets, crew)
    except InputRefused as refusal:
        raise InputRefused(refusal.code, **{**refusal.facts, "path": shown}) from refusal
    except FileNotFoundError as error:
        raise InputRefused("file-not-found", path=shown) from error
    except PermissionError as error:
        raise InputRefused("file-not-permitted", path=shown) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputRefused("file-unreadable", path=shown, reason=reason) from error
    except MemoryError as error:
        raise InputRefused("workbook-needs-memory", path=shown, limit=child.MEMORY_LIMIT >> 20) from error


def _read(path: Path, shown: str, sheets: Sequence[str] | None, crew: child.Crew | None) -> SourceFile:
    before = _state(path)
    found = look_at_file(path)
    warnings = [] if fits_its_name(path, found) else ["extension-mismatch"]
    if found is Format.CSV:
        if sheets:
            raise InputRefused("sheet-not-found", sheet=sheets[0], sheets="")
        sheet, encoding, sha256 = read_delimited(path)
        return SourceFile(path=shown, sha256=sha256, format=found.value, encoding=encoding, sheets=[sheet], warnings=warnings)
    answer, sha256 = _read_workbook(path, sheets, before, crew)
    after = _state(path)
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino):
        raise InputRefused("file-changed")
    return SourceFile(
        path=shown, sha256=sha256, format=found.value, encoding="", sheets=answer.sheets, warnings=[*warnings, *answer.warnings]
    )


def _state(path: Path) -> os.stat_result:
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise InputRefused("file-is-directory")
    if not stat.S_ISREG(state.st_mode):
        raise InputRefused("file-not-regular")
    if path.name.startswith(_OWNER_FILE):
        raise InputRefused("file-is-lock")
    return state


def _read_workbook(
    path: Path, sheets: Sequence[str] | None, state: os.stat_result, crew: child.Crew | None
) -> tuple[Answer, str]:
    seconds = child.seconds_for(state.st_size)
    begun = child.begun(os.fspath(path), state) if sheets is None else None
    with begun or (crew.lend() if crew is not None else child.take()) as worker:
        if begun is None:
            # The reader may have been started in another folder.
            worker.ask(os.path.abspath(path), sheets, seconds=seconds, more=crew is not None)  # noqa: PTH100 - links stay as they are
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        try:
            return read_answer(worker.answers), sha256
        except BrokenAnswer as error:
            if worker.expired:
                raise InputRefused("workbook-takes-too-long", seconds=round(seconds)) from error
            raise InputRefused("workbook-reader-died") from error
