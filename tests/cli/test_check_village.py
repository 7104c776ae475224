"""check-village as a user runs it: what it says of the made-up villages beside the golden reports, refusals, exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest

from fupin_cli.cli.main import main
from fupin_cli.model.job import CHECK_VILLAGE
from fupin_cli.pipeline import check, check_all
from fupin_cli.tasks import Request

HERE = Path(__file__).resolve().parents[1] / "report" / "villages"
VILLAGES, HOUSEHOLDS = str(HERE / "村.csv"), str(HERE / "户.csv")


def outcomes(*files: str, **asked: object) -> dict[str, str]:
    result, _ = check(CHECK_VILLAGE, Request(files=files, **asked))  # type: ignore[arg-type]
    main_of = result.groups[0].main
    return {view.key: view.outcome for view in main_of.views(range(main_of.subject.data.num_rows))}


def test_the_poor_are_counted_from_the_households_of_the_village_of_that_township() -> None:
    """Both villages are called 样新村 and leave the number blank: 10 of 500 people in one, 11 of 500 in the other."""
    alone, both = outcomes(VILLAGES), outcomes(VILLAGES, HOUSEHOLDS)
    assert alone["样县/西乡/样新村"] == "undetermined"
    assert both["样县/西乡/样新村"] == "not_ready"
    # Households that the sheet does not list are not households that are not poor.
    assert alone["样县/西乡/样坪村"] == both["样县/西乡/样坪村"] == "undetermined"


def test_figures_that_differ_are_a_problem_that_names_both_cells() -> None:
    assert outcomes(VILLAGES)["样县/西乡/样塔村"] == "exit"
    assert outcomes(VILLAGES, HOUSEHOLDS)["样县/西乡/样塔村"] == "undetermined"
    result, _ = check(CHECK_VILLAGE, Request(files=[VILLAGES, HOUSEHOLDS]))
    (told,) = [problem for problem in result.problems if problem.code == "sources-disagree"]
    assert (str(told.where), str(told.other)) == ("G9", "G21")


def test_a_margin_is_said_in_people() -> None:
    result, _ = check(CHECK_VILLAGE, Request(files=[VILLAGES]))
    views = {view.key: view for view in result.groups[0].main.views(range(9))}
    found = {key: next(one for one in views[key].checks if one.name == "incidence") for key in views}
    assert (found["样县/东乡/样山村"].margin, found["样县/东乡/样山村"].unit) == (-1, "person")
    assert (found["样县/西乡/样柳村"].margin, found["样县/东乡/样河村"].margin) == (4, 0)


def test_the_table_for_spreadsheets_is_headed_by_what_villages_are_known_by(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-village", VILLAGES, "--format", "csv"]) == 1
    heading, *rows = csv.reader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")))
    assert heading[:4] == ["县/乡镇/行政村", "行政村", "年度", "结论"]
    # What is not a poor village has no reasons for an outcome that it cannot have.
    assert [row[5] for row in rows if row[3] == "不适用"] == [""]


def test_one_report_of_all_checks_has_the_villages_where_they_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    result, _ = check_all(Request(files=[VILLAGES, HOUSEHOLDS]))
    assert "village-exit" in [group.main.standard.standard for group in result.groups]
    result, _ = check_all(Request(files=[HOUSEHOLDS]))
    assert {group.subject for group in result.groups} == {"household"}
    assert "anhui-2018" not in [rules.pack.name for rules in result.rules]
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([VILLAGES, "--only", "pass"], 1, "达到退出标准"),
        ([HOUSEHOLDS], 3, "村"),
        ([VILLAGES, "--rules", "support-2020x"], 2, "support-2020"),
        ([VILLAGES, "--rules", "archive-2018"], 2, "village-exit"),
        ([VILLAGES, "--rules", "guangdong-chishui-2016"], 1, "村级集体可支配收入"),
    ],
)
def test_what_cannot_be_judged_is_said(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str) -> None:
    assert main(["check-village", *arguments]) == code
    captured = capsys.readouterr()
    assert said in captured.out + captured.err


def test_villages_that_all_meet_the_standard_end_in_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "村.csv"
    path.write_text(
        "县,乡镇,行政村,年度,村级集体可支配收入（万元）\n甲县,乙乡,丙村,2017,18\n甲县,乙乡,丁村,2016,15\n", encoding="utf-8"
    )
    assert main(["check-village", str(path), "--rules", "guangdong-chishui-2016", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"]["outcomes"]["exit"] == 2


def without(path: str, *columns: str, into: Path) -> str:
    """A file without some of its columns."""
    heading, *rows = csv.reader(io.StringIO(Path(path).read_text(encoding="utf-8")))
    kept = [place for place, name in enumerate(heading) if name not in columns]
    text = "\n".join(",".join(row[place] for place in kept) for row in (heading, *rows)) + "\n"
    (into / Path(path).name).write_text(text, encoding="utf-8")
    return str(into / Path(path).name)


def test_where_no_sheet_names_the_county_villages_and_households_meet_by_the_rest(tmp_path: Path) -> None:
    named = outcomes(VILLAGES, HOUSEHOLDS)
    bare = outcomes(without(VILLAGES, "县", into=tmp_path), without(HOUSEHOLDS, "县", into=tmp_path))
    assert bare == {key.removeprefix("样县/"): outcome for key, outcome in named.items()}


def test_where_no_sheet_names_the_township_two_villages_of_one_name_are_not_judged_as_one(tmp_path: Path) -> None:
    files = [without(path, "县", "乡镇", into=tmp_path) for path in (VILLAGES, HOUSEHOLDS)]
    found = outcomes(*files)
    assert "样新村" not in found
    assert found["样桥村"] == "not_ready"
    assert found["样塔村"] == "undetermined"


def test_a_sheet_that_does_not_name_the_county_that_the_other_names_is_told(tmp_path: Path) -> None:
    result, _ = check(CHECK_VILLAGE, Request(files=[VILLAGES, without(HOUSEHOLDS, "县", into=tmp_path)]))
    (told,) = [problem for problem in result.problems if problem.code == "place-not-named"]
    assert (told.facts, told.severity) == ({"place": "县", "rows": "22"}, "warning")
    views = {view.key: view.outcome for view in result.groups[0].main.views(range(9))}
    # The blank number stays open; the one that is given stands by itself.
    assert (views["样县/西乡/样新村"], views["样县/西乡/样塔村"]) == ("undetermined", "exit")
