"""Everything about one verdict, with as few questions to the engine as it takes: one for the verdict, one for all trials."""

from collections.abc import Sequence
from dataclasses import replace

from fupin_cli.evaluate.explanation.answers import Asked, asked
from fupin_cli.evaluate.explanation.grounds import grounds_of
from fupin_cli.evaluate.explanation.places import SubjectPlace
from fupin_cli.evaluate.explanation.steps import Option
from fupin_cli.evaluate.explanation.trials import Trials
from fupin_cli.evaluate.explanation.ways import Ways, trials_of
from fupin_cli.evaluate.explanation.worlds import Edits, Judge
from fupin_cli.evaluate.run import judge as judge_tables
from fupin_cli.model.explanation import Grounds, Question, Questioned, Way
from fupin_cli.model.result import StandardResult
from fupin_cli.rules.standard import ReadyFact, ReadyStandard

#: Result of a rule of data quality, the rule, and the row that breaks it.
Findings = tuple[tuple[StandardResult, str, int], ...]


def whole(judge: Judge) -> Grounds:
    """What stands behind the verdict, what would settle it, and what would change it."""
    standard, near = judge.standard, judge.near
    result = judge_tables(standard, judge.parameters, near.tables, judge.as_of, judge.assumptions, parts=True)
    grounds = grounds_of(standard, result, near.index)
    if standard.is_quality or grounds.standing in ("meets", "not_applicable"):
        return grounds
    place, trials = SubjectPlace(standard, result, near.index), Trials(judge)
    questions, ways = asked(place, grounds.view), Ways(trials)
    proposed = ways.proposals(place, corrects=False)
    settled = [one for one in questions if one.missing.reason != "conflict"]
    trials.ask([{}, *(world for one in settled for world in one.worlds), *trials_of(proposed)])
    if trials.verdict({})[0] != grounds.view.outcome:
        raise AssertionError(grounds.view.outcome)
    answered = [_answered(judge, trials, one) for one in questions]
    return replace(grounds, questions=tuple(answered), ways=_ways(ways, place, proposed))


def _ways(ways: Ways, place: SubjectPlace, proposed: Sequence[Option]) -> tuple[Way, ...]:
    """The ways that do; only where nothing else does, those that put a matter of fact right."""
    found = ways.found(proposed, corrects=False)
    return found or ways.found(ways.proposals(place, corrects=True), corrects=True)


def _answered(judge: Judge, trials: Trials, one: Asked) -> Question:
    """A question with its answers. Where sources disagree an answer stands for all of them."""
    if one.missing.reason == "conflict":
        trials = Trials(replace(judge, standard=_unfilled(judge.standard, one.name)))
        trials.ask(one.worlds)
    return one.question(trials)


def _unfilled(standard: ReadyStandard, field: str) -> ReadyStandard:
    """The standard without the facts that fill a field."""
    facts = {name: _idle(ready) if ready.fact.fills == field else ready for name, ready in standard.facts.items()}
    return replace(standard, facts=facts)


def _idle(ready: ReadyFact) -> ReadyFact:
    return replace(ready, fact=ready.fact.model_copy(update={"fills": None, "per": None}))


def questioned(judge: Judge, grounds: Grounds, doubted: Edits, findings: Findings) -> Questioned:
    """What the verdict would be if the values that data quality questions were unknown."""
    if not doubted:
        return Questioned(findings, grounds.view.outcome, grounds.view.possible)
    trials = Trials(judge)
    trials.ask([doubted])
    return Questioned(findings, *trials.verdict(doubted))
