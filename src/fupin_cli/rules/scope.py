"""What a condition may name, and how it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import NameKind


class ExpressionError(Exception):
    """A condition that the language does not allow; ``offset`` is the character at which it stands."""

    def __init__(self, code: str, offset: int, **facts: str) -> None:
        super().__init__(code)
        self.code, self.offset, self.facts = code, offset, facts


@dataclass(frozen=True)
class Known:
    """A name that a condition may use."""

    kind: NameKind
    type: ValueType
    #: Values of a code list: a literal compared with it must be one of them.
    codes: Sequence[str] = ()
    #: Whether a value is always just one of them.
    one_code: bool = False
    #: A quotient is never formed, so it may only stand alone on one side of a comparison.
    quotient: bool = False


@dataclass(frozen=True)
class Scope:
    """The names a condition may use, and whether it may ask for blanks."""

    names: Mapping[str, Known]
    parameters: Mapping[str, Known] = field(default_factory=dict)
    null_tests: bool = False
