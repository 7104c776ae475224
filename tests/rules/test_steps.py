"""Steps of a calendar: how each stands on a day, and what is refused when a pack is loaded."""

import json
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from calendar_pack import CHECKS, END, FILES, START, STEPS, check
from small_pack import HERE, marked, write

from fupin_cli.cli.main import main
from fupin_cli.errors import PackRefused
from fupin_cli.evaluate.run import judge
from fupin_cli.model.cells import column_letter
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Result, Rules
from fupin_cli.model.step import STATES, StepView, state_of, steps_of
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters

SCHEMA = json.loads(files("fupin_cli.report").joinpath("result-1.schema.json").read_text(encoding="utf-8"))


def loaded(folder: Path, files: dict[str, str] | None = None) -> LoadedPack:
    return load_pack(write(folder, files or FILES), Shelf((folder,)))


def judged(pack: LoadedPack, as_of: date | None, *rows: dict[str, Any], absent: tuple[str, ...] = ()) -> StandardResult:
    """The verdicts on counties of 2018, in a sheet that has every column but these."""
    declared = fields("county")
    names = [name for name in declared if name not in absent]
    columns = {
        name: pa.array([{"year": 2018, **row}.get(name) for row in rows], arrow_type(declared[name].form)) for name in names
    }
    columns[SHEET] = pa.array([0] * len(rows), pa.int32())
    columns[ROW] = pa.array(range(2, len(rows) + 2), pa.int32())
    letters = {name: column_letter(number) for number, name in enumerate(names)}
    table = Table("county", pa.table(columns), [SheetRef(0, "县", letters)])
    return judge(pack.standards["progress"], Parameters(pack.pack, {}), {"county": table}, as_of, {})


def calendar(
    pack: LoadedPack, as_of: date | None, *rows: dict[str, Any], absent: tuple[str, ...] = ()
) -> list[tuple[StepView, ...]]:
    """The steps of these counties."""
    return steps_of(judged(pack, as_of, *rows, absent=absent), range(len(rows)))


def applying(pack: LoadedPack, as_of: date | None, absent: tuple[str, ...] = (), **row: Any) -> StepView:
    ((step, *_),) = calendar(pack, as_of, row, absent=absent)
    assert step.name == "applying"
    return step


CHECKED = date(2018, 10, 1)


@pytest.mark.parametrize(
    ("as_of", "applied", "state", "in_window"),
    [
        # Not done: before the window, on its first day, on its last, after it.
        (date(2018, 10, 31), None, "not_yet_due", None),
        (date(2018, 11, 1), None, "due", None),
        (date(2018, 12, 15), None, "due", None),
        (date(2018, 12, 16), None, "overdue", None),
        # A day that has not come is not done yet.
        (date(2018, 11, 5), date(2018, 11, 6), "due", None),
        (date(2018, 11, 6), date(2018, 11, 6), "done", True),
        (date(2019, 3, 1), date(2018, 12, 15), "done", True),
        (date(2019, 3, 1), date(2018, 12, 16), "done", False),
        (date(2019, 3, 1), date(2018, 10, 31), "done", False),
        (date(2019, 3, 1), date(2018, 10, 1), "done", False),
        (date(2019, 3, 1), date(2018, 9, 30), "out_of_order", False),
    ],
)
def test_a_step_stands_by_its_window_and_the_day(
    tmp_path: Path, as_of: date, applied: date | None, state: str, in_window: bool | None
) -> None:
    step = applying(loaded(tmp_path), as_of, self_check_date=CHECKED, applied_date=applied)
    assert (step.state, step.in_window, step.day) == (state, in_window, applied)
    assert [str(cell) for cell in step.cells] == [f"县!{column_letter(list(fields('county')).index('applied_date'))}2"]


def test_what_nobody_knows_leaves_a_step_open(tmp_path: Path) -> None:
    pack, day = loaded(tmp_path), date(2019, 3, 1)
    # No column for the day, and no earlier step in the sheet: neither done nor late.
    absent = applying(pack, day, absent=("applied_date",), self_check_date=CHECKED)
    assert (absent.state, absent.cells) == ("unknown", ())
    earlier = applying(pack, day, applied_date=date(2018, 11, 6))
    assert (earlier.state, earlier.in_window, earlier.day) == ("unknown", True, date(2018, 11, 6))


def test_a_whole_year_goes_through_the_states_in_their_order(tmp_path: Path) -> None:
    pack, first = loaded(tmp_path), date(2018, 9, 1)
    days = [first + timedelta(days=number) for number in range(0, 180, 9)]
    seen = [applying(pack, day, self_check_date=CHECKED, applied_date=date(2018, 12, 1)).state for day in days]
    assert list(dict.fromkeys(seen)) == ["not_yet_due", "due", "done"]
    assert seen.count("not_yet_due") == sum(day < date(2018, 11, 1) for day in days)
    assert seen.count("done") == sum(day >= date(2018, 12, 1) for day in days)


def test_a_step_that_is_not_meant_for_a_county_is_not_listed(tmp_path: Path) -> None:
    rows = ({"county_level": "省级"}, {"county_level": "国家级"}, {})
    found = calendar(loaded(tmp_path), date(2018, 11, 5), *rows)
    # It has no opening: nothing says whether its time has come.
    assert [[(step.name, step.state) for step in steps[1:]] for steps in found] == [
        [], [("reporting", "unknown")], [("reporting", "unknown")],
    ]  # fmt: skip


