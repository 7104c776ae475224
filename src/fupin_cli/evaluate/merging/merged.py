"""Many shares as one, in their order: the inputs are counted on, and so is everything that names them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from fupin_cli.evaluate.merging.doubles import accounted, doubled, without
from fupin_cli.evaluate.merging.joined import joined
from fupin_cli.evaluate.merging.share import Share, refound
from fupin_cli.evaluate.stacked import moved
from fupin_cli.model.figure import FoundRate
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Change, Group


def merged(shares: Sequence[Share]) -> Share:
    """One share of all. A subject that stands in two of them is taken out of both, and told."""
    starts = accumulate((len(share.inputs) for share in shares), initial=0)
    counted_on = [_moved(share, by) for by, share in zip(starts, shares, strict=False)]
    problems = [problem for share in counted_on for problem in share.problems]
    doubles = doubled(group.main.subject for share in counted_on for group in share.groups)
    rest = [without(share, doubles) for share in counted_on]
    whole, changes = _findings(rest)
    return Share(
        accounted([source for share in shares for source in share.inputs], doubles),
        sorted([*problems, *(doubles[place] for place in sorted(doubles))], key=_input_of),
        [*_groups([group for share in rest for group in share.groups])],
        whole,
        changes,
    )


def _input_of(problem: Problem) -> int:
    """Problems of no file first, then file by file, in which they are in order already."""
    return problem.where.input if problem.where is not None else -1


def _moved(share: Share, by: int) -> Share:
    groups = [
        replace(group, main=_judged(group.main, by), beside=[_judged(one, by) for one in group.beside]) for group in share.groups
    ]
    problems = [replace(one, where=_cell(one.where, by), other=_cell(one.other, by)) for one in share.problems]
    return replace(share, groups=groups, problems=problems, findings=[_judged(one, by) for one in share.findings])


def _judged(one: StandardResult, by: int) -> StandardResult:
    members = {name: moved(table, by) for name, table in one.members.items()}
    return replace(one, subject=moved(one.subject, by), members=members)


def _cell(cell: Address | None, by: int) -> Address | None:
    return replace(cell, input=cell.input + by) if cell is not None else None


def _groups(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups of each standard as one."""
    of_standard: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        of_standard[group.main.standard.standard].append(group)
    for alike in of_standard.values():
        rates: dict[int, Sequence[FoundRate]] = {}
        start = 0
        for one in alike:
            rates.update({start + row: found for row, found in one.rates.items()})
            start += one.main.data.num_rows
        beside = [joined(others) for others in zip(*(one.beside for one in alike), strict=True)]
        yield replace(alike[0], main=joined([one.main for one in alike]), beside=beside, rates=rates)


def _findings(shares: Sequence[Share]) -> tuple[list[StandardResult], dict[str, dict[int, Change]]]:
    """What rules of data quality found in all shares, and what that would change."""
    alike: dict[str, list[StandardResult]] = defaultdict(list)
    for share in shares:
        for judged in share.findings:
            alike[judged.standard.standard].append(judged)
    whole = {name: joined(results) for name, results in alike.items()}
    found: dict[str, int] = defaultdict(int)
    subjects: dict[str, int] = defaultdict(int)
    changes: dict[str, dict[int, Change]] = defaultdict(dict)
    for share in shares:
        counts = {one.standard.standard: one.data.num_rows for one in share.findings}
        places = {name: {row: found[name] + row for row in range(count)} for name, count in counts.items()}
        for table, of_rows in refound(share.changes, whole, places).items():
            changes[table].update({subjects[table] + row: change for row, change in of_rows.items()})
        for name, count in counts.items():
            found[name] += count
        for group in share.groups:
            subjects[group.subject] += group.main.data.num_rows
    return [*whole.values()], dict(changes)
