"""What a pack declares and nothing in it uses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fupin_cli.rules.expression import names
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.rules.yamltext import Place


@dataclass(frozen=True)
class Unused:
    """A parameter, or a fact of a standard."""

    kind: Literal["parameter-unused", "fact-unused"]
    name: str
    standard: str
    place: Place


def unused(loaded: LoadedPack) -> Iterator[Unused]:
    """What the pack itself writes and no condition of it names; what it inherits may be meant for another."""
    mine = f"{loaded.folder.name}/"
    used = {name for standard in loaded.standards.values() for name in standard.parameters()}
    for name in loaded.pack.parameters:
        origin = loaded.origins[("parameters", name)]
        if name not in used and origin.text.file.startswith(mine):
            yield Unused("parameter-unused", name, "", origin.text.place(origin.where, key=True))
    for standard in loaded.standards.values():
        named = _named(standard)
        for name, ready in standard.facts.items():
            origin = loaded.origins[(standard.name, "facts", name)]
            if not {name, ready.fact.fills} & named and origin.text.file.startswith(mine):
                yield Unused("fact-unused", name, standard.name, origin.text.place(origin.where, key=True))


def _named(standard: ReadyStandard) -> set[str]:
    """Fields and facts that something in the standard looks at."""
    found = {ref.name for node in standard.nodes() for ref in names(node)}
    found |= {ready.fact.per for ready in standard.facts.values() if ready.fact.per is not None}
    found |= {*standard.standard.named_figures()}
    return found | {name for promised in standard.standard.properties.values() for name, _ in promised.changes()}
