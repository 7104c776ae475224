"""The command line as it was written down: every command, what it takes, and the fields of tables, without loading any of them.

``surface.json`` is written from the commands and the tables by ``tests/cli/surface.py``, and a test compares it with them. A key
that completes a word must not wait for the engine, the reader and the rules.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SURFACE = Path(__file__).with_name("surface.json")


@dataclass(frozen=True)
class Taken:
    """An option or argument of a command."""

    name: str
    #: Its spellings, those that switch it off after them; none of an argument.
    spellings: Sequence[str] = ()
    off: Sequence[str] = ()
    #: What stands for its value in the help (``FILE``, ``PACK|DIR``); none of a flag.
    takes: str = ""
    choices: Sequence[str] = ()
    flag: bool = False
    several: bool = False
    #: The message of the catalogue that explains it.
    words: str = ""


@dataclass(frozen=True)
class Described:
    """A command: what it takes, and its subcommands."""

    words: str
    takes: Sequence[Taken] = ()
    commands: Mapping[str, "Described"] = field(default_factory=dict)


@dataclass(frozen=True)
class Surface:
    """Everything that can stand on a command line."""

    root: Described
    #: Table → field → its label and the values that it may have; fields that nobody may assume are left out.
    fields: Mapping[str, Mapping[str, tuple[str, Sequence[str]]]]
    #: Table → the Chinese name of its sheet.
    sheets: Mapping[str, str]


def read_surface() -> Surface:
    """What was written down."""
    found = json.loads(SURFACE.read_text(encoding="utf-8"))
    fields = {
        table: {name: (label, values) for name, (label, values) in columns.items()} for table, columns in found["fields"].items()
    }
    return Surface(_described(found["root"]), fields, found["sheets"])


def _described(found: Mapping[str, Any]) -> Described:
    return Described(
        found["words"],
        [Taken(**taken) for taken in found.get("takes", ())],
        {name: _described(one) for name, one in found.get("commands", {}).items()},
    )
