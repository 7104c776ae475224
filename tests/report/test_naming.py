"""Files named for persons: nobody reads the number, and every file is found all the same. The numbers are made up."""

import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fupin_cli.cli.main import main
from fupin_cli.cli.options import request_of
from fupin_cli.model.located import Called, Located, place_of, written_of
from fupin_cli.report.naming import called, shown_facts, shown_path

ID, PHONE, OTHER = "349900199001010012", "13812345678", "13899995678"
Told = Callable[..., tuple[int, str]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Told:
    """Runs a command line in a folder of its own; gives its exit code and everything that it says."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str]:
        capfdbinary.readouterr()
        code = main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return code, (out + err).decode()

    return run


def roster(path: str, *keys: str, year: int = 2018) -> None:
    Path(path).parent.mkdir(exist_ok=True)
    rows = "".join(f"{key},样甲,{year},2000\n" for key in keys)
    Path(path).write_text(f"户编号,户主姓名,年度,人均纯收入\n{rows}", encoding="utf-8")


def numbers(text: str) -> list[str]:
    return [one for one in (ID, PHONE, OTHER) if one in text]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"样甲{ID}.xlsx", "样甲3499****0012.xlsx"),
        (f"../{PHONE}/户 {ID}.csv", "../138****5678/户 3499****0012.csv"),
        (f"C:\\{PHONE}\\a.csv", "C:\\138****5678\\a.csv"),
        (f"电话0551-65123456_{PHONE}.xls", "电话055****3456_138****5678.xls"),
        ("2018/05/01/名册.xlsx", "2018/05/01/名册.xlsx"),
        ("138/1234/5678.xlsx", "138/1234/5678.xlsx"),
        ("名册20181231-001（终稿）.xlsx", "名册20181231-001（终稿）.xlsx"),
        ("皖扶办〔2018〕51号.xlsx", "皖扶办〔2018〕51号.xlsx"),
    ],
)
def test_the_name_of_a_file_keeps_the_ends_of_a_number(path: str, shown: str) -> None:
    assert shown_path(path) == shown


def test_two_files_never_have_one_name_and_each_knows_its_place() -> None:
    paths = [f"{PHONE}.csv", f"{OTHER}.csv", "a.csv", Located(f"{PHONE}.xlsx", f"/there/{PHONE}.xlsx"), "138****5678~2.csv"]
    found = called(paths)
    assert found == ["138****5678.csv", "138****5678~3.csv", "a.csv", "138****5678.xlsx", "138****5678~2.csv"]
    assert list(map(place_of, found)) == [*paths[:3], f"/there/{PHONE}.xlsx", paths[4]]
    assert list(map(written_of, found)) == paths
    assert called(found) == found


def test_a_file_that_is_given_twice_has_one_name_and_is_refused_by_it(told: Told) -> None:
    assert called([f"{PHONE}.csv", f"{OTHER}.csv", f"{PHONE}.csv"]) == ["138****5678.csv", "138****5678~2.csv", "138****5678.csv"]
    roster(f"{PHONE}.csv", "349900010001")
    code, said = told("check-exit", f"{PHONE}.csv", f"{PHONE}.csv")
    assert (code, "~" in said, numbers(said)) == (2, False, [])


def test_a_roster_and_the_one_that_it_is_compared_with_never_have_one_name() -> None:
    request = request_of({"files": (f"{PHONE}.csv",), "dibao": (f"{OTHER}.csv",)})
    assert (*request.files, *request.dibao) == ("138****5678.csv", "138****5678~2.csv")
    assert [*map(place_of, (*request.files, *request.dibao))] == [f"{PHONE}.csv", f"{OTHER}.csv"]


def test_a_name_and_what_it_stands_for_go_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Called("138****5678.csv", f"{PHONE}.csv")))  # noqa: S301  # our own
    assert (str(sent), sent.at, sent.written) == ("138****5678.csv", f"{PHONE}.csv", f"{PHONE}.csv")


def test_a_message_tells_neither_the_number_of_a_file_nor_that_of_a_sheet() -> None:
    facts = {"path": f"{PHONE}.csv", "sheet": f"户{PHONE}", "count": 3, "other": None}
    assert shown_facts(facts) == {"path": "138****5678.csv", "sheet": "户138****", "count": 3, "other": None}


def test_the_name_of_a_file_begins_no_line_of_a_log(told: Told) -> None:
    path = "名册\n::error::假的.csv"
    assert "\ufffd::error::" in shown_facts({"path": path})["path"]
    code, said = told("check-exit", path)
    assert (code, [line for line in said.splitlines() if line.startswith("::")]) == (3, [])


def test_every_report_and_message_of_a_run_names_the_file_without_the_number(told: Told) -> None:
    roster(f"{ID}.csv", "1", PHONE)
    code, said = told("check-exit", f"{ID}.csv", "-o", f"{PHONE}.json", "-o", "b.txt", "-o", "b.sarif", "-o", "b.github")
    assert code == 1
    assert Path(f"{PHONE}.json").is_file()
    texts = [said, *(path.read_text(encoding="utf-8") for path in Path().iterdir() if path.stem in (PHONE, "b"))]
    assert [numbers(text) for text in texts] == [[]] * 5
    assert "138****5678.json" in said
    found = json.loads(Path(f"{PHONE}.json").read_text(encoding="utf-8"))
    assert found["inputs"][0]["path"] == "3499****0012.csv"
    assert [one["id"] for one in found["results"]] == ["1", "138****5678"]
    assert told("check-exit", f"{ID}.csv", "--no-mask", "-o", "c.json", "--quiet") == (1, "")
    plain = json.loads(Path("c.json").read_text(encoding="utf-8"))
    assert (plain["inputs"][0]["path"], plain["results"][1]["id"]) == (f"{ID}.csv", PHONE)


@pytest.mark.parametrize(
    "words", [("check-exit", f"{ID}.csv"), ("inspect", f"{ID}.csv"), ("explain", f"{ID}.csv", PHONE), ("replay", f"{ID}.json")]
)
def test_a_file_that_is_not_there_is_told_without_the_number(words: tuple[str, ...], told: Told) -> None:
    code, said = told(*words)
    assert (code, numbers(said)) == (3, [])
    assert "3499****0012" in said


def test_an_explanation_shows_the_household_by_the_ends_of_its_number(told: Told) -> None:
    roster(f"{ID}.csv", PHONE, "2")
    code, said = told("explain", f"{ID}.csv", PHONE)
    assert (code, numbers(said)) == (1, [])
    assert "138****5678" in said


def test_an_output_over_an_input_is_refused_whatever_the_file_is_called(told: Told) -> None:
    roster(f"{ID}.csv", "1")
    before = Path(f"{ID}.csv").read_bytes()
    code, said = told("check-exit", f"{ID}.csv", "-o", f"./{ID}.csv")
    assert (code, numbers(said), Path(f"{ID}.csv").read_bytes()) == (2, [], before)


# --- runs that are run again --------------------------------------------------------------------------------------------


def test_a_manifest_names_the_file_as_it_is_and_says_so_and_the_replay_is_the_same(told: Told) -> None:
    roster(f"in/{ID}.csv", "1")
    code, said = told("check-exit", f"in/{ID}.csv", "-o", f"{PHONE}.json", "--manifest", f"{OTHER}.json")
    assert (code, numbers(said)) == (1, [])
    # The roster and the report.
    assert re.search(r"运行记录里有 2 个路径", said)
    manifest = json.loads(Path(f"{OTHER}.json").read_text(encoding="utf-8"))
    assert [one["path"] for one in (*manifest["arguments"], *manifest["inputs"])] == [f"in/{ID}.csv"] * 2
    code, said = told("replay", f"{OTHER}.json", "-o", "r.json", "-o", "r.html", "-o", "r.csv", "-o", "r.txt", "-o", "r.xml")
    assert (code, numbers(said)) == (0, [])
    assert [numbers(path.read_text(encoding="utf-8")) for path in sorted(Path().glob("r.*"))] == [[]] * 5
    # Also where the files have gone elsewhere.
    Path("in").rename("there")
    assert told("replay", f"{OTHER}.json", "--inputs", "there")[0] == 0
    roster(f"there/{ID}.csv", "2")
    code, said = told("replay", f"{OTHER}.json", "--inputs", "there", "--format", "json")
    assert (code, numbers(said)) == (1, [])


def test_files_of_a_folder_are_told_apart_and_found_again(told: Told) -> None:
    # Who stood in the first roster is not in the second: a finding at each.
    roster(f"in/{PHONE}.csv", "1", ID, PHONE, OTHER, year=2017)
    roster(f"in/{OTHER}.csv", "1", year=2018)
    Path(f"in/{ID}.xlsx").write_bytes(b"")
    code, said = told("verify-roster", "in", "-o", "a.json", "-o", "a.md", "--manifest", "m.json")
    assert (code, numbers(said)) == (3, [])
    made = Path("a.json").read_text(encoding="utf-8")
    assert numbers(made + Path("a.md").read_text(encoding="utf-8")) == []
    names = {one["path"]: one["sheets"][0]["rows"]["read"] for one in json.loads(made)["inputs"]}
    assert names == {"in/138****5678.csv": 4, "in/138****5678~2.csv": 1}
    manifest = json.loads(Path("m.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in manifest["inputs"]} == {f"in/{PHONE}.csv", f"in/{OTHER}.csv"}
    assert [one["path"] for one in manifest["refused"]] == [f"in/{ID}.xlsx"]
    code, said = told("replay", "m.json")
    assert (code, numbers(said)) == (0, []), said


def test_a_baseline_holds_no_number_and_accepts_whoever_is_meant(told: Told) -> None:
    roster(f"in/{PHONE}.csv", "1", ID, PHONE, OTHER, year=2017)
    roster("in/2018.csv", "1", year=2018)
    # Without masking, so that the fingerprints are seen to be those of the numbers as they are.
    code, _ = told("verify-roster", "in", "--write-baseline", "b.yaml", "--today", "2020-01-01", "--no-mask", "-o", "a.json")
    plain = Path("a.json").read_text(encoding="utf-8")
    assert (code, {*numbers(plain)}) == (1, {ID, PHONE, OTHER})
    prints = [one["fingerprint"] for one in json.loads(plain)["findings"]]
    assert len({*prints}) == len(prints) >= 3
    baseline = Path("b.yaml").read_text(encoding="utf-8")
    assert numbers(baseline) == []
    accepted = {*re.findall(r"[0-9a-f]{32}", baseline)}
    assert len(accepted) >= 3
    assert accepted <= {*prints}
    signed = baseline.replace('who: ""', "who: 样丙").replace('why: ""', "why: 核过").replace('until: ""', "until: 2021-12-31")
    Path("b.yaml").write_text(signed, encoding="utf-8")
    code, said = told("verify-roster", "in", "--baseline", "b.yaml", "--today", "2020-01-01", "--format", "json")
    assert (code, numbers(said)) == (0, []), said
    assert [one["fingerprint"] for one in json.loads(said)["findings"]] == prints


def test_what_is_wrong_with_a_folder_of_counties_is_told_without_the_number(told: Told) -> None:
    Path(f"{PHONE}").mkdir()
    code, said = told("check-county", PHONE)
    assert (code, numbers(said), "138****5678" in said) == (3, [], True)
    Path(f"{PHONE}/{ID}.xlsx").write_bytes(b"")
    code, said = told("check-county", PHONE)
    assert (code, numbers(said), "138****5678/3499****0012.xlsx" in said) == (3, [], True)
