"""A field filled by ``nonzero`` of a count of other rows: nobody asked is not 0 of 0, and the rows behind it are named."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import oracle
import pytest
from building import TITLE, check, pack, parameter, records, table

from fupin_cli.evaluate.run import judge
from fupin_cli.model.problem import Address
from fupin_cli.model.view import SubjectView
from fupin_cli.rules.parameters import Parameters

STANDARD = {
    "standard": "tested",
    "title": TITLE,
    "subject": "county",
    "facts": {
        "asked": {"title": TITLE, "over": "survey", "by": "county", "on": "county", "sum": "household_size"},
        "wrong": {
            "title": TITLE, "over": "survey", "by": "county", "on": "county", "sum": "wrongly_exited", "fills": "wrongly_exited",
        },
        "some_asked": {"title": TITLE, "value": "nonzero(asked)", "fills": "exited_sampled"},
    },
    "checks": {"rate": check("100 * wrongly_exited <= $limit * exited_sampled")},
    "outcomes": {"bad": {"title": TITLE, "meets": "false"}, "good": {"title": TITLE, "meets": "true"}},
    "decide": [{"outcome": "bad", "when": "NOT rate"}, {"outcome": "good", "default": "true"}],
}  # fmt: skip
#: Columns that the sheet has, whatever a row says.
SURVEY = ("county", "year", "household_size", "wrongly_exited")


def judged(folder: Path, county: Mapping[str, Any], asked: Sequence[Mapping[str, Any]], **assumed: str) -> SubjectView:
    loaded = pack(folder, STANDARD, {"limit": parameter(("2016-01-01", None, "2"))})
    tables = {
        "county": table("county", records([{"county": "甲县", "year": 2018, **county}])),
        "survey": table("survey", records([{"county": "甲县", "year": 2018, **row} for row in asked], SURVEY)),
    }
    result = judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, None, assumed)
    return next(result.views([0]))


def test_the_rows_fill_the_field_and_are_named(tmp_path: Path) -> None:
    view = judged(tmp_path, {}, [{"household_size": 60, "wrongly_exited": 1}, {"household_size": 40, "wrongly_exited": 2}])
    (rate,) = view.checks
    assert (view.outcome, rate.status) == ("bad", "fail")
    # 100 * 3 <= 2 * 100 is missed by 100.
    assert rate.margin == -100
    assert rate.observed["asked"] == 100
    assert {str(cell) for cell in rate.cells["survey.household_size"]} == {"survey0!G2", "survey0!G3"}
    assert rate.observed["survey.wrongly_exited"] == "1、2"


@pytest.mark.parametrize("size", [49, 50])
def test_the_boundary_is_exact(tmp_path: Path, size: int) -> None:
    asked = [{"household_size": size, "wrongly_exited": 1}]
    assert judged(tmp_path, {}, asked).outcome == ("good" if size == 50 else "bad")


def test_of_nobody_asked_there_is_no_share(tmp_path: Path) -> None:
    view = judged(tmp_path, {}, [])
    assert view.outcome == "undetermined"
    assert "exited_sampled" in [item.name for item in view.missing]


def test_a_figure_given_that_the_rows_contradict_is_a_conflict_with_their_cells(tmp_path: Path) -> None:
    asked = [{"household_size": 40, "wrongly_exited": 0}, {"household_size": 50, "wrongly_exited": 0}]
    view = judged(tmp_path, {"exited_sampled": 100}, asked)
    assert view.outcome == "undetermined"
    (missing,) = [item for item in view.missing if item.name == "exited_sampled"]
    assert missing.reason == "conflict"
    assert {cell.sheet for cell in missing.cells} == {"county0", "survey0"}
    assert len(missing.cells) == 3


def test_a_figure_given_stands_where_nobody_was_asked(tmp_path: Path) -> None:
    view = judged(tmp_path, {"exited_sampled": 100, "wrongly_exited": 2}, [{"household_size": 30}])
    # The one row asked says 30 and no number of the wrong: 100 is contradicted.
    assert view.outcome == "undetermined"
    assert judged(tmp_path, {"exited_sampled": 100}, []).checks[0].status == "pass"


def test_a_row_that_cannot_be_read_leaves_the_field_open_whatever_is_assumed(tmp_path: Path) -> None:
    asked = [{"household_size": oracle.BAD, "wrongly_exited": 0}]
    assert judged(tmp_path, {}, asked, exited_sampled="100").outcome == "undetermined"
    assert judged(tmp_path, {}, [], exited_sampled="100").outcome == "good"


def test_a_blank_in_a_row_is_what_is_missing(tmp_path: Path) -> None:
    view = judged(tmp_path, {}, [{"household_size": 60, "wrongly_exited": 0}, {"wrongly_exited": 0}])
    assert view.outcome == "undetermined"
    (missing,) = [item for item in view.missing if item.name == "survey.household_size"]
    assert [(cell.sheet, cell.row) for cell in missing.cells] == [("survey0", 3)]
    assert isinstance(missing.cells[0], Address)


def test_a_row_beyond_the_first_ones_that_leaves_the_figure_open_is_named(tmp_path: Path) -> None:
    told = [{"household_size": 3, "wrongly_exited": 0}] * 40
    view = judged(tmp_path, {}, [*told, {"household_size": 3, "wrongly_exited": None}])
    (missing,) = (one for one in view.missing if one.name == "survey.wrongly_exited")
    assert (missing.reason, [str(cell) for cell in missing.cells]) == ("blank", ["survey0!H42"])


def test_a_blank_that_says_whether_a_row_is_meant_is_named(tmp_path: Path) -> None:
    facts: Mapping[str, Any] = STANDARD["facts"]  # type: ignore[assignment]
    standard = STANDARD | {"facts": {**facts, "asked": {**facts["asked"], "where": "sample_group = '脱贫户'"}}}
    loaded = pack(tmp_path, standard, {"limit": parameter(("2016-01-01", None, "2"))})
    usual = {"county": "甲县", "year": 2018, "household_size": 3, "wrongly_exited": 0}
    rows = [usual | {"sample_group": group} for group in ("脱贫户", None)]
    tables = {
        "county": table("county", records([{"county": "甲县", "year": 2018}])),
        "survey": table("survey", records(rows, (*SURVEY, "sample_group"))),
    }
    view = next(judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, None, {}).views([0]))
    (missing,) = (one for one in view.missing if one.name == "survey.sample_group")
    assert (missing.reason, [str(cell) for cell in missing.cells]) == ("blank", ["survey0!F3"])
