"""Conditions in words for people who do not read SQL: fields by their labels, checks and parameters by their titles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fupin_cli.messages import Lang, say
from fupin_cli.model.pack import Pack, Standard
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.report.numbers import number_text
from fupin_cli.rules.expression import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Junction,
    NameKind,
    Negation,
    Node,
    NullTest,
    Ref,
)
from fupin_cli.rules.standard import ReadyFact
from fupin_cli.rules.wording import without_places

_SIGNS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×"}
#: The signs by which two comparisons say that a value lies between two others.
_BOUNDS = (">=", "<=")
#: How the arguments of a function are called in its words.
_ARGUMENTS = ("first", "second", "third")


@dataclass(frozen=True)
class Spoken:
    """Speaks the conditions of a standard in one language."""

    lang: Lang
    pack: Pack
    standard: Standard
    #: Table of the rows that a condition is asked of, where that is not the subject's own.
    over: str = ""

    def _say(self, code: str, /, **facts: object) -> str:
        return say(code, self.lang, **facts)

    def label(self, ref: Ref) -> str:
        """What a name stands for."""
        match ref.kind:
            case NameKind.FIELD:
                return fields(self.over or self.standard.subject)[ref.name].title(self.lang)
            case NameKind.FACT:
                return self.standard.facts[ref.name].title.say(self.lang)
            case NameKind.PARAMETER:
                return self._say("cond-parameter", label=self.pack.parameters[ref.name].title.say(self.lang))
            case NameKind.CHECK:
                return self._quoted(self.standard.checks[ref.name].title.say(self.lang))
            case NameKind.AS_OF:
                return self._say("cond-as-of")

    def field(self, name: str) -> str:
        """A field of the subject by its label."""
        return self._quoted(fields(self.standard.subject)[name].title(self.lang))

    def named(self, name: str) -> str:
        """A field by its label, or a fact by its title."""
        if name in self.standard.facts:
            return self._quoted(self.standard.facts[name].title.say(self.lang))
        return self.field(name)

    def _quoted(self, text: str) -> str:
        return self._say("cond-text", text=text)

    def condition(self, node: Node) -> str:
        """A condition, or a value, as a person would say it."""
        match node:
            case Ref():
                return self._name(node, holds=True)
            case Negation(part=part):
                return self._negated(part)
            case Junction():
                return self._joined(node)
            case Compare(sign=sign, left=left, right=right):
                return f"{self.condition(left)} {_SIGNS[sign]} {self.condition(right)}"
            case Arithmetic(sign=sign, left=left, right=right):
                return f"{self._factor(left, node)} {_SIGNS[sign]} {self._factor(right, node)}"
            case Among(item=item, options=options):
                return self._say("cond-among", label=self.condition(item), options=self._options(options))
            case NullTest(ref=ref):
                return self._say("cond-blank", label=self.label(ref))
            case Call(function=function, arguments=arguments):
                told = dict(zip(_ARGUMENTS, map(self.condition, arguments), strict=False))
                return self._say(f"call-{function}", **told)
            case Constant(value=value):
                return self._constant(value)
        raise TypeError(node)

    def fact(self, ready: ReadyFact) -> str:
        """How a fact comes about."""
        fact = ready.fact
        if fact.over is None:
            words = self.condition(ready.node)
            divisor = fields(self.standard.subject)[fact.per].title(self.lang) if fact.per is not None else None
            return words if divisor is None else self._say("fact-per", part=words, divisor=divisor)
        there = replace(self, over=fact.over)
        rows = there._rows(ready, self)  # noqa: SLF001  # the same speaker, looking at the other table
        fold, node = fact.member_fold, ready.node
        if ready.counts_rows or (fold == "count" and isinstance(node, Constant)):
            return self._say("fact-rows", rows=rows)
        if isinstance(node, Constant):
            return self._say("fact-presence", rows=rows, value=self.condition(node))
        return self._say(f"fold-{fold}", rows=rows, part=there.condition(node))

    def _rows(self, ready: ReadyFact, subject: "Spoken") -> str:
        """The rows that a fact looks at, spoken of from their own table."""
        table = self._say(f"table-{self.over}")
        where = self.condition(ready.where) if ready.where is not None else None
        rows = self._say("fact-all-rows", table=table) if where is None else self._say("fact-some-rows", table=table, where=where)
        if ready.on is None:
            return rows
        mine, theirs = subject.condition(ready.on.subject), self.condition(ready.on.over)
        return rows + self._say("in-parentheses", text=self._say("fact-on", mine=mine, theirs=theirs))

    def _name(self, ref: Ref, *, holds: bool) -> str:
        """A name as a condition by itself; what is no condition is only named."""
        if ref.kind is NameKind.CHECK:
            return self._say("cond-met" if holds else "cond-not-met", check=self.label(ref))
        if ref.type is not ValueType.BOOL:
            return self.label(ref)
        return self._say("cond-true" if holds else "cond-false", label=self.label(ref))

    def _negated(self, part: Node) -> str:
        match part:
            case Ref():
                return self._name(part, holds=False)
            case NullTest(ref=ref):
                return self._say("cond-filled", label=self.label(ref))
            case Among(item=item, options=options):
                return self._say("cond-not-among", label=self.condition(item), options=self._options(options))
            case Junction(word=word, parts=parts) if _are_checks(parts):
                return self._say("cond-one-not-met" if word == "AND" else "cond-none-met", checks=self._checks(parts))
            case _:
                return self._say("cond-not", part=self.condition(part))

    def _joined(self, node: Junction) -> str:
        if len(node.parts) > 1 and _are_checks(node.parts):
            return self._say("cond-all-met" if node.word == "AND" else "cond-one-met", checks=self._checks(node.parts))
        found: list[str] = []
        rest = list(node.parts)
        while rest:
            within = _range(rest[: len(_BOUNDS)]) if node.word == "AND" else None
            if within is not None:
                label, low, high = map(self.condition, within)
                found.append(self._say("cond-range", label=label, low=low, high=high))
                rest = rest[len(_BOUNDS) :]
                continue
            part = rest.pop(0)
            words = self.condition(part)
            loose = isinstance(part, Junction) and not (len(part.parts) == len(_BOUNDS) and _range(part.parts))
            found.append(self._say("cond-group", part=words) if loose else words)
        return self._say("cond-and" if node.word == "AND" else "cond-or").join(found)

    def _factor(self, part: Node, node: Arithmetic) -> str:
        words = self.condition(part)
        loose = isinstance(part, Arithmetic) and (node.sign == "*" or part is node.right) and part.sign != "*"
        return self._say("cond-group", part=words) if loose else words

    def _checks(self, parts: Sequence[Node]) -> str:
        return self._say("list-comma").join(self.label(part) for part in parts if isinstance(part, Ref))

    def _options(self, options: Sequence[Constant]) -> str:
        return self._say("list-comma").join(self.condition(option) for option in options)

    def _constant(self, value: Decimal | str | bool) -> str:
        match value:
            case bool():
                return self._say("value-yes" if value else "value-no")
            case Decimal():
                return number_text(value)
            case _:
                return self._quoted(value)


def _are_checks(parts: Sequence[Node]) -> bool:
    return all(isinstance(part, Ref) and part.kind is NameKind.CHECK for part in parts)


def _range(parts: Sequence[Node]) -> tuple[Node, Node, Node] | None:
    """A value between two others: what BETWEEN says, and people write as two comparisons."""
    match parts:
        case [Compare() as first, Compare() as second] if (first.sign, second.sign) == _BOUNDS:
            same = without_places(first.left) == without_places(second.left)
            return (first.left, first.right, second.right) if same else None
        case _:
            return None
