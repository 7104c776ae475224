"""What is found when a pack is checked: findings with their place, and the subjects that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fupin_cli.errors import PackRefused
from fupin_cli.model.case import Case

#: What can be wrong with a pack that loads. The first ones are seen without a solver.
FindingKind = Literal[
    "parameter-unused", "fact-unused",
    "check-never-passes", "check-never-fails", "check-never-applies", "standard-never-applies",
    "part-never-true", "part-never-false", "row-never-reached", "no-outcome", "same-requirement", "property-broken",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a finding stands."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Witness:
    """A subject that shows a finding, as a worked case; ``expect`` is what the proof says of it."""

    case: Case
    #: Whether the engine judges it as the proof says; ``None`` where it could not be asked.
    confirmed: bool | None = None


@dataclass(frozen=True)
class ProofFinding:
    """Something that is wrong with a pack, or that somebody should look at."""

    kind: FindingKind
    place: Place
    #: What the words of the finding need.
    facts: Mapping[str, str] = field(default_factory=dict)
    standard: str = ""
    #: A note: it may be meant.
    note: bool = False
    #: One subject; two for a broken property: before and after.
    witnesses: Sequence[Witness] = ()


@dataclass(frozen=True)
class StandardProofs:
    """What was asked about a standard."""

    standard: str
    findings: Sequence[ProofFinding]
    #: Questions that were decided, and those that took too long.
    proved: int
    given_up: int
    #: Properties that hold.
    properties: Sequence[str] = ()


@dataclass(frozen=True)
class CheckedPack:
    """A pack that was checked."""

    name: str
    version: int | None
    #: Why it does not load; then nothing else could be asked.
    mistakes: Sequence[PackRefused] = ()
    findings: Sequence[ProofFinding] = ()
    #: One for each standard; nothing where there is no solver.
    proofs: Sequence[StandardProofs] | None = None

    @property
    def all_findings(self) -> list[ProofFinding]:
        """With and without a solver, notes included."""
        return [*self.findings, *(finding for proofs in self.proofs or () for finding in proofs.findings)]
