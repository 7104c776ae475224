"""``rules diff``: what differs in meaning is told, what differs in layout or words alone is none; and whose verdict differs by it."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from fupin_cli.cli.main import main
from fupin_cli.model.parameter import DatedValue, Parameter
from fupin_cli.rules.difference import Difference, difference
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.thresholds import stretches

EXIT, NUMBERS, HEAD = "household-exit.yaml", "parameters.yaml", "pack.yaml"
CITE = "cite: {document: plan, clause: 一, quote: 户户达标}"
REMEDY = "remedy: {zh: 继续帮扶, en: Go on}"
PACK = {
    HEAD: """
pack: small
version: 1
title: {zh: 例, en: Example}
documents: {plan: {title: 方案, issuer: 县}, other: {title: 意见, issuer: 省}}
effective: {from: 2016-01-01, to: 2020-12-31}
""",
    NUMBERS: """
line:
  title: {zh: 收入标准, en: Line}
  unit: yuan-person-year
  values:
    - {from: 2017-01-01, value: 2952, status: unconfirmed, origin: 例}
    - {from: 2018-01-01, value: 2995, status: unconfirmed, origin: 例}
    - {from: 2019-01-01, to: 2020-12-31, value: 3218, cite: {document: plan, clause: 一, quote: 三千}}
age:
  title: {zh: 年龄, en: Age}
  unit: year-of-age
  values: [{from: 2017-01-01, value: 6, status: unconfirmed, origin: 例}]
""",
    EXIT: f"""
# 标准
standard: household-exit
title: {{zh: 退出标准, en: Exit}}
subject: household
facts:
  parts: {{title: {{zh: 各项, en: Parts}}, value: wage_income + transfer_income, per: household_size, fills: income_per_capita}}
  no_dropout:
    title: {{zh: 无失学, en: No dropout}}
    over: person
    by: household
    none: age_on(birth_date, as_of) >= $age AND school_status = '非在校生'
    fills: education_secured
  step_closed:
    title: {{zh: 销号, en: Closed}}
    over: procedure
    by: household
    on: {{household: household_id, procedure: subject_id}}
    where: subject_kind = '户' AND step = '销号'
    max: step_date
    fills: deregistered_date
checks:
  planned:
    {{title: {{zh: 计划, en: Planned}}, severity: warning, require: annual_plan, {REMEDY}, {CITE}}}
  income:
    title: {{zh: 收入, en: Income}}
    severity: gate
    require: income_per_capita > $line
    {REMEDY}
    {CITE}
    reading: 等于标准不算超过。
  grade:
    title: {{zh: 住房, en: Housing}}
    severity: gate
    require: housing_grade IN ('A', 'B')
    remedy: {{zh: 改造危房, en: Rebuild}}
    cite: {{document: plan, clause: 三(二), quote: 住房安全}}
  school:
    {{title: {{zh: 上学, en: School}}, severity: gate, require: education_secured, {REMEDY}, {CITE}}}
outcomes:
  no: {{title: {{zh: 不符合, en: Not met}}, meets: false}}
  fine: {{title: {{zh: 符合, en: Met}}, meets: true}}
decide:
  - {{outcome: no, when: NOT (income AND grade AND school)}}
  - {{outcome: fine, default: true}}
properties:
  never_harms: {{title: {{zh: 不变坏, en: Never harms}}, raise: [income_per_capita, education_secured], keeps: fine}}
