"""Many county workbooks as one result: the same whoever judges them in whatever order, and as if one had read them all."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from county_pack import book, county, pack

from fupin_cli.cli.main import main
from fupin_cli.errors import FupinError
from fupin_cli.load.cells.folders import Found
from fupin_cli.model.run import Result
from fupin_cli.pipelines.counties import Manner, check_counties
from fupin_cli.report.counties.csvtext import county_csv
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request


def village(name: str, **values: Any) -> dict[str, Any]:
    return {"township": "样乡", "village": name, "year": 2018, "poor_village": "是", "exited": "是"} | values


def household(number: int, **values: Any) -> dict[str, Any]:
    return {"household_id": f"H{number}", "year": 2018, "household_size": 3, "poverty_status": "已脱贫"} | values


def asked(number: int, wrong: int) -> dict[str, Any]:
    return {
        "village": "一村", "household_id": f"S{number}", "year": 2018, "sample_group": "脱贫户", "household_size": 3,
        "wrongly_exited": wrong,
    }  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    return pack(tmp_path_factory.mktemp("规则"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Workbooks that lay their sheets out differently, in a folder with a Chinese name."""
    folder = tmp_path_factory.mktemp("数据") / "各县 2018"
    two = [county("丙县", poor_population=200), county("丁县", poor_population=201, county_consent=None)]
    return {
        "甲": book(
            folder / "甲.xlsx",
            county=[county("甲县", poor_population=None, wrongly_exited=None)],
            village=[village("一村", county="甲县"), village("二村", county="甲县", exited="否")],
            household=[household(n, county="甲县") for n in range(20)] + [household(99, county="甲县", poverty_status="未脱贫")],
            survey=[asked(n, wrong=int(n == 3)) for n in range(8)],
        ),
        "乙": book(folder / "乙.xlsx", county=[county("乙县")], village=[village("一村", county="乙县")]),
        "丙丁": book(folder / "丙丁.xlsx", village=[village("一村", county="丙县"), village("一村", county="丁县", exited=None)], county=two),
    }  # fmt: skip


#: In this process, one workbook after the other.
HERE = Manner(jobs=1)


def judged(rules: str, files: Sequence[str], manner: Manner = HERE) -> tuple[Result, Sequence[FupinError]]:
    return check_counties(Request(files=files, rules=rules), Found(files), manner)


def told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_lines(result, Options(all_checks=True))))
    return found


def by_name(result: Result) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in told(result)["results"]}


# --- one result ---------------------------------------------------------------------------------------------------------


def test_each_county_is_judged_by_the_sheets_of_its_own_workbook(rules: str, books: Mapping[str, str]) -> None:
    result, refused = judged(rules, list(books.values()))
    assert not refused
    found = by_name(result)
    assert {name: one["outcome"] for name, one in found.items()} == {
        "甲县": "not_ready", "乙县": "withdraw", "丙县": "withdraw", "丁县": "not_ready",
    }  # fmt: skip
    checks = {one["id"]: one for one in found["甲县"]["checks"]}
    # 3 people of one household that has not left poverty; the village that has not left it, with its cell.
    assert checks["incidence"]["observed"]["people_left"] == "3"
    assert checks["incidence"]["cells"]["household.household_size"] == {"input": 0, "cell": "户!C22"}
    assert checks["villages"]["status"] == "fail"


def test_cells_name_the_workbook_that_they_stand_in(rules: str, books: Mapping[str, str]) -> None:
    result, _ = judged(rules, [books["丙丁"], books["甲"]])
    found = by_name(result)
    assert found["甲县"]["where"] == {"input": 1, "cell": "县!A2"}
    assert found["丁县"]["where"] == {"input": 0, "cell": "县!A3"}
    checks = {one["id"]: one for one in found["甲县"]["checks"]}
    assert checks["incidence"]["cells"]["household.household_size"]["input"] == 1
    assert [Path(source["path"]).name for source in told(result)["inputs"]] == ["丙丁.xlsx", "甲.xlsx"]


