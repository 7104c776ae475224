"""SQL's three truth values as two conditions that exclude each other: surely true, surely false; unknown is neither."""

from collections.abc import Iterable
from dataclasses import dataclass

import z3

_YES, _NO = z3.BoolVal(True), z3.BoolVal(False)
#: The solver has each term once, and these two are held here: asking for the number of a term is the cheapest way to know them.
_YES_ID, _NO_ID = _YES.get_id(), _NO.get_id()


def all_of(parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """AND of plain conditions, without those that are TRUE anyway."""
    real: list[z3.BoolRef] = []
    for part in parts:
        number = part.get_id()
        if number == _NO_ID:
            return _NO
        if number != _YES_ID:
            real.append(part)
    return z3.And(*real) if len(real) > 1 else real[0] if real else _YES


def any_of(parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """OR of plain conditions, without those that are FALSE anyway."""
    real: list[z3.BoolRef] = []
    for part in parts:
        number = part.get_id()
        if number == _YES_ID:
            return _YES
        if number != _NO_ID:
            real.append(part)
    return z3.Or(*real) if len(real) > 1 else real[0] if real else _NO


def none_of(part: z3.BoolRef) -> z3.BoolRef:
    """NOT of a plain condition."""
    number = part.get_id()
    return _NO if number == _YES_ID else _YES if number == _NO_ID else z3.Not(part)


@dataclass(frozen=True)
class Three:
    """A truth value: ``true`` and ``false`` never hold together."""

    true: z3.BoolRef
    false: z3.BoolRef

    @property
    def known(self) -> z3.BoolRef:
        """Whether it is not unknown."""
        return any_of([self.true, self.false])

    @property
    def unknown(self) -> z3.BoolRef:
        """Whether it is neither."""
        return none_of(self.known)

    def is_(self, truth: bool | None) -> z3.BoolRef:
        """Whether it has this value; ``None`` is unknown."""
        return self.unknown if truth is None else self.true if truth else self.false

    def not_(self) -> "Three":
        """NOT: the unknown stays unknown."""
        return Three(self.false, self.true)


def settled(condition: z3.BoolRef, known: z3.BoolRef | None = None) -> Three:
    """A condition that is true or false where it is known at all."""
    there = z3.BoolVal(True) if known is None else known
    return Three(all_of([there, condition]), all_of([there, none_of(condition)]))


TRUE, FALSE, UNKNOWN = settled(z3.BoolVal(True)), settled(z3.BoolVal(False)), Three(z3.BoolVal(False), z3.BoolVal(False))


def both(parts: Iterable[Three]) -> Three:
    """AND: false as soon as one part is."""
    listed = list(parts)
    return Three(all_of(part.true for part in listed), any_of(part.false for part in listed))


def either(parts: Iterable[Three]) -> Three:
    """OR: true as soon as one part is."""
    listed = list(parts)
    return Three(any_of(part.true for part in listed), all_of(part.false for part in listed))
