"""Where each part of a pack comes from: written in it, inherited from a pack above, or written in place of what is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from fupin_cli.rules.expression import names
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.standard import behind


@dataclass(frozen=True)
class Source:
    """Where a part comes from."""

    how: Literal["own", "inherited", "replaces"]
    #: The pack in which it is written; of one that replaces another, the pack of that other.
    pack: str


@dataclass(frozen=True)
class Lineage:
    """A pack with the one that it extends."""

    loaded: LoadedPack
    parent: LoadedPack | None = None
    #: Standard → inherited check that it does without → the pack where that is written.
    dropped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def source(self, *part: str) -> Source:
        """Where a part comes from: ``("parameters", name)``, or a standard, a section and a name."""
        here, name = _written(self.loaded, part), self.loaded.pack.name
        if here != name:
            return Source("inherited", here)
        above = _written(self.parent, part) if self.parent is not None and part in self.parent.origins else ""
        return Source("replaces", above) if above else Source("own", name)

    def document(self, name: str) -> Source:
        """Where a document is declared."""
        if self.parent is not None and name in self.parent.pack.head.documents:
            return Source("inherited", self.parent.pack.name)
        return Source("own", self.loaded.pack.name)

    def gone(self, standard: str, section: Literal["steps", "rates"]) -> Mapping[str, str]:
        """The inherited steps or rates that a standard does without → the pack where each is written."""
        above = self.parent.pack.standards.get(standard) if self.parent is not None else None
        if self.parent is None or above is None:
            return {}
        mine = getattr(self.loaded.pack.standards[standard], section)
        return {name: _written(self.parent, (standard, section, name)) for name in getattr(above, section) if name not in mine}

    def is_untouched(self, standard: str) -> bool:
        """Whether a standard is inherited as it is."""
        return not (self.loaded.folder / f"{standard}.yaml").is_file()


def only(kin: Lineage, standard: str, check: str) -> Lineage:
    """The pack as if a standard had but one check, and of its facts those that the check rests on."""
    ready = kin.loaded.standards[standard]
    mine = ready.checks[check]
    nodes = [node for node in (ready.applies, mine.applies, mine.require) if node is not None]
    facts = behind(ready, [ref for node in nodes for ref in names(node)])
    narrow = replace(ready, checks={check: mine}, facts=facts, rows=())
    return replace(kin, loaded=replace(kin.loaded, standards={**kin.loaded.standards, standard: narrow}))


class _Chain(Shelf):
    """The very folders that a pack was put together from, whatever else there is of their names."""

    def find(self, name: str) -> Path:
        """One of them; a folder bears its pack's name."""
        return next(folder for folder in self.directories if folder.name == name)


def lineage(loaded: LoadedPack) -> Lineage:
    """A pack with the one that it extends, read once more."""
    if not loaded.above:
        return Lineage(loaded)
    parent = load_pack(loaded.above[0], _Chain(tuple(loaded.above)))
    dropped = {
        name: {check: _written(parent, (name, "checks", check)) for check in standard.checks if check not in mine.checks}
        for name, mine in loaded.standards.items()
        if (standard := parent.standards.get(name)) is not None
    }
    return Lineage(loaded, parent, dropped)


def _written(loaded: LoadedPack, part: tuple[str, ...]) -> str:
    """The pack in which a part is written: its folder, which bears its name."""
    return loaded.origins[part].text.file.partition("/")[0]
