"""What an answer rests on: the files that were read, the packs with the values in force, and what was assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fupin_cli.model.comparison import Comparison
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.manifest import Clause, UsedPack, ValueInForce
from fupin_cli.model.pack import Pack
from fupin_cli.model.parameter import Period
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.run import Result
from fupin_cli.model.sample import Sample
from fupin_cli.model.summary import LINE, Summary
from fupin_cli.model.sweep import Sweep
from fupin_cli.model.verification import Verification
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.words import number_text


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
        case Verification(result=result):
            return _of_result(result)
        case Comparison(before=before, after=after):
            now, then = _of_result(before), _of_result(after)
            packs = [*now.packs, *(pack for pack in then.packs if pack not in now.packs)]
            return Basis(before.inputs, packs, {**before.assumptions, **after.assumptions})
        case Sweep(base=base):
            return _of_result(base)
        case Summary():
            given = ValueInForce(value=number_text(answer.line), status="set") if answer.line is not None else None
            own = [given] if given is not None else _values(answer.periods)
            return Basis(answer.inputs, [_used(answer.pack, {LINE: own})])
        case Reconciliation(inputs=inputs) | Sample(inputs=inputs):
            return Basis(inputs)
    raise AssertionError(type(answer))


def _of_result(result: Result) -> Basis:
    packs = []
    for rules in result.rules:
        in_force = {name: _values(used_periods(result, rules, name)) for name in rules.parameters}
        packs.append(_used(rules.pack, in_force))
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
