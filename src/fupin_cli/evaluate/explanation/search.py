"""Which changes would make a condition come out otherwise, read off the condition itself.

What is found here is a proposal: the engine judges the changed rows before anybody is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil

from fupin_cli.evaluate.explanation.items import item_options
from fupin_cli.evaluate.explanation.numbers import INVERSE, MIRRORED, Sum, Term, number_of, reached, sum_of
from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace, tree_keys
from fupin_cli.evaluate.explanation.proposals import Proposer
from fupin_cli.evaluate.explanation.steps import Option, best, corrected, together
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import Value
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import (
    Among,
    Call,
    Compare,
    Comparison,
    Constant,
    Junction,
    NameKind,
    Negation,
    Node,
    NullTest,
    Ref,
)
from fupin_cli.rules.standard import ReadyFact

Place = SubjectPlace | RowPlace
#: Most rows of which some have to change.
_ROWS = 6
_ONE = Fraction(1)


@dataclass(frozen=True)
class Search:
    """Looks for changes in the rows of one subject."""

    subject: SubjectPlace
    proposer: Proposer

    def goals(self) -> list[Option]:
        """The changes that would lead to an outcome that meets the standard."""
        standard, found = self.subject.standard, list[Option]()
        applies: list[list[Option]] = []
        if standard.applies is not None:
            applies = [self.ways(self.subject, "applies", standard.applies, (), wanted=True)]
        before: list[list[Option]] = []
        for number, row in enumerate(standard.rows):
            key, when = f"decide.{number}.when", row.when
            if standard.standard.outcomes[row.row.outcome].meets:
                holds = [self.ways(self.subject, key, when, (), wanted=True)] if when is not None else []
                found.extend(together([*applies, *before, *holds]))
            if when is None:
                break
            before.append(self.ways(self.subject, key, when, (), wanted=False))
        return best(found)

    def ways(self, place: Place, key: str, node: Node, path: Path, *, wanted: bool) -> list[Option]:
        """The changes by which a condition becomes what is wanted; one without any where it is so already."""
        if isinstance(node, Ref) and node.kind is NameKind.CHECK:
            return self.check(node.name, wanted=wanted)
        if place.value(key, path, node) is wanted:
            return [()]
        match node:
            case Negation(part=part):
                return self.ways(place, key, part, (*path, 0), wanted=not wanted)
            case Junction(word=word, parts=parts):
                each = [self.ways(place, key, part, (*path, number), wanted=wanted) for number, part in enumerate(parts)]
                return _all_or_any(each, every=(word == "AND") is wanted)
            case Call(function="true_or_unknown", arguments=(part,)):
                return self.ways(place, key, part, (*path, 0), wanted=True) if wanted else []
            case Ref() | Compare() | Among() | NullTest() | Call():
                return self.asked(place, key, node, path, wanted=wanted)
        return []

    def asked(self, place: Place, key: str, node: Node, path: Path, *, wanted: bool) -> list[Option]:
        """The changes by which what is asked of a row comes out as wanted."""
        match node:
            case Ref(kind=NameKind.FACT, name=name) if isinstance(place, SubjectPlace):
                return self.fact(place.standard.facts[name], wanted=wanted)
            case Ref(kind=NameKind.FIELD, name=name):
                return self.field(place, name, wanted)
            case Compare():
                return best(self.compared(place, key, node, path, wanted=wanted))
            case Among(item=Ref(kind=NameKind.FIELD, name=name), options=options):
                return self.one_of(place, name, [option.value for option in options], wanted=wanted)
            case NullTest(ref=ref) if not wanted:
                return self.filled(place, ref.name)
            case Call():
                return item_options(self.proposer, place, key, node, path, wanted=wanted)
        return []

    def check(self, name: str, *, wanted: bool) -> list[Option]:
        """The changes by which a check counts as met, or as not met: one that is not meant for anybody is met."""
        check, place = self.subject.standard.checks[name], self.subject
        required = self.ways(place, f"checks.{name}.require", check.require, (), wanted=wanted)
        if check.applies is None:
            return required
        meant = self.ways(place, f"checks.{name}.applies", check.applies, (), wanted=not wanted)
        if not wanted:
            return together([required, meant])
        # Not to be asked is no way to meet what is asked: at most what says so was wrong.
        return best([*required, *(corrected(option) for option in meant if self.proposer.corrects or not option)])

    def fact(self, ready: ReadyFact, *, wanted: bool) -> list[Option]:
        """The changes by which a fact that is a condition becomes what is wanted."""
        if self.subject.row.get(f"fact.{ready.name}") is wanted:
            return [()]
        if ready.fact.over is None:
            return self.ways(self.subject, f"facts.{ready.name}.value", ready.node, (), wanted=wanted)
        rows = self.subject.rows_of(ready)
        match ready.fact.member_fold:
            case "any":
                each = [self.row(ready, row, wanted=wanted) for row in rows]
                every = not wanted
            case "none":
                each = [self.row(ready, row, wanted=not wanted) for row in rows]
                every = wanted
            case "all":
                each = [self.row(ready, row, wanted=wanted) for row in rows]
                every = wanted
            case _:
                return []
        # Rows that all say what is wanted and yet do not make it so: others are lacking, and nothing done to these will do.
        return [option for option in _all_or_any(each, every=every) if option] if rows else []

    def row(self, ready: ReadyFact, row: RowPlace, *, wanted: bool) -> list[Option]:
        """The changes by which a row is, or is not, what a fact asks for."""
        *where, key = tree_keys(ready)
        asked = self.ways(row, key, ready.node, (), wanted=wanted)
        if ready.where is None:
            return asked
        excused = ready.fact.member_fold == "all"
        # Of ``all`` a row that is not meant is as good as one that fits; of the others it is as good as one that does not.
        meant = self.ways(row, where[0], ready.where, (), wanted=not wanted if excused else wanted)
        either = wanted if excused else not wanted
        return best([*asked, *meant]) if either else together([asked, meant])

    def field(self, place: Place, name: str, wanted: Value) -> list[Option]:
        """The changes by which a field has a value: in its own cell, and in every source that says otherwise."""
        if not isinstance(place, SubjectPlace):
            return self.proposer.value(place, name, wanted)
        given, facts = place.row.get(f"given.{name}"), place.standard.filling(name)
        known = [ready for ready in facts if place.row.get(f"fact.{ready.name}") is not None]
        own = self.proposer.value(place, name, wanted)
        if given is None and not known:
            through = [option for ready in facts if wanted in (True, False) for option in self.fact(ready, wanted=bool(wanted))]
            return best([*own, *through])
        parts = [own] if given is not None and given != wanted else []
        against = [ready for ready in known if place.row.get(f"fact.{ready.name}") != wanted]
        return together([*parts, *(self.fact(ready, wanted=bool(wanted)) for ready in against)])

    def one_of(self, place: Place, name: str, values: Sequence[Value], *, wanted: bool) -> list[Option]:
        """The changes by which a field has, or has not, one of some values."""
        return self.proposer.one_of(place, name, values, wanted=wanted)

    def filled(self, place: Place, name: str) -> list[Option]:
        """The changes by which something stands in a blank cell."""
        return self.proposer.anything(place, name, self._latest())

    def _latest(self) -> date:
        """The last day that the subject's row names: what comes next is not before it."""
        row = self.subject.row
        days = [value for name, value in row.items() if name.startswith("given.") and isinstance(value, date)]
        found = [day for day in days if day.year >= (row.get("year") or 0) - 1]
        return max(found, default=self.proposer.today(row.get("year")))

    # --- comparisons

    def compared(self, place: Place, key: str, node: Compare, path: Path, *, wanted: bool) -> Iterator[Option]:
        """The changes by which a comparison comes out as wanted."""
        sign = node.sign if wanted else INVERSE[node.sign]
        if node.left.type is ValueType.TEXT:
            yield from self._text(place, node, sign)
            return
        if isinstance(place, SubjectPlace):
            yield from self._counted(place, key, node, path, sign)
        for difference in self.differences(place, key, node, path):
            yield from self._moved(difference, sign)

    def _text(self, place: Place, node: Compare, sign: Comparison) -> Iterator[Option]:
        left, right = (node.left, node.right) if isinstance(node.left, Ref) else (node.right, node.left)
        if isinstance(left, Ref) and left.kind is NameKind.FIELD and isinstance(right, Constant):
            yield from self.one_of(place, left.name, [right.value], wanted=sign == "=")

    def differences(self, place: Place, key: str, node: Compare, path: Path) -> Iterator[Sum]:
        """The left side less the right one; with a quotient both are taken by its divisor, so that none is formed.

        Where a quotient is not known, its field may be filled in as well: then it is taken as it stands, too.
        """
        sides = [(node.left, (*path, 0)), (node.right, (*path, 1))]
        (left, by_left), (right, by_right) = (self._side(place, key, *side) for side in sides)
        if left is not None and right is not None:
            yield left.times(by_right) + right.times(-by_left)
            if None in (left.total, right.total) and any(self._quotient(place, one) is not None for one, _ in sides):
                one, other = (sum_of(place, key, *side) for side in sides)
                if one is not None and other is not None:
                    yield one + other.times(-_ONE)

    def _side(self, place: Place, key: str, node: Node, path: Path) -> tuple[Sum | None, Fraction]:
        """One side of a comparison, and by what it would have to be divided."""
        quotient = self._quotient(place, node)
        if quotient is not None and isinstance(place, SubjectPlace):
            divisor = number_of(place.row.get(f"fact.{quotient.fact.per}"))
            whole = sum_of(place, f"facts.{quotient.name}.value", quotient.node, through=quotient.name)
            if whole is not None and divisor:
                return whole, divisor
        return sum_of(place, key, node, path), _ONE

    def _quotient(self, place: Place, node: Node) -> ReadyFact | None:
        """What gives a field as a quotient, where nobody has written it down."""
        if isinstance(place, SubjectPlace) and isinstance(node, Ref) and node.kind is NameKind.FIELD:
            return place.standard.quotient(node.name) if place.row.get(f"given.{node.name}") is None else None
        return None

    def _moved(self, difference: Sum, sign: Comparison) -> Iterator[Option]:
        """One field of the sum is changed; of the parts of a fact any would do, so that one stands for all."""
        blank = [term for term in difference.terms if term.value is None]
        if len(blank) > 1 and all(term.is_day for term in blank):
            # Steps of which none has a day yet: the same day is in order.
            yield from together([self.filled(term.place, term.name) for term in blank])
        for term in _chosen(difference.terms, self.proposer):
            rest = difference.without(term)
            for number, reaching in reached(term, rest, sign) if rest is not None and term.factor else ():
                yield from self.proposer.number(term, number, reaching, self._heads(term))

    def _heads(self, term: Term) -> Fraction | None:
        """By how many heads a fact is divided."""
        ready = self.subject.standard.facts.get(term.through)
        quotients = [one for one in self.subject.standard.facts.values() if one.fact.per is not None]
        if ready is None or not quotients:
            return None
        named = {ready.name, *(one.name for one in quotients if _names(one.node, ready.name))}
        per = next((one.fact.per for one in quotients if one.name in named), None)
        return number_of(self.subject.row.get(f"fact.{per}")) if per is not None else None

    def _counted(self, place: SubjectPlace, key: str, node: Compare, path: Path, sign: Comparison) -> Iterator[Option]:
        """So many rows more or fewer."""
        for ref, other, side, mirrored in ((node.left, node.right, 1, sign), (node.right, node.left, 0, MIRRORED[sign])):
            if not (isinstance(ref, Ref) and ref.kind is NameKind.FACT):
                continue
            ready, limit = place.standard.facts[ref.name], number_of(place.value(key, (*path, side), other))
            count = number_of(place.row.get(f"fact.{ref.name}"))
            if ready.fact.member_fold != "count" or ready.counts_rows or limit is None or count is None:
                continue
            more = _needed(count, limit, mirrored)
            each = [
                options for row in place.rows_of(ready) if (options := self.row(ready, row, wanted=more > 0)) and options != [()]
            ]
            for chosen in combinations(each[:_ROWS], abs(more)):
                yield from together(chosen)


def _all_or_any(each: Sequence[Sequence[Option]], *, every: bool) -> list[Option]:
    """What does something for all of them, or for one."""
    return together(each) if every else best(option for options in each for option in options)


def _needed(count: Fraction, limit: Fraction, sign: Comparison) -> int:
    """How many rows more (fewer where negative) make the comparison true."""
    match sign:
        case ">":
            return int(limit - count) + 1 if limit == int(limit) else ceil(limit - count)
        case ">=":
            return ceil(limit - count)
        case "<":
            return -(int(count - limit) + 1) if limit == int(limit) else -ceil(count - limit)
        case "<=":
            return -ceil(count - limit)
        case "=":
            return int(limit - count)
    return 1


def _chosen(terms: Sequence[Term], proposer: Proposer) -> Iterator[Term]:
    """The fields that are tried: each that stands for itself, and of the parts of one fact the first that may change."""
    told: set[str] = set()
    blank = [term for term in terms if term.value is None]
    for term in sorted(blank or terms, key=lambda one: one.factor < 0):
        if proposer.allows(term.place, term.name) and term.through not in told:
            told |= {term.through} - {""}
            yield term


def _names(node: Node, name: str) -> bool:
    return isinstance(node, Ref) and node.name == name
