"""A condition over a roster as people write it, labels for names, and its tree in the rule language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import NameKind, Node
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import ExpressionError, Known, Scope

#: Words of the rule language in Chinese; they stand alone, with spaces around them where a name is beside them.
_WORDS: Mapping[str, str] = {
    "且": "AND", "并且": "AND", "或": "OR", "或者": "OR", "非": "NOT", "不是": "NOT", "是": "TRUE", "否": "FALSE",
    "≥": ">=", "≤": "<=", "≠": "<>", "“": "'", "”": "'", "‘": "'", "’": "'", '"': "'",
}  # fmt: skip
_TOKEN = re.compile(r"""'[^']*'|“[^”]*”|‘[^’]*’|"[^"]*"|\w+|.""", re.DOTALL)
_QUOTED = re.compile(r"""['“‘"](.*)['”’"]""", re.DOTALL)
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Vocabulary:
    """What a condition over some tables may name."""

    #: Label or other header → table and field.
    places: Mapping[str, tuple[str, str]]
    scope: Scope
    #: Values of code lists: they need no quotation marks.
    codes: frozenset[str]


def vocabulary(tables: Iterable[str]) -> Vocabulary:
    """The labels of tables; where two tables have the same one, that of the first."""
    places: dict[str, tuple[str, str]] = {}
    for table in tables:
        for name, column in fields(table).items():
            for word in (column.label, *column.aliases, name):
                if _NAME.fullmatch(word):
                    places.setdefault(word, (table, name))
    columns = {word: fields(table)[name] for word, (table, name) in places.items()}
    known = {word: Known(NameKind.FIELD, column.type, column.form.codes) for word, column in columns.items()}
    codes = frozenset(code for column in columns.values() for code in column.form.codes)
    return Vocabulary(places, Scope(known), codes - set(known))


def read_condition(text: str, words: Vocabulary, expected: ValueType) -> Node:
    """The tree of a condition or of a number.

    Raises:
        ExpressionError: the rule language does not allow it; ``offset`` is the character in ``text``.
    """
    written: list[str] = []
    origin: list[int] = []
    for token in _TOKEN.finditer(text):
        word = _translated(token[0], words)
        written.append(word)
        origin += [token.start() + min(index, len(token[0]) - 1) for index in range(len(word))]
    try:
        return parse("".join(written), words.scope, expected)
    except ExpressionError as error:
        offset = origin[error.offset] if error.offset < len(origin) else len(text)
        raise ExpressionError(error.code, offset, **error.facts) from None


def _translated(token: str, words: Vocabulary) -> str:
    if token in words.codes:
        return f"'{token}'"
    quoted = _QUOTED.fullmatch(token)
    if quoted is not None:
        inner = quoted[1].replace("'", "''")
        return f"'{inner}'"
    return token if token in words.places else _WORDS.get(token, token)
