"""A comparison in words: each side by itself, what differs between them, and why a verdict flips."""

from collections.abc import Sequence
from dataclasses import dataclass

from fupin_cli.messages import Lang, say
from fupin_cli.model.comparison import Compared, Comparison, Decider, Flip
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.parameter import Period
from fupin_cli.model.run import Result
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words


@dataclass(frozen=True)
class SideOfCheck:
    """A check of one subject on one side."""

    side: str
    status: str
    reason: str


@dataclass(frozen=True)
class Both:
    """Speaks of both sides in one language."""

    comparison: Comparison
    options: Options

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.options.lang

    @property
    def results(self) -> tuple[Result, Result]:
        """The two results, the first one first."""
        return self.comparison.before, self.comparison.after

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return say(code, self.lang, **facts)

    def words(self, compared: Compared | None = None) -> tuple[Words, Words]:
        """The words of each side, for a standard or for the first one."""
        before, after = (Words(result, self.options) for result in self.results)
        return (before.of(compared.before), after.of(compared.after)) if compared is not None else (before, after)

    def sides(self) -> tuple[str, str]:
        """What the two sides are called."""
        return self.say("whatif-before"), self.say("whatif-after")

    def title(self, compared: Compared) -> str:
        """A standard by its title, by both where they differ."""
        titles = [one.standard.title.say(self.lang) for one in (compared.before, compared.after)]
        return " → ".join(dict.fromkeys(titles))

    def outcomes(self, compared: Compared, before: str, after: str) -> str:
        """From which outcome to which, each as its own side calls it."""
        old, new = self.words(compared)
        return self.say("whatif-turn", before=old.outcome(before), after=new.outcome(after))

    def check_title(self, compared: Compared, name: str) -> str:
        """A check by its title, by both where they differ."""
        checks = [side.standard.checks.get(name) for side in (compared.before, compared.after)]
        return " → ".join(dict.fromkeys(check.title.say(self.lang) for check in checks if check is not None))

    def severity(self, compared: Compared, name: str) -> str:
        """The word for a check that decides on neither side; empty for others."""
        checks = [side.standard.checks.get(name) for side in (compared.before, compared.after)]
        found = [check.severity for check in checks if check is not None]
        return "" if "gate" in found else self.say(f"severity-{found[0]}")

    def decider(self, compared: Compared, decider: Decider) -> list[SideOfCheck]:
        """A check on both sides: its status, and the sentence that says why."""
        views = zip(self.sides(), self.words(compared), (decider.before, decider.after), strict=True)
        return [self._side(name, words, view) for name, words, view in views]

    def _side(self, name: str, words: Words, view: CheckView | None) -> SideOfCheck:
        if view is None:
            return SideOfCheck(name, self.say("whatif-no-check"), "")
        return SideOfCheck(name, self.say(f"status-{view.status}"), words.reason(view))

    def clauses(self, compared: Compared, decider: Decider) -> list[str]:
        """The clause that a check stands for; both where the sides cite different ones."""
        views = zip(self.words(compared), (decider.before, decider.after), strict=True)
        return list(dict.fromkeys(words.clause(view.check.cite) for words, view in views if view is not None))

    def otherwise(self, compared: Compared, flip: Flip) -> list[str]:
        """Why a verdict flips although no check counts differently: the standard is not for it, or the lists differ."""
        if flip.deciders:
            return []
        said: list[str] = []
        for side, words, view in zip(self.sides(), self.words(compared), (flip.before, flip.after), strict=True):
            said.append(side + self.say("colon") + self._decided(words, view))
        return said

    def _decided(self, words: Words, view: SubjectView) -> str:
        standard = words.judged.standard
        if view.outcome == NOT_APPLICABLE:
            return words.say("whatif-not-for", condition=" ".join((standard.applies or "").split()))
        if view.row is None:
            return words.say("whatif-row-open", outcome=words.outcome(view.outcome))
        row = standard.decide[view.row]
        note = words.say("in-parentheses", text=row.note.say(self.lang)) if row.note is not None else ""
        condition = " ".join(row.when.split()) if row.when is not None else words.say("rules-otherwise")
        return words.say("whatif-row", number=view.row + 1, condition=condition, outcome=words.outcome(view.outcome)) + note

    def missing(self, compared: Compared, flip: Flip) -> list[str]:
        """What would settle a subject that is undetermined on one side."""
        views = zip(self.sides(), self.words(compared), (flip.before, flip.after), strict=True)
        return [side + self.say("colon") + words.missing(view.missing) for side, words, view in views if view.missing]

    def parameters(self) -> list[str]:
        """The parameters that any standard of either side looks at."""
        return list(dict.fromkeys(name for result in self.results for name in result.parameters))

    def differing(self) -> list[str]:
        """The parameters whose values differ, or that only one side has."""
        before, after = self.results
        return [name for name in self.parameters() if _values(before, name) != _values(after, name)]

    def alike(self) -> list[str]:
        """The parameters with their values that are the same on both sides."""
        differing = self.differing()
        words, _ = self.words()
        return [words.parameter(name) for name in self.parameters() if name not in differing and _values(words.result, name)]

    def parameter(self, name: str) -> list[tuple[str, str]]:
        """What each side used of a parameter."""
        return [(side, self._used(words, name)) for side, words in zip(self.sides(), self.words(), strict=True)]

    def _used(self, words: Words, name: str) -> str:
        if not _values(words.result, name):
            return self.say("whatif-parameter-none")
        return words.parameter(name).removeprefix(words.label(name) + self.say("colon"))

    def parameter_title(self, name: str) -> str:
        """A parameter by its title; of a side that has it."""
        for words in self.words():
            if name in words.rules.pack.parameters:
                return words.label(name)
        return name

    def assumptions(self) -> tuple[list[str], list[str]]:
        """What is assumed on both sides, and on the second alone or otherwise than on the first."""
        old, new = self.words()
        both = [old.assumption(name) for name, text in old.result.assumptions.items() if new.result.assumptions.get(name) == text]
        alone = []
        for name, text in new.result.assumptions.items():
            before = old.result.assumptions.get(name)
            if before != text:
                instead = f"{self.sides()[0]}{self.say('colon')}{old.assumption(name)}" if before is not None else ""
                alone.append(new.assumption(name) + (self.say("in-parentheses", text=instead) if instead else ""))
        return both, alone

    def documents(self) -> list[str]:
        """The documents that the checks of either side cite, each once."""
        titles: dict[str, None] = {}
        for compared in self.comparison.standards:
            for words in self.words(compared):
                for check in words.judged.standard.checks.values():
                    titles[words.document(check.cite.document)] = None
        return list(titles)


def _values(result: Result, name: str) -> Sequence[tuple[object, ...]]:
    """What a side uses of a parameter, to be compared with the other side's."""
    if name not in result.parameters:
        return ()
    return [_key(period) for period in used_periods(result, result.rules[0], name)]


def _key(period: Period) -> tuple[object, ...]:
    if period.source is None:
        return (period.value,)
    return (period.first, period.last, period.where, period.value)
