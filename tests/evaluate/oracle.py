"""A second reading of the rule language, made to disagree with the first.

A condition here is a small tree of our own. It can write itself as SQL text, which is all that the program under test ever
sees of it, and it can work out its own value with Python's three values (True, False, None) and exact fractions. No line of
the program is imported: what both agree on is what the design says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

Value = Fraction | str | bool | date | None
Lookup = Callable[[str], Value]


def exact(value: object) -> Value:
    """A Python value as the oracle compares it: every number a fraction."""
    if value is None or isinstance(value, bool | str | date | Fraction):
        return value
    if isinstance(value, int | Decimal):
        return Fraction(value)
    raise TypeError(value)


# --- three-valued logic -------------------------------------------------------------------------------------------------


def k_not(value: bool | None) -> bool | None:
    return None if value is None else not value


def k_and(values: Iterable[bool | None]) -> bool | None:
    found = list(values)
    if any(value is False for value in found):
        return False
    return None if any(value is None for value in found) else True


def k_or(values: Iterable[bool | None]) -> bool | None:
    found = list(values)
    if any(value is True for value in found):
        return True
    return None if any(value is None for value in found) else False


# --- the tree -----------------------------------------------------------------------------------------------------------

#: How tightly each kind of node binds when it is written without parentheses.
_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _ATOM = range(8)


class Expr:
    """A part of a condition."""

    binds = _ATOM

    def sql(self) -> str:
        raise NotImplementedError

    def value(self, look: World) -> Value:
        raise NotImplementedError

    def parts(self) -> tuple[Expr, ...]:
        return ()

    def inside(self, tighter: int) -> str:
        """As a part of something that binds as tightly as ``tighter``: in parentheses where those are needed."""
        return self.sql() if self.binds >= tighter else f"({self.sql()})"


@dataclass(frozen=True)
class World:
    """What a condition can ask about one record."""

    #: Value of a field, fact, check or ``$parameter``.
    of: Lookup
    #: Whether a field is blank; None where that is not known.
    blank: Callable[[str], bool | None]


@dataclass(frozen=True)
class Number(Expr):
    written: str

    def sql(self) -> str:
        return self.written

    def value(self, look: World) -> Value:
        return Fraction(Decimal(self.written))


@dataclass(frozen=True)
class Words(Expr):
    content: str

    def sql(self) -> str:
        return "'" + self.content.replace("'", "''") + "'"

    def value(self, look: World) -> Value:
        return self.content


@dataclass(frozen=True)
class Truth(Expr):
    said: bool

    def sql(self) -> str:
        return "TRUE" if self.said else "FALSE"

    def value(self, look: World) -> Value:
        return self.said


@dataclass(frozen=True)
class Name(Expr):
    name: str

    def sql(self) -> str:
        return self.name

    def value(self, look: World) -> Value:
        return look.of(self.name)


@dataclass(frozen=True)
class Minus(Expr):
    part: Expr
    binds = _SIGN

    def sql(self) -> str:
        # Two signs in a row would be a comment.
        return f"-{self.part.inside(_ATOM)}"

    def value(self, look: World) -> Value:
        value = self.part.value(look)
        return None if value is None else -value  # type: ignore[operator]

    def parts(self) -> tuple[Expr, ...]:
        return (self.part,)


@dataclass(frozen=True)
class Sum(Expr):
    sign: str
    left: Expr
    right: Expr

    @property
    def binds(self) -> int:  # type: ignore[override]
        return _PRODUCT if self.sign == "*" else _SUM

    def sql(self) -> str:
        return f"{self.left.inside(self.binds)} {self.sign} {self.right.inside(self.binds + 1)}"

    def value(self, look: World) -> Value:
        left, right = self.left.value(look), self.right.value(look)
        if not isinstance(left, Fraction) or not isinstance(right, Fraction):
            return None
        return left + right if self.sign == "+" else left - right if self.sign == "-" else left * right

    def parts(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class Call(Expr):
    function: str
    first: Expr
    second: Expr

    def sql(self) -> str:
        return f"{self.function}({self.first.sql()}, {self.second.sql()})"

    def value(self, look: World) -> Value:
        first, second = self.first.value(look), self.second.value(look)
        if not isinstance(first, date) or not isinstance(second, date):
            return None
        if self.function == "days_between":
            return Fraction((second - first).days)
        if second < first:
            # Nobody has an age before being born.
            return None
        return Fraction(second.year - first.year - ((second.month, second.day) < (first.month, first.day)))

    def parts(self) -> tuple[Expr, ...]:
        return (self.first, self.second)


def compared(sign: str, left: Value, right: Value) -> bool | None:
    """One comparison; unknown as soon as one side is."""
    if left is None or right is None:
        return None
    if sign in ("=", "=="):
        return left == right
    if sign in ("<>", "!="):
        return left != right
    below, above = left < right, left > right  # type: ignore[operator]
    return {"<": below, ">": above, "<=": not above, ">=": not below}[sign]


@dataclass(frozen=True)
class Compare(Expr):
    sign: str
    left: Expr
    right: Expr
    binds = _COMPARE

    def sql(self) -> str:
        return f"{self.left.inside(_SUM)} {self.sign} {self.right.inside(_SUM)}"

    def value(self, look: World) -> Value:
        return compared(self.sign, self.left.value(look), self.right.value(look))

    def parts(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class OneOf(Expr):
    item: Expr
    options: tuple[Expr, ...]
    negated: bool = False
    binds = _COMPARE

    def sql(self) -> str:
        word = "NOT IN" if self.negated else "IN"
        return f"{self.item.inside(_SUM)} {word} ({', '.join(option.sql() for option in self.options)})"

    def value(self, look: World) -> Value:
        item = self.item.value(look)
        found = k_or(compared("=", item, option.value(look)) for option in self.options)
        return k_not(found) if self.negated else found

    def parts(self) -> tuple[Expr, ...]:
        return (self.item, *self.options)


@dataclass(frozen=True)
class Between(Expr):
    item: Expr
    low: Expr
    high: Expr
    negated: bool = False
    binds = _COMPARE

    def sql(self) -> str:
        word = "NOT BETWEEN" if self.negated else "BETWEEN"
        return f"{self.item.inside(_SUM)} {word} {self.low.inside(_SUM)} AND {self.high.inside(_SUM)}"

    def value(self, look: World) -> Value:
        item = self.item.value(look)
        found = k_and([compared(">=", item, self.low.value(look)), compared("<=", item, self.high.value(look))])
        return k_not(found) if self.negated else found

    def parts(self) -> tuple[Expr, ...]:
        return (self.item, self.low, self.high)


@dataclass(frozen=True)
class IsBlank(Expr):
    name: str
    negated: bool = False
    binds = _COMPARE

    def sql(self) -> str:
        return f"{self.name} IS {'NOT ' if self.negated else ''}NULL"

    def value(self, look: World) -> Value:
        found = look.blank(self.name)
        return k_not(found) if self.negated else found

    def parts(self) -> tuple[Expr, ...]:
        return (Name(self.name),)


@dataclass(frozen=True)
class Not(Expr):
    part: Expr
    binds = _NOT

    def sql(self) -> str:
        return f"NOT {self.part.inside(_NOT)}"

    def value(self, look: World) -> Value:
        return k_not(self.part.value(look))  # type: ignore[arg-type]

    def parts(self) -> tuple[Expr, ...]:
        return (self.part,)


@dataclass(frozen=True)
class Every(Expr):
    """AND."""

    conditions: tuple[Expr, ...]
    binds = _AND

    def sql(self) -> str:
        return " AND ".join(part.inside(_AND + 1) for part in self.conditions)

    def value(self, look: World) -> Value:
        return k_and(part.value(look) for part in self.conditions)  # type: ignore[misc]

    def parts(self) -> tuple[Expr, ...]:
        return self.conditions


@dataclass(frozen=True)
class Some(Expr):
    """OR."""

    conditions: tuple[Expr, ...]
    binds = _OR

    def sql(self) -> str:
        return " OR ".join(part.inside(_OR + 1) for part in self.conditions)

    def value(self, look: World) -> Value:
        return k_or(part.value(look) for part in self.conditions)  # type: ignore[misc]

    def parts(self) -> tuple[Expr, ...]:
        return self.conditions


def names_in(expr: Expr) -> Iterator[str]:
    """Every name in a condition."""
    if isinstance(expr, Name):
        yield expr.name
    for part in expr.parts():
        yield from names_in(part)


# --- records and standards ----------------------------------------------------------------------------------------------


class Unreadable:
    """Something stands in the cell, and nobody can read it."""


BAD = Unreadable()


@dataclass(frozen=True)
class Record:
    """A row: what its cells hold (``BAD`` where unreadable, nothing where blank), and which fields its sheet has."""

    cells: Mapping[str, object]
    columns: frozenset[str]

    def given(self, name: str) -> Value:
        value = self.cells.get(name)
        return None if value is BAD or name not in self.columns else exact(value)

    def bad(self, name: str) -> bool:
        return name in self.columns and self.cells.get(name) is BAD


@dataclass(frozen=True)
class Fact:
    """A fact of the subject's own fields (``fold`` empty), over its member rows, or over rows found ``on`` a value."""

    expr: Expr
    fold: str = ""
    per: str = ""
    fills: str = ""
    over: str = "person"
    on: Expr | None = None


