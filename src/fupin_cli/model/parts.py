"""The parts of conditions, where a result was asked for them."""

from collections.abc import Mapping
from dataclasses import dataclass


def part_column(key: str, path: tuple[int, ...]) -> str:
    """The column that has the value of a part of a condition: the tree's key, and the child indexes that lead to the part."""
    return f"part.{key}/{'.'.join(map(str, path))}"


@dataclass(frozen=True)
class RowParts:
    """What the parts of a condition about rows come to in one row of a subject."""

    #: Index of the subject; of several that find the same rows, the first.
    index: int
    #: Index of the row in its table.
    member: int
    #: Child indexes → value as a text: ``true``, ``false``, a plain number, a day, a text; None where it is unknown.
    values: Mapping[tuple[int, ...], str | None]
