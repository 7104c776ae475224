"""A sweep in words: its outcomes in the order in which they are drawn, and where the parameter stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fupin_cli.messages import Lang, say
from fupin_cli.model.comparison import STANDINGS, Standing, standing
from fupin_cli.model.parameter import Period
from fupin_cli.model.sweep import Series, Sweep
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words


@dataclass(frozen=True)
class Kind:
    """An outcome as it is drawn."""

    outcome: str
    title: str
    standing: Standing
    #: Which one it is among the outcomes of its standing.
    place: int


@dataclass(frozen=True)
class Mark:
    """A value that is in force now."""

    value: Decimal
    label: str


@dataclass(frozen=True)
class Moving:
    """Speaks of one sweep in one language."""

    sweep: Sweep
    options: Options

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.options.lang

    @property
    def words(self) -> Words:
        """The words of the pack."""
        return Words(self.sweep.base, self.options)

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return say(code, self.lang, **facts)

    def title(self) -> str:
        """What is asked."""
        return self.say("whatif-title", question=self.say(f"title-{self.sweep.job}"))

    def range(self) -> str:
        """The parameter and its values."""
        values = self.sweep.values
        return self.say(
            "sweep-range",
            parameter=self.words.label(self.sweep.parameter),
            first=number_text(values[0]),
            last=self.words.amount(values[-1], self.unit_code()),
            count=len(values),
        )

    def unit_code(self) -> str:
        """The parameter's unit by its code."""
        return self.words.rules.pack.parameters[self.sweep.parameter].unit

    def axis(self) -> str:
        """The parameter with its unit."""
        unit = self.words.parameter_unit(self.sweep.parameter)
        label = self.words.label(self.sweep.parameter)
        return label + self.say("in-parentheses", text=unit) if unit else label

    def heading(self, series: Series) -> str:
        """A standard, and how many it is asked of."""
        words = self.words.of(series.base)
        title = series.base.standard.title.say(self.lang)
        return self.say("sweep-standard", title=title, count=words.count(series.subjects))

    def kinds(self, series: Series) -> list[Kind]:
        """The outcomes that occur at any value: who meets the standard first, whom it is not for last."""
        words, standard = self.words.of(series.base), series.base.standard
        occurring = dict.fromkeys(name for tally in series.tallies for name in tally.outcomes)
        known = [name for name in (*standard.outcomes, *occurring) if name in occurring]
        found: list[Kind] = []
        for wanted in STANDINGS:
            of_it = [name for name in dict.fromkeys(known) if standing(standard, name) == wanted]
            found += [Kind(name, words.outcome(name), wanted, place) for place, name in enumerate(of_it)]
        return found

    def marks(self) -> list[Mark]:
        """The values in force now, from the smallest."""
        periods = self._used()
        labels: dict[Decimal, list[str]] = {}
        for period in periods:
            if isinstance(period.value, Decimal):
                labels.setdefault(period.value, []).append(self._label(period))
        comma = self.say("list-comma")
        return [Mark(value, comma.join(dict.fromkeys(labels[value]))) for value in sorted(labels)]

    def _used(self) -> Sequence[Period]:
        return used_periods(self.sweep.base, self.words.rules, self.sweep.parameter) if self.sweep.present else ()

    def _label(self, period: Period) -> str:
        if period.source is None:
            return self.say("sweep-mark-set")
        label = self.say("sweep-mark", years=self.words.years(period))
        return label + (self.say("unconfirmed") if period.source.status else "")

    def now(self, series: Series) -> str:
        """The outcomes at the values in force now; empty where there are none."""
        if not self.sweep.present:
            return ""
        words = self.words.of(series.base)
        counts = [(words.outcome(name), count) for name, count in series.base.outcome_counts().items()]
        told = self.say("list-comma").join(self.say("sweep-tally", outcome=name, count=count) for name, count in counts)
        return self.say("sweep-now", counts=told)

    def others(self) -> list[str]:
        """The other parameters that the standards look at, and what is assumed."""
        words, result = self.words, self.sweep.base
        names = [name for name in words.rules.parameters if name != self.sweep.parameter]
        used = [words.parameter(name) for name in names if used_periods(result, words.rules, name)]
        return used + [words.assumption(name) for name in result.assumptions]
