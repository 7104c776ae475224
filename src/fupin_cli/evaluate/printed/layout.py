"""SQL laid out for reading: each column on a line of its own below what is to be said of it, long conditions in steps.

Only white space and comments are added: the tokens are the query's, in their order. A comment cannot be left from inside,
because no character that ends a line is let into it.
"""

import textwrap
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from fupin_cli.evaluate.printed.tokens import Token

WIDTH = 120
#: A column's name → what is to be said of it.
Remarks = Callable[[str], Iterable[str]]

_OPEN = {"(": ")", "CASE": "END"}
#: What begins a line where an expression is too long for one: what binds least comes first.
_BREAKS = ({"WHEN", "ELSE"}, {"OR"}, {"AND"})
#: Parentheses with less in them are not worth a line of their own.
_SHORT = 40
_CLAUSES = frozenset({"SELECT", "FROM", "LEFT", "JOIN", "WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET"})
#: Kinds of characters among which are all that some program takes for the end of a line.
_LINE_ENDS = ("Cc", "Zl", "Zp")


@dataclass(slots=True)
class Group:
    """What stands between parentheses, or between CASE and END."""

    start: Token
    body: list["Token | Group"]
    end: Token
    #: All of it on one line.
    text: str

    @property
    def spaced(self) -> bool:
        """Whether a space stood before it."""
        return self.start.spaced


Piece = Token | Group


def comment(text: str, indent: int = 0) -> list[str]:
    """A text as comment lines, without any character that could end a line before its end."""
    plain = "".join(" " if unicodedata.category(one) in _LINE_ENDS else one for one in text)
    lead = len(plain) - len(plain.lstrip())
    wrapped = textwrap.wrap(
        plain.strip(), WIDTH - indent - 3, initial_indent=" " * lead, subsequent_indent=" " * (lead + 2), break_on_hyphens=False
    )
    return [f"{' ' * indent}-- {line}".rstrip() for line in wrapped or [""]]


def relation(tokens: Iterable[Token], remarks: Remarks) -> list[str]:
    """A common table expression: ``name AS (SELECT ...)``."""
    *head, whole = tree(tokens)
    if not isinstance(whole, Group):
        raise TypeError(whole)
    return [f"{flat(head)} (", *selection(whole.body, remarks, 2), ")"]


def selection(pieces: Sequence[Piece], remarks: Remarks, indent: int) -> list[str]:
    """A SELECT: its columns one below the other, then where they come from."""
    lines: list[str] = []
    for clause in _clauses(pieces):
        if _is(clause[0], "SELECT"):
            lines += _columns(clause, remarks, indent)
        else:
            lines += lay(clause, indent)
    return lines


def _clauses(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The clauses of a SELECT; LEFT and JOIN begin one together."""
    found: list[Piece] = []
    for piece in pieces:
        after_left = bool(found) and _is(found[-1], "LEFT")
        if found and isinstance(piece, Token) and piece.text in _CLAUSES and not (after_left and _is(piece, "JOIN")):
            yield found
            found = []
        found.append(piece)
    yield found


def _columns(clause: Sequence[Piece], remarks: Remarks, indent: int) -> list[str]:
    first = 2 if _is(clause[1], "DISTINCT") else 1
    lines = [" " * indent + flat(clause[:first])]
    items = list(_split(clause[first:], lambda piece, _: _is(piece, ","), after=True))
    for item in items:
        named = item[:-1] if _is(item[-1], ",") else item
        if len(named) > 1 and _is(named[-2], "AS") and isinstance(named[-1], Token):
            for text in remarks(named[-1].text[1:-1].replace('""', '"')):
                lines += comment(text, indent + 2)
        lines += lay(item, indent + 2)
    return lines


def lay(pieces: Sequence[Piece], indent: int) -> list[str]:
    """An expression on one line, or where it is too long for that in steps."""
    line = flat(pieces)
    if indent + len(line) <= WIDTH:
        return [" " * indent + line]
    for parts in _partings(pieces):
        if len(parts) > 1:
            return [line for part in parts for line in lay(part, indent)]
    return _opened(pieces, indent)


def _partings(pieces: Sequence[Piece]) -> Iterator[list[list[Piece]]]:
    """The ways to part an expression, that between the loosest parts first."""
    yield list(_clauses(pieces))
    yield list(_split(pieces, lambda piece, _: _is(piece, ","), after=True))
    for words in _BREAKS:
        yield list(_split(pieces, partial(_begins, words), after=False))


def _opened(pieces: Sequence[Piece], indent: int) -> list[str]:
    """An expression that can only be broken inside its parentheses."""
    lines: list[str] = []
    line = " " * indent
    for number, piece in enumerate(pieces):
        gap = " " if number and piece.spaced else ""
        if isinstance(piece, Group) and len(line) + len(gap) + len(piece.text) > WIDTH and len(piece.text) > _SHORT:
            lines += [line + gap + piece.start.text, *lay(piece.body, indent + 2)]
            line = " " * indent + piece.end.text
        else:
            line += gap + piece.text
    return [*lines, line]


def _split(pieces: Sequence[Piece], cuts: Callable[[Piece, Sequence[Piece]], bool], *, after: bool) -> Iterator[list[Piece]]:
    """The parts between the pieces that cut, each of which begins a part or ends one."""
    found: list[Piece] = []
    for piece in pieces:
        cut = cuts(piece, found)
        if cut and not after and found:
            yield found
            found = []
        found.append(piece)
        if cut and after:
            yield found
            found = []
    if found:
        yield found


def _begins(words: Collection[str], piece: Piece, before: Sequence[Piece]) -> bool:
    # The AND of BETWEEN joins no conditions.
    return isinstance(piece, Token) and piece.text in words and not any(_is(one, "BETWEEN") for one in before[-3:])


def tree(tokens: Iterable[Token]) -> list[Piece]:
    """The tokens with what stands between parentheses taken together."""
    stack: list[tuple[Token | None, list[Piece]]] = [(None, [])]
    for token in tokens:
        start, body = stack[-1]
        if token.text in _OPEN:
            stack.append((token, []))
        elif start is not None and token.text == _OPEN[start.text]:
            stack.pop()
            gap = " " if start.text.isalpha() else ""
            stack[-1][1].append(Group(start, body, token, f"{start.text}{gap}{flat(body)}{gap}{token.text}"))
        else:
            body.append(token)
    ((_, found),) = stack
    return found


def flat(pieces: Sequence[Piece]) -> str:
    """Pieces on one line."""
    return "".join(f" {piece.text}" if number and piece.spaced else piece.text for number, piece in enumerate(pieces))


def _is(piece: Piece, text: str) -> bool:
    return isinstance(piece, Token) and piece.text == text
