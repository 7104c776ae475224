"""A file of a batch that was refused is told in every report: one of the others alone would look like one of all."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from small_counties import county, pack, sheet

from fupin_cli.load.cells.folders import workbooks
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.drafts.counties import county_draft
from fupin_cli.report.html.reports import county_html
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request

HEAD = "户编号,年度,人均纯收入\n1,2018,5000\n"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("batch")
    (folder / "坏县.csv").write_text("没有表头\n", "utf-8")
    paths = [sheet(folder / "好县.csv", [county("好县")]), str(folder / "坏县.csv")]
    return check_counties(Request(paths, rules=pack(folder)), workbooks(paths), Manner(jobs=1))[0]


def _text(packed: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize(
    "form",
    [
        lambda result: "".join(county_html(result, Options())),
        lambda result: "".join(json_lines(result, Options())),
        lambda result: _text(county_draft(result, Options())),
    ],
)
def test_every_report_names_the_county_that_was_not_read(batch: Result, form: Callable[[Result], str]) -> None:
    assert "坏县.csv" in form(batch)


def test_a_roster_that_was_not_read_is_the_first_error_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "好.csv").write_text(HEAD, "utf-8")
    (tmp_path / "坏.csv").write_text("没有表头\n", "utf-8")
    result, refused = check(CHECK_EXIT, Request([str(tmp_path / "好.csv"), str(tmp_path / "坏.csv")]))
    first = json.loads("".join(json_lines(result, Options())))["problems"][0]
    assert (first["severity"], first["code"], first["input"]) == ("error", refused[0].code, None)
    assert "坏.csv" in first["message"]
