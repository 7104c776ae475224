"""Who is nearest to readiness: the order of counties in every report.

Distance comes from the decision list: an outcome that meets the standard is at 0; of the others the row of the list counts, the
last one being the nearest. Of a county whose outcome is open it is the middle between its best and its worst possible outcome:
what nobody knows brings nobody nearer and sets nobody back. Where the distance is the same, fewer failed gates come first, then
fewer unknown ones, then the smaller of the worst gaps, relative to its limit, then the name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fupin_cli.model.figure import FoundRate
from fupin_cli.model.pack import NOT_APPLICABLE, Standard
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.model.tables import TABLES
from fupin_cli.model.view import STATUSES

_FAIL, _UNKNOWN = STATUSES.index("fail"), STATUSES.index("unknown")
#: How far a subject is from a limit; it only orders counties, so a float will do.
Gap = Callable[[int], float]


def gates(standard: Standard) -> list[str]:
    """The checks that have to be met, in the order of the standard."""
    return [name for name, check in standard.checks.items() if check.severity == "gate" and not check.way]


def by_distance(group: Group) -> list[int]:
    """The subjects of a group, the nearest to readiness first."""
    main = group.main
    names = gates(main.standard)
    statuses = [main.data.column(f"status.{name}").to_pylist() for name in names]
    failed = [[name for name, found in zip(names, row, strict=True) if found == _FAIL] for row in zip(*statuses, strict=True)]
    unknown = [row.count(_UNKNOWN) for row in zip(*statuses, strict=True)]
    if not names:
        failed, unknown = [[] for _ in range(main.data.num_rows)], [0] * main.data.num_rows
    gaps = _gaps(group, {name for one in failed for name in one})
    called = _called(main)

    def key(index: int, distance: Fraction | None) -> tuple[object, ...]:
        worst = max((gaps[name](index) for name in failed[index]), default=0.0)
        return distance is None, distance or 0, len(failed[index]), unknown[index], worst, called[index], index

    keys = [key(index, distance) for index, distance in enumerate(distances(main))]
    return sorted(range(main.data.num_rows), key=keys.__getitem__)


def distances(judged: StandardResult) -> list[Fraction | None]:
    """How far each subject is from an outcome that meets the standard, in rows of the decision list; None: it is not for it."""
    standard = judged.standard
    places = _places(standard)
    last = len(standard.decide)
    rows = judged.data.column("row").to_pylist()
    outcomes = judged.data.column("outcome").to_pylist()
    may = {name: judged.data.column(f"may.{name}").to_pylist() for name in standard.outcomes}
    found: list[Fraction | None] = []
    for index, (outcome, row) in enumerate(zip(outcomes, rows, strict=True)):
        if outcome == NOT_APPLICABLE:
            found.append(None)
        elif outcome in standard.outcomes:
            found.append(Fraction(0 if standard.outcomes[outcome].meets else last - (row if row is not None else 0)))
        else:
            possible = [place for name in standard.outcomes if may[name][index] for place in places.get(name, ())]
            found.append(Fraction(min(possible, default=last) + max(possible, default=last), 2))
    return found


def _places(standard: Standard) -> Mapping[str, Sequence[int]]:
    """Outcome → the distances of the rows that give it."""
    found: dict[str, list[int]] = {}
    for place, row in enumerate(standard.decide):
        meets = standard.outcomes[row.outcome].meets
        found.setdefault(row.outcome, []).append(0 if meets else len(standard.decide) - place)
    return found


def _called(judged: StandardResult) -> list[tuple[str, ...]]:
    """The name of each subject, then what else tells it; a blank comes first."""
    record = TABLES[judged.subject.name]
    wanted = dict.fromkeys(name for name in (record.NAME, *record.KEY) if judged.subject.has(name))
    columns = [judged.subject.data.column(name).to_pylist() for name in wanted]
    years = judged.data.column("year").to_pylist()
    told = zip(*columns, years, strict=True)
    return [tuple("" if one is None else str(one) for one in row) for row in told]


@dataclass(frozen=True)
class _Margins:
    """The gaps of a check that is one comparison: relative to its limit, or to the larger of two values compared."""

    margins: Sequence[Decimal | None]
    beside: Sequence[Sequence[object]]

    def __call__(self, index: int) -> float:
        margin = self.margins[index]
        sizes = [abs(float(value)) for values in self.beside if isinstance(value := values[index], (int, Decimal))]
        size = max(sizes, default=0.0)
        return abs(float(margin)) / size if margin is not None and size else 0.0


def _gaps(group: Group, failing: set[str]) -> dict[str, Gap]:
    """Failed check → how far a subject is from its limit, relative to it; 0 where nothing is measured."""
    main = group.main
    of_rates = {rate.check: name for name, rate in main.standard.rates.items() if rate.check is not None}
    return {name: _of_rate(group, of_rates[name]) if name in of_rates else _of_margin(main, name) for name in failing}


def _of_rate(group: Group, name: str) -> Gap:
    def gap(index: int) -> float:
        found = next((rate for rate in group.rates.get(index, ()) if rate.name == name), None)
        return relative_gap(found) if found is not None else 0.0

    return gap


def relative_gap(found: FoundRate) -> float:
    """How far a rate is from its limit, relative to the limit; 0 where it keeps it or nothing is known."""
    if found.limit is None or found.value is None or found.kept is not False:
        return 0.0
    return float(abs(found.value - found.limit.share) / (found.limit.share or 1))


def _of_margin(judged: StandardResult, name: str) -> Gap:
    column = f"margin.{name}"
    if column not in judged.data.column_names:
        return lambda _: 0.0
    looks = judged.looks[name]
    # Of a comparison with a parameter the parameter is the measure, else whatever is compared.
    measures = [f"limit.{look.name}" for look in looks if look.kind == "parameter"]
    measures = measures or [f"given.{look.name}" for look in looks if look.kind == "field"]
    beside = [judged.data.column(one).to_pylist() for one in measures if one in judged.data.column_names]
    return _Margins(judged.data.column(column).to_pylist(), beside)
