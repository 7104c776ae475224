"""Where an expression of a standard is written: file, line and column."""

from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.yamltext import Place

#: Parts of a standard that have a name of their own; everything else is one part as a whole.
_NAMED = ("facts", "checks", "properties")


def place_of(loaded: LoadedPack, standard: str, key: str, offset: int = 0) -> Place:
    """The place of a tree (``rules.conditions``), or of a part of it that starts at ``offset``."""
    section, *inner = key.split(".")
    if section in _NAMED:
        name, *more = inner
        return loaded.origins[(standard, section, name)].place(*more, offset=offset)
    return loaded.origins[(standard, section)].place(*(int(part) if part.isdigit() else part for part in inner), offset=offset)
