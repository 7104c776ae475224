"""How two packs differ in what they mean: conditions as trees, numbers by date. What is only worded differently is told apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from fupin_cli.model.cited import Document, Title
from fupin_cli.model.pack import Fact, Outcome, Property, RateOf, Step
from fupin_cli.rules.expression import Node
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.standard import On, ReadyCheck, ReadyFact, ReadyRow, ReadyStandard
from fupin_cli.rules.thresholds import ParameterChange, parameter_changes
from fupin_cli.rules.wording import without_places

How = Literal["added", "removed", "changed"]
Section = Literal["checks", "facts", "outcomes", "properties", "steps", "rates"]
#: What a detail can be on one side: words, a tree, several trees, nothing.
Side = str | Node | On | None
_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Detail:
    """One thing that two parts of a name say differently."""

    key: str
    before: Side
    after: Side
    #: Whether a verdict, or what it rests on, can differ by it; else it is only put in other words.
    matters: bool = True


@dataclass(frozen=True)
class Change:
    """A check, fact, outcome, property, step or rate that only one side has, or that is not the same on both."""

    section: Section
    name: str
    how: How
    details: Sequence[Detail] = ()

    @property
    def matters(self) -> bool:
        """Whether it is more than other words."""
        return self.how != "changed" or any(detail.matters for detail in self.details)


@dataclass(frozen=True)
class RowChange:
    """A row of the decision lists with its numbers on the two sides; None where a side does not have it there."""

    before: int | None
    after: int | None
    row: ReadyRow


@dataclass(frozen=True)
class StandardChange:
    """How a standard that both packs have differs."""

    name: str
    #: Of the standard itself: whom it judges, for whom it is meant.
    details: Sequence[Detail]
    changes: Sequence[Change]
    #: All rows of both decision lists, in order, where these differ; else none.
    rows: Sequence[RowChange]

    @property
    def matters(self) -> bool:
        """Whether it is more than other words."""
        return bool(self.rows) or any(one.matters for one in self.details) or any(one.matters for one in self.changes)


@dataclass(frozen=True)
class Difference:
    """How two packs differ."""

    before: LoadedPack
    after: LoadedPack
    #: Of the packs themselves: from when to when they are in force, and documents that have one id and are not the same.
    details: Sequence[Detail]
    parameters: Sequence[ParameterChange]
    standards: Sequence[StandardChange]

    @property
    def only_before(self) -> list[str]:
        """The standards that only the first pack has."""
        return [name for name in self.before.standards if name not in self.after.standards]

    @property
    def only_after(self) -> list[str]:
        """The standards that only the second pack has."""
        return [name for name in self.after.standards if name not in self.before.standards]

    @property
    def matters(self) -> bool:
        """Whether the packs differ in more than words."""
        alone = bool(self.details or self.only_before or self.only_after)
        return alone or any(one.matters for one in self.parameters) or any(one.matters for one in self.standards)


def difference(before: LoadedPack, after: LoadedPack) -> Difference:
    """Compare two packs, part by part, by the parts' names."""
    old, new = before.pack.head.effective, after.pack.head.effective
    period = [Detail("effective", f"{old.start} – {old.end or ''}".rstrip(), f"{new.start} – {new.end or ''}".rstrip())]
    mine, theirs = before.pack.head.documents, after.pack.head.documents
    cited = [Detail("document", _cited(name, mine[name]), _cited(name, theirs[name])) for name in mine if name in theirs]
    standards = [_standard(one, after.standards[name]) for name, one in before.standards.items() if name in after.standards]
    return Difference(
        before,
        after,
        _different([*period, *cited]),
        list(parameter_changes(before.pack.parameters, after.pack.parameters)),
        [one for one in standards if one.details or one.changes or one.rows],
    )


def _cited(name: str, document: Document) -> str:
    """What a citation by this id rests on."""
    parts = (document.title, document.issuer, document.number, document.issued)
    return f"{name} {', '.join(str(part) for part in parts if part is not None)}"


def _standard(before: ReadyStandard, after: ReadyStandard) -> StandardChange:
    old, new = before.standard, after.standard
    details = [
        Detail("subject", old.subject, new.subject),
        Detail("kind", old.kind, new.kind),
        Detail("applies", before.applies, after.applies),
        *_words("title", old.title, new.title),
        *_notes(before.rows, after.rows),
    ]
    changes = [
        *_changes("checks", before.checks, after.checks, _check),
        *_changes("facts", before.facts, after.facts, _fact),
        *_changes("outcomes", old.outcomes, new.outcomes, _outcome),
        *_changes("properties", old.properties, new.properties, _promise),
        *_changes("steps", old.steps, new.steps, _step),
        *_changes("rates", old.rates, new.rates, _rate),
    ]
    return StandardChange(before.name, _different(details), changes, _rows(before.rows, after.rows))


def _notes(before: Sequence[ReadyRow], after: Sequence[ReadyRow]) -> list[Detail]:
    """What decision rows say beyond their outcome, where the lists are the same but for that."""
    alike = len(before) == len(after)
    pairs = [(one.row.note, other.row.note) for one, other in zip(before, after, strict=True)] if alike else []
    return [detail for one, other in pairs for detail in _words("note", one, other)]


