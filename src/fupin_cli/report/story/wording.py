"""The changes between years in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from fupin_cli.messages import Lang, say
from fupin_cli.model.comparison import Compared, Comparison, Flip
from fupin_cli.model.parameter import Period
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Result
from fupin_cli.model.story import CAUSES, Balance, Cause, Event, Interval, Law, Looked, Story, Term, Verdicts
from fupin_cli.model.tables import fields
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.mask import mask_key
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.problems import visible
from fupin_cli.report.story.lines import Line, Told
from fupin_cli.report.verification.told import DiscreetWords
from fupin_cli.report.words import Words

#: Most fields named of those that leave verdicts open.
_FIELDS = 8


@dataclass(frozen=True)
class Years(Both):
    """Speaks of the verdicts of two years."""

    interval: Interval | None = None
    #: Names and addresses are left out.
    discreet: bool = False

    def words(self, compared: Compared | None = None) -> tuple[Words, Words]:
        """The words of each side."""
        old, new = super().words(compared)
        if not self.discreet:
            return old, new
        return DiscreetWords(old.result, old.options, old.about), DiscreetWords(new.result, new.options, new.about)

    def sides(self) -> tuple[str, str]:
        """What the two sides are called."""
        if self.interval is None:
            return super().sides()
        return self.say("story-year", year=self.interval.before), self.say("story-year", year=self.interval.after)


@dataclass(frozen=True)
class Telling:
    """Speaks of one story in one language."""

    story: Story
    #: What the rosters were verified to; its files are those of the story.
    result: Result
    options: Options
    #: For a page that many people read: names and addresses are left out.
    discreet: bool = False

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.options.lang

    @property
    def page(self) -> Page:
        """Places in the files."""
        return Page(self.result.inputs, self.options)

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return say(code, self.lang, **facts)

    def key(self, text: str) -> str:
        """A household number as it may be shown."""
        return visible(mask_key(text) if self.options.mask else text)

    def heading(self, interval: Interval) -> str:
        """Which years are meant."""
        return self.say("story-interval", before=interval.before, after=interval.after)

    def year(self, year: int) -> str:
        """A year."""
        return self.say("story-year", year=year)

    def measure(self, balance: Balance) -> str:
        """What a figure counts."""
        return self.say(f"story-measure-{balance.measure}")

    def term(self, term: Term) -> str:
        """What leads from one year's figure to the next."""
        name = self.say(f"story-term-{term.name}")
        reason = term.reason or (self.say("story-no-reason") if term.name in ("came", "went") else "")
        return self.say("story-term-reason", term=name, reason=reason) if reason else name

    def notes(self, interval: Interval) -> list[str]:
        """How people are counted, and who is not."""
        said = [self.say("story-by-rows" if interval.people_by == "rows" else "story-by-size")]
        years = (interval.before, interval.after)
        for code, counts in (("story-unsized-year", interval.unsized), ("story-homeless", interval.homeless)):
            said += [say(code, self.lang, year=year, count=count) for year, count in zip(years, counts, strict=True) if count]
        return said

    def people(self, interval: Interval) -> str:
        """The people one by one, as one sum; empty where members are not listed."""
        balance = interval.people
        if balance is None:
            return ""
        parts = [f"{self.year(interval.before)} {balance.start}"]
        parts += [f"{'+' if term.amount > 0 else '-'} {self.term(term)} {abs(term.amount)}" for term in balance.terms]
        text = self.say("story-people", sum=" ".join([*parts, f"= {self.year(interval.after)} {balance.end}"]))
        if interval.moved_people:
            text += self.say("semicolon") + self.say("story-people-moved", count=interval.moved_people)
        return text

    def event(self, event: Event) -> str:
        """What happened, to how many, and why they say."""
        parts = [
            self.say(
                "story-counted",
                title=self.say(f"story-event-{event.name}"),
                households=event.households,
                people=event.people,
            )
        ]
        if event.unsized:
            parts.append(self.say("story-counted-unsized", count=event.unsized))
        if event.reasons:
            comma = self.say("list-comma")
            named = [(reason or self.say("story-no-reason"), count) for reason, count in event.reasons.items()]
            tallies = comma.join(self.say("story-tally", name=name, count=count) for name, count in named)
            parts.append(self.say("story-reasons", reasons=tallies))
        return self.say("semicolon").join(parts)

    def place(self, cell: Address | None) -> str:
        """A cell; empty for none."""
        return self.page.place(cell) if cell is not None else ""

    def who(self, line: Line) -> str:
        """What a household is known by."""
        return self.key(line.key) or self.place(line.rows[1] or line.rows[0])

    def told(self, line: Line) -> list[str]:
        """What the cells of both years say about what happened to a household."""
        said: list[str] = []
        if line.other and line.event in ("split", "merged", "formed", "dissolved"):
            code = "story-part-of" if line.event in ("split", "formed") else "story-went-into"
            said.append(say(code, self.lang, key=self.key(line.other)))
        elif line.event not in ("split", "merged", "formed", "dissolved"):
            said += [self.field(one) for one in line.told]
        if line.reason:
            said.append(self.say("story-field-one", label=self.label("change_reason"), value=self.page.safe(line.reason)))
        return said

    def field(self, told: Told) -> str:
        """A field in both years."""
        before, after = (self.value(told.name, value) for value in told.values)
        return self.say("story-field", label=self.label(told.name), before=before, after=after)

    def value(self, name: str, value: str | None) -> str:
        """What stands in a cell, as it may be shown."""
        if value is None:
            return self.say("story-nothing")
        return self.key(value) if name == "household_id" else self.page.safe(value)

    def label(self, name: str) -> str:
        """A field of the household."""
        return fields("household")[name].title(self.lang)

    def cells(self, line: Line) -> str:
        """Where to look in each year: the cells that say it, else the rows."""
        two = [
            self.place(next((one.cells[side] for one in line.told if one.cells[side]), None) or line.rows[side])
            for side in (0, 1)
        ]
        return " → ".join(place for place in two if place)

    def laws(self, verdicts: Verdicts, interval: Interval) -> list[str]:
        """The packs of the two years, once where they are the same, and what is assumed in both."""
        packs = [law.rules.pack for law in (verdicts.before, verdicts.after)]
        lines = [self.say("pack-line", pack=p.name, version=p.head.version, sha=p.sha256[:12]) for p in packs]
        words = self._words(verdicts.after)
        assumed = [words.assumption(name) for name in self.result.assumptions]
        if lines[0] == lines[1]:
            return [lines[0], *assumed]
        years = (interval.before, interval.after)
        return [*(self.say("story-law", year=year, pack=line) for year, line in zip(years, lines, strict=True)), *assumed]

    def parameters(self, verdicts: Verdicts, interval: Interval) -> list[str]:
        """The numbers that differ, with their values at the end of each year."""
        return [
            self.say(
                "story-parameter",
                label=self._parameter_label(verdicts, name),
                before=self._values(verdicts.before, name, interval.before),
                after=self._values(verdicts.after, name, interval.after),
            )
            for name in verdicts.parameters
        ]

    def _parameter_label(self, verdicts: Verdicts, name: str) -> str:
        laws = (verdicts.before, verdicts.after)
        return next(law.rules.pack.parameters[name].title.say(self.lang) for law in laws if name in law.rules.parameters)

    def _values(self, law: Law, name: str, year: int) -> str:
        found = [period for period in law.rules.parameters.get(name, ()) if period.covers(year)]
        return self.say("list-comma").join(self._amount(law, name, one) for one in found) or self.say("story-parameter-none")

    def _amount(self, law: Law, name: str, period: Period) -> str:
        text = self._words(law).quantity(name, period.value)
        unsure = self.say("unconfirmed") if period.source is not None and period.source.status else ""
        return text + unsure + (self.say("in-parentheses", text=period.where) if period.where is not None else "")

    def causes(self, verdicts: Verdicts) -> Iterator[tuple[Cause, str]]:
        """Each cause that occurs, with how many verdicts it changed and what the order of causes decided."""
        for cause in CAUSES:
            if verdicts.causes[cause]:
                yield cause, self._cause(verdicts, cause)

    def _cause(self, verdicts: Verdicts, cause: Cause) -> str:
        counted = self.say("story-cause", cause=self.say(f"story-term-{cause}"), count=verdicts.causes[cause])
        notes = [self.say(f"story-cause-help-{cause}")]
        for interplay in ("either", "together"):
            count = sum(turn.count for turn in verdicts.turns if (turn.cause, turn.interplay) == (cause, interplay))
            if count:
                notes.append(self.say("story-cause-note", count=count, note=self.say(f"story-interplay-{interplay}")))
        return counted + self.say("in-parentheses", text=self.say("semicolon").join(notes))

    def lacking(self, verdicts: Verdicts, interval: Interval) -> str:
        """The fields for want of which verdicts were or are open; empty where there are none."""
        words = self._words(verdicts.after)
        named = []
        for one in verdicts.lacking[:_FIELDS]:
            counts = ((interval.before, one.before), (interval.after, one.after))
            years = [self.say("story-lacking-year", year=year, count=count) for year, count in counts if count]
            label = self._lacking(words, one.name)
            named.append(self.say("story-lacking-one", label=label, years=self.say("comma").join(years)))
        more = "…" if len(verdicts.lacking) > _FIELDS else ""
        return self.say("story-lacking", fields=self.say("list-comma").join(named) + more) if named else ""

    def _lacking(self, words: Words, name: str) -> str:
        table, _, inner = name.partition(".")
        return self.say(f"table-{table}") if inner == "rows" else words.label(name)

    def both(self, interval: Interval, verdicts: Verdicts, looked: Looked) -> tuple[Years, Compared]:
        """The words for changed verdicts, and what they are about."""
        sides = [self._side(law, judged) for law, judged in ((verdicts.before, looked.before), (verdicts.after, looked.after))]
        comparison = Comparison(self.result.command, sides[0], sides[1], [], [], [], [])
        return Years(comparison, self.options, interval, self.discreet), Compared(looked.before, looked.after, [], [], [])

    def outcome(self, verdicts: Verdicts, name: str) -> str:
        """An outcome of either law."""
        law = next((law for law in (verdicts.before, verdicts.after) if name in law.standard.outcomes), None)
        return law.standard.outcomes[name].title.say(self.lang) if law is not None else self.say(f"outcome-{name}")

    def _words(self, law: Law) -> Words:
        return Words(self._side(law, None), self.options)

    def _side(self, law: Law, judged: StandardResult | None) -> Result:
        """A year's law as a result that words can be asked about; without verdicts where nobody needs them."""
        own = judged or StandardResult(law.standard, self.story.household, pa.table({"year": pa.array([], pa.int64())}), {})
        return replace(self.result, rules=[law.rules], problems=[], groups=[Group(own)], quality=None)


def reasons(telling: Telling, both: Years, compared: Compared, flip: Flip) -> Iterator[str]:
    """What decides a changed verdict, in each year; of a changed list of decisions its rows."""
    for decider in flip.deciders:
        title = both.check_title(compared, decider.name)
        for side in both.decider(compared, decider):
            said = telling.say("comma").join(part for part in (side.status, side.reason) if part)
            yield title + telling.say("in-parentheses", text=side.side) + telling.say("colon") + said
    yield from both.otherwise(compared, flip)
