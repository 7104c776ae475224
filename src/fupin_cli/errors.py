"""The tree of expected errors.

Three families, because three different people mend them: whoever typed the command (usage), whoever keeps the data or the
rules (refused), and us (anything that is not one of these, exit code 4). The words of an error stand in the catalogue under
its code; an error carries only the facts that go into them, never a cell's content from a sensitive field.
"""

from enum import IntEnum
from functools import partial
from typing import ClassVar


class ExitCode(IntEnum):
    """What a run says to the shell (design section 6)."""

    OK = 0
    NOT_MET = 1
    USAGE = 2
    REFUSED = 3
    BUG = 4
    INTERRUPTED = 130


class FupinError(Exception):
    """An error we expect. ``code`` names its words in the catalogue, ``facts`` fill them."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """An error may have happened in another process of ours."""
        return partial(type(self), self.code, **self.facts), ()


class UsageRefused(FupinError):
    """The command line is wrong: an unknown name, a missing date, an output that is an input."""

    exit_code = ExitCode.USAGE


class InputRefused(FupinError):
    """A file cannot be read, or not safely, or holds nothing we know."""

    exit_code = ExitCode.REFUSED


class PackRefused(FupinError):
    """A rule pack is wrong. The facts hold ``file``, ``line`` and ``column``."""

    exit_code = ExitCode.REFUSED


class OutputRefused(FupinError):
    """The result cannot be written."""

    exit_code = ExitCode.REFUSED