def _changes(
    section: Section, before: Mapping[str, _Part], after: Mapping[str, _Part], details: Callable[[_Part, _Part], list[Detail]]
) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield Change(section, name, "removed")
        elif name not in before:
            yield Change(section, name, "added")
        elif found := _different(details(before[name], after[name])):
            yield Change(section, name, "changed", found)


def _check(one: ReadyCheck, other: ReadyCheck) -> list[Detail]:
    old, new = one.check, other.check
    return [
        Detail("require", one.require, other.require),
        Detail("applies", one.applies, other.applies),
        Detail("severity", old.severity, new.severity),
        Detail("way", _truth(old.way), _truth(new.way)),
        Detail("clause", f"{old.cite.document} {old.cite.clause}", f"{new.cite.document} {new.cite.clause}"),
        Detail("quote", old.cite.quote, new.cite.quote, matters=False),
        *_words("title", old.title, new.title),
        *_words("remedy", old.remedy, new.remedy),
        *_words("why", old.why, new.why),
        Detail("reading", old.reading, new.reading, matters=False),
    ]


def _words(key: str, one: Title | None, other: Title | None) -> list[Detail]:
    """Words for people; where only one language differs, that is told."""
    pairs = [(one.say(lang) if one else None, other.say(lang) if other else None) for lang in ("zh", "en")]
    return [Detail(key, *next((pair for pair in pairs if pair[0] != pair[1]), pairs[0]), matters=False)]


def _fact(one: ReadyFact, other: ReadyFact) -> list[Detail]:
    def fold(fact: Fact) -> str:
        return fact.member_fold or "value"

    old, new = one.fact, other.fact
    return [
        Detail("fold", fold(old), fold(new)),
        Detail("value", one.node, other.node),
        Detail("over", old.over, new.over),
        Detail("on", one.on, other.on),
        Detail("where", one.where, other.where),
        Detail("per", old.per, new.per),
        Detail("fills", old.fills, new.fills),
        *_words("title", old.title, new.title),
        Detail("reading", old.reading, new.reading, matters=False),
    ]


def _outcome(one: Outcome, other: Outcome) -> list[Detail]:
    return [
        Detail("meets", _truth(one.meets), _truth(other.meets)),
        Detail("listed", _truth(one.listed), _truth(other.listed)),
        *_words("title", one.title, other.title),
    ]


def _promise(one: Property, other: Property) -> list[Detail]:
    def names(promised: Property, *, upwards: bool) -> str | None:
        return ", ".join(name for name, up in promised.changes() if up is upwards) or None

    return [
        Detail("raise", names(one, upwards=True), names(other, upwards=True)),
        Detail("lower", names(one, upwards=False), names(other, upwards=False)),
        Detail("keeps", ", ".join(one.kept), ", ".join(other.kept)),
        *_words("title", one.title, other.title),
    ]


def _step(one: Step, other: Step) -> list[Detail]:
    keys = ("date", "window", "order", "deadline", "opening")
    return [*(Detail(key, getattr(one, key), getattr(other, key)) for key in keys), *_words("title", one.title, other.title)]


def _rate(one: RateOf, other: RateOf) -> list[Detail]:
    def parts(rate: RateOf) -> str | None:
        return " + ".join(f"{part.people} * {part.rate}" if part.rate else part.people for part in rate.parts) or None

    keys = ("hits", "of", "counted", "population", "limit", "survey", "check")
    return [
        *(Detail(key, getattr(one, key), getattr(other, key)) for key in keys),
        Detail("parts", parts(one), parts(other)),
        Detail("at_least", _truth(one.at_least), _truth(other.at_least)),
        *_words("title", one.title, other.title),
        *(detail for part, new in zip(one.parts, other.parts, strict=False) for detail in _words("title", part.title, new.title)),
    ]


def _truth(value: bool) -> str:  # a value, no switch
    return "true" if value else "false"


def _different(details: Sequence[Detail]) -> list[Detail]:
    return [detail for detail in details if _plain(detail.before) != _plain(detail.after)]


def _plain(side: Side) -> object:
    """A side without what is only layout."""
    match side:
        case On(subject=subject, over=over):
            return without_places(subject), without_places(over)
        case Node():
            return without_places(side)
        case _:
            return side


def _rows(before: Sequence[ReadyRow], after: Sequence[ReadyRow]) -> list[RowChange]:
    """The rows of both lists in one order, where the lists differ: rows are the same by outcome and condition."""
    old, new = ([(row.row.outcome, _plain(row.when)) for row in rows] for rows in (before, after))
    if old == new:
        return []
    # A row's condition cannot be hashed by what it says; its place among the different ones can.
    known: list[tuple[str, object]] = []
    for row in (*old, *new):
        if row not in known:
            known.append(row)
    found: list[RowChange] = []
    for tag, low, high, first, last in SequenceMatcher(
        None, [known.index(row) for row in old], [known.index(row) for row in new], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found += [RowChange(low + i, first + i, before[low + i]) for i in range(high - low)]
            continue
        found += [RowChange(i, None, before[i]) for i in range(low, high)]
        found += [RowChange(None, i, after[i]) for i in range(first, last)]
    return found
