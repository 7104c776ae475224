"""How two packs differ, as a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fupin_cli.messages import Lang, say
from fupin_cli.model.pack import Check, Fact, Outcome, Property, RateOf, Step
from fupin_cli.report.packs.blocks import Block, Cell, Grid, Heading, Line, Prose, cell, without_empty
from fupin_cli.report.packs.declared import rate_cells, step_cells
from fupin_cli.report.packs.spoken import Spoken
from fupin_cli.report.packs.standard import as_written, promise
from fupin_cli.report.packs.telling import amount
from fupin_cli.rules.difference import Change, Detail, Difference, Section, Side, StandardChange
from fupin_cli.rules.expression import Node
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.standard import On
from fupin_cli.rules.thresholds import ParameterChange, Stretch
from fupin_cli.rules.wording import text_of

_NOTHING = "—"
_Titled = Check | Fact | Outcome | Property | Step | RateOf
#: What is said in the words of the rule language.
_CODES = (
    "raise", "lower", "keeps", "fold", "over", "per", "fills", "subject", "kind", "date", "window", "order", "deadline",
    "opening", "hits", "of", "parts", "counted", "population", "limit", "survey", "check",
)  # fmt: skip
#: Everything in a standard that has a name of its own, in the order of the page.
_SECTIONS: tuple[Section, ...] = ("checks", "facts", "outcomes", "properties", "steps", "rates")


def difference_page(found: Difference, lang: Lang) -> Iterator[Block]:
    """The page: what differs in meaning, then what is only worded differently."""
    teller = _Teller(found, lang)
    yield Heading(1, say("diff-title", lang, before=found.before.pack.name, after=found.after.pack.name))
    yield Prose(list(teller.head()))
    if any(one.matters for one in found.parameters):
        yield Heading(2, say("heading-parameters", lang))
        yield teller.parameters([one for one in found.parameters if one.matters])
    for standard in found.standards:
        if standard.matters:
            yield from teller.standard(standard)
    worded = list(teller.worded())
    if worded:
        yield Heading(2, say("diff-wording", lang))
        yield teller.grid(("part", "point", "before", "after"), worded, (4, 2, 6, 6))


@dataclass(frozen=True)
class _Teller:
    """Speaks of a difference in one language."""

    found: Difference
    lang: Lang

    def say(self, code: str, /, **facts: object) -> str:
        return say(code, self.lang, **facts)

    def sides(self) -> tuple[str, str]:
        """What the two packs are called: two versions of one pack by their hashes."""
        return side_names(self.found)

    def grid(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> Grid:
        before, after = self.sides()
        named = {"before": before, "after": after}
        return without_empty([named.get(name) or self.say(f"diff-column-{name}") for name in columns], rows, widths)

    def head(self) -> Iterator[Line]:
        for name, pack in zip(self.sides(), (self.found.before.pack, self.found.after.pack), strict=True):
            yield Line(f"{name}  {pack.head.title.say(self.lang)}  sha256 {pack.sha256}", "quiet")
        for detail in self.found.details:
            code = "diff-document" if detail.key == "document" else "diff-effective"
            yield Line(self.say(code, before=detail.before, after=detail.after), "strong")
        for code, names, pack in (
            ("diff-standards-gone", self.found.only_before, self.found.before.pack),
            ("diff-standards-new", self.found.only_after, self.found.after.pack),
        ):
            if names:
                titles = self.say("list-comma").join(f"{pack.standards[name].title.say(self.lang)} ({name})" for name in names)
                yield Line(self.say(code, standards=titles), "strong")
        if not self.found.matters:
            yield Line(self.say("diff-none"), "strong")

    def parameters(self, changes: Sequence[ParameterChange]) -> Grid:
        rows: list[Sequence[Cell]] = []
        for change in changes:
            known = change.after or change.before
            title = known.title.say(self.lang) if known is not None else change.name
            first: Cell = cell(Line(title, "strong"), Line(f"${change.name}", "code"), self.say(f"diff-{change.how}"))
            if change.shape_differs or not change.stretches:
                rows.append([first, [], [], [], self._shape(change, before=True), self._shape(change, before=False)])
                first = []
            for stretch in change.stretches:
                place = self.say("pack-place-of", place=stretch.where) if stretch.where is not None else None
                end = stretch.end.isoformat() if stretch.end is not None else self.say("pack-no-end")
                sides = (self._value(change, stretch, before=True), self._value(change, stretch, before=False))
                rows.append([first, cell(stretch.start.isoformat()), cell(end), cell(place), *sides])
                first = []
        return self.grid(("parameter", "from", "to", "place", "before", "after"), rows, (5, 3, 3, 2, 5, 5))

    def _shape(self, change: ParameterChange, *, before: bool) -> Cell:
        parameter = change.before if before else change.after
        if parameter is None:
            return cell(_NOTHING)
        given = self.say("rules-required") if parameter.value is not None else None
        return cell(self.say(f"unit-{parameter.unit}"), Line(parameter.by, "code") if parameter.by is not None else None, given)

    def _value(self, change: ParameterChange, stretch: Stretch, *, before: bool) -> Cell:
        parameter, value = (change.before, stretch.before) if before else (change.after, stretch.after)
        if parameter is None or value is None:
            return cell(_NOTHING)
        basis = (
            Line(self.say("pack-clause", document=value.cite.document, clause=value.cite.clause), "quiet")
            if value.cite is not None
            else Line(self.say("pack-unconfirmed"), "open")
        )
        return cell(amount(value, parameter, self.lang), basis)

    def standard(self, change: StandardChange) -> Iterator[Block]:
        yield Heading(2, self.found.after.pack.standards[change.name].title.say(self.lang), change.name)
        details = [detail for detail in change.details if detail.matters]
        if details:
            yield self.grid(("point", "before", "after"), [self._detail(detail, change.name) for detail in details], (2, 6, 6))
        for section in _SECTIONS:
            rows = [
                row for one in change.changes if one.section == section and one.matters for row in self._change(one, change.name)
            ]
            if rows:
                yield Heading(3, self.say(f"diff-{section}"))
                yield self.grid(("part", "point", "before", "after"), rows, (4, 2, 6, 6))
        if change.rows:
            yield Heading(3, self.say("pack-decision"))
            yield self.grid(("before", "after", "condition", "outcome"), list(self._decision(change)), (2, 2, 8, 4))

    def _change(self, change: Change, standard: str) -> Iterator[Sequence[Cell]]:
        first: Cell = [*self._part(change, standard), Line(self.say(f"diff-{change.how}"))]
        if change.how != "changed":
            whole = self._whole(change, standard)
            gone = change.how == "removed"
            yield [first, [], whole if gone else cell(_NOTHING), cell(_NOTHING) if gone else whole]
        over = self._over(change, standard)
        for detail in change.details:
            if detail.matters:
                yield [first, *self._detail(detail, standard, over)]
                first = []

    def _over(self, change: Change, standard: str) -> tuple[str, str]:
        """Of whose rows a fact's conditions are asked, on both sides."""
        if change.section != "facts" or change.how != "changed":
            return "", ""
        old, new = (loaded.standards[standard].facts[change.name].fact.over for loaded in (self.found.before, self.found.after))
        return old or "", new or ""

    def _part(self, change: Change, standard: str) -> list[Line]:
        """What a part is called, on the side that has it."""
        pack = self.found.before.pack if change.how == "removed" else self.found.after.pack
        parts: Mapping[str, _Titled] = getattr(pack.standards[standard], change.section)
        return [Line(parts[change.name].title.say(self.lang), "strong"), Line(change.name, "code")]

    def _whole(self, change: Change, standard: str) -> Cell:
        """The whole of a part that only one side has."""
        loaded = self.found.before if change.how == "removed" else self.found.after
        ready, spoken = loaded.standards[standard], self._spoken(loaded, standard)
        match change.section:
            case "checks":
                check = ready.checks[change.name]
                applies = check.applies
                return cell(
                    self.say("rules-applies", condition=spoken.condition(applies)) if applies is not None else None,
                    Line(text_of(applies), "code") if applies is not None else None,
                    spoken.condition(check.require),
                    Line(text_of(check.require), "code"),
                    self.say(f"severity-{check.check.severity}"),
                    Line(self.say("pack-clause", document=check.check.cite.document, clause=check.check.cite.clause), "quiet"),
                )
            case "facts":
                fact = ready.facts[change.name]
                return cell(spoken.fact(fact), Line(as_written(fact.fact), "code"))
            case "properties":
                return promise(ready.standard.properties[change.name], spoken)
            case "steps":
                return [line for part in step_cells(ready.standard.steps[change.name], spoken) for line in part]
            case "rates":
                return [line for part in rate_cells(ready.standard.rates[change.name], spoken) for line in part]
            case _:
                return cell(self.say("diff-meets" if ready.standard.outcomes[change.name].meets else "diff-meets-not"))

    def _spoken(self, loaded: LoadedPack, standard: str, over: str = "") -> Spoken:
        return Spoken(self.lang, loaded.pack, loaded.pack.standards[standard], over)

    def _detail(self, detail: Detail, standard: str, over: tuple[str, str] = ("", "")) -> list[Cell]:
        sides = (self.found.before, detail.before, over[0]), (self.found.after, detail.after, over[1])
        return [
            cell(self.say(f"diff-point-{detail.key}")),
            *(self._side(side, detail.key, self._spoken(loaded, standard, table)) for loaded, side, table in sides),
        ]

    def _side(self, side: Side, key: str, spoken: Spoken) -> Cell:
        match side:
            case None:
                return cell(_NOTHING)
            case On(subject=subject, over=other):
                return cell(Line(f"{text_of(subject)} = {text_of(other)}", "code"))
            case Node():
                return cell(spoken.condition(side), Line(text_of(side), "code"))
            case _ if key in _CODES:
                return cell(Line(side, "code"))
            case _ if key == "severity":
                return cell(self.say(f"severity-{side}"))
            case _ if side in ("true", "false"):
                return cell(self.say("value-yes" if side == "true" else "value-no"))
            case _:
                return cell(side)

    def _decision(self, change: StandardChange) -> Iterator[Sequence[Cell]]:
        for row in change.rows:
            loaded = self.found.before if row.after is None else self.found.after
            spoken = self._spoken(loaded, change.name)
            when = row.row.when
            words = (
                [Line(spoken.condition(when)), Line(text_of(when), "code")]
                if when is not None
                else [Line(self.say("rules-otherwise"))]
            )
            outcome = loaded.pack.standards[change.name].outcomes[row.row.row.outcome].title.say(self.lang)
            numbers = [cell(_NOTHING if place is None else str(place + 1)) for place in (row.before, row.after)]
            yield [*numbers, words, cell(Line(outcome, "strong"))]

    def worded(self) -> Iterator[Sequence[Cell]]:
        """What is only said in other words."""
        for change in self.found.parameters:
            if change.worded_differently and change.before is not None and change.after is not None:
                sides = (cell(one.title.say(self.lang), one.reading) for one in (change.before, change.after))
                yield [cell(Line(f"${change.name}", "code")), cell(self.say("diff-point-title")), *sides]
        for standard in self.found.standards:
            told = self.found.after.pack.standards[standard.name].title.say(self.lang)
            for detail in standard.details:
                if not detail.matters:
                    yield [cell(Line(told, "strong"), Line(standard.name, "code")), *self._detail(detail, standard.name)]
            for part in standard.changes:
                for detail in part.details:
                    if not detail.matters:
                        yield [[*self._part(part, standard.name)], *self._detail(detail, standard.name)]


def side_names(found: Difference) -> tuple[str, str]:
    """What the two packs are called: two versions of one pack by their hashes."""
    old, new = found.before.pack, found.after.pack
    if old.name != new.name:
        return old.name, new.name
    if old.head.version != new.head.version:
        return f"{old.name} v{old.head.version}", f"{new.name} v{new.head.version}"
    return f"{old.name} {old.sha256[:8]}", f"{new.name} {new.sha256[:8]}"
