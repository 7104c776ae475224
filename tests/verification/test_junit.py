"""JUnit: a case for each rule, red where the run fails by it, in the form that GitLab, Jenkins and GitHub read."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import xmlschema
from ending import UNTIL, accepted, clean, ended
from small_rosters import HOUSEHOLDS, PATH, judged, several, usual, verified

from fupin_cli.messages import Lang
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.verification import Verification
from fupin_cli.report.bulletins.rosters import junit_lines
from fupin_cli.report.ci.junit import _possible
from fupin_cli.report.options import Options

SCHEMA = Path(__file__).parent / "schemas" / "junit-10.xsd"


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


#: What is said of a renamed village.
FACTS = ("before", "after", "old", "new", "count", "total")


def text(verification: Verification, lang: Lang = "zh") -> str:
    return "".join(junit_lines(verification, Options(lang=lang)))


def read(verification: Verification, lang: Lang = "zh") -> ET.Element:
    return ET.fromstring(text(verification, lang))  # noqa: S314 - our own text


def cases(root: ET.Element) -> dict[str, ET.Element]:
    """Each case by its rule."""
    return {f"{case.get('classname')}/{(case.get('name') or '').partition(' ')[0]}": case for case in root.iter("testcase")}


def red(root: ET.Element) -> set[str]:
    return {name for name, case in cases(root).items() if case.find("failure") is not None}


def stories() -> Iterator[Verification]:
    yield from (verified(usual()), clean(), accepted(), ended("warning"), ended("none", lost=True))


# --- its form -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_keeps_the_schema_of_jenkins(lang: Lang) -> None:
    for one in stories():
        schema().validate(text(one, lang))


def test_the_schema_would_refuse_what_is_wrong() -> None:
    assert not schema().is_valid(text(clean()).replace(' classname="', ' class="'))
    assert not schema().is_valid(text(clean()).replace(' failures="0"', "", 2))


def test_counts_are_those_of_the_cases() -> None:
    for one in stories():
        root = read(one)
        suites = list(root.iter("testsuite"))
        for suite in suites:
            own = suite.findall("testcase")
            counted = [len(own), sum(c.find("failure") is not None for c in own), sum(c.find("skipped") is not None for c in own)]
            assert [int(suite.get(name) or "") for name in ("tests", "failures", "skipped")] == counted
        for name in ("tests", "failures"):
            assert int(root.get(name) or "") == sum(int(suite.get(name) or "") for suite in suites)


def test_no_two_cases_have_one_name_because_gitlab_shows_the_first_only() -> None:
    names = [(case.get("classname"), case.get("name")) for case in read(verified(usual())).iter("testcase")]
    assert len(set(names)) == len(names)


def test_a_case_has_one_failure_because_readers_show_the_first_only() -> None:
    assert all(len(case.findall("failure")) <= 1 for case in read(verified(usual())).iter("testcase"))


def test_nothing_found_is_a_short_report_of_cases_that_pass() -> None:
    root = read(clean())
    assert red(root) == set()
    assert root.get("failures") == "0"
    assert "reading/所有单元格都读懂了，所有行都有归属" in cases(root)
    assert len(text(clean())) < 5000


# --- what it says -------------------------------------------------------------------------------------------------------


def test_every_rule_of_the_pack_has_a_case_also_one_that_passes_or_could_not_be_asked() -> None:
    found = cases(read(verified(usual())))
    assert set(found) == {
        *(f"household-quality/{name}" for name in ("contact", "over_line", "safe", "plan", "water")),
        "person-quality/number_fits",
        "reading/id-as-number",
        "reading/number-unreadable",
    }
    skipped = {name: case.find("skipped") for name, case in found.items()}
    said = {name: one.get("message") for name, one in skipped.items() if one is not None}
    assert said == {
        "household-quality/plan": "4 户中没有适用的。",
        "household-quality/water": "没有这些列，一处也没有查到：饮水安全。",
    }


def test_a_standard_whose_sheet_is_missing_is_skipped_by_name() -> None:
    found = cases(read(verified(judged({PATH: HOUSEHOLDS}))))
    skipped = found["person-quality/number_fits"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "没有“人”工作表，没有核查。"


def test_a_failure_has_cells_values_remedy_and_clause() -> None:
    failure = cases(read(verified(usual())))["household-quality/over_line"].find("failure")
    assert failure is not None
    assert failure.get("message") == "收入|过<线>：2 处"
    assert (failure.text or "").splitlines() == [
        "原因：100% 的户都应当过线。",
        "建议：核对收入",
        "依据：《某办法》一“收入应当过线”",
        f"户 H1 2018年 {PATH}：人均纯收入 3000.5（G2），须超过 3000.5 元/人·年（未确认）",
        f"户 H2 2018年 {PATH}：人均纯收入 2900（G3），须超过 3000.5 元/人·年（未确认）",
    ]


def test_a_warning_stands_in_the_output_of_a_case_that_passes() -> None:
    case = cases(read(verified(usual())))["household-quality/contact"]
    assert case.find("failure") is None
    assert "B2" in (case.findtext("system-out") or "")


def test_an_accepted_finding_does_not_fail_and_is_told() -> None:
    root = read(accepted())
    case = cases(root)["household-quality/over_line"]
    assert case.find("failure") is None
    told = case.findtext("system-out") or ""
    assert "G2" in told
    assert "G3" in told
    assert UNTIL.isoformat() in told
    # An expired one fails again.
    assert "household-quality/safe" in red(root)


def test_the_run_rests_on_packs_files_and_numbers() -> None:
    result = usual()
    properties = {one.get("name"): one.get("value") for one in read(verified(result)).iter("property")}
    assert properties["rules tiny v3"] == result.pack.sha256
    assert [properties[f"input {source.path}"] for source in result.inputs] == [source.sha256 for source in result.inputs]
    assert properties["parameter 1"] == "线：2014年起 3000.5 元/人·年（未确认）"


# --- what is red --------------------------------------------------------------------------------------------------------

ERRORS = {"household-quality/over_line", "household-quality/safe", "person-quality/number_fits"}
READING = {"reading/id-as-number", "reading/number-unreadable"}


def test_errors_are_red_unless_the_run_asks_for_more_or_less() -> None:
    assert red(read(verified(usual()))) == red(read(ended("error"))) == ERRORS | READING
    assert red(read(ended("warning"))) == ERRORS | READING | {"household-quality/contact"}
    assert red(read(ended("none"))) == set()


def test_a_rule_with_a_share_of_its_own_is_red_by_that_alone() -> None:
    rule, other = "household-quality/safe", "household-quality/contact"
    assert red(read(ended("error", (rule, 1, 4, "1/4")))) == (ERRORS | READING) - {rule}
    assert red(read(ended("none", (rule, 1, 4, "1/5"), (other, 1, 1, "1/2")))) == {rule, other}


def test_rows_that_nobody_judged_are_a_red_case_where_nothing_else_tells_of_them() -> None:
    assert red(read(ended("none", lost=True))) == {"reading/所有单元格都读懂了，所有行都有归属"}


# --- texts from the data ------------------------------------------------------------------------------------------------


def test_what_xml_cannot_hold_is_replaced_and_markup_stays_text() -> None:
    odd = '<&>"\ufffe]]>\U0001f600\u0085'
    row = (odd, "样某", "", "", "", 2018, f"2900{odd}", "否", "")
    one = verified(judged({"a.csv": [row]}))
    schema().validate(text(one))
    safe = cases(read(one))["household-quality/safe"].find("failure")
    assert safe is not None
    assert '<&>"' in (safe.text or "")
    assert "]]>\U0001f600" in (safe.text or "")
    assert not {"\ufffe", "\u0085"} & {*text(one)}
    assert _possible("a\x00\x0b\x1b\ud800\uffff\t\n") == "a" + "\ufffd" * 5 + "\t\n"


def test_it_is_written_in_pieces() -> None:
    pieces = list(junit_lines(several(), Options()))
    assert sum("H399 " in piece for piece in pieces) == 1
    assert max(map(len, pieces)) < 2000


def test_notes_about_the_files_stand_in_the_output_once_of_each_kind() -> None:
    notes = [
        Problem("village-renamed", "info", Address(0, "", row, "A"), "household", "village", facts=dict.fromkeys(FACTS, "x"))
        for row in (2, 3)
    ]
    root = read(replace(verified(usual()), result=replace(usual(), problems=notes)))
    output = root.findall("testsuite")[-1].findtext("system-out") or ""
    assert output.count("x") >= 2
    assert "（同类的另有 1 处）" in output
