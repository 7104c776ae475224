"""The rates of a survey: who was asked in each county, what they answered, and in which villages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fupin_cli.evaluate.rates.designed import Cluster, Stratum, clustered_rate, stratified_rate
from fupin_cli.evaluate.rates.simple import CONFIDENCE, rate
from fupin_cli.model.figure import ByDesign, Neighbours
from fupin_cli.model.rate import NoRate
from fupin_cli.model.surveyed import Measure, SurveyRate
from fupin_cli.model.tables import Table

#: From the narrowest on.
_PLACES: tuple[Neighbours, ...] = ("village", "township")
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
COUNTS: dict[Measure, tuple[str | None, str, str | None]] = {
    "wrong-exit": ("脱贫户", "wrongly_exited", "household_size"),
    "missed": ("未建档立卡户", "missed_people", "household_size"),
    "approval": (None, "approves", None),
}
Row = dict[str, Any]
#: County, year and measure.
Whose = tuple[str | None, int | None, Measure]


@dataclass(frozen=True)
class _Answer:
    hits: int
    sampled: int
    row: Row


def survey_rates(
    survey: Table, confidence: Fraction = CONFIDENCE, townships: Mapping[Whose, Mapping[str, int]] | None = None
) -> list[SurveyRate]:
    """Each county and year with its three rates, in the order in which they first stand in the sheet.

    ``townships``: of how many people each township's sample was drawn, where that is known of all of them.
    """
    counties: dict[tuple[str | None, int | None], list[Row]] = {}
    for row in _rows(survey):
        counties.setdefault((row["county"], row["year"]), []).append(row)
    return [
        _measured((county, year, measure), rows, confidence, (townships or {}).get((county, year, measure)))
        for (county, year), rows in counties.items()
        for measure in COUNTS
    ]


def _rows(survey: Table) -> Sequence[Row]:
    columns = {name: survey.data.column(name).to_pylist() if survey.has(name) else None for name in _FIELDS}
    return [
        {name: found[index] if found is not None else None for name, found in columns.items()}
        for index in range(survey.data.num_rows)
    ]


def _measured(whose: Whose, rows: Sequence[Row], confidence: Fraction, townships: Mapping[str, int] | None) -> SurveyRate:
    measure = whose[2]
    group, counted, whole = COUNTS[measure]
    # Whose group is not known may be of this one.
    mine = [row for row in rows if group is None or row["sample_group"] in (group, None)]
    answers = [
        _Answer(int(row[counted]), row[whole] if whole is not None else 1, row)
        for row in mine
        if (group is None or row["sample_group"] == group)
        and row[counted] is not None
        and (whole is None or row[whole] is not None)
    ]
    open_rows = len(mine) - len(answers)
    # A household with more such persons than it has makes the whole count doubtful, however many others were asked.
    if any(one.hits > one.sampled for one in answers):
        odd = NoRate("more-than-asked")
        return SurveyRate(*whose, odd, ByDesign(odd, "household", len(answers), 0, open_rows))
    simple = rate(sum(one.hits for one in answers), sum(one.sampled for one in answers), None, confidence)
    return SurveyRate(*whose, simple, _by_design(answers, townships, open_rows, confidence))


def _by_design(answers: Sequence[_Answer], townships: Mapping[str, int] | None, open_rows: int, confidence: Fraction) -> ByDesign:
    by: Neighbours = next(
        (name for name in _PLACES if answers and all(one.row[name] is not None for one in answers)), "household"
    )
    strata = _strata(answers, townships or {}, by)
    if strata is not None:
        found = stratified_rate(strata, confidence)
        return ByDesign(found, by, sum(len(stratum.clusters) for stratum in strata), len(strata), open_rows)
    clusters = _clusters(answers, by)
    return ByDesign(clustered_rate(clusters, None, confidence), by, len(clusters), 0, open_rows)


def _strata(answers: Sequence[_Answer], townships: Mapping[str, int], by: Neighbours) -> list[Stratum] | None:
    """The townships as strata, where each has people of a known number and at least two clusters, which tell how they differ."""
    asked: dict[str | None, list[_Answer]] = {}
    for one in answers:
        asked.setdefault(one.row["township"], []).append(one)
    there = {township for township, people in townships.items() if people}
    if by == "township" or not there or there != set(asked):
        return None
    strata = [Stratum(_clusters(asked[township], by), townships[township]) for township in sorted(there)]
    fits = all(len(stratum.clusters) > 1 and stratum.sampled <= stratum.population for stratum in strata)
    return strata if fits else None


def _clusters(answers: Sequence[_Answer], by: Neighbours) -> list[Cluster]:
    if by == "household":
        return [Cluster(one.hits, one.sampled) for one in answers]
    found: dict[tuple[str | None, ...], list[_Answer]] = {}
    for one in answers:
        # Villages of one name in two townships are two.
        found.setdefault((one.row["township"], one.row[by]), []).append(one)
    return [Cluster(sum(one.hits for one in each), sum(one.sampled for one in each)) for each in found.values()]
