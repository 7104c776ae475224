"""The smallest sets of changes that make a verdict one that meets the standard, each of them tried on the engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from fupin_cli.evaluate.explanation.places import SubjectPlace
from fupin_cli.evaluate.explanation.proposals import Proposer
from fupin_cli.evaluate.explanation.search import Search
from fupin_cli.evaluate.explanation.steps import Option, Step, best
from fupin_cli.evaluate.explanation.trials import Trials
from fupin_cli.evaluate.explanation.worlds import Edits
from fupin_cli.model.explanation import Way
from fupin_cli.model.tables import fields
from fupin_cli.model.view import Value

#: Ways that are told, proposals that are tried at once, and how often what did not do is added to.
_TOLD, _TRIED, _ROUNDS = 5, 16, 4
#: Proposals that did not do, of which each is followed further.
_FOLLOWED = 3
#: Up to so many changes every smaller set is tried, too; of more only those that lack one.
_EVERY = 4


@dataclass(frozen=True)
class Ways:
    """Looks for changes, and keeps those that the engine confirms."""

    trials: Trials

    def proposals(self, place: SubjectPlace, *, corrects: bool) -> list[Option]:
        """What the conditions themselves say would do, before anybody has tried it."""
        judge = self.trials.judge
        return [option for option in Search(place, Proposer(judge.near.tables, judge.as_of, corrects)).goals() if option][:_TRIED]

    def found(self, proposed: Sequence[Option], *, corrects: bool) -> tuple[Way, ...]:
        """The ways among these proposals, or those that come of them once more is changed; none where nothing does."""
        options = list(proposed)
        for _ in range(_ROUNDS):
            self.trials.ask(trials_of(options))
            kept = self._smallest(options)
            if kept:
                told = sorted(kept, key=_order)[:_TOLD]
                self.trials.ask(trial for option in told for _, _, trial in _instead(option))
                return tuple(self._told(option) for option in told)
            options = self._further(options[:_FOLLOWED], corrects=corrects)
            if not options:
                break
        return ()

    def _smallest(self, options: Iterable[Option]) -> list[Option]:
        """The sets that do, without those of which a part does."""
        doing = set[Option]()
        new = {part for option in options for part in _parts(option) if self.trials.meets(edits_of(part))}
        while new - doing:
            doing |= new
            smallest = [one for one in doing if not any(set(other) < set(one) for other in doing)]
            # Of a large set not every part has been tried yet.
            self.trials.ask(trials_of(smallest))
            new = {part for one in smallest for part in _parts(one) if self.trials.meets(edits_of(part))}
        return [one for one in doing if not any(set(other) < set(one) for other in doing)]

    def _further(self, options: Sequence[Option], *, corrects: bool) -> list[Option]:
        """What would have to be changed beside what was tried."""
        if not options:
            return []
        judge = self.trials.judge
        result, indices = judge.judged([edits_of(option) for option in options])
        found: list[Option] = []
        for option, index in zip(options, indices, strict=True):
            place = SubjectPlace(judge.standard, result, index)
            found += [_on_top(option, further) for further in self.proposals(place, corrects=corrects)]
        return best(one for one in found if one not in options)[:_TRIED]

    def _told(self, option: Option) -> Way:
        outcome, _ = self.trials.verdict(edits_of(option))
        days = sum(isinstance(step.value, date) for step in option)
        doing = {(step.cell, value) for step, value, trial in _instead(option) if self.trials.meets(trial)}
        turns = []
        for step in sorted(option, key=_place):
            instead = tuple(value for value in step.turn.instead if (step.cell, value) in doing)
            # Of several days each was tried as it stands: whether a later one does depends on the others.
            sign = "=" if days > 1 and isinstance(step.value, date) else step.turn.sign
            turns.append(replace(step.turn, sign=sign, instead=instead))
        return Way(tuple(turns), outcome)


def edits_of(option: Option) -> Edits:
    """A set of changes as a trial."""
    return {step.cell: step.value for step in option}


def trials_of(options: Iterable[Option]) -> Iterator[Edits]:
    """These sets of changes, and the smaller ones in them."""
    return (edits_of(part) for option in options for part in _parts(option))


def _instead(option: Option) -> Iterator[tuple[Step, Value, Edits]]:
    """The other values that would do as well, each as a trial."""
    for step in option:
        for value in step.turn.instead:
            yield step, value, {**edits_of(option), step.cell: value}


def _place(step: Step) -> tuple[str, int, int]:
    """Where a change stands: in the order of the table's fields."""
    return step.cell.table, step.cell.row, [*fields(step.cell.table)].index(step.cell.name)


def _parts(option: Option) -> Iterator[Option]:
    """A set of changes, and those smaller ones that have to be tried to be sure that it needs them all."""
    sizes = range(1, len(option) + 1) if len(option) <= _EVERY else range(len(option) - 1, len(option) + 1)
    for size in sizes:
        yield from combinations(option, size)


def _on_top(option: Option, further: Option) -> Option:
    """Changes after changes: of one cell the later one counts."""
    cells = {step.cell: step for step in (*option, *further)}
    return tuple(cells[cell] for cell in sorted(cells))


def _order(option: Option) -> tuple[int, int, list[Value]]:
    return sum(step.turn.fixed for step in option), len(option), [step.cell.name for step in option]
