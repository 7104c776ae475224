"""A run that was run again: what its manifest says, what came of it now, and where the two differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fupin_cli.errors import FupinError
from fupin_cli.model.manifest import Manifest

#: What can differ so that the run is no longer the same.
What = Literal[
    "input", "input-new", "input-gone", "refused", "pack", "parameters", "assumption", "run", "output", "kept", "exit-code"
]
#: What is told and is no difference by itself: another version that writes the same bytes has shown that it is as good.
Noted = Literal["fupin", "python", "package", "system", "machine", "kept-absent"]


@dataclass(frozen=True)
class Difference:
    """Something that was and is not the same; empty where there was, or is, no such thing."""

    what: What | Noted
    #: Whose: a file, a pack, a package; empty where there is only one.
    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Replay:
    """What came of running a run again."""

    #: The version of the program that ran it again.
    version: str
    path: str
    #: Of the manifest itself.
    sha256: str
    recorded: Manifest
    #: What a manifest would say now; None where the run is refused now.
    observed: Manifest | None
    #: Why it is refused now.
    refusal: FupinError | None
    differences: Sequence[Difference]
    notes: Sequence[Difference]

    @property
    def exit_code(self) -> int:
        """What the run ends with now."""
        if self.observed is not None:
            return self.observed.exit_code
        return int(self.refusal.exit_code) if self.refusal is not None else 0

    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences
