"""What files are called in what people read: by their paths, without the numbers of persons in them."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from fupin_cli.model.located import Called, place_of
from fupin_cli.report.mask import mask, mask_ends

#: Facts of messages that are paths.
_PATHS = ("path", "file", "other", "place")
#: Facts that are named by whoever made a file, be it the file or a sheet in it.
_NAMES = (*_PATHS, "files", "sheet")
_STEP = re.compile(r"([/\\])")
_LINE_ENDS = re.compile(r"[\r\n]")


def shown_path(path: str) -> str:
    """A path as it may be shown: every folder and the file by itself, since a way is no number."""
    return "".join(map(mask_ends, _STEP.split(path)))


def shown_facts(facts: Mapping[str, object]) -> dict[str, Any]:
    """What a message tells, as it may be shown: a sheet may be named for a person, and so may a file."""
    return {name: _fact(name, fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def _fact(name: str, fact: str) -> str:
    shown = shown_path(fact) if name in _PATHS else mask(fact)
    # What begins a line of a log may be a command to whoever reads it: ``::error::`` is one to GitHub.
    return _LINE_ENDS.sub("\ufffd", shown) if name in _NAMES else shown


def called(paths: Sequence[str]) -> list[str]:
    """Paths under the names by which they may be shown; two different ones never have one name."""
    found: list[str] = []
    taken = {*paths}
    before: dict[tuple[str, str], str] = {}
    for path in paths:
        shown = shown_path(path)
        # One that is given twice is one: whoever refuses it says its name.
        named = path if shown == path or isinstance(path, Called) else before.get((path, place_of(path)))
        if named is None:
            # As whatever reads files calls them.
            own = _free(shown.replace("\\", "/") if os.sep == "\\" else shown, taken)
            taken.add(own)
            named = before[path, place_of(path)] = Called(own, path)
        found.append(named)
    return found


def _free(shown: str, taken: set[str]) -> str:
    number, own = 1, shown
    while own in taken:
        number += 1
        own = str(PurePath(shown).with_stem(f"{PurePath(shown).stem}~{number}"))
    return own
