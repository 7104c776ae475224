"""What contradicts itself: found rule by rule, told once, and weighed against the verdicts without changing them."""

import csv
import io
import json
import shutil
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console

from fupin_cli.model.job import CHECK_DATA, CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.report.ci.shares import shared_out
from fupin_cli.report.csvtext import csv_lines
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.report.terminal import print_result
from fupin_cli.tasks import Request, open_quality

HERE = Path(__file__).resolve().parent / "contradictions"
RULES = Path(__file__).resolve().parents[2] / "rules"
FILES = (HERE / "户.csv", HERE / "人.csv")
SCHEMA = json.loads(files("fupin_cli.report").joinpath("result-1.schema.json").read_text(encoding="utf-8"))
JOBS = {"check-data": CHECK_DATA, "check-exit": CHECK_EXIT}
#: What was planted in the two files as an error: the subject, and the cells that cannot all be right.
PLANTED = {
    ("household", "349900050003", "D4 E4 F4 G4 H4 I4 J4"),  # 3,500 a head, and parts that come to 3,000
    ("household", "349900050004", "P5"),  # out of poverty without safe water
    ("household", "349900050005", ""),  # a spouse and no head
    ("person", "34990005000202", "E5 H5"),  # born in 2005 and by the number in 1999
    ("person", "34990005000301", "E6"),  # a check character that is none
    ("person", "34990005000301", "E6 G6"),  # a woman with a man's number
    ("person", "34990005000401", "L7 M7"),  # works, and is unable to
}


@cache
def judged(command: str) -> Result:
    return check(JOBS[command], Request([str(path) for path in FILES]))[0]


@cache
def report(command: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_lines(judged(command), Options(**options))))
    return found


def printed(result: Result, *, width: int = 100, **options: Any) -> str:
    stream = io.StringIO()
    print_result(result, Options(**options), Console(file=stream, width=width, highlight=False, emoji=False, markup=False))
    return stream.getvalue()


def cells_of(one: dict[str, Any]) -> str:
    """The cells of a check, of the subject's own file."""
    found = [place for where in one["cells"].values() for place in (where if isinstance(where, list) else [where])]
    return " ".join(sorted({place["cell"] for place in found}))


# --- what is found ------------------------------------------------------------------------------------------------------


def test_every_contradiction_that_was_planted_is_found_in_its_cells_and_no_other() -> None:
    found = {
        (one["subject"], one["id"], cells_of(rule))
        for one in report("check-data")["results"]
        for rule in one["checks"]
        if rule["severity"] == "gate"
    }
    assert found == PLANTED


def test_the_outcome_says_who_contradicts_himself() -> None:
    wrong = {(one["subject"], one["id"]) for one in report("check-data")["results"] if one["outcome"] == "errors"}
    assert wrong == {(subject, name) for subject, name, _ in PLANTED}


def test_a_rule_that_could_not_be_worked_out_is_counted_and_finds_nothing() -> None:
    found = report("check-data")
    assert any(counts["unknown"] for counts in found["summary"]["checks"].values())
    assert {rule["status"] for one in found["results"] for rule in one["checks"]} == {"fail"}
    every = {rule["status"] for one in report("check-data", all_checks=True)["results"] for rule in one["checks"]}
    assert every == {"pass", "fail", "unknown", "not_applicable"}


def test_a_disagreement_that_a_rule_tells_is_not_told_again_by_the_reader() -> None:
    assert [one["code"] for one in report("check-exit")["problems"]] == ["sources-disagree"]
    assert report("check-data")["problems"] == []


def test_a_member_without_a_number_is_known_by_the_place() -> None:
    assert [one["id"] for one in report("check-data")["results"] if one["subject"] == "person"][-1] == "A8"


