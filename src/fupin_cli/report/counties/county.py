"""What a report tells of each county: its verdict, the calendar, the rates, in the order of distance to readiness."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from fupin_cli.model.figure import FoundRate
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Result
from fupin_cli.model.step import StepView, steps_of
from fupin_cli.model.view import STATUSES, CheckView, Status, SubjectView
from fupin_cli.report.counties.order import by_distance, gates
from fupin_cli.report.options import Options, wanted_outcomes
from fupin_cli.report.words import Words

#: The table whose subjects this report is about.
COUNTY = "county"
#: Most cells named one by one.
_CELLS = 3


@dataclass(frozen=True)
class AtHome(Words):
    """Speaks of one county: cells of its own file go without the file's name, which its heading gives once."""

    home: int = -1

    def place(self, address: Address) -> str:
        """A cell, with its file where that is another one."""
        return self.safe(str(address)) if address.input == self.home else super().place(address)

    def cells(self, addresses: Sequence[Address]) -> str:
        """Several cells, in parentheses; of many rows the first."""
        return self.say("in-parentheses", text=self.named_cells(addresses)) if addresses else ""

    def named_cells(self, addresses: Sequence[Address]) -> str:
        """Several cells; of many the first: how many there are nobody counts, of a long list only its beginning is known."""
        if len(addresses) > _CELLS:
            # Of few rows with several cells each, the first cell of each says which rows they are.
            rows = {(one.input, one.sheet, one.row): one for one in reversed(addresses)}
            if len(rows) > _CELLS:
                return self.say("cells-many", first=self.place(addresses[0]))
            addresses = [one for one in addresses if rows[one.input, one.sheet, one.row] is one]
        return self.say("list-comma").join(map(self.place, addresses))


@dataclass(frozen=True)
class Figures:
    """The parts of the reason for a check's status; a part is empty where there is nothing to say."""

    #: What was read, with the cells; of a rate the percentage beside the fraction.
    values: str
    limit: str
    margin: str
    #: What the sample says about the limit, in words.
    sample: str = ""
    #: The cells to go to.
    cells: str = ""

    def sentence(self, words: Words) -> str:
        """The values, what is asked, and the margin."""
        return words.say("comma").join(part for part in (self.values, self.limit, self.margin) if part)


@dataclass(frozen=True)
class County:
    """One county in one year."""

    view: SubjectView
    words: AtHome
    #: Where it stands in the calendar; empty where the pack has none.
    steps: Sequence[StepView]
    #: The verdicts of the standards beside, each with its words.
    beside: Sequence[tuple[Words, SubjectView]]
    rates: Sequence[FoundRate]
    #: The figures of its checks, as far as somebody has asked for them: a workbook tells them twice.
    figures: dict[str, Figures] = field(default_factory=dict, compare=False)

    @cached_property
    def checks(self) -> Mapping[str, CheckView]:
        """Its checks by name."""
        return {check.name: check for check in self.view.checks}

    def rate_of(self, check: str) -> FoundRate | None:
        """The rate that a check decides on."""
        declared = self.words.judged.standard.rates
        return next((rate for rate in self.rates if rate.name in declared and declared[rate.name].check == check), None)

    @property
    def noted(self) -> list[CheckView]:
        """What is not as it should be and yet decides nothing, in the standard and in the calendar."""
        found = [*self.view.checks, *(check for _, view in self.beside for check in view.checks)]
        return [check for check in found if check.check.severity != "gate" and check.status == "fail"]

    @property
    def note(self) -> str:
        """What the decision row says beyond the outcome: the next step; empty where it says nothing."""
        return _note(self.words, self.view)

    @property
    def province(self) -> str:
        """The county's province, as it may be shown."""
        return self._field("province")

    def _field(self, name: str) -> str:
        table = self.words.judged.subject
        value = table.data.column(name)[self.view.index].as_py() if table.has(name) else None
        return self.words.safe(value or "")

    @property
    def name(self) -> str:
        """The county's name; where it has none, its place."""
        return self.words.safe(self.view.name) or self.words.place(self.view.where)


