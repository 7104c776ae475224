"""Whether an accepted finding that a run does not have is mended, or whether the run could not tell.

A run can tell where it has rows of that year and the rule was worked out for the subject. Where the column is missing, the cell
is blank now or the file of that year was not given, nothing is known: the entry stays in the baseline.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.verification.subjects import known_by
from fupin_cli.model.baseline import Accepted
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result
from fupin_cli.model.verification import READING, quality_standards
from fupin_cli.model.view import STATUSES

_NUMBER = "household_id"


def told_apart(gone: Sequence[Accepted], result: Result) -> tuple[list[Accepted], list[Accepted]]:
    """Of entries that are found no more those that the run looked for, and those of which it knows nothing."""
    years = {*result.years()}
    standards = {judged.standard.standard: judged for judged in quality_standards(result)}
    unseen = {one.fingerprint for one in gone if not _looked_at(one, years, standards)}
    by_rule: dict[str, list[Accepted]] = {}
    for one in gone:
        if one.fingerprint not in unseen:
            by_rule.setdefault(one.rule, []).append(one)
    for rule, entries in by_rule.items():
        standard, _, check = rule.partition("/")
        if standard in standards and check in standards[standard].standard.checks:
            unseen |= _open(entries, standards[standard], check)
    return [one for one in gone if one.fingerprint not in unseen], [one for one in gone if one.fingerprint in unseen]


def _looked_at(entry: Accepted, years: set[int], standards: Iterable[str]) -> bool:
    """Whether the run has rows of the year, and of the table that the rule is for."""
    return (entry.year is None or entry.year in years) and entry.rule.partition("/")[0] in {*standards, READING}


def _open(entries: Sequence[Accepted], judged: StandardResult, check: str) -> set[str]:
    """The entries whose subject is still there, and of whom it is unknown whether the rule is kept."""
    unknown = pc.equal(judged.data.column(f"status.{check}"), STATUSES.index("unknown"))
    if judged.subject.has(_NUMBER):
        numbers = pa.array(sorted({one.subject.partition("/")[0] for one in entries}), pa.string())
        unknown = pc.and_(unknown, pc.is_in(judged.subject.data.column(_NUMBER).cast(pa.string()), value_set=numbers))
    indices = pc.indices_nonzero(unknown).to_pylist()
    subjects = {(one.key, one.year) for one in known_by(judged.subject, indices)}
    return {one.fingerprint for one in entries if (one.subject, one.year) in subjects}
