"""What one workbook gives to a run over many, and how little of it is kept: a county may have thousands of households."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from fupin_cli.evaluate.stacked import take_rows
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Change, Finding, Group
from fupin_cli.model.tables import Table


@dataclass(frozen=True)
class Share:
    """What one workbook, or several that were read together, gives to a run."""

    inputs: Sequence[InputSummary]
    problems: Sequence[Problem]
    groups: Sequence[Group]
    #: What the rules of data quality found.
    findings: Sequence[StandardResult] = ()
    #: Table → subject → what its verdict would be without what they question.
    changes: Mapping[str, Mapping[int, Change]] = field(default_factory=dict)


def lean(share: Share) -> Share:
    """The share without the rows that no report names: the subjects stay, and of other rows those behind a fact or an error."""
    groups = [replace(group, main=_lean(group.main), beside=[*map(_lean, group.beside)]) for group in share.groups]
    found, places = {}, {}
    for judged in share.findings:
        name = judged.standard.standard
        rows = sorted({row for gate in _gates(judged) for row in judged.failing(gate)})
        if rows:
            places[name] = {row: place for place, row in enumerate(rows)}
            found[name] = _lean(narrowed(judged, rows))
    return replace(share, groups=groups, findings=[*found.values()], changes=refound(share.changes, found, places))


def _gates(judged: StandardResult) -> list[str]:
    return [name for name, check in judged.standard.checks.items() if check.severity == "gate"]


def refound(
    changes: Mapping[str, Mapping[int, Change]],
    findings: Mapping[str, StandardResult],
    places: Mapping[str, Mapping[int, int]],
) -> dict[str, dict[int, Change]]:
    """The changes with their findings where these are now; one whose subject is gone is left out."""

    def again(change: Change) -> Change:
        named = [(one.judged.standard.standard, one) for one in change.findings]
        there = [Finding(findings[name], one.check, places[name][one.index]) for name, one in named if one.index in places[name]]
        return replace(change, findings=tuple(there))

    return {table: {row: again(change) for row, change in of_rows.items()} for table, of_rows in changes.items()}


def narrowed(judged: StandardResult, rows: Sequence[int]) -> StandardResult:
    """The verdicts on these subjects alone."""
    witnesses = {
        fact: {place: of_subjects[row] for place, row in enumerate(rows) if row in of_subjects}
        for fact, of_subjects in judged.witnesses.items()
    }
    data = judged.data.take(pa.array(rows, pa.int64()))
    return replace(judged, subject=take_rows(judged.subject, rows), data=data, witnesses=witnesses)


def _lean(judged: StandardResult) -> StandardResult:
    """The verdicts with no other rows than those that stand behind a fact."""
    facts: dict[str, list[str]] = defaultdict(list)
    for fact in judged.witnesses:
        facts[str(judged.standard.facts[fact].over)].append(fact)
    members: dict[str, Table] = {}
    witnesses: dict[str, dict[int, Sequence[int]]] = {}
    for table, names in facts.items():
        rows = sorted({row for name in names for found in judged.witnesses[name].values() for row in found})
        positions = {row: place for place, row in enumerate(rows)}
        members[table] = take_rows(judged.members[table], rows)
        for name in names:
            witnesses[name] = {index: [positions[row] for row in found] for index, found in judged.witnesses[name].items()}
    # A copy of the subjects, too: what was looked up in a table is kept in it.
    return replace(judged, subject=replace(judged.subject), members=members, witnesses=witnesses, row_parts={})


def common(share: Share, known: dict[str, StandardResult]) -> Share:
    """The share with what all results of a standard have in common taken from the first: another process sent it once more."""

    def one(judged: StandardResult) -> StandardResult:
        first = known.setdefault(judged.standard.standard, judged)
        return replace(judged, standard=first.standard, looks=first.looks, signs=first.signs, allowed=first.allowed)

    groups = [replace(group, main=one(group.main), beside=[*map(one, group.beside)]) for group in share.groups]
    found = {judged.standard.standard: one(judged) for judged in share.findings}
    places = {name: {row: row for row in range(judged.data.num_rows)} for name, judged in found.items()}
    return replace(share, groups=groups, findings=[*found.values()], changes=refound(share.changes, found, places))
