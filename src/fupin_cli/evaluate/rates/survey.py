"""The rates of a survey: who was asked in each county, what they answered, and in which villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fupin_cli.evaluate.rates.designed import Cluster, clustered_rate
from fupin_cli.evaluate.rates.simple import CONFIDENCE, rate
from fupin_cli.model.rate import NoRate
from fupin_cli.model.surveyed import Measure, SurveyRate
from fupin_cli.model.tables import Table

#: From the narrowest on.
_PLACES = ("village", "township")
_FIELDS = (
    "county",
    "year",
    "township",
    "village",
    "sample_group",
    "household_size",
    "wrongly_exited",
    "missed_people",
    "approves",
)
#: Measure → the group that it is about (None: everybody), the count and what it is a part of (None: each row is one).
_COUNTS: dict[Measure, tuple[str | None, str, str | None]] = {
    "wrong-exit": ("脱贫户", "wrongly_exited", "household_size"),
    "missed": ("未建档立卡户", "missed_people", "household_size"),
    "approval": (None, "approves", None),
}
Row = dict[str, Any]


@dataclass(frozen=True)
class _Answer:
    hits: int
    sampled: int
    row: Row


def survey_rates(survey: Table, confidence: Fraction = CONFIDENCE) -> list[SurveyRate]:
    """Each county and year with its three rates, in the order in which they first stand in the sheet."""
    counties: dict[tuple[str | None, int | None], list[Row]] = {}
    for row in _rows(survey):
        counties.setdefault((row["county"], row["year"]), []).append(row)
    return [
        _measured(county, year, measure, rows, confidence) for (county, year), rows in counties.items() for measure in _COUNTS
    ]


def _rows(survey: Table) -> Sequence[Row]:
    columns = {name: survey.data.column(name).to_pylist() if survey.has(name) else None for name in _FIELDS}
    return [
        {name: found[index] if found is not None else None for name, found in columns.items()}
        for index in range(survey.data.num_rows)
    ]


def _measured(county: str | None, year: int | None, measure: Measure, rows: Sequence[Row], confidence: Fraction) -> SurveyRate:
    group, counted, whole = _COUNTS[measure]
    # Whose group is not known may be of this one.
    mine = [row for row in rows if group is None or row["sample_group"] in (group, None)]
    answers = [
        _Answer(int(row[counted]), row[whole] if whole is not None else 1, row)
        for row in mine
        if (group is None or row["sample_group"] == group)
        and row[counted] is not None
        and (whole is None or row[whole] is not None)
    ]
    by = next((name for name in _PLACES if answers and all(one.row[name] is not None for one in answers)), None)
    clusters = _clusters(answers, by)
    # A household with more such persons than it has makes the whole count doubtful, however many others were asked.
    odd = any(one.hits > one.sampled for one in answers)
    simple = rate(sum(one.hits for one in answers), sum(one.sampled for one in answers), None, confidence)
    return SurveyRate(
        county=county,
        year=year,
        measure=measure,
        simple=NoRate("more-than-asked") if odd else simple,
        clustered=NoRate("more-than-asked") if odd else clustered_rate(clusters, None, confidence),
        by=by,
        clusters=len(clusters),
        open_rows=len(mine) - len(answers),
    )


def _clusters(answers: Sequence[_Answer], by: str | None) -> list[Cluster]:
    if by is None:
        return [Cluster(one.hits, one.sampled) for one in answers]
    found: dict[tuple[str | None, ...], list[_Answer]] = {}
    for one in answers:
        # Villages of one name in two townships are two.
        found.setdefault((one.row["township"], one.row[by]), []).append(one)
    return [Cluster(sum(one.hits for one in each), sum(one.sampled for one in each)) for each in found.values()]
