"""Files and their cells as other programs name them: URIs, lines and columns."""

from functools import cache
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote

from fupin_cli.model.problem import Address

#: What may stand in a path of a URI beside letters and digits (RFC 3986).
_PLAIN = "/!$&'()*+,;=@~-._"


@cache
def posix(path: str) -> str:
    """A path as repositories name it: with slashes, and without a first ``./``."""
    return _pure(path).as_posix()


@cache
def uri(path: str) -> str:
    """A path as a URI: of a path within the folder of the run a relative one, else with ``file:``."""
    pure = _pure(path)
    if pure.is_absolute():
        return pure.as_uri()
    # A name that is no text keeps its bytes.
    return quote(pure.as_posix(), safe=_PLAIN, errors="surrogateescape")


@cache
def is_relative(path: str) -> bool:
    """Whether a path is named from the folder of the run."""
    return not _pure(path).is_absolute()


def _pure(path: str) -> PurePath:
    """A path of either kind of machine: a run is looked at elsewhere than it was made."""
    windows = PureWindowsPath(path)
    return windows if windows.drive or ("\\" in path and "/" not in path) else PurePosixPath(path)


def line(address: Address) -> int:
    """The line that stands for a cell: its row; the first one for a whole sheet."""
    return address.row or 1
