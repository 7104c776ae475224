"""Where packs are found: the same name means the same pack, wherever a command is run."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_cli.errors import UsageRefused
from fupin_cli.model.nearest import nearest

HEAD = "pack.yaml"
_PACKAGE = Path(__file__).resolve().parents[1]
#: A checkout has the packs beside ``src``; a wheel carries them inside the package.
CHECKOUT, PACKAGED = _PACKAGE.parents[1] / "rules", _PACKAGE / "packs"


@dataclass(frozen=True)
class Shelf:
    """The directories in which a pack's name is looked for, first hit first."""

    directories: tuple[Path, ...]

    def find(self, name: str) -> Path:
        """The folder of a pack.

        Raises:
            UsageRefused: no directory has it.
        """
        for directory in self.directories:
            if (directory / name / HEAD).is_file():
                return directory / name
        raise UsageRefused("pack-unknown", name=name, nearest=nearest(name, self.names()), known=", ".join(self.names()))

    def names(self) -> Sequence[str]:
        """The names of all packs that can be found, sorted."""
        heads = (head for directory in self.directories for head in directory.glob(f"*/{HEAD}"))
        return sorted({head.parent.name for head in heads})


def shelf(first: Path | None = None) -> Shelf:
    """The order of the design: the directory given, ``FUPIN_RULES``, the checkout, the packaged packs.

    The working directory is never looked at: a verdict must not depend on where one stands.
    """
    chosen = [first] if first is not None else []
    environment = os.environ.get("FUPIN_RULES")
    if environment:
        chosen.append(Path(environment))
    return Shelf((*chosen, CHECKOUT, PACKAGED))


def means_folder(rules: str) -> bool:
    """Whether a folder is meant and not the name of a pack."""
    return rules in (".", "..") or any(separator in rules for separator in ("/", "\\", os.sep))


def locate(rules: str | None, default: str) -> tuple[Path, Shelf]:
    """The pack that ``--rules`` means, and the shelf on which the packs it extends are looked for.

    A text with a path separator is a directory: of one pack, or of several, among which ``default`` is then looked for.

    Raises:
        UsageRefused: no such directory, or no such pack.
    """
    if rules is None or not means_folder(rules):
        found = shelf()
        return found.find(default if rules is None else rules), found
    directory = Path(rules)
    if (directory / HEAD).is_file():
        return directory.resolve(), shelf(directory.resolve().parent)
    if not directory.is_dir():
        raise UsageRefused("rules-directory-missing", path=rules)
    if not (directory / default / HEAD).is_file():
        raise UsageRefused("rules-directory-empty", path=rules, name=default)
    return directory / default, shelf(directory)