def test_a_report_for_machines_has_the_steps_of_each_subject(tmp_path: Path) -> None:
    pack = loaded(tmp_path)
    rows = ({"self_check_date": CHECKED, "applied_date": date(2018, 12, 16), "county_level": "国家级"}, {"county_level": "省级"})
    result = judged(pack, date(2019, 1, 1), *rows)
    run = Result("check-county", "0", [Rules(pack.pack, {})], date(2019, 1, 1), [], {}, [], [Group(result, beside=[result])])
    report = json.loads("".join(json_lines(run, Options())))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    first, second = report["results"]
    # What stands beside has its steps there, the verdict itself has them in its own entry.
    assert first["steps"] == first["standards"]["progress"]["steps"]
    letter = column_letter(list(fields("county")).index("applied_date"))
    assert first["steps"][0] == {
        "id": "applying", "title": "申请", "state": "done", "date": "2018-12-16", "in_window": False,
        "cell": {"input": 0, "cell": f"县!{letter}2"},
    }  # fmt: skip
    assert [(step["id"], step["state"], step["date"], step["in_window"]) for step in second["steps"]] == [
        ("applying", "overdue", None, None),
    ]  # fmt: skip


STATUSES = ("pass", "fail", "unknown", "not_applicable")


def test_every_combination_of_statuses_has_one_state() -> None:
    """Against the rule as it is said in words."""
    found = set()
    for window in STATUSES:
        for order in STATUSES:
            for deadline in STATUSES:
                for opening in STATUSES:
                    state = state_of({"window": window, "order": order, "deadline": deadline, "opening": opening})
                    found.add(state)
                    said = {window, order, deadline, opening}
                    assert (state == "out_of_order") is (order == "fail")
                    if state == "done":
                        assert window in ("pass", "fail")
                        assert "unknown" not in (window, order)
                    if state == "overdue":
                        assert (window, deadline) == ("not_applicable", "fail")
                    if state in ("due", "not_yet_due"):
                        assert window == "not_applicable"
                        assert deadline in ("pass", "not_applicable")
                    if state is None:
                        assert said == {"not_applicable"} or (window == "not_applicable" and order == "pass")
    assert found == {*STATES, None}


def test_without_the_checks_of_what_is_not_done_nothing_is_known_of_it() -> None:
    assert state_of({"window": "not_applicable"}) == "unknown"
    assert state_of({"window": "pass"}) == "done"


# --- what is refused ----------------------------------------------------------------------------------------------------


def spoilt(old: str, new: str) -> dict[str, str]:
    text = FILES["progress.yaml"]
    assert text.count(old) == 1, old
    return {**FILES, "progress.yaml": text.replace(old, new)}


QUALITY = START + "kind: quality\n" + "checks:\n" + check("in_order", "self_check_date <= applied_date", severity="gate")
MISTAKES = {
    "no such field": (spoilt("date: applied_date", f"date: {HERE}applied_dat"), "expression-name-unknown", "applied_date"),
    "no day": (spoilt("date: applied_date", f"date: {HERE}poor_population"), "expression-type", None),
    "a check": (spoilt("date: applied_date", f"date: {HERE}in_window"), "expression-name-unknown", None),
    "no such check": (spoilt("opening: not_open", f"opening: {HERE}not_opn"), "expression-name-unknown", "not_open"),
    "no window": (spoilt("    window: in_window\n", ""), "pack-key-missing", None),
    "another key": (spoilt("deadline: in_time", f"{HERE}deadlin: in_time"), "pack-key-unknown", "deadline"),
    "in a standard about data": ({**FILES, "progress.yaml": QUALITY + STEPS + END}, "pack-quality-part", None),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_step_is_refused_where_it_stands(tmp_path: Path, mistake: str) -> None:
    files, code, near = MISTAKES[mistake]
    marks = any(HERE in text for text in files.values())
    clean, place = marked(files)
    with pytest.raises(PackRefused) as caught:
        loaded(tmp_path, clean)
    facts = caught.value.facts
    assert caught.value.code == code
    if marks:
        assert (facts["file"], facts["line"], facts["column"]) == (place.file, place.line, place.column)
    if near is not None:
        assert facts["nearest"] == near


# --- inherited ----------------------------------------------------------------------------------------------------------

CHILD = "pack: child\nversion: 1\ntitle: {zh: 子, en: Child}\ndocuments: {}\neffective: {from: 2016-01-01}\nextends: mini\n"


def child(folder: Path, standard: str) -> LoadedPack:
    write(folder, FILES)
    write(folder, {"pack.yaml": CHILD, "progress.yaml": START + standard}, "child")
    return load_pack(folder / "child", Shelf((folder,)))


def test_a_step_written_in_a_child_replaces_the_inherited_one_in_its_place(tmp_path: Path) -> None:
    own = "steps:\n  applying: {title: {zh: 报, en: Report}, date: special_report_date, window: in_window}\n"
    steps = child(tmp_path, own).pack.standards["progress"].steps
    assert [(name, step.date, step.order) for name, step in steps.items()] == [
        ("applying", "special_report_date", None), ("reporting", "special_report_date", None),
    ]  # fmt: skip


def test_a_step_whose_check_was_dropped_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, "without: [in_time]\n")
    assert (caught.value.code, caught.value.facts["name"], caught.value.facts["file"]) == (
        "pack-check-dropped", "in_time", "mini/progress.yaml",
    )  # fmt: skip
    both = child(tmp_path, "without: [in_time, applying]\n").pack.standards["progress"]
    assert list(both.steps) == ["reporting"]
    assert "in_time" not in both.checks


def test_the_page_of_a_child_names_the_steps_and_rates_that_it_does_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child(tmp_path, "without: [applying, whole]\n")
    assert main(["rules", "show", str(tmp_path / "child"), "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "不采用 mini 的步骤 applying" in told
    assert "不采用 mini 的比率 whole" in told


def test_the_checks_of_the_pack_are_all_named() -> None:
    assert CHECKS.count("severity:") == 8
