"""What the engine says of a subject with other values in its cells: each trial is judged once, many in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fupin_cli.evaluate.explanation.worlds import Edits, Judge

#: Outcome, and those that are possible.
Verdict = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Trials:
    """The verdicts that were asked for."""

    judge: Judge
    _known: dict[frozenset[object], Verdict] = field(default_factory=dict)

    def ask(self, worlds: Iterable[Edits]) -> None:
        """Judge all of these that are not known yet, together."""
        new = {_key(world): world for world in worlds if _key(world) not in self._known}
        if new:
            self._known.update(zip(new, self.judge.outcomes([*new.values()]), strict=True))

    def verdict(self, world: Edits) -> Verdict:
        """What one of them came to."""
        return self._known[_key(world)]

    def meets(self, world: Edits) -> bool:
        """Whether the subject then meets the standard."""
        outcome = self.judge.standard.standard.outcomes.get(self.verdict(world)[0])
        return outcome is not None and outcome.meets


def _key(world: Edits) -> frozenset[object]:
    return frozenset(world.items())
