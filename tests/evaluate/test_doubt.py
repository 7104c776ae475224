"""What the questioned values change: judged again without them, and only where the outcome differs."""

from pathlib import Path
from typing import Any

import oracle as o
import pytest
from building import TITLE, check, pack, records, table

from fupin_cli.evaluate.doubt import doubted, questioned, take_subjects, would_change
from fupin_cli.evaluate.run import judge
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters

INSURED = {"title": TITLE, "over": "person", "by": "household", "all": "basic_medical", "fills": "medical_secured"}
BOTH = {"title": TITLE, "over": "person", "by": "household", "any": "basic_medical AND employee_medical"}
HOUSED = {"title": TITLE, "value": "housing_grade IN ('A', 'B')", "fills": "housing_secured"}


def standard(name: str, checks: dict[str, Any], facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    gates = " AND ".join(one for one, written in checks.items() if written["severity"] == "gate")
    return {
        "standard": "tested", "title": TITLE, "subject": "household", "facts": facts, "checks": checks,
        "outcomes": {one: {"title": TITLE, "meets": "true"} for one in ("no", "yes")},
        "decide": [{"outcome": "no", "when": f"NOT ({gates})"}, {"outcome": "yes", "default": "true"}], **more,
    }  # fmt: skip


def loaded(folder: Path, rules: dict[str, Any]) -> LoadedPack:
    folder.mkdir()
    return pack(folder, rules)


def judged(rules: LoadedPack, tables: dict[str, Table]) -> StandardResult:
    return judge(rules.standards["tested"], Parameters(rules.pack, {}), tables, None, {})


@pytest.fixture
def law(tmp_path: Path) -> LoadedPack:
    return loaded(
        tmp_path / "law",
        standard(
            "law", {"fit": check("medical_secured AND water_safe AND housing_secured")}, {"insured": INSURED, "housed": HOUSED}
        ),
    )


@pytest.fixture
def quality(tmp_path: Path) -> LoadedPack:
    checks = {
        "one_insurance": check("NOT insured_twice"),
        "water": check("NOT (water_safe AND dangerous_housing)"),
        "placed": check("village <> '无'"),
        "odd": check("NOT annual_plan OR housing_grade = 'A'", severity="warning"),
    }
    return loaded(tmp_path / "quality", standard("quality", checks, {"insured_twice": BOTH}, kind="quality"))


HOUSE = {
    "year": 2018,
    "household_size": 1,
    "water_safe": True,
    "dangerous_housing": False,
    "housing_grade": "B",
    "village": "东村",
}
ROWS = [
    {"household_id": "fine"},
    {"household_id": "unsafe", "dangerous_housing": True},
    {"household_id": "twice"},
    # Refused for its water, and without it for its house: the question about the water changes nothing.
    {"household_id": "refused", "water_safe": True, "dangerous_housing": True, "housing_grade": "D"},
    # The law does not look at the village, and a warning questions nothing.
    {"household_id": "elsewhere", "village": "无", "annual_plan": True},
]


@pytest.fixture
def tables() -> dict[str, Table]:
    people = [
        {
            "household_id": row["household_id"],
            "year": 2018,
            "basic_medical": True,
            "employee_medical": row["household_id"] == "twice",
        }
        for row in ROWS
    ]
    return {
        "household": table("household", records({"annual_plan": None, **HOUSE, **row} for row in ROWS)),
        "person": table("person", records(people)),
    }


def test_only_outcomes_that_rest_on_questioned_values_would_change(
    law: LoadedPack, quality: LoadedPack, tables: dict[str, Table]
) -> None:
    first, findings = judged(law, tables), judged(quality, tables)
    assert first.data.column("outcome").to_pylist() == ["yes", "yes", "yes", "no", "yes"]
    assert findings.data.column("outcome").to_pylist() == ["yes", "no", "no", "no", "no"]
    changed = would_change(law.standards["tested"], Parameters(law.pack, {}), tables, None, {}, first, [findings])
    assert changed == {1: ("undetermined", ("no", "yes")), 2: ("undetermined", ("no", "yes"))}


def test_without_a_finding_nothing_changes(law: LoadedPack, quality: LoadedPack, tables: dict[str, Table]) -> None:
    few = {**tables, "household": table("household", records([{**HOUSE, "household_id": "fine"}]))}
    assert (
        would_change(law.standards["tested"], Parameters(law.pack, {}), few, None, {}, judged(law, few), [judged(quality, few)])
        == {}
    )


def test_a_check_questions_what_its_requirement_looks_at(quality: LoadedPack, tables: dict[str, Table]) -> None:
    findings = judged(quality, tables)
    assert questioned(findings, "water") == (("water_safe", "dangerous_housing"), {})
    assert set(questioned(findings, "one_insurance")[1]["person"]) == {"basic_medical", "employee_medical"}


def test_a_doubted_cell_is_unreadable_and_the_others_stay(tables: dict[str, Table]) -> None:
    unsure = doubted(tables["household"], {"water_safe": [1], "review_date": [0]})
    assert unsure.data.column("water_safe").to_pylist() == [True, None, True, True, True]
    assert unsure.unreadable["water_safe"].to_pylist() == [False, True, False, False, False]
    assert "review_date" not in unsure.unreadable
    assert tables["household"].data.column("water_safe").null_count == 0


def test_subjects_are_judged_alone_as_among_all(tmp_path: Path, law: LoadedPack) -> None:
    """Also where a household is there in two years, and where only some rows state a year."""
    years: list[tuple[str, object]] = [("H1", 2017), ("H1", 2018), ("H2", None), ("H3", 2018), ("H4", o.BAD)]
    homes = table("household", records({**HOUSE, "household_id": key, "year": year} for key, year in years))
    people = table("person", records({"household_id": key, "year": None, "basic_medical": True} for key, _ in years[1:]))
    tables = {"household": homes, "person": people}
    whole = judged(law, tables)
    for index in range(len(years)):
        fewer, origins = take_subjects(tables, "household", [index])
        assert index in origins
        alone = judged(law, fewer)
        assert alone.data.to_pylist() == whole.data.take(origins).to_pylist()