@dataclass(frozen=True)
class Check:
    require: Expr
    applies: Expr | None = None


@dataclass(frozen=True)
class Model:
    """A standard."""

    checks: Mapping[str, Check]
    #: (outcome, condition); the default has none.
    rows: Sequence[tuple[str, Expr | None]]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    applies: Expr | None = None
    #: Parameter → (first year, last year or none, value), one after another.
    parameters: Mapping[str, Sequence[tuple[int, int | None, Decimal]]] = field(default_factory=dict)
    assumed: Mapping[str, object] = field(default_factory=dict)
    subject: str = "household"
    #: In a standard about the data itself only what is sure counts.
    quality: bool = False


@dataclass(frozen=True)
class Found:
    """The rows that belong to a subject by a value, and whether there may be others."""

    rows: Sequence[Record]
    whole: bool


def found_on(on: Expr, subject: Record, rows: Sequence[Record], *, lost: bool = False) -> Found:
    """The rows in which an expression has the same known value as for the subject, in the same year.

    Where one side states no year they belong together if all rows with that value are of one year; a year that nobody can read
    may be any.
    """

    def value(record: Record) -> Value:
        return on.value(World(record.given, lambda _: None))

    key = value(subject)
    if key is None:
        return Found([], whole=False)
    alike = [row for row in rows if value(row) == key]
    own: list[Record] = []
    unsure = False
    stated = any(row.given("year") is not None or row.bad("year") for row in rows)
    years = {row.given("year") for row in alike} - {None}
    for row in alike:
        theirs, mine = row.given("year"), subject.given("year")
        if not stated or (theirs is not None and theirs == mine):
            own.append(row)
        elif theirs is None or mine is None:
            if len(years) <= 1 and not row.bad("year") and not subject.bad("year"):
                own.append(row)
            else:
                unsure = True
    homeless = any(value(row) is None for row in rows)
    return Found(own, whole=not (unsure or lost or homeless))


