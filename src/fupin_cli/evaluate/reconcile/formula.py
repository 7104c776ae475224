"""What stands in 申报数 and 组成: numbers with units, sums and quotients of them, other items, counts over a roster.

    figures   sum (";" sum)*                       a series, compared one by one
    sum       product (("+" | "-") product)*
    product   factor (("*" | "/") factor)*
    factor    "-" factor | "(" sum ")" | number | "{" item "}" | function "(" condition ")"
    number    digits [unit] (digits unit)*         8户22人

Full-width forms and × ÷ ； are the same as half-width ones.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fupin_cli.evaluate.reconcile.units import UNIT, Unit, times_of, unit_of
from fupin_cli.model.nearest import nearest
from fupin_cli.rules.scope import ExpressionError

#: Most signs in a formula: a chain nests to the left, and whoever walks it goes as deep as it is long. A number of more digits is
#: somebody's identity number or bank card, which no report may show.
MAX_LENGTH, MAX_DEPTH, MAX_DIGITS, MAX_SIGNS = 2000, 24, 14, 300
#: Most characters of a text that a message shows.
_SHOWN = 20

Sign = Literal["+", "-", "*", "/"]
#: Functions over the rows of a roster.
FUNCTIONS = ("户数", "人数", "村数", "合计")

_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_GOES_ON = re.compile(r"[.\d]")
_NAME = re.compile(r"[^\W\d]\w*")
_HALF = str.maketrans("×÷−–—", "*/---")
#: What opens a text in a condition, and what ends it.
_QUOTES = {"'": "'", '"': '"', "‘": "’", "“": "”"}


@dataclass(frozen=True)
class Figure:
    """A number as it is written."""

    value: Fraction
    #: One of the last digit that is written, and whether that is a decimal.
    step: Fraction
    has_decimals: bool
    unit: Unit | None
    #: 万 or the like that stands alone behind the number, without a unit.
    many: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a formula; ``offset`` is the character at which it starts, or at which its sign stands."""

    offset: int


@dataclass(frozen=True)
class Number(Part):
    """One number, or several that count different things."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Item(Part):
    """The declared figure of another row."""

    name: str


@dataclass(frozen=True)
class Call(Part):
    """A count or sum over a roster."""

    function: str
    condition: str
    #: Where the condition starts.
    inside: int


@dataclass(frozen=True)
class Minus(Part):
    """A part below nothing."""

    part: Part


@dataclass(frozen=True)
class Work(Part):
    """Two parts and what is done with them."""

    sign: Sign
    left: Part
    right: Part


def parse_formula(text: str) -> tuple[Part, ...]:
    """The figures of a series; a single one is the usual case.

    Raises:
        ExpressionError: it is not written as a formula; ``offset`` is the character where that shows.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("formula-too-long", 0, most=str(MAX_LENGTH))
    return _Reader(text).figures()


