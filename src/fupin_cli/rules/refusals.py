"""Whether reading a pack stops at the first mistake, or goes on and keeps them all."""

from collections.abc import Iterator
from contextlib import contextmanager

from fupin_cli.errors import PackRefused


class Refusals:
    """The mistakes of a pack."""

    def __init__(self, *, keep: bool = False) -> None:
        self.keep = keep
        self.found: list[PackRefused] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Go on after a mistake in here, if all of them are wanted.

        Raises:
            PackRefused: the first mistake is enough.
        """
        try:
            yield
        except PackRefused as refused:
            if not self.keep:
                raise
            self.found.append(refused)
