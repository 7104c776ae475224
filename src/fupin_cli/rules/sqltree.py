"""The text of a condition as SQL, before anything is made of it: sqlglot parses it, and what it would let pass is refused."""

import re
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from fupin_cli.rules.scope import ExpressionError

MAX_LENGTH = 2000
DIALECT = "duckdb"

_STRING = re.compile(r"'(?:[^']|'')*'")
#: What the parser of SQL would let pass without a trace: comments, a second statement, other marks for parameters, other ways to
#: write numbers, another word for IS NULL.
_FOREIGN = re.compile(r"--|/\*|;|(?<![\w$]):\w+|\d_\w*|(?<![\w.])\.\d+|\bUNKNOWN\b", re.IGNORECASE)


def refuse_foreign(text: str) -> None:
    """Refuse what is too long or no rule's SQL.

    Raises:
        ExpressionError: where it stands.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression-too-long", 0, most=str(MAX_LENGTH))
    bare = _STRING.sub(lambda found: " " * len(found[0]), text)
    odd = _FOREIGN.search(bare)
    if odd is not None:
        code = "expression-comment" if odd[0] in ("--", "/*") else "expression-not-allowed"
        raise ExpressionError(code, odd.start(), **({"what": odd[0]} if code == "expression-not-allowed" else {}))


@lru_cache(maxsize=4096)
def sql_tree(text: str) -> exp.Expr:
    """What sqlglot makes of a text; it is only read. The steps of a procedure have many conditions that are the same.

    Raises:
        SqlglotError: it is no SQL (``not_sql`` says it to people).
        RecursionError: it is too deep.
    """
    return sqlglot.parse_one(text, dialect=DIALECT)


def not_sql(text: str, error: SqlglotError) -> ExpressionError:
    """Where the parser stumbled."""
    spot = (getattr(error, "errors", None) or [{}])[0]
    near = str(spot.get("highlight") or "")
    # sqlglot names the last character of the word it stumbled over.
    offset = max(_offset(text, spot.get("line") or 1, spot.get("col") or 1) - max(len(near) - 1, 0), 0)
    return ExpressionError("expression-not-sql", offset, near=near)


def _offset(text: str, line: int, column: int) -> int:
    before = sum(len(part) + 1 for part in text.split("\n")[: line - 1])
    return min(before + max(column - 1, 0), len(text))
