"""What an answer rests on: the files that were read, the packs with the values in force, and what was assumed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fupin_cli.model.comparison import Comparison
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.manifest import Clause, UsedPack, ValueInForce
from fupin_cli.model.pack import Pack
from fupin_cli.model.parameter import Period
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.run import Result, Rules
from fupin_cli.model.sample import Sample
from fupin_cli.model.story import Story
from fupin_cli.model.summary import LINE, Summary
from fupin_cli.model.sweep import Sweep
from fupin_cli.model.verification import Verification
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.numbers import number_text


@dataclass(frozen=True)
class Basis:
    """What an answer rests on."""

    inputs: Sequence[InputSummary]
    packs: Sequence[UsedPack] = ()
    assumptions: Mapping[str, str] = field(default_factory=dict)


def basis_of(answer: object) -> Basis:
    """The inputs, packs and assumptions of an answer, whichever command gave it."""
    match answer:
        case Result():
            return _of_result(answer)
        case Verification(result=result, story=story):
            basis = _of_result(result)
            return replace(basis, packs=_each_once([*basis.packs, *_of_story(result, story)]))
        case Comparison(before=before, after=after):
            now, then = _of_result(before), _of_result(after)
            return Basis(before.inputs, _each_once([*now.packs, *then.packs]), {**before.assumptions, **after.assumptions})
        case Sweep(base=base):
            return _of_result(base)
        case Summary():
            given = ValueInForce(value=number_text(answer.line), status="set") if answer.line is not None else None
            own = [given] if given is not None else _values(answer.periods)
            return Basis(answer.inputs, [_used(answer.pack, {LINE: own})])
        case Reconciliation(inputs=inputs) | Sample(inputs=inputs):
            return Basis(inputs)
    raise AssertionError(type(answer))


def _each_once(packs: Sequence[UsedPack]) -> list[UsedPack]:
    return [pack for index, pack in enumerate(packs) if pack not in packs[:index]]


def _of_story(result: Result, story: Story | None) -> Iterator[UsedPack]:
    """The packs by which the households of each year were judged for the story of the changes."""
    for interval in story.intervals if story is not None else ():
        if interval.verdicts is not None:
            yield from (_of_rules(result, law.rules) for law in (interval.verdicts.before, interval.verdicts.after))


def _of_rules(result: Result, rules: Rules) -> UsedPack:
    return _used(rules.pack, {name: _values(used_periods(result, rules, name)) for name in rules.parameters})


def _of_result(result: Result) -> Basis:
    packs = [_of_rules(result, rules) for rules in result.rules]
    quality = result.quality
    if quality is not None:
        packs.append(_used(quality.pack, {name: _values(periods) for name, periods in quality.parameters.items()}))
    return Basis(result.inputs, packs, result.assumptions)


def _used(pack: Pack, parameters: Mapping[str, Sequence[ValueInForce]]) -> UsedPack:
    return UsedPack(pack=pack.name, version=pack.head.version, sha256=pack.sha256, parameters=parameters)


def _values(periods: Sequence[Period]) -> list[ValueInForce]:
    return [_value(period) for period in periods]


def _value(period: Period) -> ValueInForce:
    value, source = period.value, period.source
    text = number_text(value) if isinstance(value, Decimal) else [*value]
    if source is None:
        return ValueInForce(value=text, status="set")
    cite = source.cite
    return ValueInForce(
        value=text,
        start=source.start.isoformat(),
        end=source.end.isoformat() if source.end is not None else None,
        where=period.where,
        status=source.status,
        origin=source.origin if source.status is not None else None,
        cite=Clause(document=cite.document, clause=cite.clause, quote=cite.quote) if cite is not None else None,
    )
