"""A survey sheet: who counts for which rate, who is open, and which villages make the clusters."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pyarrow as pa

from fupin_cli.evaluate.rates.designed import Cluster, clustered_rate
from fupin_cli.evaluate.rates.simple import rate
from fupin_cli.evaluate.rates.survey import survey_rates
from fupin_cli.model.rate import NoRate, Rate
from fupin_cli.model.surveyed import SurveyRate
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields

EXITED, OTHER, POOR, OFFICIAL = "脱贫户", "未建档立卡户", "贫困户", "干部"


def rates(rows: Sequence[Mapping[str, Any]], without: Sequence[str] = ()) -> dict[tuple[str | None, str], SurveyRate]:
    columns = [name for name in fields("survey") if name not in without]
    data = {name: pa.array([row.get(name) for row in rows], arrow_type(fields("survey")[name].form)) for name in columns}
    places = {SHEET: pa.array([0] * len(rows), pa.int32()), ROW: pa.array(range(2, len(rows) + 2), pa.int32())}
    table = Table("survey", pa.table({**data, **places}), [SheetRef(0, "抽样", {})])
    return {(one.county, one.measure): one for one in survey_rates(table)}


def row(group: str | None = EXITED, size: int | None = 4, **more: Any) -> dict[str, Any]:
    return {
        "county": "样县",
        "year": 2018,
        "township": "甲乡",
        "village": "样一村",
        "sample_group": group,
        "household_size": size,
    } | more


def counts(found: Rate | NoRate) -> tuple[int, int]:
    assert isinstance(found, Rate)
    return found.hits, found.sampled


def test_wrong_exits_are_persons_of_exited_households_and_missed_ones_of_unregistered() -> None:
    found = rates(
        [
            row(wrongly_exited=4, approves=True),
            row(wrongly_exited=0, size=3, approves=False),
            row(OTHER, missed_people=2, size=5, approves=True),
            row(POOR, wrongly_exited=1, missed_people=1, approves=True),
            row(OFFICIAL, size=None, approves=True),
        ]
    )
    assert counts(found["样县", "wrong-exit"].simple) == (4, 7)
    assert counts(found["样县", "missed"].simple) == (2, 5)
    # Poor households, others and officials are asked alike.
    assert counts(found["样县", "approval"].simple) == (4, 5)


def test_a_blank_is_neither_no_nor_nought() -> None:
    found = rates([row(wrongly_exited=0), row(), row(size=None, wrongly_exited=1), row(None, wrongly_exited=1), row(OTHER)])
    wrong = found["样县", "wrong-exit"]
    assert counts(wrong.simple) == (0, 4)
    assert wrong.designed.open_rows == 3
    assert found["样县", "missed"].simple == NoRate("nobody-asked")
    assert found["样县", "missed"].designed.open_rows == 2
    assert found["样县", "approval"].designed.open_rows == 5


def test_a_household_with_more_wrong_exits_than_persons_makes_no_rate_however_many_others_there_are() -> None:
    found = rates([row(wrongly_exited=0, size=9), row(wrongly_exited=5)])["样县", "wrong-exit"]
    assert (found.simple, found.designed.found) == (NoRate("more-than-asked"), NoRate("more-than-asked"))


def test_villages_make_the_clusters_and_one_name_in_two_townships_is_two() -> None:
    places = [("甲乡", "同村"), ("甲乡", "同村"), ("乙乡", "同村"), ("乙乡", "样二村")]
    rows = [row(wrongly_exited=number, size=6, township=t, village=v) for number, (t, v) in enumerate(places)]
    found = rates(rows)["样县", "wrong-exit"]
    assert (found.designed.by, found.designed.clusters) == ("village", 3)
    assert found.designed.found == clustered_rate([Cluster(1, 12), Cluster(2, 6), Cluster(3, 6)])


def test_without_villages_townships_and_without_these_households_make_the_clusters() -> None:
    rows = [row(wrongly_exited=number % 2 * 4, township=f"样{number % 3}乡", village=None) for number in range(12)]
    by_township = rates(rows)["样县", "wrong-exit"]
    assert (by_township.designed.by, by_township.designed.clusters) == ("township", 3)
    alone = rates(rows, without=("township", "village"))["样县", "wrong-exit"]
    assert (alone.designed.by, alone.designed.clusters) == ("household", 12)
    # Members share one answer: 12 households, half of them wholly wrong, and 48 persons with the variance of 12 answers.
    assert isinstance(alone.designed.found, Rate)
    assert alone.designed.found.design_effect == Fraction(47, 11)


def test_each_county_and_year_stands_for_itself() -> None:
    found = rates([row(wrongly_exited=1), row(county="别县", wrongly_exited=0), row(county=None, wrongly_exited=2)])
    assert {county: counts(one.simple) for (county, measure), one in found.items() if measure == "wrong-exit"} == {
        "样县": (1, 4), "别县": (0, 4), None: (2, 4),
    }  # fmt: skip
    assert found["样县", "wrong-exit"].simple == rate(1, 4)
