"""Text and tables as Markdown (GitHub's), in which no text from the data can become markup."""

import re
from collections.abc import Collection, Iterator, Sequence

#: What begins markup anywhere in a line.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]")
#: Stands before the sign that makes a block of a line: a heading, a quote, a list with or without numbers.
_BLOCK = re.compile(r"^(?:(?=[#>+-])|\d+(?=[.)](?:\s|$)))")
#: What GitHub makes a link of, or a call to somebody, without any markup; a space of no width stops it.
_LINK = re.compile(r"(?:https?|ftp|mailto|xmpp):|www(?=\.)|@", re.IGNORECASE)
_NOTHING = "\u200b"
#: A comment's most characters on GitHub, and the most of one line: a check of many members names many cells.
MOST, _LONGEST = 65_536, 1_500


def plain(text: str) -> str:
    """A text that is shown as it stands, on one line, and leads nowhere."""
    one_line = _LINK.sub(rf"\g<0>{_NOTHING}", " ".join(text.split()))
    return _BLOCK.sub(r"\g<0>\\", _MARKUP.sub(r"\\\g<0>", one_line))


def short(text: str) -> str:
    """A text that is shown as it stands, and is not endless."""
    return plain(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def size(text: str) -> int:
    """Its length as programs count that keep two units for a rare character."""
    return len(text) + sum(character > "\uffff" for character in text)


class Room:
    """Text that stops before it is too long."""

    def __init__(self, most: int) -> None:
        self.pieces: list[str] = []
        self.left = most

    def add(self, *pieces: str) -> bool:
        """Add all of these, or none where there is no room."""
        needed = sum(map(size, pieces))
        if needed > self.left:
            return False
        self.pieces += pieces
        self.left -= needed
        return True


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> Iterator[str]:
    """The lines of a table; the columns in ``numbers`` stand to the right."""
    yield _row(headings)
    yield "|" + "|".join(" ---: " if place in numbers else " --- " for place in range(len(headings))) + "|\n"
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(plain, cells)) + " |\n"
