"""Derived columns in the order in which they need one another: each level one common table expression."""

import re
from collections.abc import Iterable

from fupin_cli.evaluate.sql import quoted

#: Every identifier is quoted when SQL is written, so what a column needs can be read off its SQL.
_IDENTIFIER = re.compile(r'"((?:[^"]|"")+)"')


class Layers:
    """Columns that are computed from a base relation and from each other."""

    def __init__(self, base: Iterable[str]) -> None:
        self.levels: dict[str, int] = dict.fromkeys(base, 0)
        self.columns: dict[int, list[str]] = {}

    def add(self, name: str, sql: str) -> str:
        """Add a column and return it quoted. What its SQL names must be there already."""
        level = 1 + max((self.levels.get(need, 0) for need in _IDENTIFIER.findall(sql)), default=0)
        self.levels[name] = level
        self.columns.setdefault(level, []).append(f"{sql} AS {quoted(name)}")
        return quoted(name)

    def render(self, base: str, prefix: str) -> tuple[list[str], str]:
        """The common table expressions over relation ``base``, and the name of the last one."""
        parts: list[str] = []
        last = base
        for level in sorted(self.columns):
            parts.append(f"{prefix}{level} AS (\n  SELECT *,\n    " + ",\n    ".join(self.columns[level]) + f"\n  FROM {last})")
            last = f"{prefix}{level}"
        return parts, last
