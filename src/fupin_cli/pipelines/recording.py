"""What a run was: the manifest that lets somebody else repeat it and hold the two against each other."""

import contextlib
import hashlib
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path

from fupin_cli.errors import FupinError, InputRefused
from fupin_cli.messages import Lang
from fupin_cli.model.located import Located, place_of, written_of
from fupin_cli.model.manifest import (
    ChosenOption,
    GivenPath,
    InputFile,
    Manifest,
    Platform,
    RefusedPath,
    Versions,
    WrittenOutput,
)
from fupin_cli.pipeline import DISTRIBUTION
from fupin_cli.pipelines.basis import basis_of

#: The packages that read, compute or write; a test holds them against what the project depends on.
PACKAGES = (
    "click", "duckdb", "jinja2", "matplotlib", "numpy", "openpyxl", "pyarrow", "pydantic", "python-docx", "PyYAML", "rich",
    "scipy", "sqlglot", "xlrd", "XlsxWriter",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """What the command line knows of a run."""

    command: str
    lang: Lang
    day: date
    #: Files and folders as given.
    arguments: Sequence[str]
    options: Sequence[ChosenOption]
    #: Files that options name and that were read as tables, too.
    further: Sequence[str]
    #: Files that options name and that were read beside the tables.
    beside: Sequence[str]
    refused: Sequence[FupinError]
    outputs: Sequence[WrittenOutput]
    exit_code: int


def manifest_of(run: Run, answer: object, folder: Path) -> Manifest:
    """The manifest of a run, as it stands in this folder.

    Raises:
        InputRefused: a file that was read is gone already.
    """
    basis = basis_of(answer)
    known = [*run.arguments, *run.further]
    inputs = [_input(one.path, one.sha256, known, folder) for one in basis.inputs]
    return Manifest(
        schema_name="fupin.manifest/1",
        command=run.command,
        day=run.day,
        language=run.lang,
        arguments=[given_path(one, folder) for one in run.arguments],
        options=run.options,
        packs_from=given_path(shelf, folder) if (shelf := os.environ.get("FUPIN_RULES")) else None,
        inputs=[*inputs, *(_input(path, hash_of(path), (), folder) for path in run.beside)],
        refused=[_refused(error, known, folder) for error in run.refused],
        packs=basis.packs,
        assumptions=basis.assumptions,
        versions=versions(),
        platform=Platform(system=platform.system(), machine=platform.machine()),
        outputs=run.outputs,
        exit_code=run.exit_code,
    )


@cache
def versions() -> Versions:
    """What computes here."""
    return Versions(
        fupin=version(DISTRIBUTION), python=platform.python_version(), packages={name: version(name) for name in PACKAGES}
    )


def given_path(path: str, folder: Path) -> GivenPath:
    """A path as written, and the way to it from the manifest's folder."""
    return GivenPath(given=_slashes(path), path=way_to(place_of(path), folder))


def way_to(path: str, folder: Path) -> str:
    """The way from the manifest's folder to a file; its whole path where none leads there (another drive).

    Links on the way are followed, because ``..`` of a folder that is a link leads elsewhere; the file's own name stays.
    """
    parent, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 - links are followed below, that of the file is not
    whole = str(Path(os.path.realpath(parent), name))
    try:
        found = os.path.relpath(whole, os.path.realpath(folder))
    except ValueError:
        found = whole
    return found.replace(os.sep, "/")


def hash_of(path: str) -> str:
    """The SHA-256 of a file.

    Raises:
        InputRefused: it cannot be read.
    """
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def open_file(path: str) -> Iterator[BufferedReader]:
    """A file, open for reading; a pipe or a device is none, because it may have no end.

    Raises:
        InputRefused: it cannot be read.
    """
    place = Path(place_of(path))
    try:
        if place.exists() and not place.is_file():
            raise InputRefused("file-not-regular", path=str(path))
        with place.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: str, error: Exception) -> InputRefused:
    if isinstance(error, FileNotFoundError):
        return InputRefused("file-not-found", path=str(path))
    return InputRefused("file-unreadable", path=str(path), reason=getattr(error, "strerror", None) or type(error).__name__)


def _input(path: str, sha256: str, arguments: Iterable[str], folder: Path) -> InputFile:
    found = _as_argument(written_of(path), arguments)
    try:
        size = Path(place_of(found)).stat().st_size
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    return InputFile(**given_path(found, folder).model_dump(), size=size, sha256=sha256)


def _as_argument(path: str, arguments: Iterable[str]) -> str:
    """A path of a report with its place: that of the argument that it is, or of the folder that it is in."""
    for argument in arguments:
        if not isinstance(argument, Located):
            continue
        if path == _slashes(argument):
            return argument
        above = _slashes(str(Path(argument))) + "/"
        if path.startswith(above):
            return Located(path, str(Path(argument.at, path.removeprefix(above))))
    return path


def _slashes(path: str) -> str:
    return path.replace("\\", "/") if os.sep == "\\" else str(path)


def _refused(error: FupinError, arguments: Iterable[str], folder: Path) -> RefusedPath:
    named = error.facts.get("path", "")
    path = _as_argument(written_of(named) if isinstance(named, str) else "", arguments)
    return RefusedPath(**given_path(path, folder).model_dump(), code=error.code)
