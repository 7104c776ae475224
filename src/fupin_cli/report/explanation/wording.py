"""An explanation in words: an outline of lines with a mark each, which a terminal draws as a tree and a note as a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fupin_cli.model.explanation import Derived, Grounds, Named, Part, RowOf
from fupin_cli.model.parameter import Period
from fupin_cli.model.tables import fields
from fupin_cli.model.view import CheckView, Value
from fupin_cli.report.words import Words

#: Truth of a condition → how its line is marked.
MARKS = {True: "✓", False: "✗", None: "?"}
STATUS_MARKS = {"pass": "✓", "fail": "✗", "unknown": "?", "not_applicable": "–"}


@dataclass(frozen=True)
class Line:
    """A line of an outline, with those under it."""

    text: str
    #: One of ✓ ✗ ? –, or empty for what is no condition.
    mark: str = ""
    #: Whether it could have made no difference.
    dim: bool = False
    below: Sequence["Line"] = field(default=())


@dataclass(frozen=True)
class Telling:
    """Speaks of the grounds of one standard."""

    words: Words
    grounds: Grounds

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return self.words.say(code, **facts)

    # --- conditions

    def tree(self, part: Part) -> Line:
        """A condition with the truth of each part."""
        mark = MARKS[part.value] if isinstance(part.value, bool) or part.value is None else ""
        if part.word:
            meaning = {"AND": "explain-all", "OR": "explain-any", "NOT": "explain-not"}[part.word]
            text = self.say("explain-word", word=part.word, meaning=self.say(meaning))
            return Line(text, mark, not part.matters, [self.tree(inner) for inner in part.parts])
        if len(part.pieces) == 1 and isinstance(part.pieces[0], Named) and part.pieces[0].kind == "fact":
            return replace(self.derived(part.pieces[0].facts[0]), dim=not part.matters)
        below = [line for named in part.names for line in self.behind(named)]
        return Line(self.asked(part), mark, not part.matters, below)

    def asked(self, part: Part) -> str:
        """What a condition asks, each name with its value."""
        text = "".join(piece if isinstance(piece, str) else self.named(piece) for piece in part.pieces)
        worked = [self.say("explain-equals", text=text, value=self.words.value(value)) for text, value in part.worked]
        return text + (self.say("explain-worked", text=self.say("semicolon").join(worked)) if worked else "")

    def named(self, named: Named) -> str:
        """A name with its words, its value and where that stands."""
        words = self.words
        match named.kind:
            case "check":
                check = words.judged.standard.checks[named.name]
                return f"{check.title.say(words.lang)} {named.name}"
            case "as_of":
                return f"{named.name} {words.value(named.value)}"
            case "parameter":
                title = words.label(named.name)
                value = words.say("value-unknown") if named.value is None else self.limit(named.name, named.value)
                return f"{title} ${named.name} {value}"
            case "fact":
                value = words.say("value-unknown") if named.value is None else words.value(named.value)
                return f"{words.label(named.name)} {named.name} {value}"
        return f"{self.label(named)} {self.value(named)}{words.cells(named.cells)}"

    def limit(self, name: str, value: Value) -> str:
        """A threshold with its unit."""
        return self.words.limit(name, value if isinstance(value, Decimal | str) else str(value))

    def label(self, named: Named) -> str:
        """The words for a field, with its name."""
        declared = fields(named.table or self.words.judged.standard.subject)[named.name]
        return f"{declared.title(self.words.lang)} {named.name}" if self.words.lang == "zh" else named.name

    def value(self, named: Named) -> str:
        """What stands in a field, or why nothing does."""
        if named.value is None and named.reason is not None:
            return self.words.say(f"no-value-{named.reason}")
        name = f"{named.table}.{named.name}" if named.table else named.name
        return self.words.value(self.words.shown(name, named.value))

    def behind(self, named: Named) -> Iterator[Line]:
        """The facts that a name is, or that fill it."""
        for fact in named.facts:
            yield self.derived(fact)

    def derived(self, fact: Derived) -> Line:
        """A fact, down to the cells that it comes from."""
        words = self.words
        declared = words.judged.standard.facts[fact.name]
        value = words.say("value-unknown") if fact.value is None else words.value(fact.value)
        if fact.per is not None and fact.value is not None:
            value = self.say("explain-divided", value=value, by=self.value(fact.per))
        mark = MARKS[fact.value] if isinstance(fact.value, bool) or fact.value is None else ""
        text = f"{declared.title.say(words.lang)} {fact.name} {value}"
        if fact.fold:
            text += words.say("in-parentheses", text=self.say(f"explain-fold-{fact.fold}"))
        return Line(text, mark, below=list(self._below(fact)))

    def _below(self, fact: Derived) -> Iterator[Line]:
        words = self.words
        reading = words.judged.standard.facts[fact.name].reading
        if reading:
            yield Line(self.say("explain-reading", reading=reading), dim=True)
        if fact.part is not None:
            yield self.tree(fact.part)
        if fact.per is not None:
            label, value = self.label(fact.per), self.value(fact.per)
            yield Line(
                self.say("explain-per", label=label, value=value, cells=words.cells(fact.per.cells)),
                below=list(self.behind(fact.per)),
            )
        yield from map(self.row, fact.rows)
        if fact.over and fact.others:
            yield Line(self.say("explain-rows-others", count=fact.others), dim=True)
        elif fact.over and not fact.rows:
            yield Line(self.say("explain-rows-none"), dim=True)

    def row(self, row: RowOf) -> Line:
        """A row of another table, with the truth of each part in it."""
        words = self.words
        place = words.place(row.where)
        text = words.safe(row.name) + words.say("in-parentheses", text=place) if row.name else place
        return Line(text, below=[self.tree(part) for part in row.parts])

    # --- checks

    def check(self, view: CheckView) -> Line:
        """A check: its status, its clause, its values, its threshold, its reading, its remedy, and its condition."""
        words, check = self.words, view.check
        title = check.title.say(words.lang)
        text = self.say("explain-check", title=title, status=words.say(f"status-{view.status}"))
        if check.severity != "gate":
            text = words.say(f"severity-{check.severity}") + " " + text
        reasons = self.grounds.reasons[view.name]
        below = [Line(words.clause(check.cite))]
        if view.status == "not_applicable" and reasons.applies is not None:
            # Of whom it is not meant for it asks nothing.
            return Line(text, STATUS_MARKS[view.status], below=[*below, self.meant(reasons.applies)])
        below.append(Line(self.say("explain-values", values=words.reason(view))))
        below += [Line(line) for line in self.limits(view)]
        if check.reading:
            below.append(Line(self.say("explain-reading", reading=check.reading)))
        if view.status in ("fail", "unknown") and not check.way:
            below.append(Line(words.say("remedy", remedy=check.remedy.say(words.lang))))
        if reasons.applies is not None:
            below.append(self.meant(reasons.applies))
        below.append(self.tree(reasons.require))
        return Line(text, STATUS_MARKS[view.status], below=below)

    def meant(self, applies: Part) -> Line:
        """For whom a check is meant."""
        return Line(self.say("explain-applies"), below=[self.tree(applies)])

    def limits(self, view: CheckView) -> Iterator[str]:
        """The thresholds in force for a check: since when, and where each comes from."""
        for name, value in view.threshold.items():
            if value is None:
                yield self.say("explain-limit-none", label=self.words.label(name))
                continue
            period = self.period(name)
            source = period.source if period is not None else None
            if source is None:
                since, origin = self.say("explain-limit-chosen"), ""
            else:
                since = self.say("explain-limit-since", first=source.start.isoformat())
                origin = self.say("explain-origin", origin=source.origin) if source.origin else ""
                if source.cite is not None:
                    origin = self.say("explain-cited", clause=self.words.clause(source.cite))
            yield self.say(
                "explain-limit", label=self.words.label(name), value=self.words.limit(name, value), since=since, source=origin
            )

    def period(self, name: str) -> Period | None:
        """The dated value of a parameter that is in force for the subject."""
        year, periods = self.grounds.view.year, self.words.rules.parameters.get(name, ())
        chosen = [one for one in periods if one.source is None]
        found = [one for one in periods if year is not None and one.first <= year and (one.last is None or year <= one.last)]
        value = next((view.threshold[name] for view in self.grounds.view.checks if name in view.threshold), None)
        alike = [one for one in found if one.value == value]
        return next(iter(chosen or alike or found), None)

    # --- the decision

    def decision(self) -> Iterator[Line]:
        """The rows of the decision list: which one gave the outcome, or still could, and which did not hold before it."""
        if self.grounds.applies is not None:
            yield Line(
                self.say("explain-decision-applies"), MARKS[_truth(self.grounds.applies)], below=[self.tree(self.grounds.applies)]
            )
        for row in self.grounds.rows:
            if row.state == "not_reached":
                continue
            below = [self.tree(row.when)] if row.when is not None else []
            kind = row.state if row.when is not None else "default" if row.state == "gave" else "default-possible"
            mark = {"gave": "✓", "possible": "?"}.get(row.state, "✗")
            text = self.say(f"explain-row-{kind}", number=row.number + 1, outcome=self.outcome(row.number))
            yield Line(text, mark, dim=row.state == "no", below=below)

    def outcome(self, number: int) -> str:
        """What a row of the decision list gives, with what it says beyond that."""
        row = self.words.judged.standard.decide[number]
        note = self.words.say("in-parentheses", text=row.note.say(self.words.lang)) if row.note is not None else ""
        return self.words.outcome(row.outcome) + note


def _truth(part: Part) -> bool | None:
    return part.value if isinstance(part.value, bool) else None