@dataclass(frozen=True)
class Verdict:
    outcome: str
    possible: frozenset[str]
    row: int | None
    statuses: Mapping[str, str]


NOT_APPLICABLE = "not_applicable"
#: Household size: how many member rows there should be.
SIZE = "household_size"


class Subject:
    """One record judged by one standard."""

    def __init__(
        self,
        model: Model,
        record: Record,
        members: Sequence[Record] = (),
        *,
        as_of: date | None = None,
        lost: bool = False,
        loose: bool = False,
        found: Mapping[Expr, Found] | None = None,
    ) -> None:
        """``lost``: some member rows of the file have no household; ``loose``: some of this one's may be of another year.

        ``found``: the rows that belong to it by the value of an expression.
        """
        self.found = found or {}
        self.model, self.record, self.members, self.given_day = model, record, members, as_of
        self.lost, self.loose = lost, loose
        self.known: dict[str, Value] = {}
        self.world = World(self.of, self.blank)

    # What a name stands for.

    def of(self, name: str) -> Value:
        if name not in self.known:
            self.known[name] = self._find(name)
        return self.known[name]

    def _find(self, name: str) -> Value:
        if name == "as_of":
            year = self.record.given("year")
            return self.given_day or (date(int(year), 12, 31) if isinstance(year, Fraction) else None)
        if name.startswith("$"):
            return self.limit(name[1:])
        if name in self.model.checks:
            return self.met(name)
        if name in self.model.facts:
            return self.fact(self.model.facts[name])
        return self.settled(name)[0]

    def limit(self, name: str) -> Value:
        year = self.record.given("year")
        if not isinstance(year, Fraction):
            return None
        return next(
            (exact(v) for first, last, v in self.model.parameters[name] if first <= year and (last is None or year <= last)), None
        )

    def settled(self, name: str) -> tuple[Value, bool]:
        """A field's value with what fills it, and whether its sources disagree."""
        if self.record.bad(name):
            return None, False
        given = self.record.given(name)
        filling = [fact for fact in self.model.facts.values() if fact.fills == name]
        quotients = [fact for fact in filling if fact.per]
        if quotients and given is not None:
            # A given income per person is what the standard reads.
            return given, False
        sources = [value for value in (given, *(self.fact(fact) for fact in filling)) if value is not None]
        if len(set(sources)) > 1:
            return None, True
        if given is None and any(self.spoilt(fact) for fact in filling):
            # What nobody can read might have said otherwise; it is neither overruled nor assumed over.
            return None, False
        if sources:
            return sources[0], False
        return exact(self.model.assumed.get(name)), False

    def blocked(self, name: str) -> bool:
        """Whether something stands in a field's cell that cannot be read, or its sources disagree."""
        return self.record.bad(name) or self.settled(name)[1]

    def spoilt(self, fact: Fact) -> bool:
        """Whether a fact is unknown for something that is there, but unreadable or in dispute."""
        if self.fact(fact) is not None:
            return False
        if fact.fold:
            rows = self.members if fact.on is None else self.found[fact.on].rows
            return any(member.bad(name) for member in rows for name in names_in(fact.expr))
        return any(self.blocked(name) for name in (*self.leaves(fact), *([fact.per] if fact.per else [])))

    def leaves(self, fact: Fact) -> Iterator[str]:
        """The fields that a fact of the subject's own fields comes from."""
        for name in names_in(fact.expr):
            inner = self.model.facts.get(name)
            if inner is None:
                yield from [] if name.startswith("$") or name == "as_of" else [name]
            elif not inner.fold:
                yield from self.leaves(inner)

    def blank(self, name: str) -> bool | None:
        value, disagree = self.settled(name)
        if value is not None:
            return False
        return None if disagree or self.record.bad(name) or name not in self.record.columns else True

    def fact(self, fact: Fact) -> Value:
        if fact.fold:
            return self.over_members(fact)
        value = fact.expr.value(self.world)
        if not fact.per:
            return value
        divisor = self.of(fact.per)
        return value / divisor if isinstance(value, Fraction) and isinstance(divisor, Fraction) else None

    # Members.

    def whole(self) -> bool:
        """Whether every member is there."""
        size = self.record.given(SIZE)
        if not self.members or self.loose or self.record.bad(SIZE):
            return False
        if size is None:
            return not self.lost
        return len(self.members) >= size  # type: ignore[operator]

    def member_values(self, expr: Expr, members: Sequence[Record]) -> list[Value]:
        def of(member: Record, name: str) -> Value:
            return self.of(name) if name == "as_of" or name.startswith("$") else member.given(name)

        return [expr.value(World(lambda name, m=member: of(m, name), lambda _: None)) for member in members]  # type: ignore[misc]

    def over_found(self, fact: Fact, found: Found) -> Value:
        """Of rows that a value joins nobody says how many there are: they are those that there are."""
        values = self.member_values(fact.expr, found.rows)
        if fact.fold == "distinct":
            known = {value for value in values if value is not None}
            return Fraction(len(known)) if known else None
        unseen: list[Value] = [] if found.whole else [None]
        if fact.fold == "count" and fact.expr == Truth(said=True):
            return Fraction(len(values)) if found.whole else None
        if fact.fold in ("min", "max") and not values:
            return None
        return self.folded(fact.fold, [*values, *unseen])

    def over_members(self, fact: Fact) -> Value:
        if fact.on is not None:
            return self.over_found(fact, self.found[fact.on])
        if fact.fold == "distinct":
            known = {value for value in self.member_values(fact.expr, self.members) if value is not None}
            return Fraction(len(known)) if known else None
        if fact.fold == "count" and fact.expr == Truth(said=True):
            # The rows themselves: no cell can make their number unknown, only a row that was lost.
            sure = self.members and not self.loose and (not self.lost or self.record.given(SIZE) is not None)
            return Fraction(len(self.members)) if sure else None
        unseen: list[Value] = [] if self.whole() else [None]
        return self.folded(fact.fold, [*self.member_values(fact.expr, self.members), *unseen])

    @staticmethod
    def folded(how: str, values: list[Value]) -> Value:
        match how:
            case "any":
                return k_or(values)  # type: ignore[arg-type]
            case "all":
                return k_and(values)  # type: ignore[arg-type]
            case "none":
                return k_not(k_or(values))  # type: ignore[arg-type]
        if None in values:
            return None
        if how == "count":
            return Fraction(sum(value is True for value in values))
        fold = {"sum": sum, "min": min, "max": max}[how]
        return Fraction(fold(values))  # type: ignore[operator]

    # Verdict.

    def met(self, name: str) -> bool | None:
        check = self.model.checks[name]
        applies = True if check.applies is None else check.applies.value(self.world)
        return k_or([k_not(applies), check.require.value(self.world)])  # type: ignore[arg-type,list-item]

    def statuses(self, name: str) -> set[str]:
        """The statuses that a check may show: one, unless nobody knows whether a met requirement applies."""
        check = self.model.checks[name]
        applies = True if check.applies is None else check.applies.value(self.world)
        require = check.require.value(self.world)
        if applies is False:
            return {"not_applicable"}
        if applies is None:
            return {"unknown", "pass"} if require is True else {"unknown"}
        return {"unknown" if require is None else "pass" if require else "fail"}

    def conditions(self) -> list[bool | None]:
        found = [True if when is None else when.value(self.world) for _, when in self.model.rows]
        return [value is True for value in found] if self.model.quality else found  # type: ignore[return-value]

    def possible_rows(self) -> list[int]:
        found = []
        for index, condition in enumerate(self.conditions()):
            if condition is not False:
                found.append(index)
            if condition is True:
                break
        return found

    def verdict(self) -> tuple[str, frozenset[str], int | None]:
        applies = True if self.model.applies is None else self.model.applies.value(self.world)
        if self.model.quality:
            applies = applies is True
        rows = [] if applies is False else self.possible_rows()
        possible = {self.model.rows[index][0] for index in rows}
        if applies is not True:
            possible.add(NOT_APPLICABLE)
        outcome = next(iter(possible)) if len(possible) == 1 else "undetermined"
        row = rows[0] if len(rows) == 1 and applies is True and outcome != "undetermined" else None
        return outcome, frozenset(possible), row

    # What would settle it.

    def missing(self) -> set[str]:
        """Blanks with nothing but unknown parts of the rules between them and a decision row that is still possible."""
        if self.verdict()[0] != "undetermined":
            return set()
        found: set[str] = set()
        applies = self.model.applies
        if applies is not None:
            self._needed(applies, found)
        if applies is None or applies.value(self.world) is not False:
            for index in self.possible_rows():
                when = self.model.rows[index][1]
                if when is not None:
                    self._needed(when, found)
        return found

    def _needed(self, expr: Expr, found: set[str]) -> None:
        if expr.value(self.world) is not None and not isinstance(expr, IsBlank):
            return
        if isinstance(expr, IsBlank) and expr.value(self.world) is not None:
            return
        if isinstance(expr, Name):
            self._name_needed(expr.name, found)
        for part in expr.parts():
            self._needed(part, found)

    def _name_needed(self, name: str, found: set[str]) -> None:
        if name in self.model.checks:
            check = self.model.checks[name]
            for expr in (check.applies, check.require):
                if expr is not None:
                    self._needed(expr, found)
        elif name == "as_of" or (name.startswith("$") and self.record.given("year") is None):
            found.add("year")
        elif name in self.model.facts:
            if not self.model.facts[name].fold:
                self._needed(self.model.facts[name].expr, found)
        else:
            found.add(name)
