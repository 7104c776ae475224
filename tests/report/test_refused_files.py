"""A file of a batch that was refused is told in every report, first of all in its first lines: one of the others alone would look
like one of all.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from docx import Document
from rich.console import Console
from small_counties import county, pack, sheet

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.load.cells.folders import workbooks
from fupin_cli.messages import Lang
from fupin_cli.model.comparison import Comparison
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.problem import refusal
from fupin_cli.model.run import Result
from fupin_cli.model.sweep import Sweep
from fupin_cli.pipeline import check
from fupin_cli.pipelines.comparing import sweep, what_if
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.pipelines.covering import cover_roster
from fupin_cli.pipelines.explaining import Whom, explain
from fupin_cli.pipelines.figures import reconcile_files, summarize_files
from fupin_cli.report.bulletins.checks import check_bulletin
from fupin_cli.report.bulletins.compared import comparison_bulletin, sweep_bulletin
from fupin_cli.report.bulletins.reconciled import reconciliation_bulletin
from fupin_cli.report.comparison.csvtext import comparison_csv
from fupin_cli.report.comparison.jsontext import comparison_json
from fupin_cli.report.comparison.markdown import comparison_markdown
from fupin_cli.report.comparison.sweep import print_sweep
from fupin_cli.report.comparison.sweeptext import sweep_csv, sweep_json, sweep_markdown
from fupin_cli.report.comparison.terminal import print_comparison
from fupin_cli.report.counties.csvtext import county_csv
from fupin_cli.report.counties.markdown import county_markdown
from fupin_cli.report.counties.terminal import print_counties
from fupin_cli.report.counties.workbook import county_workbook
from fupin_cli.report.csvtext import csv_lines
from fupin_cli.report.drafts.counties import county_draft
from fupin_cli.report.html.reports import county_html
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.markdownreports import check_markdown
from fupin_cli.report.options import Options
from fupin_cli.report.packs.rostercoverage import roster_coverage_json, roster_coverage_markdown
from fupin_cli.report.paper.checks import check_paper
from fupin_cli.report.paper.comparisons import comparison_paper
from fupin_cli.report.paper.reconciled import reconciliation_paper
from fupin_cli.report.paper.swept import sweep_paper
from fupin_cli.report.reconciliation import print_reconciliation
from fupin_cli.report.reconciliationtext import reconciliation_csv, reconciliation_json
from fupin_cli.report.summary import print_summary
from fupin_cli.report.summarytext import summary_csv, summary_json
from fupin_cli.report.terminal import print_result
from fupin_cli.report.workbook.annotated import annotated_workbook
from fupin_cli.tasks import Request

SCHEMAS = Path(__file__).parents[2] / "src" / "fupin_cli" / "report"
BAD, SAID, FILE = "坏.csv", "1 个文件未能读取", "文件未能读取"
HEAD = "户编号,年度,人均纯收入\n1,2018,5000\n"
OPTIONS = Options()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster, a sheet of declared figures, a county, and what is none of them."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "好.csv").write_text(HEAD, "utf-8")
    (folder / "数.csv").write_text("项目,申报数,关系,组成\n甲,5,=,2+3\n", "utf-8")
    (folder / BAD).write_text("没有表头\n", "utf-8")
    return folder


def asked(folder: Path, good: str = "好.csv") -> Request:
    return Request([str(folder / good), str(folder / BAD)])


@pytest.fixture(scope="module")
def batch(folder: Path) -> Result:
    paths = [sheet(folder / "好县.csv", [county("好县")]), str(folder / BAD)]
    return check_counties(Request(paths, rules=pack(folder)), workbooks(paths), Manner(jobs=1))[0]


@pytest.fixture(scope="module")
def checked(folder: Path) -> Result:
    return check(CHECK_EXIT, asked(folder))[0]


@pytest.fixture(scope="module")
def compared(folder: Path) -> Comparison:
    return what_if(CHECK_EXIT, replace(asked(folder), settings={"poverty_line": "6000"}), None, {})[0]


@pytest.fixture(scope="module")
def swept(folder: Path) -> Sweep:
    return sweep(CHECK_EXIT, asked(folder), {}, "poverty_line=4000:6000:2000")[0]


def _text(packed: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def _shown(printing: Callable[[Console], None]) -> list[str]:
    found = io.StringIO()
    printing(Console(file=found, width=160, color_system=None))
    return found.getvalue().splitlines()


def _rows(pieces: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(pieces.removeprefix("\ufeff"))))


def _is_first(rows: list[list[str]]) -> bool:
    """Whether the first row below the heading, as wide as that, names the file; and no other one."""
    named = [place for place, row in enumerate(rows) if FILE in row and any(BAD in cell for cell in row)]
    return named == [1] and len(rows[1]) == len(rows[0])


@pytest.mark.parametrize(
    "form",
    [
        lambda result: "".join(county_html(result, OPTIONS)),
        lambda result: "".join(json_lines(result, OPTIONS)),
        lambda result: _text(county_draft(result, OPTIONS)),
    ],
)
def test_every_report_names_the_county_that_was_not_read(batch: Result, form: Callable[[Result], str]) -> None:
    assert BAD in form(batch)


def test_the_first_lines_of_a_report_on_counties_say_that_it_is_not_on_all(batch: Result) -> None:
    told = _shown(lambda console: print_counties(batch, OPTIONS, console))
    assert SAID in told[1]
    assert BAD in told[1]
    assert SAID in "".join(county_markdown(batch, OPTIONS)).splitlines()[2]
    page = "".join(county_html(batch, OPTIONS))
    header = page[page.index("<header>") : page.index("</header>")]
    assert SAID in header
    assert 'class="answer bad"' in header
    paragraphs = [one.text for one in Document(io.BytesIO(county_draft(batch, OPTIONS))).paragraphs if one.text]
    assert any(SAID in text for text in paragraphs[:3])


def test_in_the_matrix_of_counties_the_file_stands_before_all_counties(batch: Result) -> None:
    assert _is_first(_rows("".join(county_csv(batch, OPTIONS))))
    matrix = openpyxl.load_workbook(io.BytesIO(county_workbook(batch, OPTIONS))).worksheets[0]
    second, third = ([cell.value for cell in row] for row in matrix.iter_rows(min_row=2, max_row=3))
    assert FILE in second
    assert "好县" in third


def test_the_first_lines_of_a_check_say_so(checked: Result) -> None:
    assert SAID in _shown(lambda console: print_result(checked, OPTIONS, console))[1]
    lines = "".join(check_markdown(checked, OPTIONS)).splitlines()
    assert lines[2].startswith("**✗ ")
    assert lines[4].startswith(f"**{SAID}")
    assert _is_first(_rows("".join(csv_lines(checked, OPTIONS))))
    summary = openpyxl.load_workbook(io.BytesIO(annotated_workbook(checked, OPTIONS))).worksheets[0]
    assert SAID in str(summary["A2"].value)


def test_nothing_is_good_where_a_file_was_refused(checked: Result) -> None:
    whole = replace(checked, problems=[one for one in checked.problems if not one.refuses])
    assert (check_paper(checked, OPTIONS).tone, SAID in check_paper(whole, OPTIONS).answer) == ("bad", False)


def test_a_roster_that_was_not_read_is_the_first_error_of_the_report(folder: Path) -> None:
    result, refused = check(CHECK_EXIT, asked(folder))
    found = json.loads("".join(json_lines(result, OPTIONS)))
    first = found["problems"][0]
    assert (first["severity"], first["code"], first["input"]) == ("error", refused[0].code, None)
    assert BAD in first["message"]
    (told,) = found["refused"]
    assert (Path(told["path"]).name, told["code"], told["message"]) == (BAD, refused[0].code, first["message"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_three_files_are_named_and_all_are_counted(checked: Result, lang: Lang) -> None:
    many = [refusal(InputRefused("file-empty", path=f"f{number}.csv")) for number in range(5)]
    line = check_paper(replace(checked, problems=many), Options(lang)).answer.splitlines()[-1]
    assert "5" in line
    assert [f"f{number}.csv" in line for number in range(5)] == [True, True, True, False, False]


def test_what_if_goes_on_and_says_so_in_every_format(compared: Comparison) -> None:
    assert SAID in _shown(lambda console: print_comparison(compared, OPTIONS, console))[1]
    assert SAID in "".join(comparison_markdown(compared, OPTIONS)).splitlines()[2]
    assert _is_first(_rows("".join(comparison_csv(compared, OPTIONS))))
    paper = comparison_paper(compared, OPTIONS)
    assert (SAID in paper.answer, paper.tone) == (True, "bad")


def test_a_sweep_goes_on_and_says_so_in_every_format(swept: Sweep) -> None:
    assert SAID in _shown(lambda console: print_sweep(swept, OPTIONS, console))[2]
    assert SAID in "".join(sweep_markdown(swept, OPTIONS)).splitlines()[4]
    assert _is_first(_rows("".join(sweep_csv(swept, OPTIONS))))
    paper = sweep_paper(swept, OPTIONS)
    assert (SAID in paper.answer, paper.tone) == (True, "bad")


def test_figures_of_the_other_files_are_not_those_of_all(folder: Path) -> None:
    reconciled, _ = reconcile_files(asked(folder, "数.csv"))
    assert SAID in _shown(lambda console: print_reconciliation(reconciled, OPTIONS, console))[1]
    assert _is_first(_rows("".join(reconciliation_csv(reconciled, OPTIONS))))
    # All the figures that could be read agree.
    paper = reconciliation_paper(reconciled, OPTIONS)
    assert (reconciled.agrees(), SAID in paper.answer, paper.tone) == (True, True, "bad")
    summary, _ = summarize_files(asked(folder))
    assert SAID in _shown(lambda console: print_summary(summary, OPTIONS, console))[1]
    assert _is_first(_rows("".join(summary_csv(summary, OPTIONS))))
    for name, text in (("reconcile", reconciliation_json(reconciled, OPTIONS)), ("summary", summary_json(summary, OPTIONS))):
        _keeps(name, "".join(text))


def test_machines_find_the_files_by_a_key_of_their_own(checked: Result, compared: Comparison, swept: Sweep) -> None:
    _keeps("result", "".join(json_lines(checked, OPTIONS)))
    _keeps("comparison", "".join(comparison_json(compared, OPTIONS)))
    _keeps("sweep", "".join(sweep_json(swept, OPTIONS)))
    whole = replace(checked, problems=[one for one in checked.problems if not one.refuses])
    assert "refused" not in json.loads("".join(json_lines(whole, OPTIONS)))


def test_each_command_hands_the_file_to_the_formats_for_ci(
    folder: Path, checked: Result, compared: Comparison, swept: Sweep
) -> None:
    reconciled, _ = reconcile_files(asked(folder, "数.csv"))
    made = [
        check_bulletin(checked, OPTIONS),
        comparison_bulletin(compared, OPTIONS),
        sweep_bulletin(swept, OPTIONS),
        reconciliation_bulletin(reconciled, OPTIONS),
    ]
    for bulletin in made:
        assert [Path(one.path).name for one in bulletin.refused] == [BAD]
        assert not any(one.problem is not None and one.problem.refuses for one in bulletin.found)


def test_a_roster_that_tries_conditions_is_told_from_one_of_all_files(folder: Path) -> None:
    coverage, _ = cover_roster(asked(folder), CHECK_EXIT.pack, "household-exit")
    assert SAID in "".join(roster_coverage_markdown(coverage, OPTIONS)).splitlines()[2]
    _keeps("roster-coverage", "".join(roster_coverage_json(coverage, OPTIONS)))


def _keeps(name: str, text: str) -> None:
    found = json.loads(text)
    assert [Path(one["path"]).name for one in found["refused"]] == [BAD]
    jsonschema.validate(found, json.loads((SCHEMAS / f"{name}-1.schema.json").read_text("utf-8")))


def test_whoever_is_not_found_may_be_in_the_file_that_was_not_read(folder: Path) -> None:
    with pytest.raises(UsageRefused) as refused:
        explain(CHECK_EXIT, Whom(["9"]), asked(folder))
    assert (refused.value.code, BAD in str(refused.value.facts["files"])) == ("explain-unknown-unread", True)
