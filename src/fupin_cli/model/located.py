"""A path as somebody wrote it, the place where the file is found in its stead, and the name by which people see it."""

from typing import Self


class Located(str):
    """A path as it was written, which is what reports say; the file is read at another place.

    A run that is repeated elsewhere has its files elsewhere, and must say of them what it said before. A text, so that whatever
    takes a path takes this one; only what opens files asks for the place.
    """

    __slots__ = ("at",)
    #: Where the file is.
    at: str

    def __new__(cls, written: str, at: str) -> Self:
        """The path as written, found ``at`` this place."""
        found = super().__new__(cls, written)
        found.at = at
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """A path may be sent to another process of ours."""
        return Located, (str(self), self.at)


class Called(Located):
    """A path under the name that reports and messages say, because its own has a number of a person in it."""

    __slots__ = ("written",)
    #: The path as somebody wrote it, which a manifest needs.
    written: str

    def __new__(cls, shown: str, written: str) -> Self:
        """The path ``shown`` in place of the one ``written``."""
        found = super().__new__(cls, shown, place_of(written))
        found.written = written
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """A path may be sent to another process of ours."""
        return Called, (str(self), self.written)


def place_of(path: str) -> str:
    """Where a file is: its path, unless it is said to be elsewhere."""
    return path.at if isinstance(path, Located) else path


def written_of(path: str) -> str:
    """A path as somebody wrote it, with its place."""
    return path.written if isinstance(path, Called) else path
