"""In JUnit, SARIF and on GitHub a file that was refused is an error of its own, whatever it is called and however much else there is."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import xmlschema

from fupin_cli.errors import InputRefused
from fupin_cli.model.problem import Address, Problem, refusal
from fupin_cli.model.verification import Found
from fupin_cli.report.bulletins.unread import unread
from fupin_cli.report.ci.bulletin import Bulletin, Counts, Rule, Source, Told
from fupin_cli.report.ci.github import github
from fupin_cli.report.ci.junit import junit
from fupin_cli.report.ci.sarif import sarif
from fupin_cli.report.options import Options
from fupin_cli.report.unread import unread_files

SCHEMAS = Path(__file__).resolve().parents[1] / "verification" / "schemas"
#: Signs that end or begin something in one of the formats, and a number that is nobody's.
HOSTILE = '坏 "a",b::c%0A<d>&[x](y).csv'
NUMBER = "11010119900101123X"


def bulletin(*paths: str, broken: int = 0) -> Bulletin:
    """A run in which these files were refused, and so many rows of another one break a rule."""
    problems = [refusal(InputRefused("file-empty", path=path)) for path in paths]
    found = [Found("s/water", "error", Address(0, "", row + 2, "A"), (), "", None, f"{row}", index=row) for row in range(broken)]
    rule = Rule("s/water", "error", "水", "", "", "", Counts(broken), 20, fails=broken > 0)
    return Bulletin(
        "zh", "check-exit", "0", "检查", None, [Source("好.csv", "0" * 64)], [rule], found, _told,
        refused=unread_files(problems, Options()),
    )  # fmt: skip


def _told(found: Iterable[Found]) -> Iterator[Told]:
    return (Told(one, "", "缺水") for one in found)


def text(pieces: Iterable[str]) -> str:
    return "".join(pieces)


def invocation(found: Bulletin) -> dict[str, Any]:
    told = json.loads(text(sarif(found)))
    jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_bytes())).validate(told)
    (one,) = told["runs"][0]["invocations"]
    return dict(one)


def test_junit_has_a_case_in_error_for_each_file() -> None:
    told = text(junit(bulletin(HOSTILE, "b.csv", broken=1)))
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(told)
    suites = ET.fromstring(told)  # noqa: S314  # our own
    errors = {case.get("name"): case.find("error") for case in suites.iter("testcase") if case.find("error") is not None}
    assert set(errors) == {f"读取 {HOSTILE}", "读取 b.csv"}
    assert [error.get("type") for error in errors.values() if error is not None] == ["file-empty"] * 2
    assert all(
        name and name.removeprefix("读取 ") in str(error.get("message")) for name, error in errors.items() if error is not None
    )
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("3", "1", "2")
    sums = [sum(int(suite.get(name, "")) for suite in suites) for name in ("tests", "failures", "errors")]
    assert sums == [3, 1, 2]


def test_sarif_does_not_call_such_a_run_successful_and_leads_to_the_file() -> None:
    told = invocation(bulletin(HOSTILE))
    assert told["executionSuccessful"] is False
    (note,) = [one for one in told["toolExecutionNotifications"] if one["level"] == "error"]
    place = note["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (unquote(place["uri"]), place["uriBaseId"]) == (HOSTILE, "%SRCROOT%")
    # Nothing in it is a link.
    assert "](" not in note["message"]["text"]
    assert invocation(bulletin(broken=3))["executionSuccessful"] is True


def test_github_marks_the_file_and_nothing_in_its_name_is_a_command() -> None:
    lines = text(github(bulletin(HOSTILE))).splitlines()
    percent = HOSTILE.replace("%", "%25")
    escaped = percent.replace(":", "%3A").replace(",", "%2C")
    assert lines[0].startswith(f"::error file={escaped},title=文件未能读取::")
    assert percent in lines[0].partition(",title=")[2]
    assert [line for line in lines if "没有发现新的问题" in line] == []


def test_refused_files_come_before_the_findings_and_leave_them_room() -> None:
    lines = text(github(bulletin(*(f"f{number}.csv" for number in range(7)), broken=8))).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    # GitHub shows ten errors of a step: five files and five of the eight findings.
    assert [line.startswith("::error file=f") for line in errors] == [True] * 5 + [False] * 5
    notices = [line for line in lines if line.startswith("::notice ")]
    assert any("2 个文件" in line for line in notices)
    assert any("3 个错误" in line for line in notices)


def test_a_number_in_a_files_name_is_masked_in_the_words() -> None:
    found = bulletin(f"{NUMBER}.csv")
    assert all(NUMBER not in text for one in found.refused for text in (one.name, one.reason, one.hint))
    assert NUMBER not in text(junit(found))


def test_a_refused_file_is_no_finding_in_another_file() -> None:
    read = Problem("row-without-subject", "error", Address(0, "户", 3, ""))
    assert [one.rule for one in unread([refusal(InputRefused("file-empty", path="b.csv")), read])] == [
        "reading/row-without-subject"
    ]
