"""How complete the files of each village are, in every format."""

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from fupin_cli.model.job import CHECK_ARCHIVE, CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.completeness import Tally, cell, completeness, villages
from fupin_cli.report.csvtext import csv_lines
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words
from fupin_cli.tasks import Request

SAMPLE = Path(__file__).parents[2] / "samples" / "archives.xlsx"
ALWAYS = ["card", "handbook", "income_sheet", "household_plan", "grading_sheet", "policy_booklet"]


@cache
def archives() -> Result:
    return check(CHECK_ARCHIVE, Request(files=[str(SAMPLE)]))[0]


def found() -> dict[str, dict[str, Any]]:
    return {one["village"]: one for one in json.loads("".join(json_lines(archives(), Options())))["completeness"]}


def test_villages_are_counted_as_their_rows_say() -> None:
    """Counted by hand from the sheets: of the first village one household has everything, one lacks two papers, of one nobody looked.

    Of the second one household lacks the proof of its exit and has no word on its card, the other has the handbook under a wrong name;
    a third is not registered.
    """
    first, second = found()["样本八村"], found()["样本九村"]
    assert (first["households"], first["complete"]) == (3, 1)
    assert (second["households"], second["complete"]) == (2, 0)
    assert first["items"]["card"] == {"due": 2, "there": 2, "missing": 0, "unknown": 1}
    assert first["items"]["handbook"] == {"due": 2, "there": 1, "missing": 1, "unknown": 1}
    assert first["items"]["household_plan"] == {"due": 2, "there": 1, "missing": 1, "unknown": 1}
    # Only the household with a pupil, with a stay in hospital, with a loan: it is the one that has everything.
    for item in ("schooling_proof", "inpatient_receipt", "loan_contract", "exit_proof"):
        assert first["items"][item] == {"due": 1, "there": 1, "missing": 0, "unknown": 0}, item
    assert second["items"]["card"] == {"due": 1, "there": 1, "missing": 0, "unknown": 1}
    assert second["items"]["handbook"] == {"due": 2, "there": 1, "missing": 1, "unknown": 0}
    assert second["items"]["exit_proof"] == {"due": 1, "there": 0, "missing": 1, "unknown": 0}
    assert second["items"]["training_certificate"] == {"due": 1, "there": 1, "missing": 0, "unknown": 0}
    assert second["items"]["schooling_proof"] == {"due": 0, "there": 0, "missing": 0, "unknown": 0}


def test_the_matrix_has_as_many_of_each_as_the_verdicts() -> None:
    """Nobody is counted twice or lost: the sums over the villages are the counts of the checks."""
    judged = archives().groups[0].main
    assert "not_applicable" in judged.outcome_counts()  # of whom the counts of the checks say nothing either
    for item, statuses in judged.check_counts().items():
        mine = [one["items"][item] for one in found().values()]
        assert sum(one["missing"] for one in mine) == statuses["fail"], item
        assert sum(one["there"] for one in mine) == statuses["pass"], item
        assert sum(one["unknown"] for one in mine) == statuses["unknown"], item


def test_where_it_is_not_known_whether_a_household_has_a_file_nothing_is_surely_due(tmp_path: Path) -> None:
    households, papers = tmp_path / "户.csv", tmp_path / "档案.csv"
    households.write_text("户编号,年度,行政村,建档立卡\n1,2018,甲村,是\n2,2018,甲村,\n3,2018,甲村,否\n", encoding="utf-8")
    papers.write_text(
        "对象类型,对象编号,年度,材料,是否齐全\n" + "".join(f"户,{n},2018,扶贫手册,是\n" for n in (1, 2, 3)), encoding="utf-8"
    )
    result, _ = check(CHECK_ARCHIVE, Request(files=[str(households), str(papers)]))
    (village,) = villages(result.groups[0].main)
    assert village.households == 2
    assert village.items["handbook"] == Tally(there=1, missing=0, unknown=1)
    assert village.items["card"] == Tally(there=0, missing=1, unknown=1)


def test_the_json_is_as_its_schema_says() -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("result-1.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads("".join(json_lines(archives(), Options(all_checks=True)))), schema)


def printed(width: int, **options: Any) -> list[str]:
    words = Words(archives(), Options(**options)).of(archives().groups[0].main)
    console = Console(width=width, file=io.StringIO(), highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        for part in completeness(words):
            console.print(part)
    return captured.get().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_however_narrow_the_terminal_no_cell_is_cut(width: int) -> None:
    lines = printed(width)
    heads = [line.split() for line in lines if line.split() and all(part.isdigit() or part == "齐全户" for part in line.split())]
    assert [part for head in heads for part in head if part != "齐全户"] == [str(number) for number in range(1, 19)]
    rows = [line for line in lines if line.startswith("样本乡样本八村")]
    cells = [part for row in rows for part in row.split()[2:]]
    assert cells == ["1/3", *row_of("样本八村")]


def row_of(village: str) -> Iterator[str]:
    known = next(one for one in villages(archives().groups[0].main) if one.place[-1] == village)
    return (cell(tally) for tally in known.items.values())


def test_a_cell_says_how_many_of_how_many_and_how_many_are_unknown() -> None:
    assert cell(Tally(there=12, missing=4, unknown=1)) == "12/16?1"
    assert cell(Tally(there=0, missing=3)) == "0/3"
    assert cell(Tally(unknown=2)) == "0/0?2"
    assert cell(Tally()) == "–"


def test_more_villages_than_the_limit_are_told() -> None:
    lines = printed(100, limit=1)
    assert not any("样本九村" in line for line in lines)
    assert any("另有 1 村" in line for line in lines)


def test_the_csv_has_a_row_for_each_village_and_no_cell_that_a_spreadsheet_takes_for_a_date() -> None:
    rows = list(csv.reader(io.StringIO("".join(csv_lines(archives(), Options())))))
    start = next(place for place, row in enumerate(rows) if row[:3] == ["县", "乡镇", "行政村"])
    assert [row[2] for row in rows[start + 1 : start + 3]] == ["样本八村", "样本九村"]
    assert rows[start + 1][6:8] == ["应2有2不明1", "应2有1不明1"]
    assert not any("/" in text for row in rows[start + 1 : start + 3] for text in row)


def test_other_checks_have_no_matrix() -> None:
    result, _ = check(CHECK_EXIT, Request(files=[str(SAMPLE.with_name("households.xlsx"))]))
    assert "completeness" not in json.loads("".join(json_lines(result, Options())))
    assert list(completeness(Words(result, Options()))) == []
