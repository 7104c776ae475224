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

_OPENING = re.compile(r"(\w+) AS \(")


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
    #: Whether each common table expression has to be computed as it stands: a database that puts one into the next instead
    #: writes an expression anew wherever it is named, and twenty on top of each other are no query any more.
    step_by_step: bool = False

    def relation(self, sql: str) -> str:
        """A common table expression."""
        return _OPENING.sub(r"\1 AS MATERIALIZED (", sql, count=1) if self.step_by_step else sql

    def token(self, token: Token) -> Token:
        """A word or name of the query."""
        if token.text in self.words:
            return Token(self.words[token.text], spaced=token.spaced)
        if token.text.startswith('"'):
            return Token(self.identifier(token.text), spaced=token.spaced)
        return token

    def identifier(self, quoted: str) -> str:
        """A quoted name, made shorter where it is too long, and then still unlike every other."""
        name = quoted[1:-1]
        if self.longest is None or len(name.encode("utf-8")) <= self.longest:
            return quoted
        mark = "~" + sha256(name.encode("utf-8")).hexdigest()[:8]
        kept = name.encode("utf-8")[: self.longest - len(mark)].decode("utf-8", "ignore")
        return f'"{kept}{mark}"'


DIALECTS: Mapping[str, Dialect] = {
    one.name: one
    for one in (
        Dialect("duckdb", "DuckDB 1.4"),
        Dialect("postgres", "PostgreSQL 12", {"TINYINT": "SMALLINT"}, longest=63, step_by_step=True),
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