def test_workbooks_that_have_the_same_sheets_give_what_one_reading_of_all_gives(rules: str, tmp_path: Path) -> None:
    # Among them neighbours with the same columns, which are joined in one piece.
    names = ["甲县", "乙县", "丙县", "丁县", "戊县", "己县"]
    paths = [
        book(
            tmp_path / f"{number}.xlsx",
            # The second has no column for the consent, the third nothing in it; the order of columns differs.
            county=[county(name, poor_population=None, county_consent={1: None, 2: ""}.get(number, "是"))],
            village=[village("一村", county=name, exited=["是", "否", None, "x", "是", "否"][number])],
            household=[household(number * 1000 + n, county=name, poverty_status="未脱贫") for n in range(1 + number * 30)],
        )
        for number, name in enumerate(names)
    ]
    apart, together = (judged(rules, paths, manner)[0] for manner in (HERE, Manner(together=True)))
    assert told(apart)["results"] == told(together)["results"]
    assert told(apart)["inputs"] == told(together)["inputs"]
    assert {one["outcome"] for one in told(apart)["results"]} == {"not_ready", "undetermined", "withdraw"}
    assert [one["code"] for one in told(apart)["problems"]] == [one["code"] for one in told(together)["problems"]]


def test_processes_beside_each_other_give_the_same_bytes_as_this_one(
    rules: str, books: Mapping[str, str], tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_text("no workbook")
    again = book(tmp_path / "又.xlsx", county=[county("乙县", rural_population=9_000)])
    files = [books["甲"], str(bad), books["乙"], books["丙丁"], again]
    texts, refusals = [], []
    for jobs in (1, 2):
        result, refused = judged(rules, files, Manner(jobs=jobs))
        texts.append(["".join(write(result, Options())) for write in (json_lines, county_csv)])
        refusals.append([(error.code, error.facts, error.exit_code) for error in refused])
    assert texts[0] == texts[1]
    assert refusals[0] == refusals[1]
    assert [code for code, _, _ in refusals[0]] == ["file-without-known-columns"]


# --- a county twice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [10_000, 9_000])
def test_a_county_in_two_workbooks_has_no_verdict_and_both_cells_are_told(rules: str, tmp_path: Path, people: int) -> None:
    first = book(tmp_path / "1.xlsx", county=[county("甲县"), county("乙县")], village=[village("一村", county="乙县")])
    second = book(tmp_path / "2.xlsx", county=[county("丙县"), county("甲县", rural_population=people)])
    result, refused = judged(rules, [first, second])
    found = told(result)
    assert not refused
    assert [one["name"] for one in found["results"]] == ["乙县", "丙县"]
    assert [one["where"]["cell"] for one in found["results"]] == ["县!A3", "县!A2"]
    doubles = [one for one in found["problems"] if one["code"] == "subject-doubled"]
    assert [(one["input"], one["cell"], one["other"]) for one in doubles] == [
        (0, "县!B2", {"input": 1, "cell": "县!B3"}),
        (1, "县!B3", {"input": 0, "cell": "县!B2"}),
    ]
    rows = [source["sheets"][0]["rows"] for source in found["inputs"]]
    assert rows == [{"read": 2, "decided": 1, "quarantined": 1, "skipped": 0}] * 2


def test_a_county_in_three_workbooks_is_told_once_for_each(rules: str, tmp_path: Path) -> None:
    files = [book(tmp_path / f"{n}.xlsx", county=[county("甲县", poor_population=n)]) for n in range(3)]
    result, _ = judged(rules, [*files, book(tmp_path / "别.xlsx", county=[county("乙县")])])
    found = told(result)
    assert [one["name"] for one in found["results"]] == ["乙县"]
    assert [(one["input"], one["other"]["input"]) for one in found["problems"] if one["code"] == "subject-doubled"] == [
        (0, 1), (1, 0), (2, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("other", [{"year": 2019}, {"province": "别省"}])
def test_the_same_name_in_another_year_or_province_is_another_county(rules: str, tmp_path: Path, other: dict[str, Any]) -> None:
    files = [
        book(tmp_path / "1.xlsx", county=[county("甲县")]),
        book(tmp_path / "2.xlsx", county=[county("甲县", applied_date="2019-12-01", **other)]),
    ]
    assert len(told(judged(rules, files)[0])["results"]) == 2


# --- refusals -----------------------------------------------------------------------------------------------------------


def test_one_bad_workbook_is_told_and_the_others_go_on(
    rules: str, books: Mapping[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    households = book(tmp_path / "户.xlsx", household=[household(1)])
    silent = book(tmp_path / "无年度.xlsx", county=[county("己县", year=None)])
    copied = tmp_path / "副本.xlsx"
    copied.write_bytes(Path(books["乙"]).read_bytes())
    (tmp_path / "坏.xlsx").write_text("no workbook")
    code = main(
        ["check-county", *books.values(), str(tmp_path), "--rules", rules, "--format", "json", "--jobs", "1", "--lang", "zh"]
    )
    said = capsys.readouterr()
    assert code == 3
    assert len(json.loads(said.out)["results"]) == 4
    assert f"{households}：没有要检查的表：县" in said.err
    assert f"{silent}：没有 年度" in said.err
    assert f"{copied} 与 {books['乙']} 内容完全相同" in said.err
    assert "4 个文件未能读取" in said.err


def test_where_all_are_refused_the_first_is_the_reason(rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [book(tmp_path / f"{n}.xlsx", household=[household(n)]) for n in range(2)]
    assert main(["check-county", *paths, "--rules", rules, "--jobs", "1"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{paths[0]}：没有要检查的表" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--jobs", "0"], "--jobs 的值 0"),
        (["--jobs", "two"], "--jobs 的值 two"),
        (["--jobs", "257"], "--jobs 的值 257"),
        (["--confidence", "95"], "--confidence"),
        (["--set", "highst=3"], "highest"),
        (["--assume", "povincia=x"], "povincia"),
    ],
)
def test_a_wrong_command_line_is_refused_whole(
    rules: str, books: Mapping[str, str], arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-county", *books.values(), "--rules", rules, "--jobs", "1", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err


def test_a_file_that_is_named_and_lies_in_a_named_folder_is_a_mistake(
    rules: str, books: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(Path(books["甲"]).parent)
    assert main(["check-county", folder, books["甲"], "--rules", rules]) == 2
    assert "每个文件只给一次" in capsys.readouterr().err


def test_an_output_that_lies_in_the_folder_is_no_input_unless_it_is_there_already(
    rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book(tmp_path / "县" / "1.xlsx", county=[county("甲县")])
    (tmp_path / "县" / "结果.csv").write_text("县名称,年度\n乙县,2018\n")
    assert main(["check-county", str(tmp_path / "县"), "--rules", rules, "-o", str(tmp_path / "县" / "结果.csv")]) == 2
    assert (tmp_path / "县" / "结果.csv").read_text() == "县名称,年度\n乙县,2018\n"
    assert "就是输入文件" in capsys.readouterr().err


# --- the data itself ----------------------------------------------------------------------------------------------------


def test_errors_of_the_data_and_what_they_would_change_are_those_of_one_reading(rules: str, tmp_path: Path) -> None:
    # In the second and third the villages have more poor people than their county; the double of the first is out of it.
    files = [
        book(
            tmp_path / f"{number}.xlsx",
            county=[county(name), *more],
            village=[village("一村", county=name, poor_population=people)],
        )
        for number, (name, people, more) in enumerate(
            [("甲县", 10, []), ("乙县", 300, []), ("丙县", 150, []), ("丁县", 300, [county("丁县")])]
        )
    ]
    apart, together = (told(judged(rules, files, manner)[0])["quality"] for manner in (HERE, Manner(together=True)))
    assert apart == together
    assert sum(apart["findings"].values()) == 2
    assert [(one["id"], one["outcome"], one["would_be"]) for one in apart["would_change"]] == [
        ("样省/乙县", "withdraw", "undetermined"),
        ("样省/丙县", "withdraw", "undetermined"),
    ]


def test_no_error_is_told_of_a_county_that_has_no_verdict(rules: str, tmp_path: Path) -> None:
    files = [
        book(tmp_path / f"{number}.xlsx", county=[county(name)], village=[village("一村", county=name, poor_population=300)])
        for number, name in enumerate(("乙县", "丙县"))
    ]
    files.append(book(tmp_path / "又.xlsx", county=[county("乙县", rural_population=9_000), county("丁县")]))
    quality = told(judged(rules, files)[0])["quality"]
    assert sum(quality["findings"].values()) == 1
    assert [(one["id"], one["where"]["input"]) for one in quality["would_change"]] == [("样省/丙县", 1)]