def calls(part: Part) -> list[Call]:
    """The counts over rosters in a formula, in the order in which they are written."""
    match part:
        case Call():
            return [part]
        case Minus(part=inner):
            return calls(inner)
        case Work(left=left, right=right):
            return [*calls(left), *calls(right)]
        case _:
            return []


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, text: str) -> None:
        self.text = "".join(_half(character) for character in text)
        self.at, self.depth, self.signs = 0, 0, 0

    def figures(self) -> tuple[Part, ...]:
        found = [self.sum()]
        while self.take(";"):
            found.append(self.sum())
        if self.peek():
            raise self.refuse("formula-sign-expected", what=self.word())
        return tuple(found)

    def sum(self) -> Part:
        return self.chain("+-", self.product)

    def product(self) -> Part:
        return self.chain("*/", self.factor)

    def chain(self, signs: str, part: Callable[[], Part]) -> Part:
        left = part()
        while self.peek() and self.peek() in signs:
            self.signs += 1
            if self.signs > MAX_SIGNS:
                raise self.refuse("formula-too-many", most=str(MAX_SIGNS))
            offset, sign = self.at, self.peek()
            self.at += 1
            left = Work(offset, sign, left, part())  # type: ignore[arg-type]  # it is one of the signs
        return left

    def factor(self) -> Part:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse("formula-too-deep", most=str(MAX_DEPTH))
        try:
            return self.one()
        finally:
            self.depth -= 1

    def one(self) -> Part:
        first, offset = self.peek(), self.at
        if first == "-":
            self.at += 1
            return Minus(offset, self.factor())
        if first == "(":
            self.at += 1
            inner = self.sum()
            if not self.take(")"):
                raise self.refuse("formula-bracket-open", opened=str(offset + 1))
            return inner
        if first == "{":
            return self.item()
        if first.isdecimal():
            return self.number()
        name = _NAME.match(self.text, self.at)
        if name is not None:
            return self.call(name[0])
        raise self.refuse("formula-number-expected", what=self.word())

    def item(self) -> Item:
        offset, end = self.at, self.text.find("}", self.at)
        if end < 0:
            raise self.refuse("formula-bracket-open", opened=str(offset + 1))
        self.at = end + 1
        return Item(offset, self.text[offset + 1 : end].strip())

    def call(self, name: str) -> Call:
        offset = self.at
        if name not in FUNCTIONS:
            raise self.refuse("formula-function-unknown", name=name, nearest=nearest(name, FUNCTIONS))
        self.at += len(name)
        if not self.take("("):
            raise self.refuse("formula-call-expected", name=name)
        start = self.at
        self.at = _closing(self.text, start)
        if self.at < 0:
            self.at = start
            raise self.refuse("formula-bracket-open", opened=str(start))
        condition = self.text[start : self.at]
        self.at += 1
        return Call(offset, name, condition, start)

    def number(self) -> Number:
        offset, figures = self.at, [self.figure()]
        while figures[-1].unit is not None and self.text[self.at : self.at + 1].isdecimal():
            start = self.at
            figures.append(self.figure())
            known = [figure.unit.dimension for figure in figures[:-1] if figure.unit is not None]
            unit = figures[-1].unit
            if unit is None or unit.dimension in known:
                self.at = start
                raise self.refuse("formula-sign-expected", what=self.word())
        return Number(offset, tuple(figures))

    def figure(self) -> Figure:
        found = _DIGITS.match(self.text, self.at)
        if found is None:
            raise self.refuse("formula-number", value=self.word())
        whole, decimals = found[1].replace(",", ""), (found[2] or ".")[1:]
        goes_on = _GOES_ON.match(self.text, found.end()) is not None
        if len(whole + decimals) > MAX_DIGITS or (len(whole) > 1 and whole[0] == "0") or goes_on:
            raise self.refuse("formula-number", value=self.word())
        self.at = found.end()
        value, step = Fraction(f"{whole}.{decimals or 0}"), Fraction(1, 10 ** len(decimals))
        behind = UNIT.match(self.text, self.at)
        if behind is None:
            return Figure(value, step, bool(decimals), None)
        self.at = behind.end()
        many = behind["only"] or ""
        times = times_of(many) or 1
        return Figure(value * times, step * times, bool(decimals), unit_of(behind[0]), many)

    def peek(self) -> str:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, sign: str) -> bool:
        taken = self.peek() == sign
        self.at += taken
        return taken

    def word(self) -> str:
        """What stands at the place, for a message."""
        found = re.compile(r"[\w.,]+|\S").match(self.text, self.at)
        return found[0][:_SHOWN] if found is not None else ""

    def refuse(self, code: str, **facts: str) -> ExpressionError:
        return ExpressionError(code, self.at, **facts)


def _half(character: str) -> str:
    """A character in its half-width form, where that is as long."""
    return character.translate(_HALF) if not "\uff01" <= character <= "\uff5e" else chr(ord(character) - 0xFEE0)


def _closing(text: str, start: int) -> int:
    """Where the bracket closes that was opened before ``start``; -1 where it does not."""
    depth, quoted = 1, ""
    for index in range(start, len(text)):
        character = text[index]
        if quoted:
            quoted = "" if character in quoted else quoted
        elif character in _QUOTES:
            quoted = _QUOTES[character]
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return index
    return -1