# --- JSON ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", JOBS)
@pytest.mark.parametrize(
    "options", [{}, {"all_checks": True, "mask": False, "lang": "en", "only": "fail"}], ids=["usual", "other"]
)
def test_the_report_keeps_the_schema(command: str, options: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(report(command, **options))


def test_the_counts_of_several_tables_are_the_sums_of_each() -> None:
    summary = report("check-data")["summary"]
    tables = summary["by_subject"].values()
    assert [one["subjects"] for one in tables] == [6, 7]
    assert summary["subjects"] == 13
    for outcome, count in summary["outcomes"].items():
        assert count == sum(one["outcomes"].get(outcome, 0) for one in tables)
    assert len(summary["checks"]) == len({name for one in tables for name in one["checks"]})
    assert "by_subject" not in report("check-exit")["summary"]


# --- what it would change -----------------------------------------------------------------------------------------------


def test_no_verdict_is_changed_by_what_speaks_against_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = replace(open_quality(None, CHECK_EXIT.pack), standards={})
    monkeypatch.setattr("fupin_cli.pipeline.open_quality", lambda *_: nothing)
    plain = json.loads("".join(json_lines(check(CHECK_EXIT, Request([str(path) for path in FILES]))[0], Options())))
    found = report("check-exit")
    assert (plain["quality"]["findings"], plain["quality"]["would_change"]) == ({}, [])
    assert {**plain, "quality": None} == {**found, "quality": None}


def test_the_errors_beside_a_verdict_are_those_of_check_data() -> None:
    checks = report("check-data")["summary"]["checks"]
    gates = {rule["id"] for one in report("check-data")["results"] for rule in one["checks"] if rule["severity"] == "gate"}
    assert report("check-exit")["quality"]["findings"] == {name: checks[name]["fail"] for name in checks if name in gates}


def test_what_would_change_is_what_changes_where_the_questioned_cells_are_unreadable(tmp_path: Path) -> None:
    tables = {path: list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in FILES}
    for subject, _, cells in PLANTED:
        rows = tables[FILES[0] if subject == "household" else FILES[1]]
        for cell in cells.split():
            rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = "看不清"
    for path, rows in tables.items():
        with (tmp_path / path.name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    result, _ = check(CHECK_EXIT, Request([str(tmp_path / path.name) for path in FILES]))
    after = {one["id"]: one for one in json.loads("".join(json_lines(result, Options())))["results"]}
    before = {one["id"]: one for one in report("check-exit")["results"]}
    differ = {
        name: (after[name]["outcome"], after[name]["possible"])
        for name in before
        if after[name]["outcome"] != before[name]["outcome"]
    }
    said = report("check-exit")["quality"]["would_change"]
    assert {one["id"]: (one["would_be"], one["possible"]) for one in said} == differ
    assert len(differ) == 2
    assert all(one["outcome"] == before[one["id"]]["outcome"] and one["rules"] for one in said)


def test_the_table_has_the_other_outcome_in_a_column_of_its_own() -> None:
    text = "".join(csv_lines(judged("check-exit"), Options()))
    rows = {row["户编号"]: row["不采信有疑问的数值时的结论"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert {name for name, other in rows.items() if other.startswith("待核实（")} == {"349900050003", "349900050004"}
    assert {other for name, other in rows.items() if name not in ("349900050003", "349900050004")} == {""}


def test_where_no_error_is_found_nothing_is_said_of_data_quality() -> None:
    result = judged("check-exit")
    assert result.quality is not None
    assert "数据质量" in printed(result)
    assert "数据质量" not in printed(replace(result, quality=replace(result.quality, judged=(), changes={})))


# --- which rules --------------------------------------------------------------------------------------------------------


def test_rules_of_ones_own_folder_come_first_and_the_usual_ones_where_it_has_none(tmp_path: Path) -> None:
    shutil.copytree(RULES / "national-2016", tmp_path / "national-2016")
    assert open_quality(str(tmp_path), "national-2016").folder == RULES / "data-quality"
    shutil.copytree(RULES / "data-quality", tmp_path / "data-quality")
    assert open_quality(str(tmp_path), "national-2016").folder == tmp_path / "data-quality"
    assert open_quality(str(tmp_path / "national-2016"), "national-2016").folder == tmp_path / "data-quality"


# --- the page -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("command", JOBS)
def test_no_line_is_wider_than_the_page(command: str, width: int) -> None:
    assert [line for line in printed(judged(command), width=width).splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize(
    ("counts", "limit"),
    [([5, 1, 9], 50), ([5, 1, 9], 7), ([5, 1, 9], 2), ([3], 3), ([100_000, 2, 2], 50), ([1] * 60, 50), ([], 5)],
)
def test_every_rule_gets_its_share_of_the_page(counts: list[int], limit: int) -> None:
    shares = shared_out(counts, limit)
    assert sum(shares) == min(limit, sum(counts))
    assert all(share <= count for share, count in zip(shares, counts, strict=True))
    cut = [share for share, count in zip(shares, counts, strict=True) if share < count]
    assert all(share <= min(cut) + 1 for share in shares if cut)


def test_what_is_left_out_is_counted_by_rule_and_in_all() -> None:
    text = printed(judged("check-data"), limit=11, width=200)
    assert "另有 1 人没有列出" in text
    assert "共有 1 处没有列出；--limit 0 全部列出" in text
    assert "没有列出" not in printed(judged("check-data"), limit=0)


def test_only_lists_findings_of_the_subjects_that_are_meant() -> None:
    of_people = printed(judged("check-data"), only="pass", width=200)
    assert "✗" not in of_people
    assert "34990005000201" in of_people
    assert "34990005000201" not in printed(judged("check-data"), only="fail", width=200)


def test_the_words_are_those_of_data_not_of_a_standard() -> None:
    text = printed(judged("check-data"))
    assert all(word in text for word in ("错误", "警告", "无法检查", "未发现矛盾", "原因：", "建议："))
    assert all(word not in text for word in ("不达标", "待核实", "门槛"))


def test_a_table_of_findings_has_a_row_for_each_with_the_cell_to_go_to() -> None:
    text = "".join(csv_lines(judged("check-data"), Options()))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    errors = {(row["表"], row["编号"], " ".join(sorted(row["位置"].split("、")))) for row in rows if row["级别"] == "错误"}
    words = {"household": "户", "person": "人"}
    assert errors == {(words[subject], name, cells or "A6") for subject, name, cells in PLANTED}
    assert all(row["原因"] and row["建议"] and row["数值"] for row in rows)
