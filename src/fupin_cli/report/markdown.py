"""Text and tables as Markdown (GitHub's), in which no text from the data can become markup."""

import re
from collections.abc import Collection, Iterator, Sequence

#: What begins markup anywhere in a line.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]")
#: What begins a block at the start of a line.
_BLOCK = re.compile(r"^(\s*)([#>+-]|\d+[.)])")


def plain(text: str) -> str:
    """A text that is shown as it stands, on one line."""
    one_line = " ".join(text.split())
    return _BLOCK.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", one_line))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> Iterator[str]:
    """The lines of a table; the columns in ``numbers`` stand to the right."""
    yield _row(headings)
    yield "|" + "|".join(" ---: " if place in numbers else " --- " for place in range(len(headings))) + "|\n"
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(plain, cells)) + " |\n"
