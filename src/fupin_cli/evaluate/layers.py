"""Derived columns in the order in which they need one another: each level one common table expression."""

import re
from collections.abc import Iterable

from fupin_cli.evaluate.sql import quoted

#: Every identifier is quoted when SQL is written, so what a column needs can be read off its SQL; not from inside a text.
_IDENTIFIER = re.compile(r"""'(?:[^']|'')*'|"((?:[^"]|"")+)\"""")


def needs(sql: str) -> set[str]:
    """The columns that a piece of SQL names."""
    return {name for name in _IDENTIFIER.findall(sql) if name}


class Layers:
    """Columns that are computed from a base relation and from each other."""

    def __init__(self, base: Iterable[str]) -> None:
        self.levels: dict[str, int] = dict.fromkeys(base, 0)
        #: Name → SQL, in the order in which they were added: each after what it needs.
        self.columns: dict[str, str] = {}

    def add(self, name: str, sql: str) -> str:
        """Add a column and return it quoted. What its SQL names must be there already."""
        self.levels[name] = 1 + max((self.levels.get(need, 0) for need in needs(sql)), default=0)
        self.columns[name] = sql
        return quoted(name)

    def keep(self, wanted: set[str]) -> set[str]:
        """Drop what neither these columns nor what they rest on need; what they need, this relation's and the base's."""
        found = set(wanted)
        for name in reversed(list(self.columns)):
            if name in found:
                found |= needs(self.columns[name])
            else:
                del self.columns[name]
        return found

    def render(self, base: str, prefix: str) -> tuple[list[str], str]:
        """The common table expressions over relation ``base``, and the name of the last one."""
        parts: list[str] = []
        last = base
        for level in sorted({self.levels[name] for name in self.columns}):
            columns = [f"{sql} AS {quoted(name)}" for name, sql in self.columns.items() if self.levels[name] == level]
            parts.append(f"{prefix}{level} AS (\n  SELECT *,\n    " + ",\n    ".join(columns) + f"\n  FROM {last})")
            last = f"{prefix}{level}"
        return parts, last