""",
}
ROAD = f"  road: {{title: {{zh: 通路, en: Road}}, severity: finding, require: food_secure, {REMEDY}, {CITE}}}\n"
YEARS = "years: {title: {zh: 年, en: Years}, unit: day, value: required, cite: {document: plan, clause: 一, quote: 年}}\n"


def written(folder: Path) -> Path:
    (folder / "small").mkdir()
    for name, text in PACK.items():
        (folder / "small" / name).write_text(text, encoding="utf-8")
    return folder / "small"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> LoadedPack:
    return load_pack(written(tmp_path_factory.mktemp("old")), Shelf(()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return written(tmp_path)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def compared(small: LoadedPack, folder: Path) -> Difference:
    return difference(small, load_pack(folder, Shelf(())))


def said(found: Difference) -> dict[tuple[str, str], set[str] | str]:
    """(Section, name) → the points that differ in meaning, or how a whole part does."""
    told: dict[tuple[str, str], set[str] | str] = {}
    for standard in found.standards:
        for change in standard.changes:
            if change.matters:
                points = {detail.key for detail in change.details if detail.matters}
                told[change.section, change.name] = points if change.how == "changed" else change.how
        if standard.rows:
            told["decide", standard.name] = "changed"
        if points := {detail.key for detail in standard.details if detail.matters}:
            told["standard", standard.name] = points
    for parameter in found.parameters:
        if parameter.matters:
            told["parameters", parameter.name] = parameter.how
    if found.details:
        told["pack", found.after.pack.name] = {detail.key for detail in found.details}
    return told


def test_a_pack_is_no_different_from_itself(small: LoadedPack) -> None:
    found = difference(small, small)
    assert said(found) == {}
    assert not found.matters


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EXIT, "require: income_per_capita > $line", "require: '(income_per_capita  >  $line)'"),
        (EXIT, "NOT (income AND grade", "NOT ( ( income )\n      AND grade"),
        (EXIT, "housing_grade IN ('A', 'B')", "(housing_grade) in ('A', 'B')"),
        (EXIT, "when: NOT (income AND grade AND school)", "when: NOT (income AND (grade AND school))"),
        (EXIT, "# 标准", "# 退出"),
        (
            EXIT,
            "severity: gate\n    require: income_per_capita > $line",
            "require: income_per_capita > $line\n    severity: gate",
        ),
        (NUMBERS, "value: 2995,", "value: 2995.00,"),
        (NUMBERS, "{from: 2017-01-01, value: 2952", "{from: 2017-01-01, to: 2017-12-31, value: 2952"),
    ],
)
def test_layout_is_no_difference(file: str, old: str, new: str, small: LoadedPack, copy: Path) -> None:
    edit(copy, file, old, new)
    found = compared(small, copy)
    assert said(found) == {}
    assert (found.standards, found.parameters) == ([], [])


@pytest.mark.parametrize(
    ("file", "old", "new", "point"),
    [
        (EXIT, "zh: 住房, en", "zh: 房, en", "title"),
        (EXIT, "en: Housing", "en: House", "title"),
        (EXIT, "改造危房", "改造", "remedy"),
        (EXIT, "等于标准不算超过", "等于不算", "reading"),
        (EXIT, "quote: 住房安全", "quote: 住房", "quote"),
    ],
)
def test_other_words_are_told_and_do_not_count(
    file: str, old: str, new: str, point: str, small: LoadedPack, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(copy, file, old, new)
    found = compared(small, copy)
    assert said(found) == {}
    assert [detail.key for standard in found.standards for change in standard.changes for detail in change.details] == [point]
    assert main(["rules", "diff", str(small.folder), str(copy)]) == 0
    told = capsys.readouterr().out
    assert "意思没有区别" in told
    assert "只是措辞不同" in told


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (EXIT, "income_per_capita > $line", "income_per_capita >= $line", {("checks", "income"): {"require"}}),
        (EXIT, "require: housing", "applies: registered\n    require: housing", {("checks", "grade"): {"applies"}}),
        (EXIT, "severity: warning", "severity: finding", {("checks", "planned"): {"severity"}}),
        (EXIT, "require: housing", "way: true\n    require: housing", {("checks", "grade"): {"way"}}),
        (EXIT, "clause: 三(二)", "clause: 三(三)", {("checks", "grade"): {"clause"}}),
        (EXIT, "document: plan, clause: 三", "document: other, clause: 三", {("checks", "grade"): {"clause"}}),
        (EXIT, "outcomes:\n", f"{ROAD}outcomes:\n", {("checks", "road"): "added"}),
        (EXIT, "  planned:\n", "  plan_of_year:\n", {("checks", "planned"): "removed", ("checks", "plan_of_year"): "added"}),
        (EXIT, "none: age_on(birth_date, as_of) >=", "none: age_on(birth_date, as_of) >", {("facts", "no_dropout"): {"value"}}),
        (EXIT, "none: age_on", "all: age_on", {("facts", "no_dropout"): {"fold"}}),
        (EXIT, "fills: income_per_capita", "fills: annual_income", {("facts", "parts"): {"fills"}}),
        (EXIT, "per: household_size", "per: living_space", {("facts", "parts"): {"per"}}),
        (EXIT, "where: subject_kind = '户' AND step", "where: step", {("facts", "step_closed"): {"where"}}),
        (EXIT, "procedure: subject_id", "procedure: subject_kind", {("facts", "step_closed"): {"on"}}),
        (EXIT, "Not met}, meets: false}", "Not met}, meets: true, listed: true}", {("outcomes", "no"): {"meets", "listed"}}),
        (EXIT, "income AND grade AND school", "income AND school AND grade", {("decide", "household-exit"): "changed"}),
        (EXIT, "subject: household\n", "subject: household\napplies: registered\n", {("standard", "household-exit"): {"applies"}}),
        (EXIT, "raise: [income_per_capita, education_secured]", "raise: income_per_capita", {("properties", "never_harms"): {"raise"}}),
        (EXIT, "  never_harms:", "  never_hurts:", {("properties", "never_harms"): "removed", ("properties", "never_hurts"): "added"}),
        (NUMBERS, "value: 2995,", "value: 3000,", {("parameters", "line"): "changed"}),
        (NUMBERS, "cite: {document: plan, clause: 一,", "cite: {document: plan, clause: 二,", {("parameters", "line"): "changed"}),
        (NUMBERS, "unit: year-of-age", "unit: month", {("parameters", "age"): "changed"}),
        (NUMBERS, "age:\n", f"{YEARS}age:\n", {("parameters", "years"): "added"}),
        (HEAD, "to: 2020-12-31", "to: 2019-12-31", {("pack", "small"): {"effective"}}),
        (HEAD, "plan: {title: 方案, issuer: 县}", "plan: {title: 方案, issuer: 县, number: 〔2018〕1号}", {("pack", "small"): {"document"}}),
    ],
)  # fmt: skip
def test_a_change_of_meaning_is_told_where_it_is(
    file: str, old: str, new: str, expected: Mapping[tuple[str, str], set[str] | str], small: LoadedPack, copy: Path
) -> None:
    edit(copy, file, old, new)
    found = compared(small, copy)
    assert said(found) == expected
    assert found.matters


def test_another_next_step_in_a_decision_row_is_told(small: LoadedPack, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, EXIT, "{outcome: fine, default: true}", "{outcome: fine, default: true, note: {zh: 下一步：销号, en: Close it}}")
    assert said(compared(small, copy)) == {}
    assert main(["rules", "diff", str(small.folder), str(copy)]) == 0
    assert "下一步：销号" in capsys.readouterr().out


def test_a_standard_that_one_side_alone_has_is_told(small: LoadedPack, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / EXIT).rename(copy / "leaving.yaml")
    edit(copy, "leaving.yaml", "standard: household-exit", "standard: leaving")
    found = compared(small, copy)
    assert (found.only_before, found.only_after, found.matters) == (["household-exit"], ["leaving"], True)
    assert main(["rules", "diff", str(small.folder), str(copy)]) == 1
    assert "只有后者有的标准：退出标准 (leaving)" in capsys.readouterr().out


def test_rows_of_a_decision_list_are_told_with_their_numbers(small: LoadedPack, copy: Path) -> None:
    edit(copy, EXIT, "  - {outcome: fine, default", "  - {outcome: no, when: annual_plan IS NULL}\n  - {outcome: fine, default")
    (standard,) = compared(small, copy).standards
    assert [(row.before, row.after) for row in standard.rows] == [(0, 0), (None, 1), (1, 2)]


def test_a_number_differs_from_one_day_to_another(small: LoadedPack, copy: Path) -> None:
    edit(copy, NUMBERS, "{from: 2018-01-01, value: 2995,", "{from: 2018-07-01, value: 3000,")
    (line,) = compared(small, copy).parameters
    told = [
        (str(one.start), str(one.end), one.before and one.before.content, one.after and one.after.content)
        for one in line.stretches
    ]
    # Until the end of June what held in 2017 goes on.
    assert told == [("2018-01-01", "2018-06-30", 2995, 2952), ("2018-07-01", "2018-12-31", 2995, 3000)]


def parameter(values: list[tuple[int, int]], last: int | None) -> Parameter | None:
    """Values from days of 2018 on, counted from 0; the last one ends on a day or not at all."""
    start = date(2018, 1, 1)
    days = sorted(dict(values).items())
    if not days:
        return None
    dated = [
        DatedValue.model_validate({"from": start + timedelta(day), "value": value, "status": "unconfirmed", "origin": "例"})
        for day, value in days
    ]
    if last is not None and last >= days[-1][0]:
        dated[-1] = dated[-1].model_copy(update={"end": start + timedelta(last)})
    return Parameter.model_validate({"title": {"zh": "例", "en": "x"}, "unit": "day", "values": dated})


def in_force(one: Parameter | None, day: date) -> int | None:
    """The naive reading: the last value that has begun, unless it has ended."""
    begun = [value for value in (one.values if one is not None else ()) if value.start <= day]
    if not begun or (begun[-1].end is not None and day > begun[-1].end):
        return None
    return int(begun[-1].value or 0)


VALUES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=4)
ENDS = st.none() | st.integers(0, 12)


@settings(max_examples=80, deadline=None)
@given(VALUES, ENDS, VALUES, ENDS)
def test_stretches_are_the_days_on_which_the_values_differ(
    one: list[tuple[int, int]], one_ends: int | None, other: list[tuple[int, int]], other_ends: int | None
) -> None:
    before, after = parameter(one, one_ends), parameter(other, other_ends)
    found = list(stretches(before, after))
    for day in (date(2018, 1, 1) + timedelta(day) for day in range(-1, 15)):
        inside = [s for s in found if s.start <= day and (s.end is None or day <= s.end)]
        values = in_force(before, day), in_force(after, day)
        assert (len(inside) == 1) == (values[0] != values[1])
        if inside:
            told = [int(str(value.content)) if value is not None else None for value in (inside[0].before, inside[0].after)]
            assert tuple(told) == values
    # As few as can be: neighbours are not alike.
    for earlier, later in pairwise(found):
        assert earlier.end is not None
        assert earlier.end + timedelta(1) < later.start or (earlier.before, earlier.after) != (later.before, later.after)


def test_the_document_says_what_the_page_says(small: LoadedPack, copy: Path, tmp_path: Path) -> None:
    edit(copy, EXIT, "income_per_capita > $line", "income_per_capita >= $line")
    edit(copy, NUMBERS, "value: 2995,", "value: 3000,")
    edit(copy, EXIT, "outcomes:\n", f"{ROAD}outcomes:\n")
    for name in ("diff.json", "diff.md"):
        assert main(["rules", "diff", str(small.folder), str(copy), "-o", str(tmp_path / name), "--quiet"]) == 1
    told = json.loads((tmp_path / "diff.json").read_text(encoding="utf-8"))
    schema = json.loads(files("fupin_cli.report").joinpath("rules-diff-1.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(told)
    (standard,) = told["standards"]
    assert [(one["name"], one["how"]) for one in standard["changes"]] == [("income", "changed"), ("road", "added")]
    assert standard["changes"][0]["details"] == [
        {"point": "require", "before": "income_per_capita > $line", "after": "income_per_capita >= $line", "matters": True}
    ]
    assert standard["changes"][1]["whole"]["require"] == "food_secure"
    values = [(one["from"], one["to"], one["before"]["value"], one["after"]["value"]) for one in told["parameters"][0]["values"]]
    assert values == [("2018-01-01", "2018-12-31", "2995", "3000")]
    page = (tmp_path / "diff.md").read_text(encoding="utf-8")
    for words in (
        "人均纯收入 \\> 〔收入标准〕", "人均纯收入 ≥ 〔收入标准〕", "2018-01-01 | 2018-12-31", "2995 元/人·年", "3000 元/人·年", "**通路**<br>`road`<br>新增",
    ):  # fmt: skip
        assert words in page


def test_the_flips_on_a_roster_are_the_households_at_the_line(small: LoadedPack, copy: Path, tmp_path: Path) -> None:
    edit(copy, EXIT, "income_per_capita > $line", "income_per_capita >= $line")
    roster, target = tmp_path / "户.csv", tmp_path / "diff.json"
    households = {"H1": ("2994.99", "是"), "H2": ("2995", "是"), "H3": ("2995.01", "是"), "H4": ("2995", "否")}
    rows = "".join(f"{key},2018,{income},A,{school}\n" for key, (income, school) in households.items())
    roster.write_text(f"户编号,年度,人均纯收入,住房鉴定等级,义务教育有保障\n{rows}", encoding="utf-8")
    asked = ["--on", str(roster), "-o", str(target), "--quiet", "--no-mask"]
    assert main(["rules", "diff", str(small.folder), str(copy), *asked]) == 1
    told = json.loads(target.read_text(encoding="utf-8"))
    assert [flip["id"] for flip in told["on"]["flips"]] == ["H2"]
    assert "income" in json.dumps(told["on"]["flips"])


@pytest.mark.parametrize(
    "packs", [[], ["national-2016"], ["national-2016", "anhui-2018", "marginal-2020"], ["national-2016", "anhiu-2018"]]
)
def test_two_packs_must_be_named(packs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "diff", *packs]) == 2
    assert "anhui-2018" in capsys.readouterr().err


def test_a_roster_needs_a_check_that_both_packs_are_for(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "diff", "national-2016", "marginal-2020", "--on", str(samples / "households.xlsx")]) == 2
    assert "--on" in capsys.readouterr().err


def test_a_number_that_only_the_user_knows_is_asked_for_by_the_option_that_there_is(
    small: LoadedPack, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(copy, NUMBERS, "age:\n", f"{YEARS}age:\n")
    edit(copy, EXIT, "income_per_capita > $line", "income_per_capita > $line * $years")
    (tmp_path / "roster.csv").write_text("户编号,年度,人均纯收入\nA,2018,3000\n", encoding="utf-8")
    asked = ["rules", "diff", str(small.folder), str(copy), "--on", str(tmp_path / "roster.csv"), "--quiet"]
    assert main(asked) == 2
    told = capsys.readouterr().err
    assert "--set years=" in told
    assert "--given" not in told
    assert main([*asked, "--set", "years=1"]) == 1
