"""In what the SQL of the databases differs for which a query can be printed.

Everything that fupin's query is made of is understood by all of them, and means the same; only what stands here does not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.printed.tokens import Token
from fupin_cli.model.nearest import nearest

#: The common table expressions that add columns to each row of another.
_STEP = re.compile(r"(base|row\d+_\d+|joined|step\d+|need\d+) AS \(")


@dataclass(frozen=True)
class Dialect:
    """A database's way to write what others write otherwise."""

    name: str
    #: The program and its first version that can run the query.
    title: str
    #: Type names and the like → what they are called here.
    words: Mapping[str, str] = field(default_factory=dict)
    #: Bytes of the longest name; longer ones would be cut off, and two of them be one. None: there is no limit.
    longest: int | None = None
    #: What keeps one step of the query from being written into the next: else an expression stands again wherever it is named,
    #: and after twenty steps that is no query any more.
    fence: str = ""

    def relation(self, sql: str) -> str:
        """A common table expression."""
        return f"{sql[:-1]} {self.fence})" if self.fence and _STEP.match(sql) else sql

    def token(self, token: Token) -> Token:
        """A word or name of the query."""
        if token.text[0] == '"':
            return Token(self.identifier(token.text), token.spaced)
        return Token(self.words[token.text], token.spaced) if token.text in self.words else token

    def identifier(self, quoted: str) -> str:
        """A quoted name, made shorter where it is too long, and then still unlike every other."""
        name = quoted[1:-1]
        # No character takes more than four bytes.
        if self.longest is None or len(name) <= self.longest // 4 or len(name.encode("utf-8")) <= self.longest:
            return quoted
        mark = "~" + sha256(name.encode("utf-8")).hexdigest()[:8]
        kept = name.encode("utf-8")[: self.longest - len(mark)].decode("utf-8", "ignore")
        return f'"{kept}{mark}"'


DIALECTS: Mapping[str, Dialect] = {
    one.name: one
    for one in (
        Dialect("duckdb", "DuckDB 1.4"),
        Dialect("postgres", "PostgreSQL 12", {"TINYINT": "SMALLINT"}, longest=63, fence="OFFSET 0"),
    )
}


def dialect_of(name: str) -> Dialect:
    """The dialect of this name.

    Raises:
        UsageRefused: there is none.
    """
    if name not in DIALECTS:
        raise UsageRefused("sql-dialect-unknown", name=name, nearest=nearest(name, DIALECTS), known=", ".join(DIALECTS))
    return DIALECTS[name]
