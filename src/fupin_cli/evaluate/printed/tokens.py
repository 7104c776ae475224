"""SQL as a row of tokens: texts, quoted names, words and signs, with what stands between them forgotten."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"""\s+|'(?:[^']|'')*'|"(?:[^"]|"")+"|\w+(?:\.\d+)?|<>|<=|>=|\|\||.""", re.DOTALL)


class Token(NamedTuple):
    """A piece of SQL that nothing may be put into, and whether a space stood before it."""

    text: str
    spaced: bool = False


def tokens_of(sql: str) -> Iterator[Token]:
    """The tokens of a piece of SQL without comments."""
    spaced = False
    for text in _TOKEN.findall(sql):
        if text.isspace():
            spaced = True
        else:
            yield Token(text, spaced)
            spaced = False
