"""Which worked cases count for a standard: its own, and for one that is inherited as it is those of the pack above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fupin_cli.model.case import Case
from fupin_cli.rules.packs import CASES, LoadedPack, load_cases, read_cases


@dataclass(frozen=True)
class WorkedCases:
    """The cases of a standard."""

    own: Sequence[Case]
    #: Written in a pack that this one extends.
    inherited: Sequence[Case]

    @property
    def all(self) -> Sequence[Case]:
        """Its own cases, then the inherited ones."""
        return [*self.own, *self.inherited]


def worked_cases(loaded: LoadedPack) -> Mapping[str, WorkedCases]:
    """The cases that count for each standard of a pack; what a pack changes in part has its own cases only.

    Raises:
        PackRefused: a file of cases is not as the design says.
    """
    own = load_cases(loaded)
    found: dict[str, WorkedCases] = {}
    for name in loaded.standards:
        inherited: list[Case] = []
        for folder, above in zip((loaded.folder, *loaded.above), loaded.above, strict=False):
            if (folder / f"{name}.yaml").is_file():
                break
            path = above / CASES / f"{name}.yaml"
            inherited += read_cases(path, loaded) if path.is_file() else ()
        found[name] = WorkedCases(own.get(name, ()), inherited)
    return found