@dataclass(frozen=True)
class Counties:
    """The counties of a result."""

    words: Words
    group: Group
    _known: dict[int, County] = field(default_factory=dict)

    @classmethod
    def of(cls, result: Result, options: Options) -> list[Self]:
        """Those of each standard that judges counties; empty where none does."""
        words = Words(result, options)
        return [cls(words.of(g.main), g) for g in result.groups if g.subject == COUNTY and not g.main.is_quality]

    @property
    def judged(self) -> StandardResult:
        """The verdicts."""
        return self.group.main

    @cached_property
    def order(self) -> Sequence[int]:
        """The counties that ``--only`` means, or all, the nearest to readiness first."""
        found, only = by_distance(self.group), self.words.options.only
        if only is None:
            return found
        meant = set(self.judged.indices(wanted_outcomes(self.judged, only)))
        return [index for index in found if index in meant]

    @cached_property
    def unsettled(self) -> Sequence[int]:
        """Those of them that do not meet the standard or are open, or of whom the standard says that something has to be done."""
        if self.words.options.only is not None:
            return self.order
        outcomes = self.judged.standard.outcomes.items()
        listed = {name for name, outcome in outcomes if outcome.listed or not outcome.meets} | {UNDETERMINED}
        meant = set(self.judged.indices(listed))
        return [index for index in self.order if index in meant]

    @cached_property
    def gates(self) -> Sequence[str]:
        """What has to be met."""
        return gates(self.judged.standard)

    @cached_property
    def open_gates(self) -> Sequence[str]:
        """The gates that somebody does not pass for sure."""
        counts = self.judged.check_counts()
        return [name for name in self.gates if counts[name]["fail"] or counts[name]["unknown"]]

    @cached_property
    def provinces(self) -> int:
        """How many provinces the counties are of; a blank is one, too."""
        table = self.judged.subject
        return len(set(table.data.column("province").to_pylist())) if table.has("province") else 1

    @cached_property
    def years(self) -> int:
        """Of how many years they are."""
        return len(set(self.judged.data.column("year").to_pylist()))

    def statuses(self, check: str) -> Sequence[Status]:
        """How each county stands in a check."""
        return [STATUSES[number] for number in self.judged.data.column(f"status.{check}").to_pylist()]

    def told(self, indices: Sequence[int]) -> list[County]:
        """These counties with everything that is told of them."""
        lacking = [index for index in indices if index not in self._known]
        self._known.update(zip(lacking, self._made(lacking), strict=True))
        return [self._known[index] for index in indices]

    def _made(self, indices: Sequence[int]) -> Iterator[County]:
        # Of what stands beside only the verdict is told; of a calendar its steps, and the checks that are about none of them.
        beside = [(self.words.of(one), list(one.views(indices, _apart_from_steps(one)))) for one in self.group.beside]
        calendars = [steps_of(one, indices) for one in self.group.beside if one.standard.steps]
        # A calendar stands beside the verdict; of several the first is shown.
        steps = calendars[0] if calendars else [()] * len(indices)
        for place, view in enumerate(self.judged.views(indices)):
            yield County(
                view=view if view.outcome != NOT_APPLICABLE else _asked_nothing(view),
                words=AtHome(self.words.result, self.words.options, self.judged, view.where.input),
                steps=steps[place],
                beside=[(own, found[place]) for own, found in beside],
                rates=self.group.rates.get(view.index, ()),
            )


def _apart_from_steps(judged: StandardResult) -> list[str]:
    """The checks of a calendar that say of no step how it stands."""
    steps = judged.standard.steps
    named = {name for step in steps.values() for name in step.checks().values()}
    return [name for name in judged.standard.checks if name not in named] if steps else []


def _asked_nothing(view: SubjectView) -> SubjectView:
    """Of a county that the standard is not for nothing is asked, whatever its cells say."""
    return replace(view, checks=tuple(replace(check, status="not_applicable") for check in view.checks))


def _note(words: Words, view: SubjectView) -> str:
    note = words.judged.standard.decide[view.row].note if view.row is not None else None
    return note.say(words.lang) if note is not None else ""


def verdict(words: Words, view: SubjectView) -> str:
    """An outcome in words; of an open one, what it may be."""
    if view.outcome != UNDETERMINED or not view.possible:
        return words.outcome(view.outcome)
    possible = words.say("list-comma").join(words.outcome(name) for name in view.possible)
    return words.outcome(view.outcome) + words.say("in-parentheses", text=words.say("county-possible", outcomes=possible))
