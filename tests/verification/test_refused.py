"""A run in which a file was refused never looks green, whatever the others have in them."""

import io
import json
import xml.etree.ElementTree as ET
from importlib.resources import files

import jsonschema
from ending import clean
from rich.console import Console

from fupin_cli.errors import InputRefused
from fupin_cli.evaluate.verification.gate import with_refused
from fupin_cli.model.baseline import Gate
from fupin_cli.model.verification import Verification
from fupin_cli.report.bulletins.rosters import github_lines, junit_lines, sarif_lines
from fupin_cli.report.gate import gate_lines
from fupin_cli.report.options import Options
from fupin_cli.report.verification.csvtext import verification_csv
from fupin_cli.report.verification.jsontext import json_lines
from fupin_cli.report.verification.markdown import markdown_lines
from fupin_cli.report.verification.terminal import print_verification

FILE = "rosters/2019.xlsx"
ENGLISH = Options("en")


def unread() -> Verification:
    """Nothing found in the files that could be read."""
    return with_refused(green(), [InputRefused("file-empty", path=FILE)])


def green() -> Verification:
    whole = clean()
    assert whole.gate is None or not whole.gate.fails
    return Verification(whole.result, whole.found, gate=Gate("none", []))


def test_it_fails_whatever_it_is_to_fail_on_and_names_the_file() -> None:
    gate = unread().gate
    assert gate is not None
    assert (gate.fails, [(one.kind, one.count) for one in gate.reasons]) == (True, [("refused", 1)])
    assert FILE in gate_lines(gate, "en")[1]


def test_without_a_refused_file_it_is_as_it_was() -> None:
    assert with_refused(green(), []) == green()


def test_every_format_says_so() -> None:
    pieces = {form.__name__: "".join(form(unread(), ENGLISH)) for form in (github_lines, markdown_lines, json_lines)}
    assert all(FILE in text and "The run passes" not in text for text in pieces.values())
    assert [line for line in pieces["github_lines"].splitlines() if line.startswith("::error ") and FILE in line]
    assert "Nothing new" not in pieces["github_lines"]
    found = json.loads(pieces["json_lines"])
    assert [one["path"] for one in found["refused"]] == [FILE]
    schema = files("fupin_cli.report").joinpath("verification-1.schema.json").read_text("utf-8")
    jsonschema.validate(found, json.loads(schema))


def test_people_see_it_in_the_first_lines_and_spreadsheets_in_the_first_row() -> None:
    shown = io.StringIO()
    print_verification(unread(), ENGLISH, Console(file=shown, width=160))
    assert FILE in shown.getvalue().splitlines()[1]
    first = "".join(verification_csv(unread(), ENGLISH)).splitlines()[1]
    assert FILE in first


def test_a_case_of_junit_is_in_error_and_names_the_file() -> None:
    suites = ET.fromstring("".join(junit_lines(unread(), ENGLISH)))  # noqa: S314  # our own
    (case,) = [case for case in suites.iter("testcase") if case.find("error") is not None]
    assert (case.get("classname"), case.get("name")) == ("reading", f"Reading {FILE}")
    assert (suites.get("errors"), suites.get("failures")) == ("1", "0")
    # "Every cell could be read" would pass beside it.
    assert [case.get("name") for case in suites.iter("testcase") if case.get("classname") == "reading"] == [f"Reading {FILE}"]


def test_sarif_says_that_the_run_did_not_succeed() -> None:
    (invocation,) = json.loads("".join(sarif_lines(unread(), ENGLISH)))["runs"][0]["invocations"]
    (told,) = [note for note in invocation["toolExecutionNotifications"] if note["level"] == "error"]
    assert (invocation["executionSuccessful"], FILE in told["message"]["text"]) == (False, True)
    assert told["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": FILE, "uriBaseId": "%SRCROOT%"}}}]
